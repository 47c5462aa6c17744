/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The categories of a project with instruction and choice rule. */
#pragma once

#include "hone-category-set.h"
#include "hone-category.h"
#include "hone-types.h"

G_BEGIN_DECLS

typedef enum {
  HONE_ONTOLOGY_ERROR_EMPTY_NAME = 1,   /* a category without a usable key or name */
  HONE_ONTOLOGY_ERROR_DUPLICATE,        /* key, name or alias (folded) belongs to another category */
  HONE_ONTOLOGY_ERROR_RESERVED,         /* UNABLE_TO_CLASSIFY and its spellings */
  HONE_ONTOLOGY_ERROR_TOO_MANY,
} HoneOntologyError;
#define HONE_ONTOLOGY_ERROR (hone_ontology_error_quark ())
GQuark hone_ontology_error_quark (void);

#define HONE_ONTOLOGY_MAX_CATEGORIES 10000

typedef struct _HoneOntology HoneOntology;

HoneOntology       *hone_ontology_new             (HoneChoice           choice,
                                                   const char          *instruction);  /* (nullable) */
HoneOntology       *hone_ontology_copy            (const HoneOntology  *self);         /* deep; edit the copy, never a shared one */
HoneOntology       *hone_ontology_ref             (HoneOntology        *self);
void                hone_ontology_unref           (HoneOntology        *self);
HoneChoice          hone_ontology_get_choice      (const HoneOntology  *self);
void                hone_ontology_set_choice      (HoneOntology        *self,
                                                   HoneChoice           choice);
const char         *hone_ontology_get_instruction (const HoneOntology  *self);
void                hone_ontology_set_instruction (HoneOntology        *self,
                                                   const char          *instruction);

/* Copies @category. id 0: the next free one is given. key NULL: made from the name. Returns the id, or 0 with @error. */
guint               hone_ontology_add             (HoneOntology        *self,
                                                   const HoneCategory  *category,
                                                   GError             **error);
/* One more spelling for a category; silently nothing if it already matches that category. */
gboolean            hone_ontology_add_alias       (HoneOntology        *self,
                                                   guint                id,
                                                   const char          *alias,
                                                   GError             **error);
/* Replaces all but the id of the category with the same id, with the checks of hone_ontology_add (). */
gboolean            hone_ontology_replace         (HoneOntology        *self,
                                                   const HoneCategory  *category,
                                                   GError             **error);
gsize               hone_ontology_get_size        (const HoneOntology  *self);
const HoneCategory *hone_ontology_get_nth         (const HoneOntology  *self,   /* in display order */
                                                   gsize                nth);
const HoneCategory *hone_ontology_get_by_id       (const HoneOntology  *self,
                                                   guint                id);
const HoneCategory *hone_ontology_get_by_key      (const HoneOntology  *self,
                                                   const char          *key);
gsize               hone_ontology_get_position    (const HoneOntology  *self,   /* G_MAXSIZE if unknown */
                                                   guint                id);
/* A word met in a file: exact key, exact name, alias, then all three folded. NULL: unknown. */
const HoneCategory *hone_ontology_match           (const HoneOntology  *self,
                                                   const char          *word);
/* SHA-256, hexadecimal, of all that a model or a reader of answers can notice (choice, instruction, keys, names, definitions, aliases). */
char               *hone_ontology_dup_hash        (const HoneOntology  *self);

/* "  World_News " and "WORLD-NEWS" and "world news" fold to one string; "&" folds as "and". */
char               *hone_category_word_fold       (const char          *word);
/* "Media & Entertainment" -> "MEDIA_AND_ENTERTAINMENT"; NULL where nothing usable is left. */
char               *hone_category_key_from_name   (const char          *name);
gboolean            hone_category_word_is_unable  (const char          *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneOntology, hone_ontology_unref)

G_END_DECLS
