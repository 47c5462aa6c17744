/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli compare: iterations on the examples that all were scored on. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-project.h"
#include "hone-cli-scores.h"
#include "hone-cli-table.h"
#include "reports/hone-report-json.h"
#include "reports/hone-report-text.h"

static char *
dup_name (const HoneEvaluation *evaluation)
{
  return g_strdup_printf ("%s@%d", evaluation->iteration->experiment, evaluation->iteration->number);
}

static void
print_pairs (HoneJsonOut          *out,
             const HoneComparison *comparison)
{
  hone_json_out_list (out, "pairs", FALSE);
  for (gsize i = 0; i < comparison->n_pairs; i++)
    {
      hone_json_out_object (out, NULL, TRUE);
      hone_cli_print_pair (out, comparison, &comparison->pairs[i]);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
}

/* ---- settings ---- */

static GPtrArray *
list_settings (const HoneComparison *comparison)
{
  g_autofree HoneIteration **iterations = g_new (HoneIteration *, comparison->n_iterations);

  for (gsize i = 0; i < comparison->n_iterations; i++)
    iterations[i] = comparison->evaluations[i]->iteration;
  return hone_compare_settings (iterations, comparison->n_iterations);
}

static void
print_json_settings (HoneJsonOut          *out,
                     const HoneComparison *comparison)
{
  g_autoptr(GPtrArray) settings = list_settings (comparison);

  hone_json_out_object (out, "settings", FALSE);
  for (guint i = 0; i < settings->len; i++)
    {
      const HoneSettingDifference *setting = g_ptr_array_index (settings, i);

      hone_json_out_list (out, setting->name, TRUE);
      for (gsize k = 0; setting->values[k]; k++)
        hone_json_out_string (out, NULL, setting->values[k]);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
}

static void
print_settings (const HoneComparison *comparison)
{
  g_autoptr(GPtrArray) settings = list_settings (comparison);
  HoneCliTable *table;

  if (settings->len == 0)
    return;
  table = hone_cli_table_new (1 + comparison->n_iterations, 1);
  hone_cli_table_take (table, g_strdup_printf ("  %s", _("Settings that differ")));
  for (gsize i = 0; i < comparison->n_iterations; i++)
    hone_cli_table_take (table, dup_name (comparison->evaluations[i]));
  for (guint i = 0; i < settings->len; i++)
    {
      const HoneSettingDifference *setting = g_ptr_array_index (settings, i);

      hone_cli_table_take (table, g_strdup_printf ("  %s", setting->name));
      for (gsize k = 0; setting->values[k]; k++)
        hone_cli_table_add (table, setting->values[k]);
    }
  hone_cli_table_print (table);
  hone_cli_print_text ("\n");
}

/* ---- all of it ---- */

static void
print_json (const HoneComparison *comparison,
            HoneSplit             split,
            double                seconds)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_string (out, "split", hone_split_to_string (split));
  hone_json_out_count (out, "n", comparison->n_common);
  hone_json_out_list (out, "iterations", FALSE);
  for (gsize i = 0; i < comparison->n_iterations; i++)
    {
      const HoneEvaluation *evaluation = comparison->evaluations[i];

      hone_json_out_object (out, NULL, FALSE);
      hone_json_out_string (out, "experiment", evaluation->iteration->experiment);
      hone_json_out_integer (out, "iteration", evaluation->iteration->number);
      hone_json_out_count (out, "n_own", comparison->n_own[i]);
      hone_report_print_scores (out, evaluation->scores, evaluation->confusion, evaluation->ontology);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
  print_pairs (out, comparison);
  print_json_settings (out, comparison);
  hone_json_out_number (out, "seconds", seconds);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static void
print_table (const HoneComparison *comparison,
             HoneSplit             split)
{
  static const HoneMeasure measures[] = { HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY, HONE_MEASURE_MEAN_IOU,
                                          HONE_MEASURE_MEAN_JACCARD, HONE_MEASURE_MACRO_F1, HONE_MEASURE_KAPPA };
  HoneCliTable *table = hone_cli_table_new (2 + G_N_ELEMENTS (measures), 1);

  hone_cli_print (_("On the %" G_GUINT64_FORMAT " texts of %s that all were scored on:\n\n"), comparison->n_common,
                  hone_split_to_string (split));
  hone_cli_table_take (table, g_strdup_printf ("  %s", _("Iteration")));
  hone_cli_table_add (table, _("own n"));
  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    hone_cli_table_add (table, hone_measure_get_name (measures[m]));
  for (gsize i = 0; i < comparison->n_iterations; i++)
    {
      const HoneEvaluation *evaluation = comparison->evaluations[i];
      g_autofree char *name = dup_name (evaluation);

      hone_cli_table_take (table, g_strdup_printf ("  %s", name));
      hone_cli_table_count (table, comparison->n_own[i]);
      for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
        hone_cli_table_take (table, hone_report_format_estimate (measures[m], &evaluation->scores->measures[measures[m]]));
    }
  hone_cli_table_print (table);
  hone_cli_print_text ("\n");
  print_settings (comparison);
  for (gsize i = 0; i < comparison->n_pairs; i++)
    hone_cli_print_flips (comparison, &comparison->pairs[i]);
}

static HoneCliStatus
compare (HoneCliProject *project,
         GStrv           names,
         HoneSplit       split)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; names[i]; i++)
    {
      g_autoptr(HoneIteration) iteration = hone_store_find_iteration (project->store, names[i], &error);

      if (iteration == NULL || !hone_cli_project_need_predictions (project, iteration->id, split, &error) ||
          hone_cli_interrupted (&error))
        return hone_cli_project_fail_split (project, split, error);
      g_array_append_val (ids, iteration->id);
    }
  comparison = hone_cli_project_compare (project, (const gint64 *) (gpointer) ids->data, ids->len, split, &error);
  if (comparison == NULL)
    return hone_cli_project_fail_split (project, split, error);
  hone_cli_warn_opening (project->cli, comparison->evaluations[comparison->n_iterations - 1]);
  if (project->cli->json)
    print_json (comparison, split, (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC);
  else
    print_table (comparison, split);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *split_text = NULL;
  HoneSplit split = HONE_SPLIT_VALIDATION;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "split", 0, 0, HONE_CLI_TEXT, &split_text, N_("train, validation (default) or test"), "S" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 3, -1, &status))
    return status;
  if (split_text && !hone_split_from_string (split_text, &split))
    return hone_cli_usage (cli, _("--split is “%s”, wanted train, validation or test"), split_text);
  for (gsize i = 1; cli->arguments[i]; i++)
    if (!g_utf8_validate (cli->arguments[i], -1, NULL))
      return hone_cli_usage (cli, _("the name of an iteration is not UTF-8"));
  project = hone_cli_project_open_to_show (cli, cli->arguments[0], split, &status);
  return project ? hone_cli_project_close (project, compare (project, cli->arguments + 1, split)) : status;
}

const HoneCliCommand hone_cli_compare = {
  .name = "compare",
  .synopsis = "PROJECT.hone NAME[@N] NAME[@N]…",
  .summary = N_("Compare iterations on the same texts"),
  .details = N_("Scores are of the texts that all were scored on; for each two there is McNemar’s exact test and what changed."),
  .has_json = TRUE,
  .run = run,
};
