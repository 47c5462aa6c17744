/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-imports-dialog.h"
#include "model/hone-words.h"
#include "widgets/hone-row.h"
#include "widgets/hone-toast.h"

struct _HoneImportsDialog {
  AdwWindow      parent_instance;

  HoneProject   *project;
  HoneCatalogue *catalogue;

  GtkStack      *stack;
  GtkListBox    *list;
};

G_DEFINE_FINAL_TYPE (HoneImportsDialog, hone_imports_dialog, ADW_TYPE_WINDOW)

static char *
describe (const HoneImportInfo *info)
{
  g_autofree char *time = hone_words_time (info->time);
  g_autofree char *texts = hone_words_count (info->examples);
  g_autofree char *labels = hone_words_count (info->labels);
  g_autofree char *with_texts = g_strdup_printf (ngettext ("%s text", "%s texts", info->examples), texts);
  g_autofree char *with_labels = g_strdup_printf (ngettext ("%s label", "%s labels", info->labels), labels);

  return g_strdup_printf (info->undone ? _("%s: %s, %s; taken back") : "%s: %s, %s", time, with_texts, with_labels);
}

static GtkWidget *
new_row (HoneImportsDialog    *self,
         const HoneImportInfo *info)
{
  g_autofree char *about = describe (info);
  g_autofree char *name = g_strdup_printf (info->undone ? _("Bring %s back") : _("Take %s back"), info->source);
  GtkWidget *row = hone_row_new (info->source, about);
  GtkWidget *button = gtk_button_new_with_label (info->undone ? _("Bring Back") : _("Take Back"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "imports.take-back");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(xb)", info->id, (gboolean) !info->undone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
update (HoneImportsDialog *self)
{
  GPtrArray *imports = hone_catalogue_get_imports (self->catalogue);

  hone_row_clear_all (self->list);
  for (guint i = 0; i < imports->len; i++)
    gtk_list_box_append (self->list, new_row (self, g_ptr_array_index (imports, i)));
  gtk_stack_set_visible_child_name (self->stack, imports->len ? "list" : "empty");
}

static void
taken_back_cb (GObject      *project,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HoneImportsDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!hone_import_take_back_finish (HONE_PROJECT (project), result, &error) && self->stack)
    hone_toast_error (GTK_WIDGET (self->stack), error);
}

static void
take_back_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HoneImportsDialog *self = HONE_IMPORTS_DIALOG (widget);
  gint64 id;
  gboolean back;

  g_variant_get (parameter, "(xb)", &id, &back);
  hone_import_take_back_async (self->project, id, back, taken_back_cb, g_object_ref (self));
}

static void
hone_imports_dialog_dispose (GObject *object)
{
  HoneImportsDialog *self = HONE_IMPORTS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_IMPORTS_DIALOG);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_imports_dialog_parent_class)->dispose (object);
}

static void
hone_imports_dialog_class_init (HoneImportsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_imports_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-imports-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneImportsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneImportsDialog, list);
  gtk_widget_class_install_action (widget_class, "imports.take-back", "(xb)", take_back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hone_imports_dialog_init (HoneImportsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_imports_dialog_new:
 * @parent: (nullable): the window to stand over
 * @project: whose imports
 * @catalogue: of @project
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
hone_imports_dialog_new (GtkWindow     *parent,
                         HoneProject   *project,
                         HoneCatalogue *catalogue)
{
  HoneImportsDialog *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HONE_TYPE_IMPORTS_DIALOG, "transient-for", parent, NULL);
  self->project = g_object_ref (project);
  self->catalogue = g_object_ref (catalogue);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "imports.take-back", hone_project_get_writable (project));
  g_signal_connect_object (catalogue, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}
