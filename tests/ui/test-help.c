/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F1 opens the page of the help that explains what is seen; where nothing opens web pages, it says where the help is. */
#include "config.h"

#include <glib/gstdio.h>

#include "hone-application.h"
#include "hone-window.h"
#include "model/hone-help.h"
#include "pages/labeling/hone-labeling-view.h"
#include "ui-display.h"
#include "ui-iterations.h"
#include "ui-support.h"
#include "widgets/hone-settings.h"

typedef struct {
  char            *opened;    /* what the program that opens web pages was given */
  char            *path;
  HoneApplication *application;
  HoneWindow      *window;
} Fixture;

/* ---- which page ---- */

static void
test_languages (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hone-help-XXXXXX", NULL), *german = g_build_filename (folder, "de", NULL);
  g_autofree char *page = g_build_filename (german, "start.html", NULL), *english = g_build_filename (folder, "C", "reports.html", NULL);
  g_autofree char *found = NULL, *other = NULL;

  g_assert_no_errno (g_mkdir (german, 0700));
  g_assert_true (g_file_set_contents (page, "", 0, NULL));
  g_setenv ("LANGUAGE", "de", TRUE);
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  found = hone_help_dup_path (folder, "data");
  g_assert_cmpstr (found, ==, page);
  other = hone_help_dup_path (folder, "report");       /* not translated yet */
  g_assert_cmpstr (other, ==, english);
  g_unsetenv ("LANGUAGE");
  g_unsetenv ("LC_ALL");
  g_unlink (page);
  g_rmdir (german);
  g_rmdir (folder);
}

/* ---- the window ---- */

static void
write_text (const char *path,
            const char *text)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A program that opens what is a file, and writes down what it was given. */
static void
install_browser (Fixture *fixture)
{
  g_autofree char *desktop = g_build_filename (g_get_user_data_dir (), "applications", "browser.desktop", NULL);
  g_autofree char *defaults = g_build_filename (g_get_user_config_dir (), "mimeapps.list", NULL);
  g_autofree char *script = g_strconcat (fixture->opened, ".sh", NULL);
  g_autofree char *says = g_strdup_printf ("printf %%s \"$1\" >'%s.part' && mv '%s.part' '%s'\n", fixture->opened, fixture->opened,
                                           fixture->opened);
  g_autofree char *entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\nExec=sh %s %%u\n"
                                            "MimeType=x-scheme-handler/file;text/html;\n", script);

  write_text (script, says);
  write_text (desktop, entry);
  write_text (defaults, "[Default Applications]\nx-scheme-handler/file=browser.desktop\ntext/html=browser.desktop\n");
}

static gboolean
is_open (gpointer data)
{
  return hone_window_get_project (data) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  with_browser)
{
  g_autoptr(GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700));
  fixture->opened = g_build_filename (g_get_user_runtime_dir (), "opened", NULL);
  if (with_browser)
    install_browser (fixture);
  fixture->path = ui_support_new_project (4);
  fixture->application = hone_application_new ();
  g_application_set_flags (G_APPLICATION (fixture->application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, &error));
  fixture->window = hone_window_new (GTK_APPLICATION (fixture->application));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  with_browser)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  gpointer window = fixture->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  ui_support_wait (is_gone, &window);
  ui_display_settle ();
  g_object_unref (fixture->application);
  g_unlink (fixture->path);
  g_rmdir (folder);
  g_free (fixture->path);
  g_free (fixture->opened);
}

static gboolean
is_opened (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static gboolean
is_labeling (gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (data);

  return focus && gtk_widget_get_ancestor (focus, HONE_TYPE_LABELING_VIEW);
}

/* The page that fits is there, and the program is told to open it: as an address or as a file, that differs. */
static void
assert_opens (Fixture    *fixture,
              const char *page)
{
  g_autofree char *given = NULL, *path = NULL, *name = NULL;
  g_autoptr(GFile) file = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.help", NULL));
  ui_support_wait (is_opened, fixture->opened);
  g_assert_true (g_file_get_contents (fixture->opened, &given, NULL, NULL));
  file = g_file_new_for_commandline_arg (given);
  path = g_file_get_path (file);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  name = g_path_get_basename (path);
  g_assert_cmpstr (name, ==, page);
  g_assert_no_errno (g_unlink (fixture->opened));
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  with_browser)
{
  static const struct {
    const char *place;
    const char *page;
  } pages[] = {
    { "data", "start.html" }, { "workbench", "reading.html" }, { "compare", "comparing.html" }, { "report", "reports.html" },
  };
  g_auto(GStrv) keys = gtk_application_get_accels_for_action (GTK_APPLICATION (fixture->application), "win.help");
  g_autofree char *recent = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  GtkSelectionModel *all;

  g_assert_true (g_strv_contains ((const char * const *) keys, "F1"));
  assert_opens (fixture, "index.html");
  hone_window_open (fixture->window, fixture->path);
  ui_support_wait (is_open, fixture->window);
  all = adw_view_stack_get_pages (ADW_VIEW_STACK (ui_iterations_find (GTK_WIDGET (fixture->window), ADW_TYPE_VIEW_STACK, 0)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (all)), ==, G_N_ELEMENTS (pages));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", pages[i].place));
      assert_opens (fixture, pages[i].page);
    }
  g_object_unref (all);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.label", NULL));
  ui_support_wait (is_labeling, fixture->window);
  assert_opens (fixture, "labeling.html");
  ui_support_wait (is_opened, recent);   /* the list of recent projects is written somewhat later, to what is gone after the test */
}

/* Without one, it says where the help is. */
static void
test_no_browser (Fixture       *fixture,
                 gconstpointer  with_browser)
{
  g_autofree char *folder = hone_settings_dup_help (), *path = g_build_filename (folder, "C", "index.html", NULL);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.help", NULL));
  ui_display_wait_for (GTK_WIDGET (fixture->window), path);
  g_assert_false (is_opened (fixture->opened));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *schemas = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "data", NULL);

  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);       /* no portal opens anything */
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);   /* nor any program of this computer */
  g_content_type_set_mime_dirs ((const char *[]) { "/usr/share/mime", NULL });   /* but icons are read all the same */
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  g_test_add_func ("/ui/help/languages", test_languages);
  g_test_add ("/ui/help/pages", Fixture, "browser", set_up, test_pages, tear_down);
  g_test_add ("/ui/help/no-browser", Fixture, NULL, set_up, test_no_browser, tear_down);
  return g_test_run ();
}
