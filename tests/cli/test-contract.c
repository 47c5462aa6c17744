/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scripts rely on, sentence by sentence: defaults, members of --json, exit statuses, and the commands that mend. */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli-fixture.h"

static const char * const words[2][4] = {
  { "the striker scored a goal", "the keeper saved a penalty", "the coach praised the team", "the derby ended in a draw" },
  { "the bank raised its rates", "shares fell after the report", "the budget has a deficit", "traders sold their bonds" },
};
static const char * const names[2] = { "Sports", "Money" };

/* Sentences with a number, so that none is a near copy of another. */
static void
write_texts (Cli        *cli,
             const char *name,
             const char *salt,
             guint       n)
{
  g_autoptr(GString) out = g_string_new ("id,text,label\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%u,%s on %s day %u,%s\n", salt, i, words[i % 2][i / 2 % 4], salt, i, names[i % 2]);
  cli_write (cli, name, out->str);
}

static void
write_folder (Cli        *cli,
              const char *name)
{
  g_autofree char *path = g_build_filename (cli->folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
}

static void
make_project (Cli *cli)
{
  write_texts (cli, "train.csv", "mon", 40);
  write_texts (cli, "validation.csv", "tues", 20);
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "train.csv", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "validation.csv", "--split", "validation", NULL);
  cli_assert_status (cli, 0);
}

static void
assert_mends (Cli        *cli,
              const char *command)
{
  g_autofree char *line = g_strdup_printf ("\nTry: hone-cli %s", command);

  if (strstr (cli->err, line) == NULL)
    g_test_message ("standard error: %s", cli->err);
  g_assert_nonnull (strstr (cli->err, line));
}

/* ---- import ---- */

/* Files and folders of one import belong together; the split that a file names counts unless --split says otherwise. */
static void
test_paths (void)
{
  g_autoptr(Cli) cli = cli_new ();

  write_folder (cli, "a folder");
  write_folder (cli, "ордner é");
  write_texts (cli, "a folder/one.csv", "one", 6);
  write_texts (cli, "a folder/two.csv", "two", 8);
  write_texts (cli, "ордner é/drei & vier.csv", "three", 10);
  write_texts (cli, "five.csv", "five", 2);
  cli_run (cli, "new", "ä project.hone", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "ä project.hone", "a folder", "ордner é", "five.csv", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 26);
  g_assert_cmpint (cli_int (cli, "splits.train"), ==, 26);
  /* Files that were read before, by another path: nothing is new. */
  cli_run (cli, "import", "ä project.hone", "a folder/one.csv", "ордner é/drei & vier.csv", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 0);
  /* One path that is not there spoils all. */
  write_texts (cli, "six.csv", "six", 2);
  cli_run (cli, "import", "ä project.hone", "six.csv", "missing.csv", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "missing.csv"));
  cli_run (cli, "split", "ä project.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.examples"), ==, 26);
}

static void
test_splits (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "a.csv", "text,label,split\none one,A,train\ntwo two,B,validation\nthree three,A,test\nfour four,B,\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.train"), ==, 2);
  g_assert_cmpint (cli_int (cli, "splits.validation"), ==, 1);
  g_assert_cmpint (cli_int (cli, "splits.test"), ==, 1);
  cli_run (cli, "new", "q.hone", NULL);
  cli_run (cli, "import", "q.hone", "a.csv", "--split", "test", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.test"), ==, 4);
  g_assert_null (cli_node (cli, "splits.train"));
  cli_run (cli, "new", "r.hone", NULL);
  write_texts (cli, "many.csv", "many", 100);
  cli_run (cli, "import", "r.hone", "many.csv", "--split", "80/10/10", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.train"), ==, 80);
  g_assert_cmpint (cli_int (cli, "splits.validation"), ==, 10);
  g_assert_cmpint (cli_int (cli, "splits.test"), ==, 10);
}

/* Known answers are hidden in train alone. */
static void
test_known (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "a.csv", "text,label,split\none one,A,train\ntwo two,B,validation\nthree three,A,test\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", "--labels", "known", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "known"), ==, 1);
  g_assert_cmpint (cli_int (cli, "current"), ==, 2);
  cli_run (cli, "new", "q.hone", NULL);
  cli_run (cli, "import", "q.hone", "a.csv", "--labels", "ignore", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "current"), ==, 0);
  cli_run (cli, "label", "q.hone", "--simulate", "1", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "import q.hone FILE --labels known\n");
}

/* Only refused records stop an import; everything else is a warning. */
static void
test_warnings (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "o.txt", "A\nB\n");
  cli_write (cli, "a.csv", "text,label\none one,A\ntwo two,C\none one,A\n");
  cli_run (cli, "new", "p.hone", "--ontology", "o.txt", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "warnings.unknown-category"), ==, 1);
  g_assert_cmpint (cli_int (cli, "refused"), ==, 0);
  g_assert_cmpint (cli_int (cli, "problems.0.line"), ==, 3);

  cli_write (cli, "b.csv", "id,text,label\n1,three three,A\n1,four four,B\n");
  cli_run (cli, "import", "p.hone", "b.csv", "--json", NULL);
  cli_assert_status (cli, 3);
  g_assert_cmpint (cli_int (cli, "refused"), ==, 1);
  g_assert_cmpint (cli_int (cli, "warnings.id-conflict"), ==, 1);
  assert_mends (cli, "import p.hone PATH --on-error skip");
  cli_run (cli, "import", "p.hone", "b.csv", "--on-error", "skip", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 1);
}

static void
test_encoding (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "a.csv", "text,label\nGr\xfc\xdf" "e aus K\xf6ln,\xc4rger\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", "--encoding", "ISO-8859-15", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli_string (cli, "new_categories.0"), ==, "ÄRGER");
  cli_run (cli, "import", "p.hone", "a.csv", "--encoding", "no-such-encoding", NULL);
  g_assert_cmpint (cli->status, >=, 2);
  g_assert_cmpint (cli->status, <=, 3);
}

/* ---- what is missing, and what mends it ---- */

static void
test_mends (void)
{
  g_autoptr(Cli) cli = cli_new ();

  if (!cli_has_engine ())
    return;
  write_texts (cli, "train.csv", "mon", 40);
  cli_write (cli, "bare.txt", "nobody said what this is\nnor this\n");
  cli_run (cli, "new", "it's a project.hone", NULL);
  cli_run (cli, "tune", "it's a project.hone", "--experiment", "n", "--method", "ngrams", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "ontology 'it'\\''s a project.hone' --set FILE\n");
  cli_run (cli, "import", "it's a project.hone", "train.csv", "--labels", "known", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "it's a project.hone", "--experiment", "n", "--method", "ngrams", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "label 'it'\\''s a project.hone' --simulate 80 --order balanced\n");
  cli_run (cli, "label", "it's a project.hone", "--simulate", "40", NULL);
  cli_assert_status (cli, 0);

  /* Without validation labels it trains all the same, and says what nothing was scored for. */
  cli_run (cli, "tune", "it's a project.hone", "--experiment", "n", "--method", "ngrams", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "trained"), ==, 40);
  g_assert_cmpint (cli_int (cli, "n"), ==, 0);
  cli_run (cli, "evaluate", "it's a project.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "import 'it'\\''s a project.hone' FILE --split validation\n");
  cli_run (cli, "import", "it's a project.hone", "bare.txt", "--format", "lines", "--split", "validation", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "it's a project.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "Nothing was scored"));
  cli_run (cli, "compare", "it's a project.hone", "n@0", "n@1", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "import 'it'\\''s a project.hone' FILE --split validation\n");
  /* What was learnt from cannot be scored. */
  cli_run (cli, "evaluate", "it's a project.hone", "--experiment", "n@1", "--split", "train", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "40 trained on"));
  cli_run (cli, "report", "it's a project.hone", "--output", "r.md", NULL);
  cli_assert_status (cli, 0);
}

static void
test_nothing_to_report (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "report", "p.hone", "--output", "r.md", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "tune p.hone --experiment NAME\n");
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 3);
  assert_mends (cli, "tune p.hone --experiment NAME\n");
}

/* ---- scores ---- */

/* Where all is one class kappa is undefined, and says so by null. */
static void
test_one_class (void)
{
  g_autoptr(Cli) cli = cli_new ();

  if (!cli_has_engine ())
    return;
  cli_write (cli, "o.txt", "Sports\nMoney\n");
  cli_write (cli, "train.csv", "text,label\nthe striker scored,Sports\nthe bank closed,Money\nthe keeper won,Sports\nthe striker won,Sports\n");
  cli_write (cli, "validation.csv", "text,label\nthe striker scored twice,Sports\nthe keeper won again,Sports\n");
  cli_run (cli, "new", "p.hone", "--ontology", "o.txt", NULL);
  cli_run (cli, "import", "p.hone", "train.csv", NULL);
  cli_run (cli, "import", "p.hone", "validation.csv", "--split", "validation", NULL);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n@0", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpfloat (cli_double (cli, "accuracy.value"), ==, 1.0);
  g_assert_true (JSON_NODE_HOLDS_NULL (cli_node (cli, "kappa.value")));
  g_assert_true (JSON_NODE_HOLDS_NULL (cli_node (cli, "kappa.low")));
  /* A class in neither labels nor predictions has no IoU. */
  g_assert_true (JSON_NODE_HOLDS_NULL (cli_node (cli, "per_class.MONEY.iou")));
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n@0", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "–"));
  cli_run (cli, "report", "p.hone", "--output", "r.json", NULL);
  cli_run (cli, "verify", "r.json", "p.hone", NULL);
  cli_assert_status (cli, 0);
}

/* Default split of predict and evaluate; a split that was not asked about is asked first; @N is the last. */
static void
test_predict (void)
{
  g_autoptr(Cli) cli = cli_new ();

  if (!cli_has_engine ())
    return;
  make_project (cli);
  write_texts (cli, "test.csv", "wednes", 10);
  cli_run (cli, "import", "p.hone", "test.csv", "--split", "test", NULL);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "n"), ==, 20);
  g_assert_cmpint (cli_int (cli, "iteration"), ==, 1);
  g_assert_cmpint (cli_int (cli, "against_previous.n"), ==, 20);
  g_assert_cmpstr (cli_string (cli, "against_previous.a"), ==, "n@0");
  cli_run (cli, "predict", "p.hone", "--experiment", "n", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli_string (cli, "split"), ==, "validation");
  g_assert_cmpint (cli_int (cli, "predictions.answered"), ==, 20);
  cli_run (cli, "predict", "p.hone", "--experiment", "n@0", "--split", "test", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "iteration"), ==, 0);
  g_assert_cmpint (cli_int (cli, "predictions.answered"), ==, 10);
  cli_run (cli, "compare", "p.hone", "n@0", "n", "--split", "test", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "n"), ==, 10);
  g_assert_cmpint (cli_int (cli, "iterations.1.iteration"), ==, 1);
  /* What differs: one is the commonest category, the other learnt. */
  g_assert_cmpstr (cli_string (cli, "settings.labels.0"), ==, "0");
  g_assert_cmpstr (cli_string (cli, "settings.labels.1"), ==, "40");
  g_assert_cmpstr (cli_string (cli, "settings.baseline.0"), ==, "majority");
  g_assert_null (cli_node (cli, "settings.template"));
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--dry-run", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "iteration"), ==, 2);
  g_assert_cmpint (cli_int (cli, "labels"), ==, 40);
  g_assert_cmpint (cli_int (cli, "categories.SPORTS"), ==, 20);
  g_assert_cmpfloat (cli_double (cli, "seconds"), >, 0.0);
  cli_run (cli, "runs", "p.hone", "--json", NULL);
  g_assert_cmpstr (cli_string (cli, "runs.0.state"), ==, "succeeded");
}

/* The seed of the training is the project's unless --seed says otherwise; --set is told to the trainer and kept. */
static void
test_settings (void)
{
  g_autoptr(Cli) cli = cli_new ();

  if (!cli_has_engine ())
    return;
  make_project (cli);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--seed", "77", "--set", "epochs=3", "--set", "learning_rate=0.5", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "compare", "p.hone", "n@1", "n@2", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli_string (cli, "settings.seed.0"), ==, "77");
  g_assert_cmpstr (cli_string (cli, "settings.seed.1"), ==, "1");
  g_assert_cmpstr (cli_string (cli, "settings.epochs.0"), ==, "3");
  g_assert_cmpstr (cli_string (cli, "settings.learning_rate.0"), ==, "0.5");
  g_assert_cmpstr (cli_string (cli, "settings.learning_rate.1"), ==, "–");
}

/* ---- locale ---- */

static gboolean
make_locale (Cli *cli)
{
  g_autofree char *folder = g_build_filename (cli->folder, "locales", NULL), *path = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char *make[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", path, NULL };
  const char *ask[] = { "locale", "decimal_point", NULL };
  g_autofree char *said = NULL;
  int status;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  if (g_spawn_sync (NULL, (char **) make, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                    NULL, NULL, &status, NULL) &&
      g_spawn_sync (NULL, (char **) ask, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, &status, NULL) &&
      g_strcmp0 (g_strchomp (said), ",") == 0)
    return TRUE;
  g_test_skip ("there is no German locale, nor the means to make one");
  return FALSE;
}

/* Numbers are in the C locale wherever a program reads them. */
static void
test_locale (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *before = g_strdup (g_getenv ("LC_ALL")), *csv = NULL, *table = NULL;

  if (!cli_has_engine ())
    return;
  if (make_locale (cli))
    {
      make_project (cli);
      cli_run (cli, "tune", "p.hone", "--experiment", "n", "--time", "9.5", "--set", "learning_rate=0.25", NULL);
      cli_assert_status (cli, 0);
      cli_run (cli, "evaluate", "p.hone", "--experiment", "n@0", "--json", NULL);
      cli_assert_status (cli, 0);
      g_assert_cmpfloat (cli_double (cli, "accuracy.value"), ==, 0.5);
      g_assert_nonnull (strstr (cli->out, "\"accuracy\": {\"value\": 0.5, "));
      cli_run (cli, "report", "p.hone", "--output", "r.json", NULL);
      cli_run (cli, "report", "p.hone", "--output", "r.csv", NULL);
      cli_assert_status (cli, 0);
      csv = cli_read (cli, "r.csv");
      g_assert_nonnull (strstr (csv, "\nn,0,validation,accuracy,0.5,"));
      cli_run (cli, "verify", "r.json", "p.hone", NULL);
      cli_assert_status (cli, 0);
      cli_run (cli, "classify", "p.hone", "--experiment", "n", "validation.csv", "--text", "text", "--output", "o.csv", NULL);
      cli_assert_status (cli, 0);
      table = cli_read (cli, "o.csv");
      g_assert_nonnull (strstr (table, ",answered,0."));
      cli_run (cli, "compare", "p.hone", "n@0", "n", "--json", NULL);
      g_assert_cmpstr (cli_string (cli, "settings.learning_rate.1"), ==, "0.25");
      cli_run (cli, "tune", "p.hone", "--experiment", "n", "--time", "9,5", NULL);
      cli_assert_status (cli, 2);
    }
  g_unsetenv ("LOCPATH");
  if (before)
    g_setenv ("LC_ALL", before, TRUE);
  else
    g_unsetenv ("LC_ALL");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/contract/paths", test_paths);
  g_test_add_func ("/cli/contract/splits", test_splits);
  g_test_add_func ("/cli/contract/known", test_known);
  g_test_add_func ("/cli/contract/warnings", test_warnings);
  g_test_add_func ("/cli/contract/encoding", test_encoding);
  g_test_add_func ("/cli/contract/mends", test_mends);
  g_test_add_func ("/cli/contract/nothing-to-report", test_nothing_to_report);
  g_test_add_func ("/cli/contract/one-class", test_one_class);
  g_test_add_func ("/cli/contract/predict", test_predict);
  g_test_add_func ("/cli/contract/settings", test_settings);
  g_test_add_func ("/cli/contract/locale", test_locale);
  return g_test_run ();
}
