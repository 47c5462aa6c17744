/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart on a Cairo context. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-plot-chart.h"
#include "hone-plot-shape-private.h"
#include "hone-plot-trace.h"

#define GAP 6.0
#define MARKER 4.0
#define CHOSEN_MARKER 7.0
#define CAP 3.0
/* Pixels between the markers of a curve whose points are too near for one each. */
#define MARKER_DISTANCE 75.0
/* Curves may stick out of the axes by a marker. */
#define MARGIN 8.0

typedef struct {
  cairo_t                   *cr;
  const HonePlotChart       *chart;
  const HonePlotChartLayout *layout;
  const HonePlotStyle       *style;
  HonePlotText              *text;
} Drawing;

/* ---- axes ---- */

static void
draw_y_axis (const Drawing *self)
{
  const HonePlotBox *plot = &self->layout->plot;

  cairo_set_line_width (self->cr, 1.0);
  for (guint i = 0; i < self->layout->y_ticks.n; i++)
    {
      double y = hone_plot_scale_to_pixel (&self->layout->y, hone_plot_ticks_get_nth (&self->layout->y_ticks, i));
      g_autofree char *label = hone_plot_ticks_format (&self->layout->y_ticks, i);

      hone_plot_set_color (self->cr, &self->style->grid);
      hone_plot_line (self->cr, plot->x, y, plot->x + plot->width, y);
      hone_plot_text_show (self->text, self->cr, label, plot->x - GAP, y, 1.0, 1.0, 0.0, 0, &self->style->dim);
    }
}

static void
draw_x_axis (const Drawing *self,
             double         line)
{
  const HonePlotBox *plot = &self->layout->plot;
  double bottom = plot->y + plot->height, y = bottom + 4.0 + line / 2.0;

  cairo_set_line_width (self->cr, 1.0);
  hone_plot_set_color (self->cr, &self->style->dim);
  hone_plot_line (self->cr, plot->x, bottom, plot->x + plot->width, bottom);
  for (guint i = 0; i < self->layout->x_ticks.n; i++)
    {
      double x = hone_plot_scale_to_pixel (&self->layout->x, hone_plot_ticks_get_nth (&self->layout->x_ticks, i));
      g_autofree char *label = hone_plot_ticks_format (&self->layout->x_ticks, i);

      hone_plot_set_color (self->cr, &self->style->dim);
      hone_plot_line (self->cr, x, bottom, x, bottom + 4.0);
      hone_plot_text_show (self->text, self->cr, label, x, y, 0.5, 1.0, 0.0, 0, &self->style->dim);
    }
  if (self->chart->x_title)
    hone_plot_text_show (self->text, self->cr, self->chart->x_title, plot->x + plot->width / 2.0, y + line, 0.5, 1.0, plot->width, 0,
                         &self->style->dim);
}

/* What the letters at points mean, in one line below all else. */
static void
draw_mark_key (const Drawing *self,
               double         line)
{
  static const struct { guint mark; const char *text; } words[] = {
    { HONE_PLOT_MARK_DATA, N_("D other texts") }, { HONE_PLOT_MARK_PROMPT, N_("P other prompt") },
    { HONE_PLOT_MARK_ONTOLOGY, N_("O other categories") },
  };
  g_autoptr(GString) key = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (self->layout->marks & words[i].mark)
      g_string_append_printf (key, "%s%s", key->len ? ", " : "", _(words[i].text));
  if (key->len == 0)
    return;
  /* Translators: follows letters and their meaning: "D other texts, P other prompt than the point before". */
  g_string_append_printf (key, " %s", _("than the point before"));
  hone_plot_text_show (self->text, self->cr, key->str, self->layout->plot.x, self->layout->height - line / 2.0 - 2.0, 0.0, 1.0,
                       self->layout->width - self->layout->plot.x, 0, &self->style->dim);
}

static void
draw_baselines (const Drawing *self)
{
  static const double dashes[] = { 2.0, 4.0 };
  const HonePlotBox *plot = &self->layout->plot;

  cairo_save (self->cr);
  cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_set_line_width (self->cr, self->style->high_contrast ? 2.0 : 1.0);
  hone_plot_set_color (self->cr, &self->style->dim);
  for (gsize i = 0; i < self->chart->n_baselines; i++)
    {
      double y = hone_plot_scale_to_pixel (&self->layout->y, self->chart->baselines[i].y);

      if (isfinite (y) && y >= plot->y - 0.5 && y <= plot->y + plot->height + 0.5)
        hone_plot_line (self->cr, plot->x, y, plot->x + plot->width, y);
    }
  cairo_restore (self->cr);
}

/* ---- series ---- */

static gboolean
has_interval (const HonePlotPoint *point)
{
  return isfinite (point->y) && isfinite (point->low) && isfinite (point->high);
}

static void
draw_bars (const Drawing *self,
           gsize          series)
{
  const HonePlotSeries *shown = &self->chart->series[series];
  HonePlotColor color = hone_plot_style_get_color (self->style, shown->look);

  hone_plot_set_faint (self->cr, &color, self->style->high_contrast ? 1.0 : 0.6);
  cairo_set_line_width (self->cr, self->style->line * 0.6);
  for (gsize i = 0; i < shown->n_points; i++)
    {
      double x, y, low, high;

      if (!has_interval (&shown->points[i]))
        continue;
      hone_plot_chart_locate (self->chart, self->layout, (HonePlotPlace) { series, i }, &x, &y);
      low = hone_plot_scale_to_pixel (&self->layout->y, shown->points[i].low);
      high = hone_plot_scale_to_pixel (&self->layout->y, shown->points[i].high);
      cairo_move_to (self->cr, x, low);
      cairo_line_to (self->cr, x, high);
      cairo_move_to (self->cr, x - CAP, low);
      cairo_line_to (self->cr, x + CAP, low);
      cairo_move_to (self->cr, x - CAP, high);
      cairo_line_to (self->cr, x + CAP, high);
    }
  cairo_stroke (self->cr);
}

/* The upper ends from left to right, the lower ones back, for each stretch without a gap. */
static void
draw_band (const Drawing *self,
           gsize          series)
{
  const HonePlotSeries *shown = &self->chart->series[series];
  HonePlotColor color = hone_plot_style_get_color (self->style, shown->look);
  gsize begin = 0;

  hone_plot_set_faint (self->cr, &color, 0.25);
  while (begin < shown->n_points)
    {
      gsize end = begin;

      while (end < shown->n_points && has_interval (&shown->points[end]) &&
             (end == begin || !self->chart->iterations || shown->points[end].x - shown->points[end - 1].x < 1.5))
        end++;
      for (gsize i = begin; i < end; i++)
        cairo_line_to (self->cr, hone_plot_scale_to_pixel (&self->layout->x, shown->points[i].x),
                       hone_plot_scale_to_pixel (&self->layout->y, shown->points[i].high));
      for (gsize i = end; i > begin; i--)
        cairo_line_to (self->cr, hone_plot_scale_to_pixel (&self->layout->x, shown->points[i - 1].x),
                       hone_plot_scale_to_pixel (&self->layout->y, shown->points[i - 1].low));
      cairo_close_path (self->cr);
      begin = MAX (end, begin + 1);
    }
  cairo_fill (self->cr);
}

static gboolean
is_chosen_series (const Drawing *self,
                  gsize          series)
{
  return self->chart->chosen.series == series || (self->chart->chosen.series == G_MAXSIZE && self->chart->n_series <= 3);
}

static void
draw_curve (const Drawing *self,
            gsize          series)
{
  const HonePlotSeries *shown = &self->chart->series[series];
  HonePlotColor color = hone_plot_style_get_color (self->style, shown->look);
  HonePlotScale x = self->layout->x;
  double shift = self->layout->dodge * (series - (self->chart->n_series - 1) / 2.0);
  g_autoptr(GArray) corners = NULL;

  x.from += shift;
  x.to += shift;
  corners = hone_plot_trace_new (shown->points, shown->n_points, &x, &self->layout->y, self->chart->iterations);
  hone_plot_set_color (self->cr, &color);
  cairo_set_line_width (self->cr, self->layout->sparse ? self->style->line : self->style->line * 0.75);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_BEVEL);
  if (self->style->high_contrast)
    hone_plot_set_dashes (self->cr, self->style, shown->look, self->style->line);
  cairo_new_path (self->cr);
  for (guint i = 0; i < corners->len; i++)
    {
      const HonePlotCorner *corner = &g_array_index (corners, HonePlotCorner, i);

      if (isnan (corner->y))
        cairo_new_sub_path (self->cr);
      else
        cairo_line_to (self->cr, corner->x, corner->y);
    }
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0.0);
}

/* A point between two gaps has no line: it must be seen all the same. */
static gboolean
is_alone (const HonePlotChart  *chart,
          const HonePlotSeries *series,
          gsize                 nth)
{
  const HonePlotPoint *points = series->points;
  gboolean left = nth > 0 && isfinite (points[nth - 1].y) && !(chart->iterations && points[nth].x - points[nth - 1].x > 1.5);
  gboolean right = nth + 1 < series->n_points && isfinite (points[nth + 1].y) &&
                   !(chart->iterations && points[nth + 1].x - points[nth].x > 1.5);

  return !left && !right;
}

/* Where each point has room each has its marker. Where not, some have, so that colour is never the only sign of a curve; series begin
 * at different places, so that markers of curves that lie on each other do not hide each other. */
static void
draw_markers (const Drawing *self,
              gsize          series)
{
  const HonePlotSeries *shown = &self->chart->series[series];
  double radius = MIN (MARKER * self->style->line / 2.0, CHOSEN_MARKER);
  double next = self->layout->plot.x + (series % 5) * MARKER_DISTANCE / 5.0;

  for (gsize i = 0; i < shown->n_points; i++)
    {
      HonePlotPlace place = { series, i };
      double x, y;

      if (!hone_plot_chart_is_point (self->chart, place))
        continue;
      hone_plot_chart_locate (self->chart, self->layout, place, &x, &y);
      if (!self->layout->sparse && x < next && !is_alone (self->chart, shown, i))
        continue;
      hone_plot_draw_marker (self->cr, self->style, shown->look, x, y, radius);
      next = x + MARKER_DISTANCE;
    }
}

static char *
spell_marks (guint marks)
{
  return g_strconcat (marks & HONE_PLOT_MARK_DATA ? C_("mark at a point: data", "D") : "",
                      marks & HONE_PLOT_MARK_PROMPT ? C_("mark at a point: prompt", "P") : "",
                      marks & HONE_PLOT_MARK_ONTOLOGY ? C_("mark at a point: ontology", "O") : "", NULL);
}

static void
draw_marks (const Drawing *self,
            gsize          series,
            double         line)
{
  const HonePlotSeries *shown = &self->chart->series[series];

  for (gsize i = 0; i < shown->n_points; i++)
    {
      HonePlotPlace place = { series, i };
      g_autofree char *letters = NULL;
      double x, y, top;

      if (shown->points[i].marks == 0 || !hone_plot_chart_is_point (self->chart, place))
        continue;
      hone_plot_chart_locate (self->chart, self->layout, place, &x, &y);
      top = has_interval (&shown->points[i]) ? hone_plot_scale_to_pixel (&self->layout->y, shown->points[i].high) : y - CHOSEN_MARKER;
      top = MAX (top - 2.0 - line / 2.0, line / 2.0);
      letters = spell_marks (shown->points[i].marks);
      hone_plot_text_show (self->text, self->cr, letters, x, top, 0.5, 1.0, 0.0, HONE_PLOT_BOLD, &self->style->text);
    }
}

static void
draw_chosen (const Drawing *self)
{
  HonePlotPlace chosen = self->chart->chosen;
  double x, y;

  if (!hone_plot_chart_is_point (self->chart, chosen))
    return;
  hone_plot_chart_locate (self->chart, self->layout, chosen, &x, &y);
  hone_plot_draw_marker (self->cr, self->style, self->chart->series[chosen.series].look, x, y, CHOSEN_MARKER);
  hone_plot_set_color (self->cr, &self->style->text);
  cairo_set_line_width (self->cr, self->style->line * 0.6);
  cairo_arc (self->cr, x, y, CHOSEN_MARKER + 4.0, 0.0, 2.0 * G_PI);
  cairo_stroke (self->cr);
}

/* ---- names ---- */

static void
draw_leader (const Drawing       *self,
             const HonePlotLabel *label)
{
  double x = self->layout->plot.x + self->layout->plot.width;

  if (fabs (label->y - label->anchor) < 2.0)
    return;
  hone_plot_set_color (self->cr, &self->style->grid);
  cairo_set_line_width (self->cr, 1.0);
  cairo_move_to (self->cr, x, label->anchor);
  cairo_line_to (self->cr, self->layout->label_x - 1.0, label->y);
  cairo_stroke (self->cr);
}

static void
draw_label (const Drawing       *self,
            const HonePlotLabel *label)
{
  double x = self->layout->label_x, room = self->layout->width - x - 2.0;
  const HonePlotSeries *series;
  HonePlotColor color;

  if (label->series == G_MAXSIZE)
    {
      draw_leader (self, label);
      hone_plot_text_show (self->text, self->cr, self->chart->baselines[label->baseline].name, x, label->y, 0.0, 1.0, room, 0,
                           &self->style->dim);
      return;
    }
  series = &self->chart->series[label->series];
  color = hone_plot_style_get_color (self->style, series->look);
  hone_plot_set_color (self->cr, &color);
  cairo_set_line_width (self->cr, self->style->line);
  if (self->style->high_contrast)
    hone_plot_set_dashes (self->cr, self->style, series->look, self->style->line);
  hone_plot_line (self->cr, x, label->y, x + 18.0, label->y);
  cairo_set_dash (self->cr, NULL, 0, 0.0);
  hone_plot_draw_marker (self->cr, self->style, series->look, x + 9.0, floor (label->y) + 0.5, MARKER);
  hone_plot_text_show (self->text, self->cr, series->name, x + 18.0 + GAP, label->y, 0.0, 1.0, room - 18.0 - GAP,
                       self->chart->chosen.series == label->series ? HONE_PLOT_BOLD : 0, &self->style->text);
}

static void
draw_labels (const Drawing *self,
             double         line)
{
  g_autofree char *more = NULL;

  for (gsize i = 0; i < self->layout->n_labels; i++)
    draw_label (self, &self->layout->labels[i]);
  if (self->layout->n_hidden == 0)
    return;
  more = g_strdup_printf (ngettext ("and %lu more", "and %lu more", (unsigned long) self->layout->n_hidden),
                          (unsigned long) self->layout->n_hidden);
  hone_plot_text_show (self->text, self->cr, more, self->layout->label_x, self->layout->plot.y + self->layout->plot.height - line / 2.0,
                       0.0, 1.0, self->layout->width - self->layout->label_x, 0, &self->style->dim);
}

/* ---- the whole ---- */

static void
draw_series (const Drawing *self,
             double         line)
{
  const HonePlotBox *plot = &self->layout->plot;

  cairo_save (self->cr);
  cairo_rectangle (self->cr, plot->x - MARGIN, plot->y - MARGIN, plot->width + 2.0 * MARGIN, plot->height + 2.0 * MARGIN);
  cairo_clip (self->cr);
  for (gsize s = 0; s < self->chart->n_series; s++)
    {
      if (self->layout->sparse)
        draw_bars (self, s);
      else if (is_chosen_series (self, s))
        draw_band (self, s);
    }
  /* Long curves cost most of the time, and a third of it with edges a little less smooth. */
  cairo_set_antialias (self->cr, self->layout->sparse ? CAIRO_ANTIALIAS_DEFAULT : CAIRO_ANTIALIAS_FAST);
  for (gsize s = 0; s < self->chart->n_series; s++)
    draw_curve (self, s);
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_DEFAULT);
  for (gsize s = 0; s < self->chart->n_series; s++)
    draw_markers (self, s);
  draw_chosen (self);
  cairo_restore (self->cr);
  for (gsize s = 0; self->layout->marks && s < self->chart->n_series; s++)
    draw_marks (self, s, line);
}

/**
 * hone_plot_chart_draw:
 * @cr: where to
 * @chart: what to show
 * @layout: its layout
 * @style: colours
 * @text: a pen of @style
 *
 * Draws all but the focus, from the context's origin. Any thread that owns @cr and @text.
 */
void
hone_plot_chart_draw (cairo_t                   *cr,
                      const HonePlotChart       *chart,
                      const HonePlotChartLayout *layout,
                      const HonePlotStyle       *style,
                      HonePlotText              *text)
{
  const Drawing self = { cr, chart, layout, style, text };
  HonePlotMetrics metrics;

  hone_plot_text_get_metrics (text, &metrics);
  cairo_save (cr);
  hone_plot_clear (cr, style, layout->width, layout->height);
  draw_y_axis (&self);
  draw_baselines (&self);
  draw_x_axis (&self, metrics.line);
  draw_series (&self, metrics.line);
  draw_labels (&self, metrics.line);
  draw_mark_key (&self, metrics.line);
  if (chart->y_title)
    hone_plot_text_show (text, cr, chart->y_title, GAP, metrics.line / 2.0 + 2.0, 0.0, 1.0, layout->width - 2.0 * GAP, HONE_PLOT_BOLD,
                         &style->text);
  cairo_restore (cr);
}

/**
 * hone_plot_chart_draw_focus:
 * @cr: where to
 * @chart: what is shown
 * @layout: its layout
 * @style: colours
 * @focus: what pointer or keys are at; drawn only where it is a point
 */
void
hone_plot_chart_draw_focus (cairo_t                   *cr,
                            const HonePlotChart       *chart,
                            const HonePlotChartLayout *layout,
                            const HonePlotStyle       *style,
                            HonePlotPlace              focus)
{
  double x, y;

  if (!hone_plot_chart_is_point (chart, focus))
    return;
  hone_plot_chart_locate (chart, layout, focus, &x, &y);
  cairo_save (cr);
  hone_plot_set_color (cr, &style->text);
  cairo_set_line_width (cr, style->line);
  cairo_arc (cr, x, y, CHOSEN_MARKER + 1.0, 0.0, 2.0 * G_PI);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * hone_plot_chart_paint:
 * @cr: where to
 * @chart: what to show
 * @style: colours
 * @width: pixels
 * @height: pixels
 *
 * Layout and drawing at once.
 */
void
hone_plot_chart_paint (cairo_t             *cr,
                       const HonePlotChart *chart,
                       const HonePlotStyle *style,
                       double               width,
                       double               height)
{
  g_autoptr(HonePlotText) text = hone_plot_text_new (style, NULL);
  g_autoptr(HonePlotChartLayout) layout = NULL;
  HonePlotMetrics metrics;

  hone_plot_text_get_metrics (text, &metrics);
  layout = hone_plot_chart_layout_new (chart, &metrics, width, height);
  hone_plot_chart_draw (cr, chart, layout, style, text);
}
