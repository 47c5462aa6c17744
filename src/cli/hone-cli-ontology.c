/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli ontology: the categories of a project. */
#include "config.h"

#include <glib/gi18n.h>

#include "formats/hone-reader.h"
#include "hone-cli-commands.h"
#include "hone-cli-project.h"
#include "hone-cli-table.h"
#include "jobs/hone-replace-ontology.h"

static HoneCliStatus
set_ontology (HoneCliProject *project,
              const char     *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) from = hone_ontology_read_file (path, &error);

  if (from == NULL)
    {
      hone_cli_fail (project->cli, error);
      return HONE_CLI_BAD_INPUT;
    }
  return hone_replace_ontology (project->store, from, &error) ? HONE_CLI_DONE : hone_cli_fail (project->cli, error);
}

/* ---- printing ---- */

static void
print_json (const HoneOntology *ontology)
{
  g_autofree char *text = hone_ontology_to_kili_json (ontology);

  hone_cli_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
}

static void
print_table (const HoneOntology *ontology)
{
  HoneCliTable *table = hone_cli_table_new (5, 5);
  const char *instruction = hone_ontology_get_instruction (ontology);

  if (instruction && *instruction)
    hone_cli_print ("%s\n", instruction);
  hone_cli_print ("%s\n\n", hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE ? _("Each text has one category.")
                                                                                    : _("A text may have several categories."));
  hone_cli_table_add (table, _("KEY"));
  hone_cli_table_add (table, _("NAME"));
  hone_cli_table_add (table, _("SHORTCUT"));
  hone_cli_table_add (table, _("ALSO CALLED"));
  hone_cli_table_add (table, _("DEFINITION"));
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);

      hone_cli_table_add (table, category->key);
      hone_cli_table_add (table, category->name);
      hone_cli_table_add (table, category->shortcut ? category->shortcut : "");
      hone_cli_table_take (table, category->aliases ? g_strjoinv (", ", category->aliases) : g_strdup (""));
      hone_cli_table_add (table, category->definition ? category->definition : "");
    }
  hone_cli_table_print (table);
}

static HoneCliStatus
print_ontology (HoneCliProject *project)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (project->store);

  if (project->cli->json)
    {
      print_json (ontology);
    }
  else if (hone_ontology_get_size (ontology) == 0)
    {
      g_autofree char *mend = hone_cli_project_mend (project, "ontology", "--set FILE");

      hone_cli_print (_("The project has no categories yet; they come with the first labelled import, or by\n  %s\n"), mend);
    }
  else
    {
      print_table (ontology);
    }
  return HONE_CLI_DONE;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *path = NULL;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("Take the categories of this file: Kili interface JSON, or a list of names"), "FILE" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  project = hone_cli_project_open (cli, cli->arguments[0], path ? HONE_STORE_WRITE : HONE_STORE_READ, &status);
  if (project == NULL)
    return status;
  if (path)
    status = set_ontology (project, path);
  if ((path == NULL || status == HONE_CLI_DONE) && (path == NULL || !cli->quiet || cli->json))
    status = print_ontology (project);
  return hone_cli_project_close (project, status);
}

const HoneCliCommand hone_cli_ontology = {
  .name = "ontology",
  .synopsis = "PROJECT.hone",
  .summary = N_("Show or set the categories"),
  .details = N_("A category keeps its labels as long as its key or one of its names stays. One that labels use cannot go.\n"
                "--json prints Kili interface JSON, which --set takes."),
  .has_json = TRUE,
  .run = run,
};
