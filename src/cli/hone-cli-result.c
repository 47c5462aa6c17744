/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a run: training list, scores and comparison of a tune run, outcomes of a predict run. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-cli-interrupt.h"
#include "hone-cli-result.h"
#include "hone-cli-scores.h"
#include "reports/hone-report-json.h"

typedef struct {
  HoneCliProject *project;
  HoneRun        *run;
  gboolean        told_list, told_baseline;
} Telling;

static gboolean
is_tune (HoneRun *run)
{
  return g_strcmp0 (hone_run_get_kind (run), "tune") == 0;
}

static HoneEvaluation *
evaluate (HoneCliProject       *project,
          const HoneIteration  *iteration,
          GError              **error)
{
  return hone_evaluate (project->store, iteration->id, HONE_SPLIT_VALIDATION, hone_cli_interrupt_cancellable (), error);
}

/* ---- while it goes on ---- */

static void
say_training_list (Telling *self)
{
  HoneCli *cli = self->project->cli;
  HoneRunCounts counts;

  hone_run_get_counts (self->run, &counts);
  if (self->told_list || counts.trained == 0)
    return;
  self->told_list = TRUE;
  hone_cli_say (cli, _("Training list: %" G_GUINT64_FORMAT " labels of train"), counts.trained);
  if (counts.kept_out > 0)
    hone_cli_say (cli, _("; kept out as near copies of validation or test: %" G_GUINT64_FORMAT), counts.kept_out);
  if (counts.disputed > 0)
    hone_cli_say (cli, _("; disputed: %" G_GUINT64_FORMAT), counts.disputed);
  hone_cli_say (cli, "\n");
}

static gboolean
say_scores (HoneCliProject       *project,
            const HoneIteration  *iteration,
            GError              **error)
{
  g_autoptr(HoneEvaluation) evaluation = evaluate (project, iteration, error);

  if (evaluation == NULL)
    return FALSE;
  if (iteration->description)
    hone_cli_say (project->cli, "%s@%d: %s\n", iteration->experiment, iteration->number, iteration->description);
  if (!project->cli->quiet)
    hone_cli_print_score_line (evaluation);
  return TRUE;
}

/* The first training of an experiment comes with iteration 0, which is scored before training begins. */
static void
say_baseline (Telling *self)
{
  HoneStore *store = self->project->store;
  g_autoptr(HoneIteration) trained = NULL, baseline = NULL;
  g_autofree char *name = NULL;

  if (self->told_baseline)
    return;
  trained = hone_store_get_iteration (store, hone_run_get_iteration_id (self->run), NULL);
  if (trained == NULL || trained->number != 1)
    return;
  name = g_strdup_printf ("%s@0", trained->experiment);
  baseline = hone_store_find_iteration (store, name, NULL);
  self->told_baseline = baseline != NULL && say_scores (self->project, baseline, NULL);
}

static void
stage_cb (HoneRun    *run,
          GParamSpec *pspec,
          gpointer    data)
{
  const char *stage = hone_run_get_stage (run);

  if (stage == NULL || strcmp (stage, "prepare") == 0)
    return;
  say_training_list (data);
  say_baseline (data);
}

/* ---- a trained iteration ---- */

static HoneComparison *
compare_with_previous (HoneCliProject      *project,
                       const HoneIteration *iteration)
{
  g_autofree char *name = g_strdup_printf ("%s@%d", iteration->experiment, iteration->number - 1);
  g_autoptr(HoneIteration) previous = hone_store_find_iteration (project->store, name, NULL);
  gint64 ids[2];

  if (previous == NULL)
    return NULL;
  ids[0] = previous->id;
  ids[1] = iteration->id;
  return hone_compare (project->store, ids, 2, HONE_SPLIT_VALIDATION, hone_cli_interrupt_cancellable (), NULL);
}

static gboolean
is_unscored (const GError *error)
{
  return g_error_matches (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS) ||
         g_error_matches (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_PREDICTIONS);
}

static void
say_trained (HoneCliProject      *project,
             const HoneIteration *iteration)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  hone_cli_say (project->cli, _("Trained %s@%d on %" G_GUINT64_FORMAT " labels in %s s\n"), iteration->experiment, iteration->number,
                iteration->n_trained, g_ascii_formatd (seconds, sizeof seconds, "%.1f", iteration->seconds));
  if (iteration->n_pseudo > 0)
    hone_cli_say (project->cli, _("Self-training: %" G_GUINT64_FORMAT " pseudo-labels joined the training list\n"), iteration->n_pseudo);
}

static HoneCliStatus
say_tuned (HoneCliProject      *project,
           const HoneIteration *iteration)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneComparison) comparison = NULL;
  g_autofree char *mend = NULL;

  say_trained (project, iteration);
  if (say_scores (project, iteration, &error))
    {
      comparison = project->cli->quiet ? NULL : compare_with_previous (project, iteration);
      if (comparison)
        hone_cli_print_flips (comparison, &comparison->pairs[0]);
      return HONE_CLI_DONE;
    }
  if (!is_unscored (error))
    return hone_cli_project_fail_split (project, HONE_SPLIT_VALIDATION, error);
  mend = hone_cli_project_mend (project, "import", "FILE --split validation");
  hone_cli_say (project->cli, _("Nothing was scored: validation has no labelled text. To have scores:\n  %s\n"), mend);
  return HONE_CLI_DONE;
}

/* ---- the same as JSON ---- */

static void
print_against (HoneJsonOut         *out,
               HoneCliProject      *project,
               const HoneIteration *iteration)
{
  g_autoptr(HoneComparison) comparison = compare_with_previous (project, iteration);

  if (comparison == NULL)
    return;
  hone_json_out_object (out, "against_previous", TRUE);
  hone_cli_print_pair (out, comparison, &comparison->pairs[0]);
  hone_json_out_end (out);
}

static HoneCliStatus
print_tuned (HoneCliProject      *project,
             HoneRun             *run,
             const HoneIteration *iteration)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneEvaluation) evaluation = evaluate (project, iteration, &error);
  g_autofree char *text = NULL;
  HoneJsonOut *out;
  HoneRunCounts counts;

  if (evaluation == NULL && !is_unscored (error))
    return hone_cli_project_fail_split (project, HONE_SPLIT_VALIDATION, error);
  hone_run_get_counts (run, &counts);
  out = hone_json_out_new ();
  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_integer (out, "run", hone_run_get_id (run));
  hone_json_out_string (out, "experiment", iteration->experiment);
  hone_json_out_integer (out, "iteration", iteration->number);
  hone_json_out_count (out, "trained", iteration->n_trained);
  hone_json_out_count (out, "pseudo", iteration->n_pseudo);
  hone_json_out_count (out, "kept_out", counts.kept_out);
  hone_json_out_count (out, "disputed", counts.disputed);
  hone_json_out_string (out, "split", hone_split_to_string (HONE_SPLIT_VALIDATION));
  if (evaluation)
    {
      hone_report_print_scores (out, evaluation->scores, evaluation->confusion, evaluation->ontology);
      print_against (out, project, iteration);
    }
  else
    {
      hone_json_out_count (out, "n", 0);
    }
  hone_json_out_number (out, "seconds", iteration->seconds);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
  return HONE_CLI_DONE;
}

/* ---- predictions ---- */

static gboolean
count_cb (const HonePrediction  *prediction,
          gpointer               data,
          GError               **error)
{
  guint64 *counts = data;

  counts[prediction->outcome]++;
  return TRUE;
}

static void
print_predicted (HoneRun             *run,
                 const HoneIteration *iteration,
                 const guint64       *counts)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_integer (out, "run", hone_run_get_id (run));
  hone_json_out_string (out, "experiment", iteration->experiment);
  hone_json_out_integer (out, "iteration", iteration->number);
  hone_json_out_string (out, "split", hone_split_to_string (hone_run_get_split (run)));
  hone_json_out_object (out, "predictions", TRUE);
  for (int outcome = 0; outcome < HONE_N_OUTCOMES; outcome++)
    hone_json_out_count (out, hone_outcome_to_string (outcome), counts[outcome]);
  hone_json_out_end (out);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static HoneCliStatus
show_predicted (HoneCliProject      *project,
                HoneRun             *run,
                const HoneIteration *iteration)
{
  guint64 counts[HONE_N_OUTCOMES] = { 0 };
  HoneSplit split = hone_run_get_split (run);
  g_autoptr(GError) error = NULL;

  if (!hone_store_each_prediction (project->store, iteration->id, split, count_cb, counts, &error))
    return hone_cli_project_fail (project, error);
  if (project->cli->json)
    print_predicted (run, iteration, counts);
  else
    hone_cli_say (project->cli, _("%s@%d on %s: answered %" G_GUINT64_FORMAT ", abstained %" G_GUINT64_FORMAT ", out of set %"
                  G_GUINT64_FORMAT ", failed %" G_GUINT64_FORMAT "\n"), iteration->experiment, iteration->number,
                  hone_split_to_string (split), counts[HONE_OUTCOME_ANSWERED], counts[HONE_OUTCOME_ABSTAINED],
                  counts[HONE_OUTCOME_OUT_OF_SET], counts[HONE_OUTCOME_FAILED]);
  return HONE_CLI_DONE;
}

/* ---- both ---- */

static HoneCliStatus
show (Telling *self)
{
  HoneCliProject *project = self->project;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_get_iteration (project->store, hone_run_get_iteration_id (self->run), &error);

  if (iteration == NULL)
    return hone_cli_project_fail (project, error);
  if (!is_tune (self->run))
    return show_predicted (project, self->run, iteration);
  if (project->cli->json)
    return print_tuned (project, self->run, iteration);
  say_training_list (self);
  say_baseline (self);
  return say_tuned (project, iteration);
}

static HoneCliStatus
fail (HoneCliProject *project,
      HoneRun        *run,
      const GError   *error)
{
  g_autofree char *rest = NULL, *mend = NULL;

  if (error->domain == HONE_STORE_ERROR)
    return hone_cli_project_fail (project, error);
  rest = g_strdup_printf ("--resume %" G_GINT64_FORMAT, hone_run_get_id (run));
  mend = hone_cli_project_mend (project, "runs", rest);
  return hone_cli_fail_mend (project->cli, error, mend);
}

/**
 * hone_cli_result_follow:
 * @project: a project open for writing
 * @run: a run that is queued or going on
 *
 * Returns: the exit status, after showing what came of the run
 */
HoneCliStatus
hone_cli_result_follow (HoneCliProject *project,
                        HoneRun        *run)
{
  Telling telling = { project, run, FALSE, FALSE };
  g_autoptr(GError) error = NULL;
  gulong handler = 0;
  gboolean good;

  if (is_tune (run) && !project->cli->json)
    handler = g_signal_connect (run, "notify::stage", G_CALLBACK (stage_cb), &telling);
  good = hone_cli_project_follow (project, run, &error);
  if (handler != 0)
    g_signal_handler_disconnect (run, handler);
  return good ? show (&telling) : fail (project, run, error);
}
