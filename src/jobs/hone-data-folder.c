/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hone-data-private.h"
#include "hone-out-private.h"
#include "store/hone-store-experiments.h"
#include "store/hone-store-runs.h"

static void
item_free (gpointer data)
{
  HoneDataItem *item = data;

  g_free (item->path);
  g_free (item);
}

/**
 * hone_data_survey_free:
 * @self: (transfer full): a survey
 */
void
hone_data_survey_free (HoneDataSurvey *self)
{
  g_free (self->folder);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->spare);
  g_ptr_array_unref (self->if_gone);
  g_free (self);
}

/**
 * hone_data_sum:
 * @items: (element-type HoneDataItem): some
 *
 * Returns: how many bytes they have
 */
guint64
hone_data_sum (GPtrArray *items)
{
  guint64 sum = 0;

  for (guint i = 0; i < items->len; i++)
    sum += ((HoneDataItem *) g_ptr_array_index (items, i))->size;
  return sum;
}

/* ---- what projects need ---- */

typedef struct {
  HoneDataSurvey *survey;
  GHashTable     *models;      /* content hashes that some project names */
  GHashTable     *runs;        /* "PROJECT/RUN", ids */
  GHashTable     *readable;    /* ids of projects that could be read */
  GHashTable     *lost;        /* ids of projects that could not, or not all of them */
  gint64          young;
  GCancellable   *cancellable;
} Survey;

static gboolean
add_models (Survey     *self,
            HoneStore  *store,
            GError    **error)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, error);

  for (guint i = 0; experiments != NULL && i < experiments->len; i++)
    {
      HoneExperiment *experiment = g_ptr_array_index (experiments, i);
      g_autoptr(GPtrArray) iterations = hone_store_list_iterations (store, experiment->id, error);

      if (iterations == NULL)
        return FALSE;
      for (guint k = 0; k < iterations->len; k++)
        {
          HoneIteration *iteration = g_ptr_array_index (iterations, k);

          if (iteration->model != NULL)
            g_hash_table_add (self->models, g_strdup (iteration->model));
        }
    }
  return experiments != NULL;
}

static gboolean
add_runs (Survey     *self,
          HoneStore  *store,
          GError    **error)
{
  g_autoptr(GPtrArray) runs = hone_store_list_runs (store, error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_hash_table_add (self->runs, g_build_filename (hone_store_get_uuid (store), ((HoneRunRecord *) g_ptr_array_index (runs, i))->uuid, NULL));
  return runs != NULL;
}

static gboolean
ask_project (Survey                *self,
             const HoneDataProject *project)
{
  g_autoptr(HoneStore) store = hone_store_open (project->path, HONE_STORE_READ, NULL);

  return store != NULL && strcmp (hone_store_get_uuid (store), project->uuid) == 0 && add_models (self, store, NULL) &&
         add_runs (self, store, NULL);
}

static void
ask_projects (Survey *self)
{
  g_autoptr(GPtrArray) projects = _hone_data_list_projects ();

  for (guint i = 0; i < projects->len && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      HoneDataProject *project = g_ptr_array_index (projects, i);

      if (ask_project (self, project))
        {
          g_hash_table_add (self->readable, g_strdup (project->uuid));
          continue;
        }
      g_hash_table_add (self->lost, g_strdup (project->uuid));
      g_ptr_array_add (self->survey->missing, g_filename_display_name (project->path));
    }
}

/* ---- what there is ---- */

/* Links are not followed. */
static guint64
measure_tree (const char *path)
{
  GStatBuf status;
  g_autoptr(GDir) folder = NULL;
  const char *name;
  guint64 size;

  if (g_lstat (path, &status) != 0)
    return 0;
  size = (guint64) status.st_size;
  if (!S_ISDIR (status.st_mode))
    return size;
  size = 0;
  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      size += measure_tree (inside);
    }
  return size;
}

static gboolean
is_young (Survey     *self,
          const char *path)
{
  GStatBuf status;

  return g_lstat (path, &status) != 0 || status.st_mtime + self->young > g_get_real_time () / G_USEC_PER_SEC;
}

static void
count (Survey       *self,
       HoneDataKind  kind,
       const char   *path,
       guint64       size,
       GPtrArray    *into)    /* (nullable): needed */
{
  HoneDataItem *item;

  self->survey->sizes[kind] += size;
  self->survey->counts[kind]++;
  if (into == NULL || is_young (self, path))
    return;
  item = g_new (HoneDataItem, 1);
  *item = (HoneDataItem) { kind, g_strdup (path), size };
  g_ptr_array_add (into, item);
}

/* The files of a run. A project that was found knows its runs; the files of one that was not are left to it. */
static void
look_at_runs (Survey     *self,
              const char *folder,
              const char *uuid)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean lost = g_hash_table_contains (self->lost, uuid) || !g_hash_table_contains (self->readable, uuid);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *id = g_build_filename (uuid, name, NULL);
      gboolean known = g_hash_table_contains (self->runs, id);

      count (self, HONE_DATA_RUNS, path, measure_tree (path), known ? NULL : lost ? self->survey->if_gone : self->survey->spare);
    }
}

/* A folder of runs whose project nobody wrote down is that of a project from before there was a list, or of work under way. */
static void
look_at_projects (Survey     *self,
                  const char *runs)
{
  g_autoptr(GDir) dir = g_dir_open (runs, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (runs, name, NULL);

      if (!g_uuid_string_is_valid (name))
        {
          count (self, HONE_DATA_RUNS, path, measure_tree (path), NULL);
          continue;
        }
      if (!g_hash_table_contains (self->readable, name) && !g_hash_table_contains (self->lost, name))
        g_ptr_array_add (self->survey->missing, g_strdup_printf (_("a project whose place is not known (its runs: %s)"), name));
      look_at_runs (self, path, name);
    }
}

/* Any project that was not found may need any model. */
static void
look_at_models (Survey     *self,
                const char *models)
{
  g_autoptr(GDir) dir = g_dir_open (models, 0, NULL);
  GPtrArray *into = self->survey->missing->len > 0 ? self->survey->if_gone : self->survey->spare;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      g_autofree char *path = g_build_filename (models, name, NULL);

      count (self, HONE_DATA_MODELS, path, measure_tree (path), g_hash_table_contains (self->models, name) ? NULL : into);
    }
}

static void
look_at_others (Survey *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->survey->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->survey->folder, name, NULL);

      if (strcmp (name, "models") != 0 && strcmp (name, "runs") != 0 && strcmp (name, "projects") != 0)
        count (self, HONE_DATA_PROJECTS, path, measure_tree (path), NULL);
    }
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * hone_data_survey:
 * @young: seconds that something must be old to be spare
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Measures the data folder and asks every project that uses it what it needs. Blocks.
 *
 * Returns: (transfer full): what was found, or %NULL
 */
HoneDataSurvey *
hone_data_survey (gint64         young,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(HoneDataSurvey) survey = g_new0 (HoneDataSurvey, 1);
  g_autoptr(GHashTable) models = new_set (), runs = new_set (), readable = new_set (), lost = new_set ();
  Survey self = { survey, models, runs, readable, lost, young, cancellable };
  g_autofree char *models_folder = NULL, *runs_folder = NULL;

  survey->folder = hone_data_dup_folder ();
  survey->missing = g_ptr_array_new_with_free_func (g_free);
  survey->spare = g_ptr_array_new_with_free_func (item_free);
  survey->if_gone = g_ptr_array_new_with_free_func (item_free);
  models_folder = g_build_filename (survey->folder, "models", NULL);
  runs_folder = g_build_filename (survey->folder, "runs", NULL);
  ask_projects (&self);
  look_at_projects (&self, runs_folder);
  look_at_models (&self, models_folder);
  look_at_others (&self);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : g_steal_pointer (&survey);
}

/* ---- cleaning up ---- */

static gboolean
lists (GPtrArray          *items,
       const HoneDataItem *item)
{
  for (guint i = 0; i < items->len; i++)
    if (strcmp (((HoneDataItem *) g_ptr_array_index (items, i))->path, item->path) == 0)
      return TRUE;
  return FALSE;
}

static guint64
take_away (GPtrArray            *found,
           const HoneDataSurvey *shown,
           GCancellable         *cancellable)
{
  guint64 freed = 0;

  for (guint i = 0; i < found->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const HoneDataItem *item = g_ptr_array_index (found, i);

      if (!lists (shown->spare, item) && !lists (shown->if_gone, item))
        continue;
      _hone_remove_tree (item->path);
      if (!g_file_test (item->path, G_FILE_TEST_EXISTS))
        freed += item->size;
    }
  return freed;
}

/* Empty folders of runs stand for nothing any more, nor do entries of projects that are gone. */
static void
forget_gone (const HoneDataSurvey *survey)
{
  g_autoptr(GPtrArray) projects = _hone_data_list_projects ();
  g_autofree char *runs = g_build_filename (survey->folder, "runs", NULL);
  g_autoptr(GDir) dir = g_dir_open (runs, 0, NULL);
  const char *name;

  for (guint i = 0; i < projects->len; i++)
    {
      const HoneDataProject *project = g_ptr_array_index (projects, i);
      g_autofree char *shown = g_filename_display_name (project->path);

      if (g_ptr_array_find_with_equal_func (survey->missing, shown, g_str_equal, NULL))
        g_unlink (project->file);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (runs, name, NULL);

      g_rmdir (path);   /* where it is empty */
    }
}

/**
 * hone_data_clean:
 * @shown: what the user agreed to
 * @missing_gone: whether the projects that were missing then are gone for good
 * @young: seconds that something must be old to be spare
 * @freed: (out): bytes
 * @cancellable: (nullable): stops between two things
 * @error: return location for %G_IO_ERROR_CANCELLED and %HONE_JOBS_ERROR_IO
 *
 * Looks again, and takes away what was shown and is needed by no project now either. Blocks.
 *
 * Returns: whether all of that is gone
 */
gboolean
hone_data_clean (const HoneDataSurvey  *shown,
                 gboolean               missing_gone,
                 gint64                 young,
                 guint64               *freed,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_autoptr(HoneDataSurvey) now = hone_data_survey (young, cancellable, error);
  guint64 wanted;

  *freed = 0;
  if (now == NULL)
    return FALSE;
  /* A project that went missing since was not agreed on. */
  for (guint i = 0; missing_gone && i < now->missing->len; i++)
    missing_gone = g_ptr_array_find_with_equal_func (shown->missing, g_ptr_array_index (now->missing, i), g_str_equal, NULL);
  *freed = take_away (now->spare, shown, cancellable);
  wanted = hone_data_sum (now->spare);
  if (missing_gone)
    {
      *freed += take_away (now->if_gone, shown, cancellable);
      wanted += hone_data_sum (now->if_gone);
      forget_gone (now);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (*freed == 0 && wanted > 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Nothing in “%s” could be removed"), now->folder);
      return FALSE;
    }
  return TRUE;
}

/* ---- off the main loop ---- */

static void
survey_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  HoneDataSurvey *survey = hone_data_survey (HONE_DATA_YOUNG, cancellable, &error);

  if (survey != NULL)
    g_task_return_pointer (task, survey, (GDestroyNotify) hone_data_survey_free);
  else
    g_task_return_error (task, error);
}

/**
 * hone_data_survey_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called with the survey
 * @user_data: for @callback
 */
void
hone_data_survey_async (GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, hone_data_survey_async);
  g_task_run_in_thread (task, survey_in_thread);
}

/**
 * hone_data_survey_finish:
 * @result: of the survey
 * @error: return location
 *
 * Returns: (transfer full): what was found, or %NULL
 */
HoneDataSurvey *
hone_data_survey_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  HoneDataSurvey *shown;
  gboolean        missing_gone;
  guint64         freed;
} Cleaning;

static void
cleaning_free (gpointer data)
{
  Cleaning *cleaning = data;

  hone_data_survey_free (cleaning->shown);
  g_free (cleaning);
}

static void
clean_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Cleaning *cleaning = data;
  GError *error = NULL;

  if (hone_data_clean (cleaning->shown, cleaning->missing_gone, HONE_DATA_YOUNG, &cleaning->freed, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_data_clean_async:
 * @shown: (transfer full): what the user agreed to
 * @missing_gone: whether the projects that are missing in it are gone for good
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
hone_data_clean_async (HoneDataSurvey      *shown,
                       gboolean             missing_gone,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Cleaning *cleaning;

  g_return_if_fail (shown != NULL);

  cleaning = g_new0 (Cleaning, 1);
  *cleaning = (Cleaning) { shown, missing_gone, 0 };
  g_task_set_source_tag (task, hone_data_clean_async);
  g_task_set_task_data (task, cleaning, cleaning_free);
  g_task_set_check_cancellable (task, FALSE);   /* what went is told */
  g_task_run_in_thread (task, clean_in_thread);
}

/**
 * hone_data_clean_finish:
 * @result: of cleaning up
 * @freed: (out): bytes
 * @error: return location
 *
 * Returns: whether all that was shown and spare is gone
 */
gboolean
hone_data_clean_finish (GAsyncResult  *result,
                        guint64       *freed,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  *freed = ((Cleaning *) g_task_get_task_data (G_TASK (result)))->freed;
  return g_task_propagate_boolean (G_TASK (result), error);
}
