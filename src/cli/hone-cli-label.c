/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli label: one label by hand, or known answers revealed. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-project.h"
#include "jobs/hone-simulate.h"
#include "store/hone-store-labels.h"

static HoneCliStatus
simulate (HoneCliProject  *project,
          guint64          n,
          HoneSampleOrder  order,
          const char      *author)
{
  HoneSimulateReport *report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;

  hone_simulate_async (project->queue, n, order, author, hone_cli_interrupt_cancellable (), hone_cli_wait_cb, &slot);
  result = hone_cli_wait (&slot);
  if (!hone_simulate_finish (project->queue, result, &report, &error))
    {
      g_autofree char *mend = NULL;

      if (!g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS))
        return hone_cli_project_fail (project, error);
      mend = hone_cli_project_mend (project, "import", "FILE --labels known");
      return hone_cli_fail_mend (project->cli, error, mend);
    }
  if (report->message)
    hone_cli_warn (project->cli, "%s", report->message);
  hone_cli_say (project->cli, _("Revealed %" G_GUINT64_FORMAT " known answers of train as labels; %" G_GUINT64_FORMAT " are still hidden\n"),
                report->revealed, report->left);
  if (report->revealed < n)
    hone_cli_warn (project->cli, _("%" G_GUINT64_FORMAT " were asked for, but no more were hidden"), n);
  hone_simulate_report_free (report);
  return HONE_CLI_DONE;
}

/* ---- by hand ---- */

static HoneCategorySet *
match_categories (HoneCliProject       *project,
                  const HoneOntology   *ontology,
                  GPtrArray            *words,
                  HoneCliStatus        *status)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      const HoneCategory *category = hone_ontology_match (ontology, word);

      if (category == NULL)
        {
          g_autofree char *mend = g_strchomp (hone_cli_project_mend (project, "ontology", ""));

          *status = hone_cli_bad_input (project->cli, mend, _("“%s” is no category of the project"), word);
          return NULL;
        }
      g_array_append_val (ids, category->id);
    }
  return hone_category_set_new ((const guint *) ids->data, ids->len);
}

static HoneCliStatus
label_by_hand (HoneCliProject *project,
               const char     *external_id,
               GPtrArray      *words,
               const char     *author)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (project->store);
  g_autoptr(HoneCategorySet) categories = NULL;
  g_autoptr(GError) error = NULL;
  HoneLabel label = { .author = (char *) author, .origin = HONE_ORIGIN_HUMAN };
  HoneCliStatus status = HONE_CLI_DONE;

  if (hone_ontology_get_size (ontology) == 0)
    {
      g_autofree char *mend = hone_cli_project_mend (project, "ontology", "--set FILE");

      return hone_cli_bad_input (project->cli, mend, _("The project has no categories yet"));
    }
  categories = match_categories (project, ontology, words, &status);
  if (categories == NULL)
    return status;
  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE && hone_category_set_get_size (categories) > 1)
    return hone_cli_bad_input (project->cli, NULL, _("%d categories were given, but in this project a text has one"),
                               (int) hone_category_set_get_size (categories));
  label.example_id = hone_store_find_example (project->store, external_id, &error);
  if (label.example_id == 0)
    return hone_cli_project_fail (project, error);
  label.categories = categories;
  if (hone_store_add_label (project->store, &label, &error) == 0)
    return hone_cli_project_fail (project, error);
  hone_cli_say (project->cli, _("Labelled “%s” as %s\n"), external_id, author);
  return HONE_CLI_DONE;
}

/* ---- arguments ---- */

typedef struct {
  char  *simulate, *order, *id, *author;
  GStrv  categories;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->simulate);
  g_free (self->order);
  g_free (self->id);
  g_free (self->author);
  g_strfreev (self->categories);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static HoneCliStatus
run_simulate (HoneCli       *cli,
              const Options *options)
{
  HoneSampleOrder order = HONE_ORDER_RANDOM;
  HoneCliProject *project;
  HoneCliStatus status;
  guint64 n;

  if (options->id || options->categories)
    return hone_cli_usage (cli, _("--simulate and --id do not go together"));
  if (cli->arguments[1])
    return hone_cli_usage (cli, _("“%s” is one argument too many"), cli->arguments[1]);
  if (!hone_cli_parse_count (options->simulate, 1, G_MAXINT32, &n))
    return hone_cli_usage (cli, _("--simulate is “%s”, wanted a whole number from 1"), options->simulate);
  if (options->order && !hone_sample_order_from_string (options->order, &order))
    return hone_cli_usage (cli, _("--order is “%s”, wanted random, balanced or uncertain"), options->order);
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_WRITE, &status);
  return project ? hone_cli_project_close (project, simulate (project, n, order, options->author)) : status;
}

static HoneCliStatus
run_by_hand (HoneCli       *cli,
             const Options *options)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  HoneCliProject *project;
  HoneCliStatus status;
  const char *author = options->author ? options->author : g_get_user_name ();

  if (options->id == NULL)
    return hone_cli_usage (cli, _("something is missing: --simulate N, or --id ID --category KEY"));
  if (options->categories == NULL)
    return hone_cli_usage (cli, _("something is missing: --category KEY"));
  if (options->order)
    return hone_cli_usage (cli, _("--order goes with --simulate"));
  if (*author == '\0')
    return hone_cli_usage (cli, _("--author is empty"));
  for (gsize i = 0; options->categories[i]; i++)
    g_ptr_array_add (words, options->categories[i]);
  /* "--category A B": GLib gives an option one value, the others come as arguments. */
  for (gsize i = 1; cli->arguments[i]; i++)
    {
      if (!g_utf8_validate (cli->arguments[i], -1, NULL))
        return hone_cli_usage (cli, _("what --%s says is not UTF-8"), "category");
      g_ptr_array_add (words, cli->arguments[i]);
    }
  project = hone_cli_project_open (cli, cli->arguments[0], HONE_STORE_WRITE, &status);
  return project ? hone_cli_project_close (project, label_by_hand (project, options->id, words, author)) : status;
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_auto(Options) options = { 0 };
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "simulate", 0, 0, HONE_CLI_TEXT, &options.simulate, N_("Reveal N known answers of train"), "N" },
    { "order", 0, 0, HONE_CLI_TEXT, &options.order, N_("With --simulate: random (default), balanced or uncertain"), "ORDER" },
    { "id", 0, 0, HONE_CLI_TEXT, &options.id, N_("Text to label, by its own id (or #12, its number)"), "ID" },
    { "category", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.categories, N_("Category; may be given several times"), "KEY" },
    { "author", 0, 0, HONE_CLI_TEXT, &options.author, N_("Who says so (default: your login name)"), "NAME" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, -1, &status))
    return status;
  return options.simulate ? run_simulate (cli, &options) : run_by_hand (cli, &options);
}

const HoneCliCommand hone_cli_label = {
  .name = "label",
  .synopsis = "PROJECT.hone --simulate N | --id ID --category KEY…",
  .summary = N_("Label a text, or reveal known answers"),
  .details = N_("balanced takes the same number of each category by the known answers, at random by the seed of the project;\n"
                "uncertain takes first what the newest iteration is least sure of."),
  .run = run,
};
