/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spellings of file-formats: each word is read back as what it was written from, and nothing else is read. */
#include "config.h"

#include "hone-types.h"

static void
test_spellings (void)
{
  HoneChoice choice;
  HoneSplit split;
  HoneOrigin origin;
  HoneOutcome outcome;

  g_assert_cmpstr (hone_choice_to_string (HONE_CHOICE_ONE), ==, "one");
  g_assert_cmpstr (hone_choice_to_string (HONE_CHOICE_SEVERAL), ==, "several");
  g_assert_cmpstr (hone_split_to_string (HONE_SPLIT_TRAIN), ==, "train");
  g_assert_cmpstr (hone_split_to_string (HONE_SPLIT_VALIDATION), ==, "validation");
  g_assert_cmpstr (hone_split_to_string (HONE_SPLIT_TEST), ==, "test");
  g_assert_cmpstr (hone_origin_to_string (HONE_ORIGIN_HUMAN), ==, "human");
  g_assert_cmpstr (hone_origin_to_string (HONE_ORIGIN_IMPORTED), ==, "imported");
  g_assert_cmpstr (hone_origin_to_string (HONE_ORIGIN_SIMULATED), ==, "simulated");
  g_assert_cmpstr (hone_origin_to_string (HONE_ORIGIN_REVIEW), ==, "review");
  g_assert_cmpstr (hone_outcome_to_string (HONE_OUTCOME_ANSWERED), ==, "answered");
  g_assert_cmpstr (hone_outcome_to_string (HONE_OUTCOME_ABSTAINED), ==, "abstained");
  g_assert_cmpstr (hone_outcome_to_string (HONE_OUTCOME_OUT_OF_SET), ==, "out-of-set");
  g_assert_cmpstr (hone_outcome_to_string (HONE_OUTCOME_FAILED), ==, "failed");

  g_assert_true (hone_choice_from_string ("several", &choice) && choice == HONE_CHOICE_SEVERAL);
  g_assert_true (hone_split_from_string ("validation", &split) && split == HONE_SPLIT_VALIDATION);
  g_assert_true (hone_origin_from_string ("review", &origin) && origin == HONE_ORIGIN_REVIEW);
  g_assert_true (hone_outcome_from_string ("out-of-set", &outcome) && outcome == HONE_OUTCOME_OUT_OF_SET);
}

static void
test_strangers (void)
{
  HoneChoice choice = HONE_CHOICE_SEVERAL;
  HoneSplit split = HONE_SPLIT_TEST;
  HoneOrigin origin;
  HoneOutcome outcome;

  g_assert_false (hone_choice_from_string ("One", &choice));
  g_assert_false (hone_choice_from_string (NULL, &choice));
  g_assert_cmpint (choice, ==, HONE_CHOICE_SEVERAL);
  g_assert_false (hone_split_from_string ("", &split));
  g_assert_cmpint (split, ==, HONE_SPLIT_TEST);
  g_assert_false (hone_origin_from_string ("reviews", &origin));
  g_assert_false (hone_outcome_from_string ("out_of_set", &outcome));
}

static void
test_set_str (void)
{
  g_autofree char *string = NULL;

  g_assert_false (hone_set_str (&string, NULL));
  g_assert_true (hone_set_str (&string, "some text"));
  g_assert_false (hone_set_str (&string, "some text"));
  g_assert_true (hone_set_str (&string, string + 5));       /* a part of itself */
  g_assert_cmpstr (string, ==, "text");
  g_assert_true (hone_set_str (&string, NULL));
  g_assert_null (string);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/types/spellings", test_spellings);
  g_test_add_func ("/core/types/strangers", test_strangers);
  g_test_add_func ("/core/types/set-str", test_set_str);
  return g_test_run ();
}
