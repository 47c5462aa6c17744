/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify streams: many more texts take no more memory. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cli-fixture.h"

/* Both more than is in memory at one time; what lies between them is 24 MB of text. */
#define FEW  60000
#define MANY 300000

static void
write_lines (Cli        *cli,
             const char *name,
             guint       n)
{
  g_autoptr(GString) texts = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (texts, "the %s number %u %s while nobody was looking, and that is all there is to say about it\n",
                            i % 2 ? "striker" : "bank", i, i % 2 ? "scored" : "closed");
  cli_write (cli, name, texts->str);
}

/* Kibibytes of the largest process among all that were waited for so far. */
static long
get_peak (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &usage), ==, 0);
  return usage.ru_maxrss;
}

static void
test_memory (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *table = NULL;
  long few, many;
  guint lines = 0;

  if (!cli_has_engine ())
    return;
  cli_write (cli, "a.csv", "text,label\nthe striker scored,Sports\nthe bank closed,Money\nthe striker won,Sports\nthe bank opened,Money\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", NULL);
  cli_run (cli, "tune", "p.hone", "--experiment", "n", NULL);
  cli_assert_status (cli, 0);
  write_lines (cli, "few.txt", FEW);
  write_lines (cli, "many.txt", MANY);

  cli_run (cli, "classify", "p.hone", "--experiment", "n@0", "few.txt", "--format", "lines", "--output", "few.csv", NULL);
  cli_assert_status (cli, 0);
  few = get_peak ();
  cli_run (cli, "classify", "p.hone", "--experiment", "n@0", "many.txt", "--format", "lines", "--output", "many.csv", NULL);
  cli_assert_status (cli, 0);
  many = get_peak ();
  g_test_message ("peak %ld KiB for %d texts, %ld KiB for %d", few, FEW, many, MANY);
#ifndef __SANITIZE_ADDRESS__   /* which keeps freed memory for a while */
  g_assert_cmpint (many - few, <, 4 * 1024);
#endif

  table = cli_read (cli, "many.csv");
  for (const char *at = table; *at; at++)
    lines += *at == '\n';
  g_assert_cmpuint (lines, ==, MANY + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/classify/memory", test_memory);
  return g_test_run ();
}
