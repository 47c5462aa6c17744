/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stored JSON report against the project it came from. */
#pragma once

#include "formats/hone-json.h"
#include "hone-report.h"

G_BEGIN_DECLS

/* What a stored report speaks of: enough to make it again. */
typedef struct {
  HoneSplit  split;
  char      *project_id;
  GPtrArray *names;       /* of char*: "n-grams@2", in the order of the report */
  GArray    *pairs;       /* of HoneReportPair: a and b alone, positions in names */
  HoneJson  *root;
} HoneReportStored;

typedef struct {
  char *path;             /* "iterations[n-grams@2].accuracy.value" */
  char *stored, *found;   /* as JSON; “–” where absent */
  char *reason;           /* translated */
} HoneReportDifference;

HoneReportStored *hone_report_stored_read  (const char              *path,
                                            GError                 **error);
void              hone_report_stored_free  (HoneReportStored        *self);
/* @fresh: the same report made again; iterations that are gone from the project are absent there. Of HoneReportDifference. */
GPtrArray        *hone_report_verify       (const HoneReportStored  *stored,
                                            const HoneReport        *fresh);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneReportStored, hone_report_stored_free)

G_END_DECLS
