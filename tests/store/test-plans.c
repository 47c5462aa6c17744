/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No statement goes through a table that may hold a million rows. Statistics would make that a matter of the moment: those that another
 * program left are dropped. */
#include "config.h"

#include <string.h>

#include "hone-fault-vfs.h"
#include "store-works.h"

/* Tables that stay small, and the names that statements give them. */
static const char * const small[] = {
  "project", "import", "i", "m", "experiment", "x", "y", "iteration", "ontology", "category", "author", "predicted_split", "s", "ps", "w", "work",
  "deletion", "setting", "opening", "c", "category_set", "example_count", "learnt", "from_it", "sqlite_master", "run", "r",
};

static gboolean
is_small (const char *detail)
{
  g_auto(GStrv) words = g_strsplit (detail, " ", -1);

  return words[1] && g_strv_contains (small, words[1]);
}

/* A list begins at the first row and ends with the page. */
static gboolean
is_list (const char *sql)
{
  return g_str_has_prefix (sql, "SELECT e.id FROM");
}

/* Asked now and then, of a reader, by a program that waits for all of it. */
static gboolean
is_survey (const char *sql)
{
  static const char * const surveys[] = {
    "SELECT split, coalesce (e.reference, k.categories, 0), count (*)",          /* dealing splits */
    "SELECT e.id, e.fold, coalesce (e.reference, k.categories, 0)",
    "SELECT coalesce (sum (e.state = 1), 0)",                                      /* what a training list would hold */
    "SELECT count (*) FROM",                                                       /* counting a filter's result */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (surveys); i++)
    if (g_str_has_prefix (sql, surveys[i]))
      return TRUE;
  return FALSE;
}

static guint
check_plan (HoneDb     *db,
            const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *row = NULL;
  guint n_bad = 0;

  if (g_str_has_prefix (sql, "PRAGMA") || is_survey (sql))
    return 0;
  g_assert_cmpint (sqlite3_prepare_v2 (db->handle, explain, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      const char *detail = (const char *) sqlite3_column_text (row, 3);
      gboolean scans = g_str_has_prefix (detail, "SCAN ") && !is_small (detail) && strcmp (detail, "SCAN CONSTANT ROW") != 0 &&
                       !strstr (detail, "VIRTUAL TABLE") && !g_str_has_prefix (detail, "SCAN (subquery");
      gboolean sorts = g_str_has_prefix (detail, "USE TEMP B-TREE FOR ORDER BY");

      if ((scans && !is_list (sql)) || (sorts && strstr (sql, "LIMIT")))
        {
          g_printerr ("%s\n  %s\n", detail, sql);
          n_bad++;
        }
    }
  sqlite3_finalize (row);
  return n_bad;
}

static guint
check_plans (HoneDb *db)
{
  GHashTableIter iter;
  gpointer sql;
  guint n_bad = 0;

  g_hash_table_iter_init (&iter, db->statements);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    n_bad += check_plan (db, sql);
  return n_bad;
}

static void
list_everything (HoneStore *store)
{
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (2);
  gint64 iteration = iteration_of (store, "x");
  HoneFilter filters[] = {
    HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL,
    HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL, HONE_FILTER_ALL,
    HONE_FILTER_ALL,
  };
  g_autoptr(GArray) scored_by = g_array_new (FALSE, FALSE, sizeof (HoneFilterScored));

  g_array_append_val (scored_by, ((HoneFilterScored) { iteration, 0 }));
  g_array_append_val (scored_by, ((HoneFilterScored) { iteration_of (store, "y"), 1 }));

  filters[1].split = HONE_SPLIT_TRAIN;
  filters[2].reference_state = HONE_REFERENCE_LABELLED;
  filters[3].reference = set;
  filters[4].category = 2;
  filters[5].flag = 1;
  filters[6].conflicting = 1;
  filters[7].known = 1;
  filters[8].near_copies = 1;
  filters[9].import_id = 2;
  filters[10].search = "text";
  for (guint i = 11; i < 16; i++)
    filters[i].iteration_id = iteration;
  filters[11].outcome = HONE_OUTCOME_ABSTAINED;
  filters[12].outcome = HONE_FILTER_UNABLE;
  filters[13].answer = set;
  filters[14].confidence_low = 0.1;
  filters[15].agrees = 0;
  filters[16].split = HONE_SPLIT_VALIDATION;
  filters[16].scored_by = scored_by;
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *paged = list_ids (store, &filters[i], HONE_QUEUE_IMPORTED, 50);
    }
  for (int order = HONE_QUEUE_RANDOM; order <= HONE_QUEUE_DISAGREE; order++)
    {
      HoneFilter one = HONE_FILTER_ALL;
      g_autofree char *paged = NULL;

      one.iteration_id = iteration;
      paged = list_ids (store, &one, order, 50);
    }
}

static void
analyze (const char *path)
{
  HoneDb *db = _hone_db_open (path, SQLITE_OPEN_READWRITE, NULL);

  g_assert_true (_hone_db_script (db, "ANALYZE", NULL));
  _hone_db_free (db);
}

static guint
check_work (const LongWork *work,
            gboolean        analyzed)
{
  g_autofree char *path = new_path ();
  HoneStore *store;
  HoneDb *db;
  guint n_bad;

  make_full_project (path);
  if (analyzed)
    analyze (path);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_cmpint (_hone_db_number (store->writer, -1, NULL, "SELECT count (*) FROM sqlite_master WHERE name LIKE 'sqlite_stat%'", ""), ==, 0);
  g_assert_true (!work->before || work->before (store, NULL));
  g_assert_true (work->work (store, NULL));
  add_label (store, N_OLD + 3, "ana", 2, HONE_ORIGIN_HUMAN);
  list_everything (store);
  n_bad = check_plans (store->writer);
  while ((db = g_async_queue_try_pop (store->readers)))
    {
      n_bad += check_plans (db);
      _hone_db_free (db);
    }
  close_store (store);
  remove_project (path);
  return n_bad;
}

static void
test_plans (gconstpointer data)
{
  guint n_bad = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (long_works); i++)
    n_bad += check_work (&long_works[i], GPOINTER_TO_INT (data));
  g_assert_cmpuint (n_bad, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  hone_fault_vfs_install ();     /* for its speed: it waits for no disk */
  g_test_add_data_func ("/store/plans/as-written", GINT_TO_POINTER (FALSE), test_plans);
  g_test_add_data_func ("/store/plans/analyzed-by-another", GINT_TO_POINTER (TRUE), test_plans);
  return g_test_run ();
}
