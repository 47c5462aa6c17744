/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a run, the same whether it went through at once or was resumed. */
#pragma once

#include "hone-cli-project.h"

G_BEGIN_DECLS

/* Shows progress until the run is final, then its result: lines, or with --json one object; else what went wrong and how to go on.
 * SIGINT cancels the run. */
HoneCliStatus hone_cli_result_follow (HoneCliProject *project,
                                      HoneRun        *run);

G_END_DECLS
