/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both models are linear and so is their standardised sum: what is kept is one matrix, in F32. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-engine-error.h"
#include "hone-ngrams-model.h"

#define MAX_WEIGHTS ((gsize) 1 << 29)   /* 2 GiB */

struct _HoneNgramsReader {
  const HoneNgramsModel *model;
  HoneNgramCounter      *counter;
  HoneNode              *nodes;
  gsize                  nodes_size;
};

/**
 * hone_ngrams_model_new:
 * @choice: how many categories a text may have
 * @keys: (array zero-terminated=1): of the categories, at least one
 * @space: (transfer full): the features
 * @error: return location
 *
 * Returns: (transfer full): a model with all weights 0, or %NULL where it would be too large
 */
HoneNgramsModel *
hone_ngrams_model_new (HoneChoice         choice,
                       const char *const *keys,
                       HoneFeatureSpace  *space,
                       GError           **error)
{
  g_autoptr(HoneNgramsModel) self = g_new0 (HoneNgramsModel, 1);

  self->choice = choice;
  self->keys = g_strdupv ((char **) keys);
  self->n_categories = g_strv_length (self->keys);
  self->space = space;
  self->seen = g_new0 (guint8, self->n_categories);
  self->biases = g_new0 (double, self->n_categories);
  self->sigmoids = g_new0 (HoneSigmoid, self->n_categories);
  self->sharpness = 1;
  if ((gsize) space->n_features * self->n_categories <= MAX_WEIGHTS)
    self->weights = g_try_new0 (float, (gsize) space->n_features * self->n_categories + 1);
  if (self->weights != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_TOO_LARGE,
               _("A model of %u word and character features for %u categories does not fit into memory"),
               space->n_features, self->n_categories);
  return NULL;
}

/**
 * hone_ngrams_model_free:
 * @self: (transfer full): a model
 *
 * Frees the model.
 */
void
hone_ngrams_model_free (HoneNgramsModel *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->keys);
  g_free (self->seen);
  g_clear_pointer (&self->space, hone_feature_space_free);
  g_free (self->weights);
  g_free (self->biases);
  g_free (self->sigmoids);
  g_free (self);
}

/**
 * hone_ngrams_model_unseen:
 * @self: a model
 *
 * What Laplace's rule gives a category that none of the texts had. For choice rule one it is always less than what the
 * best of the others has.
 *
 * Returns: probability of each category without a text
 */
double
hone_ngrams_model_unseen (const HoneNgramsModel *self)
{
  guint n_unseen = 0;

  for (guint c = 0; c < self->n_categories; c++)
    n_unseen += !self->seen[c];
  return 1 / ((double) self->n_texts + n_unseen + 1);
}

/**
 * hone_ngrams_reader_new:
 * @model: borrowed, must outlive the reader
 *
 * Returns: (transfer full): what one thread needs to ask the model
 */
HoneNgramsReader *
hone_ngrams_reader_new (const HoneNgramsModel *model)
{
  HoneNgramsReader *self = g_new0 (HoneNgramsReader, 1);

  self->model = model;
  self->counter = hone_ngram_counter_new ();
  return self;
}

/**
 * hone_ngrams_reader_free:
 * @self: (transfer full): a reader
 *
 * Frees the reader.
 */
void
hone_ngrams_reader_free (HoneNgramsReader *self)
{
  g_return_if_fail (self != NULL);

  hone_ngram_counter_free (self->counter);
  g_free (self->nodes);
  g_free (self);
}

static void
sum_scores (const HoneNgramsModel *model,
            const HoneNode        *nodes,
            gsize                  n_nodes,
            double                *scores)
{
  guint n = model->n_categories;

  for (guint c = 0; c < n; c++)
    scores[c] = model->biases[c];
  for (gsize i = 0; i < n_nodes; i++)
    {
      const float *weights = model->weights + (gsize) (nodes[i].index - 1) * n;
      double x = nodes[i].x;

      for (guint c = 0; c < n; c++)
        scores[c] += x * weights[c];
    }
  for (guint c = 0; c < n; c++)
    if (!model->seen[c])
      scores[c] = -INFINITY;
}

/**
 * hone_ngrams_reader_read:
 * @self: a reader
 * @text: valid UTF-8
 * @length: bytes
 * @probabilities: (out caller-allocates): one for each category; for choice rule one they sum to 1
 *
 * Asks the model about a text.
 */
void
hone_ngrams_reader_read (HoneNgramsReader *self,
                         const char       *text,
                         gsize             length,
                         double           *probabilities)
{
  const HoneNgramsModel *model = self->model;
  gsize n_counts;
  const HoneNgramCount *counts = hone_ngram_counter_count (self->counter, text, length, &n_counts);

  if (self->nodes_size < n_counts)
    {
      self->nodes_size = n_counts + n_counts / 2;
      g_free (self->nodes);
      self->nodes = g_new (HoneNode, self->nodes_size);
    }
  sum_scores (model, self->nodes, hone_feature_space_weigh (model->space, counts, n_counts, self->nodes), probabilities);
  if (model->choice == HONE_CHOICE_ONE)
    hone_calibration_softmax (probabilities, model->n_categories, model->sharpness, hone_ngrams_model_unseen (model),
                              probabilities);
  else
    for (guint c = 0; c < model->n_categories; c++)
      probabilities[c] = model->seen[c] ? hone_calibration_sigmoid (&model->sigmoids[c], probabilities[c])
                                        : hone_ngrams_model_unseen (model);
}

/**
 * hone_ngrams_model_choose:
 * @self: a model
 * @probabilities: one for each category
 * @chosen: (out caller-allocates): room for all categories
 * @confidence: (out): the smallest probability among the chosen
 *
 * Decides: the most probable category, or for choice rule several all above their thresholds, and where none is, the
 * most probable. Categories that the model never saw are not answered.
 *
 * Returns: how many were chosen, at least 1
 */
guint
hone_ngrams_model_choose (const HoneNgramsModel *self,
                          const double          *probabilities,
                          guint                 *chosen,
                          double                *confidence)
{
  guint best = 0, n = 0;

  *confidence = 1;
  for (guint c = 0; c < self->n_categories; c++)
    {
      if (!self->seen[c])
        continue;
      if (!self->seen[best] || probabilities[c] > probabilities[best])
        best = c;
      if (self->choice == HONE_CHOICE_SEVERAL && probabilities[c] > self->sigmoids[c].threshold)
        {
          chosen[n++] = c;
          *confidence = MIN (*confidence, probabilities[c]);
        }
    }
  if (n > 0)
    return n;
  chosen[0] = best;
  *confidence = probabilities[best];
  return 1;
}
