/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples of a project as records, one after the other, into a loss report or a writer. */
#include "config.h"

#include "hone-exporter.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-async-private.h"
#include "hone-export-records-private.h"
#include "store/hone-store-experiments.h"

#define MAX_PROBLEMS 100

/**
 * hone_export_what_from_string:
 * @string: "labels", "predictions" or "texts"
 * @what: (out): what to export
 *
 * Returns: FALSE for anything else
 */
gboolean
hone_export_what_from_string (const char     *string,
                              HoneExportWhat *what)
{
  static const char * const names[] = { "labels", "predictions", "texts" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (string, names[i]) == 0)
      {
        *what = (HoneExportWhat) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * hone_export_report_free:
 * @self: (transfer full): a report
 */
void
hone_export_report_free (HoneExportReport *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_strfreev (self->losses);
  g_free (self);
}

typedef struct {
  HoneStore               *store;
  const HoneExportOptions *options;
  HoneExportRecords        records;
  HoneTemplate            *template;
  char                    *model, *project;
  HoneWriterOptions        writing;
  HoneLossReport          *loss;          /* (nullable) */
  HoneWriter              *writer;        /* (nullable) */
  HoneExportReport        *report;
  HoneJobsProgress         progress;
  gpointer                 progress_data;
  guint64                  n_done, n_all;
  gboolean                 test_seen;
} Exporter;

static void
exporter_clear (Exporter *self)
{
  _hone_export_records_clear (&self->records);
  g_clear_pointer (&self->template, hone_template_unref);
  g_clear_pointer (&self->loss, hone_loss_report_free);
  g_clear_pointer (&self->writer, hone_writer_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->project, g_free);
}

/* ---- all of them ---- */

static gboolean
take_example (const HoneExample  *example,
              gpointer            data,
              GError            **error)
{
  Exporter *self = data;
  g_autoptr(HoneRecord) record = _hone_export_records_make (&self->records, example, error);
  g_autoptr(GError) reason = NULL;

  if (record == NULL)
    return FALSE;
  if (++self->n_done % 500 == 0 && self->progress != NULL)
    self->progress (self->n_all > 0 ? (double) self->n_done / self->n_all : NAN, _("Exporting"), self->progress_data);
  if (example->split == HONE_SPLIT_TEST && record->predictions != NULL && record->predictions->len > 0)
    self->test_seen = TRUE;
  if (self->loss != NULL)
    hone_loss_report_add (self->loss, record);
  if (self->writer == NULL || hone_writer_write (self->writer, record, &reason))
    {
      self->report->examples++;
      return TRUE;
    }
  if (!g_error_matches (reason, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNWRITABLE))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  self->report->unwritable++;
  if (self->report->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (self->report->problems, g_strdup (reason->message));
  return TRUE;
}

static gboolean
each_example (Exporter      *self,
              GCancellable  *cancellable,
              GError       **error)
{
  HoneFilter filter = HONE_FILTER_ALL;

  filter.split = self->options->split;
  self->n_done = 0;
  return hone_store_each_example (self->store, &filter, take_example, self, cancellable, error);
}

static gboolean
find_iterations (Exporter  *self,
                 GError   **error)
{
  const HoneExportOptions *options = self->options;
  gboolean all = options->format == HONE_FORMAT_HONE_JSONL && options->what != HONE_EXPORT_TEXTS;
  g_autoptr(GPtrArray) experiments = NULL;

  if (options->iteration_id != 0)
    {
      HoneIteration *iteration = hone_store_get_iteration (self->store, options->iteration_id, error);

      if (iteration == NULL)
        return FALSE;
      self->model = g_strdup (iteration->experiment);
      _hone_export_records_take_iteration (&self->records, iteration);
      return TRUE;
    }
  if (!all || options->what != HONE_EXPORT_PREDICTIONS)
    {
      if (options->what != HONE_EXPORT_PREDICTIONS)
        return TRUE;
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE, _("The format “%s” holds the predictions of one iteration: which one?"),
                   hone_format_to_string (options->format));
      return FALSE;
    }
  experiments = hone_store_list_experiments (self->store, error);
  for (guint i = 0; experiments != NULL && i < experiments->len; i++)
    {
      g_autoptr(GPtrArray) iterations = hone_store_list_iterations (self->store, ((HoneExperiment *) experiments->pdata[i])->id, error);

      if (iterations == NULL)
        return FALSE;
      for (guint j = 0; j < iterations->len; j++)
        {
          HoneIteration *iteration = hone_store_get_iteration (self->store, ((HoneIteration *) iterations->pdata[j])->id, NULL);

          if (iteration != NULL)
            _hone_export_records_take_iteration (&self->records, iteration);
        }
    }
  return experiments != NULL;
}

static gboolean
exporter_init (Exporter                 *self,
               HoneStore                *store,
               const HoneExportOptions  *options,
               GError                  **error)
{
  HoneFilter filter = HONE_FILTER_ALL;

  self->store = store;
  self->options = options;
  self->report = g_new0 (HoneExportReport, 1);
  self->report->problems = g_ptr_array_new_with_free_func (g_free);
  if (options->format == HONE_FORMAT_AUTO || !hone_format_can_write (options->format))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE, _("Hone reads the format “%s” but does not write it"),
                   hone_format_to_string (options->format));
      return FALSE;
    }
  _hone_export_records_init (&self->records, store, options->what != HONE_EXPORT_TEXTS,
                             options->what != HONE_EXPORT_TEXTS && options->format == HONE_FORMAT_HONE_JSONL);
  self->template = hone_store_dup_template (store);
  self->project = g_path_get_basename (hone_store_get_path (store));
  if (!find_iterations (self, error))
    return FALSE;
  filter.split = options->split;
  self->n_all = hone_store_count (store, &filter, NULL, error);
  if (self->n_all == G_MAXUINT64)
    return FALSE;
  self->writing = (HoneWriterOptions) {
    .format = options->format,
    .ontology = self->records.ontology,
    .template = self->template,
    .project_name = self->project,
    .model = self->model,
    .with_labels = self->records.with_labels,
    .with_predictions = g_hash_table_size (self->records.iterations) > 0,
    .flat = options->format == HONE_FORMAT_ARGILLA && options->path != NULL && g_str_has_suffix (options->path, ".json"),
  };
  return TRUE;
}

static void
take_losses (Exporter *self)
{
  self->report->losses = g_strdupv ((char **) hone_loss_report_sentences (self->loss));
  for (int part = 0; part < HONE_N_PARTS; part++)
    self->report->loss_counts[part] = hone_loss_report_get_count (self->loss, part);
  self->report->opening = self->test_seen;
}

/* What is shown of test is on record before it can be seen. */
static gboolean
record_opening (Exporter  *self,
                GError   **error)
{
  GHashTableIter iter;
  gpointer key;

  if (!self->test_seen || !hone_store_get_writable (self->store))
    return TRUE;
  g_hash_table_iter_init (&iter, self->records.iterations);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!hone_store_add_opening (self->store, *(gint64 *) key, "export", error))
      return FALSE;
  return TRUE;
}

static gboolean
export (Exporter      *self,
        GCancellable  *cancellable,
        GError       **error)
{
  self->writer = hone_writer_open (self->options->path, &self->writing, error);
  if (self->writer == NULL)
    return FALSE;
  self->loss = hone_loss_report_new (&self->writing);
  if (!each_example (self, cancellable, error) || !record_opening (self, error) || !hone_writer_close (self->writer, error))
    return FALSE;
  take_losses (self);
  return TRUE;
}

static void
give_report (Exporter          *self,
             gboolean           good,
             HoneExportReport **report)
{
  if (report != NULL)
    *report = good ? g_steal_pointer (&self->report) : NULL;
  g_clear_pointer (&self->report, hone_export_report_free);
  exporter_clear (self);
}

/**
 * hone_export_preview:
 * @store: a project
 * @options: what would be exported; the path is not looked at
 * @report: (out): what would be lost
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Says what an export would leave out, with counts, without writing anything. Blocks.
 *
 * Returns: whether that could be said
 */
gboolean
hone_export_preview (HoneStore                *store,
                     const HoneExportOptions  *options,
                     HoneExportReport        **report,
                     GCancellable             *cancellable,
                     GError                  **error)
{
  Exporter self = { NULL };
  gboolean good;

  g_return_val_if_fail (HONE_IS_STORE (store), FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  good = exporter_init (&self, store, options, error);
  if (good)
    {
      self.loss = hone_loss_report_new (&self.writing);
      good = each_example (&self, cancellable, error);
    }
  if (good)
    take_losses (&self);
  give_report (&self, good, report);
  return good;
}

/**
 * hone_export_run:
 * @store: a project
 * @options: what to export, and where to
 * @progress: (nullable) (scope call): told how far it is, in this thread
 * @progress_data: for @progress
 * @report: (out) (optional): what was written and what was lost
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Exports. The path is whole afterwards or as it was. Labels and predictions of test together are an opening, recorded where the project
 * can be written. Blocks.
 *
 * Returns: whether the files stand
 */
gboolean
hone_export_run (HoneStore                *store,
                 const HoneExportOptions  *options,
                 HoneJobsProgress          progress,
                 gpointer                  progress_data,
                 HoneExportReport        **report,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  Exporter self = { .progress = progress, .progress_data = progress_data };
  gboolean good;

  g_return_val_if_fail (HONE_IS_STORE (store), FALSE);
  g_return_val_if_fail (options != NULL && options->path != NULL, FALSE);

  good = exporter_init (&self, store, options, error) && export (&self, cancellable, error);
  give_report (&self, good, report);
  return good;
}

/* ---- for windows ---- */

typedef struct {
  HoneExportOptions  options;
  HoneAsync         *progress;
  HoneExportReport  *report;
} ExportTask;

static void
export_task_free (gpointer data)
{
  ExportTask *self = data;

  g_free ((char *) self->options.path);
  _hone_async_unref (self->progress);
  g_clear_pointer (&self->report, hone_export_report_free);
  g_free (self);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  ExportTask *self = data;
  GError *error = NULL;

  if (hone_export_run (source, &self->options, _hone_async_progress, self->progress, &self->report, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_export_run_async:
 * @store: a project
 * @options: what to export, and where to; copied
 * @progress: (nullable): told how far it is, on the main loop of the caller
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Like hone_export_run(), in a thread.
 */
void
hone_export_run_async (HoneStore                *store,
                       const HoneExportOptions  *options,
                       HoneJobsProgress          progress,
                       gpointer                  progress_data,
                       GCancellable             *cancellable,
                       GAsyncReadyCallback       callback,
                       gpointer                  user_data)
{
  g_autoptr(GTask) task = NULL;
  ExportTask *self;

  g_return_if_fail (HONE_IS_STORE (store));
  g_return_if_fail (options != NULL && options->path != NULL);

  self = g_new0 (ExportTask, 1);
  self->options = *options;
  self->options.path = g_strdup (options->path);
  self->progress = _hone_async_new (progress, progress_data);
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_export_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, export_task_free);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * hone_export_run_finish:
 * @store: the project
 * @result: given to the callback
 * @report: (out) (optional): what was written and what was lost
 * @error: return location
 *
 * Returns: whether the files stand
 */
gboolean
hone_export_run_finish (HoneStore         *store,
                        GAsyncResult      *result,
                        HoneExportReport **report,
                        GError           **error)
{
  ExportTask *self;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  _hone_async_stop (self->progress);
  if (report != NULL)
    *report = g_steal_pointer (&self->report);
  return g_task_propagate_boolean (G_TASK (result), error);
}
