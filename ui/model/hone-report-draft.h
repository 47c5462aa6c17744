/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as it is put together: which iterations, texts and parts; its pages, and the file it becomes.
 *
 * Of train and validation it follows labels and names. Scores of test are made only when somebody opens the test set, which the project
 * lists, and stay as of then. */
#pragma once

#include "hone-iteration-set.h"
#include "reports/hone-report-paper.h"
#include "reports/hone-report-write.h"

G_BEGIN_DECLS

typedef enum {
  HONE_DRAFT_WAITING,   /* nothing to show yet */
  HONE_DRAFT_EMPTY,     /* no iteration is chosen */
  HONE_DRAFT_SEALED,    /* of test, and nobody opened it */
  HONE_DRAFT_PROBLEM,
  HONE_DRAFT_READY,
} HoneDraftState;

/* Signal: "changed" (state or pages). Property: "loading" (something is under way), notified. */
#define HONE_TYPE_REPORT_DRAFT (hone_report_draft_get_type ())
G_DECLARE_FINAL_TYPE (HoneReportDraft, hone_report_draft, HONE, REPORT_DRAFT, GObject)

HoneReportDraft *hone_report_draft_new          (HoneProject          *project,
                                                 HoneScoreboard       *scoreboard,
                                                 HoneIterationSet     *set);
void             hone_report_draft_set_live     (HoneReportDraft      *self,
                                                 gboolean              live);
HoneDraftState   hone_report_draft_get_state    (HoneReportDraft      *self);
gboolean         hone_report_draft_get_loading  (HoneReportDraft      *self);
const char      *hone_report_draft_get_problem  (HoneReportDraft      *self);   /* (nullable) */
HoneReportPaper *hone_report_draft_get_paper    (HoneReportDraft      *self);   /* (nullable) (transfer none): unless READY */
void             hone_report_draft_set_split    (HoneReportDraft      *self,
                                                 HoneSplit             split);
guint            hone_report_draft_get_sections (HoneReportDraft      *self);   /* HoneReportSections */
void             hone_report_draft_set_sections (HoneReportDraft      *self,
                                                 guint                 sections);
/* Of the test set so far; -1: not read yet. */
gint64           hone_report_draft_get_openings (HoneReportDraft      *self);
void             hone_report_draft_open_test    (HoneReportDraft      *self);
/* Stops what is under way; again () makes it anew. */
void             hone_report_draft_cancel       (HoneReportDraft      *self);
void             hone_report_draft_again        (HoneReportDraft      *self);

/* Writes the report that is shown. Only where READY. */
void             hone_report_draft_write_async  (HoneReportDraft      *self,
                                                 HoneReportForm        form,
                                                 const char           *path,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean         hone_report_draft_write_finish (HoneReportDraft      *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
