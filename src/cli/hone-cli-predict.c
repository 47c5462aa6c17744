/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli predict: asks an iteration about a split. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-result.h"
#include "jobs/hone-predict.h"
#include "jobs/hone-trust.h"

static HoneCliStatus
predict (HoneCliProject *project,
         const char     *name,
         HoneSplit       split,
         const char     *trainer)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (project->store, name, &error);
  g_autofree char *path = trainer ? g_canonicalize_filename (trainer, NULL) : NULL;
  g_autoptr(HoneRun) run = iteration && (path == NULL || hone_trust_add (path, &error)) ? hone_predict (project->queue, iteration->id, split, &error) : NULL;

  return run ? hone_cli_result_follow (project, run) : hone_cli_project_fail (project, error);
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *name = NULL, *split_text = NULL, *trainer = NULL;
  HoneSplit split = HONE_SPLIT_VALIDATION;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "experiment", 0, 0, HONE_CLI_TEXT, &name, N_("Which iteration; without @N the last one"), "NAME[@N]" },
    { "split", 0, 0, HONE_CLI_TEXT, &split_text, N_("train, validation (default) or test"), "S" },
    { "trainer", 0, 0, G_OPTION_ARG_FILENAME, &trainer, N_("Allow this program, which the experiment was trained by, on this computer"),
      "PROGRAM" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  if (name == NULL)
    return hone_cli_usage (cli, _("something is missing: --experiment NAME"));
  if (split_text && !hone_split_from_string (split_text, &split))
    return hone_cli_usage (cli, _("--split is “%s”, wanted train, validation or test"), split_text);
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_WRITE, &status);
  return project ? hone_cli_project_close (project, predict (project, name, split, trainer)) : status;
}

const HoneCliCommand hone_cli_predict = {
  .name = "predict",
  .synopsis = "PROJECT.hone --experiment NAME[@N]",
  .summary = N_("Ask a model about the texts of a split"),
  .details = N_("Only what it has not answered yet is asked; failed answers are asked again."),
  .has_json = TRUE,
  .run = run,
};
