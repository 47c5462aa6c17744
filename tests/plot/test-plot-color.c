/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check values of contrast: black on white is 21 by definition; #777777 on white is 4.48 in the WCAG's own examples. */
#include "config.h"

#include "plot/hone-plot-style.h"

static void
test_contrast (void)
{
  HonePlotColor black = hone_plot_color_from_rgb (0x000000), white = hone_plot_color_from_rgb (0xffffff);
  HonePlotColor grey = hone_plot_color_from_rgb (0x777777);

  g_assert_cmpfloat_with_epsilon (hone_plot_color_get_contrast (&black, &white), 21.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (hone_plot_color_get_contrast (&white, &black), 21.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (hone_plot_color_get_contrast (&white, &white), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (hone_plot_color_get_contrast (&grey, &white), 4.48, 0.005);
}

/* Text of either ink is readable on every colour there is. */
static void
test_ink (void)
{
  for (guint rgb = 0; rgb <= 0xffffff; rgb += 0x010305)
    {
      HonePlotColor color = hone_plot_color_from_rgb (rgb), ink = hone_plot_color_get_ink (&color);

      g_assert_cmpfloat (hone_plot_color_get_contrast (&color, &ink), >=, 4.5);
    }
}

static void
test_mix (void)
{
  HonePlotColor black = hone_plot_color_from_rgb (0x000000), white = hone_plot_color_from_rgb (0xffffff);
  HonePlotColor mixed = hone_plot_color_mix (&black, &white, 0.25);

  g_assert_cmpfloat (mixed.red, ==, 0.25);
  g_assert_cmpfloat (mixed.blue, ==, 0.25);
  g_assert_cmpfloat (mixed.alpha, ==, 1.0);
}

static void
test_raise_contrast (void)
{
  HonePlotColor white = hone_plot_color_from_rgb (0xffffff), yellow = hone_plot_color_from_rgb (0xf8e45c);
  HonePlotColor blue = hone_plot_color_from_rgb (0x1a5fb4);
  HonePlotColor darker = hone_plot_color_raise_contrast (&yellow, &white, 4.5);
  HonePlotColor same = hone_plot_color_raise_contrast (&blue, &white, 4.5);

  g_assert_cmpfloat (hone_plot_color_get_contrast (&darker, &white), >=, 4.5);
  g_assert_cmpfloat (same.blue, ==, blue.blue);
}

static void
assert_readable (gboolean dark,
                 gboolean high_contrast)
{
  HonePlotStyle style;

  hone_plot_style_init (&style, dark, high_contrast);
  g_assert_cmpfloat (hone_plot_color_get_contrast (&style.text, &style.background), >=, 7.0);
  g_assert_cmpfloat (hone_plot_color_get_contrast (&style.dim, &style.background), >=, high_contrast ? 7.0 : 4.5);
  for (guint look = 0; look < HONE_PLOT_N_COLORS; look++)
    {
      HonePlotColor color = hone_plot_style_get_color (&style, look);

      g_assert_cmpfloat (hone_plot_color_get_contrast (&color, &style.background), >=, high_contrast ? 4.5 : 3.0);
    }
}

static void
test_styles (void)
{
  for (int i = 0; i < 4; i++)
    assert_readable (i & 1, (i & 2) != 0);
}

/* Colour is never the only sign: no two of 64 looks share both colour and marker, and neighbours share neither. */
static void
test_looks (void)
{
  for (guint a = 0; a < 64; a++)
    for (guint b = a + 1; b < 64; b++)
      {
        gboolean color = a % HONE_PLOT_N_COLORS == b % HONE_PLOT_N_COLORS;
        gboolean marker = hone_plot_style_get_marker (a) == hone_plot_style_get_marker (b);

        g_assert_false (color && marker);
        if (b < HONE_PLOT_N_COLORS)
          g_assert_false (color || marker);
      }
}

static void
test_dashes (void)
{
  int n;

  hone_plot_style_get_dashes (0, &n);
  g_assert_cmpint (n, ==, 0);
  for (guint look = 1; look < 7; look++)
    {
      const double *dashes = hone_plot_style_get_dashes (look, &n);

      g_assert_cmpint (n, >, 0);
      for (int i = 0; i < n; i++)
        g_assert_cmpfloat (dashes[i], >, 0.0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plot/color/contrast", test_contrast);
  g_test_add_func ("/plot/color/ink", test_ink);
  g_test_add_func ("/plot/color/mix", test_mix);
  g_test_add_func ("/plot/color/raise-contrast", test_raise_contrast);
  g_test_add_func ("/plot/color/styles", test_styles);
  g_test_add_func ("/plot/color/looks", test_looks);
  g_test_add_func ("/plot/color/dashes", test_dashes);
  return g_test_run ();
}
