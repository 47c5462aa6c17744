/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to experiments from the sidebar of the workbench. */
#include "config.h"

#include "pages/workbench/hone-experiment-dialog.h"
#include "pages/workbench/hone-experiment-sidebar.h"
#include "pages/workbench/hone-sidebar-row.h"
#include "ui-display.h"
#include "ui-support.h"

typedef struct {
  char           *path;
  HoneProject    *project;
  HoneSelection  *selection;
  HoneScoreboard *scoreboard;
  GtkWidget      *sidebar;
  GtkWindow      *window;
  guint           n;          /* waited for */
} Fixture;

static gboolean
has_rows (gpointer data)
{
  Fixture *fixture = data;
  GtkListView *list = GTK_LIST_VIEW (ui_display_find (fixture->sidebar, GTK_TYPE_LIST_VIEW));

  return hone_scoreboard_get_loaded (fixture->scoreboard) && g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list))) == fixture->n;
}

static void
wait_for_rows (Fixture *fixture,
               guint    n)
{
  fixture->n = n;
  ui_support_wait (has_rows, fixture);
  ui_display_settle ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  fixture->path = ui_support_new_project (20);
  fixture->project = ui_support_open (fixture->path);
  ui_support_move_to_validation (hone_project_get_store (fixture->project));
  ui_support_add_iteration (hone_project_get_store (fixture->project), "first", 5);
  ui_support_add_iteration (hone_project_get_store (fixture->project), "second", 6);
  fixture->selection = hone_selection_new ();
  fixture->scoreboard = hone_scoreboard_new (fixture->project, fixture->selection);
  fixture->sidebar = hone_experiment_sidebar_new (fixture->project, fixture->selection, fixture->scoreboard);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), fixture->sidebar);
  fixture->window = ui_display_show (overlay);
  wait_for_rows (fixture, 4);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer sidebar = fixture->sidebar;

  g_object_add_weak_pointer (sidebar, &sidebar);
  gtk_window_destroy (fixture->window);
  ui_support_wait (is_gone, &sidebar);
  g_object_unref (fixture->scoreboard);
  ui_display_settle ();
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static HoneSidebarRow *
row_of (Fixture *fixture,
        gint64   experiment)
{
  GtkWidget *list = ui_display_find (fixture->sidebar, GTK_TYPE_LIST_VIEW);

  for (GtkWidget *child = gtk_widget_get_first_child (list); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (HONE_IS_SIDEBAR_ROW (row) && hone_sidebar_row_get_experiment_id (HONE_SIDEBAR_ROW (row)) == experiment)
        return HONE_SIDEBAR_ROW (row);   /* the experiment stands before its iterations */
    }
  return NULL;
}

static void
undo (Fixture *fixture)
{
  GtkWidget *button = ui_display_find_button (GTK_WIDGET (fixture->window), "Undo");

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
act (Fixture    *fixture,
     const char *action,
     gint64      id)
{
  return gtk_widget_activate_action (fixture->sidebar, action, "x", id);
}

/* Deleted, gone from the list, and back by the button of the toast. */
static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_true (act (fixture, "experiment.delete", 1));
  wait_for_rows (fixture, 2);
  g_assert_null (row_of (fixture, 1));
  undo (fixture);
  wait_for_rows (fixture, 4);
  g_assert_nonnull (row_of (fixture, 1));
}

/* Keys mean the row that has the focus. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (row_of (fixture, 2)));

  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_next_sibling (item)));   /* its iteration */
  g_assert_true (ui_display_key (fixture->sidebar, GDK_KEY_Delete));
  ui_display_wait_for (GTK_WIDGET (fixture->window), "One iteration cannot be deleted");
  g_assert_nonnull (row_of (fixture, 2));
  g_assert_true (gtk_widget_grab_focus (item));
  g_assert_true (ui_display_key (fixture->sidebar, GDK_KEY_Delete));
  wait_for_rows (fixture, 2);
  g_assert_null (row_of (fixture, 2));
  g_assert_nonnull (row_of (fixture, 1));
}

static void
test_archive (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *toggle = ui_display_find (fixture->sidebar, GTK_TYPE_TOGGLE_BUTTON);

  g_assert_false (gtk_widget_get_visible (toggle));
  g_assert_true (act (fixture, "experiment.archive", 2));
  wait_for_rows (fixture, 2);
  g_assert_null (row_of (fixture, 2));
  g_assert_true (gtk_widget_get_visible (toggle));
  g_assert_true (gtk_widget_activate_action (fixture->sidebar, "experiment.show-archived", NULL));
  wait_for_rows (fixture, 4);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
  g_assert_true (act (fixture, "experiment.unarchive", 2));
  ui_display_settle ();
  ui_display_wait_for (fixture->sidebar, "second");
  g_assert_false (gtk_widget_get_visible (toggle));
}

static void
test_duplicate (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_true (act (fixture, "experiment.duplicate", 1));
  wait_for_rows (fixture, 5);
  g_assert_nonnull (row_of (fixture, 3));
  ui_display_wait_for (fixture->sidebar, "first (2)");
  undo (fixture);
  wait_for_rows (fixture, 4);
}

/* The menu of a row names what it can do; the “more” button has a name of its own. */
static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *more = ui_display_find (GTK_WIDGET (row_of (fixture, 1)), GTK_TYPE_BUTTON);
  GtkWidget *menu = ui_display_find (fixture->sidebar, GTK_TYPE_POPOVER_MENU);

  gtk_test_accessible_assert_property (more, GTK_ACCESSIBLE_PROPERTY_LABEL, "Menu of first");
  g_signal_emit_by_name (more, "clicked");
  ui_display_settle ();
  g_assert_true (gtk_widget_get_visible (menu));
  g_assert_cmpint (g_menu_model_get_n_items (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menu))), ==, 2);
  gtk_popover_popdown (GTK_POPOVER (menu));
  ui_display_settle ();
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row_of (fixture, 2))));
  g_assert_true (ui_display_key (fixture->sidebar, GDK_KEY_Menu));
  ui_display_settle ();
  g_assert_true (gtk_widget_get_visible (menu));
}

/* Names that are empty, hold an @ or are taken are refused in place. */
static void
test_dialog (Fixture       *fixture,
             gconstpointer  data)
{
  const HoneExperiment *experiment = hone_experiment_item_get (hone_scoreboard_find_experiment (fixture->scoreboard, 1));
  GtkWindow *dialog = hone_experiment_dialog_new (fixture->window, fixture->project, experiment, FALSE);
  GtkWidget *name = ui_display_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW);
  gpointer left = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &left);
  gtk_window_present (dialog);
  ui_display_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "first");
  gtk_editable_set_text (GTK_EDITABLE (name), " ");
  ui_display_wait_for (GTK_WIDGET (dialog), "An experiment needs a name");
  gtk_editable_set_text (GTK_EDITABLE (name), "a@1");
  ui_display_wait_for (GTK_WIDGET (dialog), "A name cannot hold “@”");
  gtk_editable_set_text (GTK_EDITABLE (name), "second");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "experiment.save", NULL));
  ui_display_wait_for (GTK_WIDGET (dialog), "There is an experiment “second” already");
  gtk_editable_set_text (GTK_EDITABLE (name), "another");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "experiment.save", NULL));
  ui_support_wait (is_gone, &left);
  ui_display_wait_for (fixture->sidebar, "another");
}

#define ADD(name, func) g_test_add ("/ui/sidebar/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  ADD ("delete", test_delete);
  ADD ("keys", test_keys);
  ADD ("archive", test_archive);
  ADD ("duplicate", test_duplicate);
  ADD ("menu", test_menu);
  ADD ("dialog", test_dialog);
  return g_test_run ();
}
