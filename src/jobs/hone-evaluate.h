/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of one iteration, and of several on the same examples. Blocking: for worker threads and programs without a window. */
#pragma once

#include "core/hone-measures.h"
#include "hone-jobs.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

#define HONE_EVALUATE_RESAMPLES 1000

typedef struct {
  HoneIteration *iteration;
  HoneSplit      split;
  HoneOntology  *ontology;         /* that the scores speak of: the newest of the project */
  HoneScores    *scores;
  HoneConfusion *confusion;
  gboolean       opened;           /* this was an opening of the test split */
  gboolean       opening_recorded; /* FALSE also where the project is open for reading only */
  guint64        openings;         /* of test so far, this one included */
} HoneEvaluation;
void            hone_evaluation_free   (HoneEvaluation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEvaluation, hone_evaluation_free)

/* Errors: NO_PREDICTIONS (predict first, then ask again), NO_LABELS (nothing to score against), HONE_STORE_ERROR_*. */
HoneEvaluation *hone_evaluate          (HoneStore      *store,
                                        gint64          iteration_id,
                                        HoneSplit       split,
                                        GError        **error);

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

/* Same errors; NO_LABELS also where no example is scored in all of them. At least two iterations. */
HoneComparison *hone_compare           (HoneStore      *store,
                                        const gint64   *iteration_ids,
                                        gsize           n_iterations,
                                        HoneSplit       split,
                                        GError        **error);

G_END_DECLS
