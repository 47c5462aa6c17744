/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which texts, and in which order. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-labeling-view-private.h"
#include "model/hone-filter-actions.h"
#include "model/hone-filter-parts.h"
#include "model/hone-words.h"
#include "widgets/hone-toast.h"

#define ONLY_OPEN -1   /* the chip that is no part of the filter */

/* ---- filters ---- */

static void
update_chips (HoneLabelingView *self)
{
  const HoneFilter *filter = hone_selection_get_filter (hone_labeling_get_selection (self->labeling));
  HoneOntology *ontology = hone_project_get_ontology (hone_labeling_get_project (self->labeling));
  g_autoptr(GArray) chips = g_array_new (FALSE, FALSE, sizeof (HoneChip));
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  HoneChip open = { ONLY_OPEN, _("Not labelled yet") };

  if (hone_labeling_narrows (self->labeling))
    g_array_append_val (chips, open);
  for (int part = 0; part < HONE_N_FILTER_PARTS; part++)
    if (hone_filter_has (filter, part))
      {
        HoneChip chip = { part, hone_filter_dup_words (filter, part, ontology, self->catalogue) };

        g_ptr_array_add (words, (char *) chip.label);
        g_array_append_val (chips, chip);
      }
  hone_chip_bar_set_chips (self->chips, (const HoneChip *) (gpointer) chips->data, chips->len);
}

void
_hone_labeling_view_chip_removed (HoneLabelingView *self,
                                  int               part)
{
  if (part == ONLY_OPEN)
    hone_labeling_set_only_open (self->labeling, FALSE);
  else
    g_action_group_activate_action (G_ACTION_GROUP (self->filter_actions), "drop", g_variant_new_int32 (part));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
update_menu (HoneLabelingView *self)
{
  HoneSelection *selection = hone_labeling_get_selection (self->labeling);
  HoneOntology *ontology = hone_project_get_ontology (hone_labeling_get_project (self->labeling));
  g_autoptr(GMenuModel) menu = hone_filter_menu_new (ontology, self->catalogue, hone_selection_get_iteration (selection) != 0);

  gtk_menu_button_set_menu_model (self->filter_button, menu);
}

/* ---- orders ---- */

static void
update_line (GtkListItem      *line,
             HoneLabelingView *self)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (line)), *reason = gtk_widget_get_next_sibling (name);
  GtkStringObject *string = gtk_list_item_get_item (line);
  const char *why = hone_labeling_explain_order (self->labeling, gtk_list_item_get_position (line));

  gtk_label_set_text (GTK_LABEL (name), gtk_string_object_get_string (string));
  gtk_label_set_text (GTK_LABEL (reason), why ? why : "");
  gtk_widget_set_visible (reason, why != NULL);
  gtk_widget_set_sensitive (gtk_list_item_get_child (line), !why);
  gtk_list_item_set_activatable (line, !why);
  gtk_list_item_set_selectable (line, !why);
}

static void
on_setup_line (GtkSignalListItemFactory *factory,
               GtkListItem              *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *name = gtk_label_new (NULL), *reason = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0.0);
  gtk_label_set_xalign (GTK_LABEL (reason), 0.0);
  gtk_widget_add_css_class (reason, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), reason);
  gtk_list_item_set_child (line, box);
}

static void
on_bind_line (GtkSignalListItemFactory *factory,
              GtkListItem              *line,
              HoneLabelingView         *self)
{
  update_line (line, self);
}

/* A new list asks again which orders are possible. */
static void
set_up_orders (HoneLabelingView *self)
{
  const char * const names[] = { _("As imported"), _("Random"), _("Most uncertain"), _("Models disagree"), NULL };
  g_autoptr(GtkStringList) orders = gtk_string_list_new (names);
  g_autoptr(GtkListItemFactory) lines = gtk_signal_list_item_factory_new ();

  g_signal_connect (lines, "setup", G_CALLBACK (on_setup_line), NULL);
  g_signal_connect_object (lines, "bind", G_CALLBACK (on_bind_line), self, 0);
  self->ordering = TRUE;
  gtk_drop_down_set_model (self->order, G_LIST_MODEL (orders));
  gtk_drop_down_set_list_factory (self->order, lines);
  self->ordering = FALSE;
}

static guint
possible_order (HoneLabelingView *self)
{
  HoneQueueOrder order = hone_selection_get_order (hone_labeling_get_selection (self->labeling));

  return hone_labeling_explain_order (self->labeling, order) ? HONE_QUEUE_IMPORTED : order;
}

static void
show_order (HoneLabelingView *self)
{
  self->ordering = TRUE;
  gtk_drop_down_set_selected (self->order, possible_order (self));
  self->ordering = FALSE;
}

void
_hone_labeling_view_order_chosen (HoneLabelingView *self)
{
  guint order = gtk_drop_down_get_selected (self->order);
  const char *why;

  if (self->ordering || !self->labeling || order == GTK_INVALID_LIST_POSITION)
    return;
  why = hone_labeling_explain_order (self->labeling, order);
  if (why)
    {
      hone_toast (GTK_WIDGET (self), why);
      show_order (self);
      return;
    }
  hone_selection_set_order (hone_labeling_get_selection (self->labeling), order);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* ---- together ---- */

static void
update_position (HoneLabelingView *self)
{
  HoneLabelingProgress progress;
  g_autofree char *position = NULL;
  g_autofree char *total = NULL;
  g_autofree char *words = NULL;

  hone_labeling_get_progress (self->labeling, &progress);
  position = hone_words_count (progress.position);
  total = hone_words_count (progress.total);
  words = progress.position ? g_strdup_printf (_("%s / %s"), position, total) : g_strdup ("");
  gtk_label_set_text (self->position, words);
}

/* Which orders are possible is known only after the project was looked at, and changes with what is trained. */
static void
update_orders (HoneLabelingView *self)
{
  guint impossible = 0;

  for (guint order = 0; order < g_list_model_get_n_items (gtk_drop_down_get_model (self->order)); order++)
    impossible |= (hone_labeling_explain_order (self->labeling, order) != NULL) << order;
  if (impossible == self->impossible)
    return;
  self->impossible = impossible;
  set_up_orders (self);
}

void
_hone_labeling_view_update_bar (HoneLabelingView *self)
{
  update_chips (self);
  update_orders (self);
  update_position (self);
  show_order (self);
}

static void
on_names_changed (HoneLabelingView *self)
{
  update_menu (self);
  update_chips (self);
}

static void
on_iteration (HoneLabelingView *self)
{
  update_menu (self);
  set_up_orders (self);
  show_order (self);
}

void
_hone_labeling_view_watch_bar (HoneLabelingView *self)
{
  HoneProject *project = hone_labeling_get_project (self->labeling);
  HoneSelection *selection = hone_labeling_get_selection (self->labeling);

  self->catalogue = hone_catalogue_new (project);
  self->filter_actions = hone_filter_actions_new (selection);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (self->filter_actions));
  set_up_orders (self);
  g_signal_connect_object (selection, "filter-changed", G_CALLBACK (update_chips), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::order", G_CALLBACK (show_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (on_iteration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->catalogue, "changed", G_CALLBACK (on_names_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (project, "notify::ontology", G_CALLBACK (on_names_changed), self, G_CONNECT_SWAPPED);
  update_menu (self);
  _hone_labeling_view_update_bar (self);
}
