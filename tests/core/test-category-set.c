/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-category-set.h"

static void
test_contents (void)
{
  const guint ids[] = { 7, 3, 7, 1, 3 };
  g_autoptr(HoneCategorySet) set = hone_category_set_new (ids, G_N_ELEMENTS (ids));
  const guint *sorted;
  gsize n;

  sorted = hone_category_set_get_ids (set, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (hone_category_set_get_size (set), ==, 3);
  g_assert_cmpuint (sorted[0], ==, 1);
  g_assert_cmpuint (sorted[1], ==, 3);
  g_assert_cmpuint (sorted[2], ==, 7);
  g_assert_true (hone_category_set_contains (set, 7));
  g_assert_false (hone_category_set_contains (set, 2));
}

static void
test_equality (void)
{
  g_autoptr(HoneCategorySet) a = hone_category_set_new ((guint[]) { 2, 1 }, 2);
  g_autoptr(HoneCategorySet) b = hone_category_set_new ((guint[]) { 1, 2, 2 }, 3);
  g_autoptr(HoneCategorySet) c = hone_category_set_new_single (1);
  g_autoptr(HoneCategorySet) empty = hone_category_set_new (NULL, 0);

  g_assert_true (hone_category_set_equal (a, b));
  g_assert_cmpuint (hone_category_set_hash (a), ==, hone_category_set_hash (b));
  g_assert_false (hone_category_set_equal (a, c));
  g_assert_false (hone_category_set_equal (c, empty));
  g_assert_cmpuint (hone_category_set_get_size (empty), ==, 0);
}

static void
test_common (void)
{
  g_autoptr(HoneCategorySet) a = hone_category_set_new ((guint[]) { 1, 4, 9, 16 }, 4);
  g_autoptr(HoneCategorySet) b = hone_category_set_new ((guint[]) { 2, 4, 8, 16, 32 }, 5);
  g_autoptr(HoneCategorySet) empty = hone_category_set_new (NULL, 0);

  g_assert_cmpuint (hone_category_set_count_common (a, b), ==, 2);
  g_assert_cmpuint (hone_category_set_count_common (b, a), ==, 2);
  g_assert_cmpuint (hone_category_set_count_common (a, a), ==, 4);
  g_assert_cmpuint (hone_category_set_count_common (a, empty), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/category-set/contents", test_contents);
  g_test_add_func ("/core/category-set/equality", test_equality);
  g_test_add_func ("/core/category-set/common", test_common);
  return g_test_run ();
}
