/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli classify: new texts through a model; the project is only read. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-progress.h"
#include "hone-cli-project.h"
#include "jobs/hone-classify.h"

typedef struct {
  char *experiment, *output, *format, *text, *id, *encoding, *on_error;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->experiment);
  g_free (self->output);
  g_free (self->format);
  g_free (self->text);
  g_free (self->id);
  g_free (self->encoding);
  g_free (self->on_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_table (const char *path)
{
  static const char * const endings[] = { ".csv", ".tsv", ".jsonl" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
read_options (HoneCli             *cli,
              const Options       *options,
              HoneClassifyOptions *classify)
{
  classify->output = options->output;
  classify->reader.text_column = options->text;
  classify->reader.id_column = options->id;
  classify->reader.encoding = options->encoding;
  classify->skip_refused = g_strcmp0 (options->on_error, "skip") == 0;
  if (options->experiment == NULL)
    hone_cli_usage (cli, _("something is missing: --experiment NAME"));
  else if (options->output == NULL)
    hone_cli_usage (cli, _("something is missing: --output FILE"));
  else if (!is_table (options->output))
    hone_cli_usage (cli, _("--output is “%s”, wanted a name that ends with .csv, .tsv or .jsonl"), options->output);
  else if (options->format && !hone_format_from_string (options->format, &classify->reader.format))
    hone_cli_usage (cli, _("--format is “%s”, which is no format; “man hone-cli” lists them"), options->format);
  else if (options->on_error && !classify->skip_refused && strcmp (options->on_error, "stop") != 0)
    hone_cli_usage (cli, _("--on-error is “%s”, wanted stop or skip"), options->on_error);
  else
    return TRUE;
  return FALSE;
}

static void
say_report (HoneCli                  *cli,
            const HoneClassifyReport *report,
            const char               *output)
{
  g_autofree char *shown = g_filename_display_name (output);
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  hone_cli_say (cli, _("%s: %" G_GUINT64_FORMAT " texts in %s s: answered %" G_GUINT64_FORMAT ", abstained %" G_GUINT64_FORMAT
                ", out of set %" G_GUINT64_FORMAT ", failed %" G_GUINT64_FORMAT "\n"), shown, report->texts,
                g_ascii_formatd (seconds, sizeof seconds, "%.1f", report->seconds), report->outcomes[HONE_OUTCOME_ANSWERED],
                report->outcomes[HONE_OUTCOME_ABSTAINED], report->outcomes[HONE_OUTCOME_OUT_OF_SET],
                report->outcomes[HONE_OUTCOME_FAILED] + report->missing);
  if (report->refused > 0)
    hone_cli_say (cli, _("Refused records, which are not in it: %" G_GUINT64_FORMAT "\n"), report->refused);
}

static HoneCliStatus
classify (HoneCliProject      *project,
          const char          *name,
          HoneClassifyOptions *options)
{
  g_autoptr(HoneCliProgress) progress = hone_cli_progress_new (project->cli);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (project->store, name, &error);
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  HoneClassifyReport report;
  gboolean good;

  if (iteration == NULL)
    return hone_cli_project_fail (project, error);
  options->iteration_id = iteration->id;
  hone_classify_async (project->store, options, hone_cli_progress_jobs, progress, hone_cli_interrupt_cancellable (), hone_cli_wait_cb,
                       &slot);
  result = hone_cli_wait (&slot);
  good = hone_classify_finish (project->store, result, &report, &error);
  hone_cli_progress_clear (progress);
  if (!good)
    return hone_cli_project_fail (project, error);
  say_report (project->cli, &report, options->output);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_auto(Options) options = { 0 };
  HoneClassifyOptions classify_options = { 0 };
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "experiment", 0, 0, HONE_CLI_TEXT, &options.experiment, N_("Which iteration; without @N the last one"), "NAME[@N]" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("Table to write: .csv, .tsv or .jsonl"), "FILE" },
    { "format", 0, 0, HONE_CLI_TEXT, &options.format, N_("Format of the texts (default: found out)"), "F" },
    { "text", 0, 0, HONE_CLI_TEXT, &options.text, N_("Column or field of the text (a,b joins two)"), "COLUMN" },
    { "id", 0, 0, HONE_CLI_TEXT, &options.id, N_("Column or field of the id"), "COLUMN" },
    { "encoding", 0, 0, HONE_CLI_TEXT, &options.encoding, N_("Encoding of the texts (default: found out)"), "E" },
    { "on-error", 0, 0, HONE_CLI_TEXT, &options.on_error, N_("At a refused record: stop (default) or skip it"), "stop|skip" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 2, -1, &status))
    return status;
  if (!read_options (cli, &options, &classify_options))
    return HONE_CLI_USAGE;
  classify_options.paths = (const char * const *) cli->arguments + 1;
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_READ, &status);
  return project ? hone_cli_project_close (project, classify (project, options.experiment, &classify_options)) : status;
}

const HoneCliCommand hone_cli_classify = {
  .name = "classify",
  .synopsis = "PROJECT.hone --experiment NAME[@N] FILE --output FILE",
  .summary = N_("Classify new texts; the project stays as it is"),
  .details = N_("Texts stream through: memory does not grow with their number. “-” is standard input."),
  .run = run,
};
