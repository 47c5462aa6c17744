/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a report: iterations as a chart, confusion as a matrix. They own what they show. */
#pragma once

#include "hone-report.h"
#include "plot/hone-plot-matrix.h"

G_BEGIN_DECLS

typedef struct _HoneReportFigure HoneReportFigure;

/* The first measure of the summary over iterations, a series per experiment. NULL where nothing is scored. */
HoneReportFigure *hone_report_figure_new_chart  (const HoneReport       *report);
/* NULL where nothing is scored. */
HoneReportFigure *hone_report_figure_new_matrix (const HoneReport       *report,
                                                 gsize                   nth);
void              hone_report_figure_free       (HoneReportFigure       *self);

/* (nullable): what a matrix shows. */
const HonePlotMatrix *hone_report_figure_get_matrix (const HoneReportFigure *self);
const HonePlotChart  *hone_report_figure_get_chart  (const HoneReportFigure *self);   /* (nullable) */
/* In place of the picture, for who does not see it. */
const char       *hone_report_figure_get_text   (const HoneReportFigure *self);
/* How large it wants to be with text of @size pixels, at most @width wide unless its numbers need more. */
void              hone_report_figure_get_size   (const HoneReportFigure *self,
                                                 double                  size,
                                                 double                 *width,
                                                 double                 *height);
void              hone_report_figure_draw       (const HoneReportFigure *self,
                                                 cairo_t                *cr,
                                                 const HonePlotStyle    *style,
                                                 double                  width,
                                                 double                  height);
/* As an SVG document of its own. */
GBytes           *hone_report_figure_to_svg     (const HoneReportFigure *self,
                                                 gboolean                dark,
                                                 double                  width,
                                                 double                  height);

G_END_DECLS
