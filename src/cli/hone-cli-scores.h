/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores on the terminal. */
#pragma once

#include "core/hone-measures.h"
#include "hone-cli.h"
#include "reports/hone-compare.h"
#include "reports/hone-json-out.h"

G_BEGIN_DECLS

/* One line: the measures that people compare. */
void hone_cli_print_score_line  (const HoneEvaluation *evaluation);
/* Measures, chance and majority, what was left out, classes, and the matrix where it is small enough. */
void hone_cli_print_evaluation  (const HoneEvaluation *evaluation);
/* What one iteration changed against another, in a sentence. */
void hone_cli_print_flips       (const HoneComparison *comparison,
                                 const HoneFlips      *flips);
/* The same as JSON, into the object that is open. */
void hone_cli_print_pair        (HoneJsonOut          *out,
                                 const HoneComparison *comparison,
                                 const HoneFlips      *flips);
/* "3 without a label" on its own line; nothing where nothing was left out. */
void hone_cli_print_left_out    (const HoneScores     *scores);
/* Says on standard error that this was an opening of test. */
void hone_cli_warn_opening      (HoneCli              *cli,
                                 const HoneEvaluation *evaluation);

G_END_DECLS
