/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chart/hone-chart.h"
#include "hone-run-row.h"
#include "widgets/hone-toast.h"

struct _HoneRunRow {
  AdwBin            parent_instance;

  HoneProject      *project;
  HoneRun          *run;
  GCancellable     *loading;

  GtkLabel         *title;
  GtkLabel         *detail;
  GtkProgressBar   *progress;
  GtkWidget        *pause;
  GtkWidget        *resume;
  GtkWidget        *cancel;
  GtkExpander      *more;
  HoneChart        *chart;
  GtkListView      *log;
};

G_DEFINE_FINAL_TYPE (HoneRunRow, hone_run_row, ADW_TYPE_BIN)

/**
 * hone_run_row_name_state:
 * @state: of a run
 *
 * Returns: the state in a word, translated
 */
const char *
hone_run_row_name_state (HoneRunState state)
{
  switch (state)
    {
    case HONE_RUN_QUEUED:      return _("Waiting");
    case HONE_RUN_RUNNING:     return _("Running");
    case HONE_RUN_PAUSED:      return _("Paused");
    case HONE_RUN_SUCCEEDED:   return _("Done");
    case HONE_RUN_FAILED:      return _("Failed");
    case HONE_RUN_CANCELLED:   return _("Cancelled");
    case HONE_RUN_INTERRUPTED: return _("Interrupted");
    default:                   return "";
    }
}

static char *
describe_time_left (double seconds)
{
  if (isnan (seconds))
    return NULL;
  return seconds < 90 ? g_strdup_printf (_("%.0f s left"), ceil (seconds)) : g_strdup_printf (_("%.0f min left"), ceil (seconds / 60));
}

/* What is going on, or what came out and why. */
static char *
describe (HoneRunRow *self)
{
  HoneRunState state = hone_run_get_state (self->run);
  const GError *error = hone_run_get_error (self->run);
  const char *message = hone_run_get_message (self->run);
  g_autofree char *left = NULL;

  if (state == HONE_RUN_RUNNING)
    {
      left = describe_time_left (hone_run_get_seconds_left (self->run));
      return left ? g_strdup_printf ("%s · %s", hone_run_stage_to_string (hone_run_get_stage (self->run)), left)
                  : g_strdup (hone_run_stage_to_string (hone_run_get_stage (self->run)));
    }
  if (error)
    return g_strdup_printf ("%s: %s", hone_run_row_name_state (state), error->message);
  return message ? g_strdup_printf ("%s · %s", hone_run_row_name_state (state), message) : g_strdup (hone_run_row_name_state (state));
}

static void
show_progress (HoneRunRow *self)
{
  double progress = hone_run_get_progress (self->run);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), hone_run_get_state (self->run) == HONE_RUN_RUNNING);
  if (isnan (progress))
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, CLAMP (progress, 0, 1));
}

static void
show (HoneRunRow *self)
{
  HoneRunState state = hone_run_get_state (self->run);
  g_autofree char *detail = describe (self);

  gtk_label_set_label (self->title, hone_run_get_title (self->run));
  gtk_label_set_label (self->detail, detail);
  if (state == HONE_RUN_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->detail), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->detail), "error");
  gtk_widget_set_visible (self->pause, state == HONE_RUN_RUNNING);
  gtk_widget_set_visible (self->cancel, !hone_run_state_is_final (state) || state == HONE_RUN_PAUSED || state == HONE_RUN_INTERRUPTED);
  gtk_widget_set_visible (self->resume, state == HONE_RUN_PAUSED || state == HONE_RUN_INTERRUPTED || state == HONE_RUN_CANCELLED ||
                                        state == HONE_RUN_FAILED);
  show_progress (self);
}

/* ---- curves ---- */

static HoneChartSeries *
series_called (GPtrArray  *series,
               const char *name)
{
  HoneChartSeries *added;

  for (guint i = 0; i < series->len; i++)
    if (g_str_equal (((HoneChartSeries *) g_ptr_array_index (series, i))->name, name))
      return g_ptr_array_index (series, i);
  added = hone_chart_series_new (name, series->len);
  g_ptr_array_add (series, added);
  return added;
}

static void
show_curves (HoneRunRow *self)
{
  GPtrArray *series;
  const HoneRunPoint *points;
  gsize n;

  if (!gtk_expander_get_expanded (self->more))
    return;
  series = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_chart_series_free);
  points = hone_run_history_get_points (hone_run_get_history (self->run), &n);
  for (gsize i = 0; i < n; i++)
    {
      HoneChartSeries *one = series_called (series, points[i].name);
      guint last = one->points->len;

      /* A resumed trainer may tell a step again. */
      if (last == 0 || g_array_index (one->points, HonePlotPoint, last - 1).x < points[i].step)
        hone_chart_series_add (one, (HonePlotPoint) { points[i].step, points[i].value, NAN, NAN, 0 }, 0);
    }
  hone_chart_set_series (self->chart, series);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), n > 0);
}

static void
loaded_cb (GObject      *history,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneRunRow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (hone_run_history_load_finish (HONE_RUN_HISTORY (history), result, &error))
    show_curves (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
on_expanded (HoneRunRow *self)
{
  if (!gtk_expander_get_expanded (self->more) || !self->run)
    return;
  if (!self->loading)
    {
      self->loading = g_cancellable_new ();
      hone_run_history_load_async (hone_run_get_history (self->run), self->loading, loaded_cb, g_object_ref (self));
    }
  show_curves (self);
}

/* ---- the log ---- */

static void
setup_line (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "monospace");
  gtk_list_item_set_child (list_item, label);
}

static void
bind_line (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  HoneRunLine *line = gtk_list_item_get_item (list_item);
  GtkWidget *label = gtk_list_item_get_child (list_item);

  gtk_label_set_label (GTK_LABEL (label), hone_run_line_get_text (line));
  if (hone_run_line_get_warning (line))
    gtk_widget_add_css_class (label, "warning");
  else
    gtk_widget_remove_css_class (label, "warning");
}

/* ---- actions ---- */

static void
act (HoneRunRow *self,
     gboolean  (*function) (HoneRunQueue  *queue,
                            HoneRun       *run,
                            GError       **error))
{
  g_autoptr(GError) error = NULL;

  if (!function (hone_project_get_queue (self->project), self->run, &error))
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
on_pause (HoneRunRow *self)
{
  act (self, hone_run_queue_pause);
}

static void
on_resume (HoneRunRow *self)
{
  act (self, hone_run_queue_resume);
}

static void
on_cancel (HoneRunRow *self)
{
  act (self, hone_run_queue_cancel);
}

/* ---- the object ---- */

static void
hone_run_row_dispose (GObject *object)
{
  HoneRunRow *self = HONE_RUN_ROW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_RUN_ROW);
  g_clear_object (&self->run);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_run_row_parent_class)->dispose (object);
}

static void
hone_run_row_class_init (HoneRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_run_row_dispose;
  g_type_ensure (HONE_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/runs/hone-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, title);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, detail);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, progress);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, pause);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, resume);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, more);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, chart);
  gtk_widget_class_bind_template_child (widget_class, HoneRunRow, log);
  gtk_widget_class_bind_template_callback (widget_class, on_pause);
  gtk_widget_class_bind_template_callback (widget_class, on_resume);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded);
  gtk_widget_class_bind_template_callback (widget_class, setup_line);
  gtk_widget_class_bind_template_callback (widget_class, bind_line);
}

static void
hone_run_row_init (HoneRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hone_chart_set_whole (self->chart, FALSE);
  hone_chart_set_titles (self->chart, _("Curves of the training"), _("step"), NULL);
}

/**
 * hone_run_row_new:
 * @project: what is open
 * @run: one of its runs
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
hone_run_row_new (HoneProject *project,
                  HoneRun     *run)
{
  HoneRunRow *self;
  GtkNoSelection *lines;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_RUN (run), NULL);

  self = g_object_new (HONE_TYPE_RUN_ROW, NULL);
  self->project = g_object_ref (project);
  self->run = g_object_ref (run);
  lines = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (hone_run_get_history (run))));
  gtk_list_view_set_model (self->log, GTK_SELECTION_MODEL (lines));
  g_object_unref (lines);
  g_signal_connect_object (run, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hone_run_get_history (run), "notify::n-points", G_CALLBACK (show_curves), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
