/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the words of categories inside a longer answer. For src/core alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HoneMentions HoneMentions;

typedef struct {
  gsize start, end;     /* tokens of the answer, end exclusive */
  gsize offset;         /* of its first byte in the answer */
  gsize length;         /* bytes of the word found */
  guint id;
} HoneMention;

HoneMentions *_hone_mentions_new    (void);
void          _hone_mentions_free   (HoneMentions *self);
/* Words must be folded by hone_category_word_fold (). */
void          _hone_mentions_add    (HoneMentions *self,
                                     const char   *word,
                                     guint         id);
void          _hone_mentions_remove (HoneMentions *self,
                                     const char   *word);
/* The mentions (HoneMention) that remain where of two that overlap the longer wins, in order of the answer. */
GArray       *_hone_mentions_find   (HoneMentions *self,
                                     const char   *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneMentions, _hone_mentions_free)

G_END_DECLS
