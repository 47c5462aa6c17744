/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-labeling-step.h"
#include "store/hone-store-labels.h"

struct _HoneLabelingStep {
  GObject          parent_instance;

  HoneStepKind     kind;
  HoneExampleItem *item;
  HoneCategorySet *categories;   /* (nullable) */
  char            *note;         /* (nullable) */
  gboolean         flag;
  gint64           label_id;     /* 0: not written */
};

G_DEFINE_FINAL_TYPE (HoneLabelingStep, hone_labeling_step, G_TYPE_OBJECT)

static void
hone_labeling_step_finalize (GObject *object)
{
  HoneLabelingStep *self = HONE_LABELING_STEP (object);

  g_clear_object (&self->item);
  g_clear_pointer (&self->categories, hone_category_set_unref);
  g_free (self->note);
  G_OBJECT_CLASS (hone_labeling_step_parent_class)->finalize (object);
}

static void
hone_labeling_step_class_init (HoneLabelingStepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hone_labeling_step_finalize;
}

static void
hone_labeling_step_init (HoneLabelingStep *self)
{
}

static HoneLabelingStep *
step_new (HoneStepKind     kind,
          HoneExampleItem *item)
{
  HoneLabelingStep *self = g_object_new (HONE_TYPE_LABELING_STEP, NULL);

  self->kind = kind;
  self->item = g_object_ref (item);
  return self;
}

/**
 * hone_labeling_step_new_label:
 * @item: a text
 * @categories: what it is about
 *
 * Returns: (transfer full): a label that is still to be written
 */
HoneLabelingStep *
hone_labeling_step_new_label (HoneExampleItem *item,
                              HoneCategorySet *categories)
{
  HoneLabelingStep *self;

  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (item) && categories, NULL);

  self = step_new (HONE_STEP_LABEL, item);
  self->categories = hone_category_set_ref (categories);
  return self;
}

/**
 * hone_labeling_step_new_skip:
 * @item: a text
 *
 * Returns: (transfer full): the decision not to decide, which takes back an earlier label of the same author
 */
HoneLabelingStep *
hone_labeling_step_new_skip (HoneExampleItem *item)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (item), NULL);

  return step_new (HONE_STEP_SKIP, item);
}

/**
 * hone_labeling_step_new_note:
 * @item: a text
 * @note: (nullable): what to remember of it, %NULL takes the note away
 *
 * Returns: (transfer full): a note; the author's label stays what it is
 */
HoneLabelingStep *
hone_labeling_step_new_note (HoneExampleItem *item,
                             const char      *note)
{
  HoneLabelingStep *self;

  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (item), NULL);

  self = step_new (HONE_STEP_NOTE, item);
  self->note = g_strdup (note);
  return self;
}

/**
 * hone_labeling_step_new_flag:
 * @item: a text
 * @flag: whether it is to be flagged
 *
 * Returns: (transfer full): a flag set or taken away
 */
HoneLabelingStep *
hone_labeling_step_new_flag (HoneExampleItem *item,
                             gboolean         flag)
{
  HoneLabelingStep *self;

  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (item), NULL);

  self = step_new (HONE_STEP_FLAG, item);
  self->flag = !!flag;
  return self;
}

/**
 * hone_labeling_step_get_kind:
 * @self: a step
 *
 * Returns: what was done
 */
HoneStepKind
hone_labeling_step_get_kind (HoneLabelingStep *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self), HONE_STEP_SKIP);

  return self->kind;
}

/**
 * hone_labeling_step_is_decision:
 * @self: a step
 *
 * Returns: whether it says what the text is about, or that nobody can say
 */
gboolean
hone_labeling_step_is_decision (HoneLabelingStep *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self), FALSE);

  return self->kind == HONE_STEP_LABEL || self->kind == HONE_STEP_SKIP;
}

/**
 * hone_labeling_step_get_example_id:
 * @self: a step
 *
 * Returns: id of the text
 */
gint64
hone_labeling_step_get_example_id (HoneLabelingStep *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self), 0);

  return hone_example_item_get_id (self->item);
}

/**
 * hone_labeling_step_get_item:
 * @self: a step
 *
 * Returns: (transfer none): the text, as it was read when this was done
 */
HoneExampleItem *
hone_labeling_step_get_item (HoneLabelingStep *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self), NULL);

  return self->item;
}

/**
 * hone_labeling_step_get_categories:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the label
 */
HoneCategorySet *
hone_labeling_step_get_categories (HoneLabelingStep *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self), NULL);

  return self->categories;
}

/**
 * hone_labeling_step_get_flag:
 * @self: a step
 *
 * Returns: whether the text was flagged by it
 */
gboolean
hone_labeling_step_get_flag (HoneLabelingStep *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self), FALSE);

  return self->flag;
}

/* ---- on disk ---- */

/* The author's newest label or skip; NULL: none. */
static const HoneLabel *
find_own (GPtrArray  *labels,
          const char *author)
{
  for (guint i = labels->len; i > 0; i--)
    {
      const HoneLabel *label = g_ptr_array_index (labels, i - 1);

      if (!label->withdrawn && g_strcmp0 (label->author, author) == 0)
        return label;
    }
  return NULL;
}

/* One vote more against one other only makes the text disputed, so whoever corrects a label settles it. */
static HoneOrigin
find_origin (GPtrArray  *labels,
             const char *author,
             gboolean    review)
{
  for (guint i = 0; review && i < labels->len; i++)
    {
      const HoneLabel *label = g_ptr_array_index (labels, i);

      if (!label->withdrawn && label->categories && (label->origin == HONE_ORIGIN_REVIEW || g_strcmp0 (label->author, author) != 0))
        return HONE_ORIGIN_REVIEW;
    }
  return HONE_ORIGIN_HUMAN;
}

/* A label takes the author's note along, a note the author's label. */
static gboolean
add_label (HoneLabelingStep  *self,
           HoneStore         *store,
           const char        *author,
           gboolean           review,
           GError           **error)
{
  HoneLabel label = { .example_id = hone_labeling_step_get_example_id (self), .author = (char *) author, .origin = HONE_ORIGIN_HUMAN };
  g_autoptr(GPtrArray) labels = hone_store_list_labels (store, label.example_id, error);
  const HoneLabel *own;

  if (!labels)
    return FALSE;
  own = find_own (labels, author);
  label.note = self->kind == HONE_STEP_NOTE ? self->note : own ? own->note : NULL;
  label.categories = self->kind == HONE_STEP_NOTE ? (own ? own->categories : NULL) : self->categories;
  if (self->kind == HONE_STEP_LABEL)
    label.origin = find_origin (labels, author, review);
  else if (self->kind == HONE_STEP_NOTE && own)
    label.origin = own->origin;
  self->label_id = hone_store_add_label (store, &label, error);
  return self->label_id != 0;
}

/**
 * hone_labeling_step_do:
 * @self: a step that was not done yet
 * @store: the project
 * @author: who does it
 * @review: whether a label on a text that others have labelled settles it
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Blocks: for worker threads.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_labeling_step_do (HoneLabelingStep  *self,
                       HoneStore         *store,
                       const char        *author,
                       gboolean           review,
                       GError           **error)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self) && HONE_IS_STORE (store) && author, FALSE);

  if (self->kind == HONE_STEP_FLAG)
    return hone_store_set_flag (store, hone_labeling_step_get_example_id (self), self->flag, error);
  return add_label (self, store, author, review, error);
}

/**
 * hone_labeling_step_undo:
 * @self: a step that was done
 * @store: the project
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Blocks: for worker threads.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_labeling_step_undo (HoneLabelingStep  *self,
                         HoneStore         *store,
                         GError           **error)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self) && HONE_IS_STORE (store), FALSE);

  if (self->kind == HONE_STEP_FLAG)
    return hone_store_set_flag (store, hone_labeling_step_get_example_id (self), !self->flag, error);
  return hone_store_withdraw_label (store, self->label_id, TRUE, error);
}

/**
 * hone_labeling_step_redo:
 * @self: a step that was undone
 * @store: the project
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Blocks: for worker threads.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_labeling_step_redo (HoneLabelingStep  *self,
                         HoneStore         *store,
                         GError           **error)
{
  g_return_val_if_fail (HONE_IS_LABELING_STEP (self) && HONE_IS_STORE (store), FALSE);

  if (self->kind == HONE_STEP_FLAG)
    return hone_store_set_flag (store, hone_labeling_step_get_example_id (self), self->flag, error);
  return hone_store_withdraw_label (store, self->label_id, FALSE, error);
}
