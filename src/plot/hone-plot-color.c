/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours and whether one can be read on another: relative luminance and contrast as WCAG 2.1 defines them. */
#include "config.h"

#include <math.h>

#include "hone-plot-color.h"

/**
 * hone_plot_color_from_rgb:
 * @rgb: 0xRRGGBB
 *
 * Returns: the opaque colour
 */
HonePlotColor
hone_plot_color_from_rgb (guint32 rgb)
{
  return (HonePlotColor) { ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0, 1.0 };
}

/**
 * hone_plot_color_mix:
 * @under: an opaque colour
 * @over: another
 * @share: 0 to 1, how much of @over there is
 *
 * Returns: the opaque colour between them
 */
HonePlotColor
hone_plot_color_mix (const HonePlotColor *under,
                     const HonePlotColor *over,
                     double               share)
{
  return (HonePlotColor) { under->red + (over->red - under->red) * share, under->green + (over->green - under->green) * share,
                           under->blue + (over->blue - under->blue) * share, 1.0 };
}

static double
linearise (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/**
 * hone_plot_color_get_luminance:
 * @self: an opaque colour
 *
 * Returns: relative luminance, 0 (black) to 1 (white), WCAG 2.1
 */
double
hone_plot_color_get_luminance (const HonePlotColor *self)
{
  return 0.2126 * linearise (self->red) + 0.7152 * linearise (self->green) + 0.0722 * linearise (self->blue);
}

/**
 * hone_plot_color_get_contrast:
 * @a: an opaque colour
 * @b: another, in either order
 *
 * Returns: contrast ratio, 1 to 21, WCAG 2.1; 4.5 is wanted of text, 3 of lines and markers
 */
double
hone_plot_color_get_contrast (const HonePlotColor *a,
                              const HonePlotColor *b)
{
  double x = hone_plot_color_get_luminance (a) + 0.05, y = hone_plot_color_get_luminance (b) + 0.05;

  return MAX (x, y) / MIN (x, y);
}

/**
 * hone_plot_color_get_ink:
 * @background: an opaque colour
 *
 * Returns: black or white, whichever contrasts more; the lesser of the two best cases is 4.58
 */
HonePlotColor
hone_plot_color_get_ink (const HonePlotColor *background)
{
  HonePlotColor black = hone_plot_color_from_rgb (0x000000), white = hone_plot_color_from_rgb (0xffffff);

  return hone_plot_color_get_contrast (&black, background) >= hone_plot_color_get_contrast (&white, background) ? black : white;
}

/**
 * hone_plot_color_raise_contrast:
 * @color: an opaque colour
 * @background: what it is drawn on
 * @wanted: contrast ratio, 1 to 4.5
 *
 * Returns: the first colour on the way from @color to black or white that contrasts enough; @color itself where it does
 */
HonePlotColor
hone_plot_color_raise_contrast (const HonePlotColor *color,
                                const HonePlotColor *background,
                                double               wanted)
{
  HonePlotColor ink = hone_plot_color_get_ink (background), mixed = *color;

  for (int step = 0; step <= 20; step++)
    {
      mixed = hone_plot_color_mix (color, &ink, step / 20.0);
      if (hone_plot_color_get_contrast (&mixed, background) >= wanted)
        break;
    }
  return mixed;
}
