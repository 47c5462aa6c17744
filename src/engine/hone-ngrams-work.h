/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of one n-gram training share. */
#pragma once

#include "hone-checkpoint.h"
#include "hone-engine-events.h"
#include "hone-ngrams-fit.h"

G_BEGIN_DECLS

typedef struct {
  HoneFeatureMatrix *matrix;
  HoneChoice         choice;
  guint              n_categories;
  guint64            seed;
  gsize              n_labelled;   /* rows from there on have no labels */
  HoneEngineEvents  *events;       /* (nullable) */
  HoneCheckpoint    *checkpoint;   /* (nullable) */
  guint64            step;         /* a step is one category fitted */
  guint64            steps;
} HoneNgramsWork;

typedef void (*HoneNgramsColumnFunc) (HoneNgramsWork         *work,
                                      guint                   category,
                                      gboolean                seen,
                                      const HoneNgramsColumn *column,
                                      gpointer                data);

/* Fits all categories of @set, one after the other. FALSE: interrupted. */
gboolean hone_ngrams_work_fit  (HoneNgramsWork        *work,
                                const HoneTrainingSet *set,
                                HoneNgramsColumnFunc   func,
                                gpointer               data,
                                GError               **error);

/* As many steps as a fit has were not needed: their result was there. */
void     hone_ngrams_work_skip (HoneNgramsWork        *work);

G_END_DECLS
