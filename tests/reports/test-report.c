/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "formats/hone-json.h"
#include "report-fixture.h"
#include "reports/hone-report-json.h"
#include "reports/hone-report-write.h"

/* The words of a document, whatever clothes them: the same in each form. */
static void
test_forms_agree (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *markdown = hone_report_to_markdown (report), *html = hone_report_to_html (report);
  static const char * const facts[] = { "72.7 %", "not distinguishable, p = 0.500", "Left out: 1 failed.", "few texts are scored (11)",
                                        "The test split has not been opened.", "What is it about?", "Prices, banks" };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_assert_nonnull (strstr (markdown, facts[i]));
      g_assert_nonnull (strstr (html, facts[i]));
    }
  for (guint i = 0; i < report->caveats->len; i++)
    {
      const HoneReportCaveat *caveat = g_ptr_array_index (report->caveats, i);

      g_assert_true (strstr (markdown, caveat->text) || strstr (markdown, "The same holds for"));
    }
}

/* Two iterations with one caveat: said once, with both names. */
static void
test_joined_caveats (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *markdown = hone_report_to_markdown (report);
  const char *first = strstr (markdown, "few texts are scored (11), so the intervals are wide. The same holds for n-grams@1.");

  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "few texts are scored"));
}

static void
test_sections (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autoptr(GError) error = NULL;
  g_autofree char *few = NULL, *json = NULL, *all = hone_report_to_markdown (report), *all_json = hone_report_to_json (report);
  guint sections = 0;

  g_assert_true (hone_report_sections_from_string ("data, matrix", &sections, &error));
  g_assert_cmpuint (sections, ==, HONE_REPORT_DATA | HONE_REPORT_MATRIX);
  report->sections = sections;
  few = hone_report_to_markdown (report);
  json = hone_report_to_json (report);
  g_assert_nonnull (strstr (few, "## Data"));
  g_assert_nonnull (strstr (few, "Confusion matrix."));
  /* What to know before believing the numbers cannot be left out. */
  g_assert_nonnull (strstr (few, "## Summary"));
  g_assert_nonnull (strstr (few, "## Read this first"));
  g_assert_null (strstr (few, "## Categories"));
  g_assert_null (strstr (few, "## Comparisons"));
  g_assert_null (strstr (few, "All measures"));
  g_assert_nonnull (strstr (all, "## Categories"));
  g_assert_nonnull (strstr (all, "All measures"));
  g_assert_cmpstr (json, ==, all_json);

  g_assert_true (hone_report_sections_from_string ("", &sections, &error));
  g_assert_cmpuint (sections, ==, 0);
  g_assert_false (hone_report_sections_from_string ("data,nonsense", &sections, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_SECTION);
  g_assert_nonnull (strstr (error->message, "nonsense"));
  for (guint i = 0; i < HONE_REPORT_N_SECTIONS; i++)
    {
      g_assert_true (hone_report_sections_from_string (hone_report_section_key (i), &sections, NULL));
      g_assert_cmpuint (sections, ==, 1u << i);
      g_assert_nonnull (hone_report_section_name (i));
    }
}

static guint
count_lines (const char *text,
             const char *prefix)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (gsize i = 0; lines[i]; i++)
    n += g_str_has_prefix (lines[i], prefix);
  return n;
}

static void
test_json (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *text = hone_report_to_json (report);
  HoneJson *root = hone_json_parse (text, -1, NULL);

  g_assert_nonnull (root);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "iterations.1.n")), ==, 11);
  g_assert_cmpfloat_with_epsilon (hone_json_get_number (hone_json_get_path (root, "iterations.1.accuracy.value")), 8.0 / 11.0, 1e-15);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "iterations.1.left_out.failed")), ==, 1);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "iterations.0.left_out.missing")), ==, 0);
  g_assert_cmpstr (hone_json_get_string (hone_json_get_path (root, "iterations.0.confusion.columns.2")), ==, "UNABLE_TO_CLASSIFY");
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "iterations.0.confusion.counts.1.2")), ==, 1);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "iterations.0.confusion.counts.0.1")), ==, 5);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "iterations.1.per_class.SPORTS.support")), ==, 10);
  g_assert_cmpint (hone_json_get_type_of (hone_json_get_path (root, "iterations.1.log_loss.value")), ==, HONE_JSON_NULL);
  g_assert_cmpint (hone_json_get_type_of (hone_json_get_path (root, "iterations.1.log_loss")), ==, HONE_JSON_OBJECT);
  g_assert_cmpstr (hone_json_get_string (hone_json_get_path (root, "comparisons.0.b")), ==, "n-grams@1");
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (root, "data.test.examples")), ==, 13);
  hone_json_free (root);
}

static void
test_no_secrets (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *json = hone_report_to_json (report), *markdown = hone_report_to_markdown (report);

  g_assert_null (strstr (json, "sk-123"));
  g_assert_null (strstr (markdown, "sk-123"));
  g_assert_null (strstr (json, g_get_home_dir ()));
  g_assert_null (strstr (markdown, g_get_home_dir ()));
  g_assert_nonnull (strstr (json, "~/bin/trainer.py"));
  /* Not everything with a secret's name is one. */
  g_assert_nonnull (strstr (json, "\"max_tokens\": 20"));
}

static void
test_redact_path (void)
{
  const char *home = g_get_home_dir ();
  g_autofree char *inside = g_strdup_printf ("%s/models", home), *beside = g_strdup_printf ("%s2/models", home);
  g_autofree char *a = hone_report_redact_path (inside), *b = hone_report_redact_path (beside), *c = hone_report_redact_path (home);

  g_assert_cmpstr (a, ==, "~/models");
  g_assert_cmpstr (b, ==, beside);
  g_assert_cmpstr (c, ==, "~");
}

static void
test_csv (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *text = hone_report_to_csv (report);

  g_assert_cmpuint (count_lines (text, "experiment,iteration,split,measure,value,low,high,n,left_out"), ==, 1);
  g_assert_cmpuint (count_lines (text, "n-grams,0,validation,"), ==, HONE_N_MEASURES + 2);
  g_assert_cmpuint (count_lines (text, "n-grams,1,validation,accuracy,0.727272727272727"), ==, 1);
  g_assert_cmpuint (count_lines (text, "n-grams,1,validation,log_loss,,,,11,1"), ==, 1);
}

static void
test_markdown (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *text = hone_report_to_markdown (report);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint bars = 0;

  g_assert_nonnull (strstr (text, "# Report: news.hone\n"));
  g_assert_nonnull (strstr (text, "Sports \\| Games"));
  g_assert_nonnull (strstr (text, "not distinguishable, p = 0.500"));
  g_assert_nonnull (strstr (text, "n = 11. Left out: 1 failed."));
  g_assert_nonnull (strstr (text, " **8** |"));
  g_assert_nonnull (strstr (text, "n-grams@1: IoU score 72.7 % (43.4–90.3), n = 11; against n-grams@0: not distinguishable, p = 0.500;"));
  g_assert_true (g_str_has_suffix (text, "|\n"));
  /* Within a table every row has as many cells as its header. */
  for (gsize i = 0; lines[i]; i++)
    {
      guint n = 0;

      for (const char *at = lines[i]; *at; at++)
        n += *at == '|' && (at == lines[i] || at[-1] != '\\');
      if (*lines[i] != '|')
        bars = 0;
      else if (bars == 0)
        bars = n;
      else
        g_assert_cmpuint (n, ==, bars);
    }
}

static void
test_same_bytes (void)
{
  g_autoptr(HoneReport) a = fixture_report (5, 8), b = fixture_report (5, 8);
  g_autofree char *one = hone_report_to_markdown (a), *two = hone_report_to_markdown (b);
  g_autofree char *three = hone_report_to_json (a), *four = hone_report_to_json (b);

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (three, ==, four);
}

static void
test_previous (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);

  g_assert_cmpuint (hone_report_get_previous (report, 0), ==, G_MAXSIZE);
  g_assert_cmpuint (hone_report_get_previous (report, 1), ==, 0);
}

static void
test_write (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *folder = g_dir_make_tmp ("hone-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "report.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  HoneReportForm form;

  g_assert_true (hone_report_form_from_path (path, &form, &error));
  g_assert_cmpint (form, ==, HONE_REPORT_CSV);
  g_assert_true (hone_report_write (report, form, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "experiment,"));
  g_assert_false (hone_report_write (report, form, nowhere, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_false (hone_report_form_from_path ("report.docx", &form, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_FORM);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  /* Isolated directories leave the home folder alone: this test needs one that can be told from others. */
  g_setenv ("HOME", "/home/somebody", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reports/report/json", test_json);
  g_test_add_func ("/reports/report/no-secrets", test_no_secrets);
  g_test_add_func ("/reports/report/redact-path", test_redact_path);
  g_test_add_func ("/reports/report/csv", test_csv);
  g_test_add_func ("/reports/report/markdown", test_markdown);
  g_test_add_func ("/reports/report/same-bytes", test_same_bytes);
  g_test_add_func ("/reports/report/forms-agree", test_forms_agree);
  g_test_add_func ("/reports/report/joined-caveats", test_joined_caveats);
  g_test_add_func ("/reports/report/sections", test_sections);
  g_test_add_func ("/reports/report/previous", test_previous);
  g_test_add_func ("/reports/report/write", test_write);
  return g_test_run ();
}
