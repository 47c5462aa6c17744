/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-labeling-private.h"

enum {
  SHOWN,
  PROGRESS,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoneLabeling, hone_labeling, G_TYPE_OBJECT)

void
_hone_labeling_emit_shown (HoneLabeling *self)
{
  g_signal_emit (self, signals[SHOWN], 0);
}

void
_hone_labeling_emit_progress (HoneLabeling *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

void
_hone_labeling_emit_failed (HoneLabeling *self,
                            const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* ---- the object ---- */

static void
hone_labeling_dispose (GObject *object)
{
  HoneLabeling *self = HONE_LABELING (object);

  if (self->tell)
    hone_project_changed (self->project, HONE_PROJECT_LABELS);
  g_clear_handle_id (&self->tell, g_source_remove);
  g_clear_handle_id (&self->restart, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->counting);
  g_cancellable_cancel (self->surveying);
  g_clear_object (&self->reading);
  g_clear_object (&self->counting);
  g_clear_object (&self->surveying);
  g_clear_object (&self->current);
  g_ptr_array_set_size (self->held, 0);
  g_clear_object (&self->list);
  g_clear_object (&self->pending);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_labeling_parent_class)->dispose (object);
}

static void
hone_labeling_finalize (GObject *object)
{
  HoneLabeling *self = HONE_LABELING (object);

  g_clear_pointer (&self->details, hone_labeling_details_free);
  g_clear_pointer (&self->chosen, hone_category_set_unref);
  g_hash_table_unref (self->passed);
  g_ptr_array_unref (self->held);
  g_object_unref (self->log);
  g_free (self->survey);
  g_free (self->note);
  G_OBJECT_CLASS (hone_labeling_parent_class)->finalize (object);
}

static void
hone_labeling_class_init (HoneLabelingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = hone_labeling_dispose;
  object_class->finalize = hone_labeling_finalize;

  signals[SHOWN] = g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
hone_labeling_init (HoneLabeling *self)
{
  self->log = hone_labeling_log_new ();
  self->passed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->position = G_MAXUINT;
  self->fresh = self->stale = self->review = self->only_open = TRUE;
}

/**
 * hone_labeling_new:
 * @project: what is open
 * @selection: which texts, in which order, and whose answers
 *
 * Returns: (transfer full): labeling that nobody looks at yet
 */
HoneLabeling *
hone_labeling_new (HoneProject   *project,
                   HoneSelection *selection)
{
  HoneLabeling *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_LABELING, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->list = hone_example_list_new (project);
  _hone_labeling_connect (self);
  return self;
}

/**
 * hone_labeling_set_live:
 * @self: labeling
 * @live: whether somebody looks
 *
 * A queue that nobody looks at is not read; what has changed meanwhile is caught up with.
 */
void
hone_labeling_set_live (HoneLabeling *self,
                        gboolean      live)
{
  g_return_if_fail (HONE_IS_LABELING (self));

  self->live = live;
  if (live && self->stale)
    _hone_labeling_schedule (self, self->keep);
}

/**
 * hone_labeling_get_project:
 * @self: labeling
 *
 * Returns: (transfer none): what is open
 */
HoneProject *
hone_labeling_get_project (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  return self->project;
}

/**
 * hone_labeling_get_selection:
 * @self: labeling
 *
 * Returns: (transfer none): what the window looks at
 */
HoneSelection *
hone_labeling_get_selection (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  return self->selection;
}

/* ---- the text at hand ---- */

static HoneLabelingState
state_without_text (HoneLabeling *self)
{
  if (self->unreadable)
    return HONE_LABELING_UNREADABLE;
  if (self->fresh || !self->survey || hone_example_list_get_loading (self->list))
    return HONE_LABELING_LOADING;
  if (!self->survey->n_examples)
    return HONE_LABELING_NO_TEXTS;
  if (!g_list_model_get_n_items (G_LIST_MODEL (self->list)) && !hone_labeling_narrows (self) &&
      hone_selection_get_filter (self->selection)->reference_state != HONE_REFERENCE_NONE)
    return HONE_LABELING_NOTHING_FITS;
  return HONE_LABELING_DONE;
}

/**
 * hone_labeling_get_state:
 * @self: labeling
 *
 * Returns: whether there is a text to label, or why not
 */
HoneLabelingState
hone_labeling_get_state (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), HONE_LABELING_LOADING);

  if (!self->current && self->survey && !self->survey->n_examples)
    return HONE_LABELING_NO_TEXTS;
  if (!hone_ontology_get_size (hone_project_get_ontology (self->project)))
    return HONE_LABELING_NO_CATEGORIES;
  return self->current ? HONE_LABELING_TEXT : state_without_text (self);
}

/**
 * hone_labeling_get_current:
 * @self: labeling
 *
 * Returns: (transfer none) (nullable): the text at hand, which may not have been read yet
 */
HoneExampleItem *
hone_labeling_get_current (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  return self->current;
}

/**
 * hone_labeling_get_chosen:
 * @self: labeling
 *
 * Returns: (transfer none) (nullable): the label that the text has, or that is being chosen or written
 */
HoneCategorySet *
hone_labeling_get_chosen (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  return self->chosen;
}

/**
 * hone_labeling_get_note:
 * @self: labeling
 *
 * Returns: (nullable): what the author noted of this text
 */
const char *
hone_labeling_get_note (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  return self->note;
}

/**
 * hone_labeling_get_flag:
 * @self: labeling
 *
 * Returns: whether the text at hand is flagged
 */
gboolean
hone_labeling_get_flag (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), FALSE);

  return self->flag;
}

/**
 * hone_labeling_hides_answer:
 * @self: labeling
 *
 * A test text is always labelled blind: label and prediction of the sealed split are not to be seen together.
 *
 * Returns: whether the model's answer is not to be shown
 */
gboolean
hone_labeling_hides_answer (HoneLabeling *self)
{
  const HoneExample *example;

  g_return_val_if_fail (HONE_IS_LABELING (self), TRUE);

  example = self->current ? hone_example_item_get_example (self->current) : NULL;
  return self->blind || (example && example->split == HONE_SPLIT_TEST);
}

/**
 * hone_labeling_get_answer:
 * @self: labeling
 *
 * Returns: (transfer none) (nullable): what the chosen iteration answered; %NULL also where that is hidden, or was not read yet
 */
const HoneItemAnswer *
hone_labeling_get_answer (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  if (!self->current || !self->details || hone_labeling_hides_answer (self))
    return NULL;
  return hone_example_item_get_answer (self->current);
}

/**
 * hone_labeling_get_blind:
 * @self: labeling
 *
 * Returns: whether the model's answer is hidden
 */
gboolean
hone_labeling_get_blind (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), FALSE);

  return self->blind;
}

/**
 * hone_labeling_set_blind:
 * @self: labeling
 * @blind: whether the model's answer is to be hidden
 *
 * Hides the model's answers, or shows them.
 */
void
hone_labeling_set_blind (HoneLabeling *self,
                         gboolean      blind)
{
  g_return_if_fail (HONE_IS_LABELING (self));

  if (self->blind == !!blind)
    return;
  self->blind = !!blind;
  _hone_labeling_emit_shown (self);
}

/* ---- around it ---- */

/**
 * hone_labeling_get_progress:
 * @self: labeling
 * @progress: (out caller-allocates): how far one is
 *
 * Tells how much was done, how quickly, and how much is left.
 */
void
hone_labeling_get_progress (HoneLabeling         *self,
                            HoneLabelingProgress *progress)
{
  guint n, passed;

  g_return_if_fail (HONE_IS_LABELING (self) && progress);

  n = _hone_labeling_get_total (self);
  passed = _hone_labeling_count_passed (self);
  *progress = (HoneLabelingProgress) {
    .today = self->survey ? self->survey->today : 0,
    .per_minute = hone_labeling_log_get_pace (self->log),
    .position = self->current && self->position != G_MAXUINT ? self->position + 1 : 0,
    .total = n,
    .left = n - MIN (n, passed),
    .skipped = hone_labeling_log_count_skips (self->log),
    .complete = self->survey && !self->fresh && (self->counted || !hone_example_list_get_loading (self->list)),
  };
}

/**
 * hone_labeling_get_history:
 * @self: labeling
 *
 * Returns: (transfer none): a list of #HoneLabelingStep, the last decisions of this session that stand, the newest first
 */
GListModel *
hone_labeling_get_history (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  return hone_labeling_log_get_history (self->log);
}

/**
 * hone_labeling_get_review:
 * @self: labeling
 *
 * Returns: whether a label on a text that others have labelled settles it
 */
gboolean
hone_labeling_get_review (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), TRUE);

  return self->review;
}

/**
 * hone_labeling_set_review:
 * @self: labeling
 * @review: whether a label on a text that others have labelled is to settle it
 *
 * Without it such a label is one more vote, and may leave the text disputed.
 */
void
hone_labeling_set_review (HoneLabeling *self,
                          gboolean      review)
{
  g_return_if_fail (HONE_IS_LABELING (self));

  self->review = !!review;
}

/**
 * hone_labeling_get_only_open:
 * @self: labeling
 *
 * Returns: whether only texts without a label are asked about
 */
gboolean
hone_labeling_get_only_open (HoneLabeling *self)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), TRUE);

  return self->only_open;
}

/**
 * hone_labeling_set_only_open:
 * @self: labeling
 * @only_open: whether texts that have a label are to be left out
 *
 * Of no effect where the filter speaks of labels itself.
 */
void
hone_labeling_set_only_open (HoneLabeling *self,
                             gboolean      only_open)
{
  g_return_if_fail (HONE_IS_LABELING (self));

  if (self->only_open == !!only_open)
    return;
  self->only_open = !!only_open;
  _hone_labeling_schedule (self, FALSE);
  _hone_labeling_emit_progress (self);
}

/**
 * hone_labeling_narrows:
 * @self: labeling
 *
 * Returns: whether texts that have a label are left out though the filter does not say so
 */
gboolean
hone_labeling_narrows (HoneLabeling *self)
{
  const HoneFilter *filter;

  g_return_val_if_fail (HONE_IS_LABELING (self), FALSE);

  filter = hone_selection_get_filter (self->selection);
  return self->only_open && filter->reference_state < 0 && !filter->reference && !filter->category && filter->agrees < 0 &&
         filter->conflicting < 0 && !filter->scored_by;
}

/**
 * hone_labeling_explain_order:
 * @self: labeling
 * @order: an order
 *
 * Returns: (nullable): why the texts cannot stand in this order now; %NULL: they can
 */
const char *
hone_labeling_explain_order (HoneLabeling   *self,
                             HoneQueueOrder  order)
{
  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  if (order == HONE_QUEUE_UNCERTAIN && !hone_selection_get_iteration (self->selection))
    return _("Choose an iteration first");
  if (order == HONE_QUEUE_UNCERTAIN && self->survey && !self->survey->uncertain)
    return _("This iteration gave no confidences");
  if (order == HONE_QUEUE_DISAGREE && self->survey && !self->survey->disagree)
    return _("Needs answers of two experiments to the same texts");
  return NULL;
}
