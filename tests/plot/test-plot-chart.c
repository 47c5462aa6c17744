/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of charts, pointer and keys, with a font in which every letter is seven pixels wide. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "plot/hone-plot-chart.h"

static double
measure (const char *text,
         gpointer    data)
{
  return 7.0 * g_utf8_strlen (text, -1);
}

static const HonePlotMetrics metrics = { 14.0, measure, NULL };

static const HonePlotPoint full[] = { { 0, 0.30, 0.25, 0.35 }, { 1, 0.70, 0.65, 0.75 }, { 2, 0.79, 0.75, 0.83 }, { 3, 0.86, 0.81, 0.90 } };
static const HonePlotPoint grams[] = { { 0, 0.13, 0.1, 0.2 }, { 1, 0.55, 0.5, 0.6 }, { 2, NAN, NAN, NAN }, { 3, 0.60, 0.55, 0.65 } };
static const HonePlotSeries two[] = { { "minilm full", full, 4, 0 }, { "n-grams", grams, 4, 1 } };
static const HonePlotBaseline lines[] = { { "commonest category", 0.13 }, { "chance", 0.125 } };

static HonePlotChart
make_chart (void)
{
  HonePlotChart chart;

  hone_plot_chart_init (&chart);
  chart.x_title = "iteration";
  chart.y_title = "IoU score";
  chart.series = two;
  chart.n_series = 2;
  chart.baselines = lines;
  chart.n_baselines = 2;
  chart.y_low = 0.0;
  chart.y_high = 1.0;
  chart.iterations = TRUE;
  return chart;
}

static void
test_layout (void)
{
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = hone_plot_chart_layout_new (&chart, &metrics, 800, 360);
  double x, y;

  g_assert_cmpfloat (layout->y.low, ==, 0.0);
  g_assert_cmpfloat (layout->y.high, ==, 1.0);
  g_assert_cmpuint (layout->x_ticks.n, ==, 4);
  g_assert_cmpfloat (layout->x_ticks.step, ==, 1.0);
  g_assert_true (layout->sparse);
  g_assert_cmpuint (layout->marks, ==, 0);
  /* Titles, tick labels and names are outside of the axes, and inside of the picture. */
  g_assert_cmpfloat (layout->plot.x, >=, 7.0 * 3 + 6.0);
  g_assert_cmpfloat (layout->plot.y, >=, 14.0);
  g_assert_cmpfloat (layout->plot.y + layout->plot.height + 2 * 14.0, <=, 360);
  g_assert_cmpfloat (layout->label_x + 18 * 7.0, <=, 800);
  hone_plot_chart_locate (&chart, layout, (HonePlotPlace) { 0, 3 }, &x, &y);
  g_assert_cmpfloat (x, <, layout->plot.x + layout->plot.width);
  g_assert_cmpfloat_with_epsilon (y, layout->plot.y + layout->plot.height * (1 - 0.86), 1e-9);
}

/* Two series at one iteration stand side by side. */
static void
test_dodge (void)
{
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = hone_plot_chart_layout_new (&chart, &metrics, 800, 360);
  double a, b, y;

  hone_plot_chart_locate (&chart, layout, (HonePlotPlace) { 0, 1 }, &a, &y);
  hone_plot_chart_locate (&chart, layout, (HonePlotPlace) { 1, 1 }, &b, &y);
  g_assert_cmpfloat_with_epsilon (b - a, 7.0, 1e-9);
  g_assert_cmpfloat_with_epsilon ((a + b) / 2, hone_plot_scale_to_pixel (&layout->x, 1.0), 1e-9);
}

static void
assert_apart (const HonePlotChartLayout *layout)
{
  for (gsize i = 0; i < layout->n_labels; i++)
    {
      g_assert_cmpfloat (layout->labels[i].y, >=, layout->plot.y + 7.0 - 0.1);
      g_assert_cmpfloat (layout->labels[i].y, <=, layout->plot.y + layout->plot.height - 7.0 + 0.1);
      if (i > 0)
        g_assert_cmpfloat (layout->labels[i].y - layout->labels[i - 1].y, >=, 14.0 - 0.1);
    }
}

static void
test_names (void)
{
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = hone_plot_chart_layout_new (&chart, &metrics, 800, 360);
  g_autoptr(HonePlotChartLayout) low = hone_plot_chart_layout_new (&chart, &metrics, 800, 100);

  g_assert_cmpuint (layout->n_labels, ==, 4);
  g_assert_cmpuint (layout->n_hidden, ==, 0);
  assert_apart (layout);
  g_assert_cmpuint (layout->labels[0].series, ==, 0);
  g_assert_cmpuint (layout->labels[1].series, ==, 1);
  g_assert_cmpuint (layout->labels[3].series, ==, G_MAXSIZE);
  /* What has no room is counted, not drawn on something else. */
  g_assert_cmpuint (low->n_hidden, >, 0);
  g_assert_cmpuint (low->n_labels + low->n_hidden, ==, 4);
  assert_apart (low);
}

static void
test_many (void)
{
  HonePlotChart chart = make_chart ();
  HonePlotSeries many[20];
  HonePlotPoint points[200];
  g_autoptr(HonePlotChartLayout) layout = NULL;

  for (int i = 0; i < 200; i++)
    points[i] = (HonePlotPoint) { i, 0.5, 0.4, 0.6 };
  for (guint s = 0; s < 20; s++)
    many[s] = (HonePlotSeries) { "experiment", points, 200, s };
  chart.series = many;
  chart.n_series = 20;
  layout = hone_plot_chart_layout_new (&chart, &metrics, 900, 420);
  g_assert_false (layout->sparse);
  g_assert_cmpfloat (layout->dodge, ==, 0.0);
  g_assert_cmpuint (layout->n_labels, ==, 22);
  assert_apart (layout);
  g_assert_cmpfloat (layout->x_ticks.step, ==, 20.0);
}

/* Nothing known, or no room at all, is a picture too. */
static void
test_extremes (void)
{
  const HonePlotPoint lonely[] = { { 5, 0.5, NAN, NAN } }, none[] = { { 0, NAN, NAN, NAN } };
  const HonePlotSeries series[] = { { "one", lonely, 1, 0 }, { "none", none, 1, 1 }, { "empty", NULL, 0, 2 } };
  static const double sizes[] = { 0, 1, 30, 4000 };

  for (gsize n = 0; n <= 3; n++)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        HonePlotChart chart;
        g_autoptr(HonePlotChartLayout) layout = NULL;

        hone_plot_chart_init (&chart);
        chart.series = series;
        chart.n_series = n;
        chart.iterations = TRUE;
        layout = hone_plot_chart_layout_new (&chart, &metrics, sizes[i], sizes[i]);
        g_assert_true (layout->x.low < layout->x.high && layout->y.low < layout->y.high);
        g_assert_true (isfinite (hone_plot_scale_to_pixel (&layout->x, 5)) && isfinite (hone_plot_scale_to_pixel (&layout->y, 0.5)));
        g_assert_cmpfloat (layout->plot.width, >=, 10);
      }
}

static void
test_learning_curve (void)
{
  HonePlotPoint loss[5000];
  const HonePlotSeries series[] = { { "training", loss, 5000, 0 } };
  HonePlotChart chart;
  g_autoptr(HonePlotChartLayout) layout = NULL;

  for (int i = 0; i < 5000; i++)
    loss[i] = (HonePlotPoint) { i, 2.3 * exp (-i / 900.0), NAN, NAN };
  hone_plot_chart_init (&chart);
  chart.series = series;
  chart.n_series = 1;
  layout = hone_plot_chart_layout_new (&chart, &metrics, 700, 260);
  g_assert_cmpfloat (layout->y.low, ==, 0.0);
  g_assert_cmpfloat (layout->y.high, ==, 2.5);
  g_assert_cmpfloat (layout->x_ticks.step, ==, 500.0);
  g_assert_false (layout->sparse);
}

static void
test_zoom (void)
{
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = NULL;

  chart.y_low = 0.8;
  chart.y_high = 0.9;
  layout = hone_plot_chart_layout_new (&chart, &metrics, 800, 360);
  g_assert_cmpfloat (layout->y.low, ==, 0.8);
  g_assert_cmpfloat (layout->y_ticks.step, ==, 0.02);
  assert_apart (layout);
}

static void
test_nearest (void)
{
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = hone_plot_chart_layout_new (&chart, &metrics, 800, 360);
  HonePlotPlace found;

  for (gsize s = 0; s < 2; s++)
    for (gsize i = 0; i < 4; i++)
      {
        HonePlotPlace place = { s, i };
        double x, y;

        if (!hone_plot_chart_is_point (&chart, place))
          continue;
        hone_plot_chart_locate (&chart, layout, place, &x, &y);
        found = hone_plot_chart_find_nearest (&chart, layout, x + 2.0, y - 1.0, 20.0);
        g_assert_true (hone_plot_place_equal (found, place));
      }
  found = hone_plot_chart_find_nearest (&chart, layout, 400.0, layout->plot.y, 3.0);
  g_assert_true (hone_plot_place_equal (found, HONE_PLOT_NOWHERE));
}

static void
assert_move (const HonePlotChart *chart,
             HonePlotPlace        from,
             HonePlotMove         move,
             gsize                series,
             gsize                point)
{
  HonePlotPlace to = hone_plot_chart_move (chart, from, move);

  g_assert_cmpuint (to.series, ==, series);
  g_assert_cmpuint (to.point, ==, point);
}

static void
test_move (void)
{
  HonePlotChart chart = make_chart ();

  assert_move (&chart, HONE_PLOT_NOWHERE, HONE_PLOT_MOVE_RIGHT, 0, 3);
  assert_move (&chart, HONE_PLOT_NOWHERE, HONE_PLOT_MOVE_FIRST, 0, 0);
  assert_move (&chart, (HonePlotPlace) { 0, 3 }, HONE_PLOT_MOVE_RIGHT, 0, 3);
  assert_move (&chart, (HonePlotPlace) { 0, 3 }, HONE_PLOT_MOVE_LEFT, 0, 2);
  assert_move (&chart, (HonePlotPlace) { 0, 0 }, HONE_PLOT_MOVE_LEFT, 0, 0);
  /* Over the gap. */
  assert_move (&chart, (HonePlotPlace) { 1, 1 }, HONE_PLOT_MOVE_RIGHT, 1, 3);
  assert_move (&chart, (HonePlotPlace) { 1, 3 }, HONE_PLOT_MOVE_LEFT, 1, 1);
  assert_move (&chart, (HonePlotPlace) { 0, 3 }, HONE_PLOT_MOVE_DOWN, 1, 3);
  assert_move (&chart, (HonePlotPlace) { 1, 3 }, HONE_PLOT_MOVE_UP, 0, 3);
  assert_move (&chart, (HonePlotPlace) { 1, 3 }, HONE_PLOT_MOVE_DOWN, 1, 3);
  assert_move (&chart, (HonePlotPlace) { 1, 3 }, HONE_PLOT_MOVE_FIRST, 1, 0);
  assert_move (&chart, (HonePlotPlace) { 1, 0 }, HONE_PLOT_MOVE_LAST, 1, 3);
}

/* Equal values at one iteration: down reaches each once, up leads back. */
static void
test_move_among_equals (void)
{
  const HonePlotPoint same[] = { { 0, 0.5, NAN, NAN } };
  const HonePlotSeries series[] = { { "a", same, 1, 0 }, { "b", same, 1, 1 }, { "c", same, 1, 2 } };
  HonePlotChart chart;

  hone_plot_chart_init (&chart);
  chart.series = series;
  chart.n_series = 3;
  assert_move (&chart, (HonePlotPlace) { 0, 0 }, HONE_PLOT_MOVE_DOWN, 1, 0);
  assert_move (&chart, (HonePlotPlace) { 1, 0 }, HONE_PLOT_MOVE_DOWN, 2, 0);
  assert_move (&chart, (HonePlotPlace) { 2, 0 }, HONE_PLOT_MOVE_DOWN, 2, 0);
  assert_move (&chart, (HonePlotPlace) { 2, 0 }, HONE_PLOT_MOVE_UP, 1, 0);
  assert_move (&chart, (HonePlotPlace) { 1, 0 }, HONE_PLOT_MOVE_UP, 0, 0);
}

static void
test_describe (void)
{
  HonePlotChart chart = make_chart ();
  g_autofree char *text = hone_plot_chart_describe (&chart);

  g_assert_cmpstr (text, ==, "Line chart: IoU score by iteration. minilm full: 0.300 at 0, 0.860 at 3. n-grams: 0.130 at 0, 0.600 at 3. "
                             "For comparison, commonest category: 0.130. For comparison, chance: 0.125.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plot/chart/layout", test_layout);
  g_test_add_func ("/plot/chart/dodge", test_dodge);
  g_test_add_func ("/plot/chart/names", test_names);
  g_test_add_func ("/plot/chart/many", test_many);
  g_test_add_func ("/plot/chart/extremes", test_extremes);
  g_test_add_func ("/plot/chart/learning-curve", test_learning_curve);
  g_test_add_func ("/plot/chart/zoom", test_zoom);
  g_test_add_func ("/plot/chart/nearest", test_nearest);
  g_test_add_func ("/plot/chart/move", test_move);
  g_test_add_func ("/plot/chart/move-among-equals", test_move_among_equals);
  g_test_add_func ("/plot/chart/describe", test_describe);
  return g_test_run ();
}
