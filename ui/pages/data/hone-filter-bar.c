/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-filter-bar.h"
#include "hone-filter-popover.h"
#include "model/hone-filter-parts.h"
#include "widgets/hone-chip-bar.h"

#define PATIENCE 300   /* milliseconds: shorter waits are not shown */

struct _HoneFilterBar {
  GtkBox              parent_instance;

  HoneProject        *project;
  HoneSelection      *selection;
  HoneCatalogue      *catalogue;
  GSimpleActionGroup *actions;
  guint               wait;      /* source: busy, but not for long */

  GtkBox             *row;       /* search and buttons */
  GtkEditable        *search;
  GtkMenuButton      *filter_button;
  GtkMenuButton      *iteration_button;
  GtkLabel           *iteration_label;
  HoneChipBar        *chips;
  GtkWidget          *clear;
  GtkSpinner         *busy;
  GtkLabel           *count;
};

static void hone_filter_bar_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoneFilterBar, hone_filter_bar, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, hone_filter_bar_buildable_init))

static GtkBuildableIface *parent_buildable;

/* ---- the selection, shown ---- */

/* The search has an entry of its own. */
static void
update_chips (HoneFilterBar *self)
{
  const HoneFilter *filter = hone_selection_get_filter (self->selection);
  g_autoptr(GArray) chips = g_array_new (FALSE, FALSE, sizeof (HoneChip));
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (int part = HONE_FILTER_SEARCH + 1; part < HONE_N_FILTER_PARTS; part++)
    if (hone_filter_has (filter, part))
      {
        HoneChip chip = { part, hone_filter_dup_words (filter, part, hone_project_get_ontology (self->project), self->catalogue) };

        g_ptr_array_add (words, (char *) chip.label);
        g_array_append_val (chips, chip);
      }
  hone_chip_bar_set_chips (self->chips, (const HoneChip *) (gpointer) chips->data, chips->len);
  gtk_widget_set_visible (self->clear, chips->len > 0 || hone_filter_has (filter, HONE_FILTER_SEARCH));
}

static void
update_search (HoneFilterBar *self)
{
  const char *search = hone_selection_get_filter (self->selection)->search;

  if (g_strcmp0 (gtk_editable_get_text (self->search), search ? search : "") != 0)
    gtk_editable_set_text (self->search, search ? search : "");
}

static void
update_iteration (HoneFilterBar *self)
{
  gint64 id = hone_selection_get_iteration (self->selection);
  g_autofree char *name = id ? hone_catalogue_dup_iteration_name (self->catalogue, id) : NULL;
  g_autofree char *label = name ? g_strdup_printf (_("Answers of %s"), name) : g_strdup (_("No answers shown"));

  gtk_label_set_text (self->iteration_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->iteration_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Menus are made when they are opened: they name all categories, imports and iterations, which change more often than anybody looks. */
static void
show_filters (GtkMenuButton *button,
              gpointer       user_data)
{
  HoneFilterBar *self = user_data;
  g_autoptr(GMenuModel) filters = hone_filter_menu_new (hone_project_get_ontology (self->project), self->catalogue,
                                                        hone_selection_get_iteration (self->selection) != 0);

  gtk_menu_button_set_menu_model (button, filters);
}

static void
show_iterations (GtkMenuButton *button,
                 gpointer       user_data)
{
  HoneFilterBar *self = user_data;
  g_autoptr(GMenuModel) iterations = hone_iteration_menu_new (self->catalogue);

  gtk_menu_button_set_menu_model (button, iterations);
}

static void
on_filter_changed (HoneFilterBar *self)
{
  update_chips (self);
  update_search (self);
}

/* Names may have changed, or the choice of what to ask for. */
static void
update_all (HoneFilterBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->iteration_button), hone_catalogue_get_iterations (self->catalogue)->len > 0);
  update_iteration (self);
  on_filter_changed (self);
}

/* ---- what the user does ---- */

static void
on_search_changed (HoneFilterBar *self)
{
  g_autoptr(HoneFilter) filter = NULL;
  const char *text = gtk_editable_get_text (self->search);

  if (!self->selection)
    return;
  filter = hone_filter_copy (hone_selection_get_filter (self->selection));
  hone_filter_drop (filter, HONE_FILTER_SEARCH);
  if (*text)
    filter->search = g_strdup (text);
  hone_selection_set_filter (self->selection, filter);
}

static void
on_stop_search (HoneFilterBar *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
on_chip_removed (HoneFilterBar *self,
                 int            part)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "drop", g_variant_new_int32 (part));
}

static void
on_more (GSimpleAction *action,
         GVariant      *parameter,
         HoneFilterBar *self)
{
  GtkWidget *popover = hone_filter_popover_new (self->project, self->selection);
  graphene_rect_t place;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->filter_button), GTK_WIDGET (self), &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { place.origin.x, place.origin.y, place.size.width, place.size.height });
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* ---- the object ---- */

/* What a page adds of type "end" stands after the buttons of the bar. */
static void
hone_filter_bar_add_child (GtkBuildable *buildable,
                           GtkBuilder   *builder,
                           GObject      *child,
                           const char   *type)
{
  if (g_strcmp0 (type, "end") == 0)
    gtk_box_append (HONE_FILTER_BAR (buildable)->row, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
hone_filter_bar_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = hone_filter_bar_add_child;
}

static void
hone_filter_bar_dispose (GObject *object)
{
  HoneFilterBar *self = HONE_FILTER_BAR (object);

  g_clear_handle_id (&self->wait, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_FILTER_BAR);
  g_clear_object (&self->actions);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_filter_bar_parent_class)->dispose (object);
}

static void
hone_filter_bar_class_init (HoneFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_filter_bar_dispose;

  g_type_ensure (HONE_TYPE_CHIP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, row);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, search);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, filter_button);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, iteration_button);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, iteration_label);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, clear);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, busy);
  gtk_widget_class_bind_template_child (widget_class, HoneFilterBar, count);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_removed);
}

static void
hone_filter_bar_init (HoneFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->filter_button, show_filters, self, NULL);
  gtk_menu_button_set_create_popup_func (self->iteration_button, show_iterations, self, NULL);
}

/**
 * hone_filter_bar_watch:
 * @self: a new bar
 * @project: what is open
 * @selection: what the window looks at
 * @catalogue: of @project
 *
 * Begins to show the selection and to change it. Once.
 */
void
hone_filter_bar_watch (HoneFilterBar *self,
                       HoneProject   *project,
                       HoneSelection *selection,
                       HoneCatalogue *catalogue)
{
  g_autoptr(GSimpleAction) more = g_simple_action_new ("more", NULL);

  g_return_if_fail (HONE_IS_FILTER_BAR (self) && !self->project);

  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->catalogue = g_object_ref (catalogue);
  self->actions = hone_filter_actions_new (selection);
  g_signal_connect_object (more, "activate", G_CALLBACK (on_more), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (more));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (self->actions));
  g_signal_connect_object (selection, "filter-changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (catalogue, "changed", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (project, "notify::ontology", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  update_all (self);
}

/**
 * hone_filter_bar_set_count:
 * @self: a bar
 * @words: how many texts are shown
 */
void
hone_filter_bar_set_count (HoneFilterBar *self,
                           const char    *words)
{
  g_return_if_fail (HONE_IS_FILTER_BAR (self));

  gtk_label_set_text (self->count, words);
}

static gboolean
wait_cb (gpointer data)
{
  HoneFilterBar *self = data;

  self->wait = 0;
  gtk_spinner_start (self->busy);
  return G_SOURCE_REMOVE;
}

/**
 * hone_filter_bar_set_busy:
 * @self: a bar
 * @busy: whether the texts are still being looked for
 */
void
hone_filter_bar_set_busy (HoneFilterBar *self,
                          gboolean       busy)
{
  g_return_if_fail (HONE_IS_FILTER_BAR (self));

  if (!busy)
    {
      g_clear_handle_id (&self->wait, g_source_remove);
      gtk_spinner_stop (self->busy);
    }
  else if (!self->wait && !gtk_spinner_get_spinning (self->busy))
    {
      self->wait = g_timeout_add (PATIENCE, wait_cb, self);
    }
}

/**
 * hone_filter_bar_focus_search:
 * @self: a bar
 *
 * Lets the user type words to search for.
 */
void
hone_filter_bar_focus_search (HoneFilterBar *self)
{
  g_return_if_fail (HONE_IS_FILTER_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * hone_filter_bar_capture_keys:
 * @self: a bar
 * @widget: on which typing means searching
 */
void
hone_filter_bar_capture_keys (HoneFilterBar *self,
                              GtkWidget     *widget)
{
  g_return_if_fail (HONE_IS_FILTER_BAR (self) && GTK_IS_WIDGET (widget));

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), widget);
}
