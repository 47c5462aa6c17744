/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples: filters, orders, counts, splits, deletion. */
#include "config.h"

#include "test-support.h"

/* ids 1 to 6 */
static const Row rows[] = {
  { "a", "Rates rise in Zürich", HONE_SPLIT_TRAIN, 1 },
  { "b", "A goal is scored", HONE_SPLIT_TRAIN, 3 },
  { "c", "Parliament votes", HONE_SPLIT_VALIDATION, 2 },
  { "d", "Rates fall", HONE_SPLIT_TEST, 1 },
  { "e", "Unlabelled words", HONE_SPLIT_TRAIN, 0 },
  { "f", "RATES FALL!", HONE_SPLIT_TEST, 0 },
};

static HoneStore *
new_examples (const char *path)
{
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);

  import_rows (store, rows, G_N_ELEMENTS (rows), NULL, NULL);
  return store;
}

static void
assert_filter (HoneStore        *store,
               const HoneFilter *filter,
               const char       *wanted)
{
  g_auto(GStrv) ids = g_strsplit (wanted, " ", -1);

  assert_list (store, filter, HONE_QUEUE_IMPORTED, wanted);
  g_assert_cmpuint (count (store, filter), ==, *wanted ? g_strv_length (ids) : 0);
}

#define WITH(...) (const HoneFilter[]) { { .split = -1, .reference_state = -1, .flag = -1, .conflicting = -1, .known = -1, \
  .near_copies = -1, .outcome = -1, .agrees = -1, .confidence_low = NAN, .confidence_high = NAN, __VA_ARGS__ } }
#pragma GCC diagnostic ignored "-Woverride-init"

static void
test_filters (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_examples (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1), unseen = hone_category_set_new_single (77);

  assert_filter (store, WITH (), "1 2 3 4 5 6");
  assert_filter (store, WITH (.split = HONE_SPLIT_TRAIN), "1 2 5");
  assert_filter (store, WITH (.split = HONE_SPLIT_TEST), "4 6");
  assert_filter (store, WITH (.reference_state = HONE_REFERENCE_NONE), "5 6");
  assert_filter (store, WITH (.reference_state = HONE_REFERENCE_LABELLED), "1 2 3 4");
  assert_filter (store, WITH (.reference = money), "1 4");
  assert_filter (store, WITH (.reference = unseen), "");
  assert_filter (store, WITH (.category = 3), "2");
  assert_filter (store, WITH (.near_copies = 1), "4 6");
  assert_filter (store, WITH (.known = 1), "");
  assert_filter (store, WITH (.import_id = 1), "1 2 3 4 5 6");
  assert_filter (store, WITH (.import_id = 2), "");
  assert_filter (store, WITH (.split = HONE_SPLIT_TEST, .reference_state = HONE_REFERENCE_LABELLED, .category = 1), "4");

  g_assert_true (hone_store_set_flag (store, 3, TRUE, &error));
  assert_filter (store, WITH (.flag = 1), "3");
  assert_filter (store, WITH (.flag = 0), "1 2 4 5 6");
  g_assert_true (hone_store_set_flag (store, 3, FALSE, &error));
  assert_filter (store, WITH (.flag = 1), "");
  close_store (store);
  remove_project (path);
}

/* Whatever a person types is words, never syntax. */
static void
test_search (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_examples (path);
  const char * const odd[] = { "\"", "rates AND", "OR", "NOT rates", "rates*", "(", "text:rates", "^rates", "rates\"", "-", "a OR b NEAR(", "{", "\xff" };

  assert_filter (store, WITH (.search = "rates"), "1 4 6");
  assert_filter (store, WITH (.search = "zürich"), "1");
  assert_filter (store, WITH (.search = "rates fall"), "4 6");
  assert_filter (store, WITH (.search = "fall", .reference_state = HONE_REFERENCE_NONE), "6");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      const HoneFilter *filter = WITH (.search = odd[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) ids = hone_store_list_ids (store, filter, HONE_QUEUE_IMPORTED, 0, 10, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (count (store, filter), ==, ids->len);
    }
  close_store (store);
  remove_project (path);
}

static void
test_random_order (void)
{
  g_autofree char *path = new_path (), *again = NULL, *first = NULL;
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  Row many[50];
  char texts[50][16];
  gboolean sorted = TRUE;
  g_auto(GStrv) ids = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "text %u", i);
      many[i] = (Row) { NULL, texts[i], i % 2, 0 };
    }
  import_rows (store, many, 50, NULL, NULL);
  first = list_ids (store, WITH (), HONE_QUEUE_RANDOM, 7);
  ids = g_strsplit (first, " ", -1);
  g_assert_cmpuint (g_strv_length (ids), ==, 50);
  for (guint i = 1; i < 50; i++)
    sorted = sorted && atoi (ids[i - 1]) < atoi (ids[i]);
  g_assert_false (sorted);
  close_store (store);
  store = reopen (path, HONE_STORE_WRITE);
  assert_list (store, WITH (), HONE_QUEUE_RANDOM, first);
  again = list_ids (store, WITH (.split = HONE_SPLIT_TRAIN), HONE_QUEUE_RANDOM, 3);
  g_clear_pointer (&ids, g_strfreev);
  ids = g_strsplit (again, " ", -1);
  g_assert_cmpuint (g_strv_length (ids), ==, 25);
  close_store (store);
  remove_project (path);
}

static gboolean
collect (const HoneExample  *example,
         gpointer            data,
         GError            **error)
{
  g_string_append_printf (data, "%s|", example->text);
  if (example->id == 5)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "enough");
  return example->id != 5;
}

static void
test_reading (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_examples (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) texts = g_string_new (NULL);
  const gint64 ids[] = { 4, 99, 1 };
  g_autoptr(GPtrArray) examples = hone_store_get_examples (store, ids, 3, &error);
  HoneSplitCounts counts[HONE_N_SPLITS];
  const HoneExample *example = examples->pdata[0];

  g_assert_cmpuint (examples->len, ==, 2);
  g_assert_cmpint (example->id, ==, 4);
  g_assert_cmpstr (example->external_id, ==, "d");
  g_assert_cmpstr (example->text, ==, "Rates fall");
  g_assert_cmpint (example->split, ==, HONE_SPLIT_TEST);
  g_assert_cmpint (example->reference_state, ==, HONE_REFERENCE_LABELLED);
  g_assert_cmpint (((HoneExample *) examples->pdata[1])->id, ==, 1);

  g_assert_false (hone_store_each_example (store, WITH (), collect, texts, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpstr (texts->str, ==, "Rates rise in Zürich|A goal is scored|Parliament votes|Rates fall|Unlabelled words|");

  g_assert_cmpint (hone_store_find_example (store, "#6", &error), ==, 6);
  g_assert_cmpint (hone_store_find_example (store, "#7", &error), ==, 0);
  assert_store_error (error, NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (hone_store_get_split_counts (store, counts, &error));
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].examples, ==, 3);
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].labelled, ==, 2);
  g_assert_cmpuint (counts[HONE_SPLIT_TEST].unlabelled, ==, 1);
  close_store (store);
  remove_project (path);
}

static void
test_deletion (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_examples (path);
  g_autoptr(GError) error = NULL;
  const gint64 ids[] = { 1, 6 };
  gint64 deletion = hone_store_delete_examples (store, ids, 2, &error);

  g_assert_cmpint (deletion, >, 0);
  check_store (store);
  assert_filter (store, WITH (), "2 3 4 5");
  assert_filter (store, WITH (.search = "rates"), "4");
  assert_filter (store, WITH (.near_copies = 1), "");
  g_assert_null (get_example (store, 1));
  g_assert_true (hone_store_undo_deletion (store, deletion, &error));
  check_store (store);
  assert_filter (store, WITH (), "1 2 3 4 5 6");
  assert_filter (store, WITH (.near_copies = 1), "4 6");

  /* its external id is free again, and then taken */
  deletion = hone_store_delete_examples (store, ids, 1, &error);
  import_rows (store, (const Row[]) { { "a", "A new text", HONE_SPLIT_TRAIN, 0 } }, 1, NULL, NULL);
  g_assert_cmpint (find (store, "a"), ==, 7);
  g_assert_false (hone_store_undo_deletion (store, deletion, &error));
  assert_store_error (error, CONFLICT);
  assert_filter (store, WITH (.split = HONE_SPLIT_TRAIN), "2 5 7");
  close_store (store);
  remove_project (path);
}

static void
test_splits (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_examples (path);
  g_autoptr(GError) error = NULL;
  const gint64 ids[] = { 1, 2 }, bad[] = { 1, 99 };

  g_assert_true (hone_store_set_split (store, ids, 2, HONE_SPLIT_VALIDATION, &error));
  assert_filter (store, WITH (.split = HONE_SPLIT_VALIDATION), "1 2 3");
  g_assert_false (hone_store_set_split (store, bad, 2, HONE_SPLIT_TRAIN, &error));
  assert_store_error (error, NOT_FOUND);
  assert_filter (store, WITH (.split = HONE_SPLIT_VALIDATION), "1 2 3");
  close_store (store);
  remove_project (path);
}

static void
test_deal (void)
{
  g_autofree char *path = new_path (), *before = NULL;
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  HoneShares shares;
  guint64 n_dealt;
  Row many[104];
  char texts[104][16];
  HoneSplitCounts counts[HONE_N_SPLITS];

  g_assert_true (hone_shares_parse ("60/20/20", &shares, &error));
  for (guint i = 0; i < 104; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], i >= 102 ? "TEXT %u" : "text %u", i >= 102 ? i - 102 : i);
      many[i] = (Row) { NULL, texts[i], i >= 100 && i < 102 ? HONE_SPLIT_TEST : -1, 1 + i % 2 };
    }
  import_rows (store, many, 104, NULL, NULL);
  g_assert_true (hone_store_deal_splits (store, &shares, &n_dealt, &error));
  g_assert_cmpuint (n_dealt, ==, 102);
  check_store (store);
  for (gint64 id = 1; id <= 2; id++)
    {
      g_autoptr(HoneExample) text = get_example (store, id), copy = get_example (store, 102 + id);

      g_assert_cmpuint (text->fold_hash, ==, copy->fold_hash);
      g_assert_cmpint (text->split, ==, copy->split);
    }
  g_assert_true (hone_store_get_split_counts (store, counts, &error));
  g_assert_cmpuint (counts[0].examples + counts[1].examples + counts[2].examples, ==, 104);
  g_assert_cmpuint (counts[HONE_SPLIT_VALIDATION].examples, >=, 18);
  g_assert_cmpuint (counts[HONE_SPLIT_VALIDATION].examples, <=, 24);

  /* a role once dealt stays */
  before = list_ids (store, WITH (.split = HONE_SPLIT_VALIDATION), HONE_QUEUE_IMPORTED, 100);
  g_assert_true (hone_store_deal_splits (store, &shares, &n_dealt, &error));
  g_assert_cmpuint (n_dealt, ==, 0);
  assert_list (store, WITH (.split = HONE_SPLIT_VALIDATION), HONE_QUEUE_IMPORTED, before);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/examples/filters", test_filters);
  g_test_add_func ("/store/examples/search", test_search);
  g_test_add_func ("/store/examples/random-order", test_random_order);
  g_test_add_func ("/store/examples/reading", test_reading);
  g_test_add_func ("/store/examples/deletion", test_deletion);
  g_test_add_func ("/store/examples/splits", test_splits);
  g_test_add_func ("/store/examples/deal", test_deal);
  return g_test_run ();
}
