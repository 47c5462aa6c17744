/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <math.h>

#include "reports/hone-report-text.h"

static void
check (char       *text,
       const char *wanted)
{
  g_assert_cmpstr (text, ==, wanted);
  g_free (text);
}

/* The check value of the design: 800 examples, 671 unequal, shown as 16.1 %. */
static void
test_numbers (void)
{
  HoneEstimate estimate = { 0.16125, 0.13737, 0.18838 }, undefined = { NAN, NAN, NAN }, point = { 0.125, NAN, NAN };

  check (hone_report_format_share (0.16125), "16.1 %");
  check (hone_report_format_estimate (HONE_MEASURE_IOU_SCORE, &estimate), "16.1 % (13.7–18.8)");
  check (hone_report_format_estimate (HONE_MEASURE_KAPPA, &undefined), "–");
  check (hone_report_format_estimate (HONE_MEASURE_KAPPA, &point), "0.125");
  check (hone_report_format_p (0.019520472782460274), "p = 0.020");
  check (hone_report_format_p (0.0004), "p < 0.001");
  check (hone_report_format_p (NAN), "–");
}

static void
test_mcnemar_words (void)
{
  check (hone_report_format_mcnemar (13, 29, 0.019520472782460274), "better, p = 0.020");
  check (hone_report_format_mcnemar (29, 13, 0.019520472782460274), "worse, p = 0.020");
  check (hone_report_format_mcnemar (5, 7, 0.774), "not distinguishable, p = 0.774");
}

static void
test_left_out (void)
{
  HoneLeftOut none = { 0 }, some = { .unlabelled = 3, .failed = 1 };

  g_assert_null (hone_report_format_left_out (&none));
  check (hone_report_format_left_out (&some), "3 without a label, 1 failed");
  g_assert_cmpuint (hone_report_count_left_out (&some), ==, 4);
  g_assert_cmpstr (hone_report_reason_key (0), ==, "no-label");
  g_assert_cmpstr (hone_report_reason_key (4), ==, "trained");
}

static void
test_time (void)
{
  check (hone_report_format_time (G_GINT64_CONSTANT (1714564800000000)), "2024-05-01T12:00:00Z");
  g_assert_null (hone_report_format_time (0));
}

int
main (int    argc,
      char **argv)
{
  /* Where a comma separates decimals, reports have a point all the same. */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/text/numbers", test_numbers);
  g_test_add_func ("/reports/text/mcnemar", test_mcnemar_words);
  g_test_add_func ("/reports/text/left-out", test_left_out);
  g_test_add_func ("/reports/text/time", test_time);
  return g_test_run ();
}
