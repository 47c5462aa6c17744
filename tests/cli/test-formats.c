/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each fixture of the shared formats gives the counts and warnings of its expected.json, through the command line. */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"

typedef struct {
  char       *folder;     /* of the fixtures */
  const char *name;
  JsonObject *expected;
} Case;

/* A bracket in a name is a remark; that of the batch names its files. */
static void
append_files (GPtrArray  *words,
              const char *folder,
              const char *name)
{
  static const char * const batch[] = { "batch-input.jsonl", "batch-output.jsonl", "batch-errors.jsonl" };
  const char *bracket = strstr (name, " (");
  g_autofree char *bare = bracket ? g_strndup (name, bracket - name) : g_strdup (name);

  if (strcmp (bare, "openai/batch") != 0)
    g_ptr_array_add (words, g_build_filename (folder, bare, NULL));
  for (gsize i = 0; strcmp (bare, "openai/batch") == 0 && i < G_N_ELEMENTS (batch); i++)
    g_ptr_array_add (words, g_build_filename (folder, "openai", batch[i], NULL));
}

static void
compare_counts (Cli        *cli,
                JsonObject *expected,
                const char *member)
{
  JsonObject *wanted, *found;
  g_autoptr(GList) names = NULL;

  if (!json_object_has_member (expected, member))
    return;
  wanted = json_object_get_object_member (expected, member);
  found = json_node_get_object (cli_node (cli, member));
  g_test_message ("%s", member);
  g_assert_cmpuint (json_object_get_size (found), ==, json_object_get_size (wanted));
  names = json_object_get_members (wanted);
  for (GList *at = names; at; at = at->next)
    {
      g_test_message ("%s.%s", member, (char *) at->data);
      g_assert_true (json_object_has_member (found, at->data));
      g_assert_cmpint (json_object_get_int_member (found, at->data), ==, json_object_get_int_member (wanted, at->data));
    }
}

static void
import (Cli        *cli,
        const Case *item,
        const char *name,
        gboolean    with_options)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  JsonArray *options = with_options && json_object_has_member (item->expected, "options")
                       ? json_object_get_array_member (item->expected, "options") : NULL;

  g_ptr_array_add (words, g_strdup ("import"));
  g_ptr_array_add (words, g_strdup ("p.hone"));
  append_files (words, item->folder, name);
  g_ptr_array_add (words, g_strdup ("--on-error"));
  g_ptr_array_add (words, g_strdup ("skip"));
  g_ptr_array_add (words, g_strdup ("--json"));
  for (guint i = 0; options && i < json_array_get_length (options); i++)
    g_ptr_array_add (words, g_strdup (json_array_get_string_element (options, i)));
  g_ptr_array_add (words, NULL);
  cli_run_strv (cli, (const char * const *) words->pdata);
}

static void
test_fixture (gconstpointer data)
{
  static const char * const members[] = { "examples", "labels", "current", "failed", "skipped", "refused" };
  const Case *item = data;
  g_autoptr(Cli) cli = cli_new ();
  gboolean several = strcmp (json_object_get_string_member (item->expected, "choice"), "several") == 0;
  g_autofree char *ontology = g_build_filename (item->folder, "kili", several ? "interface-multi.json" : "interface-single.json", NULL);

  cli_run (cli, "new", "p.hone", "--ontology", ontology, NULL);
  cli_assert_status (cli, 0);
  if (json_object_has_member (item->expected, "after"))
    {
      import (cli, item, json_object_get_string_member (item->expected, "after"), FALSE);
      cli_assert_status (cli, 0);
    }
  import (cli, item, item->name, TRUE);
  cli_assert_status (cli, 0);
  g_test_message ("%s", cli->out);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_test_message ("%s", members[i]);
      g_assert_cmpint (cli_int (cli, members[i]), ==, json_object_get_int_member (item->expected, members[i]));
    }
  compare_counts (cli, item->expected, "predictions");
  compare_counts (cli, item->expected, "warnings");
  compare_counts (cli, item->expected, "splits");
}

static void
test_absent (void)
{
  g_test_skip ("the shared formats are not here");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL, *path = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GList) names = NULL;
  g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  folder = g_build_filename (g_getenv ("HONE_SHARED_DIR") ? g_getenv ("HONE_SHARED_DIR") : "", "data", "formats", NULL);
  path = g_build_filename (folder, "expected.json", NULL);
  if (!json_parser_load_from_file (parser, path, NULL))
    {
      g_test_add_func ("/cli/formats/absent", test_absent);
      return g_test_run ();
    }
  names = json_object_get_members (json_node_get_object (json_parser_get_root (parser)));
  for (GList *at = names; at; at = at->next)
    {
      Case *item = g_new0 (Case, 1);
      g_autofree char *test = g_strdup_printf ("/cli/formats/%s", (char *) at->data);

      item->folder = folder;
      item->name = at->data;
      item->expected = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), at->data);
      g_ptr_array_add (cases, item);
      g_test_add_data_func (test, item, test_fixture);
    }
  return g_test_run ();
}
