/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small report with two iterations, made without a project file. */
#pragma once

#include "core/hone-random.h"
#include "reports/hone-report.h"

static inline HoneOntology *
fixture_ontology (void)
{
  HoneOntology *ontology = hone_ontology_new (HONE_CHOICE_ONE, "What is it about?");
  HoneCategory sports = { .id = 1, .key = (char *) "SPORTS", .name = (char *) "Sports | Games" };
  HoneCategory money = { .id = 2, .key = (char *) "MONEY", .name = (char *) "Money", .definition = (char *) "Prices, banks" };

  g_assert_cmpuint (hone_ontology_add (ontology, &sports, NULL), ==, 1);
  g_assert_cmpuint (hone_ontology_add (ontology, &money, NULL), ==, 2);
  return ontology;
}

/* @right of 10 right answers; one abstained, one failed. */
static inline void
fixture_add_iteration (HoneReport *report,
                       int         number,
                       guint       right)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneCategorySet) sports = hone_category_set_new_single (1);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (2);
  g_autoptr(HoneScores) scores = NULL;
  g_autoptr(HoneConfusion) confusion = NULL;
  g_autofree char *trainer = g_build_filename (g_get_home_dir (), "bin", "trainer.py", NULL);
  g_autofree char *settings = g_strdup_printf ("{\"epochs\":3,\"max_tokens\":20,\"api_key\":\"sk-123\",\"trainer\":\"%s\"}", trainer);
  HoneExperiment experiment = { .id = 1, .name = (char *) "n-grams", .provider = (char *) "engine", .method = (char *) "ngrams" };
  HoneIteration iteration = { .id = number + 1, .experiment_id = 1, .experiment = (char *) "n-grams", .number = number,
                              .ontology_version = 1, .template_hash = (char *) "sha256:00", .settings = settings,
                              .created = G_GINT64_CONSTANT (1714564800000000), .seconds = 1.5, .n_trained = 40 * number };

  hone_tally_add (tally, sports, HONE_OUTCOME_ANSWERED, sports, right);
  if (right < 10)
    hone_tally_add (tally, sports, HONE_OUTCOME_ANSWERED, money, 10 - right);
  hone_tally_add (tally, money, HONE_OUTCOME_ABSTAINED, NULL, 1);
  hone_tally_left_out (tally)->failed = 1;
  scores = hone_scores_new (tally, report->ontology, NULL, 1, 100);
  confusion = hone_confusion_new (tally, report->ontology);
  hone_report_add_iteration (report, &experiment, &iteration, NULL, HONE_REPORT_SCORED, scores, confusion);
}

/* What nobody should be able to do with a name: end an element, an attribute, a table cell or a comment; load something; turn the reading
 * direction of what follows; break a parser with bytes that are no text. */
static const char * const fixture_hostile[] = {
  "</td></table><script>alert(1)</script>", "\" onload=\"alert(1)", "<img src=http://example.org/x.png>", "--><!-- & &amp; &lt;",
  "a\x01b\x1b[31m\x7f", "\xe2\x80\xaegpj.exe", "\xef\xbf\xbf\xef\xb7\x90", "| ` * _x_ [a](http://example.org)", "line\nbreak",
  "' style='background:url(http://example.org)", "\xf0\x9f\xa6\x89 \xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a \xe4\xb8\xad\xe6\x96\x87",
};

/* @names (nullable): of the categories; without, "Category 0" and so on. */
static inline HoneReport *
fixture_large_report (guint                n_classes,
                      guint                n_iterations,
                      const char * const  *names)
{
  HoneReport *report = hone_report_new (HONE_SPLIT_VALIDATION);
  HoneRandom random;

  hone_random_init (&random, 1);
  report->created = G_GINT64_CONSTANT (1714564800000000);
  report->project = g_strdup ("large.hone");
  report->project_id = g_strdup ("4567");
  report->ontology = hone_ontology_new (HONE_CHOICE_ONE, names ? names[0] : NULL);
  report->ontology_version = 1;
  for (guint i = 0; i < n_classes; i++)
    {
      g_autofree char *name = g_strdup_printf ("Category %u", i), *key = g_strdup_printf ("CATEGORY_%u", i);
      HoneCategory category = { .id = i + 1, .key = key, .name = names ? (char *) names[i] : name,
                                .definition = names ? (char *) names[i] : NULL };

      g_assert_cmpuint (hone_ontology_add (report->ontology, &category, NULL), ==, i + 1);
    }
  for (int split = 0; split < HONE_N_SPLITS; split++)
    report->splits[split].per_category = g_new0 (guint64, n_classes);
  for (guint n = 0; n < n_iterations; n++)
    {
      g_autoptr(HoneTally) tally = hone_tally_new ();
      g_autoptr(HoneScores) scores = NULL;
      g_autoptr(HoneConfusion) confusion = NULL;
      HoneExperiment experiment = { .id = 1, .name = names ? (char *) names[n] : (char *) "large", .provider = (char *) "engine" };
      HoneIteration iteration = { .number = n, .ontology_version = 1, .settings = (char *) "{\"note\":\"</p><b>\"}",
                                  .description = names ? (char *) names[n] : NULL };

      for (guint i = 0; i < n_classes; i++)
        for (guint k = 0; k < 20; k++)
          {
            g_autoptr(HoneCategorySet) reference = hone_category_set_new_single (i + 1);
            g_autoptr(HoneCategorySet) answer = hone_category_set_new_single (k < 12 ? i + 1 : hone_random_below (&random, n_classes) + 1);

            hone_tally_add (tally, reference, k == 19 ? HONE_OUTCOME_ABSTAINED : HONE_OUTCOME_ANSWERED, k == 19 ? NULL : answer, 1);
          }
      scores = hone_scores_new (tally, report->ontology, NULL, 1, 0);
      confusion = hone_confusion_new (tally, report->ontology);
      hone_report_add_iteration (report, &experiment, &iteration, NULL, HONE_REPORT_SCORED, scores, confusion);
    }
  hone_report_find_caveats (report);
  return report;
}

static inline HoneReport *
fixture_report (guint first,
                guint second)
{
  HoneReport *report = hone_report_new (HONE_SPLIT_VALIDATION);
  HoneReportPair pair = { .a = 0, .b = 1, .n = 11, .b_only = second - first, .fixed = second - first, .still_wrong = 11 - second,
                          .still_right = first, .p = 0.5 };

  report->created = G_GINT64_CONSTANT (1714564800000000);
  report->project = g_strdup ("news.hone");
  report->project_id = g_strdup ("0123");
  report->seed = 7;
  report->ontology = fixture_ontology ();
  report->ontology_version = 1;
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      report->splits[split].counts.examples = 11 + split;
      report->splits[split].counts.labelled = 11;
      report->splits[split].per_category = g_new0 (guint64, 2);
      report->splits[split].per_category[0] = 10;
      report->splits[split].per_category[1] = 1;
    }
  fixture_add_iteration (report, 0, first);
  fixture_add_iteration (report, 1, second);
  hone_report_add_pair (report, &pair);
  hone_report_find_caveats (report);
  return report;
}
