/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-experiment-item.h"

/* ---- an iteration ---- */

struct _HoneIterationItem {
  GObject        parent_instance;

  HoneIteration *iteration;
  HoneStanding  *standing;                      /* (nullable) */
  double         changes[HONE_N_MEASURES];      /* by the last change of labels; 0: none */
};

G_DEFINE_FINAL_TYPE (HoneIterationItem, hone_iteration_item, G_TYPE_OBJECT)

enum {
  PROP_ITERATION_0,
  PROP_STANDING,
  N_ITERATION_PROPS
};

static GParamSpec *iteration_properties[N_ITERATION_PROPS];

/**
 * hone_standing_free:
 * @self: (transfer full): a standing
 */
void
hone_standing_free (HoneStanding *self)
{
  g_return_if_fail (self);

  g_clear_pointer (&self->scores, hone_scores_free);
  g_clear_pointer (&self->confusion, hone_confusion_free);
  g_free (self);
}

static void
hone_iteration_item_finalize (GObject *object)
{
  HoneIterationItem *self = HONE_ITERATION_ITEM (object);

  g_clear_pointer (&self->iteration, hone_iteration_free);
  g_clear_pointer (&self->standing, hone_standing_free);
  G_OBJECT_CLASS (hone_iteration_item_parent_class)->finalize (object);
}

static void
hone_iteration_item_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HoneIterationItem *self = HONE_ITERATION_ITEM (object);

  switch (prop_id)
    {
    case PROP_STANDING: g_value_set_pointer (value, self->standing); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_iteration_item_class_init (HoneIterationItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = hone_iteration_item_finalize;
  object_class->get_property = hone_iteration_item_get_property;

  iteration_properties[PROP_STANDING] = g_param_spec_pointer ("standing", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_ITERATION_PROPS, iteration_properties);
}

static void
hone_iteration_item_init (HoneIterationItem *self)
{
}

/**
 * hone_iteration_item_new:
 * @iteration: (transfer full): an iteration
 *
 * Returns: (transfer full): its object, without scores so far
 */
HoneIterationItem *
hone_iteration_item_new (HoneIteration *iteration)
{
  HoneIterationItem *self;

  g_return_val_if_fail (iteration, NULL);

  self = g_object_new (HONE_TYPE_ITERATION_ITEM, NULL);
  self->iteration = iteration;
  return self;
}

/**
 * hone_iteration_item_get_id:
 * @self: an iteration
 *
 * Returns: its id in the project
 */
gint64
hone_iteration_item_get_id (HoneIterationItem *self)
{
  g_return_val_if_fail (HONE_IS_ITERATION_ITEM (self), 0);

  return self->iteration->id;
}

/**
 * hone_iteration_item_get:
 * @self: an iteration
 *
 * Returns: (transfer none): what the project says of it; valid until the scoreboard reads it anew
 */
const HoneIteration *
hone_iteration_item_get (HoneIterationItem *self)
{
  g_return_val_if_fail (HONE_IS_ITERATION_ITEM (self), NULL);

  return self->iteration;
}

/**
 * hone_iteration_item_get_standing:
 * @self: an iteration
 *
 * Returns: (transfer none) (nullable): its scores; %NULL where it was not asked, or nothing is labelled; valid until `notify::standing`
 */
const HoneStanding *
hone_iteration_item_get_standing (HoneIterationItem *self)
{
  g_return_val_if_fail (HONE_IS_ITERATION_ITEM (self), NULL);

  return self->standing;
}

/**
 * hone_iteration_item_get_change:
 * @self: an iteration
 * @measure: a measure
 *
 * Returns: by how much the last labels moved it; 0: not at all
 */
double
hone_iteration_item_get_change (HoneIterationItem *self,
                                HoneMeasure        measure)
{
  g_return_val_if_fail (HONE_IS_ITERATION_ITEM (self) && measure < HONE_N_MEASURES, 0);

  return self->changes[measure];
}

/**
 * hone_iteration_item_set:
 * @self: an iteration
 * @iteration: (transfer full): the same one, read anew
 */
void
hone_iteration_item_set (HoneIterationItem *self,
                         HoneIteration     *iteration)
{
  g_return_if_fail (HONE_IS_ITERATION_ITEM (self) && iteration && iteration->id == self->iteration->id);

  hone_iteration_free (self->iteration);
  self->iteration = iteration;
}

static gboolean
same_counts (const HoneConfusion *a,
             const HoneConfusion *b)
{
  return a->n_rows == b->n_rows && a->n_columns == b->n_columns &&
         memcmp (a->counts, b->counts, a->n_rows * a->n_columns * sizeof *a->counts) == 0;
}

/* Intervals that come later than their points change nothing. */
static void
note_changes (HoneIterationItem  *self,
              const HoneStanding *standing)
{
  if (self->standing && standing && same_counts (self->standing->confusion, standing->confusion))
    return;
  for (guint m = 0; m < HONE_N_MEASURES; m++)
    {
      double change = self->standing && standing
                      ? standing->scores->measures[m].value - self->standing->scores->measures[m].value : 0;

      self->changes[m] = isnan (change) ? 0 : change;
    }
}

/**
 * hone_iteration_item_set_standing:
 * @self: an iteration
 * @standing: (transfer full) (nullable): its scores
 */
void
hone_iteration_item_set_standing (HoneIterationItem *self,
                                  HoneStanding      *standing)
{
  g_return_if_fail (HONE_IS_ITERATION_ITEM (self));

  if (!self->standing && !standing)
    return;
  note_changes (self, standing);
  g_clear_pointer (&self->standing, hone_standing_free);
  self->standing = standing;
  g_object_notify_by_pspec (G_OBJECT (self), iteration_properties[PROP_STANDING]);
}

/* ---- an experiment ---- */

struct _HoneExperimentItem {
  GObject         parent_instance;

  HoneExperiment *experiment;
  GListStore     *iterations;
};

G_DEFINE_FINAL_TYPE (HoneExperimentItem, hone_experiment_item, G_TYPE_OBJECT)

enum {
  PROP_EXPERIMENT_0,
  PROP_EXPERIMENT,
  N_EXPERIMENT_PROPS
};

static GParamSpec *experiment_properties[N_EXPERIMENT_PROPS];

static void
hone_experiment_item_finalize (GObject *object)
{
  HoneExperimentItem *self = HONE_EXPERIMENT_ITEM (object);

  g_clear_pointer (&self->experiment, hone_experiment_free);
  g_clear_object (&self->iterations);
  G_OBJECT_CLASS (hone_experiment_item_parent_class)->finalize (object);
}

static void
hone_experiment_item_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  HoneExperimentItem *self = HONE_EXPERIMENT_ITEM (object);

  switch (prop_id)
    {
    case PROP_EXPERIMENT: g_value_set_pointer (value, self->experiment); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_experiment_item_class_init (HoneExperimentItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = hone_experiment_item_finalize;
  object_class->get_property = hone_experiment_item_get_property;

  experiment_properties[PROP_EXPERIMENT] = g_param_spec_pointer ("experiment", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_EXPERIMENT_PROPS, experiment_properties);
}

static void
hone_experiment_item_init (HoneExperimentItem *self)
{
  self->iterations = g_list_store_new (HONE_TYPE_ITERATION_ITEM);
}

/**
 * hone_experiment_item_new:
 * @experiment: (transfer full): an experiment
 *
 * Returns: (transfer full): its object, without iterations so far
 */
HoneExperimentItem *
hone_experiment_item_new (HoneExperiment *experiment)
{
  HoneExperimentItem *self;

  g_return_val_if_fail (experiment, NULL);

  self = g_object_new (HONE_TYPE_EXPERIMENT_ITEM, NULL);
  self->experiment = experiment;
  return self;
}

/**
 * hone_experiment_item_get:
 * @self: an experiment
 *
 * Returns: (transfer none): what the project says of it; valid until `notify::experiment`
 */
const HoneExperiment *
hone_experiment_item_get (HoneExperimentItem *self)
{
  g_return_val_if_fail (HONE_IS_EXPERIMENT_ITEM (self), NULL);

  return self->experiment;
}

/**
 * hone_experiment_item_get_iterations:
 * @self: an experiment
 *
 * Returns: (transfer none): a list of #HoneIterationItem, ascending
 */
GListModel *
hone_experiment_item_get_iterations (HoneExperimentItem *self)
{
  g_return_val_if_fail (HONE_IS_EXPERIMENT_ITEM (self), NULL);

  return G_LIST_MODEL (self->iterations);
}

/* Iterations are only added at the end, unless one is taken away. */
static void
set_iterations (HoneExperimentItem *self,
                GPtrArray          *iterations)
{
  GListModel *list = G_LIST_MODEL (self->iterations);

  g_ptr_array_set_free_func (iterations, NULL);
  for (guint i = 0; i < iterations->len; i++)
    {
      HoneIteration *iteration = g_ptr_array_index (iterations, i);
      g_autoptr(HoneIterationItem) item = NULL;

      while ((item = g_list_model_get_item (list, i)) && hone_iteration_item_get_id (item) < iteration->id)
        {
          g_list_store_remove (self->iterations, i);
          g_clear_object (&item);
        }
      if (item && hone_iteration_item_get_id (item) == iteration->id)
        {
          hone_iteration_item_set (item, iteration);
          continue;
        }
      g_clear_object (&item);
      item = hone_iteration_item_new (iteration);
      g_list_store_insert (self->iterations, i, item);
    }
  while (g_list_model_get_n_items (list) > iterations->len)
    g_list_store_remove (self->iterations, iterations->len);
}

/**
 * hone_experiment_item_set:
 * @self: an experiment
 * @experiment: (transfer full): the same one, read anew
 * @iterations: (element-type HoneIteration): its iterations, ascending; emptied
 *
 * Takes over what was read. Iterations that were there before stay the same objects.
 */
void
hone_experiment_item_set (HoneExperimentItem *self,
                          HoneExperiment     *experiment,
                          GPtrArray          *iterations)
{
  g_return_if_fail (HONE_IS_EXPERIMENT_ITEM (self) && experiment && iterations);

  if (experiment != self->experiment)
    {
      hone_experiment_free (self->experiment);
      self->experiment = experiment;
    }
  set_iterations (self, iterations);
  g_object_notify_by_pspec (G_OBJECT (self), experiment_properties[PROP_EXPERIMENT]);
}
