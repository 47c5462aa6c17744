/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli split: counts of each split and category, or dealing roles. */
#include "config.h"

#include <glib/gi18n.h>

#include "core/hone-splitter.h"
#include "hone-cli-commands.h"
#include "hone-cli-project.h"
#include "hone-cli-table.h"
#include "reports/hone-report-json.h"

static void
print_json (const HoneReport *report,
            gboolean          dealt,
            guint64           n_dealt)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_object (out, "splits", FALSE);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      const HoneReportSplit *data = &report->splits[split];

      hone_json_out_object (out, hone_split_to_string (split), FALSE);
      hone_json_out_count (out, "examples", data->counts.examples);
      hone_json_out_count (out, "labelled", data->counts.labelled);
      hone_json_out_count (out, "unlabelled", data->counts.unlabelled);
      hone_json_out_count (out, "disputed", data->counts.disputed);
      hone_json_out_count (out, "known", data->counts.known);
      hone_json_out_object (out, "categories", TRUE);
      for (gsize i = 0; i < hone_ontology_get_size (report->ontology); i++)
        hone_json_out_count (out, hone_ontology_get_nth (report->ontology, i)->key, data->per_category[i]);
      hone_json_out_end (out);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
  hone_json_out_count (out, "openings", report->openings);
  if (dealt)
    hone_json_out_count (out, "dealt", n_dealt);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static void
add_row (HoneCliTable     *table,
         const HoneReport *report,
         const char       *name,
         gsize             offset)
{
  hone_cli_table_add (table, name);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    hone_cli_table_count (table, G_STRUCT_MEMBER (guint64, &report->splits[split].counts, offset));
}

static void
print_table (const HoneReport *report)
{
  HoneCliTable *table = hone_cli_table_new (1 + HONE_N_SPLITS, 1);

  hone_cli_table_add (table, "");
  for (int split = 0; split < HONE_N_SPLITS; split++)
    hone_cli_table_add (table, hone_split_to_string (split));
  add_row (table, report, _("texts"), G_STRUCT_OFFSET (HoneSplitCounts, examples));
  add_row (table, report, _("labelled"), G_STRUCT_OFFSET (HoneSplitCounts, labelled));
  add_row (table, report, _("unlabelled"), G_STRUCT_OFFSET (HoneSplitCounts, unlabelled));
  add_row (table, report, _("disputed"), G_STRUCT_OFFSET (HoneSplitCounts, disputed));
  add_row (table, report, _("known answers, hidden"), G_STRUCT_OFFSET (HoneSplitCounts, known));
  for (gsize i = 0; i < hone_ontology_get_size (report->ontology); i++)
    {
      hone_cli_table_take (table, g_strdup_printf ("  %s", hone_ontology_get_nth (report->ontology, i)->key));
      for (int split = 0; split < HONE_N_SPLITS; split++)
        hone_cli_table_count (table, report->splits[split].per_category[i]);
    }
  hone_cli_table_print (table);
  hone_cli_print (_("Openings of the test split: %" G_GUINT64_FORMAT "\n"), report->openings);
}

static HoneCliStatus
show (HoneCliProject   *project,
      const HoneShares *shares)
{
  /* The same counts as in a report, without iterations. */
  g_autoptr(HoneReport) report = hone_report_new (HONE_SPLIT_VALIDATION);
  g_autoptr(GError) error = NULL;
  guint64 n_dealt = 0;

  if ((shares && !hone_store_deal_splits (project->store, shares, &n_dealt, &error)) ||
      !hone_report_fill_project (report, project->store, &error))
    return hone_cli_project_fail (project, error);
  if (project->cli->json)
    {
      print_json (report, shares != NULL, n_dealt);
      return HONE_CLI_DONE;
    }
  if (shares)
    hone_cli_say (project->cli, _("Dealt a split to %" G_GUINT64_FORMAT " texts\n"), n_dealt);
  if (!shares || !project->cli->quiet)
    print_table (report);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *set = NULL;
  g_autoptr(GError) error = NULL;
  HoneCliProject *project;
  HoneCliStatus status;
  HoneShares shares;
  const GOptionEntry entries[] = {
    { "set", 0, 0, HONE_CLI_TEXT, &set, N_("Deal the texts whose split nobody has fixed: train/validation/test"), "80/10/10" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  if (set && !hone_shares_parse (set, &shares, &error))
    return hone_cli_usage (cli, "%s", error->message);
  project = hone_cli_project_open (cli, cli->arguments[0], set ? HONE_STORE_WRITE : HONE_STORE_READ, &status);
  return project ? hone_cli_project_close (project, show (project, set ? &shares : NULL)) : status;
}

const HoneCliCommand hone_cli_split = {
  .name = "split",
  .synopsis = "PROJECT.hone",
  .summary = N_("Show or deal train, validation and test"),
  .details = N_("Dealing is stratified by label and seeded; near copies stay together. A role that a file or a person gave stays, and so does\n"
                "that of a text that was trained on."),
  .has_json = TRUE,
  .run = run,
};
