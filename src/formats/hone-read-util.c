/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several readers need: times, words, splits, metadata. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-reader-private.h"

/**
 * hone_read_time_text:
 * @text: (nullable): a time in ISO 8601; without a zone it is UTC
 *
 * Returns: microseconds since 1970, or 0
 */
gint64
hone_read_time_text (const char *text)
{
  g_autoptr(GTimeZone) utc = NULL;
  g_autoptr(GDateTime) time = NULL;

  if (text == NULL || *text == '\0')
    return 0;

  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    return 0;

  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/**
 * hone_read_time:
 * @value: (nullable): text in ISO 8601, or a number of seconds or milliseconds since 1970
 *
 * Returns: microseconds since 1970, or 0
 */
gint64
hone_read_time (const HoneJson *value)
{
  double number = hone_json_get_number (value);

  if (isnan (number))
    return hone_read_time_text (hone_json_get_string (value));
  if (number <= 0 || number > 1e14)
    return 0;

  /* Seconds have not reached 1e11 before the year 5138. */
  return (gint64) (number * (number < 1e11 ? 1e6 : 1e3));
}

/**
 * hone_read_word:
 * @word: (nullable): a word
 *
 * Returns: (transfer full) (nullable): a list of that word; %NULL where it is empty
 */
char **
hone_read_word (const char *word)
{
  char **words;

  if (word == NULL || *word == '\0')
    return NULL;

  words = g_new0 (char *, 2);
  words[0] = g_strdup (word);

  return words;
}

/**
 * hone_read_words:
 * @value: (nullable): a scalar or a list of scalars
 *
 * Returns: (transfer full) (nullable): its words; empty ones and null are left out; %NULL where none is left
 */
char **
hone_read_words (const HoneJson *value)
{
  g_autoptr(GPtrArray) words = NULL;

  if (hone_json_get_type_of (value) != HONE_JSON_ARRAY)
    {
      g_autofree char *word = hone_json_dup_text (value);

      return hone_read_word (word);
    }

  words = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      char *word = hone_json_dup_text (hone_json_get_nth (value, i));

      if (word != NULL && *word != '\0')
        g_ptr_array_add (words, word);
      else
        g_free (word);
    }
  if (words->len == 0)
    return NULL;

  g_ptr_array_set_free_func (words, NULL);
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/**
 * hone_read_split:
 * @word: (nullable): name of a split as other programs spell it; case does not matter
 *
 * Returns: a #HoneSplit, or -1 where the word is none of them
 */
int
hone_read_split (const char *word)
{
  static const struct {
    const char *word;
    HoneSplit   split;
  } words[] = {
    { "train", HONE_SPLIT_TRAIN }, { "training", HONE_SPLIT_TRAIN },
    { "validation", HONE_SPLIT_VALIDATION }, { "valid", HONE_SPLIT_VALIDATION }, { "val", HONE_SPLIT_VALIDATION },
    { "dev", HONE_SPLIT_VALIDATION },
    { "test", HONE_SPLIT_TEST }, { "testing", HONE_SPLIT_TEST }, { "eval", HONE_SPLIT_TEST }, { "evaluation", HONE_SPLIT_TEST },
  };

  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (words[i].word, word) == 0)
        return words[i].split;
    }

  return -1;
}

static void
begin_member (GString    **meta,
              const char  *name)
{
  if (*meta == NULL)
    *meta = g_string_new ("{");
  else
    g_string_append_c (*meta, ',');
  hone_json_print_string (*meta, name);
  g_string_append_c (*meta, ':');
}

void
hone_meta_add (GString        **meta,
               const char      *name,
               const HoneJson  *value)
{
  if (hone_json_get_type_of (value) == HONE_JSON_NULL)
    return;

  begin_member (meta, name);
  hone_json_print (value, *meta);
}

void
hone_meta_add_text (GString    **meta,
                    const char  *name,
                    const char  *text)
{
  if (text == NULL)
    return;

  begin_member (meta, name);
  hone_json_print_string (*meta, text);
}

void
hone_meta_add_others (GString            **meta,
                      const HoneJson      *object,
                      const char * const  *known)
{
  if (hone_json_get_type_of (object) != HONE_JSON_OBJECT)
    return;

  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);

      if (!g_strv_contains (known, name))
        hone_meta_add (meta, name, hone_json_get_nth (object, i));
    }
}

char *
hone_meta_finish (GString **meta)
{
  GString *text = g_steal_pointer (meta);

  if (text == NULL)
    return NULL;
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}
