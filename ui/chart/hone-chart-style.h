/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of plots inside a widget: its font and colours, light or dark, and when these change. */
#pragma once

#include <adwaita.h>

#include "plot/hone-plot-text.h"

G_BEGIN_DECLS

typedef struct {
  HonePlotStyle  style;
  HonePlotText  *text;     /* (nullable): made when it is first needed */
  char          *font;
} HoneChartStyle;

/* Fills in what the widget looks like now. */
void             hone_chart_style_ensure (HoneChartStyle *self,
                                          GtkWidget      *widget);
/* Look at it anew at the next use. */
void             hone_chart_style_clear  (HoneChartStyle *self);
/* Calls @changed with @widget, as long as it lives, whenever light, dark or contrast change. */
void             hone_chart_style_follow (GtkWidget      *widget,
                                          GCallback       changed);

G_END_DECLS
