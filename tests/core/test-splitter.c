/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "hone-random.h"
#include "hone-splitter.h"

static void
test_parse (void)
{
  static const char * const bad[] = {
    "", "80", "80/10", "80/10/20", "80/10/5/5", "a/b", "80/-10/30", "inf/0", "nan/100", "0x50/20", "1e2/0", "80//20",
    "80/20/", "100.0.0/0", ".5/99.5", "80/20 %", "999999999999/1", "33.3/33.3/33.3",
  };
  HoneShares shares;
  g_autoptr(GError) error = NULL;

  g_assert_true (hone_shares_parse ("80/10/10", &shares, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (shares.share[HONE_SPLIT_TRAIN], 0.8, 1e-12);
  g_assert_cmpfloat_with_epsilon (shares.share[HONE_SPLIT_VALIDATION], 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (shares.share[HONE_SPLIT_TEST], 0.1, 1e-12);

  g_assert_true (hone_shares_parse (" 62.5 / 37.5", &shares, &error));
  g_assert_cmpfloat (shares.share[HONE_SPLIT_VALIDATION], ==, 0.375);
  g_assert_cmpfloat (shares.share[HONE_SPLIT_TEST], ==, 0.0);
  g_assert_true (hone_shares_parse ("0/100", &shares, &error));

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (hone_shares_parse (bad[i], &shares, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }
  g_assert_cmpfloat (shares.share[HONE_SPLIT_VALIDATION], ==, 1.0);     /* untouched by all of these */
}

/* For any shares and seed, at every moment and in every stratum: no count is one or more away from its share. */
static void
test_quota (void)
{
  HoneRandom random;

  hone_random_init (&random, 1);
  for (guint round = 0; round < 400; round++)
    {
      double a = round % 5 == 0 ? 0.0 : hone_random_unit (&random);
      double b = hone_random_unit (&random), c = round % 3 == 0 ? 0.0 : hone_random_unit (&random);
      HoneShares shares = { { a / (a + b + c), b / (a + b + c), c / (a + b + c) } };
      g_autoptr(HoneSplitter) splitter = hone_splitter_new (&shares, round);
      guint counts[HONE_N_SPLITS] = { 0 };

      for (guint n = 1; n <= 500; n++)
        {
          counts[hone_splitter_next (splitter, round)]++;
          for (guint r = 0; r < HONE_N_SPLITS; r++)
            g_assert_cmpfloat (fabs (counts[r] - shares.share[r] * n), <, 1.0);
        }
    }
}

/* What one stratum gets does not depend on how its examples are mixed with others, nor on a pause between. */
static void
test_interleaving (void)
{
  HoneShares shares = { { 0.7, 0.2, 0.1 } };
  g_autoptr(HoneSplitter) mixed = hone_splitter_new (&shares, 5);
  g_autoptr(HoneSplitter) alone = hone_splitter_new (&shares, 5);
  g_autoptr(HoneSplitter) later = hone_splitter_new (&shares, 5);
  HoneSplit roles[300];
  guint counts[HONE_N_SPLITS] = { 0 };

  for (guint i = 0; i < 300; i++)
    {
      hone_splitter_next (mixed, 100 + i % 7);
      roles[i] = hone_splitter_next (mixed, 1);
      hone_splitter_next (mixed, 0);
    }
  for (guint i = 0; i < 300; i++)
    {
      g_assert_cmpint (hone_splitter_next (alone, 1), ==, roles[i]);
      if (i < 150)
        counts[roles[i]]++;
    }

  for (guint r = 0; r < HONE_N_SPLITS; r++)
    hone_splitter_count (later, 1, (HoneSplit) r, counts[r]);
  for (guint i = 150; i < 300; i++)
    g_assert_cmpint (hone_splitter_next (later, 1), ==, roles[i]);
}

/* No role stands at a fixed place: the first of a stratum is dealt by the shares, and seeds differ. */
static void
test_chance (void)
{
  HoneShares shares = { { 0.5, 0.3, 0.2 } };
  guint first[HONE_N_SPLITS] = { 0 }, fourth[HONE_N_SPLITS] = { 0 };
  const guint n = 20000;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(HoneSplitter) splitter = hone_splitter_new (&shares, i);

      first[hone_splitter_next (splitter, 1)]++;
      hone_splitter_next (splitter, 1);
      hone_splitter_next (splitter, 1);
      fourth[hone_splitter_next (splitter, 1)]++;
    }
  for (guint r = 0; r < HONE_N_SPLITS; r++)
    {
      g_assert_cmpfloat (fabs (first[r] - shares.share[r] * n), <, 5.0 * sqrt (n * 0.25));
      g_assert_cmpuint (fourth[r], >, 0);
    }
}

/* A file came with roles of its own: new examples fill up what those lack, and none are taken away. */
static void
test_going_on (void)
{
  HoneShares shares = { { 0.8, 0.1, 0.1 } };
  g_autoptr(HoneSplitter) splitter = hone_splitter_new (&shares, 3);
  guint counts[HONE_N_SPLITS] = { 100, 0, 0 };

  hone_splitter_count (splitter, 2, HONE_SPLIT_TRAIN, 100);
  for (guint n = 101; n <= 1000; n++)
    {
      HoneSplit role = hone_splitter_next (splitter, 2);

      if (n <= 120)
        g_assert_cmpint (role, !=, HONE_SPLIT_TRAIN);
      counts[role]++;
    }
  for (guint r = 0; r < HONE_N_SPLITS; r++)
    g_assert_cmpfloat (fabs (counts[r] - shares.share[r] * 1000), <, 1.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/splitter/parse", test_parse);
  g_test_add_func ("/core/splitter/quota", test_quota);
  g_test_add_func ("/core/splitter/interleaving", test_interleaving);
  g_test_add_func ("/core/splitter/chance", test_chance);
  g_test_add_func ("/core/splitter/going-on", test_going_on);
  return g_test_run ();
}
