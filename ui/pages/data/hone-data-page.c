/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-data-page-private.h"
#include "widgets/hone-toast.h"

enum {
  PROP_0,
  PROP_SHOW_DETAILS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HoneDataPage, hone_data_page, ADW_TYPE_BIN)

/* ---- what is shown ---- */

static void
update_stack (HoneDataPage *self)
{
  gboolean waiting = hone_example_list_get_loading (self->list) || !hone_example_count_get_known (self->count);
  const char *page = "list";

  if (!g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    {
      if (waiting)
        return;   /* what is shown stays for the moment */
      page = hone_example_count_get_all (self->count) ? "nothing" : "empty";
    }
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
on_loading (HoneDataPage *self)
{
  hone_filter_bar_set_busy (self->bar, hone_example_list_get_loading (self->list));
  update_stack (self);
}

static void
update_count (HoneDataPage *self)
{
  g_autofree char *words = hone_example_count_dup_words (self->count);

  hone_filter_bar_set_count (self->bar, words);
  update_stack (self);
}

/* A page that is not looked at reads nothing, and makes no rows. */
static void
update_query (HoneDataPage *self)
{
  self->behind = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->behind)
    hone_example_list_set_query (self->list, hone_selection_get_filter (self->selection), HONE_QUEUE_IMPORTED,
                                 hone_selection_get_iteration (self->selection));
}

/* Once the first rows have come: while there are but few, a column is soon there. */
static void
on_rows (HoneDataPage *self)
{
  _hone_data_page_show_answers (self, hone_selection_get_iteration (self->selection) != 0);
}

static void
on_chosen_changed (HoneDataPage *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->chosen));
  guint64 n = gtk_bitset_get_size (chosen);
  gint64 id = n == 1 ? hone_example_list_get_id (self->list, gtk_bitset_get_nth (chosen, 0)) : 0;

  hone_example_details_show (self->details, id, n);
  _hone_data_page_update_actions (self);
}

static void
on_failed (HoneDataPage *self,
           const char   *message)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message);

  hone_toast_error (GTK_WIDGET (self), error);
}

static void
set_show_details (HoneDataPage *self,
                  gboolean      show)
{
  if (show == gtk_widget_get_visible (GTK_WIDGET (self->details)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->details), show);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_DETAILS]);
}

static void
on_row_activated (HoneDataPage *self,
                  guint         position)
{
  set_show_details (self, TRUE);
}

static void
on_show_all (HoneDataPage *self)
{
  const HoneFilter all = HONE_FILTER_ALL;

  hone_selection_set_filter (self->selection, &all);
}

static void
hone_data_page_map (GtkWidget *widget)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);

  GTK_WIDGET_CLASS (hone_data_page_parent_class)->map (widget);
  if (self->behind)
    update_query (self);
  hone_example_list_set_live (self->list, TRUE);
}

static void
hone_data_page_unmap (GtkWidget *widget)
{
  HoneDataPage *self = HONE_DATA_PAGE (widget);

  if (self->list)
    hone_example_list_set_live (self->list, FALSE);
  GTK_WIDGET_CLASS (hone_data_page_parent_class)->unmap (widget);
}

static void
hone_data_page_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  GTK_WIDGET_CLASS (hone_data_page_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (HONE_DATA_PAGE (widget)->row_menu));
}

static void
hone_data_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HoneDataPage *self = HONE_DATA_PAGE (object);

  switch (prop_id)
    {
    case PROP_SHOW_DETAILS: g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (self->details))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_data_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  HoneDataPage *self = HONE_DATA_PAGE (object);

  switch (prop_id)
    {
    case PROP_SHOW_DETAILS: set_show_details (self, g_value_get_boolean (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_data_page_dispose (GObject *object)
{
  HoneDataPage *self = HONE_DATA_PAGE (object);

  g_clear_pointer (&self->row_menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_DATA_PAGE);
  g_clear_object (&self->answers);
  g_clear_object (&self->chosen);
  g_clear_object (&self->list);
  g_clear_object (&self->count);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (hone_data_page_parent_class)->dispose (object);
}

static void
hone_data_page_class_init (HoneDataPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_data_page_dispose;
  object_class->get_property = hone_data_page_get_property;
  object_class->set_property = hone_data_page_set_property;
  widget_class->map = hone_data_page_map;
  widget_class->unmap = hone_data_page_unmap;
  widget_class->size_allocate = hone_data_page_size_allocate;

  properties[PROP_SHOW_DETAILS] = g_param_spec_boolean ("show-details", NULL, NULL, TRUE,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (HONE_TYPE_FILTER_BAR);
  g_type_ensure (HONE_TYPE_EXAMPLE_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneDataPage, bar);
  gtk_widget_class_bind_template_child (widget_class, HoneDataPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneDataPage, view);
  gtk_widget_class_bind_template_child (widget_class, HoneDataPage, details);
  gtk_widget_class_bind_template_child (widget_class, HoneDataPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  _hone_data_page_install_actions (widget_class);
  _hone_data_page_install_imports (widget_class);
  _hone_data_page_install_dialogs (widget_class);
}

static void
hone_data_page_init (HoneDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (self->row_menu, GTK_WIDGET (self));
}

static void
follow (HoneDataPage *self)
{
  g_signal_connect_object (self->selection, "filter-changed", G_CALLBACK (update_query), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::iteration", G_CALLBACK (update_query), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->project, "notify::ontology", G_CALLBACK (update_query), self, G_CONNECT_SWAPPED);   /* names in cells */
  g_signal_connect_object (self->count, "changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->count, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->catalogue, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (on_loading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::n-items", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chosen, "selection-changed", G_CALLBACK (on_chosen_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chosen, "items-changed", G_CALLBACK (on_chosen_changed), self, G_CONNECT_SWAPPED);
}

/**
 * hone_data_page_new:
 * @project: what is open
 * @selection: what the window looks at
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
hone_data_page_new (HoneProject   *project,
                    HoneSelection *selection)
{
  HoneDataPage *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_DATA_PAGE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->catalogue = hone_catalogue_new (project);
  self->count = hone_example_count_new (project, selection);
  self->list = hone_example_list_new (project);
  self->chosen = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  follow (self);
  hone_filter_bar_watch (self->bar, project, selection, self->catalogue);
  hone_filter_bar_capture_keys (self->bar, GTK_WIDGET (self->view));
  hone_example_details_watch (self->details, project);
  _hone_data_page_add_columns (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->chosen));
  g_signal_connect_object (self->chosen, "items-changed", G_CALLBACK (on_rows), self, G_CONNECT_SWAPPED);   /* after the view has made them */
  _hone_data_page_update_actions (self);
  _hone_data_page_update_imports (self);
  self->behind = TRUE;
  return GTK_WIDGET (self);
}
