/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours and whether one can be read on another. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double red, green, blue, alpha;   /* 0 to 1, sRGB */
} HonePlotColor;

/* 0xRRGGBB, opaque. */
HonePlotColor hone_plot_color_from_rgb      (guint32              rgb);
/* @share of @over on top of @under, both opaque. */
HonePlotColor hone_plot_color_mix           (const HonePlotColor *under,
                                             const HonePlotColor *over,
                                             double               share);
double        hone_plot_color_get_luminance (const HonePlotColor *self);
/* 1 (equal) to 21 (black on white). */
double        hone_plot_color_get_contrast  (const HonePlotColor *a,
                                             const HonePlotColor *b);
/* Black or white, whichever is easier to read on @background. */
HonePlotColor hone_plot_color_get_ink       (const HonePlotColor *background);
/* @color, moved towards black or white until it contrasts at least @wanted with @background. */
HonePlotColor hone_plot_color_raise_contrast (const HonePlotColor *color,
                                             const HonePlotColor *background,
                                             double               wanted);

G_END_DECLS
