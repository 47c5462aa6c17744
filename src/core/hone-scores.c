/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of all measures with their 95 % intervals. */
#include "config.h"

#include <math.h>

#include "hone-measures-private.h"
#include "hone-random.h"

/* Above this many examples, those with probabilities are resampled as groups of neighbours: the interval then costs the same for
 * any number, and differs from the plain one by far less than its own width. */
#define MAX_SINGLE 20000
#define N_GROUPS   2000

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The 2.5 and 97.5 percentiles, by linear interpolation between the nearest ranks; undefined resamples are left out. */
static void
set_percentiles (HoneEstimate *estimate,
                 double       *values,
                 gsize         n)
{
  gsize defined = 0;
  const double shares[] = { 0.025, 0.975 };
  double *ends[] = { &estimate->low, &estimate->high };

  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      values[defined++] = values[i];
  if (defined == 0 || isnan (estimate->value))
    return;
  qsort (values, defined, sizeof *values, compare_doubles);
  for (gsize i = 0; i < 2; i++)
    {
      double at = shares[i] * (defined - 1);
      gsize below = (gsize) at;
      double above = values[MIN (below + 1, defined - 1)];

      *ends[i] = values[below] + (at - below) * (above - values[below]);
    }
}

/* n draws with replacement over the cells: one binomial after another, each of what is left. */
static void
draw_multinomial (HoneRandom    *random,
                  const guint64 *counts,
                  gsize          n_cells,
                  guint64        n,
                  guint64       *drawn)
{
  guint64 draws = n, mass = n;

  for (gsize i = 0; i < n_cells; i++)
    {
      drawn[i] = counts[i] == mass ? draws : hone_random_binomial (random, draws, (double) counts[i] / mass);
      draws -= drawn[i];
      mass -= counts[i];
    }
}

static gboolean
is_proportion (HoneMeasure which)
{
  return which == HONE_MEASURE_IOU_SCORE || which == HONE_MEASURE_ACCURACY;
}

static void
resample_tally (HoneScores    *self,
                HoneFlatTally *flat,
                guint64        seed,
                guint          n_resamples)
{
  g_autofree guint64 *drawn = g_new (guint64, MAX (flat->n_cells, 1));
  g_autofree double *values = g_new (double, (gsize) n_resamples * HONE_N_MEASURES);
  HoneRandom random;

  hone_random_init_for (&random, seed, "resample");
  for (guint r = 0; r < n_resamples; r++)
    {
      double row[HONE_N_MEASURES];

      draw_multinomial (&random, flat->counts, flat->n_cells, self->n, drawn);
      hone_flat_tally_measure (flat, drawn, row);
      for (int m = 0; m < HONE_N_MEASURES; m++)
        values[(gsize) m * n_resamples + r] = row[m];
    }
  for (int m = 0; m <= HONE_MEASURE_KAPPA; m++)
    if (!is_proportion (m))
      set_percentiles (&self->measures[m], values + (gsize) m * n_resamples, n_resamples);
}

/* ---- probabilities ---- */

typedef struct {
  double   log_likelihood, confidence, correct;   /* sums over the group */
  int      bin;
  guint64  n;
} Group;

static int
calibration_bin (double confidence)
{
  int bin = 0;

  while (bin < 9 && confidence > (bin + 1) / 10.0)
    bin++;
  return bin;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const Group *x = a, *y = b;

  /* Neighbours must be alike in all that varies, or the groups would hide the variance that is measured. */
  if (x->bin != y->bin)
    return x->bin - y->bin;
  if (x->correct != y->correct)
    return x->correct < y->correct ? -1 : 1;
  return (x->log_likelihood > y->log_likelihood) - (x->log_likelihood < y->log_likelihood);
}

static GArray *
make_groups (const HoneProbabilities *probabilities)
{
  GArray *groups = g_array_sized_new (FALSE, FALSE, sizeof (Group), probabilities->n);
  gsize size, kept = 0;

  for (guint64 i = 0; i < probabilities->n; i++)
    {
      Group group = { probabilities->log_likelihood[i], probabilities->confidence[i], probabilities->correct[i] ? 1.0 : 0.0,
                      calibration_bin (probabilities->confidence[i]), 1 };

      g_array_append_val (groups, group);
    }
  if (groups->len <= MAX_SINGLE)
    return groups;

  g_array_sort (groups, compare_groups);
  size = (groups->len + N_GROUPS - 1) / N_GROUPS;
  for (gsize i = 0; i < groups->len; i++)
    {
      Group *from = &g_array_index (groups, Group, i), *to = kept ? &g_array_index (groups, Group, kept - 1) : NULL;

      if (to && to->n < size && to->bin == from->bin && to->correct == to->n * from->correct)
        {
          to->log_likelihood += from->log_likelihood;
          to->confidence += from->confidence;
          to->correct += from->correct;
          to->n++;
        }
      else
        {
          g_array_index (groups, Group, kept) = *from;
          kept++;
        }
    }
  g_array_set_size (groups, kept);
  return groups;
}

static void
measure_groups (GArray        *groups,
                const guint64 *drawn,
                guint64        n,
                double        *log_loss,
                double        *calibration_error)
{
  double sum = 0.0, error = 0.0, gap[10] = { 0.0 };

  for (gsize i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      double times = (double) drawn[i] / group->n;

      sum -= times * group->log_likelihood;
      gap[group->bin] += times * (group->correct - group->confidence);
    }
  for (int bin = 0; bin < 10; bin++)
    error += fabs (gap[bin]);
  *log_loss = sum / n;
  *calibration_error = error / n;
}

static void
score_probabilities (HoneScores              *self,
                     const HoneProbabilities *probabilities,
                     guint64                  seed,
                     guint                    n_resamples)
{
  g_autoptr(GArray) groups = NULL;
  g_autofree guint64 *counts = NULL, *drawn = NULL;
  g_autofree double *losses = g_new (double, n_resamples + 1), *errors = g_new (double, n_resamples + 1);
  HoneEstimate *loss = &self->measures[HONE_MEASURE_LOG_LOSS], *error = &self->measures[HONE_MEASURE_CALIBRATION_ERROR];
  HoneRandom random;

  loss->value = hone_measure_log_loss (probabilities->log_likelihood, probabilities->n);
  error->value = hone_measure_calibration_error (probabilities->confidence, probabilities->correct, probabilities->n);
  if (n_resamples == 0)
    return;

  groups = make_groups (probabilities);
  counts = g_new (guint64, groups->len);
  drawn = g_new (guint64, groups->len);
  for (gsize i = 0; i < groups->len; i++)
    counts[i] = g_array_index (groups, Group, i).n;
  hone_random_init_for (&random, seed, "resample-probabilities");
  for (guint r = 0; r < n_resamples; r++)
    {
      if (groups->len == probabilities->n)
        {
          memset (drawn, 0, groups->len * sizeof *drawn);
          for (guint64 i = 0; i < probabilities->n; i++)
            drawn[hone_random_below (&random, groups->len)]++;
        }
      else
        {
          draw_multinomial (&random, counts, groups->len, probabilities->n, drawn);
        }
      measure_groups (groups, drawn, probabilities->n, &losses[r], &errors[r]);
    }
  set_percentiles (loss, losses, n_resamples);
  set_percentiles (error, errors, n_resamples);
}

/* ---- classes and baselines ---- */

static void
score_classes (HoneScores         *self,
               HoneFlatTally      *flat,
               const HoneOntology *ontology)
{
  self->n_classes = hone_ontology_get_size (ontology);
  self->classes = g_new0 (HoneClassScore, MAX (self->n_classes, 1));
  for (gsize i = 0; i < self->n_classes; i++)
    {
      HoneClassScore *class = &self->classes[i];
      guint id = hone_ontology_get_nth (ontology, i)->id;
      double tp, fp, fn;

      class->category = id;
      if (id < flat->n_ids)
        {
          class->true_positive = flat->tp[id];
          class->false_positive = flat->fp[id];
          class->false_negative = flat->fn[id];
        }
      tp = class->true_positive, fp = class->false_positive, fn = class->false_negative;
      class->support = class->true_positive + class->false_negative;
      class->precision = tp + fp > 0.0 ? tp / (tp + fp) : NAN;
      class->recall = tp + fn > 0.0 ? tp / (tp + fn) : NAN;
      class->f1 = tp + fp + fn > 0.0 ? 2.0 * tp / (2.0 * tp + fp + fn) : NAN;
      class->iou = tp + fp + fn > 0.0 ? tp / (tp + fp + fn) : NAN;
    }
}

/* What always answering the commonest reference would reach, and what a uniform choice of one category would. */
static void
score_baselines (HoneScores         *self,
                 HoneFlatTally      *flat,
                 const HoneOntology *ontology)
{
  g_autofree guint64 *of_reference = g_new0 (guint64, flat->n_sets);
  guint64 most = 0, single = 0;

  self->chance = self->majority = (HoneEstimate) { NAN, NAN, NAN };
  if (self->n == 0)
    return;
  for (gsize i = 0; i < flat->n_cells; i++)
    {
      of_reference[flat->reference[i]] += flat->counts[i];
      if (hone_category_set_get_size (flat->cells[i].reference) == 1)
        single += flat->counts[i];
    }
  for (guint set = 0; set < flat->n_sets; set++)
    most = MAX (most, of_reference[set]);
  self->majority.value = (double) most / self->n;
  hone_wilson95 (most, self->n, &self->majority.low, &self->majority.high);
  if (hone_ontology_get_size (ontology) > 0)
    self->chance.value = self->chance.low = self->chance.high =
      (double) single / self->n / hone_ontology_get_size (ontology);
}

/**
 * hone_scores_new:
 * @tally: scored examples and what was left out
 * @ontology: for the classes and their order
 * @probabilities: (nullable): of those of the scored examples that have them
 * @seed: of the resamples
 * @n_resamples: 1,000 for the numbers that people see; 0 leaves percentile intervals NAN
 *
 * Computes every measure. Proportions of examples (IoU score, accuracy) get Wilson's interval, the others the 2.5 and 97.5
 * percentiles of seeded resamples of the examples with replacement, drawn as a multinomial over the cells, so the cost does not
 * grow with the number of examples. Thread-safe as long as @tally is not changed meanwhile.
 *
 * Returns: (transfer full): the scores
 */
HoneScores *
hone_scores_new (HoneTally               *tally,
                 const HoneOntology      *ontology,
                 const HoneProbabilities *probabilities,
                 guint64                  seed,
                 guint                    n_resamples)
{
  g_autoptr(HoneFlatTally) flat = NULL;
  HoneScores *self;
  double values[HONE_N_MEASURES];

  g_return_val_if_fail (tally && ontology, NULL);

  self = g_new0 (HoneScores, 1);
  flat = hone_flat_tally_new (tally);
  self->n = hone_tally_get_n (tally);
  self->left_out = *hone_tally_left_out (tally);
  hone_flat_tally_measure (flat, flat->counts, values);
  score_classes (self, flat, ontology);
  score_baselines (self, flat, ontology);
  for (int m = 0; m < HONE_N_MEASURES; m++)
    {
      self->measures[m] = (HoneEstimate) { values[m], NAN, NAN };
      if (is_proportion (m) && self->n > 0)
        hone_wilson95 ((guint64) llround (values[m] * self->n), self->n, &self->measures[m].low, &self->measures[m].high);
    }
  if (n_resamples > 0 && self->n > 0)
    resample_tally (self, flat, seed, n_resamples);
  if (probabilities && probabilities->n > 0)
    score_probabilities (self, probabilities, seed, n_resamples);
  return self;
}

/**
 * hone_scores_free:
 * @self: (transfer full): scores
 */
void
hone_scores_free (HoneScores *self)
{
  g_free (self->classes);
  g_free (self);
}
