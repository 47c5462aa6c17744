/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli: the whole loop without a display. */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-table.h"

/* In the order in which people meet them. */
static const HoneCliCommand * const commands[] = {
  &hone_cli_new, &hone_cli_import, &hone_cli_ontology, &hone_cli_split, &hone_cli_label, &hone_cli_tune, &hone_cli_predict,
  &hone_cli_evaluate, &hone_cli_compare, &hone_cli_classify, &hone_cli_report, &hone_cli_verify, &hone_cli_export, &hone_cli_runs,
  &hone_cli_models,
};

static const HoneCliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

static void
print_help (void)
{
  HoneCliTable *table = hone_cli_table_new (2, 2);

  hone_cli_print_text (_("Usage: hone-cli COMMAND PROJECT.hone [OPTION…]\n\n"
                         "Teaches models to sort texts, and measures how well they do.\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      hone_cli_table_take (table, g_strdup_printf ("  %s", commands[i]->name));
      hone_cli_table_add (table, _(commands[i]->summary));
    }
  hone_cli_table_print (table);
  hone_cli_print_text (_("\nhone-cli COMMAND --help tells the options of a command, “man hone-cli” all of it.\n"
                         "Exit status: 0 done, 1 failed, 2 wrong usage, 3 bad input, 4 cancelled (can be resumed).\n"));
}

/* Before the command stand only what holds for all commands: these are moved behind it. */
static HoneCliStatus
run (int    argc,
     char **argv)
{
  HoneCli cli = { 0 };
  g_autoptr(GStrvBuilder) arguments = g_strv_builder_new ();
  HoneCliStatus status;
  int i;

  g_strv_builder_add (arguments, "hone-cli");
  for (i = 1; i < argc && argv[i][0] == '-'; i++)
    {
      if (strcmp (argv[i], "--version") == 0)
        {
          hone_cli_print ("hone-cli %s\n", PACKAGE_VERSION);
          return HONE_CLI_DONE;
        }
      if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
        {
          print_help ();
          return HONE_CLI_DONE;
        }
      if (strcmp (argv[i], "--quiet") != 0 && strcmp (argv[i], "-q") != 0 && strcmp (argv[i], "--json") != 0)
        return hone_cli_usage (&cli, _("“%s” is not an option that stands before a command"), argv[i]);
      g_strv_builder_add (arguments, argv[i]);
    }
  if (i < argc && strcmp (argv[i], "help") == 0)
    {
      if (i + 1 == argc)
        {
          print_help ();
          return HONE_CLI_DONE;
        }
      g_strv_builder_add (arguments, "--help");
      i++;
    }
  if (i == argc)
    return hone_cli_usage (&cli, _("No command was given"));
  cli.command = find_command (argv[i]);
  if (cli.command == NULL)
    return hone_cli_usage (&cli, _("“%s” is not a command"), argv[i]);
  for (i++; i < argc; i++)
    g_strv_builder_add (arguments, argv[i]);
  cli.arguments = g_strv_builder_end (arguments);
  status = cli.command->run (&cli);
  g_strfreev (cli.arguments);
  return status;
}

int
main (int    argc,
      char **argv)
{
  HoneCliStatus status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("hone-cli");
  /* A reader that goes away (“| head”) is seen as a failed write at the end, not as death in the middle of one to the project. */
  signal (SIGPIPE, SIG_IGN);
  hone_cli_interrupt_init ();

  status = run (argc, argv);
  if ((fflush (stdout) != 0 || ferror (stdout)) && status == HONE_CLI_DONE)
    {
      fprintf (stderr, "hone-cli: %s\n", _("What was to be printed could not be written"));
      status = HONE_CLI_FAILED;
    }
  return status;
}
