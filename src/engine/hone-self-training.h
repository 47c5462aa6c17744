/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets confident predictions on texts without labels join the training set. */
#pragma once

#include "hone-held-out.h"

G_BEGIN_DECLS

#define HONE_SELF_TRAINING_ROUNDS 4

typedef struct {
  HoneTrainingSet *set;       /* the labels, and the pseudo-labels of the last round behind them */
  HoneScales       scales;    /* of the models that are fitted on the set */
  double          *offsets;   /* what brings each category to its share; added to the standardised sum */
} HoneSelfTrained;

/* How many fits one self-training takes. */
guint            hone_self_training_n_fits (void);

/* Returns NULL where interrupted. @step: begins the names of its steps in checkpoints. */
HoneSelfTrained *hone_self_training_run    (HoneNgramsWork        *work,
                                            const HoneTrainingSet *labels,
                                            const char            *step,
                                            GError               **error);
void             hone_self_trained_free    (HoneSelfTrained       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneSelfTrained, hone_self_trained_free)

G_END_DECLS
