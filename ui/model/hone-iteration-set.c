/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-iteration-set.h"

struct _HoneIterationSet {
  GObject         parent_instance;

  HoneScoreboard *scoreboard;
  HoneSelection  *selection;
  gsize           n_first;
  gboolean        scored;
  gboolean        touched;   /* somebody chose */
  GArray         *ids;       /* of gint64 */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (HoneIterationSet, hone_iteration_set, G_TYPE_OBJECT)

/* ---- which ---- */

typedef gboolean (*TakeFunc) (HoneIterationSet  *self,
                              HoneIterationItem *item);

static void
take_from (HoneIterationSet   *self,
           HoneExperimentItem *experiment,
           TakeFunc            take,
           GArray             *ids)
{
  GListModel *iterations = hone_experiment_item_get_iterations (experiment);

  for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
    {
      g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);
      gint64 id = hone_iteration_item_get_id (item);

      if (take (self, item))
        g_array_append_val (ids, id);
    }
}

static gboolean
is_chosen (HoneIterationSet  *self,
           HoneIterationItem *item)
{
  return hone_iteration_set_contains (self, hone_iteration_item_get_id (item)) && hone_iteration_set_allows (self, item);
}

/* What was chosen and is still there. */
static GArray *
find_chosen (HoneIterationSet *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)); i++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), i);

      take_from (self, experiment, is_chosen, ids);
    }
  return ids;
}

/* The newest of one experiment. */
static GArray *
find_newest (HoneIterationSet   *self,
             HoneExperimentItem *experiment)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  take_from (self, experiment, hone_iteration_set_allows, ids);
  if (ids->len > self->n_first)
    g_array_remove_range (ids, 0, ids->len - (guint) self->n_first);
  return ids;
}

/* Those of the experiment at hand; where it has fewer than two, of the first that has. */
static GArray *
find_first (HoneIterationSet *self)
{
  HoneIterationItem *item = hone_scoreboard_find_iteration (self->scoreboard, hone_selection_get_iteration (self->selection));
  HoneExperimentItem *at_hand = item ? hone_scoreboard_find_experiment (self->scoreboard, hone_iteration_item_get (item)->experiment_id) : NULL;
  GArray *best = at_hand ? find_newest (self, at_hand) : g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; best->len < 2 && i < g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)); i++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), i);
      GArray *other = find_newest (self, experiment);

      if (other->len > best->len)
        {
          g_array_unref (best);
          best = other;
        }
      else
        g_array_unref (other);
    }
  return best;
}

static void
take (HoneIterationSet *self,
      GArray           *ids)
{
  gboolean same = ids->len == self->ids->len;

  for (guint i = 0; same && i < ids->len; i++)
    same = g_array_index (ids, gint64, i) == g_array_index (self->ids, gint64, i);
  g_array_unref (self->ids);
  self->ids = ids;
  if (!same)
    g_signal_emit (self, changed_signal, 0);
}

static void
update (HoneIterationSet *self)
{
  take (self, self->touched ? find_chosen (self) : find_first (self));
}

/* ---- the object ---- */

static void
hone_iteration_set_finalize (GObject *object)
{
  HoneIterationSet *self = HONE_ITERATION_SET (object);

  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_array_unref (self->ids);
  G_OBJECT_CLASS (hone_iteration_set_parent_class)->finalize (object);
}

static void
hone_iteration_set_class_init (HoneIterationSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hone_iteration_set_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hone_iteration_set_init (HoneIterationSet *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * hone_iteration_set_new:
 * @scoreboard: what there is
 * @selection: what the window looks at
 * @n_first: how many of the experiment at hand are chosen until somebody chooses; %G_MAXSIZE for all
 * @scored: whether only iterations with scores can be chosen
 *
 * Returns: (transfer full): a set that follows the scoreboard
 */
HoneIterationSet *
hone_iteration_set_new (HoneScoreboard *scoreboard,
                        HoneSelection  *selection,
                        gsize           n_first,
                        gboolean        scored)
{
  HoneIterationSet *self;

  g_return_val_if_fail (HONE_IS_SCOREBOARD (scoreboard) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_ITERATION_SET, NULL);
  self->scoreboard = g_object_ref (scoreboard);
  self->selection = g_object_ref (selection);
  self->n_first = n_first;
  self->scored = scored;
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * hone_iteration_set_get_ids:
 * @self: a set
 *
 * Returns: (transfer none) (element-type gint64): what is chosen
 */
const GArray *
hone_iteration_set_get_ids (HoneIterationSet *self)
{
  g_return_val_if_fail (HONE_IS_ITERATION_SET (self), NULL);

  return self->ids;
}

/**
 * hone_iteration_set_dup_names:
 * @self: a set
 *
 * Returns: (transfer full): names of what is chosen
 */
GStrv
hone_iteration_set_dup_names (HoneIterationSet *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (HONE_IS_ITERATION_SET (self), NULL);

  for (guint i = 0; i < self->ids->len; i++)
    {
      HoneIterationItem *item = hone_scoreboard_find_iteration (self->scoreboard, g_array_index (self->ids, gint64, i));
      const HoneIteration *iteration = item ? hone_iteration_item_get (item) : NULL;
      g_autofree char *name = iteration ? g_strdup_printf ("%s@%d", iteration->experiment, iteration->number) : NULL;

      if (name)
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/**
 * hone_iteration_set_contains:
 * @self: a set
 * @iteration_id: an iteration
 *
 * Returns: whether it is chosen
 */
gboolean
hone_iteration_set_contains (HoneIterationSet *self,
                             gint64            iteration_id)
{
  g_return_val_if_fail (HONE_IS_ITERATION_SET (self), FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == iteration_id)
      return TRUE;
  return FALSE;
}

/**
 * hone_iteration_set_allows:
 * @self: a set
 * @item: an iteration
 *
 * Returns: whether it can be chosen
 */
gboolean
hone_iteration_set_allows (HoneIterationSet  *self,
                           HoneIterationItem *item)
{
  g_return_val_if_fail (HONE_IS_ITERATION_SET (self) && HONE_IS_ITERATION_ITEM (item), FALSE);

  return !self->scored || hone_iteration_item_get_standing (item) != NULL;
}

/**
 * hone_iteration_set_choose:
 * @self: a set
 * @iteration_id: an iteration
 * @chosen: whether it shall be in the set
 *
 * From now on the set no longer follows the experiment at hand.
 */
void
hone_iteration_set_choose (HoneIterationSet *self,
                           gint64            iteration_id,
                           gboolean          chosen)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  GArray *before;

  g_return_if_fail (HONE_IS_ITERATION_SET (self));

  self->touched = TRUE;
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) != iteration_id)
      g_array_append_val (kept, g_array_index (self->ids, gint64, i));
  if (chosen)
    g_array_append_val (kept, iteration_id);

  /* In the order of the scoreboard, and told of once. */
  before = self->ids;
  self->ids = kept;
  kept = find_chosen (self);
  g_array_unref (self->ids);
  self->ids = before;
  take (self, kept);
}
