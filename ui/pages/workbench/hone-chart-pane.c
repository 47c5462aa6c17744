/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chart/hone-chart.h"
#include "hone-chart-pane.h"
#include "reports/hone-compare.h"
#include "reports/hone-report-text.h"

struct _HoneChartPane {
  AdwBin           parent_instance;

  HoneProject     *project;
  HoneSelection   *selection;
  HoneScoreboard  *scoreboard;
  GCancellable    *comparing;
  gboolean         following;    /* the drop-down follows the selection just now */

  GtkDropDown     *measure;
  GtkStack        *stack;        /* chart, table, empty */
  HoneChart       *chart;
  GtkColumnView   *table;
  GtkToggleButton *as_table;
  GtkLabel        *reading;
  GtkLabel        *verdict;
  GListStore      *rows;         /* of HoneIterationItem, for the table */
};

G_DEFINE_FINAL_TYPE (HoneChartPane, hone_chart_pane, ADW_TYPE_BIN)

/* ---- points ---- */

static gboolean
is_shown (const HoneExperiment *experiment)
{
  return !experiment->archived;
}

/* What makes a point hard to compare with the one before it. */
static guint
marks_of (const HoneIteration *before,
          const HoneIteration *iteration)
{
  guint marks = 0;

  if (!before)
    return 0;
  if (g_strcmp0 (before->template_hash, iteration->template_hash) != 0)
    marks |= HONE_PLOT_MARK_PROMPT;
  if (before->ontology_version != iteration->ontology_version)
    marks |= HONE_PLOT_MARK_ONTOLOGY;
  return marks;
}

static guint64
count_scored (HoneIterationItem *item)
{
  const HoneStanding *standing = item ? hone_iteration_item_get_standing (item) : NULL;

  return standing ? standing->scores->n : 0;
}

static void
add_point (HoneChartSeries   *series,
           HoneIterationItem *before,
           HoneIterationItem *item,
           HoneMeasure        measure)
{
  const HoneIteration *iteration = hone_iteration_item_get (item);
  const HoneStanding *standing = hone_iteration_item_get_standing (item);
  HonePlotPoint point = { iteration->number, NAN, NAN, NAN, 0 };

  if (standing)
    {
      const HoneEstimate *estimate = &standing->scores->measures[measure];

      point.y = estimate->value;
      point.low = estimate->low;
      point.high = estimate->high;
      point.marks = marks_of (before ? hone_iteration_item_get (before) : NULL, iteration);
      if (count_scored (before) && count_scored (before) != standing->scores->n)
        point.marks |= HONE_PLOT_MARK_DATA;
    }
  hone_chart_series_add (series, point, iteration->id);
}

static HoneChartSeries *
series_of (HoneChartPane      *self,
           HoneExperimentItem *experiment)
{
  const HoneExperiment *told = hone_experiment_item_get (experiment);
  HoneChartSeries *series = hone_chart_series_new (told->name, (guint) (told->id - 1));
  GListModel *iterations = hone_experiment_item_get_iterations (experiment);
  g_autoptr(HoneIterationItem) before = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
    {
      HoneIterationItem *item = g_list_model_get_item (iterations, i);

      add_point (series, before, item, hone_selection_get_measure (self->selection));
      g_list_store_append (self->rows, item);
      g_clear_object (&before);
      before = item;
    }
  return series;
}

/* Majority: what always answering the commonest category would reach. Known for accuracy and, with it, for the IoU score of
 * choice rule one. */
static void
show_baseline (HoneChartPane *self)
{
  HoneMeasure measure = hone_selection_get_measure (self->selection);
  double majority = NAN;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr(HoneIterationItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      const HoneStanding *standing = hone_iteration_item_get_standing (item);

      if (standing)
        majority = standing->scores->majority.value;
    }
  if (measure != HONE_MEASURE_ACCURACY &&
      (measure != HONE_MEASURE_IOU_SCORE || hone_ontology_get_choice (hone_project_get_ontology (self->project)) != HONE_CHOICE_ONE))
    majority = NAN;
  hone_chart_set_baseline (self->chart, _("majority"), majority);
}

static gboolean
reaches_one (HoneMeasure measure)
{
  return measure != HONE_MEASURE_LOG_LOSS;
}

static void
show_page (HoneChartPane *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : gtk_toggle_button_get_active (self->as_table) ? "table" : "chart");
  gtk_widget_set_sensitive (GTK_WIDGET (self->as_table), !empty);
}

static void
show_scores (HoneChartPane *self)
{
  HoneMeasure measure = hone_selection_get_measure (self->selection);
  g_autofree char *title = g_strdup_printf (_("%s over iterations"), hone_measure_get_name (measure));
  GPtrArray *series = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_chart_series_free);

  g_list_store_remove_all (self->rows);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)); i++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), i);

      if (is_shown (hone_experiment_item_get (experiment)))
        g_ptr_array_add (series, series_of (self, experiment));
    }
  hone_chart_set_titles (self->chart, title, _("iteration"), NULL);
  hone_chart_set_range (self->chart, reaches_one (measure) ? 0 : NAN, reaches_one (measure) ? 1 : NAN);
  hone_chart_set_series (self->chart, series);
  hone_chart_set_chosen (self->chart, hone_selection_get_iteration (self->selection));
  show_baseline (self);
  show_page (self);
}

/* ---- the chosen iteration against the one before it ---- */

static char *
describe_pair (const HoneComparison *comparison,
               HoneMeasure           measure)
{
  const HoneFlips *flips = &comparison->pairs[0];
  int before = comparison->evaluations[0]->iteration->number;
  double change = comparison->evaluations[1]->scores->measures[measure].value
                  - comparison->evaluations[0]->scores->measures[measure].value;
  g_autofree char *p = hone_report_format_p (flips->p);

  if (flips->p >= 0.05)
    return g_strdup_printf (_("Not distinguishable from iteration %d: %+.3f, %s"), before, change, p);
  if (flips->b_only > flips->a_only)
    return g_strdup_printf (_("Better than iteration %d: %+.3f, %s"), before, change, p);
  return g_strdup_printf (_("Worse than iteration %d: %+.3f, %s"), before, change, p);
}

typedef struct {
  HoneChartPane *self;
  GCancellable  *comparing;
} Verdict;

static void
compare_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Verdict *verdict = user_data;
  g_autoptr(HoneChartPane) self = verdict->self;
  g_autoptr(GCancellable) comparing = verdict->comparing;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneComparison) comparison = hone_compare_finish (HONE_STORE (store), result, &error);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (comparing) || !self->selection)
    return;
  /* Nothing scored in both is no error here: there is nothing to say. */
  text = comparison ? describe_pair (comparison, hone_selection_get_measure (self->selection)) : g_strdup ("");
  gtk_label_set_label (self->verdict, text);
}

static gint64
find_before (HoneChartPane     *self,
             HoneIterationItem *item)
{
  HoneExperimentItem *experiment = hone_scoreboard_find_experiment (self->scoreboard, hone_iteration_item_get (item)->experiment_id);
  GListModel *iterations = hone_experiment_item_get_iterations (experiment);
  gint64 before = 0;

  for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
    {
      g_autoptr(HoneIterationItem) other = g_list_model_get_item (iterations, i);

      if (other == item)
        return before;
      before = hone_iteration_item_get_id (other);
    }
  return 0;
}

static void
compare_with_before (HoneChartPane *self)
{
  HoneIterationItem *item = hone_scoreboard_find_iteration (self->scoreboard, hone_selection_get_iteration (self->selection));
  gint64 before = item && hone_iteration_item_get_standing (item) ? find_before (self, item) : 0;
  Verdict *verdict;

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  if (!before)
    {
      gtk_label_set_label (self->verdict, "");
      return;
    }
  self->comparing = g_cancellable_new ();
  verdict = g_new (Verdict, 1);
  *verdict = (Verdict) { g_object_ref (self), g_object_ref (self->comparing) };
  hone_compare_async (hone_project_get_store (self->project), (gint64[]) { before, hone_iteration_item_get_id (item) }, 2,
                      HONE_SPLIT_VALIDATION, self->comparing, compare_cb, verdict);
}

static void
on_scores (HoneChartPane *self)
{
  show_scores (self);
  compare_with_before (self);
}

static void
on_iteration (HoneChartPane *self)
{
  hone_chart_set_chosen (self->chart, hone_selection_get_iteration (self->selection));
  compare_with_before (self);
}

/* ---- controls ---- */

static void
on_activated (HoneChartPane *self,
              gint64         iteration)
{
  hone_selection_set_iteration (self->selection, iteration);
}

static void
on_measure_picked (HoneChartPane *self)
{
  if (!self->following && self->selection)
    hone_selection_set_measure (self->selection, gtk_drop_down_get_selected (self->measure));
}

static void
on_measure (HoneChartPane *self)
{
  self->following = TRUE;
  gtk_drop_down_set_selected (self->measure, hone_selection_get_measure (self->selection));
  self->following = FALSE;
  on_scores (self);
}

static void
on_row_activated (HoneChartPane *self,
                  guint          position)
{
  g_autoptr(HoneIterationItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (item)
    hone_selection_set_iteration (self->selection, hone_iteration_item_get_id (item));
}

/* ---- the table twin ---- */

static char *
format_experiment (HoneIterationItem *item,
                   HoneChartPane     *self)
{
  return g_strdup (hone_iteration_item_get (item)->experiment);
}

static char *
format_number (HoneIterationItem *item,
               HoneChartPane     *self)
{
  return g_strdup_printf ("%d", hone_iteration_item_get (item)->number);
}

static const HoneEstimate *
estimate_of (HoneChartPane     *self,
             HoneIterationItem *item)
{
  const HoneStanding *standing = item ? hone_iteration_item_get_standing (item) : NULL;

  return standing && self->selection ? &standing->scores->measures[hone_selection_get_measure (self->selection)] : NULL;
}

static char *
format_score (HoneIterationItem *item,
              HoneChartPane     *self)
{
  const HoneEstimate *estimate = estimate_of (self, item);

  return estimate && isfinite (estimate->value) ? g_strdup_printf ("%.3f", estimate->value) : g_strdup ("–");
}

static char *
format_interval (HoneIterationItem *item,
                 HoneChartPane     *self)
{
  const HoneEstimate *estimate = estimate_of (self, item);

  if (!estimate || !isfinite (estimate->low) || !isfinite (estimate->high))
    return g_strdup ("–");
  return g_strdup_printf (_("%.3f to %.3f"), estimate->low, estimate->high);
}

static char *
format_scored (HoneIterationItem *item,
               HoneChartPane     *self)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, count_scored (item));
}

typedef char *(*FormatFunc) (HoneIterationItem *item,
                             HoneChartPane     *self);

typedef struct {
  HoneChartPane *self;     /* outlives the factory: it owns the table */
  FormatFunc     format;
} Column;

static void
setup_cell (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item,
            gpointer                  column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cell (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  data)
{
  Column *column = data;
  g_autofree char *text = column->format (gtk_list_item_get_item (list_item), column->self);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

static void
free_column (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
add_column (HoneChartPane *self,
            const char    *title,
            FormatFunc     format,
            gboolean       expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);
  Column *data = g_new (Column, 1);

  *data = (Column) { self, format };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cell), data, free_column, 0);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->table, column);
  g_object_unref (column);
}

static void
make_table (HoneChartPane *self)
{
  GtkSingleSelection *model = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));

  gtk_single_selection_set_autoselect (model, FALSE);
  gtk_single_selection_set_can_unselect (model, TRUE);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (model));
  g_object_unref (model);
  add_column (self, _("Experiment"), format_experiment, TRUE);
  add_column (self, _("Iteration"), format_number, FALSE);
  add_column (self, _("Score"), format_score, FALSE);
  add_column (self, _("95 % interval"), format_interval, FALSE);
  add_column (self, _("Texts"), format_scored, FALSE);
}

/* ---- the object ---- */

static void
hone_chart_pane_dispose (GObject *object)
{
  HoneChartPane *self = HONE_CHART_PANE (object);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_CHART_PANE);
  g_clear_object (&self->rows);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_chart_pane_parent_class)->dispose (object);
}

static void
hone_chart_pane_class_init (HoneChartPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_chart_pane_dispose;
  g_type_ensure (HONE_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-chart-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, measure);
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, chart);
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, table);
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, as_table);
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, reading);
  gtk_widget_class_bind_template_child (widget_class, HoneChartPane, verdict);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_measure_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, show_page);
}

static void
hone_chart_pane_init (HoneChartPane *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint m = 0; m < HONE_N_MEASURES; m++)
    gtk_string_list_append (names, hone_measure_get_name (m));
  gtk_drop_down_set_model (self->measure, G_LIST_MODEL (names));
  self->rows = g_list_store_new (HONE_TYPE_ITERATION_ITEM);
  make_table (self);
}

/**
 * hone_chart_pane_new:
 * @project: what is open
 * @selection: what the window looks at
 * @scoreboard: what to draw
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
hone_chart_pane_new (HoneProject    *project,
                     HoneSelection  *selection,
                     HoneScoreboard *scoreboard)
{
  HoneChartPane *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection) && HONE_IS_SCOREBOARD (scoreboard), NULL);

  self = g_object_new (HONE_TYPE_CHART_PANE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->scoreboard = g_object_ref (scoreboard);
  g_signal_connect_object (scoreboard, "scores-changed", G_CALLBACK (on_scores), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (on_iteration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::measure", G_CALLBACK (on_measure), self, G_CONNECT_SWAPPED);
  on_measure (self);
  return GTK_WIDGET (self);
}
