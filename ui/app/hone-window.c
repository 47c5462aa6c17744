/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-window.h"
#include "model/hone-selection.h"
#include "pages/compare/hone-compare-page.h"
#include "pages/data/hone-data-page.h"
#include "pages/report/hone-report-page.h"
#include "pages/runs/hone-runs-button.h"
#include "pages/start/hone-start-page.h"
#include "pages/workbench/hone-workbench-page.h"
#include "widgets/hone-toast.h"

struct _HoneWindow {
  AdwApplicationWindow  parent_instance;

  char                 *path;
  HoneProject          *project;
  HoneSelection        *selection;
  GCancellable         *opening;

  GtkStack             *stack;        /* start, opening, project */
  AdwViewStack         *pages;
  AdwWindowTitle       *title;
  AdwBin               *runs;
};

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

static void
show_project (HoneWindow  *self,
              HoneProject *project)
{
  self->project = project;
  self->selection = hone_selection_new ();
  add_page (self, hone_data_page_new (project, self->selection), "data", _("Data"), "view-list-symbolic");
  add_page (self, hone_workbench_page_new (project, self->selection), "workbench", _("Workbench"), "view-grid-symbolic");
  add_page (self, hone_compare_page_new (project, self->selection), "compare", _("Compare"), "view-dual-symbolic");
  add_page (self, hone_report_page_new (project, self->selection), "report", _("Report"), "x-office-document-symbolic");
  adw_bin_set_child (self->runs, hone_runs_button_new (project));
  adw_view_stack_set_visible_child_name (self->pages, "workbench");
  adw_window_title_set_title (self->title, hone_project_get_name (project));
  gtk_window_set_title (GTK_WINDOW (self), hone_project_get_name (project));
  gtk_stack_set_visible_child_name (self->stack, "project");
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

/* ---- actions ---- */

static void
choose_cb (GObject      *window,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;

  if (file && application)
    g_application_open (application, &file, 1, "");
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Hone projects"));
  gtk_file_filter_add_suffix (filter, "hone");
  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_OPEN, _("Open a project"), filter, NULL, choose_cb, NULL);
}

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
  g_application_hold (application);
  hone_project_close_async (self->project, closed_cb, g_object_ref (application));
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
}

static gboolean
hone_window_close_request (GtkWindow *window)
{
  close_project (HONE_WINDOW (window));
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

  g_type_ensure (HONE_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/app/hone-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HoneWindow, runs);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
}

static void
hone_window_init (HoneWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  self->path = g_strdup (path);
  self->opening = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "opening");
  hone_project_open_async (path, self->opening, open_cb, g_object_ref (self));
}
