/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports: identity, near copies, roles, all or nothing, taking back. */
#include "config.h"

#include <signal.h>
#include <unistd.h>

#include "store-fixture.h"

static const FixtureRow plain[] = {
  { "a", "one red rose", 1, 0 }, { "b", "green grass", 2, 0 }, { "c", "the blue sea", 3, 1 }, { "d", "no label here", 0, 0 },
  { NULL, "anonymous", 1, 2 },
};

static void
test_counts (void)
{
  g_autofree char *path = fixture_path ("p.hone");
  g_autoptr(HoneStore) store = fixture_store (path, HONE_CHOICE_ONE);
  HoneSplitCounts counts[HONE_N_SPLITS];
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) ids = NULL;

  fixture_import (store, plain, G_N_ELEMENTS (plain), NULL);
  fixture_check (store);
  g_assert_true (hone_store_get_split_counts (store, counts, NULL));
  g_assert_cmpuint (counts[0].examples, ==, 3);
  g_assert_cmpuint (counts[0].labelled, ==, 2);
  g_assert_cmpuint (counts[0].unlabelled, ==, 1);
  g_assert_cmpuint (counts[1].labelled, ==, 1);
  g_assert_cmpuint (counts[2].labelled, ==, 1);

  filter.search = "gras";     /* a whole word, unless it ends in * */
  ids = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 10, NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 0);
  g_clear_pointer (&ids, g_array_unref);
  filter.search = "gras*";
  ids = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 10, NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 1);
  g_clear_pointer (&ids, g_array_unref);
  filter.search = "\"); DROP TABLE example; -- * AND (";
  ids = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 10, NULL, NULL);
  g_assert_nonnull (ids);
  g_assert_cmpuint (ids->len, ==, 0);
}

static void
test_identity (void)
{
  g_autofree char *path = fixture_path ("p.hone");
  g_autoptr(HoneStore) store = fixture_store (path, HONE_CHOICE_ONE);
  static const FixtureRow more[] = {
    { "a", "one red rose", 2, 0 },          /* joins, another author's newer label wins below */
    { "b", "another text", 0, 0 },          /* conflict */
    { NULL, "anonymous", 2, 2 },            /* the same text again, another label */
    { NULL, "ANONYMOUS!", 0, 0 },           /* a near copy on the other side */
    { "z", "The BLUE, sea.", 0, 0 },        /* likewise */
  };
  HoneImportResult results[G_N_ELEMENTS (more)];

  fixture_import (store, plain, G_N_ELEMENTS (plain), NULL);
  fixture_import (store, more, G_N_ELEMENTS (more), results);
  fixture_check (store);
  g_assert_true (results[0].joined && !results[0].id_conflict);
  g_assert_true (results[1].id_conflict);
  g_assert_true (results[2].duplicate_text && results[2].conflicting_labels && !results[2].leak);
  g_assert_true (results[3].leak && !results[3].duplicate_text);
  g_assert_true (results[4].leak);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 8);
}

static void
test_nothing_before_finish (void)
{
  g_autofree char *path = fixture_path ("p.hone");
  g_autoptr(HoneStore) store = fixture_store (path, HONE_CHOICE_ONE);
  HoneStoreImport *import = hone_store_import_begin (store, "x", "csv", NULL, NULL);
  HoneImportResult results[G_N_ELEMENTS (plain)];
  HoneImportCounts counts;
  g_autoptr(GError) error = NULL;
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) ids = NULL;

  g_assert_null (hone_store_import_begin (store, "y", "csv", NULL, &error));
  g_assert_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT);
  fixture_add (import, plain, G_N_ELEMENTS (plain), results);
  hone_store_import_get_counts (import, &counts);
  g_assert_cmpuint (counts.examples, ==, 5);
  g_assert_cmpuint (counts.labels, ==, 4);
  g_assert_cmpuint (counts.current, ==, 4);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 0);
  ids = hone_store_list_ids (store, &filter, HONE_QUEUE_RANDOM, 0, 10, NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 0);
  hone_store_import_free (import);
  fixture_check (store);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 0);

  fixture_import (store, plain, G_N_ELEMENTS (plain), NULL);
  fixture_check (store);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 5);
}

/* A process that dies in the middle of an import: the next one to open finds nothing of it. */
static void
test_swept_at_open (void)
{
  g_autofree char *path = fixture_path ("p.hone");

  if (g_test_subprocess ())
    {
      const char *given = g_getenv ("HONE_TEST_PROJECT");
      HoneStore *store = fixture_store (given, HONE_CHOICE_ONE);
      HoneStoreImport *import;
      HoneImportResult results[G_N_ELEMENTS (plain)];

      fixture_import (store, plain, 2, NULL);
      import = hone_store_import_begin (store, "x", "csv", NULL, NULL);
      fixture_add (import, plain + 2, 3, results);
      kill (getpid (), SIGKILL);
    }
  g_setenv ("HONE_TEST_PROJECT", path, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(HoneStore) store = hone_store_open (path, HONE_STORE_WRITE, &error);
    g_autoptr(GPtrArray) imports = NULL;

    g_assert_no_error (error);
    fixture_check (store);
    g_assert_cmpuint (fixture_count (store, -1, -1), ==, 2);
    imports = hone_store_list_imports (store, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (imports->len, ==, 1);
  }
}

static void
test_shares (void)
{
  g_autofree char *path = fixture_path ("p.hone");
  g_autoptr(HoneStore) store = fixture_store (path, HONE_CHOICE_ONE);
  HoneShares shares;
  HoneStoreImport *import;
  HoneImportResult result;
  int copies = 0;

  g_assert_true (hone_shares_parse ("80/10/10", &shares, NULL));
  import = hone_store_import_begin (store, "x", "csv", &shares, NULL);
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("text number %d", i % 990);   /* the last ten repeat */
      FixtureRow row = { NULL, text, 1 + i % 2, -1 };
      HoneSplit before = result.split;

      fixture_add (import, &row, 1, &result);
      if (i >= 990)
        copies += result.duplicate_text && !result.leak;
      (void) before;
    }
  g_assert_cmpint (hone_store_import_finish (import, NULL, NULL), >, 0);
  hone_store_import_free (import);
  fixture_check (store);
  g_assert_cmpint (copies, ==, 10);
  g_assert_cmpuint (fixture_count (store, HONE_SPLIT_TRAIN, -1), >=, 795);
  g_assert_cmpuint (fixture_count (store, HONE_SPLIT_TRAIN, -1), <=, 806);
  g_assert_cmpuint (fixture_count (store, HONE_SPLIT_TEST, -1), >=, 97);
}

static void
test_undo (void)
{
  g_autofree char *path = fixture_path ("p.hone");
  g_autoptr(HoneStore) store = fixture_store (path, HONE_CHOICE_ONE);
  static const FixtureRow more[] = { { "d", "no label here", 2, 0 }, { "e", "new", 1, 0 } };
  g_autoptr(GError) error = NULL;
  gint64 second, deletion, id;

  fixture_import (store, plain, G_N_ELEMENTS (plain), NULL);
  second = fixture_import (store, more, 2, NULL);
  g_assert_cmpuint (fixture_count (store, 0, HONE_REFERENCE_LABELLED), ==, 4);
  g_assert_true (hone_store_undo_import (store, second, TRUE, &error));
  g_assert_no_error (error);
  fixture_check (store);
  g_assert_cmpuint (fixture_count (store, 0, HONE_REFERENCE_LABELLED), ==, 2);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 5);
  g_assert_true (hone_store_undo_import (store, second, FALSE, &error));
  fixture_check (store);
  g_assert_cmpuint (fixture_count (store, 0, HONE_REFERENCE_LABELLED), ==, 4);

  id = hone_store_find_example (store, "a", &error);
  deletion = hone_store_delete_examples (store, &id, 1, &error);
  g_assert_no_error (error);
  fixture_check (store);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 5);
  g_assert_cmpint (hone_store_find_example (store, "a", NULL), ==, 0);
  g_assert_true (hone_store_undo_deletion (store, deletion, &error));
  fixture_check (store);
  g_assert_cmpuint (fixture_count (store, -1, -1), ==, 6);

  deletion = hone_store_delete_examples (store, &id, 1, &error);
  fixture_import (store, plain, 1, NULL);
  g_assert_false (hone_store_undo_deletion (store, deletion, &error));
  g_assert_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT);
  fixture_check (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/import-counts/counts", test_counts);
  g_test_add_func ("/store/import-counts/identity", test_identity);
  g_test_add_func ("/store/import-counts/nothing-before-finish", test_nothing_before_finish);
  g_test_add_func ("/store/import-counts/swept-at-open", test_swept_at_open);
  g_test_add_func ("/store/import-counts/shares", test_shares);
  g_test_add_func ("/store/import-counts/undo", test_undo);
  return g_test_run ();
}
