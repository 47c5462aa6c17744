/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain lines and text|label. */
#include "config.h"

#include "helper.h"

static void
test_text_label (void)
{
  g_autofree char *path = helper_write ("news.txt", "Rates rise|MONEY\n A | B testing | World News \nNo label\n\nx|\ny|SPORTS", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);
  static const char * const texts[] = { "Rates rise", " A | B testing ", "No label", "x", "y" };
  static const char * const words[] = { "MONEY", "World News", NULL, NULL, "SPORTS" };
  static const gsize lines[] = { 1, 2, 3, 5, 6 };

  g_assert_cmpuint (records->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      HoneRecord *record = g_ptr_array_index (records, i);

      g_assert_cmpstr (record->text, ==, texts[i]);
      g_assert_cmpstr (helper_word (record, 0), ==, words[i]);
      g_assert_cmpuint (record->line, ==, lines[i]);
      g_assert_cmpstr (record->path, ==, path);
      g_assert_cmpint (hone_record_has_warning (record, HONE_WARNING_NO_SEPARATOR), ==, i == 2);
      g_assert_null (record->external_id);
    }
}

static void
test_no_text (void)
{
  g_autofree char *path = helper_write ("news.txt", "a|X\n|MONEY\nb|Y\n", -1);
  g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_TEXT_LABEL, NULL);
  g_autoptr(GPtrArray) refused = NULL;
  g_autoptr(GPtrArray) records = helper_read_all (reader, &refused, NULL);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpuint (((HoneRecord *) refused->pdata[0])->line, ==, 2);
}

static void
test_lines (void)
{
  g_autofree char *path = helper_write ("texts.txt", "\xef\xbb\xbf" "First text, with commas\r\n\r\n  \r\nSecond\ttext\r\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (((HoneRecord *) records->pdata[0])->text, ==, "First text, with commas");
  g_assert_cmpstr (((HoneRecord *) records->pdata[1])->text, ==, "Second\ttext");
  g_assert_cmpuint (((HoneRecord *) records->pdata[1])->line, ==, 4);
}

static void
test_fixture (void)
{
  g_autofree char *path = helper_fixture ("plain/text-label.txt");
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(HoneReader) reader = NULL;
  static const char * const words[] = { "MONEY", "SPORTS", "World News", NULL, "WEATHER", "MONEY" };

  if (path == NULL)
    return;
  reader = helper_open (path, HONE_FORMAT_AUTO, NULL);
  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_TEXT_LABEL);
  records = helper_read (path, HONE_FORMAT_AUTO);
  g_assert_cmpuint (records->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpstr (helper_word (records->pdata[i], 0), ==, words[i]);
  g_assert_cmpstr (((HoneRecord *) records->pdata[1])->text, ==, "A | B testing is new");
  g_assert_cmpstr (((HoneRecord *) records->pdata[2])->text, ==, "Élection à Genève: 選挙 🗳️ décidée");
  g_assert_cmpuint (helper_count (records, HONE_WARNING_NO_SEPARATOR), ==, 1);
}

/* Real headlines, three files as one import. */
static void
test_news (void)
{
  static const char * const names[] = { "news-1.txt", "news-3.txt", "news-4.txt" };
  const char *shared = g_getenv ("HONE_SHARED_DIR");
  g_autofree char *folder = shared != NULL ? g_build_filename (shared, "data", "news", NULL) : NULL;
  char *paths[4] = { NULL, };
  g_autoptr(HoneReader) reader = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) refused = NULL;
  g_autoptr(GError) error = NULL;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the news texts are not here (HONE_SHARED_DIR)");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    paths[i] = g_build_filename (folder, names[i], NULL);
  reader = hone_reader_open ((const char * const *) paths, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_TEXT_LABEL);
  records = helper_read_all (reader, &refused, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2400);
  g_assert_cmpuint (refused->len, ==, 0);
  for (guint i = 0; i < records->len; i++)
    g_assert_nonnull (helper_word (records->pdata[i], 0));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (paths[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/read-plain/text-label", test_text_label);
  g_test_add_func ("/formats/read-plain/no-text", test_no_text);
  g_test_add_func ("/formats/read-plain/lines", test_lines);
  g_test_add_func ("/formats/read-plain/fixture", test_fixture);
  g_test_add_func ("/formats/read-plain/news", test_news);

  return g_test_run ();
}
