/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/hone-selection.h"

static void
count (guint *n)
{
  ++*n;
}

static void
test_notify (void)
{
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  const char * const names[] = { "iteration", "measure", "order" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);
      guint n = 0;

      g_signal_connect_swapped (selection, signal, G_CALLBACK (count), &n);
      g_object_set (selection, names[i], i == 0 ? G_GINT64_CONSTANT (2) : 2, NULL);
      if (i == 0)
        g_object_set (selection, names[i], G_GINT64_CONSTANT (2), NULL);
      else
        g_object_set (selection, names[i], 2, NULL);
      g_assert_cmpuint (n, ==, 1);
      g_signal_handlers_disconnect_by_func (selection, count, &n);
    }
  g_assert_cmpint (hone_selection_get_iteration (selection), ==, 2);
  g_assert_cmpint (hone_selection_get_measure (selection), ==, 2);
  g_assert_cmpint (hone_selection_get_order (selection), ==, 2);
}

static void
test_filter (void)
{
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (3);
  HoneFilter filter = HONE_FILTER_ALL;
  char words[] = "rates";
  guint n = 0;

  g_signal_connect_swapped (selection, "filter-changed", G_CALLBACK (count), &n);
  filter.split = HONE_SPLIT_VALIDATION;
  filter.reference = set;
  filter.answer = set;
  filter.outcome = HONE_OUTCOME_ANSWERED;
  filter.iteration_id = 4;
  filter.search = words;
  hone_selection_set_filter (selection, &filter);
  hone_selection_set_filter (selection, &filter);
  g_assert_cmpuint (n, ==, 1);
  words[0] = 'd';
  g_assert_cmpstr (hone_selection_get_filter (selection)->search, ==, "rates");

  /* Another iteration: the same question about its predictions; none: only what does not speak of predictions stays. */
  hone_selection_set_iteration (selection, 5);
  g_assert_cmpint (hone_selection_get_filter (selection)->iteration_id, ==, 5);
  g_assert_nonnull (hone_selection_get_filter (selection)->answer);
  hone_selection_set_iteration (selection, 0);
  g_assert_cmpint (hone_selection_get_filter (selection)->iteration_id, ==, 0);
  g_assert_cmpint (hone_selection_get_filter (selection)->outcome, ==, -1);
  g_assert_null (hone_selection_get_filter (selection)->answer);
  g_assert_cmpint (hone_selection_get_filter (selection)->split, ==, HONE_SPLIT_VALIDATION);
  g_assert_true (hone_category_set_equal (hone_selection_get_filter (selection)->reference, set));
  g_assert_cmpuint (n, ==, 3);
}

/* Filters of two cells of a flip ledger are not the same, and choosing another iteration leaves them as they are. */
static void
test_flips (void)
{
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  HoneFilterScored first[] = { { 1, 0 }, { 2, 1 } }, second[] = { { 1, 0 }, { 2, 0 } };
  g_autoptr(GArray) fixed = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *first), first, 2);
  g_autoptr(GArray) same = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *first), first, 2);
  g_autoptr(GArray) wrong = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *first), second, 2);
  HoneFilter filter = HONE_FILTER_ALL;
  guint n = 0;

  g_signal_connect_swapped (selection, "filter-changed", G_CALLBACK (count), &n);
  filter.scored_by = fixed;
  hone_selection_set_filter (selection, &filter);
  filter.scored_by = same;
  hone_selection_set_filter (selection, &filter);
  hone_selection_set_iteration (selection, 5);
  g_assert_cmpuint (n, ==, 1);
  filter.scored_by = wrong;
  hone_selection_set_filter (selection, &filter);
  g_assert_cmpuint (n, ==, 2);
  filter.answer_category = 3;
  hone_selection_set_filter (selection, &filter);
  filter.scored = 1;
  hone_selection_set_filter (selection, &filter);
  filter.scored_by = NULL;
  hone_selection_set_filter (selection, &filter);
  g_assert_cmpuint (n, ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/selection/notify", test_notify);
  g_test_add_func ("/ui/selection/filter", test_filter);
  g_test_add_func ("/ui/selection/flips", test_flips);
  return g_test_run ();
}
