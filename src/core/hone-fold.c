/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unicode folding for words of categories, answers of models and near copies. */
#include "config.h"

#include <string.h>

#include "hone-fold-private.h"

/* GLib sorts a run of combining marks by exchange, so a megabyte of marks would take hours. Real text has a
 * handful; Unicode's stream-safe format allows 30. What stands beyond in one run is dropped. */
#define MAX_MARKS_IN_A_RUN 30

/**
 * _hone_fold_is_ascii:
 * @text: bytes
 * @length: how many
 *
 * Returns: whether all are ASCII
 */
gboolean
_hone_fold_is_ascii (const char *text,
                     gsize       length)
{
  gsize i = 0;

  for (; i + sizeof (guint64) <= length; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      if ((word & 0x8080808080808080u) != 0)
        return FALSE;
    }

  for (; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }

  return TRUE;
}

/* Invisible: joiners, soft hyphens, byte order marks. Two texts that differ only here look the same. They go
 * before normalisation, which would not join a letter and a mark across them. */
static gboolean
is_invisible (gunichar c)
{
  return c >= 0x80 && g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Valid UTF-8 without NUL, invisible characters and endless runs of marks. */
static GString *
make_safe (const char *text,
           gsize       length)
{
  GString *safe = g_string_sized_new (length);
  const char *end = text + length;
  guint marks = 0;

  while (text < end)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);
      const char *next;

      if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
        {
          g_string_append_c (safe, ' ');
          marks = 0;
          text++;
          continue;
        }

      next = g_utf8_next_char (text);
      if (is_invisible (c))
        {
          text = next;
          continue;
        }
      marks = c >= 0x300 && g_unichar_combining_class (c) != 0 ? marks + 1 : 0;
      if (marks <= MAX_MARKS_IN_A_RUN)
        g_string_append_len (safe, text, next - text);
      text = next;
    }

  return safe;
}

/**
 * _hone_fold_unicode:
 * @text: bytes, ideally UTF-8
 * @length: how many
 *
 * Returns: (transfer full): the text without invisible characters after NFKC, case folding and NFKC again, since
 *   folding may leave letters and marks apart that belong together
 */
GString *
_hone_fold_unicode (const char *text,
                    gsize       length)
{
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *again = NULL;
  GString *safe = make_safe (text, length);

  composed = g_utf8_normalize (safe->str, safe->len, G_NORMALIZE_ALL_COMPOSE);
  folded = g_utf8_casefold (composed, -1);
  again = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
  g_string_assign (safe, again);

  return safe;
}
