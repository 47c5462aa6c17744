/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold before a model is trained; whatever does not is said before anything is written. */
#include "config.h"

#include "hone-tune.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-job-files-private.h"
#include "hone-out-private.h"
#include "hone-run-private.h"
#include "hone-trust.h"
#include "hone-tune-private.h"

#define METHOD_NGRAMS "ngrams"
#define MAX_SEED      (G_GUINT64_CONSTANT (1) << 53)   /* JSON numbers are doubles in many programs */

static gboolean
refuse_usage (GError     **error,
              const char  *format,
              ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE, format, arguments);
  va_end (arguments);
  return FALSE;
}

/* ---- settings ---- */

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* "true", "false" and numbers in the C locale are what they look like; everything else is a string. */
static void
print_typed (GString    *out,
             const char *name,
             const char *value)
{
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);

  if (g_str_equal (value, "true") || g_str_equal (value, "false"))
    _hone_out_json (out, name, value);
  else if (*value != '\0' && *end == '\0' && !g_ascii_isspace (*value) && isfinite (number))
    _hone_out_number (out, name, number);
  else
    _hone_out_string (out, name, value);
}

static char *
print_settings (GHashTable *settings)
{
  GString *out = g_string_new ("{");
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  if (settings != NULL)
    {
      g_hash_table_iter_init (&iter, settings);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_ptr_array_add (names, name);
    }
  /* In a fixed order: the same settings are the same job. */
  g_ptr_array_sort (names, compare_strings);
  for (guint i = 0; i < names->len; i++)
    print_typed (out, names->pdata[i], g_hash_table_lookup (settings, names->pdata[i]));
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* ---- experiment ---- */

static gboolean
find_experiment (HoneStore       *store,
                 const char      *name,
                 HoneExperiment **experiment,
                 GError         **error)
{
  g_autoptr(GError) reason = NULL;

  *experiment = hone_store_find_experiment (store, name, &reason);
  if (*experiment != NULL || g_error_matches (reason, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static char *
get_trainer_of (const HoneExperiment *experiment)
{
  HoneJson *object = experiment->settings != NULL ? hone_json_parse (experiment->settings, -1, NULL) : NULL;
  char *trainer = g_strdup (hone_json_get_string (hone_json_get (object, "trainer")));

  g_clear_pointer (&object, hone_json_free);
  return trainer;
}

/* An absolute path, so that it means the same wherever the run is resumed. */
static char *
find_trainer (const char  *given,
              GError     **error)
{
  g_autofree char *path = strchr (given, G_DIR_SEPARATOR) != NULL ? g_canonicalize_filename (given, NULL) : g_find_program_in_path (given);

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&path);
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TRAINER_MISSING, _("The trainer “%s” is not there or cannot be run"), given);
  return NULL;
}

static gboolean
keep_equal (const char           *what,
            const HoneExperiment *experiment,
            const char           *before,
            const char           *given,
            char                **value,
            GError              **error)
{
  if (experiment != NULL && given != NULL && g_strcmp0 (before, given) != 0)
    return refuse_usage (error, _("The %s of experiment “%s” is “%s”, not “%s”; another experiment can have another one"), what,
                         experiment->name, before != NULL ? before : "-", given);
  hone_set_str (value, experiment != NULL ? before : given);
  return TRUE;
}

static gboolean
choose_provider (const HoneTuneOptions *options,
                 const HoneExperiment  *experiment,
                 HoneParameters        *parameters,
                 GError               **error)
{
  g_autofree char *before = experiment != NULL ? get_trainer_of (experiment) : NULL;
  g_autofree char *given = NULL;
  g_autofree char *engine = NULL;

  if (experiment != NULL && !g_str_equal (experiment->provider, "engine") && !g_str_equal (experiment->provider, "trainer"))
    return refuse_usage (error, _("Experiment “%s” holds predictions from a file and cannot be trained"), experiment->name);
  if (options->trainer != NULL && (given = find_trainer (options->trainer, error)) == NULL)
    return FALSE;
  if (!keep_equal (_("trainer"), experiment, before, given, &parameters->trainer, error))
    return FALSE;
  parameters->provider = g_strdup (parameters->trainer != NULL ? "trainer" : "engine");
  if (parameters->trainer != NULL)
    return given != NULL || ((engine = find_trainer (parameters->trainer, error)) != NULL && hone_trust_check (parameters->trainer, error));
  engine = hone_jobs_dup_engine (error);
  return engine != NULL;
}

static gboolean
choose_method (const HoneTuneOptions *options,
               const HoneExperiment  *experiment,
               HoneParameters        *parameters,
               GError               **error)
{
  gboolean engine = g_str_equal (parameters->provider, "engine");
  const char *before = experiment != NULL ? experiment->method : NULL;

  if (!keep_equal (_("method"), experiment, before, options->method, &parameters->method, error) ||
      !keep_equal (_("base model"), experiment, experiment != NULL ? experiment->base : NULL, options->base, &parameters->base, error))
    return FALSE;
  if (engine && parameters->method == NULL)
    parameters->method = g_strdup (METHOD_NGRAMS);
  if (engine && !g_str_equal (parameters->method, METHOD_NGRAMS))
    return refuse_usage (error, _("The method “%s” is not in this version of Hone, which has “%s”"), parameters->method, METHOD_NGRAMS);
  if (engine && parameters->base != NULL)
    return refuse_usage (error, _("The method “%s” has no base model"), parameters->method);
  if (engine && options->from >= 0)
    return refuse_usage (error, _("The method “%s” cannot go on from an earlier iteration: it always trains anew on all labels"),
                         parameters->method);
  return TRUE;
}

/* A model that was trained with one template must not be trained on with another. */
static gboolean
check_template (HoneStore            *store,
                const HoneIteration  *parent,
                GError              **error)
{
  g_autoptr(HoneTemplate) template = hone_store_dup_template (store);

  if (parent->template_hash == NULL || g_str_equal (parent->template_hash, hone_template_get_hash (template)))
    return TRUE;
  return refuse_usage (error, _("“%s@%d” was trained with another template than the project has now, so it cannot be gone on from"),
                       parent->experiment, parent->number);
}

static gboolean
choose_parent (HoneStore             *store,
               const HoneTuneOptions *options,
               HoneParameters        *parameters,
               GError               **error)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr(HoneIteration) parent = NULL;

  if (options->from < 0)
    return TRUE;
  name = g_strdup_printf ("%s@%d", options->experiment, options->from);
  parent = hone_store_find_iteration (store, name, error);
  if (parent == NULL)
    return FALSE;
  if (parent->model == NULL)
    return refuse_usage (error, _("“%s” has no model to go on from"), name);
  path = hone_jobs_dup_model_path (parent->model);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_MODEL_MISSING, _("The model of “%s” is not on this computer (“%s”)"), name, path);
      return FALSE;
    }
  if (!check_template (store, parent, error))
    return FALSE;
  parameters->parent_id = parent->id;
  parameters->parent_model = g_strdup (parent->model);
  return TRUE;
}

/* ---- labels ---- */

gboolean
_hone_tune_check_labels (HoneStore  *store,
                         GError    **error)
{
  HoneTrainingSummary summary = { 0 };
  HoneSplitCounts counts[HONE_N_SPLITS];

  if (!hone_store_preview_training_list (store, &summary, error) || !hone_store_get_split_counts (store, counts, error))
    return FALSE;
  if (summary.n_labels > 0)
    return TRUE;
  if (summary.n_kept_out > 0)
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS,
                 _("All %" G_GUINT64_FORMAT " labelled texts of train are near copies of validation or test texts, so nothing is left to learn "
                   "from"), summary.n_kept_out);
  else if (counts[HONE_SPLIT_TRAIN].known > 0)
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS,
                 _("No text of train has a label to learn from; %" G_GUINT64_FORMAT " known answers are hidden"), counts[HONE_SPLIT_TRAIN].known);
  else
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS, _("No text of train has a label to learn from"));
  return FALSE;
}

static gboolean
check_project (HoneStore              *store,
               const HoneTuneOptions  *options,
               GError                **error)
{
  g_autoptr(HoneOntology) ontology = NULL;

  if (options->experiment == NULL || *options->experiment == '\0' || strchr (options->experiment, '@') != NULL)
    return refuse_usage (error, _("“%s” cannot be the name of an experiment: it must not be empty nor hold “@”"),
                         options->experiment != NULL ? options->experiment : "");
  if (options->has_seed && options->seed >= MAX_SEED)
    return refuse_usage (error, _("The seed %" G_GUINT64_FORMAT " is not below 2^53"), options->seed);
  if (!isfinite (options->minutes) || options->minutes < 0)
    return refuse_usage (error, _("The time limit must be a number of minutes above 0"));
  ontology = hone_store_dup_ontology (store);
  if (ontology != NULL && hone_ontology_get_size (ontology) > 0)
    {
      g_autoptr(HoneTemplate) template = hone_store_dup_template (store);

      return _hone_job_check_answers (ontology, template, error);
    }
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_ONTOLOGY, _("“%s” has no categories yet"), hone_store_get_path (store));
  return FALSE;
}

/* ---- the plan ---- */

gboolean
_hone_tune_check (HoneStore              *store,
                  const HoneTuneOptions  *options,
                  HoneParameters         *parameters,
                  GError                **error)
{
  g_autoptr(HoneExperiment) experiment = NULL;

  parameters->settings = print_settings (options->settings);
  parameters->experiment = g_strdup (options->experiment);
  parameters->seed = options->has_seed ? options->seed : hone_store_get_seed (store) % MAX_SEED;
  parameters->minutes = options->minutes;
  parameters->split = HONE_SPLIT_VALIDATION;
  return check_project (store, options, error) && find_experiment (store, options->experiment, &experiment, error) &&
         choose_provider (options, experiment, parameters, error) && choose_method (options, experiment, parameters, error) &&
         choose_parent (store, options, parameters, error);
}

static HoneRunRecord *
plan_tune (HoneStore  *store,
           gpointer    data,
           GError    **error)
{
  const HoneTuneOptions *options = data;
  g_autoptr(HoneParameters) parameters = g_new0 (HoneParameters, 1);
  g_autofree char *json = NULL;
  g_autofree char *title = NULL;

  if (!_hone_tune_check (store, options, parameters, error) || !_hone_tune_check_labels (store, error))
    return NULL;
  /* Who names a program means it to run. */
  if (options->trainer != NULL && !hone_trust_add (parameters->trainer, error))
    return NULL;
  json = _hone_parameters_to_json (parameters);
  title = g_strdup_printf (_("Tune %s"), options->experiment);
  return _hone_run_record_add (store, HONE_RUN_KIND_TUNE, title, json, 0, error);
}

HoneTuneOptions *
_hone_tune_options_copy (const HoneTuneOptions *options)
{
  HoneTuneOptions *copy = g_new (HoneTuneOptions, 1);
  GHashTableIter iter;
  gpointer key, value;

  *copy = *options;
  copy->experiment = g_strdup (options->experiment);
  copy->method = g_strdup (options->method);
  copy->base = g_strdup (options->base);
  copy->trainer = g_strdup (options->trainer);
  copy->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (options->settings == NULL)
    return copy;
  g_hash_table_iter_init (&iter, options->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->settings, g_strdup (key), g_strdup (value));
  return copy;
}

void
_hone_tune_options_free (gpointer data)
{
  HoneTuneOptions *options = data;

  g_free ((char *) options->experiment);
  g_free ((char *) options->method);
  g_free ((char *) options->base);
  g_free ((char *) options->trainer);
  g_hash_table_unref (options->settings);
  g_free (options);
}

/**
 * hone_tune:
 * @queue: the queue of a project
 * @options: what to train
 * @error: return location
 *
 * Checks the options and queues a run that trains the next iteration of an experiment, asks it about validation and publishes both.
 * Nothing is written where a check fails: %HONE_JOBS_ERROR_USAGE, %HONE_JOBS_ERROR_NO_LABELS, %HONE_JOBS_ERROR_NO_ONTOLOGY,
 * %HONE_JOBS_ERROR_MODEL_MISSING, %HONE_JOBS_ERROR_TRAINER_MISSING or an error of the store. Blocks on the store.
 *
 * Returns: (transfer full) (nullable): the run
 */
HoneRun *
hone_tune (HoneRunQueue           *queue,
           const HoneTuneOptions  *options,
           GError                **error)
{
  g_return_val_if_fail (HONE_IS_RUN_QUEUE (queue), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  return _hone_run_queue_plan (queue, plan_tune, (gpointer) options, error);
}

/**
 * hone_tune_async:
 * @queue: the queue of a project
 * @options: what to train; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when the run is queued
 * @user_data: for @callback
 *
 * Like hone_tune(), for windows.
 */
void
hone_tune_async (HoneRunQueue           *queue,
                 const HoneTuneOptions  *options,
                 GCancellable           *cancellable,
                 GAsyncReadyCallback     callback,
                 gpointer                user_data)
{
  g_return_if_fail (HONE_IS_RUN_QUEUE (queue));
  g_return_if_fail (options != NULL);

  _hone_run_queue_plan_async (queue, plan_tune, _hone_tune_options_copy (options), _hone_tune_options_free, hone_tune_async,
                              cancellable, callback, user_data);
}

/**
 * hone_tune_finish:
 * @queue: the queue
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the run
 */
HoneRun *
hone_tune_finish (HoneRunQueue  *queue,
                  GAsyncResult  *result,
                  GError       **error)
{
  return _hone_run_queue_plan_finish (queue, result, hone_tune_async, error);
}
