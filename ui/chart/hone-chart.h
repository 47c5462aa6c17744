/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measure over iterations, or curves of a training: drawn, read and chosen by pointer and keys. */
#pragma once

#include <gtk/gtk.h>

#include "plot/hone-plot-chart.h"

G_BEGIN_DECLS

/* A curve with a key per point, by which whoever made it knows the point again. */
typedef struct {
  char   *name;
  guint   look;
  GArray *points;    /* of HonePlotPoint, ascending */
  GArray *keys;      /* of gint64, one per point; 0: cannot be chosen */
} HoneChartSeries;
HoneChartSeries *hone_chart_series_new  (const char       *name,
                                         guint             look);
void             hone_chart_series_free (HoneChartSeries  *self);
void             hone_chart_series_add  (HoneChartSeries  *self,
                                         HonePlotPoint     point,
                                         gint64            key);

/* Properties: "reading" (string, notified): the point that pointer or keys are at, or the chosen one, in words.
 * Signal: "activated" (gint64 key). Role IMG. */
#define HONE_TYPE_CHART (hone_chart_get_type ())
G_DECLARE_FINAL_TYPE (HoneChart, hone_chart, HONE, CHART, GtkWidget)

GtkWidget  *hone_chart_new          (void);
void        hone_chart_set_titles   (HoneChart        *self,
                                     const char       *title,        /* accessible name */
                                     const char       *x_title,      /* (nullable) */
                                     const char       *y_title);     /* (nullable) */
void        hone_chart_set_range    (HoneChart        *self,         /* NAN: from the points */
                                     double            y_low,
                                     double            y_high);
void        hone_chart_set_whole    (HoneChart        *self,         /* x counts iterations: a missing one is a gap */
                                     gboolean          whole);
void        hone_chart_set_series   (HoneChart        *self,
                                     GPtrArray        *series);
void        hone_chart_set_baseline (HoneChart        *self,
                                     const char       *name,         /* (nullable): none */
                                     double            y);
void        hone_chart_set_chosen   (HoneChart        *self,
                                     gint64            key);
const char *hone_chart_get_reading  (HoneChart        *self);

G_END_DECLS
