/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: settings, keys of categories, the data folder. */
#include "config.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "jobs/hone-data-folder.h"
#include "pages/preferences/hone-keys-group.h"
#include "pages/preferences/hone-preferences-window.h"
#include "pages/preferences/hone-storage-group.h"
#include "ui-display.h"
#include "ui-support.h"
#include "widgets/hone-settings.h"

typedef struct {
  char        *path;
  HoneProject *project;
  GtkWindow   *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  with_project)
{
  if (with_project)
    {
      fixture->path = ui_support_new_project (4);
      fixture->project = ui_support_open (fixture->path);
    }
  fixture->window = hone_preferences_window_new (NULL, fixture->project);
  gtk_window_present (fixture->window);
  ui_display_settle ();
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  with_project)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (fixture->window);
  ui_support_wait (is_gone, &window);
  ui_display_settle ();
  if (!fixture->project)
    return;
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_free (fixture->path);
}

static void
show (Fixture    *fixture,
      const char *page)
{
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (ui_display_find (GTK_WIDGET (fixture->window), ADW_TYPE_VIEW_STACK)), page);
  ui_display_settle ();
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  with_project)
{
  GSettings *settings = hone_settings_get ();
  AdwComboRow *theme = ADW_COMBO_ROW (ui_display_find (GTK_WIDGET (fixture->window), ADW_TYPE_COMBO_ROW));
  GtkSpinButton *threads = GTK_SPIN_BUTTON (ui_display_find (GTK_WIDGET (fixture->window), GTK_TYPE_SPIN_BUTTON));
  GtkSwitch *offline = GTK_SWITCH (ui_display_find (GTK_WIDGET (fixture->window), GTK_TYPE_SWITCH));

  g_assert_cmpuint (adw_combo_row_get_selected (theme), ==, 0);
  adw_combo_row_set_selected (theme, 2);
  g_assert_cmpint (g_settings_get_enum (settings, "theme"), ==, 2);
  g_settings_set_string (settings, "theme", "light");
  g_assert_cmpuint (adw_combo_row_get_selected (theme), ==, 1);
  g_settings_reset (settings, "theme");
  gtk_spin_button_set_value (threads, 5);
  g_assert_cmpuint (g_settings_get_uint (settings, "engine-threads"), ==, 5);
  g_settings_reset (settings, "engine-threads");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (threads), ==, 0);
  gtk_switch_set_active (offline, TRUE);
  g_assert_true (g_settings_get_boolean (settings, "offline"));
  g_settings_reset (settings, "offline");
}

/* Over a low window, on a low screen, the dialog is lower still. */
static void
test_low (void)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *parent, *window;
  int width, height;

  gtk_widget_set_size_request (child, 640, 480);
  parent = ui_display_show (child);
  window = hone_preferences_window_new (parent, NULL);
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, 640);
  g_assert_cmpint (height, <, gtk_widget_get_height (GTK_WIDGET (parent)));
  gtk_window_destroy (window);
  ui_display_close (parent, child);
}

/* ---- keys ---- */

static GtkWidget *
find_entry (GtkWidget  *inside,
            const char *name)
{
  GtkWidget *found;

  if (GTK_IS_ENTRY (inside))
    {
      g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

      if (!other)
        return inside;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    if ((found = find_entry (child, name)))
      return found;
  return NULL;
}

typedef struct {
  HoneProject *project;
  const char  *key;      /* (nullable) */
  const char  *shortcut; /* (nullable) */
} Wanted;

static gboolean
has_shortcut (gpointer data)
{
  const Wanted *wanted = data;
  const HoneCategory *category = hone_ontology_get_by_key (hone_project_get_ontology (wanted->project), wanted->key);

  return g_strcmp0 (category->shortcut, wanted->shortcut) == 0;
}

static void
wait_for_shortcut (Fixture    *fixture,
                   const char *key,
                   const char *shortcut)
{
  Wanted wanted = { fixture->project, key, shortcut };

  ui_support_wait (has_shortcut, &wanted);
  ui_display_settle ();
}

/* What is typed is saved at once; a key that is taken is refused in words, and taken once it is free. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  with_project)
{
  GtkWidget *group = ui_display_find (GTK_WIDGET (fixture->window), HONE_TYPE_KEYS_GROUP);
  GtkWidget *even = find_entry (group, "Key of Even"), *odd = find_entry (group, "Key of Odd");

  show (fixture, "labeling");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (even)), ==, "1");
  gtk_editable_set_text (GTK_EDITABLE (even), "x");
  wait_for_shortcut (fixture, "EVEN", "x");
  ui_display_wait_for (group, "Chosen by hand");

  gtk_editable_set_text (GTK_EDITABLE (odd), "x");
  ui_display_wait_for (group, "The key “x” belongs to the category “Even”");
  gtk_editable_set_text (GTK_EDITABLE (odd), "s");
  ui_display_wait_for (group, "The key “s” is taken: s skips");
  gtk_editable_set_text (GTK_EDITABLE (odd), "x");
  ui_display_settle ();
  g_assert_null (hone_ontology_get_by_key (hone_project_get_ontology (fixture->project), "ODD")->shortcut);
  gtk_editable_set_text (GTK_EDITABLE (even), "");
  wait_for_shortcut (fixture, "ODD", "x");
  g_assert_null (hone_ontology_get_by_key (hone_project_get_ontology (fixture->project), "EVEN")->shortcut);
}

static void
test_no_project (Fixture       *fixture,
                 gconstpointer  with_project)
{
  show (fixture, "labeling");
  ui_display_wait_for (GTK_WIDGET (fixture->window), "open one to see them");
}

/* ---- the data folder ---- */

/* Measured as the window is made. */
static GtkWidget *
show_storage (Fixture       *fixture,
              gconstpointer  with_project)
{
  tear_down (fixture, with_project);
  memset (fixture, 0, sizeof *fixture);
  set_up (fixture, with_project);
  show (fixture, "storage");
  return ui_display_find (GTK_WIDGET (fixture->window), HONE_TYPE_STORAGE_GROUP);
}

static gboolean
is_removed (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What is young may be in the making; what is old goes once the user agrees, and not before. */
static void
test_storage (Fixture       *fixture,
              gconstpointer  with_project)
{
  g_autofree char *folder = hone_data_dup_folder (), *models = g_build_filename (folder, "models", NULL);
  g_autofree char *stray = g_build_filename (models, "stray", NULL);
  GtkWidget *group;

  g_assert_cmpint (g_mkdir_with_parents (models, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stray, "a model", 7, NULL));
  group = show_storage (fixture, with_project);
  ui_display_wait_for (group, "1 model, 7 bytes");
  g_assert_false (gtk_widget_is_sensitive (ui_display_find_button (group, "Clean Up…")));

  g_assert_cmpint (g_utime (stray, &(struct utimbuf) { 1, 1 }), ==, 0);
  group = show_storage (fixture, with_project);
  ui_display_wait_for (group, "Frees 7 bytes");
  g_assert_true (gtk_widget_activate_action (group, "storage.clean", NULL));
  ui_display_settle ();
  ui_display_answer ("Cancel");
  ui_display_settle ();
  g_assert_true (g_file_test (stray, G_FILE_TEST_EXISTS));
  g_assert_true (gtk_widget_activate_action (group, "storage.clean", NULL));
  ui_display_settle ();
  ui_display_answer ("Remove");
  ui_support_wait (is_removed, stray);
  ui_display_wait_for (group, "All that lies there is needed");
  g_rmdir (models);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      remove_tree (inside);
    }
  g_remove (path);
}

#define ADD(name, func, with) g_test_add ("/ui/preferences/" name, Fixture, with, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;
  g_autofree char *data = g_dir_make_tmp ("hone-data-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);   /* one that no other test writes to */
  if (!ui_display_init (&argc, &argv))
    return 0;
  ADD ("storage", test_storage, NULL);   /* first: projects of the others are gone when they end, and would count as missing */
  ADD ("settings", test_settings, NULL);
  g_test_add_func ("/ui/preferences/low", test_low);
  ADD ("keys", test_keys, "a project");
  ADD ("no-project", test_no_project, NULL);
  status = g_test_run ();
  remove_tree (data);
  return status;
}
