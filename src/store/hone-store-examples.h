/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples: filters, orders, pages, splits, deletion. Ids ascend in the order of import. */
#pragma once

#include <math.h>

#include "core/hone-reference.h"
#include "core/hone-splitter.h"
#include "hone-store.h"

G_BEGIN_DECLS

typedef struct {
  gint64              id;
  char               *external_id;  /* (nullable) */
  char               *text;
  HoneSplit           split;
  gboolean            flag;
  char               *meta;         /* (nullable): JSON object */
  guint64             fold_hash;    /* hone_near_copy_hash () of the text */
  HoneReferenceState  reference_state;
  HoneCategorySet    *reference;    /* (nullable) */
} HoneExample;
void hone_example_free (HoneExample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneExample, hone_example_free)

/* How an iteration did on an example, as the cells of a flip ledger ask. */
typedef struct {
  gint64 iteration_id;
  int    right;       /* answer equals reference: 1; scored as wrong: 0; scored at all: -1 */
} HoneFilterScored;

/* All set members must hold. Zero-initialise with HONE_FILTER_ALL. */
typedef struct {
  int              split;            /* HoneSplit or -1 */
  int              reference_state;  /* HoneReferenceState or -1 */
  HoneCategorySet *reference;        /* (nullable): exactly this reference label */
  guint            category;         /* 0, or an id that the reference label contains */
  int              flag;             /* 0, 1 or -1 */
  int              conflicting;      /* counting labels differ: 0, 1 or -1 */
  int              known;            /* has a known answer not revealed yet: 0, 1 or -1 */
  int              near_copies;      /* 1: another example is a near copy of it; -1 */
  gint64           import_id;        /* 0: any */
  gint64           iteration_id;     /* 0: none; the members below speak of its predictions */
  int              outcome;          /* HoneOutcome, HONE_FILTER_UNABLE or _MISSING, or -1 */
  HoneCategorySet *answer;           /* (nullable): exactly this answer */
  guint            answer_category;  /* 0, or an id that the answer contains */
  int              agrees;           /* answer equals reference: 0, 1 or -1 */
  int              scored;           /* 1: what hone_store_get_tally () counts: labelled, answered, not trained on; -1 */
  double           confidence_low, confidence_high;  /* NAN: no bound */
  GArray          *scored_by;        /* (nullable): of HoneFilterScored, each must hold; whatever iteration_id says */
  const char      *search;           /* (nullable): words for the full-text index, any user input is safe */
} HoneFilter;
/* Columns of a confusion matrix that are no single outcome. */
#define HONE_FILTER_UNABLE  100      /* abstained or out-of-set */
#define HONE_FILTER_MISSING 101      /* never asked, or failed */
#define HONE_FILTER_ALL { .split = -1, .reference_state = -1, .flag = -1, .conflicting = -1, .known = -1, .near_copies = -1, \
                          .outcome = -1, .agrees = -1, .scored = -1, .confidence_low = NAN, .confidence_high = NAN }

typedef enum {
  HONE_QUEUE_IMPORTED,
  HONE_QUEUE_RANDOM,       /* seeded, stable */
  HONE_QUEUE_UNCERTAIN,    /* least confidence of filter.iteration_id first; those without prediction are not in this list */
  HONE_QUEUE_DISAGREE,     /* most disagreement between the newest iterations of all experiments first */
} HoneQueueOrder;

/* Up to @limit ids (gint64) after the example @after (0: from the start) in this order. */
GArray      *hone_store_list_ids          (HoneStore         *self,
                                           const HoneFilter  *filter,
                                           HoneQueueOrder     order,
                                           gint64             after,
                                           gsize              limit,
                                           GCancellable      *cancellable,
                                           GError           **error);
/* Answered from kept counts where the filter allows. G_MAXUINT64 with @error. */
guint64      hone_store_count             (HoneStore         *self,
                                           const HoneFilter  *filter,
                                           GCancellable      *cancellable,
                                           GError           **error);
/* Same order as @ids; ids that are gone are left out. (element-type HoneExample) */
GPtrArray   *hone_store_get_examples      (HoneStore         *self,
                                           const gint64      *ids,
                                           gsize              n_ids,
                                           GError           **error);
gint64       hone_store_find_example      (HoneStore         *self,     /* by external id, or "#12" for the row id; 0 with NOT_FOUND */
                                           const char        *external_id,
                                           GError           **error);
/* Calls @func for each example of the filter in ascending id, a page at a time (memory bounded, no read transaction held for long). */
typedef gboolean (*HoneExampleFunc) (const HoneExample *example, gpointer data, GError **error);
gboolean     hone_store_each_example      (HoneStore         *self,
                                           const HoneFilter  *filter,
                                           HoneExampleFunc    func,
                                           gpointer           data,
                                           GCancellable      *cancellable,
                                           GError           **error);

typedef struct {
  guint64 examples, unlabelled, labelled, disputed, known;   /* known: hidden answers not revealed */
} HoneSplitCounts;
gboolean     hone_store_get_split_counts  (HoneStore         *self,
                                           HoneSplitCounts    counts[HONE_N_SPLITS],
                                           GError           **error);
/* Reference labels of a split by category set. */
typedef struct {
  HoneCategorySet *categories;
  guint64          count;
} HoneSetCount;
GArray      *hone_store_count_references  (HoneStore         *self,     /* of HoneSetCount, with clear function */
                                           HoneSplit          split,
                                           GError           **error);

gboolean     hone_store_set_flag          (HoneStore *self, gint64 example_id, gboolean flag, GError **error);
/* Gives these examples a role by the user's word. */
gboolean     hone_store_set_split         (HoneStore *self, const gint64 *ids, gsize n_ids, HoneSplit split, GError **error);
/* Deals roles to those that have train only by default (no file, no user and no earlier deal gave it, and no training list holds it):
 * stratified by reference label, near copies together and with copies whose role is given. */
gboolean     hone_store_deal_splits       (HoneStore         *self,
                                           const HoneShares  *shares,
                                           guint64           *n_dealt,   /* (out) (optional) */
                                           GError           **error);
/* Hides the examples and all that belongs to them. Returns the id of the deletion for hone_store_undo_deletion (), 0 with @error. */
gint64       hone_store_delete_examples   (HoneStore *self, const gint64 *ids, gsize n_ids, GError **error);
gboolean     hone_store_undo_deletion     (HoneStore *self, gint64 deletion_id, GError **error);

G_END_DECLS
