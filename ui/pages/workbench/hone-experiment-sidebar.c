/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-experiment-sidebar-private.h"
#include "hone-sidebar-row.h"

enum {
  PROP_0,
  PROP_SHOW_ARCHIVED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HoneExperimentSidebar, hone_experiment_sidebar, ADW_TYPE_BIN)

/* ---- rows ---- */

static GListModel *
children_of (gpointer item,
             gpointer data)
{
  if (HONE_IS_EXPERIMENT_ITEM (item))
    return g_object_ref (hone_experiment_item_get_iterations (item));
  return NULL;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          HoneExperimentSidebar    *self)
{
  GtkWidget *row = hone_sidebar_row_new ();

  g_signal_connect_object (row, "menu", G_CALLBACK (_hone_experiment_sidebar_show_menu), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         HoneExperimentSidebar    *self)
{
  HoneSidebarRow *row = HONE_SIDEBAR_ROW (gtk_list_item_get_child (list_item));

  hone_sidebar_row_set_row (row, gtk_list_item_get_item (list_item));
  hone_sidebar_row_set_measure (row, hone_selection_get_measure (self->selection));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           HoneExperimentSidebar    *self)
{
  hone_sidebar_row_set_row (HONE_SIDEBAR_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* Rows are bound anew: few are on the screen. */
static void
on_measure (HoneExperimentSidebar *self)
{
  GtkListItemFactory *factory = g_object_ref (gtk_list_view_get_factory (self->list));

  gtk_list_view_set_factory (self->list, NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
}

/* ---- choosing ---- */

static gint64
iteration_of (gpointer item)
{
  g_autoptr(HoneIterationItem) last = NULL;
  GListModel *iterations;

  if (HONE_IS_ITERATION_ITEM (item))
    return hone_iteration_item_get_id (item);
  if (!HONE_IS_EXPERIMENT_ITEM (item))
    return 0;
  iterations = hone_experiment_item_get_iterations (item);
  last = g_list_model_get_item (iterations, MAX (g_list_model_get_n_items (iterations), 1) - 1);
  return last ? hone_iteration_item_get_id (last) : 0;
}

static void
on_row (HoneExperimentSidebar *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->rows);
  g_autoptr(GObject) item = row ? gtk_tree_list_row_get_item (row) : NULL;
  gint64 iteration = iteration_of (item);

  if (!self->following && iteration)
    hone_selection_set_iteration (self->selection, iteration);
}

static guint
find_row (HoneExperimentSidebar *self,
          gint64                 iteration)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);

      if (HONE_IS_ITERATION_ITEM (item) && hone_iteration_item_get_id (HONE_ITERATION_ITEM (item)) == iteration)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
follow_selection (HoneExperimentSidebar *self)
{
  self->following = TRUE;
  gtk_single_selection_set_selected (self->rows, find_row (self, hone_selection_get_iteration (self->selection)));
  self->following = FALSE;
}

/* ---- archived ones ---- */

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  return HONE_EXPERIMENT_SIDEBAR (data)->show_archived || !hone_experiment_item_get (item)->archived;
}

static void
set_show_archived (HoneExperimentSidebar *self,
                   gboolean               show)
{
  if (show == self->show_archived)
    return;
  self->show_archived = show;
  if (self->shown)
    gtk_filter_changed (self->shown, show ? GTK_FILTER_CHANGE_LESS_STRICT : GTK_FILTER_CHANGE_MORE_STRICT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_ARCHIVED]);
}

static gboolean
has_archived (HoneExperimentSidebar *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard));
  g_autoptr(HoneExperimentItem) last = n ? g_list_model_get_item (G_LIST_MODEL (self->scoreboard), n - 1) : NULL;

  return last && hone_experiment_item_get (last)->archived;   /* they stand last */
}

static void
on_rows_changed (HoneExperimentSidebar *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)) == 0;

  gtk_widget_set_visible (self->archived, has_archived (self));
  gtk_stack_set_visible_child_name (self->stack, !empty ? "list" : hone_scoreboard_get_loaded (self->scoreboard) ? "empty" : "list");
  follow_selection (self);
}

/* The same object is another one's neighbour once it is archived: the list is asked anew. */
static void
on_loaded (HoneExperimentSidebar *self)
{
  gtk_filter_changed (self->shown, GTK_FILTER_CHANGE_DIFFERENT);
  on_rows_changed (self);
}

/* ---- the object ---- */

static void
hone_experiment_sidebar_size_allocate (GtkWidget *widget,
                                       int        width,
                                       int        height,
                                       int        baseline)
{
  GTK_WIDGET_CLASS (hone_experiment_sidebar_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (HONE_EXPERIMENT_SIDEBAR (widget)->menu));
}

static void
hone_experiment_sidebar_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_ARCHIVED: g_value_set_boolean (value, HONE_EXPERIMENT_SIDEBAR (object)->show_archived); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_experiment_sidebar_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_ARCHIVED: set_show_archived (HONE_EXPERIMENT_SIDEBAR (object), g_value_get_boolean (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_experiment_sidebar_dispose (GObject *object)
{
  HoneExperimentSidebar *self = HONE_EXPERIMENT_SIDEBAR (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_EXPERIMENT_SIDEBAR);
  g_clear_object (&self->rows);
  g_clear_object (&self->shown);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_experiment_sidebar_parent_class)->dispose (object);
}

static void
hone_experiment_sidebar_class_init (HoneExperimentSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_experiment_sidebar_dispose;
  G_OBJECT_CLASS (klass)->get_property = hone_experiment_sidebar_get_property;
  G_OBJECT_CLASS (klass)->set_property = hone_experiment_sidebar_set_property;
  widget_class->size_allocate = hone_experiment_sidebar_size_allocate;

  properties[PROP_SHOW_ARCHIVED] = g_param_spec_boolean ("show-archived", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-experiment-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneExperimentSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneExperimentSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, HoneExperimentSidebar, archived);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  _hone_experiment_sidebar_install_actions (widget_class);
}

static void
hone_experiment_sidebar_init (HoneExperimentSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = g_object_new (GTK_TYPE_POPOVER_MENU, "has-arrow", FALSE, "halign", GTK_ALIGN_START, NULL);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

/**
 * hone_experiment_sidebar_new:
 * @project: what is open
 * @selection: what the window looks at
 * @scoreboard: what to list
 *
 * Returns: (transfer floating): the sidebar
 */
GtkWidget *
hone_experiment_sidebar_new (HoneProject    *project,
                             HoneSelection  *selection,
                             HoneScoreboard *scoreboard)
{
  HoneExperimentSidebar *self;
  GtkFilterListModel *shown;
  GtkTreeListModel *tree;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection) && HONE_IS_SCOREBOARD (scoreboard), NULL);

  self = g_object_new (HONE_TYPE_EXPERIMENT_SIDEBAR, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->scoreboard = g_object_ref (scoreboard);
  self->shown = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (scoreboard)), g_object_ref (self->shown));
  tree = gtk_tree_list_model_new (G_LIST_MODEL (shown), FALSE, TRUE, children_of, NULL, NULL);
  self->rows = gtk_single_selection_new (G_LIST_MODEL (tree));
  gtk_single_selection_set_autoselect (self->rows, FALSE);
  gtk_single_selection_set_can_unselect (self->rows, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->rows));
  g_signal_connect_object (self->rows, "notify::selected", G_CALLBACK (on_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (on_rows_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (follow_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::measure", G_CALLBACK (on_measure), self, G_CONNECT_SWAPPED);
  _hone_experiment_sidebar_update_actions (self);
  on_rows_changed (self);
  return GTK_WIDGET (self);
}
