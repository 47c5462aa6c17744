/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All commands; each stands in hone-cli-<name>.c. */
#pragma once

#include "hone-cli.h"

G_BEGIN_DECLS

extern const HoneCliCommand hone_cli_classify, hone_cli_compare, hone_cli_evaluate, hone_cli_export, hone_cli_import, hone_cli_label,
                            hone_cli_models, hone_cli_new, hone_cli_ontology, hone_cli_predict, hone_cli_report, hone_cli_runs,
                            hone_cli_split, hone_cli_tune, hone_cli_verify;

G_END_DECLS
