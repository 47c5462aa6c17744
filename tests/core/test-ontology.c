/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-ontology.h"

static guint
add (HoneOntology  *ontology,
     const char    *key,
     const char    *name,
     GError       **error)
{
  HoneCategory category = { .key = (char *) key, .name = (char *) name };

  return hone_ontology_add (ontology, &category, error);
}

static guint
add_good (HoneOntology *ontology,
          const char   *key,
          const char   *name)
{
  g_autoptr(GError) error = NULL;
  guint id = add (ontology, key, name, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (id, >, 0);
  return id;
}

static void
assert_refused (HoneOntology      *ontology,
                const char        *key,
                const char        *name,
                HoneOntologyError  code)
{
  g_autoptr(GError) error = NULL;
  gsize size = hone_ontology_get_size (ontology);

  g_assert_cmpuint (add (ontology, key, name, &error), ==, 0);
  g_assert_error (error, HONE_ONTOLOGY_ERROR, (int) code);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, size);
}

static void
assert_fold (const char *word,
             const char *expected)
{
  g_autofree char *fold = hone_category_word_fold (word);

  g_assert_cmpstr (fold, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("  World_News ", "world news");
  assert_fold ("WORLD-NEWS", "world news");
  assert_fold ("world  \t news", "world news");
  assert_fold ("Media&Entertainment", "media and entertainment");
  assert_fold ("MEDIA & ENTERTAINMENT", "media and entertainment");
  assert_fold ("&", "and");
  assert_fold ("a&&b", "a and and b");
  assert_fold ("_-_ ", "");
  assert_fold ("", "");
  assert_fold ("\xc3\x84rzte \xef\xbc\x86 Pflege", "ärzte and pflege");         /* full-width ampersand */
  assert_fold ("A\xcc\x88rzte", "ärzte");
  assert_fold ("World\xe2\x80\x91News", "world news");                          /* hyphen that does not break */
  assert_fold ("\xef\xbb\xbfWorld", "world");                                   /* byte order mark */
  assert_fold ("wo\xffrld", "wo rld");
}

/* Issue: three spellings of one category. */
static void
test_one_category (void)
{
  static const char * const spellings[] = {
    "MEDIA & ENTERTAINMENT", "MEDIA AND ENTERTAINMENT", "MEDIA_AND_ENTERTAINMENT", "media_&_entertainment",
    " Media-And-Entertainment ", "Media & Entertainment",
  };
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_autoptr(GError) error = NULL;
  guint id = add_good (ontology, NULL, "Media & Entertainment");

  g_assert_cmpstr (hone_ontology_get_nth (ontology, 0)->key, ==, "MEDIA_AND_ENTERTAINMENT");
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const HoneCategory *category = hone_ontology_match (ontology, spellings[i]);

      g_assert_nonnull (category);
      g_assert_cmpuint (category->id, ==, id);
      assert_refused (ontology, NULL, spellings[i], HONE_ONTOLOGY_ERROR_DUPLICATE);
    }
  /* The message has the name as it stands in the file, not the key that was made of it. */
  g_assert_cmpuint (add (ontology, NULL, "media_&_entertainment", &error), ==, 0);
  g_assert_nonnull (strstr (error->message, "“media_&_entertainment”"));
  g_assert_null (hone_ontology_match (ontology, "MEDIA"));
  g_assert_null (hone_ontology_match (ontology, ""));
}

static void
test_keys (void)
{
  static const struct { const char *name, *key; } cases[] = {
    { "World News", "WORLD_NEWS" }, { "  R&D!", "R_AND_D" }, { "\xc3\xa9t\xc3\xa9 2024", "ÉTÉ_2024" }, { "体育 新闻", "体育_新闻" },
    { "...", NULL }, { "", NULL }, { "a--b__c", "A_B_C" }, { "C++", "C_PLUS_PLUS" }, { "C#", "C_HASH" }, { "A+B", "A_PLUS_B" }, { "+", NULL },
    { "& co", "AND_CO" }, { "x - y", "X_Y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = hone_category_key_from_name (cases[i].name);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

/* Whole categories come from half ones. */
static void
test_completion (void)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  guint more = add_good (ontology, NULL, "> 65");
  guint less = add_good (ontology, NULL, "< 65");
  guint money = add_good (ontology, "MONEY", NULL);
  guint odd = add_good (ontology, "odd key!", "Odd");

  g_assert_cmpstr (hone_ontology_get_by_id (ontology, more)->key, ==, "65");
  g_assert_cmpstr (hone_ontology_get_by_id (ontology, less)->key, ==, "65_2");
  g_assert_cmpuint (hone_ontology_match (ontology, "< 65")->id, ==, less);
  g_assert_cmpstr (hone_ontology_get_by_id (ontology, money)->name, ==, "MONEY");
  g_assert_cmpstr (hone_ontology_get_by_id (ontology, odd)->key, ==, "ODD_KEY");
  g_assert_cmpuint (hone_ontology_match (ontology, "odd key!")->id, ==, odd);
  g_assert_true (hone_ontology_get_by_key (ontology, "MONEY") == hone_ontology_get_by_id (ontology, money));
  g_assert_null (hone_ontology_get_by_key (ontology, "money"));
}

static void
test_refusals (void)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);

  add_good (ontology, "A", "First");
  assert_refused (ontology, NULL, NULL, HONE_ONTOLOGY_ERROR_EMPTY_NAME);
  assert_refused (ontology, NULL, "", HONE_ONTOLOGY_ERROR_EMPTY_NAME);
  assert_refused (ontology, NULL, " \t", HONE_ONTOLOGY_ERROR_EMPTY_NAME);
  assert_refused (ontology, "B", "", HONE_ONTOLOGY_ERROR_EMPTY_NAME);
  assert_refused (ontology, "B", "first", HONE_ONTOLOGY_ERROR_DUPLICATE);
  assert_refused (ontology, "a", "Second", HONE_ONTOLOGY_ERROR_DUPLICATE);
  assert_refused (ontology, "FIRST", "Second", HONE_ONTOLOGY_ERROR_DUPLICATE);
  assert_refused (ontology, NULL, "Unable to classify", HONE_ONTOLOGY_ERROR_RESERVED);
  assert_refused (ontology, "UNABLE_TO_CLASSIFY", "Other", HONE_ONTOLOGY_ERROR_RESERVED);
  g_assert_true (hone_category_word_is_unable (" unable-to-classify "));
  g_assert_true (hone_category_word_is_unable ("UnableToClassify"));
  g_assert_false (hone_category_word_is_unable ("unable"));
}

static void
test_ids (void)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_autoptr(GError) error = NULL;
  HoneCategory seven = { .id = 7, .name = (char *) "Seven" };
  HoneCategory again = { .id = 7, .name = (char *) "Again" };

  g_assert_cmpuint (add_good (ontology, NULL, "One"), ==, 1);
  g_assert_cmpuint (hone_ontology_add (ontology, &seven, &error), ==, 7);
  g_assert_no_error (error);
  g_assert_cmpuint (add_good (ontology, NULL, "Eight"), ==, 8);
  g_assert_cmpuint (hone_ontology_get_position (ontology, 7), ==, 1);
  g_assert_cmpuint (hone_ontology_get_position (ontology, 5), ==, G_MAXSIZE);
  g_assert_cmpuint (hone_ontology_add (ontology, &again, &error), ==, 0);
  g_assert_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE);
}

static void
test_aliases (void)
{
  char *aliases[] = { (char *) "Cash", (char *) "Finance & Co", NULL };
  HoneCategory money = { .name = (char *) "Money", .aliases = aliases };
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_autoptr(GError) error = NULL;
  guint id = hone_ontology_add (ontology, &money, &error);
  guint other = add_good (ontology, NULL, "Other");

  g_assert_no_error (error);
  g_assert_cmpuint (hone_ontology_match (ontology, "finance AND co")->id, ==, id);
  g_assert_true (hone_ontology_add_alias (ontology, id, "CASH", &error));       /* known already */
  g_assert_cmpuint (g_strv_length (hone_ontology_get_by_id (ontology, id)->aliases), ==, 2);
  g_assert_true (hone_ontology_add_alias (ontology, other, "Rest", &error));
  g_assert_cmpuint (hone_ontology_match (ontology, "rest")->id, ==, other);
  g_assert_false (hone_ontology_add_alias (ontology, other, "cash", &error));
  g_assert_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_false (hone_ontology_add_alias (ontology, other, "__", &error));
  g_assert_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_EMPTY_NAME);
}

static void
test_replace (void)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_autoptr(HoneOntology) before = NULL;
  g_autoptr(GError) error = NULL;
  guint first = add_good (ontology, NULL, "First");
  guint second = add_good (ontology, NULL, "Second");
  HoneCategory renamed = { .id = first, .key = (char *) "PRIME", .name = (char *) "Prime" };
  HoneCategory clash = { .id = second, .name = (char *) "prime" };

  before = hone_ontology_copy (ontology);
  g_assert_true (hone_ontology_replace (ontology, &renamed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hone_ontology_match (ontology, "prime")->id, ==, first);
  g_assert_null (hone_ontology_match (ontology, "first"));
  g_assert_null (hone_ontology_get_by_key (ontology, "FIRST"));
  g_assert_cmpuint (hone_ontology_get_position (ontology, first), ==, 0);
  g_assert_false (hone_ontology_replace (ontology, &clash, &error));
  g_assert_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE);
  g_assert_cmpuint (hone_ontology_match (ontology, "second")->id, ==, second);

  g_assert_cmpuint (hone_ontology_match (before, "first")->id, ==, first);      /* the copy did not change */
  g_assert_null (hone_ontology_match (before, "prime"));
}

static void
assert_hash_differs (HoneOntology *ontology,
                     HoneOntology *other,
                     gboolean      differs)
{
  g_autofree char *a = hone_ontology_dup_hash (ontology);
  g_autofree char *b = hone_ontology_dup_hash (other);

  g_assert_cmpuint (strlen (a), ==, 64);
  g_assert_cmpint (strcmp (a, b) != 0, ==, differs);
}

static void
test_hash (void)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, "Which?");
  g_autoptr(HoneOntology) other = NULL;
  HoneCategory colourful = { .id = 1, .key = (char *) "A", .name = (char *) "A", .color = (char *) "#ff0000", .shortcut = (char *) "a" };
  HoneCategory defined = { .id = 1, .key = (char *) "A", .name = (char *) "A", .definition = (char *) "all" };

  add_good (ontology, "A", "A");
  other = hone_ontology_copy (ontology);
  assert_hash_differs (ontology, other, FALSE);
  g_assert_true (hone_ontology_replace (other, &colourful, NULL));
  assert_hash_differs (ontology, other, FALSE);
  g_assert_true (hone_ontology_replace (other, &defined, NULL));
  assert_hash_differs (ontology, other, TRUE);
  g_assert_true (hone_ontology_replace (other, &colourful, NULL));
  hone_ontology_set_choice (other, HONE_CHOICE_SEVERAL);
  assert_hash_differs (ontology, other, TRUE);
  hone_ontology_set_choice (other, HONE_CHOICE_ONE);
  hone_ontology_set_instruction (other, "Why?");
  assert_hash_differs (ontology, other, TRUE);
  hone_ontology_set_instruction (other, "Which?");
  g_assert_true (hone_ontology_add_alias (other, 1, "alpha", NULL));
  assert_hash_differs (ontology, other, TRUE);
}

static void
test_many (void)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);

  for (guint i = 0; i < HONE_ONTOLOGY_MAX_CATEGORIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Category %u", i);

      add_good (ontology, NULL, name);
    }
  assert_refused (ontology, NULL, "One more", HONE_ONTOLOGY_ERROR_TOO_MANY);
  g_assert_cmpuint (hone_ontology_match (ontology, "CATEGORY_9999")->id, ==, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/ontology/fold", test_fold);
  g_test_add_func ("/core/ontology/one-category", test_one_category);
  g_test_add_func ("/core/ontology/keys", test_keys);
  g_test_add_func ("/core/ontology/completion", test_completion);
  g_test_add_func ("/core/ontology/refusals", test_refusals);
  g_test_add_func ("/core/ontology/ids", test_ids);
  g_test_add_func ("/core/ontology/aliases", test_aliases);
  g_test_add_func ("/core/ontology/replace", test_replace);
  g_test_add_func ("/core/ontology/hash", test_hash);
  g_test_add_func ("/core/ontology/many", test_many);
  return g_test_run ();
}
