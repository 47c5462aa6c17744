/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of kind predict: batches of lines are read, answered by all threads and written in their order, so memory does
 * not grow with the file and the answers do not depend on the threads. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-engine-error.h"
#include "hone-engine-json.h"
#include "hone-engine-output.h"
#include "hone-engine-protocol.h"
#include "hone-engine-run.h"
#include "hone-engine-texts.h"
#include "hone-model-file.h"

#define BATCH       1024
#define BATCH_BYTES (8 * 1024 * 1024)   /* a batch ends early where its texts are long */
#define MAX_SCORES  500                 /* per line: the best; keeps lines within what readers take */
#define STEPS       1000                /* of the progress: parts of the file */

typedef struct {
  const HoneNgramsModel *model;
  GPtrArray             *ids;
  GPtrArray             *texts;
  GPtrArray             *lines;     /* answers; slots are filled by whoever took them */
  gsize                  n_bytes;
  guint                  next;      /* atomic */
} HoneBatch;

static int
compare_scores (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const double *probabilities = data;
  double x = probabilities[*(const guint *) a], y = probabilities[*(const guint *) b];

  if (x != y)
    return x < y ? 1 : -1;
  return *(const guint *) a < *(const guint *) b ? -1 : 1;
}

static void
put_scores (GString               *line,
            const HoneNgramsModel *model,
            const double          *probabilities)
{
  guint n = MIN (model->n_categories, MAX_SCORES);
  g_autofree guint *order = g_new (guint, model->n_categories);

  for (guint c = 0; c < model->n_categories; c++)
    order[c] = c;
  if (n < model->n_categories)
    g_qsort_with_data (order, (int) model->n_categories, sizeof *order, compare_scores, (gpointer) probabilities);
  g_string_append (line, ",\"scores\":{");
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (line, ',');
      hone_engine_json_put_string (line, model->keys[order[i]]);
      g_string_append_c (line, ':');
      hone_engine_json_put_number (line, probabilities[order[i]]);
    }
  g_string_append_c (line, '}');
}

static char *
make_line (const HoneNgramsModel *model,
           const char            *id,
           const double          *probabilities,
           guint                 *chosen)
{
  GString *line = g_string_sized_new (256);
  double confidence;
  guint n = hone_ngrams_model_choose (model, probabilities, chosen, &confidence);

  g_string_append (line, "{\"id\":");
  hone_engine_json_put_string (line, id);
  g_string_append_printf (line, ",\"outcome\":\"%s\",\"categories\":[", hone_outcome_to_string (HONE_OUTCOME_ANSWERED));
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (line, ',');
      hone_engine_json_put_string (line, model->keys[chosen[i]]);
    }
  g_string_append (line, "],\"confidence\":");
  hone_engine_json_put_number (line, confidence);
  put_scores (line, model, probabilities);
  g_string_append (line, "}\n");
  return g_string_free (line, FALSE);
}

static gpointer
answer (gpointer data)
{
  HoneBatch *batch = data;
  g_autoptr(HoneNgramsReader) reader = hone_ngrams_reader_new (batch->model);
  g_autofree double *probabilities = g_new (double, batch->model->n_categories);
  g_autofree guint *chosen = g_new (guint, batch->model->n_categories);
  guint i;

  while ((i = __atomic_fetch_add (&batch->next, 1, __ATOMIC_RELAXED)) < batch->texts->len)
    {
      const char *text = batch->texts->pdata[i];

      hone_ngrams_reader_read (reader, text, strlen (text), probabilities);
      batch->lines->pdata[i] = make_line (batch->model, batch->ids->pdata[i], probabilities, chosen);
    }
  return NULL;
}

static void
answer_batch (HoneBatch        *batch,
              guint             n_threads,
              HoneEngineOutput *output)
{
  g_autoptr(GPtrArray) threads = g_ptr_array_new ();

  batch->next = 0;
  g_ptr_array_set_size (batch->lines, (int) batch->texts->len);
  for (guint i = 1; i < MIN (n_threads, batch->texts->len); i++)
    {
      GThread *thread = g_thread_try_new ("predict", answer, batch, NULL);

      if (thread == NULL)
        break;
      g_ptr_array_add (threads, thread);
    }
  answer (batch);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  for (guint i = 0; i < batch->lines->len; i++)
    hone_engine_output_write (output, batch->lines->pdata[i], strlen (batch->lines->pdata[i]));
  g_ptr_array_set_size (batch->lines, 0);
  g_ptr_array_set_size (batch->ids, 0);
  g_ptr_array_set_size (batch->texts, 0);
  batch->n_bytes = 0;
}

static gboolean
read_batch (HoneBatch       *batch,
            HoneEngineLines *lines,
            JsonParser      *parser,
            GError         **error)
{
  g_autoptr(GError) cause = NULL;
  char *line;
  gsize length;

  while (batch->texts->len < BATCH && batch->n_bytes < BATCH_BYTES
         && (line = hone_engine_lines_next (lines, &length, &cause)) != NULL)
    {
      const char *id, *text;

      if (!hone_engine_texts_parse (parser, line, length, &id, &text, error))
        {
          hone_engine_texts_blame (HONE_PROTOCOL_INPUT_FILE, lines, error);
          return FALSE;
        }
      g_ptr_array_add (batch->ids, g_strdup (id));
      g_ptr_array_add (batch->texts, g_strdup (text));
      batch->n_bytes += length;
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
answer_all (HoneBatch           *batch,
            const char          *directory,
            const HoneEngineJob *job,
            HoneEngineOutput    *output,
            HoneEngineEvents    *events,
            GError             **error)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_INPUT_FILE, NULL);
  g_autoptr(HoneEngineLines) lines = hone_engine_lines_open (path, error);
  g_autoptr(JsonParser) parser = json_parser_new ();

  if (lines == NULL)
    return FALSE;
  for (;;)
    {
      if (hone_engine_events_is_stopping (events, error) || !read_batch (batch, lines, parser, error))
        return FALSE;
      if (batch->texts->len == 0)
        break;
      answer_batch (batch, job->threads, output);
      hone_engine_events_progress (events, (guint64) (hone_engine_lines_part (lines) * STEPS), STEPS);
    }
  hone_engine_events_progress (events, STEPS, STEPS);
  return TRUE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
same_keys (const HoneEngineJob   *job,
           const HoneNgramsModel *model)
{
  g_autofree char **ours = NULL;
  g_autofree char **theirs = NULL;

  if (job->n_categories != model->n_categories)
    return FALSE;
  ours = g_memdup2 (job->keys, job->n_categories * sizeof *ours);
  theirs = g_memdup2 (model->keys, model->n_categories * sizeof *theirs);
  qsort (ours, job->n_categories, sizeof *ours, compare_keys);
  qsort (theirs, model->n_categories, sizeof *theirs, compare_keys);
  for (guint c = 0; c < job->n_categories; c++)
    if (!g_str_equal (ours[c], theirs[c]))
      return FALSE;
  return TRUE;
}

static HoneNgramsModel *
load_model (const HoneEngineJob *job,
            GError             **error)
{
  g_autoptr(HoneNgramsModel) model = NULL;

  if (job->parent_model == NULL || !g_path_is_absolute (job->parent_model))
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_JOB,
                   _("The job names no model to ask: “parent_model” must be an absolute path"));
      return NULL;
    }
  model = hone_model_file_load (job->parent_model, error);
  if (model == NULL)
    return NULL;
  if (model->choice == job->choice && same_keys (job, model))
    return g_steal_pointer (&model);
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL,
               model->choice != job->choice ? _("The model “%s” was trained with another choice rule than the job has")
                                            : _("The model “%s” was trained with other categories than the job has"),
               job->parent_model);
  return NULL;
}

/**
 * hone_engine_run_predict:
 * @directory: of the run
 * @job: of the run
 * @events: where to tell what happens
 * @error: return location
 *
 * Asks a model about the texts of the directory.
 *
 * Returns: whether all answers are there
 */
gboolean
hone_engine_run_predict (const char          *directory,
                         const HoneEngineJob *job,
                         HoneEngineEvents    *events,
                         GError             **error)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_PREDICTIONS_FILE, NULL);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(HoneEngineOutput) output = NULL;
  g_autoptr(HoneNgramsModel) model = NULL;
  g_autofree char *sha256 = NULL;
  HoneBatch batch = { 0 };

  hone_engine_events_stage (events, "read");
  model = load_model (job, error);
  if (model == NULL)
    return FALSE;
  output = hone_engine_output_new (path, error);
  if (output == NULL)
    return FALSE;
  batch = (HoneBatch) { model, ids, texts, lines };
  hone_engine_events_stage (events, "predict");
  if (!answer_all (&batch, directory, job, output, events, error))
    return FALSE;
  sha256 = hone_engine_output_finish (output, error);
  if (sha256 == NULL)
    return FALSE;
  hone_engine_events_done (events, "predictions", HONE_PROTOCOL_PREDICTIONS_FILE, sha256, NULL);
  return TRUE;
}
