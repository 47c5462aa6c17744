/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user looks at: iteration, split, measure, cell of the matrix, filters, order. One per window; each pane reads and
 * changes it, and none knows the others. */
#pragma once

#include "core/hone-measures.h"
#include "store/hone-store-examples.h"

G_BEGIN_DECLS

/* Deep copies of a filter; HONE_FILTER_ALL is the filter that takes everything. */
HoneFilter     *hone_filter_copy                 (const HoneFilter     *filter);
void            hone_filter_free                 (HoneFilter           *filter);
gboolean        hone_filter_equal                (const HoneFilter     *a,
                                                  const HoneFilter     *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneFilter, hone_filter_free)

/* Properties, all notified: "iteration" (int64, 0: none), "measure", "order"; the filter is told of by "filter-changed". */
#define HONE_TYPE_SELECTION (hone_selection_get_type ())
G_DECLARE_FINAL_TYPE (HoneSelection, hone_selection, HONE, SELECTION, GObject)

HoneSelection    *hone_selection_new             (void);
gint64            hone_selection_get_iteration   (HoneSelection        *self);
void              hone_selection_set_iteration   (HoneSelection        *self,
                                                  gint64                iteration_id);
HoneMeasure       hone_selection_get_measure     (HoneSelection        *self);
void              hone_selection_set_measure     (HoneSelection        *self,
                                                  HoneMeasure           measure);
HoneQueueOrder    hone_selection_get_order       (HoneSelection        *self);
void              hone_selection_set_order       (HoneSelection        *self,
                                                  HoneQueueOrder        order);
const HoneFilter *hone_selection_get_filter      (HoneSelection        *self);
void              hone_selection_set_filter      (HoneSelection        *self,
                                                  const HoneFilter     *filter);

G_END_DECLS
