/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files into a project, in batches, visible at once or never. */
#include "config.h"

#include "hone-import.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-async-private.h"
#include "hone-import-private.h"
#include "store/hone-store-experiments.h"

#define BATCH 500

/**
 * hone_import_labels_from_string:
 * @string: "human", "known" or "ignore"
 * @labels: (out): what is to become of labels in files
 *
 * Returns: FALSE for anything else
 */
gboolean
hone_import_labels_from_string (const char       *string,
                                HoneImportLabels *labels)
{
  static const char * const names[] = { "human", "known", "ignore" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (string, names[i]) == 0)
      {
        *labels = (HoneImportLabels) i;
        return TRUE;
      }
  return FALSE;
}

/* ---- the work ---- */

typedef struct {
  HoneStore               *store;
  const HoneImportOptions *options;
  HoneJobsProgress         progress;
  gpointer                 progress_data;
  GCancellable            *cancellable;
  HoneImportReport        *report;
  HoneReader              *reader;
  HoneOntology            *ontology;      /* that words are matched with */
  gboolean                 new_ontology;  /* it becomes the project's */
  HoneTemplate            *template;
  HoneImportSurvey         survey;
  HoneStoreImport         *import;
  HoneImportRules          rules;
  GPtrArray               *batch;         /* of HoneImportEntry */
  guint64                  n_records;
} Importer;

static void
importer_clear (Importer *self)
{
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->import, hone_store_import_free);
  g_clear_pointer (&self->reader, hone_reader_free);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_clear_pointer (&self->template, hone_template_unref);
  _hone_import_survey_clear (&self->survey);
}

static void
tell_progress (Importer   *self,
               const char *what)
{
  guint64 size = hone_reader_get_size (self->reader);

  if (self->progress != NULL)
    self->progress (size > 0 ? MIN ((double) hone_reader_get_position (self->reader) / size, 1) : NAN, what, self->progress_data);
}

/* The first thing about a record that was refused, for people. */
static gboolean
refuse_record (const HoneRecord  *record,
               const char        *code,
               const char        *field,
               const char        *detail,
               GError           **error)
{
  g_autoptr(GString) place = g_string_new (NULL);

  if (record != NULL && record->path != NULL)
    g_string_append_printf (place, _("“%s”"), record->path);
  if (record != NULL && record->line > 0)
    g_string_append_printf (place, _(", line %" G_GSIZE_FORMAT), record->line);
  if (field != NULL)
    g_string_append_printf (place, _(", field “%s”"), field);
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT, "%s%s%s%s%s", place->str, place->len > 0 ? ": " : "", code,
               detail != NULL ? ": " : "", detail != NULL ? detail : "");
  return FALSE;
}

/* ---- what became of a record ---- */

/* Each code once per record; a refused record's unreadable parts are no warnings. */
static void
count_warnings (HoneImportReport *report,
                const HoneRecord *record,
                gboolean          refused)
{
  gboolean counted[HONE_N_WARNINGS] = { FALSE };

  for (guint i = 0; record != NULL && record->warnings != NULL && i < record->warnings->len; i++)
    {
      const HoneRecordWarning *warning = record->warnings->pdata[i];

      _hone_import_report_add_problem (report, record, hone_warning_code_to_string (warning->code), warning->field, warning->detail, refused);
      if (counted[warning->code] || warning->code == HONE_WARNING_MALFORMED)
        continue;
      counted[warning->code] = TRUE;
      report->warnings[warning->code]++;
    }
}

static gboolean
take_refused (Importer    *self,
              HoneRecord  *record,
              GError     **error)
{
  const HoneRecordWarning *first = record != NULL && record->warnings != NULL && record->warnings->len > 0 ? record->warnings->pdata[0] : NULL;

  self->report->refused++;
  count_warnings (self->report, record, TRUE);
  if (self->options->skip_refused)
    return TRUE;
  return refuse_record (record, hone_warning_code_to_string (first != NULL ? first->code : HONE_WARNING_MALFORMED),
                        first != NULL ? first->field : NULL, first != NULL ? first->detail : NULL, error);
}

static gboolean
take_result (Importer                *self,
             HoneImportEntry         *entry,
             const HoneImportResult  *result,
             GError                 **error)
{
  HoneRecord *record = entry->record;

  if (result->id_conflict)
    {
      hone_record_warn (record, HONE_WARNING_ID_CONFLICT, NULL, record->external_id);
      return take_refused (self, record, error);
    }
  if (result->unknown_id)
    hone_record_warn (record, HONE_WARNING_UNKNOWN_ID, NULL, record->external_id != NULL ? record->external_id : record->join_key);
  else
    self->report->failed += entry->n_failed;
  if (result->duplicate_text)
    hone_record_warn (record, HONE_WARNING_DUPLICATE_TEXT, NULL, NULL);
  if (result->conflicting_labels)
    hone_record_warn (record, HONE_WARNING_CONFLICTING_LABELS, NULL, NULL);
  if (result->leak)
    hone_record_warn (record, HONE_WARNING_LEAK, NULL, NULL);
  count_warnings (self->report, record, FALSE);
  return TRUE;
}

/* Known answers are for train alone: elsewhere the labels count at once. */
static gboolean
reveal_outside_train (Importer          *self,
                      HoneImportResult  *results,
                      GError           **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (HoneImportRow));
  g_autofree HoneImportResult *ignored = NULL;

  for (guint i = 0; i < self->batch->len; i++)
    {
      HoneImportEntry *entry = self->batch->pdata[i];
      HoneImportRow row = {
        .external_id = entry->row.external_id,
        .join_key = entry->row.join_key,
        .join_by_text = entry->row.join_by_text,
        .must_exist = TRUE,
        .text = entry->row.text,
        .split = entry->row.split,
        .labels = (const HoneLabel *) (gpointer) entry->hidden->data,
        .n_labels = entry->hidden->len,
      };

      if (entry->hidden->len > 0 && !results[i].id_conflict && !results[i].unknown_id && results[i].split != HONE_SPLIT_TRAIN)
        g_array_append_val (rows, row);
    }
  if (rows->len == 0)
    return TRUE;
  ignored = g_new0 (HoneImportResult, rows->len);
  return hone_store_import_add (self->import, (const HoneImportRow *) (gpointer) rows->data, rows->len, ignored, error);
}

static gboolean
flush_batch (Importer  *self,
             GError   **error)
{
  g_autofree HoneImportRow *rows = g_new (HoneImportRow, self->batch->len + 1);
  g_autofree HoneImportResult *results = g_new0 (HoneImportResult, self->batch->len + 1);
  gboolean good = TRUE;

  if (self->batch->len == 0)
    return TRUE;
  for (guint i = 0; i < self->batch->len; i++)
    rows[i] = ((HoneImportEntry *) self->batch->pdata[i])->row;
  if (!hone_store_import_add (self->import, rows, self->batch->len, results, error) || !reveal_outside_train (self, results, error))
    return FALSE;
  for (guint i = 0; i < self->batch->len && good; i++)
    good = take_result (self, self->batch->pdata[i], &results[i], error);
  g_ptr_array_set_size (self->batch, 0);
  tell_progress (self, _("Importing"));
  return good && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
read_all (Importer  *self,
          GError   **error)
{
  for (;;)
    {
      g_autoptr(HoneRecord) record = NULL;

      switch (hone_reader_next (self->reader, &record, error))
        {
        case HONE_READ_RECORD:
          _hone_import_report_add_sample (self->report, record);
          g_ptr_array_add (self->batch, _hone_import_entry_new (g_steal_pointer (&record), &self->rules, ++self->n_records));
          if (self->batch->len >= BATCH && !flush_batch (self, error))
            return FALSE;
          break;
        case HONE_READ_REFUSED:
          /* What stands before it comes first, so that the first problem is the one that is told. */
          if (!flush_batch (self, error) || !take_refused (self, record, error))
            return FALSE;
          break;
        case HONE_READ_END:
          return flush_batch (self, error);
        case HONE_READ_ERROR:
        default:
          return FALSE;
        }
    }
}

/* ---- before and after ---- */

static HoneReader *
open_reader (Importer  *self,
             GError   **error)
{
  HoneReaderOptions reader = self->options->reader;

  reader.ontology = self->ontology != NULL && hone_ontology_get_size (self->ontology) > 0 ? self->ontology : NULL;
  reader.template = self->template;
  return hone_reader_open (self->options->paths, &reader, error);
}

static gboolean
find_categories (Importer  *self,
                 GError   **error)
{
  gboolean empty = self->ontology == NULL || hone_ontology_get_size (self->ontology) == 0;
  const HoneOntology *declared = empty ? hone_reader_get_ontology (self->reader) : NULL;
  gboolean derive = empty && (declared == NULL || hone_ontology_get_size (declared) == 0);

  if (empty && !derive)
    {
      g_clear_pointer (&self->ontology, hone_ontology_unref);
      self->ontology = hone_ontology_copy (declared);
      self->new_ontology = TRUE;
    }
  if (!_hone_import_survey_needed (hone_reader_get_format (self->reader), derive))
    return TRUE;
  if (!_hone_import_survey (self->reader, derive, &self->survey, self->progress, self->progress_data, self->cancellable, error))
    return FALSE;
  if (derive && self->survey.derived != NULL)
    {
      g_clear_pointer (&self->ontology, hone_ontology_unref);
      self->ontology = hone_ontology_ref (self->survey.derived);
      self->new_ontology = TRUE;
    }
  g_clear_pointer (&self->reader, hone_reader_free);
  self->reader = open_reader (self, error);
  return self->reader != NULL;
}

static char *
describe_paths (const char * const *paths)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *shown = g_filename_display_name (name);

      if (i == 10)
        {
          g_string_append (names, ", …");
          break;
        }
      g_string_append_printf (names, i > 0 ? ", %s" : "%s", shown);
    }
  return g_string_free (names, FALSE);
}

/* The template that a chat or completion file was written with is only taken over before anything was trained with another one. */
static void
keep_template (Importer *self)
{
  HoneTemplate *learnt = hone_reader_get_template (self->reader);
  g_autoptr(HoneTemplate) plain = hone_template_new_default ();
  g_autoptr(GPtrArray) experiments = NULL;
  g_autoptr(GError) error = NULL;

  if (learnt == NULL || strcmp (hone_template_get_hash (self->template), hone_template_get_hash (plain)) != 0 ||
      strcmp (hone_template_get_hash (learnt), hone_template_get_hash (plain)) == 0)
    return;
  experiments = hone_store_list_experiments (self->store, &error);
  for (guint i = 0; experiments != NULL && i < experiments->len; i++)
    if (!g_str_equal (((HoneExperiment *) experiments->pdata[i])->provider, "imported"))
      return;
  if (error != NULL || !hone_store_set_template (self->store, learnt, &error))
    _hone_import_report_add_problem (self->report, NULL, "template", NULL, error->message, FALSE);
}

static void
take_counts (Importer *self)
{
  HoneImportReport *report = self->report;
  HoneImportCounts counts;

  hone_store_import_get_counts (self->import, &counts);
  report->examples = counts.examples;
  report->labels = counts.labels;
  report->current = counts.current;
  report->known = counts.known;
  report->skipped = counts.skipped;
  memcpy (report->predictions, counts.predictions, sizeof report->predictions);
  report->predictions[HONE_OUTCOME_FAILED] = 0;
  memcpy (report->splits, counts.splits, sizeof report->splits);
}

static void
take_file_warnings (Importer *self)
{
  GPtrArray *warnings = hone_reader_get_warnings (self->reader);

  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    {
      const HoneRecordWarning *warning = warnings->pdata[i];

      _hone_import_report_add_problem (self->report, NULL, hone_warning_code_to_string (warning->code), warning->field, warning->detail, FALSE);
      self->report->warnings[warning->code]++;
    }
  if (self->survey.flat_models != NULL)
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, self->survey.flat_models);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        {
          _hone_import_report_add_problem (self->report, NULL, hone_warning_code_to_string (HONE_WARNING_ONE_CONFIDENCE), NULL,
                       _("all predictions of a model have one confidence: none was imported"), FALSE);
          self->report->warnings[HONE_WARNING_ONE_CONFIDENCE]++;
        }
    }
}

static gboolean
import_all (Importer  *self,
            GError   **error)
{
  HoneImportReport *report = self->report;

  self->ontology = hone_store_dup_ontology (self->store);
  self->template = hone_store_dup_template (self->store);
  self->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) _hone_import_entry_free);
  self->reader = open_reader (self, error);
  if (self->reader == NULL || !find_categories (self, error))
    return FALSE;
  if (self->ontology == NULL)
    self->ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  report->format = hone_reader_get_format (self->reader);
  report->description = hone_reader_dup_description (self->reader);
  report->columns = g_strdupv ((char **) hone_reader_get_columns (self->reader));
  if (self->new_ontology)
    report->new_ontology = hone_ontology_copy (self->ontology);
  self->rules = (HoneImportRules) {
    self->ontology, self->template, self->options->labels, self->options->split, self->options->shares != NULL, self->survey.flat_models
  };

  self->import = hone_store_import_begin (self->store, report->source, hone_format_to_string (report->format), self->options->shares, error);
  if (self->import == NULL)
    return FALSE;
  if (self->new_ontology)
    hone_store_import_set_ontology (self->import, self->ontology);
  if (!read_all (self, error))
    return FALSE;
  take_file_warnings (self);
  if (!self->options->dry_run)
    {
      report->import_id = hone_store_import_finish (self->import, self->new_ontology ? self->ontology : NULL, error);
      if (report->import_id == 0)
        return FALSE;
      keep_template (self);
    }
  take_counts (self);
  return TRUE;
}

/**
 * hone_import_run:
 * @store: a project that can be written
 * @options: what to import and how
 * @progress: (nullable) (scope call): told how far it is, in this thread
 * @progress_data: for @progress
 * @report: (out) (optional): what came of it; also with %HONE_JOBS_ERROR_BAD_INPUT
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Imports files. Whatever goes wrong, and after a dry run, the project is as it was. Blocks: for worker threads and programs without a
 * window.
 *
 * Returns: whether everything is in the project, or would be
 */
gboolean
hone_import_run (HoneStore                *store,
                 const HoneImportOptions  *options,
                 HoneJobsProgress          progress,
                 gpointer                  progress_data,
                 HoneImportReport        **report,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  Importer self = { .store = store, .options = options, .progress = progress, .progress_data = progress_data, .cancellable = cancellable };
  gboolean good;

  g_return_val_if_fail (HONE_IS_STORE (store), FALSE);
  g_return_val_if_fail (options != NULL && options->paths != NULL, FALSE);

  self.report = _hone_import_report_new ();
  self.report->source = describe_paths (options->paths);
  self.report->dry_run = options->dry_run;
  good = import_all (&self, error);
  importer_clear (&self);
  if (report != NULL)
    *report = self.report;
  else
    hone_import_report_free (self.report);
  return good;
}

/* ---- for windows ---- */

typedef struct {
  HoneImportOptions  options;
  HoneShares         shares;
  HoneAsync         *progress;
  HoneImportReport  *report;
} ImportTask;

static void
import_task_free (gpointer data)
{
  ImportTask *self = data;

  g_strfreev ((char **) self->options.paths);
  g_free ((char *) self->options.reader.text_column);
  g_free ((char *) self->options.reader.label_column);
  g_free ((char *) self->options.reader.id_column);
  g_free ((char *) self->options.reader.split_column);
  g_free ((char *) self->options.reader.encoding);
  _hone_async_unref (self->progress);
  g_clear_pointer (&self->report, hone_import_report_free);
  g_free (self);
}

static void
import_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  ImportTask *self = data;
  GError *error = NULL;

  if (hone_import_run (source, &self->options, _hone_async_progress, self->progress, &self->report, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_import_run_async:
 * @store: a project that can be written
 * @options: what to import and how; copied
 * @progress: (nullable): told how far it is, on the main loop of the caller
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Like hone_import_run(), in a thread.
 */
void
hone_import_run_async (HoneStore                *store,
                       const HoneImportOptions  *options,
                       HoneJobsProgress          progress,
                       gpointer                  progress_data,
                       GCancellable             *cancellable,
                       GAsyncReadyCallback       callback,
                       gpointer                  user_data)
{
  g_autoptr(GTask) task = NULL;
  ImportTask *self;

  g_return_if_fail (HONE_IS_STORE (store));
  g_return_if_fail (options != NULL && options->paths != NULL);

  self = g_new0 (ImportTask, 1);
  self->options = *options;
  self->options.paths = (const char * const *) g_strdupv ((char **) options->paths);
  self->options.reader.text_column = g_strdup (options->reader.text_column);
  self->options.reader.label_column = g_strdup (options->reader.label_column);
  self->options.reader.id_column = g_strdup (options->reader.id_column);
  self->options.reader.split_column = g_strdup (options->reader.split_column);
  self->options.reader.encoding = g_strdup (options->reader.encoding);
  if (options->shares != NULL)
    {
      self->shares = *options->shares;
      self->options.shares = &self->shares;
    }
  self->progress = _hone_async_new (progress, progress_data);
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_import_run_async);
  /* What was committed is never reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, import_task_free);
  g_task_run_in_thread (task, import_in_thread);
}

/**
 * hone_import_run_finish:
 * @store: the project
 * @result: given to the callback
 * @report: (out) (optional): what came of it; also with %HONE_JOBS_ERROR_BAD_INPUT
 * @error: return location
 *
 * Returns: whether everything is in the project, or would be
 */
gboolean
hone_import_run_finish (HoneStore         *store,
                        GAsyncResult      *result,
                        HoneImportReport **report,
                        GError           **error)
{
  ImportTask *self;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  _hone_async_stop (self->progress);
  if (report != NULL)
    *report = g_steal_pointer (&self->report);
  return g_task_propagate_boolean (G_TASK (result), error);
}
