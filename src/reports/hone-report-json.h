/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports and scores as JSON. */
#pragma once

#include "hone-json-out.h"
#include "hone-report.h"

G_BEGIN_DECLS

#define HONE_REPORT_VERSION 1   /* of the JSON form */

/* The members that design section 8 names, into the object that is open: n, left_out, each measure, chance, majority, per_class,
 * confusion (nullable). */
void  hone_report_print_scores (HoneJsonOut         *out,
                                const HoneScores    *scores,
                                const HoneConfusion *confusion,
                                const HoneOntology  *ontology);
void  hone_report_print_estimate (HoneJsonOut       *out,
                                const char          *name,
                                const HoneEstimate  *estimate);
/* The members of one comparison into the object that is open. */
void  hone_report_print_pair   (HoneJsonOut         *out,
                                const char          *a,
                                const char          *b,
                                const HoneReportPair *pair);
char *hone_report_to_json      (const HoneReport    *self);

G_END_DECLS
