/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli tune: the next iteration of an experiment. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-project.h"
#include "hone-cli-scores.h"
#include "jobs/hone-tune.h"

typedef struct {
  char  *experiment, *method, *base, *from, *trainer, *seed, *time;
  GStrv  settings;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->experiment);
  g_free (self->method);
  g_free (self->base);
  g_free (self->from);
  g_free (self->trainer);
  g_free (self->seed);
  g_free (self->time);
  g_strfreev (self->settings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- what the words mean ---- */

static gboolean
is_later_method (const char *method)
{
  static const char * const methods[] = { "linear", "adapter", "gradual", "full", "auto", NULL };

  return g_strv_contains (methods, method);
}

static gboolean
read_settings (HoneCli       *cli,
               GStrv          words,
               GHashTable    *settings,
               HoneCliStatus *status)
{
  for (gsize i = 0; words && words[i]; i++)
    {
      const char *equals = strchr (words[i], '=');

      if (equals == NULL || equals == words[i])
        {
          *status = hone_cli_usage (cli, _("--set is “%s”, wanted KEY=VALUE"), words[i]);
          return FALSE;
        }
      g_hash_table_insert (settings, g_strndup (words[i], equals - words[i]), g_strdup (equals + 1));
    }
  return TRUE;
}

static gboolean
read_minutes (const char *text,
              double     *minutes)
{
  char *end;

  errno = 0;
  *minutes = g_ascii_strtod (text, &end);
  return errno == 0 && end != text && *end == '\0' && isfinite (*minutes) && *minutes > 0.0;
}

static gboolean
read_options (HoneCli         *cli,
              const Options   *options,
              HoneTuneOptions *tune,
              HoneCliStatus   *status)
{
  guint64 from;

  tune->experiment = options->experiment;
  tune->method = options->method;
  tune->base = options->base;
  tune->trainer = options->trainer;
  tune->has_seed = options->seed != NULL;
  *status = HONE_CLI_USAGE;
  if (options->experiment == NULL || *options->experiment == '\0')
    hone_cli_usage (cli, _("something is missing: --experiment NAME"));
  else if (strchr (options->experiment, '@'))
    hone_cli_usage (cli, _("--experiment is “%s”, but a name has no @; --from N goes on from an iteration"), options->experiment);
  else if (options->method && options->trainer == NULL && is_later_method (options->method))
    hone_cli_not_yet (cli, options->method);
  else if (options->from && !hone_cli_parse_count (options->from, 0, G_MAXINT32, &from))
    hone_cli_usage (cli, _("--from is “%s”, wanted the number of an iteration"), options->from);
  else if (options->seed && !hone_cli_parse_count (options->seed, 0, (G_GUINT64_CONSTANT (1) << 53) - 1, &tune->seed))
    hone_cli_usage (cli, _("--seed is “%s”, wanted a whole number from 0"), options->seed);
  else if (options->time && !read_minutes (options->time, &tune->minutes))
    hone_cli_usage (cli, _("--time is “%s”, wanted minutes above 0"), options->time);
  else
    {
      if (options->from)
        tune->from = (int) from;
      return read_settings (cli, options->settings, tune->settings, status);
    }
  return FALSE;
}

/* ---- what happens ---- */

static void
say_training_list (HoneCliProject *project)
{
  HoneTrainingSummary summary;

  if (!hone_store_preview_training_list (project->store, &summary, NULL) || summary.n_labels == 0)
    return;
  hone_cli_say (project->cli, _("Training list: %" G_GUINT64_FORMAT " labels of train"), summary.n_labels);
  if (summary.n_kept_out > 0)
    hone_cli_say (project->cli, _("; kept out as near copies of validation or test: %" G_GUINT64_FORMAT), summary.n_kept_out);
  if (summary.n_disputed > 0)
    hone_cli_say (project->cli, _("; disputed: %" G_GUINT64_FORMAT), summary.n_disputed);
  hone_cli_say (project->cli, "\n");
}

typedef struct {
  HoneCliProject *project;
  char           *baseline;   /* (nullable): "NAME@0", until its scores have been shown */
} Telling;

static gboolean
say_scores (HoneCliProject  *project,
            const char      *name,
            GError         **error)
{
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (project->store, name, error);
  g_autoptr(HoneEvaluation) evaluation = iteration ? hone_evaluate (project->store, iteration->id, HONE_SPLIT_VALIDATION, error) : NULL;

  if (evaluation == NULL)
    return FALSE;
  if (iteration->description)
    hone_cli_say (project->cli, "%s: %s\n", name, iteration->description);
  if (!project->cli->quiet)
    hone_cli_print_score_line (evaluation);
  return TRUE;
}

/* Iteration 0 is scored before training begins; it may not be there yet when this is called. */
static void
stage_cb (HoneRun    *run,
          GParamSpec *pspec,
          gpointer    data)
{
  Telling *telling = data;

  if (telling->baseline && g_strcmp0 (hone_run_get_stage (run), "train") == 0 && say_scores (telling->project, telling->baseline, NULL))
    g_clear_pointer (&telling->baseline, g_free);
}

static HoneCliStatus
say_comparison (HoneCliProject      *project,
                const HoneIteration *iteration)
{
  g_autofree char *name = g_strdup_printf ("%s@%d", iteration->experiment, iteration->number - 1);
  g_autoptr(HoneIteration) previous = hone_store_find_iteration (project->store, name, NULL);
  g_autoptr(HoneComparison) comparison = NULL;
  gint64 ids[2];

  if (previous == NULL || project->cli->quiet)
    return HONE_CLI_DONE;
  ids[0] = previous->id;
  ids[1] = iteration->id;
  comparison = hone_compare (project->store, ids, 2, HONE_SPLIT_VALIDATION, NULL);
  if (comparison && comparison->n_pairs > 0)
    hone_cli_print_flips (comparison, &comparison->pairs[0]);
  return HONE_CLI_DONE;
}

static HoneCliStatus
say_result (HoneCliProject *project,
            Telling        *telling,
            gint64          iteration_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_get_iteration (project->store, iteration_id, &error);
  g_autofree char *name = NULL, *seconds = NULL;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (iteration == NULL)
    return hone_cli_project_fail (project, error);
  seconds = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.1f", iteration->seconds));
  name = g_strdup_printf ("%s@%d", iteration->experiment, iteration->number);
  if (telling->baseline)
    say_scores (project, telling->baseline, NULL);
  hone_cli_say (project->cli, _("Trained %s on %" G_GUINT64_FORMAT " labels in %s s\n"), name, iteration->n_trained, seconds);
  if (iteration->n_pseudo > 0)
    hone_cli_say (project->cli, _("Self-training: %" G_GUINT64_FORMAT " pseudo-labels joined the training list\n"), iteration->n_pseudo);
  if (say_scores (project, name, &error))
    return say_comparison (project, iteration);
  if (g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS) ||
      g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_PREDICTIONS))
    {
      g_autofree char *mend = hone_cli_project_mend (project, "import", "FILE --split validation");

      hone_cli_say (project->cli, _("Nothing was scored: validation has no labelled text. To have scores:\n  %s\n"), mend);
      return HONE_CLI_DONE;
    }
  return hone_cli_project_fail_split (project, HONE_SPLIT_VALIDATION, error);
}

static HoneCliStatus
fail (HoneCliProject *project,
      HoneRun        *run,
      const GError   *error)
{
  g_autofree char *rest = NULL, *mend = NULL;

  if (run == NULL || error->domain == HONE_STORE_ERROR)
    return hone_cli_project_fail (project, error);
  rest = g_strdup_printf ("--resume %" G_GINT64_FORMAT, hone_run_get_id (run));
  mend = hone_cli_project_mend (project, "runs", rest);
  return hone_cli_fail_mend (project->cli, error, mend);
}

static HoneCliStatus
tune (HoneCliProject        *project,
      const HoneTuneOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (project->store, options->experiment, NULL);
  g_autoptr(HoneRun) run = NULL;
  Telling telling = { project, NULL };
  HoneCliStatus status;
  gulong handler;

  if (experiment == NULL)
    telling.baseline = g_strdup_printf ("%s@0", options->experiment);
  run = hone_tune (project->queue, options, &error);
  if (run == NULL)
    {
      g_free (telling.baseline);
      return fail (project, NULL, error);
    }
  say_training_list (project);
  handler = g_signal_connect (run, "notify::stage", G_CALLBACK (stage_cb), &telling);
  if (hone_cli_project_follow (project, run, &error))
    status = say_result (project, &telling, hone_run_get_iteration_id (run));
  else
    status = fail (project, run, error);
  g_signal_handler_disconnect (run, handler);
  g_free (telling.baseline);
  return status;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_auto(Options) options = { 0 };
  g_autoptr(GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  HoneTuneOptions tune_options = HONE_TUNE_OPTIONS_INIT;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "experiment", 0, 0, HONE_CLI_TEXT, &options.experiment, N_("Which experiment; made if it is new"), "NAME" },
    { "method", 0, 0, HONE_CLI_TEXT, &options.method, N_("ngrams, or a method of the trainer’s"), "METHOD" },
    { "base", 0, 0, HONE_CLI_TEXT, &options.base, N_("Base model"), "NAME|FOLDER" },
    { "from", 0, 0, HONE_CLI_TEXT, &options.from, N_("Go on from iteration N (default: from the base model)"), "N" },
    { "trainer", 0, 0, HONE_CLI_TEXT, &options.trainer, N_("Program that speaks the trainer protocol"), "PROGRAM" },
    { "seed", 0, 0, HONE_CLI_TEXT, &options.seed, N_("Seed of the training (default: of the project)"), "N" },
    { "time", 0, 0, HONE_CLI_TEXT, &options.time, N_("Stop after so many minutes"), "MINUTES" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.settings, N_("A setting; may be given several times"), "KEY=VALUE" },
    { NULL }
  };

  tune_options.settings = settings;
  if (!hone_cli_parse (cli, entries, 1, 1, &status) || !read_options (cli, &options, &tune_options, &status))
    return status;
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_WRITE, &status);
  return project ? hone_cli_project_close (project, tune (project, &tune_options)) : status;
}

const HoneCliCommand hone_cli_tune = {
  .name = "tune",
  .synopsis = "PROJECT.hone --experiment NAME",
  .summary = N_("Train the next iteration, predict validation and score it"),
  .details = N_("Common settings: self_training, blend (true or false), epochs, learning_rate, batch_size, lora_rank.\n"
                "A cancelled run goes on with: hone-cli runs PROJECT.hone --resume ID"),
  .run = run,
};
