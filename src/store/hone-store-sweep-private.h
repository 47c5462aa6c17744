/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what was never finished. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

/* In slices, all of them. */
gboolean         _hone_import_remove        (HoneStore *self, gint64 import, GError **error);
gboolean         _hone_iteration_remove     (HoneStore *self, gint64 iteration, GError **error);
/* At open: what a kill left is removed, or carried out where it was decided. */
gboolean         _hone_store_sweep          (HoneStore *self, GError **error);

G_END_DECLS
