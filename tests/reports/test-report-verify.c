/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "report-fixture.h"
#include "reports/hone-report-json.h"
#include "reports/hone-report-verify.h"
#include "reports/hone-report-write.h"

static HoneReportStored *
store_text (const char  *text,
            GError     **error)
{
  g_autofree char *folder = g_dir_make_tmp ("hone-verify-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.json", NULL);
  HoneReportStored *stored;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  stored = hone_report_stored_read (path, error);
  g_unlink (path);
  g_rmdir (folder);
  return stored;
}

/* @from (nullable) is replaced by @to in the stored report. */
static GPtrArray *
verify (HoneReport *stored_report,
        HoneReport *fresh,
        const char *from,
        const char *to)
{
  g_autofree char *text = hone_report_to_json (stored_report);
  g_autoptr(HoneReportStored) stored = NULL;
  g_autoptr(GError) error = NULL;

  if (from)
    {
      GString *edited = g_string_new (text);

      g_assert_cmpuint (g_string_replace (edited, from, to, 1), ==, 1);
      g_free (text);
      text = g_string_free (edited, FALSE);
    }
  stored = store_text (text, &error);
  g_assert_no_error (error);
  return hone_report_verify (stored, fresh);
}

static const HoneReportDifference *
find (GPtrArray  *differences,
      const char *path)
{
  for (guint i = 0; i < differences->len; i++)
    {
      const HoneReportDifference *difference = g_ptr_array_index (differences, i);

      if (strcmp (difference->path, path) == 0)
        return difference;
    }
  return NULL;
}

static void
test_equal (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autoptr(GPtrArray) differences = NULL;

  report->created += 5 * G_USEC_PER_SEC;
  differences = verify (report, report, NULL, NULL);
  g_assert_cmpuint (differences->len, ==, 0);
}

static void
test_stored_names (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *text = hone_report_to_json (report);
  g_autoptr(HoneReportStored) stored = store_text (text, NULL);

  g_assert_nonnull (stored);
  g_assert_cmpint (stored->split, ==, HONE_SPLIT_VALIDATION);
  g_assert_cmpuint (stored->names->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (stored->names, 1), ==, "n-grams@1");
  g_assert_cmpuint (stored->pairs->len, ==, 1);
  g_assert_cmpuint (g_array_index (stored->pairs, HoneReportPair, 0).b, ==, 1);
}

/* Every single number that somebody edits is found. */
static void
test_edited_number (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autoptr(GPtrArray) differences = verify (report, report, "\"accuracy\": {\"value\": 0.4545", "\"accuracy\": {\"value\": 0.9545");
  const HoneReportDifference *difference = find (differences, "iterations[n-grams@0].accuracy.value");

  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_nonnull (difference);
  g_assert_nonnull (strstr (difference->reason, "edited"));
  g_assert_true (g_str_has_prefix (difference->stored, "0.9545"));
}

static void
test_edited_cell (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autoptr(GPtrArray) differences = verify (report, report, "[8, 2, 0, 0]", "[9, 1, 0, 0]");

  g_assert_cmpuint (differences->len, ==, 2);
  g_assert_nonnull (find (differences, "iterations[n-grams@1].confusion.counts[0][0]"));
}

static void
test_labels_changed (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8), now = fixture_report (5, 8);
  g_autoptr(GPtrArray) differences = NULL;
  const HoneReportDifference *difference;

  now->splits[HONE_SPLIT_TRAIN].counts.labelled++;
  differences = verify (report, now, NULL, NULL);
  g_assert_cmpuint (differences->len, ==, 1);
  difference = find (differences, "data.train.labelled");
  g_assert_nonnull (difference);
  g_assert_cmpstr (difference->stored, ==, "11");
  g_assert_cmpstr (difference->found, ==, "12");
}

static void
test_iteration_gone (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8), now = fixture_report (5, 8);
  g_autoptr(GPtrArray) differences = NULL;

  g_ptr_array_set_size (now->iterations, 1);
  g_array_set_size (now->pairs, 0);
  differences = verify (report, now, NULL, NULL);
  g_assert_cmpuint (differences->len, ==, 2);
  g_assert_nonnull (find (differences, "iterations[n-grams@1]"));
  g_assert_nonnull (find (differences, "comparisons[n-grams@0…n-grams@1]"));
}

static void
test_openings (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8), now = fixture_report (5, 8);
  g_autoptr(GPtrArray) later = NULL, fewer = NULL;

  now->openings = 3;
  later = verify (report, now, NULL, NULL);
  g_assert_cmpuint (later->len, ==, 0);
  fewer = verify (now, report, NULL, NULL);
  g_assert_cmpuint (fewer->len, ==, 1);
}

/* The numbers in a caveat are checked too, and that each is there. */
static void
test_caveats (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autoptr(GPtrArray) edited = verify (report, report, "\"facts\": {\"n\": 11}", "\"facts\": {\"n\": 900}");
  g_autoptr(GPtrArray) removed = verify (report, report, "{\"code\": \"not-above-majority\"", "{\"code\": \"removed\"");

  g_assert_cmpuint (edited->len, ==, 1);
  g_assert_nonnull (find (edited, "caveats[small-n n-grams@0].facts.n"));
  g_assert_cmpuint (removed->len, ==, 2);
  g_assert_nonnull (find (removed, "caveats[removed n-grams@1]"));
  g_assert_nonnull (find (removed, "caveats[not-above-majority n-grams@1]"));
}

/* Another version may warn of more or less; what both say is compared all the same. */
static void
test_caveats_of_another_version (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *text = hone_report_to_json (report);
  GString *other = g_string_new (text);
  g_autoptr(HoneReportStored) stored = NULL;
  g_autoptr(GPtrArray) differences = NULL;

  g_string_replace (other, "\"hone\": \"" PACKAGE_VERSION "\"", "\"hone\": \"0.0.1\"", 1);
  g_string_replace (other, "{\"code\": \"not-above-majority\"", "{\"code\": \"of-old\"", 1);
  g_string_replace (other, "\"facts\": {\"n\": 11}", "\"facts\": {\"n\": 12}", 1);
  stored = store_text (other->str, NULL);
  g_string_free (other, TRUE);
  differences = hone_report_verify (stored, report);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_nonnull (find (differences, "caveats[small-n n-grams@0].facts.n"));
}

static void
test_unreadable (void)
{
  static const char * const texts[] = { "", "{", "[]", "{}", "{\"hone_report\": 2}", "{\"hone_report\": 1}",
                                        "{\"hone_report\": 1, \"split\": \"all\", \"iterations\": []}",
                                        "{\"hone_report\": 1, \"split\": \"test\", \"iterations\": [{\"experiment\": \"a\"}]}" };
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (store_text (texts[i], &error));
      g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_UNREADABLE);
      g_clear_error (&error);
    }
  g_assert_null (hone_report_stored_read ("/nonexistent/report.json", &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_UNREADABLE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/verify/equal", test_equal);
  g_test_add_func ("/reports/verify/stored-names", test_stored_names);
  g_test_add_func ("/reports/verify/edited-number", test_edited_number);
  g_test_add_func ("/reports/verify/edited-cell", test_edited_cell);
  g_test_add_func ("/reports/verify/labels-changed", test_labels_changed);
  g_test_add_func ("/reports/verify/iteration-gone", test_iteration_gone);
  g_test_add_func ("/reports/verify/openings", test_openings);
  g_test_add_func ("/reports/verify/caveats", test_caveats);
  g_test_add_func ("/reports/verify/caveats-of-another-version", test_caveats_of_another_version);
  g_test_add_func ("/reports/verify/unreadable", test_unreadable);
  return g_test_run ();
}
