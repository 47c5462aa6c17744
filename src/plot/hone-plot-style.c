/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How charts and matrices look on paper and where no theme says otherwise. */
#include "config.h"

#include "hone-plot-style.h"

/* Told apart with any kind of colour vision as far as eight can be; each at least 3:1 on its background. */
static const guint32 light_series[HONE_PLOT_N_COLORS] = { 0x1a5fb4, 0xc64600, 0x1b7f53, 0x813d9c, 0xa51d2d, 0x63452c, 0x7a5d00, 0x0b7285 };
static const guint32 dark_series[HONE_PLOT_N_COLORS] = { 0x78aeed, 0xffa348, 0x57e389, 0xdc8add, 0xf66151, 0xcdab8f, 0xf8e45c, 0x5bc8d8 };

typedef struct {
  guint32 background, text, dim, grid, right, wrong;
} Theme;

static const Theme light = { 0xffffff, 0x1e1e1e, 0x5e5c64, 0xdddbd8, 0x1a5fb4, 0xc64600 };
static const Theme dark = { 0x1e1e20, 0xf6f5f4, 0xb0aeb4, 0x3d3d42, 0x78aeed, 0xffa348 };
static const Theme light_contrast = { 0xffffff, 0x000000, 0x000000, 0x77767b, 0x0b3d7a, 0x8f3300 };
static const Theme dark_contrast = { 0x000000, 0xffffff, 0xffffff, 0x9a9996, 0x99c1f1, 0xffbe6f };

/**
 * hone_plot_style_init:
 * @self: (out): a style
 * @dark: whether the background is dark
 * @high_contrast: whether the reader wants more than colours: width, dashes, frames
 *
 * The look on paper, and on a screen without a theme.
 */
void
hone_plot_style_init (HonePlotStyle *self,
                      gboolean       is_dark,
                      gboolean       high_contrast)
{
  const Theme *theme = high_contrast ? (is_dark ? &dark_contrast : &light_contrast) : (is_dark ? &dark : &light);

  *self = (HonePlotStyle) { .font = "Sans", .size = 12.0, .line = high_contrast ? 3.0 : 2.0, .high_contrast = high_contrast };
  self->background = hone_plot_color_from_rgb (theme->background);
  self->text = hone_plot_color_from_rgb (theme->text);
  self->dim = hone_plot_color_from_rgb (theme->dim);
  self->grid = hone_plot_color_from_rgb (theme->grid);
  self->right = hone_plot_color_from_rgb (theme->right);
  self->wrong = hone_plot_color_from_rgb (theme->wrong);
  for (int i = 0; i < HONE_PLOT_N_COLORS; i++)
    {
      HonePlotColor color = hone_plot_color_from_rgb (is_dark ? dark_series[i] : light_series[i]);

      self->series[i] = high_contrast ? hone_plot_color_raise_contrast (&color, &self->background, 4.5) : color;
    }
}

/**
 * hone_plot_style_get_color:
 * @self: a style
 * @look: number of a series' look
 *
 * Returns: its colour
 */
HonePlotColor
hone_plot_style_get_color (const HonePlotStyle *self,
                           guint                look)
{
  return self->series[look % HONE_PLOT_N_COLORS];
}

/**
 * hone_plot_style_get_marker:
 * @look: number of a series' look
 *
 * Returns: the sign at its points; a second series of one colour has another
 */
HonePlotMarker
hone_plot_style_get_marker (guint look)
{
  return (HonePlotMarker) ((look + look / HONE_PLOT_N_COLORS) % HONE_PLOT_N_MARKERS);
}

/**
 * hone_plot_style_get_dashes:
 * @look: number of a series' look
 * @n: (out): how many lengths there are; 0: no gaps
 *
 * Returns: (array length=n): lengths on and off, in widths of the line
 */
const double *
hone_plot_style_get_dashes (guint  look,
                            int   *n)
{
  static const double patterns[][6] = { { 0 }, { 5, 2 }, { 1.5, 1.5 }, { 6, 2, 1.5, 2 }, { 9, 3 }, { 3, 3 }, { 6, 2, 1.5, 2, 1.5, 2 } };
  static const int lengths[] = { 0, 2, 2, 4, 2, 2, 6 };
  guint nth = look % G_N_ELEMENTS (lengths);

  *n = lengths[nth];
  return patterns[nth];
}
