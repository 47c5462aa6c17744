/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tune --dry-run: what a training would do. */
#pragma once

#include "hone-cli-project.h"
#include "jobs/hone-tune.h"

G_BEGIN_DECLS

/* Says or prints the plan; where the training would be refused, the first error and the command that mends it. */
HoneCliStatus hone_cli_plan_show (HoneCliProject        *project,
                                  const HoneTuneOptions *options);

G_END_DECLS
