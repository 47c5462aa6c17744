/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-sidebar-row.h"
#include "model/hone-experiment-item.h"

struct _HoneSidebarRow {
  GtkWidget         parent_instance;

  GObject          *item;        /* (nullable): HoneExperimentItem or HoneIterationItem */
  gulong            handler;
  HoneMeasure       measure;

  GtkTreeExpander  *expander;
  GtkLabel         *name;
  GtkLabel         *detail;
  GtkLabel         *score;
  GtkLabel         *change;
  GtkWidget        *more;
};

static guint menu_signal;

G_DEFINE_FINAL_TYPE (HoneSidebarRow, hone_sidebar_row, GTK_TYPE_WIDGET)

static void
show_experiment (HoneSidebarRow       *self,
                 const HoneExperiment *experiment)
{
  g_autofree char *shown = experiment->archived ? g_strdup_printf (_("%s (archived)"), experiment->name) : NULL;
  g_autofree char *about = NULL;

  gtk_label_set_label (self->name, shown ? shown : experiment->name);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  gtk_label_set_label (self->detail, "");
  gtk_label_set_label (self->score, "");
  gtk_label_set_label (self->change, "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), experiment->note);
  about = g_strdup_printf (_("Menu of %s"), experiment->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, about, -1);
}

/* What iteration 0 is, and how much the others learnt from. */
static char *
describe_iteration (const HoneIteration *iteration)
{
  if (iteration->number == 0)
    return g_strdup (iteration->description ? iteration->description : _("untouched model"));
  if (iteration->n_pseudo)
    /* Translators: numbers of labels and of pseudo-labels that were learnt from */
    return g_strdup_printf (_("%" G_GUINT64_FORMAT " labels and %" G_GUINT64_FORMAT " guesses"), iteration->n_trained - iteration->n_pseudo,
                            iteration->n_pseudo);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" G_GUINT64_FORMAT " label", "%" G_GUINT64_FORMAT " labels", iteration->n_trained),
                          iteration->n_trained);
}

static void
show_score (HoneSidebarRow    *self,
            HoneIterationItem *item)
{
  const HoneStanding *standing = hone_iteration_item_get_standing (item);
  double value = standing ? standing->scores->measures[self->measure].value : NAN;
  double change = hone_iteration_item_get_change (item, self->measure);
  g_autofree char *score = isnan (value) ? NULL : g_strdup_printf ("%.2f", value);
  g_autofree char *moved = fabs (change) < 0.0005 ? NULL : g_strdup_printf ("%+.3f", change);

  gtk_label_set_label (self->score, score ? score : "–");
  gtk_label_set_label (self->change, moved ? moved : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->change), moved ? _("What the last label changed") : NULL);
}

static void
show_iteration (HoneSidebarRow    *self,
                HoneIterationItem *item)
{
  const HoneIteration *iteration = hone_iteration_item_get (item);
  g_autofree char *name = g_strdup_printf (_("Iteration %d"), iteration->number);
  g_autofree char *detail = describe_iteration (iteration);

  gtk_label_set_label (self->name, name);
  gtk_widget_remove_css_class (GTK_WIDGET (self->name), "heading");
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), detail);
  show_score (self, item);
}

static void
show (HoneSidebarRow *self)
{
  g_autofree char *label = NULL;

  if (HONE_IS_EXPERIMENT_ITEM (self->item))
    show_experiment (self, hone_experiment_item_get (HONE_EXPERIMENT_ITEM (self->item)));
  else if (HONE_IS_ITERATION_ITEM (self->item))
    show_iteration (self, HONE_ITERATION_ITEM (self->item));
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *gtk_label_get_label (self->detail));
  gtk_widget_set_visible (self->more, HONE_IS_EXPERIMENT_ITEM (self->item));
  label = g_strjoin (" ", gtk_label_get_label (self->name), gtk_label_get_label (self->detail), gtk_label_get_label (self->score), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- the menu ---- */

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            HoneSidebarRow  *self)
{
  g_signal_emit (self, menu_signal, 0, x, y);
}

static void
on_more (HoneSidebarRow *self)
{
  graphene_point_t foot = GRAPHENE_POINT_INIT_ZERO;

  if (gtk_widget_compute_point (self->more, GTK_WIDGET (self),
                                &GRAPHENE_POINT_INIT (gtk_widget_get_width (self->more) / 2.f, gtk_widget_get_height (self->more)), &foot))
    g_signal_emit (self, menu_signal, 0, (double) foot.x, (double) foot.y);
}

/* ---- the object ---- */

static void
forget (HoneSidebarRow *self)
{
  g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
}

static void
hone_sidebar_row_dispose (GObject *object)
{
  HoneSidebarRow *self = HONE_SIDEBAR_ROW (object);

  forget (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_SIDEBAR_ROW);
  G_OBJECT_CLASS (hone_sidebar_row_parent_class)->dispose (object);
}

static void
hone_sidebar_row_class_init (HoneSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_sidebar_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneSidebarRow, expander);
  gtk_widget_class_bind_template_child (widget_class, HoneSidebarRow, name);
  gtk_widget_class_bind_template_child (widget_class, HoneSidebarRow, detail);
  gtk_widget_class_bind_template_child (widget_class, HoneSidebarRow, score);
  gtk_widget_class_bind_template_child (widget_class, HoneSidebarRow, change);
  gtk_widget_class_bind_template_child (widget_class, HoneSidebarRow, more);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_more);

  menu_signal = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
hone_sidebar_row_init (HoneSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_sidebar_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
hone_sidebar_row_new (void)
{
  return g_object_new (HONE_TYPE_SIDEBAR_ROW, NULL);
}

/**
 * hone_sidebar_row_set_row:
 * @self: a row
 * @row: (nullable): what to show; %NULL lets go of it
 */
void
hone_sidebar_row_set_row (HoneSidebarRow *self,
                          GtkTreeListRow *row)
{
  g_return_if_fail (HONE_IS_SIDEBAR_ROW (self));

  forget (self);
  gtk_tree_expander_set_list_row (self->expander, row);
  if (!row)
    return;
  self->item = gtk_tree_list_row_get_item (row);
  self->handler = g_signal_connect_swapped (self->item, "notify", G_CALLBACK (show), self);
  show (self);
}

/**
 * hone_sidebar_row_is_experiment:
 * @self: a row
 *
 * Returns: whether it shows an experiment and not an iteration
 */
gboolean
hone_sidebar_row_is_experiment (HoneSidebarRow *self)
{
  g_return_val_if_fail (HONE_IS_SIDEBAR_ROW (self), FALSE);

  return HONE_IS_EXPERIMENT_ITEM (self->item);
}

/**
 * hone_sidebar_row_get_experiment_id:
 * @self: a row
 *
 * Returns: the experiment that it shows, or whose iteration; 0 for an empty row
 */
gint64
hone_sidebar_row_get_experiment_id (HoneSidebarRow *self)
{
  g_return_val_if_fail (HONE_IS_SIDEBAR_ROW (self), 0);

  if (HONE_IS_EXPERIMENT_ITEM (self->item))
    return hone_experiment_item_get (HONE_EXPERIMENT_ITEM (self->item))->id;
  return HONE_IS_ITERATION_ITEM (self->item) ? hone_iteration_item_get (HONE_ITERATION_ITEM (self->item))->experiment_id : 0;
}

/**
 * hone_sidebar_row_set_measure:
 * @self: a row
 * @measure: which score to show
 */
void
hone_sidebar_row_set_measure (HoneSidebarRow *self,
                              HoneMeasure     measure)
{
  g_return_if_fail (HONE_IS_SIDEBAR_ROW (self));

  self->measure = measure;
  if (self->item)
    show (self);
}
