/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words by which the categories of one ontology are known. For src/core alone. */
#pragma once

#include "hone-category.h"
#include "hone-mentions-private.h"

G_BEGIN_DECLS

typedef struct _HoneOntologyWords HoneOntologyWords;

HoneOntologyWords *_hone_ontology_words_new          (void);
void               _hone_ontology_words_free         (HoneOntologyWords       *self);
/* Key, name and aliases of a category. */
void               _hone_ontology_words_add          (HoneOntologyWords       *self,
                                                      const HoneCategory      *category);
void               _hone_ontology_words_remove       (HoneOntologyWords       *self,
                                                      const HoneCategory      *category);
void               _hone_ontology_words_add_word     (HoneOntologyWords       *self,
                                                      const char              *word,
                                                      guint                    id);
/* Category id, 0: unknown. */
guint              _hone_ontology_words_match        (const HoneOntologyWords *self,
                                                      const char              *word);
guint              _hone_ontology_words_match_folded (const HoneOntologyWords *self,
                                                      const char              *fold);
HoneMentions      *_hone_ontology_words_get_mentions (const HoneOntologyWords *self);
/* A key made of @spelling for the category @id with that name, numbered where another category has it; NULL: nothing to make one of. */
char              *_hone_ontology_words_make_key     (const HoneOntologyWords *self,
                                                      const char              *spelling,
                                                      const char              *name,
                                                      guint                    id);

G_END_DECLS
