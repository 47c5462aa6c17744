/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts and problems of a training before it starts. Only texts that have a near copy are looked at one by one. */
#include "config.h"

#include "hone-tune-plan.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-timing-private.h"
#include "hone-tune-private.h"

#define FEW_LABELS 5

static void
problem_free (gpointer data)
{
  HonePlanProblem *self = data;

  g_free (self->code);
  g_free (self->message);
  g_free (self);
}

/**
 * hone_tune_plan_free:
 * @self: (transfer full): a plan
 */
void
hone_tune_plan_free (HoneTunePlan *self)
{
  g_free (self->experiment);
  g_free (self->method);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_free (self->per_category);
  g_array_unref (self->kept_out);
  g_array_unref (self->conflicts);
  g_ptr_array_unref (self->problems);
  g_clear_error (&self->refusal);
  g_free (self);
}

static HoneTunePlan *
plan_new (const HoneTuneOptions *options)
{
  HoneTunePlan *self = g_new0 (HoneTunePlan, 1);

  self->experiment = g_strdup (options->experiment);
  self->kept_out = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->conflicts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->problems = g_ptr_array_new_with_free_func (problem_free);
  return self;
}

static void
add_problem (HoneTunePlan *self,
             gboolean      blocks,
             const char   *code,
             char         *message)   /* taken */
{
  HonePlanProblem *problem = g_new (HonePlanProblem, 1);

  *problem = (HonePlanProblem) { blocks, g_strdup (code), message };
  g_ptr_array_add (self->problems, problem);
}

static const char *
error_code (const GError *error)
{
  static const char * const codes[] = {
    [HONE_JOBS_ERROR_USAGE] = "usage", [HONE_JOBS_ERROR_NO_LABELS] = "no-labels", [HONE_JOBS_ERROR_NO_ONTOLOGY] = "no-categories",
    [HONE_JOBS_ERROR_MODEL_MISSING] = "model-missing", [HONE_JOBS_ERROR_TRAINER_MISSING] = "trainer-missing",
    [HONE_JOBS_ERROR_UNTRUSTED] = "untrusted",
  };

  return (gsize) error->code < G_N_ELEMENTS (codes) ? codes[error->code] : NULL;
}

/* What hone_tune () would refuse becomes a problem; what went wrong here stays an error. */
static gboolean
take_error (HoneTunePlan  *self,
            GError        *reason,   /* (nullable): taken */
            GError       **error)
{
  gboolean missing = g_error_matches (reason, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND);
  const char *code = reason == NULL ? NULL : missing ? "not-found" : reason->domain == HONE_JOBS_ERROR ? error_code (reason) : NULL;

  if (reason == NULL)
    return TRUE;
  if (code == NULL)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  add_problem (self, TRUE, code, g_strdup (reason->message));
  if (self->refusal == NULL)
    self->refusal = reason;
  else
    g_error_free (reason);
  return TRUE;
}

/* ---- near copies ---- */

/* Texts of train with the same fold: the first label among them, and whether another differs. */
typedef struct {
  HoneCategorySet *reference;
  GArray          *ids;
  gboolean         conflict;
} Group;

static void
group_free (gpointer data)
{
  Group *self = data;

  hone_category_set_unref (self->reference);
  g_array_unref (self->ids);
  g_free (self);
}

typedef struct {
  HoneTunePlan *plan;
  GHashTable   *sealed;     /* folds of validation and test */
  GHashTable   *groups;     /* fold -> Group */
} Copies;

static gboolean
collect_sealed (const HoneExample  *example,
                gpointer            data,
                GError            **error)
{
  Copies *self = data;

  g_hash_table_add (self->sealed, g_memdup2 (&example->fold_hash, sizeof example->fold_hash));
  return TRUE;
}

static void
take_away (HoneTunePlan          *plan,
           const HoneCategorySet *reference)
{
  gsize n_ids;
  const guint *ids = hone_category_set_get_ids (reference, &n_ids);

  for (gsize i = 0; i < n_ids; i++)
    {
      gsize position = hone_ontology_get_position (plan->ontology, ids[i]);

      if (position < hone_ontology_get_size (plan->ontology) && plan->per_category[position] > 0)
        plan->per_category[position]--;
    }
}

static gboolean
collect_copy (const HoneExample  *example,
              gpointer            data,
              GError            **error)
{
  Copies *self = data;
  Group *group;

  if (g_hash_table_contains (self->sealed, &example->fold_hash))
    {
      g_array_append_val (self->plan->kept_out, example->id);
      take_away (self->plan, example->reference);
      return TRUE;
    }
  group = g_hash_table_lookup (self->groups, &example->fold_hash);
  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->reference = hone_category_set_ref (example->reference);
      group->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->groups, g_memdup2 (&example->fold_hash, sizeof example->fold_hash), group);
    }
  else
    {
      self->plan->n_duplicates++;
      group->conflict = group->conflict || !hone_category_set_equal (group->reference, example->reference);
    }
  g_array_append_val (group->ids, example->id);
  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gboolean
find_copies (HoneStore     *store,
             HoneTunePlan  *plan,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GHashTable) sealed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GHashTable) groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, group_free);
  Copies copies = { plan, sealed, groups };
  HoneFilter filter = HONE_FILTER_ALL;
  GHashTableIter iter;
  gpointer value;

  filter.near_copies = 1;
  for (filter.split = HONE_SPLIT_VALIDATION; filter.split <= HONE_SPLIT_TEST; filter.split++)
    if (!hone_store_each_example (store, &filter, collect_sealed, &copies, cancellable, error))
      return FALSE;
  filter.split = HONE_SPLIT_TRAIN;
  filter.reference_state = HONE_REFERENCE_LABELLED;
  if (!hone_store_each_example (store, &filter, collect_copy, &copies, cancellable, error))
    return FALSE;
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Group *group = value;

      if (group->conflict)
        g_array_append_vals (plan->conflicts, group->ids->data, group->ids->len);
    }
  g_array_sort (plan->conflicts, compare_ids);
  return TRUE;
}

/* ---- counts ---- */

static gboolean
count_categories (HoneStore     *store,
                  HoneTunePlan  *plan,
                  GError       **error)
{
  g_autoptr(GArray) sets = hone_store_count_references (store, HONE_SPLIT_TRAIN, error);
  gsize size = hone_ontology_get_size (plan->ontology);

  if (sets == NULL)
    return FALSE;
  plan->per_category = g_new0 (guint64, MAX (size, 1));
  for (guint i = 0; i < sets->len; i++)
    {
      const HoneSetCount *set = &g_array_index (sets, HoneSetCount, i);
      gsize n_ids;
      const guint *ids = hone_category_set_get_ids (set->categories, &n_ids);

      for (gsize k = 0; k < n_ids; k++)
        {
          gsize position = hone_ontology_get_position (plan->ontology, ids[k]);

          if (position < size)
            plan->per_category[position] += set->count;
        }
    }
  return TRUE;
}

static gboolean
find_number (HoneStore     *store,
             HoneTunePlan  *plan,
             GError       **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(HoneExperiment) experiment = plan->experiment != NULL ? hone_store_find_experiment (store, plan->experiment, &reason) : NULL;
  g_autoptr(GPtrArray) iterations = NULL;

  plan->number = 1;
  plan->is_new = experiment == NULL;
  if (reason != NULL && !g_error_matches (reason, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (experiment == NULL)
    return TRUE;
  iterations = hone_store_list_iterations (store, experiment->id, error);
  if (iterations == NULL)
    return FALSE;
  for (guint i = 0; i < iterations->len; i++)
    plan->number = MAX (plan->number, ((HoneIteration *) iterations->pdata[i])->number + 1);
  return TRUE;
}

static gboolean
count (HoneStore       *store,
       HoneTunePlan    *plan,
       HoneParameters  *parameters,
       GCancellable    *cancellable,
       GError         **error)
{
  HoneTrainingSummary summary = { 0 };
  HoneSplitCounts counts[HONE_N_SPLITS];

  plan->ontology = hone_store_dup_ontology (store);
  if (!find_number (store, plan, error) || !count_categories (store, plan, error) || !find_copies (store, plan, cancellable, error) ||
      !hone_store_preview_training_list (store, &summary, error) || !hone_store_get_split_counts (store, counts, error))
    return FALSE;
  plan->method = g_strdup (parameters->method);
  plan->n_labels = summary.n_labels;
  plan->n_disputed = summary.n_disputed;
  if (_hone_tune_wants_self_training (parameters->settings))
    plan->n_unlabelled = counts[HONE_SPLIT_TRAIN].unlabelled;
  plan->n_asked = counts[HONE_SPLIT_VALIDATION].examples;
  plan->n_scored = counts[HONE_SPLIT_VALIDATION].labelled;
  plan->seconds = plan->n_labels > 0 ? _hone_timing_estimate (parameters, plan->n_labels + plan->n_unlabelled) : NAN;
  return TRUE;
}

/* ---- warnings ---- */

static void
warn_of_categories (HoneTunePlan *plan)
{
  g_autoptr(GString) empty = g_string_new (NULL), few = g_string_new (NULL);

  for (gsize i = 0; i < hone_ontology_get_size (plan->ontology); i++)
    {
      GString *list = plan->per_category[i] == 0 ? empty : plan->per_category[i] < FEW_LABELS ? few : NULL;

      if (list != NULL)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", hone_ontology_get_nth (plan->ontology, i)->key);
    }
  if (empty->len > 0)
    add_problem (plan, FALSE, "empty-category", g_strdup_printf (_("Categories without a label to learn from are never answered: %s"),
                                                                 empty->str));
  if (few->len > 0)
    add_problem (plan, FALSE, "few-labels", g_strdup_printf (_("Categories with fewer than %d labels: %s"), FEW_LABELS, few->str));
}

static void
warn (HoneTunePlan *plan)
{
  if (plan->n_labels > 0)
    warn_of_categories (plan);
  if (plan->conflicts->len > 0)
    add_problem (plan, FALSE, "conflicts",
                 g_strdup_printf (ngettext ("%u text has a near copy with another label", "%u texts have a near copy with another label",
                                            plan->conflicts->len), plan->conflicts->len));
  if (plan->n_duplicates > 0)
    add_problem (plan, FALSE, "duplicates",
                 g_strdup_printf (ngettext ("%" G_GUINT64_FORMAT " text is a near copy of another one",
                                            "%" G_GUINT64_FORMAT " texts are near copies of others", plan->n_duplicates),
                                  plan->n_duplicates));
  if (plan->kept_out->len > 0)
    add_problem (plan, FALSE, "kept-out",
                 g_strdup_printf (ngettext ("%u labelled text is a near copy of a validation or test text and stays out of training",
                                            "%u labelled texts are near copies of validation or test texts and stay out of training",
                                            plan->kept_out->len), plan->kept_out->len));
  if (plan->n_disputed > 0)
    add_problem (plan, FALSE, "disputed",
                 g_strdup_printf (ngettext ("%" G_GUINT64_FORMAT " text is left out because its authors disagree",
                                            "%" G_GUINT64_FORMAT " texts are left out because their authors disagree", plan->n_disputed),
                                  plan->n_disputed));
  if (plan->n_scored == 0)
    add_problem (plan, FALSE, "unscored", g_strdup (_("Nothing will be scored: no text of validation has a label")));
}

/* ---- all of it ---- */

/**
 * hone_tune_plan:
 * @store: a project
 * @options: what would be trained
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Says what hone_tune() with the same options would do now, and what is wrong with it. Writes nothing. Blocks on the store.
 *
 * Returns: (transfer full) (nullable): the plan
 */
HoneTunePlan *
hone_tune_plan (HoneStore              *store,
                const HoneTuneOptions  *options,
                GCancellable           *cancellable,
                GError                **error)
{
  g_autoptr(HoneTunePlan) self = NULL;
  g_autoptr(HoneParameters) parameters = NULL;
  GError *reason = NULL;

  g_return_val_if_fail (HONE_IS_STORE (store), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = plan_new (options);
  parameters = g_new0 (HoneParameters, 1);
  _hone_tune_check (store, options, parameters, &reason);
  if (!take_error (self, g_steal_pointer (&reason), error))
    return NULL;
  _hone_tune_check_labels (store, &reason);
  if (!take_error (self, g_steal_pointer (&reason), error) || !count (store, self, parameters, cancellable, error))
    return NULL;
  warn (self);
  return g_steal_pointer (&self);
}

static gpointer
plan_in_thread (HoneStore     *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return hone_tune_plan (store, data, cancellable, error);
}

/**
 * hone_tune_plan_async:
 * @store: a project
 * @options: what would be trained; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when the plan is there
 * @user_data: for @callback
 *
 * Like hone_tune_plan(), for windows.
 */
void
hone_tune_plan_async (HoneStore              *store,
                      const HoneTuneOptions  *options,
                      GCancellable           *cancellable,
                      GAsyncReadyCallback     callback,
                      gpointer                user_data)
{
  g_return_if_fail (HONE_IS_STORE (store));
  g_return_if_fail (options != NULL);

  hone_store_call_async (store, HONE_LANE_READ, plan_in_thread, _hone_tune_options_copy (options), _hone_tune_options_free,
                         (GDestroyNotify) hone_tune_plan_free, cancellable, callback, user_data);
}

/**
 * hone_tune_plan_finish:
 * @store: the project
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the plan
 */
HoneTunePlan *
hone_tune_plan_finish (HoneStore     *store,
                       GAsyncResult  *result,
                       GError       **error)
{
  return hone_store_call_finish (store, result, error);
}
