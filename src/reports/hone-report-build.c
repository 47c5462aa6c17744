/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a project and scores to a report; the same way for writing and for verifying. */
#include "config.h"

#include <string.h>

#include "hone-evaluate-private.h"
#include "hone-report-build.h"

#define ALL "@all"

typedef struct {
  HoneStore    *store;
  HoneReport   *report;
  GArray       *ids;         /* of gint64: iterations of the report, in its order */
  GArray       *positions;   /* of gsize: for each name its position in the report, or G_MAXSIZE */
  GCancellable *cancellable;
} Building;

static gboolean
add_names_of (HoneStore             *store,
              const HoneExperiment  *experiment,
              GPtrArray             *names,
              GError               **error)
{
  g_autoptr(GPtrArray) iterations = hone_store_list_iterations (store, experiment->id, error);

  for (guint i = 0; iterations && i < iterations->len; i++)
    {
      const HoneIteration *iteration = g_ptr_array_index (iterations, i);

      g_ptr_array_add (names, g_strdup_printf ("%s@%d", experiment->name, iteration->number));
    }
  return iterations != NULL;
}

/**
 * hone_report_list_names:
 * @store: a project
 * @error: where to put an error
 *
 * Returns: (transfer full) (element-type utf8) (nullable): names of all iterations, an experiment after the other
 */
GPtrArray *
hone_report_list_names (HoneStore  *store,
                            GError    **error)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; experiments && i < experiments->len; i++)
    if (!add_names_of (store, g_ptr_array_index (experiments, i), names, error))
      return NULL;
  return experiments ? g_steal_pointer (&names) : NULL;
}

/* "NAME@all" becomes its iterations; all other names stay. */
static GPtrArray *
expand_names (HoneStore  *store,
              GPtrArray  *names,
              GError    **error)
{
  g_autoptr(GPtrArray) expanded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *experiment_name = NULL;
      g_autoptr(HoneExperiment) experiment = NULL;

      if (!g_str_has_suffix (name, ALL))
        {
          g_ptr_array_add (expanded, g_strdup (name));
          continue;
        }
      experiment_name = g_strndup (name, strlen (name) - strlen (ALL));
      experiment = hone_store_find_experiment (store, experiment_name, error);
      if (experiment == NULL || !add_names_of (store, experiment, expanded, error))
        return NULL;
    }
  return g_steal_pointer (&expanded);
}

static gboolean
add_iteration (Building             *self,
               const HoneIteration  *iteration,
               GError              **error)
{
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (self->store, iteration->experiment, error);
  g_autoptr(HoneIteration) parent = NULL;
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(GError) local = NULL;
  HoneReportStatus status = HONE_REPORT_SCORED;

  if (experiment == NULL)
    return FALSE;
  if (iteration->parent_id > 0)
    parent = hone_store_get_iteration (self->store, iteration->parent_id, NULL);
  evaluation = _hone_evaluate (self->store, iteration->id, self->report->split, NULL, self->cancellable, &local);
  if (g_error_matches (local, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_PREDICTIONS))
    status = HONE_REPORT_NO_PREDICTIONS;
  else if (g_error_matches (local, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS))
    status = HONE_REPORT_NO_LABELS;
  else if (evaluation == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  hone_report_add_iteration (self->report, experiment, iteration, parent, status, evaluation ? evaluation->scores : NULL,
                             evaluation ? evaluation->confusion : NULL);
  g_array_append_val (self->ids, iteration->id);
  return TRUE;
}

static gboolean
add_name (Building    *self,
          const char  *name,
          gboolean     forgiving,
          GError     **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (self->store, name, &local);
  gsize position = G_MAXSIZE;

  if (iteration == NULL && !(forgiving && g_error_matches (local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; iteration && i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == iteration->id)
      position = i;
  if (iteration && position == G_MAXSIZE)
    {
      position = self->ids->len;
      if (!add_iteration (self, iteration, error))
        return FALSE;
    }
  g_array_append_val (self->positions, position);
  return TRUE;
}

/* ---- pairs ---- */

static gboolean
add_pair (Building  *self,
          gsize      a,
          gsize      b,
          GError   **error)
{
  gint64 ids[] = { g_array_index (self->ids, gint64, a), g_array_index (self->ids, gint64, b) };
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GError) local = NULL;
  const HoneFlips *flips;
  HoneReportPair pair = { .a = a, .b = b };

  if (hone_report_get_iteration (self->report, a)->status != HONE_REPORT_SCORED ||
      hone_report_get_iteration (self->report, b)->status != HONE_REPORT_SCORED || hone_report_find_pair (self->report, a, b))
    return TRUE;
  comparison = _hone_compare (self->store, ids, 2, self->report->split, 0, NULL, self->cancellable, &local);
  if (g_error_matches (local, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS))
    return TRUE;
  if (comparison == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  flips = &comparison->pairs[0];
  pair.n = comparison->n_common;
  pair.a_only = flips->a_only;
  pair.b_only = flips->b_only;
  pair.fixed = flips->fixed->len;
  pair.broken = flips->broken->len;
  pair.still_wrong = flips->still_wrong->len;
  pair.still_right = flips->still_right->len;
  pair.p = flips->p;
  hone_report_add_pair (self->report, &pair);
  return TRUE;
}

static gsize
find_first (const HoneReport *report,
            gsize             nth)
{
  gsize first = nth, previous;

  while ((previous = hone_report_get_previous (report, first)) != G_MAXSIZE)
    first = previous;
  return first;
}

static gboolean
is_last (const HoneReport *report,
         gsize             nth)
{
  for (gsize i = 0; i < report->iterations->len; i++)
    if (hone_report_get_previous (report, i) == nth)
      return FALSE;
  return TRUE;
}

static gboolean
add_usual_pairs (Building  *self,
                 GError   **error)
{
  for (gsize i = 0; i < self->ids->len; i++)
    {
      gsize previous = hone_report_get_previous (self->report, i);

      if (previous != G_MAXSIZE && !add_pair (self, previous, i, error))
        return FALSE;
    }
  for (gsize i = 0; i < self->ids->len; i++)
    {
      gsize first = find_first (self->report, i);

      if (first != i && is_last (self->report, i) && !add_pair (self, first, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_given_pairs (Building  *self,
                 GArray    *pairs,
                 GError   **error)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const HoneReportPair *pair = &g_array_index (pairs, HoneReportPair, i);
      gsize a = g_array_index (self->positions, gsize, pair->a), b = g_array_index (self->positions, gsize, pair->b);

      if (a != G_MAXSIZE && b != G_MAXSIZE && !add_pair (self, a, b, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * hone_report_build:
 * @store: a project
 * @names: (element-type utf8): iterations, in the order of the report
 * @pairs: (nullable) (element-type HoneReportPair): what to compare, by positions in @names; %NULL for the usual pairs
 * @split: the split to score
 * @forgiving: whether names that are not there are left out
 * @cancellable: (nullable): looked at between the iterations
 * @error: where to put an error
 *
 * Scores iterations, compares them and finds the caveats. Records no opening: hone_report_record_openings() does, before anybody sees
 * the report. Blocks on the store.
 *
 * Returns: (transfer full) (nullable): the report
 */
HoneReport *
hone_report_build (HoneStore     *store,
                   GPtrArray     *names,
                   GArray        *pairs,
                   HoneSplit      split,
                   gboolean       forgiving,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(HoneReport) report = hone_report_new (split);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64)), positions = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr(GPtrArray) expanded = forgiving ? g_ptr_array_ref (names) : expand_names (store, names, error);
  Building self = { store, report, ids, positions, cancellable };

  if (expanded == NULL)
    return NULL;
  for (guint i = 0; i < expanded->len; i++)
    if (!add_name (&self, g_ptr_array_index (expanded, i), forgiving, error))
      return NULL;
  if (!(pairs ? add_given_pairs (&self, pairs, error) : add_usual_pairs (&self, error)))
    return NULL;
  if (!hone_report_fill_project (report, store, error))
    return NULL;
  hone_report_find_caveats (report);
  return g_steal_pointer (&report);
}

static gboolean
record_opening (HoneStore                  *store,
                const HoneReportIteration  *item,
                const char                 *what,
                GError                    **error)
{
  g_autoptr(HoneIteration) iteration = NULL;

  if (item->status != HONE_REPORT_SCORED)
    return TRUE;
  iteration = hone_store_find_iteration (store, item->name, error);
  return iteration && hone_store_add_opening (store, iteration->id, what, error);
}

/**
 * hone_report_record_openings:
 * @self: a report that nobody has seen yet
 * @store: its project, writable
 * @what: word for the list of openings: "report", "verify"
 * @error: where to put an error
 *
 * Lists one opening for each iteration with scores, if the report is about test, and puts their number into it. Comparisons inside the
 * report count no second time. Blocks on the store.
 *
 * Returns: whether the report may be shown
 */
gboolean
hone_report_record_openings (HoneReport  *self,
                             HoneStore   *store,
                             const char  *what,
                             GError     **error)
{
  g_return_val_if_fail (self && HONE_IS_STORE (store), FALSE);

  if (self->split != HONE_SPLIT_TEST)
    return TRUE;
  for (guint i = 0; i < self->iterations->len; i++)
    if (!record_opening (store, hone_report_get_iteration (self, i), what, error))
      return FALSE;
  if (!hone_report_fill_project (self, store, error))
    return FALSE;
  hone_report_find_caveats (self);
  return TRUE;
}

/* ---- for windows ---- */

typedef struct {
  GPtrArray *names;
  HoneSplit  split;
} BuildOptions;

static void
build_options_free (gpointer data)
{
  BuildOptions *options = data;

  g_clear_pointer (&options->names, g_ptr_array_unref);
  g_free (options);
}

static gpointer
build_in_thread (HoneStore     *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  BuildOptions *options = data;
  g_autoptr(HoneReport) report = NULL;

  if (options->names == NULL)
    options->names = hone_report_list_names (store, error);
  if (options->names != NULL)
    report = hone_report_build (store, options->names, NULL, options->split, FALSE, cancellable, error);
  if (report == NULL || (hone_store_get_writable (store) && !hone_report_record_openings (report, store, "report", error)))
    return NULL;
  return g_steal_pointer (&report);
}

/**
 * hone_report_build_async:
 * @store: a project
 * @names: (nullable): iterations, in the order of the report: "NAME", "NAME@N" or "NAME@all"; copied; %NULL: all of all experiments
 * @split: the split to score
 * @cancellable: (nullable): a cancellable
 * @callback: called when the report is there
 * @user_data: for @callback
 *
 * For windows: hone_report_build() with the usual pairs, and its openings recorded where the project can be written.
 */
void
hone_report_build_async (HoneStore           *store,
                         const char * const  *names,
                         HoneSplit            split,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  BuildOptions *options;

  g_return_if_fail (HONE_IS_STORE (store));

  options = g_new0 (BuildOptions, 1);
  options->split = split;
  if (names != NULL)
    options->names = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (options->names, g_strdup (names[i]));
  hone_store_call_async (store, HONE_LANE_READ, build_in_thread, options, build_options_free, (GDestroyNotify) hone_report_free, cancellable, callback,
                         user_data);
}

/**
 * hone_report_build_finish:
 * @store: the project
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the report
 */
HoneReport *
hone_report_build_finish (HoneStore     *store,
                          GAsyncResult  *result,
                          GError       **error)
{
  return hone_store_call_finish (store, result, error);
}
