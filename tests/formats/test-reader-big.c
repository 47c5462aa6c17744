/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory does not grow with the file, whatever its form: 120 MB and more are read within a few MB more than at the start. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "helper.h"
#include "hone-sanitized.h"

#define ROWS (HONE_SANITIZED ? 5000 : 400000)
/* The blocks, windows and columns of a reader, and what malloc keeps. */
#define MORE_KIB (24 * 1024)

static long
peak_kib (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return usage.ru_maxrss;
}

/* A checker of memory keeps what was freed: then only the reading is tested. */
static void
assert_little_more (long before)
{
  const char *preload = g_getenv ("LD_PRELOAD");

  g_test_message ("%ld KiB more", peak_kib () - before);
  if (!HONE_SANITIZED && (preload == NULL || strstr (preload, "vgpreload") == NULL))
    g_assert_cmpint (peak_kib () - before, <, MORE_KIB);
}

typedef void (*WriteRow) (FILE *file,
                          guint row);

static void
csv_row (FILE *file,
         guint row)
{
  fprintf (file, "%u,\"Headline number %u, with a comma and some words that make it as long as a real one, which takes about three hundred "
           "bytes in most news data sets that people import here, so that the whole file is large enough to notice when somebody keeps "
           "it in memory by mistake or by design\",MONEY,train\n", row, row);
}

static void
json_row (FILE *file,
          guint row)
{
  fprintf (file, "{\"id\":%u,\"text\":\"Headline number %u, with a comma and some words that make it as long as a real one, which takes "
           "about three hundred bytes in most news data sets that people import here, so that the whole file is large enough to notice "
           "when somebody keeps it in memory by mistake or by design\",\"label\":\"MONEY\"}", row, row);
}

static void
line_row (FILE *file,
          guint row)
{
  json_row (file, row);
  fputc ('\n', file);
}

/* One single line. */
static void
list_row (FILE *file,
          guint row)
{
  if (row > 0)
    fputc (',', file);
  json_row (file, row);
}

static void
column_row (FILE *file,
            guint row)
{
  fprintf (file, "%s\"%u\":\"Headline number %u, with a comma and some words that make it as long as a real one, which takes about "
           "three hundred bytes in most news data sets that people import here, so that the whole file is large enough\"",
           row > 0 ? "," : "", row, row);
}

static char *
write_file (const char *name,
            const char *start,
            WriteRow    write_row,
            const char *end)
{
  char *path = helper_write (name, "", 0);
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  fputs (start, file);
  for (guint row = 0; row < ROWS; row++)
    write_row (file, row);
  fputs (end, file);
  g_assert_cmpint (fclose (file), ==, 0);

  return path;
}

static void
read_file (const char *path,
           guint64     wanted)
{
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_AUTO, &error);
  guint64 n = 0;

  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr(HoneRecord) record = NULL;
      HoneReadStatus status = hone_reader_next (reader, &record, &error);

      g_assert_no_error (error);
      if (status == HONE_READ_END)
        break;
      g_assert_cmpint (status, ==, HONE_READ_RECORD);
      g_assert_cmpuint (strlen (record->text), >, 100);
      n++;
    }
  g_assert_cmpuint (n, ==, wanted);
  g_test_message ("%s: %" G_GUINT64_FORMAT " records in %.2f s", hone_format_to_string (hone_reader_get_format (reader)), n,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static void
test_file (gconstpointer data)
{
  static const struct {
    const char *name, *start;
    WriteRow    write_row;
    const char *end;
  } files[] = {
    { "big.csv", "id,text,label,split\n", csv_row, "" },
    { "big.jsonl", "", line_row, "" },
    { "big.json", "[", list_row, "]" },
    { "inside.json", "{\"version\":1,\"data\":[", list_row, "]}" },
    { "columns.json", "{\"text\":{", column_row, "}}" },
  };
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = write_file (files[i].name, files[i].start, files[i].write_row, files[i].end);
  long before = peak_kib ();

  read_file (path, ROWS);
  assert_little_more (before);
}

#define MEMBERS (HONE_SANITIZED ? 500 : 20000)

/* Finding a member means passing those before it: that must not happen for each from the start. */
static void
test_many_members (void)
{
  static const char content[] = "[{\"text\":\"A text of its own file, as Kili exports them; it is made longer here so that it has more "
                                "than a hundred characters\"}]";
  g_autofree char *path = helper_write ("many.zip", "", 0);
  struct archive *archive = archive_write_new ();
  long before;

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < MEMBERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("export/part_%u.json", i);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, name);
      archive_entry_set_size (entry, sizeof content - 1);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, content, sizeof content - 1), ==, sizeof content - 1);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);

  before = peak_kib ();
  read_file (path, MEMBERS);
  assert_little_more (before);
}

int
main (int    argc,
      char **argv)
{
  static const char * const names[] = { "csv", "lines", "list", "list-in-object", "columns" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/reader-big/", names[i], NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_file);
    }
  g_test_add_func ("/formats/reader-big/members", test_many_members);

  return g_test_run ();
}
