/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-random.h"
#include "hone-tally.h"

static void
add (HoneTally   *tally,
     guint        reference,
     HoneOutcome  outcome,
     guint        answer,
     gint64       count)
{
  g_autoptr(HoneCategorySet) a = hone_category_set_new_single (reference);
  g_autoptr(HoneCategorySet) b = hone_category_set_new_single (answer);

  hone_tally_add (tally, a, outcome, b, count);
}

static void
test_order (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  const HoneTallyCell *cells;
  gsize n;

  add (tally, 2, HONE_OUTCOME_OUT_OF_SET, 7, 3);
  add (tally, 2, HONE_OUTCOME_OUT_OF_SET, 8, 2);        /* the answer of one who did not answer is nothing */
  add (tally, 1, HONE_OUTCOME_ANSWERED, 9, 1);
  add (tally, 1, HONE_OUTCOME_ABSTAINED, 1, 4);
  add (tally, 1, HONE_OUTCOME_ANSWERED, 3, 6);
  cells = hone_tally_get_cells (tally, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (cells[0].count, ==, 6);
  g_assert_cmpuint (cells[1].count, ==, 1);
  g_assert_cmpuint (cells[2].count, ==, 4);
  g_assert_null (cells[2].answer);
  g_assert_cmpuint (cells[3].count, ==, 5);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, 16);
}

/* Labels change at random; what is left is what a tally made afresh of the last state holds. */
static void
test_changes (void)
{
  g_autoptr(HoneTally) moving = hone_tally_new ();
  g_autoptr(HoneTally) fresh = hone_tally_new ();
  const HoneTallyCell *a, *b;
  guint references[500] = { 0 };
  HoneRandom random;
  gsize n_a, n_b;

  hone_random_init (&random, 1);
  for (guint round = 0; round < 20000; round++)
    {
      guint i = hone_random_below (&random, 500);
      guint next = 1 + hone_random_below (&random, 6);

      if (references[i] != 0)
        add (moving, references[i], HONE_OUTCOME_ANSWERED, 1 + i % 6, -1);
      add (moving, next, HONE_OUTCOME_ANSWERED, 1 + i % 6, 1);
      references[i] = next;
    }
  for (guint i = 0; i < 500; i++)
    add (fresh, references[i], HONE_OUTCOME_ANSWERED, 1 + i % 6, 1);

  a = hone_tally_get_cells (moving, &n_a);
  b = hone_tally_get_cells (fresh, &n_b);
  g_assert_cmpuint (n_a, ==, n_b);
  for (gsize i = 0; i < n_a; i++)
    {
      g_assert_true (hone_category_set_equal (a[i].reference, b[i].reference));
      g_assert_true (hone_category_set_equal (a[i].answer, b[i].answer));
      g_assert_cmpuint (a[i].count, ==, b[i].count);
    }
  g_assert_cmpuint (hone_tally_get_n (moving), ==, 500);
}

static void
test_taken_back (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  gsize n;

  add (tally, 1, HONE_OUTCOME_ANSWERED, 2, 3);
  add (tally, 1, HONE_OUTCOME_ANSWERED, 2, -3);
  add (tally, 1, HONE_OUTCOME_ANSWERED, 2, 0);
  hone_tally_get_cells (tally, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, 0);
}

static void
test_left_out (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();

  hone_tally_left_out (tally)->disputed += 2;
  hone_tally_left_out (tally)->failed++;
  g_assert_cmpuint (hone_tally_left_out (tally)->disputed, ==, 2);
  g_assert_cmpuint (hone_tally_left_out (tally)->missing, ==, 0);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/tally/order", test_order);
  g_test_add_func ("/core/tally/changes", test_changes);
  g_test_add_func ("/core/tally/taken-back", test_taken_back);
  g_test_add_func ("/core/tally/left-out", test_left_out);
  return g_test_run ();
}
