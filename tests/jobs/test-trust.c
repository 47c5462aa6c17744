/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project from somebody else names a program: nothing starts it before somebody here has said so. */
#include "config.h"

#include <glib/gstdio.h>

#include "jobs-support.h"
#include "jobs/hone-classify.h"
#include "jobs/hone-predict.h"
#include "jobs/hone-trust.h"

static void
forget_all (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "hone", "trainers", NULL);

  g_unlink (path);
}

static void
test_list (void)
{
  const char *odd = "/home/somebody/a trainer\nwith % and é.py";
  g_autoptr(GError) error = NULL;

  g_assert_false (hone_trust_has (odd));
  g_assert_false (hone_trust_check (odd, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (hone_trust_check (NULL, &error));
  g_assert_true (hone_trust_add (odd, &error));
  g_assert_true (hone_trust_add ("/usr/bin/other", &error));
  g_assert_true (hone_trust_add (odd, &error));
  g_assert_no_error (error);
  g_assert_true (hone_trust_has (odd));
  g_assert_true (hone_trust_has ("/usr/bin/other"));
  g_assert_false (hone_trust_has ("/usr/bin/othe"));
  g_assert_false (hone_trust_has ("/home/somebody/a trainer"));
  g_assert_false (hone_trust_has ("relative"));
  forget_all ();
}

static void
classified_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GError **error = data;

  hone_classify_finish (HONE_STORE (source), result, NULL, error);
}

static void
test_stranger (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("stranger.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  HoneRun *run = support_tune (queue, "trainer.py", TRUE, NULL);
  g_autoptr(HoneRun) more = NULL;
  g_autoptr(HoneIteration) iteration = NULL;
  g_autofree char *text = support_write ("stranger.txt", "a goal\n"), *folder = support_dup_folder ();
  g_autofree char *output = g_build_filename (folder, "stranger.csv", NULL), *trainer = support_dup_trainer ("trainer.py");
  const char *paths[] = { text, NULL };
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  HoneClassifyOptions classify = { .paths = paths, .output = output };
  g_autoptr(GError) error = NULL, refused = NULL;

  g_object_unref (run);
  iteration = hone_store_find_iteration (store, "e@1", &error);
  g_assert_no_error (error);
  forget_all ();   /* as on another computer */
  options.experiment = "e";
  g_assert_null (hone_tune (queue, &options, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_null (hone_predict (queue, iteration->id, HONE_SPLIT_TRAIN, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED);
  g_clear_error (&error);
  classify.iteration_id = iteration->id;
  classify.reader.format = HONE_FORMAT_LINES;
  hone_classify_async (store, &classify, NULL, NULL, NULL, classified_cb, &refused);
  while (refused == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (refused, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED);
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));

  /* Who names the program allows it, from then on. */
  options.trainer = trainer;
  more = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  g_assert_true (hone_run_wait (more, &error));
  g_assert_true (hone_trust_has (trainer));
}

/* A run that waits in the project to be resumed is not started either. */
static void
test_resumed (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("resumed.hone");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL;
  g_autoptr(GError) error = NULL;

  g_setenv ("HONE_TEST_FAULT", "crash", TRUE);
  run = support_tune (queue, "trainer.py", FALSE, NULL);
  g_unsetenv ("HONE_TEST_FAULT");
  forget_all ();
  g_assert_true (hone_run_queue_resume (queue, run, &error));
  g_assert_false (hone_run_wait (run, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/trust/list", test_list);
  g_test_add_func ("/jobs/trust/stranger", test_stranger);
  g_test_add_func ("/jobs/trust/resumed", test_resumed);
  return g_test_run ();
}
