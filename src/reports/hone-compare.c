/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iterations on the examples that all of them were scored on, and what changed from one to another. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-compare.h"
#include "hone-evaluate-private.h"

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
              guint           n_resamples,
              gboolean       *right)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_auto(HoneProbabilityLists) probabilities = { 0 };

  _hone_probability_lists_init (&probabilities);
  *hone_tally_left_out (tally) = *hone_tally_left_out (whole);
  for (guint i = 0, j = 0; i < common->len; i++, j++)
    {
      const HoneScoredExample *example;

      while (g_array_index (scored, HoneScoredExample, j).example_id != g_array_index (common, gint64, i))
        j++;
      example = &g_array_index (scored, HoneScoredExample, j);
      hone_tally_add (tally, example->reference, example->outcome, example->answer, 1);
      _hone_probability_lists_add (&probabilities, example);
      right[i] = _hone_scored_is_right (example);
    }
  _hone_evaluation_score (self, tally, &probabilities, seed, n_resamples);
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
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (gsize i = 0; i < self->n_iterations; i++)
    {
      GArray *scored;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      self->evaluations[i] = _hone_evaluation_new (store, iteration_ids[i], split, error);
      scored = self->evaluations[i] != NULL ? hone_store_list_scored (store, iteration_ids[i], split, error) : NULL;
      if (scored == NULL)
        return NULL;
      g_ptr_array_add (lists, scored);
      self->n_own[i] = scored->len;
    }
  return g_steal_pointer (&lists);
}

static void
compare_pairs (HoneComparison *self,
               const gboolean *right,
               GArray         *common)
{
  gsize pair = 0;

  self->n_pairs = self->n_iterations * (self->n_iterations - 1) / 2;
  self->pairs = g_new0 (HoneFlips, self->n_pairs);
  for (gsize a = 0; a < self->n_iterations; a++)
    for (gsize b = a + 1; b < self->n_iterations; b++, pair++)
      {
        self->pairs[pair].a = a;
        self->pairs[pair].b = b;
        compare_pair (&self->pairs[pair], right + a * common->len, right + b * common->len, common);
      }
}

/* Why the first iteration that cannot be scored at all cannot; else that they share nothing. */
static void
refuse (HoneComparison  *self,
        GPtrArray       *wholes,
        GError         **error)
{
  for (gsize i = 0; i < self->n_iterations; i++)
    if (hone_tally_get_n (wholes->pdata[i]) == 0)
      {
        _hone_evaluation_refuse (self->evaluations[i], wholes->pdata[i], error);
        return;
      }
  g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS, _("No text of %s was scored in all of these iterations"),
               hone_split_to_string (self->evaluations[0]->split));
}

static GPtrArray *
load_tallies (HoneStore       *store,
              const gint64    *iteration_ids,
              gsize            n_iterations,
              HoneSplit        split,
              GError         **error)
{
  g_autoptr(GPtrArray) wholes = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_tally_free);

  for (gsize i = 0; i < n_iterations; i++)
    {
      HoneTally *whole = hone_store_get_tally (store, iteration_ids[i], split, error);

      if (whole == NULL)
        return NULL;
      g_ptr_array_add (wholes, whole);
    }
  return g_steal_pointer (&wholes);
}

HoneComparison *
_hone_compare (HoneStore     *store,
               const gint64  *iteration_ids,
               gsize          n_iterations,
               HoneSplit      split,
               guint          n_resamples,
               const char    *what,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(HoneComparison) self = NULL;
  g_autoptr(GPtrArray) lists = NULL, wholes = NULL;
  g_autoptr(GArray) common = NULL;
  g_autofree gboolean *right = NULL;

  self = g_new0 (HoneComparison, 1);
  self->n_iterations = n_iterations;
  self->evaluations = g_new0 (HoneEvaluation *, n_iterations);
  self->n_own = g_new0 (guint64, n_iterations);
  lists = load_lists (store, self, iteration_ids, split, cancellable, error);
  wholes = lists != NULL ? load_tallies (store, iteration_ids, n_iterations, split, error) : NULL;
  if (wholes == NULL)
    return NULL;
  common = find_common (lists);
  self->n_common = common->len;
  if (common->len == 0)
    {
      refuse (self, wholes, error);
      return NULL;
    }
  right = g_new0 (gboolean, n_iterations * common->len);
  for (gsize i = 0; i < n_iterations; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !_hone_evaluation_open (self->evaluations[i], store, what, error))
        return NULL;
      score_common (self->evaluations[i], lists->pdata[i], common, wholes->pdata[i], hone_store_get_seed (store), n_resamples,
                    right + i * common->len);
    }
  compare_pairs (self, right, common);
  return g_steal_pointer (&self);
}

/**
 * hone_compare:
 * @store: a project
 * @iteration_ids: (array length=n_iterations): iterations
 * @n_iterations: how many, at least 2
 * @split: the texts
 * @cancellable: (nullable): looked at between the steps; openings that were recorded are not taken back
 * @error: return location
 *
 * Scores several iterations on the texts that are scored in all of them, with McNemar's exact test and the flip ledger of each pair. A text is
 * right where the answer equals the reference label. Blocks on the store.
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HoneComparison *
hone_compare (HoneStore     *store,
              const gint64  *iteration_ids,
              gsize          n_iterations,
              HoneSplit      split,
              GCancellable  *cancellable,
              GError       **error)
{
  g_return_val_if_fail (HONE_IS_STORE (store), NULL);
  g_return_val_if_fail (n_iterations >= 2, NULL);

  return _hone_compare (store, iteration_ids, n_iterations, split, HONE_EVALUATE_RESAMPLES, "compare", cancellable, error);
}

/* ---- for windows ---- */

typedef struct {
  gint64    *iteration_ids;
  gsize      n_iterations;
  HoneSplit  split;
} CompareOptions;

static void
compare_options_free (gpointer data)
{
  CompareOptions *options = data;

  g_free (options->iteration_ids);
  g_free (options);
}

static gpointer
compare_in_thread (HoneStore     *store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const CompareOptions *options = data;

  return hone_compare (store, options->iteration_ids, options->n_iterations, options->split, cancellable, error);
}

/**
 * hone_compare_async:
 * @store: a project
 * @iteration_ids: (array length=n_iterations): iterations; copied
 * @n_iterations: how many, at least 2
 * @split: the texts
 * @cancellable: (nullable): a cancellable
 * @callback: called when the comparison is there
 * @user_data: for @callback
 *
 * Like hone_compare(), for windows.
 */
void
hone_compare_async (HoneStore           *store,
                    const gint64        *iteration_ids,
                    gsize                n_iterations,
                    HoneSplit            split,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  CompareOptions *options;

  g_return_if_fail (HONE_IS_STORE (store));
  g_return_if_fail (n_iterations >= 2);

  options = g_new (CompareOptions, 1);
  *options = (CompareOptions) { g_memdup2 (iteration_ids, n_iterations * sizeof *iteration_ids), n_iterations, split };
  hone_store_call_async (store, HONE_LANE_READ, compare_in_thread, options, compare_options_free, (GDestroyNotify) hone_comparison_free, cancellable,
                         callback, user_data);
}

/**
 * hone_compare_finish:
 * @store: the project
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HoneComparison *
hone_compare_finish (HoneStore     *store,
                     GAsyncResult  *result,
                     GError       **error)
{
  return hone_store_call_finish (store, result, error);
}
