/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-categories-dialog.h"
#include "hone-category-row.h"
#include "store/hone-store-examples.h"
#include "widgets/hone-dialog.h"
#include "widgets/hone-toast.h"

struct _HoneCategoriesDialog {
  AdwWindow      parent_instance;

  HoneProject   *project;
  char          *before;       /* hash, as it was opened */
  HoneOntology  *ontology;     /* (nullable): what is typed, while nothing is wrong with it */
  gboolean       saving;

  GtkWidget     *toasts;
  GtkEditable   *instruction;
  AdwComboRow   *choice;
  GtkListBox    *list;
};

static guint saved_signal;

G_DEFINE_FINAL_TYPE (HoneCategoriesDialog, hone_categories_dialog, ADW_TYPE_WINDOW)

/* ---- what is typed ---- */

static HoneCategoryRow *
nth_row (HoneCategoriesDialog *self,
         guint                 nth)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, nth);

  return row ? HONE_CATEGORY_ROW (row) : NULL;
}

static GPtrArray *
collect_drafts (HoneCategoriesDialog *self)
{
  GPtrArray *drafts = g_ptr_array_new ();
  HoneCategoryRow *row;

  for (guint i = 0; (row = nth_row (self, i)); i++)
    g_ptr_array_add (drafts, hone_category_row_get_draft (row));
  return drafts;
}

/* The hash knows what models and readers can notice; colours and shortcuts are for people. */
static gboolean
differs (HoneCategoriesDialog *self)
{
  const HoneOntology *saved = hone_project_get_ontology (self->project);
  g_autofree char *hash = hone_ontology_dup_hash (self->ontology);

  if (g_strcmp0 (hash, self->before) != 0)
    return TRUE;
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *now = hone_ontology_get_nth (self->ontology, i), *then = hone_ontology_get_by_id (saved, now->id);

      if (!then || g_strcmp0 (now->color, then->color) != 0 || g_strcmp0 (now->shortcut, then->shortcut) != 0)
        return TRUE;
    }
  return FALSE;
}

/* The first mistake stands in its row. */
static void
update (HoneCategoriesDialog *self)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GError) error = NULL;
  HoneCategoryRow *row;
  guint bad = 0;

  if (!self->project)
    return;
  drafts = collect_drafts (self);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  self->ontology = hone_ontology_new_from_drafts (adw_combo_row_get_selected (self->choice), gtk_editable_get_text (self->instruction),
                                                  drafts, &bad, &error);
  for (guint i = 0; (row = nth_row (self, i)); i++)
    hone_category_row_set_error (row, error && i == bad ? error->message : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "categories.save",
                                 self->ontology && !self->saving && hone_project_get_writable (self->project) && differs (self));
}

static void
on_removed (HoneCategoriesDialog *self,
            GtkWidget            *row)
{
  gtk_list_box_remove (self->list, row);
  update (self);
}

static GtkWidget *
add_row (HoneCategoriesDialog *self,
         const HoneCategory   *category)
{
  GtkWidget *row = hone_category_row_new (hone_category_draft_new (category));

  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  return row;
}

static void
fill (HoneCategoriesDialog *self,
      HoneOntology         *ontology)
{
  const char *instruction = hone_ontology_get_instruction (ontology);

  gtk_editable_set_text (self->instruction, instruction ? instruction : "");
  adw_combo_row_set_selected (self->choice, hone_ontology_get_choice (ontology));
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    add_row (self, hone_ontology_get_nth (ontology, i));
  self->before = hone_ontology_dup_hash (ontology);
}

/* ---- the choice rule ---- */

static gpointer
find_labels (HoneStore     *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  HoneSplitCounts counts[HONE_N_SPLITS];
  gboolean any = FALSE;

  if (!hone_store_get_split_counts (store, counts, error))
    return NULL;
  for (int split = 0; split < HONE_N_SPLITS; split++)
    any = any || counts[split].labelled || counts[split].disputed || counts[split].known;
  return GINT_TO_POINTER (any ? 1 : 2);
}

static void
found_labels_cb (GObject      *store,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HoneCategoriesDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gpointer answer = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!self->choice)
    return;
  if (error)
    hone_toast_error (self->toasts, error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choice), answer == GINT_TO_POINTER (2));
  if (answer == GINT_TO_POINTER (1))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->choice), _("Stays as it is while there are labels"));
}

/* ---- saving ---- */

static gpointer
save (HoneStore     *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return GINT_TO_POINTER (hone_store_set_ontology (store, data, error));
}

static void
saved_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneCategoriesDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean good = hone_store_call_finish (HONE_STORE (store), result, &error) != NULL;

  self->saving = FALSE;
  if (good)
    {
      hone_project_changed (self->project, HONE_PROJECT_ONTOLOGY);
      g_signal_emit (self, saved_signal, 0);
    }
  if (!self->toasts)
    return;
  if (good)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  hone_toast_error (self->toasts, error);
  update (self);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneCategoriesDialog *self = HONE_CATEGORIES_DIALOG (widget);

  self->saving = TRUE;
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_WRITE, save, hone_ontology_ref (self->ontology),
                         (GDestroyNotify) hone_ontology_unref, NULL, NULL, saved_cb, g_object_ref (self));
  gtk_widget_action_set_enabled (widget, "categories.save", FALSE);
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  HoneCategoriesDialog *self = HONE_CATEGORIES_DIALOG (widget);
  GtkWidget *row = add_row (self, NULL);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  update (self);
}

/* ---- the object ---- */

static void
hone_categories_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_CATEGORIES_DIALOG);
  G_OBJECT_CLASS (hone_categories_dialog_parent_class)->dispose (object);
}

static void
hone_categories_dialog_finalize (GObject *object)
{
  HoneCategoriesDialog *self = HONE_CATEGORIES_DIALOG (object);

  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_clear_object (&self->project);
  g_free (self->before);
  G_OBJECT_CLASS (hone_categories_dialog_parent_class)->finalize (object);
}

static void
hone_categories_dialog_class_init (HoneCategoriesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_categories_dialog_dispose;
  object_class->finalize = hone_categories_dialog_finalize;

  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-categories-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneCategoriesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HoneCategoriesDialog, instruction);
  gtk_widget_class_bind_template_child (widget_class, HoneCategoriesDialog, choice);
  gtk_widget_class_bind_template_child (widget_class, HoneCategoriesDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "categories.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "categories.add", NULL, add_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "categories.save", NULL);
}

static void
hone_categories_dialog_init (HoneCategoriesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->choice), FALSE);
}

/**
 * hone_categories_dialog_new:
 * @parent: (nullable): the window to stand over
 * @project: whose categories
 *
 * Returns: (transfer none): the dialog, to be presented
 */
HoneCategoriesDialog *
hone_categories_dialog_new (GtkWindow   *parent,
                            HoneProject *project)
{
  HoneCategoriesDialog *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project), NULL);

  self = g_object_new (HONE_TYPE_CATEGORIES_DIALOG, "transient-for", parent, NULL);
  hone_dialog_fit (GTK_WINDOW (self));
  fill (self, hone_project_get_ontology (project));
  self->project = g_object_ref (project);
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_READ, find_labels, NULL, NULL, NULL, NULL, found_labels_cb, g_object_ref (self));
  update (self);
  return self;
}
