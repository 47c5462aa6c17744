/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "hone-labeling-log.h"

#define PACE_STEPS 20
#define PAUSE      (60 * G_USEC_PER_SEC)

struct _HoneLabelingLog {
  GObject      parent_instance;

  GPtrArray   *steps;      /* of HoneLabelingStep, oldest first */
  GArray      *times;      /* of gint64, one per step */
  guint        n_done;     /* the steps before stand, those from here on were undone */
  GHashTable  *standing;   /* example id -> HoneLabelingStep of @steps: its newest decision that stands */
  guint        n_skips;
  GListStore  *history;
};

G_DEFINE_FINAL_TYPE (HoneLabelingLog, hone_labeling_log, G_TYPE_OBJECT)

static void
hone_labeling_log_finalize (GObject *object)
{
  HoneLabelingLog *self = HONE_LABELING_LOG (object);

  g_hash_table_unref (self->standing);
  g_ptr_array_unref (self->steps);
  g_array_unref (self->times);
  g_object_unref (self->history);
  G_OBJECT_CLASS (hone_labeling_log_parent_class)->finalize (object);
}

static void
hone_labeling_log_class_init (HoneLabelingLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hone_labeling_log_finalize;
}

static void
hone_labeling_log_init (HoneLabelingLog *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->standing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->history = g_list_store_new (HONE_TYPE_LABELING_STEP);
}

/* ---- the last decisions ---- */

static GPtrArray *
last_decisions (HoneLabelingLog *self)
{
  GPtrArray *last = g_ptr_array_new ();

  for (guint i = self->n_done; i > 0 && last->len < HONE_LABELING_REMEMBERED; i--)
    {
      HoneLabelingStep *step = g_ptr_array_index (self->steps, i - 1);

      if (hone_labeling_log_find (self, hone_labeling_step_get_example_id (step)) == step)
        g_ptr_array_add (last, step);
    }
  return last;
}

static gboolean
is_at (GListStore *store,
       guint       position,
       gpointer    step)
{
  g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (store), position);

  return (gpointer) item == step;
}

/* Only what differs is taken out and put in, so that rows which stay are not made anew. */
static void
update_history (HoneLabelingLog *self)
{
  g_autoptr(GPtrArray) last = last_decisions (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  for (guint i = 0; i < last->len; i++)
    {
      if (i < n && is_at (self->history, i, last->pdata[i]))
        continue;
      if (i + 1 < n && is_at (self->history, i + 1, last->pdata[i]))
        {
          g_list_store_remove (self->history, i);
          n--;
          continue;
        }
      g_list_store_insert (self->history, i, last->pdata[i]);
      n++;
    }
  if (n > last->len)
    g_list_store_splice (self->history, last->len, n - last->len, NULL, 0);
}

/* ---- what stands ---- */

static void
set_standing (HoneLabelingLog  *self,
              gint64            id,
              HoneLabelingStep *step)   /* (nullable): none */
{
  if (step)
    g_hash_table_insert (self->standing, g_memdup2 (&id, sizeof id), step);
  else
    g_hash_table_remove (self->standing, &id);
}

static HoneLabelingStep *
find_before (HoneLabelingLog *self,
             gint64           id)
{
  for (guint i = self->n_done; i > 0; i--)
    {
      HoneLabelingStep *step = g_ptr_array_index (self->steps, i - 1);

      if (hone_labeling_step_is_decision (step) && hone_labeling_step_get_example_id (step) == id)
        return step;
    }
  return NULL;
}

static void
stand (HoneLabelingLog  *self,
       HoneLabelingStep *step)
{
  self->n_done++;
  if (!hone_labeling_step_is_decision (step))
    return;
  self->n_skips += hone_labeling_step_get_kind (step) == HONE_STEP_SKIP;
  set_standing (self, hone_labeling_step_get_example_id (step), step);
  update_history (self);
}

/**
 * hone_labeling_log_new:
 *
 * Returns: (transfer full): an empty log
 */
HoneLabelingLog *
hone_labeling_log_new (void)
{
  return g_object_new (HONE_TYPE_LABELING_LOG, NULL);
}

/**
 * hone_labeling_log_push:
 * @self: a log
 * @step: what is on disk by now
 * @time: when, monotonic, in microseconds
 *
 * Adds a step; what was undone before can be redone no more.
 */
void
hone_labeling_log_push (HoneLabelingLog  *self,
                        HoneLabelingStep *step,
                        gint64            time)
{
  g_return_if_fail (HONE_IS_LABELING_LOG (self) && HONE_IS_LABELING_STEP (step));

  g_ptr_array_set_size (self->steps, self->n_done);
  g_array_set_size (self->times, self->n_done);
  g_ptr_array_add (self->steps, g_object_ref (step));
  g_array_append_val (self->times, time);
  stand (self, step);
}

/**
 * hone_labeling_log_peek_undo:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): the newest step that stands
 */
HoneLabelingStep *
hone_labeling_log_peek_undo (HoneLabelingLog *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_LOG (self), NULL);

  return self->n_done ? g_ptr_array_index (self->steps, self->n_done - 1) : NULL;
}

/**
 * hone_labeling_log_peek_redo:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): the step that was undone last
 */
HoneLabelingStep *
hone_labeling_log_peek_redo (HoneLabelingLog *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_LOG (self), NULL);

  return self->n_done < self->steps->len ? g_ptr_array_index (self->steps, self->n_done) : NULL;
}

/**
 * hone_labeling_log_undone:
 * @self: a log with something to undo
 *
 * Tells that it was undone.
 */
void
hone_labeling_log_undone (HoneLabelingLog *self)
{
  HoneLabelingStep *step;
  gint64 id;

  g_return_if_fail (HONE_IS_LABELING_LOG (self) && self->n_done);

  step = g_ptr_array_index (self->steps, --self->n_done);
  if (!hone_labeling_step_is_decision (step))
    return;
  id = hone_labeling_step_get_example_id (step);
  self->n_skips -= hone_labeling_step_get_kind (step) == HONE_STEP_SKIP;
  set_standing (self, id, find_before (self, id));
  update_history (self);
}

/**
 * hone_labeling_log_redone:
 * @self: a log with something to redo
 *
 * Tells that it was redone.
 */
void
hone_labeling_log_redone (HoneLabelingLog *self)
{
  g_return_if_fail (HONE_IS_LABELING_LOG (self) && self->n_done < self->steps->len);

  stand (self, g_ptr_array_index (self->steps, self->n_done));
}

/**
 * hone_labeling_log_find:
 * @self: a log
 * @example_id: a text
 *
 * Returns: (transfer none) (nullable): the newest decision on it that stands
 */
HoneLabelingStep *
hone_labeling_log_find (HoneLabelingLog *self,
                        gint64           example_id)
{
  g_return_val_if_fail (HONE_IS_LABELING_LOG (self), NULL);

  return g_hash_table_lookup (self->standing, &example_id);
}

/**
 * hone_labeling_log_get_history:
 * @self: a log
 *
 * Returns: (transfer none): the standing decisions on the last texts, the newest first
 */
GListModel *
hone_labeling_log_get_history (HoneLabelingLog *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_LOG (self), NULL);

  return G_LIST_MODEL (self->history);
}

/**
 * hone_labeling_log_count_skips:
 * @self: a log
 *
 * Returns: skips that stand
 */
guint
hone_labeling_log_count_skips (HoneLabelingLog *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_LOG (self), 0);

  return self->n_skips;
}

/**
 * hone_labeling_log_get_pace:
 * @self: a log
 *
 * Returns: decisions per minute over the last of them, pauses of more than a minute left out; NAN where there are too few
 */
double
hone_labeling_log_get_pace (HoneLabelingLog *self)
{
  gint64 newer = 0, sum = 0;
  guint n = 0, n_steps = 0;

  g_return_val_if_fail (HONE_IS_LABELING_LOG (self), NAN);

  for (guint i = self->n_done; i > 0 && n_steps < PACE_STEPS; i--)
    {
      gint64 time = g_array_index (self->times, gint64, i - 1);

      if (!hone_labeling_step_is_decision (g_ptr_array_index (self->steps, i - 1)))
        continue;
      if (n_steps++ && newer - time <= PAUSE)
        {
          sum += newer - time;
          n++;
        }
      newer = time;
    }
  return n && sum ? 60.0 * G_USEC_PER_SEC * n / sum : NAN;
}
