/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "report-fixture.h"
#include "reports/hone-report-html-private.h"
#include "reports/hone-report-write.h"

static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);

  hone_report_html_append_escaped (out, text);
  return g_string_free (out, FALSE);
}

static void
assert_escaped (const char *text,
                const char *wanted)
{
  g_autofree char *found = escape (text);

  g_assert_cmpstr (found, ==, wanted);
}

static void
test_escape (void)
{
  assert_escaped ("a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d");
  assert_escaped ("&amp;", "&amp;amp;");
  assert_escaped ("a\nb\tc", "a\nb\tc");
  assert_escaped ("\x01\x7f", "\xef\xbf\xbd\xef\xbf\xbd");
  assert_escaped ("\xc2\x85", "\xef\xbf\xbd");                             /* U+0085 */
  assert_escaped ("\xe2\x80\xae", "\xef\xbf\xbd");                         /* U+202E turns what follows */
  assert_escaped ("\xef\xbf\xbf", "\xef\xbf\xbd");                         /* U+FFFF is no character */
  assert_escaped ("caf\xc3\xa9 \xf0\x9f\xa6\x89", "caf\xc3\xa9 \xf0\x9f\xa6\x89");
  assert_escaped ("\xff", "\xef\xbf\xbd");
}

/* The Python that knows html5lib: Debian's, where the first on the path is another. */
static const char *
find_python (void)
{
  static const char * const pythons[] = { "python3", "/usr/bin/python3" };

  for (gsize i = 0; i < G_N_ELEMENTS (pythons); i++)
    {
      const char *argv[] = { pythons[i], "-c", "import html5lib", NULL };
      int status = 1;

      if (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL) &&
          g_spawn_check_wait_status (status, NULL))
        return pythons[i];
    }
  return NULL;
}

static void
assert_strict (HoneReport *report)
{
  const char *python = find_python ();
  g_autofree char *folder = g_dir_make_tmp ("hone-html-XXXXXX", NULL), *path = g_build_filename (folder, "report.html", NULL);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "reports", "check-html.py", NULL), *out = NULL, *err = NULL;
  const char *argv[] = { python, script, path, NULL };
  g_autoptr(GError) error = NULL;
  int status = 0;

  if (python == NULL)
    {
      g_test_skip ("python3-html5lib is not installed");
      g_rmdir (folder);
      return;
    }
  g_assert_true (hone_report_write (report, HONE_REPORT_HTML, path, &error));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error));
  g_unlink (path);
  g_rmdir (folder);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s%s", out, err);
}

static void
test_strict (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);

  assert_strict (report);
}

static void
test_strict_large (void)
{
  g_autoptr(HoneReport) report = fixture_large_report (45, 1, NULL);

  assert_strict (report);
}

static HoneReport *
make_hostile (void)
{
  guint n = G_N_ELEMENTS (fixture_hostile);
  HoneReport *report = fixture_large_report (n, n, fixture_hostile);

  hone_set_str (&report->project, fixture_hostile[0]);
  return report;
}

static void
test_strict_hostile (void)
{
  g_autoptr(HoneReport) report = make_hostile ();

  assert_strict (report);
}

/* Without a parser, what it would find at once. */
static void
test_hostile (void)
{
  g_autoptr(HoneReport) report = make_hostile ();
  g_autofree char *html = hone_report_to_html (report);

  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "<img src"));
  g_assert_null (strstr (html, "\" onload="));
  g_assert_null (strstr (html, "\xe2\x80\xae"));
  g_assert_null (strchr (html, 0x01));
  g_assert_null (strchr (html, 0x1b));
  g_assert_nonnull (strstr (html, "&lt;/td&gt;&lt;/table&gt;&lt;script&gt;"));
  g_assert_true (g_utf8_validate (html, -1, NULL));
}

static void
test_offline (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *html = hone_report_to_html (report);

  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n<html lang=\"en\">"));
  g_assert_null (strstr (html, "http:"));
  g_assert_null (strstr (html, "https:"));
  g_assert_null (strstr (html, "url("));
  g_assert_null (strstr (html, "@import"));
  g_assert_nonnull (strstr (html, "default-src 'none'"));
  g_assert_nonnull (strstr (html, "prefers-color-scheme"));
  g_assert_null (strstr (html, "sk-123"));
}

/* A picture for each: the chart, a matrix of each iteration, each in light and dark, and the numbers below. */
static void
test_pictures (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  g_autofree char *html = hone_report_to_html (report), *plain = NULL;
  g_auto(GStrv) pictures = g_strsplit (html, "<picture>", -1), sources = g_strsplit (html, "data:image/svg+xml;base64,", -1);

  g_assert_cmpuint (g_strv_length (pictures), ==, 1 + 3);
  g_assert_cmpuint (g_strv_length (sources), ==, 1 + 6);
  g_assert_nonnull (strstr (html, "alt=\"Line chart: IoU score by iteration. n-grams: 0.455 at 0, 0.727 at 1."));
  g_assert_nonnull (strstr (html, "alt=\"Confusion matrix of 2 categories: 5 of 11 on the diagonal."));
  report->sections = 0;
  plain = hone_report_to_html (report);
  g_assert_null (strstr (plain, "<picture>"));
  g_assert_nonnull (strstr (plain, "Read this first"));
}

static void
test_same_bytes (void)
{
  g_autoptr(HoneReport) a = fixture_report (5, 8), b = fixture_report (5, 8);
  g_autofree char *one = hone_report_to_html (a), *two = hone_report_to_html (b);

  g_assert_true (strcmp (one, two) == 0);   /* too long to print */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/html/escape", test_escape);
  g_test_add_func ("/reports/html/hostile", test_hostile);
  g_test_add_func ("/reports/html/offline", test_offline);
  g_test_add_func ("/reports/html/pictures", test_pictures);
  g_test_add_func ("/reports/html/same-bytes", test_same_bytes);
  g_test_add_func ("/reports/html/strict", test_strict);
  g_test_add_func ("/reports/html/strict-large", test_strict_large);
  g_test_add_func ("/reports/html/strict-hostile", test_strict_hostile);
  return g_test_run ();
}
