/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Model A: an SVM on features scaled by r, the log-ratio of their shares inside and outside the category (Wang and
 * Manning 2012). Model B: complement naive Bayes (Rennie et al. 2003). Both end as one weight per feature. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "core/hone-random.h"
#include "hone-linear-svm.h"
#include "hone-ngrams-fit.h"

#define SVM_STRENGTH     0.3
#define RATIO_SMOOTHING  0.1
#define BAYES_SMOOTHING  0.3
#define MAX_COPIES       8     /* rows per text on average, where weights differ */

struct _HoneNgramsFit {
  HoneFeatureMatrix     *matrix;
  const HoneTrainingSet *set;
  HoneChoice             choice;
  guint64                seed;
  double                *sums;        /* weight of each category */
  double                 weight;      /* of all members */
  double                *total;       /* mass of each feature over all members */
  double                *inside;      /* over the members of the category at hand */
  double                *ratio;
  HoneNode             **rows;        /* members, repeated where their weight says so */
  guint32               *members;     /* the member behind each of them */
  gsize                  n_rows;
  double                 strength;
  double                *signs;
  HoneNgramsColumn       column;
};

static HoneNode *
row_of (const HoneNgramsFit *self,
        gsize                member)
{
  return self->matrix->nodes + self->matrix->starts[g_array_index (self->set->rows, guint32, member)];
}

/* Shared with the model: the bias is a feature that every row has, but neither model scales it. */
static void
add_mass (const HoneNgramsFit *self,
          gsize                member,
          double              *mass)
{
  double weight = g_array_index (self->set->weights, double, member);
  gint32 bias = (gint32) self->matrix->space->n_features + 1;

  for (const HoneNode *node = row_of (self, member); node->index != bias; node++)
    mass[node->index - 1] += weight * node->x;
}

static gboolean
all_whole (const GArray *weights,
           double        unit)
{
  for (guint i = 0; i < weights->len; i++)
    {
      double n = g_array_index (weights, double, i) / unit;

      if (fabs (n - round (n)) > 1e-6)
        return FALSE;
    }
  return TRUE;
}

/* liblinear knows no weights of single texts, but a row may be named several times without being stored twice. Returns
 * what weight one of the copies stands for: the largest for which all numbers of copies come out whole, or where that
 * needs too many of them one that rounds weights by at most a sixteenth of the average. */
static double
find_unit (const GArray *weights)
{
  double smallest = INFINITY, sum = 0;

  for (guint i = 0; i < weights->len; i++)
    {
      smallest = MIN (smallest, g_array_index (weights, double, i));
      sum += g_array_index (weights, double, i);
    }
  for (guint parts = 1; parts <= MAX_COPIES && sum * parts <= smallest * weights->len * MAX_COPIES; parts++)
    if (all_whole (weights, smallest / parts))
      return smallest / parts;
  return sum / weights->len / MAX_COPIES;
}

static guint
n_copies (const HoneNgramsFit *self,
          guint                member,
          double               unit)
{
  return (guint) MAX (1, round (g_array_index (self->set->weights, double, member) / unit));
}

static void
copy_rows (HoneNgramsFit *self)
{
  guint n_members = self->set->rows->len;
  double unit = find_unit (self->set->weights);
  gsize n_rows = 0;

  for (guint i = 0; i < n_members; i++)
    n_rows += n_copies (self, i, unit);
  self->strength = SVM_STRENGTH * unit;
  self->rows = g_new (HoneNode *, n_rows);
  self->members = g_new (guint32, n_rows);
  self->signs = g_new (double, n_rows);
  for (guint i = 0; i < n_members; i++)
    for (guint k = n_copies (self, i, unit); k > 0; k--)
      {
        self->rows[self->n_rows] = row_of (self, i);
        self->members[self->n_rows++] = i;
      }
}

/**
 * hone_ngrams_fit_new:
 * @matrix: features of all texts
 * @set: the texts to fit, at least one
 * @choice: how many categories a text may have
 * @seed: of the job
 *
 * Prepares to fit the categories.
 *
 * Returns: (transfer full): the fit
 */
HoneNgramsFit *
hone_ngrams_fit_new (HoneFeatureMatrix     *matrix,
                     const HoneTrainingSet *set,
                     HoneChoice             choice,
                     guint64                seed)
{
  gsize n_weights = (gsize) matrix->space->n_features + 1;
  HoneNgramsFit *self;

  g_return_val_if_fail (set->rows->len > 0, NULL);

  self = g_new0 (HoneNgramsFit, 1);
  self->matrix = matrix;
  self->set = set;
  self->choice = choice;
  self->seed = seed;
  self->sums = g_new (double, set->n_categories);
  hone_training_set_sum (set, self->sums);
  for (guint i = 0; i < set->weights->len; i++)
    self->weight += g_array_index (set->weights, double, i);
  self->total = g_new0 (double, n_weights);
  self->inside = g_new (double, n_weights);
  self->ratio = g_new (double, n_weights);
  self->column.svm = g_new (double, n_weights);
  self->column.bayes = g_new (double, n_weights);
  for (gsize i = 0; i < set->rows->len; i++)
    add_mass (self, i, self->total);
  copy_rows (self);
  return self;
}

/**
 * hone_ngrams_fit_free:
 * @self: (transfer full): a fit
 *
 * Frees the fit, not what it borrows.
 */
void
hone_ngrams_fit_free (HoneNgramsFit *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->sums);
  g_free (self->total);
  g_free (self->inside);
  g_free (self->ratio);
  g_free (self->rows);
  g_free (self->members);
  g_free (self->signs);
  g_free (self->column.svm);
  g_free (self->column.bayes);
  g_free (self);
}

/**
 * hone_ngrams_fit_has_seen:
 * @self: a fit
 * @category: index
 *
 * Returns: whether any member is of the category
 */
gboolean
hone_ngrams_fit_has_seen (const HoneNgramsFit *self,
                          guint                category)
{
  return self->sums[category] > 0;
}

static void
sum_inside (HoneNgramsFit *self,
            guint          category)
{
  memset (self->inside, 0, self->matrix->space->n_features * sizeof *self->inside);
  for (gsize i = 0; i < self->set->rows->len; i++)
    if (hone_training_set_has (self->set, i, category))
      add_mass (self, i, self->inside);
}

/* Sums over all features of the smoothed mass inside and outside. Mass outside comes from a difference, which rounding
 * may leave a hair below zero. */
static void
sum_shares (const HoneNgramsFit *self,
            double               smoothing,
            double              *inside,
            double              *outside)
{
  *inside = *outside = 0;
  for (guint f = 0; f < self->matrix->space->n_features; f++)
    {
      *inside += self->inside[f] + smoothing;
      *outside += MAX (self->total[f] - self->inside[f], 0) + smoothing;
    }
}

static void
fit_bayes (HoneNgramsFit *self)
{
  guint n_features = self->matrix->space->n_features;
  double inside, outside;

  sum_shares (self, BAYES_SMOOTHING, &inside, &outside);
  for (guint f = 0; f < n_features; f++)
    {
      double rest = (MAX (self->total[f] - self->inside[f], 0) + BAYES_SMOOTHING) / outside;

      /* A feature that no member has says nothing. */
      if (self->total[f] <= 0)
        self->column.bayes[f] = 0;
      else if (self->choice == HONE_CHOICE_ONE)
        self->column.bayes[f] = -log (rest);
      else
        self->column.bayes[f] = log ((self->inside[f] + BAYES_SMOOTHING) / inside / rest);
    }
  self->column.bayes[n_features] = 0;
}

static void
scale_rows (HoneNgramsFit *self)
{
  gint32 bias = (gint32) self->matrix->space->n_features + 1;

  for (gsize i = 0; i < self->set->rows->len; i++)
    for (HoneNode *node = row_of (self, i); node->index != bias; node++)
      node->value = node->x * self->ratio[node->index - 1];
}

static void
fit_svm (HoneNgramsFit *self,
         guint          category)
{
  guint n_features = self->matrix->space->n_features;
  double inside, outside;

  sum_shares (self, RATIO_SMOOTHING, &inside, &outside);
  for (guint f = 0; f < n_features; f++)
    self->ratio[f] = log ((self->inside[f] + RATIO_SMOOTHING) / inside
                          / ((MAX (self->total[f] - self->inside[f], 0) + RATIO_SMOOTHING) / outside));
  scale_rows (self);
  for (gsize i = 0; i < self->n_rows; i++)
    self->signs[i] = hone_training_set_has (self->set, self->members[i], category) ? 1 : -1;
  hone_linear_svm_fit (self->rows, self->signs, self->n_rows, n_features, self->strength,
                       (guint) hone_random_mix (self->seed, category), self->column.svm);
  for (guint f = 0; f < n_features; f++)
    self->column.svm[f] *= self->ratio[f];
}

/* All members, or none, are of the category: there is no line to draw. */
static gboolean
is_one_sided (const HoneNgramsFit *self,
              guint                category)
{
  gsize n = 0;

  for (gsize i = 0; i < self->set->rows->len; i++)
    n += hone_training_set_has (self->set, i, category);
  return n == 0 || n == self->set->rows->len;
}

/**
 * hone_ngrams_fit_category:
 * @self: a fit
 * @category: index
 *
 * Fits both models for a category against the rest.
 *
 * Returns: (transfer none): the weights, until the next call
 */
const HoneNgramsColumn *
hone_ngrams_fit_category (HoneNgramsFit *self,
                          guint          category)
{
  guint n_features;

  g_return_val_if_fail (self != NULL && category < self->set->n_categories, NULL);

  n_features = self->matrix->space->n_features;
  sum_inside (self, category);
  fit_bayes (self);
  if (is_one_sided (self, category))
    {
      memset (self->column.svm, 0, n_features * sizeof *self->column.svm);
      self->column.svm[n_features] = self->sums[category] > 0 ? 1 : -1;
    }
  else
    fit_svm (self, category);
  return &self->column;
}

/**
 * hone_ngrams_score:
 * @matrix: features of all texts
 * @row: a text
 * @weights: a weight for each feature and the bias
 *
 * Returns: the score of the text
 */
double
hone_ngrams_score (const HoneFeatureMatrix *matrix,
                   gsize                    row,
                   const double            *weights)
{
  double score = 0;

  for (const HoneNode *node = matrix->nodes + matrix->starts[row]; node->index > 0; node++)
    score += weights[node->index - 1] * node->x;
  return score;
}
