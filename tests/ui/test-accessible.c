/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks through the whole window, page by page and dialog by dialog, and fails on each control that a screen reader could not name. A
 * tooltip is no name: it is a description, and only there for a pointer. */
#include "config.h"

#include <glib/gstdio.h>

#include "chart/hone-chart.h"
#include "chart/hone-matrix.h"
#include "hone-application.h"
#include "hone-window.h"
#include "pages/workbench/hone-experiment-sidebar.h"
#include "ui-display.h"
#include "ui-support.h"

/* ---- what has a name ---- */

static gboolean
shows_text (GtkWidget *inside)
{
  if (GTK_IS_LABEL (inside) && gtk_widget_get_mapped (inside) && *gtk_label_get_text (GTK_LABEL (inside)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    if (shows_text (child))
      return TRUE;
  return FALSE;
}

/* An empty name is set, and names nothing. */
static gboolean
has_label (GtkAccessible *accessible)
{
  g_autofree char *differs = NULL;

  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  differs = gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  return differs != NULL;
}

/* GTK says of every button that its child labels it, be it a picture. */
static gboolean
is_labelled (GtkWidget *widget)
{
  g_autofree char *differs = NULL;

  if (!gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return FALSE;
  if (!GTK_IS_BUTTON (widget) || !gtk_button_get_child (GTK_BUTTON (widget)))
    return TRUE;
  differs = gtk_test_accessible_check_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                                gtk_button_get_child (GTK_BUTTON (widget)), NULL);
  return differs != NULL;
}

static gboolean
is_named_by_text (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || ADW_IS_PREFERENCES_ROW (widget) || GTK_IS_LIST_BOX_ROW (widget);
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return has_label (accessible) || is_labelled (widget) ||
         (is_named_by_text (widget) && shows_text (widget)) || (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)));
}

/* ---- what needs one ---- */

static gboolean
is_one_of (GtkWidget   *widget,
           const GType *types,
           gsize        n_types)
{
  for (gsize i = 0; i < n_types; i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (widget, types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
needs_name (GtkWidget *widget)
{
  const GType types[] = {
    GTK_TYPE_BUTTON, GTK_TYPE_MENU_BUTTON, GTK_TYPE_CHECK_BUTTON, GTK_TYPE_SWITCH, GTK_TYPE_SPIN_BUTTON, GTK_TYPE_ENTRY,
    GTK_TYPE_SEARCH_ENTRY, GTK_TYPE_PASSWORD_ENTRY, GTK_TYPE_TEXT_VIEW, GTK_TYPE_DROP_DOWN, GTK_TYPE_SCALE, GTK_TYPE_LIST_BOX,
    GTK_TYPE_LIST_BOX_ROW, GTK_TYPE_LIST_VIEW, GTK_TYPE_COLUMN_VIEW, GTK_TYPE_GRID_VIEW, HONE_TYPE_CHART, HONE_TYPE_MATRIX,
  };

  return is_one_of (widget, types, G_N_ELEMENTS (types));
}

/* The insides of these belong to GTK, and the whole is what is named. */
static gboolean
is_whole (GtkWidget *widget)
{
  const GType types[] = {
    GTK_TYPE_MENU_BUTTON, GTK_TYPE_SPIN_BUTTON, GTK_TYPE_ENTRY, GTK_TYPE_SEARCH_ENTRY, GTK_TYPE_DROP_DOWN, GTK_TYPE_WINDOW_CONTROLS,
    GTK_TYPE_POPOVER, ADW_TYPE_ENTRY_ROW, ADW_TYPE_COMBO_ROW,
  };

  return is_one_of (widget, types, G_N_ELEMENTS (types));
}

/* The list of a group of rows that has no title is a box round them: what is in it is named. So is the list that GTK makes the rows of a
 * table in, which stands for the table. */
static gboolean
is_box (GtkWidget *widget)
{
  AdwPreferencesGroup *group;

  if (GTK_IS_LIST_VIEW (widget))
    return gtk_widget_get_ancestor (widget, GTK_TYPE_COLUMN_VIEW) != NULL;
  if (!GTK_IS_LIST_BOX (widget))
    return FALSE;
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW))
    return TRUE;
  group = ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP));
  return group && !*adw_preferences_group_get_title (group) && g_str_equal (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), "GtkBox");
}

/* ---- the walk ---- */

typedef struct {
  guint    n_checked;
  GString *unnamed;
} Walk;

static void
tell_path (GString   *out,
           GtkWidget *widget)
{
  for (int depth = 0; widget && depth < 6; depth++, widget = gtk_widget_get_parent (widget))
    g_string_append_printf (out, "%s%s", depth ? " in " : "", G_OBJECT_TYPE_NAME (widget));
  g_string_append_c (out, '\n');
}

static void
walk (Walk      *self,
      GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (needs_name (widget) && !is_box (widget))
    {
      self->n_checked++;
      if (!has_name (widget))
        tell_path (self->unnamed, widget);
    }
  if (is_whole (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    walk (self, child);
}

/* @least: how many controls are there at the least; fewer means that the walk saw nothing. */
static void
check (GtkWidget  *window,
       const char *where,
       guint       least)
{
  Walk self = { 0, g_string_new (NULL) };

  ui_display_settle ();
  g_assert_true (gtk_widget_get_mapped (window));
  walk (&self, window);
  if (self.unnamed->len)
    g_error ("%s: without a name are\n%s", where, self.unnamed->str);
  if (self.n_checked < least)
    g_error ("%s: %u controls were seen, at least %u are there", where, self.n_checked, least);
  g_test_message ("%s: %u controls have a name", where, self.n_checked);
  g_string_free (self.unnamed, TRUE);
}

/* ---- the window ---- */

typedef struct {
  HoneWindow      *window;
  char            *path;
} Fixture;

static void
add_iterations (const char *path)
{
  HoneProject *project = ui_support_open (path);
  HoneStore *store = hone_project_get_store (project);

  ui_support_move_to_validation (store);
  ui_support_add_iteration (store, "first", 5);
  ui_support_add_iteration (store, "second", 8);
  ui_support_close_kept (project);
  g_object_unref (project);
}

/* One for all tests: where there is a session bus, a process can show only one under its name. */
static HoneApplication *
get_application (void)
{
  static HoneApplication *application;
  g_autoptr(GError) error = NULL;

  if (application)
    return application;
  application = hone_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->path = ui_support_new_project (40);
  add_iterations (fixture->path);
  fixture->window = hone_window_new (GTK_APPLICATION (get_application ()));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_display_settle ();
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* With the window its project goes too, once it is closed. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer window = fixture->window;
  HoneProject *project;

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  ui_support_wait (is_gone, &window);
  ui_display_settle ();
  project = ui_support_open (fixture->path);
  ui_support_close (project);
  g_object_unref (project);
  g_free (fixture->path);
}

static void
test_start (Fixture       *fixture,
            gconstpointer  data)
{
  check (GTK_WIDGET (fixture->window), "start page", 4);
}

static void
open_project (Fixture *fixture)
{
  hone_window_open (fixture->window, fixture->path);
  ui_display_wait_for (GTK_WIDGET (fixture->window), "first");
  ui_display_wait_for (GTK_WIDGET (fixture->window), "n = ");
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  open_project (fixture);
  check (window, "workbench", 15);
  g_assert_true (gtk_widget_activate_action (window, "win.show-page", "s", "data"));
  ui_display_wait_for (window, "40 texts");
  check (window, "data", 8);
  g_assert_true (gtk_widget_activate_action (window, "win.show-page", "s", "compare"));
  ui_display_settle ();
  check (window, "compare", 4);
  g_assert_true (gtk_widget_activate_action (window, "win.show-page", "s", "report"));
  ui_display_wait_for (window, "Confusion matrix");
  check (window, "report", 12);
}

/* ---- dialogs ---- */

static GtkWidget *
find_dialog (Fixture *fixture)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (l->data != fixture->window && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
has_dialog (gpointer fixture)
{
  return find_dialog (fixture) != NULL;
}

static gboolean
has_none (gpointer fixture)
{
  return find_dialog (fixture) == NULL;
}

static GtkWidget *
open_dialog (Fixture    *fixture,
             const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  ui_support_wait (has_dialog, fixture);
  ui_display_settle ();
  return find_dialog (fixture);
}

static void
close_dialog (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (find_dialog (fixture)));
  ui_support_wait (has_none, fixture);
  ui_display_settle ();
}

static void
test_dialogs (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    const char *action;
    guint       least;
  } dialogs[] = {
    { "win.new-iteration", 6 }, { "win.new-experiment", 6 }, { "win.categories", 4 }, { "win.imports", 2 }, { "win.export", 3 },
    { "win.classify", 3 },
  };   /* windows for shortcuts and about are GTK's own */

  open_project (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      check (open_dialog (fixture, dialogs[i].action), dialogs[i].action, dialogs[i].least);
      close_dialog (fixture);
    }
}

static gboolean
is_said (gpointer text)
{
  return ui_display_find_saying (text) != NULL;
}

static void
test_question (Fixture       *fixture,
               gconstpointer  data)
{
  static char question[] = "Compact the Project?";

  open_project (fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.compact", NULL));
  ui_support_wait (is_said, question);
  check (ui_display_find_saying (question), "question", 2);
  ui_display_answer ("Cancel");
}

/* Dialogs that are about something: an experiment, a file. */
static void
test_parameters (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path), *file = g_build_filename (folder, "new.csv", NULL);
  const char *files[] = { file, NULL };

  open_project (fixture);
  gtk_widget_activate_action (ui_display_find (GTK_WIDGET (fixture->window), HONE_TYPE_EXPERIMENT_SIDEBAR), "experiment.rename", "x",
                              G_GINT64_CONSTANT (1));
  ui_support_wait (has_dialog, fixture);
  check (find_dialog (fixture), "name and note", 4);
  close_dialog (fixture);

  g_assert_true (g_file_set_contents (file, "text,label\nrain,Odd\n,Odd\nsun,Even\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import-files", "^aay", files);
  ui_support_wait (has_dialog, fixture);
  ui_display_wait_for (find_dialog (fixture), "rain");
  check (find_dialog (fixture), "import", 6);
  close_dialog (fixture);
  g_unlink (file);
}

static void
test_preferences (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const pages[] = { "general", "labeling", "storage" };
  GtkWidget *dialog;

  open_project (fixture);
  dialog = open_dialog (fixture, "win.preferences");
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (ui_display_find (dialog, ADW_TYPE_VIEW_STACK)), pages[i]);
      if (g_str_equal (pages[i], "storage"))
        ui_display_wait_for (dialog, "Needed by No Project");
      check (dialog, pages[i], 5);
    }
  close_dialog (fixture);
}

/* The walk finds what it is to find. */
static void
test_walk (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  Walk self = { 0, g_string_new (NULL) };
  GtkWindow *window;

  gtk_widget_set_tooltip_text (button, "Only a tooltip");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Named"));
  gtk_box_append (GTK_BOX (box), gtk_entry_new ());
  window = ui_display_show (box);
  walk (&self, box);
  g_assert_cmpuint (self.n_checked, ==, 3);
  g_assert_true (g_str_has_prefix (self.unnamed->str, "GtkButton in GtkBox"));
  g_assert_nonnull (strstr (self.unnamed->str, "\nGtkEntry in GtkBox"));
  g_string_free (self.unnamed, TRUE);
  gtk_window_destroy (window);
}

#define ADD(name, func) g_test_add ("/ui/accessible/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  g_test_add_func ("/ui/accessible/walk", test_walk);
  ADD ("start", test_start);
  ADD ("pages", test_pages);
  ADD ("dialogs", test_dialogs);
  ADD ("question", test_question);
  ADD ("parameters", test_parameters);
  ADD ("preferences", test_preferences);
  return g_test_run ();
}
