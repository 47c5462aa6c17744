/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measure over iterations, or a loss over steps: what is shown, where it stands, and what is under a pointer. Layout is apart from
 * drawing, so that it is tested without a display and kept between frames. */
#pragma once

#include "hone-plot-scale.h"
#include "hone-plot-style.h"
#include "hone-plot-text.h"

G_BEGIN_DECLS

/* How a point differs from the one before it, beside its model. */
typedef enum {
  HONE_PLOT_MARK_DATA     = 1 << 0,   /* scored on other texts */
  HONE_PLOT_MARK_PROMPT   = 1 << 1,
  HONE_PLOT_MARK_ONTOLOGY = 1 << 2,
} HonePlotMarks;

typedef struct {
  double x;             /* iteration or step; ascending within a series */
  double y;             /* NAN: nothing is known here, and no line leads across */
  double low, high;     /* 95 % interval; NAN: none */
  guint  marks;         /* HonePlotMarks */
} HonePlotPoint;

typedef struct {
  const char          *name;
  const HonePlotPoint *points;
  gsize                n_points;
  guint                look;       /* stays with a series while others come and go */
} HonePlotSeries;

typedef struct {
  const char *name;
  double      y;
} HonePlotBaseline;

typedef struct {
  gsize series, point;
} HonePlotPlace;
#define HONE_PLOT_NOWHERE ((HonePlotPlace) { G_MAXSIZE, G_MAXSIZE })

/* Owns nothing. */
typedef struct {
  const char             *x_title, *y_title;   /* (nullable) */
  const HonePlotSeries   *series;
  gsize                   n_series;
  const HonePlotBaseline *baselines;
  gsize                   n_baselines;
  double                  x_low, x_high;       /* NAN: from the points */
  double                  y_low, y_high;       /* NAN: from the points and intervals */
  gboolean                iterations;          /* a whole number without a point is a gap; else neighbours are joined */
  HonePlotPlace           chosen;
} HonePlotChart;

/* A name at the right edge. */
typedef struct {
  gsize  series;       /* G_MAXSIZE: of a baseline */
  gsize  baseline;
  double anchor;       /* pixel height of what it names */
  double y;            /* pixel height of its middle: near the anchor, clear of its neighbours */
} HonePlotLabel;

typedef struct {
  double         width, height;
  HonePlotBox    plot;             /* inside the axes */
  HonePlotScale  x, y;
  HonePlotTicks  x_ticks, y_ticks;
  double         spacing;          /* pixels between neighbouring iterations or steps */
  double         dodge;            /* pixels between two series at one x, so that their intervals stand side by side */
  gboolean       sparse;           /* room for markers and bars; else lines and bands alone */
  guint          marks;            /* all marks of all points */
  double         label_x;          /* where names begin */
  HonePlotLabel *labels;           /* from the top downwards */
  gsize          n_labels, n_hidden;
} HonePlotChartLayout;

/* No series, no titles, ranges from the points, nothing chosen. */
void                 hone_plot_chart_init          (HonePlotChart              *self);
HonePlotChartLayout *hone_plot_chart_layout_new    (const HonePlotChart        *chart,
                                                    const HonePlotMetrics      *metrics,
                                                    double                      width,
                                                    double                      height);
void                 hone_plot_chart_layout_free   (HonePlotChartLayout        *self);
/* Where a point is drawn. */
void                 hone_plot_chart_locate        (const HonePlotChart        *chart,
                                                    const HonePlotChartLayout  *layout,
                                                    HonePlotPlace               place,
                                                    double                     *x,
                                                    double                     *y);
/* The point nearest to a place in pixels and at most @reach away; else HONE_PLOT_NOWHERE. */
HonePlotPlace        hone_plot_chart_find_nearest  (const HonePlotChart        *chart,
                                                    const HonePlotChartLayout  *layout,
                                                    double                      x,
                                                    double                      y,
                                                    double                      reach);

typedef enum {
  HONE_PLOT_MOVE_LEFT, HONE_PLOT_MOVE_RIGHT, HONE_PLOT_MOVE_UP, HONE_PLOT_MOVE_DOWN, HONE_PLOT_MOVE_FIRST, HONE_PLOT_MOVE_LAST,
} HonePlotMove;

/* Where a key leads: along the series, over its gaps, or to the series above or below. Stays where there is nothing further. */
HonePlotPlace        hone_plot_chart_move          (const HonePlotChart        *chart,
                                                    HonePlotPlace               from,
                                                    HonePlotMove                move);
gboolean             hone_plot_chart_is_point      (const HonePlotChart        *chart,
                                                    HonePlotPlace               place);
gboolean             hone_plot_place_equal         (HonePlotPlace               a,
                                                    HonePlotPlace               b);
/* One or a few sentences for people who do not see the picture. */
char                *hone_plot_chart_describe      (const HonePlotChart        *chart);

/* Draws everything but the focus. @text must be of @style. */
void                 hone_plot_chart_draw          (cairo_t                    *cr,
                                                    const HonePlotChart        *chart,
                                                    const HonePlotChartLayout  *layout,
                                                    const HonePlotStyle        *style,
                                                    HonePlotText               *text);
/* A ring around the point that pointer or keys are at, for a layer of its own. */
void                 hone_plot_chart_draw_focus    (cairo_t                    *cr,
                                                    const HonePlotChart        *chart,
                                                    const HonePlotChartLayout  *layout,
                                                    const HonePlotStyle        *style,
                                                    HonePlotPlace               focus);
/* Layout and drawing at once, for paper. */
void                 hone_plot_chart_paint         (cairo_t                    *cr,
                                                    const HonePlotChart        *chart,
                                                    const HonePlotStyle        *style,
                                                    double                      width,
                                                    double                      height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HonePlotChartLayout, hone_plot_chart_layout_free)

G_END_DECLS
