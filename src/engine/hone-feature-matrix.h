/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighted n-grams of many texts, in the form that liblinear reads, held once. */
#pragma once

#include "hone-corpus.h"
#include "hone-engine-events.h"
#include "hone-ngram-counts.h"

G_BEGIN_DECLS

/* liblinear's feature_node with our own number in its padding: x stays what the text says, value is what the
 * solver shall see of it for the category at hand. hone-linear-svm.c checks that the two fit. */
typedef struct {
  gint32 index;   /* from 1; -1 ends a row */
  float  x;
  double value;
} HoneNode;

/* How much a bucket of each block counts; part of the model. */
typedef struct {
  guint    n_features;
  guint32 *buckets;      /* those that occurred, each once, frequent ones first */
  float   *idf;          /* one for each of them */
  float    idf_unseen;   /* of all others: they only add to the length of the text */
  guint32 *features;     /* HONE_NGRAM_BUCKETS: 1 + index into buckets, 0 where the bucket never occurred */
} HoneFeatureSpace;

typedef struct {
  HoneFeatureSpace *space;
  gsize             n_rows;
  gsize            *starts;   /* n_rows + 1 */
  HoneNode         *nodes;    /* a row: its features, the bias as feature n_features + 1, the end mark */
} HoneFeatureMatrix;

HoneFeatureSpace  *hone_feature_space_new    (guint              n_features);
void               hone_feature_space_free   (HoneFeatureSpace  *self);

/* The features of one text: those of both blocks scaled to length 1 each. Returns how many were written to @nodes,
 * which has room for @n_counts; index and x are set, value is not. */
gsize              hone_feature_space_weigh  (const HoneFeatureSpace *self,
                                              const HoneNgramCount   *counts,
                                              gsize                   n_counts,
                                              HoneNode               *nodes);

HoneFeatureMatrix *hone_feature_matrix_new   (const HoneCorpus   *corpus,
                                              guint               n_threads,
                                              HoneEngineEvents   *events,      /* (nullable): knows when to stop */
                                              GError            **error);
void               hone_feature_matrix_free  (HoneFeatureMatrix  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneFeatureSpace, hone_feature_space_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneFeatureMatrix, hone_feature_matrix_free)

G_END_DECLS
