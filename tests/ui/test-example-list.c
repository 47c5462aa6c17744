/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/hone-example-list.h"
#include "model/hone-selection.h"
#include "store/hone-store-labels.h"
#include "ui-support.h"

/* What items-changed told, applied to a plain count: must always equal the model's own. */
static void
count_changes (GListModel *list,
               guint       position,
               guint       removed,
               guint       added,
               guint      *n)
{
  g_assert_cmpuint (position + removed, <=, *n);
  *n += added - removed;
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, *n);
}

static gboolean
is_complete (gpointer list)
{
  return !hone_example_list_get_loading (list);
}

static gboolean
is_loaded (gpointer item)
{
  return hone_example_item_get_example (item) != NULL;
}

static const char *
text_at (HoneExampleList *list,
         guint            position)
{
  g_autoptr(HoneExampleItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_object_set_data_full (G_OBJECT (list), "item", g_object_ref (item), g_object_unref);
  ui_support_wait (is_loaded, item);
  return hone_example_item_get_example (item)->text;
}

static void
test_pages (void)
{
  g_autofree char *path = ui_support_new_project (1000);
  g_autoptr(HoneProject) project = ui_support_open (path);
  g_autoptr(HoneExampleList) list = hone_example_list_new (project);
  g_autoptr(HoneExampleItem) first = NULL;
  g_autoptr(HoneExampleItem) again = NULL;
  HoneFilter filter = HONE_FILTER_ALL;
  guint n = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes), &n);
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  ui_support_wait (is_complete, list);
  g_assert_cmpuint (n, ==, 1000);
  g_assert_cmpstr (text_at (list, 0), ==, "text 0");
  g_assert_cmpstr (text_at (list, 999), ==, "text 999");
  g_assert_cmpstr (text_at (list, 191), ==, "text 191");
  g_assert_cmpstr (text_at (list, 192), ==, "text 192");

  /* Who holds an item gets the same one again. */
  first = g_list_model_get_item (G_LIST_MODEL (list), 5);
  again = g_list_model_get_item (G_LIST_MODEL (list), 5);
  g_assert_true (first == again);
  g_assert_cmpuint (hone_example_list_find (list, hone_example_item_get_id (first)), ==, 5);
  g_assert_cmpuint (hone_example_list_find (list, -1), ==, G_MAXUINT);

  filter.reference_state = HONE_REFERENCE_LABELLED;
  filter.category = 2;
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  ui_support_wait (is_complete, list);
  g_assert_cmpuint (n, ==, 250);
  g_assert_cmpstr (text_at (list, 0), ==, "text 3");
  g_object_set_data (G_OBJECT (list), "item", NULL);
  ui_support_close (project);
}

/* Only the newest of several questions is answered. */
static void
test_overtaken (void)
{
  g_autofree char *path = ui_support_new_project (500);
  g_autoptr(HoneProject) project = ui_support_open (path);
  g_autoptr(HoneExampleList) list = hone_example_list_new (project);
  HoneFilter filter = HONE_FILTER_ALL;
  guint n = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes), &n);
  for (guint i = 0; i < 20; i++)
    {
      filter.category = i % 3;
      hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
      g_main_context_iteration (NULL, FALSE);
    }
  filter.category = 1;
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  ui_support_wait (is_complete, list);
  g_assert_cmpuint (n, ==, 125);
  ui_support_close (project);
}

static gpointer
label_one (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (2);
  HoneLabel label = { .example_id = *(gint64 *) data, .author = (char *) "ana", .origin = HONE_ORIGIN_HUMAN, .categories = set };

  return GSIZE_TO_POINTER (hone_store_add_label (store, &label, error));
}

static gboolean
has_251 (gpointer list)
{
  return g_list_model_get_n_items (list) == 251;
}

/* A list that is looked at follows the labels; another one catches up. */
static void
test_live (void)
{
  g_autofree char *path = ui_support_new_project (1000);
  g_autoptr(HoneProject) project = ui_support_open (path);
  g_autoptr(HoneExampleList) list = hone_example_list_new (project);
  g_autoptr(GError) error = NULL;
  HoneFilter filter = HONE_FILTER_ALL;
  gint64 unlabelled = 1;

  filter.category = 2;
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  ui_support_wait (is_complete, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 250);

  g_assert_nonnull (label_one (hone_project_get_store (project), &unlabelled, NULL, &error));
  g_assert_no_error (error);
  hone_project_changed (project, HONE_PROJECT_LABELS);
  g_assert_true (is_complete (list));
  hone_example_list_set_live (list, TRUE);
  ui_support_wait (has_251, list);
  ui_support_wait (is_complete, list);
  ui_support_close (project);
}

static void
keep_change (GListModel *list,
             guint       position,
             guint       removed,
             guint       added,
             guint      *change)
{
  change[0] = position;
  change[1] = removed;
  change[2] = added;
  change[3]++;
}

static gboolean
is_flagged (gpointer item)
{
  return hone_example_item_get_example (item)->flag;
}

/* What did not change stays where it is: same item, at its new place, with what is true now. */
static void
test_renewed (void)
{
  g_autofree char *path = ui_support_new_project (1000);
  g_autoptr(HoneProject) project = ui_support_open (path);
  HoneExampleList *list = hone_example_list_new (project);
  g_autoptr(HoneExampleItem) before = NULL;
  g_autoptr(HoneExampleItem) after = NULL;
  g_autoptr(HoneExampleItem) again = NULL;
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_project_get_store (project);
  HoneFilter filter = HONE_FILTER_ALL;
  const gint64 gone[] = { 501, 502 };
  guint change[4] = { 0 };

  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  hone_example_list_set_live (list, TRUE);
  ui_support_wait (is_complete, list);
  before = g_list_model_get_item (G_LIST_MODEL (list), 20);
  after = g_list_model_get_item (G_LIST_MODEL (list), 999);
  ui_support_wait (is_loaded, before);
  g_signal_connect (list, "items-changed", G_CALLBACK (keep_change), change);

  g_assert_true (hone_store_set_flag (store, 21, TRUE, &error));
  g_assert_no_error (error);
  hone_project_changed (project, HONE_PROJECT_LABELS);
  ui_support_wait (is_flagged, before);
  g_assert_cmpuint (change[3], ==, 0);

  g_assert_cmpint (hone_store_delete_examples (store, gone, G_N_ELEMENTS (gone), &error), >, 0);
  g_assert_no_error (error);
  hone_project_changed (project, HONE_PROJECT_EXAMPLES);
  while (!change[3])
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (change[0], ==, 500);
  g_assert_cmpuint (change[1], ==, 2);
  g_assert_cmpuint (change[2], ==, 0);
  again = g_list_model_get_item (G_LIST_MODEL (list), 997);
  g_assert_true (again == after);
  ui_support_wait (is_loaded, again);
  g_assert_cmpstr (hone_example_item_get_example (again)->text, ==, "text 999");

  /* Pages that are still being read hold the list. */
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_object_unref (list);
  while (list)
    g_main_context_iteration (NULL, TRUE);
  ui_support_close (project);
}

/* Dropping a list in the middle of reading leaves nothing behind. */
static void
test_dropped (void)
{
  g_autofree char *path = ui_support_new_project (1000);
  g_autoptr(HoneProject) project = ui_support_open (path);
  HoneExampleList *list = hone_example_list_new (project);
  g_autoptr(HoneExampleItem) item = NULL;
  HoneFilter filter = HONE_FILTER_ALL;

  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  ui_support_wait (is_complete, list);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED, 0);
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_object_unref (list);
  while (list)
    g_main_context_iteration (NULL, TRUE);
  ui_support_close (project);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/example-list/pages", test_pages);
  g_test_add_func ("/ui/example-list/overtaken", test_overtaken);
  g_test_add_func ("/ui/example-list/live", test_live);
  g_test_add_func ("/ui/example-list/renewed", test_renewed);
  g_test_add_func ("/ui/example-list/dropped", test_dropped);
  return g_test_run ();
}
