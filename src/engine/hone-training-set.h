/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a matrix a model is fitted on, with their categories: labels, a fold of them, or pseudo-labels too. */
#pragma once

#include "hone-corpus.h"

G_BEGIN_DECLS

typedef struct {
  guint   n_categories;
  GArray *rows;         /* guint32 */
  GArray *weights;      /* double */
  GArray *starts;       /* guint32, one more than rows */
  GArray *categories;   /* guint32 */
} HoneTrainingSet;

HoneTrainingSet *hone_training_set_new         (guint                  n_categories);
HoneTrainingSet *hone_training_set_new_labels  (const HoneCorpus      *corpus,
                                                guint                  n_categories);
/* The members of @self for which fold is not @left_out. */
HoneTrainingSet *hone_training_set_new_without (const HoneTrainingSet *self,
                                                const guint8          *folds,
                                                guint                  left_out);
HoneTrainingSet *hone_training_set_copy        (const HoneTrainingSet *self);
void             hone_training_set_free        (HoneTrainingSet       *self);
void             hone_training_set_add         (HoneTrainingSet       *self,
                                                guint32                row,
                                                double                 weight,
                                                const guint32         *categories,
                                                gsize                  n_categories);
const guint32   *hone_training_set_get         (const HoneTrainingSet *self,
                                                gsize                  nth,
                                                gsize                 *n_categories);
gboolean         hone_training_set_has         (const HoneTrainingSet *self,
                                                gsize                  nth,
                                                guint32                category);

/* Sum of the weights of each category, n_categories numbers. */
void             hone_training_set_sum         (const HoneTrainingSet *self,
                                                double                *sums);

/* Deals the members to folds 0 … n_folds - 1, each category evenly. */
void             hone_training_set_deal        (const HoneTrainingSet *self,
                                                guint                  n_folds,
                                                guint64                seed,
                                                guint8                *folds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneTrainingSet, hone_training_set_free)

G_END_DECLS
