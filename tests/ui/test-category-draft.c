/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/hone-ontology.h"
#include "model/hone-category-draft.h"

static void
set (HoneCategoryDraft *draft,
     HoneDraftField     field,
     const char        *value)
{
  hone_set_str (&draft->values[field], value);
}

static GPtrArray *
two_drafts (void)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_category_draft_free);
  char *aliases[] = { (char *) "Sport", (char *) "Games", NULL };
  const HoneCategory sports = { 3, (char *) "SPORTS", (char *) "Sports", (char *) "Matches", (char *) "#26A269", (char *) "s", aliases };

  g_ptr_array_add (drafts, hone_category_draft_new (&sports));
  g_ptr_array_add (drafts, hone_category_draft_new (NULL));
  set (g_ptr_array_index (drafts, 1), HONE_DRAFT_NAME, "  Money & Business ");
  return drafts;
}

/* What was there stays as it was, what is new gets a key and an id. */
static void
test_build (void)
{
  g_autoptr(GPtrArray) drafts = two_drafts ();
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GError) error = NULL;
  const HoneCategory *sports, *money;
  guint bad = 99;

  set (g_ptr_array_index (drafts, 0), HONE_DRAFT_ALIASES, "Sport; Games ;; Matches and more");
  ontology = hone_ontology_new_from_drafts (HONE_CHOICE_SEVERAL, "Which?", drafts, &bad, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 2);
  g_assert_cmpint (hone_ontology_get_choice (ontology), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpstr (hone_ontology_get_instruction (ontology), ==, "Which?");
  sports = hone_ontology_get_by_id (ontology, 3);
  g_assert_cmpstr (sports->definition, ==, "Matches");
  g_assert_cmpstr (sports->color, ==, "#26A269");
  g_assert_cmpuint (g_strv_length (sports->aliases), ==, 3);
  g_assert_cmpstr (sports->aliases[2], ==, "Matches and more");
  money = hone_ontology_get_by_key (ontology, "MONEY_AND_BUSINESS");
  g_assert_cmpstr (money->name, ==, "Money & Business");
  g_assert_cmpuint (money->id, !=, 3);
  g_assert_null (money->shortcut);
}

/* Each mistake is told of the category that has it. */
static void
test_mistakes (void)
{
  static const struct {
    HoneDraftField  field;
    const char     *value, *words;
  } cases[] = {
    { HONE_DRAFT_NAME, " ", "needs a name" },
    { HONE_DRAFT_NAME, "sports", NULL },
    { HONE_DRAFT_KEY, "SPORTS", NULL },
    { HONE_DRAFT_NAME, "Unable to classify", NULL },
    { HONE_DRAFT_COLOR, "green", "“green”" },
    { HONE_DRAFT_SHORTCUT, "ab", "“ab”" },
    { HONE_DRAFT_SHORTCUT, "?", "“?”" },
    { HONE_DRAFT_SHORTCUT, "S", "“Sports”" },
    { HONE_DRAFT_ALIASES, "games", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) drafts = two_drafts ();
      g_autoptr(GError) error = NULL;
      guint bad = 99;

      set (g_ptr_array_index (drafts, 1), cases[i].field, cases[i].value);
      g_assert_null (hone_ontology_new_from_drafts (HONE_CHOICE_ONE, "", drafts, &bad, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (bad, ==, 1);
      if (cases[i].words)
        g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/category-draft/build", test_build);
  g_test_add_func ("/ui/category-draft/mistakes", test_mistakes);
  return g_test_run ();
}
