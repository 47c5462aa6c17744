/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training lists, predictions and the counts that labels keep moving. */
#include "config.h"

#include "store-fixture.h"

static const FixtureRow rows[] = {
  { "t1", "rose", 1, 0 }, { "t2", "grass", 2, 0 }, { "t3", "sea", 3, 0 }, { "t4", "unlabelled", 0, 0 },
  { "t5", "Sky!", 3, 0 },                                   /* a near copy of v3: kept out of training */
  { "v1", "cherry", 1, 1 }, { "v2", "fern", 2, 1 }, { "v3", "sky", 3, 1 }, { "v4", "later", 0, 1 },
};

typedef struct {
  HoneStore *store;
  gint64     experiment, iteration;
} Setup;

static gint64
find (HoneStore  *store,
      const char *id)
{
  gint64 found = hone_store_find_example (store, id, NULL);

  g_assert_cmpint (found, >, 0);
  return found;
}

static void
predict (Setup       *setup,
         const char  *id,
         HoneOutcome  outcome,
         guint        category,
         double       confidence)
{
  g_autoptr(HoneCategorySet) set = category ? hone_category_set_new_single (category) : NULL;
  double scores[3] = { 0.1, 0.2, 0.7 };
  HonePrediction prediction = { .example_id = find (setup->store, id), .outcome = outcome, .categories = set, .confidence = confidence,
                                .scores = category ? scores : NULL };
  g_autoptr(GError) error = NULL;

  g_assert_true (hone_store_add_predictions (setup->store, setup->iteration, &prediction, 1, &error));
  g_assert_no_error (error);
}

static void
set_up (Setup *setup)
{
  g_autofree char *path = fixture_path ("p.hone");
  HoneExperiment experiment = { .name = (char *) "first", .provider = (char *) "engine" };
  HoneIteration iteration = { .template_hash = (char *) "sha256:x" };
  HoneTrainingSummary summary;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) unpublished = NULL;

  setup->store = fixture_store (path, HONE_CHOICE_ONE);
  fixture_import (setup->store, rows, G_N_ELEMENTS (rows), NULL);
  setup->experiment = iteration.experiment_id = hone_store_add_experiment (setup->store, &experiment, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hone_store_add_experiment (setup->store, &experiment, &error), ==, 0);
  g_assert_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  setup->iteration = iteration.id = hone_store_add_iteration (setup->store, &iteration, &error);
  g_assert_no_error (error);
  g_assert_true (hone_store_freeze_training_list (setup->store, setup->iteration, &summary, &error));
  g_assert_cmpuint (summary.n_labels, ==, 3);
  g_assert_cmpuint (summary.n_kept_out, ==, 1);
  unpublished = hone_store_list_iterations (setup->store, setup->experiment, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unpublished->len, ==, 0);
  g_assert_true (hone_store_publish_iteration (setup->store, &iteration, &error));
}

static void
tear_down (Setup *setup)
{
  fixture_check (setup->store);
  g_clear_object (&setup->store);
}

static void
assert_tally (Setup  *setup,
              guint64 n,
              guint64 right,
              guint64 missing,
              guint64 failed,
              guint64 unlabelled)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneTally) tally = hone_store_get_tally (setup->store, setup->iteration, HONE_SPLIT_VALIDATION, &error);
  g_autoptr(GArray) list = NULL;
  guint64 equal = 0;

  g_assert_no_error (error);
  list = hone_store_list_scored (setup->store, setup->iteration, HONE_SPLIT_VALIDATION, &error);
  for (guint i = 0; i < list->len; i++)
    {
      const HoneScoredExample *scored = &g_array_index (list, HoneScoredExample, i);

      equal += scored->answer && hone_category_set_equal (scored->reference, scored->answer);
    }
  g_assert_cmpuint (hone_tally_get_n (tally), ==, n);
  g_assert_cmpuint (list->len, ==, n);
  g_assert_cmpuint (equal, ==, right);
  g_assert_cmpuint (hone_tally_left_out (tally)->missing, ==, missing);
  g_assert_cmpuint (hone_tally_left_out (tally)->failed, ==, failed);
  g_assert_cmpuint (hone_tally_left_out (tally)->unlabelled, ==, unlabelled);
}

static gboolean
count_example (const HoneExample *example,
               gpointer           data,
               GError           **error)
{
  (*(guint *) data)++;
  return TRUE;
}

static void
test_tally_follows_labels (void)
{
  Setup setup;
  g_autoptr(HoneCategorySet) blue = hone_category_set_new_single (3);
  HoneLabel label = { .author = (char *) "ana", .categories = blue, .origin = HONE_ORIGIN_REVIEW };
  g_autoptr(GError) error = NULL;
  guint64 n_missing;
  guint unpredicted = 0;
  gint64 id;

  set_up (&setup);
  predict (&setup, "v1", HONE_OUTCOME_ANSWERED, 1, 0.9);
  predict (&setup, "v2", HONE_OUTCOME_ANSWERED, 3, 0.7);
  predict (&setup, "v3", HONE_OUTCOME_FAILED, 0, NAN);
  predict (&setup, "v4", HONE_OUTCOME_ANSWERED, 3, 0.7);
  assert_tally (&setup, 0, 0, 3, 0, 1);             /* not published yet */
  g_assert_true (hone_store_publish_predictions (setup.store, setup.iteration, HONE_SPLIT_VALIDATION, &error));
  g_assert_no_error (error);
  assert_tally (&setup, 2, 1, 0, 1, 1);
  g_assert_true (hone_store_has_predictions (setup.store, setup.iteration, HONE_SPLIT_VALIDATION, &n_missing, NULL));
  g_assert_cmpuint (n_missing, ==, 1);
  g_assert_true (hone_store_each_unpredicted (setup.store, setup.iteration, HONE_SPLIT_VALIDATION, count_example, &unpredicted, NULL));
  g_assert_cmpuint (unpredicted, ==, 1);

  label.example_id = find (setup.store, "v4");      /* a new label is scored at once */
  id = hone_store_add_label (setup.store, &label, &error);
  g_assert_no_error (error);
  assert_tally (&setup, 3, 2, 0, 1, 0);
  label.example_id = find (setup.store, "v2");      /* a review changes the reference */
  g_assert_cmpint (hone_store_add_label (setup.store, &label, &error), >, 0);
  assert_tally (&setup, 3, 3, 0, 1, 0);
  g_assert_true (hone_store_withdraw_label (setup.store, id, TRUE, &error));
  assert_tally (&setup, 2, 2, 0, 1, 1);
  fixture_check (setup.store);
  id = find (setup.store, "v1");
  g_assert_cmpint (hone_store_delete_examples (setup.store, &id, 1, &error), >, 0);
  assert_tally (&setup, 1, 1, 0, 1, 1);
  tear_down (&setup);
}

/* A text that the model was trained on and that is moved to validation afterwards is never scored. */
static void
test_trained_is_left_out (void)
{
  Setup setup;
  g_autoptr(HoneTally) tally = NULL;
  gint64 id;

  set_up (&setup);
  predict (&setup, "v1", HONE_OUTCOME_ANSWERED, 1, 0.9);
  predict (&setup, "t1", HONE_OUTCOME_ANSWERED, 1, 0.9);
  g_assert_true (hone_store_publish_predictions (setup.store, setup.iteration, HONE_SPLIT_VALIDATION, NULL));
  id = find (setup.store, "t1");
  g_assert_true (hone_store_set_split (setup.store, &id, 1, HONE_SPLIT_VALIDATION, NULL));
  tally = hone_store_get_tally (setup.store, setup.iteration, HONE_SPLIT_VALIDATION, NULL);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, 1);
  g_assert_cmpuint (hone_tally_left_out (tally)->trained, ==, 1);
  tear_down (&setup);
}

static void
test_filters (void)
{
  Setup setup;
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) ids = NULL;

  set_up (&setup);
  predict (&setup, "v1", HONE_OUTCOME_ANSWERED, 1, 0.9);
  predict (&setup, "v2", HONE_OUTCOME_ANSWERED, 3, 0.4);
  predict (&setup, "v3", HONE_OUTCOME_ABSTAINED, 0, NAN);
  g_assert_true (hone_store_publish_predictions (setup.store, setup.iteration, HONE_SPLIT_VALIDATION, NULL));
  filter.iteration_id = setup.iteration;
  ids = hone_store_list_ids (setup.store, &filter, HONE_QUEUE_UNCERTAIN, 0, 10, NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, find (setup.store, "v2"));
  filter.agrees = 0;
  g_assert_cmpuint (hone_store_count (setup.store, &filter, NULL, NULL), ==, 2);
  filter.agrees = -1;
  filter.outcome = HONE_OUTCOME_ABSTAINED;
  g_assert_cmpuint (hone_store_count (setup.store, &filter, NULL, NULL), ==, 1);
  filter = (HoneFilter) HONE_FILTER_ALL;
  filter.near_copies = 1;
  g_assert_cmpuint (hone_store_count (setup.store, &filter, NULL, NULL), ==, 2);
  filter = (HoneFilter) HONE_FILTER_ALL;
  filter.category = 3;
  g_assert_cmpuint (hone_store_count (setup.store, &filter, NULL, NULL), ==, 3);
  tear_down (&setup);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/scoring/tally-follows-labels", test_tally_follows_labels);
  g_test_add_func ("/store/scoring/trained-is-left-out", test_trained_is_left_out);
  g_test_add_func ("/store/scoring/filters", test_filters);
  return g_test_run ();
}
