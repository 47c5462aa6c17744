/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli export: labels, predictions or texts into files. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-progress.h"
#include "hone-cli-project.h"
#include "jobs/hone-exporter.h"

#define SHOWN_PROBLEMS 10

static void
say_losses (HoneCli                *cli,
            const HoneExportReport *report)
{
  for (gsize i = 0; report->losses && report->losses[i]; i++)
    hone_cli_warn (cli, "%s", report->losses[i]);
}

static void
say_written (HoneCli                *cli,
             const HoneExportReport *report,
             const char             *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  hone_cli_say (cli, ngettext ("Wrote %lu text into “%s”\n", "Wrote %lu texts into “%s”\n", (unsigned long) report->examples),
                (unsigned long) report->examples, shown);
  if (report->unwritable > 0)
    hone_cli_warn (cli, _("Left out, because the format cannot hold them: %" G_GUINT64_FORMAT), report->unwritable);
  for (guint i = 0; i < MIN (report->problems->len, SHOWN_PROBLEMS); i++)
    hone_cli_warn (cli, "%s", (const char *) g_ptr_array_index (report->problems, i));
}

/* The losses are told before anything is written. */
static gboolean
preview (HoneCliProject          *project,
         const HoneExportOptions *options,
         GError                 **error)
{
  g_autoptr(HoneExportReport) report = NULL;

  if (!hone_export_preview (project->store, options, &report, hone_cli_interrupt_cancellable (), error))
    return FALSE;
  say_losses (project->cli, report);
  return !report->opening || hone_cli_project_make_writable (project, error);
}

static HoneCliStatus
export (HoneCliProject    *project,
        const char        *name,
        HoneExportOptions *options)
{
  g_autoptr(HoneCliProgress) progress = NULL;
  g_autoptr(HoneExportReport) report = NULL;
  g_autoptr(HoneIteration) iteration = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;
  gboolean good;

  if (name)
    {
      iteration = hone_store_find_iteration (project->store, name, &error);
      if (iteration == NULL)
        return hone_cli_project_fail (project, error);
      options->iteration_id = iteration->id;
    }
  if (!preview (project, options, &error))
    return hone_cli_project_fail (project, error);
  progress = hone_cli_progress_new (project->cli);
  hone_export_run_async (project->store, options, hone_cli_progress_jobs, progress, hone_cli_interrupt_cancellable (),
                         hone_cli_wait_cb, &slot);
  result = hone_cli_wait (&slot);
  good = hone_export_run_finish (project->store, result, &report, &error);
  hone_cli_progress_clear (progress);
  if (!good)
    return hone_cli_project_fail (project, error);
  say_written (project->cli, report, options->path);
  return HONE_CLI_DONE;
}

/* ---- arguments ---- */

typedef struct {
  char *what, *experiment, *split, *format, *output;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->what);
  g_free (self->experiment);
  g_free (self->split);
  g_free (self->format);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_split (const char        *text,
            HoneExportOptions *export_options)
{
  HoneSplit split;

  if (text == NULL || strcmp (text, "all") == 0)
    return TRUE;
  if (!hone_split_from_string (text, &split))
    return FALSE;
  export_options->split = split;
  return TRUE;
}

static HoneCliStatus
check (HoneCli           *cli,
       const Options     *options,
       HoneExportOptions *export_options)
{
  export_options->path = options->output;
  if (options->what == NULL)
    return hone_cli_usage (cli, _("something is missing: --what labels|predictions|texts"));
  if (strcmp (options->what, "model") == 0)
    return hone_cli_not_yet (cli, "export --what model");
  if (!hone_export_what_from_string (options->what, &export_options->what))
    return hone_cli_usage (cli, _("--what is “%s”, wanted labels, predictions or texts"), options->what);
  if (options->format == NULL)
    return hone_cli_usage (cli, _("something is missing: --format F"));
  if (!hone_format_from_string (options->format, &export_options->format))
    return hone_cli_usage (cli, _("--format is “%s”, which is no format; “man hone-cli” lists them"), options->format);
  if (!hone_format_can_write (export_options->format))
    return hone_cli_usage (cli, _("the format “%s” can be read but not written"), options->format);
  if (options->output == NULL)
    return hone_cli_usage (cli, _("something is missing: --output PATH"));
  if (!read_split (options->split, export_options))
    return hone_cli_usage (cli, _("--split is “%s”, wanted train, validation, test or all"), options->split);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_auto(Options) options = { 0 };
  HoneExportOptions export_options = { .split = -1 };
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "what", 0, 0, HONE_CLI_TEXT, &options.what, N_("labels, predictions or texts"), "WHAT" },
    { "experiment", 0, 0, HONE_CLI_TEXT, &options.experiment, N_("Whose predictions; without @N the last iteration"), "NAME[@N]" },
    { "split", 0, 0, HONE_CLI_TEXT, &options.split, N_("train, validation, test or all (default)"), "S" },
    { "format", 0, 0, HONE_CLI_TEXT, &options.format, N_("Format to write"), "F" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("File, or folder for formats of several files"), "PATH" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  status = check (cli, &options, &export_options);
  if (status != HONE_CLI_DONE)
    return status;
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_READ, &status);
  return project ? hone_cli_project_close (project, export (project, options.experiment, &export_options)) : status;
}

const HoneCliCommand hone_cli_export = {
  .name = "export",
  .synopsis = "PROJECT.hone --what labels|predictions|texts --format F --output PATH",
  .summary = N_("Write labels, predictions or texts for other programs"),
  .details = N_("What the format cannot hold is said, with counts, before anything is written. hone-jsonl holds everything."),
  .run = run,
};
