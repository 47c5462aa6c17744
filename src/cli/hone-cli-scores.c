/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores on the terminal. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-cli-scores.h"
#include "hone-cli-table.h"
#include "reports/hone-report-json.h"
#include "reports/hone-report-text.h"

/* A wider matrix does not fit a terminal; --json has it. */
#define MAX_MATRIX 12

/**
 * hone_cli_print_score_line:
 * @evaluation: scores of an iteration
 *
 * Prints name, n, IoU score (mean Jaccard for “several”), accuracy, and what to compare them with.
 */
void
hone_cli_print_score_line (const HoneEvaluation *evaluation)
{
  const HoneScores *scores = evaluation->scores;
  HoneMeasure first = hone_evaluate_get_default_measure (evaluation->ontology);
  g_autofree char *score = hone_report_format_estimate (first, &scores->measures[first]);
  g_autofree char *accuracy = hone_report_format_estimate (HONE_MEASURE_ACCURACY, &scores->measures[HONE_MEASURE_ACCURACY]);
  g_autofree char *iou = hone_report_format_estimate (HONE_MEASURE_MEAN_IOU, &scores->measures[HONE_MEASURE_MEAN_IOU]);
  g_autofree char *chance = hone_report_format_share (scores->chance.value);
  g_autofree char *majority = hone_report_format_share (scores->majority.value);

  hone_cli_print ("%s@%d %s, n = %" G_GUINT64_FORMAT ": %s %s, %s %s, %s %s\n", evaluation->iteration->experiment,
                  evaluation->iteration->number, hone_split_to_string (evaluation->split), scores->n, hone_measure_get_name (first), score,
                  hone_measure_get_name (HONE_MEASURE_ACCURACY), accuracy, hone_measure_get_name (HONE_MEASURE_MEAN_IOU), iou);
  hone_cli_print (_("  by chance %s, always the commonest category %s\n"), chance, majority);
  hone_cli_print_left_out (scores);
}

/**
 * hone_cli_print_left_out:
 * @scores: scores
 *
 * Prints how many examples are not in the scores and why, where there are any.
 */
void
hone_cli_print_left_out (const HoneScores *scores)
{
  g_autofree char *left_out = hone_report_format_left_out (&scores->left_out);

  if (left_out)
    hone_cli_print (_("  left out: %s\n"), left_out);
}

static void
print_measures (const HoneScores *scores)
{
  HoneCliTable *table = hone_cli_table_new (2, 1);

  for (int measure = 0; measure < HONE_N_MEASURES; measure++)
    {
      if (!isfinite (scores->measures[measure].value) && measure >= HONE_MEASURE_LOG_LOSS)
        continue;
      hone_cli_table_take (table, g_strdup_printf ("  %s", hone_measure_get_name (measure)));
      hone_cli_table_take (table, hone_report_format_estimate (measure, &scores->measures[measure]));
    }
  hone_cli_table_take (table, g_strdup_printf ("  %s", _("Accuracy by chance")));
  hone_cli_table_take (table, hone_report_format_share (scores->chance.value));
  hone_cli_table_take (table, g_strdup_printf ("  %s", _("Accuracy of the commonest category")));
  hone_cli_table_take (table, hone_report_format_estimate (HONE_MEASURE_ACCURACY, &scores->majority));
  hone_cli_table_print (table);
}

static void
print_classes (const HoneScores   *scores,
               const HoneOntology *ontology)
{
  HoneCliTable *table = hone_cli_table_new (6, 1);

  hone_cli_table_take (table, g_strdup_printf ("  %s", _("Category")));
  hone_cli_table_add (table, "n");
  hone_cli_table_add (table, _("Precision"));
  hone_cli_table_add (table, _("Recall"));
  hone_cli_table_add (table, "F1");
  hone_cli_table_add (table, "IoU");
  for (gsize i = 0; i < scores->n_classes; i++)
    {
      const HoneClassScore *class = &scores->classes[i];
      const HoneCategory *category = hone_ontology_get_by_id (ontology, class->category);

      if (category == NULL)
        continue;
      hone_cli_table_take (table, g_strdup_printf ("  %s", category->key));
      hone_cli_table_count (table, class->support);
      hone_cli_table_take (table, hone_report_format_share (class->precision));
      hone_cli_table_take (table, hone_report_format_share (class->recall));
      hone_cli_table_take (table, hone_report_format_share (class->f1));
      hone_cli_table_take (table, hone_report_format_share (class->iou));
    }
  hone_cli_table_print (table);
}

/* Columns are numbered, the numbers stand before the rows: keys are too long to stand over columns. */
static void
print_matrix (const HoneConfusion *confusion)
{
  HoneCliTable *table;

  if (confusion->n_rows > MAX_MATRIX)
    {
      hone_cli_print_text (_("  The confusion matrix is too wide for a terminal; --json prints it.\n"));
      return;
    }
  hone_cli_print_text (_("  Rows: the labels. Columns: what the model answered.\n"));
  table = hone_cli_table_new (confusion->n_columns + 1, 1);
  hone_cli_table_add (table, "");
  for (gsize column = 0; column < confusion->n_columns; column++)
    hone_cli_table_take (table, g_strdup_printf ("%" G_GSIZE_FORMAT, column + 1));
  for (gsize row = 0; row < confusion->n_rows; row++)
    {
      hone_cli_table_take (table, g_strdup_printf ("  %2" G_GSIZE_FORMAT " %s", row + 1, confusion->rows[row]));
      for (gsize column = 0; column < confusion->n_columns; column++)
        {
          guint64 count = confusion->counts[row * confusion->n_columns + column];

          if (count > 0)
            hone_cli_table_count (table, count);
          else
            hone_cli_table_add (table, "·");
        }
    }
  hone_cli_table_print (table);
  for (gsize column = confusion->n_rows; column < confusion->n_columns; column++)
    hone_cli_print ("  %2" G_GSIZE_FORMAT " %s\n", column + 1, confusion->columns[column]);
}

/**
 * hone_cli_print_evaluation:
 * @evaluation: scores of an iteration
 */
void
hone_cli_print_evaluation (const HoneEvaluation *evaluation)
{
  hone_cli_print (_("%s@%d on %s, n = %" G_GUINT64_FORMAT "\n"), evaluation->iteration->experiment, evaluation->iteration->number,
                  hone_split_to_string (evaluation->split), evaluation->scores->n);
  hone_cli_print_left_out (evaluation->scores);
  if (evaluation->iteration->description)
    hone_cli_print ("  %s\n", evaluation->iteration->description);
  hone_cli_print_text ("\n");
  print_measures (evaluation->scores);
  hone_cli_print_text ("\n");
  print_classes (evaluation->scores, evaluation->ontology);
  hone_cli_print_text ("\n");
  print_matrix (evaluation->confusion);
}

/**
 * hone_cli_print_flips:
 * @comparison: a comparison
 * @flips: one of its pairs
 */
void
hone_cli_print_flips (const HoneComparison *comparison,
                      const HoneFlips      *flips)
{
  const HoneIteration *a = comparison->evaluations[flips->a]->iteration, *b = comparison->evaluations[flips->b]->iteration;
  g_autofree char *words = hone_report_format_mcnemar (flips->a_only, flips->b_only, flips->p);

  hone_cli_print (_("%s@%d against %s@%d on %" G_GUINT64_FORMAT " texts: %s (%u fixed, %u broken, %u still wrong, %u still right)\n"),
                  b->experiment, b->number, a->experiment, a->number, comparison->n_common, words, flips->fixed->len, flips->broken->len,
                  flips->still_wrong->len, flips->still_right->len);
}

static char *
dup_name (const HoneIteration *iteration)
{
  return g_strdup_printf ("%s@%d", iteration->experiment, iteration->number);
}

/**
 * hone_cli_print_pair:
 * @out: a document with an open object
 * @comparison: a comparison
 * @flips: one of its pairs
 */
void
hone_cli_print_pair (HoneJsonOut          *out,
                     const HoneComparison *comparison,
                     const HoneFlips      *flips)
{
  g_autofree char *a = dup_name (comparison->evaluations[flips->a]->iteration);
  g_autofree char *b = dup_name (comparison->evaluations[flips->b]->iteration);
  HoneReportPair pair = { .n = comparison->n_common, .a_only = flips->a_only, .b_only = flips->b_only, .fixed = flips->fixed->len,
                          .broken = flips->broken->len, .still_wrong = flips->still_wrong->len, .still_right = flips->still_right->len,
                          .p = flips->p };

  hone_report_print_pair (out, a, b, &pair);
}

/**
 * hone_cli_warn_opening:
 * @cli: this invocation
 * @evaluation: scores that were just computed
 *
 * Says that the test split was opened, and how often by now.
 */
void
hone_cli_warn_opening (HoneCli              *cli,
                       const HoneEvaluation *evaluation)
{
  if (evaluation->opened)
    hone_cli_warn (cli, _("The test split was opened; openings so far: %" G_GUINT64_FORMAT), evaluation->openings);
}
