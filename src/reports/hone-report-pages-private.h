/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of a PDF that fill from the top: where text and tables go, and when a new page begins. Walked twice, first only to count. */
#pragma once

#include <pango/pangocairo.h>

#include "hone-report-document.h"

G_BEGIN_DECLS

/* One page as a picture that can be drawn again, for the screen. */
typedef struct {
  cairo_surface_t *surface;
  double           width, height;
  GString         *text;                       /* what is written on it */
} HoneSheet;

typedef struct {
  GPtrArray       *sheets;                     /* (nullable): of HoneSheet, in place of the pages of one PDF */
  cairo_surface_t *surface;
  cairo_t         *cr;
  PangoContext    *context;
  HonePlotStyle    style;
  const char      *title;
  double           width, height;              /* of the page at hand, in points */
  double           page_width, page_height;    /* of an ordinary one */
  double           y;                          /* where the next thing goes */
  guint            page, n_pages;              /* from 1; n_pages is known in the second walk */
  gboolean         counting;                   /* nothing is drawn */
} HonePages;

#define HONE_PAGE_MARGIN 54.0
#define HONE_PAGE_TOP 72.0
#define HONE_PAGE_BOTTOM 64.0

double       hone_pages_get_room      (const HonePages *self);   /* width between the margins */
double       hone_pages_get_left      (const HonePages *self);   /* height that is left on the page */
void         hone_pages_begin         (HonePages       *self,
                                       double           width,
                                       double           height);
void         hone_pages_end           (HonePages       *self);
/* A new page where less than @height is left; not on a page that is empty. */
void         hone_pages_need          (HonePages       *self,
                                       double           height);
PangoLayout *hone_pages_layout        (HonePages       *self,
                                       const char      *text,
                                       double           size,
                                       gboolean         bold,
                                       double           width);  /* 0: as wide as it is */
double       hone_pages_measure       (PangoLayout     *layout,
                                       double          *width);  /* (nullable) */
void         hone_pages_show          (HonePages       *self,
                                       PangoLayout     *layout,
                                       double           x,
                                       double           y,
                                       const HonePlotColor *color);
/* Words below each other, line by line over the end of the page. */
void         hone_pages_flow          (HonePages       *self,
                                       const char      *text,
                                       double           size,
                                       double           indent,
                                       const HonePlotColor *color);
/* Marks what is drawn until tag_end () as a part of the document: "H1", "P", "TD", … */
void         hone_pages_tag           (HonePages       *self,
                                       const char      *tag);
void         hone_pages_tag_end       (HonePages       *self,
                                       const char      *tag);
void         hone_pages_table         (HonePages       *self,
                                       const HoneReportTable *table);

/* All of a document, twice: first only to count. Paper, colours and fonts are set here; surface and cr, or sheets, by the caller. */
void         hone_pages_set_up        (HonePages       *self);
void         hone_pages_walk          (HonePages       *self,
                                       const HoneReportDocument *document);

G_END_DECLS
