/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a project and scores to a report; the same way for writing and for verifying. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-cli-interrupt.h"
#include "hone-cli-report-model.h"
#include "jobs/hone-evaluate.h"

#define ALL "@all"

typedef struct {
  HoneStore  *store;
  HoneReport *report;
  GArray     *ids;         /* of gint64: iterations of the report, in its order */
  GArray     *positions;   /* of gsize: for each name its position in the report, or G_MAXSIZE */
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
 * hone_cli_report_list_names:
 * @store: a project
 * @error: where to put an error
 *
 * Returns: (transfer full) (element-type utf8) (nullable): names of all iterations, an experiment after the other
 */
GPtrArray *
hone_cli_report_list_names (HoneStore  *store,
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

  if (experiment == NULL || hone_cli_interrupted (error))
    return FALSE;
  if (iteration->parent_id > 0)
    parent = hone_store_get_iteration (self->store, iteration->parent_id, NULL);
  evaluation = hone_evaluate (self->store, iteration->id, self->report->split, &local);
  if (g_error_matches (local, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_PREDICTIONS))
    status = HONE_REPORT_NO_PREDICTIONS;
  else if (g_error_matches (local, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS))
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
  comparison = hone_compare (self->store, ids, 2, self->report->split, &local);
  if (g_error_matches (local, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS))
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
 * hone_cli_report_build:
 * @store: a project
 * @names: (element-type utf8): iterations, in the order of the report
 * @pairs: (nullable) (element-type HoneReportPair): what to compare, by positions in @names; %NULL for the usual pairs
 * @split: the split to score
 * @forgiving: whether names that are not there are left out
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable): the report, with its caveats
 */
HoneReport *
hone_cli_report_build (HoneStore  *store,
                       GPtrArray  *names,
                       GArray     *pairs,
                       HoneSplit   split,
                       gboolean    forgiving,
                       GError    **error)
{
  g_autoptr(HoneReport) report = hone_report_new (split);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64)), positions = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr(GPtrArray) expanded = forgiving ? g_ptr_array_ref (names) : expand_names (store, names, error);
  Building self = { store, report, ids, positions };

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
record_opening (HoneCliProject             *project,
                const HoneReportIteration  *item,
                const char                 *what,
                GError                    **error)
{
  g_autoptr(HoneIteration) iteration = NULL;

  if (item->status != HONE_REPORT_SCORED)
    return TRUE;
  iteration = hone_store_find_iteration (project->store, item->name, error);
  return iteration && hone_store_add_opening (project->store, iteration->id, what, error);
}

/**
 * hone_cli_report_record_openings:
 * @project: a project
 * @report: a report on it that nobody has seen yet
 * @what: word for the list of openings
 * @error: where to put an error
 *
 * Lists one opening for each iteration with scores, if the report is about test, and puts their number into it. The scores themselves
 * are made from a project open for reading, which lists nothing, so that comparisons inside a report count no second time.
 *
 * Returns: whether the report may be shown
 */
gboolean
hone_cli_report_record_openings (HoneCliProject  *project,
                                 HoneReport      *report,
                                 const char      *what,
                                 GError         **error)
{
  g_autoptr(GError) local = NULL;

  if (report->split != HONE_SPLIT_TEST)
    return TRUE;
  if (!hone_cli_project_make_writable (project, &local))
    {
      if (!g_error_matches (local, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      hone_cli_warn (project->cli, _("The project cannot be written: this opening of the test split is not listed in it"));
      return TRUE;
    }
  for (guint i = 0; i < report->iterations->len; i++)
    if (!record_opening (project, hone_report_get_iteration (report, i), what, error))
      return FALSE;
  if (!hone_report_fill_project (report, project->store, error))
    return FALSE;
  hone_report_find_caveats (report);
  return TRUE;
}
