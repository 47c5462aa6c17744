/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli import: files into a project. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-progress.h"
#include "hone-cli-project.h"
#include "jobs/hone-import.h"
#include "reports/hone-json-out.h"

/* On a terminal the rest would scroll the summary away; --json has more. */
#define SHOWN_PROBLEMS 10

typedef struct {
  char     *format, *text, *label, *id, *split_column, *split, *labels, *on_error, *encoding;
  gboolean  dry_run;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->format);
  g_free (self->text);
  g_free (self->label);
  g_free (self->id);
  g_free (self->split_column);
  g_free (self->split);
  g_free (self->labels);
  g_free (self->on_error);
  g_free (self->encoding);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- what the words mean ---- */

static gboolean
read_split (HoneCli           *cli,
            const char        *text,
            HoneImportOptions *import,
            HoneShares        *shares,
            HoneCliStatus     *status)
{
  g_autoptr(GError) error = NULL;
  HoneSplit split;

  if (text == NULL)
    return TRUE;
  if (hone_split_from_string (text, &split))
    {
      import->split = split;
      return TRUE;
    }
  if (strchr (text, '/') && hone_shares_parse (text, shares, &error))
    {
      import->shares = shares;
      return TRUE;
    }
  if (error)
    *status = hone_cli_usage (cli, "%s", error->message);
  else
    *status = hone_cli_usage (cli, _("--split is “%s”, wanted train, validation, test or shares such as 80/10/10"), text);
  return FALSE;
}

static gboolean
read_options (HoneCli           *cli,
              const Options     *options,
              HoneImportOptions *import,
              HoneShares        *shares,
              HoneCliStatus     *status)
{
  import->reader.text_column = options->text;
  import->reader.label_column = options->label;
  import->reader.id_column = options->id;
  import->reader.split_column = options->split_column;
  import->reader.encoding = options->encoding;
  import->dry_run = options->dry_run;
  import->skip_refused = g_strcmp0 (options->on_error, "skip") == 0;
  *status = HONE_CLI_USAGE;
  if (options->format && !hone_format_from_string (options->format, &import->reader.format))
    hone_cli_usage (cli, _("--format is “%s”, which is no format; “man hone-cli” lists them"), options->format);
  else if (options->labels && !hone_import_labels_from_string (options->labels, &import->labels))
    hone_cli_usage (cli, _("--labels is “%s”, wanted human, known or ignore"), options->labels);
  else if (options->on_error && !import->skip_refused && strcmp (options->on_error, "stop") != 0)
    hone_cli_usage (cli, _("--on-error is “%s”, wanted stop or skip"), options->on_error);
  else
    return read_split (cli, options->split, import, shares, status);
  return FALSE;
}

/* ---- what came of it ---- */

static void
print_named (HoneJsonOut        *out,
             const char         *name,
             const guint64      *counts,
             gsize               n,
             const char       *(*get_name) (guint))
{
  hone_json_out_object (out, name, TRUE);
  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      hone_json_out_count (out, get_name (i), counts[i]);
  hone_json_out_end (out);
}

static const char *
outcome_name (guint outcome)
{
  return hone_outcome_to_string (outcome);
}

static const char *
warning_name (guint code)
{
  return hone_warning_code_to_string (code);
}

static const char *
split_name (guint split)
{
  return hone_split_to_string (split);
}

static void
print_problems (HoneJsonOut            *out,
                const HoneImportReport *report)
{
  hone_json_out_list (out, "problems", FALSE);
  for (guint i = 0; i < report->problems->len; i++)
    {
      const HoneImportProblem *problem = g_ptr_array_index (report->problems, i);
      g_autofree char *path = problem->path ? g_filename_display_name (problem->path) : NULL;

      hone_json_out_object (out, NULL, TRUE);
      hone_json_out_string (out, "path", path);
      hone_json_out_count (out, "line", problem->line);
      hone_json_out_string (out, "field", problem->field);
      hone_json_out_string (out, "code", problem->code);
      hone_json_out_string (out, "message", problem->message);
      hone_json_out_boolean (out, "refused", problem->refused);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
}

static void
print_json (const HoneImportReport *report,
            const GError           *error)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_count (out, "examples", report->examples);
  hone_json_out_count (out, "labels", report->labels);
  hone_json_out_count (out, "current", report->current);
  print_named (out, "predictions", report->predictions, HONE_OUTCOME_FAILED, outcome_name);
  hone_json_out_count (out, "failed", report->failed);
  hone_json_out_count (out, "skipped", report->skipped);
  hone_json_out_count (out, "refused", report->refused);
  print_named (out, "warnings", report->warnings, HONE_WARNING_MALFORMED, warning_name);
  print_named (out, "splits", report->splits, HONE_N_SPLITS, split_name);
  hone_json_out_count (out, "known", report->known);
  hone_json_out_string (out, "format", hone_format_to_string (report->format));
  hone_json_out_string (out, "description", report->description);
  hone_json_out_list (out, "new_categories", TRUE);
  for (gsize i = 0; report->new_ontology && i < hone_ontology_get_size (report->new_ontology); i++)
    hone_json_out_string (out, NULL, hone_ontology_get_nth (report->new_ontology, i)->key);
  hone_json_out_end (out);
  hone_json_out_boolean (out, "dry_run", report->dry_run);
  if (report->import_id > 0)
    hone_json_out_integer (out, "import", report->import_id);
  print_problems (out, report);
  if (error)
    hone_json_out_string (out, "error", error->message);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static void
say_counts (HoneCli       *cli,
            const char    *what,
            const guint64 *counts,
            gsize          n,
            const char  *(*get_name) (guint))
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      g_string_append_printf (line, "%s%s %" G_GUINT64_FORMAT, line->len ? ", " : "", get_name (i), counts[i]);
  if (line->len > 0)
    hone_cli_say (cli, "%s: %s\n", what, line->str);
}

static void
say_problems (HoneCli                *cli,
              const HoneImportReport *report)
{
  guint shown = MIN (report->problems->len, SHOWN_PROBLEMS);

  for (guint i = 0; i < shown; i++)
    {
      const HoneImportProblem *problem = g_ptr_array_index (report->problems, i);
      g_autoptr(GString) line = g_string_new ("  ");

      if (problem->path)
        {
          g_autofree char *path = g_filename_display_name (problem->path);

          g_string_append (line, path);
          if (problem->line > 0)
            g_string_append_printf (line, ":%" G_GSIZE_FORMAT, problem->line);
          g_string_append (line, ": ");
        }
      g_string_append (line, problem->code);
      if (problem->field)
        g_string_append_printf (line, " (%s)", problem->field);
      if (problem->message)
        g_string_append_printf (line, ": %s", problem->message);
      hone_cli_say (cli, "%s\n", line->str);
    }
  if (report->n_problems > shown)
    hone_cli_say (cli, _("  and %" G_GUINT64_FORMAT " more\n"), report->n_problems - shown);
}

static void
say_report (HoneCli                *cli,
            const HoneImportReport *report)
{
  hone_cli_say (cli, "%s: %s\n", report->source ? report->source : "", report->description ? report->description : "");
  hone_cli_say (cli, _("New texts: %" G_GUINT64_FORMAT "; labels: %" G_GUINT64_FORMAT " (%" G_GUINT64_FORMAT " count); hidden known answers: %"
                G_GUINT64_FORMAT "; skipped: %" G_GUINT64_FORMAT "; refused: %" G_GUINT64_FORMAT "\n"), report->examples, report->labels,
                report->current, report->known, report->skipped, report->refused);
  say_counts (cli, _("Splits"), report->splits, HONE_N_SPLITS, split_name);
  say_counts (cli, _("Predictions"), report->predictions, HONE_OUTCOME_FAILED, outcome_name);
  if (report->failed > 0)
    hone_cli_say (cli, _("Failed answers, which are not stored: %" G_GUINT64_FORMAT "\n"), report->failed);
  if (report->new_ontology)
    hone_cli_say (cli, _("Categories made by this import: %d\n"), (int) hone_ontology_get_size (report->new_ontology));
  say_counts (cli, _("Warnings"), report->warnings, HONE_WARNING_MALFORMED, warning_name);
  say_problems (cli, report);
  if (report->dry_run)
    hone_cli_say (cli, _("Nothing was written: this was a dry run\n"));
}

static HoneCliStatus
fail (HoneCliProject         *project,
      const HoneImportReport *report,
      const GError           *error)
{
  g_autofree char *mend = NULL;

  if (project->cli->json && report)
    print_json (report, error);
  if (g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT) && report && report->refused > 0)
    mend = hone_cli_project_mend (project, "import", _("PATH --on-error skip    # imports all but the refused records"));
  return hone_cli_fail_mend (project->cli, error, mend);
}

static HoneCliStatus
import_files (HoneCliProject    *project,
              HoneImportOptions *options)
{
  g_autoptr(HoneCliProgress) progress = hone_cli_progress_new (project->cli);
  g_autoptr(HoneImportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;
  gboolean good;

  hone_import_run_async (project->store, options, hone_cli_progress_jobs, progress, hone_cli_interrupt_cancellable (),
                         hone_cli_wait_cb, &slot);
  result = hone_cli_wait (&slot);
  good = hone_import_run_finish (project->store, result, &report, &error);
  hone_cli_progress_clear (progress);
  if (!good)
    return fail (project, report, error);
  if (project->cli->json)
    print_json (report, NULL);
  else
    say_report (project->cli, report);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_auto(Options) options = { 0 };
  HoneImportOptions import = HONE_IMPORT_OPTIONS_INIT;
  HoneShares shares;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "format", 0, 0, HONE_CLI_TEXT, &options.format, N_("Format of the files (default: found out)"), "F" },
    { "text", 0, 0, HONE_CLI_TEXT, &options.text, N_("Column or field of the text (a,b joins two)"), "COLUMN" },
    { "label", 0, 0, HONE_CLI_TEXT, &options.label, N_("Column or field of the label"), "COLUMN" },
    { "id", 0, 0, HONE_CLI_TEXT, &options.id, N_("Column or field of the id"), "COLUMN" },
    { "split-column", 0, 0, HONE_CLI_TEXT, &options.split_column, N_("Column or field of the split"), "COLUMN" },
    { "split", 0, 0, HONE_CLI_TEXT, &options.split, N_("train, validation, test, or shares to deal such as 80/10/10"), "SPLIT" },
    { "labels", 0, 0, HONE_CLI_TEXT, &options.labels, N_("human (default), known (hidden until revealed) or ignore"), "WHAT" },
    { "on-error", 0, 0, HONE_CLI_TEXT, &options.on_error, N_("At a refused record: stop (default) or skip it"), "stop|skip" },
    { "encoding", 0, 0, HONE_CLI_TEXT, &options.encoding, N_("Encoding of the files (default: found out)"), "E" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Only say what would be imported"), NULL },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 2, -1, &status) || !read_options (cli, &options, &import, &shares, &status))
    return status;
  import.paths = (const char * const *) cli->arguments + 1;
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_WRITE, &status);
  return project ? hone_cli_project_close (project, import_files (project, &import)) : status;
}

const HoneCliCommand hone_cli_import = {
  .name = "import",
  .synopsis = "PROJECT.hone PATH…",
  .summary = N_("Read texts, labels and predictions from files"),
  .details = N_("Files, folders and zip archives of one import belong together. Without --split a text goes where its file says, else to\n"
                "train. Whatever goes wrong, the project is as it was."),
  .has_json = TRUE,
  .run = run,
};
