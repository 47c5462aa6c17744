/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts behind a number: each cell of a confusion matrix lists as many as it says. */
#include "config.h"

#include "store-works.h"

/* What is behind a cell, or with @answer NULL behind “unable”. */
static guint64
count_cell (HoneStore       *store,
            gint64           iteration,
            HoneCategorySet *reference,
            HoneCategorySet *answer)
{
  HoneFilter filter = HONE_FILTER_ALL;
  g_autofree char *listed = NULL;
  guint64 n;

  filter.split = HONE_SPLIT_VALIDATION;
  filter.iteration_id = iteration;
  filter.scored = 1;
  filter.reference = reference;
  filter.answer = answer;
  if (!answer)
    filter.outcome = HONE_FILTER_UNABLE;
  n = count (store, &filter);
  listed = list_ids (store, &filter, HONE_QUEUE_IMPORTED, 7);
  if (n > 0)
    {
      g_auto(GStrv) ids = g_strsplit (listed, " ", -1);

      g_assert_cmpuint (g_strv_length (ids), ==, n);
    }
  return n;
}

static void
test_cells (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(HoneTally) tally = NULL;
  HoneStore *store;
  gint64 iteration;
  guint64 listed = 0, in_cells = 0;
  gsize n_cells;
  const HoneTallyCell *cells;

  make_full_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  iteration = iteration_of (store, "y");
  tally = hone_store_get_tally (store, iteration, HONE_SPLIT_VALIDATION, NULL);
  cells = hone_tally_get_cells (tally, &n_cells);
  g_assert_cmpuint (n_cells, >=, 6);
  for (guint reference = 1; reference <= 3; reference++)
    for (guint answer = 0; answer <= 3; answer++)
      {
        g_autoptr(HoneCategorySet) row = hone_category_set_new_single (reference), column = answer ? hone_category_set_new_single (answer) : NULL;
        guint64 wanted = 0, n = count_cell (store, iteration, row, column);

        for (gsize i = 0; i < n_cells; i++)
          if (hone_category_set_equal (cells[i].reference, row) &&
              (answer ? cells[i].answer && hone_category_set_equal (cells[i].answer, column) : cells[i].outcome != HONE_OUTCOME_ANSWERED))
            wanted += cells[i].count;
        g_assert_cmpuint (n, ==, wanted);
        listed += n;
      }
  for (gsize i = 0; i < n_cells; i++)
    in_cells += cells[i].count;
  g_assert_cmpuint (listed, ==, in_cells);
  close_store (store);
  remove_project (path);
}

/* One label makes a text leave its cell for another. */
static void
test_label_moves (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(HoneCategorySet) before = NULL, after = NULL;
  HoneStore *store;
  const gint64 id = 2;      /* for validation, labelled and answered */
  gint64 iteration;
  guint64 left, reached;
  g_autoptr(HoneCategorySet) answer = NULL;
  HoneFilter one = HONE_FILTER_ALL;

  make_full_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  iteration = iteration_of (store, "y");
  before = hone_category_set_new_single (reference_of (store, id));
  after = hone_category_set_new_single (reference_of (store, id) % 3 + 1);
  answer = hone_category_set_new_single (3);      /* of text 2 by model “y”: 1 + (1 + 1) % 3 */
  left = count_cell (store, iteration, before, answer);
  reached = count_cell (store, iteration, after, answer);
  g_assert_cmpuint (left, >, 0);
  add_label (store, id, "ana", reference_of (store, id) % 3 + 1, HONE_ORIGIN_REVIEW);
  g_assert_cmpuint (count_cell (store, iteration, before, answer), ==, left - 1);
  g_assert_cmpuint (count_cell (store, iteration, after, answer), ==, reached + 1);
  one.iteration_id = iteration;
  one.answer_category = 3;
  one.category = reference_of (store, id);
  g_assert_cmpuint (count (store, &one), >=, 1);
  close_store (store);
  remove_project (path);
}

/* Nothing of an iteration shows in a list before it is published; what was never asked is missing. */
static void
test_unpublished (void)
{
  g_autofree char *path = new_path ();
  HoneFilter filter = HONE_FILTER_ALL;
  g_autofree char *nothing = NULL;
  HoneStore *store;
  guint64 n_missing = 0;

  make_full_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  filter.iteration_id = iteration_of (store, "x");
  filter.outcome = HONE_OUTCOME_ANSWERED;
  g_assert_cmpuint (count (store, &filter), ==, 0);
  nothing = list_ids (store, &filter, HONE_QUEUE_UNCERTAIN, 100);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (work_publish (store, NULL));
  g_assert_cmpuint (count (store, &filter), >, 0);

  import_numbered (store, "later", 10);
  filter.outcome = HONE_FILTER_MISSING;
  filter.split = HONE_SPLIT_VALIDATION;
  g_assert_true (hone_store_has_predictions (store, filter.iteration_id, HONE_SPLIT_VALIDATION, &n_missing, NULL));
  g_assert_cmpuint (n_missing, ==, 5);
  g_assert_cmpuint (count (store, &filter), ==, n_missing);
  close_store (store);
  remove_project (path);
}

/* An experiment that goes is no voice any more in how far models disagree, and is one again when it comes back. */
static void
test_experiments (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(HoneExperiment) experiment = NULL, copy = NULL;
  g_autoptr(GError) error = NULL;
  HoneFilter all = HONE_FILTER_ALL;
  g_autofree char *both = NULL, *one = NULL, *again = NULL;
  gint64 id;
  HoneStore *store;

  make_full_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_true (work_publish (store, NULL));
  both = list_ids (store, &all, HONE_QUEUE_DISAGREE, 1000);
  g_assert_cmpstr (both, !=, "");
  experiment = hone_store_find_experiment (store, "y", NULL);
  experiment->deleted = TRUE;
  g_assert_true (hone_store_update_experiment (store, experiment, NULL));
  one = list_ids (store, &all, HONE_QUEUE_DISAGREE, 1000);
  g_assert_cmpstr (one, ==, "");
  experiment->deleted = FALSE;
  g_assert_true (hone_store_update_experiment (store, experiment, NULL));
  again = list_ids (store, &all, HONE_QUEUE_DISAGREE, 1000);
  g_assert_cmpstr (again, ==, both);

  id = hone_store_duplicate_experiment (store, experiment->id, &error);
  g_assert_no_error (error);
  copy = hone_store_find_experiment (store, "y (2)", NULL);
  g_assert_cmpint (copy->id, ==, id);
  g_assert_cmpstr (copy->provider, ==, experiment->provider);
  g_assert_cmpint (iteration_of (store, "y (2)"), ==, 0);
  g_assert_cmpint (hone_store_duplicate_experiment (store, experiment->id, NULL), >, id);    /* “y (3)” */
  g_assert_cmpint (hone_store_duplicate_experiment (store, 999, &error), ==, 0);
  assert_store_error (error, NOT_FOUND);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/cells/counts", test_cells);
  g_test_add_func ("/store/cells/label-moves", test_label_moves);
  g_test_add_func ("/store/cells/unpublished", test_unpublished);
  g_test_add_func ("/store/cells/experiments", test_experiments);
  return g_test_run ();
}
