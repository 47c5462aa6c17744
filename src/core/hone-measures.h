/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measures of design section 2, one pure function each; undefined is NAN. */
#pragma once

#include "hone-ontology.h"
#include "hone-tally.h"

G_BEGIN_DECLS

/* ---- of a tally ---- */
double hone_measure_iou_score       (HoneTally *tally);  /* share of examples whose agreement mark is above 0.5 */
double hone_measure_mean_mark       (HoneTally *tally);
double hone_measure_mean_jaccard    (HoneTally *tally);  /* of the examples */
double hone_measure_accuracy        (HoneTally *tally);  /* equal sets */
double hone_measure_mean_iou        (HoneTally *tally);  /* of the present classes */
double hone_measure_macro_precision (HoneTally *tally);
double hone_measure_macro_recall    (HoneTally *tally);
double hone_measure_macro_f1        (HoneTally *tally);
double hone_measure_micro_precision (HoneTally *tally);
double hone_measure_micro_recall    (HoneTally *tally);
double hone_measure_micro_f1        (HoneTally *tally);
double hone_measure_kappa           (HoneTally *tally);  /* Cohen; for "several" over whole sets */

/* ---- the table that reports, JSON and the window show ---- */
typedef struct {
  double value, low, high;   /* 95 %; NAN where undefined */
} HoneEstimate;

typedef enum {
  HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY, HONE_MEASURE_MEAN_IOU, HONE_MEASURE_MEAN_JACCARD, HONE_MEASURE_MEAN_MARK,
  HONE_MEASURE_MACRO_F1, HONE_MEASURE_MACRO_PRECISION, HONE_MEASURE_MACRO_RECALL,
  HONE_MEASURE_MICRO_F1, HONE_MEASURE_MICRO_PRECISION, HONE_MEASURE_MICRO_RECALL,
  HONE_MEASURE_KAPPA, HONE_MEASURE_LOG_LOSS, HONE_MEASURE_CALIBRATION_ERROR,
} HoneMeasure;
#define HONE_N_MEASURES 14

const char *hone_measure_get_key  (HoneMeasure measure);   /* "iou_score", "accuracy", "mean_iou", … as in --json */
const char *hone_measure_get_name (HoneMeasure measure);   /* translated, for people */

typedef struct {
  guint   category;                       /* id */
  guint64 true_positive, false_positive, false_negative;
  guint64 support;                        /* references that contain it */
  double  precision, recall, f1, iou;     /* NAN where the denominator is 0 */
} HoneClassScore;

typedef struct {
  guint64         n;
  HoneLeftOut     left_out;
  HoneEstimate    measures[HONE_N_MEASURES];
  HoneClassScore *classes;                /* in ontology order */
  gsize           n_classes;
  HoneEstimate    chance, majority;       /* accuracy of uniform choice and of the commonest reference */
} HoneScores;

/* One prediction with probabilities, for log-loss and calibration. */
typedef struct {
  guint64         n;
  double         *log_likelihood;         /* ln of the probability given to the reference; length n */
  double         *confidence;             /* greatest probability; length n */
  gboolean       *correct;                /* length n */
} HoneProbabilities;

/* @probabilities may be NULL. Intervals: Wilson for proportions, percentiles of @n_resamples seeded resamples (0: none, NAN) for the others. */
HoneScores *hone_scores_new  (HoneTally               *tally,
                              const HoneOntology      *ontology,
                              const HoneProbabilities *probabilities,
                              guint64                  seed,
                              guint                    n_resamples);
void        hone_scores_free (HoneScores              *self);

/* Rows: categories in ontology order. Columns: the same, then UNABLE_TO_CLASSIFY (abstained) and OUT_OF_SET.
 * Choice "several": the diagonal counts categories found; cell (i, j) the texts where i was missed and j wrongly given instead;
 * a missed category with nothing wrong beside it counts in the column "NONE" that stands last there. */
typedef struct {
  gsize    n_rows, n_columns;
  char   **rows, **columns;               /* keys, NULL-terminated */
  guint64 *counts;                        /* row-major */
} HoneConfusion;
HoneConfusion *hone_confusion_new  (HoneTally          *tally,
                                    const HoneOntology *ontology);
void           hone_confusion_free (HoneConfusion      *self);

/* ---- closed forms ---- */
void   hone_wilson95                (guint64 successes, guint64 n, double *low, double *high);
double hone_mcnemar_exact           (guint64 b, guint64 c);         /* two-sided p; 1 where there are no discordant pairs */
double hone_krippendorff_nominal    (const int *table, gsize n_observers, gsize n_units);  /* row-major by observer, -1 missing */
double hone_measure_log_loss        (const double *log_likelihood, gsize n);
double hone_measure_calibration_error (const double *confidence, const gboolean *correct, gsize n);
/* Agreement mark of one example (Kili): @voters are the choices of all who answered. */
double hone_agreement_mark          (HoneCategorySet * const *voters, gsize n_voters);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneScores, hone_scores_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneConfusion, hone_confusion_free)

G_END_DECLS
