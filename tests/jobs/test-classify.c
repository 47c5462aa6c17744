/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New texts through a trainer: chunk by chunk without growth, cancelled in the middle, from a pipe. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jobs-support.h"
#include "jobs/hone-classify-table-private.h"
#include "jobs/hone-classify.h"

typedef struct {
  gboolean           over, good;
  HoneClassifyReport report;
  GError            *error;
} Classified;

static void
classified_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  Classified *self = data;

  self->good = hone_classify_finish (HONE_STORE (source), result, &self->report, &self->error);
  self->over = TRUE;
}

static HoneStore *
make_trained (const char *name)
{
  HoneStore *store = support_new_labelled (name);
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  HoneRun *run = support_tune (queue, "trainer.py", TRUE, NULL);

  g_object_unref (run);
  return store;
}

static char *
write_texts (guint n)
{
  g_autofree char *filling = g_strnfill (400, 'x');
  GString *texts = g_string_new (NULL);
  char *path;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (texts, "goal match number %u %s\n", i, filling);
  path = support_write ("new.txt", texts->str);
  g_string_free (texts, TRUE);
  return path;
}

static void
start (HoneStore    *store,
       const char   *input,
       const char   *output,
       HoneJobsProgress progress,
       gpointer      progress_data,
       GCancellable *cancellable,
       Classified   *classified)
{
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, "e@1", NULL);
  const char *paths[] = { input, NULL };
  HoneClassifyOptions options = { .iteration_id = iteration->id, .paths = paths, .output = output };

  options.reader.format = HONE_FORMAT_LINES;
  *classified = (Classified) { FALSE };
  hone_classify_async (store, &options, progress, progress_data, cancellable, classified_cb, classified);
}

static void
wait_for (Classified *classified)
{
  while (!classified->over)
    g_main_context_iteration (NULL, TRUE);
}

/* KiB of this process in memory. */
static glong
get_resident (void)
{
  g_autofree char *text = NULL;
  glong size = 0, resident = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &size, &resident), ==, 2);
  return resident * (sysconf (_SC_PAGESIZE) / 1024);
}

typedef struct {
  guint n;
  glong early, late;
} Growth;

static void
progress_cb (double      fraction,
             const char *what,
             gpointer    data)
{
  Growth *self = data;

  if (fraction > 0.15 && self->early == 0)
    self->early = get_resident ();
  self->late = get_resident ();
  self->n++;
}

/* 16 chunks of 200 KB each. Forgetting to free one in three would show. */
static void
test_growth (void)
{
  g_autoptr(HoneStore) store = make_trained ("growth.hone");
  g_autofree char *input = write_texts (8000), *folder = support_dup_folder (), *output = g_build_filename (folder, "out.csv", NULL);
  Growth growth = { 0 };
  Classified classified;

  _hone_classify_chunk = 500;
  start (store, input, output, progress_cb, &growth, NULL, &classified);
  wait_for (&classified);
  g_assert_no_error (classified.error);
  g_assert_cmpuint (classified.report.texts, ==, 8000);
  g_assert_cmpuint (classified.report.outcomes[HONE_OUTCOME_ANSWERED], ==, 8000);
  g_assert_cmpuint (growth.n, >=, 10);
  g_test_message ("%ld KiB early, %ld KiB late", growth.early, growth.late);
#ifndef __SANITIZE_ADDRESS__   /* which keeps freed memory for a while */
  g_assert_cmpint (growth.late - growth.early, <, 700);
#endif
}

static void
stop_cb (double      fraction,
         const char *what,
         gpointer    data)
{
  g_cancellable_cancel (data);
}

/* The table that stood there before stands there still. */
static void
test_cancel (void)
{
  g_autoptr(HoneStore) store = make_trained ("cancel.hone");
  g_autofree char *input = write_texts (5000), *output = support_write ("kept.csv", "as it was\n"), *text = NULL;
  g_autofree char *runs = g_build_filename (g_get_user_data_dir (), "hone", "runs", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GDir) folder = NULL;
  const char *name;
  Classified classified;

  _hone_classify_chunk = 500;
  start (store, input, output, stop_cb, cancellable, cancellable, &classified);
  wait_for (&classified);
  g_assert_false (classified.good);
  g_assert_error (classified.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&classified.error);
  g_assert_true (g_file_get_contents (output, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "as it was\n");
  folder = g_dir_open (runs, 0, NULL);
  while ((name = g_dir_read_name (folder)))
    g_assert_false (g_str_has_prefix (name, "classify-"));
}

static gpointer
feed (gpointer path)
{
  int fd = open (path, O_WRONLY);

  g_assert_cmpint (write (fd, "goal match\nshares bank\n", 23), ==, 23);
  close (fd);
  return NULL;
}

/* What a shell makes of <(command) is a pipe with a name. */
static void
test_pipe (void)
{
  g_autoptr(HoneStore) store = make_trained ("pipe.hone");
  g_autofree char *folder = support_dup_folder (), *output = g_build_filename (folder, "piped.csv", NULL);
  g_autofree char *input = g_build_filename (folder, "a pipe", NULL);
  Classified classified;
  GThread *feeder;

  g_assert_cmpint (mkfifo (input, 0600), ==, 0);
  feeder = g_thread_new ("feeder", feed, input);
  start (store, input, output, NULL, NULL, NULL, &classified);
  wait_for (&classified);
  g_thread_join (feeder);
  g_assert_no_error (classified.error);
  g_assert_cmpuint (classified.report.texts, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/classify/growth", test_growth);
  g_test_add_func ("/jobs/classify/cancel", test_cancel);
  g_test_add_func ("/jobs/classify/pipe", test_pipe);
  return g_test_run ();
}
