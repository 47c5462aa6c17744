/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What models say about labelled texts that they have not seen, by cross-validation. */
#pragma once

#include "hone-calibration.h"
#include "hone-ngrams-work.h"

G_BEGIN_DECLS

/* A spread below is noise of the solver, which must not be blown up. */
#define HONE_MIN_SCALE 0.01

typedef struct {
  double svm;     /* standard deviation of the scores of model A */
  double bayes;   /* of model B */
} HoneScales;

typedef struct {
  const HoneTrainingSet *labels;       /* borrowed */
  guint                  n_folds;
  guint                  n_scored;     /* folds 0 … n_scored - 1 are left out in turn */
  guint8                *folds;        /* of each label */
  double                *svm;          /* labels × categories, centred for choice one; -INFINITY: never seen */
  double                *bayes;
} HoneHeldOut;

HoneHeldOut *hone_held_out_new     (const HoneNgramsWork  *work,
                                    const HoneTrainingSet *labels,
                                    gsize                  n_rows);   /* all a fit may see: decides n_scored */
void         hone_held_out_free    (HoneHeldOut           *self);
gboolean     hone_held_out_fit     (HoneHeldOut           *self,
                                    HoneNgramsWork        *work,
                                    guint                  fold,
                                    const HoneTrainingSet *set,       /* without the labels of @fold */
                                    const char            *step,
                                    GError               **error);
/* Standardises the scores of a fold by scales and offsets of its own; hone_held_out_scales () then adds little. */
void         hone_held_out_adjust  (HoneHeldOut           *self,
                                    guint                  fold,
                                    HoneScales             scales,
                                    const double          *offsets);
HoneScales   hone_held_out_scales  (const HoneHeldOut     *self);
double      *hone_held_out_sum     (const HoneHeldOut     *self,      /* (transfer full) scored labels × categories */
                                    HoneScales             scales,
                                    gsize                 *n_texts,
                                    guint8               **members,
                                    double               **weights);

/* Centres the scores of one text over the categories that are not -INFINITY. */
void         hone_held_out_centre  (double                *scores,
                                    guint                  n_categories);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneHeldOut, hone_held_out_free)

G_END_DECLS
