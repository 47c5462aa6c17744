/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli new: an empty project. */
#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "formats/hone-reader.h"
#include "hone-cli-commands.h"
#include "store/hone-store.h"

/* The same seed for everybody who names none: the same commands give the same numbers. */
#define DEFAULT_SEED 1

static gboolean
create (const char    *path,
        guint64        seed,
        HoneOntology  *ontology,
        GError       **error)
{
  g_autoptr(HoneStore) store = hone_store_create (path, seed, error);
  gboolean good;

  if (store == NULL)
    return FALSE;
  good = (ontology == NULL || hone_store_set_ontology (store, ontology, error)) && hone_store_close (store, error);
  /* Half a project is none. It was made a moment ago and is empty, so nothing is lost. */
  if (!good)
    g_unlink (path);
  return good;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *ontology_path = NULL, *seed_text = NULL, *shown = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GError) error = NULL;
  guint64 seed = DEFAULT_SEED;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "ontology", 0, 0, G_OPTION_ARG_FILENAME, &ontology_path, N_("Categories: Kili interface JSON, or a list of names"), "FILE" },
    { "seed", 0, 0, HONE_CLI_TEXT, &seed_text, N_("What all chance in the project is drawn from (default 1)"), "N" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  if (seed_text && !hone_cli_parse_count (seed_text, 0, G_MAXINT64, &seed))
    return hone_cli_usage (cli, _("--seed is “%s”, wanted a whole number from 0"), seed_text);

  if (ontology_path)
    {
      ontology = hone_ontology_read_file (ontology_path, &error);
      if (ontology == NULL)
        {
          hone_cli_fail (cli, error);
          return HONE_CLI_BAD_INPUT;
        }
    }
  if (!create (cli->arguments[0], seed, ontology, &error))
    return hone_cli_fail (cli, error);
  shown = g_filename_display_name (cli->arguments[0]);
  if (ontology)
    hone_cli_say (cli, ngettext ("Made “%s” with %d category\n", "Made “%s” with %d categories\n", hone_ontology_get_size (ontology)),
                  shown, (int) hone_ontology_get_size (ontology));
  else
    hone_cli_say (cli, _("Made “%s”; its categories come with the first labelled import\n"), shown);
  return HONE_CLI_DONE;
}

const HoneCliCommand hone_cli_new = {
  .name = "new",
  .synopsis = "PROJECT.hone",
  .summary = N_("Make an empty project"),
  .details = N_("Without --ontology the first labelled import makes the categories."),
  .run = run,
};
