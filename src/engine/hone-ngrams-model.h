/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fitted model of method ngrams: what a text must be asked with, and nothing of the texts it learnt from. */
#pragma once

#include "core/hone-types.h"
#include "hone-calibration.h"
#include "hone-feature-matrix.h"

G_BEGIN_DECLS

#define HONE_NGRAMS_MAX_CATEGORIES 10000

typedef struct {
  HoneChoice        choice;
  guint64           n_texts;      /* it was fitted on */
  guint             n_categories;
  char            **keys;         /* NULL-terminated */
  guint8           *seen;         /* 0 where no text of the category was there to learn from */
  HoneFeatureSpace *space;
  float            *weights;      /* n_features × n_categories: models A and B, standardised and summed */
  double           *biases;       /* n_categories */
  double            sharpness;    /* choice one */
  HoneSigmoid      *sigmoids;     /* choice several; else all 0 */
} HoneNgramsModel;

/* The working memory of one thread. */
typedef struct _HoneNgramsReader HoneNgramsReader;

HoneNgramsModel  *hone_ngrams_model_new     (HoneChoice              choice,
                                             const char *const      *keys,
                                             HoneFeatureSpace       *space,   /* (transfer full) */
                                             GError                **error);
void              hone_ngrams_model_free    (HoneNgramsModel        *self);
double            hone_ngrams_model_unseen  (const HoneNgramsModel  *self);

HoneNgramsReader *hone_ngrams_reader_new    (const HoneNgramsModel  *model);
void              hone_ngrams_reader_free   (HoneNgramsReader       *self);

/* n_categories numbers. */
void              hone_ngrams_reader_read   (HoneNgramsReader       *self,
                                             const char             *text,
                                             gsize                   length,
                                             double                 *probabilities);

/* Which categories such probabilities say: at least one. Returns how many; @chosen has room for all. */
guint             hone_ngrams_model_choose  (const HoneNgramsModel  *self,
                                             const double           *probabilities,
                                             guint                  *chosen,
                                             double                 *confidence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneNgramsModel, hone_ngrams_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneNgramsReader, hone_ngrams_reader_free)

G_END_DECLS
