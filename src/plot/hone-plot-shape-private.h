/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that charts and matrices draw. */
#pragma once

#include <cairo.h>

#include "hone-plot-style.h"

G_BEGIN_DECLS

void hone_plot_set_color    (cairo_t *cr, const HonePlotColor *color);
void hone_plot_set_faint    (cairo_t *cr, const HonePlotColor *color, double alpha);
void hone_plot_clear        (cairo_t *cr, const HonePlotStyle *style, double width, double height);
/* A straight line, on whole pixels where it is level or upright. */
void hone_plot_line         (cairo_t *cr, double x1, double y1, double x2, double y2);
/* A sign of @radius pixels in the style's colour of @look. */
void hone_plot_draw_marker  (cairo_t *cr, const HonePlotStyle *style, guint look, double x, double y, double radius);
void hone_plot_set_dashes   (cairo_t *cr, const HonePlotStyle *style, guint look, double line);

G_END_DECLS
