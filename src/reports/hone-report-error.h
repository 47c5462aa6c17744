/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong with scores and reports. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HONE_REPORT_ERROR_FORM = 1,         /* a name whose ending says no form that this version writes */
  HONE_REPORT_ERROR_WRITE,
  HONE_REPORT_ERROR_UNREADABLE,       /* not a report, or of a newer version */
  HONE_REPORT_ERROR_SECTION,          /* a word that is no section */
  HONE_REPORT_ERROR_NO_PREDICTIONS,   /* the iteration was never asked about the split: predict first */
  HONE_REPORT_ERROR_NO_LABELS,        /* nothing that was predicted has a label to score against */
} HoneReportError;
#define HONE_REPORT_ERROR (hone_report_error_quark ())
GQuark hone_report_error_quark (void);

G_END_DECLS
