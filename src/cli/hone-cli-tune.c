/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli tune: the next iteration of an experiment. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "hone-cli-commands.h"
#include "hone-cli-plan.h"
#include "hone-cli-result.h"
#include "jobs/hone-tune.h"

typedef struct {
  char     *experiment, *method, *base, *from, *trainer, *seed, *time;
  GStrv     settings;
  gboolean  dry_run;
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

static HoneCliStatus
tune (HoneCliProject        *project,
      const HoneTuneOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneRun) run = hone_tune (project->queue, options, &error);

  return run ? hone_cli_result_follow (project, run) : hone_cli_project_fail (project, error);
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
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Only say what would be done"), NULL },
    { NULL }
  };

  tune_options.settings = settings;
  if (!hone_cli_parse (cli, entries, 1, 1, &status) || !read_options (cli, &options, &tune_options, &status))
    return status;
  project = hone_cli_project_open (cli, cli->arguments[0], options.dry_run ? HONE_STORE_READ : HONE_STORE_WRITE, &status);
  if (project == NULL)
    return status;
  status = options.dry_run ? hone_cli_plan_show (project, &tune_options) : tune (project, &tune_options);
  return hone_cli_project_close (project, status);
}

const HoneCliCommand hone_cli_tune = {
  .name = "tune",
  .synopsis = "PROJECT.hone --experiment NAME",
  .summary = N_("Train the next iteration, predict validation and score it"),
  .details = N_("Common settings: self_training, blend (true or false), epochs, learning_rate, batch_size, lora_rank.\n"
                "A cancelled run goes on with: hone-cli runs PROJECT.hone --resume ID"),
  .has_json = TRUE,
  .run = run,
};
