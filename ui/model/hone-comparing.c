/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-catalogue.h"
#include "hone-comparing.h"

#define SPLIT HONE_SPLIT_VALIDATION

struct _HoneComparing {
  GObject           parent_instance;

  HoneProject      *project;
  HoneIterationSet *set;
  HoneComparison   *comparison;   /* (nullable) */
  char             *problem;      /* (nullable) */
  GCancellable     *comparing;    /* NULL: none under way */
  gboolean          live, stale;
  gint64            base, other;  /* ids of iterations; 0: not chosen */
};

enum {
  PROP_0,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (HoneComparing, hone_comparing, G_TYPE_OBJECT)

/* Right before, right after. */
static const gboolean flips[HONE_N_FLIPS][2] = {
  [HONE_FLIP_FIXED] = { FALSE, TRUE }, [HONE_FLIP_BROKEN] = { TRUE, FALSE },
  [HONE_FLIP_STILL_WRONG] = { FALSE, FALSE }, [HONE_FLIP_STILL_RIGHT] = { TRUE, TRUE },
};

/* ---- comparing ---- */

typedef struct {
  HoneComparing *self;
  GCancellable  *comparing;
} Call;

static void
take (HoneComparing  *self,
      HoneComparison *comparison,
      const char     *problem)
{
  g_clear_pointer (&self->comparison, hone_comparison_free);
  self->comparison = comparison;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, changed_signal, 0);
}

static void
compare_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr(HoneComparing) self = call->self;
  g_autoptr(GCancellable) comparing = call->comparing;
  g_autoptr(GError) error = NULL;
  HoneComparison *comparison = hone_compare_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (comparing))
    {
      g_clear_pointer (&comparison, hone_comparison_free);
      return;
    }
  g_clear_object (&self->comparing);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  take (self, comparison, comparison ? NULL : error->message);
}

static void
stop (HoneComparing *self)
{
  if (!self->comparing)
    return;
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
start (HoneComparing *self)
{
  const GArray *ids = hone_iteration_set_get_ids (self->set);
  Call *call;

  stop (self);
  self->stale = FALSE;
  if (ids->len < 2)
    {
      take (self, NULL, NULL);
      return;
    }
  self->comparing = g_cancellable_new ();
  call = g_new (Call, 1);
  *call = (Call) { g_object_ref (self), g_object_ref (self->comparing) };
  hone_compare_async (hone_project_get_store (self->project), (const gint64 *) (gpointer) ids->data, ids->len, SPLIT, self->comparing,
                      compare_cb, call);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
update (HoneComparing *self)
{
  self->stale = TRUE;
  if (self->live)
    start (self);
}

/* ---- the object ---- */

static void
hone_comparing_dispose (GObject *object)
{
  HoneComparing *self = HONE_COMPARING (object);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_clear_object (&self->set);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_comparing_parent_class)->dispose (object);
}

static void
hone_comparing_finalize (GObject *object)
{
  HoneComparing *self = HONE_COMPARING (object);

  g_clear_pointer (&self->comparison, hone_comparison_free);
  g_free (self->problem);
  G_OBJECT_CLASS (hone_comparing_parent_class)->finalize (object);
}

static void
hone_comparing_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADING: g_value_set_boolean (value, hone_comparing_get_loading (HONE_COMPARING (object))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_comparing_class_init (HoneComparingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hone_comparing_dispose;
  object_class->finalize = hone_comparing_finalize;
  object_class->get_property = hone_comparing_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hone_comparing_init (HoneComparing *self)
{
}

/**
 * hone_comparing_new:
 * @project: what is open
 * @scoreboard: tells when labels, names or predictions changed
 * @set: what to compare
 *
 * Returns: (transfer full): no comparison yet, until somebody looks
 */
HoneComparing *
hone_comparing_new (HoneProject      *project,
                    HoneScoreboard   *scoreboard,
                    HoneIterationSet *set)
{
  HoneComparing *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SCOREBOARD (scoreboard) && HONE_IS_ITERATION_SET (set), NULL);

  self = g_object_new (HONE_TYPE_COMPARING, NULL);
  self->project = g_object_ref (project);
  self->set = g_object_ref (set);
  self->stale = TRUE;
  g_signal_connect_object (set, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * hone_comparing_set_live:
 * @self: a comparison
 * @live: whether somebody looks at it
 */
void
hone_comparing_set_live (HoneComparing *self,
                         gboolean       live)
{
  g_return_if_fail (HONE_IS_COMPARING (self));

  self->live = live;
  if (live && self->stale)
    start (self);
}

/**
 * hone_comparing_get_loading:
 * @self: a comparison
 *
 * Returns: whether another one is under way
 */
gboolean
hone_comparing_get_loading (HoneComparing *self)
{
  g_return_val_if_fail (HONE_IS_COMPARING (self), FALSE);

  return self->comparing != NULL;
}

/**
 * hone_comparing_get:
 * @self: a comparison
 *
 * Returns: (transfer none) (nullable): what is known
 */
const HoneComparison *
hone_comparing_get (HoneComparing *self)
{
  g_return_val_if_fail (HONE_IS_COMPARING (self), NULL);

  return self->comparison;
}

/**
 * hone_comparing_get_problem:
 * @self: a comparison
 *
 * Returns: (nullable): why the chosen iterations could not be compared
 */
const char *
hone_comparing_get_problem (HoneComparing *self)
{
  g_return_val_if_fail (HONE_IS_COMPARING (self), NULL);

  return self->problem;
}

/**
 * hone_comparing_dup_name:
 * @self: a comparison
 * @position: of an iteration in it
 *
 * Returns: (transfer full): its name
 */
char *
hone_comparing_dup_name (HoneComparing *self,
                         gsize          position)
{
  g_return_val_if_fail (HONE_IS_COMPARING (self) && self->comparison && position < self->comparison->n_iterations, NULL);

  return hone_iteration_dup_name (self->comparison->evaluations[position]->iteration);
}

/* ---- base and pair ---- */

static gsize
find (HoneComparing *self,
      gint64         id,
      gsize          otherwise)
{
  for (gsize i = 0; id && self->comparison && i < self->comparison->n_iterations; i++)
    if (self->comparison->evaluations[i]->iteration->id == id)
      return i;
  return otherwise;
}

/**
 * hone_comparing_get_base:
 * @self: a comparison
 *
 * Returns: position of what the others are compared with
 */
gsize
hone_comparing_get_base (HoneComparing *self)
{
  g_return_val_if_fail (HONE_IS_COMPARING (self), 0);

  return find (self, self->base, 0);
}

/**
 * hone_comparing_get_other:
 * @self: a comparison
 *
 * Returns: position of the other iteration of the pair whose ledger is shown; the newest where none was chosen
 */
gsize
hone_comparing_get_other (HoneComparing *self)
{
  gsize base = hone_comparing_get_base (self), last = self->comparison ? self->comparison->n_iterations - 1 : 0, other;

  other = find (self, self->other, last);
  return other != base ? other : base == last ? 0 : last;
}

static void
choose (HoneComparing *self,
        gint64        *id,
        gsize          position)
{
  gint64 chosen;

  if (!self->comparison || position >= self->comparison->n_iterations)
    return;
  chosen = self->comparison->evaluations[position]->iteration->id;
  if (*id == chosen)
    return;
  *id = chosen;
  g_signal_emit (self, changed_signal, 0);
}

/**
 * hone_comparing_set_base:
 * @self: a comparison
 * @position: of what to compare the others with
 */
void
hone_comparing_set_base (HoneComparing *self,
                         gsize          position)
{
  g_return_if_fail (HONE_IS_COMPARING (self));

  choose (self, &self->base, position);
}

/**
 * hone_comparing_set_other:
 * @self: a comparison
 * @position: of the other iteration of the pair
 */
void
hone_comparing_set_other (HoneComparing *self,
                          gsize          position)
{
  g_return_if_fail (HONE_IS_COMPARING (self));

  choose (self, &self->other, position);
}

/**
 * hone_comparing_count_flips:
 * @self: a comparison
 * @kind: a cell of the ledger
 *
 * Returns: how many texts are in it
 */
guint64
hone_comparing_count_flips (HoneComparing *self,
                            HoneFlipKind   kind)
{
  HoneChange change;

  g_return_val_if_fail (HONE_IS_COMPARING (self), 0);

  if (!self->comparison)
    return 0;
  change = hone_comparison_get_change (self->comparison, hone_comparing_get_base (self), hone_comparing_get_other (self));
  switch (kind)
    {
    case HONE_FLIP_FIXED:       return change.fixed->len;
    case HONE_FLIP_BROKEN:      return change.broken->len;
    case HONE_FLIP_STILL_WRONG: return change.still_wrong->len;
    case HONE_FLIP_STILL_RIGHT: return change.still_right->len;
    default:                    g_return_val_if_reached (0);
    }
}

/**
 * hone_comparing_select_flips:
 * @self: a comparison
 * @kind: a cell of the ledger
 * @selection: what the window looks at
 *
 * Narrows the texts to those of the cell, and chooses the iteration after the change.
 */
void
hone_comparing_select_flips (HoneComparing *self,
                             HoneFlipKind   kind,
                             HoneSelection *selection)
{
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) conditions = NULL;
  gsize base, other;

  g_return_if_fail (HONE_IS_COMPARING (self) && HONE_IS_SELECTION (selection) && (guint) kind < HONE_N_FLIPS);

  if (!self->comparison)
    return;
  base = hone_comparing_get_base (self);
  other = hone_comparing_get_other (self);
  conditions = hone_comparison_list_conditions (self->comparison, base, flips[kind][0], other, flips[kind][1]);
  filter.split = SPLIT;
  filter.scored_by = conditions;
  hone_selection_set_filter (selection, &filter);
  hone_selection_set_iteration (selection, self->comparison->evaluations[other]->iteration->id);
}
