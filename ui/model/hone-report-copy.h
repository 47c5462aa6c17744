/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report that workers turn into pages and files, one after the other, each with the parts it was asked for. */
#pragma once

#include "reports/hone-report-paper.h"
#include "reports/hone-report-write.h"
#include "store/hone-store.h"

G_BEGIN_DECLS

typedef struct _HoneReportCopy HoneReportCopy;

HoneReportCopy  *hone_report_copy_new            (HoneReport          *report);   /* (transfer full) */
void             hone_report_copy_unref          (HoneReportCopy      *self);
/* @store: whose workers do it. */
void             hone_report_copy_lay_out_async  (HoneReportCopy      *self,
                                                  HoneStore           *store,
                                                  guint                sections,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
HoneReportPaper *hone_report_copy_lay_out_finish (HoneStore           *store,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void             hone_report_copy_write_async    (HoneReportCopy      *self,
                                                  HoneStore           *store,
                                                  guint                sections,
                                                  HoneReportForm       form,
                                                  const char          *path,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean         hone_report_copy_write_finish   (HoneStore           *store,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
