/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "hone-chart-pane.h"
#include "hone-experiment-sidebar.h"
#include "hone-matrix-pane.h"
#include "hone-workbench-page.h"
#include "widgets/hone-settings.h"

struct _HoneWorkbenchPage {
  AdwBin          parent_instance;

  HoneProject    *project;
  HoneSelection  *selection;
  HoneScoreboard *scoreboard;

  const char     *filled;      /* (nullable): the pane that fills the page */
  gint64          newest;      /* iteration of the experiment that is looked at, 0: none */

  GtkPaned       *sides;
  GtkPaned       *rows;
  GtkPaned       *columns;
  AdwBin         *sidebar;
  AdwBin         *chart;
  AdwBin         *matrix;
  AdwBin         *labeling;
};

G_DEFINE_FINAL_TYPE (HoneWorkbenchPage, hone_workbench_page, ADW_TYPE_BIN)

/* Until somebody chooses, the newest scored iteration of the first experiment is looked at. */
static void
choose_first (HoneWorkbenchPage *self)
{
  g_autoptr(HoneExperimentItem) experiment = NULL;
  g_autoptr(HoneIterationItem) last = NULL;
  GListModel *iterations;

  if (hone_scoreboard_find_iteration (self->scoreboard, hone_selection_get_iteration (self->selection)))
    return;
  experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), 0);
  iterations = experiment ? hone_experiment_item_get_iterations (experiment) : NULL;
  if (iterations && g_list_model_get_n_items (iterations) > 0)
    last = g_list_model_get_item (iterations, g_list_model_get_n_items (iterations) - 1);
  hone_selection_set_iteration (self->selection, last ? hone_iteration_item_get_id (last) : 0);
}

/* 0: there is none. */
static gint64
find_newest (HoneWorkbenchPage *self)
{
  HoneIterationItem *chosen = hone_scoreboard_find_iteration (self->scoreboard, hone_selection_get_iteration (self->selection));
  HoneExperimentItem *experiment = NULL;
  g_autoptr(HoneIterationItem) last = NULL;
  GListModel *iterations;

  if (chosen)
    experiment = hone_scoreboard_find_experiment (self->scoreboard, hone_iteration_item_get (chosen)->experiment_id);
  if (!experiment)
    return 0;
  iterations = hone_experiment_item_get_iterations (experiment);
  last = g_list_model_get_item (iterations, g_list_model_get_n_items (iterations) - 1);
  return hone_iteration_item_get_id (last);
}

static void
on_iteration (HoneWorkbenchPage *self)
{
  self->newest = find_newest (self);
}

/* Whoever looks at the newest iteration of an experiment looks at the next one once it is there, unless the answers of this one
 * decide which texts are asked about. */
static void
on_loaded (HoneWorkbenchPage *self)
{
  gint64 chosen = hone_selection_get_iteration (self->selection), before = self->newest;

  choose_first (self);
  self->newest = find_newest (self);
  if (chosen && chosen == before && self->newest && self->newest != chosen &&
      !hone_selection_get_filter (self->selection)->iteration_id && hone_selection_get_order (self->selection) != HONE_QUEUE_UNCERTAIN)
    hone_selection_set_iteration (self->selection, self->newest);
}

/* ---- how the room is divided ---- */

static const char *
setting_of (HoneWorkbenchPage *self,
            GtkPaned          *paned)
{
  return paned == self->rows ? "workbench-rows" : "workbench-columns";
}

/* FALSE: it is not known yet. */
static gboolean
find_room (GtkPaned *paned,
           int      *room)
{
  int most;

  g_object_get (paned, "max-position", &most, NULL);
  *room = gtk_orientable_get_orientation (GTK_ORIENTABLE (paned)) == GTK_ORIENTATION_VERTICAL ? gtk_widget_get_height (GTK_WIDGET (paned))
                                                                                            : gtk_widget_get_width (GTK_WIDGET (paned));
  return *room > 0 && most > 1 && most < G_MAXINT;
}

/* The first time the room is known, both get the share of it that they had last; from then on the user decides. */
static void
divide (GtkPaned          *paned,
        GParamSpec        *pspec,
        HoneWorkbenchPage *self)
{
  int room;

  if (!find_room (paned, &room))
    return;
  g_signal_handlers_disconnect_by_func (paned, divide, self);
  gtk_paned_set_position (paned, (int) (room * g_settings_get_double (hone_settings_get (), setting_of (self, paned)) + 0.5));
}

static void
keep_share (HoneWorkbenchPage *self,
            GtkPaned          *paned)
{
  double share;
  int room;

  if (!find_room (paned, &room) || g_signal_handler_find (paned, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, divide, NULL))
    return;
  share = CLAMP ((double) gtk_paned_get_position (paned) / room, 0.0, 1.0);
  if (fabs (share - g_settings_get_double (hone_settings_get (), setting_of (self, paned))) > 0.005)
    g_settings_set_double (hone_settings_get (), setting_of (self, paned), share);
}

static void
keep_division (HoneWorkbenchPage *self)
{
  if (self->filled || !self->rows)
    return;
  keep_share (self, self->rows);
  keep_share (self, self->columns);
  if (gtk_paned_get_position (self->sides) != g_settings_get_int (hone_settings_get (), "sidebar-width"))
    g_settings_set_int (hone_settings_get (), "sidebar-width", gtk_paned_get_position (self->sides));
}

/* ---- one pane alone ---- */

static AdwBin *
find_pane (HoneWorkbenchPage *self,
           const char        *name)
{
  return g_str_equal (name, "chart")      ? self->chart
         : g_str_equal (name, "matrix")   ? self->matrix
         : g_str_equal (name, "labeling") ? self->labeling
                                          : NULL;
}

static void
show_panes (HoneWorkbenchPage *self,
            AdwBin            *alone)   /* (nullable) */
{
  int rows = gtk_paned_get_position (self->rows), columns = gtk_paned_get_position (self->columns);

  gtk_widget_set_visible (GTK_WIDGET (self->sidebar), !alone);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), !alone || alone == self->chart);
  gtk_widget_set_visible (GTK_WIDGET (self->matrix), !alone || alone == self->matrix);
  gtk_widget_set_visible (GTK_WIDGET (self->columns), alone != self->labeling);
  gtk_widget_set_visible (GTK_WIDGET (self->labeling), !alone || alone == self->labeling);
  gtk_paned_set_position (self->rows, rows);
  gtk_paned_set_position (self->columns, columns);
}

static void
fill (HoneWorkbenchPage *self,
      const char        *name)   /* (nullable): all panes again */
{
  AdwBin *pane = name ? find_pane (self, name) : NULL, *before = self->filled ? find_pane (self, self->filled) : NULL;
  GtkWidget *child;

  keep_division (self);
  self->filled = pane ? g_intern_string (name) : NULL;
  show_panes (self, pane);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.restore", pane != NULL);
  child = pane ? adw_bin_get_child (pane) : before ? adw_bin_get_child (before) : NULL;
  if (child && !gtk_widget_grab_focus (child))
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

static void
fill_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneWorkbenchPage *self = HONE_WORKBENCH_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  fill (self, g_strcmp0 (self->filled, name) == 0 ? NULL : name);
}

static void
restore_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  fill (HONE_WORKBENCH_PAGE (widget), NULL);
}

static void
label_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HoneWorkbenchPage *self = HONE_WORKBENCH_PAGE (widget);

  if (self->filled && !g_str_equal (self->filled, "labeling"))
    fill (self, NULL);
  if (adw_bin_get_child (self->labeling))
    gtk_widget_grab_focus (adw_bin_get_child (self->labeling));
}

/* ---- the object ---- */

static void
hone_workbench_page_dispose (GObject *object)
{
  HoneWorkbenchPage *self = HONE_WORKBENCH_PAGE (object);

  keep_division (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_WORKBENCH_PAGE);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_workbench_page_parent_class)->dispose (object);
}

static void
hone_workbench_page_class_init (HoneWorkbenchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_workbench_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-workbench-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneWorkbenchPage, rows);
  gtk_widget_class_bind_template_child (widget_class, HoneWorkbenchPage, columns);
  gtk_widget_class_bind_template_child (widget_class, HoneWorkbenchPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, HoneWorkbenchPage, chart);
  gtk_widget_class_bind_template_child (widget_class, HoneWorkbenchPage, matrix);
  gtk_widget_class_bind_template_child (widget_class, HoneWorkbenchPage, labeling);
  gtk_widget_class_install_action (widget_class, "workbench.fill", "s", fill_action);
  gtk_widget_class_install_action (widget_class, "workbench.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "workbench.label", NULL, label_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "workbench.restore", NULL);
}

static void
hone_workbench_page_init (HoneWorkbenchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sides = GTK_PANED (adw_bin_get_child (ADW_BIN (self)));   /* a direct child cannot be bound: it would be let go of twice */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.restore", FALSE);
  gtk_paned_set_position (self->sides, g_settings_get_int (hone_settings_get (), "sidebar-width"));
  g_signal_connect (self->rows, "notify::max-position", G_CALLBACK (divide), self);
  g_signal_connect (self->columns, "notify::max-position", G_CALLBACK (divide), self);
}

/**
 * hone_workbench_page_new:
 * @project: what is open
 * @selection: what the window looks at
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
hone_workbench_page_new (HoneProject   *project,
                         HoneSelection *selection)
{
  HoneWorkbenchPage *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_WORKBENCH_PAGE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->scoreboard = hone_scoreboard_new (project, selection);
  adw_bin_set_child (self->sidebar, hone_experiment_sidebar_new (project, selection, self->scoreboard));
  adw_bin_set_child (self->chart, hone_chart_pane_new (project, selection, self->scoreboard));
  adw_bin_set_child (self->matrix, hone_matrix_pane_new (project, selection, self->scoreboard));
  g_signal_connect_object (self->scoreboard, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (on_iteration), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * hone_workbench_page_get_scoreboard:
 * @self: a page
 *
 * Returns: (transfer none): the iterations of its project
 */
HoneScoreboard *
hone_workbench_page_get_scoreboard (HoneWorkbenchPage *self)
{
  g_return_val_if_fail (HONE_IS_WORKBENCH_PAGE (self), NULL);

  return self->scoreboard;
}

/**
 * hone_workbench_page_set_labeling:
 * @self: a page
 * @labeling: (transfer floating): what labels the texts that are looked at
 *
 * Gives labeling its place under chart and matrix.
 */
void
hone_workbench_page_set_labeling (HoneWorkbenchPage *self,
                                  GtkWidget         *labeling)
{
  g_return_if_fail (HONE_IS_WORKBENCH_PAGE (self) && GTK_IS_WIDGET (labeling));

  adw_bin_set_child (self->labeling, labeling);
}
