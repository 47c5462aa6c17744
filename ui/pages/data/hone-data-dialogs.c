/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export, classification of new texts and the editor of categories, from the page of texts. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-categories-dialog.h"
#include "hone-classify-dialog.h"
#include "hone-data-page-private.h"
#include "hone-export-dialog.h"
#include "widgets/hone-toast.h"

static GtkWindow *
window_of (HoneDataPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
say (HoneDataPage *self,
     const char   *words)
{
  hone_toast (GTK_WIDGET (self), words);
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);
  HoneExportDialog *dialog = hone_export_dialog_new (window_of (self), self->project, self->catalogue,
                                                     hone_selection_get_iteration (self->selection));

  g_signal_connect_object (dialog, "exported", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
classify_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);
  HoneClassifyDialog *dialog = hone_classify_dialog_new (window_of (self), self->project, self->catalogue,
                                                         hone_selection_get_iteration (self->selection));

  g_signal_connect_object (dialog, "classified", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- categories, and back ---- */

typedef struct {
  HoneDataPage *page;
  HoneOntology *before;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->page);
  hone_ontology_unref (undo->before);
  g_free (undo);
}

static gpointer
set_ontology (HoneStore     *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return GINT_TO_POINTER (hone_store_set_ontology (store, data, error));
}

static void
undone_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneDataPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!hone_store_call_finish (HONE_STORE (store), result, &error))
    hone_toast_error (GTK_WIDGET (self), error);
  else if (self->project)
    hone_project_changed (self->project, HONE_PROJECT_ONTOLOGY);
}

static void
undo (gpointer data)
{
  Undo *undo = data;

  if (undo->page->project)
    hone_store_call_async (hone_project_get_store (undo->page->project), HONE_LANE_WRITE, set_ontology, hone_ontology_ref (undo->before),
                           (GDestroyNotify) hone_ontology_unref, NULL, NULL, undone_cb, g_object_ref (undo->page));
}

static void
on_saved (HoneDataPage *self)
{
  Undo *taken_back;

  if (!hone_ontology_get_size (hone_project_get_ontology (self->project)))
    {
      hone_toast (GTK_WIDGET (self), _("Categories saved"));
      return;
    }
  /* The project has not read the new ones yet. */
  taken_back = g_new (Undo, 1);
  *taken_back = (Undo) { g_object_ref (self), hone_ontology_ref (hone_project_get_ontology (self->project)) };
  hone_toast_undo (GTK_WIDGET (self), _("Categories saved"), undo, taken_back, undo_free);
}

static void
categories_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);
  HoneCategoriesDialog *dialog = hone_categories_dialog_new (window_of (self), self->project);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_hone_data_page_install_dialogs (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "data.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "data.classify", NULL, classify_action);
  gtk_widget_class_install_action (widget_class, "data.categories", NULL, categories_action);
}
