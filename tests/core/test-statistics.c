/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms against exact values; those of SciPy are in test-measures.c. */
#include "config.h"

#include <math.h>

#include "hone-measures.h"

static void
assert_near (double value,
             double expected,
             double relative)
{
  g_assert_cmpfloat (fabs (value - expected), <=, relative * fabs (expected));
}

static void
test_wilson (void)
{
  double low, high;

  hone_wilson95 (0, 0, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
  hone_wilson95 (0, 1000000, &low, &high);
  g_assert_cmpfloat (low, ==, 0.0);
  assert_near (high, 3.8414588e-6, 1e-5);       /* z²/(n + z²) */
  hone_wilson95 (1000000, 1000000, &low, &high);
  g_assert_cmpfloat (high, ==, 1.0);
}

static void
test_mcnemar (void)
{
  g_assert_cmpfloat (hone_mcnemar_exact (0, 0), ==, 1.0);
  g_assert_cmpfloat (hone_mcnemar_exact (5, 5), ==, 1.0);
  assert_near (hone_mcnemar_exact (0, 1), 1.0, 1e-12);
  assert_near (hone_mcnemar_exact (0, 6), 2.0 / 64.0, 1e-12);
  assert_near (hone_mcnemar_exact (2, 8), 2.0 * (1 + 10 + 45) / 1024.0, 1e-12);
  assert_near (hone_mcnemar_exact (8, 2), 2.0 * (1 + 10 + 45) / 1024.0, 1e-12);
  assert_near (hone_mcnemar_exact (3, 20), 2.0 * (1 + 23 + 253 + 1771) / 8388608.0, 1e-12);
}

/* Counts up to a million. The values are from whole numbers without rounding. */
static void
test_mcnemar_large (void)
{
  assert_near (hone_mcnemar_exact (900, 1100), 8.457089535503927e-06, 1e-11);
  assert_near (hone_mcnemar_exact (4000, 4300), 0.001029736761268161, 1e-11);
  assert_near (hone_mcnemar_exact (99000, 101000), 7.824328515380865e-06, 1e-11);
  assert_near (hone_mcnemar_exact (498000, 502000), 6.360933750082489e-05, 1e-11);
  assert_near (hone_mcnemar_exact (497500, 502500), 5.762541637740604e-07, 1e-11);
  g_assert_cmpfloat (hone_mcnemar_exact (0, 1000000), ==, 0.0);         /* 2^-999999 is below every double */
  g_assert_cmpfloat (hone_mcnemar_exact (499999, 500001), <=, 1.0);
  g_assert_cmpfloat (hone_mcnemar_exact (499999, 500001), >, 0.998);
}

static void
test_krippendorff (void)
{
  const int same[] = { 1, 2, 3, 1, 2, 3 };
  const int opposite[] = { 0, 1, 0, 1, 1, 0, 1, 0 };
  const int single[] = { 1, -1, 2, -1, 3, -1 };
  const int sparse[] = { 1000000, 5, 1000000, 5 };

  assert_near (hone_krippendorff_nominal (same, 2, 3), 1.0, 1e-12);
  /* Four units, all different: D_o = 1, D_e = 4·4·2/(8·7). */
  assert_near (hone_krippendorff_nominal (opposite, 2, 4), 1.0 - 56.0 / 32.0, 1e-12);
  g_assert_true (isnan (hone_krippendorff_nominal (single, 2, 3)));     /* no unit with two values */
  assert_near (hone_krippendorff_nominal (sparse, 2, 2), 1.0, 1e-12);
  g_assert_true (isnan (hone_krippendorff_nominal (NULL, 0, 0)));
}

static void
test_log_loss (void)
{
  const double even[] = { -G_LN2, -G_LN2 };
  const double certain[] = { 0.0, -INFINITY };

  assert_near (hone_measure_log_loss (even, 2), G_LN2, 1e-12);
  assert_near (hone_measure_log_loss (certain, 2), 26.0 * G_LN2, 1e-12);        /* -ln 2^-52 for one of two */
  g_assert_true (isnan (hone_measure_log_loss (NULL, 0)));
}

/* Borders belong to the lower bin: of two examples at 0.3 and 0.31 only the first is in the bin below. */
static void
test_calibration (void)
{
  const double confidence[] = { 0.3, 0.31 };
  const double tenths[] = { 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 0.0 };
  const gboolean correct[] = { TRUE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE };
  double sum = 0.9;

  assert_near (hone_measure_calibration_error (confidence, correct, 2), (0.7 + 0.31) / 2.0, 1e-12);
  for (gsize i = 1; i < 10; i++)
    sum += tenths[i];
  assert_near (hone_measure_calibration_error (tenths, correct, 11), sum / 11.0, 1e-12);       /* 0 beside 0.1 */
  g_assert_true (isnan (hone_measure_calibration_error (NULL, NULL, 0)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/statistics/wilson", test_wilson);
  g_test_add_func ("/core/statistics/mcnemar", test_mcnemar);
  g_test_add_func ("/core/statistics/mcnemar-large", test_mcnemar_large);
  g_test_add_func ("/core/statistics/krippendorff", test_krippendorff);
  g_test_add_func ("/core/statistics/log-loss", test_log_loss);
  g_test_add_func ("/core/statistics/calibration", test_calibration);
  return g_test_run ();
}
