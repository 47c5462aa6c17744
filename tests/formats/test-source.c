/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, folders and archives. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "formats/hone-source.h"
#include "helper.h"

static GPtrArray *
find (const char  *path,
      GError     **error)
{
  const char *paths[] = { path, NULL };

  return hone_sources_find (paths, error);
}

static void
assert_fails (const char *path,
              int         code,
              const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) sources = find (path, &error);

  g_assert_null (sources);
  g_assert_error (error, HONE_FORMATS_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, part);
}

static char *
read_all (const HoneSource  *source,
          GError           **error)
{
  g_autoptr(HoneSourceStream) stream = hone_source_open (source, error);
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[7];
  gssize n;

  if (stream == NULL)
    return NULL;
  while ((n = hone_source_stream_read (stream, buffer, sizeof buffer, error)) > 0)
    g_string_append_len (text, buffer, n);

  return n < 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_folder (void)
{
  G_GNUC_UNUSED g_autofree char *b = helper_write ("tree/b/two.json", "2", -1);
  g_autofree char *a = helper_write ("tree/a.csv", "1", -1);
  G_GNUC_UNUSED g_autofree char *hidden = helper_write ("tree/.git/config", "x", -1);
  G_GNUC_UNUSED g_autofree char *settings = helper_write ("tree/.argilla/settings.json", "3", -1);
  g_autofree char *folder = g_path_get_dirname (a);
  g_autofree char *circle = g_build_filename (folder, "circle", NULL);
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(GError) error = NULL;
  static const char * const names[] = { ".argilla/settings.json", "a.csv", "b/two.json" };
  static const char * const texts[] = { "3", "1", "2" };

  g_assert_cmpint (symlink (folder, circle), ==, 0);
  sources = find (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 3);
  for (guint i = 0; i < sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (sources, i);
      g_autofree char *text = read_all (source, &error);

      g_assert_cmpstr (source->name, ==, names[i]);
      g_assert_false (source->named);
      g_assert_cmpuint (source->size, ==, 1);
      g_assert_cmpstr (text, ==, texts[i]);
    }
  g_assert_true (hone_source_has_suffix (sources->pdata[1], ".csv"));
  g_assert_false (hone_source_has_suffix (sources->pdata[1], ".json"));
}

static void
test_refused_files (void)
{
  g_autofree char *folder = helper_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing.csv", NULL);
  g_autofree char *project = helper_write ("news.hone", "SQLite format 3\0\x10\0\x01\x01", 20);
  g_autofree char *gzip = helper_write ("data.csv.gz", "\037\213\010\0rest", 8);
  g_autofree char *office = helper_write_zip ("table.xlsx", "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>", NULL);
  g_autofree char *secret = helper_write ("secret.csv", "text\na\n", -1);
  g_autofree char *empty_folder = g_build_filename (folder, "nothing", NULL);
  g_autofree char *empty_zip = helper_write_zip ("empty.zip", NULL, NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);

  assert_fails (missing, HONE_FORMATS_ERROR_OPEN, "missing.csv");
  assert_fails (project, HONE_FORMATS_ERROR_OPEN, "Hone project");
  assert_fails (gzip, HONE_FORMATS_ERROR_OPEN, "gzip");
  assert_fails (office, HONE_FORMATS_ERROR_OPEN, "CSV");
  assert_fails (empty_zip, HONE_FORMATS_ERROR_EMPTY, "empty.zip");
  g_assert_cmpint (g_mkdir (empty_folder, 0700), ==, 0);
  assert_fails (empty_folder, HONE_FORMATS_ERROR_EMPTY, "nothing");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_fails (pipe, HONE_FORMATS_ERROR_OPEN, "neither a file nor a folder");
  assert_fails ("/dev/null", HONE_FORMATS_ERROR_OPEN, "neither a file nor a folder");
  if (geteuid () == 0)
    return;   /* root may read everything */
  g_assert_cmpint (g_chmod (secret, 0), ==, 0);
  assert_fails (secret, HONE_FORMATS_ERROR_OPEN, "secret.csv");
}

static void
test_zip (void)
{
  g_autofree char *path = helper_write_zip ("export.zip", "p/labels/one.json", "{\"n\":1}", "p/labels/two.json", "{\"n\":2}",
                                            "p/README.kili.txt", "read me", NULL);
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *wanted = g_strconcat (path, "/p/labels/two.json", NULL);
  const HoneSource *second;

  sources = find (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 3);
  second = g_ptr_array_index (sources, 1);
  g_assert_cmpstr (second->name, ==, "p/labels/two.json");
  g_assert_cmpstr (second->path, ==, wanted);

  /* In any order, and two at the same time. */
  for (guint i = 0; i < 6; i++)
    {
      static const guint order[] = { 2, 0, 1, 1, 0, 2 };
      static const char * const texts[] = { "{\"n\":1}", "{\"n\":2}", "read me" };
      g_autoptr(HoneSourceStream) other = hone_source_open (sources->pdata[1], &error);
      g_autofree char *text = read_all (sources->pdata[order[i]], &error);

      g_assert_no_error (error);
      g_assert_nonnull (other);
      g_assert_cmpstr (text, ==, texts[order[i]]);
    }
}

/* A text that cannot be read is no trouble of those behind it, whichever is asked for first. */
static void
test_bad_member (void)
{
  g_autoptr(GString) letters = g_string_new (NULL);
  g_autofree char *path = NULL, *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  for (int i = 0; i < 3000; i++)
    g_string_append_c (letters, (char) ('a' + g_test_rand_int_range (0, 26)));
  path = helper_write_zip ("half.zip", "bad.txt", letters->str, "good.txt", "good", "end.txt", "end", NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[200] ^= 0x55;
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));

  for (guint first = 0; first < 3; first++)
    {
      g_autoptr(GPtrArray) sources = find (path, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < 3; i++)
        {
          guint nth = (first + i) % 3;
          g_autofree char *text = read_all (sources->pdata[nth], &error);

          if (nth == 0)
            g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
          else
            g_assert_cmpstr (text, ==, nth == 1 ? "good" : "end");
          g_clear_error (&error);
        }
    }
}

static void
test_unsafe_names (void)
{
  static const char * const names[] = { "../evil.json", "a/../../evil.json", "/etc/evil.json", "a\\..\\evil.json", "C:\\evil.json", "..", };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = helper_write_zip ("evil.zip", "good.json", "{}", names[i], "{}", NULL);

      assert_fails (path, HONE_FORMATS_ERROR_UNSAFE, "leads out of the archive");
    }
}

static void
test_cut_zip (void)
{
  g_autoptr(GString) content = g_string_new (NULL);
  g_autofree char *path = NULL, *bytes = NULL, *cut = NULL;
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  /* Letters that do not shrink much, so that the cut is in the middle of them. */
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (content, (char) g_rand_int_range (random, 'a', 'z'));
  path = helper_write_zip ("whole.zip", "texts.csv", content->str, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  cut = helper_write ("cut.zip", bytes, length / 2);

  sources = find (cut, &error);
  if (sources != NULL)
    {
      g_autofree char *text = read_all (sources->pdata[0], &error);

      g_assert_null (text);
    }
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, "cut or damaged"));
}

/* 100 MB of one letter shrink to a thousandth. */
static void
test_bomb (void)
{
  g_autofree char *content = g_strnfill (100 * 1000 * 1000, 'a');
  g_autofree char *path = helper_write_zip ("bomb.zip", "texts.txt", content, NULL);
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(HoneSourceStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *buffer = g_malloc (65536);
  guint64 total = 0;
  gssize n;

  sources = find (path, &error);
  g_assert_no_error (error);
  stream = hone_source_open (sources->pdata[0], &error);
  g_assert_no_error (error);
  while ((n = hone_source_stream_read (stream, buffer, 65536, &error)) > 0)
    total += n;
  g_assert_cmpint (n, ==, -1);
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNSAFE);
  g_assert_cmpuint (total, <=, HONE_SOURCE_FREE_RATIO + 65536);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/source/folder", test_folder);
  g_test_add_func ("/formats/source/refused-files", test_refused_files);
  g_test_add_func ("/formats/source/zip", test_zip);
  g_test_add_func ("/formats/source/bad-member", test_bad_member);
  g_test_add_func ("/formats/source/unsafe-names", test_unsafe_names);
  g_test_add_func ("/formats/source/cut-zip", test_cut_zip);
  g_test_add_func ("/formats/source/bomb", test_bomb);

  return g_test_run ();
}
