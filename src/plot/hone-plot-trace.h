/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A series as the corners of a line, no more of them than pixels can show. */
#pragma once

#include "hone-plot-chart.h"

G_BEGIN_DECLS

typedef struct {
  double x, y;       /* pixels; y NAN: the line ends here and begins anew at the next */
} HonePlotCorner;

/* Pixel places of the points; where more than two share a column of pixels, the least and the greatest of them. A missing point, and
 * with @iterations a missing whole number, is a break. Of HonePlotCorner. */
GArray *hone_plot_trace_new (const HonePlotPoint *points,
                             gsize                n_points,
                             const HonePlotScale *x,
                             const HonePlotScale *y,
                             gboolean             iterations);

G_END_DECLS
