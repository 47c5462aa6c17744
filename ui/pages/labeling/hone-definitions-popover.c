/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-definitions-popover.h"

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_definitions (const HoneOntology *ontology)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *instruction = hone_ontology_get_instruction (ontology);

  if (instruction && *instruction)
    gtk_box_append (GTK_BOX (box), new_label (instruction, "title-4"));
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);
      gboolean defined = category->definition && *category->definition;

      gtk_box_append (GTK_BOX (box), new_label (category->name, "heading"));
      gtk_box_append (GTK_BOX (box), new_label (defined ? category->definition : _("no definition yet"), "dim-label"));
    }
  return box;
}

/**
 * hone_definitions_popover_new:
 * @ontology: the categories
 *
 * Returns: (transfer floating): a popover, to be given a parent, popped up, and unparented
 */
GtkWidget *
hone_definitions_popover_new (const HoneOntology *ontology)
{
  GtkWidget *popover, *scroller, *definitions;

  g_return_val_if_fail (ontology, NULL);

  popover = gtk_popover_new ();
  scroller = gtk_scrolled_window_new ();
  definitions = new_definitions (ontology);
  gtk_widget_set_margin_start (definitions, 12);
  gtk_widget_set_margin_end (definitions, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), definitions);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Definitions of the categories"), -1);
  return popover;
}
