/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two linear models of method ngrams, one category at a time. */
#pragma once

#include "hone-feature-matrix.h"
#include "hone-training-set.h"

G_BEGIN_DECLS

/* Weights of one category, n_features + 1 numbers each, the last for the bias. */
typedef struct {
  double *svm;     /* model A */
  double *bayes;   /* model B */
} HoneNgramsColumn;

typedef struct _HoneNgramsFit HoneNgramsFit;

/* Borrows all; the values of the matrix change while it lives, so only one at a time. */
HoneNgramsFit          *hone_ngrams_fit_new        (HoneFeatureMatrix     *matrix,
                                                    const HoneTrainingSet *set,
                                                    HoneChoice             choice,
                                                    guint64                seed);
void                    hone_ngrams_fit_free       (HoneNgramsFit         *self);

/* Whether the set holds a text of the category. */
gboolean                hone_ngrams_fit_has_seen   (const HoneNgramsFit   *self,
                                                    guint                  category);

/* Borrowed until the next call. */
const HoneNgramsColumn *hone_ngrams_fit_category   (HoneNgramsFit         *self,
                                                    guint                  category);

double                  hone_ngrams_score          (const HoneFeatureMatrix *matrix,
                                                    gsize                    row,
                                                    const double            *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneNgramsFit, hone_ngrams_fit_free)

G_END_DECLS
