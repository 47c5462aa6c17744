/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli predict: asks an iteration about a split. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-project.h"

static gboolean
count_cb (const HonePrediction  *prediction,
          gpointer               data,
          GError               **error)
{
  guint64 *counts = data;

  counts[prediction->outcome]++;
  return TRUE;
}

static HoneCliStatus
predict (HoneCliProject *project,
         const char     *name,
         HoneSplit       split)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (project->store, name, &error);
  guint64 counts[HONE_N_OUTCOMES] = { 0 };

  if (iteration == NULL || !hone_cli_project_predict (project, iteration->id, split, &error) ||
      !hone_store_each_prediction (project->store, iteration->id, split, count_cb, counts, &error))
    return hone_cli_project_fail (project, error);
  hone_cli_say (project->cli, _("%s@%d on %s: answered %" G_GUINT64_FORMAT ", abstained %" G_GUINT64_FORMAT ", out of set %"
                G_GUINT64_FORMAT ", failed %" G_GUINT64_FORMAT "\n"), iteration->experiment, iteration->number,
                hone_split_to_string (split), counts[HONE_OUTCOME_ANSWERED], counts[HONE_OUTCOME_ABSTAINED],
                counts[HONE_OUTCOME_OUT_OF_SET], counts[HONE_OUTCOME_FAILED]);
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
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_WRITE, &status);
  return project ? hone_cli_project_close (project, predict (project, name, split)) : status;
}

const HoneCliCommand hone_cli_predict = {
  .name = "predict",
  .synopsis = "PROJECT.hone --experiment NAME[@N]",
  .summary = N_("Ask a model about the texts of a split"),
  .details = N_("Only what it has not answered yet is asked; failed answers are asked again."),
  .run = run,
};
