/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "core/hone-random.h"
#include "hone-calibration.h"

static void
test_softmax (void)
{
  double scores[] = { 0, log (3), -INFINITY }, p[3];

  hone_calibration_softmax (scores, 3, 1, 0, p);
  g_assert_cmpfloat_with_epsilon (p[0], 0.25, 1e-12);
  g_assert_cmpfloat_with_epsilon (p[1], 0.75, 1e-12);
  hone_calibration_softmax (scores, 3, 1, 0.2, p);
  g_assert_cmpfloat_with_epsilon (p[0], 0.2, 1e-12);
  g_assert_cmpfloat_with_epsilon (p[1], 0.6, 1e-12);
  g_assert_cmpfloat_with_epsilon (p[2], 0.2, 1e-12);
}

static void
test_softmax_extremes (void)
{
  double far[] = { 1e6, -1e6 }, none[] = { -INFINITY, -INFINITY }, p[2];

  hone_calibration_softmax (far, 2, 100, 0, p);
  g_assert_cmpfloat (p[0], ==, 1);
  g_assert_cmpfloat (p[1], ==, 0);
  hone_calibration_softmax (none, 2, 1, 0.1, p);
  g_assert_cmpfloat (p[0] + p[1], ==, 1);
}

enum { N = 4000, K = 3 };

static double scores[N * K];
static guint8 members[N * K];
static double weights[N];

/* Categories drawn from the softmax of 2.5 times the scores: that is the sharpness to be found. */
static void
draw_one (double sharpness)
{
  HoneRandom random;

  hone_random_init (&random, 3);
  for (guint i = 0; i < N; i++)
    {
      double p[K], u = hone_random_unit (&random);

      weights[i] = 1;
      for (guint c = 0; c < K; c++)
        {
          scores[i * K + c] = 2 * hone_random_unit (&random) - 1;
          members[i * K + c] = 0;
        }
      hone_calibration_softmax (scores + i * K, K, sharpness, 0, p);
      members[i * K + (u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2)] = 1;
    }
}

static void
test_sharpness (void)
{
  HoneHeldOutScores held_out = { N, K, scores, members, weights };

  draw_one (2.5);
  g_assert_cmpfloat_with_epsilon (hone_calibration_sharpness (&held_out), 2.5, 0.2);
}

/* Nothing, or a few texts that are all right: the sharpness stays where it can be. */
static void
test_sharpness_few (void)
{
  HoneHeldOutScores held_out = { 0, K, scores, members, weights };
  double sharpness;

  draw_one (1);
  g_assert_cmpfloat_with_epsilon (hone_calibration_sharpness (&held_out), 1, 1e-3);
  for (guint c = 0; c < K; c++)
    {
      scores[c] = c == 1;
      members[c] = c == 1;
    }
  held_out.n_texts = 1;
  sharpness = hone_calibration_sharpness (&held_out);
  g_assert_true (sharpness > 1 && sharpness < 10);
  scores[1] = -INFINITY;    /* the truth was never seen: says nothing */
  g_assert_cmpfloat_with_epsilon (hone_calibration_sharpness (&held_out), 1, 1e-3);
}

static void
test_sigmoids (void)
{
  HoneHeldOutScores held_out = { N, K, scores, members, weights };
  HoneSigmoid sigmoids[K];
  HoneRandom random;

  hone_random_init (&random, 4);
  for (guint i = 0; i < N; i++)
    for (guint c = 0; c < K; c++)
      {
        double score = 4 * hone_random_unit (&random) - 2;

        scores[i * K + c] = score;
        members[i * K + c] = c == 2 ? 0 : hone_random_unit (&random) < 1 / (1 + exp (-(3 * score - 1)));
        weights[i] = 1;
      }
  hone_calibration_sigmoids (&held_out, sigmoids);
  for (guint c = 0; c < 2; c++)
    {
      g_assert_cmpfloat_with_epsilon (sigmoids[c].slope, 3, 0.3);
      g_assert_cmpfloat_with_epsilon (sigmoids[c].intercept, -1, 0.2);
      g_assert_true (sigmoids[c].threshold > 0.2 && sigmoids[c].threshold < 0.6);   /* F1 is best below a half */
    }
  /* No text of the category: improbable whatever the score. */
  for (double score = -3; score <= 3; score++)
    {
      double p = hone_calibration_sigmoid (&sigmoids[2], score);

      g_assert_true (p >= 0 && p < 0.05);
    }
}

/* A score that means the opposite, and none at all. */
static void
test_sigmoids_odd (void)
{
  double s[] = { 1, 2, 3, 4, -1, -2, -3, -4 }, w[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
  guint8 m[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
  HoneHeldOutScores held_out = { 8, 1, s, m, w };
  HoneSigmoid sigmoid;

  hone_calibration_sigmoids (&held_out, &sigmoid);
  g_assert_cmpfloat (hone_calibration_sigmoid (&sigmoid, 5), >=, hone_calibration_sigmoid (&sigmoid, -5));
  held_out.n_texts = 0;
  hone_calibration_sigmoids (&held_out, &sigmoid);
  g_assert_true (isfinite (hone_calibration_sigmoid (&sigmoid, 1e300)));
  g_assert_true (isfinite (hone_calibration_sigmoid (&sigmoid, -INFINITY)));
  g_assert_true (sigmoid.threshold > 0 && sigmoid.threshold < 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/calibration/softmax", test_softmax);
  g_test_add_func ("/engine/calibration/softmax-extremes", test_softmax_extremes);
  g_test_add_func ("/engine/calibration/sharpness", test_sharpness);
  g_test_add_func ("/engine/calibration/sharpness-few", test_sharpness_few);
  g_test_add_func ("/engine/calibration/sigmoids", test_sigmoids);
  g_test_add_func ("/engine/calibration/sigmoids-odd", test_sigmoids_odd);
  return g_test_run ();
}
