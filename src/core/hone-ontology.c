/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ordered list of categories and the words by which they are known. No fold of a word belongs to two
 * categories, so whatever matches at all matches one category, in one look-up. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hone-category-private.h"
#include "hone-ontology-private.h"
#include "hone-ontology-words-private.h"

struct _HoneOntology {
  gatomicrefcount    ref_count;
  HoneChoice         choice;
  char              *instruction;
  guint              next_id;

  GPtrArray         *categories;  /* HoneCategory, in display order */
  GHashTable        *by_id;       /* id → position + 1 */
  GHashTable        *by_key;      /* key, borrowed → HoneCategory */
  HoneOntologyWords *words;       /* keys, names and aliases → id */
};

G_DEFINE_QUARK (hone-ontology-error-quark, hone_ontology_error)

static HoneCategory *
lookup_id (const HoneOntology *self,
           guint               id)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id)));

  return position > 0 ? g_ptr_array_index (self->categories, position - 1) : NULL;
}

/* ---- checks ---- */

/* A word may be used if it says something, is not reserved and belongs to no category but @id. */
static gboolean
check_word (const HoneOntology  *self,
            const char          *word,
            guint                id,
            GError             **error)
{
  g_autofree char *fold = hone_category_word_fold (word);
  guint owner;

  if (*fold == '\0')
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_EMPTY_NAME,
                   _("“%s” cannot name a category: a name with at least one letter, digit or sign was wanted"), word);
      return FALSE;
    }
  if (hone_category_word_is_unable (word))
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_RESERVED,
                   _("“%s” cannot name a category: it stands for answers of models that could not decide"), word);
      return FALSE;
    }

  owner = _hone_ontology_match_folded (self, fold);
  if (owner != 0 && owner != id)
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE,
                   _("“%s” is a name of the category “%s” already, each name was wanted once"), word, lookup_id (self, owner)->key);
      return FALSE;
    }

  return TRUE;
}

/* The name first: it stands in the file as it is, while the key may have been made of it. */
static gboolean
check_words (const HoneOntology  *self,
             const HoneCategory  *category,
             guint                id,
             GError             **error)
{
  if (!check_word (self, category->name, id, error) || !check_word (self, category->key, id, error))
    return FALSE;

  for (gsize i = 0; category->aliases != NULL && category->aliases[i] != NULL; i++)
    {
      if (!check_word (self, category->aliases[i], id, error))
        return FALSE;
    }

  return TRUE;
}

/* ---- making a category whole ---- */

/* Fills in key and name. A key with other signs than a key may have is made anew, its spelling kept. */
static gboolean
complete_category (const HoneOntology  *self,
                   HoneCategory        *category,
                   GError             **error)
{
  if (category->name == NULL)
    category->name = g_strdup (category->key);
  if (category->name != NULL && (category->key == NULL || !_hone_category_key_is_valid (category->key)))
    {
      g_autofree char *spelling = g_steal_pointer (&category->key);

      category->key = _hone_ontology_words_make_key (self->words, spelling != NULL ? spelling : category->name,
                                                     category->name, category->id);
      if (category->key != NULL && spelling != NULL && strcmp (spelling, category->name) != 0)
        _hone_category_append_alias (category, spelling);
    }

  if (category->key == NULL)
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_EMPTY_NAME,
                   _("“%s” cannot name a category: a name with at least one letter or digit was wanted"),
                   category->name != NULL ? category->name : "");
      return FALSE;
    }

  return TRUE;
}

/* ---- public ---- */

/**
 * hone_ontology_new:
 * @choice: how many categories a text may have
 * @instruction: (nullable): what people and models are asked
 *
 * Returns: (transfer full): an ontology without categories
 */
HoneOntology *
hone_ontology_new (HoneChoice  choice,
                   const char *instruction)
{
  HoneOntology *self = g_new0 (HoneOntology, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->choice = choice;
  self->instruction = g_strdup (instruction);
  self->next_id = 1;
  self->categories = g_ptr_array_new_with_free_func (_hone_category_free);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->words = _hone_ontology_words_new ();

  return self;
}

static void
append_category (HoneOntology *self,
                 HoneCategory *category)      /* eaten */
{
  g_ptr_array_add (self->categories, category);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (category->id), GUINT_TO_POINTER (self->categories->len));
  g_hash_table_insert (self->by_key, category->key, category);
  _hone_ontology_words_add (self->words, category);
  if (category->id >= self->next_id)
    self->next_id = category->id + 1;
}

/**
 * hone_ontology_copy:
 * @self: an ontology
 *
 * Returns: (transfer full): a deep copy, to be edited while others read the first
 */
HoneOntology *
hone_ontology_copy (const HoneOntology *self)
{
  HoneOntology *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = hone_ontology_new (self->choice, self->instruction);
  for (guint i = 0; i < self->categories->len; i++)
    append_category (copy, _hone_category_copy (g_ptr_array_index (self->categories, i)));
  copy->next_id = self->next_id;

  return copy;
}

/**
 * hone_ontology_ref:
 * @self: an ontology
 *
 * Returns: (transfer full): @self, held once more
 */
HoneOntology *
hone_ontology_ref (HoneOntology *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * hone_ontology_unref:
 * @self: (transfer full): an ontology
 *
 * Lets go of it; the last holder frees it. Any thread.
 */
void
hone_ontology_unref (HoneOntology *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_key);
  _hone_ontology_words_free (self->words);
  g_ptr_array_unref (self->categories);
  g_free (self->instruction);
  g_free (self);
}

/**
 * hone_ontology_get_choice:
 * @self: an ontology
 *
 * Returns: how many categories a text may have
 */
HoneChoice
hone_ontology_get_choice (const HoneOntology *self)
{
  g_return_val_if_fail (self != NULL, HONE_CHOICE_ONE);

  return self->choice;
}

/**
 * hone_ontology_set_choice:
 * @self: an ontology that nobody else holds
 * @choice: how many categories a text may have
 */
void
hone_ontology_set_choice (HoneOntology *self,
                          HoneChoice    choice)
{
  g_return_if_fail (self != NULL);

  self->choice = choice;
}

/**
 * hone_ontology_get_instruction:
 * @self: an ontology
 *
 * Returns: (transfer none) (nullable): what people and models are asked
 */
const char *
hone_ontology_get_instruction (const HoneOntology *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->instruction;
}

/**
 * hone_ontology_set_instruction:
 * @self: an ontology that nobody else holds
 * @instruction: (nullable): what people and models are asked
 */
void
hone_ontology_set_instruction (HoneOntology *self,
                               const char   *instruction)
{
  g_return_if_fail (self != NULL);

  hone_set_str (&self->instruction, instruction);
}

/**
 * hone_ontology_add:
 * @self: an ontology that nobody else holds
 * @category: what to add, copied; its name or its key may be %NULL, its id 0
 * @error: return location: %HONE_ONTOLOGY_ERROR
 *
 * Adds a category at the end. A missing key is made from the name; so is one with other signs than letters,
 * digits and `_`, whose spelling becomes an alias then. A missing name is the key. Key, name and aliases may
 * not match another category, nor may they be a spelling of `UNABLE_TO_CLASSIFY`; nothing changes on an error.
 *
 * Returns: the id, or 0 on an error
 */
guint
hone_ontology_add (HoneOntology        *self,
                   const HoneCategory  *category,
                   GError             **error)
{
  g_autoptr(HoneCategory) added = NULL;
  guint id;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (category != NULL, 0);

  if (self->categories->len >= HONE_ONTOLOGY_MAX_CATEGORIES || self->next_id == G_MAXUINT || category->id == G_MAXUINT)
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_TOO_MANY,
                   _("“%s” cannot be added: there are %u categories, up to %d were wanted"),
                   category->name != NULL ? category->name : category->key != NULL ? category->key : "",
                   self->categories->len, HONE_ONTOLOGY_MAX_CATEGORIES);
      return 0;
    }
  if (category->id != 0 && lookup_id (self, category->id) != NULL)
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE,
                   _("The number %u belongs to the category “%s” already, each number was wanted once"),
                   category->id, lookup_id (self, category->id)->key);
      return 0;
    }

  added = _hone_category_copy (category);
  if (added->id == 0)
    added->id = self->next_id;
  if (!complete_category (self, added, error) || !check_words (self, added, added->id, error))
    return 0;

  id = added->id;
  append_category (self, g_steal_pointer (&added));
  return id;
}

/**
 * hone_ontology_add_alias:
 * @self: an ontology that nobody else holds
 * @id: of a category
 * @alias: one more spelling
 * @error: return location: %HONE_ONTOLOGY_ERROR
 *
 * Lets a category be known by one more word. Nothing happens where the word matches it already.
 *
 * Returns: whether the word now matches the category
 */
gboolean
hone_ontology_add_alias (HoneOntology  *self,
                         guint          id,
                         const char    *alias,
                         GError       **error)
{
  g_autofree char *valid = NULL;
  g_autofree char *fold = NULL;
  HoneCategory *category;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (alias != NULL, FALSE);
  category = lookup_id (self, id);
  g_return_val_if_fail (category != NULL, FALSE);

  valid = g_utf8_make_valid (alias, -1);
  fold = hone_category_word_fold (valid);
  if (_hone_ontology_match_folded (self, fold) == id)
    return TRUE;
  if (!check_word (self, valid, id, error))
    return FALSE;

  _hone_category_append_alias (category, valid);
  _hone_ontology_words_add_word (self->words, valid, id);
  return TRUE;
}

/**
 * hone_ontology_replace:
 * @self: an ontology that nobody else holds
 * @category: the new contents, copied, with the id of a category that is there
 * @error: return location: %HONE_ONTOLOGY_ERROR
 *
 * Changes a category in its place. Its earlier words are forgotten unless they are given again.
 *
 * Returns: whether it was changed; on an error nothing was
 */
gboolean
hone_ontology_replace (HoneOntology        *self,
                       const HoneCategory  *category,
                       GError             **error)
{
  g_autoptr(HoneCategory) added = NULL;
  HoneCategory *old;
  gsize position;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (category != NULL, FALSE);
  old = lookup_id (self, category->id);
  g_return_val_if_fail (old != NULL, FALSE);

  added = _hone_category_copy (category);
  if (!complete_category (self, added, error) || !check_words (self, added, added->id, error))
    return FALSE;

  _hone_ontology_words_remove (self->words, old);
  g_hash_table_remove (self->by_key, old->key);
  position = hone_ontology_get_position (self, old->id);
  _hone_ontology_words_add (self->words, added);
  g_hash_table_insert (self->by_key, added->key, added);
  _hone_category_free (old);
  g_ptr_array_index (self->categories, position) = g_steal_pointer (&added);

  return TRUE;
}

/**
 * hone_ontology_get_size:
 * @self: an ontology
 *
 * Returns: how many categories it has
 */
gsize
hone_ontology_get_size (const HoneOntology *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->categories->len;
}

/**
 * hone_ontology_get_nth:
 * @self: an ontology
 * @nth: position in display order, from 0, below the size
 *
 * Returns: (transfer none): the category
 */
const HoneCategory *
hone_ontology_get_nth (const HoneOntology *self,
                       gsize               nth)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (nth < self->categories->len, NULL);

  return g_ptr_array_index (self->categories, nth);
}

/**
 * hone_ontology_get_by_id:
 * @self: an ontology
 * @id: a category id
 *
 * Returns: (transfer none) (nullable): the category
 */
const HoneCategory *
hone_ontology_get_by_id (const HoneOntology *self,
                         guint               id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return lookup_id (self, id);
}

/**
 * hone_ontology_get_by_key:
 * @self: an ontology
 * @key: a key, letter for letter
 *
 * Returns: (transfer none) (nullable): the category
 */
const HoneCategory *
hone_ontology_get_by_key (const HoneOntology *self,
                          const char         *key)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_hash_table_lookup (self->by_key, key);
}

/**
 * hone_ontology_get_position:
 * @self: an ontology
 * @id: a category id
 *
 * Returns: its place in display order, from 0, or `G_MAXSIZE` if there is no such category
 */
gsize
hone_ontology_get_position (const HoneOntology *self,
                            guint               id)
{
  guint position;

  g_return_val_if_fail (self != NULL, G_MAXSIZE);

  position = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id)));
  return position > 0 ? position - 1 : G_MAXSIZE;
}

/**
 * hone_ontology_match:
 * @self: an ontology
 * @word: a word from a file
 *
 * Finds the category of which the word is key, name or alias; case, blanks, `_`, `-` and `&` for "and" do not
 * matter. The time does not depend on the number of categories.
 *
 * Returns: (transfer none) (nullable): the category
 */
const HoneCategory *
hone_ontology_match (const HoneOntology *self,
                     const char         *word)
{
  guint id;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (word != NULL, NULL);

  id = _hone_ontology_words_match (self->words, word);
  return id != 0 ? lookup_id (self, id) : NULL;
}

/* ---- for the answer parser ---- */

HoneMentions *
_hone_ontology_get_mentions (const HoneOntology *self)
{
  return _hone_ontology_words_get_mentions (self->words);
}

guint
_hone_ontology_match_folded (const HoneOntology *self,
                             const char         *fold)
{
  return _hone_ontology_words_match_folded (self->words, fold);
}
