/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-selection.h"

struct _HoneSelection {
  GObject         parent_instance;

  gint64          iteration;
  HoneMeasure     measure;
  HoneQueueOrder  order;
  HoneFilter     *filter;
};

enum {
  PROP_0,
  PROP_ITERATION,
  PROP_MEASURE,
  PROP_ORDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint filter_changed_signal;

G_DEFINE_FINAL_TYPE (HoneSelection, hone_selection, G_TYPE_OBJECT)

/* ---- filters ---- */

/**
 * hone_filter_copy:
 * @filter: a filter
 *
 * The array is shared: it is not changed once it is in a filter.
 *
 * Returns: (transfer full): one that owns all it points to
 */
HoneFilter *
hone_filter_copy (const HoneFilter *filter)
{
  HoneFilter *copy;

  g_return_val_if_fail (filter, NULL);

  copy = g_memdup2 (filter, sizeof *filter);
  if (copy->reference)
    hone_category_set_ref (copy->reference);
  if (copy->answer)
    hone_category_set_ref (copy->answer);
  if (copy->scored_by)
    g_array_ref (copy->scored_by);
  copy->search = g_strdup (filter->search);
  return copy;
}

/**
 * hone_filter_free:
 * @filter: (transfer full): made by hone_filter_copy ()
 */
void
hone_filter_free (HoneFilter *filter)
{
  g_return_if_fail (filter);

  g_clear_pointer (&filter->reference, hone_category_set_unref);
  g_clear_pointer (&filter->answer, hone_category_set_unref);
  g_clear_pointer (&filter->scored_by, g_array_unref);
  g_free ((char *) filter->search);
  g_free (filter);
}

static gboolean
sets_equal (HoneCategorySet *a,
            HoneCategorySet *b)
{
  return a == b || (a && b && hone_category_set_equal (a, b));
}

static gboolean
bounds_equal (double a,
              double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

static gboolean
scored_equal (const GArray *a,
              const GArray *b)
{
  if (!a || !b || a->len != b->len)
    return a == b;
  for (guint i = 0; i < a->len; i++)
    {
      const HoneFilterScored *one = &g_array_index (a, HoneFilterScored, i), *other = &g_array_index (b, HoneFilterScored, i);

      if (one->iteration_id != other->iteration_id || one->right != other->right)
        return FALSE;
    }
  return TRUE;
}

/**
 * hone_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both take the same examples
 */
gboolean
hone_filter_equal (const HoneFilter *a,
                   const HoneFilter *b)
{
  g_return_val_if_fail (a && b, FALSE);

  return a->split == b->split && a->reference_state == b->reference_state && sets_equal (a->reference, b->reference) &&
         a->category == b->category && a->flag == b->flag && a->conflicting == b->conflicting && a->known == b->known &&
         a->near_copies == b->near_copies && a->import_id == b->import_id && a->iteration_id == b->iteration_id &&
         a->outcome == b->outcome && sets_equal (a->answer, b->answer) && a->answer_category == b->answer_category &&
         a->agrees == b->agrees && a->scored == b->scored && scored_equal (a->scored_by, b->scored_by) &&
         bounds_equal (a->confidence_low, b->confidence_low) && bounds_equal (a->confidence_high, b->confidence_high) &&
         g_strcmp0 (a->search, b->search) == 0;
}

/* ---- the object ---- */

static void
hone_selection_finalize (GObject *object)
{
  HoneSelection *self = HONE_SELECTION (object);

  g_clear_pointer (&self->filter, hone_filter_free);
  G_OBJECT_CLASS (hone_selection_parent_class)->finalize (object);
}

static void
hone_selection_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HoneSelection *self = HONE_SELECTION (object);

  switch (prop_id)
    {
    case PROP_ITERATION: g_value_set_int64 (value, self->iteration); break;
    case PROP_MEASURE:   g_value_set_int (value, self->measure); break;
    case PROP_ORDER:     g_value_set_int (value, self->order); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_selection_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  HoneSelection *self = HONE_SELECTION (object);

  switch (prop_id)
    {
    case PROP_ITERATION: hone_selection_set_iteration (self, g_value_get_int64 (value)); break;
    case PROP_MEASURE:   hone_selection_set_measure (self, g_value_get_int (value)); break;
    case PROP_ORDER:     hone_selection_set_order (self, g_value_get_int (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_selection_class_init (HoneSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = hone_selection_finalize;
  object_class->get_property = hone_selection_get_property;
  object_class->set_property = hone_selection_set_property;

  properties[PROP_ITERATION] = g_param_spec_int64 ("iteration", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MEASURE] = g_param_spec_int ("measure", NULL, NULL, 0, HONE_N_MEASURES - 1, HONE_MEASURE_IOU_SCORE, flags);
  properties[PROP_ORDER] = g_param_spec_int ("order", NULL, NULL, 0, HONE_QUEUE_DISAGREE, HONE_QUEUE_IMPORTED, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  filter_changed_signal = g_signal_new ("filter-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
hone_selection_init (HoneSelection *self)
{
  const HoneFilter all = HONE_FILTER_ALL;

  self->filter = hone_filter_copy (&all);
}

/**
 * hone_selection_new:
 *
 * Returns: (transfer full): no iteration, every example, in the order of import
 */
HoneSelection *
hone_selection_new (void)
{
  return g_object_new (HONE_TYPE_SELECTION, NULL);
}

/**
 * hone_selection_get_iteration:
 * @self: a selection
 *
 * Returns: id of the iteration that matrix and predictions speak of; 0: none
 */
gint64
hone_selection_get_iteration (HoneSelection *self)
{
  g_return_val_if_fail (HONE_IS_SELECTION (self), 0);

  return self->iteration;
}

static void
forget_predictions (HoneFilter *filter)
{
  filter->outcome = filter->agrees = filter->scored = -1;
  filter->answer_category = 0;
  filter->confidence_low = filter->confidence_high = NAN;
  g_clear_pointer (&filter->answer, hone_category_set_unref);
}

/**
 * hone_selection_set_iteration:
 * @self: a selection
 * @iteration_id: an iteration, or 0
 *
 * Chooses an iteration. A filter that speaks of predictions goes over to those of the new one, or forgets them where there
 * is none.
 */
void
hone_selection_set_iteration (HoneSelection *self,
                              gint64         iteration_id)
{
  g_return_if_fail (HONE_IS_SELECTION (self));

  if (self->iteration == iteration_id)
    return;
  self->iteration = iteration_id;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITERATION]);
  if (self->filter->iteration_id)
    {
      g_autoptr(HoneFilter) filter = hone_filter_copy (self->filter);

      filter->iteration_id = iteration_id;
      if (!iteration_id)
        forget_predictions (filter);
      hone_selection_set_filter (self, filter);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * hone_selection_get_measure:
 * @self: a selection
 *
 * Returns: the measure that the chart draws
 */
HoneMeasure
hone_selection_get_measure (HoneSelection *self)
{
  g_return_val_if_fail (HONE_IS_SELECTION (self), HONE_MEASURE_IOU_SCORE);

  return self->measure;
}

/**
 * hone_selection_set_measure:
 * @self: a selection
 * @measure: to draw
 */
void
hone_selection_set_measure (HoneSelection *self,
                            HoneMeasure    measure)
{
  g_return_if_fail (HONE_IS_SELECTION (self));

  if (self->measure == measure)
    return;
  self->measure = measure;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEASURE]);
}

/**
 * hone_selection_get_order:
 * @self: a selection
 *
 * Returns: order of the texts
 */
HoneQueueOrder
hone_selection_get_order (HoneSelection *self)
{
  g_return_val_if_fail (HONE_IS_SELECTION (self), HONE_QUEUE_IMPORTED);

  return self->order;
}

/**
 * hone_selection_set_order:
 * @self: a selection
 * @order: of the texts; %HONE_QUEUE_UNCERTAIN needs an iteration in the filter
 */
void
hone_selection_set_order (HoneSelection  *self,
                          HoneQueueOrder  order)
{
  g_return_if_fail (HONE_IS_SELECTION (self));

  if (self->order == order)
    return;
  self->order = order;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

/**
 * hone_selection_get_filter:
 * @self: a selection
 *
 * Returns: (transfer none): which texts; valid until it is changed
 */
const HoneFilter *
hone_selection_get_filter (HoneSelection *self)
{
  g_return_val_if_fail (HONE_IS_SELECTION (self), NULL);

  return self->filter;
}

/**
 * hone_selection_set_filter:
 * @self: a selection
 * @filter: which texts; copied
 *
 * Emits “filter-changed” where the filter is another one.
 */
void
hone_selection_set_filter (HoneSelection    *self,
                           const HoneFilter *filter)
{
  HoneFilter *copy;

  g_return_if_fail (HONE_IS_SELECTION (self) && filter);

  if (hone_filter_equal (self->filter, filter))
    return;
  copy = hone_filter_copy (filter);
  hone_filter_free (self->filter);
  self->filter = copy;
  g_signal_emit (self, filter_changed_signal, 0);
}
