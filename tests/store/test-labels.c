/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions: history, majority, reviews, undo, known answers. */
#include "config.h"

#include "core/hone-sampling.h"
#include "test-support.h"

static const Row two[] = { { "a", "Rates rise again", HONE_SPLIT_TRAIN, 0 }, { "b", "The cup is won", HONE_SPLIT_VALIDATION, 0 } };

static void
test_history (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GPtrArray) labels = NULL;
  g_autoptr(GError) error = NULL;
  gint64 a;

  import_rows (store, two, 2, NULL, NULL);
  a = find (store, "a");
  add_label (store, a, "ana", 1, HONE_ORIGIN_HUMAN);
  g_assert_cmpuint (reference_of (store, a), ==, 1);
  add_label (store, a, "ana", 2, HONE_ORIGIN_HUMAN);
  g_assert_cmpuint (reference_of (store, a), ==, 2);

  labels = hone_store_list_labels (store, a, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (labels->len, ==, 2);
  g_assert_cmpstr (((HoneLabel *) labels->pdata[0])->author, ==, "ana");
  g_assert_true (hone_category_set_contains (((HoneLabel *) labels->pdata[0])->categories, 1));
  g_assert_true (hone_category_set_contains (((HoneLabel *) labels->pdata[1])->categories, 2));

  close_store (store);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_cmpuint (reference_of (store, a), ==, 2);
  close_store (store);
  remove_project (path);
}

static void
test_votes (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  HoneFilter disputed = HONE_FILTER_ALL, conflicting = HONE_FILTER_ALL;
  gint64 a;

  disputed.reference_state = HONE_REFERENCE_DISPUTED;
  conflicting.conflicting = 1;
  import_rows (store, two, 2, NULL, NULL);
  a = find (store, "a");
  add_label (store, a, "ana", 1, HONE_ORIGIN_HUMAN);
  add_label (store, a, "bo", 2, HONE_ORIGIN_HUMAN);
  g_assert_cmpuint (reference_of (store, a), ==, 0);
  g_assert_cmpuint (count (store, &disputed), ==, 1);
  g_assert_cmpuint (count (store, &conflicting), ==, 1);
  add_label (store, a, "cy", 2, HONE_ORIGIN_HUMAN);
  g_assert_cmpuint (reference_of (store, a), ==, 2);
  g_assert_cmpuint (count (store, &disputed), ==, 0);
  g_assert_cmpuint (count (store, &conflicting), ==, 1);
  add_label (store, a, "boss", 3, HONE_ORIGIN_REVIEW);
  g_assert_cmpuint (reference_of (store, a), ==, 3);
  add_label (store, a, "boss", 0, HONE_ORIGIN_HUMAN);      /* a skip takes the review back */
  g_assert_cmpuint (reference_of (store, a), ==, 2);
  close_store (store);
  remove_project (path);
}

static void
test_withdraw (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  HoneSplitCounts counts[HONE_N_SPLITS];
  g_autoptr(GError) error = NULL;
  gint64 a, first, second;

  import_rows (store, two, 2, NULL, NULL);
  a = find (store, "a");
  first = add_label (store, a, "ana", 1, HONE_ORIGIN_HUMAN);
  second = add_label (store, a, "ana", 3, HONE_ORIGIN_HUMAN);
  g_assert_true (hone_store_withdraw_label (store, second, TRUE, &error));
  g_assert_cmpuint (reference_of (store, a), ==, 1);
  g_assert_true (hone_store_withdraw_label (store, first, TRUE, &error));
  g_assert_cmpuint (reference_of (store, a), ==, 0);
  g_assert_true (hone_store_get_split_counts (store, counts, &error));
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].labelled, ==, 0);
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].unlabelled, ==, 1);
  g_assert_true (hone_store_withdraw_label (store, second, FALSE, &error));
  g_assert_cmpuint (reference_of (store, a), ==, 3);
  g_assert_no_error (error);
  g_assert_false (hone_store_withdraw_label (store, 4711, TRUE, &error));
  assert_store_error (error, NOT_FOUND);
  close_store (store);
  remove_project (path);
}

static void
test_refusals (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  const guint pair[] = { 1, 2 };
  g_autoptr(HoneCategorySet) unknown = hone_category_set_new_single (9);
  g_autoptr(HoneCategorySet) both = hone_category_set_new (pair, 2);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel label = { .author = (char *) "ana" };
  gint64 bad[] = { 0, 99 };

  import_rows (store, two, 2, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      label.example_id = bad[i];
      label.categories = money;
      g_assert_cmpint (hone_store_add_label (store, &label, &error), ==, 0);
      assert_store_error (error, NOT_FOUND);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;

      label.example_id = find (store, "a");
      label.categories = i == 0 ? unknown : both;
      g_assert_cmpint (hone_store_add_label (store, &label, &error), ==, 0);
      g_assert_nonnull (error);
    }
  g_assert_cmpuint (reference_of (store, find (store, "a")), ==, 0);
  close_store (store);
  remove_project (path);
}

static void
test_several (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_SEVERAL);
  const guint left[] = { 1, 2 }, right[] = { 2, 3 };
  g_autoptr(HoneCategorySet) a = hone_category_set_new (left, 2), b = hone_category_set_new (right, 2);
  g_autoptr(HoneCategorySet) middle = hone_category_set_new_single (2);
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GError) error = NULL;
  HoneLabel label = { .origin = HONE_ORIGIN_HUMAN };
  const char * const authors[] = { "ana", "bo", "cy" };

  import_rows (store, two, 2, NULL, NULL);
  label.example_id = find (store, "a");
  for (guint i = 0; i < 3; i++)
    {
      label.author = (char *) authors[i];
      label.categories = i == 0 ? a : i == 1 ? b : middle;
      g_assert_cmpint (hone_store_add_label (store, &label, &error), >, 0);
      g_assert_no_error (error);
    }
  /* 1 and 3 have one vote of three, 2 has all */
  filter.reference = middle;
  g_assert_cmpuint (count (store, &filter), ==, 1);
  filter.reference = NULL;
  filter.category = 1;
  g_assert_cmpuint (count (store, &filter), ==, 0);
  filter.category = 2;
  g_assert_cmpuint (count (store, &filter), ==, 1);
  assert_list (store, &filter, HONE_QUEUE_IMPORTED, "1");
  close_store (store);
  remove_project (path);
}

static void
test_known (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(HoneCategorySet) sports = hone_category_set_new_single (3), found = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) candidates = NULL;
  HoneFilter known = HONE_FILTER_ALL;
  HoneImportRow rows[] = { { .external_id = "k", .text = "A goal", .split = HONE_SPLIT_TRAIN, .known = sports },
                           { .external_id = "n", .text = "No answer", .split = HONE_SPLIT_TRAIN } };
  HoneImportResult results[2];
  HoneStoreImport *import = hone_store_import_begin (store, "k", "csv", NULL, &error);
  gint64 ids[2];

  g_assert_true (hone_store_import_add (import, rows, 2, results, &error));
  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  hone_store_import_free (import);
  ids[0] = find (store, "k");
  ids[1] = find (store, "n");
  known.known = 1;
  g_assert_cmpuint (count (store, &known), ==, 1);
  g_assert_cmpuint (reference_of (store, ids[0]), ==, 0);
  candidates = hone_store_list_candidates (store, 0, &error);
  g_assert_cmpuint (candidates->len, ==, 1);
  g_assert_cmpint (g_array_index (candidates, HoneCandidate, 0).id, ==, ids[0]);

  /* all or none */
  g_assert_false (hone_store_reveal_known (store, ids, 2, "sim", &error));
  assert_store_error (error, NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (reference_of (store, ids[0]), ==, 0);

  g_assert_true (hone_store_reveal_known (store, ids, 1, "sim", &error));
  g_assert_cmpuint (reference_of (store, ids[0]), ==, 3);
  g_assert_cmpuint (count (store, &known), ==, 0);
  found = hone_store_dup_known (store, ids[0], &error);
  g_assert_true (hone_category_set_equal (found, sports));
  g_assert_null (hone_store_dup_known (store, ids[1], &error));
  g_assert_no_error (error);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/labels/history", test_history);
  g_test_add_func ("/store/labels/votes", test_votes);
  g_test_add_func ("/store/labels/withdraw", test_withdraw);
  g_test_add_func ("/store/labels/refusals", test_refusals);
  g_test_add_func ("/store/labels/several", test_several);
  g_test_add_func ("/store/labels/known", test_known);
  return g_test_run ();
}
