/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of one iteration. The plain form blocks: for worker threads and programs without a window. */
#pragma once

#include "core/hone-measures.h"
#include "hone-report-error.h"
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

/* Errors: HONE_REPORT_ERROR_NO_PREDICTIONS (predict first, then ask again), HONE_REPORT_ERROR_NO_LABELS (nothing to score against),
 * HONE_STORE_ERROR_*, G_IO_ERROR_CANCELLED. */
HoneEvaluation *hone_evaluate          (HoneStore           *store,
                                        gint64               iteration_id,
                                        HoneSplit            split,
                                        GCancellable        *cancellable,
                                        GError             **error);
void            hone_evaluate_async    (HoneStore           *store,
                                        gint64               iteration_id,
                                        HoneSplit            split,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
HoneEvaluation *hone_evaluate_finish   (HoneStore           *store,
                                        GAsyncResult        *result,
                                        GError             **error);

/* What is shown first: the IoU score for choice rule "one", mean Jaccard for "several", where any overlap would do for the IoU score. */
HoneMeasure     hone_evaluate_get_default_measure (const HoneOntology *ontology);

G_END_DECLS
