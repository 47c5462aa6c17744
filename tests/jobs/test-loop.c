/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole loop with Hone's own engine on the sample texts: known answers, simulated labeling, tuning, scores; twice with one outcome. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "jobs-support.h"
#include "jobs/hone-predict.h"
#include "jobs/hone-simulate.h"
#include "reports/hone-compare.h"

typedef struct {
  gboolean            over;
  HoneSimulateReport *report;
  GError             *error;
} Simulated;

static void
simulated (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Simulated *self = data;

  hone_simulate_finish (HONE_RUN_QUEUE (source), result, &self->report, &self->error);
  self->over = TRUE;
}

static HoneSimulateReport *
simulate (HoneRunQueue     *queue,
          guint64           n,
          HoneSampleOrder   order,
          GError          **error)
{
  Simulated self = { FALSE };

  hone_simulate_async (queue, n, order, NULL, NULL, simulated, &self);
  while (!self.over)
    g_main_context_iteration (NULL, TRUE);
  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return self.report;
}

static HoneRun *
tune (HoneRunQueue *queue)
{
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  HoneRun *run;

  options.experiment = "news";
  options.method = "ngrams";
  run = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  hone_run_wait (run, &error);
  g_assert_no_error (error);
  return run;
}

static gint64
find (HoneStore  *store,
      const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, name, &error);

  g_assert_no_error (error);
  return iteration->id;
}

static double
get_accuracy (HoneStore  *store,
              const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneEvaluation) evaluation = hone_evaluate (store, find (store, name), HONE_SPLIT_VALIDATION, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (evaluation->opened);
  return evaluation->scores->measures[HONE_MEASURE_ACCURACY].value;
}

static HoneStore *
import_sample (const char *name)
{
  HoneStore *store = support_new_project (name);
  g_autofree char *headlines = g_build_filename (g_getenv ("HONE_SOURCE_DIR"), "data", "sample", "headlines.csv", NULL);

  support_import (store, headlines, -1, HONE_IMPORT_LABELS_KNOWN);   /* the file names the splits */
  return store;
}

static char *
dup_predictions (HoneStore  *store,
                 const char *name)
{
  g_autoptr(GArray) scored = hone_store_list_scored (store, find (store, name), HONE_SPLIT_VALIDATION, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < scored->len; i++)
    {
      const HoneScoredExample *example = &g_array_index (scored, HoneScoredExample, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %u %.9g\n", example->example_id,
                              example->answer != NULL ? hone_category_set_get_ids (example->answer, NULL)[0] : 0, example->confidence);
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_engine (void)
{
  g_autofree char *engine = hone_jobs_dup_engine (NULL);

  if (engine == NULL)
    g_test_skip ("the engine is not built");
  return engine != NULL;
}

static void
test_loop (void)
{
  g_autoptr(HoneStore) store = NULL, again = NULL;
  g_autoptr(HoneRunQueue) queue = NULL, other = NULL;
  g_autoptr(HoneRun) first = NULL, second = NULL, repeated = NULL;
  g_autoptr(HoneSimulateReport) some = NULL, more = NULL, same = NULL;
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *here = NULL, *there = NULL;
  gint64 ids[3];

  if (!has_engine ())
    return;
  store = import_sample ("loop.hone");
  queue = hone_run_queue_new (store);
  some = simulate (queue, 80, HONE_ORDER_BALANCED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (some->revealed, ==, 80);
  first = tune (queue);
  more = simulate (queue, 80, HONE_ORDER_UNCERTAIN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (more->revealed, ==, 80);
  g_assert_nonnull (strstr (more->message, "news@1"));
  g_assert_true (hone_store_has_predictions (store, find (store, "news@1"), HONE_SPLIT_TRAIN, NULL, NULL));
  second = tune (queue);

  g_test_message ("accuracy %g %g %g", get_accuracy (store, "news@0"), get_accuracy (store, "news@1"), get_accuracy (store, "news@2"));
  g_assert_cmpfloat_with_epsilon (get_accuracy (store, "news@0"), 0.125, 1e-9);   /* 8 categories, equally many texts */
  g_assert_cmpfloat (get_accuracy (store, "news@1"), >, 0.25);
  ids[0] = find (store, "news@0");
  ids[1] = find (store, "news@1");
  ids[2] = find (store, "news@2");
  comparison = hone_compare (store, ids, 3, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->n_pairs, ==, 3);
  g_assert_cmpfloat (comparison->pairs[1].p, <, 0.01);   /* 0 against 2 */

  again = import_sample ("again.hone");
  other = hone_run_queue_new (again);
  same = simulate (other, 80, HONE_ORDER_BALANCED, &error);
  repeated = tune (other);
  here = dup_predictions (store, "news@1");
  there = dup_predictions (again, "news@1");
  g_assert_cmpstr (here, ==, there);
}

static void
test_refusals (void)
{
  g_autoptr(HoneStore) store = NULL;
  g_autoptr(HoneRunQueue) queue = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneSimulateReport) all = NULL;
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;

  if (!has_engine ())
    return;
  store = support_new_project ("refusals.hone");
  queue = hone_run_queue_new (store);
  options.experiment = "news";
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_ONTOLOGY);
  g_clear_error (&error);
  g_clear_object (&queue);
  g_clear_object (&store);

  store = import_sample ("refusals-2.hone");
  queue = hone_run_queue_new (store);
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS);
  g_assert_nonnull (strstr (error->message, "known answers are hidden"));
  g_clear_error (&error);
  all = simulate (queue, 100000, HONE_ORDER_RANDOM, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->left, ==, 0);
  g_assert_null (simulate (queue, 1, HONE_ORDER_RANDOM, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS);
  g_clear_error (&error);

  options.from = 0;
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
  g_clear_error (&error);
  options.from = -1;
  options.method = "full";
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
  g_clear_error (&error);
  options.method = NULL;
  options.experiment = "a@b";
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
}

/* Without a text to score a model is trained all the same, and that nothing was scored is said. */
static void
test_unscored (void)
{
  g_autoptr(HoneStore) store = NULL;
  g_autoptr(HoneRunQueue) queue = NULL;
  g_autofree char *train = NULL;
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(GError) error = NULL;

  if (!has_engine ())
    return;
  store = support_new_project ("unscored.hone");
  queue = hone_run_queue_new (store);
  train = g_build_filename (g_getenv ("HONE_SOURCE_DIR"), "data", "sample", "headlines.csv", NULL);
  support_import (store, train, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_HUMAN);
  run = tune (queue);
  g_assert_nonnull (strstr (hone_run_get_message (run), "nothing was scored"));
  evaluation = hone_evaluate (store, find (store, "news@1"), HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_null (evaluation);
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_PREDICTIONS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/loop/whole", test_loop);
  g_test_add_func ("/jobs/loop/refusals", test_refusals);
  g_test_add_func ("/jobs/loop/unscored", test_unscored);
  return g_test_run ();
}
