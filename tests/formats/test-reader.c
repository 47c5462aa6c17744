/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing formats, several paths at once, and all the input that is not what it should be. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "helper.h"

/* ---- guessing ---- */

static void
test_guess (void)
{
  static const struct {
    const char *name, *content;
    HoneFormat  format;
  } cases[] = {
    { "a.csv", "text,label\na,X\n", HONE_FORMAT_CSV },
    { "b.csv", "just one column\nwith texts\n", HONE_FORMAT_CSV },
    { "a.tsv", "text\tlabel\na\tX\n", HONE_FORMAT_TSV },
    { "a.txt", "text\tlabel\na\tX\n", HONE_FORMAT_TSV },
    { "b.txt", "text;label\na;X\nb;Y\n", HONE_FORMAT_CSV },
    { "c.txt", "text|label\na|X\n", HONE_FORMAT_CSV },
    { "d.txt", "A headline|MONEY\nAnother | one|SPORTS\n", HONE_FORMAT_TEXT_LABEL },
    { "e.txt", "A headline\nAnother one, with a comma\n", HONE_FORMAT_LINES },
    { "noending", "A headline\nAnother one\n", HONE_FORMAT_LINES },
    { "a.json", "[{\"text\":\"a\"}]", HONE_FORMAT_JSON },
    { "b.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", HONE_FORMAT_JSON },
    { "a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", HONE_FORMAT_JSONL },
    { "a.ndjson", "{\"text\":\"a\"}\n", HONE_FORMAT_JSONL },
    { "b.jsonl", "{\"hone\":1}\n{\"example\":\"1\",\"text\":\"a\"}\n", HONE_FORMAT_HONE_JSONL },
    { "c.csv", "id,text,label,split,author,time,skipped,prediction,outcome,confidence,model,meta\n1,a,,,,,,,,,,\n", HONE_FORMAT_HONE_CSV },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = helper_write (cases[i].name, cases[i].content, -1);
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_AUTO, &error);
      g_autofree char *description = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      g_assert_cmpstr (hone_format_to_string (hone_reader_get_format (reader)), ==, hone_format_to_string (cases[i].format));
      description = hone_reader_dup_description (reader);
      g_assert_nonnull (strstr (description, hone_format_to_string (cases[i].format)));
      g_assert_nonnull (strstr (description, "found by looking"));
    }
}

static void
test_guess_fails (void)
{
  g_autofree char *path = helper_write ("page.html", "<p>A text</p>\n", -1);

  helper_assert_fails (path, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_UNKNOWN_FORMAT, "page.html");
}

static void
test_several_paths (void)
{
  g_autofree char *a = helper_write ("a.csv", "text,label\none,X\n", -1);
  g_autofree char *b = helper_write ("b.csv", "text,label\ntwo,Y\nthree,Y\n", -1);
  const char *paths[] = { a, b, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, NULL, &error);
  g_autoptr(GPtrArray) records = NULL;
  guint64 size;

  g_assert_no_error (error);
  size = hone_reader_get_size (reader);
  g_assert_cmpuint (size, ==, 17 + 25);
  records = helper_read_all (reader, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 3);
  g_assert_cmpuint (((HoneRecord *) records->pdata[2])->line, ==, 3);
  g_assert_cmpstr (((HoneRecord *) records->pdata[2])->path, ==, b);
  g_assert_cmpuint (hone_reader_get_position (reader), ==, size);
}

static void
test_named_format (void)
{
  g_autofree char *path = helper_write ("a.csv", "one|X\ntwo|Y\n", -1);
  g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_TEXT_LABEL, NULL);
  g_autofree char *description = hone_reader_dup_description (reader);

  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_TEXT_LABEL);
  g_assert_null (strstr (description, "found by looking"));
}

/* ---- bad input ---- */

/* Every format at once. */
static void
assert_all_fail (const char *name,
                 const char *data,
                 gssize      length,
                 int         code,
                 const char *part)
{
  static const HoneFormat formats[] = {
    HONE_FORMAT_CSV, HONE_FORMAT_TSV, HONE_FORMAT_TEXT_LABEL, HONE_FORMAT_LINES, HONE_FORMAT_JSON, HONE_FORMAT_JSONL,
    HONE_FORMAT_HONE_CSV, HONE_FORMAT_HONE_JSONL,
  };
  g_autofree char *path = helper_write (name, data, length);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    helper_assert_fails (path, formats[i], code, part);
}

static void
test_empty (void)
{
  static const char * const names[] = { "a.csv", "a.tsv", "a.json", "a.jsonl", "a.txt" };

  assert_all_fail ("empty.txt", "", 0, HONE_FORMATS_ERROR_EMPTY, "empty.txt");
  assert_all_fail ("blank.txt", "\n\n \n", -1, HONE_FORMATS_ERROR_EMPTY, "blank.txt");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = helper_write (names[i], "", 0);
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_AUTO, &error);
      G_GNUC_UNUSED g_autoptr(GPtrArray) records = reader != NULL ? helper_read_all (reader, NULL, &error) : NULL;

      /* A text file may be anything: then the format is not known. */
      g_assert_nonnull (error);
      g_assert_true (error->code == HONE_FORMATS_ERROR_EMPTY || error->code == HONE_FORMATS_ERROR_UNKNOWN_FORMAT);
    }
}

static void
test_header_only (void)
{
  g_autofree char *csv = helper_write ("a.csv", "text,label\n", -1);
  g_autofree char *list = helper_write ("a.json", "[]", -1);

  helper_assert_fails (csv, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_EMPTY, "no record");
  helper_assert_fails (list, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_EMPTY, "no record");
}

static void
test_empty_among_others (void)
{
  g_autofree char *a = helper_write ("a.csv", "text,label\none,X\n", -1);
  g_autofree char *b = helper_write ("b.csv", "", -1);
  const char *paths[] = { a, b, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, NULL, &error);
  G_GNUC_UNUSED g_autoptr(GPtrArray) records = helper_read_all (reader, NULL, &error);

  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY);
  g_assert_nonnull (strstr (error->message, "b.csv"));
}

static void
test_binary (void)
{
  static const char bytes[] = "\001\002text,label\n\xff\xfe\xfd,\000\003x\n";
  static const char no_nul[] = "\001\002text,label\n\xff\xfe\xfd,\003x\n";

  assert_all_fail ("bytes.bin", bytes, sizeof bytes - 1, HONE_FORMATS_ERROR_MALFORMED, "bytes.bin");
  assert_all_fail ("nonul.bin", no_nul, sizeof no_nul - 1, HONE_FORMATS_ERROR_MALFORMED, "no text file");
}

static void
test_nul (void)
{
  static const char csv[] = "text,label\na,X\nb\0b,Y\n", lines[] = "{\"text\":\"a\"}\n{\"text\":\"\0\"}\n";
  static const char wide[] = "\xff\xfe\0\0\0\0\xdc\xdc";     /* UTF-16 with two NUL */
  g_autofree char *a = helper_write ("a.csv", csv, sizeof csv - 1);
  g_autofree char *b = helper_write ("b.jsonl", lines, sizeof lines - 1);
  g_autofree char *c = helper_write ("c.txt", csv, sizeof csv - 1);
  g_autofree char *d = helper_write ("wide.txt", wide, sizeof wide - 1);

  helper_assert_fails (a, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "line 3: there is a NUL byte");
  helper_assert_fails (b, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "line 2: there is a NUL byte");
  helper_assert_fails (c, HONE_FORMAT_LINES, HONE_FORMATS_ERROR_MALFORMED, "line 3: there is a NUL byte");
  /* Guessing goes on behind it. */
  helper_assert_fails (d, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "wide.txt");
}

static void
test_cut_character (void)
{
  assert_all_fail ("cut.txt", "text\n\xc3\xa9t\xc3", 9, HONE_FORMATS_ERROR_MALFORMED, "middle of a character");
}

static void
test_long_line (void)
{
  g_autofree char *letters = g_strnfill (40 * 1000 * 1000, 'a');
  g_autofree char *csv = g_strconcat ("text,label\nb,X\n", letters, ",X\n", NULL);
  g_autofree char *json = g_strconcat ("{\"text\":\"b\"}\n{\"text\":\"", letters, "\"}\n", NULL);
  g_autofree char *a = helper_write ("a.csv", csv, -1);
  g_autofree char *b = helper_write ("b.jsonl", json, -1);
  g_autofree char *c = helper_write ("c.txt", csv, -1);

  helper_assert_fails (a, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "line 3");
  helper_assert_fails (b, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "line 2");
  helper_assert_fails (c, HONE_FORMAT_LINES, HONE_FORMATS_ERROR_MALFORMED, "line 3");
}

static void
test_open_quote (void)
{
  g_autofree char *path = helper_write ("a.csv", "text,label\na,X\nb,\"Y\nc,Z\n", -1);

  helper_assert_fails (path, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "opened on line 3");
}

static void
test_many_columns (void)
{
  g_autofree char *commas = g_strnfill (1000 * 1000, ',');
  g_autofree char *content = g_strconcat ("text", commas, "\na\n", NULL);
  g_autofree char *path = helper_write ("a.csv", content, -1);

  helper_assert_fails (path, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "more than 10000 columns");
}

static void
test_deep_json (void)
{
  g_autofree char *brackets = g_strnfill (200 * 1000, '[');
  g_autofree char *value = g_strconcat ("[{\"text\":\"a\"},{\"text\":", brackets, NULL);
  g_autofree char *line = g_strconcat ("{\"text\":\"a\"}\n{\"text\":", brackets, "\n", NULL);
  g_autofree char *a = helper_write ("a.json", value, -1);
  g_autofree char *b = helper_write ("b.jsonl", line, -1);
  g_autoptr(HoneReader) reader = NULL;
  g_autoptr(GPtrArray) records = NULL, refused = NULL;
  g_autoptr(GError) error = NULL;

  helper_assert_fails (a, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "nested");
  reader = helper_open (b, HONE_FORMAT_AUTO, NULL);
  records = helper_read_all (reader, &refused, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpuint (refused->len, ==, 1);
}

static void
test_cut_json (void)
{
  g_autofree char *path = helper_write ("a.json", "[{\"text\":\"a\"},\n{\"text\":\"b", -1);

  helper_assert_fails (path, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "line 2");
}

/* Endings that promise something do not become plain lines. */
static void
test_no_fallback (void)
{
  g_autofree char *json = helper_write ("a.json", "Only words\nMore words\n", -1);
  g_autofree char *jsonl = helper_write ("a.jsonl", "Only words\nMore words\n", -1);
  g_autoptr(HoneReader) reader = NULL;
  g_autoptr(GPtrArray) records = NULL, refused = NULL;

  helper_assert_fails (json, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "a.json");
  reader = helper_open (jsonl, HONE_FORMAT_AUTO, NULL);
  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_JSONL);
  records = helper_read_all (reader, &refused, NULL);
  g_assert_cmpuint (records->len, ==, 0);
  g_assert_cmpuint (refused->len, ==, 2);
}

static void
test_paths (void)
{
  g_autofree char *folder = helper_folder ();
  g_autofree char *empty = g_build_filename (folder, "hollow", NULL);
  g_autofree char *other = helper_write ("pictures/readme.html", "<p/>", -1);
  g_autofree char *other_folder = g_path_get_dirname (other);
  g_autofree char *project = helper_write ("news.hone", "SQLite format 3\0rest", 20);
  const char *none[] = { NULL };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  helper_assert_fails (empty, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_EMPTY, "hollow");
  helper_assert_fails (other_folder, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_UNKNOWN_FORMAT, "readme.html");
  helper_assert_fails ("/nonexistent/a.csv", HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_OPEN, "/nonexistent/a.csv");
  helper_assert_fails (project, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_OPEN, "Hone project");
  helper_assert_fails (project, HONE_FORMAT_CSV, HONE_FORMATS_ERROR_OPEN, "Hone project");
  g_assert_null (hone_reader_open (none, NULL, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY);
}

static void
test_zip (void)
{
  g_autofree char *letters = g_strnfill (100 * 1000 * 1000, 'a');
  g_autofree char *bomb = helper_write_zip ("bomb.zip", "a.txt", letters, NULL);
  g_autofree char *evil = helper_write_zip ("evil.zip", "../../a.csv", "text\na\n", NULL);
  g_autofree char *pictures = helper_write_zip ("pictures.zip", "a.html", "<p/>", NULL);

  helper_assert_fails (bomb, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_UNSAFE, "bomb.zip/a.txt");
  helper_assert_fails (evil, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_UNSAFE, "../../a.csv");
  helper_assert_fails (pictures, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_UNKNOWN_FORMAT, "pictures.zip");
}

static void
test_encoding (void)
{
  g_autofree char *path = helper_write ("a.csv", "text,label\ncaf\xe9,X\n", -1);
  const char *paths[] = { path, NULL };
  HoneReaderOptions named = { .encoding = "ISO-8859-1" }, unknown = { .encoding = "klingon" }, wrong = { .encoding = "UTF-8" };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, &named, &error);
  g_autoptr(GPtrArray) records = helper_read_all (reader, NULL, &error);
  g_autoptr(HoneReader) bad = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (((HoneRecord *) records->pdata[0])->text, ==, "café");
  g_assert_cmpuint (hone_reader_get_warnings (reader)->len, ==, 0);
  g_assert_null (hone_reader_open (paths, &unknown, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN);
  g_clear_error (&error);
  bad = hone_reader_open (paths, &wrong, &error);
  if (bad != NULL)
    g_ptr_array_unref (helper_read_all (bad, NULL, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, "line 2"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/reader/guess", test_guess);
  g_test_add_func ("/formats/reader/guess-fails", test_guess_fails);
  g_test_add_func ("/formats/reader/several-paths", test_several_paths);
  g_test_add_func ("/formats/reader/named-format", test_named_format);
  g_test_add_func ("/formats/reader/empty", test_empty);
  g_test_add_func ("/formats/reader/header-only", test_header_only);
  g_test_add_func ("/formats/reader/empty-among-others", test_empty_among_others);
  g_test_add_func ("/formats/reader/binary", test_binary);
  g_test_add_func ("/formats/reader/nul", test_nul);
  g_test_add_func ("/formats/reader/cut-character", test_cut_character);
  g_test_add_func ("/formats/reader/long-line", test_long_line);
  g_test_add_func ("/formats/reader/open-quote", test_open_quote);
  g_test_add_func ("/formats/reader/many-columns", test_many_columns);
  g_test_add_func ("/formats/reader/deep-json", test_deep_json);
  g_test_add_func ("/formats/reader/cut-json", test_cut_json);
  g_test_add_func ("/formats/reader/no-fallback", test_no_fallback);
  g_test_add_func ("/formats/reader/paths", test_paths);
  g_test_add_func ("/formats/reader/zip", test_zip);
  g_test_add_func ("/formats/reader/encoding", test_encoding);

  return g_test_run ();
}
