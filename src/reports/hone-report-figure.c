/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a report. */
#include "config.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-report-figure.h"

#define CHART_ASPECT 0.42
/* Room for a number of three digits, in sizes of text. */
#define CELL_WIDTH 2.4
#define CELL_HEIGHT 1.7
#define MIN_CELL_WIDTH 1.35
#define MAX_NAME_WIDTH 14.0

struct _HoneReportFigure {
  HonePlotChart   chart;
  HonePlotMatrix  matrix;
  gboolean        is_matrix;
  GPtrArray      *names;       /* of char*: all that the plots point to */
  GArray         *points;      /* of HonePlotPoint */
  GArray         *series;      /* of HonePlotSeries */
  GArray         *baselines;   /* of HonePlotBaseline */
  GPtrArray      *rows, *columns;
  GArray         *counts;      /* of guint64 */
  char           *text;
};

static HoneReportFigure *
figure_new (void)
{
  HoneReportFigure *self = g_new0 (HoneReportFigure, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->points = g_array_new (FALSE, TRUE, sizeof (HonePlotPoint));
  self->series = g_array_new (FALSE, TRUE, sizeof (HonePlotSeries));
  self->baselines = g_array_new (FALSE, TRUE, sizeof (HonePlotBaseline));
  self->rows = g_ptr_array_new ();
  self->columns = g_ptr_array_new ();
  self->counts = g_array_new (FALSE, TRUE, sizeof (guint64));
  return self;
}

/**
 * hone_report_figure_free:
 * @self: (transfer full): a figure
 */
void
hone_report_figure_free (HoneReportFigure *self)
{
  g_ptr_array_unref (self->names);
  g_array_unref (self->points);
  g_array_unref (self->series);
  g_array_unref (self->baselines);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->counts);
  g_free (self->text);
  g_free (self);
}

static const char *
keep (HoneReportFigure *self,
      const char       *name)
{
  g_ptr_array_add (self->names, g_strdup (name));
  return g_ptr_array_index (self->names, self->names->len - 1);
}

/* ---- iterations ---- */

static int
compare_points (gconstpointer a,
                gconstpointer b)
{
  const HonePlotPoint *x = a, *y = b;

  return x->x < y->x ? -1 : x->x > y->x;
}

static guint
find_marks (const HoneReport          *report,
            gsize                      nth,
            const HoneReportIteration *item)
{
  gsize previous = hone_report_get_previous (report, nth);
  const HoneReportIteration *before = previous != G_MAXSIZE ? hone_report_get_iteration (report, previous) : NULL;
  guint marks = 0;

  if (before == NULL)
    return 0;
  if (before->scores->n != item->scores->n)
    marks |= HONE_PLOT_MARK_DATA;
  if (g_strcmp0 (before->template_hash, item->template_hash) != 0)
    marks |= HONE_PLOT_MARK_PROMPT;
  if (before->ontology_version != item->ontology_version)
    marks |= HONE_PLOT_MARK_ONTOLOGY;
  return marks;
}

/* The points of one experiment, ascending; the position of the first of them. */
static gsize
add_points (HoneReportFigure *self,
            const HoneReport *report,
            const char       *experiment,
            HoneMeasure       measure)
{
  gsize first = self->points->len;

  for (gsize i = 0; i < report->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (report, i);
      HonePlotPoint point = { .x = item->number };

      if (item->status != HONE_REPORT_SCORED || strcmp (item->experiment, experiment) != 0)
        continue;
      point.y = item->scores->measures[measure].value;
      point.low = item->scores->measures[measure].low;
      point.high = item->scores->measures[measure].high;
      point.marks = find_marks (report, i, item);
      g_array_append_val (self->points, point);
    }
  if (self->points->len > first)
    qsort (&g_array_index (self->points, HonePlotPoint, first), self->points->len - first, sizeof (HonePlotPoint), compare_points);
  return first;
}

static gboolean
has_series (const HoneReportFigure *self,
            const char             *experiment)
{
  for (guint i = 0; i < self->series->len; i++)
    if (strcmp (g_array_index (self->series, HonePlotSeries, i).name, experiment) == 0)
      return TRUE;
  return FALSE;
}

static void
add_series (HoneReportFigure *self,
            const HoneReport *report,
            HoneMeasure       measure)
{
  g_autoptr(GArray) firsts = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i < report->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (report, i);
      HonePlotSeries series = { .look = self->series->len };
      gsize first;

      if (item->status != HONE_REPORT_SCORED || has_series (self, item->experiment))
        continue;
      first = add_points (self, report, item->experiment, measure);
      series.name = keep (self, item->experiment);
      series.n_points = self->points->len - first;
      g_array_append_val (self->series, series);
      g_array_append_val (firsts, first);
    }
  /* Only now do the points stay where they are. */
  for (guint i = 0; i < self->series->len; i++)
    g_array_index (self->series, HonePlotSeries, i).points = &g_array_index (self->points, HonePlotPoint, g_array_index (firsts, gsize, i));
}

/* Chance and the commonest category are accuracies; with one category for each text these are on the scale of the IoU score. */
static void
add_baselines (HoneReportFigure *self,
               const HoneReport *report)
{
  const HoneScores *scores = NULL;

  for (gsize i = 0; i < report->iterations->len; i++)
    if (hone_report_get_iteration (report, i)->status == HONE_REPORT_SCORED)
      scores = hone_report_get_iteration (report, i)->scores;
  if (scores == NULL || hone_ontology_get_choice (report->ontology) != HONE_CHOICE_ONE)
    return;
  if (isfinite (scores->majority.value))
    {
      HonePlotBaseline line = { keep (self, _("commonest category")), scores->majority.value };

      g_array_append_val (self->baselines, line);
    }
  if (isfinite (scores->chance.value) && scores->chance.value != scores->majority.value)
    {
      HonePlotBaseline line = { keep (self, _("chance")), scores->chance.value };

      g_array_append_val (self->baselines, line);
    }
}

/**
 * hone_report_figure_new_chart:
 * @report: a report with its project and iterations
 *
 * Returns: (transfer full) (nullable): the measure that stands for the whole over iterations, or %NULL where nothing is scored
 */
HoneReportFigure *
hone_report_figure_new_chart (const HoneReport *report)
{
  HoneReportFigure *self = figure_new ();
  gsize n;
  HoneMeasure measure = hone_report_list_measures (report, &n)[0];

  add_series (self, report, measure);
  if (self->series->len == 0)
    {
      hone_report_figure_free (self);
      return NULL;
    }
  add_baselines (self, report);
  hone_plot_chart_init (&self->chart);
  self->chart.x_title = keep (self, _("iteration"));
  self->chart.y_title = keep (self, hone_measure_get_name (measure));
  self->chart.series = (const HonePlotSeries *) (gconstpointer) self->series->data;
  self->chart.n_series = self->series->len;
  self->chart.baselines = (const HonePlotBaseline *) (gconstpointer) self->baselines->data;
  self->chart.n_baselines = self->baselines->len;
  self->chart.y_low = 0.0;
  self->chart.y_high = 1.0;
  self->chart.iterations = TRUE;
  self->text = hone_plot_chart_describe (&self->chart);
  return self;
}

/* ---- confusion ---- */

static const char *
name_column (const HoneReport *report,
             const char       *key)
{
  const HoneCategory *category = hone_ontology_get_by_key (report->ontology, key);

  if (category)
    return category->name;
  if (strcmp (key, HONE_UNABLE_TO_CLASSIFY) == 0)
    return _("unable");
  if (strcmp (key, "OUT_OF_SET") == 0)
    return _("out of set");
  if (strcmp (key, "NONE") == 0)
    return _("nothing");
  return key;
}

static guint64
sum_row (const HoneConfusion *confusion,
         gsize                row)
{
  guint64 sum = 0;

  for (gsize column = 0; column < confusion->n_columns; column++)
    sum += confusion->counts[row * confusion->n_columns + column];
  return sum;
}

/* How many labelled texts of each category have no answer. That is what the row lacks of the split's labels, and only known where
 * nothing else was left out and the sum agrees with what the scores say. %NULL where it is not known or nothing is missing. */
static guint64 *
count_missing (const HoneReport          *report,
               const HoneReportIteration *item)
{
  const HoneReportSplit *split = &report->splits[report->split];
  const HoneLeftOut *left_out = &item->scores->left_out;
  g_autofree guint64 *missing = g_new0 (guint64, MAX (item->confusion->n_rows, 1));
  guint64 sum = 0;

  if (split->per_category == NULL || item->confusion->n_rows != hone_ontology_get_size (report->ontology) || left_out->trained > 0 ||
      left_out->missing + left_out->failed == 0 || hone_ontology_get_choice (report->ontology) != HONE_CHOICE_ONE)
    return NULL;
  for (gsize row = 0; row < item->confusion->n_rows; row++)
    {
      guint64 scored = sum_row (item->confusion, row);

      if (split->per_category[row] < scored)
        return NULL;
      missing[row] = split->per_category[row] - scored;
      sum += missing[row];
    }
  return sum == left_out->missing + left_out->failed ? g_steal_pointer (&missing) : NULL;
}

/**
 * hone_report_figure_new_matrix:
 * @report: a report with its project and iterations
 * @nth: position of an iteration
 *
 * Returns: (transfer full) (nullable): its confusion matrix, or %NULL where it is not scored
 */
HoneReportFigure *
hone_report_figure_new_matrix (const HoneReport *report,
                               gsize             nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (report, nth);
  const HoneConfusion *confusion = item->confusion;
  g_autofree guint64 *missing = NULL;
  HoneReportFigure *self;

  if (item->status != HONE_REPORT_SCORED)
    return NULL;
  missing = count_missing (report, item);
  self = figure_new ();
  self->is_matrix = TRUE;
  for (gsize row = 0; row < confusion->n_rows; row++)
    {
      g_ptr_array_add (self->rows, (gpointer) keep (self, name_column (report, confusion->rows[row])));
      g_array_append_vals (self->counts, &confusion->counts[row * confusion->n_columns], confusion->n_columns);
      if (missing)
        g_array_append_val (self->counts, missing[row]);
    }
  for (gsize column = 0; column < confusion->n_columns; column++)
    g_ptr_array_add (self->columns, (gpointer) keep (self, name_column (report, confusion->columns[column])));
  if (missing)
    g_ptr_array_add (self->columns, (gpointer) keep (self, _("missing")));
  self->matrix = (HonePlotMatrix) { (const char * const *) self->rows->pdata, (const char * const *) self->columns->pdata, self->rows->len,
                                    self->columns->len, confusion->n_columns, (const guint64 *) (gconstpointer) self->counts->data,
                                    HONE_PLOT_MATRIX_COUNTS, HONE_PLOT_NO_CELL };
  self->text = hone_plot_matrix_describe (&self->matrix);
  return self;
}

/* ---- showing ---- */

const HonePlotMatrix *
hone_report_figure_get_matrix (const HoneReportFigure *self)
{
  return self->is_matrix ? &self->matrix : NULL;
}

const HonePlotChart *
hone_report_figure_get_chart (const HoneReportFigure *self)
{
  return self->is_matrix ? NULL : &self->chart;
}

const char *
hone_report_figure_get_text (const HoneReportFigure *self)
{
  return self->text;
}

static double
longest_name (const HonePlotMatrix *matrix)
{
  glong longest = 1;

  for (gsize i = 0; i < matrix->n_columns; i++)
    longest = MAX (longest, g_utf8_strlen (matrix->columns[i], -1));
  return MIN (longest * 0.65, MAX_NAME_WIDTH);
}

/**
 * hone_report_figure_get_size:
 * @self: a figure
 * @size: of text, in pixels
 * @width: (inout): how wide it may be; wider afterwards where the numbers of a large matrix need it
 * @height: (out): how high it then is
 */
void
hone_report_figure_get_size (const HoneReportFigure *self,
                             double                  size,
                             double                 *width,
                             double                 *height)
{
  const HonePlotMatrix *matrix = &self->matrix;
  double names = longest_name (matrix) * size, cell;

  if (!self->is_matrix)
    {
      *height = *width * CHART_ASPECT;
      return;
    }
  *width = MAX (*width, names + 4.0 * size + matrix->n_columns * MIN_CELL_WIDTH * size);
  cell = (*width - names - 4.0 * size) / MAX (matrix->n_columns, 1);
  *height = names + 3.0 * size + matrix->n_rows * CLAMP (cell, MIN_CELL_WIDTH * size, CELL_HEIGHT * size);
  /* Few categories do not stretch across the page. */
  *width = MIN (*width, names + 4.0 * size + matrix->n_columns * CELL_WIDTH * 1.8 * size);
}

/**
 * hone_report_figure_draw:
 * @self: a figure
 * @cr: where to, from its origin
 * @style: colours
 * @width: pixels or points
 * @height: the same
 */
void
hone_report_figure_draw (const HoneReportFigure *self,
                         cairo_t                *cr,
                         const HonePlotStyle    *style,
                         double                  width,
                         double                  height)
{
  if (self->is_matrix)
    hone_plot_matrix_paint (cr, &self->matrix, style, width, height);
  else
    hone_plot_chart_paint (cr, &self->chart, style, width, height);
}

static cairo_status_t
append_bytes (gpointer      data,
              const guchar *bytes,
              guint         length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Older Cairo numbers every surface of a process; without the number the same figure is the same bytes. */
static void
forget_number (GByteArray *bytes)
{
  static const char word[] = "<g id=\"surface";
  const char *found = g_strstr_len ((const char *) bytes->data, bytes->len, word);
  gsize from = found ? found - (const char *) bytes->data + strlen (word) : bytes->len, n = 0;

  while (from + n < bytes->len && g_ascii_isdigit (bytes->data[from + n]))
    n++;
  if (n > 0)
    g_byte_array_remove_range (bytes, from, n);
}

/**
 * hone_report_figure_to_svg:
 * @self: a figure
 * @dark: whether for a dark page
 * @width: pixels
 * @height: pixels
 *
 * Returns: (transfer full): an SVG document with its letters as shapes, so that no font is needed
 */
GBytes *
hone_report_figure_to_svg (const HoneReportFigure *self,
                           gboolean                dark,
                           double                  width,
                           double                  height)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_t *cr = cairo_create (surface);
  HonePlotStyle style;

  hone_plot_style_init (&style, dark, FALSE);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  hone_report_figure_draw (self, cr, &style, width, height);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  forget_number (bytes);
  return g_byte_array_free_to_bytes (bytes);
}
