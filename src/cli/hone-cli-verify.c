/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli verify: a JSON report against its project. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-project.h"
#include "reports/hone-report-build.h"
#include "reports/hone-report-verify.h"

static HoneCliStatus
verify (HoneCliProject         *project,
        const HoneReportStored *stored)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReport) fresh = hone_report_build (project->store, stored->names, stored->pairs, stored->split, TRUE,
                                                     hone_cli_interrupt_cancellable (), &error);
  g_autoptr(GPtrArray) differences = NULL;

  if (fresh == NULL)
    return hone_cli_project_fail (project, error);
  differences = hone_report_verify (stored, fresh);
  /* That all is equal tells nothing new; what differs shows numbers that nobody has seen yet. */
  if (differences->len > 0 && !hone_cli_project_record_openings (project, fresh, "verify", &error))
    return hone_cli_project_fail (project, error);
  for (guint i = 0; i < differences->len; i++)
    {
      const HoneReportDifference *difference = g_ptr_array_index (differences, i);

      hone_cli_print (_("%s: report %s, project %s (%s)\n"), difference->path, difference->stored, difference->found,
                      difference->reason);
    }
  if (differences->len == 0)
    hone_cli_say (project->cli, ngettext ("Every number of the report is equal (%u iteration)\n",
                                          "Every number of the report is equal (%u iterations)\n", stored->names->len),
                  stored->names->len);
  else
    hone_cli_say (project->cli, ngettext ("%u difference\n", "%u differences\n", differences->len), differences->len);
  return differences->len == 0 ? HONE_CLI_DONE : HONE_CLI_FAILED;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autoptr(HoneReportStored) stored = NULL;
  g_autoptr(GError) error = NULL;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = { { NULL } };

  if (!hone_cli_parse (cli, entries, 2, 2, &status))
    return status;
  stored = hone_report_stored_read (cli->arguments[0], &error);
  if (stored == NULL)
    return hone_cli_fail (cli, error);
  project = hone_cli_project_open (cli, cli->arguments[1], HONE_STORE_READ, &status);
  return project ? hone_cli_project_close (project, verify (project, stored)) : status;
}

const HoneCliCommand hone_cli_verify = {
  .name = "verify",
  .synopsis = "REPORT.json PROJECT.hone",
  .summary = N_("Recompute every number of a report from its project"),
  .details = N_("Exit status 0: all are equal; 1: each difference is printed with its reason."),
  .run = run,
};
