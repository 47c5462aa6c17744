/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run says of itself: the newest that the main loop has heard. */
#include "config.h"

#include <math.h>

#include "hone-run-private.h"
#include "hone-work-private.h"

/**
 * hone_run_get_history:
 * @self: a run
 *
 * Returns: (transfer none): its log and the points of its curves
 */
HoneRunHistory *
hone_run_get_history (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->history;
}

/**
 * hone_run_get_counts:
 * @self: a run
 * @counts: (out caller-allocates): labels and texts that it is about, as far as they are known
 */
void
hone_run_get_counts (HoneRun       *self,
                     HoneRunCounts *counts)
{
  g_autoptr(HoneParameters) parameters = NULL;

  g_return_if_fail (HONE_IS_RUN (self));
  g_return_if_fail (counts != NULL);

  parameters = _hone_parameters_from_json (self->record->parameters);
  *counts = (HoneRunCounts) { parameters->n_trained, parameters->n_pseudo, parameters->n_kept_out, parameters->n_disputed,
                              parameters->n_asked };
}

/**
 * hone_run_get_split:
 * @self: a run
 *
 * Returns: the split that it asks the model about
 */
HoneSplit
hone_run_get_split (HoneRun *self)
{
  g_autoptr(HoneParameters) parameters = NULL;

  g_return_val_if_fail (HONE_IS_RUN (self), HONE_SPLIT_VALIDATION);

  parameters = _hone_parameters_from_json (self->record->parameters);
  return parameters->split;
}

/**
 * hone_run_get_id:
 * @self: a run
 *
 * Returns: its number in the project
 */
gint64
hone_run_get_id (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), 0);
  return self->record->id;
}

/**
 * hone_run_get_kind:
 * @self: a run
 *
 * Returns: "tune" or "predict"
 */
const char *
hone_run_get_kind (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->kind;
}

/**
 * hone_run_get_title:
 * @self: a run
 *
 * Returns: what lists show
 */
const char *
hone_run_get_title (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->title;
}

/**
 * hone_run_get_state:
 * @self: a run
 *
 * Returns: the newest state that the main loop has heard of
 */
HoneRunState
hone_run_get_state (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), HONE_RUN_FAILED);
  return self->record->state;
}

/**
 * hone_run_get_stage:
 * @self: a run
 *
 * Returns: (nullable): "prepare", "train", "keep", "ask", "predict" or "score"
 */
const char *
hone_run_get_stage (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->stage;
}

/**
 * hone_run_get_progress:
 * @self: a run
 *
 * Returns: the share of the stage that is done, 0 to 1, or NAN where it is not known
 */
double
hone_run_get_progress (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NAN);
  return self->record->progress;
}

/**
 * hone_run_get_seconds_left:
 * @self: a run
 *
 * Returns: seconds to the end of the stage as the trainer estimates them, or NAN
 */
double
hone_run_get_seconds_left (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NAN);
  return self->seconds_left;
}

/**
 * hone_run_get_message:
 * @self: a run
 *
 * Returns: (nullable): what is going on, and at the end what came out, translated
 */
const char *
hone_run_get_message (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->message;
}

/**
 * hone_run_get_error:
 * @self: a run
 *
 * Returns: (nullable): what went wrong, with state failed or interrupted. Of a run that ended under another front end only the message
 * is known, not the kind
 */
const GError *
hone_run_get_error (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->error;
}

/**
 * hone_run_get_iteration_id:
 * @self: a run
 *
 * Returns: the iteration that it makes or asks, 0 while there is none
 */
gint64
hone_run_get_iteration_id (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), 0);
  return self->record->iteration_id;
}

/**
 * hone_run_get_directory:
 * @self: a run
 *
 * Returns: (nullable): where its files are
 */
const char *
hone_run_get_directory (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->directory;
}

/**
 * hone_run_dup_warnings:
 * @self: a run
 *
 * Returns: (transfer full): the first hundred warnings since this program follows the run
 */
GStrv
hone_run_dup_warnings (HoneRun *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  for (guint i = 0; i < self->warnings->len; i++)
    g_strv_builder_add (builder, self->warnings->pdata[i]);
  return g_strv_builder_end (builder);
}
