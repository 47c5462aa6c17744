/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other programs read in our pages. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "report-fixture.h"
#include "reports/hone-report-paper.h"
#include "reports/hone-report-write.h"

typedef struct {
  char *folder, *path;
} File;

static File
write_pdf (HoneReport *report)
{
  File file;
  g_autoptr(GError) error = NULL;

  file.folder = g_dir_make_tmp ("hone-pdf-XXXXXX", NULL);
  file.path = g_build_filename (file.folder, "report.pdf", NULL);
  hone_report_write (report, HONE_REPORT_PDF, file.path, &error);
  g_assert_no_error (error);
  return file;
}

static void
file_clear (File *file)
{
  g_unlink (file->path);
  g_rmdir (file->folder);
  g_free (file->path);
  g_free (file->folder);
}

/* NULL, and the test is skipped, where there is no such program. */
static char *
run (const char *program,
     const char *argument,
     const char *path,
     const char *last)
{
  const char *argv[] = { program, argument, path, last, NULL };
  g_autofree char *found = g_find_program_in_path (program), *err = NULL;
  char *out = NULL;
  g_autoptr(GError) error = NULL;
  int status = 0;

  if (found == NULL)
    {
      g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

      g_test_skip (reason);
      return NULL;
    }
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error));
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s%s", program, out, err);
  return out;
}

static char *
get_text (HoneReport *report)
{
  File file = write_pdf (report);
  char *text = run ("pdftotext", "-layout", file.path, "-");

  file_clear (&file);
  return text;
}

static guint
count_pages (const char *text)
{
  guint n = 0;

  for (const char *at = text; *at; at++)
    n += *at == '\f';
  return n;
}

/* The reader's text has what the other forms have, numbers of the matrix included. */
static void
test_text (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *text = get_text (report);
  static const char * const wanted[] = { "Report: news.hone", "Summary", "Read this first", "few texts are scored (11)", "72.7 %", "n-grams@1",
                                         "not distinguishable, p = 0.500", "Left out: 1 failed.", "IoU score", "commonest category",
                                         "Sports | Games", "unable", "Prices, banks", "Page 1 of" };

  if (text == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (text, wanted[i]) == NULL)
      g_error ("the text lacks “%s”:\n%s", wanted[i], text);
  g_assert_null (strstr (text, "sk-123"));
}

static void
test_page_numbers (void)
{
  g_autoptr(HoneReport) report = fixture_large_report (30, 8, NULL);
  g_autofree char *text = get_text (report), *last = NULL;
  guint pages;

  if (text == NULL)
    return;
  pages = count_pages (text);
  g_assert_cmpuint (pages, >, 16);
  last = g_strdup_printf ("Page %u of %u", pages, pages);
  g_assert_nonnull (strstr (text, last));
  for (guint i = 1; i <= pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i, pages);

      g_assert_nonnull (strstr (text, number));
    }
}

/* A table that goes over several pages has its header on each of them, and no row is lost. */
static void
test_long_table (void)
{
  g_autoptr(HoneReport) report = fixture_large_report (100, 1, NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) pages = NULL;
  guint headers = 0;

  report->sections = HONE_REPORT_CLASSES;
  text = get_text (report);
  if (text == NULL)
    return;
  pages = g_strsplit (text, "\f", -1);
  for (gsize i = 0; pages[i]; i++)
    headers += strstr (pages[i], "Precision") != NULL;
  g_assert_cmpuint (headers, >=, 2);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("Category %u ", i);

      g_assert_nonnull (strstr (text, name));
    }
}

static void
test_check (gconstpointer data)
{
  guint n = G_N_ELEMENTS (fixture_hostile);
  g_autoptr(HoneReport) report = GPOINTER_TO_INT (data) == 0 ? fixture_report (5, 8)
                                 : GPOINTER_TO_INT (data) == 1 ? fixture_large_report (100, 2, NULL)
                                 : fixture_large_report (n, 3, fixture_hostile);
  g_autofree char *out = NULL;
  File file;

  if (GPOINTER_TO_INT (data) == 2)
    hone_set_str (&report->project, "a name that is much too long for one line of a page and goes on and on without an end that is near, "
                                    "so that the running header has to be cut somewhere");
  file = write_pdf (report);
  out = run ("qpdf", "--check", file.path, NULL);
  g_assert_true (out == NULL || strstr (out, "No syntax or stream encoding errors found"));
  file_clear (&file);
}

static void
test_metadata (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  File file = write_pdf (report);
  g_autofree char *info = run ("pdfinfo", "-isodates", file.path, NULL);

  file_clear (&file);
  if (info == NULL)
    return;
  g_assert_nonnull (strstr (info, "Title:           Report: news.hone\n"));
  g_assert_nonnull (strstr (info, "Hone " PACKAGE_VERSION));
  g_assert_nonnull (strstr (info, "2024-05-01T12:00:00Z"));
}

static void
test_same_bytes (void)
{
  g_autoptr(HoneReport) a = fixture_report (5, 8), b = fixture_report (5, 8);
  g_autoptr(GBytes) one = hone_report_to_pdf (a, NULL), two = hone_report_to_pdf (b, NULL);

  g_assert_true (g_bytes_equal (one, two));
}

static void
test_nowhere (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autoptr(GError) error = NULL;

  g_assert_false (hone_report_write (report, HONE_REPORT_PDF, "/nonexistent/report.pdf", &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_WRITE);
}

/* The pages on the screen are those of the file, with the same words; and something is drawn on each. */
static void
test_paper (void)
{
  g_autoptr(HoneReport) report = fixture_large_report (30, 8, NULL);
  g_autoptr(HoneReportPaper) paper = NULL;
  g_autofree char *text = get_text (report);

  report->sections &= ~HONE_REPORT_DATA;
  paper = hone_report_paper_new (report);
  g_assert_cmpuint (hone_report_paper_get_n_pages (paper), >, 10);
  g_assert_cmpuint (hone_report_paper_get_warnings (paper)->len, >, 0);
  for (guint i = 0; i < hone_report_paper_get_warnings (paper)->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (hone_report_paper_get_warnings (paper), i), -1, NULL));
  g_clear_pointer (&paper, hone_report_paper_unref);
  report->sections = HONE_REPORT_ALL_SECTIONS;
  paper = hone_report_paper_new (report);
  if (text)
    g_assert_cmpuint (hone_report_paper_get_n_pages (paper), ==, count_pages (text));
  g_assert_nonnull (strstr (hone_report_paper_get_text (paper, 0), "Summary"));
  for (gsize i = 0; i < hone_report_paper_get_n_pages (paper); i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %" G_GSIZE_FORMAT " of", i + 1);
      cairo_surface_t *surface;
      cairo_t *cr;
      double width, height;
      const guint32 *pixels;
      guint n_ink = 0;

      g_assert_nonnull (strstr (hone_report_paper_get_text (paper, i), number));
      hone_report_paper_get_size (paper, i, &width, &height);
      g_assert_cmpfloat (width, >, 500);
      surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
      cr = cairo_create (surface);
      hone_report_paper_draw (paper, i, cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
      for (int k = 0; k < cairo_image_surface_get_height (surface) * cairo_image_surface_get_stride (surface) / 4; k++)
        n_ink += pixels[k] != 0;
      cairo_surface_destroy (surface);
      g_assert_cmpuint (n_ink, >, 200);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/pdf/text", test_text);
  g_test_add_func ("/reports/pdf/page-numbers", test_page_numbers);
  g_test_add_func ("/reports/pdf/long-table", test_long_table);
  g_test_add_data_func ("/reports/pdf/check", GINT_TO_POINTER (0), test_check);
  g_test_add_data_func ("/reports/pdf/check-large", GINT_TO_POINTER (1), test_check);
  g_test_add_data_func ("/reports/pdf/check-hostile", GINT_TO_POINTER (2), test_check);
  g_test_add_func ("/reports/pdf/metadata", test_metadata);
  g_test_add_func ("/reports/pdf/same-bytes", test_same_bytes);
  g_test_add_func ("/reports/pdf/paper", test_paper);
  g_test_add_func ("/reports/pdf/nowhere", test_nowhere);
  return g_test_run ();
}
