/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting the answers of an iteration before they show. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

/* Counts the answers of an iteration to a split, in slices: up to the last example, or where @imported is not 0 those of the unfinished
 * import that begins with this example, too. Nothing shows before _hone_publish_show (). Done already: nothing happens. */
gboolean         _hone_publish_count        (HoneStore *self, gint64 iteration, HoneSplit split, gint64 imported, GError **error);
/* The short last part, in a transaction of the caller. */
gboolean         _hone_publish_show         (HoneDb *db, gint64 iteration, HoneSplit split, GError **error);
/* One step of taking back what was counted and never shown, whoever counted it; after a kill. */
gboolean         _hone_publish_sweep        (HoneDb *db, gboolean *done, GError **error);
/* Finds anew how far the newest models disagree on the next examples of a split after @cursor, and moves it; @done at the end. */
gboolean         _hone_disagreement_step    (HoneDb *db, HoneSplit split, gint64 *cursor, gboolean *done, GError **error);

G_END_DECLS
