/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several iterations on the same examples. The plain form blocks: for worker threads and programs without a window. */
#pragma once

#include "hone-evaluate.h"

G_BEGIN_DECLS

/* What changed from iteration a to iteration b on the common examples; arrays of gint64, ascending. */
typedef struct {
  gsize    a, b;                     /* positions among the iterations that were asked for */
  guint64  a_only, b_only;           /* right in a alone, right in b alone */
  double   p;                        /* McNemar's exact test */
  GArray  *fixed, *broken, *still_wrong, *still_right;
} HoneFlips;

typedef struct {
  gsize            n_iterations;
  HoneEvaluation **evaluations;      /* each over the common examples */
  guint64          n_common;
  guint64         *n_own;            /* scored in each alone */
  gsize            n_pairs;
  HoneFlips       *pairs;            /* (0,1), (0,2), …, (1,2), … */
} HoneComparison;
void            hone_comparison_free   (HoneComparison *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneComparison, hone_comparison_free)

/* Same errors as hone_evaluate (); NO_LABELS also where no example is scored in all of them. At least two iterations. */
HoneComparison *hone_compare           (HoneStore            *store,
                                        const gint64         *iteration_ids,
                                        gsize                 n_iterations,
                                        HoneSplit             split,
                                        GCancellable         *cancellable,
                                        GError              **error);
void            hone_compare_async     (HoneStore            *store,
                                        const gint64         *iteration_ids,    /* copied */
                                        gsize                 n_iterations,
                                        HoneSplit             split,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
HoneComparison *hone_compare_finish    (HoneStore            *store,
                                        GAsyncResult         *result,
                                        GError              **error);

/* ---- reading a comparison ---- */

/* From one of the iterations to another, whichever was asked for first. The lists belong to the comparison. */
typedef struct {
  double        p;                   /* McNemar's exact test */
  const GArray *fixed, *broken, *still_wrong, *still_right;
} HoneChange;
HoneChange      hone_comparison_get_change (const HoneComparison *self,
                                            gsize                 from,
                                            gsize                 to);
/* Of HoneFilterScored: what takes just the examples that were right or wrong in both, of those that all were scored on. */
GArray         *hone_comparison_list_conditions (const HoneComparison *self,
                                                 gsize                 from,
                                                 gboolean              right_from,
                                                 gsize                 to,
                                                 gboolean              right_to);
/* The iteration that is better than each other by more than chance; G_MAXSIZE where none is. */
gsize           hone_comparison_find_best  (const HoneComparison *self,
                                            HoneMeasure           measure);
gboolean        hone_measure_is_better_low (HoneMeasure           measure);   /* of log-loss and calibration error */

/* A setting that is not the same in all of the iterations. */
typedef struct {
  char  *name;      /* "method", "seed", "template", "ontology", "labels", …, or a key of --set */
  GStrv  values;    /* one per iteration; "–" where it has none. Without secrets and the path of the user's home */
} HoneSettingDifference;
void            hone_setting_difference_free (HoneSettingDifference *self);

/* (element-type HoneSettingDifference): how the iterations were made, where it differs, in the order in which people ask: method, base model, … */
GPtrArray      *hone_compare_settings  (HoneIteration * const *iterations,
                                        gsize                  n_iterations);

G_END_DECLS
