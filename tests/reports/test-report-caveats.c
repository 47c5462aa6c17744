/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rule, where it holds and where it just does not. */
#include "config.h"

#include <string.h>

#include "report-fixture.h"

static const HoneReportCaveat *
find (HoneReport *report,
      const char *code,
      const char *a)
{
  for (guint i = 0; i < report->caveats->len; i++)
    {
      const HoneReportCaveat *caveat = g_ptr_array_index (report->caveats, i);

      if (strcmp (caveat->code, code) == 0 && (a == NULL || g_strcmp0 (caveat->a, a) == 0))
        return caveat;
    }
  return NULL;
}

static double
get_fact (const HoneReportCaveat *caveat,
          const char             *name)
{
  for (guint i = 0; i < caveat->facts->len; i++)
    if (strcmp (g_array_index (caveat->facts, HoneReportFact, i).name, name) == 0)
      return g_array_index (caveat->facts, HoneReportFact, i).value;
  g_error ("%s has no fact %s", caveat->code, name);
}

static HoneScores *
scores_of (HoneReport *report,
           gsize       nth)
{
  return hone_report_get_iteration (report, nth)->scores;
}

static void
test_as_made (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  const HoneReportCaveat *missing = find (report, "missing-answers", "n-grams@0");

  g_assert_nonnull (find (report, "small-n", "n-grams@1"));
  g_assert_cmpfloat (get_fact (find (report, "small-n", "n-grams@1"), "n"), ==, 11);
  g_assert_nonnull (missing);
  g_assert_cmpfloat (get_fact (missing, "missing"), ==, 0);
  g_assert_cmpfloat (get_fact (missing, "failed"), ==, 1);
  g_assert_nonnull (find (report, "not-distinguishable", "n-grams@0"));
  g_assert_cmpfloat (get_fact (find (report, "not-distinguishable", NULL), "p"), ==, 0.5);
  g_assert_nonnull (find (report, "not-above-majority", "n-grams@1"));
  g_assert_null (find (report, "not-above-majority", "n-grams@0"));     /* the baseline is not held against itself */
  g_assert_nonnull (find (report, "small-classes", "n-grams@0"));       /* one label of Money */
  g_assert_nonnull (strstr (find (report, "small-classes", NULL)->text, "Money"));
  g_assert_null (strstr (find (report, "small-classes", NULL)->text, "Sports"));
  g_assert_nonnull (find (report, "unusable-answers", "n-grams@0"));    /* 1 of 11 abstained */
  g_assert_cmpfloat (get_fact (find (report, "unusable-answers", NULL), "unusable"), ==, 1);
}

static void
test_absent (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  static const char * const absent[] = { "test-opened", "several-iou", "not-predicted", "no-labels", "ontology-changed", "self-training",
                                         "imported", "unlabelled", "disputed", "trained", "template-differs", "overlapping-intervals",
                                         "not-the-same-texts", "not-compared", "best-of-many" };

  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    g_assert_null (find (report, absent[i], NULL));
}

static void
test_thresholds (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneScores *scores = scores_of (report, 0);

  scores->n = 100;
  scores->left_out.failed = 0;
  scores->classes[1].support = 10;
  hone_report_find_caveats (report);
  g_assert_null (find (report, "small-n", "n-grams@0"));
  g_assert_null (find (report, "small-classes", "n-grams@0"));
  g_assert_null (find (report, "missing-answers", "n-grams@0"));
  g_assert_null (find (report, "unusable-answers", "n-grams@0"));
  scores->n = 99;
  scores->left_out.missing = 3;
  scores->left_out.unlabelled = 4;
  scores->left_out.disputed = 5;
  scores->left_out.trained = 6;
  scores->classes[1].support = 9;
  hone_report_find_caveats (report);
  g_assert_nonnull (find (report, "small-n", "n-grams@0"));
  g_assert_nonnull (find (report, "small-classes", "n-grams@0"));
  g_assert_cmpfloat (get_fact (find (report, "missing-answers", "n-grams@0"), "missing"), ==, 3);
  g_assert_cmpfloat (get_fact (find (report, "unlabelled", NULL), "n"), ==, 4);
  g_assert_cmpfloat (get_fact (find (report, "disputed", NULL), "n"), ==, 5);
  g_assert_cmpfloat (get_fact (find (report, "trained", NULL), "n"), ==, 6);
}

static void
test_origins (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportIteration *item = hone_report_get_iteration (report, 1);

  report->ontology_version = 2;
  item->n_pseudo = 9;
  hone_set_str (&item->template_hash, "sha256:11");
  hone_set_str (&item->provider, "imported");
  hone_report_find_caveats (report);
  g_assert_cmpfloat (get_fact (find (report, "ontology-changed", "n-grams@0"), "made_with"), ==, 1);
  g_assert_cmpfloat (get_fact (find (report, "ontology-changed", "n-grams@0"), "now"), ==, 2);
  g_assert_cmpfloat (get_fact (find (report, "self-training", "n-grams@1"), "pseudo"), ==, 9);
  g_assert_nonnull (find (report, "template-differs", NULL));
  g_assert_nonnull (find (report, "imported", "n-grams@1"));
  g_assert_null (find (report, "imported", "n-grams@0"));
}

static void
test_test_split (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);

  report->split = HONE_SPLIT_TEST;
  report->openings = 1;
  hone_report_find_caveats (report);
  g_assert_null (find (report, "test-opened", NULL));
  report->openings = 2;
  hone_report_find_caveats (report);
  g_assert_cmpfloat (get_fact (find (report, "test-opened", NULL), "openings"), ==, 2);
}

static void
test_without_scores (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneExperiment experiment = { .name = (char *) "other" };
  HoneIteration iteration = { .number = 0 };

  hone_report_add_iteration (report, &experiment, &iteration, NULL, HONE_REPORT_NO_PREDICTIONS, NULL, NULL);
  iteration.number = 1;
  hone_report_add_iteration (report, &experiment, &iteration, NULL, HONE_REPORT_NO_LABELS, NULL, NULL);
  hone_report_find_caveats (report);
  g_assert_nonnull (find (report, "not-predicted", "other@0"));
  g_assert_nonnull (find (report, "no-labels", "other@1"));
  g_assert_null (find (report, "small-n", "other@0"));
}

static void
test_overlap (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneReportPair *pair = &g_array_index (report->pairs, HoneReportPair, 0);
  HoneEstimate *a = &scores_of (report, 0)->measures[HONE_MEASURE_IOU_SCORE], *b = &scores_of (report, 1)->measures[HONE_MEASURE_IOU_SCORE];

  pair->p = 0.049;
  hone_report_find_caveats (report);
  g_assert_null (find (report, "not-distinguishable", NULL));
  g_assert_nonnull (find (report, "overlapping-intervals", "n-grams@0"));
  a->high = 0.50;
  b->low = 0.51;
  hone_report_find_caveats (report);
  g_assert_null (find (report, "overlapping-intervals", NULL));
  pair->p = 0.05;
  hone_report_find_caveats (report);
  g_assert_nonnull (find (report, "not-distinguishable", NULL));
  pair->n = 10;
  hone_report_find_caveats (report);
  g_assert_cmpfloat (get_fact (find (report, "not-the-same-texts", NULL), "n"), ==, 10);
}

/* Two experiments beside each other that nobody compared. */
static void
test_not_compared (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  HoneExperiment experiment = { .name = (char *) "other" };
  HoneIteration iteration = { .number = 0 };
  HoneReportPair pair = { .a = 1, .b = 2, .n = 11, .p = 0.9 };

  hone_report_add_iteration (report, &experiment, &iteration, NULL, HONE_REPORT_SCORED, scores_of (report, 0),
                             hone_report_get_iteration (report, 0)->confusion);
  hone_report_find_caveats (report);
  g_assert_nonnull (find (report, "not-compared", "n-grams@1"));
  g_assert_nonnull (strstr (find (report, "not-compared", NULL)->text, "other@0"));
  g_assert_null (strstr (find (report, "not-compared", NULL)->text, "n-grams@0"));   /* the end of an experiment is its last iteration */
  hone_report_add_pair (report, &pair);
  hone_report_find_caveats (report);
  g_assert_null (find (report, "not-compared", NULL));
}

static void
test_best_of_many (void)
{
  g_autoptr(HoneReport) four = fixture_large_report (3, 5, NULL), five = fixture_large_report (3, 6, NULL);

  g_assert_null (find (four, "best-of-many", NULL));                 /* the baseline is none of them */
  g_assert_cmpfloat (get_fact (find (five, "best-of-many", NULL), "iterations"), ==, 5);
  five->split = HONE_SPLIT_TEST;
  hone_report_find_caveats (five);
  g_assert_null (find (five, "best-of-many", NULL));
}

static void
test_several (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);

  hone_ontology_set_choice (report->ontology, HONE_CHOICE_SEVERAL);
  hone_report_find_caveats (report);
  g_assert_nonnull (find (report, "several-iou", NULL));
}

/* Found twice, the same. */
static void
test_again (void)
{
  g_autoptr(HoneReport) report = fixture_report (5, 8);
  guint n = report->caveats->len;

  hone_report_find_caveats (report);
  g_assert_cmpuint (report->caveats->len, ==, n);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/caveats/as-made", test_as_made);
  g_test_add_func ("/reports/caveats/absent", test_absent);
  g_test_add_func ("/reports/caveats/thresholds", test_thresholds);
  g_test_add_func ("/reports/caveats/origins", test_origins);
  g_test_add_func ("/reports/caveats/test-split", test_test_split);
  g_test_add_func ("/reports/caveats/without-scores", test_without_scores);
  g_test_add_func ("/reports/caveats/overlap", test_overlap);
  g_test_add_func ("/reports/caveats/not-compared", test_not_compared);
  g_test_add_func ("/reports/caveats/best-of-many", test_best_of_many);
  g_test_add_func ("/reports/caveats/several", test_several);
  g_test_add_func ("/reports/caveats/again", test_again);
  return g_test_run ();
}
