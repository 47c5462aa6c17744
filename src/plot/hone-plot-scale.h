/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values to pixels and back, and where an axis has its ticks. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double low, high;   /* values at the ends; low < high */
  double from, to;    /* pixels at low and at high; an axis that grows upwards has from > to */
} HonePlotScale;

double hone_plot_scale_to_pixel (const HonePlotScale *self,
                                 double               value);
double hone_plot_scale_to_value (const HonePlotScale *self,
                                 double               pixel);

typedef struct {
  double first, step;   /* step: 1, 2 or 5 times a power of ten */
  guint  n;
  int    decimals;      /* that tell neighbours apart */
} HonePlotTicks;

/* At most @most ticks inside low..high. @whole: only whole numbers. */
HonePlotTicks hone_plot_ticks_new     (double               low,
                                       double               high,
                                       guint                most,
                                       gboolean             whole);
double        hone_plot_ticks_get_nth (const HonePlotTicks *self,
                                       guint                nth);
char         *hone_plot_ticks_format  (const HonePlotTicks *self,
                                       guint                nth);

/* Moves both ends outwards to ticks; equal or unusable ends become a range that can be drawn. */
void          hone_plot_round_range   (double              *low,
                                       double              *high,
                                       guint                most);

G_END_DECLS
