/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Method ngrams from texts to model. */
#pragma once

#include "hone-checkpoint.h"
#include "hone-ngrams-model.h"
#include "hone-training-set.h"

G_BEGIN_DECLS

typedef struct {
  HoneChoice         choice;
  const char *const *keys;            /* NULL-terminated */
  guint64            seed;
  guint              threads;
  gboolean           self_training;   /* on the texts of the corpus that have no labels */
} HoneNgramsOptions;

/* @checkpoint and @events may be NULL. With @pseudo: (out) (transfer full) the labels and the pseudo-labels behind
 * them, rows being texts of the corpus; NULL where there was no self-training. */
HoneNgramsModel *hone_ngrams_train (const HoneCorpus        *corpus,
                                    const HoneNgramsOptions *options,
                                    HoneCheckpoint          *checkpoint,
                                    HoneEngineEvents        *events,
                                    HoneTrainingSet        **pseudo,
                                    GError                 **error);

G_END_DECLS
