/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What labels and imports share. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

/* NOT_FOUND where nobody sees such an example: none, deleted, or of an unfinished import. */
gboolean         _hone_example_check        (HoneDb *db, gint64 example, GError **error);
gint64           _hone_author_intern        (HoneDb *db, const char *name, GError **error);
/* A hidden answer cannot stay hidden outside train: it becomes a label of the author “import”. */
gboolean         _hone_known_count_at_once  (HoneStore *self, HoneDb *db, gint64 example, GError **error);

G_END_DECLS
