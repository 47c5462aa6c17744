/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-chart-pane.h"
#include "hone-experiment-sidebar.h"
#include "hone-matrix-pane.h"
#include "hone-workbench-page.h"

struct _HoneWorkbenchPage {
  AdwBin          parent_instance;

  HoneProject    *project;
  HoneSelection  *selection;
  HoneScoreboard *scoreboard;

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

/* The first time the room is known, both get their share of it; from then on the user decides. */
static void
divide (GtkPaned *paned)
{
  int room;

  g_object_get (paned, "max-position", &room, NULL);
  if (room <= 1 || room == G_MAXINT)
    return;
  g_signal_handlers_disconnect_by_func (paned, divide, NULL);
  gtk_paned_set_position (paned, (int) (room * (gtk_orientable_get_orientation (GTK_ORIENTABLE (paned)) == GTK_ORIENTATION_VERTICAL
                                                ? 0.55 : 0.5)));
}

static void
hone_workbench_page_dispose (GObject *object)
{
  HoneWorkbenchPage *self = HONE_WORKBENCH_PAGE (object);

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
}

static void
hone_workbench_page_init (HoneWorkbenchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->rows, "notify::max-position", G_CALLBACK (divide), NULL);
  g_signal_connect (self->columns, "notify::max-position", G_CALLBACK (divide), NULL);
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
  g_signal_connect_object (self->scoreboard, "loaded", G_CALLBACK (choose_first), self, G_CONNECT_SWAPPED);
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
