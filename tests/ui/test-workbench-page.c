/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbench as a whole: panes that fill it and come back, room that is remembered. */
#include "config.h"

#include "chart/hone-matrix.h"
#include "pages/labeling/hone-labeling-view.h"
#include "pages/workbench/hone-chart-pane.h"
#include "pages/workbench/hone-experiment-sidebar.h"
#include "pages/workbench/hone-matrix-pane.h"
#include "pages/workbench/hone-workbench-page.h"
#include "ui-display.h"
#include "ui-support.h"
#include "widgets/hone-settings.h"

typedef struct {
  char          *path;
  HoneProject   *project;
  HoneSelection *selection;
  GtkWidget     *page, *view;
  GtkWindow     *window;
} Fixture;

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
show (Fixture *fixture)
{
  fixture->page = hone_workbench_page_new (fixture->project, fixture->selection);
  fixture->view = hone_labeling_view_new (fixture->project, fixture->selection);
  hone_workbench_page_set_labeling (HONE_WORKBENCH_PAGE (fixture->page), fixture->view);
  fixture->window = ui_display_show (fixture->page);
  gtk_window_set_default_size (fixture->window, 1100, 700);
  ui_display_settle ();
}

static void
hide (Fixture *fixture)
{
  gpointer page = fixture->page;

  g_object_add_weak_pointer (page, &page);
  gtk_window_destroy (fixture->window);
  ui_support_wait (is_gone, &page);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_settings_reset (hone_settings_get (), "workbench-rows");
  g_settings_reset (hone_settings_get (), "workbench-columns");
  g_settings_reset (hone_settings_get (), "sidebar-width");
  fixture->path = ui_support_new_project (40);
  fixture->project = ui_support_open (fixture->path);
  ui_support_move_to_validation (hone_project_get_store (fixture->project));
  ui_support_add_iteration (hone_project_get_store (fixture->project), "first", 0);
  fixture->selection = hone_selection_new ();
  show (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hide (fixture);
  ui_display_settle ();
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static GtkPaned *
find_rows (Fixture *fixture)
{
  return GTK_PANED (gtk_widget_get_ancestor (ui_display_find (fixture->page, HONE_TYPE_LABELING_VIEW), GTK_TYPE_PANED));
}

static void
fill (Fixture    *fixture,
      const char *pane)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, "workbench.fill", "s", pane));
  ui_display_settle ();
}

static void
assert_seen (Fixture  *fixture,
             gboolean  chart,
             gboolean  matrix,
             gboolean  labeling)
{
  g_assert_cmpint (gtk_widget_get_mapped (ui_display_find (fixture->page, HONE_TYPE_CHART_PANE)), ==, chart);
  g_assert_cmpint (gtk_widget_get_mapped (ui_display_find (fixture->page, HONE_TYPE_MATRIX_PANE)), ==, matrix);
  g_assert_cmpint (gtk_widget_get_mapped (fixture->view), ==, labeling);
  g_assert_cmpint (gtk_widget_get_mapped (ui_display_find (fixture->page, HONE_TYPE_EXPERIMENT_SIDEBAR)), ==, chart && matrix && labeling);
}

static gboolean
has_focus (Fixture   *fixture,
           GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Each pane alone, from one to the next, and back by its own key or Escape. */
static void
test_fill (Fixture       *fixture,
           gconstpointer  data)
{
  int rows = gtk_paned_get_position (find_rows (fixture));

  assert_seen (fixture, TRUE, TRUE, TRUE);
  ui_display_key (fixture->page, GDK_KEY_Escape);
  assert_seen (fixture, TRUE, TRUE, TRUE);
  fill (fixture, "labeling");
  assert_seen (fixture, FALSE, FALSE, TRUE);
  g_assert_true (has_focus (fixture, fixture->view));
  g_assert_cmpint (gtk_widget_get_height (fixture->view), ==, gtk_widget_get_height (fixture->page));
  fill (fixture, "matrix");
  assert_seen (fixture, FALSE, TRUE, FALSE);
  fill (fixture, "chart");
  assert_seen (fixture, TRUE, FALSE, FALSE);
  fill (fixture, "chart");
  assert_seen (fixture, TRUE, TRUE, TRUE);
  fill (fixture, "labeling");
  g_assert_true (ui_display_key (fixture->page, GDK_KEY_Escape));
  ui_display_settle ();
  assert_seen (fixture, TRUE, TRUE, TRUE);
  g_assert_cmpint (gtk_paned_get_position (find_rows (fixture)), ==, rows);
}

static void
test_label (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_widget_child_focus (ui_display_find (fixture->page, HONE_TYPE_EXPERIMENT_SIDEBAR), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_activate_action (fixture->page, "workbench.label", NULL));
  g_assert_true (has_focus (fixture, fixture->view));
  fill (fixture, "chart");
  g_assert_true (gtk_widget_activate_action (fixture->page, "workbench.label", NULL));
  ui_display_settle ();
  assert_seen (fixture, TRUE, TRUE, TRUE);
  g_assert_true (has_focus (fixture, fixture->view));
}

/* The next window begins as the last one was left. */
static void
test_remember (Fixture       *fixture,
               gconstpointer  data)
{
  int rows = gtk_paned_get_position (find_rows (fixture));

  g_assert_cmpint (rows, >, 300);
  gtk_paned_set_position (find_rows (fixture), rows + 60);
  ui_display_settle ();
  hide (fixture);
  show (fixture);
  g_assert_cmpint (ABS (gtk_paned_get_position (find_rows (fixture)) - rows - 60), <=, 4);
  g_assert_cmpfloat (g_settings_get_double (hone_settings_get (), "workbench-rows"), >, 0.55);
}

/* Ten of twenty texts are Odd, and all were read as Even: a cell fills labeling, and a label there moves the numbers at once. */
static void
test_linked (Fixture       *fixture,
             gconstpointer  data)
{
  HoneLabeling *labeling = hone_labeling_view_get_labeling (HONE_LABELING_VIEW (fixture->view));

  ui_display_wait_for (fixture->page, "Iteration 0");
  ui_display_wait_for (fixture->page, "n = 20");
  g_signal_emit_by_name (ui_display_find (fixture->page, HONE_TYPE_MATRIX), "activated", 1, 0);
  ui_display_wait_for (fixture->view, "Label: Odd");
  ui_display_wait_for (fixture->view, "Answer: Even");
  ui_display_wait_for (fixture->view, "1 / 10");
  ui_display_wait_for (fixture->view, "labelled Odd");
  hone_labeling_pick (labeling, 1);
  ui_display_wait_for (fixture->page, "the last label changed: Even 11 (+1), Odd read as Even 9 (−1)");
  ui_display_wait_for (fixture->view, "2 / 10");
  ui_display_wait_for (fixture->page, "n = 20");
  hone_labeling_undo (labeling);
  ui_display_wait_for (fixture->page, "the last label changed: Even 10 (−1), Odd read as Even 10 (+1)");
}

/* Whoever looks at the newest one looks at the next one when it comes; whoever chose an older one, or its texts, stays there. */
static void
test_follow (Fixture       *fixture,
             gconstpointer  data)
{
  HoneStore *store = hone_project_get_store (fixture->project);
  gint64 first, last;

  ui_display_wait_for (fixture->page, "Iteration 0");
  ui_display_wait_for (fixture->page, "n = 20");
  first = hone_selection_get_iteration (fixture->selection);
  last = ui_support_add_iteration (store, "first", 3);
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_display_wait_for (fixture->page, "Iteration 1");
  g_assert_cmpint (hone_selection_get_iteration (fixture->selection), ==, last);
  hone_selection_set_iteration (fixture->selection, first);
  ui_support_add_iteration (store, "first", 4);
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_display_wait_for (fixture->page, "Iteration 2");
  g_assert_cmpint (hone_selection_get_iteration (fixture->selection), ==, first);
  hone_selection_set_iteration (fixture->selection, last + 1);
  g_signal_emit_by_name (ui_display_find (fixture->page, HONE_TYPE_MATRIX), "activated", 1, 0);
  ui_support_add_iteration (store, "first", 5);
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_display_wait_for (fixture->page, "Iteration 3");
  g_assert_cmpint (hone_selection_get_iteration (fixture->selection), ==, last + 1);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  if (!ui_display_init (&argc, &argv))
    return 0;
  g_test_add ("/ui/workbench-page/fill", Fixture, NULL, set_up, test_fill, tear_down);
  g_test_add ("/ui/workbench-page/label", Fixture, NULL, set_up, test_label, tear_down);
  g_test_add ("/ui/workbench-page/remember", Fixture, NULL, set_up, test_remember, tear_down);
  g_test_add ("/ui/workbench-page/follow", Fixture, NULL, set_up, test_follow, tear_down);
  g_test_add ("/ui/workbench-page/linked", Fixture, NULL, set_up, test_linked, tear_down);
  return g_test_run ();
}
