/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures in memory: the right colours at the right places, nothing in the gaps, the same on every kind of surface. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "plot/hone-plot-matrix.h"

#define WIDTH 700
#define HEIGHT 320

typedef struct {
  cairo_surface_t *surface;
  HonePlotStyle    style;
} Picture;

static Picture
picture_new (gboolean dark,
             gboolean high_contrast)
{
  Picture self = { cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT) };

  hone_plot_style_init (&self.style, dark, high_contrast);
  return self;
}

static HonePlotColor
get_pixel (Picture *self,
           double   x,
           double   y)
{
  const guchar *data = cairo_image_surface_get_data (self->surface);
  const guint32 *row = (const guint32 *) (gconstpointer) (data + (int) y * cairo_image_surface_get_stride (self->surface));

  return hone_plot_color_from_rgb (row[(int) x] & 0xffffff);
}

static gboolean
is_near (HonePlotColor a,
         HonePlotColor b)
{
  return fabs (a.red - b.red) + fabs (a.green - b.green) + fabs (a.blue - b.blue) < 0.05;
}

/* How many pixels of the box have the colour. */
static guint
count (Picture       *self,
       HonePlotBox    box,
       HonePlotColor  color)
{
  guint n = 0;

  for (double y = box.y; y < box.y + box.height; y++)
    for (double x = box.x; x < box.x + box.width; x++)
      n += is_near (get_pixel (self, x, y), color);
  return n;
}

/* How many pixels of the box can be told from the colour at a glance. */
static guint
count_contrasting (Picture             *self,
                   HonePlotBox          box,
                   const HonePlotColor *color)
{
  guint n = 0;

  for (double y = box.y; y < box.y + box.height; y++)
    for (double x = box.x; x < box.x + box.width; x++)
      {
        HonePlotColor pixel = get_pixel (self, x, y);

        n += hone_plot_color_get_contrast (&pixel, color) >= 3.0;
      }
  return n;
}

static const HonePlotPoint full[] = { { 0, 0.3, 0.2, 0.4 }, { 1, 0.7, 0.6, 0.8 }, { 2, NAN, NAN, NAN }, { 3, 0.9, 0.85, 0.95, HONE_PLOT_MARK_PROMPT } };
static const HonePlotSeries one[] = { { "an experiment", full, 4, 0 } };
static const HonePlotBaseline lines[] = { { "chance", 0.1 } };

static HonePlotChart
make_chart (void)
{
  HonePlotChart chart;

  hone_plot_chart_init (&chart);
  chart.series = one;
  chart.n_series = 1;
  chart.baselines = lines;
  chart.n_baselines = 1;
  chart.y_low = 0;
  chart.y_high = 1;
  chart.y_title = "IoU score";
  chart.iterations = TRUE;
  return chart;
}

static HonePlotChartLayout *
draw_chart (Picture             *picture,
            const HonePlotChart *chart)
{
  g_autoptr(HonePlotText) text = hone_plot_text_new (&picture->style, NULL);
  cairo_t *cr = cairo_create (picture->surface);
  HonePlotMetrics metrics;
  HonePlotChartLayout *layout;

  hone_plot_text_get_metrics (text, &metrics);
  layout = hone_plot_chart_layout_new (chart, &metrics, WIDTH, HEIGHT);
  hone_plot_chart_draw (cr, chart, layout, &picture->style, text);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture->surface);
  return layout;
}

static void
test_points (gconstpointer data)
{
  gboolean dark = GPOINTER_TO_INT (data) & 1, high = (GPOINTER_TO_INT (data) & 2) != 0;
  Picture picture = picture_new (dark, high);
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = draw_chart (&picture, &chart);

  g_assert_true (is_near (get_pixel (&picture, 1, HEIGHT - 1), picture.style.background));
  for (gsize i = 0; i < 4; i++)
    {
      double x, y;

      if (!isfinite (full[i].y))
        continue;
      hone_plot_chart_locate (&chart, layout, (HonePlotPlace) { 0, i }, &x, &y);
      g_assert_true (is_near (get_pixel (&picture, x, y), picture.style.series[0]));
    }
  cairo_surface_destroy (picture.surface);
}

/* Between iteration 1 and 3 there is nothing of the series, and nothing of it at zero. */
static void
test_gap (void)
{
  Picture picture = picture_new (FALSE, FALSE);
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = draw_chart (&picture, &chart);
  double left = hone_plot_scale_to_pixel (&layout->x, 0), middle = hone_plot_scale_to_pixel (&layout->x, 1);
  double right = hone_plot_scale_to_pixel (&layout->x, 3);
  HonePlotBox gap = { middle + 10, layout->plot.y, right - middle - 20, layout->plot.height };
  HonePlotBox line = { left + 10, layout->plot.y, middle - left - 20, layout->plot.height };

  g_assert_cmpuint (count (&picture, gap, picture.style.series[0]), ==, 0);
  g_assert_cmpuint (count (&picture, line, picture.style.series[0]), >, (guint) line.width / 2);
  cairo_surface_destroy (picture.surface);
}

static void
test_chosen (void)
{
  Picture plain = picture_new (FALSE, FALSE), chosen = picture_new (FALSE, FALSE);
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = draw_chart (&plain, &chart), again = NULL;
  double x, y;
  HonePlotBox box;

  chart.chosen = (HonePlotPlace) { 0, 1 };
  again = draw_chart (&chosen, &chart);
  hone_plot_chart_locate (&chart, layout, chart.chosen, &x, &y);
  box = (HonePlotBox) { x - 12, y - 12, 24, 24 };
  g_assert_cmpuint (count (&chosen, box, chosen.style.series[0]), >, 2 * count (&plain, box, plain.style.series[0]));
  cairo_surface_destroy (plain.surface);
  cairo_surface_destroy (chosen.surface);
}

/* Marks and baselines leave ink where they belong. */
static void
test_marks (void)
{
  Picture with = picture_new (FALSE, FALSE), without = picture_new (FALSE, FALSE);
  HonePlotChart chart = make_chart ();
  HonePlotPoint points[4];
  const HonePlotSeries unmarked[] = { { "an experiment", points, 4, 0 } };
  g_autoptr(HonePlotChartLayout) marked = draw_chart (&with, &chart), plain = NULL;
  double x, y;
  HonePlotBox above;

  hone_plot_chart_locate (&chart, marked, (HonePlotPlace) { 0, 3 }, &x, &y);
  above = (HonePlotBox) { x - 6, hone_plot_scale_to_pixel (&marked->y, 0.95) - 16, 12, 15 };
  g_assert_cmpuint (count (&with, above, with.style.text), >, 3);
  memcpy (points, full, sizeof points);
  points[3].marks = 0;
  chart.series = unmarked;
  plain = draw_chart (&without, &chart);
  g_assert_cmpuint (plain->marks, ==, 0);
  g_assert_cmpfloat (plain->plot.height, >, marked->plot.height);   /* no line of explanation is needed */
  cairo_surface_destroy (with.surface);
  cairo_surface_destroy (without.surface);
}

static void
test_baseline (void)
{
  Picture picture = picture_new (FALSE, FALSE);
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = draw_chart (&picture, &chart);
  double y = floor (hone_plot_scale_to_pixel (&layout->y, 0.1));
  HonePlotBox line = { layout->plot.x + 1, y, layout->plot.width - 2, 1 };

  g_assert_cmpuint (count (&picture, line, picture.style.dim), >, (guint) line.width / 8);   /* dotted */
  cairo_surface_destroy (picture.surface);
}

/* Zoomed in, nothing of what lies outside is drawn over titles or ticks. */
static void
test_zoom (void)
{
  Picture picture = picture_new (FALSE, FALSE);
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = NULL;
  HonePlotBox below, above;

  chart.y_low = 0.6;
  chart.y_high = 0.75;
  layout = draw_chart (&picture, &chart);
  below = (HonePlotBox) { layout->plot.x, layout->plot.y + layout->plot.height + 9, layout->plot.width,
                          HEIGHT - layout->plot.y - layout->plot.height - 9 };
  above = (HonePlotBox) { 0, 0, layout->plot.x + layout->plot.width, layout->plot.y - 9 };
  g_assert_cmpuint (count (&picture, below, picture.style.series[0]), ==, 0);
  g_assert_cmpuint (count (&picture, above, picture.style.series[0]), ==, 0);
  cairo_surface_destroy (picture.surface);
}

static const char * const names[] = { "MEDIA", "WORLD", "unable", "missing" };
static const guint64 counts[] = { 90, 10, 0, 3, 0, 100, 0, 0 };

static void
test_matrix (gconstpointer data)
{
  Picture picture = picture_new (GPOINTER_TO_INT (data) & 1, (GPOINTER_TO_INT (data) & 2) != 0);
  const HonePlotMatrix matrix = { names, names, 2, 4, 3, counts, HONE_PLOT_MATRIX_COUNTS, HONE_PLOT_NO_CELL };
  g_autoptr(HonePlotText) text = hone_plot_text_new (&picture.style, NULL);
  HonePlotMatrixLayout layout;
  HonePlotMetrics metrics;
  cairo_t *cr = cairo_create (picture.surface);

  hone_plot_text_get_metrics (text, &metrics);
  hone_plot_matrix_layout_init (&layout, &matrix, &metrics, WIDTH, HEIGHT);
  hone_plot_matrix_draw (cr, &matrix, &layout, &picture.style, text);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  for (gsize row = 0; row < 2; row++)
    for (gsize column = 0; column < 4; column++)
      {
        HonePlotCell cell = { row, column };
        HonePlotBox box = hone_plot_matrix_get_box (&matrix, &layout, cell);
        HonePlotColor color = hone_plot_matrix_get_color (&matrix, &picture.style, cell);
        HonePlotBox inside = { box.x + 4, box.y + 4, box.width - 8, box.height - 8 };

        g_assert_true (is_near (get_pixel (&picture, box.x + 4, box.y + 4), color));
        /* The number is there, in ink that can be read. */
        if (hone_plot_matrix_get_count (&matrix, cell) > 0)
          g_assert_cmpuint (count_contrasting (&picture, inside, &color), >, 3);
        else
          g_assert_cmpuint (count_contrasting (&picture, inside, &color), ==, 0);
      }
  cairo_surface_destroy (picture.surface);
}

/* On a surface without bounds, everything that is drawn is inside of what was asked for. */
static void
test_stays_inside (void)
{
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  const HonePlotMatrix matrix = { names, names, 2, 4, 3, counts, HONE_PLOT_MATRIX_ROWS, { 1, 1 } };
  HonePlotChart chart = make_chart ();
  HonePlotStyle style;
  cairo_t *cr = cairo_create (recording);
  double x, y, width, height;

  hone_plot_style_init (&style, FALSE, FALSE);
  hone_plot_chart_paint (cr, &chart, &style, WIDTH, HEIGHT);
  cairo_recording_surface_ink_extents (recording, &x, &y, &width, &height);
  g_assert_true (x >= 0 && y >= 0 && x + width <= WIDTH && y + height <= HEIGHT);
  cairo_translate (cr, 0, HEIGHT);
  hone_plot_matrix_paint (cr, &matrix, &style, WIDTH, HEIGHT);
  cairo_recording_surface_ink_extents (recording, &x, &y, &width, &height);
  g_assert_true (x >= 0 && y >= 0 && x + width <= WIDTH && y + height <= 2 * HEIGHT);
  g_assert_cmpfloat (y + height, >, HEIGHT + 60);
  cairo_destroy (cr);
  cairo_surface_destroy (recording);
}

/* A transparent style leaves what lies below: a widget draws over its own background. */
static void
test_transparent (void)
{
  Picture picture = picture_new (FALSE, FALSE);
  HonePlotChart chart = make_chart ();
  g_autoptr(HonePlotChartLayout) layout = NULL;
  cairo_t *cr = cairo_create (picture.surface);

  cairo_set_source_rgb (cr, 0, 1, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  picture.style.background.alpha = 0.0;
  layout = draw_chart (&picture, &chart);
  g_assert_true (is_near (get_pixel (&picture, 1, HEIGHT - 1), hone_plot_color_from_rgb (0x00ff00)));
  cairo_surface_destroy (picture.surface);
}

/* Whatever is in a name, and no room for it. */
static void
test_hostile_names (void)
{
  static const char * const hostile[] = { "<b>&amp;\"'", "\xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a", "a\nb\tc", "", "unable", "missing" };
  static const guint64 cells[4 * 6] = { 1, 2, 3, 4, 5, 6, 7 };
  static const int sizes[] = { 1, 40, 300 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const HonePlotMatrix matrix = { hostile, hostile, 4, 6, 5, cells, HONE_PLOT_MATRIX_COUNTS, HONE_PLOT_NO_CELL };
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, sizes[i], sizes[i]);
      cairo_t *cr = cairo_create (surface);
      HonePlotChart chart = make_chart ();
      HonePlotSeries series[] = { { hostile[0], full, 4, 0 }, { hostile[1], full, 4, 1 }, { hostile[2], NULL, 0, 2 } };
      HonePlotStyle style;

      chart.series = series;
      chart.n_series = 3;
      hone_plot_style_init (&style, TRUE, TRUE);
      hone_plot_matrix_paint (cr, &matrix, &style, sizes[i], sizes[i]);
      hone_plot_chart_paint (cr, &chart, &style, sizes[i], sizes[i]);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (int i = 0; i < 4; i++)
    {
      static const char * const themes[] = { "light", "dark", "light-contrast", "dark-contrast" };
      g_autofree char *points = g_strdup_printf ("/plot/draw/points/%s", themes[i]);
      g_autofree char *matrix = g_strdup_printf ("/plot/draw/matrix/%s", themes[i]);

      g_test_add_data_func (points, GINT_TO_POINTER (i), test_points);
      g_test_add_data_func (matrix, GINT_TO_POINTER (i), test_matrix);
    }
  g_test_add_func ("/plot/draw/gap", test_gap);
  g_test_add_func ("/plot/draw/chosen", test_chosen);
  g_test_add_func ("/plot/draw/marks", test_marks);
  g_test_add_func ("/plot/draw/baseline", test_baseline);
  g_test_add_func ("/plot/draw/zoom", test_zoom);
  g_test_add_func ("/plot/draw/stays-inside", test_stays_inside);
  g_test_add_func ("/plot/draw/transparent", test_transparent);
  g_test_add_func ("/plot/draw/hostile-names", test_hostile_names);
  return g_test_run ();
}
