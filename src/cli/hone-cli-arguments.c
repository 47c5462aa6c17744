/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arguments of a command: options before or after the others, help, and complaints about them. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-cli.h"

/* Options that name files take any bytes; all others are texts that must be UTF-8. */
static gboolean
is_file (const GOptionEntry *entry)
{
  return entry->arg_description && (strcmp (entry->arg_description, "FILE") == 0 || strcmp (entry->arg_description, "PATH") == 0);
}

static const char *
find_bad_text (const GOptionEntry *entries)
{
  for (const GOptionEntry *entry = entries; entry->long_name; entry++)
    {
      GStrv list = entry->arg == G_OPTION_ARG_FILENAME_ARRAY ? *(GStrv *) entry->arg_data : NULL;

      if (is_file (entry))
        continue;
      if (entry->arg == G_OPTION_ARG_FILENAME && *(char **) entry->arg_data && !g_utf8_validate (*(char **) entry->arg_data, -1, NULL))
        return entry->long_name;
      for (gsize i = 0; list && list[i]; i++)
        if (!g_utf8_validate (list[i], -1, NULL))
          return entry->long_name;
    }
  return NULL;
}

static void
print_help (HoneCli        *cli,
            GOptionContext *context)
{
  g_autofree char *name = g_strdup_printf ("hone-cli %s", cli->command->name), *before = g_strdup (g_get_prgname ()), *help = NULL;

  /* The first line of the help names the program, which for its reader is the command. */
  g_set_prgname (name);
  help = g_option_context_get_help (context, TRUE, NULL);
  g_set_prgname (before);
  hone_cli_print_text (help);
}

/**
 * hone_cli_parse:
 * @cli: this invocation
 * @entries: options of the command
 * @min: how many other arguments there must be
 * @max: how many there may be, or -1
 * @status: (out): the exit status where %FALSE is returned
 *
 * Returns: whether the command can go on; the other arguments are in `cli->arguments` then
 */
gboolean
hone_cli_parse (HoneCli            *cli,
                const GOptionEntry *entries,
                int                 min,
                int                 max,
                HoneCliStatus      *status)
{
  g_autoptr(GOptionContext) context = g_option_context_new (cli->command->synopsis);
  g_autoptr(GError) error = NULL;
  gboolean help = FALSE;
  GStrv rest = NULL;
  const char *bad;
  int n;
  const GOptionEntry common[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &cli->quiet, N_("Say only what was asked for, and errors"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    { NULL }
  };
  const GOptionEntry json[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print one JSON object"), NULL },
    { NULL }
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(cli->command->summary));
  if (cli->command->details)
    g_option_context_set_description (context, _(cli->command->details));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (cli->command->has_json)
    g_option_context_add_main_entries (context, json, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, &cli->arguments, &error))
    {
      g_strfreev (rest);
      *status = hone_cli_usage (cli, "%s", error->message);
      return FALSE;
    }
  g_strfreev (cli->arguments);
  cli->arguments = rest ? rest : g_new0 (char *, 1);
  n = g_strv_length (cli->arguments);
  if (help)
    {
      print_help (cli, context);
      *status = HONE_CLI_DONE;
      return FALSE;
    }
  bad = find_bad_text (entries);
  if (bad)
    *status = hone_cli_usage (cli, _("what --%s says is not UTF-8"), bad);
  else if (n < min)
    *status = hone_cli_usage (cli, _("something is missing: hone-cli %s %s"), cli->command->name, cli->command->synopsis);
  else if (max >= 0 && n > max)
    *status = hone_cli_usage (cli, _("“%s” is one argument too many"), cli->arguments[max]);
  else
    return TRUE;
  return FALSE;
}

/**
 * hone_cli_parse_count:
 * @text: digits
 * @min: the least allowed
 * @max: the greatest allowed
 * @value: (out): the number
 *
 * Returns: whether @text is a whole number in this range and nothing else
 */
gboolean
hone_cli_parse_count (const char *text,
                      guint64     min,
                      guint64     max,
                      guint64    *value)
{
  return g_ascii_string_to_unsigned (text, 10, min, max, value, NULL);
}
