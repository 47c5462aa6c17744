/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What menus, keys and buttons of a window do. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/hone-compat.h"
#include "hone-window-private.h"
#include "model/hone-sample.h"
#include "pages/iteration/hone-iteration-window.h"
#include "pages/preferences/hone-preferences-window.h"
#include "store/hone-store-experiments.h"
#include "widgets/hone-settings.h"
#include "widgets/hone-toast.h"

/* A project opens in the window that shows it, else in an empty one, else in a new one: the program knows. */
static void
open_path (HoneWindow *self,
           const char *path)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (application)
    g_application_open (application, &file, 1, "");
}

/**
 * _hone_window_new_filter:
 *
 * Returns: (transfer full): lets project files through
 */
GtkFileFilter *
_hone_window_new_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Hone projects"));
  gtk_file_filter_add_suffix (filter, "hone");
  return filter;
}

static char *
first_path (GListModel *files)
{
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;

  return file ? g_file_get_path (file) : NULL;
}

/* ---- opening ---- */

static void
open_chosen_cb (GObject      *window,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autofree char *path = first_path (files);

  if (path)
    open_path (HONE_WINDOW (window), path);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr(GtkFileFilter) filter = _hone_window_new_filter ();

  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_OPEN, _("Open a Project"), filter, NULL, open_chosen_cb, NULL);
}

static void
open_path_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  open_path (HONE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* ---- the sample ---- */

static void
sample_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneWindow) self = user_data;
  g_autofree char *path = hone_sample_dup_path ();
  g_autoptr(GError) error = NULL;

  if (hone_sample_make_finish (result, &error))
    open_path (self, path);
  else
    hone_toast_error (GTK_WIDGET (self->stack), error);
}

static void
open_sample_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  g_autofree char *folder = hone_settings_dup_sample ();
  g_autofree char *path = hone_sample_dup_path ();

  hone_sample_make_async (folder, path, NULL, sample_cb, g_object_ref (widget));
}

/* ---- a new project: from which files, and where to keep it ---- */

static GStrv
paths_of (GListModel *files)
{
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path)
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

static void
place_chosen_cb (GObject      *window,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_auto(GStrv) texts = user_data;
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autofree char *chosen = first_path (files);
  g_autofree char *path = NULL;

  if (!chosen)
    return;
  path = g_str_has_suffix (chosen, ".hone") ? g_strdup (chosen) : g_strconcat (chosen, ".hone", NULL);
  _hone_window_create (HONE_WINDOW (window), path, g_steal_pointer (&texts));
}

/* “news.csv” proposes “news.hone”. */
static char *
propose_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  char *dot = strrchr (name, '.');

  if (dot && dot != name)
    *dot = 0;
  return g_strconcat (name, ".hone", NULL);
}

/**
 * _hone_window_propose:
 * @self: a window
 * @texts: (transfer full): files to offer for import, at least one
 *
 * Asks where to keep a new project made of these files.
 */
void
_hone_window_propose (HoneWindow *self,
                      GStrv       texts)
{
  g_autoptr(GtkFileFilter) filter = _hone_window_new_filter ();
  g_autofree char *name = propose_name (texts[0]);

  hone_compat_choose_file_async (GTK_WINDOW (self), HONE_FILE_SAVE, _("Keep the Project As"), filter, name, place_chosen_cb, texts);
}

static void
texts_chosen_cb (GObject      *window,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  GStrv texts = files ? paths_of (files) : NULL;

  if (texts && texts[0])
    _hone_window_propose (HONE_WINDOW (window), texts);
  else
    g_strfreev (texts);
}

static void
new_project_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_OPEN_SEVERAL, _("Texts for the New Project"), NULL, NULL,
                                 texts_chosen_cb, NULL);
}

static void
preferences_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  gtk_window_present (hone_preferences_window_new (GTK_WINDOW (widget), HONE_WINDOW (widget)->project));
}

/* ---- inside a project ---- */

static void
close_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
show_page_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);

  if (self->project)
    adw_view_stack_set_visible_child_name (self->pages, g_variant_get_string (parameter, NULL));
}

/* ---- the workbench ---- */

static void
workbench_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);
  g_autofree char *name = g_strconcat ("workbench.", action + strlen ("win."), NULL);

  if (!self->project)
    return;
  adw_view_stack_set_visible_child_name (self->pages, "workbench");
  gtk_widget_activate_action_variant (adw_view_stack_get_visible_child (self->pages), name, parameter);
}

/**
 * _hone_window_enable_workbench:
 * @self: a window
 *
 * Panes can fill the page while it is seen; elsewhere the keys are free for what they do otherwise.
 */
void
_hone_window_enable_workbench (HoneWindow *self)
{
  gboolean seen = self->project && g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "workbench") == 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.fill", seen);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.label", self->project != NULL);
}

/**
 * _hone_window_take_f10:
 * @self: a window
 *
 * GTK opens the main menu with F10 before the accelerators of actions are looked at; on the workbench the key is the matrix's.
 */
void
_hone_window_take_f10 (HoneWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F10, 0), gtk_named_action_new ("win.fill"));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string ("matrix"));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* The experiment of the chosen iteration goes on; without one, a first is made. */
static gpointer
find_experiment (HoneStore     *store,
                 gpointer       iteration_id,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(HoneIteration) iteration = hone_store_get_iteration (store, *(gint64 *) iteration_id, error);

  return iteration ? g_strdup (iteration->experiment) : NULL;
}

static void
show_iteration_window (HoneWindow *self,
                       const char *experiment)
{
  gtk_window_present (hone_iteration_window_new (GTK_WINDOW (self), self->project, self->selection, experiment));
}

static void
found_experiment_cb (GObject      *store,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HoneWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *experiment = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!self->project)
    return;
  if (experiment)
    show_iteration_window (self, experiment);
  else
    hone_toast_error (GTK_WIDGET (self->stack), error);
}

static void
new_iteration_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);
  gint64 iteration = self->selection ? hone_selection_get_iteration (self->selection) : 0;

  if (!self->project)
    return;
  if (iteration)
    hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, find_experiment, g_memdup2 (&iteration, sizeof iteration), g_free,
                           g_free, NULL, found_experiment_cb, g_object_ref (self));
  else
    show_iteration_window (self, NULL);
}

static void
new_experiment_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);

  if (self->project)
    show_iteration_window (self, NULL);
}

/**
 * _hone_window_install_actions:
 * @widget_class: of the window
 *
 * Names everything that a window can be told to do.
 */
void
_hone_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.open-path", "s", open_path_action);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.new-project", NULL, new_project_action);
  gtk_widget_class_install_action (widget_class, "win.new-iteration", NULL, new_iteration_action);
  gtk_widget_class_install_action (widget_class, "win.new-experiment", NULL, new_experiment_action);
  _hone_window_install_data_actions (widget_class);
  _hone_window_install_project_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "win.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, _hone_window_help_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.fill", "s", workbench_action);
  gtk_widget_class_install_action (widget_class, "win.label", NULL, workbench_action);
}
