/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls of a window, and the list that it shows. */
#include "config.h"

#include "hone-example-list.h"
#include "test-support.h"

#define N 450      /* more than a first part */

static HoneStore *
make_store (const char *path)
{
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  Row rows[N];
  char texts[N][24];

  for (guint i = 0; i < N; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "text %u", i);
      rows[i] = (Row) { NULL, texts[i], i % 3 ? HONE_SPLIT_TRAIN : HONE_SPLIT_VALIDATION, 0 };
    }
  import_rows (store, rows, N, NULL, NULL);
  return store;
}

static void
fill (HoneExampleList *list)
{
  while (hone_example_list_get_filling (list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (hone_example_list_get_error (list));
}

/* The sum of what was told. */
static void
add_change (GListModel *list,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    n)
{
  *(guint *) n += added - removed;
  g_assert_cmpuint (*(guint *) n, ==, g_list_model_get_n_items (list));
}

static void
test_fills (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = make_store (path);
  HoneExampleList *list = hone_example_list_new (store);
  HoneFilter filter = HONE_FILTER_ALL;
  guint n = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (add_change), &n);
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED);
  g_assert_cmpuint (n, ==, 0);                 /* nothing waits for the disk */
  fill (list);
  g_assert_cmpuint (n, ==, N);
  for (guint i = 0; i < N; i++)
    g_assert_cmpint (hone_example_list_get_id (list, i), ==, i + 1);
  g_assert_cmpint (hone_example_list_get_id (list, N), ==, 0);

  /* The first answer is dropped: the second query counts. */
  hone_example_list_set_query (list, &filter, HONE_QUEUE_RANDOM);
  filter.split = HONE_SPLIT_VALIDATION;
  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED);
  fill (list);
  g_assert_cmpuint (n, ==, N / 3);
  g_assert_cmpint (hone_example_list_get_id (list, 1), ==, 4);
  g_object_unref (list);
  close_store (store);
  remove_project (path);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    n)
{
  ++*(guint *) n;
}

static void
test_items (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = make_store (path);
  HoneExampleList *list = hone_example_list_new (store);
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(HoneExampleItem) first = NULL, again = NULL, last = NULL;
  const gint64 gone = N;
  guint n_first = 0, n_last = 0;

  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED);
  fill (list);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  again = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (first == again);
  g_assert_null (hone_example_item_get_example (first));
  g_signal_connect (first, "notify::loaded", G_CALLBACK (count_notify), &n_first);
  while (n_first == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (hone_example_item_get_example (first)->text, ==, "text 0");

  /* A label elsewhere: the item tells. */
  add_label (store, 1, "ana", 2, HONE_ORIGIN_HUMAN);
  hone_example_list_reload (list, 1);
  while (n_first == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hone_example_item_get_example (first)->reference_state, ==, HONE_REFERENCE_LABELLED);

  /* A text that is gone when its page is read. */
  g_assert_cmpint (hone_store_delete_examples (store, &gone, 1, NULL), >, 0);
  last = g_list_model_get_item (G_LIST_MODEL (list), N - 1);
  g_signal_connect (last, "notify::loaded", G_CALLBACK (count_notify), &n_last);
  while (n_last == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (hone_example_item_get_example (last));
  g_assert_cmpint (hone_example_item_get_id (last), ==, N);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), N));

  g_object_unref (list);      /* items outlive it */
  close_store (store);
  remove_project (path);
}

/* Gone while its answers are on their way. */
static void
test_gone (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = make_store (path);
  HoneExampleList *list = hone_example_list_new (store);
  HoneFilter filter = HONE_FILTER_ALL;
  HoneExampleItem *item;

  hone_example_list_set_query (list, &filter, HONE_QUEUE_IMPORTED);
  fill (list);
  item = g_list_model_get_item (G_LIST_MODEL (list), 7);
  hone_example_list_set_query (list, &filter, HONE_QUEUE_RANDOM);
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_object_unref (list);
  g_assert_null (list);
  g_object_unref (item);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  close_store (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_project (path);
}

/* ---- calls ---- */

static gpointer
give_label (HoneStore     *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + GPOINTER_TO_INT (data) % 3);
  HoneLabel label = { .example_id = 1, .author = (char *) "ana", .categories = set };

  return GINT_TO_POINTER ((int) hone_store_add_label (store, &label, error));
}

static void
label_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GError) error = NULL;
  int id = GPOINTER_TO_INT (hone_store_call_finish (HONE_STORE (source), result, &error));

  g_assert_no_error (error);
  g_array_append_val (data, id);
}

static void
fail_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_assert_null (hone_store_call_finish (HONE_STORE (source), result, data));
}

/* Writes keep their order; what is cancelled before it began does nothing; what was written is never called cancelled. */
static void
test_calls (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(GCancellable) cancelled = g_cancellable_new (), late = g_cancellable_new ();
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GPtrArray) labels = NULL;
  g_autoptr(GError) error = NULL;
  HoneStore *store = make_store (path);

  for (int i = 0; i < 20; i++)
    hone_store_call_async (store, HONE_LANE_WRITE, give_label, GINT_TO_POINTER (i), NULL, NULL, NULL, label_cb, ids);
  g_cancellable_cancel (cancelled);
  hone_store_call_async (store, HONE_LANE_WRITE, give_label, GINT_TO_POINTER (99), NULL, NULL, cancelled, fail_cb, &error);
  while (!error)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (ids->len < 20)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 1; i < ids->len; i++)
    g_assert_cmpint (g_array_index (ids, int, i), >, g_array_index (ids, int, i - 1));
  labels = hone_store_list_labels (store, 1, NULL);
  g_assert_cmpuint (labels->len, ==, 20);

  g_array_set_size (ids, 0);
  hone_store_call_async (store, HONE_LANE_WRITE, give_label, GINT_TO_POINTER (1), NULL, NULL, late, label_cb, ids);
  for (guint n = 20; n == 20; n = labels->len)
    {
      g_ptr_array_unref (labels);
      labels = hone_store_list_labels (store, 1, NULL);
    }
  g_cancellable_cancel (late);
  while (ids->len == 0)
    g_main_context_iteration (NULL, TRUE);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/example-list/fills", test_fills);
  g_test_add_func ("/store/example-list/items", test_items);
  g_test_add_func ("/store/example-list/gone", test_gone);
  g_test_add_func ("/store/example-list/calls", test_calls);
  return g_test_run ();
}
