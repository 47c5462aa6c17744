/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hone-linear-svm.h"

/* Two rows, x = 1 and x = -1, each with the bias: by symmetry w = (w, 0), and w minimises w²/2 + 2 C (1 - w)²,
 * so w = 4 C / (1 + 4 C). */
static void
test_minimum (void)
{
  HoneNode right[] = { { 1, 1, 1 }, { 2, 1, 1 }, { -1, 0, 0 } };
  HoneNode left[] = { { 1, -1, -1 }, { 2, 1, 1 }, { -1, 0, 0 } };
  HoneNode *rows[] = { right, left };
  double signs[] = { 1, -1 }, weights[2];

  hone_linear_svm_fit (rows, signs, 2, 1, 0.5, 1, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], 2.0 / 3, 0.05);
  g_assert_cmpfloat_with_epsilon (weights[1], 0, 0.05);
}

/* liblinear names the class of the first row first: signs must not follow. */
static void
test_order (void)
{
  HoneNode right[] = { { 1, 1, 1 }, { 2, 1, 1 }, { -1, 0, 0 } };
  HoneNode left[] = { { 1, -1, -1 }, { 2, 1, 1 }, { -1, 0, 0 } };
  HoneNode *rows[] = { left, right };
  double signs[] = { -1, 1 }, weights[2];

  hone_linear_svm_fit (rows, signs, 2, 1, 0.5, 1, weights);
  g_assert_cmpfloat (weights[0], >, 0);
}

/* What is drawn from rand () elsewhere changes nothing, and nothing comes out on standard output. */
static void
test_quiet_and_seeded (void)
{
  enum { N = 200 };
  HoneNode nodes[N][4];
  HoneNode *rows[N];
  double signs[N], first[3], second[3];
  FILE *file = tmpfile ();
  int saved;

  for (guint i = 0; i < N; i++)
    {
      double x = sin (i * 1.7), y = cos (i * 2.3);

      nodes[i][0] = (HoneNode) { 1, 0, x };
      nodes[i][1] = (HoneNode) { 2, 0, y };
      nodes[i][2] = (HoneNode) { 3, 0, 1 };
      nodes[i][3] = (HoneNode) { -1, 0, 0 };
      rows[i] = nodes[i];
      signs[i] = x + 0.3 * y + 0.4 * sin (i) > 0 ? 1 : -1;
    }
  fflush (stdout);
  saved = dup (STDOUT_FILENO);
  g_assert_cmpint (dup2 (fileno (file), STDOUT_FILENO), >=, 0);
  hone_linear_svm_fit (rows, signs, N, 2, 1, 5, first);
  srand (99);
  rand ();
  hone_linear_svm_fit (rows, signs, N, 2, 1, 5, second);
  fflush (stdout);
  dup2 (saved, STDOUT_FILENO);
  close (saved);
  g_assert_cmpint (lseek (fileno (file), 0, SEEK_END), ==, 0);
  fclose (file);
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/linear-svm/minimum", test_minimum);
  g_test_add_func ("/engine/linear-svm/order", test_order);
  g_test_add_func ("/engine/linear-svm/quiet-and-seeded", test_quiet_and_seeded);
  return g_test_run ();
}
