/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGINT and SIGTERM: status 4, a whole project, and a run that can be resumed. The trainer is a shell script that waits to be told. */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli-fixture.h"

/* Trains nothing: makes an empty model, once the file “go” stands beside the project; SIGTERM ends it before. */
static const char trainer[] =
  "#!/bin/sh\n"
  "cd \"$(dirname \"$1\")\"\n"
  "exec 9>run.lock\n"
  "flock 9\n"
  "say () { echo \"$1\"; }\n"
  "say '{\"event\":\"hello\",\"name\":\"waiting\",\"version\":\"1\",\"protocol\":1,\"methods\":[\"wait\"],\"models\":[]}'\n"
  "case $(tr -d ' \\n' <job.json) in\n"
  "*'\"kind\":\"predict\"'*)\n"
  "  sed 's/.*\"id\": *\\(\"[^\"]*\"\\).*/{\"id\":\\1,\"outcome\":\"abstained\",\"categories\":[],\"confidence\":null,\"scores\":{}}/'"
  " input.jsonl >predictions.jsonl\n"
  "  say \"{\\\"event\\\":\\\"done\\\",\\\"predictions\\\":\\\"predictions.jsonl\\\",\\\"sha256\\\":\\\"$(sha256sum predictions.jsonl | cut -d' ' -f1)\\\"}\"\n"
  "  exit 0;;\n"
  "esac\n"
  "trap 'exit 0' TERM\n"
  "touch FOLDER/started\n"
  "n=0\n"
  "while [ ! -e FOLDER/go ]; do sleep 0.05; n=$((n + 1)); [ $n -lt 1200 ] || exit 1; done\n"
  "echo model >model\n"
  "say \"{\\\"event\\\":\\\"done\\\",\\\"model\\\":\\\"model\\\",\\\"sha256\\\":\\\"$(sha256sum model | cut -d' ' -f1)\\\"}\"\n";

static char *
make_project (Cli *cli)
{
  g_autoptr(GString) script = g_string_new (trainer);
  char *path = g_build_filename (cli->folder, "trainer.sh", NULL);

  g_string_replace (script, "FOLDER", cli->folder, 0);
  cli_write (cli, "trainer.sh", script->str);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  cli_write (cli, "a.csv", "text,label\nthe match ended,Sports\nshares fell,Money\nthe coach left,Sports\nrates rose,Money\n");
  cli_write (cli, "b.csv", "text,label\nthe cup was won,Sports\nthe bank closed,Money\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "b.csv", "--split", "validation", NULL);
  cli_assert_status (cli, 0);
  return path;
}

static gboolean
wait_for (Cli        *cli,
          const char *name)
{
  g_autofree char *path = g_build_filename (cli->folder, name, NULL);

  for (int i = 0; i < 600; i++)
    {
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
      g_usleep (50 * 1000);
    }
  return FALSE;
}

static void
interrupt_and_resume (int signal_number)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *path = make_project (cli), *id = NULL;
  g_autoptr(GSubprocess) process = cli_start (cli, "tune", "p.hone", "--experiment", "t", "--method", "wait", "--trainer", path, NULL);

  g_assert_true (wait_for (cli, "started"));
  g_subprocess_send_signal (process, signal_number);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 4);

  cli_run (cli, "runs", "p.hone", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli_string (cli, "runs.0.kind"), ==, "tune");
  g_assert_cmpstr (cli_string (cli, "runs.0.state"), ==, "cancelled");
  id = g_strdup_printf ("%d", (int) cli_int (cli, "runs.0.id"));
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 4);

  cli_write (cli, "go", "");
  cli_run (cli, "runs", "p.hone", "--resume", id, NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "evaluate", "p.hone", "--experiment", "t@1", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "n"), ==, 2);
  g_assert_cmpint (cli_int (cli, "confusion.counts.0.2") + cli_int (cli, "confusion.counts.1.2"), ==, 2);
  cli_run (cli, "runs", "p.hone", "--watch", NULL);
  cli_assert_status (cli, 0);
}

static gboolean
has_flock (void)
{
  g_autofree char *flock = g_find_program_in_path ("flock");

  if (flock == NULL)
    g_test_skip ("there is no flock program");
  return flock != NULL;
}

static void
test_interrupt (void)
{
  if (has_flock ())
    interrupt_and_resume (SIGINT);
}

static void
test_terminate (void)
{
  if (has_flock ())
    interrupt_and_resume (SIGTERM);
}

/* Killed outright: the trainer lives on, and whoever comes back finds it and what it made. */
static void
test_killed (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *path = NULL;
  g_autoptr(GSubprocess) process = NULL;

  if (!has_flock ())
    return;
  path = make_project (cli);
  process = cli_start (cli, "tune", "p.hone", "--experiment", "t", "--method", "wait", "--trainer", path, NULL);
  g_assert_true (wait_for (cli, "started"));
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  cli_write (cli, "go", "");
  cli_run (cli, "runs", "p.hone", "--watch", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "runs", "p.hone", "--json", NULL);
  g_assert_cmpstr (cli_string (cli, "runs.0.state"), ==, "succeeded");
  cli_run (cli, "evaluate", "p.hone", "--experiment", "t", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "iteration"), ==, 1);
}

/* Nobody follows it any more: it is stopped all the same, and goes on when somebody says so. */
static void
test_cancelled (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *path = NULL;
  g_autoptr(GSubprocess) process = NULL;

  if (!has_flock ())
    return;
  path = make_project (cli);
  process = cli_start (cli, "tune", "p.hone", "--experiment", "t", "--method", "wait", "--trainer", path, NULL);
  g_assert_true (wait_for (cli, "started"));
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  cli_run (cli, "runs", "p.hone", "--cancel", "1", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "runs", "p.hone", "--json", NULL);
  g_assert_cmpstr (cli_string (cli, "runs.0.state"), ==, "cancelled");
  cli_run (cli, "runs", "p.hone", "--cancel", "1", NULL);
  cli_assert_status (cli, 1);
  cli_write (cli, "go", "");
  cli_run (cli, "runs", "p.hone", "--resume", "1", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "evaluate", "p.hone", "--experiment", "t@1", NULL);
  cli_assert_status (cli, 0);
}

/* ---- a resumed run says what an uninterrupted one says ---- */

static char *
without_times (const char *text)
{
  g_autoptr(GRegex) times = g_regex_new (" in [0-9.]+ s\\n|\"seconds\": [0-9.e+-]+", 0, 0, NULL);

  return g_regex_replace_literal (times, text, -1, 0, " in TIME", 0, NULL);
}

static char *
tune_at_once (gboolean json)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *path = make_project (cli);

  cli_write (cli, "go", "");
  cli_run (cli, "tune", "p.hone", "--experiment", "t", "--method", "wait", "--trainer", path, json ? "--json" : NULL, NULL);
  cli_assert_status (cli, 0);
  return without_times (cli->out);
}

static char *
tune_in_two_lives (gboolean json)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *path = make_project (cli);
  g_autoptr(GSubprocess) process = cli_start (cli, "tune", "p.hone", "--experiment", "t", "--method", "wait", "--trainer", path, NULL);

  g_assert_true (wait_for (cli, "started"));
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 4);
  cli_write (cli, "go", "");
  cli_run (cli, "runs", "p.hone", "--resume", "1", json ? "--json" : NULL, NULL);
  cli_assert_status (cli, 0);
  return without_times (cli->out);
}

static void
test_same_words (gconstpointer data)
{
  gboolean json = GPOINTER_TO_INT (data);
  g_autofree char *once = NULL, *twice = NULL;

  if (!has_flock ())
    return;
  once = tune_at_once (json);
  twice = tune_in_two_lives (json);
  g_assert_cmpstr (twice, ==, once);
  g_assert_nonnull (strstr (once, json ? "\"trained\": 4" : "Training list: 4 labels of train\n"));
  g_assert_nonnull (strstr (once, json ? "\"against_previous\"" : "t@0 validation, n = 2"));
}

/* ---- the engine goes on while its front end is killed ---- */

static void
make_sample (Cli *cli)
{
  g_autofree char *headlines = g_build_filename (g_getenv ("HONE_SOURCE_DIR"), "data", "sample", "headlines.csv", NULL);

  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", headlines, "--labels", "known", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "label", "p.hone", "--simulate", "120", "--order", "balanced", NULL);
  cli_assert_status (cli, 0);
}

static char *
dup_scores (Cli *cli)
{
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n@1", "--json", NULL);
  cli_assert_status (cli, 0);
  return without_times (cli->out);
}

/* Some file of this name below a folder has something in it. */
static gboolean
has_written (const char *folder,
             const char *name)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;
  gboolean found = FALSE;

  while (!found && dir && (entry = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      GStatBuf info;

      found = g_file_test (path, G_FILE_TEST_IS_DIR) ? has_written (path, name)
                                                     : g_str_equal (entry, name) && g_stat (path, &info) == 0 && info.st_size > 0;
    }
  return found;
}

/* Killed in the middle of training, and again while it is followed; the numbers are those of a run that nobody disturbed. */
static void
test_engine (void)
{
  g_autoptr(Cli) cli = cli_new (), quiet = cli_new ();
  g_autoptr(GSubprocess) process = NULL, follower = NULL;
  g_autofree char *disturbed = NULL, *undisturbed = NULL;

  if (!cli_has_engine ())
    return;
  make_sample (quiet);
  cli_run (quiet, "tune", "p.hone", "--experiment", "n", "--set", "self_training=true", NULL);
  cli_assert_status (quiet, 0);
  undisturbed = dup_scores (quiet);

  make_sample (cli);
  process = cli_start (cli, "tune", "p.hone", "--experiment", "n", "--set", "self_training=true", NULL);
  /* The stage is noted before the engine is started: its first event shows that it is at work. */
  for (int i = 0; !has_written (cli->folder, "events.jsonl"); i++)
    {
      g_assert_cmpint (i, <, 2000);
      g_usleep (5 * 1000);
    }
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  follower = cli_start (cli, "runs", "p.hone", "--watch", NULL);
  g_usleep (100 * 1000);
  g_subprocess_send_signal (follower, SIGKILL);
  g_assert_true (g_subprocess_wait (follower, NULL, NULL));
  cli_run (cli, "runs", "p.hone", "--watch", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli_string (cli, "runs.0.state"), ==, "succeeded");
  disturbed = dup_scores (cli);
  g_assert_cmpstr (disturbed, ==, undisturbed);
}

/* While one process writes a project, another is told who it is, and may read. */
static void
test_busy (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *path = NULL;
  g_autoptr(GSubprocess) process = NULL;

  if (!has_flock ())
    return;
  path = make_project (cli);
  process = cli_start (cli, "tune", "p.hone", "--experiment", "t", "--method", "wait", "--trainer", path, NULL);
  g_assert_true (wait_for (cli, "started"));
  cli_run (cli, "label", "p.hone", "--id", "#1", "--category", "SPORTS", NULL);
  cli_assert_status (cli, 1);
  g_assert_nonnull (strstr (cli->err, g_subprocess_get_identifier (process)));
  cli_run (cli, "split", "p.hone", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 4);
  cli_write (cli, "go", "");
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
test_import (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autoptr(GString) texts = g_string_new ("text,label\n");
  g_autoptr(GSubprocess) process = NULL;
  int status;

  for (int i = 0; i < 60000; i++)
    g_string_append_printf (texts, "text number %d of many that take a while to read,%c\n", i, 'A' + i % 5);
  cli_write (cli, "a.csv", texts->str);
  cli_run (cli, "new", "p.hone", NULL);
  process = cli_start (cli, "import", "p.hone", "a.csv", NULL);
  g_usleep (150 * 1000);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  status = g_subprocess_get_exit_status (process);
  /* All or nothing: cancelled leaves nothing, and what was too late for that is all there. */
  g_test_message ("status %d", status);
  g_assert_true (status == 4 || status == 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.examples"), ==, status == 4 ? 0 : 60000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/interrupt/interrupt", test_interrupt);
  g_test_add_func ("/cli/interrupt/terminate", test_terminate);
  g_test_add_func ("/cli/interrupt/killed", test_killed);
  g_test_add_func ("/cli/interrupt/cancelled", test_cancelled);
  g_test_add_data_func ("/cli/interrupt/same-words", GINT_TO_POINTER (FALSE), test_same_words);
  g_test_add_data_func ("/cli/interrupt/same-words-json", GINT_TO_POINTER (TRUE), test_same_words);
  g_test_add_func ("/cli/interrupt/engine", test_engine);
  g_test_add_func ("/cli/interrupt/busy", test_busy);
  g_test_add_func ("/cli/interrupt/import", test_import);
  return g_test_run ();
}
