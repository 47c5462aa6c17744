/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-example-edit.h"

#define PAGE 500   /* texts read at a time */

struct _HoneExampleEdit {
  gatomicrefcount  refs;
  HoneEditKind     kind;
  int              value;
  GArray          *ids;                        /* of gint64: what is asked for */
  GArray          *before[HONE_N_SPLITS];      /* ids that change, by what they had before: split, or flag */
  gint64           deletion;
};

/**
 * hone_example_edit_ref:
 * @self: an edit
 *
 * Returns: (transfer full): @self
 */
HoneExampleEdit *
hone_example_edit_ref (HoneExampleEdit *self)
{
  g_return_val_if_fail (self, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * hone_example_edit_unref:
 * @self: (transfer full): an edit
 */
void
hone_example_edit_unref (HoneExampleEdit *self)
{
  g_return_if_fail (self);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->ids);
  for (int i = 0; i < HONE_N_SPLITS; i++)
    g_array_unref (self->before[i]);
  g_free (self);
}

static HoneExampleEdit *
edit_new (HoneEditKind  kind,
          int           value,
          GArray       *ids)
{
  HoneExampleEdit *self = g_new0 (HoneExampleEdit, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->value = value;
  self->ids = g_array_ref (ids);
  for (int i = 0; i < HONE_N_SPLITS; i++)
    self->before[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static HoneProjectParts
parts_of (const HoneExampleEdit *self)
{
  switch (self->kind)
    {
    case HONE_EDIT_SPLIT:  return HONE_PROJECT_EXAMPLES | HONE_PROJECT_LABELS | HONE_PROJECT_EXPERIMENTS;   /* known answers outside train count at once */
    case HONE_EDIT_FLAG:   return HONE_PROJECT_LABELS;
    case HONE_EDIT_DELETE: return HONE_PROJECT_EXAMPLES | HONE_PROJECT_LABELS | HONE_PROJECT_EXPERIMENTS;
    default:               g_return_val_if_reached (0);
    }
}

/* ---- in a worker ---- */

/* Notes what the texts have now; those that have the value already, and those that are gone, are left alone. */
static gboolean
note_before (HoneExampleEdit  *self,
             HoneStore        *store,
             GError          **error)
{
  for (gsize start = 0; start < self->ids->len; start += PAGE)
    {
      g_autoptr(GPtrArray) examples = hone_store_get_examples (store, &g_array_index (self->ids, gint64, start),
                                                               MIN (PAGE, self->ids->len - start), error);

      if (!examples)
        return FALSE;
      for (guint i = 0; i < examples->len; i++)
        {
          const HoneExample *example = g_ptr_array_index (examples, i);
          int now = self->kind == HONE_EDIT_SPLIT ? (int) example->split : !!example->flag;

          if (self->kind == HONE_EDIT_DELETE || now != self->value)
            g_array_append_val (self->before[now], example->id);
        }
    }
  return TRUE;
}

static gboolean
set_flags (HoneStore     *store,
           const GArray  *ids,
           gboolean       flag,
           GError       **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!hone_store_set_flag (store, g_array_index (ids, gint64, i), flag, error))
      return FALSE;
  return TRUE;
}

static gboolean
set_value (HoneStore        *store,
           HoneEditKind      kind,
           const GArray     *ids,
           int               value,
           GError          **error)
{
  if (!ids->len)
    return TRUE;
  if (kind == HONE_EDIT_SPLIT)
    return hone_store_set_split (store, (const gint64 *) (gpointer) ids->data, ids->len, value, error);
  return set_flags (store, ids, value, error);
}

/* All or none for the split. */
static gboolean
set_all (HoneExampleEdit  *self,
         HoneStore        *store,
         GError          **error)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (int i = 0; i < HONE_N_SPLITS; i++)
    g_array_append_vals (all, self->before[i]->data, self->before[i]->len);
  if (self->kind != HONE_EDIT_DELETE)
    return set_value (store, self->kind, all, self->value, error);
  if (!all->len)
    return TRUE;
  self->deletion = hone_store_delete_examples (store, (const gint64 *) (gpointer) all->data, all->len, error);
  return self->deletion != 0;
}

static gpointer
edit_in_thread (HoneStore     *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  HoneExampleEdit *self = data;

  return note_before (self, store, error) && set_all (self, store, error) ? hone_example_edit_ref (self) : NULL;
}

static gpointer
undo_in_thread (HoneStore     *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  HoneExampleEdit *self = data;
  gboolean good = TRUE;

  if (self->kind == HONE_EDIT_DELETE)
    good = !self->deletion || hone_store_undo_deletion (store, self->deletion, error);
  else
    for (int i = 0; i < HONE_N_SPLITS && good; i++)
      good = set_value (store, self->kind, self->before[i], i, error);
  return GINT_TO_POINTER (good);
}

/* ---- on the main loop ---- */

static void
edit_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  HoneProject *project = g_task_get_source_object (task);
  GError *error = NULL;
  HoneExampleEdit *self = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!self)
    {
      hone_project_changed (project, HONE_PROJECT_LABELS);   /* some flags may have been set before it went wrong */
      g_task_return_error (task, error);
      return;
    }
  hone_project_changed (project, parts_of (self));
  g_task_return_pointer (task, self, (GDestroyNotify) hone_example_edit_unref);
}

/**
 * hone_example_edit_async:
 * @project: a project
 * @kind: what to do
 * @value: the split or the flag that the texts get
 * @ids: (element-type gint64): the texts; not to be changed afterwards
 * @callback: (nullable): on the main loop
 * @user_data: for @callback
 *
 * Does it, and tells the project.
 */
void
hone_example_edit_async (HoneProject         *project,
                         HoneEditKind         kind,
                         int                  value,
                         GArray              *ids,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HONE_IS_PROJECT (project) && ids);

  task = g_task_new (project, NULL, callback, user_data);
  g_task_set_source_tag (task, hone_example_edit_async);
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_LONG, edit_in_thread, edit_new (kind, value, ids),
                         (GDestroyNotify) hone_example_edit_unref, (GDestroyNotify) hone_example_edit_unref, NULL, edit_cb, task);
}

/**
 * hone_example_edit_finish:
 * @project: a project
 * @result: of the edit
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: (transfer full): what was done, to take it back; or %NULL
 */
HoneExampleEdit *
hone_example_edit_finish (HoneProject   *project,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hone_example_edit_get_kind:
 * @self: an edit
 *
 * Returns: what was done
 */
HoneEditKind
hone_example_edit_get_kind (HoneExampleEdit *self)
{
  g_return_val_if_fail (self, HONE_EDIT_SPLIT);

  return self->kind;
}

/**
 * hone_example_edit_get_value:
 * @self: an edit
 *
 * Returns: the split or the flag that the texts got
 */
int
hone_example_edit_get_value (HoneExampleEdit *self)
{
  g_return_val_if_fail (self, 0);

  return self->value;
}

/**
 * hone_example_edit_get_size:
 * @self: an edit
 *
 * Returns: how many texts are other ones by it
 */
gsize
hone_example_edit_get_size (HoneExampleEdit *self)
{
  gsize n = 0;

  g_return_val_if_fail (self, 0);

  for (int i = 0; i < HONE_N_SPLITS; i++)
    n += self->before[i]->len;
  return n;
}

static void
undo_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gpointer done = hone_store_call_finish (HONE_STORE (store), result, &error);

  hone_project_changed (g_task_get_source_object (task), parts_of (g_task_get_task_data (task)));
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_example_edit_undo_async:
 * @project: a project
 * @self: an edit made there
 * @callback: (nullable): on the main loop
 * @user_data: for @callback
 *
 * Takes it back, and tells the project.
 */
void
hone_example_edit_undo_async (HoneProject         *project,
                              HoneExampleEdit     *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HONE_IS_PROJECT (project) && self);

  task = g_task_new (project, NULL, callback, user_data);
  g_task_set_source_tag (task, hone_example_edit_undo_async);
  g_task_set_task_data (task, hone_example_edit_ref (self), (GDestroyNotify) hone_example_edit_unref);
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_LONG, undo_in_thread, hone_example_edit_ref (self),
                         (GDestroyNotify) hone_example_edit_unref, NULL, NULL, undo_cb, task);
}

/**
 * hone_example_edit_undo_finish:
 * @project: a project
 * @result: of taking it back
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: whether it is as before
 */
gboolean
hone_example_edit_undo_finish (HoneProject   *project,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
