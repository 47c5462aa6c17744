/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments, frozen training lists, predictions, confusion counts, runs. */
#include "config.h"

#include <string.h>

#include "test-support.h"

static const Row rows[] = {
  { "a", "Rates rise", HONE_SPLIT_TRAIN, 1 },
  { "b", "A goal", HONE_SPLIT_TRAIN, 3 },
  { "c", "A vote", HONE_SPLIT_TRAIN, 2 },
  { "d", "Nothing said", HONE_SPLIT_TRAIN, 0 },
  { "e", "A VOTE!", HONE_SPLIT_VALIDATION, 2 },     /* near copy of c */
  { "f", "Shares fall", HONE_SPLIT_VALIDATION, 1 },
  { "g", "A match", HONE_SPLIT_VALIDATION, 3 },
  { "h", "Who knows", HONE_SPLIT_VALIDATION, 0 },
  { "i", "Unsaid: a goal", HONE_SPLIT_TEST, 3 },
};

static HoneStore *
new_experiments (const char *path)
{
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);

  import_rows (store, rows, G_N_ELEMENTS (rows), NULL, NULL);
  return store;
}

static gint64
add_experiment (HoneStore  *store,
                const char *name)
{
  g_autoptr(GError) error = NULL;
  HoneExperiment experiment = { .name = (char *) name, .provider = (char *) "engine", .settings = (char *) "{}" };
  gint64 id = hone_store_add_experiment (store, &experiment, &error);

  g_assert_no_error (error);
  return id;
}

static gint64
add_iteration (HoneStore *store,
               gint64     experiment,
               gint64     parent)
{
  g_autoptr(GError) error = NULL;
  HoneIteration iteration = { .experiment_id = experiment, .parent_id = parent, .template_hash = (char *) "sha256:0", .settings = (char *) "{}" };
  gint64 id = hone_store_add_iteration (store, &iteration, &error);

  g_assert_no_error (error);
  return id;
}

static void
publish (HoneStore *store,
         gint64     id)
{
  g_autoptr(GError) error = NULL;
  HoneIteration iteration = { .id = id, .settings = (char *) "{}", .model = (char *) "abc", .seconds = 1.5 };

  hone_store_publish_iteration (store, &iteration, &error);
  g_assert_no_error (error);
}

static void
test_names (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  gint64 first = add_experiment (store, "first"), zero, one;
  HoneExperiment again = { .name = (char *) "first", .provider = (char *) "engine", .settings = (char *) "{}" };
  g_autoptr(HoneIteration) found = NULL;
  g_autoptr(GPtrArray) iterations = NULL;

  g_assert_cmpint (hone_store_add_experiment (store, &again, &error), ==, 0);
  assert_store_error (error, EXISTS);
  g_clear_error (&error);

  zero = add_iteration (store, first, 0);
  g_assert_null (hone_store_find_iteration (store, "first", &error));
  assert_store_error (error, NOT_FOUND);
  g_clear_error (&error);
  publish (store, zero);
  one = add_iteration (store, first, zero);
  publish (store, one);
  found = hone_store_find_iteration (store, "first", &error);
  g_assert_cmpint (found->id, ==, one);
  g_assert_cmpint (found->number, ==, 1);
  g_assert_cmpint (found->parent_id, ==, zero);
  g_assert_cmpstr (found->model, ==, "abc");
  g_clear_pointer (&found, hone_iteration_free);
  found = hone_store_find_iteration (store, "first@0", &error);
  g_assert_cmpint (found->id, ==, zero);
  g_assert_null (hone_store_find_iteration (store, "first@7", &error));
  assert_store_error (error, NOT_FOUND);
  g_clear_error (&error);
  iterations = hone_store_list_iterations (store, first, &error);
  g_assert_cmpuint (iterations->len, ==, 2);
  close_store (store);
  remove_project (path);
}

static gboolean
collect_item (const HoneTrainingItem  *item,
              const char              *text,
              gpointer                 data,
              GError                 **error)
{
  g_string_append_printf (data, "%s%s/%.1f|", item->pseudo ? "?" : "", text, item->weight);
  return TRUE;
}

static gboolean
collect_text (const HoneExample  *example,
              gpointer            data,
              GError            **error)
{
  g_string_append_printf (data, "%s|", example->text);
  return TRUE;
}

static void
test_training_list (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) texts = g_string_new (NULL), unlabelled = g_string_new (NULL);
  g_autoptr(HoneCategorySet) sports = hone_category_set_new_single (3);
  HoneTrainingItem pseudo = { .example_id = 4, .categories = sports, .pseudo = TRUE, .weight = 0.5 };
  HoneTrainingSummary summary, preview;
  gint64 id = add_iteration (store, add_experiment (store, "x"), 0);

  g_assert_true (hone_store_preview_training_list (store, &preview, &error));
  g_assert_true (hone_store_freeze_training_list (store, id, &summary, &error));
  g_assert_cmpuint (summary.n_labels, ==, 2);
  g_assert_cmpuint (summary.n_kept_out, ==, 1);     /* c, a near copy of e */
  g_assert_cmpuint (summary.n_disputed, ==, 0);
  g_assert_cmpmem (&preview, sizeof preview, &summary, sizeof summary);
  g_assert_true (hone_store_add_pseudo (store, id, &pseudo, 1, &error));

  /* frozen: later labels do not change it */
  add_label (store, 1, "ana", 2, HONE_ORIGIN_REVIEW);
  g_assert_true (hone_store_each_training_item (store, id, collect_item, texts, &error));
  g_assert_cmpstr (texts->str, ==, "Rates rise/1.0|A goal/1.0|?Nothing said/0.5|");
  g_assert_true (hone_store_each_unlabelled (store, collect_text, unlabelled, &error));
  g_assert_cmpstr (unlabelled->str, ==, "Nothing said|");
  close_store (store);
  remove_project (path);
}

static guint64
cell (HoneTally   *tally,
      guint        reference,
      HoneOutcome  outcome,
      guint        answer)
{
  gsize n;
  const HoneTallyCell *cells = hone_tally_get_cells (tally, &n);

  for (gsize i = 0; i < n; i++)
    {
      if (hone_category_set_contains (cells[i].reference, reference) && cells[i].outcome == outcome &&
          (answer == 0) == (cells[i].answer == NULL) && (answer == 0 || hone_category_set_contains (cells[i].answer, answer)))
        return cells[i].count;
    }
  return 0;
}

/* Answers to 5, 6, 7, 8: right, wrong, abstained, right for nobody. */
static void
predict (HoneStore *store,
         gint64     iteration)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1), politics = hone_category_set_new_single (2);
  const double scores[] = { 0.125, 0.75, 0.125 };
  const HonePrediction items[] = {
    { .example_id = 5, .outcome = HONE_OUTCOME_ANSWERED, .categories = politics, .confidence = 0.75, .scores = scores, .raw = "Politics" },
    { .example_id = 6, .outcome = HONE_OUTCOME_ANSWERED, .categories = politics, .confidence = 0.5, .scores = scores },
    { .example_id = 7, .outcome = HONE_OUTCOME_ABSTAINED, .confidence = NAN, .reason = "unable" },
    { .example_id = 8, .outcome = HONE_OUTCOME_ANSWERED, .categories = money, .confidence = 0.25 },
  };

  hone_store_add_predictions (store, iteration, items, G_N_ELEMENTS (items), &error);
  g_assert_no_error (error);
  g_assert_false (hone_store_has_predictions (store, iteration, HONE_SPLIT_VALIDATION, NULL, &error));
  g_assert_true (hone_store_publish_predictions (store, iteration, HONE_SPLIT_VALIDATION, &error));
  g_assert_no_error (error);
}

static gint64
predicted_store (HoneStore **store,
                 const char *path)
{
  gint64 id;

  *store = new_experiments (path);
  id = add_iteration (*store, add_experiment (*store, "x"), 0);
  publish (*store, id);
  predict (*store, id);
  return id;
}

static void
test_tally (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store;
  gint64 id = predicted_store (&store, path), ids[] = { 6 }, deletion;
  g_autoptr(GError) error = NULL;

  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, id, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (hone_tally_get_n (tally), ==, 3);
    g_assert_cmpuint (cell (tally, 2, HONE_OUTCOME_ANSWERED, 2), ==, 1);
    g_assert_cmpuint (cell (tally, 1, HONE_OUTCOME_ANSWERED, 2), ==, 1);
    g_assert_cmpuint (cell (tally, 3, HONE_OUTCOME_ABSTAINED, 0), ==, 1);
    g_assert_cmpuint (hone_tally_left_out (tally)->unlabelled, ==, 1);
    g_assert_cmpuint (hone_tally_left_out (tally)->missing, ==, 0);
  }

  /* each kind of change moves the counts */
  add_label (store, 8, "ana", 1, HONE_ORIGIN_HUMAN);
  add_label (store, 5, "boss", 1, HONE_ORIGIN_REVIEW);
  check_store (store);
  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, id, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (hone_tally_get_n (tally), ==, 4);
    g_assert_cmpuint (cell (tally, 1, HONE_OUTCOME_ANSWERED, 1), ==, 1);
    g_assert_cmpuint (cell (tally, 1, HONE_OUTCOME_ANSWERED, 2), ==, 2);
    g_assert_cmpuint (cell (tally, 2, HONE_OUTCOME_ANSWERED, 2), ==, 0);
  }
  deletion = hone_store_delete_examples (store, ids, 1, &error);
  check_store (store);
  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, id, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (cell (tally, 1, HONE_OUTCOME_ANSWERED, 2), ==, 1);
  }
  g_assert_true (hone_store_undo_deletion (store, deletion, &error));
  g_assert_true (hone_store_set_split (store, ids, 1, HONE_SPLIT_TRAIN, &error));
  check_store (store);
  add_label (store, 7, "bo", 1, HONE_ORIGIN_HUMAN);     /* two authors, two categories: disputed */
  check_store (store);
  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, id, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (hone_tally_get_n (tally), ==, 2);
    g_assert_cmpuint (hone_tally_left_out (tally)->disputed, ==, 1);
  }
  close_store (store);
  store = reopen (path, HONE_STORE_WRITE);
  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, id, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (hone_tally_get_n (tally), ==, 2);
  }
  close_store (store);
  remove_project (path);
}

/* A text that the model or an ancestor learnt from, even as a near copy, is not scored. */
static void
test_trained_is_left_out (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  gint64 moved = 5, experiment = add_experiment (store, "x"), parent = add_iteration (store, experiment, 0), child;
  HoneTrainingSummary summary;

  g_assert_true (hone_store_set_split (store, &moved, 1, HONE_SPLIT_TRAIN, &error));    /* so that c is trained on */
  g_assert_true (hone_store_freeze_training_list (store, parent, &summary, &error));
  g_assert_cmpuint (summary.n_labels, ==, 4);
  g_assert_true (hone_store_set_split (store, &moved, 1, HONE_SPLIT_VALIDATION, &error));
  publish (store, parent);
  child = add_iteration (store, experiment, parent);
  publish (store, child);
  predict (store, child);
  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, child, HONE_SPLIT_VALIDATION, &error);
    g_autoptr(GArray) scored = hone_store_list_scored (store, child, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (hone_tally_left_out (tally)->trained, ==, 1);
    g_assert_cmpuint (hone_tally_get_n (tally), ==, 2);
    g_assert_cmpuint (scored->len, ==, 2);
    g_assert_cmpint (g_array_index (scored, HoneScoredExample, 0).example_id, ==, 6);
  }
  close_store (store);
  remove_project (path);
}

static gboolean
collect_prediction (const HonePrediction  *prediction,
                    gpointer               data,
                    GError               **error)
{
  g_string_append_printf (data, "%d:%s:%s:%s:%d|", (int) prediction->example_id, hone_outcome_to_string (prediction->outcome),
                          prediction->raw ? prediction->raw : "", prediction->reason ? prediction->reason : "", prediction->scores != NULL);
  return TRUE;
}

static void
test_reading (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store;
  gint64 id = predicted_store (&store, path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) all = g_string_new (NULL), missing = g_string_new (NULL);
  g_autoptr(GArray) scored = hone_store_list_scored (store, id, HONE_SPLIT_VALIDATION, &error);
  guint64 n_missing;

  g_assert_true (hone_store_each_prediction (store, id, HONE_SPLIT_VALIDATION, collect_prediction, all, &error));
  g_assert_cmpstr (all->str, ==, "5:answered:Politics::1|6:answered:::1|7:abstained::unable:0|8:answered:::0|");
  g_assert_cmpuint (scored->len, ==, 3);
  g_assert_cmpfloat (g_array_index (scored, HoneScoredExample, 0).reference_probability, ==, 0.75);
  g_assert_cmpfloat (g_array_index (scored, HoneScoredExample, 1).reference_probability, ==, 0.125);
  g_assert_true (isnan (g_array_index (scored, HoneScoredExample, 2).confidence));
  g_assert_true (hone_store_has_predictions (store, id, HONE_SPLIT_VALIDATION, &n_missing, &error));
  g_assert_cmpuint (n_missing, ==, 0);
  g_assert_false (hone_store_has_predictions (store, id, HONE_SPLIT_TEST, &n_missing, &error));
  g_assert_cmpuint (n_missing, ==, 1);
  g_assert_true (hone_store_each_unpredicted (store, id, HONE_SPLIT_TEST, collect_text, missing, &error));
  g_assert_cmpstr (missing->str, ==, "Unsaid: a goal|");
  close_store (store);
  remove_project (path);
}

/* A failed call is no answer: counted, asked again, never scored. */
static void
test_failed (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) sports = hone_category_set_new_single (3);
  g_autoptr(HoneTally) before = NULL, after = NULL;
  gint64 id = add_iteration (store, add_experiment (store, "x"), 0);
  HonePrediction item = { .example_id = 9, .outcome = HONE_OUTCOME_FAILED, .confidence = NAN, .reason = "timeout" };
  guint64 n_missing;

  publish (store, id);
  g_assert_true (hone_store_add_predictions (store, id, &item, 1, &error));
  g_assert_true (hone_store_publish_predictions (store, id, HONE_SPLIT_TEST, &error));
  before = hone_store_get_tally (store, id, HONE_SPLIT_TEST, &error);
  g_assert_cmpuint (hone_tally_get_n (before), ==, 0);
  g_assert_cmpuint (hone_tally_left_out (before)->failed, ==, 1);
  g_assert_true (hone_store_has_predictions (store, id, HONE_SPLIT_TEST, &n_missing, &error));
  g_assert_cmpuint (n_missing, ==, 1);
  item = (HonePrediction) { .example_id = 9, .outcome = HONE_OUTCOME_ANSWERED, .categories = sports, .confidence = 1.0 };
  g_assert_true (hone_store_add_predictions (store, id, &item, 1, &error));
  g_assert_true (hone_store_publish_predictions (store, id, HONE_SPLIT_TEST, &error));
  after = hone_store_get_tally (store, id, HONE_SPLIT_TEST, &error);
  g_assert_cmpuint (hone_tally_get_n (after), ==, 1);
  g_assert_cmpuint (hone_tally_left_out (after)->failed, ==, 0);
  close_store (store);
  remove_project (path);
}

static void
test_filters_and_orders (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store;
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(HoneCategorySet) politics = hone_category_set_new_single (2);

  filter.iteration_id = predicted_store (&store, path);
  assert_list (store, &filter, HONE_QUEUE_UNCERTAIN, "8 6 5");
  filter.outcome = HONE_OUTCOME_ABSTAINED;
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "7");
  filter.outcome = HONE_OUTCOME_ANSWERED;
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "5 6 8");
  filter.outcome = -1;
  filter.answer = politics;
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "5 6");
  filter.agrees = 1;
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "5");
  filter.agrees = 0;
  filter.answer = NULL;
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "6 7");
  g_assert_cmpuint (count (store, &filter), ==, 2);
  filter.agrees = -1;
  filter.confidence_low = 0.4;
  filter.confidence_high = 0.6;
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "6");
  close_store (store);
  remove_project (path);
}

static void
test_disagreement (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store;
  HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1), politics = hone_category_set_new_single (2);
  HonePrediction items[] = {
    { .example_id = 5, .categories = politics, .confidence = 0.9 },
    { .example_id = 6, .categories = money, .confidence = 0.9 },
  };
  gint64 other;
  g_autoptr(GArray) ids = NULL;

  predicted_store (&store, path);
  other = add_iteration (store, add_experiment (store, "y"), 0);
  publish (store, other);
  g_assert_true (hone_store_add_predictions (store, other, items, 2, &error));
  g_assert_true (hone_store_publish_predictions (store, other, HONE_SPLIT_VALIDATION, &error));
  ids = hone_store_list_ids (store, &all, HONE_QUEUE_DISAGREE, 0, 10, NULL, &error);
  g_assert_cmpuint (ids->len, >=, 1);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 6);
  close_store (store);
  remove_project (path);
}

static void
test_sweep (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  gint64 experiment = add_experiment (store, "x"), kept = add_iteration (store, experiment, 0), running, dead;
  HoneRunRecord run = { .uuid = (char *) "u-1", .kind = (char *) "tune", .title = (char *) "x", .state = HONE_RUN_INTERRUPTED, .progress = NAN };
  HoneIteration *found;

  publish (store, kept);
  running = add_iteration (store, experiment, kept);
  run.iteration_id = running;
  g_assert_cmpint (hone_store_add_run (store, &run, &error), >, 0);
  dead = add_iteration (store, experiment, kept);
  close_store (store);
  store = reopen (path, HONE_STORE_WRITE);
  found = hone_store_get_iteration (store, running, &error);
  g_assert_no_error (error);
  hone_iteration_free (found);
  g_assert_null (hone_store_get_iteration (store, dead, &error));
  assert_store_error (error, NOT_FOUND);
  close_store (store);
  remove_project (path);
}

static void
test_runs (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  HoneRunRecord run = { .uuid = (char *) "u-1", .kind = (char *) "tune", .title = (char *) "Tune x", .parameters = (char *) "{\"a\":1}",
                        .progress = NAN };
  g_autoptr(HoneRunRecord) read = NULL;
  g_autoptr(GPtrArray) runs = NULL, events = NULL, rest = NULL;
  gint64 id = hone_store_add_run (store, &run, &error);

  g_assert_cmpint (id, >, 0);
  run.id = id;
  run.state = HONE_RUN_RUNNING;
  run.stage = (char *) "train";
  run.progress = 0.25;
  g_assert_true (hone_store_update_run (store, &run, &error));
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"step\":%d}", i);

      g_assert_true (hone_store_add_run_event (store, id, json, &error));
    }
  close_store (store);
  store = reopen (path, HONE_STORE_READ);
  read = hone_store_get_run (store, id, &error);
  g_assert_cmpint (read->state, ==, HONE_RUN_RUNNING);
  g_assert_cmpfloat (read->progress, ==, 0.25);
  g_assert_cmpstr (read->parameters, ==, "{\"a\":1}");
  g_assert_cmpint (read->created, >, 0);
  events = hone_store_list_run_events (store, id, 0, 2, &error);
  g_assert_cmpuint (events->len, ==, 2);
  rest = hone_store_list_run_events (store, id, 2, 10, &error);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (rest->pdata[0], ==, "{\"step\":2}");
  runs = hone_store_list_runs (store, &error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_null (hone_store_get_run (store, 99, &error));
  assert_store_error (error, NOT_FOUND);
  g_assert_cmpstr (hone_run_state_to_string (HONE_RUN_INTERRUPTED), ==, "interrupted");
  g_object_unref (store);
  remove_project (path);
}

static void
test_openings (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_experiments (path);
  g_autoptr(GError) error = NULL;
  gint64 id = add_iteration (store, add_experiment (store, "x"), 0);

  publish (store, id);
  g_assert_cmpuint (hone_store_count_openings (store, &error), ==, 0);
  g_assert_true (hone_store_add_opening (store, id, "evaluate", &error));
  g_assert_cmpuint (hone_store_count_openings (store, &error), ==, 1);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/experiments/names", test_names);
  g_test_add_func ("/store/experiments/training-list", test_training_list);
  g_test_add_func ("/store/experiments/tally", test_tally);
  g_test_add_func ("/store/experiments/trained-is-left-out", test_trained_is_left_out);
  g_test_add_func ("/store/experiments/reading", test_reading);
  g_test_add_func ("/store/experiments/failed", test_failed);
  g_test_add_func ("/store/experiments/filters-and-orders", test_filters_and_orders);
  g_test_add_func ("/store/experiments/disagreement", test_disagreement);
  g_test_add_func ("/store/experiments/sweep", test_sweep);
  g_test_add_func ("/store/experiments/openings", test_openings);
  g_test_add_func ("/store/runs", test_runs);
  return g_test_run ();
}
