/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of the words and characters of one text, hashed into two blocks of buckets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HONE_NGRAM_BLOCK_BITS 20
#define HONE_NGRAM_BLOCK_SIZE (1u << HONE_NGRAM_BLOCK_BITS)
#define HONE_NGRAM_BUCKETS    (2u * HONE_NGRAM_BLOCK_SIZE)   /* words first, then characters */

typedef struct {
  guint32 bucket;   /* 0 … HONE_NGRAM_BUCKETS - 1 */
  guint32 count;    /* from 1 */
} HoneNgramCount;

typedef struct _HoneNgramCounter HoneNgramCounter;

/* One for each thread: it keeps its working memory from text to text. */
HoneNgramCounter     *hone_ngram_counter_new   (void);
void                  hone_ngram_counter_free  (HoneNgramCounter *self);

/* Borrowed until the next call; each bucket once, in the order in which the text first names them. */
const HoneNgramCount *hone_ngram_counter_count (HoneNgramCounter *self,
                                                const char       *text,    /* valid UTF-8 */
                                                gsize             length,  /* bytes */
                                                gsize            *n_counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneNgramCounter, hone_ngram_counter_free)

G_END_DECLS
