/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads answers of models. Whatever is not plainly a category is out of set with its reason: no list order, no
 * first or last match decides unless the template says so. Any bytes are read in time linear in their number. */
#include "config.h"

#include <string.h>

#include "hone-ontology-private.h"
#include "hone-string-list-private.h"
#include "hone-template-private.h"

/* Beginnings of answers that refuse, folded; whatever category they name, they name it as what they will not do.
 * Short on purpose: a refusal that is missing here is out of set, which is scored the same, but an answer that
 * is taken for a refusal is lost. */
static const char * const refusals[] = {
  "i'm sorry", "i am sorry", "sorry, i can", "sorry, but i can", "i apologize", "i can't", "i cannot", "i can not",
  "i'm unable to", "i am unable to", "i'm not able to", "i am not able to", "i won't", "i will not",
};

/**
 * hone_answer_clear:
 * @answer: an answer that was read
 *
 * Frees what it holds.
 */
void
hone_answer_clear (HoneAnswer *answer)
{
  g_return_if_fail (answer != NULL);

  g_clear_pointer (&answer->categories, hone_category_set_unref);
  g_clear_pointer (&answer->reason, g_free);
}

static void
say_nothing (HoneAnswer  *answer,
             HoneOutcome  outcome,
             const char  *reason)
{
  answer->outcome = outcome;
  answer->categories = NULL;
  answer->reason = g_strdup (reason);
}

static void
say_categories (HoneAnswer  *answer,
                const guint *ids,
                gsize        n_ids)
{
  answer->outcome = HONE_OUTCOME_ANSWERED;
  answer->categories = hone_category_set_new (ids, n_ids);
  answer->reason = NULL;
}

/* Ids found, once each: a category, HONE_MENTION_UNABLE, several, or none. */
static void
conclude (HoneAnswer *answer,
          GArray     *ids,
          HoneChoice  choice,
          gboolean    first_of_several)
{
  const guint *found = (const guint *) ids->data;
  gboolean first = first_of_several && choice == HONE_CHOICE_ONE;
  gboolean unable = FALSE;

  for (guint i = 0; i < ids->len; i++)
    unable = unable || found[i] == HONE_MENTION_UNABLE;

  if (ids->len == 0)
    say_nothing (answer, HONE_OUTCOME_OUT_OF_SET, "unknown");
  else if (found[0] == HONE_MENTION_UNABLE && (ids->len == 1 || first))
    say_nothing (answer, HONE_OUTCOME_ABSTAINED, "unable");
  else if (first)
    say_categories (answer, found, 1);
  else if (unable || (choice == HONE_CHOICE_ONE && ids->len > 1))
    say_nothing (answer, HONE_OUTCOME_OUT_OF_SET, "ambiguous");
  else
    say_categories (answer, found, ids->len);
}

static void
add_id (GArray     *ids,
        GHashTable *seen,
        guint       id)
{
  if (g_hash_table_add (seen, GUINT_TO_POINTER (id)))
    g_array_append_val (ids, id);
}

/* The category, HONE_MENTION_UNABLE, or 0. */
static guint
match_fold (const HoneOntology *ontology,
            const char         *fold)
{
  return _hone_category_fold_is_unable (fold) ? HONE_MENTION_UNABLE : _hone_ontology_match_folded (ontology, fold);
}

/* ---- the whole answer ---- */

static const gunichar quotes[] = {
  '"', '\'', '`', 0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e, 0xab, 0xbb, 0x2039, 0x203a, 0x300c, 0x300d,
};

static gboolean
is_quote (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      if (quotes[i] == c)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_full_stop (gunichar c)
{
  return c == '.' || c == 0x3002;
}

/* Takes blanks and quotes off both ends. Returns the new start; @text is cut at its end. */
static char *
trim_quotes (char *text)
{
  char *end = text + strlen (text);

  while (*text != '\0' && (*text == ' ' || is_quote (g_utf8_get_char (text))))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      char *last = g_utf8_prev_char (end);

      if (*last != ' ' && !is_quote (g_utf8_get_char (last)))
        break;
      end = last;
    }

  *end = '\0';
  return text;
}

static void
trim_full_stop (char *text)
{
  char *last = *text != '\0' ? g_utf8_prev_char (text + strlen (text)) : text;

  if (*text != '\0' && is_full_stop (g_utf8_get_char (last)))
    *last = '\0';
}

/* Tries the fold as it is, without its full stop, without quotes, and without both in either order: names may
 * end in a full stop or hold quotes themselves. Leaves @fold bare and returns it. */
static char *
match_whole (const HoneOntology *ontology,
             char               *fold,
             guint              *id)
{
  *id = match_fold (ontology, fold);
  if (*id == 0)
    {
      g_autofree char *unstopped = g_strdup (fold);

      trim_full_stop (unstopped);
      *id = match_fold (ontology, unstopped);
    }
  if (*id != 0)
    return fold;

  fold = trim_quotes (fold);
  *id = match_fold (ontology, fold);
  if (*id != 0)
    return fold;

  trim_full_stop (fold);
  fold = trim_quotes (fold);
  *id = match_fold (ontology, fold);

  return fold;
}

/* ---- inside the answer ---- */

static gboolean
is_refusal (const char *fold)
{
  g_autofree char *start = g_strndup (fold, 40);

  /* Models write typographic apostrophes as often as straight ones: U+2019 is three bytes, E2 80 99. */
  for (char *p = strstr (start, "\xe2\x80\x99"); p != NULL; p = strstr (p, "\xe2\x80\x99"))
    {
      *p = '\'';
      memmove (p + 1, p + 3, strlen (p + 3) + 1);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      if (g_str_has_prefix (start, refusals[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
unable_alone (GArray *ids)
{
  return ids->len == 1 && g_array_index (ids, guint, 0) == HONE_MENTION_UNABLE;
}

static void
parse_mentions (const HoneOntology *ontology,
                const char         *fold,
                gboolean            first_of_several,
                HoneAnswer         *answer)
{
  g_autoptr(GArray) found = _hone_mentions_find (_hone_ontology_get_mentions (ontology), fold);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < found->len; i++)
    add_id (ids, seen, g_array_index (found, HoneMention, i).id);

  if (is_refusal (fold))
    say_nothing (answer, HONE_OUTCOME_ABSTAINED, unable_alone (ids) ? "unable" : "refusal");
  else
    conclude (answer, ids, hone_ontology_get_choice (ontology), first_of_several);
}

/* Choice rule "several": a JSON list. Returns FALSE where the answer is none. */
static gboolean
parse_list (const HoneOntology *ontology,
            const char         *raw,
            HoneAnswer         *answer)
{
  g_autofree char *text = g_strdup (raw);
  g_autoptr(GPtrArray) strings = NULL;
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GHashTable) seen = NULL;
  char *bare = trim_quotes (text);

  trim_full_stop (bare);
  strings = _hone_string_list_parse (trim_quotes (bare));
  if (strings == NULL)
    return FALSE;

  ids = g_array_new (FALSE, FALSE, sizeof (guint));
  seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < strings->len; i++)
    {
      g_autofree char *fold = hone_category_word_fold (g_ptr_array_index (strings, i));
      guint id = match_fold (ontology, fold);

      if (id == 0)
        {
          say_nothing (answer, HONE_OUTCOME_OUT_OF_SET, "unknown");
          return TRUE;
        }
      add_id (ids, seen, id);
    }

  if (ids->len == 0)
    say_nothing (answer, HONE_OUTCOME_OUT_OF_SET, "empty");
  else
    conclude (answer, ids, HONE_CHOICE_SEVERAL, FALSE);
  return TRUE;
}

/* A list that begins and never ends was cut off by the model's limit: what it names so far is not all. */
static gboolean
is_cut_list (const char *raw)
{
  return *raw == '[' && strchr (raw, ']') == NULL;
}

/* ---- around the answer ---- */

static char *
make_text (const char *raw)
{
  GString *text = g_string_new (NULL);
  const char *end;

  while (!g_utf8_validate (raw, -1, &end))
    {
      g_string_append_len (text, raw, end - raw);
      g_string_append_c (text, ' ');
      raw = end + 1;
    }
  g_string_append (text, raw);

  return g_strstrip (g_string_free (text, FALSE));
}

/* A model that was not stopped goes on behind the stop. One at the very start is no end of anything. */
static gboolean
cut_at_stop (char       *text,
             const char *stop)
{
  char *found = *stop != '\0' ? strstr (text, stop) : NULL;

  if (found == NULL || found == text)
    return FALSE;

  *found = '\0';
  g_strstrip (text);
  return *text != '\0';
}

/* Returns whether that settled it: @text is a category, a word for "cannot", a list, or says nothing at all.
 * Leaves its fold behind: that of a long answer is worth keeping. */
static gboolean
parse_whole (const HoneOntology  *ontology,
             const char          *text,
             char               **fold,
             HoneAnswer          *answer)
{
  g_autofree char *spare = NULL;
  const char *bare;
  guint id;

  g_free (*fold);
  *fold = hone_category_word_fold (text);
  spare = g_strdup (*fold);
  bare = match_whole (ontology, spare, &id);
  if (id == HONE_MENTION_UNABLE)
    say_nothing (answer, HONE_OUTCOME_ABSTAINED, "unable");
  else if (id != 0)
    say_categories (answer, &id, 1);
  else if (*bare == '\0')
    say_nothing (answer, HONE_OUTCOME_OUT_OF_SET, "empty");

  return id != 0 || *bare == '\0'
         || (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL && parse_list (ontology, text, answer));
}

/**
 * hone_template_parse:
 * @self: a template
 * @ontology: the categories
 * @raw: the answer as it came; any bytes
 * @answer: (out caller-allocates): what it says; free its insides with hone_answer_clear()
 *
 * Reads an answer. In this order:
 *
 * 1. The whole answer, without blanks, quotes and one full stop at its end, is a category (key, name or alias;
 *    case, blanks, `_`, `-` and `&` for "and" do not matter) or a spelling of `UNABLE_TO_CLASSIFY`.
 * 2. Choice rule "several": it is a JSON list of such words. A list with an unknown word, and one that was cut
 *    off, are out of set.
 * 3. What follows the first stop of the template is cut off, and 1 and 2 are tried again.
 * 4. A sentence that begins like "I'm sorry, I can't" is a refusal, even where it names a category.
 * 5. Categories mentioned on word borders; where two overlap, the longer word counts, and both if none is longer.
 *    "one": exactly one must be mentioned, or the template says that the first counts. "several": all that are.
 *
 * Reasons: "unable" and "refusal" (abstained); "empty", "unknown", "ambiguous" and "truncated" (out of set).
 * The outcome is never failed.
 */
void
hone_template_parse (const HoneTemplate *self,
                     const HoneOntology *ontology,
                     const char         *raw,
                     HoneAnswer         *answer)
{
  g_autofree char *text = NULL;
  g_autofree char *fold = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ontology != NULL);
  g_return_if_fail (raw != NULL);
  g_return_if_fail (answer != NULL);

  text = make_text (raw);
  if (parse_whole (ontology, text, &fold, answer))
    return;
  if (cut_at_stop (text, hone_template_get_stop (self)) && parse_whole (ontology, text, &fold, answer))
    return;

  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL && is_cut_list (text))
    say_nothing (answer, HONE_OUTCOME_OUT_OF_SET, "truncated");
  else
    parse_mentions (ontology, fold, hone_template_get_first_of_several (self), answer);
}
