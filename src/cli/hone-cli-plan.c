/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tune --dry-run: training list, problems and estimated time. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-cli-interrupt.h"
#include "hone-cli-plan.h"
#include "hone-cli-table.h"
#include "jobs/hone-tune-plan.h"
#include "reports/hone-json-out.h"

static void
print_ids (HoneJsonOut *out,
           const char  *name,
           GArray      *ids)
{
  hone_json_out_list (out, name, TRUE);
  for (guint i = 0; i < ids->len; i++)
    hone_json_out_integer (out, NULL, g_array_index (ids, gint64, i));
  hone_json_out_end (out);
}

static void
print_problems (HoneJsonOut        *out,
                const HoneTunePlan *plan)
{
  hone_json_out_list (out, "problems", FALSE);
  for (guint i = 0; i < plan->problems->len; i++)
    {
      const HonePlanProblem *problem = g_ptr_array_index (plan->problems, i);

      hone_json_out_object (out, NULL, TRUE);
      hone_json_out_boolean (out, "blocks", problem->blocks);
      hone_json_out_string (out, "code", problem->code);
      hone_json_out_string (out, "message", problem->message);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
}

static void
print_json (const HoneTunePlan *plan)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_string (out, "experiment", plan->experiment);
  hone_json_out_integer (out, "iteration", plan->number);
  hone_json_out_string (out, "method", plan->method);
  hone_json_out_count (out, "labels", plan->n_labels);
  hone_json_out_object (out, "categories", TRUE);
  for (gsize i = 0; i < hone_ontology_get_size (plan->ontology); i++)
    hone_json_out_count (out, hone_ontology_get_nth (plan->ontology, i)->key, plan->per_category[i]);
  hone_json_out_end (out);
  hone_json_out_count (out, "unlabelled", plan->n_unlabelled);
  hone_json_out_count (out, "disputed", plan->n_disputed);
  hone_json_out_count (out, "duplicates", plan->n_duplicates);
  print_ids (out, "kept_out", plan->kept_out);
  print_ids (out, "conflicts", plan->conflicts);
  hone_json_out_count (out, "asked", plan->n_asked);
  hone_json_out_count (out, "scored", plan->n_scored);
  hone_json_out_number (out, "seconds", plan->seconds);
  print_problems (out, plan);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static void
print_plan (const HoneTunePlan *plan)
{
  HoneCliTable *table;
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  hone_cli_print (_("%s@%d would be trained on %" G_GUINT64_FORMAT " labels"), plan->experiment, plan->number, plan->n_labels);
  if (plan->n_unlabelled > 0)
    hone_cli_print (_(" and up to %" G_GUINT64_FORMAT " unlabelled texts"), plan->n_unlabelled);
  hone_cli_print (_(", and asked about %" G_GUINT64_FORMAT " texts of validation\n"), plan->n_asked);
  table = hone_cli_table_new (2, 1);
  for (gsize i = 0; i < hone_ontology_get_size (plan->ontology); i++)
    {
      hone_cli_table_take (table, g_strdup_printf ("  %s", hone_ontology_get_nth (plan->ontology, i)->key));
      hone_cli_table_count (table, plan->per_category[i]);
    }
  hone_cli_table_print (table);
  if (isfinite (plan->seconds))
    hone_cli_print (_("By earlier trainings on this computer it takes about %s s\n"),
                    g_ascii_formatd (seconds, sizeof seconds, "%.1f", plan->seconds));
  else
    hone_cli_print_text (_("How long it takes is not known: nothing like it was trained on this computer yet\n"));
}

static void
say_problems (HoneCliProject     *project,
              const HoneTunePlan *plan)
{
  for (guint i = 0; i < plan->problems->len; i++)
    {
      const HonePlanProblem *problem = g_ptr_array_index (plan->problems, i);

      if (!problem->blocks)
        hone_cli_warn (project->cli, _("Warning: %s"), problem->message);
    }
}

/**
 * hone_cli_plan_show:
 * @project: a project
 * @options: what would be trained
 *
 * Returns: the exit status: that of the training where it would be refused
 */
HoneCliStatus
hone_cli_plan_show (HoneCliProject        *project,
                    const HoneTuneOptions *options)
{
  g_autoptr(HoneTunePlan) plan = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;

  hone_tune_plan_async (project->store, options, hone_cli_interrupt_cancellable (), hone_cli_wait_cb, &slot);
  result = hone_cli_wait (&slot);
  plan = hone_tune_plan_finish (project->store, result, &error);
  if (plan == NULL)
    return hone_cli_project_fail (project, error);
  if (project->cli->json)
    print_json (plan);
  else if (plan->refusal == NULL)
    print_plan (plan);
  if (!project->cli->json)
    say_problems (project, plan);
  return plan->refusal ? hone_cli_project_fail (project, plan->refusal) : HONE_CLI_DONE;
}
