/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 of a process that imports and labels at the same time: no label is lost that was said to be on disk, an import is there whole
 * or not at all. HONE_KILLS says how many rounds. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test-support.h"

#define N_TARGETS 200
#define N_ROWS    2000
#define BATCH     200

static int report;   /* the end of a pipe on which the child says what is done */

static void
say (char  what,
     guint number)
{
  guint32 message = (guint32) what << 24 | number;

  if (write (report, &message, sizeof message) != sizeof message)
    _exit (2);
}

static gpointer
give_labels (gpointer data)
{
  HoneStore *store = data;

  for (guint i = 0;; i++)
    {
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + i % 3);
      HoneLabel label = { .example_id = 1 + i % N_TARGETS, .author = (char *) "ana", .categories = set };
      gint64 id = hone_store_add_label (store, &label, NULL);

      if (id == 0)
        _exit (3);
      say ('l', id);
    }
  return NULL;
}

static void
run_child (const char *path)
{
  HoneStore *store = hone_store_open (path, HONE_STORE_WRITE, NULL);

  if (store == NULL)
    _exit (4);
  g_thread_new ("labels", give_labels, store);
  for (;;)
    {
      HoneStoreImport *import = hone_store_import_begin (store, "many", "csv", NULL, NULL);

      if (import == NULL)
        _exit (5);
      for (guint i = 0; i < N_ROWS; i += BATCH)
        {
          HoneImportRow rows[BATCH];
          HoneImportResult results[BATCH];
          char texts[BATCH][64];

          for (guint j = 0; j < BATCH; j++)
            {
              g_snprintf (texts[j], sizeof texts[j], "a text with words and the number %u", i + j);
              rows[j] = (HoneImportRow) { .text = texts[j], .split = j % 3 };
            }
          if (!hone_store_import_add (import, rows, BATCH, results, NULL))
            _exit (6);
        }
      if (hone_store_import_finish (import, NULL, NULL) == 0)
        _exit (7);
      say ('i', 0);
      hone_store_import_free (import);
    }
}

typedef struct {
  GHashTable *labels;     /* ids */
  guint       n_imports;
} Said;

static void
hear (int   fd,
      Said *said)
{
  guint32 message;

  while (read (fd, &message, sizeof message) == sizeof message)
    {
      if (message >> 24 == 'l')
        g_hash_table_add (said->labels, GUINT_TO_POINTER (message & 0xffffff));
      else
        said->n_imports++;
    }
}

static guint
count_lost (HoneStore *store,
            Said      *said)
{
  guint lost = g_hash_table_size (said->labels);

  for (gint64 id = 1; id <= N_TARGETS; id++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) labels = hone_store_list_labels (store, id, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < labels->len; i++)
        lost -= g_hash_table_contains (said->labels, GUINT_TO_POINTER ((guint) ((HoneLabel *) labels->pdata[i])->id));
    }
  return lost;
}

static void
kill_once (const char *path,
           Said       *said,
           guint       microseconds)
{
  int pipes[2], status;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (pipes[0]);
      report = pipes[1];
      run_child (path);
    }
  close (pipes[1]);
  g_usleep (microseconds);
  kill (child, SIGKILL);
  hear (pipes[0], said);
  close (pipes[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));      /* it did not end by itself */
}

static void
test_kill (void)
{
  const char *wanted = g_getenv ("HONE_KILLS");
  guint rounds = wanted != NULL ? atoi (wanted) : 20;
  g_autofree char *path = new_path ();
  Said said = { g_hash_table_new (NULL, NULL), 0 };
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  gint32 longest = 400000;      /* microseconds */
  Row rows[N_TARGETS];
  char texts[N_TARGETS][24];

  for (guint i = 0; i < N_TARGETS; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "target %u", i);
      rows[i] = (Row) { NULL, texts[i], HONE_SPLIT_TRAIN, 0 };
    }
  import_rows (store, rows, N_TARGETS, NULL, NULL);
  close_store (store);

  for (guint i = 0; i < rounds; i++)
    {
      HoneFilter all = HONE_FILTER_ALL;
      guint64 n;

      kill_once (path, &said, g_test_rand_int_range (1000, longest));
      if (g_hash_table_size (said.labels) == 0)      /* under a checker of memory it takes seconds to begin */
        longest = MIN (2 * longest, 20 * G_USEC_PER_SEC);
      store = reopen (path, HONE_STORE_WRITE);
      g_assert_cmpuint (count_lost (store, &said), ==, 0);
      n = count (store, &all) - N_TARGETS;
      g_assert_cmpuint (n % N_ROWS, ==, 0);
      g_assert_cmpuint (n / N_ROWS, >=, said.n_imports);
      close_store (store);
    }
  g_test_message ("%u rounds, %u labels, %u imports, none lost", rounds, g_hash_table_size (said.labels), said.n_imports);
  if (rounds >= 5)
    g_assert_cmpuint (g_hash_table_size (said.labels), >, 0);
  g_hash_table_unref (said.labels);
  remove_project (path);
}

/* Another process reads while one writes, and always sees a whole import. */
static void
test_reader_beside_writer (void)
{
  g_autofree char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  int pipes[2], status;
  guint32 message;
  pid_t child;

  import_rows (store, (const Row[]) { { "a", "first", HONE_SPLIT_TRAIN, 0 } }, 1, NULL, NULL);
  close_store (store);
  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      report = pipes[1];
      store = hone_store_open (path, HONE_STORE_WRITE, NULL);
      say ('r', 0);
      for (guint round = 0; round < 20; round++)
        {
          HoneStoreImport *import = hone_store_import_begin (store, "f", "csv", NULL, NULL);

          for (guint i = 0; i < 100; i++)
            {
              HoneImportRow row = { .text = "again and again", .split = -1 };
              HoneImportResult result;

              hone_store_import_add (import, &row, 1, &result, NULL);
            }
          if (hone_store_import_finish (import, NULL, NULL) == 0)
            _exit (1);
          hone_store_import_free (import);
        }
      hone_store_close (store, NULL);
      g_object_unref (store);
      _exit (0);
    }
  g_assert_cmpint (read (pipes[0], &message, sizeof message), ==, sizeof message);
  store = reopen (path, HONE_STORE_READ);
  while (waitpid (child, &status, WNOHANG) == 0)
    {
      HoneFilter all = HONE_FILTER_ALL;

      g_assert_cmpuint (count (store, &all) % 100, ==, 1);
    }
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_object_unref (store);
  store = reopen (path, HONE_STORE_WRITE);
  close_store (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/kill/no-label-lost", test_kill);
  g_test_add_func ("/store/kill/reader-beside-writer", test_reader_beside_writer);
  return g_test_run ();
}
