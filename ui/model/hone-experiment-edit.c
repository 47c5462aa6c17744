/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "formats/hone-json.h"
#include "hone-experiment-edit.h"

typedef struct {
  gint64                id;
  HoneExperimentChange  change;
  char                 *name, *note;    /* (nullable) */
  GArray               *active;         /* gint64: runs that are queued, running or paused */
  HoneExperiment       *deleted;        /* (nullable): to be brought back */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->name);
  g_free (edit->note);
  g_array_unref (edit->active);
  g_clear_pointer (&edit->deleted, hone_experiment_free);
  g_free (edit);
}

/* ---- in the worker ---- */

static HoneExperiment *
find (HoneStore  *store,
      gint64      id,
      GError    **error)
{
  g_autoptr(GPtrArray) all = hone_store_list_experiments (store, error);

  for (guint i = 0; all && i < all->len; i++)
    if (((HoneExperiment *) g_ptr_array_index (all, i))->id == id)
      {
        g_ptr_array_set_free_func (all, NULL);
        for (guint k = 0; k < all->len; k++)
          if (k != i)
            hone_experiment_free (g_ptr_array_index (all, k));
        return g_ptr_array_index (all, i);
      }
  if (all)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no experiment number %" G_GINT64_FORMAT), id);
  return NULL;
}

/* A run that waits has no iteration yet: it names its experiment. */
static gboolean
is_about (HoneStore            *store,
          const HoneRunRecord  *run,
          const HoneExperiment *experiment)
{
  g_autoptr(HoneIteration) iteration = run->iteration_id ? hone_store_get_iteration (store, run->iteration_id, NULL) : NULL;
  g_autoptr(HoneJson) parameters = NULL;

  if (iteration)
    return iteration->experiment_id == experiment->id;
  parameters = run->parameters ? hone_json_parse (run->parameters, -1, NULL) : NULL;
  return g_strcmp0 (hone_json_get_string (hone_json_get (parameters, "experiment")), experiment->name) == 0;
}

static gboolean
check_idle (HoneStore             *store,
            const Edit            *edit,
            const HoneExperiment  *experiment,
            GError               **error)
{
  for (guint i = 0; i < edit->active->len; i++)
    {
      g_autoptr(HoneRunRecord) run = hone_store_get_run (store, g_array_index (edit->active, gint64, i), NULL);

      if (!run || !is_about (store, run, experiment))
        continue;
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                   edit->change == HONE_EXPERIMENT_DELETE
                   ? _("“%s” cannot be deleted while an iteration of it runs or waits: cancel the run first")
                   : _("“%s” cannot be renamed while an iteration of it runs or waits: its run knows it by this name"), experiment->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply (HoneStore       *store,
       const Edit      *edit,
       HoneExperiment  *experiment,
       GError         **error)
{
  switch (edit->change)
    {
    case HONE_EXPERIMENT_RENAME:
      if (g_strcmp0 (experiment->name, edit->name) != 0 && !check_idle (store, edit, experiment, error))
        return FALSE;
      hone_set_str (&experiment->name, edit->name);
      hone_set_str (&experiment->note, edit->note && *edit->note ? edit->note : NULL);
      break;
    case HONE_EXPERIMENT_ARCHIVE:
    case HONE_EXPERIMENT_UNARCHIVE:
      experiment->archived = edit->change == HONE_EXPERIMENT_ARCHIVE;
      break;
    case HONE_EXPERIMENT_DELETE:
      if (!check_idle (store, edit, experiment, error))
        return FALSE;
      experiment->deleted = TRUE;
      break;
    case HONE_EXPERIMENT_DUPLICATE:
    default:
      g_assert_not_reached ();
    }
  return hone_store_update_experiment (store, experiment, error);
}

static gpointer
change_in_worker (HoneStore     *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const Edit *edit = data;
  g_autoptr(HoneExperiment) experiment = NULL;
  gint64 id = edit->id;

  if (edit->change == HONE_EXPERIMENT_DUPLICATE)
    {
      id = hone_store_duplicate_experiment (store, edit->id, error);
      return id ? find (store, id, error) : NULL;
    }
  experiment = find (store, id, error);
  return experiment && apply (store, edit, experiment, error) ? g_steal_pointer (&experiment) : NULL;
}

static gpointer
restore_in_worker (HoneStore     *store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Edit *edit = data;
  g_autofree char *name = g_strdup (edit->deleted->name);

  edit->deleted->deleted = FALSE;
  for (int n = 2;; n++)
    {
      g_autoptr(GError) local = NULL;

      if (hone_store_update_experiment (store, edit->deleted, &local))
        return g_steal_pointer (&edit->deleted);
      if (!g_error_matches (local, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_free (edit->deleted->name);
      edit->deleted->name = g_strdup_printf ("%s (%d)", name, n);
    }
}

/* ---- on the main loop ---- */

static GArray *
list_active (HoneProject *project)
{
  GArray *active = g_array_new (FALSE, FALSE, sizeof (gint64));
  GListModel *runs = G_LIST_MODEL (hone_project_get_queue (project));

  for (guint i = 0; runs && i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(HoneRun) run = g_list_model_get_item (runs, i);
      HoneRunState state = hone_run_get_state (run);
      gint64 id = hone_run_get_id (run);

      if (state == HONE_RUN_QUEUED || state == HONE_RUN_RUNNING || state == HONE_RUN_PAUSED)
        g_array_append_val (active, id);
    }
  return active;
}

static void
changed_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  HoneExperiment *experiment = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!experiment)
    {
      g_task_return_error (task, error);
      return;
    }
  hone_project_changed (g_task_get_source_object (task), HONE_PROJECT_EXPERIMENTS);
  g_task_return_pointer (task, experiment, (GDestroyNotify) hone_experiment_free);
}

static void
start (HoneProject         *project,
       HoneStoreFunc        func,
       Edit                *edit,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (project, NULL, callback, user_data);

  g_task_set_source_tag (task, hone_experiment_change_async);
  /* Deletions find anew how far models disagree, in slices. */
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_LONG, func, edit, edit_free, (GDestroyNotify) hone_experiment_free, NULL,
                         changed_cb, task);
}

/**
 * hone_experiment_change_async:
 * @project: an open project
 * @experiment_id: an experiment
 * @change: what to do to it
 * @name: (nullable): for renaming
 * @note: (nullable): for renaming; %NULL or "" for none
 * @callback: (nullable): on the main loop of the caller
 * @user_data: for @callback
 *
 * Changes one experiment and tells every view of it.
 */
void
hone_experiment_change_async (HoneProject          *project,
                              gint64                experiment_id,
                              HoneExperimentChange  change,
                              const char           *name,
                              const char           *note,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  Edit *edit;

  g_return_if_fail (HONE_IS_PROJECT (project) && (name || change != HONE_EXPERIMENT_RENAME));

  edit = g_new0 (Edit, 1);
  *edit = (Edit) { experiment_id, change, g_strdup (name), g_strdup (note), list_active (project), NULL };
  start (project, change_in_worker, edit, callback, user_data);
}

/**
 * hone_experiment_restore_async:
 * @project: an open project
 * @deleted: what hone_experiment_change_finish () gave for a deletion
 * @callback: (nullable): on the main loop of the caller
 * @user_data: for @callback
 *
 * Brings an experiment back with its iterations and predictions. Ends by hone_experiment_change_finish ().
 */
void
hone_experiment_restore_async (HoneProject          *project,
                               const HoneExperiment *deleted,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  Edit *edit;
  HoneExperiment *copy;

  g_return_if_fail (HONE_IS_PROJECT (project) && deleted);

  copy = g_new0 (HoneExperiment, 1);
  *copy = (HoneExperiment) { .id = deleted->id, .name = g_strdup (deleted->name), .note = g_strdup (deleted->note),
                             .archived = deleted->archived, .deleted = TRUE };
  edit = g_new0 (Edit, 1);
  edit->active = g_array_new (FALSE, FALSE, sizeof (gint64));
  edit->deleted = copy;
  start (project, restore_in_worker, edit, callback, user_data);
}

/**
 * hone_experiment_change_finish:
 * @project: as asked
 * @result: of the change
 * @error: return location; %HONE_STORE_ERROR_EXISTS where the name is taken, %HONE_STORE_ERROR_CONFLICT where something of it runs
 *
 * Returns: (transfer full): the experiment as it is now, or %NULL
 */
HoneExperiment *
hone_experiment_change_finish (HoneProject   *project,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
