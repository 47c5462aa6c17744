/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-application.h"
#include "hone-window.h"
#include "jobs/hone-jobs.h"
#include "widgets/hone-settings.h"

struct _HoneApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (HoneApplication, hone_application, ADW_TYPE_APPLICATION)

static HoneWindow *
new_window (HoneApplication *self)
{
  HoneWindow *window = hone_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The window that shows this project, else one that shows none yet, else a new one. */
static HoneWindow *
window_for (HoneApplication *self,
            const char      *path)
{
  HoneWindow *empty = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    {
      HoneWindow *window = HONE_IS_WINDOW (l->data) ? l->data : NULL;
      const char *shown = window ? hone_window_get_path (window) : NULL;

      if (window && g_strcmp0 (shown, path) == 0)
        return window;
      if (window && !shown)
        empty = window;
    }
  return empty ? empty : new_window (self);
}

static void
hone_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window)
    gtk_window_present (window);
  else
    new_window (HONE_APPLICATION (application));
}

static void
hone_application_open (GApplication  *application,
                       GFile        **files,
                       int            n_files,
                       const char    *hint)
{
  HoneApplication *self = HONE_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *given = g_file_get_path (files[i]);
      g_autofree char *path = given ? g_canonicalize_filename (given, NULL) : NULL;
      HoneWindow *window;

      if (!path)
        continue;
      window = window_for (self, path);
      hone_window_open (window, path);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static void
on_new_window (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  new_window (data);
}

static void
apply_theme (GSettings *settings)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[g_settings_get_enum (settings, "theme")]);
}

static void
apply_threads (GSettings *settings)
{
  hone_jobs_set_threads (g_settings_get_uint (settings, "engine-threads"));
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  hone_compat_show_about (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

/* Each window closes in its own way: it may have something to ask. */
static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *l = windows; l; l = l->next)
    gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { "new-window", on_new_window },
  { "about", on_about },
  { "quit", on_quit },
};

static const struct {
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.open", { "<Control>o" } },
  { "win.close", { "<Control>w" } },
  { "win.help", { "F1" } },
  { "win.import", { "<Control><Shift>o" } },
  { "win.export", { "<Control>e" } },
  { "win.save-copy", { "<Control><Shift>s" } },
  { "win.new-iteration", { "<Control>i" } },
  { "win.new-experiment", { "<Control><Shift>n" } },
  { "win.label", { "<Control>l" } },
  { "win.fill::chart", { "F9" } },
  { "win.fill::matrix", { "F10" } },
  { "win.fill::labeling", { "F11" } },
  { "win.show-page::data", { "<Alt>1" } },
  { "win.show-page::workbench", { "<Alt>2" } },
  { "win.show-page::compare", { "<Alt>3" } },
  { "win.show-page::report", { "<Alt>4" } },
};

static void
hone_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (hone_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           (const char * const *) accelerators[i].keys);
  gtk_window_set_default_icon_name (HONE_APPLICATION_ID);
  g_signal_connect (hone_settings_get (), "changed::theme", G_CALLBACK (apply_theme), NULL);
  g_signal_connect (hone_settings_get (), "changed::engine-threads", G_CALLBACK (apply_threads), NULL);
  apply_theme (hone_settings_get ());
  apply_threads (hone_settings_get ());
}

static int
hone_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Hone %s\n", PACKAGE_VERSION);
      return 0;
    }
  return -1;
}

/* Options and files of every start arrive in the one program that runs. */
static int
hone_application_command_line (GApplication            *application,
                               GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  int n_arguments;
  g_auto(GStrv) arguments = g_application_command_line_get_arguments (command_line, &n_arguments);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 1; i < n_arguments; i++)
    g_ptr_array_add (files, g_application_command_line_create_file_for_arg (command_line, arguments[i]));
  if (files->len > 0)
    hone_application_open (application, (GFile **) files->pdata, (int) files->len, "");
  else
    hone_application_activate (application);
  if (g_variant_dict_contains (options, "sample"))
    gtk_widget_activate_action (GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (application))), "win.open-sample", NULL);
  return 0;
}

static void
hone_application_class_init (HoneApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = hone_application_startup;
  application_class->activate = hone_application_activate;
  application_class->open = hone_application_open;
  application_class->handle_local_options = hone_application_handle_local_options;
  application_class->command_line = hone_application_command_line;
}

static void
hone_application_init (HoneApplication *self)
{
  const GOptionEntry options[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the sample project"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[PROJECT.hone…]"));
}

/**
 * hone_application_new:
 *
 * Returns: (transfer full): the program
 */
HoneApplication *
hone_application_new (void)
{
  return g_object_new (HONE_TYPE_APPLICATION,
                       "application-id", HONE_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/hone_app/Hone",
                       NULL);
}
