/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long works between whose slices people label, and which end after any of them: every slice is one step here. */
#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "hone-fault-vfs.h"
#include "store-works.h"

/* ---- labels between the slices ---- */

typedef struct {
  guint  n_slices, n_labels;
  gint64 iteration;       /* not to be seen yet */
} Watch;

/* A label below the mark of whatever is going on, one above it, and a text that changes its role; the counts are right each time. */
static void
label_between (gpointer data,
               gpointer user_data)
{
  HoneStore *store = data;
  Watch *watch = user_data;
  const gint64 ids[] = { 1 + watch->n_slices % N_OLD, N_OLD - watch->n_slices % N_OLD };
  gint64 moved = 1 + (7 * watch->n_slices) % N_OLD;

  watch->n_slices++;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(HoneExample) example = get_example (store, ids[i]);

      if (!example)
        continue;
      add_label (store, ids[i], "ana", 1 + (watch->n_slices + i) % 3, HONE_ORIGIN_HUMAN);
      watch->n_labels++;
    }
  if (watch->iteration)
    {
      g_autoptr(HoneTally) tally = hone_store_get_tally (store, watch->iteration, HONE_SPLIT_VALIDATION, NULL);

      g_assert_false (hone_store_has_predictions (store, watch->iteration, HONE_SPLIT_VALIDATION, NULL, NULL));
      g_assert_cmpuint (hone_tally_get_n (tally), ==, 0);
      g_assert_true (hone_store_set_split (store, &moved, 1, moved % 3 ? HONE_SPLIT_VALIDATION : HONE_SPLIT_TEST, NULL));
    }
  if (watch->n_slices % 5 == 0 || watch->n_slices < 10)
    check_store (store);
}

static void
test_labels_between (gconstpointer data)
{
  const LongWork *work = data;
  g_autofree char *path = new_path ();
  g_autoptr(GError) error = NULL;
  Watch watch = { 0 };
  HoneStore *store;

  make_full_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_true (!work->before || work->before (store, &error));
  _hone_store_watch_slices (store, label_between, &watch);
  g_assert_true (work->work (store, &error));
  g_assert_no_error (error);
  _hone_store_watch_slices (store, NULL, NULL);
  g_assert_cmpuint (watch.n_slices, >, 2);
  close_store (store);
  remove_project (path);
}

/* Publishing, with everything that moves an example between its slices; then the counts equal the examples one by one. */
static void
test_publish (void)
{
  g_autofree char *path = new_path ();
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneTally) tally = NULL;
  g_autoptr(GArray) scored = NULL;
  Watch watch = { 0 };
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);

  import_numbered (store, "many", 2500);
  watch.iteration = add_iteration (store, "x", TRUE);
  predict_all (store, watch.iteration, 0);
  _hone_store_watch_slices (store, label_between, &watch);
  g_assert_true (hone_store_publish_predictions (store, watch.iteration, HONE_SPLIT_TRAIN, &error));
  g_assert_cmpuint (watch.n_slices, >, 10);     /* 2,500 answers, 200 at a time */
  watch.n_slices = 0;
  g_assert_true (hone_store_has_predictions (store, watch.iteration, HONE_SPLIT_TRAIN, NULL, NULL));

  tally = hone_store_get_tally (store, watch.iteration, HONE_SPLIT_TRAIN, &error);
  scored = hone_store_list_scored (store, watch.iteration, HONE_SPLIT_TRAIN, &error);
  g_assert_cmpuint (hone_tally_get_n (tally), >, 0);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, scored->len);
  _hone_store_watch_slices (store, NULL, NULL);
  close_store (store);
  remove_project (path);
}

/* ---- ends after any slice ---- */

static guint slices_left;

static void
die_at_last (gpointer data,
             gpointer user_data)
{
  if (--slices_left == 0)
    _exit (77);
}

/* In a process of its own, which ends without a word after @n slices. Returns whether it got so far. */
static gboolean
die_after (const char     *path,
           const LongWork *work,
           guint           n)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      HoneStore *store = hone_store_open (path, HONE_STORE_WRITE, NULL);

      slices_left = n;
      _hone_store_watch_slices (store, die_at_last, NULL);
      _exit (work->work (store, NULL) && hone_store_close (store, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && (WEXITSTATUS (status) == 77 || WEXITSTATUS (status) == 0));
  return WEXITSTATUS (status) == 77;
}

static void
test_ends (gconstpointer data)
{
  const LongWork *work = data;
  g_autofree char *bytes = NULL, *before = NULL, *after = NULL;
  guint n = 1, step = 1;
  gsize size;

  prepare_work (work, &bytes, &size, &before, &after);
  for (gboolean died = TRUE; died; n += step)
    {
      g_autofree char *path = new_path ();

      g_assert_true (g_file_set_contents (path, bytes, size, NULL));
      died = die_after (path, work, n);
      assert_whole (path, before, after, !died);
      remove_project (path);
      if (n > 10 && !g_test_slow ())
        step = 1 + n / 5;
    }
  g_assert_cmpuint (n, >, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  hone_fault_vfs_install ();     /* for its speed: it waits for no disk */
  g_test_add_func ("/store/slices/publish", test_publish);
  for (gsize i = 0; i < G_N_ELEMENTS (long_works); i++)
    {
      g_autofree char *labels = g_strdup_printf ("/store/slices/labels-between/%s", long_works[i].name);
      g_autofree char *ends = g_strdup_printf ("/store/slices/ends/%s", long_works[i].name);

      g_test_add_data_func (labels, &long_works[i], test_labels_between);
      g_test_add_data_func (ends, &long_works[i], test_ends);
    }
  return g_test_run ();
}
