/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Log and curves of runs: as they are told, after another life, and thinned out. */
#include "config.h"

#include <string.h>

#include "jobs-support.h"
#include "jobs/hone-run-history-private.h"
#include "store/hone-store-runs.h"

static gboolean
has_line (HoneRunHistory *history,
          const char     *text,
          gboolean        warning)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr(HoneRunLine) line = g_list_model_get_item (G_LIST_MODEL (history), i);

      if (strcmp (hone_run_line_get_text (line), text) == 0)
        {
          g_assert_cmpint (hone_run_line_get_warning (line), ==, warning);
          return TRUE;
        }
    }
  return FALSE;
}

static void
assert_one_point (HoneRunHistory *history)
{
  gsize n;
  const HoneRunPoint *points = hone_run_history_get_points (history, &n);
  guint n_property;

  g_assert_cmpuint (n, ==, 1);
  g_assert_true (points[0].name == g_intern_string ("loss"));
  g_assert_cmpuint (points[0].step, ==, 1);
  g_assert_cmpfloat (points[0].value, ==, 0.5);
  g_object_get (history, "n-points", &n_property, NULL);
  g_assert_cmpuint (n_property, ==, 1);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (hone_run_history_load_finish (HONE_RUN_HISTORY (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
load (HoneRunHistory *history)
{
  gboolean over = FALSE;

  hone_run_history_load_async (history, NULL, loaded_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* The one that followed it knows all; one that comes later asks the project, and gets the same. */
static void
test_remembered (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("remembered.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store), later = NULL;
  g_autoptr(HoneRun) run = support_tune (queue, "trainer.py", TRUE, NULL), found = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneRunHistory) property = NULL;
  guint n_lines;

  assert_one_point (hone_run_get_history (run));
  g_assert_true (has_line (hone_run_get_history (run), "train", FALSE));
  g_assert_true (has_line (hone_run_get_history (run), "predict", FALSE));
  n_lines = g_list_model_get_n_items (G_LIST_MODEL (hone_run_get_history (run)));
  load (hone_run_get_history (run));   /* nothing comes twice */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hone_run_get_history (run))), ==, n_lines);
  g_object_get (run, "history", &property, NULL);
  g_assert_true (property == hone_run_get_history (run));

  later = hone_run_queue_new (store);
  g_assert_true (hone_run_queue_recover (later, &error));
  found = g_object_ref (hone_run_queue_find (later, hone_run_get_id (run)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hone_run_get_history (found))), ==, 0);
  load (hone_run_get_history (found));
  assert_one_point (hone_run_get_history (found));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hone_run_get_history (found))), ==, n_lines);
  load (hone_run_get_history (found));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hone_run_get_history (found))), ==, n_lines);
}

/* What failed, and when, shows in properties that a list can be bound to. */
static void
test_properties (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("properties.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  gint64 created, started, ended, iteration;

  g_setenv ("HONE_TEST_FAULT", "error", TRUE);
  run = support_tune (queue, "trainer.py", FALSE, &error);
  g_unsetenv ("HONE_TEST_FAULT");
  g_object_get (run, "error", &message, "created", &created, "started", &started, "ended", &ended, "iteration-id", &iteration, NULL);
  g_assert_cmpstr (message, ==, error->message);
  g_assert_cmpint (created, >, 0);
  g_assert_cmpint (started, >=, created);
  g_assert_cmpint (ended, >=, started);
  g_assert_cmpint (iteration, ==, 0);   /* dropped again */
  g_assert_true (has_line (hone_run_get_history (run), "not enough memory", TRUE));
}

/* A resumed run tells first what it said in its earlier life, in the order in which it was said. */
static void
test_resumed (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("resumed.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store), later = NULL;
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;
  HoneRun *again;
  g_autoptr(HoneRunLine) first = NULL;

  g_setenv ("HONE_TEST_FAULT", "error", TRUE);
  run = support_tune (queue, "trainer.py", FALSE, NULL);
  g_unsetenv ("HONE_TEST_FAULT");
  later = hone_run_queue_new (store);
  g_assert_true (hone_run_queue_recover (later, &error));
  again = hone_run_queue_find (later, hone_run_get_id (run));
  g_assert_true (hone_run_queue_resume (later, again, &error));
  g_assert_true (hone_run_wait (again, &error));
  g_assert_no_error (error);
  first = g_list_model_get_item (G_LIST_MODEL (hone_run_get_history (again)), 0);
  g_assert_cmpstr (hone_run_line_get_text (first), ==, "test trainer");
  g_assert_true (has_line (hone_run_get_history (again), "not enough memory", TRUE));
  g_assert_true (has_line (hone_run_get_history (again), "predict", FALSE));
  assert_one_point (hone_run_get_history (again));
}

static void
test_bounds (void)
{
  g_autoptr(HoneStore) store = support_new_project ("bounds.hone");
  g_autoptr(HoneRunHistory) history = _hone_run_history_new (store, 1, TRUE);
  const HoneRunPoint *points;
  g_autoptr(HoneRunLine) last = NULL;
  gsize n, n_other = 0;

  for (guint i = 0; i < 100000; i++)
    {
      _hone_run_history_add_point (history, i % 10 == 0 ? "other" : "loss", i, i);
      _hone_run_history_add_line (history, i == 99999 ? "the last" : "line", FALSE);
    }
  points = hone_run_history_get_points (history, &n);
  g_assert_cmpuint (n, <=, HONE_RUN_MAX_POINTS);
  g_assert_cmpuint (n, >=, HONE_RUN_MAX_POINTS / 4);
  g_assert_cmpuint (points[0].step, ==, 0);
  g_assert_cmpuint (points[n - 1].step, >=, 99990);
  for (gsize i = 0; i < n; i++)
    {
      n_other += strcmp (points[i].name, "other") == 0;
      g_assert_true (i == 0 || points[i].step > points[i - 1].step);
      g_assert_cmpfloat (points[i].value, ==, points[i].step);
    }
  g_assert_cmpuint (n_other, >=, n / 20);   /* a curve of few points is not lost among others */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), <=, HONE_RUN_MAX_LINES);
  last = g_list_model_get_item (G_LIST_MODEL (history), g_list_model_get_n_items (G_LIST_MODEL (history)) - 1);
  g_assert_cmpstr (hone_run_line_get_text (last), ==, "the last");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/run-history/remembered", test_remembered);
  g_test_add_func ("/jobs/run-history/properties", test_properties);
  g_test_add_func ("/jobs/run-history/resumed", test_resumed);
  g_test_add_func ("/jobs/run-history/bounds", test_bounds);
  return g_test_run ();
}
