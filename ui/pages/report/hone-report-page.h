/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report: chosen, seen as it will be, and written into a file. */
#pragma once

#include <adwaita.h>

#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

#define HONE_TYPE_REPORT_PAGE (hone_report_page_get_type ())
G_DECLARE_FINAL_TYPE (HoneReportPage, hone_report_page, HONE, REPORT_PAGE, AdwBin)

GtkWidget *hone_report_page_new (HoneProject    *project,
                                 HoneSelection  *selection,
                                 HoneScoreboard *scoreboard);

G_END_DECLS
