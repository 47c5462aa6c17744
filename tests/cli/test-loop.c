/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole loop with the engine on a small data set of its own: import, label, tune, evaluate, compare, classify, report, verify, export. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "cli-fixture.h"

#define N_PER_CATEGORY 60

/* Invented sentences that a bag of words can mostly tell apart. */
static const char * const subjects[3][6] = {
  { "The striker", "Our goalkeeper", "The coach", "A tired winger", "The visiting team", "The referee" },
  { "The central bank", "A grain trader", "The board", "Every shareholder", "The treasury", "A small lender" },
  { "The telescope", "A young chemist", "The probe", "This enzyme", "The laboratory", "A geologist" },
};
static const char * const endings[3][5] = {
  { "scored in the last minute", "missed the penalty again", "lost the derby at home", "signed until the summer", "left the pitch limping" },
  { "raised its interest rates", "sold bonds at a discount", "warned about the deficit", "reported a record profit", "halved the dividend" },
  { "measured a faint signal", "confirmed the old theory", "published a strange result", "found water under the ice", "split the molecule" },
};
static const char * const keys[3] = { "SPORT", "MONEY", "SCIENCE" };

/* Each sentence once: a number makes it no near copy of another. A few say nothing about their category. */
static char *
make_texts (guint first,
            guint n)
{
  GString *out = g_string_new ("id,text,label\n");

  for (guint i = first; i < first + n; i++)
    for (guint c = 0; c < 3; c++)
      {
        if (i % 10 == 3)
          g_string_append_printf (out, "%s-%u,Nothing else happened on day %u%u.,%s\n", keys[c], i, i, c, keys[c]);
        else
          g_string_append_printf (out, "%s-%u,%s %s on day %u.,%s\n", keys[c], i, subjects[c][i % 6], endings[c][(i / 6) % 5], i, keys[c]);
      }
  return g_string_free (out, FALSE);
}

static void
make_project (Cli *cli)
{
  g_autofree char *train = make_texts (0, N_PER_CATEGORY), *validation = make_texts (100, 40), *test = make_texts (200, 20);

  cli_write (cli, "train.csv", train);
  cli_write (cli, "validation.csv", validation);
  cli_write (cli, "test.csv", test);
  cli_write (cli, "categories.txt", "Sport\nMoney\nScience\n");
  cli_run (cli, "new", "p.hone", "--ontology", "categories.txt", "--seed", "1", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "train.csv", "--labels", "known", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "validation.csv", "--split", "validation", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "test.csv", "--split", "test", NULL);
  cli_assert_status (cli, 0);
}

static void
assert_estimate (Cli        *cli,
                 const char *path)
{
  g_autofree char *value = g_strdup_printf ("%s.value", path), *low = g_strdup_printf ("%s.low", path);
  g_autofree char *high = g_strdup_printf ("%s.high", path);

  g_assert_cmpfloat (cli_double (cli, low), <=, cli_double (cli, value));
  g_assert_cmpfloat (cli_double (cli, value), <=, cli_double (cli, high));
}

static void
assert_evaluation (Cli *cli,
                   gint64 n)
{
  static const char * const measures[] = { "iou_score", "accuracy", "mean_iou", "macro_f1" };
  static const char * const reasons[] = { "no-label", "disputed", "failed", "missing", "trained" };
  gint64 sum = 0, right = 0;

  g_assert_cmpint (cli_int (cli, "n"), ==, n);
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    assert_estimate (cli, measures[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *path = g_strdup_printf ("left_out.%s", reasons[i]);

      g_assert_cmpint (cli_int (cli, path), ==, 0);
    }
  g_assert_nonnull (cli_node (cli, "kappa.value"));
  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 5; column++)
      {
        g_autofree char *path = g_strdup_printf ("confusion.counts.%d.%d", row, column);

        sum += cli_int (cli, path);
        right += row == column ? cli_int (cli, path) : 0;
      }
  g_assert_cmpint (sum, ==, n);
  g_assert_cmpfloat_with_epsilon (cli_double (cli, "accuracy.value"), (double) right / n, 1e-12);
  g_assert_cmpstr (cli_string (cli, "confusion.labels.0"), ==, "SPORT");
  g_assert_cmpstr (cli_string (cli, "confusion.columns.3"), ==, "UNABLE_TO_CLASSIFY");
  g_assert_cmpint (cli_int (cli, "per_class.MONEY.support"), ==, n / 3);
  g_assert_cmpfloat (cli_double (cli, "seconds"), >=, 0.0);
}

static void
test_no_labels (void)
{
  g_autoptr(Cli) cli = cli_new ();

  if (!cli_has_engine ())
    return;
  make_project (cli);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--method", "ngrams", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "hone-cli label "));
  g_assert_nonnull (strstr (cli->err, "p.hone --simulate"));
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "runs", "p.hone", "--json", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (cli_node (cli, "runs"))), ==, 0);
}

static void
check_report (Cli *cli)
{
  g_autofree char *html = NULL, *pdf = NULL;
  g_autofree char *markdown = NULL, *csv = NULL, *json = NULL;
  GString *edited;

  cli_run (cli, "report", "p.hone", "--output", "r.md", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "report", "p.hone", "--output", "r.html", "--sections", "chart,matrix", NULL);
  cli_assert_status (cli, 0);
  html = cli_read (cli, "r.html");
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>"));
  g_assert_nonnull (strstr (html, "<picture>"));
  g_assert_nonnull (strstr (html, "Read this first"));
  g_assert_null (strstr (html, ">Categories<"));
  cli_run (cli, "report", "p.hone", "--output", "r.pdf", NULL);
  cli_assert_status (cli, 0);
  pdf = cli_read (cli, "r.pdf");
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  cli_run (cli, "report", "p.hone", "--experiment", "n@all", "--output", "r.csv", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "report", "p.hone", "--experiment", "n@0", "--experiment", "n", "--output", "r.json", NULL);
  cli_assert_status (cli, 0);
  markdown = cli_read (cli, "r.md");
  g_assert_nonnull (strstr (markdown, "## n@2"));
  csv = cli_read (cli, "r.csv");
  g_assert_nonnull (strstr (csv, "\nn,1,validation,accuracy,"));
  json = cli_read (cli, "r.json");
  g_assert_null (strstr (json, cli->folder));
  g_assert_null (strstr (markdown, cli->folder));

  cli_run (cli, "verify", "r.json", "p.hone", NULL);
  cli_assert_status (cli, 0);
  edited = g_string_new (json);
  g_assert_cmpuint (g_string_replace (edited, "\"support\": 40", "\"support\": 41", 1), ==, 1);
  cli_write (cli, "edited.json", edited->str);
  g_string_free (edited, TRUE);
  cli_run (cli, "verify", "edited.json", "p.hone", NULL);
  cli_assert_status (cli, 1);
  g_assert_nonnull (strstr (cli->out, "iterations[n@0].per_class.SPORT.support: report 41, project 40"));
  cli_write (cli, "rubbish.json", "{\"hone_report\": 1}");
  cli_run (cli, "verify", "rubbish.json", "p.hone", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "verify", "missing.json", "p.hone", NULL);
  cli_assert_status (cli, 3);

  /* A label given since is found and named. */
  cli_run (cli, "label", "p.hone", "--simulate", "1", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "verify", "r.json", "p.hone", NULL);
  cli_assert_status (cli, 1);
  g_assert_nonnull (strstr (cli->out, "data.train.labelled: report 90, project 91"));
}

static void
check_test_split (Cli *cli)
{
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "openings"), ==, 0);
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n", "--split", "test", "--json", NULL);
  cli_assert_status (cli, 0);
  assert_evaluation (cli, 60);
  g_assert_nonnull (strstr (cli->err, "test"));
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "openings"), ==, 1);
  cli_run (cli, "report", "p.hone", "--experiment", "n", "--split", "test", "--output", "t.json", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "openings"), ==, 2);
  /* Equal numbers show nothing that was not shown. */
  cli_run (cli, "verify", "t.json", "p.hone", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "openings"), ==, 2);
}

static void
check_classify (Cli *cli)
{
  g_autofree char *table = NULL, *before = cli_read (cli, "p.hone"), *after = NULL;
  g_auto(GStrv) lines = NULL;

  cli_write (cli, "new.txt", "The striker missed the penalty again\nThe central bank raised its interest rates\n");
  cli_run (cli, "classify", "p.hone", "--experiment", "n", "new.txt", "--format", "lines", "--output", "o.csv", NULL);
  cli_assert_status (cli, 0);
  table = cli_read (cli, "o.csv");
  g_assert_nonnull (strstr (table, "SPORT"));
  g_assert_nonnull (strstr (table, "MONEY"));
  lines = g_strsplit (g_strchomp (table), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  cli_run (cli, "classify", "p.hone", "--experiment", "n@1", "new.txt", "--format", "lines", "--output", "o.jsonl", NULL);
  cli_assert_status (cli, 0);
  after = cli_read (cli, "p.hone");
  g_assert_cmpmem (after, strlen (after), before, strlen (before));
  cli_run (cli, "classify", "p.hone", "--experiment", "nobody", "new.txt", "--output", "o.csv", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "classify", "p.hone", "--experiment", "n", "missing.txt", "--output", "o.csv", NULL);
  cli_assert_status (cli, 3);
}

static void
check_export (Cli *cli)
{
  g_autofree char *labels = NULL;

  cli_run (cli, "export", "p.hone", "--what", "labels", "--format", "csv", "--split", "validation", "--output", "l.csv", NULL);
  cli_assert_status (cli, 0);
  labels = cli_read (cli, "l.csv");
  g_assert_nonnull (strstr (labels, "SPORT"));
  cli_run (cli, "export", "p.hone", "--what", "predictions", "--format", "csv", "--output", "x.csv", NULL);
  cli_assert_status (cli, 2);
  cli_run (cli, "export", "p.hone", "--what", "labels", "--format", "hone-jsonl", "--output", "all.jsonl", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "new", "copy.hone", "--ontology", "categories.txt", NULL);
  cli_run (cli, "import", "copy.hone", "all.jsonl", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 3 * (N_PER_CATEGORY + 40 + 20));
  g_assert_cmpint (cli_int (cli, "splits.test"), ==, 60);
}

static void
test_loop (void)
{
  g_autoptr(Cli) cli = cli_new ();
  double first, last;

  if (!cli_has_engine ())
    return;
  make_project (cli);
  cli_run (cli, "label", "p.hone", "--simulate", "30", "--order", "balanced", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--method", "ngrams", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "n@0 validation, n = 120"));
  g_assert_nonnull (strstr (cli->out, "n@1 validation, n = 120"));
  g_assert_nonnull (strstr (cli->out, "p "));
  cli_run (cli, "label", "p.hone", "--simulate", "60", "--order", "uncertain", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--quiet", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli->out, ==, "");
  g_assert_cmpstr (cli->err, ==, "");

  cli_run (cli, "evaluate", "p.hone", "--experiment", "n@0", "--json", NULL);
  cli_assert_status (cli, 0);
  assert_evaluation (cli, 120);
  first = cli_double (cli, "accuracy.value");
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n", "--json", NULL);
  cli_assert_status (cli, 0);
  assert_evaluation (cli, 120);
  g_assert_cmpint (cli_int (cli, "iteration"), ==, 2);
  last = cli_double (cli, "accuracy.value");
  g_assert_cmpfloat (last, >, first);

  cli_run (cli, "compare", "p.hone", "n@0", "n@1", "n@2", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "n"), ==, 120);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (cli_node (cli, "pairs"))), ==, 3);
  g_assert_cmpint (cli_int (cli, "pairs.0.fixed") + cli_int (cli, "pairs.0.broken") + cli_int (cli, "pairs.0.still_wrong") +
                   cli_int (cli, "pairs.0.still_right"), ==, 120);
  g_assert_cmpfloat_with_epsilon (cli_double (cli, "iterations.0.accuracy.value"), first, 1e-12);
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n@7", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--from", "1", NULL);
  cli_assert_status (cli, 2);

  check_test_split (cli);
  check_classify (cli);
  check_export (cli);
  check_report (cli);
}

/* A project without validation labels trains all the same and says that nothing was scored. */
static void
test_unscored (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *train = make_texts (0, N_PER_CATEGORY);

  if (!cli_has_engine ())
    return;
  cli_write (cli, "train.csv", train);
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "train.csv", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "hone-cli import p.hone FILE --split validation"));
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "--split validation"));
}

/* A text may have two categories: mean Jaccard is what is shown first, and the matrix has a column more. */
static void
test_several (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autoptr(GString) train = g_string_new (NULL), validation = g_string_new (NULL);

  if (!cli_has_engine ())
    return;
  for (guint i = 0; i < 90; i++)
    {
      guint a = i % 3, b = i % 2 ? (a + 1) % 3 : a;
      GString *to = i < 60 ? train : validation;

      g_string_append_printf (to, "{\"text\": \"%s %s, day %u. %s %s\", \"labels\": [\"%s\"%s%s%s]}\n", subjects[a][i % 6],
                              endings[a][i % 5], i, subjects[b][i % 6], endings[b][(i + 1) % 5], keys[a], a != b ? ", \"" : "",
                              a != b ? keys[b] : "", a != b ? "\"" : "");
    }
  cli_write (cli, "train.jsonl", train->str);
  cli_write (cli, "validation.jsonl", validation->str);
  cli_write (cli, "o.json", "{\"jobs\": {\"J\": {\"mlTask\": \"CLASSIFICATION\", \"content\": {\"input\": \"checkbox\", \"categories\": "
                            "{\"SPORT\": {\"name\": \"Sport\"}, \"MONEY\": {\"name\": \"Money\"}, \"SCIENCE\": {\"name\": \"Science\"}}}}}}");
  cli_run (cli, "new", "p.hone", "--ontology", "o.json", NULL);
  cli_run (cli, "import", "p.hone", "train.jsonl", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "validation.jsonl", "--split", "validation", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "current"), ==, 30);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "Jaccard"));
  cli_run (cli, "evaluate", "p.hone", "--experiment", "n", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "n"), ==, 30);
  /* A label that overlaps is enough for the IoU score, not for accuracy; Jaccard stands between. */
  g_assert_cmpfloat (cli_double (cli, "accuracy.value"), <=, cli_double (cli, "mean_jaccard.value"));
  g_assert_cmpfloat (cli_double (cli, "mean_jaccard.value"), <=, cli_double (cli, "iou_score.value"));
  g_assert_cmpfloat (cli_double (cli, "mean_jaccard.value"), >, 0.5);
  g_assert_cmpstr (cli_string (cli, "confusion.columns.5"), ==, "NONE");
  cli_run (cli, "report", "p.hone", "--output", "r.json", NULL);
  cli_run (cli, "verify", "r.json", "p.hone", NULL);
  cli_assert_status (cli, 0);
}

static void
test_self_training (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *report = NULL;

  if (!cli_has_engine ())
    return;
  make_project (cli);
  cli_run (cli, "label", "p.hone", "--simulate", "45", "--order", "balanced", NULL);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", "--set", "self_training=true", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "Trained n@1 on 45 labels"));
  g_assert_nonnull (strstr (cli->out, "pseudo-labels"));
  /* A pseudo-label is never a label. */
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 45);
  cli_run (cli, "report", "p.hone", "--output", "r.md", NULL);
  report = cli_read (cli, "r.md");
  g_assert_nonnull (strstr (report, "self-training"));
}

/* Same project, seed and commands: same numbers. */
static void
test_same_numbers (void)
{
  g_autofree char *first = NULL;

  if (!cli_has_engine ())
    return;
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(Cli) cli = cli_new ();
      g_autofree char *csv = NULL;

      make_project (cli);
      cli_run (cli, "label", "p.hone", "--simulate", "30", NULL);
      cli_run (cli, "tune", "p.hone", "--experiment", "n", NULL);
      cli_assert_status (cli, 0);
      cli_run (cli, "report", "p.hone", "--output", "r.csv", NULL);
      cli_assert_status (cli, 0);
      csv = cli_read (cli, "r.csv");
      if (first)
        g_assert_cmpstr (csv, ==, first);
      else
        first = g_steal_pointer (&csv);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/loop/no-labels", test_no_labels);
  g_test_add_func ("/cli/loop/loop", test_loop);
  g_test_add_func ("/cli/loop/unscored", test_unscored);
  g_test_add_func ("/cli/loop/several", test_several);
  g_test_add_func ("/cli/loop/self-training", test_self_training);
  g_test_add_func ("/cli/loop/same-numbers", test_same_numbers);
  return g_test_run ();
}
