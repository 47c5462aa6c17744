/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report into a file. */
#pragma once

#include "hone-report-error.h"
#include "hone-report.h"

G_BEGIN_DECLS

typedef enum {
  HONE_REPORT_MARKDOWN,
  HONE_REPORT_CSV,
  HONE_REPORT_JSON,
  HONE_REPORT_HTML,
  HONE_REPORT_PDF,
} HoneReportForm;

/* By the ending: .md, .html, .pdf, .csv, .json. */
gboolean hone_report_form_from_path (const char         *path,
                                     HoneReportForm     *form,
                                     GError            **error);
char    *hone_report_to_markdown    (const HoneReport   *self);
char    *hone_report_to_csv         (const HoneReport   *self);
/* One file that needs no other, in light and dark. */
char    *hone_report_to_html        (const HoneReport   *self);
GBytes  *hone_report_to_pdf         (const HoneReport   *self,
                                     GError            **error);
/* The file is whole or as it was. */
gboolean hone_report_write          (const HoneReport   *self,
                                     HoneReportForm      form,
                                     const char         *path,
                                     GError            **error);

G_END_DECLS
