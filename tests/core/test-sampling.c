/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "hone-sampling.h"

#define N 400

/* Of four strata: 40, 80, 120 and 160 examples; ids from 1000. */
static HoneCandidate *
make_candidates (void)
{
  HoneCandidate *candidates = g_new (HoneCandidate, N);

  for (guint i = 0; i < N; i++)
    {
      candidates[i].id = 1000 + i;
      candidates[i].stratum = i % 10 < 1 ? 11 : i % 10 < 3 ? 22 : i % 10 < 6 ? 33 : 44;
      candidates[i].confidence = i % 4 == 0 ? NAN : (i * 37 % 100) / 100.0;
    }

  return candidates;
}

static void
assert_all_different (GArray *ids)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_assert_true (g_hash_table_add (seen, &g_array_index (ids, gint64, i)));
}

static void
test_random (void)
{
  g_autofree HoneCandidate *candidates = make_candidates ();
  g_autoptr(GArray) all = hone_sample (candidates, N, N + 5, HONE_ORDER_RANDOM, 1);
  g_autoptr(GArray) some = hone_sample (candidates, N, 50, HONE_ORDER_RANDOM, 1);
  g_autoptr(GArray) other = hone_sample (candidates, N, 50, HONE_ORDER_RANDOM, 2);
  g_autoptr(GArray) none = hone_sample (NULL, 0, 50, HONE_ORDER_RANDOM, 1);
  guint same = 0, rising = 0;

  g_assert_cmpuint (all->len, ==, N);
  g_assert_cmpuint (some->len, ==, 50);
  g_assert_cmpuint (none->len, ==, 0);
  assert_all_different (all);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpint (g_array_index (all, gint64, i), ==, g_array_index (some, gint64, i));
      same += g_array_index (some, gint64, i) == g_array_index (other, gint64, i);
    }
  g_assert_cmpuint (same, <, 5);
  for (guint i = 1; i < N; i++)
    rising += g_array_index (all, gint64, i) > g_array_index (all, gint64, i - 1);
  g_assert_cmpuint (rising, >, N / 3);
  g_assert_cmpuint (rising, <, 2 * N / 3);
}

/* Fewer candidates, same order among them. */
static void
test_stable (void)
{
  g_autofree HoneCandidate *candidates = make_candidates ();
  g_autoptr(GArray) all = hone_sample (candidates, N, N, HONE_ORDER_RANDOM, 1);
  g_autoptr(GArray) half = hone_sample (candidates, N / 2, N, HONE_ORDER_RANDOM, 1);
  guint j = 0;

  for (guint i = 0; i < N; i++)
    {
      if (g_array_index (all, gint64, i) < 1000 + N / 2)
        g_assert_cmpint (g_array_index (all, gint64, i), ==, g_array_index (half, gint64, j++));
    }
  g_assert_cmpuint (j, ==, half->len);
}

static void
count_strata (const HoneCandidate *candidates,
              GArray              *ids,
              guint               *counts)
{
  for (guint i = 0; i < ids->len; i++)
    counts[candidates[g_array_index (ids, gint64, i) - 1000].stratum / 11 - 1]++;
}

static void
test_balanced (void)
{
  g_autofree HoneCandidate *candidates = make_candidates ();
  g_autoptr(GArray) few = hone_sample (candidates, N, 80, HONE_ORDER_BALANCED, 7);
  g_autoptr(GArray) odd = hone_sample (candidates, N, 82, HONE_ORDER_BALANCED, 7);
  g_autoptr(GArray) many = hone_sample (candidates, N, 340, HONE_ORDER_BALANCED, 7);
  guint of_few[4] = { 0 }, of_odd[4] = { 0 }, of_many[4] = { 0 };

  count_strata (candidates, few, of_few);
  count_strata (candidates, odd, of_odd);
  count_strata (candidates, many, of_many);
  assert_all_different (many);
  for (guint s = 0; s < 4; s++)
    {
      g_assert_cmpuint (of_few[s], ==, 20);
      g_assert_cmpuint (of_odd[s], >=, 20);
      g_assert_cmpuint (of_odd[s], <=, 21);
    }
  g_assert_cmpuint (of_many[0], ==, 40);        /* what runs out is made up for by the others */
  g_assert_cmpuint (of_many[1], ==, 80);
  g_assert_cmpuint (of_many[2], ==, 110);
  g_assert_cmpuint (of_many[3], ==, 110);
}

static void
test_uncertain (void)
{
  g_autofree HoneCandidate *candidates = make_candidates ();
  g_autoptr(GArray) ids = hone_sample (candidates, N, N, HONE_ORDER_UNCERTAIN, 7);
  double before = -1.0;
  guint rising = 0;

  for (guint i = 0; i < N; i++)
    {
      double confidence = candidates[g_array_index (ids, gint64, i) - 1000].confidence;

      if (i < 300)
        {
          g_assert_cmpfloat (confidence, >=, before);
          before = confidence;
        }
      else
        g_assert_true (isnan (confidence));
    }
  for (guint i = 301; i < N; i++)
    rising += g_array_index (ids, gint64, i) > g_array_index (ids, gint64, i - 1);
  g_assert_cmpuint (rising, <, 75);             /* at random, not by id */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/sampling/random", test_random);
  g_test_add_func ("/core/sampling/stable", test_stable);
  g_test_add_func ("/core/sampling/balanced", test_balanced);
  g_test_add_func ("/core/sampling/uncertain", test_uncertain);
  return g_test_run ();
}
