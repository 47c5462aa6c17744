/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Hone promises of training: nothing that is scored was learnt from, one template, no failed answer scored, no blocked main loop. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "core/hone-near-copy.h"
#include "jobs-support.h"
#include "jobs/hone-predict.h"
#include "jobs/hone-simulate.h"
#include "reports/hone-compare.h"

static gint64
find (HoneStore  *store,
      const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, name, &error);

  g_assert_no_error (error);
  return iteration->id;
}

/* ---- leaks ---- */

static gboolean
collect_fold (const HoneExample  *example,
              gpointer            data,
              GError            **error)
{
  g_hash_table_add (data, g_memdup2 (&example->fold_hash, sizeof example->fold_hash));
  return TRUE;
}

static gboolean
check_item (const HoneTrainingItem  *item,
            const char              *text,
            gpointer                 data,
            GError                 **error)
{
  guint64 fold = hone_near_copy_hash (text);

  if (g_hash_table_contains (data, &fold))
    g_error ("“%s” (%s) was learnt from", text, item->pseudo ? "a pseudo-label" : "a label");
  return TRUE;
}

/* Neither labels nor pseudo-labels of this iteration, nor of any that it was trained on top of, are near copies of sealed texts. */
static void
assert_sealed (HoneStore  *store,
               const char *name)
{
  g_autoptr(GHashTable) sealed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GError) error = NULL;

  for (filter.split = HONE_SPLIT_VALIDATION; filter.split <= HONE_SPLIT_TEST; filter.split++)
    g_assert_true (hone_store_each_example (store, &filter, collect_fold, sealed, NULL, &error));
  for (gint64 id = find (store, name); id != 0;)
    {
      g_autoptr(HoneIteration) iteration = hone_store_get_iteration (store, id, &error);

      g_assert_no_error (error);
      g_assert_true (hone_store_each_training_item (store, id, check_item, sealed, &error));
      g_assert_no_error (error);
      id = iteration->parent_id;
    }
}

static HoneRun *
tune (HoneRunQueue *queue,
      int           from,
      const char   *self_training)
{
  g_autoptr(GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  HoneRun *run;

  g_hash_table_insert (settings, (gpointer) "self_training", (gpointer) self_training);
  options.experiment = "e";
  options.trainer = trainer;
  options.from = from;
  options.settings = settings;
  run = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  hone_run_wait (run, &error);
  g_assert_no_error (error);
  return run;
}

/* Labelled and unlabelled train texts among which each has a near copy in validation or test, but for a few. */
static void
test_leaks (void)
{
  g_autoptr(HoneStore) store = support_new_project ("leaks.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(GString) train = g_string_new (NULL), bare = g_string_new (NULL), validation = g_string_new (NULL), test = g_string_new (NULL);
  g_autoptr(HoneRun) first = NULL, second = NULL;
  g_autofree char *train_path = NULL, *bare_path = NULL, *validation_path = NULL, *test_path = NULL, *late_path = NULL;
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(GError) error = NULL;
  HoneRunCounts counts;

  for (guint i = 0; i < 20; i++)
    {
      g_string_append_printf (train, "a goal by player %u|SPORTS\nthe price of share %u|MONEY\n", i, i);
      g_string_append_printf (bare, "an open text, number %u\n", i);
      if (i < 15)
        {
          g_string_append_printf (validation, "A goal -- by PLAYER %u!|SPORTS\n", i);
          g_string_append_printf (test, "an Open text number %u|MONEY\n", i);
        }
    }
  train_path = support_write ("leak-train.txt", train->str);
  bare_path = support_write ("leak-bare.txt", bare->str);
  validation_path = support_write ("leak-validation.txt", validation->str);
  test_path = support_write ("leak-test.txt", test->str);
  late_path = support_write ("leak-late.txt", "The price of share 3.|MONEY\nsomething else|MONEY\n");
  support_import (store, train_path, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_HUMAN);
  support_import (store, bare_path, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_HUMAN);
  support_import (store, validation_path, HONE_SPLIT_VALIDATION, HONE_IMPORT_LABELS_HUMAN);
  support_import (store, test_path, HONE_SPLIT_TEST, HONE_IMPORT_LABELS_HUMAN);

  first = tune (queue, -1, "true");
  hone_run_get_counts (first, &counts);
  g_assert_cmpuint (counts.trained, ==, 25);
  g_assert_cmpuint (counts.kept_out, ==, 15);
  g_assert_cmpuint (counts.pseudo, ==, 3);
  assert_sealed (store, "e@1");
  second = tune (queue, 1, "true");
  assert_sealed (store, "e@2");

  /* A copy that comes into validation after the model has learnt from it is not scored, with neither it nor what stands on top. */
  support_import (store, late_path, HONE_SPLIT_VALIDATION, HONE_IMPORT_LABELS_HUMAN);
  for (int number = 1; number <= 2; number++)
    {
      g_autofree char *name = g_strdup_printf ("e@%d", number);
      g_autoptr(HoneRun) run = hone_predict (queue, find (store, name), HONE_SPLIT_VALIDATION, &error);

      hone_run_wait (run, &error);
      g_assert_no_error (error);
      evaluation = hone_evaluate (store, find (store, name), HONE_SPLIT_VALIDATION, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (evaluation->scores->n, ==, 16);
      g_assert_cmpuint (evaluation->scores->left_out.trained, ==, 1);
      g_clear_pointer (&evaluation, hone_evaluation_free);
    }
  hone_store_check (store, &error);
  g_assert_no_error (error);
}

/* ---- one template ---- */

static void
test_template (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("template.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneTemplate) before = hone_store_dup_template (store), other = hone_template_new ("Which?", "Text: ", "", "", FALSE);
  g_autoptr(HoneIteration) iteration = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  g_autoptr(GPtrArray) differences = NULL;
  HoneIteration *both[2];
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;

  g_object_unref (tune (queue, -1, "false"));
  iteration = hone_store_find_iteration (store, "e@1", &error);
  g_assert_cmpstr (iteration->template_hash, ==, hone_template_get_hash (before));
  g_assert_true (hone_store_set_template (store, other, &error));
  options.experiment = "e";
  options.trainer = trainer;
  options.from = 1;
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "template"));
  g_clear_error (&error);

  /* From the base it may be another one, and that shows. */
  g_object_unref (tune (queue, -1, "false"));
  both[0] = iteration;
  both[1] = hone_store_find_iteration (store, "e@2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (both[1]->template_hash, ==, hone_template_get_hash (other));
  differences = hone_compare_settings (both, 2);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpstr (((HoneSettingDifference *) differences->pdata[0])->name, ==, "template");
  hone_iteration_free (both[1]);
}

/* ---- failed answers ---- */

/* They are asked again, and are never scored. */
static void
test_failed (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("failed.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL, again = NULL;
  g_autoptr(HoneEvaluation) before = NULL, after = NULL;
  g_autoptr(GError) error = NULL;
  HoneRunCounts counts;

  g_setenv ("HONE_TEST_FAULT", "outcomes", TRUE);
  run = tune (queue, -1, "false");
  g_unsetenv ("HONE_TEST_FAULT");
  before = hone_evaluate (store, find (store, "e@1"), HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->scores->n, ==, 9);
  g_assert_cmpuint (before->scores->left_out.failed, ==, 1);
  again = hone_predict (queue, find (store, "e@1"), HONE_SPLIT_VALIDATION, &error);
  hone_run_wait (again, &error);
  g_assert_no_error (error);
  hone_run_get_counts (again, &counts);
  g_assert_cmpuint (counts.asked, ==, 1);   /* the abstained one has answered */
  g_assert_cmpint (hone_run_get_split (again), ==, HONE_SPLIT_VALIDATION);
  after = hone_evaluate (store, find (store, "e@1"), HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_cmpuint (after->scores->n, ==, 10);
  g_assert_cmpuint (after->scores->left_out.failed, ==, 0);
}

/* ---- what people cancel ---- */

typedef struct {
  gboolean  over;
  GError   *error;
} Simulated;

static void
simulated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Simulated *self = data;

  hone_simulate_finish (HONE_RUN_QUEUE (source), result, NULL, &self->error);
  self->over = TRUE;
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* The asking that "uncertain" begins with ends with it, and nothing is revealed. */
static void
test_cancel_simulation (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("simulation.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autofree char *known = support_write ("simulation-known.txt", "a hidden goal|SPORTS\na hidden bank|MONEY\n");
  g_autoptr(HoneRun) asking = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  HoneSplitCounts counts[HONE_N_SPLITS];
  Simulated self = { FALSE };

  g_object_unref (tune (queue, -1, "false"));
  support_import (store, known, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_KNOWN);
  g_setenv ("HONE_TEST_FAULT", "slow-predict", TRUE);
  g_setenv ("HONE_TEST_STEPS", "400", TRUE);
  hone_simulate_async (queue, 1, HONE_ORDER_UNCERTAIN, NULL, cancellable, simulated_cb, &self);
  g_timeout_add (500, cancel_cb, cancellable);
  while (!self.over)
    g_main_context_iteration (NULL, TRUE);
  g_unsetenv ("HONE_TEST_FAULT");
  g_unsetenv ("HONE_TEST_STEPS");
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&self.error);
  asking = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_assert_cmpstr (hone_run_get_kind (asking), ==, "predict");
  g_assert_cmpint (hone_run_get_state (asking), ==, HONE_RUN_CANCELLED);
  g_assert_true (hone_store_get_split_counts (store, counts, NULL));
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].known, ==, 2);

  /* Cancelled before it began: nothing at all happens. */
  self.over = FALSE;
  hone_simulate_async (queue, 1, HONE_ORDER_RANDOM, NULL, cancellable, simulated_cb, &self);
  while (!self.over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&self.error);
  g_assert_true (hone_store_get_split_counts (store, counts, NULL));
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].known, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/guarantees/leaks", test_leaks);
  g_test_add_func ("/jobs/guarantees/template", test_template);
  g_test_add_func ("/jobs/guarantees/failed", test_failed);
  g_test_add_func ("/jobs/guarantees/cancel-simulation", test_cancel_simulation);
  return g_test_run ();
}
