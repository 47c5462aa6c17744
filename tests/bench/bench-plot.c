/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a chart of 20 experiments with 200 iterations and a matrix of 100 classes take to draw, beside a fixed loop that says how fast
 * this machine is today. Run by hand. */
#include "config.h"

#include <math.h>
#include <time.h>

#include "hone-plot-matrix.h"
#include "hone-random.h"

#define N_SERIES 20
#define N_POINTS 200
#define N_CLASSES 100
#define N_ROUNDS 50

/* Of this process alone: other work on the machine does not count. */
static double
get_ms (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return spent.tv_sec * 1e3 + spent.tv_nsec / 1e6;
}

/* Integer work that no compiler can drop and no library change. */
static double
calibrate (void)
{
  double start = get_ms ();
  guint64 sum = 0;

  for (guint64 i = 0; i < 50000000; i++)
    sum = (sum ^ i) * 0x9e3779b97f4a7c15u;
  return sum != 0 ? get_ms () - start : 0.0;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static void
report (const char *what,
        double     *times,
        double      loop)
{
  double first = times[0];

  qsort (times, N_ROUNDS, sizeof *times, compare_doubles);
  g_print ("%-52s first %7.2f ms, median %6.2f ms, %.3f calibration loops\n", what, first, times[N_ROUNDS / 2], times[N_ROUNDS / 2] / loop);
}

static void
time_chart (double loop)
{
  HonePlotPoint *points = g_new0 (HonePlotPoint, N_SERIES * N_POINTS);
  HonePlotSeries series[N_SERIES];
  HonePlotChart chart;
  HonePlotStyle style;
  HonePlotMetrics metrics;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 420);
  cairo_t *cr = cairo_create (surface);
  HoneRandom random;
  double layouts[N_ROUNDS], draws[N_ROUNDS];
  HonePlotText *text;

  hone_random_init (&random, 1);
  for (guint i = 0; i < N_SERIES * N_POINTS; i++)
    {
      double x = i % N_POINTS, y = 0.9 - 0.03 * (double) (i / N_POINTS) - 0.2 * exp (-x / 40.0) + 0.02 * hone_random_unit (&random);

      points[i] = (HonePlotPoint) { x, y, y - 0.03, y + 0.03, 0 };
    }
  for (guint i = 0; i < N_SERIES; i++)
    series[i] = (HonePlotSeries) { "an experiment", &points[i * N_POINTS], N_POINTS, i };
  hone_plot_chart_init (&chart);
  chart.series = series;
  chart.n_series = N_SERIES;
  chart.y_low = 0.0;
  chart.y_high = 1.0;
  chart.iterations = TRUE;
  chart.chosen = (HonePlotPlace) { 3, 120 };
  hone_plot_style_init (&style, FALSE, FALSE);
  text = hone_plot_text_new (&style, NULL);
  hone_plot_text_get_metrics (text, &metrics);
  for (int i = 0; i < N_ROUNDS; i++)
    {
      double start = get_ms ();
      g_autoptr(HonePlotChartLayout) layout = hone_plot_chart_layout_new (&chart, &metrics, 900, 420);

      layouts[i] = get_ms () - start;
      start = get_ms ();
      hone_plot_chart_draw (cr, &chart, layout, &style, text);
      cairo_surface_flush (surface);
      draws[i] = get_ms () - start;
    }
  report ("chart, 20 experiments with 200 iterations: layout", layouts, loop);
  report ("chart, 20 experiments with 200 iterations: drawing", draws, loop);
  hone_plot_text_free (text);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_free (points);
}

static void
time_matrix (double loop)
{
  guint64 *counts = g_new0 (guint64, N_CLASSES * (N_CLASSES + 2));
  const char *names[N_CLASSES + 2];
  HonePlotMatrix matrix = { names, names, N_CLASSES, N_CLASSES + 2, N_CLASSES + 1, counts, HONE_PLOT_MATRIX_COUNTS, { 3, 4 } };
  HonePlotMatrixLayout layout;
  HonePlotStyle style;
  HonePlotMetrics metrics;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1200, 1100);
  cairo_t *cr = cairo_create (surface);
  HoneRandom random;
  double draws[N_ROUNDS];
  HonePlotText *text;

  hone_random_init (&random, 1);
  for (guint i = 0; i < N_CLASSES; i++)
    {
      counts[i * (N_CLASSES + 2) + i] = 40 + hone_random_below (&random, 60);
      for (int k = 0; k < 15; k++)
        counts[i * (N_CLASSES + 2) + hone_random_below (&random, N_CLASSES + 2)] += hone_random_below (&random, 9);
    }
  for (guint i = 0; i < N_CLASSES + 2; i++)
    names[i] = "A_CATEGORY";
  hone_plot_style_init (&style, FALSE, FALSE);
  text = hone_plot_text_new (&style, NULL);
  hone_plot_text_get_metrics (text, &metrics);
  for (int i = 0; i < N_ROUNDS; i++)
    {
      double start = get_ms ();

      hone_plot_matrix_layout_init (&layout, &matrix, &metrics, 1200, 1100);
      hone_plot_matrix_draw (cr, &matrix, &layout, &style, text);
      cairo_surface_flush (surface);
      draws[i] = get_ms () - start;
    }
  report ("matrix of 100 classes, 1,500 numbers", draws, loop);
  hone_plot_text_free (text);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_free (counts);
}

int
main (int    argc,
      char **argv)
{
  double loop = calibrate ();

  if (argc > 1 && g_str_equal (argv[1], "calibrate"))
    {
      g_print ("%.1f\n", loop);
      return 0;
    }
  g_print ("%-52s %.1f ms\n", "calibration loop: 50,000,000 multiplications", loop);
  time_chart (loop);
  time_matrix (loop);
  return 0;
}
