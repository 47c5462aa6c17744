/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a report, as wide as there is room. */
#pragma once

#include <adwaita.h>

#include "reports/hone-report-paper.h"

G_BEGIN_DECLS

#define HONE_TYPE_REPORT_SHEET (hone_report_sheet_get_type ())
G_DECLARE_FINAL_TYPE (HoneReportSheet, hone_report_sheet, HONE, REPORT_SHEET, GtkWidget)

GtkWidget *hone_report_sheet_new (HoneReportPaper *paper,
                                  gsize            nth);

G_END_DECLS
