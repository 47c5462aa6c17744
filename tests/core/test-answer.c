/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading answers back, which is half of every score. */
#include "config.h"

#include <string.h>

#include "hone-random.h"
#include "hone-template.h"

static HoneOntology *
make_ontology (HoneChoice          choice,
               const char * const *names,
               gsize               n_names)
{
  HoneOntology *ontology = hone_ontology_new (choice, NULL);

  for (gsize i = 0; i < n_names; i++)
    {
      HoneCategory category = { .name = (char *) names[i] };
      g_autoptr(GError) error = NULL;

      hone_ontology_add (ontology, &category, &error);
      g_assert_no_error (error);
    }

  return ontology;
}

static HoneOntology *
news (HoneChoice choice)
{
  static const char * const names[] = {
    "Media & Entertainment", "World News", "World News Asia", "Sports", "Sport business", "Politics",
  };

  return make_ontology (choice, names, G_N_ELEMENTS (names));
}

static void
assert_template_answer (const HoneTemplate *template,
                        const HoneOntology *ontology,
                        const char         *raw,
                        HoneOutcome         outcome,
                        const char         *keys,       /* (nullable): joined by blanks, in ontology order */
                        const char         *reason)
{
  g_auto(HoneAnswer) answer = { 0 };
  g_autoptr(GString) got = g_string_new (NULL);
  g_autofree char *shown = g_strescape (raw, NULL);
  const guint *ids;
  gsize n = 0;

  hone_template_parse (template, ontology, raw, &answer);
  ids = answer.categories != NULL ? hone_category_set_get_ids (answer.categories, &n) : NULL;
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (got, "%s%s", i > 0 ? " " : "", hone_ontology_get_by_id (ontology, ids[i])->key);

  g_test_message ("“%.60s” gives %s %s (%s)", shown, hone_outcome_to_string (answer.outcome), got->str, answer.reason);
  g_assert_cmpint (answer.outcome, ==, outcome);
  g_assert_cmpstr (got->str, ==, keys != NULL ? keys : "");
  g_assert_cmpstr (answer.reason, ==, reason);
}

static void
assert_answer (const HoneOntology *ontology,
               const char         *raw,
               const char         *keys)
{
  g_autoptr(HoneTemplate) template = hone_template_new_default ();

  assert_template_answer (template, ontology, raw, HONE_OUTCOME_ANSWERED, keys, NULL);
}

static void
assert_no_answer (const HoneOntology *ontology,
                  const char         *raw,
                  HoneOutcome         outcome,
                  const char         *reason)
{
  g_autoptr(HoneTemplate) template = hone_template_new_default ();

  assert_template_answer (template, ontology, raw, outcome, NULL, reason);
}

static void
assert_out_of_set (const HoneOntology *ontology,
                   const char         *raw,
                   const char         *reason)
{
  assert_no_answer (ontology, raw, HONE_OUTCOME_OUT_OF_SET, reason);
}

static void
test_whole (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_ONE);

  assert_answer (ontology, "SPORTS", "SPORTS");
  assert_answer (ontology, "  \"sports.\"\n", "SPORTS");
  assert_answer (ontology, "\xe2\x80\x9cSports\xe2\x80\x9d.", "SPORTS");
  assert_answer (ontology, "'Sports'", "SPORTS");
  assert_answer (ontology, "`sports`", "SPORTS");
  assert_answer (ontology, "Media and-entertainment", "MEDIA_AND_ENTERTAINMENT");
  assert_answer (ontology, "MEDIA & ENTERTAINMENT", "MEDIA_AND_ENTERTAINMENT");
  assert_answer (ontology, "media_and_entertainment.", "MEDIA_AND_ENTERTAINMENT");
  assert_answer (ontology, "world_news", "WORLD_NEWS");
  assert_answer (ontology, "World News Asia", "WORLD_NEWS_ASIA");
}

static void
test_mentions (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_ONE);

  assert_answer (ontology, "The category is: Politics!", "POLITICS");
  assert_answer (ontology, "I would say world-news asia, clearly", "WORLD_NEWS_ASIA");
  assert_answer (ontology, "Sports, yes: Sports", "SPORTS");
  assert_answer (ontology, "**Media &\nEntertainment**", "MEDIA_AND_ENTERTAINMENT");
  assert_answer (ontology, "{\"category\": \"WORLD_NEWS\"}", "WORLD_NEWS");
  assert_out_of_set (ontology, "Transports", "unknown");
  assert_out_of_set (ontology, "Sportsmanship", "unknown");
  assert_out_of_set (ontology, "2Sports", "unknown");
  assert_out_of_set (ontology, "\xc3\xa9Sports", "unknown");
  assert_out_of_set (ontology, "Media entertainment", "unknown");
  assert_out_of_set (ontology, "WEATHER", "unknown");
  assert_out_of_set (ontology, "Sports or politics", "ambiguous");
  assert_out_of_set (ontology, "World News, World News Asia", "ambiguous");
}

static void
test_overlaps (void)
{
  static const char * const names[] = { "A B", "B C D", "C++", "C", "U.S.", "新闻", "体育新闻" };
  g_autoptr(HoneOntology) ontology = make_ontology (HONE_CHOICE_ONE, names, G_N_ELEMENTS (names));

  assert_answer (ontology, "it is a b c d", "B_C_D");           /* the longer wins, though the other begins first */
  assert_answer (ontology, "clearly C++", "C_PLUS_PLUS");
  assert_answer (ontology, "C", "C");
  assert_answer (ontology, "C, not D", "C");
  assert_answer (ontology, "U.S.", "U_S");
  assert_answer (ontology, "in the U.S. today", "U_S");
  assert_answer (ontology, "这是体育新闻。", "体育新闻");       /* no blanks, and yet on borders */
}

/* Of two of one length neither wins: the first would be a choice by place. */
static void
test_equal_overlaps (void)
{
  static const char * const names[] = { "Red Sea", "Sea Dog", "Big Red Sea" };
  g_autoptr(HoneOntology) one = make_ontology (HONE_CHOICE_ONE, names, G_N_ELEMENTS (names));
  g_autoptr(HoneOntology) several = make_ontology (HONE_CHOICE_SEVERAL, names, G_N_ELEMENTS (names));

  assert_out_of_set (one, "a red sea dog", "ambiguous");
  assert_answer (one, "a big red sea dog", "BIG_RED_SEA");
  assert_answer (one, "red sea, dog", "RED_SEA");
  assert_answer (several, "a red sea dog", "RED_SEA SEA_DOG");
}

static void
test_empty (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_ONE);

  assert_out_of_set (ontology, "", "empty");
  assert_out_of_set (ontology, " \t\r\n", "empty");
  assert_out_of_set (ontology, " . ", "empty");
  assert_out_of_set (ontology, "\"\"", "empty");
  assert_out_of_set (ontology, "\"'.'\"", "empty");
  assert_out_of_set (ontology, "___", "empty");
}

static void
test_abstentions (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_ONE);

  assert_no_answer (ontology, "Unable to classify.", HONE_OUTCOME_ABSTAINED, "unable");
  assert_no_answer (ontology, "UNABLE_TO_CLASSIFY", HONE_OUTCOME_ABSTAINED, "unable");
  assert_no_answer (ontology, "\"unable-to-classify\"", HONE_OUTCOME_ABSTAINED, "unable");
  assert_no_answer (ontology, "Answer: UNABLE_TO_CLASSIFY (no text)", HONE_OUTCOME_ABSTAINED, "unable");
  assert_no_answer (ontology, "I am unable to classify this", HONE_OUTCOME_ABSTAINED, "unable");
  assert_out_of_set (ontology, "UNABLE_TO_CLASSIFY, perhaps Sports", "ambiguous");
  assert_no_answer (ontology, "I'm sorry, I can't help with that.", HONE_OUTCOME_ABSTAINED, "refusal");
  assert_no_answer (ontology, "I\xe2\x80\x99m sorry, but I cannot help with politics.", HONE_OUTCOME_ABSTAINED, "refusal");
  assert_no_answer (ontology, "I cannot assist", HONE_OUTCOME_ABSTAINED, "refusal");
  assert_out_of_set (ontology, "I think so", "unknown");
  assert_answer (ontology, "Sorry for the delay: Sports", "SPORTS");
}

/* The tutorial's filter went through its list and kept the last category that occurred anywhere in the answer. */
static void
test_not_the_last_of_the_list (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_ONE);
  g_autoptr(HoneTemplate) first = hone_template_new (NULL, NULL, NULL, NULL, TRUE);

  assert_out_of_set (ontology, "Sports, not Politics", "ambiguous");
  assert_out_of_set (ontology, "Politics, not Sports", "ambiguous");
  assert_template_answer (first, ontology, "Sports, not Politics", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_template_answer (first, ontology, "Politics, not Sports", HONE_OUTCOME_ANSWERED, "POLITICS", NULL);
  assert_template_answer (first, ontology, "World News Asia, Sports", HONE_OUTCOME_ANSWERED, "WORLD_NEWS_ASIA", NULL);
  assert_template_answer (first, ontology, "UNABLE_TO_CLASSIFY or Sports", HONE_OUTCOME_ABSTAINED, NULL, "unable");
  assert_template_answer (first, ontology, "Weather", HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
}

static void
test_stop (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_ONE);
  g_autoptr(HoneTemplate) end = hone_template_new (NULL, NULL, NULL, " [END]", FALSE);
  g_autoptr(HoneTemplate) line = hone_template_new (NULL, NULL, NULL, "\n", FALSE);
  g_autoptr(HoneTemplate) odd = hone_template_new (NULL, NULL, NULL, "_NEWS", FALSE);

  assert_template_answer (end, ontology, "SPORTS [END] and POLITICS", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_template_answer (end, ontology, "SPORTS [END]", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_template_answer (end, ontology, "SPORTS", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_template_answer (line, ontology, "\nSPORTS\nText: more", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_template_answer (odd, ontology, "WORLD_NEWS", HONE_OUTCOME_ANSWERED, "WORLD_NEWS", NULL);
}

static void
test_several (void)
{
  g_autoptr(HoneOntology) ontology = news (HONE_CHOICE_SEVERAL);

  assert_answer (ontology, "SPORTS", "SPORTS");
  assert_answer (ontology, "[\"SPORTS\", \"Politics\"]", "SPORTS POLITICS");
  assert_answer (ontology, " [ \"politics\" ,\n\"\\u0053PORTS\", \"POLITICS\" ].", "SPORTS POLITICS");
  assert_answer (ontology, "[\"Media \\u0026 Entertainment\"]", "MEDIA_AND_ENTERTAINMENT");
  assert_answer (ontology, "sports and politics", "SPORTS POLITICS");
  assert_answer (ontology, "[SPORTS, World News Asia]", "WORLD_NEWS_ASIA SPORTS");
  assert_answer (ontology, "```json\n[\"SPORTS\"]\n```", "SPORTS");
  assert_out_of_set (ontology, "[\"SPORTS\", \"Weather\"]", "unknown");
  assert_out_of_set (ontology, "[]", "empty");
  assert_out_of_set (ontology, "[\"SPORTS\", \"Poli", "truncated");
  assert_out_of_set (ontology, "[\"SPORTS\", \"UNABLE_TO_CLASSIFY\"]", "ambiguous");
  assert_no_answer (ontology, "[\"unable to classify\"]", HONE_OUTCOME_ABSTAINED, "unable");
  assert_no_answer (ontology, "UNABLE_TO_CLASSIFY", HONE_OUTCOME_ABSTAINED, "unable");
  assert_out_of_set (ontology, "[1, 2]", "unknown");
  assert_out_of_set (ontology, "weather", "unknown");
}

/* A megabyte of whatever is worst: nothing here may take time that grows faster than its length. */
static void
test_rubbish (void)
{
  static const char * const repeated[] = {
    "x", " ", "sports ", "world ", "world news ", "[\"", "[\"\\", "\"", ".", "\xff", "\xcc\x81\xcc\x96", "unable to ", "& ", "_",
    "\xef\xb7\xba", "sports. ", "\xe2\x80\x99",
  };

  for (guint choice = 0; choice < 2; choice++)
    {
      g_autoptr(HoneOntology) ontology = news ((HoneChoice) choice);
      g_autoptr(HoneTemplate) template = hone_template_new (NULL, NULL, NULL, "zz", FALSE);

      for (gsize i = 0; i < G_N_ELEMENTS (repeated); i++)
        {
          g_autoptr(GString) raw = g_string_new (NULL);
          g_auto(HoneAnswer) answer = { 0 };

          while (raw->len < (strlen (repeated[i]) == 3 ? 100000 : 1000000))     /* three bytes that fold to 33 */
            g_string_append (raw, repeated[i]);
          hone_template_parse (template, ontology, raw->str, &answer);
          g_assert_cmpint (answer.outcome, !=, HONE_OUTCOME_FAILED);
        }
      assert_answer (ontology, "\xff\xfe SPORTS \xc3", "SPORTS");
      assert_answer (ontology, "\xffSPORTS\xff", "SPORTS");
      assert_out_of_set (ontology, "SPO\xffRTS", "unknown");
    }
}

/* ---- any ontology ---- */

static char *
random_name (HoneRandom *random)
{
  static const char * const pieces[] = {
    "World", "news", "&", "AND", "Media", "\xc3\xa9t\xc3\xa9", "体育", "R+D", "A", "\"Q\"", "x.y.", "Sport", "'", ".", "[", "]", ",", "\\",
    "Unable", "to", "classify", "I'm sorry", "\xc3\x9f", "\xc4\xb0", "\xef\xac\x81", "_", "-", "42", "\xf0\x9f\x93\x88", "\n", "{}",
  };
  GString *name = g_string_new (NULL);

  for (guint64 n = 1 + hone_random_below (random, 4); n > 0; n--)
    {
      g_string_append (name, pieces[hone_random_below (random, G_N_ELEMENTS (pieces))]);
      if (hone_random_below (random, 3) > 0)
        g_string_append_c (name, ' ');
    }

  return g_string_free (name, FALSE);
}

static HoneOntology *
random_ontology (HoneRandom *random,
                 HoneChoice  choice)
{
  HoneOntology *ontology = hone_ontology_new (choice, NULL);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = random_name (random);
      g_autofree char *alias = random_name (random);
      HoneCategory category = { .name = name };
      guint id = hone_ontology_add (ontology, &category, NULL);     /* some are refused, and stay out */

      if (id != 0)
        hone_ontology_add_alias (ontology, id, alias, NULL);
    }

  return ontology;
}

static HoneCategorySet *
random_set (HoneRandom         *random,
            const HoneOntology *ontology)
{
  gsize size = hone_ontology_get_size (ontology);
  gboolean several = hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL;
  guint ids[4];
  gsize n = several ? 1 + hone_random_below (random, 4) : 1;

  for (gsize i = 0; i < n; i++)
    ids[i] = hone_ontology_get_nth (ontology, hone_random_below (random, size))->id;

  return hone_category_set_new (ids, n);
}

/* The tutorial's training answers were spelled otherwise than its parser looked for. Here whatever is written for
 * training is read back as what it was written for, for any ontology, choice rule and stop, with the stop behind
 * it and without. */
static void
test_written_is_read (void)
{
  static const char * const stops[] = { NULL, "\n", " [END]", "_", "A", ".", "\"" };
  HoneRandom random;

  hone_random_init (&random, 42);
  for (guint round = 0; round < 3000; round++)
    {
      const char *stop = stops[round % G_N_ELEMENTS (stops)];
      g_autoptr(HoneTemplate) template = hone_template_new ("Say", "Text: ", "\n->", stop, round % 3 == 0);
      g_autoptr(HoneOntology) ontology = random_ontology (&random, (HoneChoice) (round % 2));
      g_autoptr(HoneCategorySet) set = NULL;
      g_autofree char *answer_text = NULL;
      g_autofree char *with_blanks = NULL;
      g_auto(HoneAnswer) answer = { 0 };
      g_auto(HoneAnswer) blank_answer = { 0 };

      if (hone_ontology_get_size (ontology) == 0)
        continue;
      set = random_set (&random, ontology);
      answer_text = hone_template_render_answer (template, ontology, set);
      g_assert_nonnull (answer_text);
      with_blanks = g_strdup_printf (" %s\n", answer_text);

      hone_template_parse (template, ontology, answer_text, &answer);
      g_assert_cmpint (answer.outcome, ==, HONE_OUTCOME_ANSWERED);
      g_assert_true (hone_category_set_equal (answer.categories, set));
      g_assert_null (answer.reason);
      hone_template_parse (template, ontology, with_blanks, &blank_answer);
      g_assert_cmpint (blank_answer.outcome, ==, HONE_OUTCOME_ANSWERED);
      g_assert_true (hone_category_set_equal (blank_answer.categories, set));
    }
}

/* Each word by which a category is known is an answer that means it. */
static void
test_words_are_answers (void)
{
  g_autoptr(HoneTemplate) template = hone_template_new_default ();
  HoneRandom random;

  hone_random_init (&random, 43);
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(HoneOntology) ontology = random_ontology (&random, (HoneChoice) (round % 2));

      for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
        {
          const HoneCategory *category = hone_ontology_get_nth (ontology, i);
          const char *words[] = { category->key, category->name, category->aliases != NULL ? category->aliases[0] : category->key };

          for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
            {
              g_auto(HoneAnswer) answer = { 0 };

              hone_template_parse (template, ontology, words[w], &answer);
              g_assert_cmpint (answer.outcome, ==, HONE_OUTCOME_ANSWERED);
              g_assert_cmpuint (hone_category_set_get_size (answer.categories), ==, 1);
              g_assert_true (hone_category_set_contains (answer.categories, category->id));
            }
        }
    }
}

static void
test_unwritable (void)
{
  g_autoptr(HoneTemplate) template = hone_template_new_default ();
  g_autoptr(HoneOntology) one = news (HONE_CHOICE_ONE);
  g_autoptr(HoneOntology) several = news (HONE_CHOICE_SEVERAL);
  g_autoptr(HoneCategorySet) none = hone_category_set_new (NULL, 0);
  g_autoptr(HoneCategorySet) two = hone_category_set_new ((guint[]) { 4, 2 }, 2);
  g_autoptr(HoneCategorySet) unknown = hone_category_set_new_single (99);
  g_autofree char *list = hone_template_render_answer (template, several, two);

  g_assert_cmpstr (list, ==, "[\"WORLD_NEWS\", \"SPORTS\"]");
  g_assert_null (hone_template_render_answer (template, one, two));
  g_assert_null (hone_template_render_answer (template, one, none));
  g_assert_null (hone_template_render_answer (template, several, none));
  g_assert_null (hone_template_render_answer (template, several, unknown));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/answer/whole", test_whole);
  g_test_add_func ("/core/answer/mentions", test_mentions);
  g_test_add_func ("/core/answer/overlaps", test_overlaps);
  g_test_add_func ("/core/answer/equal-overlaps", test_equal_overlaps);
  g_test_add_func ("/core/answer/empty", test_empty);
  g_test_add_func ("/core/answer/abstentions", test_abstentions);
  g_test_add_func ("/core/answer/not-the-last-of-the-list", test_not_the_last_of_the_list);
  g_test_add_func ("/core/answer/stop", test_stop);
  g_test_add_func ("/core/answer/several", test_several);
  g_test_add_func ("/core/answer/rubbish", test_rubbish);
  g_test_add_func ("/core/answer/written-is-read", test_written_is_read);
  g_test_add_func ("/core/answer/words-are-answers", test_words_are_answers);
  g_test_add_func ("/core/answer/unwritable", test_unwritable);
  return g_test_run ();
}
