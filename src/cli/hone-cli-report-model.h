/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a project and scores to a report; the same way for writing and for verifying. */
#pragma once

#include "hone-cli-project.h"
#include "reports/hone-report.h"

G_BEGIN_DECLS

/* Names ("n-grams@2") of all iterations of all experiments. */
GPtrArray  *hone_cli_report_list_names (HoneStore    *store,
                                        GError      **error);
/* Needs the project for reading only, and records no opening.
 * @names: "NAME", "NAME@N" or "NAME@all"; repeats are dropped. @forgiving: names that are not there are left out. @pairs (nullable): of
 * HoneReportPair, positions in @names; NULL: each iteration with the one before it, and the last of an experiment with the first. */
HoneReport *hone_cli_report_build      (HoneStore    *store,
                                        GPtrArray    *names,
                                        GArray       *pairs,
                                        HoneSplit     split,
                                        gboolean      forgiving,
                                        GError      **error);

/* What a report of the test split shows is an opening of each iteration in it: recorded before anybody sees the report. Makes the
 * project writable; one that cannot be written at all is said so on standard error. */
gboolean    hone_cli_report_record_openings (HoneCliProject  *project,
                                        HoneReport   *report,
                                        const char   *what,
                                        GError      **error);

G_END_DECLS
