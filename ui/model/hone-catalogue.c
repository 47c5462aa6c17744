/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-catalogue.h"

struct _HoneCatalogue {
  GObject       parent_instance;

  HoneProject  *project;
  GCancellable *reading;      /* (nullable) */
  GPtrArray    *iterations;   /* of HoneIteration */
  GPtrArray    *imports;      /* of HoneImportInfo */
};

static guint changed_signal, failed_signal;

G_DEFINE_FINAL_TYPE (HoneCatalogue, hone_catalogue, G_TYPE_OBJECT)

/* ---- reading ---- */

typedef struct {
  GPtrArray *iterations, *imports;
} Contents;

static void
contents_free (gpointer data)
{
  Contents *contents = data;

  g_clear_pointer (&contents->iterations, g_ptr_array_unref);
  g_clear_pointer (&contents->imports, g_ptr_array_unref);
  g_free (contents);
}

static gboolean
read_iterations (HoneStore  *store,
                 GPtrArray  *iterations,
                 GError    **error)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, error);

  for (guint i = 0; experiments && i < experiments->len; i++)
    {
      const HoneExperiment *experiment = g_ptr_array_index (experiments, i);
      g_autoptr(GPtrArray) list = hone_store_list_iterations (store, experiment->id, error);

      if (!list)
        return FALSE;
      g_ptr_array_set_free_func (list, NULL);
      g_ptr_array_extend (iterations, list, NULL, NULL);
    }
  return experiments != NULL;
}

static gpointer
read_contents (HoneStore     *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Contents *contents = g_new0 (Contents, 1);

  contents->iterations = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_iteration_free);
  if (read_iterations (store, contents->iterations, error))
    contents->imports = hone_store_list_imports (store, error);
  if (!contents->imports)
    g_clear_pointer (&contents, contents_free);
  return contents;
}

static void
read_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneCatalogue) self = user_data;
  g_autoptr(GError) error = NULL;
  Contents *contents = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      g_clear_pointer (&contents, contents_free);   /* overtaken by a newer question */
      return;
    }
  if (contents)
    {
      g_clear_pointer (&self->iterations, g_ptr_array_unref);
      g_clear_pointer (&self->imports, g_ptr_array_unref);
      self->iterations = g_steal_pointer (&contents->iterations);
      self->imports = g_steal_pointer (&contents->imports);
      contents_free (contents);
      g_signal_emit (self, changed_signal, 0);
    }
  else
    {
      g_signal_emit (self, failed_signal, 0, error->message);
    }
}

static void
stop (HoneCatalogue *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
start (HoneCatalogue *self)
{
  stop (self);
  self->reading = g_cancellable_new ();
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, read_contents, NULL, NULL, contents_free, self->reading, read_cb,
                         g_object_ref (self));
}

static void
on_project_changed (HoneCatalogue    *self,
                    HoneProjectParts  parts)
{
  if (parts & (HONE_PROJECT_EXAMPLES | HONE_PROJECT_EXPERIMENTS))
    start (self);
}

/* ---- the object ---- */

static void
hone_catalogue_dispose (GObject *object)
{
  HoneCatalogue *self = HONE_CATALOGUE (object);

  stop (self);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_catalogue_parent_class)->dispose (object);
}

static void
hone_catalogue_finalize (GObject *object)
{
  HoneCatalogue *self = HONE_CATALOGUE (object);

  g_ptr_array_unref (self->iterations);
  g_ptr_array_unref (self->imports);
  G_OBJECT_CLASS (hone_catalogue_parent_class)->finalize (object);
}

static void
hone_catalogue_class_init (HoneCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hone_catalogue_dispose;
  object_class->finalize = hone_catalogue_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hone_catalogue_init (HoneCatalogue *self)
{
  self->iterations = g_ptr_array_new ();
  self->imports = g_ptr_array_new ();
}

/**
 * hone_catalogue_new:
 * @project: a project
 *
 * Returns: (transfer full): its catalogue, empty until “changed”
 */
HoneCatalogue *
hone_catalogue_new (HoneProject *project)
{
  HoneCatalogue *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project), NULL);

  self = g_object_new (HONE_TYPE_CATALOGUE, NULL);
  self->project = g_object_ref (project);
  g_signal_connect_object (project, "changed", G_CALLBACK (on_project_changed), self, G_CONNECT_SWAPPED);
  start (self);
  return self;
}

/**
 * hone_catalogue_get_iterations:
 * @self: a catalogue
 *
 * Returns: (transfer none) (element-type HoneIteration): all iterations, those of one experiment together, the oldest first
 */
GPtrArray *
hone_catalogue_get_iterations (HoneCatalogue *self)
{
  g_return_val_if_fail (HONE_IS_CATALOGUE (self), NULL);

  return self->iterations;
}

/**
 * hone_catalogue_get_imports:
 * @self: a catalogue
 *
 * Returns: (transfer none) (element-type HoneImportInfo): all imports, the newest first
 */
GPtrArray *
hone_catalogue_get_imports (HoneCatalogue *self)
{
  g_return_val_if_fail (HONE_IS_CATALOGUE (self), NULL);

  return self->imports;
}

/**
 * hone_catalogue_find_iteration:
 * @self: a catalogue
 * @id: of an iteration
 *
 * Returns: (transfer none) (nullable): the iteration, valid until “changed”
 */
const HoneIteration *
hone_catalogue_find_iteration (HoneCatalogue *self,
                               gint64         id)
{
  g_return_val_if_fail (HONE_IS_CATALOGUE (self), NULL);

  for (guint i = 0; i < self->iterations->len; i++)
    if (((HoneIteration *) g_ptr_array_index (self->iterations, i))->id == id)
      return g_ptr_array_index (self->iterations, i);
  return NULL;
}

/**
 * hone_iteration_dup_name:
 * @iteration: an iteration
 *
 * Returns: (transfer full): what people call it
 */
char *
hone_iteration_dup_name (const HoneIteration *iteration)
{
  g_return_val_if_fail (iteration, NULL);

  return g_strdup_printf ("%s · %d", iteration->experiment, iteration->number);
}

/**
 * hone_catalogue_dup_iteration_name:
 * @self: a catalogue
 * @id: of an iteration
 *
 * Returns: (transfer full): its name, or its number where the catalogue has not got it (yet)
 */
char *
hone_catalogue_dup_iteration_name (HoneCatalogue *self,
                                   gint64         id)
{
  const HoneIteration *iteration = hone_catalogue_find_iteration (self, id);

  return iteration ? hone_iteration_dup_name (iteration) : g_strdup_printf (_("iteration %" G_GINT64_FORMAT), id);
}

/**
 * hone_catalogue_dup_import_name:
 * @self: a catalogue
 * @id: of an import
 *
 * Returns: (transfer full): the files it came from, or its number where the catalogue has not got it (yet)
 */
char *
hone_catalogue_dup_import_name (HoneCatalogue *self,
                                gint64         id)
{
  g_return_val_if_fail (HONE_IS_CATALOGUE (self), NULL);

  for (guint i = 0; i < self->imports->len; i++)
    {
      const HoneImportInfo *info = g_ptr_array_index (self->imports, i);

      if (info->id == id)
        return g_strdup (info->source);
    }
  return g_strdup_printf (_("import %" G_GINT64_FORMAT), id);
}

/* ---- taking an import back ---- */

typedef struct {
  gint64   import_id;
  gboolean back;
} TakeBack;

static gpointer
take_back (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const TakeBack *wanted = data;

  return GINT_TO_POINTER (hone_store_undo_import (store, wanted->import_id, wanted->back, error));
}

static void
take_back_cb (GObject      *store,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!hone_store_call_finish (HONE_STORE (store), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  hone_project_changed (g_task_get_source_object (task), HONE_PROJECT_EXAMPLES | HONE_PROJECT_LABELS | HONE_PROJECT_EXPERIMENTS);
  g_task_return_boolean (task, TRUE);
}

/**
 * hone_import_take_back_async:
 * @project: a project that can be written
 * @import_id: an import
 * @back: %FALSE: it was taken back and is to come again
 * @callback: (nullable): on the main loop
 * @user_data: for @callback
 */
void
hone_import_take_back_async (HoneProject         *project,
                             gint64               import_id,
                             gboolean             back,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  const TakeBack wanted = { import_id, back };
  GTask *task;

  g_return_if_fail (HONE_IS_PROJECT (project));

  task = g_task_new (project, NULL, callback, user_data);
  g_task_set_source_tag (task, hone_import_take_back_async);
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_LONG, take_back, g_memdup2 (&wanted, sizeof wanted), g_free, NULL, NULL,
                         take_back_cb, task);
}

/**
 * hone_import_take_back_finish:
 * @project: a project
 * @result: of taking it back
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: whether it is done
 */
gboolean
hone_import_take_back_finish (HoneProject   *project,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
