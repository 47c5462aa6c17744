/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When two spellings name one category: case, blanks, "_" and "-" do not matter, "&" is "and". */
#include "config.h"

#include <string.h>

#include "hone-fold-private.h"
#include "hone-ontology-private.h"

/* Collects a fold: pending blanks are written only between two other things. */
typedef struct {
  char     *out;
  gsize     n;
  gboolean  blank;
} Folder;

static inline void
put (Folder *folder,
     char    c)
{
  if (folder->blank && folder->n > 0)
    folder->out[folder->n++] = ' ';
  folder->blank = FALSE;
  folder->out[folder->n++] = c;
}

static inline void
put_and (Folder *folder)
{
  folder->blank = TRUE;
  put (folder, 'a');
  folder->out[folder->n++] = 'n';
  folder->out[folder->n++] = 'd';
  folder->blank = TRUE;
}

static inline void
fold_ascii_char (Folder *folder,
                 guchar  c)
{
  if (_hone_ascii_is_blank (c) || c == '_' || c == '-')
    folder->blank = TRUE;
  else if (c == '&')
    put_and (folder);
  else
    put (folder, g_ascii_tolower (c));
}

static gboolean
joins_words (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_DASH_PUNCTUATION || type == G_UNICODE_CONNECT_PUNCTUATION || _hone_unichar_is_blank (c);
}

/* An "&" becomes up to five bytes, everything else keeps its length. */
static Folder
folder_new (const char *text,
            gsize       length)
{
  Folder folder = { NULL, 0, FALSE };
  gsize ands = 0;

  for (const char *p = text; (p = memchr (p, '&', text + length - p)) != NULL; p++)
    ands++;
  folder.out = g_malloc (length + 4 * ands + 2);

  return folder;
}

static char *
fold_unicode (const char *word,
              gsize       length)
{
  GString *text = _hone_fold_unicode (word, length);
  Folder folder = folder_new (text->str, text->len);

  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        fold_ascii_char (&folder, c);
      else if (joins_words (c))
        folder.blank = TRUE;
      else
        {
          char bytes[6];
          int n = g_unichar_to_utf8 (c, bytes);

          put (&folder, bytes[0]);
          memcpy (folder.out + folder.n, bytes + 1, n - 1);
          folder.n += n - 1;
        }
    }

  g_string_free (text, TRUE);
  folder.out[folder.n] = '\0';
  return folder.out;
}

/**
 * hone_category_word_fold:
 * @word: a spelling of a category, or a whole answer; bytes that are no UTF-8 count as blanks
 *
 * Folds what does not matter: case, width and composition of characters, dashes, underscores and blanks
 * (one blank between words, none at the ends), and "&" for "and".
 *
 * Returns: (transfer full): the fold; empty where nothing is left
 */
char *
hone_category_word_fold (const char *word)
{
  gsize length;
  Folder folder;

  g_return_val_if_fail (word != NULL, NULL);

  length = strlen (word);
  if (!_hone_fold_is_ascii (word, length))
    return fold_unicode (word, length);

  folder = folder_new (word, length);
  for (gsize i = 0; i < length; i++)
    fold_ascii_char (&folder, word[i]);
  folder.out[folder.n] = '\0';

  return folder.out;
}

static gboolean
is_key_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Signs that tell names apart are spelled out: without it "C++", "C#" and "C" would all be C. */
static const char *
sign_name (gunichar c)
{
  return c == '&' ? "AND" : c == '+' ? "PLUS" : c == '#' ? "HASH" : NULL;
}

/**
 * hone_category_key_from_name:
 * @name: a display name
 *
 * Makes a key: letters and digits of any script in upper case, "&" as AND, "+" as PLUS, "#" as HASH, one "_" for
 * each stretch of anything else and between words and signs, none at the ends.
 *
 * Returns: (transfer full) (nullable): the key, or %NULL where the name has no letter or digit
 */
char *
hone_category_key_from_name (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  GString *key;
  gboolean gap = FALSE, any = FALSE;

  g_return_val_if_fail (name != NULL, NULL);

  valid = g_utf8_make_valid (name, -1);
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  key = g_string_new (NULL);
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *sign = sign_name (c);

      if (sign != NULL)
        gap = TRUE;
      if (gap && key->len > 0 && (sign != NULL || is_key_char (c)))
        g_string_append_c (key, '_');
      if (sign != NULL)
        g_string_append (key, sign);
      else if (is_key_char (c))
        g_string_append_unichar (key, g_unichar_toupper (c));

      any = any || g_unichar_isalnum (c);
      gap = sign != NULL || !is_key_char (c);
    }

  return g_string_free (key, !any);
}

/**
 * _hone_category_fold_is_unable:
 * @fold: a folded word
 *
 * Returns: whether it is a spelling of `UNABLE_TO_CLASSIFY`
 */
gboolean
_hone_category_fold_is_unable (const char *fold)
{
  return strcmp (fold, "unable to classify") == 0 || strcmp (fold, "unabletoclassify") == 0;
}

/**
 * hone_category_word_is_unable:
 * @word: a word from a file or a model
 *
 * Returns: whether it is a spelling of `UNABLE_TO_CLASSIFY`
 */
gboolean
hone_category_word_is_unable (const char *word)
{
  g_autofree char *fold = NULL;

  g_return_val_if_fail (word != NULL, FALSE);

  if (strlen (word) > 200)
    return FALSE;

  fold = hone_category_word_fold (word);
  return _hone_category_fold_is_unable (fold);
}
