/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader, a model and a table, joined chunk by chunk: what is in memory at one time does not depend on how much there is. */
#include "config.h"

#include "hone-classify.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/hone-engine-protocol.h"
#include "hone-async-private.h"
#include "hone-classify-table-private.h"
#include "hone-job-files-private.h"
#include "hone-lines-private.h"
#include "hone-model-private.h"
#include "hone-out-private.h"
#include "hone-process-private.h"
#include "hone-trust.h"
#include "hone-work-private.h"

#define CHUNK_BYTES (64 * 1024 * 1024)
#define FOLDER      "classify-"
#define STALE       (60 * 60)   /* seconds: a folder that old, with nobody at work in it, was left by a kill */

guint _hone_classify_chunk = 50000;

typedef struct {
  HoneStore                 *store;
  const HoneClassifyOptions *options;
  HoneControl               *control;
  HoneJobsProgress           progress;
  gpointer                   progress_data;
  HoneClassifyReport        *report;

  HoneIteration             *iteration;
  HoneOntology              *ontology;
  HoneModelInfo              info;
  char                      *program;      /* (nullable): none for iteration 0 */
  char                      *folder;       /* of all runs */
  char                      *input;        /* (nullable): copy of a pipe */
  HoneReader                *reader;
  HoneClassifyTable         *table;
  GPtrArray                 *texts;        /* of HoneClassifyText: the chunk */
  HoneAnswerLine            *answers;      /* one per text of the chunk */
  guint8                    *seen;
} Classifier;

static void
text_free (gpointer data)
{
  HoneClassifyText *text = data;

  g_free (text->id);
  g_free (text->text);
  g_free (text);
}

static void
classifier_clear (Classifier *self)
{
  g_clear_pointer (&self->iteration, hone_iteration_free);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  _hone_model_info_clear (&self->info);
  g_clear_pointer (&self->program, g_free);
  if (self->folder != NULL)
    _hone_remove_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->reader, hone_reader_free);
  g_clear_pointer (&self->table, _hone_classify_table_free);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->seen, g_free);
}

/* ---- one chunk ---- */

static void
forget_answers (Classifier *self)
{
  for (guint i = 0; self->answers != NULL && i < self->texts->len; i++)
    _hone_answer_line_clear (&self->answers[i]);
  g_clear_pointer (&self->answers, g_free);
  g_clear_pointer (&self->seen, g_free);
}

static gboolean
write_chunk (Classifier  *self,
             const char  *directory,
             GError     **error)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_INPUT_FILE, NULL);
  g_autoptr(HoneOutFile) file = NULL;
  g_autoptr(GString) line = g_string_new (NULL);
  HoneJobSpec spec = {
    .kind = HONE_PROTOCOL_KIND_PREDICT,
    .base = self->info.base,
    .parent_model = self->iteration->model,
    .method = self->info.method,
    .seed = self->info.seed,
    .settings = self->info.settings,
    .ontology = self->ontology,
  };

  if (!_hone_make_folder (directory, error) || (file = _hone_out_file_open (path, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < self->texts->len; i++)
    {
      g_autofree char *rendered = hone_template_render (self->info.template, ((HoneClassifyText *) self->texts->pdata[i])->text);

      _hone_job_print_text (line, i + 1, rendered, NULL, NULL, 1);
      if (!_hone_out_file_write (file, line->str, line->len, error))
        return FALSE;
    }
  return _hone_out_file_close (file, error) && _hone_job_write (directory, &spec, error);
}

static gboolean
take_answer (const char  *line,
             gsize        length,
             guint64      number,
             gpointer     data,
             GError     **error)
{
  Classifier *self = data;
  g_auto(HoneAnswerLine) answer = { 0 };

  if (!_hone_answer_line_parse (line, length, self->ontology, self->info.template, &answer, error))
    {
      g_prefix_error (error, _("line %" G_GUINT64_FORMAT ": "), number);
      return FALSE;
    }
  if (answer.id < 1 || answer.id > (gint64) self->texts->len || self->seen[answer.id - 1]++ > 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("line %" G_GUINT64_FORMAT ": text %" G_GINT64_FORMAT " was not asked about or is answered twice"), number, answer.id);
      return FALSE;
    }
  self->answers[answer.id - 1] = answer;
  answer = (HoneAnswerLine) { 0 };
  return TRUE;
}

static gboolean
ask_program (Classifier  *self,
             GError     **error)
{
  g_autofree char *directory = g_build_filename (self->folder, "chunk", NULL);
  g_autofree char *token = g_path_get_basename (self->folder);
  g_autofree char *path = NULL;
  const char *argv[] = { self->program, NULL };
  g_auto(HoneEvent) done = { 0 };
  GCancellable *cancellable = _hone_control_get_cancellable (self->control);
  HoneTrainerJob job = { .directory = directory, .name = self->program, .token = token, .argv = argv, .control = self->control };

  _hone_remove_tree (directory);
  if (!write_chunk (self, directory, error) || !_hone_trainer_run (&job, &done, error))
    return FALSE;
  if (done.is_model)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” said “done” without predictions"), self->program);
      return FALSE;
    }
  path = _hone_job_resolve (directory, done.path, self->program, error);
  if (path == NULL || !_hone_job_check_sha256 (path, done.sha256, self->program, cancellable, error))
    return FALSE;
  if (_hone_lines_each (path, HONE_PROTOCOL_MAX_LINE, take_answer, self, cancellable, error))
    return TRUE;
  g_prefix_error (error, _("The predictions of “%s” cannot be used: "), self->program);
  return FALSE;
}

static gboolean
write_answers (Classifier  *self,
               GError     **error)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      gboolean answered = self->seen[i] > 0;

      if (answered)
        self->report->outcomes[self->answers[i].outcome]++;
      else
        self->report->missing++;
      if (!_hone_classify_table_write (self->table, self->texts->pdata[i], answered ? &self->answers[i] : NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
flush_chunk (Classifier  *self,
             GError     **error)
{
  gboolean good;

  if (self->texts->len == 0)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (_hone_control_get_cancellable (self->control), error))
    return FALSE;
  self->answers = g_new0 (HoneAnswerLine, self->texts->len);
  self->seen = g_new0 (guint8, self->texts->len);
  if (self->program == NULL)
    {
      good = _hone_baseline_answer (self->store, self->iteration, self->report->texts + 1, self->answers, self->texts->len, error);
      memset (self->seen, good, self->texts->len);
    }
  else
    good = ask_program (self, error);
  self->report->texts += self->texts->len;
  good = good && write_answers (self, error);
  forget_answers (self);
  g_ptr_array_set_size (self->texts, 0);
  if (good && self->progress != NULL)
    {
      guint64 size = hone_reader_get_size (self->reader);

      self->progress (size > 0 ? MIN ((double) hone_reader_get_position (self->reader) / size, 1) : NAN, _("Classifying"),
                      self->progress_data);
    }
  return good;
}

/* ---- all of them ---- */

static gboolean
take_refused (Classifier        *self,
              const HoneRecord  *record,
              GError           **error)
{
  const HoneRecordWarning *warning = record != NULL && record->warnings->len > 0 ? record->warnings->pdata[0] : NULL;

  self->report->refused++;
  if (self->options->skip_refused)
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT, _("“%s”, line %" G_GSIZE_FORMAT ": %s"),
               record != NULL && record->path != NULL ? record->path : "?", record != NULL ? record->line : 0,
               warning == NULL ? hone_warning_code_to_string (HONE_WARNING_MALFORMED)
               : warning->detail != NULL ? warning->detail : hone_warning_code_to_string (warning->code));
  return FALSE;
}

static gboolean
read_all (Classifier  *self,
          GError     **error)
{
  gsize n_bytes = 0;

  for (;;)
    {
      g_autoptr(HoneRecord) record = NULL;
      HoneReadStatus status = hone_reader_next (self->reader, &record, error);

      if (status == HONE_READ_ERROR)
        return FALSE;
      if (status == HONE_READ_END)
        return flush_chunk (self, error);
      if (status == HONE_READ_REFUSED)
        {
          if (!take_refused (self, record, error))
            return FALSE;
        }
      else if (record->text != NULL)
        {
          HoneClassifyText *text = g_new0 (HoneClassifyText, 1);

          n_bytes += strlen (record->text);
          text->id = g_steal_pointer (&record->external_id);
          text->text = g_steal_pointer (&record->text);
          g_ptr_array_add (self->texts, text);
        }
      if (self->texts->len >= _hone_classify_chunk || n_bytes >= CHUNK_BYTES)
        {
          n_bytes = 0;
          if (!flush_chunk (self, error))
            return FALSE;
        }
    }
}

/* ---- before ---- */

static gboolean
is_pipe (const char *path)
{
  GStatBuf status;

  return g_str_equal (path, "-") || (g_stat (path, &status) == 0 && (S_ISFIFO (status.st_mode) || S_ISCHR (status.st_mode)));
}

/* Readers look at the start of a file before they read it, which a pipe does not allow. */
static gboolean
copy_pipe (Classifier  *self,
           const char  *path,
           GError     **error)
{
  g_autoptr(GFile) pipe = g_file_new_for_path (path);
  g_autoptr(GInputStream) input = g_str_equal (path, "-") ? g_unix_input_stream_new (STDIN_FILENO, FALSE)
                                                           : G_INPUT_STREAM (g_file_read (pipe, _hone_control_get_cancellable (self->control), error));
  g_autoptr(GFile) file = NULL;
  g_autoptr(GFileOutputStream) output = NULL;

  self->input = g_build_filename (self->folder, "input", NULL);
  file = g_file_new_for_path (self->input);
  output = input == NULL ? NULL : g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  return output != NULL &&
         g_output_stream_splice (G_OUTPUT_STREAM (output), input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                 _hone_control_get_cancellable (self->control), error) >= 0;
}

static void
sweep_stale_folders (const char *runs)
{
  g_autoptr(GDir) folder = g_dir_open (runs, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (runs, name, NULL);
      g_autofree char *chunk = g_build_filename (path, "chunk", NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, FOLDER) && g_stat (path, &status) == 0 && status.st_mtime + STALE < now && !_hone_process_is_alive (chunk))
        _hone_remove_tree (path);
    }
}

static gboolean
make_folder (Classifier  *self,
             GError     **error)
{
  g_autofree char *runs = g_build_filename (g_get_user_data_dir (), "hone", "runs", NULL);

  if (!_hone_make_folder (runs, error))
    return FALSE;
  sweep_stale_folders (runs);
  self->folder = g_build_filename (runs, FOLDER "XXXXXX", NULL);
  if (g_mkdtemp_full (self->folder, 0700) != NULL)
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Cannot make a folder in “%s”"), runs);
  g_clear_pointer (&self->folder, g_free);
  return FALSE;
}

static gboolean
load_model (Classifier  *self,
            GError     **error)
{
  self->iteration = hone_store_get_iteration (self->store, self->options->iteration_id, error);
  if (self->iteration == NULL || !_hone_model_check (self->store, self->iteration, error) ||
      !_hone_model_info_read (self->store, self->iteration, &self->info, error))
    return FALSE;
  self->ontology = hone_store_dup_ontology_at (self->store, self->iteration->ontology_version, error);
  if (self->ontology == NULL)
    return FALSE;
  if (_hone_baseline_is (self->iteration))
    return TRUE;
  if (!hone_trust_check (self->info.trainer, error))
    return FALSE;
  self->program = self->info.trainer != NULL ? g_strdup (self->info.trainer) : hone_jobs_dup_engine (error);
  return self->program != NULL;
}

static gboolean
open_reader (Classifier  *self,
             GError     **error)
{
  const char * const *paths = self->options->paths;
  const char *copy[] = { NULL, NULL };
  HoneReaderOptions options = self->options->reader;

  if (paths[0] != NULL && paths[1] == NULL && is_pipe (paths[0]))
    {
      if (!copy_pipe (self, paths[0], error))
        return FALSE;
      copy[0] = self->input;
      paths = copy;
    }
  options.ontology = self->ontology;
  self->reader = hone_reader_open (paths, &options, error);
  return self->reader != NULL;
}

static gboolean
classify (Classifier  *self,
          GError     **error)
{
  self->texts = g_ptr_array_new_with_free_func (text_free);
  if (!load_model (self, error) || !make_folder (self, error) || !open_reader (self, error))
    return FALSE;
  self->table = _hone_classify_table_new (self->options->output, self->ontology, error);
  return self->table != NULL && read_all (self, error) && _hone_classify_table_close (self->table, error);
}

/* ---- in a thread ---- */

typedef struct {
  HoneClassifyOptions  options;
  HoneAsync           *progress;
  HoneControl         *control;
  gulong               cancelled_id;
  HoneClassifyReport   report;
} ClassifyTask;

static void
classify_task_free (gpointer data)
{
  ClassifyTask *self = data;

  g_strfreev ((char **) self->options.paths);
  g_free ((char *) self->options.output);
  g_free ((char *) self->options.reader.text_column);
  g_free ((char *) self->options.reader.label_column);
  g_free ((char *) self->options.reader.id_column);
  g_free ((char *) self->options.reader.split_column);
  g_free ((char *) self->options.reader.encoding);
  _hone_async_unref (self->progress);
  _hone_control_unref (self->control);
  g_free (self);
}

static void
cancelled (GCancellable *cancellable,
           HoneControl  *control)
{
  _hone_control_ask (control, HONE_REQUEST_CANCEL);
}

static void
classify_in_thread (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  ClassifyTask *self = data;
  Classifier classifier = {
    .store = source,
    .options = &self->options,
    .control = self->control,
    .progress = _hone_async_progress,
    .progress_data = self->progress,
    .report = &self->report,
  };
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;
  gulong id = 0;
  gboolean good;

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled), _hone_control_ref (self->control), (GDestroyNotify) _hone_control_unref);
  good = classify (&classifier, &error);
  classifier_clear (&classifier);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, id);
  self->report.seconds = (g_get_monotonic_time () - start) / (double) G_TIME_SPAN_SECOND;
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_classify_async:
 * @store: a project, which is not changed
 * @options: which texts, which model, where to; copied
 * @progress: (nullable): told how far it is, on the main loop of the caller
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when the table stands
 * @user_data: for @callback
 *
 * Classifies texts that are not in the project.
 */
void
hone_classify_async (HoneStore                  *store,
                     const HoneClassifyOptions  *options,
                     HoneJobsProgress            progress,
                     gpointer                    progress_data,
                     GCancellable               *cancellable,
                     GAsyncReadyCallback         callback,
                     gpointer                    user_data)
{
  g_autoptr(GTask) task = NULL;
  ClassifyTask *self;

  g_return_if_fail (HONE_IS_STORE (store));
  g_return_if_fail (options != NULL && options->paths != NULL && options->output != NULL);

  self = g_new0 (ClassifyTask, 1);
  self->options = *options;
  self->options.paths = (const char * const *) g_strdupv ((char **) options->paths);
  self->options.output = g_strdup (options->output);
  self->options.reader.text_column = g_strdup (options->reader.text_column);
  self->options.reader.label_column = g_strdup (options->reader.label_column);
  self->options.reader.id_column = g_strdup (options->reader.id_column);
  self->options.reader.split_column = g_strdup (options->reader.split_column);
  self->options.reader.encoding = g_strdup (options->reader.encoding);
  self->progress = _hone_async_new (progress, progress_data);
  self->control = _hone_control_new ();
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_classify_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, classify_task_free);
  g_task_run_in_thread (task, classify_in_thread);
}

/**
 * hone_classify_finish:
 * @store: the project
 * @result: given to the callback
 * @report: (out caller-allocates) (optional): what came out
 * @error: return location
 *
 * Returns: whether the table stands
 */
gboolean
hone_classify_finish (HoneStore           *store,
                      GAsyncResult        *result,
                      HoneClassifyReport  *report,
                      GError             **error)
{
  ClassifyTask *self;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  _hone_async_stop (self->progress);
  if (report != NULL)
    *report = self->report;
  return g_task_propagate_boolean (G_TASK (result), error);
}
