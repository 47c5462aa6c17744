/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user does to chosen texts. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-data-page-private.h"
#include "model/hone-example-edit.h"
#include "model/hone-words.h"
#include "widgets/hone-toast.h"

/* ---- the chosen texts ---- */

static GArray *
dup_chosen (HoneDataPage *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->chosen));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = hone_example_list_get_id (self->list, position);

      if (id)
        g_array_append_val (ids, id);
    }
  return ids;
}

/* Whether the first chosen text has a flag: what is done is the opposite. */
static gboolean
is_flagged (HoneDataPage *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->chosen));
  g_autoptr(HoneExampleItem) item = gtk_bitset_is_empty (chosen)
                                      ? NULL : g_list_model_get_item (G_LIST_MODEL (self->list), gtk_bitset_get_minimum (chosen));
  const HoneExample *example = item ? hone_example_item_get_example (item) : NULL;

  return example && example->flag;
}

/* ---- doing and undoing ---- */

typedef struct {
  HoneDataPage    *page;
  HoneExampleEdit *edit;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->page);
  hone_example_edit_unref (undo->edit);
  g_free (undo);
}

static void
undo_cb (GObject      *project,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneDataPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!hone_example_edit_undo_finish (HONE_PROJECT (project), result, &error))
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
undo (gpointer data)
{
  Undo *undo = data;

  if (undo->page->project)
    hone_example_edit_undo_async (undo->page->project, undo->edit, undo_cb, g_object_ref (undo->page));
}

static char *
describe (HoneExampleEdit *edit)
{
  gsize n = hone_example_edit_get_size (edit);
  g_autofree char *count = hone_words_count (n);

  switch (hone_example_edit_get_kind (edit))
    {
    case HONE_EDIT_SPLIT:
      return g_strdup_printf (ngettext ("%s text is now in %s", "%s texts are now in %s", n), count,
                              hone_words_split (hone_example_edit_get_value (edit)));
    case HONE_EDIT_FLAG:
      return hone_example_edit_get_value (edit) ? g_strdup_printf (ngettext ("%s text flagged", "%s texts flagged", n), count)
                                                : g_strdup_printf (ngettext ("Flag taken from %s text", "Flags taken from %s texts", n), count);
    case HONE_EDIT_DELETE:
      return g_strdup_printf (ngettext ("%s text deleted", "%s texts deleted", n), count);
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
edit_cb (GObject      *project,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneDataPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExampleEdit) edit = hone_example_edit_finish (HONE_PROJECT (project), result, &error);
  g_autofree char *words = edit ? describe (edit) : NULL;
  Undo *taken_back;

  if (!edit)
    {
      hone_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (!hone_example_edit_get_size (edit))
    {
      hone_toast (GTK_WIDGET (self), _("Nothing to change"));
      return;
    }
  taken_back = g_new (Undo, 1);
  *taken_back = (Undo) { g_object_ref (self), hone_example_edit_ref (edit) };
  hone_toast_undo (GTK_WIDGET (self), words, undo, taken_back, undo_free);
}

static void
edit_chosen (HoneDataPage *self,
             HoneEditKind  kind,
             int           value)
{
  g_autoptr(GArray) ids = dup_chosen (self);

  if (ids->len)
    hone_example_edit_async (self->project, kind, value, ids, edit_cb, g_object_ref (self));
}

/* ---- actions ---- */

static void
set_split_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HoneSplit split;

  if (hone_split_from_string (g_variant_get_string (parameter, NULL), &split))
    edit_chosen (HONE_DATA_PAGE (widget), HONE_EDIT_SPLIT, split);
}

static void
flag_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);

  edit_chosen (self, HONE_EDIT_FLAG, !is_flagged (self));
}

static void
delete_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  edit_chosen (HONE_DATA_PAGE (widget), HONE_EDIT_DELETE, 0);
}

static void
search_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  hone_filter_bar_focus_search (HONE_DATA_PAGE (widget)->bar);
}

/* The menu of the chosen rows, from the keyboard. */
static void
menu_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t place;

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)) || !gtk_widget_compute_bounds (focus, widget, &place))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu),
                               &(GdkRectangle) { place.origin.x + 24, place.origin.y + place.size.height, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
}

void
_hone_data_page_update_actions (HoneDataPage *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->chosen));
  gboolean writable = hone_project_get_writable (self->project);
  static const char * const on_chosen[] = { "data.set-split", "data.flag", "data.delete" };

  for (gsize i = 0; i < G_N_ELEMENTS (on_chosen); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), on_chosen[i], writable && !gtk_bitset_is_empty (chosen));
}

void
_hone_data_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "data.set-split", "s", set_split_action);
  gtk_widget_class_install_action (widget_class, "data.flag", NULL, flag_action);
  gtk_widget_class_install_action (widget_class, "data.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "data.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "data.menu", NULL, menu_action);
  gtk_widget_class_install_property_action (widget_class, "data.show-details", "show-details");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "data.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "data.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "data.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "data.menu", NULL);
}
