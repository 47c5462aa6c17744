/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the report for its own files. */
#pragma once

#include "hone-report-page.h"
#include "model/hone-report-draft.h"
#include "widgets/hone-check-list.h"
#include "widgets/hone-job-bar.h"

G_BEGIN_DECLS

struct _HoneReportPage {
  AdwBin            parent_instance;

  HoneProject      *project;
  HoneSelection    *selection;
  HoneScoreboard   *scoreboard;
  HoneIterationSet *set;
  HoneReportDraft  *draft;
  gboolean          writing;
  char             *written;      /* (nullable): path of the last file */

  HoneCheckList    *iterations;
  HoneCheckList    *sections;
  GtkDropDown      *split;
  GtkMenuButton    *export_button;
  GtkLabel         *summary;
  GtkStack         *stack;        /* waiting, empty, sealed, problem, pages */
  AdwStatusPage    *sealed;
  AdwStatusPage    *problem;
  GtkWidget        *caveats_group;
  GtkListBox       *caveats;
  GtkBox           *pages;
  HoneJobBar       *job;
};

/* ---- hone-report-export.c ---- */
void _hone_report_page_install_export (GtkWidgetClass *widget_class);
void _hone_report_page_update_export  (HoneReportPage *self);

G_END_DECLS
