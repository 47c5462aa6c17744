/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Near copies: the same words in the same order, whatever stands between them. Hashes are stored in projects,
 * so the function must never change; a text of ASCII alone is folded and hashed in one pass without memory. */
#include "config.h"

#include <string.h>

#include "hone-fold-private.h"
#include "hone-near-copy.h"

/* FNV-1a, finished by the mixer of splitmix64, whose outputs fill all 64 bits evenly. */
#define HASH_START 0xcbf29ce484222325u
#define HASH_PRIME 0x100000001b3u
#define EXACT_START 0x84222325cbf29ce4u

static inline guint64
hash_byte (guint64 hash,
           guchar  byte)
{
  return (hash ^ byte) * HASH_PRIME;
}

static guint64
hash_finish (guint64 hash)
{
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
  hash ^= hash >> 31;

  return hash != 0 ? hash : 1;      /* 0 says "not yet hashed" in the project file */
}

static inline gboolean
ascii_is_gap (guchar c)
{
  return !g_ascii_isalnum (c);
}

/* Punctuation of any script, and the signs of ASCII ($ + < = > ^ ` | ~) that keyboards put beside it. Other
 * symbols, emoji among them, carry meaning: "up" and "down" arrows are different texts. */
static gboolean
unichar_is_gap (gunichar c)
{
  if (c < 0x80)
    return ascii_is_gap (c);

  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
      return TRUE;

    default:
      return _hone_unichar_is_blank (c);
    }
}

static char *
fold_ascii (const char *text,
            gsize       length)
{
  char *fold = g_malloc (length + 1);
  gsize n = 0;
  gboolean gap = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (ascii_is_gap (text[i]))
        {
          gap = n > 0;
          continue;
        }
      if (gap)
        fold[n++] = ' ';
      gap = FALSE;
      fold[n++] = g_ascii_tolower (text[i]);
    }

  fold[n] = '\0';
  return fold;
}

static char *
fold_unicode (const char *text,
              gsize       length)
{
  GString *folded = _hone_fold_unicode (text, length);
  GString *fold = g_string_sized_new (folded->len);
  gboolean gap = FALSE;

  for (const char *p = folded->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (unichar_is_gap (c))
        {
          gap = fold->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (fold, ' ');
      gap = FALSE;
      g_string_append_unichar (fold, c);
    }

  g_string_free (folded, TRUE);
  return g_string_free (fold, FALSE);
}

/**
 * hone_near_copy_fold:
 * @text: a text; bytes that are no UTF-8 count as blanks
 *
 * Two texts are near copies when their folds are equal: NFKC, case folding, each stretch of blanks and
 * punctuation as one blank, none at the ends. Invisible characters (joiners, soft hyphens) do not count.
 *
 * Returns: (transfer full): the fold; empty where the text has no letter, digit or symbol
 */
char *
hone_near_copy_fold (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (_hone_fold_is_ascii (text, length))
    return fold_ascii (text, length);

  return fold_unicode (text, length);
}

/* Folds and hashes at once. Returns whether anything was left of the text. */
static gboolean
hash_ascii (const char *text,
            guint64    *hash)
{
  gboolean gap = FALSE, any = FALSE;
  guint64 sum = HASH_START;

  for (; *text != '\0'; text++)
    {
      if (ascii_is_gap (*text))
        {
          gap = any;
          continue;
        }
      if (gap)
        sum = hash_byte (sum, ' ');
      gap = FALSE;
      any = TRUE;
      sum = hash_byte (sum, g_ascii_tolower (*text));
    }

  *hash = sum;
  return any;
}

static guint64
hash_string (guint64     hash,
             const char *string)
{
  for (; *string != '\0'; string++)
    hash = hash_byte (hash, *string);
  return hash;
}

/**
 * hone_near_copy_hash:
 * @text: a text
 *
 * Hashes the fold of the text. A text with nothing but blanks and punctuation is hashed as it stands, so that
 * "!!!" and "???" are not copies of each other.
 *
 * Returns: a number above 0, equal for near copies
 */
guint64
hone_near_copy_hash (const char *text)
{
  guint64 hash;

  g_return_val_if_fail (text != NULL, 1);

  if (_hone_fold_is_ascii (text, strlen (text)))
    {
      if (hash_ascii (text, &hash))
        return hash_finish (hash);
    }
  else
    {
      g_autofree char *fold = hone_near_copy_fold (text);

      if (*fold != '\0')
        return hash_finish (hash_string (HASH_START, fold));
    }

  return hash_finish (hash_string (EXACT_START, text));
}
