/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From all decisions on one example to its reference label (design section 1). */
#pragma once

#include "hone-category-set.h"
#include "hone-types.h"

G_BEGIN_DECLS

typedef struct {
  gint64           author;      /* any id, equal for the same author */
  gint64           time;        /* microseconds since 1970 UTC */
  gint64           sequence;    /* order of arrival: decides between equal times */
  HoneOrigin       origin;
  HoneCategorySet *categories;  /* (nullable): NULL is a skip, which takes back the author's earlier label */
} HoneDecision;

typedef struct {
  HoneReferenceState  state;
  HoneCategorySet    *categories;   /* (nullable): with LABELLED */
  guint               n_counting;   /* labels that count: the newest of each author */
  gboolean            conflicting;  /* counting labels differ, disputed or outvoted */
} HoneReference;

void hone_reference_clear (HoneReference      *self);
/* The newest review, else the majority of the authors' newest labels: for "one" the category (set) with strictly most votes,
 * for "several" each category that more than half of the voters chose, a half-half category makes it disputed. */
void hone_reference_find  (const HoneDecision *decisions,
                           gsize               n_decisions,
                           HoneChoice          choice,
                           HoneReference      *reference);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneReference, hone_reference_clear)

G_END_DECLS
