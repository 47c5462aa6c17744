/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the project's counts to scores. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-evaluate-private.h"
#include "hone-report-text.h"

/**
 * hone_evaluation_free:
 * @self: (transfer full): an evaluation
 */
void
hone_evaluation_free (HoneEvaluation *self)
{
  g_clear_pointer (&self->iteration, hone_iteration_free);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_clear_pointer (&self->scores, hone_scores_free);
  g_clear_pointer (&self->confusion, hone_confusion_free);
  g_free (self);
}

/**
 * hone_evaluate_get_default_measure:
 * @ontology: categories of a project
 *
 * Returns: the measure that is shown first
 */
HoneMeasure
hone_evaluate_get_default_measure (const HoneOntology *ontology)
{
  return hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE ? HONE_MEASURE_IOU_SCORE : HONE_MEASURE_MEAN_JACCARD;
}

/* ---- probabilities ---- */

void
_hone_probability_lists_init (HoneProbabilityLists *self)
{
  self->log_likelihood = g_array_new (FALSE, FALSE, sizeof (double));
  self->confidence = g_array_new (FALSE, FALSE, sizeof (double));
  self->correct = g_array_new (FALSE, FALSE, sizeof (gboolean));
}

void
_hone_probability_lists_clear (HoneProbabilityLists *self)
{
  g_clear_pointer (&self->log_likelihood, g_array_unref);
  g_clear_pointer (&self->confidence, g_array_unref);
  g_clear_pointer (&self->correct, g_array_unref);
}

gboolean
_hone_scored_is_right (const HoneScoredExample *example)
{
  return example->outcome == HONE_OUTCOME_ANSWERED && example->answer != NULL &&
         hone_category_set_equal (example->reference, example->answer);
}

void
_hone_probability_lists_add (HoneProbabilityLists    *self,
                             const HoneScoredExample *example)
{
  double log_likelihood = log (MAX (example->reference_probability, 1e-15));
  gboolean correct = _hone_scored_is_right (example);

  if (isnan (example->reference_probability) || isnan (example->confidence))
    return;
  g_array_append_val (self->log_likelihood, log_likelihood);
  g_array_append_val (self->confidence, example->confidence);
  g_array_append_val (self->correct, correct);
}

void
_hone_evaluation_score (HoneEvaluation       *self,
                        HoneTally            *tally,
                        HoneProbabilityLists *probabilities,
                        guint64               seed,
                        guint                 n_resamples)
{
  HoneProbabilities given = {
    .n = probabilities->correct->len,
    .log_likelihood = (double *) (gpointer) probabilities->log_likelihood->data,
    .confidence = (double *) (gpointer) probabilities->confidence->data,
    .correct = (gboolean *) (gpointer) probabilities->correct->data,
  };

  self->scores = hone_scores_new (tally, self->ontology, given.n > 0 ? &given : NULL, seed, n_resamples);
  self->confusion = hone_confusion_new (tally, self->ontology);
}

/* ---- what must hold ---- */

static gboolean
check_predicted (HoneStore            *store,
                 const HoneIteration  *iteration,
                 HoneSplit             split,
                 GError              **error)
{
  g_autoptr(GError) reason = NULL;

  if (hone_store_has_predictions (store, iteration->id, split, NULL, &reason))
    return TRUE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_PREDICTIONS, _("“%s@%d” has not been asked about %s"),
                 iteration->experiment, iteration->number, hone_split_to_string (split));
  return FALSE;
}

HoneEvaluation *
_hone_evaluation_new (HoneStore  *store,
                      gint64      iteration_id,
                      HoneSplit   split,
                      GError    **error)
{
  g_autoptr(HoneEvaluation) self = g_new0 (HoneEvaluation, 1);

  self->split = split;
  self->iteration = hone_store_get_iteration (store, iteration_id, error);
  if (self->iteration == NULL || !check_predicted (store, self->iteration, split, error))
    return NULL;
  self->ontology = hone_store_dup_ontology (store);
  return g_steal_pointer (&self);
}

gboolean
_hone_evaluation_refuse (const HoneEvaluation  *self,
                         HoneTally             *tally,
                         GError               **error)
{
  g_autofree char *left_out = hone_report_format_left_out (hone_tally_left_out (tally));

  if (left_out != NULL)
    g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS, _("No text of %s can be scored with “%s@%d”: %s"),
                 hone_split_to_string (self->split), self->iteration->experiment, self->iteration->number, left_out);
  else
    g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS, _("There is no text of %s to score “%s@%d” with"),
                 hone_split_to_string (self->split), self->iteration->experiment, self->iteration->number);
  return FALSE;
}

gboolean
_hone_evaluation_open (HoneEvaluation  *self,
                       HoneStore       *store,
                       const char      *what,
                       GError         **error)
{
  g_autoptr(GError) reason = NULL;

  if (self->split != HONE_SPLIT_TEST)
    return TRUE;
  self->opened = TRUE;
  if (what != NULL && hone_store_get_writable (store))
    {
      if (!hone_store_add_opening (store, self->iteration->id, what, error))
        return FALSE;
      self->opening_recorded = TRUE;
    }
  self->openings = hone_store_count_openings (store, &reason);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* ---- one iteration ---- */

HoneEvaluation *
_hone_evaluate (HoneStore     *store,
                gint64         iteration_id,
                HoneSplit      split,
                const char    *what,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(HoneEvaluation) self = NULL;
  g_autoptr(HoneTally) tally = NULL;
  g_autoptr(GArray) scored = NULL;
  g_auto(HoneProbabilityLists) probabilities = { 0 };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self = _hone_evaluation_new (store, iteration_id, split, error);
  tally = self != NULL ? hone_store_get_tally (store, iteration_id, split, error) : NULL;
  if (tally == NULL)
    return NULL;
  if (hone_tally_get_n (tally) == 0)
    {
      _hone_evaluation_refuse (self, tally, error);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !_hone_evaluation_open (self, store, what, error))
    return NULL;
  scored = hone_store_list_scored (store, iteration_id, split, error);
  if (scored == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  _hone_probability_lists_init (&probabilities);
  for (guint i = 0; i < scored->len; i++)
    _hone_probability_lists_add (&probabilities, &g_array_index (scored, HoneScoredExample, i));
  _hone_evaluation_score (self, tally, &probabilities, hone_store_get_seed (store), HONE_EVALUATE_RESAMPLES);
  return g_steal_pointer (&self);
}

/**
 * hone_evaluate:
 * @store: a project
 * @iteration_id: an iteration
 * @split: the texts
 * @cancellable: (nullable): looked at between the steps; an opening that was recorded is not taken back
 * @error: return location
 *
 * Scores an iteration on all texts of a split that it was asked about and that have a reference label now. Scores of the test split are
 * an opening, which is recorded first where the project can be written. Blocks on the store.
 *
 * Returns: (transfer full) (nullable): the scores; %HONE_REPORT_ERROR_NO_PREDICTIONS or %HONE_REPORT_ERROR_NO_LABELS where there can
 * be none
 */
HoneEvaluation *
hone_evaluate (HoneStore     *store,
               gint64         iteration_id,
               HoneSplit      split,
               GCancellable  *cancellable,
               GError       **error)
{
  g_return_val_if_fail (HONE_IS_STORE (store), NULL);

  return _hone_evaluate (store, iteration_id, split, "evaluate", cancellable, error);
}

/* ---- for windows ---- */

typedef struct {
  gint64    iteration_id;
  HoneSplit split;
} EvaluateOptions;

static gpointer
evaluate_in_thread (HoneStore     *store,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  const EvaluateOptions *options = data;

  return hone_evaluate (store, options->iteration_id, options->split, cancellable, error);
}

/**
 * hone_evaluate_async:
 * @store: a project
 * @iteration_id: an iteration
 * @split: the texts
 * @cancellable: (nullable): a cancellable
 * @callback: called when the scores are there
 * @user_data: for @callback
 *
 * Like hone_evaluate(), for windows.
 */
void
hone_evaluate_async (HoneStore           *store,
                     gint64               iteration_id,
                     HoneSplit            split,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  EvaluateOptions *options;

  g_return_if_fail (HONE_IS_STORE (store));

  options = g_new (EvaluateOptions, 1);
  *options = (EvaluateOptions) { iteration_id, split };
  hone_store_call_async (store, HONE_LANE_READ, evaluate_in_thread, options, g_free, (GDestroyNotify) hone_evaluation_free, cancellable, callback,
                         user_data);
}

/**
 * hone_evaluate_finish:
 * @store: the project
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the scores
 */
HoneEvaluation *
hone_evaluate_finish (HoneStore     *store,
                      GAsyncResult  *result,
                      GError       **error)
{
  return hone_store_call_finish (store, result, error);
}
