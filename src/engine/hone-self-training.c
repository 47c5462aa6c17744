/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four rounds: after round k the surest k/5 of the texts without labels have joined, each category by as many as its
 * share of the labels says. Without these shares the largest category would swallow the others within two rounds.
 *
 * A model is always sure of what it was told, so from the second round on a text is judged by a model that was not
 * given its pseudo-label: the texts are dealt to parts, and each part is judged by a fit on the others. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/hone-random.h"
#include "hone-self-training.h"

#define N_PARTS         3
#define BALANCE_STEPS   100
#define BALANCE_SHARP   2.0    /* of the soft counts that are brought to the shares */
#define BALANCE_ENOUGH  1e-3

typedef struct {
  HoneNgramsWork        *work;
  const HoneTrainingSet *labels;
  gsize                  n_texts;      /* without labels */
  guint                  n_categories;
  guint8                *parts;        /* of each text */
  float                 *svm;          /* texts × categories */
  float                 *bayes;
  double                *shares;       /* of each category among the labels */
  double                 weight;       /* of a pseudo-label: what a label weighs on average */
  gboolean               empty_sets;   /* some label says that no category fits */
} HoneSelfTraining;

/* A text that may join. */
typedef struct {
  guint32 text;
  double  margin;
} HoneCandidate;

/**
 * hone_self_training_n_fits:
 *
 * Returns: how many fits one self-training takes
 */
guint
hone_self_training_n_fits (void)
{
  return 1 + HONE_SELF_TRAINING_ROUNDS * N_PARTS;
}

typedef struct {
  HoneSelfTraining *self;
  int               part;   /* -1: all */
} HonePart;

static void
score_part (HoneNgramsWork         *work,
            guint                   category,
            gboolean                seen,
            const HoneNgramsColumn *column,
            gpointer                data)
{
  HonePart *part = data;
  HoneSelfTraining *self = part->self;

  for (gsize i = 0; i < self->n_texts; i++)
    if (part->part < 0 || self->parts[i] == part->part)
      {
        gsize at = i * self->n_categories + category;

        self->svm[at] = seen ? (float) hone_ngrams_score (work->matrix, work->n_labelled + i, column->svm) : -INFINITY;
        self->bayes[at] = seen ? (float) hone_ngrams_score (work->matrix, work->n_labelled + i, column->bayes) : -INFINITY;
      }
}

/* The labels and those pseudo-labels whose text is not of the part. */
static HoneTrainingSet *
without_part (const HoneSelfTraining *self,
              const HoneTrainingSet  *set,
              guint                   part)
{
  g_autofree guint8 *folds = g_new (guint8, set->rows->len);

  for (gsize i = 0; i < set->rows->len; i++)
    {
      gsize row = g_array_index (set->rows, guint32, i);

      folds[i] = row < self->work->n_labelled ? G_MAXUINT8 : self->parts[row - self->work->n_labelled];
    }
  return hone_training_set_new_without (set, folds, part);
}

static gboolean
score_texts (HoneSelfTraining      *self,
             const HoneTrainingSet *set,
             GError               **error)
{
  HonePart part = { self, -1 };

  if (set == self->labels)
    return hone_ngrams_work_fit (self->work, set, score_part, &part, error);
  for (part.part = 0; part.part < N_PARTS; part.part++)
    {
      g_autoptr(HoneTrainingSet) others = without_part (self, set, (guint) part.part);

      if (!hone_ngrams_work_fit (self->work, others, score_part, &part, error))
        return FALSE;
    }
  return TRUE;
}

static double
spread (const HoneSelfTraining *self,
        const float            *scores)
{
  gsize n = self->n_texts * self->n_categories, n_finite = 0;
  double sum = 0, squares = 0, variance;

  for (gsize i = 0; i < n; i++)
    if (!isinf (scores[i]))
      {
        sum += scores[i];
        squares += (double) scores[i] * scores[i];
        n_finite++;
      }
  variance = n_finite > 0 ? squares / n_finite - (sum / n_finite) * (sum / n_finite) : 0;
  return MAX (sqrt (MAX (variance, 0)), HONE_MIN_SCALE);
}

static void
centre_texts (const HoneSelfTraining *self,
              float                  *scores)
{
  g_autofree double *text = g_new (double, self->n_categories);

  for (gsize i = 0; i < self->n_texts; i++)
    {
      for (guint c = 0; c < self->n_categories; c++)
        text[c] = scores[i * self->n_categories + c];
      hone_held_out_centre (text, self->n_categories);
      for (guint c = 0; c < self->n_categories; c++)
        scores[i * self->n_categories + c] = (float) text[c];
    }
}

/* Leaves the sum of both models, each by its own scale, in svm. */
static HoneScales
standardise (HoneSelfTraining *self)
{
  HoneScales scales;

  if (self->work->choice == HONE_CHOICE_ONE)
    {
      centre_texts (self, self->svm);
      centre_texts (self, self->bayes);
    }
  scales = (HoneScales) { spread (self, self->svm), spread (self, self->bayes) };
  for (gsize i = 0; i < self->n_texts * self->n_categories; i++)
    self->svm[i] = (float) (self->svm[i] / scales.svm + self->bayes[i] / scales.bayes);
  return scales;
}

/* Means of the soft counts of each category. */
static void
count_softly (const HoneSelfTraining *self,
              const double           *offsets,
              double                 *means)
{
  g_autofree double *text = g_new (double, self->n_categories);

  memset (means, 0, self->n_categories * sizeof *means);
  for (gsize i = 0; i < self->n_texts; i++)
    {
      for (guint c = 0; c < self->n_categories; c++)
        text[c] = self->svm[i * self->n_categories + c] + offsets[c];
      hone_calibration_softmax (text, self->n_categories, BALANCE_SHARP, 0, text);
      for (guint c = 0; c < self->n_categories; c++)
        means[c] += text[c] / (double) self->n_texts;
    }
}

/* With few labels some categories score high everywhere. Moves each by what brings its share of the texts to its share
 * of the labels, and returns by how much. */
static double *
balance (HoneSelfTraining *self)
{
  double *offsets = g_new0 (double, self->n_categories);
  g_autofree double *means = g_new (double, self->n_categories);
  double largest = BALANCE_ENOUGH;

  for (guint step = 0; step < BALANCE_STEPS && largest >= BALANCE_ENOUGH; step++)
    {
      count_softly (self, offsets, means);
      largest = 0;
      for (guint c = 0; c < self->n_categories; c++)
        if (self->shares[c] > 0)
          {
            double change = log (self->shares[c] / MAX (means[c], 1e-12)) / (2 * BALANCE_SHARP);

            offsets[c] += change;
            largest = MAX (largest, fabs (change));
          }
    }
  for (gsize i = 0; i < self->n_texts; i++)
    for (guint c = 0; c < self->n_categories; c++)
      self->svm[i * self->n_categories + c] += (float) offsets[c];
  return offsets;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const HoneCandidate *x = a, *y = b;

  if (x->margin != y->margin)
    return x->margin < y->margin ? 1 : -1;
  return (x->text > y->text) - (x->text < y->text);
}

static void
add_pseudo (const HoneSelfTraining *self,
            HoneTrainingSet        *set,
            guint32                 text,
            const guint32          *categories,
            gsize                   n_categories)
{
  hone_training_set_add (set, (guint32) (self->work->n_labelled + text), self->weight, categories, n_categories);
}

static guint32
best_category (const HoneSelfTraining *self,
               gsize                   text,
               double                 *margin)
{
  const float *scores = self->svm + text * self->n_categories;
  guint32 best = 0;
  double second = -INFINITY;

  for (guint c = 1; c < self->n_categories; c++)
    if (scores[c] > scores[best])
      {
        second = scores[best];
        best = c;
      }
    else
      second = MAX (second, scores[c]);
  *margin = scores[best] - second;
  return best;
}

/* Choice rule one: the surest texts of each category, as many as its share of the labels says. */
static void
choose_one (const HoneSelfTraining *self,
            guint                   round,
            HoneTrainingSet        *set)
{
  g_autofree HoneCandidate *candidates = g_new (HoneCandidate, self->n_texts);
  g_autofree guint32 *categories = g_new (guint32, self->n_texts);
  g_autofree gsize *taken = g_new0 (gsize, self->n_categories);
  double wanted = (double) self->n_texts * round / (HONE_SELF_TRAINING_ROUNDS + 1);

  for (gsize i = 0; i < self->n_texts; i++)
    {
      candidates[i].text = (guint32) i;
      categories[i] = best_category (self, i, &candidates[i].margin);
    }
  qsort (candidates, self->n_texts, sizeof *candidates, compare_candidates);
  for (gsize i = 0; i < self->n_texts; i++)
    {
      guint32 category = categories[candidates[i].text];

      if ((double) taken[category] + 0.5 <= self->shares[category] * wanted)
        {
          taken[category]++;
          add_pseudo (self, set, candidates[i].text, &category, 1);
        }
    }
}

static int
compare_descending (gconstpointer a,
                    gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x < y) - (x > y);
}

/* The score above which as large a part of the texts lies as the labels say. */
static double *
find_thresholds (const HoneSelfTraining *self)
{
  double *thresholds = g_new (double, self->n_categories);
  g_autofree float *scores = g_new (float, self->n_texts);

  for (guint c = 0; c < self->n_categories; c++)
    {
      gsize inside = (gsize) round (MIN (self->shares[c], 1) * (double) self->n_texts);

      for (gsize i = 0; i < self->n_texts; i++)
        scores[i] = self->svm[i * self->n_categories + c];
      qsort (scores, self->n_texts, sizeof *scores, compare_descending);
      if (inside == 0)
        thresholds[c] = INFINITY;
      else if (inside == self->n_texts)
        thresholds[c] = -INFINITY;
      else
        thresholds[c] = ((double) scores[inside - 1] + scores[inside]) / 2;
    }
  return thresholds;
}

static gsize
find_set (const HoneSelfTraining *self,
          gsize                   text,
          const double           *thresholds,
          guint32                *categories,
          double                 *margin)
{
  gsize n = 0;

  *margin = INFINITY;
  for (guint c = 0; c < self->n_categories; c++)
    {
      double score = self->svm[text * self->n_categories + c];

      if (isinf (score) || isinf (thresholds[c]))
        continue;
      *margin = MIN (*margin, fabs (score - thresholds[c]));
      if (score > thresholds[c])
        categories[n++] = c;
    }
  return n;
}

/* Choice rule several: the texts all of whose categories are sure, each category within its share. */
static void
choose_several (const HoneSelfTraining *self,
                guint                   round,
                HoneTrainingSet        *set)
{
  g_autofree double *thresholds = find_thresholds (self);
  g_autofree HoneCandidate *candidates = g_new (HoneCandidate, self->n_texts);
  g_autofree guint32 *categories = g_new (guint32, self->n_categories);
  gsize n_candidates = 0, wanted = self->n_texts * round / (HONE_SELF_TRAINING_ROUNDS + 1);

  for (gsize i = 0; i < self->n_texts; i++)
    {
      double margin;

      if (find_set (self, i, thresholds, categories, &margin) > 0 || self->empty_sets)
        candidates[n_candidates++] = (HoneCandidate) { (guint32) i, margin };
    }
  qsort (candidates, n_candidates, sizeof *candidates, compare_candidates);
  for (gsize i = 0; i < MIN (n_candidates, wanted); i++)
    {
      double margin;
      gsize n = find_set (self, candidates[i].text, thresholds, categories, &margin);

      add_pseudo (self, set, candidates[i].text, categories, n);
    }
}

/* A round in a checkpoint: weightless triples of text, number of categories and these. */
static GArray *
pack (const HoneSelfTraining *self,
      const HoneTrainingSet  *set)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (gsize i = self->labels->rows->len; i < set->rows->len; i++)
    {
      gsize n;
      const guint32 *categories = hone_training_set_get (set, i, &n);
      guint32 head[2] = { g_array_index (set->rows, guint32, i), (guint32) n };

      g_array_append_vals (numbers, head, 2);
      if (n > 0)
        g_array_append_vals (numbers, categories, (guint) n);
    }
  return numbers;
}

static gboolean
unpack (const HoneSelfTraining *self,
        const guint32          *numbers,
        gsize                   n_numbers,
        HoneTrainingSet        *set)
{
  for (gsize i = 0; i + 2 <= n_numbers;)
    {
      guint32 row = numbers[i], n = numbers[i + 1];

      i += 2;
      if (row < self->work->n_labelled || row >= self->work->n_labelled + self->n_texts || n > n_numbers - i)
        return FALSE;
      for (guint32 k = 0; k < n; k++)
        if (numbers[i + k] >= self->n_categories)
          return FALSE;
      hone_training_set_add (set, row, self->weight, numbers + i, n);
      i += n;
    }
  return TRUE;
}

/* Returns NULL where the checkpoint has no such round. */
static HoneTrainingSet *
recall_round (const HoneSelfTraining *self,
              const char             *step)
{
  g_autoptr(HoneTrainingSet) set = NULL;
  gsize size;
  gconstpointer known = hone_checkpoint_get_any (self->work->checkpoint, step, &size);

  if (known == NULL)
    return NULL;
  set = hone_training_set_copy (self->labels);
  return unpack (self, known, size / sizeof (guint32), set) ? g_steal_pointer (&set) : NULL;
}

static HoneTrainingSet *
run_round (HoneSelfTraining      *self,
           const HoneTrainingSet *set,
           guint                  round,
           const char            *step,
           GError               **error)
{
  guint n_fits = round == 1 ? 1 : N_PARTS;
  HoneTrainingSet *next = recall_round (self, step);
  g_autoptr(GArray) packed = NULL;

  if (next != NULL)
    {
      for (guint i = 0; i < n_fits; i++)
        hone_ngrams_work_skip (self->work);
      return next;
    }
  if (!score_texts (self, set, error))
    return NULL;
  standardise (self);
  next = hone_training_set_copy (self->labels);
  if (self->work->choice == HONE_CHOICE_ONE)
    {
      g_free (balance (self));
      choose_one (self, round, next);
    }
  else
    choose_several (self, round, next);
  packed = pack (self, next);
  hone_checkpoint_put (self->work->checkpoint, step, packed->data, (gsize) packed->len * sizeof (guint32));
  return next;
}

static void
measure_labels (HoneSelfTraining *self)
{
  const HoneTrainingSet *labels = self->labels;
  double sum = 0;

  for (gsize i = 0; i < labels->rows->len; i++)
    {
      gsize n;

      hone_training_set_get (labels, i, &n);
      self->empty_sets = self->empty_sets || n == 0;
      sum += g_array_index (labels->weights, double, i);
    }
  hone_training_set_sum (labels, self->shares);
  for (guint c = 0; c < self->n_categories; c++)
    self->shares[c] /= sum;
  self->weight = sum / labels->rows->len;
}

static void
deal_parts (HoneSelfTraining *self)
{
  HoneRandom random;

  hone_random_init_for (&random, self->work->seed, "self-training");
  for (gsize i = 0; i < self->n_texts; i++)
    self->parts[i] = (guint8) hone_random_below (&random, N_PARTS);
}

/* The last set is not chosen from any more, but judged once more, part by part: so the scales and offsets are those of
 * scores for texts that the models have not seen. */
static gboolean
close_rounds (HoneSelfTraining *self,
              HoneSelfTrained  *result,
              const char       *step,
              GError          **error)
{
  gsize size = (2 + (gsize) self->n_categories) * sizeof (double);
  g_autofree char *name = g_strdup_printf ("%s/close", step);
  g_autofree double *numbers = NULL;
  const double *known = hone_checkpoint_get (self->work->checkpoint, name, size);

  if (known != NULL)
    {
      for (guint i = 0; i < N_PARTS; i++)
        hone_ngrams_work_skip (self->work);
      result->scales = (HoneScales) { known[0], known[1] };
      result->offsets = g_memdup2 (known + 2, self->n_categories * sizeof *known);
      return TRUE;
    }
  if (!score_texts (self, result->set, error))
    return FALSE;
  result->scales = standardise (self);
  result->offsets = self->work->choice == HONE_CHOICE_ONE ? balance (self) : g_new0 (double, self->n_categories);
  numbers = g_malloc (size);
  numbers[0] = result->scales.svm;
  numbers[1] = result->scales.bayes;
  memcpy (numbers + 2, result->offsets, self->n_categories * sizeof *numbers);
  hone_checkpoint_put (self->work->checkpoint, name, numbers, size);
  return TRUE;
}

/**
 * hone_self_trained_free:
 * @self: (transfer full): a result
 *
 * Frees the result.
 */
void
hone_self_trained_free (HoneSelfTrained *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->set, hone_training_set_free);
  g_free (self->offsets);
  g_free (self);
}

/**
 * hone_self_training_run:
 * @work: the training
 * @labels: texts with labels
 * @step: begins the names of its steps in checkpoints
 * @error: return location for %HONE_ENGINE_ERROR_INTERRUPTED
 *
 * Runs the rounds. The model of the last round is the one that is fitted on the set that this returns.
 *
 * Returns: (transfer full): what to fit and how to standardise it; %NULL where the run shall stop
 */
HoneSelfTrained *
hone_self_training_run (HoneNgramsWork        *work,
                        const HoneTrainingSet *labels,
                        const char            *step,
                        GError               **error)
{
  gsize n_texts = work->matrix->n_rows - work->n_labelled;
  g_autofree guint8 *parts = g_new (guint8, n_texts);
  g_autofree float *svm = g_new (float, n_texts * work->n_categories);
  g_autofree float *bayes = g_new (float, n_texts * work->n_categories);
  g_autofree double *shares = g_new (double, work->n_categories);
  HoneSelfTraining self = { work, labels, n_texts, work->n_categories, parts, svm, bayes, shares, 1, FALSE };
  g_autoptr(HoneSelfTrained) result = g_new0 (HoneSelfTrained, 1);

  measure_labels (&self);
  deal_parts (&self);
  for (guint round = 1; round <= HONE_SELF_TRAINING_ROUNDS; round++)
    {
      g_autofree char *name = g_strdup_printf ("%s/round-%u", step, round);
      HoneTrainingSet *next = run_round (&self, result->set != NULL ? result->set : labels, round, name, error);

      g_clear_pointer (&result->set, hone_training_set_free);
      result->set = next;
      if (next == NULL)
        return NULL;
    }
  return close_rounds (&self, result, step, error) ? g_steal_pointer (&result) : NULL;
}
