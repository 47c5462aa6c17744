/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Features; cross-validation, which tells how to standardise and how sure to be; self-training where it is wished;
 * then the model itself on all labels. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-engine-error.h"
#include "hone-ngrams-train.h"
#include "hone-self-training.h"

typedef struct {
  HoneNgramsModel *model;
  HoneScales       scales;
  const double    *offsets;   /* (nullable) */
} HoneFinalFit;

static void
warn_categories (const HoneNgramsWork    *work,
                 const HoneNgramsOptions *options,
                 const HoneTrainingSet   *labels)
{
  g_autofree guint *counts = g_new0 (guint, work->n_categories);

  for (gsize i = 0; i < labels->rows->len; i++)
    {
      gsize n;
      const guint32 *categories = hone_training_set_get (labels, i, &n);

      for (gsize k = 0; k < n; k++)
        counts[categories[k]]++;
    }
  for (guint c = 0; c < work->n_categories; c++)
    {
      g_autofree char *message = NULL;

      if (counts[c] == 0)
        message = g_strdup_printf (_("No text is labelled “%s”: the model can never answer it"), options->keys[c]);
      else if (counts[c] == 1)
        message = g_strdup_printf (_("Only one text is labelled “%s”"), options->keys[c]);
      if (message != NULL)
        hone_engine_events_warning (work->events, counts[c] == 0 ? "empty-category" : "few-labels", message);
    }
}

/* Each fold's models learn from the other folds, and with self-training from their own pseudo-labels. */
static gboolean
score_fold (HoneNgramsWork *work,
            HoneHeldOut    *held_out,
            guint           fold,
            gboolean        self_training,
            GError        **error)
{
  g_autoptr(HoneTrainingSet) others = hone_training_set_new_without (held_out->labels, held_out->folds, fold);
  g_autoptr(HoneSelfTrained) grown = NULL;
  g_autofree char *rounds = g_strdup_printf ("fold-%u", fold);
  g_autofree char *step = g_strdup_printf ("held-out-%u", fold);

  if (!self_training)
    return hone_held_out_fit (held_out, work, fold, others, step, error);
  grown = hone_self_training_run (work, others, rounds, error);
  if (grown == NULL || !hone_held_out_fit (held_out, work, fold, grown->set, step, error))
    return FALSE;
  hone_held_out_adjust (held_out, fold, grown->scales, grown->offsets);
  return TRUE;
}

/* Accuracy and log-loss of the held-out scores, as the model would turn them into answers. For choice several a text
 * is right when all its categories are, and log-loss is the mean over the categories. */
static void
report_metrics (const HoneNgramsWork    *work,
                HoneNgramsModel         *model,
                const HoneHeldOutScores *held_out)
{
  guint n = held_out->n_categories;
  g_autofree double *p = g_new (double, n);
  g_autofree guint *chosen = g_new (guint, n);
  double right = 0, loss = 0, total = 0;

  for (gsize i = 0; i < held_out->n_texts; i++)
    {
      const double *scores = held_out->scores + i * n;
      const guint8 *members = held_out->members + i * n;
      guint n_chosen, n_right = 0, n_members = 0;
      double weight = held_out->weights[i], confidence;

      if (work->choice == HONE_CHOICE_ONE)
        hone_calibration_softmax (scores, n, model->sharpness, 1 / ((double) model->n_texts + n), p);
      for (guint c = 0; c < n; c++)
        {
          if (work->choice == HONE_CHOICE_SEVERAL)
            p[c] = hone_calibration_sigmoid (&model->sigmoids[c], scores[c]);
          n_members += members[c];
          if (work->choice == HONE_CHOICE_SEVERAL)
            loss -= weight * log (CLAMP (members[c] ? p[c] : 1 - p[c], 1e-15, 1)) / n;
          else if (members[c])
            loss -= weight * log (CLAMP (p[c], 1e-15, 1));
        }
      n_chosen = hone_ngrams_model_choose (model, p, chosen, &confidence);
      for (guint k = 0; k < n_chosen; k++)
        n_right += members[chosen[k]];
      right += n_right == n_members && n_chosen == n_members ? weight : 0;
      total += weight;
    }
  if (total <= 0)
    return;
  hone_engine_events_metric (work->events, 0, "cross_validated_accuracy", right / total);
  hone_engine_events_metric (work->events, 0, "cross_validated_log_loss", loss / total);
}

static void
calibrate (const HoneNgramsWork *work,
           const HoneHeldOut    *held_out,
           HoneScales            scales,
           HoneNgramsModel      *model)
{
  g_autofree guint8 *members = NULL;
  g_autofree double *weights = NULL;
  g_autofree double *sums = NULL;
  gsize n_texts;
  HoneHeldOutScores scores;

  sums = hone_held_out_sum (held_out, scales, &n_texts, &members, &weights);
  scores = (HoneHeldOutScores) { n_texts, work->n_categories, sums, members, weights };
  if (work->choice == HONE_CHOICE_ONE)
    model->sharpness = hone_calibration_sharpness (&scores);
  else
    hone_calibration_sigmoids (&scores, model->sigmoids);
  report_metrics (work, model, &scores);
}

/* One column of the model's matrix. */
static void
take_column (HoneNgramsWork         *work,
             guint                   category,
             gboolean                seen,
             const HoneNgramsColumn *column,
             gpointer                data)
{
  HoneFinalFit *final = data;
  HoneNgramsModel *model = final->model;
  guint n_features = model->space->n_features;

  for (guint f = 0; f < n_features; f++)
    model->weights[(gsize) f * model->n_categories + category]
      = (float) (column->svm[f] / final->scales.svm + column->bayes[f] / final->scales.bayes);
  model->biases[category] = column->svm[n_features] / final->scales.svm + column->bayes[n_features] / final->scales.bayes
                            + (final->offsets != NULL ? final->offsets[category] : 0);
}

static void
mark_seen (HoneNgramsModel       *model,
           const HoneTrainingSet *labels)
{
  g_autofree double *sums = g_new (double, model->n_categories);

  hone_training_set_sum (labels, sums);
  for (guint c = 0; c < model->n_categories; c++)
    model->seen[c] = sums[c] > 0;
}

static HoneNgramsModel *
fit_model (HoneNgramsWork          *work,
           const HoneNgramsOptions *options,
           const HoneHeldOut       *held_out,
           const HoneSelfTrained   *grown,      /* (nullable) */
           GError                 **error)
{
  const HoneTrainingSet *set = grown != NULL ? grown->set : held_out->labels;
  /* With self-training the folds are standardised already, each by its own scales. */
  HoneScales held_out_scales = grown != NULL ? (HoneScales) { 1, 1 } : hone_held_out_scales (held_out);
  HoneScales scales = grown != NULL ? grown->scales : held_out_scales;
  g_autoptr(HoneNgramsModel) model = hone_ngrams_model_new (options->choice, options->keys,
                                                            g_steal_pointer (&work->matrix->space), error);
  HoneFinalFit final = { model, scales, grown != NULL ? grown->offsets : NULL };
  gboolean fitted;

  if (model == NULL)
    return NULL;
  model->n_texts = held_out->labels->rows->len;
  mark_seen (model, held_out->labels);
  calibrate (work, held_out, held_out_scales, model);
  hone_engine_events_stage (work->events, "fit");
  work->matrix->space = model->space;   /* lent for the fit */
  fitted = hone_ngrams_work_fit (work, set, take_column, &final, error);
  work->matrix->space = NULL;
  return fitted ? g_steal_pointer (&model) : NULL;
}

static HoneNgramsModel *
train (HoneNgramsWork          *work,
       const HoneNgramsOptions *options,
       const HoneTrainingSet   *labels,
       gboolean                 self_training,
       HoneTrainingSet        **pseudo,
       GError                 **error)
{
  gsize n_rows = self_training ? work->matrix->n_rows : work->n_labelled;
  g_autoptr(HoneHeldOut) held_out = hone_held_out_new (work, labels, n_rows);
  g_autoptr(HoneSelfTrained) grown = NULL;
  HoneNgramsModel *model;
  guint n_fits = self_training ? 1 + hone_self_training_n_fits () : 1;

  work->steps = (guint64) work->n_categories * n_fits * (held_out->n_scored + 1);
  warn_categories (work, options, labels);
  hone_engine_events_stage (work->events, "cross-validation");
  for (guint fold = 0; fold < held_out->n_scored; fold++)
    if (!score_fold (work, held_out, fold, self_training, error))
      return NULL;
  if (self_training)
    {
      hone_engine_events_stage (work->events, "self-training");
      grown = hone_self_training_run (work, labels, "all", error);
      if (grown == NULL)
        return NULL;
    }
  model = fit_model (work, options, held_out, grown, error);
  if (model != NULL && pseudo != NULL && grown != NULL)
    *pseudo = g_steal_pointer (&grown->set);
  return model;
}

/**
 * hone_ngrams_train:
 * @corpus: at least one labelled text
 * @options: what is wished
 * @checkpoint: (nullable): results of an earlier process, and where to keep new ones
 * @events: (nullable): told of stages, progress and measures; knows when to stop
 * @pseudo: (out) (optional) (nullable) (transfer full): what the last round of self-training learnt from
 * @error: return location
 *
 * Trains a model. The same corpus, options but threads, libraries and kind of computer give the same bits. Not for two
 * threads at once.
 *
 * Returns: (transfer full): the model, or %NULL
 */
HoneNgramsModel *
hone_ngrams_train (const HoneCorpus        *corpus,
                   const HoneNgramsOptions *options,
                   HoneCheckpoint          *checkpoint,
                   HoneEngineEvents        *events,
                   HoneTrainingSet        **pseudo,
                   GError                 **error)
{
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  g_autoptr(HoneTrainingSet) labels = NULL;
  HoneNgramsWork work = { 0 };
  HoneNgramsModel *model;
  GError *cause = NULL;

  g_return_val_if_fail (corpus != NULL && corpus->n_labelled > 0, NULL);

  if (pseudo != NULL)
    *pseudo = NULL;
  hone_engine_events_stage (events, "features");
  matrix = hone_feature_matrix_new (corpus, options->threads, events, error);
  if (matrix == NULL)
    return NULL;
  work.matrix = matrix;
  work.choice = options->choice;
  work.n_categories = g_strv_length ((char **) options->keys);
  work.seed = options->seed;
  work.n_labelled = corpus->n_labelled;
  work.events = events;
  work.checkpoint = checkpoint;
  labels = hone_training_set_new_labels (corpus, work.n_categories);
  model = train (&work, options, labels, options->self_training && corpus->n_texts > corpus->n_labelled, pseudo, &cause);
  if (g_error_matches (cause, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED))
    hone_checkpoint_save (checkpoint, NULL);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return model;
}
