/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the project's counts to scores. */
#include "config.h"

#include "hone-evaluate.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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

/* ---- probabilities ---- */

typedef struct {
  GArray *log_likelihood, *confidence;   /* of double */
  GArray *correct;                       /* of gboolean */
} Probabilities;

static void
probabilities_init (Probabilities *self)
{
  self->log_likelihood = g_array_new (FALSE, FALSE, sizeof (double));
  self->confidence = g_array_new (FALSE, FALSE, sizeof (double));
  self->correct = g_array_new (FALSE, FALSE, sizeof (gboolean));
}

static void
probabilities_clear (Probabilities *self)
{
  g_clear_pointer (&self->log_likelihood, g_array_unref);
  g_clear_pointer (&self->confidence, g_array_unref);
  g_clear_pointer (&self->correct, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Probabilities, probabilities_clear)

static gboolean
is_right (const HoneScoredExample *example)
{
  return example->outcome == HONE_OUTCOME_ANSWERED && example->answer != NULL && hone_category_set_equal (example->reference, example->answer);
}

static void
probabilities_add (Probabilities           *self,
                   const HoneScoredExample *example)
{
  double log_likelihood = log (MAX (example->reference_probability, 1e-15));
  gboolean correct = is_right (example);

  if (isnan (example->reference_probability) || isnan (example->confidence))
    return;
  g_array_append_val (self->log_likelihood, log_likelihood);
  g_array_append_val (self->confidence, example->confidence);
  g_array_append_val (self->correct, correct);
}

static HoneScores *
make_scores (HoneTally          *tally,
             const HoneOntology *ontology,
             Probabilities      *probabilities,
             guint64             seed)
{
  HoneProbabilities given = {
    .n = probabilities->correct->len,
    .log_likelihood = (double *) (gpointer) probabilities->log_likelihood->data,
    .confidence = (double *) (gpointer) probabilities->confidence->data,
    .correct = (gboolean *) (gpointer) probabilities->correct->data,
  };

  return hone_scores_new (tally, ontology, given.n > 0 ? &given : NULL, seed, HONE_EVALUATE_RESAMPLES);
}

/* ---- one iteration ---- */

static gboolean
check_predicted (HoneStore            *store,
                 const HoneIteration  *iteration,
                 HoneSplit             split,
                 GError              **error)
{
  g_autoptr(GError) reason = NULL;
  guint64 n_missing = 0;

  if (hone_store_has_predictions (store, iteration->id, split, &n_missing, &reason))
    return TRUE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_PREDICTIONS,
                 _("“%s@%d” has not been asked about %s; “hone-cli predict %s --experiment %s@%d --split %s” does that"), iteration->experiment,
                 iteration->number, hone_split_to_string (split), hone_store_get_path (store), iteration->experiment, iteration->number,
                 hone_split_to_string (split));
  return FALSE;
}

static gboolean
refuse_unlabelled (HoneStore  *store,
                   HoneSplit   split,
                   GError    **error)
{
  const char *name = hone_split_to_string (split);

  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS,
               _("No predicted text of %s has a label to score against; “hone-cli import %s FILE --split %s” brings some"), name,
               hone_store_get_path (store), name);
  return FALSE;
}

/* A project that cannot be written shows its test split all the same, but the opening must not pass for recorded. */
static gboolean
open_test (HoneStore       *store,
           HoneEvaluation  *evaluation,
           const char      *what,
           GError         **error)
{
  g_autoptr(GError) reason = NULL;

  if (evaluation->split != HONE_SPLIT_TEST)
    return TRUE;
  evaluation->opened = TRUE;
  if (hone_store_get_writable (store))
    {
      if (!hone_store_add_opening (store, evaluation->iteration->id, what, error))
        return FALSE;
      evaluation->opening_recorded = TRUE;
    }
  evaluation->openings = hone_store_count_openings (store, &reason);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static HoneEvaluation *
evaluation_new (HoneStore  *store,
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

/**
 * hone_evaluate:
 * @store: a project
 * @iteration_id: an iteration
 * @split: the texts
 * @error: return location
 *
 * Scores an iteration on all texts of a split that it was asked about and that have a reference label now. Scores of the test split are
 * an opening, which is recorded first where the project can be written.
 *
 * Returns: (transfer full) (nullable): the scores; %HONE_JOBS_ERROR_NO_PREDICTIONS or %HONE_JOBS_ERROR_NO_LABELS where there can be none
 */
HoneEvaluation *
hone_evaluate (HoneStore  *store,
               gint64      iteration_id,
               HoneSplit   split,
               GError    **error)
{
  g_autoptr(HoneEvaluation) self = NULL;
  g_autoptr(HoneTally) tally = NULL;
  g_autoptr(GArray) scored = NULL;
  g_auto(Probabilities) probabilities = { 0 };

  g_return_val_if_fail (HONE_IS_STORE (store), NULL);

  self = evaluation_new (store, iteration_id, split, error);
  tally = self != NULL ? hone_store_get_tally (store, iteration_id, split, error) : NULL;
  if (tally == NULL)
    return NULL;
  if (hone_tally_get_n (tally) == 0)
    {
      refuse_unlabelled (store, split, error);
      return NULL;
    }
  if (!open_test (store, self, "evaluate", error))
    return NULL;
  scored = hone_store_list_scored (store, iteration_id, split, error);
  if (scored == NULL)
    return NULL;
  probabilities_init (&probabilities);
  for (guint i = 0; i < scored->len; i++)
    probabilities_add (&probabilities, &g_array_index (scored, HoneScoredExample, i));
  self->scores = make_scores (tally, self->ontology, &probabilities, hone_store_get_seed (store));
  self->confusion = hone_confusion_new (tally, self->ontology);
  return g_steal_pointer (&self);
}

/* ---- several ---- */

/**
 * hone_comparison_free:
 * @self: (transfer full): a comparison
 */
void
hone_comparison_free (HoneComparison *self)
{
  for (gsize i = 0; self->evaluations != NULL && i < self->n_iterations; i++)
    if (self->evaluations[i] != NULL)
      hone_evaluation_free (self->evaluations[i]);
  for (gsize i = 0; self->pairs != NULL && i < self->n_pairs; i++)
    {
      g_clear_pointer (&self->pairs[i].fixed, g_array_unref);
      g_clear_pointer (&self->pairs[i].broken, g_array_unref);
      g_clear_pointer (&self->pairs[i].still_wrong, g_array_unref);
      g_clear_pointer (&self->pairs[i].still_right, g_array_unref);
    }
  g_free (self->evaluations);
  g_free (self->n_own);
  g_free (self->pairs);
  g_free (self);
}

/* Lists in ascending id: keeps in @common what stands in both. */
static void
intersect (GArray *common,   /* of gint64 */
           GArray *scored)   /* of HoneScoredExample */
{
  guint kept = 0;

  for (guint i = 0, j = 0; i < common->len; i++)
    {
      gint64 id = g_array_index (common, gint64, i);

      while (j < scored->len && g_array_index (scored, HoneScoredExample, j).example_id < id)
        j++;
      if (j < scored->len && g_array_index (scored, HoneScoredExample, j).example_id == id)
        g_array_index (common, gint64, kept++) = id;
    }
  g_array_set_size (common, kept);
}

static GArray *
find_common (GPtrArray *lists)
{
  GArray *common = g_array_new (FALSE, FALSE, sizeof (gint64));
  GArray *first = lists->pdata[0];

  for (guint i = 0; i < first->len; i++)
    g_array_append_val (common, g_array_index (first, HoneScoredExample, i).example_id);
  for (guint i = 1; i < lists->len; i++)
    intersect (common, lists->pdata[i]);
  return common;
}

/* Scores over the common examples; @right (of gboolean) in their order. */
static void
score_common (HoneEvaluation *self,
              GArray         *scored,
              GArray         *common,
              HoneTally      *whole,
              guint64         seed,
              gboolean       *right)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_auto(Probabilities) probabilities = { 0 };

  probabilities_init (&probabilities);
  *hone_tally_left_out (tally) = *hone_tally_left_out (whole);
  for (guint i = 0, j = 0; i < common->len; i++, j++)
    {
      const HoneScoredExample *example;

      while (g_array_index (scored, HoneScoredExample, j).example_id != g_array_index (common, gint64, i))
        j++;
      example = &g_array_index (scored, HoneScoredExample, j);
      hone_tally_add (tally, example->reference, example->outcome, example->answer, 1);
      probabilities_add (&probabilities, example);
      right[i] = is_right (example);
    }
  self->scores = make_scores (tally, self->ontology, &probabilities, seed);
  self->confusion = hone_confusion_new (tally, self->ontology);
}

static void
compare_pair (HoneFlips      *flips,
              const gboolean *right_a,
              const gboolean *right_b,
              GArray         *common)
{
  GArray *lists[2][2];   /* right before, right after */

  for (gsize i = 0; i < 4; i++)
    lists[i / 2][i % 2] = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < common->len; i++)
    g_array_append_val (lists[right_a[i] != 0][right_b[i] != 0], g_array_index (common, gint64, i));
  flips->still_wrong = lists[FALSE][FALSE];
  flips->fixed = lists[FALSE][TRUE];
  flips->broken = lists[TRUE][FALSE];
  flips->still_right = lists[TRUE][TRUE];
  flips->a_only = flips->broken->len;
  flips->b_only = flips->fixed->len;
  flips->p = hone_mcnemar_exact (flips->a_only, flips->b_only);
}

static GPtrArray *
load_lists (HoneStore       *store,
            HoneComparison  *self,
            const gint64    *iteration_ids,
            HoneSplit        split,
            GError         **error)
{
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (gsize i = 0; i < self->n_iterations; i++)
    {
      GArray *scored;

      self->evaluations[i] = evaluation_new (store, iteration_ids[i], split, error);
      scored = self->evaluations[i] != NULL ? hone_store_list_scored (store, iteration_ids[i], split, error) : NULL;
      if (scored == NULL)
        return NULL;
      g_ptr_array_add (lists, scored);
      self->n_own[i] = scored->len;
    }
  return g_steal_pointer (&lists);
}

/**
 * hone_compare:
 * @store: a project
 * @iteration_ids: (array length=n_iterations): iterations
 * @n_iterations: how many, at least 2
 * @split: the texts
 * @error: return location
 *
 * Scores several iterations on the texts that are scored in all of them, with McNemar's exact test and the flip ledger of each pair. A text is
 * right where the answer equals the reference label.
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HoneComparison *
hone_compare (HoneStore     *store,
              const gint64  *iteration_ids,
              gsize          n_iterations,
              HoneSplit      split,
              GError       **error)
{
  g_autoptr(HoneComparison) self = NULL;
  g_autoptr(GPtrArray) lists = NULL;
  g_autoptr(GArray) common = NULL;
  g_autofree gboolean *right = NULL;
  gsize pair = 0;

  g_return_val_if_fail (HONE_IS_STORE (store), NULL);
  g_return_val_if_fail (n_iterations >= 2, NULL);

  self = g_new0 (HoneComparison, 1);
  self->n_iterations = n_iterations;
  self->evaluations = g_new0 (HoneEvaluation *, n_iterations);
  self->n_own = g_new0 (guint64, n_iterations);
  lists = load_lists (store, self, iteration_ids, split, error);
  if (lists == NULL)
    return NULL;
  common = find_common (lists);
  self->n_common = common->len;
  if (common->len == 0)
    {
      refuse_unlabelled (store, split, error);
      return NULL;
    }
  right = g_new0 (gboolean, n_iterations * common->len);
  for (gsize i = 0; i < n_iterations; i++)
    {
      g_autoptr(HoneTally) whole = hone_store_get_tally (store, iteration_ids[i], split, error);

      if (whole == NULL || !open_test (store, self->evaluations[i], "compare", error))
        return NULL;
      score_common (self->evaluations[i], lists->pdata[i], common, whole, hone_store_get_seed (store), right + i * common->len);
    }
  self->n_pairs = n_iterations * (n_iterations - 1) / 2;
  self->pairs = g_new0 (HoneFlips, self->n_pairs);
  for (gsize a = 0; a < n_iterations; a++)
    for (gsize b = a + 1; b < n_iterations; b++, pair++)
      {
        self->pairs[pair].a = a;
        self->pairs[pair].b = b;
        compare_pair (&self->pairs[pair], right + a * common->len, right + b * common->len, common);
      }
  return g_steal_pointer (&self);
}
