/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pieces that the readers of peers' formats share: answers, texts, splits in file names. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-mapping.h"
#include "hone-reader-private.h"

const char * const _hone_text_names[] = {
  "text", "content", "sentence", "document", "input", "prompt", "headline", "title", "body", NULL,
};
const char * const _hone_label_names[] = {
  "label", "labels", "category", "class", "target", "output", "answer", NULL,
};

const char * const _hone_no_names[] = { NULL };

/**
 * _hone_time_format:
 * @time: microseconds since 1970 UTC
 *
 * Returns: (transfer full) (nullable): ISO 8601 in UTC, or %NULL where the time is not known or out of range
 */
char *
_hone_time_format (gint64 time)
{
  g_autoptr(GDateTime) date = NULL;
  g_autofree char *seconds = NULL;
  int rest = (int) (time % G_USEC_PER_SEC);

  if (time <= 0)
    return NULL;

  date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  if (date == NULL)
    return NULL;

  seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  if (rest == 0)
    return g_strconcat (seconds, "Z", NULL);

  return g_strdup_printf ("%s.%06dZ", seconds, rest);
}

/* ---- words ---- */

static void
add_word (GPtrArray      *words,
          const HoneJson *value)
{
  g_autofree char *word = hone_json_dup_text (value);

  if (word != NULL && *g_strstrip (word) != '\0')
    g_ptr_array_add (words, g_steal_pointer (&word));
}

static char **
words_finish (GPtrArray *words)
{
  if (words->len == 0)
    return NULL;

  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_steal (words, NULL);
}

/* Cells of tables hold lists and objects as text. */
static HoneJson *
parse_cell (const HoneJson *value)
{
  const char *text = hone_json_get_string (value);

  return text != NULL && (*text == '[' || *text == '{') ? hone_json_parse (text, -1, NULL) : NULL;
}

char **
_hone_map_words (const HoneJson *value)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(HoneJson) inner = parse_cell (value);

  if (hone_json_get_type_of (inner) == HONE_JSON_ARRAY || hone_json_get (inner, "choices") != NULL)
    value = inner;
  if (hone_json_get_type_of (value) == HONE_JSON_OBJECT)
    value = hone_json_get (value, "choices");

  if (hone_json_get_type_of (value) == HONE_JSON_ARRAY)
    {
      for (gsize i = 0; i < hone_json_get_size (value); i++)
        add_word (words, hone_json_get_nth (value, i));
    }
  else
    {
      add_word (words, value);
    }

  return words_finish (words);
}

/* {"label":"MONEY"}: the one member that is a string or a list; with several such members nobody can say which. */
static const HoneJson *
find_answer_member (const HoneJson *object)
{
  const HoneJson *found = NULL;

  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const HoneJson *member = hone_json_get_nth (object, i);
      HoneJsonType type = hone_json_get_type_of (member);

      if (type != HONE_JSON_STRING && type != HONE_JSON_ARRAY)
        continue;
      if (found != NULL)
        return NULL;
      found = member;
    }

  return found;
}

char **
_hone_map_answer (const char *answer)
{
  g_autofree char *trimmed = NULL;
  g_autoptr(HoneJson) json = NULL;
  char **words = NULL;

  if (answer == NULL)
    return NULL;

  trimmed = g_strstrip (g_strdup (answer));
  if (*trimmed == '\0')
    return NULL;

  if (*trimmed == '{' || *trimmed == '[')
    json = hone_json_parse (trimmed, -1, NULL);
  if (hone_json_get_type_of (json) == HONE_JSON_OBJECT)
    words = _hone_map_words (find_answer_member (json));
  else if (hone_json_get_type_of (json) == HONE_JSON_ARRAY)
    return _hone_map_words (json);
  if (words != NULL)
    return words;

  words = g_new0 (char *, 2);
  words[0] = g_steal_pointer (&trimmed);
  return words;
}

double
_hone_map_ratio (const HoneJson *value,
                 double          scale)
{
  double ratio = hone_json_get_number (value) / scale;

  return isfinite (ratio) && ratio >= 0 && ratio <= 1 ? ratio : NAN;
}

HoneRecordLabel *
_hone_map_label (HoneRecord  *record,
                 char       **words,
                 const char  *field)
{
  HoneRecordLabel *label;

  if (words == NULL)
    {
      hone_record_warn (record, HONE_WARNING_EMPTY_ANSWER, field, _("Nothing was chosen"));
      return NULL;
    }

  label = hone_record_add_label (record);
  label->words = words;
  return label;
}

/* ---- splits ---- */

static int
find_split (const char *word,
            gsize       length)
{
  g_autofree char *copy = g_strndup (word, length);

  return hone_read_split (copy);
}

static gboolean
is_split_delimiter (char c)
{
  return c == '\0' || c == '-' || c == '.' || c == '_' || c == ' ' || c == '/' || g_ascii_isdigit (c);
}

/* The part nearest to the end decides: "test/train-data.csv" is train. */
int
_hone_map_split_from_name (const char *name)
{
  const char *end;

  if (name == NULL)
    return -1;

  end = name + strlen (name);
  while (end > name)
    {
      const char *start;

      while (end > name && is_split_delimiter (end[-1]))
        end--;
      start = end;
      while (start > name && !is_split_delimiter (start[-1]))
        start--;
      if (start < end && find_split (start, end - start) >= 0)
        return find_split (start, end - start);
      end = start;
    }

  return -1;
}

/* ---- the text ---- */

gboolean
_hone_map_refuse (HoneRecord      *record,
                  HoneWarningCode  code,
                  const char      *field,
                  const char      *detail)
{
  hone_record_warn (record, code, field, detail);

  return FALSE;
}

static gboolean
map_named_text (HoneRecord     *record,
                const HoneJson *object,
                const char     *columns)
{
  g_auto(GStrv) names = g_strsplit (columns, ",", -1);
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_parts = 0;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const HoneJson *member;
      g_autofree char *part = NULL;

      g_strstrip (names[i]);
      member = hone_json_get (object, names[i]);
      if (member == NULL)
        member = hone_json_get_path (object, names[i]);
      part = hone_json_dup_text (member);
      if (part == NULL)
        continue;
      if (n_parts++ > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, part);
    }

  if (n_parts == 0)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, columns, _("The record has no text"));

  if (n_parts > 1)
    hone_record_warn (record, HONE_WARNING_JOINED_FIELDS, columns, _("Several text fields became one"));
  record->text = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}

gboolean
_hone_map_text (HoneRecord         *record,
                const HoneJson     *object,
                const char         *columns,
                const char * const *names)
{
  if (columns != NULL)
    return map_named_text (record, object, columns);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *text = hone_json_get_string (hone_json_get (object, names[i]));

      if (text == NULL)
        continue;
      record->text = g_strdup (text);
      return TRUE;
    }

  return _hone_map_refuse (record, HONE_WARNING_MALFORMED, names[0], _("The record has no text"));
}
