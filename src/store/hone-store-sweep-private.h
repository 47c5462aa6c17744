/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what was never finished. */
#pragma once

#include "hone-db-private.h"

G_BEGIN_DECLS

/* Removes every trace of an import that was not finished. */
gboolean         _hone_import_sweep         (HoneDb *db, gint64 import, GError **error);
gboolean         _hone_iteration_remove     (HoneDb *db, gint64 iteration, GError **error);

G_END_DECLS
