/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where two things meet: an import under way, a closed store, a deletion and an undo, an answer after publishing. */
#include "config.h"

#include "test-support.h"

static HoneStoreImport *
begin (HoneStore        *store,
       const HoneShares *shares,
       HoneImportRow     row,
       HoneImportResult *result)
{
  g_autoptr(GError) error = NULL;
  HoneStoreImport *import = hone_store_import_begin (store, "f", "csv", shares, &error);

  g_assert_no_error (error);
  g_assert_true (hone_store_import_add (import, &row, 1, result, &error));
  return import;
}

static void
finish (HoneStoreImport *import)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  g_assert_no_error (error);
  hone_store_import_free (import);
}

static gint64
add_model (HoneStore *store)
{
  g_autoptr(GError) error = NULL;
  HoneExperiment experiment = { .name = (char *) "m", .provider = (char *) "engine", .settings = (char *) "{}" };
  HoneIteration iteration = { .template_hash = (char *) "h", .settings = (char *) "{}" };

  iteration.experiment_id = hone_store_add_experiment (store, &experiment, &error);
  g_assert_no_error (error);
  iteration.id = hone_store_add_iteration (store, &iteration, &error);
  g_assert_no_error (error);
  g_assert_true (hone_store_publish_iteration (store, &iteration, &error));
  return iteration.id;
}

/* Nobody sees or changes rows of an import that is not finished. */
static void
test_unfinished (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  HoneImportResult result;
  HoneStoreImport *import = begin (store, NULL, (HoneImportRow) { .text = "x", .split = -1 }, &result);
  gint64 id = 1;
  HoneFilter all = HONE_FILTER_ALL;

  g_assert_null (get_example (store, 1));
  for (int i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (i == 0 ? hone_store_delete_examples (store, &id, 1, &error) != 0
                      : i == 1 ? hone_store_set_flag (store, 1, TRUE, &error)
                               : hone_store_set_split (store, &id, 1, HONE_SPLIT_TEST, &error));
      assert_store_error (error, NOT_FOUND);
    }
  finish (import);
  g_assert_cmpuint (count (store, &all), ==, 1);
  close_store (store);
  remove_project (path);
}

static void
test_nobody_there (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  HonePrediction prediction = { .example_id = 77, .outcome = HONE_OUTCOME_ABSTAINED, .confidence = NAN };
  gint64 ids[] = { 1, 99 }, model = add_model (store);
  HoneFilter all = HONE_FILTER_ALL;

  import_rows (store, (const Row[]) { { "a", "t", HONE_SPLIT_TRAIN, 1 } }, 1, NULL, NULL);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (i == 0 ? hone_store_set_flag (store, 99, TRUE, &error)
                      : i == 1 ? hone_store_add_predictions (store, model, &prediction, 1, &error)
                               : hone_store_delete_examples (store, ids, 2, &error) != 0);
      assert_store_error (error, NOT_FOUND);
    }
  g_assert_cmpuint (count (store, &all), ==, 1);
  close_store (store);
  remove_project (path);
}

/* 1, 1, 2, 3 is a clear majority for "one"; category by category, 1 has only half. */
static void
test_choice_changes (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(HoneOntology) several = make_ontology (HONE_CHOICE_SEVERAL), one = make_ontology (HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  HoneFilter disputed = HONE_FILTER_ALL;

  disputed.reference_state = HONE_REFERENCE_DISPUTED;
  import_rows (store, (const Row[]) { { "a", "t", HONE_SPLIT_TRAIN, 0 } }, 1, NULL, NULL);
  add_label (store, 1, "a", 1, HONE_ORIGIN_HUMAN);
  add_label (store, 1, "b", 1, HONE_ORIGIN_HUMAN);
  add_label (store, 1, "c", 2, HONE_ORIGIN_HUMAN);
  add_label (store, 1, "d", 3, HONE_ORIGIN_HUMAN);
  g_assert_cmpuint (reference_of (store, 1), ==, 1);
  g_assert_true (hone_store_set_ontology (store, several, &error));
  check_store (store);
  g_assert_cmpuint (count (store, &disputed), ==, 1);
  g_assert_true (hone_store_set_ontology (store, one, &error));
  check_store (store);
  g_assert_cmpuint (reference_of (store, 1), ==, 1);
  close_store (store);
  remove_project (path);
}

static void
test_closed (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(GError) reading = NULL, writing = NULL;

  g_assert_true (hone_store_close (store, NULL));
  g_assert_cmpuint (hone_store_count (store, &all, NULL, &reading), ==, G_MAXUINT64);
  assert_store_error (reading, CONFLICT);
  g_assert_false (hone_store_set_setting (store, "a", "b", &writing));
  g_assert_nonnull (writing);
  g_object_unref (store);
  remove_project (path);
}

/* More answers to a split that counts already. */
static void
test_answers_after_publishing (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  const Row rows[] = { { "a", "t", HONE_SPLIT_VALIDATION, 1 }, { "b", "u", HONE_SPLIT_VALIDATION, 1 } };
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1), sports = hone_category_set_new_single (3);
  HonePrediction item = { .example_id = 1, .categories = money, .confidence = 0.5 };
  g_autoptr(GError) error = NULL;
  gint64 model;

  import_rows (store, rows, 2, NULL, NULL);
  model = add_model (store);
  g_assert_true (hone_store_add_predictions (store, model, &item, 1, &error));
  g_assert_true (hone_store_publish_predictions (store, model, HONE_SPLIT_VALIDATION, &error));
  item.example_id = 2;
  g_assert_true (hone_store_add_predictions (store, model, &item, 1, &error));
  check_store (store);
  item.categories = sports;     /* another answer instead */
  g_assert_true (hone_store_add_predictions (store, model, &item, 1, &error));
  check_store (store);
  add_label (store, 2, "boss", 3, HONE_ORIGIN_REVIEW);
  check_store (store);
  {
    g_autoptr(HoneTally) tally = hone_store_get_tally (store, model, HONE_SPLIT_VALIDATION, &error);

    g_assert_cmpuint (hone_tally_get_n (tally), ==, 2);
  }
  close_store (store);
  remove_project (path);
}

static void
test_failed_call_keeps_answer (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HonePrediction item = { .example_id = 1, .categories = money, .confidence = 0.5 };
  g_autoptr(GError) error = NULL;
  guint64 n_missing = 9;
  gint64 model;

  import_rows (store, (const Row[]) { { "a", "t", HONE_SPLIT_VALIDATION, 1 } }, 1, NULL, NULL);
  model = add_model (store);
  g_assert_true (hone_store_add_predictions (store, model, &item, 1, &error));
  item = (HonePrediction) { .example_id = 1, .outcome = HONE_OUTCOME_FAILED, .confidence = NAN };
  g_assert_true (hone_store_add_predictions (store, model, &item, 1, &error));
  g_assert_true (hone_store_publish_predictions (store, model, HONE_SPLIT_VALIDATION, &error));
  g_assert_true (hone_store_has_predictions (store, model, HONE_SPLIT_VALIDATION, &n_missing, &error));
  g_assert_cmpuint (n_missing, ==, 0);
  close_store (store);
  remove_project (path);
}

/* Known answers are for train: elsewhere they count at once. */
static void
test_known_outside_train (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  g_autoptr(GError) error = NULL;
  HoneShares shares;
  HoneImportResult result;
  HoneFilter known = HONE_FILTER_ALL;
  gint64 moved = 1;

  known.known = 1;
  finish (begin (store, NULL, (HoneImportRow) { .text = "x", .split = HONE_SPLIT_TRAIN, .known = money }, &result));
  g_assert_cmpuint (count (store, &known), ==, 1);
  g_assert_true (hone_store_set_split (store, &moved, 1, HONE_SPLIT_VALIDATION, &error));
  g_assert_cmpuint (count (store, &known), ==, 0);
  g_assert_cmpuint (reference_of (store, 1), ==, 1);

  g_assert_true (hone_shares_parse ("0/100", &shares, &error));
  finish (begin (store, &shares, (HoneImportRow) { .text = "y", .split = -1, .known = money }, &result));
  g_assert_cmpint (result.split, ==, HONE_SPLIT_VALIDATION);
  g_assert_cmpuint (count (store, &known), ==, 0);
  g_assert_cmpuint (reference_of (store, 2), ==, 1);
  close_store (store);
  remove_project (path);
}

static void
test_reader_sees_new_ontology (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE), *reader = reopen (path, HONE_STORE_READ);
  g_autoptr(HoneOntology) before = hone_store_dup_ontology (reader), bigger = make_ontology (HONE_CHOICE_ONE), after = NULL;
  HoneCategory health = { .name = (char *) "Health" };
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (hone_ontology_get_size (before), ==, 3);
  hone_ontology_add (bigger, &health, &error);
  g_assert_true (hone_store_set_ontology (store, bigger, &error));
  after = hone_store_dup_ontology (reader);
  g_assert_cmpuint (hone_ontology_get_size (after), ==, 4);
  g_object_unref (reader);
  close_store (store);
  remove_project (path);
}

static void
test_deletion_and_undone_import (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  const Row rows[] = { { "a", "t", HONE_SPLIT_TRAIN, 1 }, { "b", "u", HONE_SPLIT_TRAIN, 1 } };
  gint64 import = import_rows (store, rows, 2, NULL, NULL), id = 1, deletion;
  HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(GError) error = NULL;

  deletion = hone_store_delete_examples (store, &id, 1, &error);
  g_assert_true (hone_store_undo_import (store, import, TRUE, &error));
  g_assert_true (hone_store_undo_deletion (store, deletion, &error));
  g_assert_cmpuint (count (store, &all), ==, 0);
  check_store (store);
  g_assert_true (hone_store_undo_import (store, import, FALSE, &error));
  g_assert_cmpuint (count (store, &all), ==, 2);
  close_store (store);
  remove_project (path);
}

/* A label of a person on an example that an unfinished import labels too. */
static void
test_label_beside_import (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel label = { .categories = money };
  HoneImportResult result;
  HoneStoreImport *import;

  import_rows (store, (const Row[]) { { "a", "t", HONE_SPLIT_TRAIN, 0 } }, 1, NULL, NULL);
  import = begin (store, NULL, (HoneImportRow) { .external_id = "a", .must_exist = TRUE, .split = -1, .labels = &label, .n_labels = 1 }, &result);
  g_assert_true (result.joined);
  add_label (store, 1, "ana", 2, HONE_ORIGIN_HUMAN);
  g_assert_cmpuint (reference_of (store, 1), ==, 2);
  check_store (store);
  hone_store_import_free (import);
  g_assert_cmpuint (reference_of (store, 1), ==, 2);
  close_store (store);
  remove_project (path);
}

/* Labels on a file that is gone are told so, not that their category is unknown. */
static void
test_label_of_gone_file (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel label = { .example_id = 1, .author = (char *) "ana", .categories = money };
  g_autoptr(GError) error = NULL;

  g_remove (path);
  g_assert_cmpint (hone_store_add_label (store, &label, &error), ==, 0);
  assert_store_error (error, GONE);
  g_object_unref (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/edges/unfinished", test_unfinished);
  g_test_add_func ("/store/edges/nobody-there", test_nobody_there);
  g_test_add_func ("/store/edges/choice-changes", test_choice_changes);
  g_test_add_func ("/store/edges/closed", test_closed);
  g_test_add_func ("/store/edges/answers-after-publishing", test_answers_after_publishing);
  g_test_add_func ("/store/edges/failed-call-keeps-answer", test_failed_call_keeps_answer);
  g_test_add_func ("/store/edges/known-outside-train", test_known_outside_train);
  g_test_add_func ("/store/edges/reader-sees-new-ontology", test_reader_sees_new_ontology);
  g_test_add_func ("/store/edges/deletion-and-undone-import", test_deletion_and_undone_import);
  g_test_add_func ("/store/edges/label-beside-import", test_label_beside_import);
  g_test_add_func ("/store/edges/label-of-gone-file", test_label_of_gone_file);
  return g_test_run ();
}
