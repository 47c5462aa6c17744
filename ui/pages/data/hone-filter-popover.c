/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-filter-popover.h"

struct _HoneFilterPopover {
  GtkPopover      parent_instance;

  HoneSelection  *selection;
  HoneOntology   *ontology;   /* as of its opening */

  GtkDropDown    *category;
  GtkSpinButton  *low;
  GtkSpinButton  *high;
  GtkWidget      *apply;
};

G_DEFINE_FINAL_TYPE (HoneFilterPopover, hone_filter_popover, GTK_TYPE_POPOVER)

static void
fill_categories (HoneFilterPopover *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = hone_selection_get_filter (self->selection)->category, position = 0;

  gtk_string_list_append (names, _("Any"));
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      gtk_string_list_append (names, category->name);
      if (category->id == chosen)
        position = i + 1;
    }
  gtk_drop_down_set_model (self->category, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->category, position);
}

static void
fill_confidence (HoneFilterPopover *self)
{
  const HoneFilter *filter = hone_selection_get_filter (self->selection);
  gboolean iteration = hone_selection_get_iteration (self->selection) != 0;

  if (!isnan (filter->confidence_low))
    gtk_spin_button_set_value (self->low, filter->confidence_low);
  if (!isnan (filter->confidence_high))
    gtk_spin_button_set_value (self->high, filter->confidence_high);
  gtk_widget_set_sensitive (GTK_WIDGET (self->low), iteration);
  gtk_widget_set_sensitive (GTK_WIDGET (self->high), iteration);
}

/* The whole range is no question. */
static void
ask_confidence (HoneFilterPopover *self,
                HoneFilter        *filter)
{
  double a = gtk_spin_button_get_value (self->low), b = gtk_spin_button_get_value (self->high);

  filter->confidence_low = MIN (a, b) > 0 ? MIN (a, b) : NAN;
  filter->confidence_high = MAX (a, b) < 1 ? MAX (a, b) : NAN;
  if (!isnan (filter->confidence_low) || !isnan (filter->confidence_high))
    filter->iteration_id = hone_selection_get_iteration (self->selection);
}

static void
on_apply (HoneFilterPopover *self)
{
  g_autoptr(HoneFilter) filter = hone_filter_copy (hone_selection_get_filter (self->selection));
  guint chosen = gtk_drop_down_get_selected (self->category);

  filter->category = chosen > 0 && chosen != GTK_INVALID_LIST_POSITION ? hone_ontology_get_nth (self->ontology, chosen - 1)->id : 0;
  if (filter->category)
    filter->reference_state = -1;
  if (hone_selection_get_iteration (self->selection))
    ask_confidence (self, filter);
  gtk_popover_popdown (GTK_POPOVER (self));
  hone_selection_set_filter (self->selection, filter);
}

static gboolean
leave_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever closes it still looks at it. */
static void
hone_filter_popover_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, leave_cb, g_object_ref (popover), g_object_unref);
}

static void
hone_filter_popover_dispose (GObject *object)
{
  HoneFilterPopover *self = HONE_FILTER_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_FILTER_POPOVER);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  G_OBJECT_CLASS (hone_filter_popover_parent_class)->dispose (object);
}

static void
hone_filter_popover_class_init (HoneFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_filter_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = hone_filter_popover_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneFilterPopover, category);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterPopover, low);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterPopover, high);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterPopover, apply);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
}

static void
hone_filter_popover_init (HoneFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_filter_popover_new:
 * @project: whose categories
 * @selection: whose filter
 *
 * Returns: (transfer floating): the popover, with what the filter asks for already
 */
GtkWidget *
hone_filter_popover_new (HoneProject   *project,
                         HoneSelection *selection)
{
  HoneFilterPopover *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_FILTER_POPOVER, NULL);
  self->selection = g_object_ref (selection);
  self->ontology = hone_ontology_ref (hone_project_get_ontology (project));
  fill_categories (self);
  fill_confidence (self);
  return GTK_WIDGET (self);
}
