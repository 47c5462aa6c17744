/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Point estimates. TP, FP and FN of a class: examples in which it is in reference and answer, in the answer
 * alone, in the reference alone. An abstention or an answer out of set is the empty answer: it misses the
 * reference and is no class. Macro means are over the classes that occur in references or answers; a ratio
 * without denominator counts 0 in them, as in scikit-learn with zero_division=0. */
#include "config.h"

#include <math.h>

#include "hone-measures-private.h"

static double
ratio (guint64 part,
       guint64 whole)
{
  return whole > 0 ? (double) part / (double) whole : 0.0;
}

typedef double (*ClassFunc) (guint64 found, guint64 wrong, guint64 missed);

static double
class_precision (guint64 found, guint64 wrong, guint64 missed)
{
  return ratio (found, found + wrong);
}

static double
class_recall (guint64 found, guint64 wrong, guint64 missed)
{
  return ratio (found, found + missed);
}

static double
class_f1 (guint64 found, guint64 wrong, guint64 missed)
{
  return ratio (2 * found, 2 * found + wrong + missed);
}

static double
class_iou (guint64 found, guint64 wrong, guint64 missed)
{
  return ratio (found, found + wrong + missed);
}

static double
macro (const HoneSums *sums,
       ClassFunc       func)
{
  double sum = 0.0;
  gsize n_present = 0;

  for (gsize i = 0; i < sums->n_classes; i++)
    {
      if (sums->found[i] + sums->wrong[i] + sums->missed[i] == 0)
        continue;
      sum += func (sums->found[i], sums->wrong[i], sums->missed[i]);
      n_present++;
    }

  return n_present > 0 ? sum / (double) n_present : NAN;
}

static double
micro (const HoneSums *sums,
       ClassFunc       func)
{
  guint64 found = 0, wrong = 0, missed = 0;

  for (gsize i = 0; i < sums->n_classes; i++)
    {
      found += sums->found[i];
      wrong += sums->wrong[i];
      missed += sums->missed[i];
    }

  return found + wrong + missed > 0 ? func (found, wrong, missed) : NAN;
}

/* (p_o - p_e) / (1 - p_e), both sides times n squared, so that chance agreement of 1 is seen exactly. Set 0 is
 * the answer of whoever did not answer: a category of the model that no reference has. */
static double
kappa (const HoneSums *sums)
{
  double n = (double) sums->n;
  double by_chance = 0.0;

  for (gsize i = 0; i < sums->n_sets; i++)
    by_chance += (double) sums->as_reference[i] * (double) sums->as_answer[i];

  if (n * n - by_chance <= 0.0)
    return NAN;
  return (n * (double) sums->n_equal - by_chance) / (n * n - by_chance);
}

/**
 * _hone_sums_measure:
 * @self: sums
 * @measure: any but those that need probabilities
 *
 * Returns: the measure, or NAN where it is undefined
 */
double
_hone_sums_measure (const HoneSums *self,
                    HoneMeasure     measure)
{
  double n = (double) self->n;

  if (self->n == 0)
    return NAN;

  switch (measure)
    {
    case HONE_MEASURE_IOU_SCORE:       return (double) self->n_overlapping / n;
    case HONE_MEASURE_ACCURACY:        return (double) self->n_equal / n;
    case HONE_MEASURE_MEAN_IOU:        return macro (self, class_iou);
    case HONE_MEASURE_MEAN_JACCARD:    return self->sum_of_jaccards / n;
    case HONE_MEASURE_MEAN_MARK:       return self->sum_of_marks / n;
    case HONE_MEASURE_MACRO_F1:        return macro (self, class_f1);
    case HONE_MEASURE_MACRO_PRECISION: return macro (self, class_precision);
    case HONE_MEASURE_MACRO_RECALL:    return macro (self, class_recall);
    case HONE_MEASURE_MICRO_F1:        return micro (self, class_f1);
    case HONE_MEASURE_MICRO_PRECISION: return micro (self, class_precision);
    case HONE_MEASURE_MICRO_RECALL:    return micro (self, class_recall);
    case HONE_MEASURE_KAPPA:           return kappa (self);

    case HONE_MEASURE_LOG_LOSS:
    case HONE_MEASURE_CALIBRATION_ERROR:
    default:
      return NAN;
    }
}

static double
measure_tally (HoneTally   *tally,
               HoneMeasure  measure)
{
  g_autoptr(HoneFrame) frame = NULL;
  g_autoptr(HoneSums) sums = NULL;

  g_return_val_if_fail (tally != NULL, NAN);

  frame = _hone_frame_new (tally);
  sums = _hone_sums_new (frame);
  _hone_sums_count (sums, frame, frame->counts);

  return _hone_sums_measure (sums, measure);
}

/**
 * hone_measure_iou_score:
 * @tally: the scored examples
 *
 * The share of examples whose agreement mark is above 0.5. Of two voters a category has mark 1 where both chose
 * it and 0.5 where one did, so the mean is above 0.5 exactly where they share a category. For choice rule
 * "one" this is the accuracy; for "several" any overlap is enough. Definition: Kili Technology, "IoU".
 *
 * Returns: ratio 0 to 1, or NAN without examples
 */
double
hone_measure_iou_score (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_IOU_SCORE);
}

/**
 * hone_measure_mean_mark:
 * @tally: the scored examples
 *
 * The mean agreement mark (see hone_agreement_mark()) of model and reference: 1/2 + J/2 for an example with
 * Jaccard index J.
 *
 * Returns: ratio 0.5 to 1, or NAN without examples
 */
double
hone_measure_mean_mark (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MEAN_MARK);
}

/**
 * hone_measure_mean_jaccard:
 * @tally: the scored examples
 *
 * The mean over the examples of |A ∩ B| / |A ∪ B| of reference and answer (Jaccard 1901).
 *
 * Returns: ratio 0 to 1, or NAN without examples
 */
double
hone_measure_mean_jaccard (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MEAN_JACCARD);
}

/**
 * hone_measure_accuracy:
 * @tally: the scored examples
 *
 * The share of examples whose answer is the reference, the whole set for "several".
 *
 * Returns: ratio 0 to 1, or NAN without examples
 */
double
hone_measure_accuracy (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_ACCURACY);
}

/**
 * hone_measure_mean_iou:
 * @tally: the scored examples
 *
 * The mean over the present classes of TP / (TP + FP + FN).
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_mean_iou (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MEAN_IOU);
}

/**
 * hone_measure_macro_precision:
 * @tally: the scored examples
 *
 * The mean over the present classes of TP / (TP + FP).
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_macro_precision (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MACRO_PRECISION);
}

/**
 * hone_measure_macro_recall:
 * @tally: the scored examples
 *
 * The mean over the present classes of TP / (TP + FN).
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_macro_recall (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MACRO_RECALL);
}

/**
 * hone_measure_macro_f1:
 * @tally: the scored examples
 *
 * The mean over the present classes of 2 TP / (2 TP + FP + FN).
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_macro_f1 (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MACRO_F1);
}

/**
 * hone_measure_micro_precision:
 * @tally: the scored examples
 *
 * ΣTP / (ΣTP + ΣFP) over the classes: the share of given categories that are right.
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_micro_precision (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MICRO_PRECISION);
}

/**
 * hone_measure_micro_recall:
 * @tally: the scored examples
 *
 * ΣTP / (ΣTP + ΣFN) over the classes: the share of wanted categories that were given.
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_micro_recall (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MICRO_RECALL);
}

/**
 * hone_measure_micro_f1:
 * @tally: the scored examples
 *
 * 2 ΣTP / (2 ΣTP + ΣFP + ΣFN) over the classes.
 *
 * Returns: ratio 0 to 1, or NAN without classes
 */
double
hone_measure_micro_f1 (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_MICRO_F1);
}

/**
 * hone_measure_kappa:
 * @tally: the scored examples
 *
 * Cohen's kappa (1960) of reference and model: agreement beyond what their shares give by chance. The
 * categories are whole sets; abstained and out of set are one more category of the model.
 *
 * Returns: at most 1, or NAN where chance agreement is 1
 */
double
hone_measure_kappa (HoneTally *tally)
{
  return measure_tally (tally, HONE_MEASURE_KAPPA);
}
