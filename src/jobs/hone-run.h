/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One asynchronous piece of work that the project remembers. Lives on the main loop of its queue.
 *
 * Properties (all read-only, notified): id, kind, title, state, stage, progress, seconds-left, message, error, iteration-id, created,
 * started, ended (microseconds since 1970, 0: not yet), history.
 * Signals: "log" (const char *line), "metric" (guint64 step, const char *name, double value): what the history has just taken in. */
#pragma once

#include "hone-run-history.h"
#include "store/hone-store-runs.h"

G_BEGIN_DECLS

#define HONE_TYPE_RUN_STATE (hone_run_state_get_type ())
GType hone_run_state_get_type (void);

/* The legal transitions, in one table. */
gboolean      hone_run_state_can_change    (HoneRunState from, HoneRunState to);
gboolean      hone_run_state_is_final      (HoneRunState state);   /* nothing happens any more until somebody resumes it */

#define HONE_TYPE_RUN (hone_run_get_type ())
/* "Training", …, translated; "Waiting" for %NULL. A stage of a newer version: itself. */
const char   *hone_run_stage_to_string     (const char *stage);

G_DECLARE_FINAL_TYPE (HoneRun, hone_run, HONE, RUN, GObject)

gint64        hone_run_get_id              (HoneRun *self);
const char   *hone_run_get_kind            (HoneRun *self);   /* "tune", "predict" */
const char   *hone_run_get_title           (HoneRun *self);
HoneRunState  hone_run_get_state           (HoneRun *self);
const char   *hone_run_get_stage           (HoneRun *self);   /* (nullable): "prepare", "train", "keep", "ask", "predict", "score" */
double        hone_run_get_progress        (HoneRun *self);   /* of the stage, 0 to 1; NAN: not known */
double        hone_run_get_seconds_left    (HoneRun *self);   /* of the stage; NAN: not known */
const char   *hone_run_get_message         (HoneRun *self);   /* (nullable): what is going on or what came out, translated */
const GError *hone_run_get_error           (HoneRun *self);   /* (nullable): with state failed or interrupted */
gint64        hone_run_get_iteration_id    (HoneRun *self);   /* 0: none yet */
const char   *hone_run_get_directory       (HoneRun *self);   /* (nullable) */
HoneRunHistory *hone_run_get_history       (HoneRun *self);   /* (transfer none): log and curves */

typedef struct {
  guint64 trained, pseudo;      /* labels and pseudo-labels in the training list */
  guint64 kept_out, disputed;   /* labelled texts that are not in it: near copies of validation or test texts; disputed ones */
  guint64 asked;                /* texts that the model is asked about */
} HoneRunCounts;
void          hone_run_get_counts          (HoneRun *self, HoneRunCounts *counts);
HoneSplit     hone_run_get_split           (HoneRun *self);   /* that it asks about */
GStrv         hone_run_dup_warnings        (HoneRun *self);   /* what trainer and front end warned about so far, translated or as the trainer said it */

/* Runs the main loop until the run is final. TRUE if it succeeded; else the run's error, STATE for paused,
 * G_IO_ERROR_CANCELLED for cancelled. For programs without a main loop of their own. */
gboolean      hone_run_wait                (HoneRun *self, GError **error);

G_END_DECLS
