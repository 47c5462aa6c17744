/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All measures of one iteration with their intervals: what reports, JSON and the window show. */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "hone-resample-private.h"

static const struct {
  const char *key;
  const char *name;
} measure_names[HONE_N_MEASURES] = {
  [HONE_MEASURE_IOU_SCORE] = { "iou_score", N_("IoU score") },
  [HONE_MEASURE_ACCURACY] = { "accuracy", N_("Accuracy") },
  [HONE_MEASURE_MEAN_IOU] = { "mean_iou", N_("Mean IoU") },
  [HONE_MEASURE_MEAN_JACCARD] = { "mean_jaccard", N_("Mean Jaccard") },
  [HONE_MEASURE_MEAN_MARK] = { "mean_mark", N_("Mean agreement mark") },
  [HONE_MEASURE_MACRO_F1] = { "macro_f1", N_("Macro F1") },
  [HONE_MEASURE_MACRO_PRECISION] = { "macro_precision", N_("Macro precision") },
  [HONE_MEASURE_MACRO_RECALL] = { "macro_recall", N_("Macro recall") },
  [HONE_MEASURE_MICRO_F1] = { "micro_f1", N_("Micro F1") },
  [HONE_MEASURE_MICRO_PRECISION] = { "micro_precision", N_("Micro precision") },
  [HONE_MEASURE_MICRO_RECALL] = { "micro_recall", N_("Micro recall") },
  [HONE_MEASURE_KAPPA] = { "kappa", N_("Cohen’s kappa") },
  [HONE_MEASURE_LOG_LOSS] = { "log_loss", N_("Log-loss") },
  [HONE_MEASURE_CALIBRATION_ERROR] = { "calibration_error", N_("Calibration error") },
};

/**
 * hone_measure_get_key:
 * @measure: a measure
 *
 * Returns: (transfer none): its name in JSON and CSV
 */
const char *
hone_measure_get_key (HoneMeasure measure)
{
  g_return_val_if_fail ((guint) measure < HONE_N_MEASURES, NULL);

  return measure_names[measure].key;
}

/**
 * hone_measure_get_name:
 * @measure: a measure
 *
 * Returns: (transfer none): its name for people, in their language
 */
const char *
hone_measure_get_name (HoneMeasure measure)
{
  g_return_val_if_fail ((guint) measure < HONE_N_MEASURES, NULL);

  return _(measure_names[measure].name);
}

static HoneEstimate
proportion (guint64 successes,
            guint64 n)
{
  HoneEstimate estimate = { n > 0 ? (double) successes / (double) n : NAN, NAN, NAN };

  hone_wilson95 (successes, n, &estimate.low, &estimate.high);
  return estimate;
}

static double
ratio_or_nan (guint64 part,
              guint64 whole)
{
  return whole > 0 ? (double) part / (double) whole : NAN;
}

static void
fill_class (HoneClassScore *score)
{
  guint64 found = score->true_positive, wrong = score->false_positive, missed = score->false_negative;

  score->support = found + missed;
  score->precision = ratio_or_nan (found, found + wrong);
  score->recall = ratio_or_nan (found, found + missed);
  score->f1 = ratio_or_nan (2 * found, 2 * found + wrong + missed);
  score->iou = ratio_or_nan (found, found + wrong + missed);
}

static void
fill_classes (HoneScores         *self,
              const HoneOntology *ontology,
              const HoneFrame    *frame,
              const HoneSums     *sums)
{
  self->n_classes = hone_ontology_get_size (ontology);
  self->classes = g_new0 (HoneClassScore, self->n_classes);

  for (gsize i = 0; i < frame->n_classes; i++)
    {
      gsize position = hone_ontology_get_position (ontology, frame->class_ids[i]);

      if (position == G_MAXSIZE)
        continue;
      self->classes[position].true_positive = sums->found[i];
      self->classes[position].false_positive = sums->wrong[i];
      self->classes[position].false_negative = sums->missed[i];
    }

  for (gsize i = 0; i < self->n_classes; i++)
    {
      self->classes[i].category = hone_ontology_get_nth (ontology, i)->id;
      fill_class (&self->classes[i]);
    }
}

/* What the score is compared with. A uniform choice of one category is right with chance 1/K where the
 * reference is one of the K categories; that is known, not estimated, so its interval is a point. */
static void
fill_baselines (HoneScores         *self,
                HoneTally          *tally,
                const HoneOntology *ontology,
                const HoneSums     *sums)
{
  gsize n_cells, n_categories = hone_ontology_get_size (ontology);
  const HoneTallyCell *cells = hone_tally_get_cells (tally, &n_cells);
  guint64 commonest = 0, single = 0;

  for (gsize i = 0; i < sums->n_sets; i++)
    commonest = MAX (commonest, sums->as_reference[i]);
  for (gsize i = 0; i < n_cells; i++)
    {
      const guint *ids = hone_category_set_get_ids (cells[i].reference, NULL);

      if (hone_category_set_get_size (cells[i].reference) == 1 && hone_ontology_get_by_id (ontology, ids[0]) != NULL)
        single += cells[i].count;
    }

  self->majority = proportion (commonest, self->n);
  self->chance.value = self->n > 0 && n_categories > 0 ? (double) single / (double) self->n / (double) n_categories : NAN;
  self->chance.low = self->chance.high = self->chance.value;
}

static void
fill_measures (HoneScores              *self,
               const HoneFrame         *frame,
               const HoneSums          *sums,
               const HoneProbabilities *probabilities,
               guint64                  seed,
               guint                    n_resamples)
{
  HoneEstimate *log_loss = &self->measures[HONE_MEASURE_LOG_LOSS];
  HoneEstimate *calibration = &self->measures[HONE_MEASURE_CALIBRATION_ERROR];
  gboolean resample = n_resamples > 0;

  for (guint m = 0; m < HONE_N_MEASURES; m++)
    self->measures[m] = (HoneEstimate) { _hone_sums_measure (sums, (HoneMeasure) m), NAN, NAN };

  if (probabilities != NULL && probabilities->n > 0)
    {
      log_loss->value = hone_measure_log_loss (probabilities->log_likelihood, probabilities->n);
      calibration->value = hone_measure_calibration_error (probabilities->confidence, probabilities->correct, probabilities->n);
      if (resample)
        _hone_resample_probabilities (probabilities, seed, n_resamples, log_loss, calibration);
    }

  if (resample && self->n > 0)
    _hone_resample_frame (frame, seed, n_resamples, self->measures);
  self->measures[HONE_MEASURE_IOU_SCORE] = proportion (sums->n_overlapping, self->n);
  self->measures[HONE_MEASURE_ACCURACY] = proportion (sums->n_equal, self->n);
}

/**
 * hone_scores_new:
 * @tally: the scored examples
 * @ontology: the categories
 * @probabilities: (nullable): of the scored examples that have some
 * @seed: of the intervals
 * @n_resamples: how many resamples make an interval, usually 1,000; 0 for none but Wilson's
 *
 * Computes all measures. IoU score, accuracy and the majority class are proportions of the examples and have
 * Wilson intervals; the others have percentiles of resamples. The same arguments always give the same numbers.
 * The cost does not grow with the number of examples, except for sorting the probabilities.
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
  g_autoptr(HoneFrame) frame = NULL;
  g_autoptr(HoneSums) sums = NULL;
  HoneScores *self;

  g_return_val_if_fail (tally != NULL, NULL);
  g_return_val_if_fail (ontology != NULL, NULL);

  frame = _hone_frame_new (tally);
  sums = _hone_sums_new (frame);
  _hone_sums_count (sums, frame, frame->counts);

  self = g_new0 (HoneScores, 1);
  self->n = frame->n;
  self->left_out = *hone_tally_left_out (tally);
  fill_measures (self, frame, sums, probabilities, seed, n_resamples);
  fill_classes (self, ontology, frame, sums);
  fill_baselines (self, tally, ontology, sums);

  return self;
}

/**
 * hone_scores_free:
 * @self: (transfer full): scores
 */
void
hone_scores_free (HoneScores *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->classes);
  g_free (self);
}
