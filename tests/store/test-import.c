/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports: invisible until the end, joins, refusals, warnings, roles, taking back. */
#include "config.h"

#include "test-support.h"

static guint64
count_all (HoneStore *store)
{
  HoneFilter all = HONE_FILTER_ALL;

  return count (store, &all);
}

static void
test_invisible (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  HoneFilter all = HONE_FILTER_ALL, words = HONE_FILTER_ALL;
  HoneImportRow row = { .external_id = "x", .text = "hidden words", .split = -1 };
  HoneImportResult result;
  HoneStoreImport *import = hone_store_import_begin (store, "f", "csv", NULL, &error);

  words.search = "hidden";
  g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
  g_assert_false (result.joined || result.id_conflict || result.unknown_id || result.duplicate_text || result.leak);
  g_assert_cmpint (result.split, ==, HONE_SPLIT_TRAIN);
  g_assert_cmpuint (count_all (store), ==, 0);
  assert_list (store, &all, HONE_QUEUE_IMPORTED, "");
  assert_list (store, &all, HONE_QUEUE_RANDOM, "");
  assert_list (store, &words, HONE_QUEUE_IMPORTED, "");
  g_assert_cmpint (hone_store_find_example (store, "x", &error), ==, 0);
  assert_store_error (error, NOT_FOUND);
  g_clear_error (&error);

  /* never finished */
  hone_store_import_free (import);
  g_assert_cmpuint (count_all (store), ==, 0);
  check_store (store);
  import_rows (store, (const Row[]) { { "x", "other words", HONE_SPLIT_TEST, 1 } }, 1, NULL, NULL);
  g_assert_cmpuint (count_all (store), ==, 1);
  assert_list (store, &words, HONE_QUEUE_IMPORTED, "");
  close_store (store);
  remove_project (path);
}

static void
test_identity (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  const Row rows[] = {
    { "1", "Same text", HONE_SPLIT_TRAIN, 1 },
    { "1", "Same text", HONE_SPLIT_TRAIN, 2 },      /* joins, and the newest label of the author counts */
    { "1", "Another text", HONE_SPLIT_TRAIN, 1 },   /* refused */
    { NULL, "Same text", HONE_SPLIT_TRAIN, 2 },     /* an equal text with the same reference */
    { NULL, "Same text", HONE_SPLIT_TRAIN, 3 },     /* … with another one */
    { NULL, "Same text", HONE_SPLIT_TEST, 3 },      /* another split: no duplicate, but a leak */
    { "2", "SAME  text!", HONE_SPLIT_TRAIN, 0 },    /* a near copy with an id of its own, test has one: leak */
  };
  HoneImportResult results[G_N_ELEMENTS (rows)];
  HoneFilter near = HONE_FILTER_ALL;

  import_rows (store, rows, G_N_ELEMENTS (rows), NULL, results);
  g_assert_true (results[1].joined);
  g_assert_true (results[2].id_conflict);
  g_assert_true (results[3].duplicate_text);
  g_assert_false (results[3].conflicting_labels);
  g_assert_true (results[4].duplicate_text);
  g_assert_true (results[4].conflicting_labels);
  g_assert_false (results[5].duplicate_text);
  g_assert_true (results[5].leak);
  g_assert_false (results[6].duplicate_text);
  g_assert_true (results[6].leak);
  g_assert_false (results[0].leak || results[3].leak || results[4].leak);
  g_assert_cmpuint (count_all (store), ==, 5);
  near.near_copies = 1;
  g_assert_cmpuint (count (store, &near), ==, 5);
  g_assert_cmpuint (reference_of (store, find (store, "1")), ==, 2);
  close_store (store);
  remove_project (path);
}

static void
test_joins (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel ana = { .author = (char *) "ana", .time = 5, .categories = money }, bo = { .author = (char *) "bo", .time = 6, .categories = money };
  HoneImportRow rows[] = {
    { .join_key = "k1", .text = "One text", .split = -1, .labels = &ana, .n_labels = 1 },
    { .join_key = "k1", .must_exist = TRUE, .split = -1, .labels = &bo, .n_labels = 1 },
    { .join_key = "k2", .must_exist = TRUE, .split = -1 },
    { .join_by_text = TRUE, .text = "One text", .split = -1, .labels = &ana, .n_labels = 1 },   /* the same decision again */
    { .text = "One text", .split = -1 },
  };
  HoneImportResult results[G_N_ELEMENTS (rows)];
  HoneImportCounts counts;
  HoneStoreImport *import = hone_store_import_begin (store, "f", "jsonl", NULL, &error);

  g_assert_true (hone_store_import_add (import, rows, G_N_ELEMENTS (rows), results, &error));
  g_assert_true (results[1].joined);
  g_assert_true (results[2].unknown_id);
  g_assert_true (results[3].joined);
  g_assert_false (results[4].joined);
  g_assert_true (results[4].duplicate_text);
  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  hone_store_import_get_counts (import, &counts);
  g_assert_cmpuint (counts.examples, ==, 2);
  g_assert_cmpuint (counts.labels, ==, 2);
  g_assert_cmpuint (counts.current, ==, 2);
  hone_store_import_free (import);
  g_assert_cmpuint (count_all (store), ==, 2);
  close_store (store);
  remove_project (path);
}

/* Labels on older examples appear with the import, and go with it. */
static void
test_undo (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) imports = NULL;
  HoneFilter words = HONE_FILTER_ALL;
  gint64 second;

  words.search = "second";
  import_rows (store, (const Row[]) { { "1", "first text", HONE_SPLIT_TRAIN, 0 } }, 1, NULL, NULL);
  second = import_rows (store, (const Row[]) { { "1", "first text", HONE_SPLIT_TRAIN, 1 }, { "2", "second text", HONE_SPLIT_VALIDATION, 2 } }, 2,
                        NULL, NULL);
  g_assert_cmpuint (reference_of (store, find (store, "1")), ==, 1);
  g_assert_cmpuint (count (store, &words), ==, 1);

  g_assert_true (hone_store_undo_import (store, second, TRUE, &error));
  check_store (store);
  g_assert_cmpuint (reference_of (store, find (store, "1")), ==, 0);
  g_assert_cmpuint (count (store, &words), ==, 0);
  g_assert_cmpuint (count_all (store), ==, 1);

  g_assert_true (hone_store_undo_import (store, second, FALSE, &error));
  check_store (store);
  g_assert_cmpuint (reference_of (store, find (store, "1")), ==, 1);
  g_assert_cmpuint (reference_of (store, find (store, "2")), ==, 2);

  /* its id is taken meanwhile */
  g_assert_true (hone_store_undo_import (store, second, TRUE, &error));
  import_rows (store, (const Row[]) { { "2", "third text", HONE_SPLIT_TRAIN, 0 } }, 1, NULL, NULL);
  g_assert_false (hone_store_undo_import (store, second, FALSE, &error));
  assert_store_error (error, CONFLICT);
  g_clear_error (&error);
  imports = hone_store_list_imports (store, &error);
  g_assert_cmpuint (imports->len, ==, 3);
  g_assert_false (hone_store_undo_import (store, 4711, TRUE, &error));
  assert_store_error (error, NOT_FOUND);
  close_store (store);
  remove_project (path);
}

static void
test_shares (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  HoneShares shares;
  HoneSplitCounts counts[HONE_N_SPLITS];
  g_autoptr(GError) error = NULL;
  Row rows[300];
  char texts[300][32];

  g_assert_true (hone_shares_parse ("80/10/10", &shares, &error));
  for (guint i = 0; i < 300; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "text number %u", i);
      rows[i] = (Row) { NULL, texts[i], -1, 1 + i % 3 };
    }
  import_rows (store, rows, 300, &shares, NULL);
  g_assert_true (hone_store_get_split_counts (store, counts, &error));
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].labelled, ==, 240);
  g_assert_cmpuint (counts[HONE_SPLIT_VALIDATION].labelled, ==, 30);
  g_assert_cmpuint (counts[HONE_SPLIT_TEST].labelled, ==, 30);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      g_autoptr(GArray) references = hone_store_count_references (store, split, &error);

      g_assert_cmpuint (references->len, ==, 3);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpuint (g_array_index (references, HoneSetCount, i).count, ==, split == HONE_SPLIT_TRAIN ? 80 : 10);
    }
  close_store (store);
  remove_project (path);
}

static void
test_near_copies_stay_together (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  const char * const spellings[] = { "copy %u", "Copy  %u", "COPY, %u!", "“copy” %u" };
  HoneShares shares;
  g_autoptr(GError) error = NULL;

  g_assert_true (hone_shares_parse ("50/25/25", &shares, &error));
  for (guint round = 0; round < G_N_ELEMENTS (spellings); round++)
    {
      char texts[40][32];
      Row rows[40];
      HoneImportResult results[40];

      for (guint i = 0; i < 40; i++)
        {
          g_snprintf (texts[i], sizeof texts[i], spellings[round], i);
          rows[i] = (Row) { NULL, texts[i], -1, 1 + (i + round) % 3 };
        }
      import_rows (store, rows, 40, &shares, results);
      for (guint i = 0; i < 40; i++)
        {
          HoneFilter copies = HONE_FILTER_ALL;
          g_autofree char *word = g_strdup_printf ("copy %u", i);

          g_assert_false (results[i].leak);
          copies.search = word;
          copies.split = results[i].split;
          g_assert_cmpuint (count (store, &copies), >=, round + 1);
        }
    }
  close_store (store);
  remove_project (path);
}

static void
test_predictions (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1), sports = hone_category_set_new_single (3);
  const double scores[] = { 0.7, NAN, 0.3 };
  HoneLabel label = { .categories = sports };
  HoneImportPrediction predictions[] = {
    { .model = "bert", .iteration = 0, .outcome = HONE_OUTCOME_ANSWERED, .categories = money, .confidence = 0.7, .scores = scores },
    { .model = "bert", .iteration = 1, .outcome = HONE_OUTCOME_ABSTAINED, .confidence = NAN, .reason = "unable" },
  };
  HoneImportRow row = { .external_id = "1", .text = "A goal", .split = HONE_SPLIT_VALIDATION, .labels = &label, .n_labels = 1,
                        .predictions = predictions, .n_predictions = 2 };

  for (int round = 0; round < 2; round++)
    {
      HoneImportResult result;
      HoneStoreImport *import = hone_store_import_begin (store, "f", "hone-jsonl", NULL, &error);
      const char *name = round == 0 ? "bert" : "bert (2)";
      g_autofree char *first = g_strconcat (name, "@0", NULL);
      g_autoptr(HoneIteration) iteration = NULL;
      g_autoptr(HoneTally) tally = NULL;
      const HoneTallyCell *cells;
      gsize n_cells;

      g_assert_null (hone_store_find_iteration (store, first, &error));
      g_clear_error (&error);
      g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
      g_assert_null (hone_store_find_iteration (store, first, &error));
      g_clear_error (&error);
      g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
      hone_store_import_free (import);

      iteration = hone_store_find_iteration (store, first, &error);
      g_assert_no_error (error);
      tally = hone_store_get_tally (store, iteration->id, HONE_SPLIT_VALIDATION, &error);
      cells = hone_tally_get_cells (tally, &n_cells);
      g_assert_cmpuint (n_cells, ==, 1);
      g_assert_true (hone_category_set_equal (cells[0].reference, sports));
      g_assert_true (hone_category_set_equal (cells[0].answer, money));
      row.n_predictions = 1;
      check_store (store);
    }
  close_store (store);
  remove_project (path);
}

/* The first ontology comes with the import, or not at all. */
static void
test_first_ontology (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_create (path, 1, &error);
  g_autoptr(HoneOntology) ontology = make_ontology (HONE_CHOICE_ONE), stored = NULL, empty = NULL;
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel label = { .categories = money };
  HoneImportRow row = { .text = "A text", .split = -1, .labels = &label, .n_labels = 1 };
  HoneImportResult result;
  HoneStoreImport *import = hone_store_import_begin (store, "f", "csv", NULL, &error);

  g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
  empty = hone_store_dup_ontology (store);
  g_assert_cmpuint (hone_ontology_get_size (empty), ==, 0);
  g_assert_cmpint (hone_store_import_finish (import, ontology, &error), >, 0);
  g_assert_no_error (error);
  hone_store_import_free (import);
  stored = hone_store_dup_ontology (store);
  g_assert_cmpuint (hone_ontology_get_size (stored), ==, 3);
  g_assert_cmpuint (reference_of (store, 1), ==, 1);
  close_store (store);
  remove_project (path);
}

static void
test_one_at_a_time (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  HoneStoreImport *import = hone_store_import_begin (store, "f", "csv", NULL, &error);

  g_assert_nonnull (import);
  g_assert_null (hone_store_import_begin (store, "g", "csv", NULL, &error));
  assert_store_error (error, CONFLICT);
  g_clear_error (&error);
  hone_store_import_free (import);
  import = hone_store_import_begin (store, "g", "csv", NULL, &error);
  g_assert_no_error (error);
  hone_store_import_free (import);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/import/invisible", test_invisible);
  g_test_add_func ("/store/import/identity", test_identity);
  g_test_add_func ("/store/import/joins", test_joins);
  g_test_add_func ("/store/import/undo", test_undo);
  g_test_add_func ("/store/import/shares", test_shares);
  g_test_add_func ("/store/import/near-copies", test_near_copies_stay_together);
  g_test_add_func ("/store/import/predictions", test_predictions);
  g_test_add_func ("/store/import/first-ontology", test_first_ontology);
  g_test_add_func ("/store/import/one-at-a-time", test_one_at_a_time);
  return g_test_run ();
}
