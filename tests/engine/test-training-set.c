/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-training-set.h"

static HoneTrainingSet *
make (guint n_categories,
      guint n)
{
  HoneTrainingSet *set = hone_training_set_new (n_categories);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 category = i % n_categories;

      hone_training_set_add (set, 100 + i, 1 + category, &category, 1);
    }
  return set;
}

static void
test_members (void)
{
  g_autoptr(HoneTrainingSet) set = hone_training_set_new (3);
  g_autoptr(HoneTrainingSet) copy = NULL;
  const guint32 both[] = { 2, 0 };
  double sums[3];
  gsize n;

  hone_training_set_add (set, 5, 2, both, 2);
  hone_training_set_add (set, 6, 0.5, NULL, 0);
  hone_training_set_add (set, 7, 1, both, 1);
  copy = hone_training_set_copy (set);
  g_assert_true (hone_training_set_has (copy, 0, 0) && hone_training_set_has (copy, 0, 2) && !hone_training_set_has (copy, 0, 1));
  hone_training_set_get (copy, 1, &n);
  g_assert_cmpuint (n, ==, 0);
  hone_training_set_sum (copy, sums);
  g_assert_cmpfloat (sums[0], ==, 2);
  g_assert_cmpfloat (sums[1], ==, 0);
  g_assert_cmpfloat (sums[2], ==, 3);
}

/* Every category and every fold as even as can be. */
static void
test_deal (void)
{
  g_autoptr(HoneTrainingSet) set = make (4, 103);
  guint8 folds[103], again[103], other[103];
  guint sizes[5] = { 0 }, counts[4][5] = { { 0 } };

  hone_training_set_deal (set, 5, 11, folds);
  for (guint i = 0; i < 103; i++)
    {
      sizes[folds[i]]++;
      counts[i % 4][folds[i]]++;
    }
  for (guint f = 0; f < 5; f++)
    {
      g_assert_true (sizes[f] == 20 || sizes[f] == 21);
      for (guint c = 0; c < 4; c++)
        g_assert_true (counts[c][f] == 5 || counts[c][f] == 6);
    }
  hone_training_set_deal (set, 5, 11, again);
  g_assert_cmpmem (folds, sizeof folds, again, sizeof again);
  hone_training_set_deal (set, 5, 12, other);
  g_assert_cmpint (memcmp (folds, other, sizeof folds), !=, 0);
}

static void
test_without (void)
{
  g_autoptr(HoneTrainingSet) set = make (2, 10);
  g_autoptr(HoneTrainingSet) part = NULL;
  guint8 folds[] = { 0, 1, 2, 0, 1, 2, 0, 1, 2, 0 };

  part = hone_training_set_new_without (set, folds, 1);
  g_assert_cmpuint (part->rows->len, ==, 7);
  g_assert_cmpuint (g_array_index (part->rows, guint32, 1), ==, 102);
  g_assert_true (hone_training_set_has (part, 1, 0));
  g_assert_cmpfloat (g_array_index (part->weights, double, 2), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/training-set/members", test_members);
  g_test_add_func ("/engine/training-set/deal", test_deal);
  g_test_add_func ("/engine/training-set/without", test_without);
  return g_test_run ();
}
