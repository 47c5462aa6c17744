/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a training run in memory: those with labels first, then those without. */
#pragma once

#include "core/hone-types.h"

G_BEGIN_DECLS

typedef struct {
  gsize    n_texts;
  gsize    n_labelled;   /* the first so many have labels */
  GString *bytes;        /* ids and texts, each closed by NUL */
  GArray  *ids;          /* gsize: offset into bytes */
  GArray  *texts;        /* gsize: likewise */
  GArray  *lengths;      /* gsize: bytes of the text */
  GArray  *weights;      /* double, above 0; of labelled texts */
  GArray  *starts;       /* gsize, n_labelled + 1: where the categories of a text begin */
  GArray  *categories;   /* guint32 */
} HoneCorpus;

HoneCorpus    *hone_corpus_new            (void);
void           hone_corpus_free           (HoneCorpus    *self);

/* All labelled texts before the first unlabelled one. */
void           hone_corpus_add_labelled   (HoneCorpus    *self,
                                           const char    *id,
                                           const char    *text,
                                           double         weight,
                                           const guint32 *categories,
                                           gsize          n_categories);
void           hone_corpus_add_unlabelled (HoneCorpus    *self,
                                           const char    *id,
                                           const char    *text);

const char    *hone_corpus_get_id         (const HoneCorpus *self,
                                           gsize             nth);
const char    *hone_corpus_get_text       (const HoneCorpus *self,
                                           gsize             nth,
                                           gsize            *length);
const guint32 *hone_corpus_get_categories (const HoneCorpus *self,
                                           gsize             nth,
                                           gsize            *n_categories);
double         hone_corpus_get_weight     (const HoneCorpus *self,
                                           gsize             nth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCorpus, hone_corpus_free)

G_END_DECLS
