/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what was never finished. */
#pragma once

#include "hone-db-private.h"

G_BEGIN_DECLS

/* Removes a slice of an import that was not finished; again until @done. In a transaction of HONE_WRITE_SWEEP. */
gboolean         _hone_import_sweep         (HoneDb *db, gint64 import, gboolean *done, GError **error);
gboolean         _hone_iteration_remove     (HoneDb *db, gint64 iteration, GError **error);

G_END_DECLS
