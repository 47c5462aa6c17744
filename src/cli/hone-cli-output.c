/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands say: results on standard output, errors and the way to mend them on standard error. */
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "core/hone-ontology.h"
#include "formats/hone-format.h"
#include "hone-cli.h"
#include "jobs/hone-jobs.h"
#include "reports/hone-report-error.h"
#include "store/hone-store.h"

/**
 * hone_cli_print_text:
 * @text: UTF-8
 *
 * Writes to standard output as it stands; g_print () would change what the locale cannot show.
 */
void
hone_cli_print_text (const char *text)
{
  fputs (text, stdout);
}

/**
 * hone_cli_print:
 * @format: printf format
 * @...: its arguments
 *
 * Writes to standard output in UTF-8 whatever the locale.
 */
void
hone_cli_print (const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fputs (text, stdout);
}

/**
 * hone_cli_say:
 * @cli: this invocation
 * @format: printf format
 * @...: its arguments
 *
 * Writes to standard output what `--quiet` leaves out.
 */
void
hone_cli_say (HoneCli    *cli,
              const char *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (cli->quiet)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fputs (text, stdout);
}

static void
complain (const char *text)
{
  /* What stands on standard output comes first where both go to one place. */
  fflush (stdout);
  fprintf (stderr, "hone-cli: %s\n", text);
}

/**
 * hone_cli_warn:
 * @cli: this invocation
 * @format: printf format of a sentence without a full stop
 * @...: its arguments
 *
 * Writes to standard error unless `--quiet`.
 */
void
hone_cli_warn (HoneCli    *cli,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (cli->quiet)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  complain (text);
}

/**
 * hone_cli_usage:
 * @cli: this invocation
 * @format: printf format of a sentence without a full stop
 * @...: its arguments
 *
 * Returns: %HONE_CLI_USAGE, after saying what is wrong and where the help is
 */
HoneCliStatus
hone_cli_usage (HoneCli    *cli,
                const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  complain (text);
  if (cli->command)
    fprintf (stderr, _("Help: hone-cli %s --help\n"), cli->command->name);
  else
    fputs (_("Help: hone-cli --help\n"), stderr);
  return HONE_CLI_USAGE;
}

/**
 * hone_cli_not_yet:
 * @cli: this invocation
 * @what: what was asked for
 *
 * Returns: %HONE_CLI_USAGE, after saying that it is not in this version
 */
HoneCliStatus
hone_cli_not_yet (HoneCli    *cli,
                  const char *what)
{
  g_autofree char *text = g_strdup_printf (_("“%s” is not in this version"), what);

  complain (text);
  return HONE_CLI_USAGE;
}

/* ---- errors ---- */

static HoneCliStatus
status_of_jobs (int code)
{
  switch (code)
    {
    case HONE_JOBS_ERROR_USAGE:
      return HONE_CLI_USAGE;
    case HONE_JOBS_ERROR_NO_LABELS:
    case HONE_JOBS_ERROR_NO_ONTOLOGY:
    case HONE_JOBS_ERROR_BAD_INPUT:
    case HONE_JOBS_ERROR_UNTRUSTED:
      return HONE_CLI_BAD_INPUT;
    default:
      return HONE_CLI_FAILED;
    }
}

static HoneCliStatus
status_of_store (int code)
{
  switch (code)
    {
    case HONE_STORE_ERROR_FOREIGN:
    case HONE_STORE_ERROR_TOO_NEW:
    case HONE_STORE_ERROR_CORRUPT:
    case HONE_STORE_ERROR_EXISTS:
    case HONE_STORE_ERROR_NOT_FOUND:
    case HONE_STORE_ERROR_CONFLICT:
      return HONE_CLI_BAD_INPUT;
    default:
      return HONE_CLI_FAILED;
    }
}

/**
 * hone_cli_status_of:
 * @error: what went wrong
 *
 * Returns: the exit status that says so
 */
HoneCliStatus
hone_cli_status_of (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return HONE_CLI_CANCELLED;
  if (error->domain == HONE_JOBS_ERROR)
    return status_of_jobs (error->code);
  if (error->domain == HONE_STORE_ERROR)
    return status_of_store (error->code);
  if (error->domain == HONE_FORMATS_ERROR)
    return error->code == HONE_FORMATS_ERROR_WRITE || error->code == HONE_FORMATS_ERROR_UNWRITABLE ? HONE_CLI_FAILED
                                                                                                   : HONE_CLI_BAD_INPUT;
  if (error->domain == HONE_REPORT_ERROR)
    return error->code == HONE_REPORT_ERROR_WRITE ? HONE_CLI_FAILED
           : error->code == HONE_REPORT_ERROR_FORM ? HONE_CLI_USAGE : HONE_CLI_BAD_INPUT;
  if (error->domain == HONE_ONTOLOGY_ERROR)
    return HONE_CLI_BAD_INPUT;
  return HONE_CLI_FAILED;
}

/**
 * hone_cli_fail_mend:
 * @cli: this invocation
 * @error: what went wrong
 * @mend: (nullable): the command that mends it
 *
 * Returns: the exit status of @error, after saying it
 */
HoneCliStatus
hone_cli_fail_mend (HoneCli      *cli,
                    const GError *error,
                    const char   *mend)
{
  complain (error->message);
  if (mend)
    fprintf (stderr, _("Try: %s\n"), mend);
  return hone_cli_status_of (error);
}

/**
 * hone_cli_fail:
 * @cli: this invocation
 * @error: what went wrong
 *
 * Returns: the exit status of @error, after saying it
 */
HoneCliStatus
hone_cli_fail (HoneCli      *cli,
               const GError *error)
{
  return hone_cli_fail_mend (cli, error, NULL);
}

/**
 * hone_cli_bad_input:
 * @cli: this invocation
 * @mend: (nullable): the command that mends it
 * @format: printf format of a sentence without a full stop
 * @...: its arguments
 *
 * Returns: %HONE_CLI_BAD_INPUT, after saying it
 */
HoneCliStatus
hone_cli_bad_input (HoneCli    *cli,
                    const char *mend,
                    const char *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  complain (text);
  if (mend)
    fprintf (stderr, _("Try: %s\n"), mend);
  return HONE_CLI_BAD_INPUT;
}

/**
 * hone_cli_quote:
 * @word: a file name or a name
 *
 * Returns: (transfer full): the word as a shell takes it, with quotes only where it needs them
 */
char *
hone_cli_quote (const char *word)
{
  for (const char *at = word; *at || at == word; at++)
    if (*at == '\0' || !(g_ascii_isalnum (*at) || strchr ("-_./@+,:=%", *at) || (guchar) *at >= 0x80))
      return g_shell_quote (word);
  return g_strdup (word);
}
