/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five folds. With many texts a few of the folds tell enough: scales and one sharpness need no more than some
 * thousand scores, and each fold costs as much as the model itself. */
#include "config.h"

#include <math.h>

#include "hone-held-out.h"

#define N_FOLDS        5
#define ENOUGH_ROWS    20000    /* up to here all folds are scored */
#define ENOUGH_SCORES  10000    /* beyond, fewer folds, as long as they give so many */

/**
 * hone_held_out_new:
 * @work: the training
 * @labels: labelled texts, borrowed
 * @n_rows: how many texts a fit may see, pseudo-labelled ones included
 *
 * Deals the labels to folds. One label alone cannot be left out: then nothing is scored.
 *
 * Returns: (transfer full): no scores so far
 */
HoneHeldOut *
hone_held_out_new (const HoneNgramsWork  *work,
                   const HoneTrainingSet *labels,
                   gsize                  n_rows)
{
  HoneHeldOut *self = g_new0 (HoneHeldOut, 1);
  gsize n = labels->rows->len, n_scores = n * work->n_categories;

  self->labels = labels;
  self->n_folds = (guint) MIN (n, N_FOLDS);
  self->n_scored = n < 2 ? 0 : self->n_folds;
  if (n_rows > ENOUGH_ROWS)
    {
      gsize enough = MIN ((ENOUGH_SCORES * N_FOLDS + n - 1) / n, ENOUGH_ROWS * N_FOLDS / n_rows);

      self->n_scored = (guint) MIN (MAX (enough, 1), self->n_scored);
    }
  self->folds = g_new (guint8, n);
  hone_training_set_deal (labels, self->n_folds, work->seed, self->folds);
  self->svm = g_new0 (double, n_scores);
  self->bayes = g_new0 (double, n_scores);
  return self;
}

/**
 * hone_held_out_free:
 * @self: (transfer full): scores
 *
 * Frees the scores.
 */
void
hone_held_out_free (HoneHeldOut *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->folds);
  g_free (self->svm);
  g_free (self->bayes);
  g_free (self);
}

/**
 * hone_held_out_centre:
 * @scores: (inout) (array length=n_categories): of one text
 * @n_categories: how many
 *
 * Takes the mean away.
 */
void
hone_held_out_centre (double *scores,
                      guint   n_categories)
{
  double sum = 0;
  guint n = 0;

  for (guint c = 0; c < n_categories; c++)
    if (!isinf (scores[c]))
      {
        sum += scores[c];
        n++;
      }
  for (guint c = 0; c < n_categories; c++)
    scores[c] -= n > 0 ? sum / n : 0;
}

typedef struct {
  HoneHeldOut *held_out;
  guint        fold;
} HoneFold;

static void
score_fold (HoneNgramsWork         *work,
            guint                   category,
            gboolean                seen,
            const HoneNgramsColumn *column,
            gpointer                data)
{
  HoneFold *fold = data;
  HoneHeldOut *self = fold->held_out;

  for (gsize i = 0; i < self->labels->rows->len; i++)
    if (self->folds[i] == fold->fold)
      {
        gsize row = g_array_index (self->labels->rows, guint32, i);
        gsize at = i * work->n_categories + category;

        self->svm[at] = seen ? hone_ngrams_score (work->matrix, row, column->svm) : -INFINITY;
        self->bayes[at] = seen ? hone_ngrams_score (work->matrix, row, column->bayes) : -INFINITY;
      }
}

/* The scores of a fold side by side, for the checkpoint. */
static double *
gather (const HoneHeldOut *self,
        guint              fold,
        guint              n_categories,
        gsize             *size)
{
  double *scores = g_new (double, 2 * (gsize) self->labels->rows->len * n_categories);
  gsize n = 0;

  for (gsize i = 0; i < self->labels->rows->len; i++)
    for (guint c = 0; self->folds[i] == fold && c < n_categories; c++)
      {
        scores[n++] = self->svm[i * n_categories + c];
        scores[n++] = self->bayes[i * n_categories + c];
      }
  *size = n * sizeof *scores;
  return scores;
}

static void
scatter (HoneHeldOut  *self,
         guint         fold,
         guint         n_categories,
         const double *scores)
{
  gsize n = 0;

  for (gsize i = 0; i < self->labels->rows->len; i++)
    for (guint c = 0; self->folds[i] == fold && c < n_categories; c++)
      {
        self->svm[i * n_categories + c] = scores[n++];
        self->bayes[i * n_categories + c] = scores[n++];
      }
}

/**
 * hone_held_out_fit:
 * @self: scores
 * @work: the training
 * @fold: whose labels are scored
 * @set: what the models learn from; none of these labels
 * @step: name of this step in checkpoints
 * @error: return location for %HONE_ENGINE_ERROR_INTERRUPTED
 *
 * Scores one fold.
 *
 * Returns: %FALSE where the run shall stop
 */
gboolean
hone_held_out_fit (HoneHeldOut           *self,
                   HoneNgramsWork        *work,
                   guint                  fold,
                   const HoneTrainingSet *set,
                   const char            *step,
                   GError               **error)
{
  guint n_categories = work->n_categories;
  gsize size;
  g_autofree double *scores = gather (self, fold, n_categories, &size);
  const double *known = hone_checkpoint_get (work->checkpoint, step, size);
  HoneFold data = { self, fold };

  if (known != NULL)
    {
      scatter (self, fold, n_categories, known);
      hone_ngrams_work_skip (work);
      return TRUE;
    }
  if (!hone_ngrams_work_fit (work, set, score_fold, &data, error))
    return FALSE;
  for (gsize i = 0; work->choice == HONE_CHOICE_ONE && i < self->labels->rows->len; i++)
    if (self->folds[i] == fold)
      {
        hone_held_out_centre (self->svm + i * n_categories, n_categories);
        hone_held_out_centre (self->bayes + i * n_categories, n_categories);
      }
  g_free (scores);
  scores = gather (self, fold, n_categories, &size);
  hone_checkpoint_put (work->checkpoint, step, scores, size);
  return TRUE;
}

/**
 * hone_held_out_adjust:
 * @self: scores
 * @fold: a scored fold
 * @scales: what to divide each model's scores by
 * @offsets: what to add for each category
 *
 * Standardises the scores of one fold.
 */
void
hone_held_out_adjust (HoneHeldOut  *self,
                      guint         fold,
                      HoneScales    scales,
                      const double *offsets)
{
  guint n_categories = self->labels->n_categories;

  for (gsize i = 0; i < self->labels->rows->len; i++)
    for (guint c = 0; self->folds[i] == fold && c < n_categories; c++)
      {
        self->svm[i * n_categories + c] = self->svm[i * n_categories + c] / scales.svm + offsets[c];
        self->bayes[i * n_categories + c] /= scales.bayes;
      }
}

static double
deviation (const HoneHeldOut *self,
           const double      *scores)
{
  guint n_categories = self->labels->n_categories;
  double sum = 0, squares = 0, n = 0, variance;

  for (gsize i = 0; i < self->labels->rows->len; i++)
    for (guint c = 0; self->folds[i] < self->n_scored && c < n_categories; c++)
      {
        double score = scores[i * n_categories + c];

        if (isinf (score))
          continue;
        sum += score;
        squares += score * score;
        n++;
      }
  variance = n > 0 ? squares / n - (sum / n) * (sum / n) : 0;
  return MAX (sqrt (MAX (variance, 0)), HONE_MIN_SCALE);
}

/**
 * hone_held_out_scales:
 * @self: scores of all folds that are scored
 *
 * Returns: what to divide each model's scores by
 */
HoneScales
hone_held_out_scales (const HoneHeldOut *self)
{
  return (HoneScales) { deviation (self, self->svm), deviation (self, self->bayes) };
}

/**
 * hone_held_out_sum:
 * @self: scores of all folds that are scored
 * @scales: of both models
 * @n_texts: (out): how many labels were scored
 * @members: (out) (transfer full): texts × categories, 1 where the label says so
 * @weights: (out) (transfer full): of the texts
 *
 * Standardises and sums both models.
 *
 * Returns: (transfer full): texts × categories
 */
double *
hone_held_out_sum (const HoneHeldOut *self,
                   HoneScales         scales,
                   gsize             *n_texts,
                   guint8           **members,
                   double           **weights)
{
  guint n_categories = self->labels->n_categories;
  gsize n_labels = self->labels->rows->len, n = 0;
  double *sums = g_new (double, n_labels * n_categories);

  *members = g_new (guint8, n_labels * n_categories);
  *weights = g_new (double, n_labels);
  for (gsize i = 0; i < n_labels; i++)
    {
      if (self->folds[i] >= self->n_scored)
        continue;
      (*weights)[n] = g_array_index (self->labels->weights, double, i);
      for (guint c = 0; c < n_categories; c++)
        {
          sums[n * n_categories + c] = self->svm[i * n_categories + c] / scales.svm + self->bayes[i * n_categories + c] / scales.bayes;
          (*members)[n * n_categories + c] = hone_training_set_has (self->labels, i, c);
        }
      n++;
    }
  *n_texts = n;
  return sums;
}
