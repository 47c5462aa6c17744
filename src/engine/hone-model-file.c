/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Magic, version, numbers, SHA-256; all little-endian:
 *
 *   u32 choice, u64 texts, u32 categories, u32 features, f32 idf of unseen n-grams, f64 sharpness,
 *   per category: u32 bytes of the key, the key, u32 seen, f64 bias, slope, intercept, threshold,
 *   u32 bucket of each feature, f32 idf of each, f32 weights, the categories of one feature side by side.
 *
 * What hashes a text to its buckets is part of the version: a change there needs a new one. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-engine-input.h"
#include "hone-engine-output.h"
#include "hone-model-file.h"

#define MAX_KEY 1024

G_STATIC_ASSERT (sizeof (HONE_MODEL_FILE_MAGIC) == HONE_ENGINE_MAGIC_SIZE + 1);

static void
write_float (HoneEngineOutput *output,
             float             value)
{
  hone_engine_output_write_u32s (output, &value, 1);
}

static void
write_categories (HoneEngineOutput      *output,
                  const HoneNgramsModel *model)
{
  for (guint c = 0; c < model->n_categories; c++)
    {
      gsize length = strlen (model->keys[c]);

      hone_engine_output_write_u32 (output, (guint32) length);
      hone_engine_output_write (output, model->keys[c], length);
      hone_engine_output_write_u32 (output, model->seen[c]);
      hone_engine_output_write_double (output, model->biases[c]);
      hone_engine_output_write_double (output, model->sigmoids[c].slope);
      hone_engine_output_write_double (output, model->sigmoids[c].intercept);
      hone_engine_output_write_double (output, model->sigmoids[c].threshold);
    }
}

/**
 * hone_model_file_save:
 * @model: a model
 * @path: where the file shall be; an older one is replaced
 * @error: return location
 *
 * Writes a model. The same model gives the same bytes.
 *
 * Returns: (transfer full): the SHA-256 of the file in hexadecimal, or %NULL
 */
char *
hone_model_file_save (const HoneNgramsModel *model,
                      const char            *path,
                      GError               **error)
{
  g_autoptr(HoneEngineOutput) output = hone_engine_output_new (path, error);
  const HoneFeatureSpace *space = model->space;
  guint8 digest[32];

  if (output == NULL)
    return NULL;
  hone_engine_output_write (output, HONE_MODEL_FILE_MAGIC, HONE_ENGINE_MAGIC_SIZE);
  hone_engine_output_write_u32 (output, HONE_MODEL_FILE_VERSION);
  hone_engine_output_write_u32 (output, model->choice);
  hone_engine_output_write_u64 (output, model->n_texts);
  hone_engine_output_write_u32 (output, model->n_categories);
  hone_engine_output_write_u32 (output, space->n_features);
  write_float (output, space->idf_unseen);
  hone_engine_output_write_double (output, model->sharpness);
  write_categories (output, model);
  hone_engine_output_write_u32s (output, space->buckets, space->n_features);
  hone_engine_output_write_u32s (output, space->idf, space->n_features);
  hone_engine_output_write_u32s (output, model->weights, (gsize) space->n_features * model->n_categories);
  hone_engine_output_digest (output, digest);
  hone_engine_output_write (output, digest, sizeof digest);
  return hone_engine_output_finish (output, error);
}

static gboolean
is_finite (const float *values,
           gsize        n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

static HoneFeatureSpace *
read_space (HoneEngineInput *input,
            guint            n_features,
            float            idf_unseen)
{
  g_autoptr(HoneFeatureSpace) space = hone_feature_space_new (n_features);

  space->idf_unseen = idf_unseen;
  hone_engine_input_read_u32s (input, space->buckets, n_features);
  hone_engine_input_read_u32s (input, space->idf, n_features);
  for (guint i = 0; i < n_features; i++)
    {
      guint32 bucket = space->buckets[i];

      if (bucket >= HONE_NGRAM_BUCKETS || space->features[bucket] != 0 || !(isfinite (space->idf[i]) && space->idf[i] > 0))
        return NULL;
      space->features[bucket] = i + 1;
    }
  return g_steal_pointer (&space);
}

/* What stands in a file for a category before the model can be made. */
typedef struct {
  char        *key;
  guint32      seen;
  double       bias;
  HoneSigmoid  sigmoid;
} HoneModelCategory;

static void
clear_category (gpointer data)
{
  g_free (((HoneModelCategory *) data)->key);
}

static gboolean
is_probable (const HoneModelCategory *category)
{
  const HoneSigmoid *s = &category->sigmoid;

  return category->seen <= 1 && isfinite (category->bias) && isfinite (s->slope) && isfinite (s->intercept)
         && s->threshold >= 0 && s->threshold <= 1;
}

static gboolean
read_category (HoneEngineInput   *input,
               GHashTable        *known,
               HoneModelCategory *category)
{
  guint32 length = hone_engine_input_read_u32 (input);

  if (length == 0 || length > MAX_KEY)
    return FALSE;
  category->key = g_malloc0 (length + 1);
  hone_engine_input_read (input, category->key, length);
  category->seen = hone_engine_input_read_u32 (input);
  category->bias = hone_engine_input_read_double (input);
  category->sigmoid.slope = hone_engine_input_read_double (input);
  category->sigmoid.intercept = hone_engine_input_read_double (input);
  category->sigmoid.threshold = hone_engine_input_read_double (input);
  return strlen (category->key) == length && g_utf8_validate (category->key, -1, NULL) && is_probable (category)
         && g_hash_table_add (known, category->key);
}

static GArray *
read_categories (HoneEngineInput *input,
                 guint            n_categories)
{
  g_autoptr(GArray) categories = g_array_new (FALSE, TRUE, sizeof (HoneModelCategory));
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_array_set_clear_func (categories, clear_category);
  for (guint c = 0; c < n_categories; c++)
    {
      g_array_set_size (categories, c + 1);
      if (!read_category (input, known, &g_array_index (categories, HoneModelCategory, c)))
        return NULL;
    }
  return g_steal_pointer (&categories);
}

static HoneNgramsModel *
make_model (HoneChoice        choice,
            GArray           *categories,
            HoneFeatureSpace *space,
            GError          **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  HoneNgramsModel *model;

  for (guint c = 0; c < categories->len; c++)
    g_ptr_array_add (keys, g_array_index (categories, HoneModelCategory, c).key);
  g_ptr_array_add (keys, NULL);
  model = hone_ngrams_model_new (choice, (const char *const *) keys->pdata, space, error);
  for (guint c = 0; model != NULL && c < categories->len; c++)
    {
      const HoneModelCategory *category = &g_array_index (categories, HoneModelCategory, c);

      model->seen[c] = (guint8) category->seen;
      model->biases[c] = category->bias;
      model->sigmoids[c] = category->sigmoid;
    }
  return model;
}

/* Returns NULL without an error where a value makes no sense. */
static HoneNgramsModel *
read_model (HoneEngineInput *input,
            GError         **error)
{
  guint32 choice = hone_engine_input_read_u32 (input);
  guint64 n_texts = hone_engine_input_read_u64 (input);
  guint32 n_categories = hone_engine_input_read_u32 (input);
  guint32 n_features = hone_engine_input_read_u32 (input);
  g_autoptr(HoneNgramsModel) model = NULL;
  g_autoptr(GArray) categories = NULL;
  HoneFeatureSpace *space;
  float idf_unseen;
  double sharpness;

  hone_engine_input_read_u32s (input, &idf_unseen, 1);
  sharpness = hone_engine_input_read_double (input);
  if (choice > HONE_CHOICE_SEVERAL || n_texts == 0 || n_categories == 0 || n_categories > HONE_NGRAMS_MAX_CATEGORIES
      || n_features > HONE_NGRAM_BUCKETS || !(isfinite (idf_unseen) && idf_unseen > 0)
      || !(isfinite (sharpness) && sharpness > 0)
      || (categories = read_categories (input, n_categories)) == NULL
      || hone_engine_input_left (input) != (guint64) n_features * 4 * (2 + (guint64) n_categories)
      || (space = read_space (input, n_features, idf_unseen)) == NULL)
    return NULL;
  model = make_model (choice, categories, space, error);
  if (model == NULL)
    return NULL;
  model->n_texts = n_texts;
  model->sharpness = sharpness;
  hone_engine_input_read_u32s (input, model->weights, (gsize) n_features * n_categories);
  return is_finite (model->weights, (gsize) n_features * n_categories) ? g_steal_pointer (&model) : NULL;
}

/**
 * hone_model_file_load:
 * @path: of the file, or of the folder that holds it
 * @error: return location for %HONE_ENGINE_ERROR_BAD_MODEL
 *
 * Reads a model back, after looking at every byte.
 *
 * Returns: (transfer full): the model, or %NULL
 */
HoneNgramsModel *
hone_model_file_load (const char *path,
                      GError    **error)
{
  g_autofree char *inside = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_build_filename (path, HONE_MODEL_FILE_NAME, NULL) : NULL;
  g_autoptr(HoneEngineInput) input = NULL;
  g_autoptr(HoneNgramsModel) model = NULL;
  g_autoptr(GError) cause = NULL;

  input = hone_engine_input_open (inside != NULL ? inside : path, HONE_MODEL_FILE_MAGIC, HONE_MODEL_FILE_VERSION, error);
  if (input == NULL)
    return NULL;
  model = read_model (input, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (model == NULL)
    hone_engine_input_refuse (input);
  return hone_engine_input_finish (input, error) ? g_steal_pointer (&model) : NULL;
}
