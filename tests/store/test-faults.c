/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nth write or sync fails, and all after it: the file stays whole, and what was said to be done is there. */
#include "config.h"

#include "hone-fault-vfs.h"
#include "store-works.h"

#define N_ROWS 400
#define BATCH  100

typedef gboolean (*Work) (HoneStore *store, GError **error);
typedef gboolean (*IsDone) (HoneStore *store);

static gboolean
import_many (HoneStore  *store,
             GError    **error)
{
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "many", "csv", NULL, error);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel label = { .categories = money };

  if (import == NULL)
    return FALSE;
  for (int i = 0; i < N_ROWS; i += BATCH)
    {
      HoneImportRow rows[BATCH];
      HoneImportResult results[BATCH];
      char texts[BATCH][64], ids[BATCH][16];

      for (int j = 0; j < BATCH; j++)
        {
          g_snprintf (texts[j], sizeof texts[j], "a text with some words and the number %d", i + j);
          g_snprintf (ids[j], sizeof ids[j], "m%d", i + j);
          rows[j] = (HoneImportRow) { .external_id = ids[j], .text = texts[j], .split = -1, .labels = &label, .n_labels = 1 };
        }
      if (!hone_store_import_add (import, rows, BATCH, results, error))
        return FALSE;
    }
  return hone_store_import_finish (import, NULL, error) != 0;
}

static guint64
count_examples (HoneStore *store)
{
  HoneFilter all = HONE_FILTER_ALL;

  return count (store, &all);
}

static gboolean
has_imported (HoneStore *store)
{
  guint64 n = count_examples (store);

  g_assert_true (n == 2 || n == 2 + N_ROWS);
  return n > 2;
}

static gboolean
give_label (HoneStore  *store,
            GError    **error)
{
  g_autoptr(HoneCategorySet) politics = hone_category_set_new_single (2);
  HoneLabel label = { .example_id = 1, .author = (char *) "ana", .categories = politics };

  return hone_store_add_label (store, &label, error) != 0;
}

static gboolean
has_label (HoneStore *store)
{
  return reference_of (store, 1) == 2;
}

static gboolean
publish (HoneStore  *store,
         GError    **error)
{
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HonePrediction item = { .example_id = 2, .categories = money, .confidence = 0.5 };
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, "x", error);

  return iteration != NULL && hone_store_add_predictions (store, iteration->id, &item, 1, error) &&
         hone_store_publish_predictions (store, iteration->id, HONE_SPLIT_VALIDATION, error);
}

static gboolean
has_published (HoneStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, "x", &error);
  g_autoptr(HoneTally) tally = NULL;

  g_assert_no_error (error);
  tally = hone_store_get_tally (store, iteration->id, HONE_SPLIT_VALIDATION, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, hone_store_has_predictions (store, iteration->id, HONE_SPLIT_VALIDATION, NULL, &error));
  return hone_tally_get_n (tally) == 1;
}

static void
make_project (const char *path)
{
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  const Row rows[] = { { "a", "Rates rise", HONE_SPLIT_TRAIN, 0 }, { "b", "A goal", HONE_SPLIT_VALIDATION, 3 } };
  HoneExperiment experiment = { .name = (char *) "x", .provider = (char *) "engine", .settings = (char *) "{}" };
  HoneIteration iteration = { .template_hash = (char *) "h", .settings = (char *) "{}" };

  import_rows (store, rows, 2, NULL, NULL);
  iteration.experiment_id = hone_store_add_experiment (store, &experiment, NULL);
  iteration.id = hone_store_add_iteration (store, &iteration, NULL);
  g_assert_true (hone_store_publish_iteration (store, &iteration, NULL));
  close_store (store);
}

/* One life of a project in which the nth write fails. Returns whether any did. */
static gboolean
live (const char *path,
      Work        work,
      IsDone      is_done,
      guint64     nth)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store;
  gboolean fired, done = FALSE;

  hone_fault_vfs_arm (nth);
  store = hone_store_open (path, HONE_STORE_WRITE, &error);
  if (store != NULL)
    {
      done = work (store, &error);
      hone_store_close (store, NULL);
      g_object_unref (store);
    }
  fired = hone_fault_vfs_disarm ();
  if (!done)
    assert_store_error (error, IO);

  store = reopen (path, HONE_STORE_WRITE);
  check_store (store);
  g_assert_cmpuint (count_examples (store), >=, 2);
  /* what failed to sync may have been written all the same; what was acknowledged must be there */
  if (done)
    g_assert_true (is_done (store));
  else
    is_done (store);

  /* and it goes on */
  g_assert_true (work (store, &error) || is_done (store));
  close_store (store);
  return fired;
}

static void
fail_everywhere (Work   work,
                 IsDone is_done)
{
  for (int kind = HONE_FAULT_IO; kind <= HONE_FAULT_FULL; kind++)
    {
      guint64 nth = 1, step = 1;
      g_autofree char *model = new_path (), *bytes = NULL;
      gsize size;

      make_project (model);
      g_assert_true (g_file_get_contents (model, &bytes, &size, NULL));

      hone_fault_vfs_set_kind (kind);
      for (gboolean fired = TRUE; fired; nth += step)
        {
          g_autofree char *path = new_path ();

          g_assert_true (g_file_set_contents (path, bytes, size, NULL));
          fired = live (path, work, is_done, nth);
          remove_project (path);
          if (nth >= 30 && !g_test_slow ())
            step = 1 + nth / 8;
        }
      g_test_message ("%d kinds, %" G_GUINT64_FORMAT " points", kind + 1, nth);
      g_assert_cmpuint (nth, >, 5);
      remove_project (model);
    }
}

static void
test_import (void)
{
  fail_everywhere (import_many, has_imported);
}

static void
test_label (void)
{
  fail_everywhere (give_label, has_label);
}

static void
test_publish (void)
{
  fail_everywhere (publish, has_published);
}

static void
let_pass (gpointer data,
          gpointer user_data)
{
}

/* Every work of many rows, one step to a slice. */
static void
test_long_work (gconstpointer data)
{
  const LongWork *work = data;
  g_autofree char *bytes = NULL, *before = NULL, *after = NULL;
  guint64 nth = 1, step = 1;
  gsize size;

  prepare_work (work, &bytes, &size, &before, &after);
  hone_fault_vfs_set_kind (HONE_FAULT_IO);
  for (gboolean fired = TRUE; fired; nth += step)
    {
      g_autofree char *path = new_path ();
      g_autoptr(GError) error = NULL;
      HoneStore *store;
      gboolean done = FALSE;

      g_assert_true (g_file_set_contents (path, bytes, size, NULL));
      hone_fault_vfs_arm (nth);
      store = hone_store_open (path, HONE_STORE_WRITE, &error);
      if (store)
        {
          _hone_store_watch_slices (store, let_pass, NULL);
          done = work->work (store, &error);
          hone_store_close (store, NULL);
          g_object_unref (store);
        }
      fired = hone_fault_vfs_disarm ();
      if (!done)
        assert_store_error (error, IO);
      assert_whole (path, before, after, done);
      remove_project (path);
      if (nth >= 12 && !g_test_slow ())
        step = 1 + nth / 5;
    }
  g_assert_cmpuint (nth, >, 12);
}

/* A disk that is full for a while: the store that is open works again once there is room. */
static void
test_recovers (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(GError) error = NULL;
  HoneStore *store;

  make_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  hone_fault_vfs_set_kind (HONE_FAULT_FULL);
  hone_fault_vfs_arm (1);
  g_assert_false (give_label (store, &error));
  assert_store_error (error, IO);
  g_clear_error (&error);
  g_assert_false (import_many (store, &error));
  assert_store_error (error, IO);
  g_clear_error (&error);
  g_assert_true (hone_fault_vfs_disarm ());
  g_assert_true (give_label (store, &error));
  g_assert_no_error (error);
  g_assert_true (import_many (store, &error));
  g_assert_no_error (error);
  g_assert_true (has_label (store) && has_imported (store));
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  hone_fault_vfs_install ();
  g_test_add_func ("/store/faults/label", test_label);
  g_test_add_func ("/store/faults/publish", test_publish);
  g_test_add_func ("/store/faults/import", test_import);
  g_test_add_func ("/store/faults/recovers", test_recovers);
  for (gsize i = 0; i < G_N_ELEMENTS (long_works); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/faults/long/%s", long_works[i].name);

      g_test_add_data_func (path, &long_works[i], test_long_work);
    }
  return g_test_run ();
}
