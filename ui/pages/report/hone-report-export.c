/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report into a file, and what one may want next. */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-report-page-private.h"
#include "widgets/hone-toast.h"

/* ---- after it is written ---- */

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HoneReportPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->project)
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
launch (HoneReportPage *self,
        const char     *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr(GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  if (uri)
    g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, launched_cb, g_object_ref (self));
}

/* Desktops without a file manager that can point at a file show its folder. */
static void
shown_cb (GObject      *connection,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneReportPage) self = user_data;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, NULL);
  g_autofree char *folder = self->written ? g_path_get_dirname (self->written) : NULL;

  if (!answer && folder && self->project)
    launch (self, folder);
}

static void
show_in_folder_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  HoneReportPage *self = HONE_REPORT_PAGE (widget);
  g_autofree char *uri = self->written ? g_filename_to_uri (self->written, NULL, NULL) : NULL;
  g_autofree char *folder = self->written ? g_path_get_dirname (self->written) : NULL;
  GDBusConnection *bus = uri && g_application_get_default () ? g_application_get_dbus_connection (g_application_get_default ()) : NULL;
  const char *uris[] = { uri, NULL };

  if (bus)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1",
                            "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb,
                            g_object_ref (self));
  else if (folder)
    launch (self, folder);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneReportPage *self = HONE_REPORT_PAGE (widget);

  if (self->written)
    launch (self, self->written);
}

static void
open_written (gpointer page)
{
  if (HONE_REPORT_PAGE (page)->project)
    gtk_widget_activate_action (GTK_WIDGET (page), "report.open-file", NULL);
}

/* ---- writing ---- */

static void
tell_written (HoneReportPage *self)
{
  g_autofree char *base = g_path_get_basename (self->written);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = g_strdup_printf (_("The report is in “%s”"), name);

  hone_toast_button (GTK_WIDGET (self), text, _("_Open"), open_written, g_object_ref (self), g_object_unref);
}

typedef struct {
  HoneReportPage *self;
  char           *path;
} Writing;

static void
written_cb (GObject      *draft,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr(HoneReportPage) self = writing->self;
  g_autofree char *path = writing->path;
  g_autoptr(GError) error = NULL;
  gboolean good = hone_report_draft_write_finish (HONE_REPORT_DRAFT (draft), result, &error);

  if (!self->project)
    return;
  self->writing = FALSE;
  hone_job_bar_end (self->job);
  if (good)
    {
      g_free (self->written);
      self->written = g_steal_pointer (&path);
      tell_written (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      hone_toast_error (GTK_WIDGET (self), error);
    }
  _hone_report_page_update_export (self);
}

static void
write_file (HoneReportPage *self,
            HoneReportForm  form,
            char           *path)
{
  Writing *writing = g_new (Writing, 1);

  *writing = (Writing) { g_object_ref (self), path };
  self->writing = TRUE;
  hone_report_draft_write_async (self->draft, form, path, hone_job_bar_begin (self->job, _("Writing the report")), written_cb, writing);
  _hone_report_page_update_export (self);
}

/* The name that was chosen says the form: nothing else is written under it, a project least of all. */
static void
place_chosen_cb (GObject      *window,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HoneReportPage) self = user_data;
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autoptr(GError) error = NULL;
  HoneReportForm form;

  if (!file || !self->project || self->writing || hone_report_draft_get_state (self->draft) != HONE_DRAFT_READY ||
      hone_report_draft_get_loading (self->draft))
    return;
  if (!path)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Hone writes to folders of this computer only."));
  else if (hone_report_form_from_path (path, &form, &error))
    write_file (self, form, g_steal_pointer (&path));
  if (error)
    hone_toast_error (GTK_WIDGET (self), error);
}

/* @parameter: the ending of the file */
static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HoneReportPage *self = HONE_REPORT_PAGE (widget);
  const char *ending = g_variant_get_string (parameter, NULL);
  /* Translators: proposed name of a file: project, then what it is */
  g_autofree char *name = g_strdup_printf (_("%s-report.%s"), hone_project_get_name (self->project), ending);

  hone_compat_choose_file_async (GTK_WINDOW (gtk_widget_get_root (widget)), HONE_FILE_SAVE, _("Export the Report"), NULL, name,
                                 place_chosen_cb, g_object_ref (self));
}

/* The key works wherever the focus is, as long as the page is looked at. */
static void
export_menu_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  if (gtk_widget_get_mapped (widget))
    gtk_menu_button_popup (HONE_REPORT_PAGE (widget)->export_button);
}

/**
 * _hone_report_page_update_export:
 * @self: the page
 *
 * What is shown can be written.
 */
void
_hone_report_page_update_export (HoneReportPage *self)
{
  gboolean can = !self->writing && hone_report_draft_get_state (self->draft) == HONE_DRAFT_READY && !hone_report_draft_get_loading (self->draft);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "report.export", can);
  gtk_widget_action_set_enabled (widget, "report.export-menu", can || self->written);
  gtk_widget_action_set_enabled (widget, "report.open-file", self->written != NULL);
  gtk_widget_action_set_enabled (widget, "report.show-in-folder", self->written != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), can || self->written);
}

/**
 * _hone_report_page_install_export:
 * @widget_class: of the page
 */
void
_hone_report_page_install_export (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "report.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "report.export-menu", NULL, export_menu_action);
  gtk_widget_class_install_action (widget_class, "report.open-file", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "report.show-in-folder", NULL, show_in_folder_action);
}
