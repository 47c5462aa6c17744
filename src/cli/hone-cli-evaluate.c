/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli evaluate: the scores of an iteration. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-project.h"
#include "hone-cli-scores.h"
#include "reports/hone-report-json.h"

static void
print_json (const HoneEvaluation *evaluation,
            double                seconds)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_string (out, "experiment", evaluation->iteration->experiment);
  hone_json_out_integer (out, "iteration", evaluation->iteration->number);
  hone_json_out_string (out, "split", hone_split_to_string (evaluation->split));
  hone_report_print_scores (out, evaluation->scores, evaluation->confusion, evaluation->ontology);
  hone_json_out_count (out, "openings", evaluation->openings);
  hone_json_out_number (out, "seconds", seconds);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static HoneCliStatus
evaluate (HoneCliProject *project,
          const char     *name,
          HoneSplit       split)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (project->store, name, &error);
  g_autoptr(HoneEvaluation) evaluation = NULL;

  if (iteration == NULL || !hone_cli_project_need_predictions (project, iteration->id, split, &error) || hone_cli_interrupted (&error))
    return hone_cli_project_fail_split (project, split, error);
  evaluation = hone_cli_project_evaluate (project, iteration->id, split, &error);
  if (evaluation == NULL)
    return hone_cli_project_fail_split (project, split, error);
  hone_cli_warn_opening (project->cli, evaluation);
  if (project->cli->json)
    print_json (evaluation, (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC);
  else
    hone_cli_print_evaluation (evaluation);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *name = NULL, *split_text = NULL;
  HoneSplit split = HONE_SPLIT_VALIDATION;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "experiment", 0, 0, HONE_CLI_TEXT, &name, N_("Which iteration; without @N the last one"), "NAME[@N]" },
    { "split", 0, 0, HONE_CLI_TEXT, &split_text, N_("train, validation (default) or test"), "S" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  if (name == NULL)
    return hone_cli_usage (cli, _("something is missing: --experiment NAME"));
  if (split_text && !hone_split_from_string (split_text, &split))
    return hone_cli_usage (cli, _("--split is “%s”, wanted train, validation or test"), split_text);
  project = hone_cli_project_open_to_show (cli, cli->arguments[0], split, &status);
  return project ? hone_cli_project_close (project, evaluate (project, name, split)) : status;
}

const HoneCliCommand hone_cli_evaluate = {
  .name = "evaluate",
  .synopsis = "PROJECT.hone --experiment NAME[@N]",
  .summary = N_("Show the scores of an iteration"),
  .details = N_("A split without predictions is predicted first. Showing scores of test is an opening, which the project lists."),
  .has_json = TRUE,
  .run = run,
};
