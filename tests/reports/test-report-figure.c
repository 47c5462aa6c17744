/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "report-fixture.h"
#include "reports/hone-report-figure.h"

static void
test_chart (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportFigure *figure = hone_report_figure_new_chart (report);
  const HonePlotChart *chart = hone_report_figure_get_chart (figure);

  g_assert_cmpuint (chart->n_series, ==, 1);
  g_assert_cmpuint (chart->series[0].n_points, ==, 2);
  g_assert_cmpfloat_with_epsilon (chart->series[0].points[1].y, 8.0 / 11.0, 1e-12);
  g_assert_cmpfloat (chart->series[0].points[1].low, ==, hone_report_get_iteration (report, 1)->scores->measures[HONE_MEASURE_IOU_SCORE].low);
  g_assert_cmpuint (chart->series[0].points[1].marks, ==, 0);
  g_assert_cmpfloat (chart->y_low, ==, 0.0);
  g_assert_cmpfloat (chart->y_high, ==, 1.0);
  g_assert_cmpuint (chart->n_baselines, ==, 2);
  g_assert_cmpfloat_with_epsilon (chart->baselines[0].y, 10.0 / 11.0, 1e-12);
  g_assert_null (hone_report_figure_get_matrix (figure));
  hone_report_figure_free (figure);
}

static void
test_marks (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportIteration *item = hone_report_get_iteration (report, 1);
  HoneReportFigure *figure;

  item->scores->n = 9;
  item->ontology_version = 2;
  hone_set_str (&item->template_hash, "sha256:11");
  figure = hone_report_figure_new_chart (report);
  g_assert_cmpuint (hone_report_figure_get_chart (figure)->series[0].points[0].marks, ==, 0);
  g_assert_cmpuint (hone_report_figure_get_chart (figure)->series[0].points[1].marks, ==,
                    HONE_PLOT_MARK_DATA | HONE_PLOT_MARK_PROMPT | HONE_PLOT_MARK_ONTOLOGY);
  hone_report_figure_free (figure);
}

static void
test_nothing_scored (void)
{
  g_autoptr(HoneReport) report = hone_report_new (HONE_SPLIT_VALIDATION);
  HoneExperiment experiment = { .name = (char *) "a" };
  HoneIteration iteration = { .number = 0 };

  report->ontology = fixture_ontology ();
  hone_report_add_iteration (report, &experiment, &iteration, NULL, HONE_REPORT_NO_PREDICTIONS, NULL, NULL);
  g_assert_null (hone_report_figure_new_chart (report));
  g_assert_null (hone_report_figure_new_matrix (report, 0));
}

static void
test_matrix (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportFigure *figure = hone_report_figure_new_matrix (report, 0);
  const HonePlotMatrix *matrix = hone_report_figure_get_matrix (figure);

  g_assert_cmpuint (matrix->n_rows, ==, 2);
  g_assert_cmpstr (matrix->rows[0], ==, "Sports | Games");
  g_assert_cmpstr (matrix->columns[2], ==, "unable");
  g_assert_cmpuint (matrix->n_scored, ==, 4);
  g_assert_cmpuint (hone_plot_matrix_get_count (matrix, (HonePlotCell) { 0, 1 }), ==, 5);
  g_assert_cmpuint (hone_plot_matrix_get_count (matrix, (HonePlotCell) { 1, 2 }), ==, 1);
  /* One text failed, but the labels of the split do not say of which category: no column is made up. */
  g_assert_cmpuint (matrix->n_columns, ==, 4);
  hone_report_figure_free (figure);
}

/* Where the labels of the split and what is left out agree, each category's missing answers are known. */
static void
test_missing (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportFigure *figure;
  const HonePlotMatrix *matrix;

  report->splits[HONE_SPLIT_VALIDATION].per_category[1] = 2;
  figure = hone_report_figure_new_matrix (report, 0);
  matrix = hone_report_figure_get_matrix (figure);
  g_assert_cmpuint (matrix->n_columns, ==, 5);
  g_assert_cmpuint (matrix->n_scored, ==, 4);
  g_assert_cmpstr (matrix->columns[4], ==, "missing");
  g_assert_cmpuint (hone_plot_matrix_get_count (matrix, (HonePlotCell) { 0, 4 }), ==, 0);
  g_assert_cmpuint (hone_plot_matrix_get_count (matrix, (HonePlotCell) { 1, 4 }), ==, 1);
  hone_report_figure_free (figure);
}

static void
test_size (void)
{
  g_autoptr(HoneReport) few = fixture_report (5, 8), many = fixture_large_report (100, 1, NULL);
  HoneReportFigure *small = hone_report_figure_new_matrix (few, 0), *large = hone_report_figure_new_matrix (many, 0);
  double width = 500, height;

  hone_report_figure_get_size (small, 10, &width, &height);
  g_assert_cmpfloat (width, <=, 500);
  g_assert_cmpfloat (height, >, 40);
  g_assert_cmpfloat (height, <, 400);
  width = 500;
  hone_report_figure_get_size (large, 10, &width, &height);
  g_assert_cmpfloat (width, >, 1300);     /* so that its numbers can be read */
  g_assert_cmpfloat (height, >, 1300);
  hone_report_figure_free (small);
  hone_report_figure_free (large);
}

static void
test_svg (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportFigure *figure = hone_report_figure_new_chart (report);
  g_autoptr(GBytes) light = hone_report_figure_to_svg (figure, FALSE, 800, 300), dark = hone_report_figure_to_svg (figure, TRUE, 800, 300);
  g_autofree char *text = g_strndup (g_bytes_get_data (light, NULL), g_bytes_get_size (light));

  g_assert_nonnull (strstr (text, "<svg"));
  g_assert_nonnull (strstr (text, "</svg>"));
  g_assert_nonnull (strstr (text, "800"));
  g_assert_null (strstr (text, "<text"));       /* letters are shapes: no font of the reader's is needed */
  g_assert_false (g_bytes_equal (light, dark));
  hone_report_figure_free (figure);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/figure/chart", test_chart);
  g_test_add_func ("/reports/figure/marks", test_marks);
  g_test_add_func ("/reports/figure/nothing-scored", test_nothing_scored);
  g_test_add_func ("/reports/figure/matrix", test_matrix);
  g_test_add_func ("/reports/figure/missing", test_missing);
  g_test_add_func ("/reports/figure/size", test_size);
  g_test_add_func ("/reports/figure/svg", test_svg);
  return g_test_run ();
}
