/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known answers of the published algorithms, and moments of the draws. Seeds are fixed, so a test that passes
 * once passes always; the bounds are five standard deviations. */
#include "config.h"

#include <math.h>

#include "hone-random.h"

/* xoshiro256** from state 1, 2, 3, 4: the values that the authors' C code gives. */
static void
test_known_sequence (void)
{
  const guint64 expected[] = {
    11520u, 0u, 1509978240u, 1215971899390074240u, 1216172134540287360u, 607988272756665600u,
    16172922978634559625u, 8476171486693032832u, 10595114339597558777u, 2904607092377533576u,
  };
  HoneRandom random = { { 1, 2, 3, 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (hone_random_next (&random), ==, expected[i]);
}

/* splitmix64 from 1234567, likewise. */
static void
test_known_seed (void)
{
  const guint64 expected[] = { 6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u };
  HoneRandom random;

  hone_random_init (&random, 1234567);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (random.state[i], ==, expected[i]);
}

static void
test_purposes (void)
{
  HoneRandom a, b, c, again;

  hone_random_init_for (&a, 1, "split");
  hone_random_init_for (&b, 1, "sample");
  hone_random_init_for (&c, 2, "split");
  hone_random_init_for (&again, 1, "split");
  g_assert_cmpuint (hone_random_next (&a), !=, hone_random_next (&b));
  g_assert_cmpuint (a.state[0], !=, c.state[0]);
  hone_random_next (&again);
  g_assert_cmpmem (&a, sizeof a, &again, sizeof again);
}

static void
test_below (void)
{
  const guint n = 300000;
  guint counts[6] = { 0 };
  HoneRandom random;
  guint above = 0;

  hone_random_init (&random, 1);
  for (guint i = 0; i < n; i++)
    counts[hone_random_below (&random, 6)]++;
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (fabs (counts[i] - n / 6.0), <, 5.0 * sqrt (n * 5.0 / 36.0));

  /* Of three quarters of 2^64 the plain remainder would draw the first third twice as often as the others. */
  for (guint i = 0; i < n; i++)
    {
      guint64 value = hone_random_below (&random, G_GUINT64_CONSTANT (3) << 62);

      g_assert_cmpuint (value, <, G_GUINT64_CONSTANT (3) << 62);
      above += value >= G_GUINT64_CONSTANT (1) << 62;
    }
  g_assert_cmpfloat (fabs (above - n * 2.0 / 3.0), <, 5.0 * sqrt (n * 2.0 / 9.0));
  g_assert_cmpuint (hone_random_below (&random, 1), ==, 0);
}

static void
test_unit (void)
{
  double sum = 0.0, squares = 0.0;
  const guint n = 200000;
  HoneRandom random;

  hone_random_init (&random, 2);
  for (guint i = 0; i < n; i++)
    {
      double u = hone_random_unit (&random);

      g_assert_true (u >= 0.0 && u < 1.0);
      sum += u;
      squares += u * u;
    }
  g_assert_cmpfloat (fabs (sum / n - 0.5), <, 5.0 * sqrt (1.0 / 12.0 / n));
  g_assert_cmpfloat (fabs (squares / n - 1.0 / 3.0), <, 5.0 * sqrt (4.0 / 45.0 / n));
}

static void
check_moments (HoneRandom *random,
               guint64     n,
               double      p)
{
  const guint draws = 40000;
  double mean = (double) n * p, variance = mean * (1.0 - p);
  double sum = 0.0, squares = 0.0;
  double kurtosis = 3.0 + (1.0 - 6.0 * p * (1.0 - p)) / variance;

  for (guint i = 0; i < draws; i++)
    {
      guint64 k = hone_random_binomial (random, n, p);

      g_assert_cmpuint (k, <=, n);
      sum += (double) k - mean;
      squares += ((double) k - mean) * ((double) k - mean);
    }
  g_assert_cmpfloat (fabs (sum / draws), <, 5.0 * sqrt (variance / draws));
  g_assert_cmpfloat (fabs (squares / draws - variance), <=, 5.0 * variance * sqrt ((kurtosis - 1.0) / draws));
}

static void
test_binomial_moments (void)
{
  const guint64 trials[] = { 1, 2, 10, 30, 100, 1000, 1000000, G_GUINT64_CONSTANT (1) << 40 };
  const double chances[] = { 1e-6, 0.001, 0.05, 0.3, 0.5, 0.7, 0.95, 0.9999 };
  HoneRandom random;

  hone_random_init (&random, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (chances); j++)
        check_moments (&random, trials[i], chances[j]);
    }
}

/* The whole distribution, not only its moments: chi-square against the exact chances. */
static void
check_distribution (HoneRandom *random,
                    guint       n,
                    double      p)
{
  const guint draws = 200000;
  g_autofree guint *counts = g_new0 (guint, n + 1);
  double chi = 0.0, rest_expected = 0.0, rest_found = 0.0;
  guint cells = 0;

  for (guint i = 0; i < draws; i++)
    counts[hone_random_binomial (random, n, p)]++;

  for (guint k = 0; k <= n; k++)
    {
      double expected = draws * exp (lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0) + k * log (p) + (n - k) * log1p (-p));

      if (expected < 10.0)
        {
          rest_expected += expected;
          rest_found += counts[k];
          continue;
        }
      chi += (counts[k] - expected) * (counts[k] - expected) / expected;
      cells++;
    }
  chi += (rest_found - rest_expected) * (rest_found - rest_expected) / MAX (rest_expected, 1.0);
  g_assert_cmpfloat (chi, <, cells + 5.0 * sqrt (2.0 * cells));
}

static void
test_binomial_distribution (void)
{
  HoneRandom random;

  hone_random_init (&random, 4);
  check_distribution (&random, 12, 0.4);        /* by inversion */
  check_distribution (&random, 40, 0.35);       /* by rejection, near its lower limit */
  check_distribution (&random, 500, 0.3);
  check_distribution (&random, 90, 0.8);        /* mirrored */
}

static void
test_binomial_ends (void)
{
  HoneRandom random;

  hone_random_init (&random, 5);
  g_assert_cmpuint (hone_random_binomial (&random, 0, 0.5), ==, 0);
  g_assert_cmpuint (hone_random_binomial (&random, 100, 0.0), ==, 0);
  g_assert_cmpuint (hone_random_binomial (&random, 100, 1.0), ==, 100);
}

static void
test_shuffle (void)
{
  guint counts[27] = { 0 };
  const guint n = 60000;
  HoneRandom random;

  hone_random_init (&random, 6);
  for (guint i = 0; i < n; i++)
    {
      guint8 items[3] = { 0, 1, 2 };

      hone_random_shuffle (&random, items, 3, 1);
      counts[items[0] * 9 + items[1] * 3 + items[2]]++;
    }
  for (guint i = 0; i < 27; i++)
    {
      gboolean order = i / 9 != i / 3 % 3 && i / 9 != i % 3 && i / 3 % 3 != i % 3;

      if (order)
        g_assert_cmpfloat (fabs (counts[i] - n / 6.0), <, 5.0 * sqrt (n * 5.0 / 36.0));
      else
        g_assert_cmpuint (counts[i], ==, 0);
    }
  hone_random_shuffle (&random, NULL, 0, 8);
}

static void
test_mix (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  g_assert_cmpuint (hone_random_mix (7, 42), ==, G_GUINT64_CONSTANT (0xa4e146a48f5bd1ad));   /* by an independent program */
  g_assert_cmpuint (hone_random_mix (7, 42), !=, hone_random_mix (42, 7));
  for (guint64 i = 0; i < 50000; i++)
    {
      guint64 mixed = hone_random_mix (11, i);

      g_assert_true (g_hash_table_add (seen, g_memdup2 (&mixed, sizeof mixed)));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/random/known-sequence", test_known_sequence);
  g_test_add_func ("/core/random/known-seed", test_known_seed);
  g_test_add_func ("/core/random/purposes", test_purposes);
  g_test_add_func ("/core/random/below", test_below);
  g_test_add_func ("/core/random/unit", test_unit);
  g_test_add_func ("/core/random/binomial-moments", test_binomial_moments);
  g_test_add_func ("/core/random/binomial-distribution", test_binomial_distribution);
  g_test_add_func ("/core/random/binomial-ends", test_binomial_ends);
  g_test_add_func ("/core/random/shuffle", test_shuffle);
  g_test_add_func ("/core/random/mix", test_mix);
  return g_test_run ();
}
