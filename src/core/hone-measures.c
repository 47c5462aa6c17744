/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Point estimates of the measures of a tally. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-measures-private.h"

static guint
number_of_set (GHashTable      *numbers,
               HoneCategorySet *set)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (numbers, set, NULL, &number))
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers));
      g_hash_table_insert (numbers, set, number);
    }
  return GPOINTER_TO_UINT (number);
}

HoneFlatTally *
hone_flat_tally_new (HoneTally *tally)
{
  HoneFlatTally *self = g_new0 (HoneFlatTally, 1);
  g_autoptr(GHashTable) numbers = g_hash_table_new (hone_category_set_hash, hone_category_set_equal);

  self->tally = tally;
  self->cells = hone_tally_get_cells (tally, &self->n_cells);
  self->counts = g_new (guint64, MAX (self->n_cells, 1));
  self->reference = g_new (guint, MAX (self->n_cells, 1));
  self->answer = g_new (guint, MAX (self->n_cells, 1));
  self->common = g_new0 (guint, MAX (self->n_cells, 1));
  for (gsize i = 0; i < self->n_cells; i++)
    {
      const HoneTallyCell *cell = &self->cells[i];
      HoneCategorySet *sets[] = { cell->reference, cell->answer };

      self->counts[i] = cell->count;
      self->reference[i] = number_of_set (numbers, cell->reference);
      self->answer[i] = cell->answer ? number_of_set (numbers, cell->answer) : G_MAXUINT;
      if (cell->answer)
        self->common[i] = hone_category_set_count_common (cell->reference, cell->answer);
      for (gsize k = 0; k < G_N_ELEMENTS (sets); k++)
        {
          gsize n = 0;
          const guint *ids = sets[k] ? hone_category_set_get_ids (sets[k], &n) : NULL;

          if (n > 0)
            self->n_ids = MAX (self->n_ids, ids[n - 1] + 1);
        }
    }
  self->n_sets = g_hash_table_size (numbers) + 1;
  for (gsize i = 0; i < self->n_cells; i++)
    self->answer[i] = MIN (self->answer[i], self->n_sets - 1);
  self->tp = g_new0 (guint64, MAX (self->n_ids, 1));
  self->fp = g_new0 (guint64, MAX (self->n_ids, 1));
  self->fn = g_new0 (guint64, MAX (self->n_ids, 1));
  self->of_reference = g_new0 (double, self->n_sets);
  self->of_answer = g_new0 (double, self->n_sets);
  return self;
}

void
hone_flat_tally_free (HoneFlatTally *self)
{
  g_free (self->counts);
  g_free (self->reference);
  g_free (self->answer);
  g_free (self->common);
  g_free (self->tp);
  g_free (self->fp);
  g_free (self->fn);
  g_free (self->of_reference);
  g_free (self->of_answer);
  g_free (self);
}

static void
count_classes (HoneFlatTally       *self,
               const HoneTallyCell *cell,
               guint64              count)
{
  gsize n_reference, n_answer = 0, i = 0, k = 0;
  const guint *reference = hone_category_set_get_ids (cell->reference, &n_reference);
  const guint *answer = cell->answer ? hone_category_set_get_ids (cell->answer, &n_answer) : NULL;

  while (i < n_reference || k < n_answer)
    {
      if (k == n_answer || (i < n_reference && reference[i] < answer[k]))
        self->fn[reference[i++]] += count;
      else if (i == n_reference || answer[k] < reference[i])
        self->fp[answer[k++]] += count;
      else
        self->tp[reference[i++]] += count, k++;
    }
}

static double
ratio_or_zero (double numerator,
               double denominator)
{
  return denominator > 0.0 ? numerator / denominator : 0.0;
}

static double
ratio_or_nan (double numerator,
              double denominator)
{
  return denominator > 0.0 ? numerator / denominator : NAN;
}

/* Macro means go over the classes that occur in references or answers; a precision or recall without denominator counts 0 there,
 * as in scikit-learn with zero_division=0. */
static void
measure_classes (HoneFlatTally *self,
                 double        *values)
{
  double precision = 0.0, recall = 0.0, f1 = 0.0, iou = 0.0, present = 0.0, tp = 0.0, fp = 0.0, fn = 0.0;

  for (guint id = 0; id < self->n_ids; id++)
    {
      double t = self->tp[id], p = self->fp[id], n = self->fn[id];

      if (t + p + n == 0.0)
        continue;
      present++;
      precision += ratio_or_zero (t, t + p);
      recall += ratio_or_zero (t, t + n);
      f1 += 2.0 * t / (2.0 * t + p + n);
      iou += t / (t + p + n);
      tp += t;
      fp += p;
      fn += n;
    }
  values[HONE_MEASURE_MACRO_PRECISION] = ratio_or_nan (precision, present);
  values[HONE_MEASURE_MACRO_RECALL] = ratio_or_nan (recall, present);
  values[HONE_MEASURE_MACRO_F1] = ratio_or_nan (f1, present);
  values[HONE_MEASURE_MEAN_IOU] = ratio_or_nan (iou, present);
  values[HONE_MEASURE_MICRO_PRECISION] = present > 0.0 ? ratio_or_zero (tp, tp + fp) : NAN;
  values[HONE_MEASURE_MICRO_RECALL] = present > 0.0 ? ratio_or_zero (tp, tp + fn) : NAN;
  values[HONE_MEASURE_MICRO_F1] = ratio_or_nan (2.0 * tp, 2.0 * tp + fp + fn);
}

void
hone_flat_tally_measure (HoneFlatTally *self,
                         const guint64 *counts,
                         double         values[HONE_N_MEASURES])
{
  double n = 0.0, equal = 0.0, overlapping = 0.0, mark = 0.0, jaccard = 0.0, by_chance = 0.0;

  memset (self->tp, 0, self->n_ids * sizeof *self->tp);
  memset (self->fp, 0, self->n_ids * sizeof *self->fp);
  memset (self->fn, 0, self->n_ids * sizeof *self->fn);
  memset (self->of_reference, 0, self->n_sets * sizeof *self->of_reference);
  memset (self->of_answer, 0, self->n_sets * sizeof *self->of_answer);

  for (gsize i = 0; i < self->n_cells; i++)
    {
      const HoneTallyCell *cell = &self->cells[i];
      double count = counts[i];
      double a = hone_category_set_get_size (cell->reference), b = cell->answer ? hone_category_set_get_size (cell->answer) : 0.0;
      double together = a + b - self->common[i];

      if (counts[i] == 0)
        continue;
      n += count;
      count_classes (self, cell, counts[i]);
      self->of_reference[self->reference[i]] += count;
      self->of_answer[self->answer[i]] += count;
      equal += self->reference[i] == self->answer[i] ? count : 0.0;
      overlapping += self->common[i] > 0 ? count : 0.0;   /* two voters: the mark is above 0.5 just when they share a category */
      if (together > 0.0)
        {
          mark += count * (a + b) / (2.0 * together);
          jaccard += count * self->common[i] / together;
        }
    }
  for (guint set = 0; set + 1 < self->n_sets; set++)
    by_chance += self->of_reference[set] * self->of_answer[set];

  for (int m = 0; m < HONE_N_MEASURES; m++)
    values[m] = NAN;
  if (n == 0.0)
    return;
  by_chance /= n * n;
  values[HONE_MEASURE_IOU_SCORE] = overlapping / n;
  values[HONE_MEASURE_ACCURACY] = equal / n;
  values[HONE_MEASURE_MEAN_MARK] = mark / n;
  values[HONE_MEASURE_MEAN_JACCARD] = jaccard / n;
  values[HONE_MEASURE_KAPPA] = by_chance < 1.0 ? (equal / n - by_chance) / (1.0 - by_chance) : NAN;
  measure_classes (self, values);
}

static double
measure (HoneTally   *tally,
         HoneMeasure  which)
{
  g_autoptr(HoneFlatTally) flat = NULL;
  double values[HONE_N_MEASURES];

  g_return_val_if_fail (tally != NULL, NAN);

  flat = hone_flat_tally_new (tally);
  hone_flat_tally_measure (flat, flat->counts, values);
  return values[which];
}

/**
 * hone_measure_iou_score:
 * @tally: scored examples
 *
 * Returns: the share of examples whose agreement mark of model and human is above 0.5; NAN of nothing
 */
double
hone_measure_iou_score (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_IOU_SCORE);
}

/**
 * hone_measure_mean_mark:
 * @tally: scored examples
 *
 * Returns: the mean agreement mark of the two voters, model and human: (|A| + |B|) / (2 |A ∪ B|)
 */
double
hone_measure_mean_mark (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MEAN_MARK);
}

/**
 * hone_measure_mean_jaccard:
 * @tally: scored examples
 *
 * Returns: the mean of |A ∩ B| / |A ∪ B| over the examples
 */
double
hone_measure_mean_jaccard (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MEAN_JACCARD);
}

/**
 * hone_measure_accuracy:
 * @tally: scored examples
 *
 * Returns: the share of examples whose answer equals the reference label as a set
 */
double
hone_measure_accuracy (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_ACCURACY);
}

/**
 * hone_measure_mean_iou:
 * @tally: scored examples
 *
 * Returns: the mean of TP / (TP + FP + FN) over the classes that occur in references or answers
 */
double
hone_measure_mean_iou (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MEAN_IOU);
}

/**
 * hone_measure_macro_precision:
 * @tally: scored examples
 *
 * Returns: the mean precision of the classes that occur; 0 for a class that was never answered
 */
double
hone_measure_macro_precision (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MACRO_PRECISION);
}

/**
 * hone_measure_macro_recall:
 * @tally: scored examples
 *
 * Returns: the mean recall of the classes that occur; 0 for a class without reference
 */
double
hone_measure_macro_recall (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MACRO_RECALL);
}

/**
 * hone_measure_macro_f1:
 * @tally: scored examples
 *
 * Returns: the mean of 2 TP / (2 TP + FP + FN) over the classes that occur
 */
double
hone_measure_macro_f1 (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MACRO_F1);
}

/**
 * hone_measure_micro_precision:
 * @tally: scored examples
 *
 * Returns: TP / (TP + FP) of all classes together
 */
double
hone_measure_micro_precision (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MICRO_PRECISION);
}

/**
 * hone_measure_micro_recall:
 * @tally: scored examples
 *
 * Returns: TP / (TP + FN) of all classes together
 */
double
hone_measure_micro_recall (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MICRO_RECALL);
}

/**
 * hone_measure_micro_f1:
 * @tally: scored examples
 *
 * Returns: 2 TP / (2 TP + FP + FN) of all classes together
 */
double
hone_measure_micro_f1 (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_MICRO_F1);
}

/**
 * hone_measure_kappa:
 * @tally: scored examples
 *
 * Cohen, J. (1960), “A coefficient of agreement for nominal scales”: (p_o - p_e) / (1 - p_e), over whole category sets;
 * abstained and out-of-set are one extra category of the model.
 *
 * Returns: kappa; NAN where references and answers are all one category
 */
double
hone_measure_kappa (HoneTally *tally)
{
  return measure (tally, HONE_MEASURE_KAPPA);
}

static const struct {
  const char *key, *name;
} names[HONE_N_MEASURES] = {
  [HONE_MEASURE_IOU_SCORE]         = { "iou_score", N_("IoU score") },
  [HONE_MEASURE_ACCURACY]          = { "accuracy", N_("Accuracy") },
  [HONE_MEASURE_MEAN_IOU]          = { "mean_iou", N_("Mean IoU") },
  [HONE_MEASURE_MEAN_JACCARD]      = { "mean_jaccard", N_("Mean Jaccard") },
  [HONE_MEASURE_MEAN_MARK]         = { "mean_mark", N_("Mean agreement mark") },
  [HONE_MEASURE_MACRO_F1]          = { "macro_f1", N_("Macro F1") },
  [HONE_MEASURE_MACRO_PRECISION]   = { "macro_precision", N_("Macro precision") },
  [HONE_MEASURE_MACRO_RECALL]      = { "macro_recall", N_("Macro recall") },
  [HONE_MEASURE_MICRO_F1]          = { "micro_f1", N_("Micro F1") },
  [HONE_MEASURE_MICRO_PRECISION]   = { "micro_precision", N_("Micro precision") },
  [HONE_MEASURE_MICRO_RECALL]      = { "micro_recall", N_("Micro recall") },
  [HONE_MEASURE_KAPPA]             = { "kappa", N_("Cohen’s kappa") },
  [HONE_MEASURE_LOG_LOSS]          = { "log_loss", N_("Log-loss") },
  [HONE_MEASURE_CALIBRATION_ERROR] = { "calibration_error", N_("Calibration error") },
};

/**
 * hone_measure_get_key:
 * @which: a measure
 *
 * Returns: its name in JSON and CSV
 */
const char *
hone_measure_get_key (HoneMeasure which)
{
  g_return_val_if_fail ((guint) which < HONE_N_MEASURES, NULL);
  return names[which].key;
}

/**
 * hone_measure_get_name:
 * @which: a measure
 *
 * Returns: its name for people, translated
 */
const char *
hone_measure_get_name (HoneMeasure which)
{
  g_return_val_if_fail ((guint) which < HONE_N_MEASURES, NULL);
  return _(names[which].name);
}
