/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-window-private.h"
#include "pages/compare/hone-compare-page.h"
#include "pages/data/hone-data-page.h"
#include "pages/labeling/hone-labeling-view.h"
#include "pages/report/hone-report-page.h"
#include "pages/runs/hone-runs-button.h"
#include "pages/start/hone-start-page.h"
#include "pages/workbench/hone-workbench-page.h"
#include "widgets/hone-settings.h"
#include "widgets/hone-toast.h"

G_DEFINE_FINAL_TYPE (HoneWindow, hone_window, ADW_TYPE_APPLICATION_WINDOW)

static void
add_page (HoneWindow *self,
          GtkWidget  *page,
          const char *name,
          const char *title,
          const char *icon)
{
  AdwViewStackPage *added = adw_view_stack_add_titled (self->pages, page, name, title);

  adw_view_stack_page_set_icon_name (added, icon);
}

/* Pages do not know each other: the workbench has a place for whatever labels. */
static GtkWidget *
new_workbench (HoneWindow *self)
{
  GtkWidget *page = hone_workbench_page_new (self->project, self->selection);

  hone_workbench_page_set_labeling (HONE_WORKBENCH_PAGE (page), hone_labeling_view_new (self->project, self->selection));
  return page;
}

static void
show_project (HoneWindow  *self,
              HoneProject *project)
{
  GtkWidget *workbench;
  HoneScoreboard *scoreboard;

  self->project = project;
  self->selection = hone_selection_new ();
  add_page (self, hone_data_page_new (project, self->selection), "data", _("Data"), "view-list-symbolic");
  workbench = new_workbench (self);
  scoreboard = hone_workbench_page_get_scoreboard (HONE_WORKBENCH_PAGE (workbench));
  add_page (self, workbench, "workbench", _("Workbench"), "view-grid-symbolic");
  add_page (self, hone_compare_page_new (project, self->selection, scoreboard), "compare", _("Compare"), "view-dual-symbolic");
  add_page (self, hone_report_page_new (project, self->selection, scoreboard), "report", _("Report"), "x-office-document-symbolic");
  adw_bin_set_child (self->runs, hone_runs_button_new (project));
  adw_view_stack_set_visible_child_name (self->pages, self->to_import ? "data" : "workbench");
  adw_window_title_set_title (self->title, hone_project_get_name (project));
  gtk_window_set_title (GTK_WINDOW (self), hone_project_get_name (project));
  gtk_stack_set_visible_child_name (self->stack, "project");
  _hone_window_enable_data (self);
  _hone_window_enable_workbench (self);
  _hone_window_update_project (self);
  hone_start_page_remember (self->path);
  if (self->to_import)
    _hone_window_import (self, (const char * const *) self->to_import);
  g_clear_pointer (&self->to_import, g_strfreev);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  HoneProject *project = hone_project_open_finish (result, &error);

  if (project)
    {
      show_project (self, project);
      return;
    }
  g_clear_pointer (&self->path, g_free);
  gtk_stack_set_visible_child_name (self->stack, "start");
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    hone_toast_error (GTK_WIDGET (self->stack), error);
}

/* ---- closing ---- */

static void
closed_cb (GObject      *project,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GApplication) application = user_data;
  g_autoptr(GError) error = NULL;

  if (!hone_project_close_finish (HONE_PROJECT (project), result, &error))
    g_warning ("%s: %s", hone_project_get_path (HONE_PROJECT (project)), error->message);
  g_application_release (application);
}

/* The project is closed behind the window; the program stays until it is. */
static void
close_project (HoneWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (!self->project)
    return;
  hone_job_bar_cancel (self->job);
  g_application_hold (application);
  hone_project_close_async (self->project, closed_cb, g_object_ref (application));
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
}

static void
keep_size (HoneWindow *self)
{
  GSettings *settings = hone_settings_get ();
  int width, height;

  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (gtk_window_is_maximized (GTK_WINDOW (self)))
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (settings, "window-size", "(ii)", width, height);
}

static void
told_cb (GObject      *window,
         GAsyncResult *result,
         gpointer      user_data)
{
  HoneWindow *self = HONE_WINDOW (window);

  if (!hone_compat_confirm_finish (GTK_WIDGET (window), result))
    return;
  g_settings_set_boolean (hone_settings_get (), "told-runs-go-on", TRUE);
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* Told once in a life: work goes on behind a closed window. */
static gboolean
hone_window_close_request (GtkWindow *window)
{
  HoneWindow *self = HONE_WINDOW (window);

  if (!self->closing && self->project && hone_project_is_busy (self->project) &&
      !g_settings_get_boolean (hone_settings_get (), "told-runs-go-on"))
    {
      hone_compat_confirm_async (GTK_WIDGET (self), _("Close the Window?"),
                                 _("Training goes on without it. Open the project again to see how far it is."), _("_Close"), FALSE,
                                 told_cb, NULL);
      return TRUE;
    }
  keep_size (self);
  close_project (self);
  return GTK_WINDOW_CLASS (hone_window_parent_class)->close_request (window);
}

static void
hone_window_dispose (GObject *object)
{
  HoneWindow *self = HONE_WINDOW (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_WINDOW);
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (hone_window_parent_class)->dispose (object);
}

static void
hone_window_finalize (GObject *object)
{
  g_free (HONE_WINDOW (object)->path);
  g_strfreev (HONE_WINDOW (object)->to_import);
  G_OBJECT_CLASS (hone_window_parent_class)->finalize (object);
}

static void
hone_window_class_init (HoneWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_window_dispose;
  object_class->finalize = hone_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = hone_window_close_request;

  g_type_ensure (HONE_TYPE_JOB_BAR);
  g_type_ensure (HONE_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/app/hone-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, start);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, runs);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, job);
  _hone_window_install_actions (widget_class);
}

static void
hone_window_init (HoneWindow *self)
{
  GSettings *settings = hone_settings_get ();
  int width, height;

  gtk_widget_init_template (GTK_WIDGET (self));
  _hone_window_accept_files (self);
  _hone_window_enable_data (self);
  _hone_window_enable_workbench (self);
  _hone_window_take_f10 (self);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (_hone_window_enable_workbench), self, G_CONNECT_SWAPPED);
  _hone_window_update_project (self);
  gtk_widget_grab_focus (self->start);
  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/**
 * hone_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window with the start page
 */
HoneWindow *
hone_window_new (GtkApplication *application)
{
  return g_object_new (HONE_TYPE_WINDOW, "application", application, NULL);
}

/**
 * hone_window_get_project:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the project that it shows; %NULL: none, or not yet
 */
HoneProject *
hone_window_get_project (HoneWindow *self)
{
  g_return_val_if_fail (HONE_IS_WINDOW (self), NULL);

  return self->project;
}

/**
 * hone_window_get_path:
 * @self: a window
 *
 * Returns: (nullable): file of the project that is shown or being opened
 */
const char *
hone_window_get_path (HoneWindow *self)
{
  g_return_val_if_fail (HONE_IS_WINDOW (self), NULL);

  return self->path;
}

static void
start_opening (HoneWindow *self,
               const char *path)
{
  self->path = g_strdup (path);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

/**
 * hone_window_open:
 * @self: a window with the start page
 * @path: absolute name of a project
 *
 * Opens a project here; nothing happens where it is shown already.
 */
void
hone_window_open (HoneWindow *self,
                  const char *path)
{
  g_return_if_fail (HONE_IS_WINDOW (self) && path);

  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_return_if_fail (!self->path);
  start_opening (self, path);
  hone_project_open_async (path, self->opening, open_cb, g_object_ref (self));
}

/**
 * _hone_window_create:
 * @self: a window
 * @path: absolute name of a file that is not there yet
 * @to_import: (transfer full) (nullable): files to offer for import
 *
 * Makes a project; in this window where it shows none, else in a new one.
 */
void
_hone_window_create (HoneWindow *self,
                     const char *path,
                     GStrv       to_import)
{
  HoneWindow *window = self->path ? hone_window_new (gtk_window_get_application (GTK_WINDOW (self))) : self;

  g_strfreev (window->to_import);
  window->to_import = to_import;
  start_opening (window, path);
  hone_project_create_async (path, window->opening, open_cb, g_object_ref (window));
  gtk_window_present (GTK_WINDOW (window));
}
