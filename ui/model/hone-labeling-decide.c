/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the text at hand: written first, shown then. */
#include "config.h"

#include "hone-labeling-private.h"

/* ---- on disk ---- */

typedef struct {
  HoneLabelingStep   *step;
  HoneWriteDirection  direction;
  char               *author;
  gboolean            review;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_object_unref (write->step);
  g_free (write->author);
  g_free (write);
}

static gpointer
run_write (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Write *write = data;

  switch (write->direction)
    {
    case HONE_WRITE_DO:
      return GINT_TO_POINTER (hone_labeling_step_do (write->step, store, write->author, write->review, error));
    case HONE_WRITE_UNDO:
      return GINT_TO_POINTER (hone_labeling_step_undo (write->step, store, error));
    default:
      return GINT_TO_POINTER (hone_labeling_step_redo (write->step, store, error));
    }
}

static void write_cb (GObject      *store,
                      GAsyncResult *result,
                      gpointer      user_data);

static void
start_write (HoneLabeling       *self,
             HoneLabelingStep   *step,
             HoneWriteDirection  direction)
{
  Write *write = g_new0 (Write, 1);

  g_cancellable_cancel (self->reading);     /* it would tell what was before the write */
  g_set_object (&self->pending, step);
  self->direction = direction;
  self->busy = TRUE;
  write->step = g_object_ref (step);
  write->direction = direction;
  write->author = g_strdup (hone_project_get_author (self->project));
  write->review = self->review;
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_WRITE, run_write, write, write_free, NULL, NULL, write_cb, g_object_ref (self));
}

/* ---- what follows from it ---- */

static gboolean
tell_cb (gpointer data)
{
  HoneLabeling *self = data;

  self->tell = 0;
  self->telling = TRUE;
  hone_project_changed (self->project, HONE_PROJECT_LABELS);
  self->telling = FALSE;
  return G_SOURCE_REMOVE;
}

/* The next text is painted first: other panes are told in an idle moment. */
static void
tell_project (HoneLabeling *self)
{
  if (!self->tell)
    self->tell = g_idle_add (tell_cb, self);
}

/* Today's count: a first label is one more; of everything else only the project knows. */
static void
count_today (HoneLabeling     *self,
             HoneLabelingStep *step,
             gboolean          first)
{
  if (!hone_labeling_step_is_decision (step))
    return;
  if (first && self->survey && !self->in_survey && _hone_labeling_is_today (self))
    self->survey->today += hone_labeling_step_get_kind (step) == HONE_STEP_LABEL;
  else
    _hone_labeling_survey (self);
}

static void
stay (HoneLabeling     *self,
      HoneLabelingStep *step)
{
  hone_labeling_show (self, hone_labeling_step_get_item (step));
  if (hone_labeling_step_get_kind (step) != HONE_STEP_FLAG)
    return;
  /* The item was read before. */
  self->flag = hone_labeling_step_get_flag (step) == (self->direction == HONE_WRITE_REDO);
  _hone_labeling_emit_shown (self);
}

static void
after_do (HoneLabeling     *self,
          HoneLabelingStep *step)
{
  gint64 id = hone_labeling_step_get_example_id (step);
  gboolean first = self->details && !self->details->decided && !hone_labeling_log_find (self->log, id);

  hone_labeling_log_push (self->log, step, g_get_monotonic_time ());
  count_today (self, step, first);
  if (hone_labeling_step_is_decision (step))
    {
      _hone_labeling_pass (self, id, TRUE);
      _hone_labeling_go_on (self);
      return;
    }
  _hone_labeling_settle (self);
  _hone_labeling_read_details (self);
}

static void
after_undo (HoneLabeling     *self,
            HoneLabelingStep *step)
{
  gint64 id = hone_labeling_step_get_example_id (step);

  hone_labeling_log_undone (self->log);
  count_today (self, step, FALSE);
  if (hone_labeling_step_is_decision (step) && !hone_labeling_log_find (self->log, id))
    _hone_labeling_pass (self, id, FALSE);
  stay (self, step);
}

static void
after_redo (HoneLabeling     *self,
            HoneLabelingStep *step)
{
  gint64 id = hone_labeling_step_get_example_id (step);

  hone_labeling_log_redone (self->log);
  count_today (self, step, FALSE);
  if (!hone_labeling_step_is_decision (step))
    {
      stay (self, step);
      return;
    }
  _hone_labeling_pass (self, id, TRUE);
  self->position = hone_example_list_find (self->list, id);
  _hone_labeling_go_on (self);
}

/* What could not be written stays as it is; undo and redo are simply to be asked for again. */
static void
not_written (HoneLabeling *self,
             const GError *error)
{
  if (self->direction != HONE_WRITE_DO)
    g_clear_object (&self->pending);
  _hone_labeling_emit_failed (self, error);
  _hone_labeling_emit_shown (self);
  _hone_labeling_settle (self);
  if (!self->details)
    _hone_labeling_read_details (self);
}

static void
write_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneLabeling) self = user_data;
  g_autoptr(HoneLabelingStep) step = NULL;
  g_autoptr(GError) error = NULL;
  gboolean written = GPOINTER_TO_INT (hone_store_call_finish (HONE_STORE (store), result, &error));

  self->busy = FALSE;
  if (!written)
    {
      not_written (self, error);
      return;
    }
  step = g_steal_pointer (&self->pending);
  if (self->direction == HONE_WRITE_DO)
    after_do (self, step);
  else if (self->direction == HONE_WRITE_UNDO)
    after_undo (self, step);
  else
    after_redo (self, step);
  _hone_labeling_emit_progress (self);
  tell_project (self);
}

/* ---- decisions ---- */

/* Something that is not on disk is only replaced by another decision on the same text. */
static gboolean
can_decide (HoneLabeling *self)
{
  return self->current && !self->busy && hone_project_get_writable (self->project) &&
         (!self->pending || hone_labeling_step_is_decision (self->pending));
}

static void
decide (HoneLabeling *self)
{
  g_autoptr(HoneLabelingStep) step = hone_labeling_step_new_label (self->current, self->chosen);

  start_write (self, step, HONE_WRITE_DO);
}

static void
take_chosen (HoneLabeling    *self,
             HoneCategorySet *chosen)   /* (transfer full) (nullable) */
{
  g_clear_pointer (&self->chosen, hone_category_set_unref);
  self->chosen = chosen;
  self->touched = TRUE;
  _hone_labeling_emit_shown (self);
}

static HoneCategorySet *
toggled (const HoneCategorySet *set,   /* (nullable) */
         guint                  category)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize n = 0;
  const guint *old = set ? hone_category_set_get_ids (set, &n) : NULL;

  for (gsize i = 0; i < n; i++)
    if (old[i] != category)
      g_array_append_val (ids, old[i]);
  if (ids->len == n)
    g_array_append_val (ids, category);
  return ids->len ? hone_category_set_new ((const guint *) (gpointer) ids->data, ids->len) : NULL;
}

/**
 * hone_labeling_pick:
 * @self: labeling
 * @category: id of a category
 *
 * Choice rule “one”: the label is written and the next text comes. “several”: the category is chosen, or chosen no longer.
 */
void
hone_labeling_pick (HoneLabeling *self,
                    guint         category)
{
  HoneOntology *ontology;

  g_return_if_fail (HONE_IS_LABELING (self));

  ontology = hone_project_get_ontology (self->project);
  if (!can_decide (self) || !hone_ontology_get_by_id (ontology, category))
    return;
  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL)
    {
      g_clear_object (&self->pending);
      take_chosen (self, toggled (self->chosen, category));
      return;
    }
  take_chosen (self, hone_category_set_new_single (category));
  decide (self);
}

/**
 * hone_labeling_save:
 * @self: labeling
 *
 * Writes what is chosen and goes on; nothing happens where nothing is chosen.
 */
void
hone_labeling_save (HoneLabeling *self)
{
  g_return_if_fail (HONE_IS_LABELING (self));

  if (can_decide (self) && self->chosen)
    decide (self);
}

/**
 * hone_labeling_skip:
 * @self: labeling
 *
 * Leaves the text without a label of this author, and goes on.
 */
void
hone_labeling_skip (HoneLabeling *self)
{
  g_autoptr(HoneLabelingStep) step = NULL;

  g_return_if_fail (HONE_IS_LABELING (self));

  if (!can_decide (self))
    return;
  step = hone_labeling_step_new_skip (self->current);
  start_write (self, step, HONE_WRITE_DO);
}

/**
 * hone_labeling_toggle_flag:
 * @self: labeling
 *
 * Flags the text, or takes its flag away; it stays at hand.
 */
void
hone_labeling_toggle_flag (HoneLabeling *self)
{
  g_autoptr(HoneLabelingStep) step = NULL;

  g_return_if_fail (HONE_IS_LABELING (self));

  if (!can_decide (self) || self->pending)
    return;
  self->flag = !self->flag;
  step = hone_labeling_step_new_flag (self->current, self->flag);
  start_write (self, step, HONE_WRITE_DO);
  _hone_labeling_emit_shown (self);
}

/**
 * hone_labeling_set_note:
 * @self: labeling
 * @note: (nullable): what to remember of the text; %NULL or "" takes the note away
 *
 * Writes a note; the text stays at hand, with the label that it has.
 */
void
hone_labeling_set_note (HoneLabeling *self,
                        const char   *note)
{
  g_autoptr(HoneLabelingStep) step = NULL;
  const char *wanted = note && *note ? note : NULL;

  g_return_if_fail (HONE_IS_LABELING (self));

  if (!can_decide (self) || self->pending || !hone_set_str (&self->note, wanted))
    return;
  step = hone_labeling_step_new_note (self->current, wanted);
  start_write (self, step, HONE_WRITE_DO);
  _hone_labeling_emit_shown (self);
}

/* ---- what was not written ---- */

/**
 * hone_labeling_has_failed:
 * @self: labeling
 *
 * Returns: whether the last decision is not on disk, and waits to be written again or given up
 */
gboolean
hone_labeling_has_failed (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), FALSE);

  return self->pending && !self->busy;
}

/**
 * hone_labeling_retry:
 * @self: labeling
 *
 * Writes again what could not be written.
 */
void
hone_labeling_retry (HoneLabeling *self)
{
  g_autoptr(HoneLabelingStep) step = NULL;

  g_return_if_fail (HONE_IS_LABELING (self));

  if (!hone_labeling_has_failed (self))
    return;
  step = g_object_ref (self->pending);
  start_write (self, step, HONE_WRITE_DO);
}

/**
 * hone_labeling_discard:
 * @self: labeling
 *
 * Gives up what could not be written; the text shows what it had before.
 */
void
hone_labeling_discard (HoneLabeling *self)
{
  g_autoptr(HoneExampleItem) item = NULL;

  g_return_if_fail (HONE_IS_LABELING (self));

  if (!hone_labeling_has_failed (self))
    return;
  item = g_object_ref (hone_labeling_step_get_item (self->pending));
  g_clear_object (&self->pending);
  hone_labeling_show (self, item);
}

/* ---- undo and redo ---- */

/**
 * hone_labeling_can_undo:
 * @self: labeling
 *
 * Returns: whether something of this session stands that can be taken back
 */
gboolean
hone_labeling_can_undo (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), FALSE);

  return hone_labeling_log_peek_undo (self->log) != NULL || hone_labeling_has_failed (self);
}

/**
 * hone_labeling_can_redo:
 * @self: labeling
 *
 * Returns: whether something was taken back and nothing done since
 */
gboolean
hone_labeling_can_redo (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), FALSE);

  return hone_labeling_log_peek_redo (self->log) != NULL;
}

/**
 * hone_labeling_undo:
 * @self: labeling
 *
 * Takes back the newest label, skip, note or flag of this session, and shows its text. What could not be written is given up.
 */
void
hone_labeling_undo (HoneLabeling *self)
{
  HoneLabelingStep *step;

  g_return_if_fail (HONE_IS_LABELING (self));

  if (hone_labeling_has_failed (self))
    {
      hone_labeling_discard (self);
      return;
    }
  step = hone_labeling_log_peek_undo (self->log);
  if (step && !self->busy)
    start_write (self, step, HONE_WRITE_UNDO);
}

/**
 * hone_labeling_redo:
 * @self: labeling
 *
 * Does again what was taken back last.
 */
void
hone_labeling_redo (HoneLabeling *self)
{
  HoneLabelingStep *step;

  g_return_if_fail (HONE_IS_LABELING (self));

  step = hone_labeling_log_peek_redo (self->log);
  if (step && !self->busy && !self->pending)
    start_write (self, step, HONE_WRITE_REDO);
}

/* ---- simulated labeling ---- */

/**
 * hone_labeling_count_known:
 * @self: labeling
 *
 * Returns: train texts without a label whose known answer is hidden; 0 before it was counted
 */
guint64
hone_labeling_count_known (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), 0);

  return self->survey ? self->survey->n_known : 0;
}

static void
reveal_cb (GObject      *queue,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  HoneLabeling *self = g_task_get_source_object (task);
  HoneSimulateReport *report = NULL;
  GError *error = NULL;

  if (!hone_simulate_finish (HONE_RUN_QUEUE (queue), result, &report, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  _hone_labeling_schedule (self, FALSE);
  tell_project (self);
  g_task_return_pointer (task, report, (GDestroyNotify) hone_simulate_report_free);
}

/**
 * hone_labeling_reveal_async:
 * @self: labeling
 * @n: how many
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): on the main loop
 * @user_data: for @callback
 *
 * Simulated labeling: known answers become labels by “simulated”, in the order of the queue where that is by uncertainty, else at
 * random. This cannot be undone.
 */
void
hone_labeling_reveal_async (HoneLabeling        *self,
                            guint64              n,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  HoneSampleOrder order;

  g_return_if_fail (HONE_IS_LABELING (self));

  task = g_task_new (self, cancellable, callback, user_data);
  order = hone_selection_get_order (self->selection) == HONE_QUEUE_UNCERTAIN ? HONE_ORDER_UNCERTAIN : HONE_ORDER_RANDOM;
  g_task_set_source_tag (task, hone_labeling_reveal_async);
  g_task_set_check_cancellable (task, FALSE);
  hone_simulate_async (hone_project_get_queue (self->project), n, order, NULL, cancellable, reveal_cb, task);
}

/**
 * hone_labeling_reveal_finish:
 * @self: labeling
 * @result: of revealing
 * @report: (out) (optional): what was revealed
 * @error: return location for %HONE_JOBS_ERROR_* and %HONE_STORE_ERROR_*
 *
 * Returns: whether the labels are on disk
 */
gboolean
hone_labeling_reveal_finish (HoneLabeling        *self,
                             GAsyncResult        *result,
                             HoneSimulateReport **report,
                             GError             **error)
{
  g_autoptr(HoneSimulateReport) revealed = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  revealed = g_task_propagate_pointer (G_TASK (result), error);
  if (!revealed)
    return FALSE;
  if (report)
    *report = g_steal_pointer (&revealed);
  return TRUE;
}
