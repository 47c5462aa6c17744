/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as the front end sees it: files, lock, signals, exit status. Its path is the first argument. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine-support.h"
#include "hone-model-file.h"
#include "hone-sanitized.h"

static char *program;   /* absolute: children start in their run directory */

typedef struct {
  char *directory;
  char *output;      /* events of the last run */
  int   status;      /* its exit status, or minus the signal */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = engine_support_directory ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  engine_support_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->output);
}

static GSubprocess *
start (Fixture *fixture)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr(GError) error = NULL;
  GSubprocess *child;

  g_subprocess_launcher_set_cwd (launcher, fixture->directory);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "job.json", NULL);
  g_assert_no_error (error);
  return child;
}

static void
finish (Fixture     *fixture,
        GSubprocess *child)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&fixture->output, g_free);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &fixture->output, NULL, &error);
  g_assert_no_error (error);
  fixture->status = g_subprocess_get_if_signaled (child) ? -g_subprocess_get_term_sig (child) : g_subprocess_get_exit_status (child);
}

static void
run (Fixture *fixture)
{
  g_autoptr(GSubprocess) child = start (fixture);

  finish (fixture, child);
}

/* A string member of the last event, which must be @event. */
static char *
last_member (Fixture    *fixture,
             const char *event,
             const char *member)
{
  g_auto(GStrv) lines = g_strsplit (fixture->output, "\n", -1);
  g_autoptr(JsonParser) parser = json_parser_new ();
  guint n = g_strv_length (lines);
  JsonObject *object;

  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (lines[n - 1], ==, "");
  g_assert_true (json_parser_load_from_data (parser, lines[n - 2], -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "event"), ==, event);
  return g_strdup (json_object_get_string_member_with_default (object, member, ""));
}

static void
assert_done (Fixture    *fixture,
             const char *what)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *told = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpint (fixture->status, ==, 0);
  name = last_member (fixture, "done", what);
  path = g_build_filename (fixture->directory, name, NULL);
  told = last_member (fixture, "done", "sha256");
  found = engine_support_sha256 (path);
  g_assert_cmpstr (told, ==, found);
}

static void
assert_failed (Fixture    *fixture,
               const char *code)
{
  g_autofree char *found = NULL;
  g_autofree char *message = NULL;

  g_assert_cmpint (fixture->status, ==, 1);
  found = last_member (fixture, "error", "code");
  g_assert_cmpstr (found, ==, code);
  message = last_member (fixture, "error", "message");
  g_assert_cmpuint (strlen (message), >, 10);
}

static char *
with_model (Fixture *fixture)
{
  return g_strdup_printf (",\"seed\":1,\"threads\":2,\"parent_model\":\"%s/%s\"", fixture->directory, HONE_MODEL_FILE_NAME);
}

static guint
check_predictions (Fixture *fixture,
                   gboolean several)
{
  g_autofree char *path = g_build_filename (fixture->directory, "predictions.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  guint right = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      JsonObject *object, *scores;
      const char *answer;
      double sum = 0;

      g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
      object = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, id);          /* in their order */
      g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, "answered");
      scores = json_object_get_object_member (object, "scores");
      for (char key[] = "A"; *key < 'D'; (*key)++)
        sum += json_object_get_double_member (scores, key);
      if (!several)
        g_assert_cmpfloat_with_epsilon (sum, 1, 1e-5);
      answer = json_array_get_string_element (json_object_get_array_member (object, "categories"), 0);
      g_assert_cmpfloat (json_object_get_double_member (object, "confidence"), <=, json_object_get_double_member (scores, answer));
      right += (guint) (answer[0] - 'A') == i % 3;
    }
  return right;
}

static void
test_train_and_predict (Fixture       *fixture,
                        gconstpointer  choice)
{
  g_autofree char *more = with_model (fixture);

  engine_support_write_texts (fixture->directory, 3, 120, 0, 0.5);
  engine_support_write_job (fixture->directory, "train", choice, 3, NULL);
  run (fixture);
  assert_done (fixture, "model");
  g_assert_true (g_str_has_prefix (fixture->output, "{\"event\":\"hello\","));

  engine_support_write_input (fixture->directory, 3, 3000, 0.5);
  engine_support_write_job (fixture->directory, "predict", choice, 3, more);
  run (fixture);
  assert_done (fixture, "predictions");
  g_assert_cmpuint (check_predictions (fixture, g_str_equal (choice, "several")), >, 2700);
}

static char *
digest_for_threads (Fixture    *fixture,
                    const char *kind,
                    const char *what,
                    guint       threads)
{
  g_autofree char *more = g_strdup_printf (",\"seed\":9,\"threads\":%u%s%s%s,\"hyperparameters\":{\"self_training\":true}", threads,
                                           g_str_equal (kind, "predict") ? ",\"parent_model\":\"" : "",
                                           g_str_equal (kind, "predict") ? fixture->directory : "",
                                           g_str_equal (kind, "predict") ? "\"" : "");

  engine_support_write_job (fixture->directory, kind, "one", 3, more);
  run (fixture);
  assert_done (fixture, what);
  return last_member (fixture, "done", "sha256");
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  engine_support_write_texts (fixture->directory, 3, 300, 300, 0.3);
  engine_support_write_input (fixture->directory, 3, 2500, 0.3);
  for (guint kind = 0; kind < 2; kind++)
    {
      const char *name = kind == 0 ? "train" : "predict", *what = kind == 0 ? "model" : "predictions";
      g_autofree char *one = digest_for_threads (fixture, name, what, 1);
      g_autofree char *two = digest_for_threads (fixture, name, what, 2);
      g_autofree char *eight = digest_for_threads (fixture, name, what, 8);

      g_assert_cmpstr (one, ==, two);
      g_assert_cmpstr (one, ==, eight);
    }
}

static void
test_self_training (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "pseudo.jsonl", NULL);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();

  engine_support_write_texts (fixture->directory, 3, 30, 100, 0.5);
  engine_support_write_job (fixture->directory, "train", "one", 3, ",\"hyperparameters\":{\"self_training\":true}");
  run (fixture);
  assert_done (fixture, "model");
  name = last_member (fixture, "done", "pseudo");
  g_assert_cmpstr (name, ==, "pseudo.jsonl");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 40);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      JsonObject *object;
      double confidence;

      g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
      object = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpint (atoi (json_object_get_string_member (object, "id") + 1), >=, 30);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "categories")), ==, 1);
      confidence = json_object_get_double_member (object, "confidence");
      g_assert_true (confidence > 0 && confidence <= 1);
    }
}

static void
test_bad_jobs (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture);                                          /* no job at all */
  assert_failed (fixture, "bad-job");
  engine_support_write (fixture->directory, "job.json", "\x89PNG\r\n");
  run (fixture);
  assert_failed (fixture, "bad-job");
  engine_support_write_job (fixture->directory, "serve", "one", 3, NULL);
  run (fixture);
  assert_failed (fixture, "unsupported");
  engine_support_write_job (fixture->directory, "train", "one", 3, ",\"method\":\"magic\"");
  run (fixture);
  assert_failed (fixture, "unsupported");
  engine_support_write_job (fixture->directory, "train", "one", 3, ",\"parent_model\":\"/x\"");
  run (fixture);
  assert_failed (fixture, "unsupported");
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  run (fixture);
  assert_failed (fixture, "bad-data");
  engine_support_write (fixture->directory, "train.jsonl", "{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"Z\"]}\n");
  run (fixture);
  assert_failed (fixture, "bad-data");
}

static void
test_bad_models (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *more = with_model (fixture);

  engine_support_write_input (fixture->directory, 3, 3, 0.5);
  engine_support_write_job (fixture->directory, "predict", "one", 3, NULL);
  run (fixture);
  assert_failed (fixture, "bad-job");
  engine_support_write_job (fixture->directory, "predict", "one", 3, more);
  run (fixture);
  assert_failed (fixture, "bad-model");
  engine_support_write (fixture->directory, HONE_MODEL_FILE_NAME, "rubbish rubbish rubbish rubbish rubbish rubbish");
  run (fixture);
  assert_failed (fixture, "bad-model");

  engine_support_write_texts (fixture->directory, 3, 30, 0, 0.5);
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  run (fixture);
  assert_done (fixture, "model");
  engine_support_write_job (fixture->directory, "predict", "one", 4, more);       /* other categories */
  run (fixture);
  assert_failed (fixture, "bad-model");
  engine_support_write_job (fixture->directory, "predict", "several", 3, more);   /* other choice rule */
  run (fixture);
  assert_failed (fixture, "bad-model");
  engine_support_write (fixture->directory, "input.jsonl", "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"2\"}\n");
  engine_support_write_job (fixture->directory, "predict", "one", 3, more);
  run (fixture);
  assert_failed (fixture, "bad-data");
}

/* No texts are no mistake. */
static void
test_empty_input (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *more = with_model (fixture);

  engine_support_write_texts (fixture->directory, 3, 30, 0, 0.5);
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  run (fixture);
  engine_support_write (fixture->directory, "input.jsonl", "");
  engine_support_write_job (fixture->directory, "predict", "one", 3, more);
  run (fixture);
  assert_done (fixture, "predictions");
}

static int
open_lock (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "run.lock", NULL);

  return g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  int fd = open_lock (fixture);

  engine_support_write_texts (fixture->directory, 3, 30, 0, 0.5);
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  run (fixture);
  assert_failed (fixture, "busy");
  g_assert_null (strstr (fixture->output, "hello"));
  close (fd);
  run (fixture);
  assert_done (fixture, "model");
}

/* Enough work to be interrupted in. */
static void
write_long_job (Fixture *fixture)
{
  engine_support_write_texts (fixture->directory, 3, 1500, 1500, 0.1);
  engine_support_write_job (fixture->directory, "train", "one", 3, ",\"seed\":2,\"hyperparameters\":{\"self_training\":true}");
}

static void
wait_for_progress (GSubprocess *child)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (child);
  g_autoptr(GString) text = g_string_new (NULL);

  while (strstr (text->str, "\"progress\"") == NULL)
    {
      char buffer[256];
      gssize n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (text, buffer, n);
    }
}

static gboolean
is_locked (Fixture *fixture)
{
  int fd = open_lock (fixture);
  gboolean locked = flock (fd, LOCK_SH | LOCK_NB) != 0;

  close (fd);
  return locked;
}

static void
test_terminated (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GSubprocess) child = NULL;
  g_autofree char *checkpoint = g_build_filename (fixture->directory, HONE_CHECKPOINT_NAME, NULL);
  g_autofree char *code = NULL;
  g_autofree char *resumed = NULL;
  g_autofree char *whole = NULL;

  write_long_job (fixture);
  child = start (fixture);
  wait_for_progress (child);
  g_assert_true (is_locked (fixture));
  g_usleep (G_USEC_PER_SEC / 4);
  g_subprocess_send_signal (child, SIGTERM);
  finish (fixture, child);
  g_assert_cmpint (fixture->status, ==, 4);
  code = last_member (fixture, "error", "code");
  g_assert_cmpstr (code, ==, "interrupted");
  g_assert_false (is_locked (fixture));
  g_assert_true (g_file_test (checkpoint, G_FILE_TEST_EXISTS));

  run (fixture);
  assert_done (fixture, "model");
  g_assert_false (g_file_test (checkpoint, G_FILE_TEST_EXISTS));
  resumed = last_member (fixture, "done", "sha256");
  run (fixture);
  whole = last_member (fixture, "done", "sha256");
  g_assert_cmpstr (resumed, ==, whole);
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, HONE_MODEL_FILE_NAME, NULL);
  g_autoptr(HoneNgramsModel) model = NULL;

  engine_support_write_texts (fixture->directory, 3, 300, 0, 0.3);
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr(GSubprocess) child = start (fixture);

      g_usleep (3000 + 9000 * i);
      g_subprocess_send_signal (child, SIGKILL);
      finish (fixture, child);
      g_assert_false (is_locked (fixture));
      model = hone_model_file_load (path, NULL);          /* whole or not there */
      g_assert_true ((model != NULL) == g_file_test (path, G_FILE_TEST_EXISTS));
      g_clear_pointer (&model, hone_ngrams_model_free);
    }
  run (fixture);
  assert_done (fixture, "model");
}

/* A front end that goes away does not end the run. */
static void
test_nobody_reads (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GSubprocess) child = NULL;
  g_autofree char *path = g_build_filename (fixture->directory, HONE_MODEL_FILE_NAME, NULL);

  engine_support_write_texts (fixture->directory, 3, 300, 0, 0.3);
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  child = start (fixture);
  g_input_stream_close (g_subprocess_get_stdout_pipe (child), NULL, NULL);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (child));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* 60,000 texts may not cost more memory than 1,000 and a little. */
static void
test_streams (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *more = with_model (fixture);
  struct rusage usage;
  glong before;

  engine_support_write_texts (fixture->directory, 3, 60, 0, 0.5);
  engine_support_write_job (fixture->directory, "train", "one", 3, NULL);
  run (fixture);
  engine_support_write_job (fixture->directory, "predict", "one", 3, more);
  engine_support_write_input (fixture->directory, 3, 1000, 0.5);
  run (fixture);
  assert_done (fixture, "predictions");
  getrusage (RUSAGE_CHILDREN, &usage);
  before = usage.ru_maxrss;
  engine_support_write_input (fixture->directory, 3, 60000, 0.5);
  run (fixture);
  assert_done (fixture, "predictions");
  getrusage (RUSAGE_CHILDREN, &usage);
  g_test_message ("%ld KiB, then %ld KiB", before, usage.ru_maxrss);
  if (!HONE_SANITIZED)
    g_assert_cmpint (usage.ru_maxrss, <, before + 12 * 1024);
}

static void
test_usage (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *argument; int status; const char *wanted; } cases[] = {
    { "--version", 0, "protocol 1" }, { "--help", 0, "job" }, { "--rubbish", 2, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                                       program, cases[i].argument, NULL);
      g_autofree char *lower = NULL;

      finish (fixture, child);
      g_assert_cmpint (fixture->status, ==, cases[i].status);
      lower = g_ascii_strdown (fixture->output, -1);
      g_assert_nonnull (strstr (lower, cases[i].wanted));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (argc < 2)
    g_error ("the path of hone-engine is wanted");
  program = g_canonicalize_filename (argv[1], NULL);
#define ADD(name, data, function) g_test_add ("/engine/program/" name, Fixture, data, set_up, function, tear_down)
  ADD ("one", "one", test_train_and_predict);
  ADD ("several", "several", test_train_and_predict);
  ADD ("threads", NULL, test_threads);
  ADD ("self-training", NULL, test_self_training);
  ADD ("bad-jobs", NULL, test_bad_jobs);
  ADD ("bad-models", NULL, test_bad_models);
  ADD ("empty-input", NULL, test_empty_input);
  ADD ("locked", NULL, test_locked);
  ADD ("terminated", NULL, test_terminated);
  ADD ("killed", NULL, test_killed);
  ADD ("nobody-reads", NULL, test_nobody_reads);
  ADD ("streams", NULL, test_streams);
  ADD ("usage", NULL, test_usage);
  return g_test_run ();
}
