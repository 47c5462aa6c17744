/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run has said so far: its log and the points of its curves. Lives on the main loop of its run.
 *
 * As a GListModel: the lines of the log, as HoneRunLine. Property "n-points" (notified) counts the points. */
#pragma once

#include "hone-jobs.h"
#include "store/hone-store.h"

G_BEGIN_DECLS

#define HONE_TYPE_RUN_LINE (hone_run_line_get_type ())
G_DECLARE_FINAL_TYPE (HoneRunLine, hone_run_line, HONE, RUN_LINE, GObject)

/* Properties "text" and "warning", both constant. */
const char     *hone_run_line_get_text          (HoneRunLine     *self);
gboolean        hone_run_line_get_warning       (HoneRunLine     *self);

typedef struct {
  const char *name;     /* of the metric; interned: equal names are equal pointers */
  guint64     step;     /* of the training */
  double      value;    /* finite */
} HoneRunPoint;

#define HONE_TYPE_RUN_HISTORY (hone_run_history_get_type ())
G_DECLARE_FINAL_TYPE (HoneRunHistory, hone_run_history, HONE, RUN_HISTORY, GObject)

/* In the order in which they were told. Valid until the main loop runs again. (transfer none) */
const HoneRunPoint *hone_run_history_get_points (HoneRunHistory  *self,
                                                 gsize           *n_points);

/* A run that another life of the program followed says here what the project remembers of it; a no-op where all is known. */
void            hone_run_history_load_async     (HoneRunHistory       *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean        hone_run_history_load_finish    (HoneRunHistory       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
