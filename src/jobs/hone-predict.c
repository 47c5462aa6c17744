/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues the asking of an existing model. */
#include "config.h"

#include "hone-predict.h"

#include <glib/gi18n-lib.h>

#include "hone-model-private.h"
#include "hone-run-private.h"
#include "hone-trust.h"
#include "hone-work-private.h"

typedef struct {
  gint64    iteration_id;
  HoneSplit split;
} PredictOptions;

/* The model must be here, unless the iteration needs none. */
gboolean
_hone_model_check (HoneStore           *store,
                   const HoneIteration *iteration,
                   GError             **error)
{
  g_autofree char *path = NULL;
  g_autoptr(HoneExperiment) experiment = NULL;

  if (_hone_baseline_is (iteration))
    return TRUE;
  experiment = hone_store_find_experiment (store, iteration->experiment, error);
  if (experiment == NULL)
    return FALSE;
  if (iteration->model == NULL || g_str_equal (experiment->provider, "imported"))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_MODEL_MISSING, _("“%s@%d” has no model that could be asked"),
                   iteration->experiment, iteration->number);
      return FALSE;
    }
  path = hone_jobs_dup_model_path (iteration->model);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_MODEL_MISSING,
               _("The model of “%s@%d” is not on this computer (“%s”); tuning again makes a new one"), iteration->experiment,
               iteration->number, path);
  return FALSE;
}

static HoneRunRecord *
plan_predict (HoneStore  *store,
              gpointer    data,
              GError    **error)
{
  const PredictOptions *options = data;
  g_autoptr(HoneIteration) iteration = hone_store_get_iteration (store, options->iteration_id, error);
  g_autoptr(HoneParameters) parameters = NULL;
  g_auto(HoneModelInfo) info = { 0 };
  g_autofree char *engine = NULL;
  g_autofree char *title = NULL;
  g_autofree char *json = NULL;

  if (iteration == NULL || !_hone_model_check (store, iteration, error) || !_hone_model_info_read (store, iteration, &info, error))
    return NULL;
  if (info.trainer == NULL && !_hone_baseline_is (iteration) && (engine = hone_jobs_dup_engine (error)) == NULL)
    return NULL;
  if (!_hone_baseline_is (iteration) && !hone_trust_check (info.trainer, error))
    return NULL;
  parameters = _hone_parameters_from_json (NULL);
  parameters->experiment = g_strdup (iteration->experiment);
  parameters->provider = g_strdup (info.trainer != NULL ? "trainer" : "engine");
  parameters->trainer = g_strdup (info.trainer);
  parameters->method = g_strdup (info.method);
  parameters->base = g_strdup (info.base);
  parameters->seed = info.seed;
  parameters->model = g_strdup (iteration->model);
  parameters->split = options->split;
  json = _hone_parameters_to_json (parameters);
  title = g_strdup_printf (_("Predict %s with %s@%d"), hone_split_to_string (options->split), iteration->experiment, iteration->number);
  return _hone_run_record_add (store, HONE_RUN_KIND_PREDICT, title, json, iteration->id, error);
}

/**
 * hone_predict:
 * @queue: the queue of a project
 * @iteration_id: an iteration
 * @split: the texts to ask about
 * @error: return location
 *
 * Queues a run that asks the model of an iteration about the texts of a split it has not answered yet; failed answers are asked again.
 * Blocks on the store.
 *
 * Returns: (transfer full) (nullable): the run
 */
HoneRun *
hone_predict (HoneRunQueue  *queue,
              gint64         iteration_id,
              HoneSplit      split,
              GError       **error)
{
  PredictOptions options = { iteration_id, split };

  g_return_val_if_fail (HONE_IS_RUN_QUEUE (queue), NULL);

  return _hone_run_queue_plan (queue, plan_predict, &options, error);
}

/**
 * hone_predict_async:
 * @queue: the queue of a project
 * @iteration_id: an iteration
 * @split: the texts to ask about
 * @cancellable: (nullable): a cancellable
 * @callback: called when the run is queued
 * @user_data: for @callback
 *
 * Like hone_predict(), for windows.
 */
void
hone_predict_async (HoneRunQueue         *queue,
                    gint64                iteration_id,
                    HoneSplit             split,
                    GCancellable         *cancellable,
                    GAsyncReadyCallback   callback,
                    gpointer              user_data)
{
  PredictOptions *options;

  g_return_if_fail (HONE_IS_RUN_QUEUE (queue));

  options = g_new0 (PredictOptions, 1);
  *options = (PredictOptions) { iteration_id, split };
  _hone_run_queue_plan_async (queue, plan_predict, options, g_free, hone_predict_async, cancellable, callback, user_data);
}

/**
 * hone_predict_finish:
 * @queue: the queue
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the run
 */
HoneRun *
hone_predict_finish (HoneRunQueue  *queue,
                     GAsyncResult  *result,
                     GError       **error)
{
  return _hone_run_queue_plan_finish (queue, result, hone_predict_async, error);
}

/**
 * hone_predict_is_needed:
 * @store: a project
 * @iteration_id: an iteration
 * @split: the texts that are to be scored
 * @needed: (out): whether the iteration has to be asked about the split first
 * @error: return location
 *
 * Nobody is asked about texts that nothing can be scored against. Blocks on the store.
 *
 * Returns: FALSE with %HONE_JOBS_ERROR_NO_LABELS or an error of the store
 */
gboolean
hone_predict_is_needed (HoneStore  *store,
                        gint64      iteration_id,
                        HoneSplit   split,
                        gboolean   *needed,
                        GError    **error)
{
  HoneSplitCounts counts[HONE_N_SPLITS];
  g_autoptr(GError) reason = NULL;
  guint64 n_missing = 0;

  g_return_val_if_fail (HONE_IS_STORE (store), FALSE);
  g_return_val_if_fail (needed != NULL, FALSE);

  if (!hone_store_get_split_counts (store, counts, error))
    return FALSE;
  if (counts[split].labelled == 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS, _("No text of %s has a label to score against"),
                   hone_split_to_string (split));
      return FALSE;
    }
  *needed = !hone_store_has_predictions (store, iteration_id, split, &n_missing, &reason);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
