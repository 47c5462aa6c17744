/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainers that work, and each way in which they do not: the project stays whole and the error says who did what. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "jobs-support.h"
#include "jobs/hone-classify.h"
#include "jobs/hone-predict.h"
#include "jobs/hone-trainer-private.h"
#include "reports/hone-compare.h"

static HoneIteration *
get_iteration (HoneStore  *store,
               const char *name)
{
  g_autoptr(GError) error = NULL;
  HoneIteration *iteration = hone_store_find_iteration (store, name, &error);

  g_assert_no_error (error);
  return iteration;
}

static guint
count_iterations (HoneStore *store)
{
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (store, "e", NULL);
  g_autoptr(GPtrArray) iterations = NULL;

  if (experiment == NULL)
    return 0;
  iterations = hone_store_list_iterations (store, experiment->id, NULL);
  return iterations->len;
}

static void
assert_whole (HoneStore *store)
{
  g_autoptr(GError) error = NULL;

  hone_store_check (store, &error);
  g_assert_no_error (error);
}

static void
test_good (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("good.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL, second = NULL;
  g_autoptr(HoneIteration) baseline = NULL, first = NULL;
  g_autoptr(HoneEvaluation) before = NULL, after = NULL;
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *model = NULL, *leftover = NULL;
  gint64 ids[2];

  g_unsetenv ("HONE_TEST_FAULT");
  run = support_tune (queue, "trainer.py", TRUE, NULL);
  g_assert_cmpint (hone_run_get_state (run), ==, HONE_RUN_SUCCEEDED);
  g_assert_nonnull (strstr (hone_run_get_message (run), "19 labels"));
  baseline = get_iteration (store, "e@0");
  first = get_iteration (store, "e@1");
  g_assert_cmpint (hone_run_get_iteration_id (run), ==, first->id);
  g_assert_cmpstr (baseline->description, ==, "majority class: SPORTS");
  g_assert_null (baseline->model);
  g_assert_cmpuint (first->n_trained, ==, 19);
  model = hone_jobs_dup_model_path (first->model);
  g_assert_true (g_file_test (model, G_FILE_TEST_IS_REGULAR));
  leftover = g_build_filename (hone_run_get_directory (run), "train.jsonl", NULL);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));

  /* Validation: 4 of 10 are SPORTS, all words are known. */
  before = hone_evaluate (store, baseline->id, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  after = hone_evaluate (store, first->id, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->scores->n, ==, 10);
  g_assert_cmpfloat_with_epsilon (before->scores->measures[HONE_MEASURE_ACCURACY].value, 0.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (after->scores->measures[HONE_MEASURE_ACCURACY].value, 1, 1e-12);
  g_assert_false (isnan (after->scores->measures[HONE_MEASURE_LOG_LOSS].value));
  g_assert_cmpuint (before->confusion->n_columns, ==, 5);

  ids[0] = baseline->id;
  ids[1] = first->id;
  comparison = hone_compare (store, ids, 2, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->n_common, ==, 10);
  g_assert_cmpuint (comparison->n_pairs, ==, 1);
  g_assert_cmpuint (comparison->pairs[0].fixed->len, ==, 6);
  g_assert_cmpuint (comparison->pairs[0].still_right->len, ==, 4);
  g_assert_cmpuint (comparison->pairs[0].broken->len, ==, 0);
  g_assert_cmpfloat_with_epsilon (comparison->pairs[0].p, 0.03125, 1e-12);   /* 2 · 0.5^6 */

  second = support_tune (queue, "trainer.py", TRUE, NULL);
  g_assert_cmpuint (count_iterations (store), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 2);
  assert_whole (store);
}

static void
test_shell (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("shell.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  G_GNUC_UNUSED g_autoptr(HoneRun) run = support_tune (queue, "shell-trainer.sh", TRUE, NULL);

  g_assert_cmpuint (count_iterations (store), ==, 2);
  assert_whole (store);
}

static void
test_folder (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("folder.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(HoneIteration) first = NULL;
  g_autofree char *model = NULL;

  g_setenv ("HONE_TEST_FAULT", "folder", TRUE);
  run = support_tune (queue, "trainer.py", TRUE, NULL);
  first = get_iteration (store, "e@1");
  model = hone_jobs_dup_model_path (first->model);
  g_assert_true (g_file_test (model, G_FILE_TEST_IS_DIR));
}

static void
test_self_training (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("self.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  g_autofree char *more = support_write ("more.txt", "goal one\ngoal two\ngoal three\ngoal four\n");
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(HoneIteration) first = NULL;
  g_autoptr(GError) error = NULL;
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;

  g_unsetenv ("HONE_TEST_FAULT");
  support_import (store, more, -1, HONE_IMPORT_LABELS_HUMAN);
  g_hash_table_insert (settings, (char *) "self_training", (char *) "true");
  options.experiment = "e";
  options.trainer = trainer;
  options.settings = settings;
  run = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  g_assert_true (hone_run_wait (run, &error));
  first = get_iteration (store, "e@1");
  g_assert_cmpuint (first->n_trained, ==, 19);
  g_assert_cmpuint (first->n_pseudo, ==, 3);
}

static const struct {
  const char    *fault;
  HoneJobsError  code;
  const char    *says;
} faults[] = {
  { "crash",          HONE_JOBS_ERROR_TRAINER_FAILED, "exit status 3" },
  { "killed",         HONE_JOBS_ERROR_TRAINER_FAILED, "signal 9" },
  { "rubbish",        HONE_JOBS_ERROR_TRAINER_FAILED, "no event" },
  { "huge-line",      HONE_JOBS_ERROR_PROTOCOL,       "1048576" },
  { "no-done",        HONE_JOBS_ERROR_TRAINER_FAILED, "done" },
  { "error",          HONE_JOBS_ERROR_TRAINER_FAILED, "not enough memory (use fewer texts)" },
  { "outside",        HONE_JOBS_ERROR_PROTOCOL,       "etc/hostname" },
  { "absolute",       HONE_JOBS_ERROR_PROTOCOL,       "leads out of its folder" },
  { "link",           HONE_JOBS_ERROR_PROTOCOL,       "leads out of its folder" },
  { "absent",         HONE_JOBS_ERROR_PROTOCOL,       "nothing.json" },
  { "checksum",       HONE_JOBS_ERROR_PROTOCOL,       "checksum" },
  { "after-done",     HONE_JOBS_ERROR_TRAINER_FAILED, "done" },
  { "helper",         HONE_JOBS_ERROR_TRAINER_FAILED, "exit status 4" },
  { "duplicate",      HONE_JOBS_ERROR_PROTOCOL,       "twice" },
  { "unasked",        HONE_JOBS_ERROR_PROTOCOL,       "999999" },
  { "category",       HONE_JOBS_ERROR_PROTOCOL,       "WEATHER" },
  { "confidence",     HONE_JOBS_ERROR_PROTOCOL,       "between 0 and 1" },
  { "two",            HONE_JOBS_ERROR_PROTOCOL,       "2 categories" },
  { "rubbish-answer", HONE_JOBS_ERROR_PROTOCOL,       "JSON" },
  { "huge-answer",    HONE_JOBS_ERROR_PROTOCOL,       "1048576" },
};

static void
test_fault (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *name = g_strdup_printf ("%s.hone", faults[i].fault);
  g_autoptr(HoneStore) store = support_new_labelled (name);
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;

  _hone_trainer_grace = 200 * G_TIME_SPAN_MILLISECOND;
  g_setenv ("HONE_TEST_FAULT", faults[i].fault, TRUE);
  run = support_tune (queue, "trainer.py", FALSE, &error);
  g_assert_error (error, HONE_JOBS_ERROR, (int) faults[i].code);
  if (strstr (error->message, faults[i].says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, faults[i].says);
  if (faults[i].code == HONE_JOBS_ERROR_TRAINER_FAILED)
    g_assert_nonnull (strstr (error->message, "log.txt"));
  g_assert_nonnull (strstr (error->message, "trainer.py"));
  g_assert_cmpint (hone_run_get_state (run), ==, HONE_RUN_FAILED);
  g_assert_cmpuint (count_iterations (store), ==, 1);   /* the baseline alone */
  assert_whole (store);

  /* A failed run begins again, and now nothing is wrong. */
  g_unsetenv ("HONE_TEST_FAULT");
  g_clear_error (&error);
  g_assert_true (hone_run_queue_resume (queue, run, &error));
  hone_run_wait (run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_iterations (store), ==, 2);
  assert_whole (store);
}

static void
test_missing_answers (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("missing.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL, again = NULL;
  g_autoptr(HoneTally) tally = NULL;
  g_autoptr(GError) error = NULL;
  guint64 n_missing = 0;

  g_setenv ("HONE_TEST_FAULT", "missing-answers", TRUE);
  run = support_tune (queue, "trainer.py", TRUE, NULL);
  g_assert_true (hone_store_has_predictions (store, hone_run_get_iteration_id (run), HONE_SPLIT_VALIDATION, &n_missing, NULL));
  g_assert_cmpuint (n_missing, ==, 3);
  tally = hone_store_get_tally (store, hone_run_get_iteration_id (run), HONE_SPLIT_VALIDATION, NULL);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, 7);
  g_assert_cmpuint (hone_tally_left_out (tally)->missing, ==, 3);

  /* Only those without an answer are asked again. */
  g_unsetenv ("HONE_TEST_FAULT");
  again = hone_predict (queue, hone_run_get_iteration_id (run), HONE_SPLIT_VALIDATION, &error);
  g_assert_no_error (error);
  g_assert_true (hone_run_wait (again, &error));
  g_assert_nonnull (strstr (hone_run_get_message (again), "3 texts"));
  hone_store_has_predictions (store, hone_run_get_iteration_id (run), HONE_SPLIT_VALIDATION, &n_missing, NULL);
  g_assert_cmpuint (n_missing, ==, 0);
}

static void
test_outcomes (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("outcomes.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(HoneTally) tally = NULL;
  const HoneTallyCell *cells;
  gsize n_cells;
  guint64 counts[HONE_N_OUTCOMES] = { 0 };

  g_setenv ("HONE_TEST_FAULT", "outcomes", TRUE);
  run = support_tune (queue, "trainer.py", TRUE, NULL);
  tally = hone_store_get_tally (store, hone_run_get_iteration_id (run), HONE_SPLIT_VALIDATION, NULL);
  cells = hone_tally_get_cells (tally, &n_cells);
  for (gsize i = 0; i < n_cells; i++)
    counts[cells[i].outcome] += cells[i].count;
  g_assert_cmpuint (counts[HONE_OUTCOME_ANSWERED], ==, 7);
  g_assert_cmpuint (counts[HONE_OUTCOME_ABSTAINED], ==, 1);
  g_assert_cmpuint (counts[HONE_OUTCOME_OUT_OF_SET], ==, 1);
  g_assert_cmpuint (hone_tally_left_out (tally)->failed, ==, 1);
}

static void
test_absent_trainer (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("absent-trainer.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;

  options.experiment = "e";
  options.trainer = "/nowhere/trainer";
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TRAINER_MISSING);
  g_assert_nonnull (strstr (error->message, "/nowhere/trainer"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 0);
  g_assert_cmpuint (count_iterations (store), ==, 0);
}

static gboolean
cancel_when_training (gpointer data)
{
  HoneRun *run = data;
  HoneRunQueue *queue = g_object_get_data (G_OBJECT (run), "queue");

  if (g_strcmp0 (hone_run_get_stage (run), "train") != 0 || !(hone_run_get_progress (run) > 0))
    return G_SOURCE_CONTINUE;
  g_assert_true (g_object_get_data (G_OBJECT (run), "pause") != NULL ? hone_run_queue_pause (queue, run, NULL)
                                                                      : hone_run_queue_cancel (queue, run, NULL));
  return G_SOURCE_REMOVE;
}

static HoneRun *
start (HoneRunQueue *queue,
       const char   *fault,
       gboolean      pause)
{
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  HoneRun *run;

  g_setenv ("HONE_TEST_FAULT", fault, TRUE);
  options.experiment = "e";
  options.trainer = trainer;
  run = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  g_object_set_data (G_OBJECT (run), "queue", queue);
  g_object_set_data (G_OBJECT (run), "pause", GINT_TO_POINTER (pause));
  g_timeout_add (20, cancel_when_training, run);
  return run;
}

/* A trainer that ignores SIGTERM is killed. */
static void
test_hang (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("hang.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;

  _hone_trainer_grace = 200 * G_TIME_SPAN_MILLISECOND;
  run = start (queue, "hang", FALSE);
  g_assert_false (hone_run_wait (run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (hone_run_get_state (run), ==, HONE_RUN_CANCELLED);
  g_assert_cmpuint (count_iterations (store), ==, 1);
  assert_whole (store);
}

/* One that saves goes on where it was: no step is done twice. */
static void
test_pause (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("pause.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;

  _hone_trainer_grace = 10 * G_TIME_SPAN_SECOND;
  run = start (queue, "slow", TRUE);
  g_assert_false (hone_run_wait (run, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_STATE);
  g_assert_cmpint (hone_run_get_state (run), ==, HONE_RUN_PAUSED);
  g_clear_error (&error);
  g_assert_true (hone_run_queue_resume (queue, run, &error));
  hone_run_wait (run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_iterations (store), ==, 2);
  g_assert_false (hone_run_queue_resume (queue, run, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_STATE);
}

static void
test_time (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("time.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;

  g_setenv ("HONE_TEST_FAULT", "slow", TRUE);
  g_setenv ("HONE_TEST_STEPS", "1000", TRUE);
  options.experiment = "e";
  options.trainer = trainer;
  options.minutes = 0.05;   /* enough for a busy computer to begin, not for a thousand steps */
  run = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  g_assert_false (hone_run_wait (run, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TIME);
  g_assert_cmpint (hone_run_get_state (run), ==, HONE_RUN_INTERRUPTED);
  assert_whole (store);
  g_clear_error (&error);

  /* What it saved is of use: with the time it gets anew it comes to the end. */
  g_setenv ("HONE_TEST_STEPS", "2", TRUE);
  g_assert_true (hone_run_queue_resume (queue, run, &error));
  hone_run_wait (run, &error);
  g_unsetenv ("HONE_TEST_STEPS");
  g_assert_no_error (error);
}

/* ---- classify ---- */

typedef struct {
  GMainLoop          *loop;
  HoneClassifyReport  report;
  GError             *error;
} Classified;

static void
classified (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Classified *self = data;

  hone_classify_finish (HONE_STORE (source), result, &self->report, &self->error);
  g_main_loop_quit (self->loop);
}

static char *
classify (HoneStore   *store,
          gint64       iteration_id,
          const char  *input,
          const char  *output,
          Classified  *result)
{
  const char *paths[] = { input, NULL };
  HoneClassifyOptions options = { .iteration_id = iteration_id, .paths = paths, .output = output };
  char *text = NULL;

  *result = (Classified) { g_main_loop_new (NULL, FALSE) };
  hone_classify_async (store, &options, NULL, NULL, NULL, classified, result);
  g_main_loop_run (result->loop);
  g_main_loop_unref (result->loop);
  g_file_get_contents (output, &text, NULL, NULL);
  return text;
}

static void
test_classify (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("classify.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(HoneIteration) baseline = NULL;
  g_autofree char *folder = support_dup_folder ();
  g_autofree char *csv = g_build_filename (folder, "out.csv", NULL), *jsonl = g_build_filename (folder, "out.jsonl", NULL);
  g_autofree char *bad = g_build_filename (folder, "out.xls", NULL);
  g_autofree char *input = support_write ("new.csv", "id,text\na,vote now\nb,\"match, a goal\"\nc,bank\n");
  g_autofree char *table = NULL, *objects = NULL, *majority = NULL, *nothing = NULL;
  Classified result;

  g_unsetenv ("HONE_TEST_FAULT");
  run = support_tune (queue, "trainer.py", TRUE, NULL);
  table = classify (store, hone_run_get_iteration_id (run), input, csv, &result);
  g_assert_no_error (result.error);
  g_assert_cmpuint (result.report.texts, ==, 3);
  g_assert_cmpuint (result.report.outcomes[HONE_OUTCOME_ANSWERED], ==, 3);
  g_assert_true (g_str_has_prefix (table, "id,text,prediction,outcome,confidence,p_MONEY,p_POLITICS,p_SPORTS\na,vote now,POLITICS,answered,0."));
  g_assert_nonnull (strstr (table, "\nb,\"match, a goal\",SPORTS,answered,0."));
  objects = classify (store, hone_run_get_iteration_id (run), input, jsonl, &result);
  g_assert_no_error (result.error);
  g_assert_nonnull (strstr (objects, "{\"id\":\"c\",\"text\":\"bank\",\"outcome\":\"answered\",\"categories\":[\"MONEY\"],\"confidence\":0."));
  baseline = get_iteration (store, "e@0");
  majority = classify (store, baseline->id, input, csv, &result);
  g_assert_no_error (result.error);
  g_assert_nonnull (strstr (majority, "\nc,bank,SPORTS,answered,0.368421,"));
  nothing = classify (store, baseline->id, input, bad, &result);
  g_assert_error (result.error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
  g_assert_null (nothing);
  g_clear_error (&result.error);
  assert_whole (store);
}

/* Somebody else ends the trainer: nothing is lost, and it goes on where it was. */
static void
test_terminated (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("terminated.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;

  g_setenv ("HONE_TEST_FAULT", "terminated", TRUE);
  run = support_tune (queue, "trainer.py", FALSE, &error);
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_INTERRUPTED);
  g_assert_cmpint (hone_run_get_state (run), ==, HONE_RUN_INTERRUPTED);
  g_clear_error (&error);
  g_unsetenv ("HONE_TEST_FAULT");
  g_assert_true (hone_run_queue_resume (queue, run, &error));
  hone_run_wait (run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_iterations (store), ==, 2);
  assert_whole (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/trainers/good", test_good);
  g_test_add_func ("/jobs/trainers/shell", test_shell);
  g_test_add_func ("/jobs/trainers/folder", test_folder);
  g_test_add_func ("/jobs/trainers/self-training", test_self_training);
  g_test_add_func ("/jobs/trainers/absent", test_absent_trainer);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/jobs/trainers/fault/%s", faults[i].fault);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_fault);
    }
  g_test_add_func ("/jobs/trainers/missing-answers", test_missing_answers);
  g_test_add_func ("/jobs/trainers/outcomes", test_outcomes);
  g_test_add_func ("/jobs/trainers/hang", test_hang);
  g_test_add_func ("/jobs/trainers/pause", test_pause);
  g_test_add_func ("/jobs/trainers/time", test_time);
  g_test_add_func ("/jobs/trainers/terminated", test_terminated);
  g_test_add_func ("/jobs/trainers/classify", test_classify);
  return g_test_run ();
}
