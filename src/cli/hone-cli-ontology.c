/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli ontology: the categories of a project. */
#include "config.h"

#include <glib/gi18n.h>

#include "formats/hone-reader.h"
#include "hone-cli-commands.h"
#include "hone-cli-project.h"
#include "hone-cli-table.h"

/* ---- a file's categories in the place of the project's ---- */

static guint
find_greatest_id (HoneStore *store)
{
  guint greatest = 0;

  for (gint64 version = hone_store_get_ontology_version (store); version > 0; version--)
    {
      g_autoptr(HoneOntology) ontology = hone_store_dup_ontology_at (store, version, NULL);

      for (gsize i = 0; ontology && i < hone_ontology_get_size (ontology); i++)
        greatest = MAX (greatest, hone_ontology_get_nth (ontology, i)->id);
    }
  return greatest;
}

/* What a plain list of names does not say stays as it was. */
static gboolean
add_category (HoneOntology        *merged,
              const HoneCategory  *category,
              const HoneCategory  *before,
              guint                id,
              GError             **error)
{
  HoneCategory copy = *category;

  copy.id = id;
  if (before)
    {
      copy.definition = category->definition ? category->definition : before->definition;
      copy.color = category->color ? category->color : before->color;
      copy.shortcut = category->shortcut ? category->shortcut : before->shortcut;
    }
  return hone_ontology_add (merged, &copy, error) != 0;
}

/* The categories of @from as the next version of the project's: who has the same key, or a name that meant the same category,
 * stays that category; others get numbers that none ever had. */
static HoneOntology *
merge (HoneStore           *store,
       const HoneOntology  *from,
       GError             **error)
{
  g_autoptr(HoneOntology) current = hone_store_dup_ontology (store);
  g_autoptr(HoneOntology) merged = hone_ontology_new (hone_ontology_get_choice (from), hone_ontology_get_instruction (from));
  guint next = find_greatest_id (store) + 1;

  for (gsize i = 0; i < hone_ontology_get_size (from); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (from, i), *before = hone_ontology_get_by_key (current, category->key);
      guint id;

      if (before == NULL)
        {
          before = hone_ontology_match (current, category->name);
          if (before && hone_ontology_get_by_key (from, before->key))
            before = NULL;
        }
      if (before && hone_ontology_get_by_id (merged, before->id))
        before = NULL;
      id = before ? before->id : next++;
      if (!add_category (merged, category, before, id, error))
        return NULL;
    }
  /* Spellings that files used; one that now belongs to another category is let go. */
  for (gsize i = 0; i < hone_ontology_get_size (current); i++)
    {
      const HoneCategory *before = hone_ontology_get_nth (current, i);

      for (gsize k = 0; before->aliases && before->aliases[k] && hone_ontology_get_by_id (merged, before->id); k++)
        hone_ontology_add_alias (merged, before->id, before->aliases[k], NULL);
    }
  return g_steal_pointer (&merged);
}

static HoneCliStatus
set_ontology (HoneCliProject *project,
              const char     *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) from = hone_ontology_read_file (path, &error), merged = NULL;

  if (from)
    merged = merge (project->store, from, &error);
  if (merged == NULL)
    {
      hone_cli_fail (project->cli, error);
      return HONE_CLI_BAD_INPUT;
    }
  if (!hone_store_set_ontology (project->store, merged, &error))
    return hone_cli_fail (project->cli, error);
  return HONE_CLI_DONE;
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
