/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The example of docs/trainer.md, run on a run directory. */
#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "engine-support.h"

static char *example, *python, *directory;

static GSubprocess *
start (void)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr(GError) error = NULL;
  GSubprocess *child;

  g_subprocess_launcher_set_cwd (launcher, directory);
  child = g_subprocess_launcher_spawn (launcher, &error, python, example, "job.json", NULL);
  g_assert_no_error (error);
  return child;
}

static JsonObject *
run (JsonParser *parser,
     int         status)
{
  g_autoptr(GSubprocess) child = start ();
  g_autofree char *output = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, status);
  lines = g_strsplit (output, "\n", -1);
  g_assert_nonnull (strstr (lines[0], "\"hello\""));
  g_assert_true (json_parser_load_from_data (parser, lines[g_strv_length (lines) - 2], -1, NULL));
  return json_node_get_object (json_parser_get_root (parser));
}

static void
assert_digest (JsonObject *done,
               const char *what)
{
  g_autofree char *path = g_build_filename (directory, json_object_get_string_member (done, what), NULL);
  g_autofree char *sha256 = engine_support_sha256 (path);

  g_assert_cmpstr (json_object_get_string_member (done, "event"), ==, "done");
  g_assert_cmpstr (json_object_get_string_member (done, "sha256"), ==, sha256);
}

static void
test_train_and_predict (void)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *more = g_strdup_printf (",\"parent_model\":\"%s/model.json\"", directory);
  g_autofree char *path = g_build_filename (directory, "predictions.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint right = 0;

  engine_support_write_texts (directory, 3, 120, 0, 0.5);
  engine_support_write_job (directory, "train", "one", 3, NULL);
  assert_digest (run (parser, 0), "model");
  engine_support_write_input (directory, 3, 300, 0.5);
  engine_support_write_job (directory, "predict", "one", 3, more);
  assert_digest (run (parser, 0), "predictions");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 301);
  for (guint i = 0; i < 300; i++)
    {
      JsonObject *object;

      g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
      object = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, "answered");
      right += json_array_get_string_element (json_object_get_array_member (object, "categories"), 0)[0] == (char) ('A' + i % 3);
    }
  g_assert_cmpuint (right, >, 270);
}

static void
test_terminated (void)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GSubprocess) child = NULL;
  g_autofree char *output = NULL;
  char first[1];

  engine_support_write_texts (directory, 3, 60000, 0, 0.5);
  engine_support_write_job (directory, "train", "one", 3, NULL);
  child = start ();
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), first, 1, NULL, NULL), ==, 1);
  g_subprocess_send_signal (child, SIGTERM);
  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 4);
  g_assert_nonnull (strstr (output, "interrupted"));

  engine_support_write_texts (directory, 3, 30, 0, 0.5);
  assert_digest (run (parser, 0), "model");
}

static void
test_length (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (example, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines) - 1, <=, 80);
}

int
main (int    argc,
      char **argv)
{
  int status;

  python = g_find_program_in_path ("python3");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (python == NULL)
    {
      g_test_message ("python3 is not installed");
      g_print ("1..0 # SKIP python3 is not installed\n");
      return 0;
    }
  example = g_build_filename (g_getenv ("HONE_SOURCE_DIR"), "docs", "trainer-example.py", NULL);
  directory = engine_support_directory ();
  g_test_add_func ("/engine/trainer-example/train-and-predict", test_train_and_predict);
  g_test_add_func ("/engine/trainer-example/terminated", test_terminated);
  g_test_add_func ("/engine/trainer-example/length", test_length);
  status = g_test_run ();
  engine_support_remove (directory);
  return status;
}
