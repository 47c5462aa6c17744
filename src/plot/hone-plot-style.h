/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How charts and matrices look. A widget overwrites the colours with those of its theme. */
#pragma once

#include "hone-plot-color.h"

G_BEGIN_DECLS

typedef struct {
  double x, y, width, height;
} HonePlotBox;

typedef enum {
  HONE_PLOT_CIRCLE, HONE_PLOT_SQUARE, HONE_PLOT_DIAMOND, HONE_PLOT_TRIANGLE, HONE_PLOT_PLUS, HONE_PLOT_DOWN_TRIANGLE,
  HONE_PLOT_CROSS, HONE_PLOT_RING,
} HonePlotMarker;
#define HONE_PLOT_N_MARKERS 8
#define HONE_PLOT_N_COLORS 8

typedef struct {
  HonePlotColor background, text, dim, grid;
  HonePlotColor series[HONE_PLOT_N_COLORS];
  HonePlotColor right, wrong;    /* hues of the matrix: diagonal and the rest */
  const char   *font;            /* family; not owned */
  double        size;            /* of text, in pixels */
  double        line;            /* width of curves, in pixels */
  gboolean      high_contrast;   /* more width, dashes and frames */
} HonePlotStyle;

void            hone_plot_style_init       (HonePlotStyle       *self,
                                            gboolean             dark,
                                            gboolean             high_contrast);
/* Two looks below 64 never share both colour and marker. */
HonePlotColor   hone_plot_style_get_color  (const HonePlotStyle *self,
                                            guint                look);
HonePlotMarker  hone_plot_style_get_marker (guint                look);
/* In units of the line's width; @n is 0 for a line without gaps. */
const double   *hone_plot_style_get_dashes (guint                look,
                                            int                 *n);

G_END_DECLS
