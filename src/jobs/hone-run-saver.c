/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several threads may write down states of one run: the newest one stands in the end, in whichever order they come. */
#include "config.h"

#include "hone-run-saver-private.h"

struct _HoneRunSaver {
  gatomicrefcount  refs;
  guint64          asked;          /* sequence of the newest state; main loop only */
  GMutex           mutex;
  guint64          saved;          /* sequence of the newest state in the store */
};

HoneRunSaver *
_hone_run_saver_new (void)
{
  HoneRunSaver *self = g_new0 (HoneRunSaver, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  return self;
}

void
_hone_run_saver_unref (HoneRunSaver *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
_hone_run_saver_skip (HoneRunSaver *self)
{
  g_mutex_lock (&self->mutex);
  self->saved = ++self->asked;
  g_mutex_unlock (&self->mutex);
}

typedef struct {
  HoneRunSaver *saver;
  guint64       sequence;
  gint64        run_id;
  HoneRunState  state;
  gint64        ended;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  _hone_run_saver_unref (save->saver);
  g_free (save);
}

static gboolean
write_state (HoneStore   *store,
             const Save  *save,
             GError     **error)
{
  g_autoptr(HoneRunRecord) record = hone_store_get_run (store, save->run_id, error);

  if (record == NULL)
    return FALSE;
  record->state = save->state;
  record->ended = save->ended;
  return hone_store_update_run (store, record, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;
  gboolean good = TRUE;

  g_mutex_lock (&save->saver->mutex);
  if (save->sequence > save->saver->saved)
    {
      good = write_state (source, save, &error);
      save->saver->saved = save->sequence;
    }
  g_mutex_unlock (&save->saver->mutex);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
_hone_run_saver_save (HoneRunSaver        *self,
                      HoneStore           *store,
                      const HoneRunRecord *record,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Save *save = g_new (Save, 1);

  g_atomic_ref_count_inc (&self->refs);
  *save = (Save) { self, ++self->asked, record->id, record->state, record->ended };
  g_task_set_source_tag (task, _hone_run_saver_save);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
_hone_run_saver_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
