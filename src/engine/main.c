/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-engine job.json */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hone-engine-protocol.h"
#include "hone-engine-run.h"

static volatile int stopping;

static void
stop (int signal_number)
{
  __atomic_store_n (&stopping, 1, __ATOMIC_RELAXED);
}

static void
catch_signals (void)
{
  struct sigaction action = { .sa_handler = stop, .sa_flags = SA_RESTART };

  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
  signal (SIGPIPE, SIG_IGN);   /* whoever read our events may go away; the run goes on */
}

static void
print_help (void)
{
  g_print (_("Usage: hone-engine JOB.json\n"
             "\n"
             "Trains and asks models for Hone. The file and those beside it are described in docs/trainer.md;\n"
             "events go to standard output, one JSON object per line.\n"
             "\n"
             "  --help      show this\n"
             "  --version   show version and protocol\n"
             "\n"
             "Exit status: 0 done, 1 failed, 2 wrong usage, 4 interrupted (start again to go on)\n"));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(HoneEngineEvents) events = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc == 2 && g_str_equal (argv[1], "--help"))
    {
      print_help ();
      return HONE_ENGINE_EXIT_DONE;
    }
  if (argc == 2 && g_str_equal (argv[1], "--version"))
    {
      g_print ("hone-engine %s (protocol %d)\n", PACKAGE_VERSION, HONE_PROTOCOL_VERSION);
      return HONE_ENGINE_EXIT_DONE;
    }
  if (argc != 2 || argv[1][0] == '-')
    {
      g_printerr (_("Usage: hone-engine JOB.json\n"));
      return HONE_ENGINE_EXIT_USAGE;
    }
  catch_signals ();
  events = hone_engine_events_new (STDOUT_FILENO, &stopping);
  return hone_engine_run (argv[1], events);
}
