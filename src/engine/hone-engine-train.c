/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of kind train: texts in, a model file and perhaps pseudo-labels out. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-engine-error.h"
#include "hone-engine-json.h"
#include "hone-engine-output.h"
#include "hone-engine-run.h"
#include "hone-engine-texts.h"
#include "hone-model-file.h"
#include "hone-ngrams-train.h"

#define PSEUDO_FILE "pseudo.jsonl"

static void
hash_array (GChecksum    *checksum,
            const GArray *array,
            gsize         element)
{
  guint64 length = array->len;

  g_checksum_update (checksum, (const guchar *) &length, sizeof length);
  g_checksum_update (checksum, (const guchar *) array->data, (gssize) (array->len * element));
}

/* All that results of steps depend on, so that a checkpoint is never used for anything else. */
static void
hash_job (const HoneEngineJob *job,
          const HoneCorpus    *corpus,
          guint8               digest[32])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 numbers[] = { job->seed, job->choice, (guint64) job->self_training, corpus->n_labelled, corpus->n_texts };
  gsize length = 32;

  g_checksum_update (checksum, (const guchar *) PACKAGE_VERSION, -1);
  g_checksum_update (checksum, (const guchar *) numbers, sizeof numbers);
  for (guint c = 0; c < job->n_categories; c++)
    g_checksum_update (checksum, (const guchar *) job->keys[c], (gssize) strlen (job->keys[c]) + 1);
  g_checksum_update (checksum, (const guchar *) corpus->bytes->str, (gssize) corpus->bytes->len);
  hash_array (checksum, corpus->weights, sizeof (double));
  hash_array (checksum, corpus->starts, sizeof (gsize));
  hash_array (checksum, corpus->categories, sizeof (guint32));
  g_checksum_get_digest (checksum, digest, &length);
}

static void
write_pseudo_line (HoneEngineOutput      *output,
                   HoneNgramsReader      *reader,
                   const HoneNgramsModel *model,
                   const HoneCorpus      *corpus,
                   const HoneTrainingSet *pseudo,
                   gsize                  nth,
                   double                *probabilities)
{
  g_autoptr(GString) line = g_string_new ("{\"id\":");
  guint32 text = g_array_index (pseudo->rows, guint32, nth);
  double confidence = 1;
  gsize length, n;
  const char *bytes = hone_corpus_get_text (corpus, text, &length);
  const guint32 *categories = hone_training_set_get (pseudo, nth, &n);

  hone_ngrams_reader_read (reader, bytes, length, probabilities);
  hone_engine_json_put_string (line, hone_corpus_get_id (corpus, text));
  g_string_append (line, ",\"categories\":[");
  for (gsize k = 0; k < n; k++)
    {
      if (k > 0)
        g_string_append_c (line, ',');
      hone_engine_json_put_string (line, model->keys[categories[k]]);
      confidence = MIN (confidence, probabilities[categories[k]]);
    }
  g_string_append (line, "],\"confidence\":");
  hone_engine_json_put_number (line, confidence);
  g_string_append (line, "}\n");
  hone_engine_output_write (output, line->str, line->len);
}

/* What the last round learnt from beside the labels, with the confidence of the finished model. */
static gboolean
save_pseudo (const char            *directory,
             const HoneNgramsModel *model,
             const HoneCorpus      *corpus,
             const HoneTrainingSet *pseudo,
             GError               **error)
{
  g_autofree char *path = g_build_filename (directory, PSEUDO_FILE, NULL);
  g_autoptr(HoneEngineOutput) output = hone_engine_output_new (path, error);
  g_autoptr(HoneNgramsReader) reader = hone_ngrams_reader_new (model);
  g_autofree double *probabilities = g_new (double, model->n_categories);
  g_autofree char *sha256 = NULL;

  if (output == NULL)
    return FALSE;
  for (gsize i = corpus->n_labelled; i < pseudo->rows->len; i++)
    write_pseudo_line (output, reader, model, corpus, pseudo, i, probabilities);
  sha256 = hone_engine_output_finish (output, error);
  return sha256 != NULL;
}

static gboolean
check_job (const HoneEngineJob *job,
           GError             **error)
{
  if (g_strcmp0 (job->method, "ngrams") != 0)
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_UNSUPPORTED, _("hone-engine does not know the method “%.100s”"),
                 job->method != NULL ? job->method : "");
  else if (job->parent_model != NULL)
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_UNSUPPORTED, _("Method ngrams cannot continue a model"));
  else if (job->base_model != NULL)
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_UNSUPPORTED, _("Method ngrams has no base model, found “%.100s”"),
                 job->base_model);
  else
    return TRUE;
  return FALSE;
}

/**
 * hone_engine_run_train:
 * @directory: of the run
 * @job: of the run
 * @events: where to tell what happens
 * @error: return location
 *
 * Trains a model on the texts of the directory.
 *
 * Returns: whether the model is there
 */
gboolean
hone_engine_run_train (const char          *directory,
                       const HoneEngineJob *job,
                       HoneEngineEvents    *events,
                       GError             **error)
{
  HoneNgramsOptions options = { job->choice, (const char *const *) job->keys, job->seed, job->threads, job->self_training };
  g_autofree char *model_path = g_build_filename (directory, HONE_MODEL_FILE_NAME, NULL);
  g_autofree char *checkpoint_path = g_build_filename (directory, HONE_CHECKPOINT_NAME, NULL);
  g_autofree char *sha256 = NULL;
  g_autoptr(HoneCorpus) corpus = NULL;
  g_autoptr(HoneCheckpoint) checkpoint = NULL;
  g_autoptr(HoneTrainingSet) pseudo = NULL;
  g_autoptr(HoneNgramsModel) model = NULL;
  guint8 digest[32];

  if (!check_job (job, error))
    return FALSE;
  hone_engine_events_stage (events, "read");
  corpus = hone_engine_texts_load (directory, job, job->self_training, events, error);
  if (corpus == NULL)
    return FALSE;
  hash_job (job, corpus, digest);
  checkpoint = hone_checkpoint_new (checkpoint_path, digest, events);
  model = hone_ngrams_train (corpus, &options, checkpoint, events, &pseudo, error);
  if (model == NULL)
    return FALSE;
  hone_engine_events_stage (events, "save");
  if (pseudo != NULL && !save_pseudo (directory, model, corpus, pseudo, error))
    return FALSE;
  sha256 = hone_model_file_save (model, model_path, error);
  if (sha256 == NULL)
    return FALSE;
  hone_checkpoint_remove (checkpoint);
  hone_engine_events_done (events, "model", HONE_MODEL_FILE_NAME, sha256, pseudo != NULL ? PSEUDO_FILE : NULL);
  return TRUE;
}
