/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files in all forms that other programs and people write (tests/data/formats/variants), through the real store: each gives the
 * counts and warnings that stand beside it. A file is a text, or one of {"json"}, {"jsonl"}, {"latin1"} (bytes), {"zip"} (files). */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "jobs-support.h"

typedef struct {
  HoneJson   *variant;
  const char *name;
} Case;

/* ---- files ---- */

static GBytes *make_file (const HoneJson *content);

/* Each character is a byte. */
static GBytes *
make_bytes (const char *latin1)
{
  GByteArray *bytes = g_byte_array_new ();

  for (const char *at = latin1; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      guint8 byte = character == 0x2400 ? 0 : (guint8) character;   /* U+2400 stands for NUL, which JSON cannot hold here */

      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
make_json (const HoneJson *value,
           gboolean        lines)
{
  GString *text = g_string_new (NULL);

  if (!lines)
    hone_json_print (value, text);
  for (gsize i = 0; lines && i < hone_json_get_size (value); i++)
    {
      hone_json_print (hone_json_get_nth (value, i), text);
      g_string_append_c (text, '\n');
    }

  return g_string_free_to_bytes (text);
}

static GBytes *
make_zip (const HoneJson *files)
{
  gsize size = 4 * 1024 * 1024, used = 0;
  guint8 *buffer = g_malloc (size);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_memory (archive, buffer, size, &used), ==, ARCHIVE_OK);
  for (gsize i = 0; i < hone_json_get_size (files); i++)
    {
      g_autoptr(GBytes) content = make_file (hone_json_get_nth (files, i));
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname_utf8 (entry, hone_json_get_name (files, i));
      archive_entry_set_size (entry, g_bytes_get_size (content));
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, g_bytes_get_data (content, NULL), g_bytes_get_size (content)), ==,
                       (gssize) g_bytes_get_size (content));
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);

  return g_bytes_new_take (buffer, used);
}

static GBytes *
make_file (const HoneJson *content)
{
  const char *text = hone_json_get_string (content);

  if (text != NULL)
    return g_bytes_new (text, strlen (text));
  if (hone_json_get (content, "latin1") != NULL)
    return make_bytes (hone_json_get_string (hone_json_get (content, "latin1")));
  if (hone_json_get (content, "zip") != NULL)
    return make_zip (hone_json_get (content, "zip"));
  if (hone_json_get (content, "jsonl") != NULL)
    return make_json (hone_json_get (content, "jsonl"), TRUE);

  g_assert_nonnull (hone_json_get (content, "json"));
  return make_json (hone_json_get (content, "json"), FALSE);
}

static void
write_files (const char     *folder,
             const HoneJson *files)
{
  for (gsize i = 0; i < hone_json_get_size (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, hone_json_get_name (files, i), NULL);
      g_autofree char *parent = g_path_get_dirname (path);
      g_autoptr(GBytes) content = make_file (hone_json_get_nth (files, i));
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
      g_file_set_contents (path, g_bytes_get_data (content, NULL), g_bytes_get_size (content), &error);
      g_assert_no_error (error);
    }
}

/* ---- options ---- */

static void
set_option (HoneImportOptions *options,
            const char        *name,
            const char        *value)
{
  HoneSplit split;

  if (g_str_equal (name, "--text"))
    options->reader.text_column = value;
  else if (g_str_equal (name, "--label"))
    options->reader.label_column = value;
  else if (g_str_equal (name, "--encoding"))
    options->reader.encoding = value;
  else if (g_str_equal (name, "--format"))
    g_assert_true (hone_format_from_string (value, &options->reader.format));
  else if (g_str_equal (name, "--labels"))
    g_assert_true (hone_import_labels_from_string (value, &options->labels));
  else if (g_str_equal (name, "--split") && hone_split_from_string (value, &split))
    options->split = split;
  else
    g_error ("the test does not know the option %s", name);
}

static void
set_options (HoneImportOptions *options,
             const HoneJson    *variant)
{
  const HoneJson *list = hone_json_get (variant, "options");

  for (gsize i = 0; i + 1 < hone_json_get_size (list); i += 2)
    set_option (options, hone_json_get_string (hone_json_get_nth (list, i)), hone_json_get_string (hone_json_get_nth (list, i + 1)));
  options->skip_refused = hone_json_get (variant, "on-error") == NULL;
}

/* "one" and "several": four categories; "none": a project without any. */
static HoneStore *
make_project (const char *choice)
{
  static const char * const names[] = { "Money", "Politics", "World News", "Sports" };
  static int number;
  g_autofree char *file = g_strdup_printf ("variant-%d.hone", number++);
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GError) error = NULL;
  HoneStore *store = support_new_project (file);

  if (g_str_equal (choice, "none"))
    return store;

  ontology = hone_ontology_new (g_str_equal (choice, "several") ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HoneCategory category = { .name = (char *) names[i] };

      g_assert_cmpuint (hone_ontology_add (ontology, &category, NULL), !=, 0);
    }
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  g_assert_no_error (error);

  return store;
}

static GStrv
make_paths (const char     *folder,
            const HoneJson *names)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; i < hone_json_get_size (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, hone_json_get_string (hone_json_get_nth (names, i)), NULL);

      g_strv_builder_add (builder, path);
    }

  return g_strv_builder_end (builder);
}

/* ---- the test ---- */

/* What is in the project before. */
static void
import_before (HoneStore      *store,
               const char     *folder,
               const HoneJson *files)
{
  g_autofree char *before = g_strconcat (folder, "-before", NULL);

  write_files (before, files);
  for (gsize i = 0; i < hone_json_get_size (files); i++)
    {
      g_autofree char *path = g_build_filename (before, hone_json_get_name (files, i), NULL);

      support_import (store, path, -1, HONE_IMPORT_LABELS_HUMAN);
    }
}

static void
check_categories (const HoneImportReport *report,
                  const HoneJson         *keys)
{
  if (keys == NULL)
    return;

  g_assert_nonnull (report->new_ontology);
  g_assert_cmpuint (hone_ontology_get_size (report->new_ontology), ==, hone_json_get_size (keys));
  for (gsize i = 0; i < hone_json_get_size (keys); i++)
    g_assert_nonnull (hone_ontology_get_by_key (report->new_ontology, hone_json_get_string (hone_json_get_nth (keys, i))));
}

static void
check_report (const HoneImportReport *report,
              const HoneJson         *expected)
{
  const char *format = hone_json_get_string (hone_json_get (expected, "format"));

  g_test_message ("%s", report->description);
  support_check_report (report, expected);
  if (format != NULL)
    g_assert_cmpstr (hone_format_to_string (report->format), ==, format);
  check_categories (report, hone_json_get (expected, "categories"));
}

static void
assert_bad_input (const GError *error)
{
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == HONE_FORMATS_ERROR || g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT));
}

static guint64
count_texts (HoneStore *store)
{
  HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(GError) error = NULL;
  guint64 n = hone_store_count (store, &all, NULL, &error);

  g_assert_no_error (error);

  return n;
}

/* Twice: a dry run says the same and leaves nothing; what is bad leaves nothing either. */
static void
test_variant (gconstpointer data)
{
  const Case *item = data;
  const HoneJson *expected = hone_json_get (item->variant, "expected"), *before = hone_json_get (item->variant, "after");
  g_autoptr(HoneStore) store = make_project (hone_json_get_string (hone_json_get (item->variant, "choice")));
  g_autofree char *root = support_dup_folder ();
  g_autofree char *name = g_strdup_printf ("files-%u", g_str_hash (item->name));
  g_autofree char *folder = g_build_filename (root, name, NULL);
  g_auto(GStrv) paths = make_paths (folder, hone_json_get (item->variant, "paths"));
  HoneImportOptions options = HONE_IMPORT_OPTIONS_INIT;
  guint64 n_before;

  write_files (folder, hone_json_get (item->variant, "files"));
  import_before (store, folder, before);
  n_before = count_texts (store);
  options.paths = (const char * const *) paths;
  set_options (&options, item->variant);

  for (int dry = 1; dry >= 0; dry--)
    {
      g_autoptr(HoneImportReport) report = NULL;
      g_autoptr(GError) error = NULL;
      gboolean good;

      options.dry_run = dry == 1;
      good = hone_import_run (store, &options, NULL, NULL, &report, NULL, &error);
      if (expected == NULL)
        {
          g_assert_false (good);
          assert_bad_input (error);
        }
      else
        {
          g_assert_no_error (error);
          check_report (report, expected);
        }
      if (dry == 1 || expected == NULL)
        g_assert_cmpuint (count_texts (store), ==, n_before);
    }
}

static void
case_free (gpointer data)
{
  g_free (data);
}

/* Adds a test for each variant of a file; the values stay for the whole run. */
static void
add_file (const char *folder,
          const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  g_autofree char *stem = g_strndup (file, strlen (file) - strlen (".json"));
  g_autoptr(GError) error = NULL;
  HoneJson *variants;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  variants = hone_json_parse (text, -1, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < hone_json_get_size (variants); i++)
    {
      g_autofree char *label = g_strdelimit (g_strdup (hone_json_get_name (variants, i)), "/", ' ');
      g_autofree char *test = g_strdup_printf ("/jobs/import-variants/%s/%s", stem, label);
      Case *item = g_new0 (Case, 1);

      item->variant = hone_json_get_nth (variants, i);
      item->name = g_intern_string (test);
      g_test_add_data_func_full (test, item, test_variant, case_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "data", "formats", "variants", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (files, g_strdup (file));
  g_assert_cmpuint (files->len, >, 0);
  for (guint i = 0; i < files->len; i++)
    add_file (folder, files->pdata[i]);

  return g_test_run ();
}
