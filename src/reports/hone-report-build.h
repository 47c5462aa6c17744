/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a project to a report; the same way for showing, writing and verifying. */
#pragma once

#include "hone-report-error.h"
#include "hone-report.h"

G_BEGIN_DECLS

/* Names ("n-grams@2") of all iterations of all experiments. */
GPtrArray  *hone_report_list_names      (HoneStore            *store,
                                         GError              **error);
/* @names: "NAME", "NAME@N" or "NAME@all"; repeats are dropped. @forgiving: names that are not there are left out. @pairs (nullable): of
 * HoneReportPair, positions in @names; NULL: each iteration with the one before it, and the last of an experiment with the first.
 * Records no opening of test. */
HoneReport *hone_report_build           (HoneStore            *store,
                                         GPtrArray            *names,
                                         GArray               *pairs,
                                         HoneSplit             split,
                                         gboolean              forgiving,
                                         GCancellable         *cancellable,
                                         GError              **error);
/* What a report of the test split shows is an opening of each iteration in it: recorded before anybody sees the report. */
gboolean    hone_report_record_openings (HoneReport           *self,
                                         HoneStore            *store,
                                         const char           *what,
                                         GError              **error);
/* Both, for windows. */
void        hone_report_build_async     (HoneStore            *store,
                                         const char * const   *names,        /* (nullable): all of all experiments */
                                         HoneSplit             split,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
HoneReport *hone_report_build_finish    (HoneStore            *store,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
