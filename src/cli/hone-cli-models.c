/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli models: base models, which come with the transformer engine. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"

static HoneCliStatus
run (HoneCli *cli)
{
  const GOptionEntry entries[] = { { NULL } };
  HoneCliStatus status;

  if (!hone_cli_parse (cli, entries, 0, -1, &status))
    return status;
  return hone_cli_not_yet (cli, "models");
}

const HoneCliCommand hone_cli_models = {
  .name = "models",
  .synopsis = "list|add FOLDER|get NAME|remove NAME",
  .summary = N_("Base models (not in this version)"),
  .run = run,
};
