/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong usage of each command, help, and what is not in this version. */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"

/* Each line: words of a wrong command line. None of them may touch a file. */
static const char * const wrong[] = {
  "",
  "nonsense",
  "--nonsense",
  "new",
  "new a.hone b.hone",
  "new a.hone --seed x",
  "new a.hone --seed -1",
  "new a.hone --seed",
  "new a.hone --nonsense",
  "import",
  "import p.hone",
  "import p.hone a.csv --split nobody",
  "import p.hone a.csv --split 80/30",
  "import p.hone a.csv --split 80/x",
  "import p.hone a.csv --format nonsense",
  "import p.hone a.csv --labels nonsense",
  "import p.hone a.csv --on-error nonsense",
  "label",
  "label p.hone",
  "label p.hone --simulate 0",
  "label p.hone --simulate x",
  "label p.hone --simulate 5 --order nonsense",
  "label p.hone --simulate 5 --id a --category B",
  "label p.hone --id a",
  "label p.hone --category A",
  "label p.hone --id a --category A --order random",
  "label p.hone --simulate 5 extra",
  "tune",
  "tune p.hone",
  "tune p.hone --experiment a@1",
  "tune p.hone --experiment a --from x",
  "tune p.hone --experiment a --from -1",
  "tune p.hone --experiment a --seed 9007199254740992",
  "tune p.hone --experiment a --time 0",
  "tune p.hone --experiment a --time soon",
  "tune p.hone --experiment a --set epochs",
  "tune p.hone --experiment a --set =3",
  "tune p.hone --experiment a extra",
  "predict",
  "predict p.hone",
  "predict p.hone --experiment a --split all",
  "evaluate",
  "evaluate p.hone",
  "evaluate p.hone --experiment a --split nonsense",
  "compare p.hone a",
  "compare p.hone a b --split nonsense",
  "classify p.hone --experiment a --output o.csv",
  "classify p.hone in.csv --output o.csv",
  "classify p.hone --experiment a in.csv",
  "classify p.hone --experiment a in.csv --output o.txt",
  "classify p.hone --experiment a in.csv --output o.csv --format nonsense",
  "report p.hone",
  "report p.hone --output r.txt",
  "report p.hone --output r.md --split nonsense",
  "report p.hone --output r.html --sections nonsense",
  "verify r.json",
  "verify r.json p.hone extra",
  "export p.hone",
  "export p.hone --what nonsense --format csv --output o",
  "export p.hone --what labels --output o",
  "export p.hone --what labels --format csv",
  "export p.hone --what labels --format nonsense --output o",
  "export p.hone --what labels --format csv --output o --split nonsense",
  "ontology",
  "ontology p.hone extra",
  "split p.hone --set 80",
  "split p.hone --set 80/30",
  "split p.hone --set nonsense",
  "runs",
  "runs p.hone --cancel x",
  "runs p.hone --resume 0",
  "runs p.hone --watch --cancel 1",
};

static const char * const later[] = {
  "models list",
  "models add folder",
  "models get name",
  "models remove name",
  "models",
  "tune p.hone --experiment a --method linear",
  "tune p.hone --experiment a --method adapter",
  "tune p.hone --experiment a --method gradual",
  "tune p.hone --experiment a --method full",
  "tune p.hone --experiment a --method auto",
  "export p.hone --what model --format csv --output o",
};

static const char * const commands[] = {
  "new", "import", "label", "tune", "predict", "evaluate", "compare", "classify", "report", "verify", "export", "ontology", "split",
  "models", "runs",
};

static void
run_line (Cli        *cli,
          const char *line)
{
  g_auto(GStrv) words = *line ? g_strsplit (line, " ", -1) : g_new0 (char *, 1);

  g_test_message ("hone-cli %s", line);
  cli_run_strv (cli, (const char * const *) words);
}

static gboolean
is_empty (Cli *cli)
{
  g_autoptr(GDir) dir = g_dir_open (cli->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (strcmp (name, "home") != 0)
      return FALSE;
  return TRUE;
}

static void
test_wrong (void)
{
  g_autoptr(Cli) cli = cli_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      run_line (cli, wrong[i]);
      cli_assert_status (cli, 2);
      g_assert_true (g_str_has_prefix (cli->err, "hone-cli: "));
      g_assert_nonnull (strstr (cli->err, "--help"));
      g_assert_cmpstr (cli->out, ==, "");
      g_assert_true (is_empty (cli));
    }
}

static void
test_later (void)
{
  g_autoptr(Cli) cli = cli_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      run_line (cli, later[i]);
      cli_assert_status (cli, 2);
      g_assert_nonnull (strstr (cli->err, "not in this version"));
      g_assert_true (is_empty (cli));
    }
}

static void
test_help (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_run (cli, "--help", NULL);
  cli_assert_status (cli, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strdup_printf ("\n  %s ", commands[i]);

      g_assert_nonnull (strstr (cli->out, line));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strdup_printf ("hone-cli %s [OPTION…]", commands[i]);
      g_autofree char *first = NULL;

      cli_run (cli, commands[i], "--help", NULL);
      cli_assert_status (cli, 0);
      g_assert_nonnull (strstr (cli->out, usage));
      first = g_strdup (cli->out);
      cli_run (cli, "help", commands[i], NULL);
      cli_assert_status (cli, 0);
      g_assert_cmpstr (cli->out, ==, first);
    }
  cli_run (cli, "--version", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli->out, ==, "hone-cli " PACKAGE_VERSION "\n");
}

/* Options may stand before or after the other arguments, and some before the command. */
static void
test_order (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_run (cli, "new", "--seed", "4", "p.hone", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "--json", "p.hone", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.train.examples"), ==, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "--json", "split", "p.hone", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (cli->json);
  cli_run (cli, "new", "q.hone", "--quiet", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli->out, ==, "");
  cli_run (cli, "-q", "new", "r.hone", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpstr (cli->out, ==, "");
  /* A name that begins with a dash comes after “--”. */
  cli_run (cli, "new", "--", "-s.hone", NULL);
  cli_assert_status (cli, 0);
}

/* Bytes that are no UTF-8 are refused as text and taken as file names; UTF-8 is UTF-8 in every locale. */
static void
test_bytes (void)
{
  g_autoptr(Cli) cli = cli_new ();
  G_GNUC_UNUSED g_autofree char *text = NULL;

  cli_run (cli, "new", "p\xff.hone", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p\xff.hone", "a.csv", "--text", "a\xff", NULL);
  cli_assert_status (cli, 2);
  cli_run (cli, "compare", "p\xff.hone", "a\xff", "b", NULL);
  cli_assert_status (cli, 2);

  g_setenv ("HONE_TEST_LC_ALL", "C", TRUE);
  cli_write (cli, "é.csv", "Texte;Catégorie\nun deux trois;Santé\nquatre cinq;Économie\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "é.csv", "--text", "Texte", "--label", "Catégorie", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "ontology", "p.hone", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->out, "Santé"));
  g_unsetenv ("HONE_TEST_LC_ALL");
}

/* Where the project is what is wrong, nothing is made and the status is 3. */
static void
test_projects (void)
{
  static const char * const lines[] = {
    "import p.hone a.csv", "label p.hone --simulate 5", "label p.hone --id a --category B", "tune p.hone --experiment a",
    "predict p.hone --experiment a", "evaluate p.hone --experiment a", "compare p.hone a b",
    "classify p.hone --experiment a in.csv --output o.csv", "report p.hone --output r.md",
    "export p.hone --what labels --format csv --output o.csv", "ontology p.hone", "split p.hone", "runs p.hone",
  };
  g_autoptr(Cli) cli = cli_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      run_line (cli, lines[i]);
      cli_assert_status (cli, 3);
      g_assert_nonnull (strstr (cli->err, "hone-cli new p.hone"));
      g_assert_true (is_empty (cli));
    }
  cli_write (cli, "p.hone", "This is not a project, and long enough to be told from an empty file.\n");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = NULL;

      run_line (cli, lines[i]);
      cli_assert_status (cli, 3);
      text = cli_read (cli, "p.hone");
      g_assert_true (g_str_has_prefix (text, "This is not a project"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/arguments/wrong", test_wrong);
  g_test_add_func ("/cli/arguments/not-in-this-version", test_later);
  g_test_add_func ("/cli/arguments/help", test_help);
  g_test_add_func ("/cli/arguments/order", test_order);
  g_test_add_func ("/cli/arguments/bytes", test_bytes);
  g_test_add_func ("/cli/arguments/projects", test_projects);
  return g_test_run ();
}
