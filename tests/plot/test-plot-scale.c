/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "plot/hone-plot-scale.h"

static void
test_there_and_back (void)
{
  HonePlotScale up = { 0.0, 1.0, 300.0, 20.0 };

  g_assert_cmpfloat (hone_plot_scale_to_pixel (&up, 0.0), ==, 300.0);
  g_assert_cmpfloat (hone_plot_scale_to_pixel (&up, 1.0), ==, 20.0);
  g_assert_cmpfloat (hone_plot_scale_to_pixel (&up, 0.5), ==, 160.0);
  for (double value = -0.5; value < 1.5; value += 0.1)
    g_assert_cmpfloat_with_epsilon (hone_plot_scale_to_value (&up, hone_plot_scale_to_pixel (&up, value)), value, 1e-12);
}

static void
assert_ticks (double      low,
              double      high,
              guint       most,
              gboolean    whole,
              const char *wanted)
{
  HonePlotTicks ticks = hone_plot_ticks_new (low, high, most, whole);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *text = hone_plot_ticks_format (&ticks, i);

      g_string_append_printf (found, "%s%s", i ? " " : "", text);
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_ticks (void)
{
  assert_ticks (0, 1, 11, FALSE, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0");
  assert_ticks (0, 1, 6, FALSE, "0.0 0.2 0.4 0.6 0.8 1.0");
  assert_ticks (0, 1, 3, FALSE, "0.0 0.5 1.0");
  assert_ticks (0, 3, 10, TRUE, "0 1 2 3");
  assert_ticks (0, 7, 5, TRUE, "0 2 4 6");
  assert_ticks (0, 12, 5, TRUE, "0 5 10");
  assert_ticks (3, 200, 5, TRUE, "50 100 150 200");
  assert_ticks (0.615, 0.628, 6, FALSE, "0.615 0.620 0.625");
  assert_ticks (-1, 1, 5, FALSE, "-1.0 -0.5 0.0 0.5 1.0");
  assert_ticks (4, 4, 5, TRUE, "4");
  assert_ticks (0, 20000000, 3, TRUE, "0 1e+07 2e+07");
}

/* Whatever the range, ticks are inside, no more than have room, in steps of 1, 2 or 5. */
static void
test_ticks_always (void)
{
  g_test_message ("seed of the test: as --seed says");
  for (int i = 0; i < 20000; i++)
    {
      double low = g_test_rand_double_range (-1, 1) * pow (10, g_test_rand_int_range (-5, 8));
      double high = low + pow (10, g_test_rand_double_range (-4, 8));
      guint most = g_test_rand_int_range (1, 30);
      gboolean whole = g_test_rand_bit ();
      HonePlotTicks ticks = hone_plot_ticks_new (low, high, most, whole);
      double slack = (high - low) * 1e-6 + fabs (high) * 1e-9, digit = ticks.step / pow (10, floor (log10 (ticks.step) + 1e-9));

      g_assert_cmpuint (ticks.n, <=, most);
      g_assert_true (fabs (digit - 1) < 1e-6 || fabs (digit - 2) < 1e-6 || fabs (digit - 5) < 1e-6);
      if (whole)
        g_assert_cmpfloat (ticks.step, >=, 1.0);
      if (ticks.n == 0)
        continue;
      g_assert_cmpfloat (hone_plot_ticks_get_nth (&ticks, 0), >=, low - slack);
      g_assert_cmpfloat (hone_plot_ticks_get_nth (&ticks, ticks.n - 1), <=, high + slack);
    }
}

static void
test_ticks_of_nothing (void)
{
  g_assert_cmpuint (hone_plot_ticks_new (NAN, 1, 5, FALSE).n, ==, 0);
  g_assert_cmpuint (hone_plot_ticks_new (0, INFINITY, 5, FALSE).n, ==, 0);
  g_assert_cmpuint (hone_plot_ticks_new (-1e308, 1e308, 5, FALSE).n, ==, 0);
  g_assert_cmpuint (hone_plot_ticks_new (2, 1, 5, FALSE).n, ==, 0);
  g_assert_cmpuint (hone_plot_ticks_new (0, 1, 0, FALSE).n, ==, 0);
  g_assert_cmpuint (hone_plot_ticks_new (0.3, 0.6, 5, TRUE).n, ==, 0);
}

static void
assert_range (double low,
              double high,
              double wanted_low,
              double wanted_high)
{
  hone_plot_round_range (&low, &high, 5);
  g_assert_cmpfloat_with_epsilon (low, wanted_low, 1e-12);
  g_assert_cmpfloat_with_epsilon (high, wanted_high, 1e-12);
}

static void
test_round_range (void)
{
  assert_range (0.31, 2.47, 0.0, 2.5);
  assert_range (0.0, 1.0, 0.0, 1.0);
  assert_range (-3.0, 42.0, -10.0, 50.0);
  assert_range (NAN, NAN, 0.0, 1.0);
  assert_range (INFINITY, 3.0, 0.0, 1.0);
  assert_range (2.0, 2.0, 1.0, 3.0);
  assert_range (0.0, 0.0, -0.6, 0.6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plot/scale/there-and-back", test_there_and_back);
  g_test_add_func ("/plot/scale/ticks", test_ticks);
  g_test_add_func ("/plot/scale/ticks-always", test_ticks_always);
  g_test_add_func ("/plot/scale/ticks-of-nothing", test_ticks_of_nothing);
  g_test_add_func ("/plot/scale/round-range", test_round_range);
  return g_test_run ();
}
