/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of a chart, what is under a pointer, and where keys lead. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-plot-chart.h"

#define GAP 6.0
/* Names take at most this share of the width. */
#define MAX_LABEL_SHARE 0.35
/* The line and marker before a series' name. */
#define SAMPLE_WIDTH 22.0
/* Below this much room per iteration markers and bars would touch. */
#define SPARSE_SPACING 9.0
#define MAX_DODGE 7.0

/**
 * hone_plot_chart_init:
 * @self: (out): a chart without series, its ranges from the points, nothing chosen
 */
void
hone_plot_chart_init (HonePlotChart *self)
{
  *self = (HonePlotChart) { .x_low = NAN, .x_high = NAN, .y_low = NAN, .y_high = NAN, .chosen = HONE_PLOT_NOWHERE };
}

/**
 * hone_plot_place_equal:
 * @a: a place
 * @b: a place
 *
 * Returns: whether they are the same
 */
gboolean
hone_plot_place_equal (HonePlotPlace a,
                       HonePlotPlace b)
{
  return a.series == b.series && a.point == b.point;
}

/**
 * hone_plot_chart_is_point:
 * @chart: a chart
 * @place: any place
 *
 * Returns: whether there is a point with a value
 */
gboolean
hone_plot_chart_is_point (const HonePlotChart *chart,
                          HonePlotPlace        place)
{
  return place.series < chart->n_series && place.point < chart->series[place.series].n_points &&
         isfinite (chart->series[place.series].points[place.point].y) && isfinite (chart->series[place.series].points[place.point].x);
}

/* ---- ranges ---- */

static void
widen (double *low,
       double *high,
       double  value)
{
  if (!isfinite (value))
    return;
  *low = isnan (*low) ? value : MIN (*low, value);
  *high = isnan (*high) ? value : MAX (*high, value);
}

static void
find_ranges (const HonePlotChart *chart,
             double              *x_low,
             double              *x_high,
             double              *y_low,
             double              *y_high)
{
  *x_low = *x_high = *y_low = *y_high = NAN;
  for (gsize s = 0; s < chart->n_series; s++)
    for (gsize i = 0; i < chart->series[s].n_points; i++)
      {
        const HonePlotPoint *point = &chart->series[s].points[i];

        widen (x_low, x_high, point->x);
        widen (y_low, y_high, point->y);
        widen (y_low, y_high, point->low);
        widen (y_low, y_high, point->high);
      }
  for (gsize i = 0; i < chart->n_baselines; i++)
    widen (y_low, y_high, chart->baselines[i].y);
}

static void
set_ranges (const HonePlotChart *chart,
            HonePlotChartLayout *self,
            guint                most)
{
  double x_low, x_high, y_low, y_high;

  find_ranges (chart, &x_low, &x_high, &y_low, &y_high);
  hone_plot_round_range (&y_low, &y_high, most);
  self->y.low = isfinite (chart->y_low) ? chart->y_low : y_low;
  self->y.high = isfinite (chart->y_high) ? chart->y_high : y_high;
  if (!(self->y.low < self->y.high))
    self->y.high = self->y.low + 1.0;

  self->x.low = isfinite (chart->x_low) ? chart->x_low : isnan (x_low) ? 0.0 : x_low;
  self->x.high = isfinite (chart->x_high) ? chart->x_high : isnan (x_high) ? 1.0 : x_high;
  if (!(self->x.low < self->x.high))
    self->x.high = self->x.low + 1.0;
}

/* ---- names at the right edge ---- */

static const HonePlotPoint *
find_last (const HonePlotSeries *series)
{
  for (gsize i = series->n_points; i > 0; i--)
    if (isfinite (series->points[i - 1].y) && isfinite (series->points[i - 1].x))
      return &series->points[i - 1];
  return NULL;
}

static double
measure_labels (const HonePlotChart   *chart,
                const HonePlotMetrics *metrics)
{
  double widest = 0.0;

  for (gsize s = 0; s < chart->n_series; s++)
    if (chart->series[s].name && find_last (&chart->series[s]))
      widest = MAX (widest, SAMPLE_WIDTH + GAP + metrics->measure (chart->series[s].name, metrics->data));
  for (gsize i = 0; i < chart->n_baselines; i++)
    widest = MAX (widest, metrics->measure (chart->baselines[i].name, metrics->data));
  return widest > 0.0 ? widest + 2.0 * GAP : GAP;
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const HonePlotLabel *x = a, *y = b;

  return x->anchor < y->anchor ? -1 : x->anchor > y->anchor;
}

/* Neighbours that are too near are moved apart by equal amounts; the whole stays between top and bottom. */
static void
spread_labels (HonePlotLabel *labels,
               gsize          n,
               double         line,
               double         top,
               double         bottom)
{
  for (gsize i = 0; i < n; i++)
    labels[i].y = CLAMP (labels[i].anchor, top, bottom);
  for (int round = 0; round < 100; round++)
    {
      gboolean moved = FALSE;

      for (gsize i = 0; i + 1 < n; i++)
        {
          double lacking = line - (labels[i + 1].y - labels[i].y);

          if (lacking > 0.05)
            {
              labels[i].y -= lacking / 2.0;
              labels[i + 1].y += lacking / 2.0;
              moved = TRUE;
            }
        }
      if (!moved)
        break;
    }
  /* Whatever is left, from the top down and from the bottom up. */
  for (gsize i = 0; i < n; i++)
    labels[i].y = MAX (labels[i].y, i == 0 ? top : labels[i - 1].y + line);
  for (gsize i = n; i > 0; i--)
    labels[i - 1].y = MIN (labels[i - 1].y, i == n ? bottom : labels[i].y - line);
}

static void
place_labels (const HonePlotChart *chart,
              HonePlotChartLayout *self,
              double               line)
{
  double top = self->plot.y + line / 2.0, bottom = self->plot.y + self->plot.height - line / 2.0;
  gsize room = (gsize) MAX (1.0, floor ((bottom - top) / line) + 1.0), n = 0;

  self->labels = g_new0 (HonePlotLabel, chart->n_series + chart->n_baselines + 1);
  for (gsize s = 0; s < chart->n_series; s++)
    {
      const HonePlotPoint *last = chart->series[s].name ? find_last (&chart->series[s]) : NULL;

      if (last)
        self->labels[n++] = (HonePlotLabel) { .series = s, .anchor = hone_plot_scale_to_pixel (&self->y, last->y) };
    }
  for (gsize i = 0; i < chart->n_baselines; i++)
    if (isfinite (chart->baselines[i].y))
      self->labels[n++] = (HonePlotLabel) { .series = G_MAXSIZE, .baseline = i,
                                            .anchor = hone_plot_scale_to_pixel (&self->y, chart->baselines[i].y) };
  /* Where not all have room, the last line says how many are missing. */
  self->n_labels = n <= room ? n : room - 1;
  self->n_hidden = n - self->n_labels;
  qsort (self->labels, self->n_labels, sizeof *self->labels, compare_labels);
  spread_labels (self->labels, self->n_labels, line, top, self->n_hidden ? bottom - line : bottom);
}

/* ---- layout ---- */

static double
measure_ticks (const HonePlotTicks   *ticks,
               const HonePlotMetrics *metrics)
{
  double widest = 0.0;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *text = hone_plot_ticks_format (ticks, i);

      widest = MAX (widest, metrics->measure (text, metrics->data));
    }
  return widest;
}

static guint
collect_marks (const HonePlotChart *chart)
{
  guint marks = 0;

  for (gsize s = 0; s < chart->n_series; s++)
    for (gsize i = 0; i < chart->series[s].n_points; i++)
      marks |= chart->series[s].points[i].marks;
  return marks;
}

static void
set_x_ticks (HonePlotChartLayout   *self,
             const HonePlotMetrics *metrics,
             gboolean               iterations)
{
  guint most = (guint) CLAMP (self->plot.width / (3.0 * metrics->line), 2.0, 50.0);

  self->x_ticks = hone_plot_ticks_new (self->x.low, self->x.high, most, iterations);
  /* Long numbers need more room than most ticks have: then there are fewer. */
  while (self->x_ticks.n > 2 &&
         measure_ticks (&self->x_ticks, metrics) + GAP > self->plot.width * self->x_ticks.step / (self->x.high - self->x.low))
    self->x_ticks = hone_plot_ticks_new (self->x.low, self->x.high, self->x_ticks.n - 1, iterations);
}

static void
set_spacing (const HonePlotChart *chart,
             HonePlotChartLayout *self)
{
  gsize most = 1;

  for (gsize s = 0; s < chart->n_series; s++)
    most = MAX (most, chart->series[s].n_points);
  self->spacing = chart->iterations ? self->plot.width / (self->x.high - self->x.low + 1.0) : self->plot.width / most;
  self->sparse = self->spacing >= SPARSE_SPACING;
  self->dodge = self->sparse && chart->n_series > 1 ? MIN (MAX_DODGE, self->spacing * 0.5 / chart->n_series) : 0.0;
}

/**
 * hone_plot_chart_layout_new:
 * @chart: what to show
 * @metrics: how much room its text takes
 * @width: pixels
 * @height: pixels
 *
 * A pure function of its arguments. Too small a room gives a layout that is too small, never a broken one.
 *
 * Returns: (transfer full): where everything stands
 */
HonePlotChartLayout *
hone_plot_chart_layout_new (const HonePlotChart   *chart,
                            const HonePlotMetrics *metrics,
                            double                 width,
                            double                 height)
{
  HonePlotChartLayout *self = g_new0 (HonePlotChartLayout, 1);
  double line = metrics->line, left, right, top = line, bottom = line + GAP + 4.0;
  guint most = (guint) CLAMP (height / (2.5 * line), 2.0, 11.0);
  double inset;

  self->width = width;
  self->height = height;
  self->marks = collect_marks (chart);
  set_ranges (chart, self, most);
  self->y_ticks = hone_plot_ticks_new (self->y.low, self->y.high, most, FALSE);

  if (chart->y_title)
    top += line + GAP;
  if (chart->x_title)
    bottom += line;
  if (self->marks)
    bottom += line + GAP;
  left = measure_ticks (&self->y_ticks, metrics) + 2.0 * GAP;
  right = MIN (measure_labels (chart, metrics), width * MAX_LABEL_SHARE);
  self->plot = (HonePlotBox) { left, top, MAX (width - left - right, 10.0), MAX (height - top - bottom, 10.0) };
  self->label_x = left + self->plot.width + GAP;

  /* Half a step of room beside the first and last iteration keeps bars and markers off the axes; a curve of steps needs less. */
  inset = chart->iterations ? MIN (self->plot.width / (self->x.high - self->x.low + 1.0) / 2.0, 40.0) : 2.0;
  self->x.from = left + inset;
  self->x.to = left + self->plot.width - inset;
  self->y.from = top + self->plot.height;
  self->y.to = top;
  set_x_ticks (self, metrics, TRUE);
  set_spacing (chart, self);
  place_labels (chart, self, line);
  return self;
}

/**
 * hone_plot_chart_layout_free:
 * @self: (transfer full): a layout
 */
void
hone_plot_chart_layout_free (HonePlotChartLayout *self)
{
  g_free (self->labels);
  g_free (self);
}

/* ---- pointer and keys ---- */

/**
 * hone_plot_chart_locate:
 * @chart: a chart
 * @layout: its layout
 * @place: a point of it
 * @x: (out): pixels from the left
 * @y: (out): pixels from the top
 */
void
hone_plot_chart_locate (const HonePlotChart       *chart,
                        const HonePlotChartLayout *layout,
                        HonePlotPlace              place,
                        double                    *x,
                        double                    *y)
{
  const HonePlotPoint *point = &chart->series[place.series].points[place.point];

  *x = hone_plot_scale_to_pixel (&layout->x, point->x) + layout->dodge * (place.series - (chart->n_series - 1) / 2.0);
  *y = hone_plot_scale_to_pixel (&layout->y, point->y);
}

/**
 * hone_plot_chart_find_nearest:
 * @chart: a chart
 * @layout: its layout
 * @x: pixels from the left
 * @y: pixels from the top
 * @reach: greatest distance in pixels
 *
 * Returns: the nearest point, or %HONE_PLOT_NOWHERE
 */
HonePlotPlace
hone_plot_chart_find_nearest (const HonePlotChart       *chart,
                              const HonePlotChartLayout *layout,
                              double                     x,
                              double                     y,
                              double                     reach)
{
  HonePlotPlace best = HONE_PLOT_NOWHERE;
  double least = reach;

  for (gsize s = 0; s < chart->n_series; s++)
    for (gsize i = 0; i < chart->series[s].n_points; i++)
      {
        HonePlotPlace place = { s, i };
        double at_x, at_y, distance;

        if (!hone_plot_chart_is_point (chart, place))
          continue;
        hone_plot_chart_locate (chart, layout, place, &at_x, &at_y);
        distance = hypot (at_x - x, at_y - y);
        if (distance <= least)
          {
            least = distance;
            best = place;
          }
      }
  return best;
}

static HonePlotPlace
find_along (const HonePlotChart *chart,
            HonePlotPlace        from,
            gssize               step)
{
  HonePlotPlace place = from;

  for (place.point += step; place.point < chart->series[from.series].n_points; place.point += step)
    if (hone_plot_chart_is_point (chart, place))
      return place;
  return from;
}

static HonePlotPlace
find_end (const HonePlotChart *chart,
          gsize                series,
          gboolean             last)
{
  gsize n = chart->series[series].n_points;

  for (gsize i = 0; i < n; i++)
    {
      HonePlotPlace place = { series, last ? n - 1 - i : i };

      if (hone_plot_chart_is_point (chart, place))
        return place;
    }
  return HONE_PLOT_NOWHERE;
}

/* Of a series the point nearest in x. */
static HonePlotPlace
find_at (const HonePlotChart *chart,
         gsize                series,
         double               x)
{
  HonePlotPlace best = HONE_PLOT_NOWHERE;
  double least = INFINITY;

  for (gsize i = 0; i < chart->series[series].n_points; i++)
    {
      HonePlotPlace place = { series, i };
      double distance = fabs (chart->series[series].points[i].x - x);

      if (hone_plot_chart_is_point (chart, place) && distance < least)
        {
          least = distance;
          best = place;
        }
    }
  return best;
}

/* Points at one height have an order too, that of their series: no key leads in a circle, and each is reached. */
static gboolean
is_above (const HonePlotChart *chart,
          HonePlotPlace        a,
          HonePlotPlace        b)
{
  double y = chart->series[a.series].points[a.point].y, z = chart->series[b.series].points[b.point].y;

  return y > z || (y == z && a.series < b.series);
}

static HonePlotPlace
find_across (const HonePlotChart *chart,
             HonePlotPlace        from,
             gboolean             up)
{
  HonePlotPlace best = from;
  double x = chart->series[from.series].points[from.point].x;

  for (gsize s = 0; s < chart->n_series; s++)
    {
      HonePlotPlace place = s != from.series ? find_at (chart, s, x) : HONE_PLOT_NOWHERE;

      if (place.series == G_MAXSIZE || is_above (chart, place, from) != up)
        continue;
      if (hone_plot_place_equal (best, from) || is_above (chart, place, best) != up)
        best = place;
    }
  return best;
}

/**
 * hone_plot_chart_move:
 * @chart: a chart
 * @from: a point, or %HONE_PLOT_NOWHERE to begin
 * @move: which way
 *
 * Left and right go along the series and over its gaps, first and last to its ends, up and down to the next series above or below at
 * the same iteration.
 *
 * Returns: where that leads: @from where there is nothing further, %HONE_PLOT_NOWHERE where there is no point at all
 */
HonePlotPlace
hone_plot_chart_move (const HonePlotChart *chart,
                      HonePlotPlace        from,
                      HonePlotMove         move)
{
  if (!hone_plot_chart_is_point (chart, from))
    {
      HonePlotPlace place = HONE_PLOT_NOWHERE;

      for (gsize s = 0; s < chart->n_series && place.series == G_MAXSIZE; s++)
        place = find_end (chart, s, move != HONE_PLOT_MOVE_FIRST);
      return place;
    }
  switch (move)
    {
    case HONE_PLOT_MOVE_LEFT:
      return find_along (chart, from, -1);
    case HONE_PLOT_MOVE_RIGHT:
      return find_along (chart, from, 1);
    case HONE_PLOT_MOVE_FIRST:
      return find_end (chart, from.series, FALSE);
    case HONE_PLOT_MOVE_LAST:
      return find_end (chart, from.series, TRUE);
    case HONE_PLOT_MOVE_UP:
    case HONE_PLOT_MOVE_DOWN:
    default:
      return find_across (chart, from, move == HONE_PLOT_MOVE_UP);
    }
}
