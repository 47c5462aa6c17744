/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison says of two of its iterations, and of all of them. */
#include "config.h"

#include <math.h>

#include "hone-compare.h"
#include "store/hone-store-examples.h"

#define CHANCE 0.05

static const HoneFlips *
find_pair (const HoneComparison *self,
           gsize                 a,
           gsize                 b)
{
  for (gsize i = 0; i < self->n_pairs; i++)
    if (self->pairs[i].a == a && self->pairs[i].b == b)
      return &self->pairs[i];
  g_return_val_if_reached (NULL);
}

/**
 * hone_comparison_get_change:
 * @self: a comparison
 * @from: position of an iteration
 * @to: position of another
 *
 * Returns: what changed from one to the other
 */
HoneChange
hone_comparison_get_change (const HoneComparison *self,
                            gsize                 from,
                            gsize                 to)
{
  const HoneFlips *flips;

  g_return_val_if_fail (self && from != to && MAX (from, to) < self->n_iterations, (HoneChange) { 0 });

  flips = find_pair (self, MIN (from, to), MAX (from, to));
  return (HoneChange) { flips->p, from < to ? flips->fixed : flips->broken, from < to ? flips->broken : flips->fixed, flips->still_wrong,
                        flips->still_right };
}

/**
 * hone_comparison_list_conditions:
 * @self: a comparison
 * @from: position of an iteration
 * @right_from: whether it was right
 * @to: position of another
 * @right_to: whether it was right
 *
 * For filters: takes the examples of one list of hone_comparison_get_change(), as long as labels stay as they are.
 *
 * Returns: (transfer full) (element-type HoneFilterScored): conditions
 */
GArray *
hone_comparison_list_conditions (const HoneComparison *self,
                                 gsize                 from,
                                 gboolean              right_from,
                                 gsize                 to,
                                 gboolean              right_to)
{
  GArray *conditions = g_array_new (FALSE, FALSE, sizeof (HoneFilterScored));
  HoneFilterScored pair[2];

  g_return_val_if_fail (self && from != to && MAX (from, to) < self->n_iterations, conditions);

  pair[0] = (HoneFilterScored) { self->evaluations[from]->iteration->id, right_from != FALSE };
  pair[1] = (HoneFilterScored) { self->evaluations[to]->iteration->id, right_to != FALSE };
  g_array_append_vals (conditions, pair, 2);
  for (gsize i = 0; i < self->n_iterations; i++)
    {
      HoneFilterScored other = { self->evaluations[i]->iteration->id, -1 };

      if (i != from && i != to)
        g_array_append_val (conditions, other);
    }
  return conditions;
}

/**
 * hone_measure_is_better_low:
 * @measure: a measure
 *
 * Returns: whether less is better
 */
gboolean
hone_measure_is_better_low (HoneMeasure measure)
{
  return measure == HONE_MEASURE_LOG_LOSS || measure == HONE_MEASURE_CALIBRATION_ERROR;
}

/* Whether the measure is the share of right answers, of which the test of McNemar speaks. */
static gboolean
is_share_of_right (const HoneComparison *self,
                   HoneMeasure           measure)
{
  return measure == HONE_MEASURE_ACCURACY ||
         (measure == HONE_MEASURE_IOU_SCORE && hone_ontology_get_choice (self->evaluations[0]->ontology) == HONE_CHOICE_ONE);
}

static gboolean
is_distinct (const HoneComparison *self,
             gsize                 best,
             gsize                 other,
             HoneMeasure           measure)
{
  const HoneEstimate *one = &self->evaluations[best]->scores->measures[measure];
  const HoneEstimate *two = &self->evaluations[other]->scores->measures[measure];

  if (is_share_of_right (self, measure))
    return one->value > two->value && hone_comparison_get_change (self, other, best).p < CHANCE;
  return hone_measure_is_better_low (measure) ? one->high < two->low : one->low > two->high;
}

/**
 * hone_comparison_find_best:
 * @self: a comparison
 * @measure: a measure
 *
 * An iteration is best where it can be told from each other one: by McNemar's exact test (p below 0.05) where the measure is the share of
 * right answers, by intervals that do not overlap for all others, which asks for more.
 *
 * Returns: its position, or %G_MAXSIZE
 */
gsize
hone_comparison_find_best (const HoneComparison *self,
                           HoneMeasure           measure)
{
  g_return_val_if_fail (self && (guint) measure < HONE_N_MEASURES, G_MAXSIZE);

  for (gsize best = 0; best < self->n_iterations; best++)
    {
      gboolean distinct = TRUE;

      for (gsize other = 0; distinct && other < self->n_iterations; other++)
        distinct = other == best || is_distinct (self, best, other, measure);
      if (distinct)
        return best;
    }
  return G_MAXSIZE;
}
