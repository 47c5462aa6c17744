/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-project.h"
#include "jobs/hone-data-folder.h"

struct _HoneProject {
  GObject       parent_instance;

  char         *path;
  char         *name;
  HoneStore    *store;
  HoneRunQueue *queue;
  HoneOntology *ontology;
  GHashTable   *watched;    /* HoneRun -> nothing: the runs whose state is followed */
};

enum {
  PROP_0,
  PROP_PATH,
  PROP_NAME,
  PROP_WRITABLE,
  PROP_ONTOLOGY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (HoneProject, hone_project, G_TYPE_OBJECT)

/* What a worker reads for the main loop when a project is opened or its categories changed. */
typedef struct {
  HoneStore    *store;
  HoneOntology *ontology;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_object (&opened->store);
  g_clear_pointer (&opened->ontology, hone_ontology_unref);
  g_free (opened);
}

static void
on_run_state (HoneProject *self,
              GParamSpec  *pspec,
              HoneRun     *run)
{
  if (hone_run_state_is_final (hone_run_get_state (run)))
    hone_project_changed (self, HONE_PROJECT_EXPERIMENTS);
}

/* Iteration 0 and a trained iteration are published while the run goes on with its next stage. */
static void
on_run_stage (HoneProject *self,
              GParamSpec  *pspec,
              HoneRun     *run)
{
  const char *stage = hone_run_get_stage (run);

  if (g_strcmp0 (stage, "train") == 0 || g_strcmp0 (stage, "predict") == 0 || g_strcmp0 (stage, "score") == 0)
    hone_project_changed (self, HONE_PROJECT_EXPERIMENTS);
}

static void
on_runs_changed (HoneProject *self,
                 guint        position,
                 guint        removed,
                 guint        added,
                 GListModel  *runs)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(HoneRun) run = g_list_model_get_item (runs, i);

      if (!g_hash_table_add (self->watched, g_object_ref (run)))
        continue;
      g_signal_connect_object (run, "notify::state", G_CALLBACK (on_run_state), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (run, "notify::stage", G_CALLBACK (on_run_stage), self, G_CONNECT_SWAPPED);
    }
}

static void
hone_project_dispose (GObject *object)
{
  HoneProject *self = HONE_PROJECT (object);

  g_hash_table_remove_all (self->watched);
  g_clear_object (&self->queue);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (hone_project_parent_class)->dispose (object);
}

static void
hone_project_finalize (GObject *object)
{
  HoneProject *self = HONE_PROJECT (object);

  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_free (self->path);
  g_free (self->name);
  G_OBJECT_CLASS (hone_project_parent_class)->finalize (object);
}

static void
hone_project_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  HoneProject *self = HONE_PROJECT (object);

  switch (prop_id)
    {
    case PROP_PATH:     g_value_set_string (value, self->path); break;
    case PROP_NAME:     g_value_set_string (value, self->name); break;
    case PROP_WRITABLE: g_value_set_boolean (value, hone_project_get_writable (self)); break;
    case PROP_ONTOLOGY: g_value_set_pointer (value, self->ontology); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_project_class_init (HoneProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hone_project_dispose;
  object_class->finalize = hone_project_finalize;
  object_class->get_property = hone_project_get_property;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WRITABLE] = g_param_spec_boolean ("writable", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ONTOLOGY] = g_param_spec_pointer ("ontology", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hone_project_init (HoneProject *self)
{
  self->watched = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

static char *
name_of (const char *path)
{
  char *name = g_filename_display_basename (path);

  if (g_str_has_suffix (name, ".hone"))
    name[strlen (name) - strlen (".hone")] = 0;
  return name;
}

static HoneProject *
project_new (const char *path,
             Opened     *opened)
{
  HoneProject *self = g_object_new (HONE_TYPE_PROJECT, NULL);

  self->path = g_strdup (path);
  self->name = name_of (path);
  self->store = g_steal_pointer (&opened->store);
  self->ontology = g_steal_pointer (&opened->ontology);
  self->queue = hone_run_queue_new (self->store);
  g_signal_connect_object (self->queue, "items-changed", G_CALLBACK (on_runs_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/* ---- opening ---- */

typedef struct {
  char        *path;
  gboolean     create;
  HoneProject *project;   /* while its runs are being taken up */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->project);
  g_free (opening->path);
  g_free (opening);
}

static HoneStore *
open_store (const Opening *opening,
            GError       **error)
{
  g_autoptr(GError) busy = NULL;
  HoneStore *store;

  if (opening->create)
    return hone_store_create (opening->path, g_random_int (), error);
  store = hone_store_open (opening->path, HONE_STORE_WRITE, &busy);
  if (store)
    return store;
  /* Somebody else writes, or the file may not be written: it can still be read. */
  if (g_error_matches (busy, HONE_STORE_ERROR, HONE_STORE_ERROR_BUSY) ||
      g_error_matches (busy, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY))
    return hone_store_open (opening->path, HONE_STORE_READ, error);
  g_propagate_error (error, g_steal_pointer (&busy));
  return NULL;
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Opened *opened = g_new0 (Opened, 1);
  GError *error = NULL;

  opened->store = open_store (data, &error);
  if (!opened->store)
    {
      opened_free (opened);
      g_task_return_error (task, error);
      return;
    }
  if (hone_store_get_writable (opened->store))
    hone_data_remember (opened->store);
  opened->ontology = hone_store_dup_ontology (opened->store);
  g_task_return_pointer (task, opened, opened_free);
}

static void
recover_cb (GObject      *queue,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  if (hone_run_queue_recover_finish (HONE_RUN_QUEUE (queue), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&opening->project), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  Opened *opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (!opened)
    {
      g_task_return_error (task, error);
      return;
    }
  opening->project = project_new (opening->path, opened);
  opened_free (opened);
  if (hone_project_get_writable (opening->project))
    hone_run_queue_recover_async (opening->project->queue, g_task_get_cancellable (task), recover_cb, g_object_ref (task));
  else
    g_task_return_pointer (task, g_steal_pointer (&opening->project), g_object_unref);
}

static void
open_project (const char         *path,
              gboolean            create,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GTask) worker = NULL;
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_canonicalize_filename (path, NULL);
  opening->create = create;
  g_task_set_source_tag (task, hone_project_open_async);
  g_task_set_task_data (task, opening, opening_free);
  /* The worker's own task borrows what the outer one owns, and is over before it. */
  worker = g_task_new (NULL, cancellable, open_cb, g_object_ref (task));
  g_task_set_check_cancellable (worker, FALSE);
  g_task_set_task_data (worker, opening, NULL);
  g_task_run_in_thread (worker, open_in_thread);
}

/**
 * hone_project_open_async:
 * @path: of a project file
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): on the main loop of the caller
 * @user_data: for @callback
 *
 * Opens a project for writing, or for reading only where another program writes to it, and takes up the runs that were left.
 */
void
hone_project_open_async (const char          *path,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (path);

  open_project (path, FALSE, cancellable, callback, user_data);
}

/**
 * hone_project_create_async:
 * @path: of a file that is not there yet
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): on the main loop of the caller
 * @user_data: for @callback
 *
 * Makes an empty project with a random seed. Ends by hone_project_open_finish ().
 */
void
hone_project_create_async (const char          *path,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (path);

  open_project (path, TRUE, cancellable, callback, user_data);
}

/**
 * hone_project_open_finish:
 * @result: of opening or creating
 * @error: return location for %HONE_STORE_ERROR_* and %HONE_JOBS_ERROR_*
 *
 * Returns: (transfer full): the project, or %NULL
 */
HoneProject *
hone_project_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- closing ---- */

static gpointer
close_store (HoneStore     *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (hone_store_close (store, error));
}

static void
close_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (hone_store_call_finish (HONE_STORE (store), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_project_close_async:
 * @self: a project
 * @callback: (nullable): on the main loop of the caller
 * @user_data: for @callback
 *
 * Stops following the runs (their programs go on and are found again) and leaves one file. The project is not to be
 * used afterwards.
 */
void
hone_project_close_async (HoneProject         *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (HONE_IS_PROJECT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, hone_project_close_async);
  g_hash_table_remove_all (self->watched);
  g_clear_object (&self->queue);
  hone_store_call_async (self->store, HONE_LANE_LONG, close_store, NULL, NULL, NULL, NULL, close_cb, g_steal_pointer (&task));
}

/**
 * hone_project_close_finish:
 * @self: a project
 * @result: of closing
 * @error: return location for %HONE_STORE_ERROR_IO
 *
 * Returns: whether everything is on disk
 */
gboolean
hone_project_close_finish (HoneProject   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- what is open ---- */

/**
 * hone_project_get_path:
 * @self: a project
 *
 * Returns: its absolute file name
 */
const char *
hone_project_get_path (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), NULL);

  return self->path;
}

/**
 * hone_project_get_name:
 * @self: a project
 *
 * Returns: what people call it: the file name without folder and “.hone”
 */
const char *
hone_project_get_name (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), NULL);

  return self->name;
}

/**
 * hone_project_get_writable:
 * @self: a project
 *
 * Returns: %FALSE where another program writes to the file, or nobody may
 */
gboolean
hone_project_get_writable (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), FALSE);

  return hone_store_get_writable (self->store);
}

/**
 * hone_project_get_store:
 * @self: a project
 *
 * Its functions block: use hone_store_call_async ().
 *
 * Returns: (transfer none): the store
 */
HoneStore *
hone_project_get_store (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), NULL);

  return self->store;
}

/**
 * hone_project_get_queue:
 * @self: a project
 *
 * Returns: (transfer none): its runs
 */
HoneRunQueue *
hone_project_get_queue (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), NULL);

  return self->queue;
}

/**
 * hone_project_get_ontology:
 * @self: a project
 *
 * Returns: (transfer none): the newest categories, empty before the first are set; valid until `notify::ontology`
 */
HoneOntology *
hone_project_get_ontology (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), NULL);

  return self->ontology;
}

/**
 * hone_project_get_author:
 * @self: a project
 *
 * Returns: who labels here: the name of the user of this computer, as hone-cli has it
 */
const char *
hone_project_get_author (HoneProject *self)
{
  g_return_val_if_fail (HONE_IS_PROJECT (self), NULL);

  return g_get_user_name ();
}

/**
 * hone_project_is_busy:
 * @self: a project
 *
 * Returns: whether a run is queued or running
 */
gboolean
hone_project_is_busy (HoneProject *self)
{
  guint n;

  g_return_val_if_fail (HONE_IS_PROJECT (self), FALSE);

  n = self->queue ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(HoneRun) run = g_list_model_get_item (G_LIST_MODEL (self->queue), i);
      HoneRunState state = hone_run_get_state (run);

      if (state == HONE_RUN_QUEUED || state == HONE_RUN_RUNNING)
        return TRUE;
    }
  return FALSE;
}

static gpointer
read_ontology (HoneStore     *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return hone_store_dup_ontology (store);
}

static void
read_ontology_cb (GObject      *store,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HoneProject) self = user_data;
  HoneOntology *ontology = hone_store_call_finish (HONE_STORE (store), result, NULL);

  if (!ontology)
    return;
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  self->ontology = ontology;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONTOLOGY]);
  g_signal_emit (self, changed_signal, 0, (guint) HONE_PROJECT_ONTOLOGY);
}

/**
 * hone_project_changed:
 * @self: a project
 * @parts: what somebody has just changed
 *
 * Tells every view. Whoever writes calls it after the write; changed categories are read before anybody is told of them.
 */
void
hone_project_changed (HoneProject      *self,
                      HoneProjectParts  parts)
{
  g_return_if_fail (HONE_IS_PROJECT (self));

  if (parts & ~HONE_PROJECT_ONTOLOGY)
    g_signal_emit (self, changed_signal, 0, (guint) (parts & ~HONE_PROJECT_ONTOLOGY));
  if (parts & HONE_PROJECT_ONTOLOGY)
    hone_store_call_async (self->store, HONE_LANE_READ, read_ontology, NULL, NULL, (GDestroyNotify) hone_ontology_unref, NULL,
                           read_ontology_cb, g_object_ref (self));
}
