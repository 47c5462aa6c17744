/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "plot/hone-plot-trace.h"

static const HonePlotScale plain_x = { 0.0, 100.0, 0.0, 100.0 }, plain_y = { 0.0, 1.0, 100.0, 0.0 };

static GArray *
trace (const double *ys,
       gsize         n,
       gboolean      iterations)
{
  g_autofree HonePlotPoint *points = g_new0 (HonePlotPoint, n);

  for (gsize i = 0; i < n; i++)
    points[i] = (HonePlotPoint) { .x = i, .y = ys[i] };
  return hone_plot_trace_new (points, n, &plain_x, &plain_y, iterations);
}

static HonePlotCorner
nth (GArray *corners,
     guint   i)
{
  return g_array_index (corners, HonePlotCorner, i);
}

static void
test_plain (void)
{
  const double ys[] = { 0.1, 0.5, 0.4 };
  g_autoptr(GArray) corners = trace (ys, 3, TRUE);

  g_assert_cmpuint (corners->len, ==, 3);
  g_assert_cmpfloat (nth (corners, 1).x, ==, 1.0);
  g_assert_cmpfloat (nth (corners, 1).y, ==, 50.0);
}

/* A missing value breaks the line; nothing leads to zero. */
static void
test_missing (void)
{
  const double ys[] = { NAN, 0.1, 0.5, NAN, NAN, 0.4, NAN };
  g_autoptr(GArray) corners = trace (ys, 7, FALSE);

  g_assert_cmpuint (corners->len, ==, 5);
  g_assert_cmpfloat (nth (corners, 0).x, ==, 1.0);
  g_assert_true (isnan (nth (corners, 2).y));
  g_assert_cmpfloat (nth (corners, 3).x, ==, 5.0);
  g_assert_true (isnan (nth (corners, 4).y));
  for (guint i = 0; i < corners->len; i++)
    g_assert_false (nth (corners, i).y == 100.0);
}

static void
test_skipped_iteration (void)
{
  const HonePlotPoint points[] = { { .x = 0, .y = 0.2 }, { .x = 1, .y = 0.3 }, { .x = 3, .y = 0.4 } };
  g_autoptr(GArray) gap = hone_plot_trace_new (points, 3, &plain_x, &plain_y, TRUE);
  g_autoptr(GArray) joined = hone_plot_trace_new (points, 3, &plain_x, &plain_y, FALSE);

  g_assert_cmpuint (gap->len, ==, 4);
  g_assert_true (isnan (nth (gap, 2).y));
  g_assert_cmpuint (joined->len, ==, 3);
}

/* 100,000 points on 100 columns: at most two corners each, and every column's least and greatest are there. */
static void
test_decimation (void)
{
  const gsize n = 100000;
  g_autofree HonePlotPoint *points = g_new0 (HonePlotPoint, n);
  HonePlotScale x = { 0.0, n, 0.0, 100.0 };
  g_autoptr(GArray) corners = NULL;
  double least[100], greatest[100], found_least[100], found_greatest[100];

  for (int c = 0; c < 100; c++)
    {
      least[c] = found_least[c] = INFINITY;
      greatest[c] = found_greatest[c] = -INFINITY;
    }
  for (gsize i = 0; i < n; i++)
    {
      int column = (int) floor (hone_plot_scale_to_pixel (&x, i));
      double y;

      points[i] = (HonePlotPoint) { .x = i, .y = g_test_rand_double () };
      y = hone_plot_scale_to_pixel (&plain_y, points[i].y);
      least[column] = MIN (least[column], y);
      greatest[column] = MAX (greatest[column], y);
    }
  corners = hone_plot_trace_new (points, n, &x, &plain_y, FALSE);
  g_assert_cmpuint (corners->len, ==, 200);
  for (guint i = 0; i < corners->len; i++)
    {
      int column = (int) floor (nth (corners, i).x);

      found_least[column] = MIN (found_least[column], nth (corners, i).y);
      found_greatest[column] = MAX (found_greatest[column], nth (corners, i).y);
      if (i > 0)
        g_assert_cmpfloat (nth (corners, i).x, >=, nth (corners, i - 1).x);
    }
  for (int c = 0; c < 100; c++)
    {
      g_assert_cmpfloat (found_least[c], ==, least[c]);
      g_assert_cmpfloat (found_greatest[c], ==, greatest[c]);
    }
}

static void
test_nothing (void)
{
  const double none[] = { NAN, NAN };
  g_autoptr(GArray) empty = trace (NULL, 0, TRUE), missing = trace (none, 2, TRUE);

  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (missing->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plot/trace/plain", test_plain);
  g_test_add_func ("/plot/trace/missing", test_missing);
  g_test_add_func ("/plot/trace/skipped-iteration", test_skipped_iteration);
  g_test_add_func ("/plot/trace/decimation", test_decimation);
  g_test_add_func ("/plot/trace/nothing", test_nothing);
  return g_test_run ();
}
