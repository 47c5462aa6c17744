/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a report for the screen: the same as those of its PDF. */
#pragma once

#include <cairo.h>

#include "hone-report.h"

G_BEGIN_DECLS

typedef struct _HoneReportPaper HoneReportPaper;

/* Any thread. */
HoneReportPaper *hone_report_paper_new         (const HoneReport      *report);
HoneReportPaper *hone_report_paper_ref         (HoneReportPaper       *self);
void             hone_report_paper_unref       (HoneReportPaper       *self);
gsize            hone_report_paper_get_n_pages (const HoneReportPaper *self);
/* In points. */
void             hone_report_paper_get_size    (const HoneReportPaper *self,
                                                gsize                  nth,
                                                double                *width,
                                                double                *height);
/* What is written on a page, line by line, for who does not see it. */
const char      *hone_report_paper_get_text    (const HoneReportPaper *self,
                                                gsize                  nth);
/* What to know before believing it: the sentences of the list that stands in the report. (transfer none) (element-type utf8) */
GPtrArray       *hone_report_paper_get_warnings (const HoneReportPaper *self);
/* A point is a unit of @cr; the paper itself is not painted. */
void             hone_report_paper_draw        (const HoneReportPaper *self,
                                                gsize                  nth,
                                                cairo_t               *cr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneReportPaper, hone_report_paper_unref)

G_END_DECLS
