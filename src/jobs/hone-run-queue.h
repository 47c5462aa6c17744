/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of one project, newest first, as a GListModel of HoneRun; starts one engine run at a time. Lives on the main loop of the
 * thread that made it. Dropping the queue stops the following, not the trainers: they are found again by recover (). */
#pragma once

#include "hone-run.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

#define HONE_TYPE_RUN_QUEUE (hone_run_queue_get_type ())
G_DECLARE_FINAL_TYPE (HoneRunQueue, hone_run_queue, HONE, RUN_QUEUE, GObject)

/* @store must be writable for anything but listing. */
HoneRunQueue *hone_run_queue_new         (HoneStore            *store);
HoneStore    *hone_run_queue_get_store   (HoneRunQueue         *self);

/* Reads the runs of the project and takes up what a crash, a kill or a closed window left: lock held: followed further; free: finished
 * from its directory where the trainer was done, else interrupted. Call once, before adding runs. The plain form blocks on the store. */
gboolean      hone_run_queue_recover       (HoneRunQueue        *self,
                                            GError             **error);
void          hone_run_queue_recover_async (HoneRunQueue        *self,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean      hone_run_queue_recover_finish (HoneRunQueue       *self,
                                            GAsyncResult        *result,
                                            GError             **error);

/* (transfer none) (nullable) */
HoneRun      *hone_run_queue_find          (HoneRunQueue        *self,
                                            gint64               run_id);
/* These answer at once; the change shows in the run's state. Errors: STATE. */
gboolean      hone_run_queue_cancel        (HoneRunQueue        *self,
                                            HoneRun             *run,
                                            GError             **error);
gboolean      hone_run_queue_pause         (HoneRunQueue        *self,
                                            HoneRun             *run,
                                            GError             **error);
gboolean      hone_run_queue_resume        (HoneRunQueue        *self,   /* paused, interrupted, cancelled or failed */
                                            HoneRun             *run,
                                            GError             **error);

G_END_DECLS
