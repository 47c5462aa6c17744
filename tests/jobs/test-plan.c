/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a training would do, said before: counts, near copies, conflicts, problems, time. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "jobs-support.h"
#include "jobs/hone-timing-private.h"
#include "jobs/hone-tune-plan.h"

static gboolean
has_problem (const HoneTunePlan *plan,
             const char         *code,
             gboolean            blocks)
{
  for (guint i = 0; i < plan->problems->len; i++)
    {
      const HonePlanProblem *problem = plan->problems->pdata[i];

      if (strcmp (problem->code, code) == 0)
        {
          g_assert_cmpint (problem->blocks, ==, blocks);
          return TRUE;
        }
    }
  return FALSE;
}

static guint64
count_of (const HoneTunePlan *plan,
          const char         *key)
{
  const HoneCategory *category = hone_ontology_get_by_key (plan->ontology, key);

  g_assert_nonnull (category);
  return plan->per_category[hone_ontology_get_position (plan->ontology, category->id)];
}

static HoneTunePlan *
make_plan (HoneStore  *store,
           const char *experiment)
{
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  HoneTunePlan *plan;

  options.experiment = experiment;
  plan = hone_tune_plan (store, &options, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

/* One text in validation has a near copy in train; two near copies in train disagree, two agree. */
static void
test_counts (void)
{
  g_autoptr(HoneStore) store = support_new_project ("counts.hone");
  g_autofree char *train = support_write ("plan-train.txt",
                                          "a goal in the rain|SPORTS\nA goal, in the RAIN!|MONEY\n"
                                          "the cup was won|SPORTS\nthe cup was WON|SPORTS\n"
                                          "rates were raised|MONEY\nthe striker left|SPORTS\n");
  g_autofree char *validation = support_write ("plan-validation.txt", "Rates were raised.|MONEY\nthe bank closed|MONEY\n");
  g_autoptr(HoneTunePlan) plan = NULL;

  support_import (store, train, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_HUMAN);
  support_import (store, validation, HONE_SPLIT_VALIDATION, HONE_IMPORT_LABELS_HUMAN);
  plan = make_plan (store, "e");
  g_assert_no_error (plan->refusal);
  g_assert_true (plan->is_new);
  g_assert_cmpint (plan->number, ==, 1);
  g_assert_cmpstr (plan->method, ==, "ngrams");
  g_assert_cmpuint (plan->n_labels, ==, 5);
  g_assert_cmpuint (count_of (plan, "SPORTS"), ==, 4);
  g_assert_cmpuint (count_of (plan, "MONEY"), ==, 1);   /* the kept-out one is not counted */
  g_assert_cmpuint (plan->kept_out->len, ==, 1);
  g_assert_cmpint (g_array_index (plan->kept_out, gint64, 0), ==, 5);
  g_assert_cmpuint (plan->n_duplicates, ==, 2);
  g_assert_cmpuint (plan->conflicts->len, ==, 2);
  g_assert_cmpint (g_array_index (plan->conflicts, gint64, 0), ==, 1);
  g_assert_cmpint (g_array_index (plan->conflicts, gint64, 1), ==, 2);
  g_assert_cmpuint (plan->n_asked, ==, 2);
  g_assert_cmpuint (plan->n_scored, ==, 2);
  g_assert_true (has_problem (plan, "conflicts", FALSE));
  g_assert_true (has_problem (plan, "duplicates", FALSE));
  g_assert_true (has_problem (plan, "kept-out", FALSE));
  g_assert_true (has_problem (plan, "few-labels", FALSE));
  g_assert_false (has_problem (plan, "empty-category", FALSE));
  g_assert_false (has_problem (plan, "unscored", FALSE));
  g_assert_true (isnan (plan->seconds));
}

/* What hone_tune () would refuse stands first and blocks; the plan is made all the same. */
static void
test_refusals (void)
{
  g_autoptr(HoneStore) store = support_new_project ("refusals.hone");
  g_autofree char *known = support_write ("plan-known.txt", "a goal|SPORTS\na bank|MONEY\n");
  g_autoptr(HoneTunePlan) empty = make_plan (store, "e"), hidden = NULL, bad = NULL;

  g_assert_error (empty->refusal, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_ONTOLOGY);
  g_assert_true (((HonePlanProblem *) empty->problems->pdata[0])->blocks);
  g_assert_true (has_problem (empty, "no-categories", TRUE));
  g_assert_true (has_problem (empty, "no-labels", TRUE));
  g_assert_true (has_problem (empty, "unscored", FALSE));

  support_import (store, known, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_KNOWN);
  hidden = make_plan (store, "e");
  g_assert_error (hidden->refusal, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS);
  g_assert_cmpuint (hidden->n_labels, ==, 0);
  bad = make_plan (store, "e@1");
  g_assert_error (bad->refusal, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
}

/* The plan is what happens. */
static void
test_true (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("true.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneTunePlan) before = make_plan (store, "e"), after = NULL;
  g_autoptr(HoneRun) run = support_tune (queue, "trainer.py", TRUE, NULL);
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  HoneRunCounts counts;

  hone_run_get_counts (run, &counts);
  g_assert_cmpuint (counts.trained, ==, before->n_labels);
  g_assert_cmpuint (counts.kept_out, ==, before->kept_out->len);
  g_assert_cmpuint (counts.asked, ==, before->n_asked);
  options.experiment = "e";
  options.trainer = trainer;
  after = hone_tune_plan (store, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->number, ==, 2);
  g_assert_false (after->is_new);
  /* It took a moment, on this computer. */
  g_assert_cmpfloat (after->seconds, >=, 0.0);
  g_assert_cmpfloat (after->seconds, <, 60.0);
}

static void
test_times (void)
{
  HoneParameters parameters = { .method = (char *) "m", .settings = (char *) "{}" };
  HoneParameters other = { .method = (char *) "m", .settings = (char *) "{\"epochs\":3}" };

  g_assert_true (isnan (_hone_timing_estimate (&parameters, 100)));
  _hone_timing_add (&parameters, 100, 2.0);
  g_assert_cmpfloat_with_epsilon (_hone_timing_estimate (&parameters, 300), 6.0, 1e-9);     /* one point: in proportion */
  _hone_timing_add (&parameters, 300, 4.0);
  g_assert_cmpfloat_with_epsilon (_hone_timing_estimate (&parameters, 500), 6.0, 1e-9);     /* two: a line, 1 s and 10 ms a text */
  g_assert_cmpfloat_with_epsilon (_hone_timing_estimate (&parameters, 0), 1.0, 1e-9);
  g_assert_true (isnan (_hone_timing_estimate (&other, 100)));
  for (int i = 0; i < 30; i++)
    _hone_timing_add (&parameters, 100, 7.0);
  g_assert_cmpfloat_with_epsilon (_hone_timing_estimate (&parameters, 100), 7.0, 1e-9);     /* the newest count */
  _hone_timing_add (&parameters, 100, NAN);
  g_assert_cmpfloat_with_epsilon (_hone_timing_estimate (&parameters, 100), 7.0, 1e-9);
}

typedef struct {
  gboolean      over;
  HoneTunePlan *plan;
  GError       *error;
} Planned;

static void
planned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Planned *self = data;

  self->plan = hone_tune_plan_finish (HONE_STORE (source), result, &self->error);
  self->over = TRUE;
}

static void
test_async (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("async.hone");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autofree char *name = g_strdup ("e");
  Planned first = { FALSE }, second = { FALSE };

  options.experiment = name;
  hone_tune_plan_async (store, &options, NULL, planned_cb, &first);
  g_cancellable_cancel (cancellable);
  hone_tune_plan_async (store, &options, cancellable, planned_cb, &second);
  memset (name, 'x', 1);   /* options were copied */
  while (!first.over || !second.over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (first.error);
  g_assert_cmpstr (first.plan->experiment, ==, "e");
  g_assert_cmpuint (first.plan->n_labels, ==, 19);
  g_assert_null (second.plan);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&second.error);
  hone_tune_plan_free (first.plan);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/plan/counts", test_counts);
  g_test_add_func ("/jobs/plan/refusals", test_refusals);
  g_test_add_func ("/jobs/plan/true", test_true);
  g_test_add_func ("/jobs/plan/times", test_times);
  g_test_add_func ("/jobs/plan/async", test_async);
  return g_test_run ();
}
