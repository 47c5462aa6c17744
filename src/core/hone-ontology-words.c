/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of an ontology's categories in two tables, as written and folded; and keys made so that they are nobody else's. */
#include "config.h"

#include "hone-ontology-private.h"
#include "hone-ontology-words-private.h"

struct _HoneOntologyWords {
  GHashTable   *by_word;    /* key, name or alias as written, owned → id */
  GHashTable   *by_fold;    /* the same folded, owned → id */
  HoneMentions *mentions;   /* the same folded, for longer answers */
};

typedef void (*WordFunc) (HoneOntologyWords *self,
                          const char        *word,
                          guint              id);

static void
forget_word (HoneOntologyWords *self,
             const char        *word,
             guint              id)
{
  g_autofree char *fold = hone_category_word_fold (word);

  g_hash_table_remove (self->by_word, word);
  g_hash_table_remove (self->by_fold, fold);
  _hone_mentions_remove (self->mentions, fold);
}

static void
foreach_word (HoneOntologyWords  *self,
              const HoneCategory *category,
              WordFunc            func)
{
  func (self, category->key, category->id);
  func (self, category->name, category->id);
  for (gsize i = 0; category->aliases != NULL && category->aliases[i] != NULL; i++)
    func (self, category->aliases[i], category->id);
}

/**
 * _hone_ontology_words_new:
 *
 * Returns: (transfer full): words of no category yet; UNABLE_TO_CLASSIFY is found in longer answers already
 */
HoneOntologyWords *
_hone_ontology_words_new (void)
{
  HoneOntologyWords *self = g_new (HoneOntologyWords, 1);

  self->by_word = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_fold = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->mentions = _hone_mentions_new ();
  _hone_mentions_add (self->mentions, "unable to classify", HONE_MENTION_UNABLE);
  _hone_mentions_add (self->mentions, "unabletoclassify", HONE_MENTION_UNABLE);

  return self;
}

/**
 * _hone_ontology_words_free:
 * @self: (transfer full): words
 */
void
_hone_ontology_words_free (HoneOntologyWords *self)
{
  g_hash_table_unref (self->by_word);
  g_hash_table_unref (self->by_fold);
  _hone_mentions_free (self->mentions);
  g_free (self);
}

/**
 * _hone_ontology_words_add:
 * @self: words
 * @category: a category with key and name
 *
 * Lets the category be known by its key, its name and its aliases.
 */
void
_hone_ontology_words_add (HoneOntologyWords  *self,
                          const HoneCategory *category)
{
  foreach_word (self, category, _hone_ontology_words_add_word);
}

/**
 * _hone_ontology_words_remove:
 * @self: words
 * @category: a category whose words were added
 *
 * Forgets its key, its name and its aliases.
 */
void
_hone_ontology_words_remove (HoneOntologyWords  *self,
                             const HoneCategory *category)
{
  foreach_word (self, category, forget_word);
}

/**
 * _hone_ontology_words_add_word:
 * @self: words
 * @word: one more word, which no other category has
 * @id: of the category that it names
 */
void
_hone_ontology_words_add_word (HoneOntologyWords *self,
                               const char        *word,
                               guint              id)
{
  g_autofree char *fold = hone_category_word_fold (word);

  g_hash_table_replace (self->by_word, g_strdup (word), GUINT_TO_POINTER (id));
  if (*fold == '\0')
    return;
  _hone_mentions_add (self->mentions, fold, id);
  g_hash_table_replace (self->by_fold, g_steal_pointer (&fold), GUINT_TO_POINTER (id));
}

/**
 * _hone_ontology_words_match:
 * @self: words
 * @word: a word as written
 *
 * Returns: the id of the category that it names, as written or else folded, or 0
 */
guint
_hone_ontology_words_match (const HoneOntologyWords *self,
                            const char              *word)
{
  guint id = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_word, word));
  g_autofree char *fold = NULL;

  if (id != 0)
    return id;

  fold = hone_category_word_fold (word);
  return _hone_ontology_words_match_folded (self, fold);
}

/**
 * _hone_ontology_words_match_folded:
 * @self: words
 * @fold: a word as hone_category_word_fold() gives it
 *
 * Returns: the id of the category that it names, or 0
 */
guint
_hone_ontology_words_match_folded (const HoneOntologyWords *self,
                                   const char              *fold)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->by_fold, fold));
}

/**
 * _hone_ontology_words_get_mentions:
 * @self: words
 *
 * Returns: (transfer none): what finds them in longer answers
 */
HoneMentions *
_hone_ontology_words_get_mentions (const HoneOntologyWords *self)
{
  return self->mentions;
}

/* ---- keys ---- */

/* A made key that another category has: "C++" and "C#" are two names, but both say C. */
static char *
number_key (const HoneOntologyWords *self,
            char                    *key,
            guint                    id)
{
  for (guint n = 2;; n++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s_%u", key, n);
      g_autofree char *fold = hone_category_word_fold (numbered);
      guint owner = _hone_ontology_words_match_folded (self, fold);

      if (owner == 0 || owner == id)
        {
          g_free (key);
          return g_steal_pointer (&numbered);
        }
    }
}

/**
 * _hone_ontology_words_make_key:
 * @self: words
 * @spelling: what the key is made of
 * @name: name of the category
 * @id: id of the category
 *
 * Returns: (transfer full) (nullable): a key, numbered where another category has it, or %NULL where nothing usable is left
 */
char *
_hone_ontology_words_make_key (const HoneOntologyWords *self,
                               const char              *spelling,
                               const char              *name,
                               guint                    id)
{
  g_autofree char *name_fold = hone_category_word_fold (name);
  g_autofree char *fold = NULL;
  char *key = hone_category_key_from_name (spelling);
  guint owner;

  if (key == NULL)
    return NULL;

  /* Where the name is taken, too, the categories are the same, and the caller must hear of it. */
  fold = hone_category_word_fold (key);
  owner = _hone_ontology_words_match_folded (self, fold);
  if (owner != 0 && owner != id && _hone_ontology_words_match_folded (self, name_fold) != owner)
    key = number_key (self, key, id);

  return key;
}
