/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter taken apart: what it asks for, one by one, in words, for chips that can be removed. */
#pragma once

#include "hone-catalogue.h"
#include "hone-selection.h"

G_BEGIN_DECLS

typedef enum {
  HONE_FILTER_SEARCH,
  HONE_FILTER_SPLIT,
  HONE_FILTER_STATE,
  HONE_FILTER_REFERENCE,
  HONE_FILTER_CATEGORY,
  HONE_FILTER_ANSWER,
  HONE_FILTER_OUTCOME,
  HONE_FILTER_AGREES,
  HONE_FILTER_CONFIDENCE,
  HONE_FILTER_FLAG,
  HONE_FILTER_CONFLICTING,
  HONE_FILTER_KNOWN,
  HONE_FILTER_NEAR_COPIES,
  HONE_FILTER_IMPORT,
  HONE_FILTER_SCORED_BY,
} HoneFilterPart;
#define HONE_N_FILTER_PARTS (HONE_FILTER_SCORED_BY + 1)

gboolean  hone_filter_has       (const HoneFilter   *filter,
                                 HoneFilterPart      part);
/* Asks no longer for this. @filter is one of hone_filter_copy (). */
void      hone_filter_drop      (HoneFilter         *filter,
                                 HoneFilterPart      part);
/* “Validation”, “Label: Sports”, “Confidence 0.00–0.50” */
char     *hone_filter_dup_words (const HoneFilter   *filter,
                                 HoneFilterPart      part,
                                 const HoneOntology *ontology,
                                 HoneCatalogue      *catalogue);

G_END_DECLS
