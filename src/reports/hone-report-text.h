/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and findings as people read them, the same in reports and on the terminal. Decimals have a point in every language. */
#pragma once

#include "core/hone-measures.h"

G_BEGIN_DECLS

/* "16.1 %" for measures that are shares, "0.612" for kappa and the like, "–" for NAN. */
char *hone_report_format_measure    (HoneMeasure         measure,
                                     double              value);
/* "16.1 % (13.7–18.8)": with the ends of the interval where they are known. */
char *hone_report_format_estimate   (HoneMeasure         measure,
                                     const HoneEstimate *estimate);
char *hone_report_format_share      (double              share);     /* "16.1 %" */
char *hone_report_format_p          (double              p);         /* "p = 0.020", "p < 0.001" */
/* McNemar in words, of a second iteration against a first: "better, p = 0.020", "worse, …", "not distinguishable, …". */
char *hone_report_format_mcnemar    (guint64             a_only,
                                     guint64             b_only,
                                     double              p);
/* "3 without a label, 1 failed"; NULL where nothing was left out. */
char *hone_report_format_left_out   (const HoneLeftOut  *left_out);
guint64 hone_report_count_left_out  (const HoneLeftOut  *left_out);
/* Stable words of the reasons, as in JSON: "no-label", "disputed", "failed", "missing", "trained". */
#define HONE_REPORT_N_REASONS 5
const char *hone_report_reason_key  (gsize               nth);
guint64 hone_report_reason_count    (const HoneLeftOut  *left_out,
                                     gsize               nth);
char *hone_report_format_time       (gint64              time);      /* microseconds -> "2024-05-01T12:00:00Z"; 0: NULL */

G_END_DECLS
