/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets confident predictions on texts without labels join the training set. */
#pragma once

#include "hone-held-out.h"

G_BEGIN_DECLS

#define HONE_SELF_TRAINING_ROUNDS 4

/* How many fits one self-training takes. */
guint            hone_self_training_n_fits (void);

/* Returns (transfer full) the labels with the pseudo-labels of the last round behind them, or NULL: interrupted.
 * @step: begins the names of its steps in checkpoints. */
HoneTrainingSet *hone_self_training_run    (HoneNgramsWork        *work,
                                            const HoneTrainingSet *labels,
                                            const char            *step,
                                            GError               **error);

G_END_DECLS
