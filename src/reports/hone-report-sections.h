/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts a report has beside its summary and its caveats, which it always has. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HONE_REPORT_CHART       = 1 << 0,
  HONE_REPORT_COMPARISONS = 1 << 1,
  HONE_REPORT_DATA        = 1 << 2,
  HONE_REPORT_CATEGORIES  = 1 << 3,
  HONE_REPORT_SETTINGS    = 1 << 4,   /* this and the next three: of each iteration */
  HONE_REPORT_MEASURES    = 1 << 5,
  HONE_REPORT_CLASSES     = 1 << 6,
  HONE_REPORT_MATRIX      = 1 << 7,
} HoneReportSections;
#define HONE_REPORT_N_SECTIONS 8
#define HONE_REPORT_ALL_SECTIONS ((1u << HONE_REPORT_N_SECTIONS) - 1)

/* The bit 1 << @nth. */
const char *hone_report_section_key          (guint        nth);   /* "chart", "comparisons", … */
const char *hone_report_section_name         (guint        nth);   /* translated, for people */
/* "chart,matrix"; "" for none of them. */
gboolean    hone_report_sections_from_string (const char  *text,
                                              guint       *sections,
                                              GError     **error);

G_END_DECLS
