/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rendering and reading back: what training says is what prediction reads. */
#include "config.h"

#include <string.h>

#include "hone-random.h"
#include "hone-template.h"

static HoneOntology *
news (HoneChoice choice)
{
  static const struct { const char *key, *name; } categories[] = {
    { "MEDIA_AND_ENTERTAINMENT", "Media & Entertainment" }, { "WORLD_NEWS", "World News" }, { "WORLD_NEWS_ASIA", "World News Asia" },
    { "SPORTS", "Sports" }, { "SPORT_BUSINESS", "Sport business" }, { "POLITICS", "Politics" },
  };
  HoneOntology *ontology = hone_ontology_new (choice, "What is the text about?");

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      HoneCategory category = { .key = (char *) categories[i].key, .name = (char *) categories[i].name };
      g_autoptr(GError) error = NULL;

      hone_ontology_add (ontology, &category, &error);
      g_assert_no_error (error);
    }
  return ontology;
}

static void
assert_answer (HoneOntology *ontology,
               gboolean      first,
               const char   *raw,
               HoneOutcome   outcome,
               const char   *keys,       /* (nullable): joined by blanks, in ontology order */
               const char   *reason)
{
  g_autoptr(HoneTemplate) template = hone_template_new (NULL, NULL, NULL, " [END]", first);
  g_auto(HoneAnswer) answer = { 0 };
  GString *got = g_string_new (NULL);
  gsize n = 0;
  const guint *ids;

  hone_template_parse (template, ontology, raw, &answer);
  ids = answer.categories ? hone_category_set_get_ids (answer.categories, &n) : NULL;
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (got, "%s%s", i ? " " : "", hone_ontology_get_by_id (ontology, ids[i])->key);
  g_test_message ("“%.60s” gives %d %s (%s)", raw, answer.outcome, got->str, answer.reason ? answer.reason : "-");
  g_assert_cmpint (answer.outcome, ==, outcome);
  g_assert_cmpstr (got->str, ==, keys ? keys : "");
  g_assert_cmpstr (answer.reason, ==, reason);
  g_string_free (got, TRUE);
}

static void
test_one (void)
{
  g_autoptr(HoneOntology) o = news (HONE_CHOICE_ONE);

  assert_answer (o, FALSE, "SPORTS", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, FALSE, "  \"sports.\"\n", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, FALSE, "“Sports”.", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, FALSE, "SPORTS [END] and more", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, FALSE, "Media and-entertainment", HONE_OUTCOME_ANSWERED, "MEDIA_AND_ENTERTAINMENT", NULL);
  assert_answer (o, FALSE, "MEDIA & ENTERTAINMENT", HONE_OUTCOME_ANSWERED, "MEDIA_AND_ENTERTAINMENT", NULL);
  assert_answer (o, FALSE, "The category is: Politics!", HONE_OUTCOME_ANSWERED, "POLITICS", NULL);
  assert_answer (o, FALSE, "I would say world-news asia, clearly", HONE_OUTCOME_ANSWERED, "WORLD_NEWS_ASIA", NULL);
  assert_answer (o, FALSE, "Sports, yes: Sports", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, FALSE, "Transports", HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
  assert_answer (o, FALSE, "WEATHER", HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
  assert_answer (o, FALSE, " . ", HONE_OUTCOME_OUT_OF_SET, NULL, "empty");
  assert_answer (o, FALSE, "", HONE_OUTCOME_OUT_OF_SET, NULL, "empty");
  assert_answer (o, FALSE, "Unable to classify.", HONE_OUTCOME_ABSTAINED, NULL, "unable");
  assert_answer (o, FALSE, "UNABLE_TO_CLASSIFY", HONE_OUTCOME_ABSTAINED, NULL, "unable");
  assert_answer (o, FALSE, "I'm sorry, I can't help with politics.", HONE_OUTCOME_ABSTAINED, NULL, "refusal");
}

/* The tutorial's filter went through its list and kept the last category that occurred anywhere in the answer. */
static void
test_not_the_last_of_the_list (void)
{
  g_autoptr(HoneOntology) o = news (HONE_CHOICE_ONE);

  assert_answer (o, FALSE, "Sports, not Politics", HONE_OUTCOME_OUT_OF_SET, NULL, "ambiguous");
  assert_answer (o, TRUE, "Sports, not Politics", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, TRUE, "Politics, not Sports", HONE_OUTCOME_ANSWERED, "POLITICS", NULL);
  assert_answer (o, FALSE, "World News Asia", HONE_OUTCOME_ANSWERED, "WORLD_NEWS_ASIA", NULL);
}

static void
test_several (void)
{
  g_autoptr(HoneOntology) o = news (HONE_CHOICE_SEVERAL);

  assert_answer (o, FALSE, "[\"SPORTS\", \"Politics\"]", HONE_OUTCOME_ANSWERED, "SPORTS POLITICS", NULL);
  assert_answer (o, FALSE, "[\"SPORTS\", \"Weather\"]", HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
  assert_answer (o, FALSE, "[]", HONE_OUTCOME_OUT_OF_SET, NULL, "empty");
  assert_answer (o, FALSE, "[\"unable to classify\"]", HONE_OUTCOME_ABSTAINED, NULL, "unable");
  assert_answer (o, FALSE, "sports and politics", HONE_OUTCOME_ANSWERED, "SPORTS POLITICS", NULL);
  assert_answer (o, FALSE, "[\"SPORTS\", \"Poli", HONE_OUTCOME_OUT_OF_SET, NULL, "truncated");
}

static void
test_rubbish (void)
{
  g_autoptr(HoneOntology) o = news (HONE_CHOICE_ONE);
  g_autofree char *long_text = g_strnfill (1000000, 'x');

  assert_answer (o, FALSE, "\xff\xfe SPORTS \xc3", HONE_OUTCOME_ANSWERED, "SPORTS", NULL);
  assert_answer (o, FALSE, long_text, HONE_OUTCOME_OUT_OF_SET, NULL, "unknown");
}

/* The tutorial's training answers were spelled otherwise than its parser looked for. Here whatever is rendered is read back,
 * for any ontology and both choice rules. */
static void
test_round_trip (void)
{
  HoneRandom random;

  hone_random_init (&random, 42);
  for (int round = 0; round < 300; round++)
    {
      gboolean several = round % 2;
      g_autoptr(HoneOntology) o = hone_ontology_new (several ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, NULL);
      g_autoptr(HoneTemplate) template = hone_template_new ("Say", "Text: ", "\n->", " [END]", FALSE);
      static const char * const words[] = { "World", "News", "&", "Media", "été", "体育", "R+D", "A", "\"Q\"", "x.y", "Sport" };
      gsize n;

      for (int i = 0; i < 8; i++)
        {
          GString *name = g_string_new (NULL);
          HoneCategory category = { 0 };

          for (guint64 k = 1 + hone_random_below (&random, 3); k > 0; k--)
            g_string_append_printf (name, "%s ", words[hone_random_below (&random, G_N_ELEMENTS (words))]);
          category.name = name->str;
          hone_ontology_add (o, &category, NULL);   /* some are refused as duplicates: those stay out */
          g_string_free (name, TRUE);
        }
      n = hone_ontology_get_size (o);
      if (n == 0)
        continue;
      for (int i = 0; i < 10; i++)
        {
          guint ids[3];
          gsize n_ids = several ? 1 + hone_random_below (&random, 3) : 1;
          g_autoptr(HoneCategorySet) set = NULL;
          g_autofree char *rendered = NULL;
          g_auto(HoneAnswer) answer = { 0 };

          for (gsize k = 0; k < n_ids; k++)
            ids[k] = hone_ontology_get_nth (o, hone_random_below (&random, n))->id;
          set = hone_category_set_new (ids, n_ids);
          rendered = hone_template_render_answer (template, o, set);
          hone_template_parse (template, o, rendered, &answer);
          g_test_message ("%s", rendered);
          g_assert_cmpint (answer.outcome, ==, HONE_OUTCOME_ANSWERED);
          g_assert_true (hone_category_set_equal (answer.categories, set));
        }
    }
}

static void
test_text_form (void)
{
  g_autoptr(HoneTemplate) template = hone_template_new ("In\tstruction \\ \"é\"", "pre\n", NULL, "stop", TRUE);
  g_autofree char *string = hone_template_to_string (template);
  g_autoptr(HoneTemplate) again = NULL, other = hone_template_new_default ();
  g_autoptr(GError) error = NULL;
  g_autofree char *rendered = hone_template_render (template, "x");

  g_assert_null (strchr (string, '\n'));
  again = hone_template_from_string (string, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hone_template_get_instruction (again), ==, "In\tstruction \\ \"é\"");
  g_assert_cmpstr (hone_template_get_hash (again), ==, hone_template_get_hash (template));
  g_assert_cmpstr (hone_template_get_hash (again), !=, hone_template_get_hash (other));
  g_assert_true (g_str_has_prefix (hone_template_get_hash (other), "sha256:"));
  g_assert_cmpstr (rendered, ==, "pre\nx");
  g_assert_null (hone_template_from_string ("rubbish", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/template/one", test_one);
  g_test_add_func ("/core/template/not-the-last-of-the-list", test_not_the_last_of_the_list);
  g_test_add_func ("/core/template/several", test_several);
  g_test_add_func ("/core/template/rubbish", test_rubbish);
  g_test_add_func ("/core/template/round-trip", test_round_trip);
  g_test_add_func ("/core/template/text-form", test_text_form);
  return g_test_run ();
}
