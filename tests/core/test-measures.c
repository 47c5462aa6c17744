/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures against closed check values and, where present, scikit-learn's (golden/metrics.json). */
#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "hone-measures.h"
#include "hone-random.h"

static HoneOntology *
numbered_ontology (guint      n,
                   HoneChoice choice)
{
  HoneOntology *ontology = hone_ontology_new (choice, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("C%u", i);
      HoneCategory category = { .key = key, .name = key };
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (hone_ontology_add (ontology, &category, &error), ==, i + 1);
      g_assert_no_error (error);
    }
  return ontology;
}

static void
add (HoneTally *tally,
     guint      reference,
     guint      answer,      /* 0: abstained */
     gint64     count)
{
  g_autoptr(HoneCategorySet) a = hone_category_set_new_single (reference);
  g_autoptr(HoneCategorySet) b = answer ? hone_category_set_new_single (answer) : NULL;

  hone_tally_add (tally, a, b ? HONE_OUTCOME_ANSWERED : HONE_OUTCOME_ABSTAINED, b, count);
}

static void
assert_near (double value,
             double expected,
             double tolerance)
{
  if (isnan (expected))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat_with_epsilon (value, expected, tolerance);
}

/* The tutorial's figure: 800 texts, 671 unequal. */
static void
test_check_value (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();

  add (tally, 1, 1, 129);
  add (tally, 1, 2, 671);
  g_assert_cmpfloat (hone_measure_iou_score (tally), ==, 0.16125);
  g_assert_cmpfloat_with_epsilon (hone_measure_mean_mark (tally), 0.580625, 1e-12);
  g_assert_cmpfloat (hone_measure_accuracy (tally), ==, 0.16125);
}

static void
test_tally (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  const HoneTallyCell *cells;
  gsize n;

  add (tally, 2, 1, 3);
  add (tally, 1, 0, 2);
  add (tally, 1, 1, 5);
  add (tally, 2, 1, -3);
  cells = hone_tally_get_cells (tally, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (hone_tally_get_n (tally), ==, 7);
  g_assert_cmpint (cells[0].outcome, ==, HONE_OUTCOME_ANSWERED);
  g_assert_cmpuint (cells[0].count, ==, 5);
  g_assert_cmpint (cells[1].outcome, ==, HONE_OUTCOME_ABSTAINED);
  g_assert_null (cells[1].answer);
}

static void
test_nothing (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (2, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = hone_scores_new (tally, ontology, NULL, 1, 1000);

  g_assert_cmpuint (scores->n, ==, 0);
  for (int m = 0; m < HONE_N_MEASURES; m++)
    g_assert_true (isnan (scores->measures[m].value) && isnan (scores->measures[m].low));
}

/* One text {1,2}, answered {2,3}: union 3, common 1. Another {1}, abstained. */
static void
test_several (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (3, HONE_CHOICE_SEVERAL);
  g_autoptr(HoneCategorySet) reference = hone_category_set_new ((guint[]) { 2, 1, 1 }, 3);
  g_autoptr(HoneCategorySet) answer = hone_category_set_new ((guint[]) { 3, 2 }, 2);
  g_autoptr(HoneConfusion) confusion = NULL;

  hone_tally_add (tally, reference, HONE_OUTCOME_ANSWERED, answer, 1);
  add (tally, 1, 0, 1);
  assert_near (hone_measure_iou_score (tally), 0.5, 1e-12);
  assert_near (hone_measure_mean_jaccard (tally), (1.0 / 3.0 + 0.0) / 2.0, 1e-12);
  assert_near (hone_measure_mean_mark (tally), (4.0 / 6.0 + 0.5) / 2.0, 1e-12);
  g_assert_cmpfloat (hone_measure_accuracy (tally), ==, 0.0);
  assert_near (hone_measure_micro_precision (tally), 0.5, 1e-12);
  assert_near (hone_measure_micro_recall (tally), 1.0 / 3.0, 1e-12);

  confusion = hone_confusion_new (tally, ontology);
  g_assert_cmpuint (confusion->n_rows, ==, 3);
  g_assert_cmpuint (confusion->n_columns, ==, 6);
  g_assert_cmpuint (confusion->counts[0 * 6 + 2], ==, 1);   /* 1 missed, 3 given instead */
  g_assert_cmpuint (confusion->counts[0 * 6 + 3], ==, 1);   /* abstained */
  g_assert_cmpuint (confusion->counts[1 * 6 + 1], ==, 1);
}

static void
test_intervals (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (3, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = NULL, again = NULL;
  double low, high;

  add (tally, 1, 1, 60);
  add (tally, 1, 2, 20);
  add (tally, 2, 2, 70);
  add (tally, 3, 0, 10);
  add (tally, 3, 3, 40);
  scores = hone_scores_new (tally, ontology, NULL, 5, 1000);
  again = hone_scores_new (tally, ontology, NULL, 5, 1000);

  hone_wilson95 (170, 200, &low, &high);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_ACCURACY].low, ==, low);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_ACCURACY].high, ==, high);
  g_assert_cmpfloat (scores->majority.value, ==, 0.4);
  assert_near (scores->chance.value, 1.0 / 3.0, 1e-12);
  for (int m = 0; m <= HONE_MEASURE_KAPPA; m++)
    {
      HoneEstimate e = scores->measures[m];

      g_assert_cmpfloat (e.low, <, e.value);
      g_assert_cmpfloat (e.high, >, e.value);
      g_assert_cmpfloat (e.low, ==, again->measures[m].low);
    }
  /* Micro F1's resampled interval comes near the normal one of a ratio of this size. */
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_MICRO_F1].high - scores->measures[HONE_MEASURE_MICRO_F1].low, <, 0.12);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_MICRO_F1].high - scores->measures[HONE_MEASURE_MICRO_F1].low, >, 0.07);
}

/* The interval of many examples, resampled in groups, is that of the formula: z · sd / sqrt (n). */
static void
test_probabilities (void)
{
  const guint64 n = 50000;
  g_autofree double *log_likelihood = g_new (double, n), *confidence = g_new (double, n);
  g_autofree gboolean *correct = g_new (gboolean, n);
  HoneProbabilities probabilities = { n, log_likelihood, confidence, correct };
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (2, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = NULL;
  double sum = 0.0, squares = 0.0, wanted, width;
  HoneRandom random;

  hone_random_init (&random, 3);
  for (guint64 i = 0; i < n; i++)
    {
      confidence[i] = 0.5 + 0.5 * hone_random_unit (&random);
      correct[i] = hone_random_unit (&random) < confidence[i];
      log_likelihood[i] = log (correct[i] ? confidence[i] : 1.0 - confidence[i]);
      sum -= log_likelihood[i];
      squares += log_likelihood[i] * log_likelihood[i];
      add (tally, 1, correct[i] ? 1 : 2, 1);
    }
  scores = hone_scores_new (tally, ontology, &probabilities, 1, 1000);
  wanted = 2 * 1.96 * sqrt ((squares / n - sum / n * sum / n) / n);
  width = scores->measures[HONE_MEASURE_LOG_LOSS].high - scores->measures[HONE_MEASURE_LOG_LOSS].low;
  assert_near (scores->measures[HONE_MEASURE_LOG_LOSS].value, sum / n, 1e-9);
  g_assert_cmpfloat (width / wanted, >, 0.85);
  g_assert_cmpfloat (width / wanted, <, 1.15);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_CALIBRATION_ERROR].value, <, 0.02);
}

static void
test_closed_forms (void)
{
  g_assert_cmpfloat (hone_mcnemar_exact (0, 0), ==, 1.0);
  assert_near (hone_mcnemar_exact (0, 6), 2.0 / 64.0, 1e-12);
  assert_near (hone_mcnemar_exact (2, 8), 2.0 * (1 + 10 + 45) / 1024.0, 1e-12);
  g_assert_cmpfloat (hone_mcnemar_exact (499000, 501000), >, 0.04);
  g_assert_cmpfloat (hone_mcnemar_exact (499000, 501000), <, 0.05);
}

/* ---- golden ---- */

static JsonObject *
load_golden (JsonParser **parser)
{
  const char *shared = g_getenv ("HONE_SHARED_DIR");
  g_autofree char *path = g_build_filename (shared ? shared : "", "data", "golden", "metrics.json", NULL);
  g_autoptr(GError) error = NULL;

  if (!shared || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("golden/metrics.json is not here");
      return NULL;
    }
  *parser = json_parser_new ();
  json_parser_load_from_file (*parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (*parser));
}

static double
number (JsonObject *object,
        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  g_assert_nonnull (node);
  return JSON_NODE_HOLDS_NULL (node) ? NAN : json_node_get_double (node);
}

static void
compare_set (JsonObject *set)
{
  JsonObject *expected = json_object_get_object_member (set, "expected"), *present, *macro, *micro;
  JsonArray *truth = json_object_get_array_member (set, "true"), *predicted = json_object_get_array_member (set, "predicted");
  JsonArray *rows = json_object_get_array_member (set, "probabilities");
  guint n = json_array_get_length (truth), n_classes = json_object_get_int_member (set, "classes");
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autofree double *log_likelihood = g_new (double, n), *confidence = g_new (double, n);
  g_autofree gboolean *correct = g_new (gboolean, n);

  for (guint i = 0; i < n; i++)
    {
      guint t = json_array_get_int_element (truth, i), p = json_array_get_int_element (predicted, i);
      JsonArray *row = json_array_get_array_element (rows, i);

      g_assert_cmpuint (t, <, n_classes);
      add (tally, t + 1, p + 1, 1);
      log_likelihood[i] = log (json_array_get_double_element (row, t));
      confidence[i] = json_array_get_double_element (row, p);
      correct[i] = t == p;
    }
  present = json_object_get_object_member (expected, "present_classes");
  macro = json_object_get_object_member (present, "macro");
  micro = json_object_get_object_member (present, "micro");
  assert_near (hone_measure_accuracy (tally), number (expected, "accuracy"), 1e-12);
  assert_near (hone_measure_kappa (tally), number (expected, "cohen_kappa"), 1e-12);
  assert_near (hone_measure_macro_precision (tally), number (macro, "precision"), 1e-12);
  assert_near (hone_measure_macro_recall (tally), number (macro, "recall"), 1e-12);
  assert_near (hone_measure_macro_f1 (tally), number (macro, "f1"), 1e-12);
  assert_near (hone_measure_mean_iou (tally), number (macro, "jaccard"), 1e-12);
  assert_near (hone_measure_micro_f1 (tally), number (micro, "f1"), 1e-12);
  assert_near (hone_measure_log_loss (log_likelihood, n), number (expected, "log_loss"), 1e-10);
  assert_near (hone_measure_calibration_error (confidence, correct, n), number (expected, "calibration_error"), 1e-12);
}

static void
test_golden (void)
{
  g_autoptr(JsonParser) parser = NULL;
  JsonObject *golden = load_golden (&parser);
  JsonArray *list;

  if (!golden)
    return;
  list = json_object_get_array_member (golden, "sets");
  g_assert_cmpuint (json_array_get_length (list), ==, 8);
  for (guint i = 0; i < 8; i++)
    compare_set (json_array_get_object_element (list, i));

  list = json_object_get_array_member (golden, "wilson95");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);
      JsonArray *interval = json_object_get_array_member (one, "interval");
      double low, high;

      hone_wilson95 (json_object_get_int_member (one, "successes"), json_object_get_int_member (one, "n"), &low, &high);
      assert_near (low, json_array_get_double_element (interval, 0), 1e-12);
      assert_near (high, json_array_get_double_element (interval, 1), 1e-12);
    }

  list = json_object_get_array_member (json_object_get_object_member (golden, "mcnemar_exact"), "counts");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);

      assert_near (hone_mcnemar_exact (json_object_get_int_member (one, "only_first_right"),
                                       json_object_get_int_member (one, "only_second_right")), number (one, "p"), 1e-12);
    }

  list = json_object_get_array_member (golden, "krippendorff_nominal");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);
      JsonArray *table = json_object_get_array_member (one, "table");
      guint rows = json_array_get_length (table), columns = json_array_get_length (json_array_get_array_element (table, 0));
      g_autofree int *values = g_new (int, rows * columns);

      for (guint r = 0; r < rows; r++)
        for (guint c = 0; c < columns; c++)
          {
            JsonNode *node = json_array_get_element (json_array_get_array_element (table, r), c);

            values[r * columns + c] = JSON_NODE_HOLDS_NULL (node) ? -1 : (int) json_node_get_int (node);
          }
      assert_near (hone_krippendorff_nominal (values, rows, columns), number (one, "alpha"), 1e-12);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/measures/check-value", test_check_value);
  g_test_add_func ("/core/measures/tally", test_tally);
  g_test_add_func ("/core/measures/nothing", test_nothing);
  g_test_add_func ("/core/measures/several", test_several);
  g_test_add_func ("/core/measures/intervals", test_intervals);
  g_test_add_func ("/core/measures/probabilities", test_probabilities);
  g_test_add_func ("/core/measures/closed-forms", test_closed_forms);
  g_test_add_func ("/core/measures/golden", test_golden);
  return g_test_run ();
}
