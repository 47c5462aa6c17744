/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli report: what was measured, as HTML, PDF, Markdown, CSV or JSON. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-project.h"
#include "reports/hone-report-build.h"
#include "reports/hone-report-write.h"

static HoneCliStatus
report (HoneCliProject *project,
        GStrv           wanted,
        HoneSplit       split,
        guint           sections,
        HoneReportForm  form,
        const char     *path)
{
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(HoneReport) made = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *shown = g_filename_display_name (path);

  if (wanted)
    {
      names = g_ptr_array_new_with_free_func (g_free);
      for (gsize i = 0; wanted[i]; i++)
        g_ptr_array_add (names, g_strdup (wanted[i]));
    }
  else
    {
      names = hone_report_list_names (project->store, &error);
    }
  if (names)
    made = hone_report_build (project->store, names, NULL, split, FALSE, hone_cli_interrupt_cancellable (), &error);
  if (made && made->iterations->len == 0)
    {
      g_autofree char *mend = hone_cli_project_mend (project, "tune", "--experiment NAME");

      return hone_cli_bad_input (project->cli, mend, _("There is no iteration to report on"));
    }
  if (made)
    made->sections = sections;
  if (made == NULL || !hone_cli_project_record_openings (project, made, "report", &error) || !hone_report_write (made, form, path, &error))
    return hone_cli_project_fail_split (project, split, error);
  if (split == HONE_SPLIT_TEST)
    hone_cli_warn (project->cli, _("The test split was opened; openings so far: %" G_GUINT64_FORMAT), made->openings);
  hone_cli_say (project->cli, ngettext ("Wrote “%s” about %u iteration\n", "Wrote “%s” about %u iterations\n", made->iterations->len),
                shown, made->iterations->len);
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_auto(GStrv) experiments = NULL;
  g_autofree char *split_text = NULL, *sections_text = NULL, *output = NULL;
  g_autoptr(GError) error = NULL;
  HoneSplit split = HONE_SPLIT_VALIDATION;
  HoneReportForm form;
  guint sections = HONE_REPORT_ALL_SECTIONS;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "experiment", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &experiments,
      N_("An iteration; may be given several times. NAME is the last, NAME@all each of them (default: all of all experiments)"),
      "NAME[@N]" },
    { "split", 0, 0, HONE_CLI_TEXT, &split_text, N_("train, validation (default) or test"), "S" },
    { "sections", 0, 0, HONE_CLI_TEXT, &sections_text,
      N_("Of .html, .pdf and .md: some of chart, comparisons, data, categories, settings, measures, classes, matrix (default: all)"),
      "LIST" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("What to write: .html, .pdf, .md, .csv or .json"), "FILE" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  if (output == NULL)
    return hone_cli_usage (cli, _("something is missing: --output FILE"));
  if (!hone_report_form_from_path (output, &form, &error))
    return hone_cli_usage (cli, "%s", error->message);
  if (split_text && !hone_split_from_string (split_text, &split))
    return hone_cli_usage (cli, _("--split is “%s”, wanted train, validation or test"), split_text);
  if (sections_text && !hone_report_sections_from_string (sections_text, &sections, &error))
    return hone_cli_usage (cli, "--sections: %s", error->message);
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_READ, &status);
  return project ? hone_cli_project_close (project, report (project, experiments, split, sections, form, output)) : status;
}

const HoneCliCommand hone_cli_report = {
  .name = "report",
  .synopsis = "PROJECT.hone --output FILE.html|.pdf|.md|.csv|.json",
  .summary = N_("Write what was measured into a file"),
  .details = N_("A JSON report can be checked later: hone-cli verify REPORT.json PROJECT.hone"),
  .run = run,
};
