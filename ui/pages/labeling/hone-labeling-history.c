/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-labeling-history.h"
#include "model/hone-words.h"

#define MOST_CHARACTERS 200   /* of a text in its row */

struct _HoneLabelingHistory {
  GtkBox        parent_instance;

  HoneLabeling *labeling;
  GtkListBox   *list;
};

G_DEFINE_FINAL_TYPE (HoneLabelingHistory, hone_labeling_history, GTK_TYPE_BOX)

static char *
dup_decision (HoneLabelingHistory *self,
              HoneLabelingStep    *step)
{
  HoneCategorySet *categories = hone_labeling_step_get_categories (step);
  HoneOntology *ontology = hone_project_get_ontology (hone_labeling_get_project (self->labeling));

  return categories ? hone_words_categories (ontology, categories) : g_strdup (_("skipped"));
}

/* The beginning of a text, in one line. */
static char *
dup_beginning (HoneLabelingStep *step)
{
  const HoneExample *example = hone_example_item_get_example (hone_labeling_step_get_item (step));
  char *line = example ? g_utf8_substring (example->text, 0, MIN (g_utf8_strlen (example->text, 4 * MOST_CHARACTERS), MOST_CHARACTERS))
                       : g_strdup ("");

  return g_strdelimit (line, "\n\r\t", ' ');
}

static GtkWidget *
new_line (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row (gpointer item,
         gpointer user_data)
{
  HoneLabelingHistory *self = user_data;
  g_autofree char *decision = dup_decision (self, item);
  g_autofree char *beginning = dup_beginning (item);
  g_autofree char *name = g_strdup_printf (_("%s: %s"), decision, beginning);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), new_line (decision, NULL));
  gtk_box_append (GTK_BOX (box), new_line (beginning, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
on_row_activated (HoneLabelingHistory *self,
                  GtkListBoxRow       *row)
{
  g_autoptr(HoneLabelingStep) step = g_list_model_get_item (hone_labeling_get_history (self->labeling), gtk_list_box_row_get_index (row));

  if (step)
    hone_labeling_show (self->labeling, hone_labeling_step_get_item (step));
}

static void
hone_labeling_history_dispose (GObject *object)
{
  HoneLabelingHistory *self = HONE_LABELING_HISTORY (object);

  if (self->list)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_LABELING_HISTORY);
  self->list = NULL;
  g_clear_object (&self->labeling);
  G_OBJECT_CLASS (hone_labeling_history_parent_class)->dispose (object);
}

static void
hone_labeling_history_class_init (HoneLabelingHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_labeling_history_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/labeling/hone-labeling-history.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingHistory, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
hone_labeling_history_init (HoneLabelingHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_labeling_history_watch:
 * @self: a new history
 * @labeling: whose decisions it shows
 *
 * Begins to show them. Once.
 */
void
hone_labeling_history_watch (HoneLabelingHistory *self,
                             HoneLabeling        *labeling)
{
  g_return_if_fail (HONE_IS_LABELING_HISTORY (self) && !self->labeling);

  self->labeling = g_object_ref (labeling);
  gtk_list_box_bind_model (self->list, hone_labeling_get_history (labeling), new_row, self, NULL);
}
