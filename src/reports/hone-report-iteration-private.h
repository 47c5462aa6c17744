/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chapter of one iteration. */
#pragma once

#include "hone-report-document.h"

G_BEGIN_DECLS

/* Nothing where none of its sections is wanted. */
void hone_report_document_add_iteration (HoneReportDocument *document,
                                         const HoneReport   *report,
                                         gsize               nth);

G_END_DECLS
