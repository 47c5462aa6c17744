/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A front end that is killed (-9) at work, and one that comes back. The killed one is this program again, with --front-end. */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/hone-engine-protocol.h"
#include "jobs-support.h"
#include "jobs/hone-process-private.h"
#include "jobs/hone-trainer-private.h"

static const char *program;

static int
be_front_end (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStore) store = hone_store_open (path, HONE_STORE_WRITE, &error);
  g_autoptr(HoneRunQueue) queue = NULL;
  g_autoptr(HoneRun) run = NULL;

  g_assert_no_error (error);
  queue = hone_run_queue_new (store);
  run = support_tune (queue, g_getenv ("HONE_TEST_TRAINER"), TRUE, NULL);
  return 0;
}

/* The only run of a project, as another process sees it; NULL: none yet. */
static HoneRunRecord *
look (const char *path)
{
  g_autoptr(HoneStore) store = hone_store_open (path, HONE_STORE_READ, NULL);
  g_autoptr(GPtrArray) runs = store != NULL ? hone_store_list_runs (store, NULL) : NULL;

  return runs != NULL && runs->len == 1 ? hone_store_get_run (store, ((HoneRunRecord *) runs->pdata[0])->id, NULL) : NULL;
}

static gboolean
has_progress (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_EVENTS_FILE, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "\"progress\"") != NULL;
}

/* Kills the front end while its trainer is in the middle of @stage; returns the directory where that trainer works. */
static char *
kill_front_end (const char *path,
                const char *fault,
                const char *stage,
                char      **uuid)
{
  g_autofree char *data = g_strdup (g_get_user_data_dir ()), *config = g_strdup (g_get_user_config_dir ());
  g_autofree char *cache = g_strdup (g_get_user_cache_dir ());
  g_autofree char *folder = NULL;
  pid_t child;

  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_setenv ("XDG_DATA_HOME", data, TRUE);
      g_setenv ("XDG_CONFIG_HOME", config, TRUE);
      g_setenv ("XDG_CACHE_HOME", cache, TRUE);
      g_setenv ("HONE_TEST_FAULT", fault, TRUE);
      g_setenv ("HONE_TEST_TRAINER", "trainer.py", TRUE);
      execl (program, program, "--front-end", path, NULL);
      _exit (127);
    }
  for (int i = 0; folder == NULL; i++)
    {
      HoneRunRecord *run = look (path);
      g_autofree char *work = NULL;

      g_assert_cmpint (i, <, 1500);
      if (run != NULL && g_strcmp0 (run->stage, stage) == 0)
        work = g_str_equal (stage, "predict") ? g_build_filename (run->directory, "predict", NULL) : g_strdup (run->directory);
      if (work != NULL && has_progress (work))
        {
          folder = g_steal_pointer (&work);
          *uuid = g_strdup (run->uuid);
        }
      g_clear_pointer (&run, hone_run_record_free);
      g_usleep (10 * 1000);
    }
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  return g_steal_pointer (&folder);
}

static char *
make_project (const char *name)
{
  g_autoptr(HoneStore) store = support_new_labelled (name);
  char *path = g_strdup (hone_store_get_path (store));

  g_assert_true (hone_store_close (store, NULL));
  return path;
}

typedef struct {
  HoneStore    *store;
  HoneRunQueue *queue;
  HoneRun      *run;
} Returned;

static void
come_back (Returned   *self,
           const char *path)
{
  g_autoptr(GError) error = NULL;

  self->store = hone_store_open (path, HONE_STORE_WRITE, &error);
  g_assert_no_error (error);
  self->queue = hone_run_queue_new (self->store);
  g_assert_true (hone_run_queue_recover (self->queue, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 1);
  self->run = g_list_model_get_item (G_LIST_MODEL (self->queue), 0);
}

static void
go_again (Returned *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->queue);
  g_assert_true (hone_store_close (self->store, NULL));
  g_clear_object (&self->store);
}

static void
assert_trained (Returned *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = NULL;

  hone_run_wait (self->run, &error);
  g_assert_no_error (error);
  iteration = hone_store_find_iteration (self->store, "e@1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (iteration->n_trained, ==, 19);
  g_assert_true (hone_store_has_predictions (self->store, iteration->id, HONE_SPLIT_VALIDATION, NULL, NULL));
  hone_store_check (self->store, &error);
  g_assert_no_error (error);
}

static guint
count_steps (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_EVENTS_FILE, NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *at = text; (at = strstr (at, "\"progress\"")) != NULL; at++)
    n++;
  return n;
}

/* The trainer goes on while nobody watches, and is followed further. */
static void
test_followed (gconstpointer data)
{
  const char *stage = data;
  g_autofree char *name = g_strdup_printf ("followed-%s.hone", stage);
  g_autofree char *path = make_project (name);
  g_autofree char *uuid = NULL;
  g_autofree char *work = kill_front_end (path, g_str_equal (stage, "train") ? "slow" : "slow-predict", stage, &uuid);
  Returned self;

  g_assert_true (_hone_process_is_alive (work));
  come_back (&self, path);
  g_assert_cmpint (hone_run_get_state (self.run), ==, HONE_RUN_RUNNING);
  assert_trained (&self);
  g_assert_cmpuint (count_steps (work), ==, 30);   /* one life */
  go_again (&self);
}

/* It was done before anybody came back: the rest is made from its directory, and it is not started again. */
static void
test_done (void)
{
  g_autofree char *path = make_project ("done.hone");
  g_autofree char *uuid = NULL;
  g_autofree char *work = kill_front_end (path, "slow", "train", &uuid);
  Returned self;

  for (int i = 0; _hone_process_is_alive (work); i++)
    {
      g_assert_cmpint (i, <, 500);
      g_usleep (20 * 1000);
    }
  come_back (&self, path);
  assert_trained (&self);
  g_assert_cmpuint (count_steps (work), ==, 30);
  go_again (&self);
}

/* Both are gone: interrupted, and on request it goes on from the checkpoint. */
static void
test_interrupted (void)
{
  g_autofree char *path = make_project ("interrupted.hone");
  g_autofree char *uuid = NULL;
  g_autofree char *work = kill_front_end (path, "slow", "train", &uuid);
  g_autoptr(GError) error = NULL;
  Returned self;

  _hone_process_signal (NULL, uuid, SIGKILL);
  for (int i = 0; _hone_process_is_alive (work); i++)
    {
      g_assert_cmpint (i, <, 500);
      g_usleep (10 * 1000);
    }
  come_back (&self, path);
  g_assert_false (hone_run_wait (self.run, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_INTERRUPTED);
  g_assert_cmpint (hone_run_get_state (self.run), ==, HONE_RUN_INTERRUPTED);
  g_clear_error (&error);

  /* Also a front end that comes back much later finds it so. */
  go_again (&self);
  come_back (&self, path);
  g_assert_cmpint (hone_run_get_state (self.run), ==, HONE_RUN_INTERRUPTED);
  g_setenv ("HONE_TEST_FAULT", "slow", TRUE);
  g_assert_true (hone_run_queue_resume (self.queue, self.run, &error));
  assert_trained (&self);
  g_assert_cmpuint (count_steps (work), >=, 30);
  g_assert_cmpuint (count_steps (work), <=, 31);   /* the one that was cut may be told twice */
  go_again (&self);
}

/* A run that another life of ours started is stopped through what its processes carry. */
static void
test_cancelled (void)
{
  g_autofree char *path = make_project ("cancelled.hone");
  g_autofree char *uuid = NULL;
  g_autofree char *work = kill_front_end (path, "slow", "train", &uuid);
  g_autoptr(GError) error = NULL;
  Returned self;

  come_back (&self, path);
  g_assert_true (hone_run_queue_cancel (self.queue, self.run, &error));
  g_assert_false (hone_run_wait (self.run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (hone_run_get_state (self.run), ==, HONE_RUN_CANCELLED);
  g_assert_false (_hone_process_is_alive (work));
  g_clear_error (&error);
  g_setenv ("HONE_TEST_FAULT", "slow", TRUE);
  g_assert_true (hone_run_queue_resume (self.queue, self.run, &error));
  assert_trained (&self);
  g_assert_cmpuint (count_steps (work), ==, 30);
  go_again (&self);
}

/* A window that closes does not stop the work. */
static void
test_closed (void)
{
  g_autofree char *path = make_project ("closed.hone");
  g_autofree char *trainer = support_dup_trainer ("trainer.py");
  g_autofree char *work = NULL;
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  Returned self;

  self.store = hone_store_open (path, HONE_STORE_WRITE, &error);
  g_assert_no_error (error);
  self.queue = hone_run_queue_new (self.store);
  g_setenv ("HONE_TEST_FAULT", "slow", TRUE);
  options.experiment = "e";
  options.trainer = trainer;
  self.run = hone_tune (self.queue, &options, &error);
  g_assert_no_error (error);
  work = g_strdup (hone_run_get_directory (self.run));
  while (!has_progress (work))
    g_main_context_iteration (NULL, FALSE);
  go_again (&self);
  g_assert_true (_hone_process_is_alive (work));
  come_back (&self, path);
  assert_trained (&self);
  go_again (&self);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--front-end"))
    return be_front_end (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/jobs/recovery/followed-training", "train", test_followed);
  g_test_add_data_func ("/jobs/recovery/followed-predicting", "predict", test_followed);
  g_test_add_func ("/jobs/recovery/done", test_done);
  g_test_add_func ("/jobs/recovery/interrupted", test_interrupted);
  g_test_add_func ("/jobs/recovery/cancelled", test_cancelled);
  g_test_add_func ("/jobs/recovery/closed", test_closed);
  return g_test_run ();
}
