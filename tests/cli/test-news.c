/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real headlines, where they are, through four iterations by the commands that the manual page promises. */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"

static char *
dup_news (const char *name)
{
  return g_build_filename (g_getenv ("HONE_SHARED_DIR") ? g_getenv ("HONE_SHARED_DIR") : ".", "data", "news", name, NULL);
}

static gboolean
has_news (void)
{
  g_autofree char *path = dup_news ("news-4.txt");

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_test_skip ("the news texts are not here");
  return FALSE;
}

/* With the ending that people would give. */
static const char * const formats[][2] = {
  { "csv", "csv" }, { "tsv", "tsv" }, { "json", "json" }, { "jsonl", "jsonl" }, { "hone-csv", "csv" }, { "hone-jsonl", "jsonl" },
  { "kili", "json" }, { "label-studio", "json" }, { "argilla", "json" }, { "prodigy", "jsonl" }, { "doccano", "jsonl" },
  { "fasttext", "txt" }, { "openai-chat", "jsonl" }, { "huggingface", "folder" }, { "kiln", "csv" }, { "llama-factory", "folder" },
};

static void
make_project (Cli *cli)
{
  g_autofree char *ontology = dup_news ("ontology.json"), *first = dup_news ("news-1.txt"), *third = dup_news ("news-3.txt");
  g_autofree char *fourth = dup_news ("news-4.txt");

  cli_run (cli, "new", "news.hone", "--ontology", ontology, "--seed", "1", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "news.hone", first, third, "--labels", "known", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 1600);
  g_assert_cmpint (cli_int (cli, "known"), ==, 1600);
  cli_run (cli, "import", "news.hone", fourth, "--split", "validation", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.validation"), ==, 800);
  g_assert_cmpint (cli_int (cli, "current"), ==, 800);
}

static void
iterate (Cli        *cli,
         const char *n,
         const char *order,
         int         number)
{
  cli_run (cli, "label", "news.hone", "--simulate", n, "--order", order, NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "tune", "news.hone", "--experiment", "n", "--method", "ngrams", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "iteration"), ==, number);
  g_assert_cmpint (cli_int (cli, "n"), ==, 800);
}

static void
check_scores (Cli *cli)
{
  cli_run (cli, "evaluate", "news.hone", "--experiment", "n@0", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpfloat (cli_double (cli, "iou_score.value"), ==, 0.125);   /* eight categories, a hundred texts each */
  cli_run (cli, "compare", "news.hone", "n@0", "n@1", "n@2", "n@3", "n@4", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "n"), ==, 800);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (cli_node (cli, "pairs"))), ==, 10);
  g_assert_cmpstr (cli_string (cli, "pairs.3.b"), ==, "n@4");
  g_assert_cmpfloat (cli_double (cli, "pairs.3.p"), <, 0.01);
  g_assert_cmpfloat (cli_double (cli, "iterations.4.accuracy.value"), >, cli_double (cli, "iterations.1.accuracy.value"));
}

static void
check_report (Cli *cli)
{
  static const char * const names[] = { "r.md", "r.csv", "r.json" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      cli_run (cli, "report", "news.hone", "--experiment", "n@all", "--output", names[i], NULL);
      cli_assert_status (cli, 0);
    }
  cli_run (cli, "verify", "r.json", "news.hone", NULL);
  cli_assert_status (cli, 0);
}

static void
check_export (Cli *cli)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *output = g_strdup_printf ("out-%s.%s", formats[i][0], formats[i][1]);

      g_test_message ("%s", formats[i][0]);
      cli_run (cli, "export", "news.hone", "--what", "labels", "--split", "validation", "--format", formats[i][0], "--output", output, NULL);
      cli_assert_status (cli, 0);
      cli_run (cli, "new", "copy.hone", NULL);
      cli_run (cli, "import", "copy.hone", output, "--dry-run", "--json", NULL);
      cli_assert_status (cli, 0);
      g_assert_cmpint (cli_int (cli, "examples"), ==, 800);
      g_assert_cmpint (cli_int (cli, "current"), ==, 800);
    }
}

static void
test_loop (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *third = dup_news ("news-3.txt"), *table = NULL;

  if (!cli_has_engine () || !has_news ())
    return;
  make_project (cli);
  iterate (cli, "80", "balanced", 1);
  iterate (cli, "120", "uncertain", 2);
  iterate (cli, "200", "random", 3);
  iterate (cli, "400", "balanced", 4);
  check_scores (cli);
  check_report (cli);
  check_export (cli);
  cli_run (cli, "classify", "news.hone", "--experiment", "n", third, "--format", "text-label", "--output", "o.csv", NULL);
  cli_assert_status (cli, 0);
  table = cli_read (cli, "o.csv");
  g_assert_nonnull (strstr (table, "MEDIA_AND_ENTERTAINMENT,answered,"));
  cli_run (cli, "tune", "news.hone", "--experiment", "n", "--method", "ngrams", "--from", "4", NULL);
  cli_assert_status (cli, 2);
  /* Nothing of all that has changed the numbers. */
  cli_run (cli, "verify", "r.json", "news.hone", NULL);
  cli_assert_status (cli, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/news/loop", test_loop);
  return g_test_run ();
}
