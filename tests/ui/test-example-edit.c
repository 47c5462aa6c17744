/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/hone-example-edit.h"
#include "ui-support.h"

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static HoneExampleEdit *
edit (HoneProject   *project,
      HoneEditKind   kind,
      int            value,
      const gint64  *ids,
      guint          n)
{
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  HoneExampleEdit *done;

  g_array_append_vals (array, ids, n);
  hone_example_edit_async (project, kind, value, array, keep_result, &result);
  ui_support_wait (has_result, &result);
  done = hone_example_edit_finish (project, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hone_example_edit_get_kind (done), ==, kind);
  g_assert_cmpint (hone_example_edit_get_value (done), ==, value);
  return done;
}

static void
undo (HoneProject     *project,
      HoneExampleEdit *done)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  hone_example_edit_undo_async (project, done, keep_result, &result);
  ui_support_wait (has_result, &result);
  g_assert_true (hone_example_edit_undo_finish (project, result, &error));
  g_assert_no_error (error);
}

static guint64
count (HoneProject *project,
       int          split,
       int          flag)
{
  HoneFilter filter = HONE_FILTER_ALL;

  filter.split = split;
  filter.flag = flag;
  return hone_store_count (hone_project_get_store (project), &filter, NULL, NULL);
}

static void
collect_parts (HoneProject *project,
               guint        parts,
               guint       *all)
{
  *all |= parts;
}

/* Undo gives each text what it had, not one value to all. */
static void
test_undo (void)
{
  g_autofree char *path = ui_support_new_project (10);
  g_autoptr(HoneProject) project = ui_support_open (path);
  const gint64 all[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
  g_autoptr(HoneExampleEdit) some = NULL;
  g_autoptr(HoneExampleEdit) more = NULL;
  g_autoptr(HoneExampleEdit) flag = NULL;
  g_autoptr(HoneExampleEdit) gone = NULL;
  guint parts = 0;

  g_signal_connect (project, "changed", G_CALLBACK (collect_parts), &parts);
  some = edit (project, HONE_EDIT_SPLIT, HONE_SPLIT_TEST, all, 2);
  g_assert_cmpuint (hone_example_edit_get_size (some), ==, 2);
  g_assert_true (parts & HONE_PROJECT_EXAMPLES);
  more = edit (project, HONE_EDIT_SPLIT, HONE_SPLIT_VALIDATION, all, 6);
  g_assert_cmpuint (hone_example_edit_get_size (more), ==, 6);
  g_assert_cmpuint (count (project, HONE_SPLIT_VALIDATION, -1), ==, 6);
  undo (project, more);
  g_assert_cmpuint (count (project, HONE_SPLIT_TEST, -1), ==, 2);
  g_assert_cmpuint (count (project, HONE_SPLIT_TRAIN, -1), ==, 8);

  flag = edit (project, HONE_EDIT_FLAG, TRUE, all, 3);
  g_clear_pointer (&flag, hone_example_edit_unref);
  flag = edit (project, HONE_EDIT_FLAG, TRUE, all, 5);
  g_assert_cmpuint (hone_example_edit_get_size (flag), ==, 2);
  undo (project, flag);
  g_assert_cmpuint (count (project, -1, 1), ==, 3);

  gone = edit (project, HONE_EDIT_DELETE, 0, all, 10);
  g_assert_cmpuint (hone_example_edit_get_size (gone), ==, 10);
  g_assert_cmpuint (count (project, -1, -1), ==, 0);
  undo (project, gone);
  g_assert_cmpuint (count (project, HONE_SPLIT_TEST, -1), ==, 2);
  g_assert_cmpuint (count (project, -1, -1), ==, 10);
  g_assert_cmpuint (count (project, -1, 1), ==, 3);
  ui_support_close (project);
}

/* Texts that are gone by now, and edits that change nothing, are no errors. */
static void
test_nothing (void)
{
  g_autofree char *path = ui_support_new_project (4);
  g_autoptr(HoneProject) project = ui_support_open (path);
  const gint64 ids[] = { 1, 99 };
  g_autoptr(HoneExampleEdit) first = edit (project, HONE_EDIT_DELETE, 0, ids, 2);
  g_autoptr(HoneExampleEdit) second = edit (project, HONE_EDIT_DELETE, 0, ids, 2);

  g_assert_cmpuint (hone_example_edit_get_size (first), ==, 1);
  g_assert_cmpuint (hone_example_edit_get_size (second), ==, 0);
  undo (project, second);
  undo (project, first);
  g_assert_cmpuint (count (project, -1, -1), ==, 4);
  ui_support_close (project);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/example-edit/undo", test_undo);
  g_test_add_func ("/ui/example-edit/nothing", test_nothing);
  return g_test_run ();
}
