/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports from the page of texts: choosing files, the dialog, taking an import back. */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-data-page-private.h"
#include "hone-import-dialog.h"
#include "hone-imports-dialog.h"
#include "widgets/hone-toast.h"

/* ---- taking back ---- */

typedef struct {
  HoneDataPage *page;
  gint64        import_id;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->page);
  g_free (undo);
}

static void
undo_cb (GObject      *project,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneDataPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!hone_import_take_back_finish (HONE_PROJECT (project), result, &error))
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
undo (gpointer data)
{
  Undo *undo = data;

  if (undo->page->project)
    hone_import_take_back_async (undo->page->project, undo->import_id, TRUE, undo_cb, g_object_ref (undo->page));
}

/* ---- the dialog ---- */

static void
on_imported (HoneDataPage *self,
             gint64        import_id,
             const char   *words)
{
  Undo *taken_back = g_new (Undo, 1);

  *taken_back = (Undo) { g_object_ref (self), import_id };
  hone_toast_undo (GTK_WIDGET (self), words, undo, taken_back, undo_free);
}

static void
open_dialog (HoneDataPage       *self,
             const char * const *paths)
{
  HoneImportDialog *dialog;

  if (!self->project || !paths[0])
    return;
  dialog = hone_import_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->project, paths);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chosen_cb (GObject      *window,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneDataPage) self = user_data;
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  for (guint i = 0; files && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path)
        g_strv_builder_add (paths, path);
    }
  list = g_strv_builder_end (paths);
  open_dialog (self, (const char * const *) list);
}

static void
choose (HoneDataPage   *self,
        HoneFileAction  action,
        const char     *title)
{
  hone_compat_choose_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), action, title, NULL, NULL, chosen_cb,
                                 g_object_ref (self));
}

/* ---- actions ---- */

static void
import_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  choose (HONE_DATA_PAGE (widget), HONE_FILE_OPEN_SEVERAL, _("Import files"));
}

static void
import_folder_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  choose (HONE_DATA_PAGE (widget), HONE_FILE_FOLDER, _("Import a folder"));
}

static void
import_files_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  g_autofree const char **paths = g_variant_get_bytestring_array (parameter, NULL);

  open_dialog (HONE_DATA_PAGE (widget), paths);
}

static void
imports_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);

  gtk_window_present (hone_imports_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->project, self->catalogue));
}

void
_hone_data_page_update_imports (HoneDataPage *self)
{
  static const char * const writing[] = { "data.import", "data.import-folder", "data.import-files" };
  gboolean writable = hone_project_get_writable (self->project);

  for (gsize i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], writable);
}

void
_hone_data_page_install_imports (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "data.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "data.import-folder", NULL, import_folder_action);
  gtk_widget_class_install_action (widget_class, "data.import-files", "aay", import_files_action);
  gtk_widget_class_install_action (widget_class, "data.imports", NULL, imports_action);
}
