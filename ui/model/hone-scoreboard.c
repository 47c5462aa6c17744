/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-scoreboard.h"
#include "reports/hone-evaluate.h"

#define SPLIT HONE_SPLIT_VALIDATION

struct _HoneScoreboard {
  GObject        parent_instance;

  HoneProject   *project;
  HoneSelection *selection;
  GListStore    *experiments;
  GCancellable  *reading;      /* of experiments, iterations and points; NULL: none under way */
  GCancellable  *completing;   /* of the intervals of one iteration; NULL: none under way */
  gboolean       again;        /* something changed while reading */
  gboolean       loaded;
};

enum {
  SCORES_CHANGED,
  LOADED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void hone_scoreboard_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoneScoreboard, hone_scoreboard, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hone_scoreboard_model_init))

/* ---- in the worker ---- */

typedef struct {
  HoneExperiment *experiment;
  GPtrArray      *iterations;   /* of HoneIteration */
  GPtrArray      *standings;    /* of HoneStanding, one per iteration, NULL: none */
} Read;

static void
standing_clear (gpointer standing)
{
  if (standing)
    hone_standing_free (standing);
}

static void
read_free (gpointer data)
{
  Read *read = data;

  g_clear_pointer (&read->experiment, hone_experiment_free);
  g_clear_pointer (&read->iterations, g_ptr_array_unref);
  g_clear_pointer (&read->standings, g_ptr_array_unref);
  g_free (read);
}

/* From the kept counts alone. NULL without @error: nothing to show. */
static HoneStanding *
read_counts (HoneStore           *store,
             gint64               iteration_id,
             const HoneOntology  *ontology,
             guint                n_resamples,
             GError             **error)
{
  g_autoptr(HoneTally) tally = NULL;
  g_autoptr(GError) reason = NULL;
  HoneStanding *standing;

  if (!hone_store_has_predictions (store, iteration_id, SPLIT, NULL, &reason))
    {
      if (reason)
        g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  tally = hone_store_get_tally (store, iteration_id, SPLIT, error);
  if (!tally || hone_tally_get_n (tally) == 0)
    return NULL;
  standing = g_new0 (HoneStanding, 1);
  standing->scores = hone_scores_new (tally, ontology, NULL, hone_store_get_seed (store), n_resamples);
  standing->confusion = hone_confusion_new (tally, ontology);
  standing->complete = n_resamples > 0;
  return standing;
}

static gboolean
read_experiment (HoneStore           *store,
                 Read                *read,
                 const HoneOntology  *ontology,
                 GCancellable        *cancellable,
                 GError             **error)
{
  g_autoptr(GError) reason = NULL;

  read->standings = g_ptr_array_new_with_free_func (standing_clear);
  read->iterations = hone_store_list_iterations (store, read->experiment->id, error);
  for (guint i = 0; read->iterations && i < read->iterations->len; i++)
    {
      const HoneIteration *iteration = g_ptr_array_index (read->iterations, i);

      g_ptr_array_add (read->standings, read_counts (store, iteration->id, ontology, 0, &reason));
      if (reason || g_cancellable_set_error_if_cancelled (cancellable, &reason))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  return read->iterations != NULL;
}

static gpointer
read_all (HoneStore     *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (read_free);
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (store);
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, error);

  if (!experiments)
    return NULL;
  g_ptr_array_set_free_func (experiments, NULL);
  for (guint i = 0; i < experiments->len; i++)
    {
      Read *read = g_new0 (Read, 1);

      read->experiment = g_ptr_array_index (experiments, i);
      g_ptr_array_add (all, read);
    }
  for (guint i = 0; i < all->len; i++)
    if (!read_experiment (store, g_ptr_array_index (all, i), ontology, cancellable, error))
      return NULL;
  return g_steal_pointer (&all);
}

typedef struct {
  gint64   iteration_id;
  gboolean probable;
} Depth;

static gpointer
read_complete (HoneStore     *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Depth *depth = data;
  g_autoptr(HoneEvaluation) evaluation = NULL;
  HoneStanding *standing;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!depth->probable)
    {
      g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (store);

      return read_counts (store, depth->iteration_id, ontology, HONE_EVALUATE_RESAMPLES, error);
    }
  evaluation = hone_evaluate (store, depth->iteration_id, SPLIT, cancellable, error);
  if (!evaluation)
    return NULL;
  standing = g_new0 (HoneStanding, 1);
  standing->scores = g_steal_pointer (&evaluation->scores);
  standing->confusion = g_steal_pointer (&evaluation->confusion);
  standing->complete = standing->probable = TRUE;
  return standing;
}

/* ---- intervals, one iteration after the other ---- */

static gboolean
wants_probabilities (HoneScoreboard *self)
{
  HoneMeasure measure = hone_selection_get_measure (self->selection);

  return measure == HONE_MEASURE_LOG_LOSS || measure == HONE_MEASURE_CALIBRATION_ERROR;
}

static gboolean
wants_more (HoneScoreboard    *self,
            HoneIterationItem *item)
{
  const HoneStanding *standing = item ? hone_iteration_item_get_standing (item) : NULL;

  return standing && (!standing->complete || (!standing->probable && wants_probabilities (self)));
}

/* The chosen one, else the newest of the first experiment that wants any. */
static HoneIterationItem *
next_to_complete (HoneScoreboard *self)
{
  HoneIterationItem *chosen = hone_scoreboard_find_iteration (self, hone_selection_get_iteration (self->selection));

  if (wants_more (self, chosen))
    return chosen;
  for (guint e = 0; e < g_list_model_get_n_items (G_LIST_MODEL (self->experiments)); e++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->experiments), e);
      GListModel *iterations = hone_experiment_item_get_iterations (experiment);

      for (guint i = g_list_model_get_n_items (iterations); i-- > 0;)
        {
          g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);

          if (wants_more (self, item))
            return item;
        }
    }
  return NULL;
}

static void complete_next (HoneScoreboard *self);

typedef struct {
  HoneScoreboard    *self;
  HoneIterationItem *item;
  GCancellable      *completing;
} Completion;

static void
complete_cb (GObject      *store,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Completion *completion = user_data;
  g_autoptr(HoneScoreboard) self = completion->self;
  g_autoptr(HoneIterationItem) item = completion->item;
  g_autoptr(GCancellable) completing = completion->completing;
  g_autoptr(GError) error = NULL;
  HoneStanding *standing = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (completing))
    {
      g_clear_pointer (&standing, hone_standing_free);
      return;
    }
  g_clear_object (&self->completing);
  /* Its labels were all taken away meanwhile: the next reading shows that. */
  if (!standing)
    return;
  hone_iteration_item_set_standing (item, standing);
  g_signal_emit (self, signals[SCORES_CHANGED], 0);
  complete_next (self);
}

static void
stop_completing (HoneScoreboard *self)
{
  g_cancellable_cancel (self->completing);
  g_clear_object (&self->completing);
}

static void
complete_next (HoneScoreboard *self)
{
  HoneIterationItem *item = next_to_complete (self);
  Completion *completion;
  Depth *depth;

  if (!item || self->completing)
    return;
  self->completing = g_cancellable_new ();
  depth = g_new (Depth, 1);
  *depth = (Depth) { hone_iteration_item_get_id (item), wants_probabilities (self) };
  completion = g_new (Completion, 1);
  *completion = (Completion) { g_object_ref (self), g_object_ref (item), g_object_ref (self->completing) };
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, read_complete, depth, g_free,
                         (GDestroyNotify) hone_standing_free, self->completing, complete_cb, completion);
}

/* ---- taking over what was read ---- */

static void
set_standings (HoneExperimentItem *experiment,
               GPtrArray          *standings)
{
  GListModel *iterations = hone_experiment_item_get_iterations (experiment);

  g_ptr_array_set_free_func (standings, NULL);
  for (guint i = 0; i < standings->len; i++)
    {
      g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);

      hone_iteration_item_set_standing (item, g_ptr_array_index (standings, i));
    }
}

static HoneExperimentItem *
take_experiment (HoneScoreboard *self,
                 Read           *read)
{
  HoneExperimentItem *item = hone_scoreboard_find_experiment (self, read->experiment->id);

  item = item ? g_object_ref (item) : hone_experiment_item_new (read->experiment);
  hone_experiment_item_set (item, g_steal_pointer (&read->experiment), read->iterations);
  set_standings (item, read->standings);
  return item;
}

/* The smallest change that leads from one order of the same objects to another. */
static void
set_experiments (HoneScoreboard *self,
                 GPtrArray      *items)
{
  GListModel *list = G_LIST_MODEL (self->experiments);
  guint n = g_list_model_get_n_items (list), start = 0, end = 0;

  while (start < MIN (n, items->len))
    {
      g_autoptr(HoneExperimentItem) item = g_list_model_get_item (list, start);

      if (item != g_ptr_array_index (items, start))
        break;
      start++;
    }
  while (end < MIN (n, items->len) - start)
    {
      g_autoptr(HoneExperimentItem) item = g_list_model_get_item (list, n - 1 - end);

      if (item != g_ptr_array_index (items, items->len - 1 - end))
        break;
      end++;
    }
  if (n - start - end || items->len - start - end)
    g_list_store_splice (self->experiments, start, n - start - end, items->pdata + start, items->len - start - end);
}

static void
take_all (HoneScoreboard *self,
          GPtrArray      *all)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint archived = 0; archived < 2; archived++)
    for (guint i = 0; i < all->len; i++)
      {
        Read *read = g_ptr_array_index (all, i);

        if (read->experiment && (guint) read->experiment->archived == archived)
          g_ptr_array_add (items, take_experiment (self, read));
      }
  set_experiments (self, items);
}

static void start_reading (HoneScoreboard *self);

static void
read_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneScoreboard) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!self->reading)
    return;
  g_clear_object (&self->reading);
  if (all)
    {
      stop_completing (self);
      take_all (self, all);
      self->loaded = TRUE;
      g_signal_emit (self, signals[LOADED], 0);
      g_signal_emit (self, signals[SCORES_CHANGED], 0);
    }
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
  if (self->again)
    start_reading (self);
  else
    complete_next (self);
}

static void
start_reading (HoneScoreboard *self)
{
  self->again = FALSE;
  self->reading = g_cancellable_new ();
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, read_all, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                         self->reading, read_cb, g_object_ref (self));
}

static void
on_project_changed (HoneScoreboard *self)
{
  if (self->reading)
    self->again = TRUE;
  else
    start_reading (self);
}

/* ---- the object ---- */

static GType
hone_scoreboard_get_item_type (GListModel *model)
{
  return HONE_TYPE_EXPERIMENT_ITEM;
}

static guint
hone_scoreboard_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (HONE_SCOREBOARD (model)->experiments));
}

static gpointer
hone_scoreboard_get_item (GListModel *model,
                          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (HONE_SCOREBOARD (model)->experiments), position);
}

static void
hone_scoreboard_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hone_scoreboard_get_item_type;
  iface->get_n_items = hone_scoreboard_get_n_items;
  iface->get_item = hone_scoreboard_get_item;
}

static void
hone_scoreboard_dispose (GObject *object)
{
  HoneScoreboard *self = HONE_SCOREBOARD (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  stop_completing (self);
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (hone_scoreboard_parent_class)->dispose (object);
}

static void
hone_scoreboard_finalize (GObject *object)
{
  g_clear_object (&HONE_SCOREBOARD (object)->experiments);
  G_OBJECT_CLASS (hone_scoreboard_parent_class)->finalize (object);
}

static void
hone_scoreboard_class_init (HoneScoreboardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hone_scoreboard_dispose;
  object_class->finalize = hone_scoreboard_finalize;

  signals[SCORES_CHANGED] = g_signal_new ("scores-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hone_scoreboard_init (HoneScoreboard *self)
{
  self->experiments = g_list_store_new (HONE_TYPE_EXPERIMENT_ITEM);
  g_signal_connect_object (self->experiments, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
}

/**
 * hone_scoreboard_new:
 * @project: what is open
 * @selection: whose iteration comes first
 *
 * Returns: (transfer full): an empty list that is being filled
 */
HoneScoreboard *
hone_scoreboard_new (HoneProject   *project,
                     HoneSelection *selection)
{
  HoneScoreboard *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_SCOREBOARD, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (project, "changed", G_CALLBACK (on_project_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::measure", G_CALLBACK (complete_next), self, G_CONNECT_SWAPPED);
  start_reading (self);
  return self;
}

/**
 * hone_scoreboard_get_loaded:
 * @self: a scoreboard
 *
 * Returns: whether experiments have been read
 */
gboolean
hone_scoreboard_get_loaded (HoneScoreboard *self)
{
  g_return_val_if_fail (HONE_IS_SCOREBOARD (self), FALSE);

  return self->loaded;
}

/**
 * hone_scoreboard_find_experiment:
 * @self: a scoreboard
 * @experiment_id: an experiment
 *
 * Returns: (transfer none) (nullable): its object
 */
HoneExperimentItem *
hone_scoreboard_find_experiment (HoneScoreboard *self,
                                 gint64          experiment_id)
{
  g_return_val_if_fail (HONE_IS_SCOREBOARD (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->experiments)); i++)
    {
      g_autoptr(HoneExperimentItem) item = g_list_model_get_item (G_LIST_MODEL (self->experiments), i);

      if (hone_experiment_item_get (item)->id == experiment_id)
        return item;
    }
  return NULL;
}

/**
 * hone_scoreboard_find_iteration:
 * @self: a scoreboard
 * @iteration_id: an iteration
 *
 * Returns: (transfer none) (nullable): its object
 */
HoneIterationItem *
hone_scoreboard_find_iteration (HoneScoreboard *self,
                                gint64          iteration_id)
{
  g_return_val_if_fail (HONE_IS_SCOREBOARD (self), NULL);

  for (guint e = 0; e < g_list_model_get_n_items (G_LIST_MODEL (self->experiments)); e++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->experiments), e);
      GListModel *iterations = hone_experiment_item_get_iterations (experiment);

      for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
        {
          g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);

          if (hone_iteration_item_get_id (item) == iteration_id)
            return item;
        }
    }
  return NULL;
}
