/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of other programs, through the real store: the counts of expected.json. */
#include "config.h"

#include <string.h>

#include "formats/hone-json.h"
#include "jobs-support.h"

static char *formats_folder;

static GStrv
find_paths (const char *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *blank = strstr (name, " (");
  g_autofree char *plain = blank != NULL ? g_strndup (name, blank - name) : g_strdup (name);

  if (g_str_equal (plain, "openai/batch"))
    {
      static const char * const parts[] = { "openai/batch-input.jsonl", "openai/batch-output.jsonl", "openai/batch-errors.jsonl" };

      for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          g_autofree char *path = g_build_filename (formats_folder, parts[i], NULL);

          g_strv_builder_add (builder, path);
        }
    }
  else
    {
      g_autofree char *path = g_build_filename (formats_folder, plain, NULL);

      g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

static void
set_options (HoneImportOptions *options,
             const HoneJson    *list)
{
  for (gsize i = 0; i + 1 < hone_json_get_size (list); i += 2)
    {
      const char *name = hone_json_get_string (hone_json_get_nth (list, i));
      const char *value = hone_json_get_string (hone_json_get_nth (list, i + 1));
      HoneSplit split;

      if (g_str_equal (name, "--text"))
        options->reader.text_column = value;
      else if (g_str_equal (name, "--label"))
        options->reader.label_column = value;
      else if (g_str_equal (name, "--split") && hone_split_from_string (value, &split))
        options->split = split;
      else
        g_error ("the test does not know the option %s", name);
    }
}

static void
test_fixture (gconstpointer data)
{
  const char *name = data;
  g_autofree char *expected_path = g_build_filename (formats_folder, "expected.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStore) store = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autofree char *interface = NULL;
  g_auto(GStrv) paths = find_paths (name);
  g_autoptr(HoneImportReport) report = NULL, dry = NULL;
  HoneImportOptions options = HONE_IMPORT_OPTIONS_INIT;
  HoneJson *all, *expected;
  static int number = 0;
  g_autofree char *project = g_strdup_printf ("fixture-%d.hone", number++);
  const char *after;

  g_assert_true (g_file_get_contents (expected_path, &text, NULL, NULL));
  all = hone_json_parse (text, -1, &error);
  g_assert_no_error (error);
  expected = hone_json_get (all, name);
  interface = g_build_filename (formats_folder, "kili", g_strcmp0 (hone_json_get_string (hone_json_get (expected, "choice")), "one") == 0
                                ? "interface-single.json" : "interface-multi.json", NULL);
  ontology = hone_ontology_read_file (interface, &error);
  g_assert_no_error (error);
  store = support_new_project (project);
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  after = hone_json_get_string (hone_json_get (expected, "after"));
  options.skip_refused = TRUE;
  if (after != NULL)
    {
      g_auto(GStrv) before = find_paths (after);

      options.paths = (const char * const *) before;
      g_assert_true (hone_import_run (store, &options, NULL, NULL, NULL, NULL, &error));
    }
  options.paths = (const char * const *) paths;
  set_options (&options, hone_json_get (expected, "options"));

  options.dry_run = TRUE;
  hone_import_run (store, &options, NULL, NULL, &dry, NULL, &error);
  g_assert_no_error (error);
  support_check_report (dry, expected);
  options.dry_run = FALSE;
  hone_import_run (store, &options, NULL, NULL, &report, NULL, &error);
  g_assert_no_error (error);
  support_check_report (report, expected);
  hone_store_check (store, &error);
  g_assert_no_error (error);
  hone_json_free (all);
}

int
main (int   argc,
      char *argv[])
{
  const char *shared = g_getenv ("HONE_SHARED_DIR");
  g_autofree char *expected_path = NULL;
  g_autofree char *text = NULL;
  HoneJson *all;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  formats_folder = g_build_filename (shared != NULL ? shared : ".", "data", "formats", NULL);
  expected_path = g_build_filename (formats_folder, "expected.json", NULL);
  if (!g_file_get_contents (expected_path, &text, NULL, NULL))
    {
      g_print ("1..0 # SKIP the files of other programs are not here\n");
      return 0;
    }
  all = hone_json_parse (text, -1, NULL);
  g_assert_nonnull (all);
  for (gsize i = 0; i < hone_json_get_size (all); i++)
    {
      g_autofree char *path = g_strdup_printf ("/jobs/import-fixtures/%s", hone_json_get_name (all, i));

      g_test_add_data_func_full (path, g_strdup (hone_json_get_name (all, i)), test_fixture, g_free);
    }
  hone_json_free (all);
  return g_test_run ();
}
