/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays the person who labels: known answers are revealed in the order in which somebody would have been asked. */
#include "config.h"

#include "hone-simulate.h"

#include <glib/gi18n-lib.h>

#include "core/hone-random.h"
#include "hone-model-private.h"
#include "hone-predict.h"
#include "hone-work-private.h"
#include "store/hone-store-labels.h"

/**
 * hone_sample_order_from_string:
 * @string: "random", "balanced" or "uncertain"
 * @order: (out): the order
 *
 * Returns: FALSE for anything else
 */
gboolean
hone_sample_order_from_string (const char      *string,
                               HoneSampleOrder *order)
{
  static const char * const names[] = { "random", "balanced", "uncertain" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (string, names[i]) == 0)
      {
        *order = (HoneSampleOrder) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * hone_simulate_report_free:
 * @self: (transfer full): a report
 */
void
hone_simulate_report_free (HoneSimulateReport *self)
{
  g_free (self->message);
  g_free (self);
}

typedef struct {
  guint64             n;
  HoneSampleOrder     order;
  char               *author;
  gint64              iteration_id;    /* whose confidences count; 0: none */
  gboolean            predict;         /* it was not asked about train yet */
  HoneRun            *run;             /* (nullable): that asks it */
  GSource            *cancelling;      /* (nullable): while it does */
  HoneSimulateReport *report;
} Simulation;

static void
stop_listening (Simulation *self)
{
  if (self->cancelling != NULL)
    g_source_destroy (self->cancelling);
  g_clear_pointer (&self->cancelling, g_source_unref);
}

static void
simulation_free (gpointer data)
{
  Simulation *self = data;

  g_free (self->author);
  stop_listening (self);
  g_clear_object (&self->run);
  g_clear_pointer (&self->report, hone_simulate_report_free);
  g_free (self);
}

/* ---- whose confidence ---- */

/* Iteration 0 is equally sure of everything. */
static gboolean
can_tell (HoneStore           *store,
          const HoneIteration *iteration,
          gboolean            *predicted)
{
  guint64 n_missing = 0;

  if (_hone_baseline_is (iteration))
    return FALSE;
  *predicted = hone_store_has_predictions (store, iteration->id, HONE_SPLIT_TRAIN, &n_missing, NULL) && n_missing == 0;
  return *predicted || _hone_model_check (store, iteration, NULL);
}

static gboolean
find_iteration (HoneStore   *store,
                Simulation  *self,
                GError     **error)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, error);
  g_autofree char *name = NULL;

  if (experiments == NULL)
    return FALSE;
  for (guint i = 0; i < experiments->len; i++)
    {
      g_autoptr(GPtrArray) iterations = hone_store_list_iterations (store, ((HoneExperiment *) experiments->pdata[i])->id, error);

      if (iterations == NULL)
        return FALSE;
      for (guint j = 0; j < iterations->len; j++)
        {
          const HoneIteration *iteration = iterations->pdata[j];
          gboolean predicted = FALSE;

          if (iteration->id <= self->iteration_id || !can_tell (store, iteration, &predicted))
            continue;
          self->iteration_id = iteration->id;
          self->predict = !predicted;
          g_free (name);
          name = g_strdup_printf ("%s@%d", iteration->experiment, iteration->number);
        }
    }
  if (self->iteration_id == 0)
    self->report->message = g_strdup (_("No trained iteration can say what it is unsure of, so the order is random"));
  else if (self->predict)
    self->report->message = g_strdup_printf (_("%s was asked about train first, to know what it is unsure of"), name);
  else
    self->report->message = g_strdup_printf (_("In the order of what %s is unsure of"), name);
  return TRUE;
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (find_iteration (hone_run_queue_get_store (source), data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- revealing ---- */

/* A seed of the project alone would draw the same places of a shorter list again and again. */
static guint64
find_seed (HoneStore *store,
           gsize      n_left)
{
  return hone_random_mix (hone_store_get_seed (store), n_left);
}

static gboolean
reveal (HoneStore   *store,
        Simulation  *self,
        GError     **error)
{
  g_autoptr(GArray) candidates = hone_store_list_candidates (store, self->iteration_id, error);
  g_autoptr(GArray) ids = NULL;
  HoneSampleOrder order = self->order;

  if (candidates == NULL)
    return FALSE;
  if (candidates->len == 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS, _("No known answer is hidden in train"));
      return FALSE;
    }
  if (order == HONE_ORDER_UNCERTAIN && self->iteration_id == 0)
    order = HONE_ORDER_RANDOM;
  ids = hone_sample ((const HoneCandidate *) (gpointer) candidates->data, candidates->len, self->n, order,
                     find_seed (store, candidates->len));
  if (ids->len > 0 &&
      !hone_store_reveal_known (store, (const gint64 *) (gpointer) ids->data, ids->len, self->author != NULL ? self->author : "simulated",
                                error))
    return FALSE;
  self->report->revealed = ids->len;
  self->report->left = candidates->len - ids->len;
  return TRUE;
}

static void
reveal_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;

  if (reveal (hone_run_queue_get_store (source), data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- one after the other ---- */

static void
revealed (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_reveal (GTask *task)   /* taken */
{
  g_autoptr(GTask) part = g_task_new (g_task_get_source_object (task), NULL, revealed, task);

  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, reveal_in_thread);
}

/* The last moment at which nothing has happened yet. */
static void
run_reveal (GTask *task)   /* taken */
{
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  start_reveal (task);
}

static void
run_changed (HoneRun    *run,
             GParamSpec *pspec,
             GTask      *task)
{
  const GError *error = hone_run_get_error (run);

  if (!hone_run_state_is_final (hone_run_get_state (run)))
    return;
  g_signal_handlers_disconnect_by_data (run, task);
  stop_listening (g_task_get_task_data (task));
  if (hone_run_get_state (run) == HONE_RUN_SUCCEEDED)
    {
      run_reveal (task);
      return;
    }
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Asking about train was cancelled"));
  g_object_unref (task);
}

static gboolean
cancel_run (GCancellable *cancellable,
            gpointer      data)
{
  GTask *task = data;
  Simulation *self = g_task_get_task_data (task);

  /* A run that is over by now cannot be cancelled, which is as good. */
  hone_run_queue_cancel (g_task_get_source_object (task), self->run, NULL);
  return G_SOURCE_REMOVE;
}

static void
listen (GTask *task)
{
  Simulation *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable == NULL)
    return;
  self->cancelling = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelling, G_SOURCE_FUNC (cancel_run), task, NULL);
  g_source_attach (self->cancelling, g_task_get_context (task));
}

static void
asked (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  GTask *task = user_data;
  Simulation *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->run = hone_predict_finish (HONE_RUN_QUEUE (source), result, &error);
  if (self->run != NULL)
    {
      g_signal_connect (self->run, "notify::state", G_CALLBACK (run_changed), task);
      listen (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
found (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  GTask *task = user_data;
  Simulation *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (self->iteration_id != 0 && self->predict)
    hone_predict_async (HONE_RUN_QUEUE (source), self->iteration_id, HONE_SPLIT_TRAIN, NULL, asked, task);
  else
    run_reveal (task);
}

/**
 * hone_simulate_async:
 * @queue: the queue of a project
 * @n: how many known answers to reveal
 * @order: whom to ask first
 * @author: (nullable): author of the labels; %NULL: "simulated"
 * @cancellable: (nullable): a cancellable; it also stops the asking that %HONE_ORDER_UNCERTAIN begins with
 * @callback: called when the labels are on disk
 * @user_data: for @callback
 *
 * Reveals known answers of train as labels.
 */
void
hone_simulate_async (HoneRunQueue         *queue,
                     guint64               n,
                     HoneSampleOrder       order,
                     const char           *author,
                     GCancellable         *cancellable,
                     GAsyncReadyCallback   callback,
                     gpointer              user_data)
{
  GTask *task;
  Simulation *self;
  g_autoptr(GTask) part = NULL;

  g_return_if_fail (HONE_IS_RUN_QUEUE (queue));

  self = g_new0 (Simulation, 1);
  self->n = n;
  self->order = order;
  self->author = g_strdup (author);
  self->report = g_new0 (HoneSimulateReport, 1);
  task = g_task_new (queue, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_simulate_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, simulation_free);
  if (order != HONE_ORDER_UNCERTAIN)
    {
      run_reveal (task);
      return;
    }
  part = g_task_new (queue, NULL, found, task);
  g_task_set_task_data (part, self, NULL);
  g_task_run_in_thread (part, find_in_thread);
}

/**
 * hone_simulate_finish:
 * @queue: the queue
 * @result: given to the callback
 * @report: (out) (optional): what was revealed
 * @error: return location
 *
 * Returns: whether the labels are on disk
 */
gboolean
hone_simulate_finish (HoneRunQueue         *queue,
                      GAsyncResult         *result,
                      HoneSimulateReport  **report,
                      GError              **error)
{
  Simulation *self;

  g_return_val_if_fail (g_task_is_valid (result, queue), FALSE);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == hone_simulate_async, FALSE);

  self = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (report != NULL)
    *report = g_steal_pointer (&self->report);
  return TRUE;
}
