/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run works at a time; the others wait in the order they came. */
#include "config.h"

#include "hone-data-folder.h"
#include "hone-run-queue.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-run-private.h"

struct _HoneRunQueue {
  GObject     parent_instance;

  HoneStore  *store;
  GPtrArray  *runs;      /* of HoneRun, newest first */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoneRunQueue, hone_run_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return HONE_TYPE_RUN;
}

static guint
get_n_items (GListModel *model)
{
  return HONE_RUN_QUEUE (model)->runs->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  HoneRunQueue *self = HONE_RUN_QUEUE (model);

  return position < self->runs->len ? g_object_ref (self->runs->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- which one works ---- */

static void
start_next (HoneRunQueue *self)
{
  HoneRun *next = NULL;

  for (guint i = 0; i < self->runs->len; i++)
    {
      HoneRun *run = self->runs->pdata[i];

      if (_hone_run_is_active (run))
        return;
      if (hone_run_get_state (run) == HONE_RUN_QUEUED)
        next = run;   /* the oldest stands last */
    }
  if (next != NULL)
    _hone_run_start (next, FALSE);
}

static void
add_run (HoneRunQueue *self,
         HoneRun      *run)   /* taken */
{
  g_ptr_array_insert (self->runs, 0, run);
  g_signal_connect_object (run, "idle", G_CALLBACK (start_next), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
}

static void
hone_run_queue_dispose (GObject *object)
{
  HoneRunQueue *self = HONE_RUN_QUEUE (object);

  for (guint i = 0; i < self->runs->len; i++)
    _hone_run_detach (self->runs->pdata[i]);
  g_ptr_array_set_size (self->runs, 0);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (hone_run_queue_parent_class)->dispose (object);
}

static void
hone_run_queue_finalize (GObject *object)
{
  g_ptr_array_unref (HONE_RUN_QUEUE (object)->runs);
  G_OBJECT_CLASS (hone_run_queue_parent_class)->finalize (object);
}

static void
hone_run_queue_class_init (HoneRunQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hone_run_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = hone_run_queue_finalize;
}

static void
hone_run_queue_init (HoneRunQueue *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * hone_run_queue_new:
 * @store: a project
 *
 * Makes the queue of a project, empty until hone_run_queue_recover().
 *
 * Returns: (transfer full): a queue that lives on the main loop of this thread
 */
HoneRunQueue *
hone_run_queue_new (HoneStore *store)
{
  HoneRunQueue *self;

  g_return_val_if_fail (HONE_IS_STORE (store), NULL);

  self = g_object_new (HONE_TYPE_RUN_QUEUE, NULL);
  self->store = g_object_ref (store);
  return self;
}

/**
 * hone_run_queue_get_store:
 * @self: a queue
 *
 * Returns: (transfer none): its project
 */
HoneStore *
hone_run_queue_get_store (HoneRunQueue *self)
{
  g_return_val_if_fail (HONE_IS_RUN_QUEUE (self), NULL);
  return self->store;
}

/**
 * hone_run_queue_find:
 * @self: a queue
 * @run_id: number of a run
 *
 * Returns: (transfer none) (nullable): the run
 */
HoneRun *
hone_run_queue_find (HoneRunQueue *self,
                     gint64        run_id)
{
  g_return_val_if_fail (HONE_IS_RUN_QUEUE (self), NULL);

  for (guint i = 0; i < self->runs->len; i++)
    if (hone_run_get_id (self->runs->pdata[i]) == run_id)
      return self->runs->pdata[i];
  return NULL;
}

/* ---- recovery ---- */

/* The run of the other life may still be at work: its thread finds out. One that was only waiting is left to whoever wants it. */
static void
take_up (HoneRunQueue *self,
         GPtrArray    *records)
{
  gboolean writable = hone_store_get_writable (self->store);

  for (guint i = records->len; i > 0; i--)
    {
      HoneRunRecord *record = records->pdata[i - 1];
      HoneRunState state = record->state;
      HoneRun *run;

      if (hone_run_queue_find (self, record->id) != NULL)
        continue;
      run = _hone_run_new (self->store, g_steal_pointer (&records->pdata[i - 1]), FALSE);
      add_run (self, run);
      if (writable && state == HONE_RUN_QUEUED)
        _hone_run_set_state (run, HONE_RUN_INTERRUPTED);
      else if (writable && state == HONE_RUN_RUNNING)
        _hone_run_start (run, TRUE);
    }
}

static void
free_record (gpointer data)
{
  if (data != NULL)
    hone_run_record_free (data);
}

/**
 * hone_run_queue_recover:
 * @self: a queue
 * @error: return location
 *
 * Fills the queue with the runs of the project and takes up those that a crash, a kill or a closed window left running. In a project that
 * is open for reading only nothing is taken up. Blocks on the store.
 *
 * Returns: whether the runs could be read
 */
gboolean
hone_run_queue_recover (HoneRunQueue  *self,
                        GError       **error)
{
  g_autoptr(GPtrArray) records = NULL;

  g_return_val_if_fail (HONE_IS_RUN_QUEUE (self), FALSE);

  records = hone_store_list_runs (self->store, error);
  if (records == NULL)
    return FALSE;
  g_ptr_array_set_free_func (records, free_record);
  take_up (self, records);
  return TRUE;
}

static void
list_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *records = hone_store_list_runs (data, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * hone_run_queue_recover_async:
 * @self: a queue
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Like hone_run_queue_recover(), for windows.
 */
void
hone_run_queue_recover_async (HoneRunQueue        *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (HONE_IS_RUN_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_run_queue_recover_async);
  g_task_set_task_data (task, g_object_ref (self->store), g_object_unref);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * hone_run_queue_recover_finish:
 * @self: a queue
 * @result: given to the callback
 * @error: return location
 *
 * Returns: whether the runs could be read
 */
gboolean
hone_run_queue_recover_finish (HoneRunQueue  *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr(GPtrArray) records = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  records = g_task_propagate_pointer (G_TASK (result), error);
  if (records == NULL)
    return FALSE;
  g_ptr_array_set_free_func (records, free_record);
  take_up (self, records);
  return TRUE;
}

/* ---- what people ask for ---- */

static gboolean
refuse (HoneRun     *run,
        const char  *what,
        GError     **error)
{
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_STATE, _("Run %" G_GINT64_FORMAT " is %s and cannot be %s"), hone_run_get_id (run),
               hone_run_state_to_string (hone_run_get_state (run)), what);
  return FALSE;
}

static gboolean
stop_run (HoneRun       *run,
          HoneRunState   state,
          HoneRequest    request,
          const char    *what,
          GError       **error)
{
  if (!hone_run_state_can_change (hone_run_get_state (run), state))
    return refuse (run, what, error);
  if (_hone_run_is_active (run))
    _hone_run_ask (run, request);
  else if (hone_run_get_state (run) == HONE_RUN_RUNNING)
    return refuse (run, what, error);   /* another process follows it */
  else
    _hone_run_set_state (run, state);
  return TRUE;
}

/**
 * hone_run_queue_cancel:
 * @self: a queue
 * @run: one of its runs
 * @error: return location
 *
 * Stops a run; its trainer is asked to save and end, and killed where it does not. A cancelled run can be resumed.
 *
 * Returns: whether that is possible in its state
 */
gboolean
hone_run_queue_cancel (HoneRunQueue  *self,
                       HoneRun       *run,
                       GError       **error)
{
  g_return_val_if_fail (HONE_IS_RUN_QUEUE (self), FALSE);
  g_return_val_if_fail (HONE_IS_RUN (run), FALSE);

  return stop_run (run, HONE_RUN_CANCELLED, HONE_REQUEST_CANCEL, _("cancelled"), error);
}

/**
 * hone_run_queue_pause:
 * @self: a queue
 * @run: one of its runs
 * @error: return location
 *
 * Like hone_run_queue_cancel(), for somebody who means to go on.
 *
 * Returns: whether that is possible in its state
 */
gboolean
hone_run_queue_pause (HoneRunQueue  *self,
                      HoneRun       *run,
                      GError       **error)
{
  g_return_val_if_fail (HONE_IS_RUN_QUEUE (self), FALSE);
  g_return_val_if_fail (HONE_IS_RUN (run), FALSE);

  return stop_run (run, HONE_RUN_PAUSED, HONE_REQUEST_PAUSE, _("paused"), error);
}

/**
 * hone_run_queue_resume:
 * @self: a queue
 * @run: a run that is paused, interrupted, cancelled or failed
 * @error: return location
 *
 * Queues a run again. It goes on from the stage it was in, in the same directory; a failed one begins again.
 *
 * Returns: whether that is possible in its state
 */
gboolean
hone_run_queue_resume (HoneRunQueue  *self,
                       HoneRun       *run,
                       GError       **error)
{
  g_return_val_if_fail (HONE_IS_RUN_QUEUE (self), FALSE);
  g_return_val_if_fail (HONE_IS_RUN (run), FALSE);

  if (_hone_run_is_active (run) || !hone_run_state_can_change (hone_run_get_state (run), HONE_RUN_QUEUED))
    return refuse (run, _("resumed"), error);
  _hone_run_set_state (run, HONE_RUN_QUEUED);
  start_next (self);
  return TRUE;
}

/* ---- new runs ---- */

HoneRunRecord *
_hone_run_record_add (HoneStore   *store,
                      const char  *kind,
                      const char  *title,
                      const char  *parameters,
                      gint64       iteration_id,
                      GError     **error)
{
  g_autoptr(HoneRunRecord) record = g_new0 (HoneRunRecord, 1);

  record->uuid = g_uuid_string_random ();
  record->kind = g_strdup (kind);
  record->title = g_strdup (title);
  record->state = HONE_RUN_QUEUED;
  record->parameters = g_strdup (parameters);
  record->directory = g_build_filename (g_get_user_data_dir (), "hone", "runs", hone_store_get_uuid (store), record->uuid, NULL);
  record->iteration_id = iteration_id;
  record->progress = NAN;
  record->created = g_get_real_time ();
  hone_data_remember (store);
  record->id = hone_store_add_run (store, record, error);
  return record->id != 0 ? g_steal_pointer (&record) : NULL;
}

static HoneRun *
add_planned (HoneRunQueue  *self,
             HoneRunRecord *record)
{
  HoneRun *run = _hone_run_new (self->store, record, TRUE);

  add_run (self, run);
  start_next (self);
  return g_object_ref (run);
}

HoneRun *
_hone_run_queue_plan (HoneRunQueue  *self,
                      HonePlanFunc   func,
                      gpointer       options,
                      GError       **error)
{
  HoneRunRecord *record = func (self->store, options, error);

  return record != NULL ? add_planned (self, record) : NULL;
}

typedef struct {
  HoneStore      *store;
  HonePlanFunc    func;
  gpointer        options;
  GDestroyNotify  options_free;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_object_unref (plan->store);
  plan->options_free (plan->options);
  g_free (plan);
}

static void
plan_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Plan *plan = data;
  GError *error = NULL;
  HoneRunRecord *record = plan->func (plan->store, plan->options, &error);

  if (record != NULL)
    g_task_return_pointer (task, record, (GDestroyNotify) hone_run_record_free);
  else
    g_task_return_error (task, error);
}

void
_hone_run_queue_plan_async (HoneRunQueue        *self,
                            HonePlanFunc         func,
                            gpointer             options,
                            GDestroyNotify       options_free,
                            gpointer             tag,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Plan *plan = g_new0 (Plan, 1);

  plan->store = g_object_ref (self->store);
  plan->func = func;
  plan->options = options;
  plan->options_free = options_free;
  g_task_set_source_tag (task, tag);
  /* What stands in the project is never reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, plan, plan_free);
  g_task_run_in_thread (task, plan_in_thread);
}

HoneRun *
_hone_run_queue_plan_finish (HoneRunQueue  *self,
                             GAsyncResult  *result,
                             gpointer       tag,
                             GError       **error)
{
  HoneRunRecord *record;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == tag, NULL);

  record = g_task_propagate_pointer (G_TASK (result), error);
  return record != NULL ? add_planned (self, record) : NULL;
}
