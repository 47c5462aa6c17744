/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words on a picture: measured, kept shaped between frames, shown. */
#pragma once

#include <pango/pangocairo.h>

#include "hone-plot-style.h"

G_BEGIN_DECLS

/* How much room text takes, as layouts want to know it. A test brings its own. */
typedef struct {
  double   line;                                             /* height of a line */
  double (*measure) (const char *text, gpointer data);       /* width */
  gpointer data;
} HonePlotMetrics;

typedef enum {
  HONE_PLOT_BOLD = 1 << 0,
  HONE_PLOT_UPRIGHT = 1 << 1,    /* turned by a quarter, read from below */
} HonePlotTextFlags;

/* Text that every surface and every reader of a document takes: whatever is no character, ends a line of a terminal or turns the direction
 * of its neighbours becomes U+FFFD. Line feeds and tabs stay. */
char         *hone_plot_clean_text       (const char          *text);

/* For one style and one thread. */
typedef struct _HonePlotText HonePlotText;

HonePlotText *hone_plot_text_new         (const HonePlotStyle *style,
                                          PangoContext        *context);   /* (nullable): of a widget */
void          hone_plot_text_free        (HonePlotText        *self);
void          hone_plot_text_get_metrics (HonePlotText        *self,
                                          HonePlotMetrics     *metrics);
double        hone_plot_text_get_width   (HonePlotText        *self,
                                          const char          *text,
                                          double               scale);
/* @align: 0 begins at @x, 0.5 is centred on it, 1 ends there; @y is the middle of the line. Turned text swaps the two.
 * @scale: of the style's size. @room: pixels after which it is cut with “…”; 0: none. */
void          hone_plot_text_show        (HonePlotText        *self,
                                          cairo_t             *cr,
                                          const char          *text,
                                          double               x,
                                          double               y,
                                          double               align,
                                          double               scale,
                                          double               room,
                                          HonePlotTextFlags    flags,
                                          const HonePlotColor *color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HonePlotText, hone_plot_text_free)

G_END_DECLS
