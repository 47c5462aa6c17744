/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "engine-support.h"
#include "hone-held-out.h"

static HoneTrainingSet *
labels_of (guint n)
{
  HoneTrainingSet *labels = hone_training_set_new (2);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 category = i % 2;

      hone_training_set_add (labels, i, 1 + category, &category, 1);
    }
  return labels;
}

/* Few texts: all folds. Many: fewer, as long as they give enough scores. One text alone cannot be left out, however many
 * there are without labels. */
static void
test_n_scored (void)
{
  static const struct { guint n_labels; gsize n_rows; guint n_scored; } cases[] = {
    { 1, 1, 0 }, { 1, 30000, 0 }, { 1, 200000, 0 }, { 2, 2, 2 }, { 3, 200000, 1 }, { 100, 100, 5 }, { 20000, 20000, 5 },
    { 20001, 20001, 3 }, { 60000, 60000, 1 }, { 100, 50000, 2 }, { 100, 1000000, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HoneTrainingSet) labels = labels_of (cases[i].n_labels);
      HoneNgramsWork work = { .n_categories = 2, .seed = 1 };
      g_autoptr(HoneHeldOut) held_out = hone_held_out_new (&work, labels, cases[i].n_rows);

      g_assert_cmpuint (held_out->n_scored, ==, cases[i].n_scored);
      g_assert_cmpuint (held_out->n_folds, ==, MIN (cases[i].n_labels, 5));
    }
}

static void
test_centre (void)
{
  double scores[] = { 1, 5, -INFINITY }, none[] = { -INFINITY, -INFINITY };

  hone_held_out_centre (scores, 3);
  g_assert_cmpfloat (scores[0], ==, -2);
  g_assert_cmpfloat (scores[1], ==, 2);
  g_assert_true (isinf (scores[2]));
  hone_held_out_centre (none, 2);
  g_assert_true (isinf (none[0]) && isinf (none[1]));
}

/* Four labels, all scored: deviations by hand, a score that no model gave left out, sums and weights in order. */
static void
test_sum (void)
{
  g_autoptr(HoneTrainingSet) labels = labels_of (4);
  HoneNgramsWork work = { .n_categories = 2, .seed = 1 };
  g_autoptr(HoneHeldOut) held_out = hone_held_out_new (&work, labels, 4);
  g_autofree guint8 *members = NULL;
  g_autofree double *weights = NULL;
  g_autofree double *sums = NULL;
  HoneScales scales;
  gsize n_texts;

  for (guint i = 0; i < 8; i++)
    {
      held_out->svm[i] = i % 2 == 0 ? 2 : -2;
      held_out->bayes[i] = i % 2 == 0 ? 6 : 0;
    }
  held_out->svm[7] = held_out->bayes[7] = -INFINITY;
  scales = hone_held_out_scales (held_out);
  /* 4 times 2 and 3 times -2: mean 2/7, mean square 4. 4 times 6 and 3 times 0: mean 24/7, mean square 144/7. */
  g_assert_cmpfloat_with_epsilon (scales.svm, sqrt (4 - 4.0 / 49), 1e-12);
  g_assert_cmpfloat_with_epsilon (scales.bayes, sqrt (144.0 / 7 - 576.0 / 49), 1e-12);

  sums = hone_held_out_sum (held_out, (HoneScales) { 2, 3 }, &n_texts, &members, &weights);
  g_assert_cmpuint (n_texts, ==, 4);
  g_assert_cmpfloat (sums[0], ==, 3);
  g_assert_cmpfloat (sums[1], ==, -1);
  g_assert_true (isinf (sums[7]));
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (weights[i], ==, 1 + i % 2);
      g_assert_cmpuint (members[2 * i], ==, i % 2 == 0);
      g_assert_cmpuint (members[2 * i + 1], ==, i % 2 == 1);
    }
}

/* Scores that differ by noise alone are not blown up. */
static void
test_flat (void)
{
  g_autoptr(HoneTrainingSet) labels = labels_of (4);
  HoneNgramsWork work = { .n_categories = 2, .seed = 1 };
  g_autoptr(HoneHeldOut) held_out = hone_held_out_new (&work, labels, 4);

  g_assert_cmpfloat (hone_held_out_scales (held_out).svm, ==, HONE_MIN_SCALE);
}

static void
test_adjust (void)
{
  g_autoptr(HoneTrainingSet) labels = labels_of (10);
  HoneNgramsWork work = { .n_categories = 2, .seed = 1 };
  g_autoptr(HoneHeldOut) held_out = hone_held_out_new (&work, labels, 10);
  const double offsets[] = { 10, 20 };

  for (guint i = 0; i < 20; i++)
    held_out->svm[i] = held_out->bayes[i] = 8;
  hone_held_out_adjust (held_out, 2, (HoneScales) { 2, 4 }, offsets);
  for (guint i = 0; i < 20; i++)
    {
      gboolean changed = held_out->folds[i / 2] == 2;

      g_assert_cmpfloat (held_out->svm[i], ==, changed ? 4 + offsets[i % 2] : 8);
      g_assert_cmpfloat (held_out->bayes[i], ==, changed ? 2 : 8);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/held-out/n-scored", test_n_scored);
  g_test_add_func ("/engine/held-out/centre", test_centre);
  g_test_add_func ("/engine/held-out/sum", test_sum);
  g_test_add_func ("/engine/held-out/flat", test_flat);
  g_test_add_func ("/engine/held-out/adjust", test_adjust);
  return g_test_run ();
}
