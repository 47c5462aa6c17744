/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each case is a line: decisions as "author time categories", in the order of their arrival. Categories are
 * digits, "-" is a skip, a "!" before them makes a review. */
#include "config.h"

#include <string.h>

#include "hone-reference.h"

static HoneCategorySet *
parse_set (const char *digits)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));

  for (; *digits != '\0'; digits++)
    {
      guint id = *digits - '0';

      g_array_append_val (ids, id);
    }

  return hone_category_set_new ((const guint *) ids->data, ids->len);
}

static void
assert_reference (HoneChoice          choice,
                  const char         *decisions,
                  HoneReferenceState  state,
                  const char         *categories,
                  guint               n_counting,
                  gboolean            conflicting)
{
  g_auto(GStrv) lines = g_strsplit (decisions, ";", -1);
  gsize n = *decisions != '\0' ? g_strv_length (lines) : 0;
  g_autofree HoneDecision *list = g_new0 (HoneDecision, n + 1);
  g_auto(HoneReference) reference = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      g_auto(GStrv) words = g_strsplit (lines[i], " ", -1);
      const char *set = words[2];

      list[i].author = words[0][0];
      list[i].time = g_ascii_strtoll (words[1], NULL, 10);
      list[i].sequence = i;
      list[i].origin = *set == '!' ? HONE_ORIGIN_REVIEW : HONE_ORIGIN_HUMAN;
      list[i].categories = strcmp (set, "-") != 0 ? parse_set (set + (*set == '!')) : NULL;
    }

  hone_reference_find (list, n, choice, &reference);
  g_test_message ("%s", decisions);
  g_assert_cmpint (reference.state, ==, state);
  g_assert_cmpuint (reference.n_counting, ==, n_counting);
  g_assert_cmpint (reference.conflicting, ==, conflicting);
  if (categories != NULL)
    {
      g_autoptr(HoneCategorySet) expected = parse_set (categories);

      g_assert_nonnull (reference.categories);
      g_assert_true (hone_category_set_equal (reference.categories, expected));
    }
  else
    g_assert_null (reference.categories);

  for (gsize i = 0; i < n; i++)
    g_clear_pointer (&list[i].categories, hone_category_set_unref);
}

static void
test_one (void)
{
  const HoneChoice one = HONE_CHOICE_ONE;

  assert_reference (one, "", HONE_REFERENCE_NONE, NULL, 0, FALSE);
  assert_reference (one, "a 1 3", HONE_REFERENCE_LABELLED, "3", 1, FALSE);
  assert_reference (one, "a 1 3;b 2 3", HONE_REFERENCE_LABELLED, "3", 2, FALSE);
  assert_reference (one, "a 1 3;b 2 4", HONE_REFERENCE_DISPUTED, NULL, 2, TRUE);
  assert_reference (one, "a 1 3;b 2 4;c 3 4", HONE_REFERENCE_LABELLED, "4", 3, TRUE);
  assert_reference (one, "a 1 3;b 2 4;c 3 4;d 4 3", HONE_REFERENCE_DISPUTED, NULL, 4, TRUE);
  assert_reference (one, "a 1 3;b 2 4;c 3 4;d 4 3;e 5 3", HONE_REFERENCE_LABELLED, "3", 5, TRUE);
  assert_reference (one, "a 1 1;b 1 2;c 1 2;d 1 3;e 1 3", HONE_REFERENCE_DISPUTED, NULL, 5, TRUE);
}

static void
test_newest (void)
{
  const HoneChoice one = HONE_CHOICE_ONE;

  assert_reference (one, "a 1 3;a 2 4", HONE_REFERENCE_LABELLED, "4", 1, FALSE);
  assert_reference (one, "a 2 4;a 1 3", HONE_REFERENCE_LABELLED, "4", 1, FALSE);        /* arrived late */
  assert_reference (one, "a 1 3;a 1 4", HONE_REFERENCE_LABELLED, "4", 1, FALSE);        /* same time */
  assert_reference (one, "a 1 3;b 2 4;a 3 4", HONE_REFERENCE_LABELLED, "4", 2, FALSE);
  assert_reference (one, "a 1 3;a 2 -", HONE_REFERENCE_NONE, NULL, 0, FALSE);
  assert_reference (one, "a 1 -;a 2 3", HONE_REFERENCE_LABELLED, "3", 1, FALSE);
  assert_reference (one, "a 1 3;b 2 4;b 3 -", HONE_REFERENCE_LABELLED, "3", 1, FALSE);
}

static void
test_review (void)
{
  const HoneChoice one = HONE_CHOICE_ONE;

  assert_reference (one, "a 1 3;b 2 3;r 3 !4", HONE_REFERENCE_LABELLED, "4", 3, TRUE);
  assert_reference (one, "r 1 !4;a 2 3;b 3 3", HONE_REFERENCE_LABELLED, "4", 3, TRUE);
  assert_reference (one, "r 1 !4;s 2 !5;a 3 3", HONE_REFERENCE_LABELLED, "5", 3, TRUE);
  assert_reference (one, "r 2 !4;s 1 !5", HONE_REFERENCE_LABELLED, "4", 2, TRUE);
  assert_reference (one, "a 1 3;r 2 !4;r 3 -", HONE_REFERENCE_LABELLED, "3", 1, FALSE);
}

static void
test_several (void)
{
  const HoneChoice several = HONE_CHOICE_SEVERAL;

  assert_reference (several, "a 1 12", HONE_REFERENCE_LABELLED, "12", 1, FALSE);
  assert_reference (several, "a 1 12;b 1 21", HONE_REFERENCE_LABELLED, "12", 2, FALSE);
  assert_reference (several, "a 1 12;b 1 13", HONE_REFERENCE_DISPUTED, NULL, 2, TRUE);
  assert_reference (several, "a 1 12;b 1 13;c 1 1", HONE_REFERENCE_LABELLED, "1", 3, TRUE);
  assert_reference (several, "a 1 12;b 1 123;c 1 3", HONE_REFERENCE_LABELLED, "123", 3, TRUE);
  assert_reference (several, "a 1 1;b 1 2;c 1 3", HONE_REFERENCE_DISPUTED, NULL, 3, TRUE);
  assert_reference (several, "a 1 12;b 1 13;r 1 !4", HONE_REFERENCE_LABELLED, "4", 3, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/reference/one", test_one);
  g_test_add_func ("/core/reference/newest", test_newest);
  g_test_add_func ("/core/reference/review", test_review);
  g_test_add_func ("/core/reference/several", test_several);
  return g_test_run ();
}
