/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocking functions of the store for a window, whose thread never waits for a disk. */
#include "config.h"

#include "hone-store-private.h"

/* How many threads each has. One: calls keep their order. */
static const int lane_widths[HONE_N_LANES] = { [HONE_LANE_READ] = 4, [HONE_LANE_WRITE] = 1, [HONE_LANE_LONG] = 1 };

typedef struct {
  HoneStoreFunc  func;
  gpointer       data;
  GDestroyNotify data_free, result_free;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  if (call->data_free)
    call->data_free (call->data);
  g_free (call);
}

static void
run_call (gpointer data,
          gpointer user_data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gpointer result = NULL;

  /* What nobody waits for any more need not begin; what has begun says itself how it ended. */
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    result = call->func (g_task_get_source_object (task), call->data, cancellable, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, call->result_free);
}

void
_hone_store_open_lanes (HoneStore *self)
{
  for (int i = 0; i < HONE_N_LANES; i++)
    self->lanes[i] = g_thread_pool_new (run_call, NULL, lane_widths[i], FALSE, NULL);
}

void
_hone_store_close_lanes (HoneStore *self)
{
  for (int i = 0; i < HONE_N_LANES; i++)
    g_thread_pool_free (self->lanes[i], FALSE, FALSE);   /* no call is under way: each holds the project */
}

/**
 * hone_store_call_async:
 * @self: a project
 * @lane: beside what it may run
 * @func: what to do; runs in a worker thread and may use every blocking function of the store
 * @data: for @func
 * @data_free: (nullable): frees @data
 * @result_free: (nullable): frees the result if nobody takes it
 * @cancellable: (nullable): ends it before it begins and is handed to @func; a write that was committed is never reported as cancelled
 * @callback: on the caller's main context
 * @user_data: for @callback
 *
 * Runs a blocking function for a window. Calls of %HONE_LANE_WRITE and of %HONE_LANE_LONG keep their order; those of
 * %HONE_LANE_READ run side by side.
 */
void
hone_store_call_async (HoneStore           *self,
                       HoneLane             lane,
                       HoneStoreFunc        func,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GDestroyNotify       result_free,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Call *call;

  g_return_if_fail (HONE_IS_STORE (self) && func != NULL);
  g_return_if_fail (lane >= 0 && lane < HONE_N_LANES);

  task = g_task_new (self, cancellable, callback, user_data);
  call = g_new0 (Call, 1);
  *call = (Call) { func, data, data_free, result_free };
  g_task_set_source_tag (task, hone_store_call_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, call_free);
  g_thread_pool_push (self->lanes[lane], g_steal_pointer (&task), NULL);
}

/**
 * hone_store_call_finish:
 * @self: a project
 * @result: of the call
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the function returned
 */
gpointer
hone_store_call_finish (HoneStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
