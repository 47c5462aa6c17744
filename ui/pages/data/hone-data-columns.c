/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the list of texts, and the menu of a row. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-data-page-private.h"
#include "hone-example-cell.h"

#define FLAG_WIDTH 56   /* of an icon; what has words says itself how many it has room for */

static const char * const titles[HONE_N_CELLS] = {
  [HONE_CELL_TEXT] = N_("Text"),
  [HONE_CELL_LABEL] = N_("Label"),
  [HONE_CELL_SPLIT] = N_("Split"),
  [HONE_CELL_ANSWER] = N_("Answer"),
  [HONE_CELL_FLAG] = N_("Flag"),
};

/* What is done to a row is done to all chosen ones, if it is one of them. */
static void
choose (HoneDataPage *self,
        guint         position)
{
  GtkSelectionModel *chosen = GTK_SELECTION_MODEL (self->chosen);

  if (position != GTK_INVALID_LIST_POSITION && !gtk_selection_model_is_selected (chosen, position))
    gtk_selection_model_select_item (chosen, position, TRUE);
}

static void
on_menu_click (HoneDataPage    *self,
               int              n_press,
               double           x,
               double           y,
               GtkGestureClick *gesture)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = hit ? gtk_widget_get_ancestor (hit, HONE_TYPE_EXAMPLE_CELL) : NULL;
  graphene_point_t place;

  if (!cell || !gtk_widget_compute_point (GTK_WIDGET (self->view), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &place))
    return;
  choose (self, hone_example_cell_get_position (HONE_EXAMPLE_CELL (cell)));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu), &(GdkRectangle) { place.x, place.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
}

static HoneCellKind
kind_of (HoneDataPage       *self,
         GtkListItemFactory *factory)
{
  HoneCellKind kind = HONE_CELL_TEXT;

  while (self->factories[kind] != factory)
    kind++;
  return kind;
}

static void
on_setup (HoneDataPage       *self,
          GtkListItem        *place,
          GtkListItemFactory *factory)
{
  gtk_list_item_set_child (place, hone_example_cell_new (kind_of (self, factory), place));
}

static void
on_bind (HoneDataPage       *self,
         GtkListItem        *place,
         GtkListItemFactory *factory)
{
  hone_example_cell_show (HONE_EXAMPLE_CELL (gtk_list_item_get_child (place)), gtk_list_item_get_item (place),
                          hone_project_get_ontology (self->project));
}

static void
on_unbind (HoneDataPage       *self,
           GtkListItem        *place,
           GtkListItemFactory *factory)
{
  hone_example_cell_show (HONE_EXAMPLE_CELL (gtk_list_item_get_child (place)), NULL, NULL);
}

static GtkColumnViewColumn *
new_column (HoneDataPage *self,
            HoneCellKind  kind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (_(titles[kind]), factory);

  self->factories[kind] = factory;
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, kind == HONE_CELL_TEXT);
  if (kind == HONE_CELL_FLAG)
    gtk_column_view_column_set_fixed_width (column, FLAG_WIDTH);
  return column;
}

static void
append (HoneDataPage *self,
        HoneCellKind  kind)
{
  g_autoptr(GtkColumnViewColumn) column = new_column (self, kind);

  gtk_column_view_append_column (self->view, column);
}

void
_hone_data_page_add_columns (HoneDataPage *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (on_menu_click), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (gesture));
  append (self, HONE_CELL_TEXT);
  append (self, HONE_CELL_LABEL);
  append (self, HONE_CELL_SPLIT);
  append (self, HONE_CELL_FLAG);
}

/* A column that is only hidden would leave its width empty. */
void
_hone_data_page_show_answers (HoneDataPage *self,
                              gboolean      show)
{
  if (show == (self->answers != NULL))
    return;
  if (show)
    {
      self->answers = new_column (self, HONE_CELL_ANSWER);
      gtk_column_view_insert_column (self->view, HONE_CELL_ANSWER, self->answers);
    }
  else
    {
      gtk_column_view_remove_column (self->view, self->answers);
      g_clear_object (&self->answers);
    }
}
