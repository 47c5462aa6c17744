/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories from files, and changes that must keep or refuse. */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"

static void
test_print (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "list.txt", "World News\nMedia & Entertainment\n");
  cli_run (cli, "new", "p.hone", "--ontology", "list.txt", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "ontology", "p.hone", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "MEDIA_AND_ENTERTAINMENT"));
  g_assert_nonnull (strstr (cli->out, "Media & Entertainment"));
  cli_run (cli, "ontology", "p.hone", "--json", NULL);
  cli_assert_status (cli, 0);

  /* What it prints it takes. */
  cli_write (cli, "copy.json", cli->out);
  cli_run (cli, "new", "q.hone", "--ontology", "copy.json", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "ontology", "q.hone", "--json", NULL);
  {
    g_autofree char *copy = cli_read (cli, "copy.json");

    g_assert_cmpstr (cli->out, ==, copy);
  }
}

static void
test_set (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "a.csv", "text,label\nthe match ended,Sports\nshares fell,Money\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", NULL);
  cli_assert_status (cli, 0);

  /* A new order and one category more: labels stay with their categories. */
  cli_write (cli, "more.txt", "Weather\nMoney\nSports\n");
  cli_run (cli, "ontology", "p.hone", "--set", "more.txt", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.SPORTS"), ==, 1);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.MONEY"), ==, 1);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.WEATHER"), ==, 0);

  /* One that labels use cannot go. */
  cli_write (cli, "less.txt", "Weather\nMoney\n");
  cli_run (cli, "ontology", "p.hone", "--set", "less.txt", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.SPORTS"), ==, 1);

  /* A category that went never lends its number to another: the label of the text below must not change. */
  cli_write (cli, "other.txt", "Money\nSports\nTravel\n");
  cli_run (cli, "ontology", "p.hone", "--set", "other.txt", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "label", "p.hone", "--id", "#1", "--category", "TRAVEL", "--author", "import", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.TRAVEL"), ==, 1);
}

static void
test_bad (void)
{
  static const char * const texts[] = { "", "\n\n", "A\nA\n", "Unable to classify\n", "{\"jobs\": {}}", "{" };
  g_autoptr(Cli) cli = cli_new ();

  cli_run (cli, "new", "p.hone", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_build_filename (cli->folder, "q.hone", NULL);

      g_test_message ("ontology %s", texts[i]);
      cli_write (cli, "bad.json", texts[i]);
      cli_run (cli, "ontology", "p.hone", "--set", "bad.json", NULL);
      cli_assert_status (cli, 3);
      cli_run (cli, "new", "q.hone", "--ontology", "bad.json", NULL);
      cli_assert_status (cli, 3);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  cli_run (cli, "new", "q.hone", "--ontology", "missing.json", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "new", "p.hone", NULL);
  cli_assert_status (cli, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/ontology/print", test_print);
  g_test_add_func ("/cli/ontology/set", test_set);
  g_test_add_func ("/cli/ontology/bad", test_bad);
  return g_test_run ();
}
