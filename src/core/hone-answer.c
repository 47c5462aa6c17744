/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a model's answer back: the other half of the template. */
#include "config.h"

#include <string.h>

#include "hone-ontology-private.h"
#include "hone-template.h"

/**
 * hone_answer_clear:
 * @answer: an answer
 */
void
hone_answer_clear (HoneAnswer *answer)
{
  g_clear_pointer (&answer->categories, hone_category_set_unref);
  g_clear_pointer (&answer->reason, g_free);
}

static void
set_answer (HoneAnswer      *answer,
            HoneOutcome      outcome,
            HoneCategorySet *categories,
            const char      *reason)
{
  answer->outcome = outcome;
  answer->categories = categories;
  answer->reason = g_strdup (reason);
}

static gboolean
is_quote_or_blank (gunichar c)
{
  switch (c)
    {
    case '"': case '\'': case '`':
    case 0x2018: case 0x2019: case 0x201a: case 0x201c: case 0x201d: case 0x201e: case 0x00ab: case 0x00bb:
      return TRUE;
    default:
      return g_unichar_isspace (c) || c == 0;
    }
}

static void
strip (const char **start,
       const char **end)
{
  while (*start < *end && is_quote_or_blank (g_utf8_get_char (*start)))
    *start = g_utf8_next_char (*start);
  while (*start < *end)
    {
      const char *last = g_utf8_find_prev_char (*start, *end);

      if (!last || !is_quote_or_blank (g_utf8_get_char (last)))
        break;
      *end = last;
    }
}

/* Without stop, blanks, quotes and one final full stop. */
static char *
trim_answer (const HoneTemplate *template,
             const char         *raw)
{
  g_autofree char *valid = g_utf8_make_valid (raw, -1);
  const char *stop = hone_template_get_stop (template);
  const char *start = valid, *end = valid + strlen (valid), *at;

  if (*stop && (at = strstr (valid, stop)))
    end = at;
  strip (&start, &end);
  if (end > start && end[-1] == '.')
    {
      end--;
      strip (&start, &end);
    }
  return g_strndup (start, end - start);
}

/* Only sentences that can be nothing else; everything doubtful stays out-of-set. */
static gboolean
is_refusal (const char *text)
{
  static const char * const beginnings[] = {
    "i m sorry", "i am sorry", "sorry i can", "i cannot", "i can t", "i can not", "i m unable", "i am unable", "i won t", "i m not able",
    "i am not able", "as an ai",
  };
  g_autofree char *beginning = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 40));
  GString *plain = g_string_new (NULL);
  gboolean found = FALSE;

  for (const char *c = beginning; *c; c = g_utf8_next_char (c))
    {
      gunichar letter = g_unichar_tolower (g_utf8_get_char (c));

      if (g_unichar_isalnum (letter))
        g_string_append_unichar (plain, letter);
      else if (plain->len && plain->str[plain->len - 1] != ' ')
        g_string_append_c (plain, ' ');
    }
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings) && !found; i++)
    found = g_str_has_prefix (plain->str, beginnings[i]);
  g_string_free (plain, TRUE);
  return found;
}

/* ---- a list of strings in JSON, all that the parser needs of it ---- */

static const char *
skip_blanks (const char *c)
{
  while (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\r')
    c++;
  return c;
}

static const char *
read_json_string (const char *c,
                  GString    *string)
{
  g_string_truncate (string, 0);
  if (*c++ != '"')
    return NULL;
  for (; *c && *c != '"'; c++)
    {
      if (*c != '\\')
        {
          g_string_append_c (string, *c);
          continue;
        }
      c++;
      switch (*c)
        {
        case 'n': case 't': case 'r': case 'b': case 'f':
          g_string_append_c (string, ' ');
          break;
        case 'u':
          {
            gunichar code = 0;

            for (int i = 0; i < 4; i++)
              {
                if (!g_ascii_isxdigit (*++c))
                  return NULL;
                code = code * 16 + g_ascii_xdigit_value (*c);
              }
            /* half of a pair, or NUL: no letter of a category */
            g_string_append_unichar (string, g_unichar_validate (code) && code ? code : 0xfffd);
          }
          break;
        case '\0':
          return NULL;
        default:
          g_string_append_c (string, *c);
        }
    }
  return *c == '"' ? c + 1 : NULL;
}

/* (transfer full) (nullable): the elements; NULL where it is no list of strings */
static GPtrArray *
read_json_list (const char *text)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) word = g_string_new (NULL);
  const char *c = skip_blanks (text);

  if (*c++ != '[')
    return NULL;
  c = skip_blanks (c);
  if (*c == ']')
    return *skip_blanks (c + 1) == '\0' ? g_steal_pointer (&words) : NULL;
  for (;;)
    {
      c = read_json_string (skip_blanks (c), word);
      if (!c)
        return NULL;
      g_ptr_array_add (words, g_strdup (word->str));
      c = skip_blanks (c);
      if (*c == ']')
        return *skip_blanks (c + 1) == '\0' ? g_steal_pointer (&words) : NULL;
      if (*c++ != ',')
        return NULL;
    }
}

static void
parse_list (const HoneOntology *ontology,
            GPtrArray          *words,
            HoneAnswer         *answer)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  guint unable = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const HoneCategory *category = hone_ontology_match (ontology, words->pdata[i]);

      if (category)
        g_array_append_val (ids, category->id);
      else if (hone_category_word_is_unable (words->pdata[i]))
        unable++;
      else
        {
          set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
          return;
        }
    }
  if (ids->len > 0 && unable == 0)
    set_answer (answer, HONE_OUTCOME_ANSWERED, hone_category_set_new ((const guint *) (gpointer) ids->data, ids->len), NULL);
  else if (ids->len > 0)
    set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "ambiguous");
  else if (unable > 0)
    set_answer (answer, HONE_OUTCOME_ABSTAINED, NULL, "unable");
  else
    set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "empty");
}

static void
parse_mentions (const HoneTemplate *self,
                const HoneOntology *ontology,
                const char         *text,
                HoneAnswer         *answer)
{
  g_autofree char *fold = hone_category_word_fold (text);
  g_autoptr(GArray) mentions = _hone_mentions_find (_hone_ontology_get_mentions (ontology), fold);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(HoneCategorySet) all = NULL;
  gboolean unable = strstr (fold, "unable to classify") != NULL;

  for (guint i = 0; i < mentions->len; i++)
    g_array_append_val (ids, g_array_index (mentions, HoneMention, i).id);
  all = hone_category_set_new ((const guint *) (gpointer) ids->data, ids->len);

  if (ids->len == 0 && unable)
    set_answer (answer, HONE_OUTCOME_ABSTAINED, NULL, "unable");
  else if (is_refusal (text))
    set_answer (answer, HONE_OUTCOME_ABSTAINED, NULL, "refusal");
  else if (ids->len == 0)
    set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
  else if (unable)
    set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "ambiguous");
  else if (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL || hone_category_set_get_size (all) == 1)
    set_answer (answer, HONE_OUTCOME_ANSWERED, g_steal_pointer (&all), NULL);
  else if (hone_template_get_first_of_several (self))
    set_answer (answer, HONE_OUTCOME_ANSWERED, hone_category_set_new_single (g_array_index (ids, guint, 0)), NULL);
  else
    set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "ambiguous");
}

/**
 * hone_template_parse:
 * @self: the template that asked
 * @ontology: of the project
 * @raw: what the model said; need not be valid UTF-8
 * @answer: (out caller-allocates): what it means, to be cleared with hone_answer_clear()
 *
 * Trims blanks, quotes and one final full stop. The whole answer may be a category (key, name or alias, folded), a spelling of
 * `UNABLE_TO_CLASSIFY`, or for choice rule “several” a JSON list. Otherwise categories are looked for on word borders, the longer
 * of two that overlap winning: all of them for “several”; for “one” the only one. None or several are out-of-set, unless the
 * template says that the first of several counts. A sentence that refuses is an abstention, even where it names a category.
 */
void
hone_template_parse (const HoneTemplate *self,
                     const HoneOntology *ontology,
                     const char         *raw,
                     HoneAnswer         *answer)
{
  g_autofree char *text = trim_answer (self, raw);
  g_autoptr(GPtrArray) words = NULL;
  const HoneCategory *category;

  memset (answer, 0, sizeof *answer);
  if (*text == '\0')
    {
      set_answer (answer, HONE_OUTCOME_OUT_OF_SET, NULL, "empty");
      return;
    }
  category = hone_ontology_match (ontology, text);
  if (category)
    {
      set_answer (answer, HONE_OUTCOME_ANSWERED, hone_category_set_new_single (category->id), NULL);
      return;
    }
  if (hone_category_word_is_unable (text))
    {
      set_answer (answer, HONE_OUTCOME_ABSTAINED, NULL, "unable");
      return;
    }
  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL)
    words = read_json_list (text);
  if (words)
    parse_list (ontology, words, answer);
  else
    parse_mentions (self, ontology, text, answer);
}
