/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run from inside, and what the queue does to its runs. For src/jobs alone. */
#pragma once

#include "hone-run-bridge-private.h"
#include "hone-run-history-private.h"
#include "hone-run-queue.h"
#include "hone-run-saver-private.h"

G_BEGIN_DECLS

struct _HoneRun {
  GObject        parent_instance;

  HoneStore      *store;
  HoneRunRecord  *record;
  char           *message;
  GError         *error;
  GPtrArray      *warnings;
  double          seconds_left;
  HoneRunHistory *history;

  HoneRunBridge  *bridge;
  HoneRunSaver   *saver;
  HoneControl    *control;         /* with a thread */
  GThread        *thread;
  guint           n_saving;
};

HoneRun  *_hone_run_new        (HoneStore     *store,
                                HoneRunRecord *record,    /* (transfer full): as it stands in the store */
                                gboolean       planned);  /* a moment ago: it has said nothing yet */
/* Gives it a thread. @recovered: it was running in another life of the front end. */
void      _hone_run_start      (HoneRun       *self,
                                gboolean       recovered);
/* Has it a thread? */
gboolean  _hone_run_is_active  (HoneRun       *self);
void      _hone_run_ask        (HoneRun       *self,
                                HoneRequest    request);
/* For a run without a thread; written down in the background. */
void      _hone_run_set_state  (HoneRun       *self,
                                HoneRunState   state);
/* Stops following, waits for the thread, which does not take long. */
void      _hone_run_detach     (HoneRun       *self);

/* Runs in a worker thread: checks, and writes a queued run into the project. */
typedef HoneRunRecord *(*HonePlanFunc) (HoneStore *store, gpointer options, GError **error);
HoneRun  *_hone_run_queue_plan        (HoneRunQueue        *self,
                                       HonePlanFunc         func,
                                       gpointer             options,
                                       GError             **error);
void      _hone_run_queue_plan_async  (HoneRunQueue        *self,
                                       HonePlanFunc         func,
                                       gpointer             options,
                                       GDestroyNotify       options_free,
                                       gpointer             tag,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
HoneRun  *_hone_run_queue_plan_finish (HoneRunQueue        *self,
                                       GAsyncResult        *result,
                                       gpointer             tag,
                                       GError             **error);

/* Makes the record of a queued run, with an id. */
HoneRunRecord *_hone_run_record_add   (HoneStore           *store,
                                       const char          *kind,
                                       const char          *title,
                                       const char          *parameters,
                                       gint64               iteration_id,
                                       GError             **error);

G_END_DECLS
