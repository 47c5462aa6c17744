/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the report: what is chosen is seen, and the test set is asked about before the first look. */
#include "config.h"

#include <string.h>

#include "pages/report/hone-report-page.h"
#include "pages/report/hone-report-sheet.h"
#include "store/hone-store-experiments.h"
#include "ui-display.h"
#include "ui-iterations.h"
#include "ui-support.h"
#include "widgets/hone-job-bar.h"

typedef struct {
  char           *path;
  HoneProject    *project;
  HoneSelection  *selection;
  HoneScoreboard *scoreboard;
  GtkWidget      *page;
  GtkWindow      *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  with_iterations)
{
  fixture->path = ui_iterations_new_project ();
  fixture->project = ui_support_open (fixture->path);
  if (with_iterations)
    {
      ui_iterations_add (hone_project_get_store (fixture->project), "first", 5, TRUE);
      ui_iterations_add (hone_project_get_store (fixture->project), "first", 20, TRUE);
    }
  fixture->selection = hone_selection_new ();
  fixture->scoreboard = hone_scoreboard_new (fixture->project, fixture->selection);
  fixture->page = hone_report_page_new (fixture->project, fixture->selection, fixture->scoreboard);
  fixture->window = ui_display_show (fixture->page);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  with_iterations)
{
  gpointer page = fixture->page;

  g_object_add_weak_pointer (page, &page);
  gtk_window_destroy (fixture->window);
  ui_support_wait (is_gone, &page);
  g_object_unref (fixture->scoreboard);
  ui_display_settle ();
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static guint
count_sheets (Fixture *fixture)
{
  guint n = 0;

  while (ui_iterations_find (fixture->page, HONE_TYPE_REPORT_SHEET, n))
    n++;
  return n;
}

static void
tick (Fixture *fixture,
      guint    nth,
      gboolean active)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_iterations_find (fixture->page, GTK_TYPE_CHECK_BUTTON, nth)), active);
}

/* Two iterations stand above eight parts. Fewer of them are fewer pages; without an iteration there is no report. */
static void
test_choices (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *sheet;
  guint n_all;
  int height, narrow;

  ui_display_wait_for (fixture->page, "2 iterations · ");
  ui_display_wait_for (fixture->page, "Read This First");
  n_all = count_sheets (fixture);
  g_assert_cmpuint (n_all, >, 2);
  sheet = ui_iterations_find (fixture->page, HONE_TYPE_REPORT_SHEET, 0);
  gtk_widget_measure (sheet, GTK_ORIENTATION_VERTICAL, 600, &height, NULL, NULL, NULL);
  gtk_widget_measure (sheet, GTK_ORIENTATION_VERTICAL, 300, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (height, >, 700);
  g_assert_cmpint (ABS (height - 2 * narrow), <=, 2);

  for (guint i = 0; i < 8; i++)
    tick (fixture, 2 + i, FALSE);
  ui_display_wait_for (fixture->page, "2 iterations · 1 page");
  g_assert_cmpuint (count_sheets (fixture), ==, 1);
  gtk_test_accessible_assert_property (ui_iterations_find (fixture->page, HONE_TYPE_REPORT_SHEET, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Page 1 of 1");
  tick (fixture, 0, FALSE);
  ui_display_wait_for (fixture->page, "1 iteration · ");
  tick (fixture, 1, FALSE);
  ui_display_wait_for (fixture->page, "No Report Yet");
  g_assert_cmpuint (count_sheets (fixture), ==, 0);
}

/* What takes long can be stopped, and begun again. */
static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  HoneJobBar *job = HONE_JOB_BAR (ui_iterations_find (fixture->page, HONE_TYPE_JOB_BAR, 0));

  ui_display_wait_for (fixture->page, "2 iterations · ");
  tick (fixture, 0, FALSE);
  g_assert_true (hone_job_bar_get_running (job));
  hone_job_bar_cancel (job);
  g_assert_false (hone_job_bar_get_running (job));
  ui_display_wait_for (fixture->page, "It was stopped.");
  g_assert_true (gtk_widget_activate_action (fixture->page, "report.again", NULL));
  ui_display_wait_for (fixture->page, "1 iteration · ");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  ui_display_wait_for (fixture->page, "No Report Yet");
  ui_iterations_add (hone_project_get_store (fixture->project), "later", 5, FALSE);
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_display_wait_for (fixture->page, "1 iteration · ");
}

/* ---- the test set ---- */

static guint64
count_openings (Fixture *fixture)
{
  return hone_store_count_openings (hone_project_get_store (fixture->project), NULL);
}

static void
test_test (Fixture       *fixture,
           gconstpointer  data)
{
  GtkDropDown *split;

  ui_display_wait_for (fixture->page, "2 iterations · ");
  split = GTK_DROP_DOWN (ui_iterations_find (fixture->page, GTK_TYPE_DROP_DOWN, 0));
  gtk_drop_down_set_selected (split, HONE_SPLIT_TEST);
  ui_display_wait_for (fixture->page, "Nobody has looked at scores of the test texts yet");
  g_assert_true (gtk_widget_activate_action (fixture->page, "report.open-test", NULL));
  ui_display_answer ("Cancel");
  ui_display_wait_for (fixture->page, "The Test Set Is Sealed");
  g_assert_cmpuint (count_openings (fixture), ==, 0);

  g_assert_true (gtk_widget_activate_action (fixture->page, "report.open-test", NULL));
  ui_display_answer ("Open");
  ui_display_wait_for (fixture->page, "2 iterations · ");
  g_assert_cmpuint (count_openings (fixture), ==, 2);

  /* The second time nobody asks. */
  gtk_drop_down_set_selected (split, HONE_SPLIT_VALIDATION);
  ui_display_wait_for (fixture->page, "2 iterations · ");
  gtk_drop_down_set_selected (split, HONE_SPLIT_TEST);
  ui_display_wait_for (fixture->page, "It was opened 2 times so far");
  g_assert_true (gtk_widget_activate_action (fixture->page, "report.open-test", NULL));
  g_assert_null (ui_display_find_saying ("Open the Test Set?"));
  ui_display_wait_for (fixture->page, "2 iterations · ");
  g_assert_cmpuint (count_openings (fixture), ==, 4);
}

#define ADD(name, with, func) g_test_add ("/ui/report-page/" name, Fixture, GSIZE_TO_POINTER (with), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  ADD ("choices", TRUE, test_choices);
  ADD ("stop", TRUE, test_stop);
  ADD ("empty", FALSE, test_empty);
  ADD ("test", TRUE, test_test);
  return g_test_run ();
}
