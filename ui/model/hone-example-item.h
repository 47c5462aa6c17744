/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One text in a list: made at once with its id alone, filled when its page has been read. */
#pragma once

#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

/* What one iteration answered. */
typedef struct {
  HoneOutcome      outcome;
  HoneCategorySet *categories;   /* (nullable) */
  double           confidence;   /* 0 to 1, NAN: absent */
  double          *scores;       /* (nullable): n_scores, in the order of the iteration's ontology */
  gsize            n_scores;
  char            *raw, *reason; /* (nullable) */
} HoneItemAnswer;
HoneItemAnswer *hone_item_answer_new  (const HonePrediction *prediction,
                                       gsize                 n_scores);
void            hone_item_answer_free (HoneItemAnswer       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneItemAnswer, hone_item_answer_free)

/* A text and, where an iteration was asked for and has answered, its answer. */
typedef struct {
  HoneExample *example;
  HoneItemAnswer  *answer;           /* (nullable) */
} HoneExampleRow;
void            hone_example_row_free (HoneExampleRow *self);

/* Rows of ids that are still there, in their order. Blocks: for worker threads. (element-type HoneExampleRow) */
GPtrArray      *hone_example_rows_read         (HoneStore            *store,
                                                const gint64         *ids,
                                                gsize                 n_ids,
                                                gint64                iteration_id,   /* 0: no answers */
                                                GError              **error);

/* Property: "loaded" (notified whenever the row is another one). */
#define HONE_TYPE_EXAMPLE_ITEM (hone_example_item_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleItem, hone_example_item, HONE, EXAMPLE_ITEM, GObject)

HoneExampleItem   *hone_example_item_new         (gint64           id);
gint64             hone_example_item_get_id      (HoneExampleItem *self);
const HoneExample *hone_example_item_get_example (HoneExampleItem *self);   /* (nullable): not read yet */
const HoneItemAnswer  *hone_example_item_get_answer  (HoneExampleItem *self);   /* (nullable) */
void               hone_example_item_set_row     (HoneExampleItem *self,
                                                  HoneExampleRow  *row);

G_END_DECLS
