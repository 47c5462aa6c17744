/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures against closed check values and, where present, scikit-learn's (golden/metrics.json). */
#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "hone-measures.h"

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

/* Ten texts of class 1, of which the model finds six, calls two 2 and will not answer two; two of class 2, found.
 * By hand: p_o = 8/12; answers are 1: 6, 2: 4, none: 2; p_e = (10·6 + 2·4)/144. */
static void
test_abstentions (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneCategorySet) one = hone_category_set_new_single (1);
  double chance = 68.0 / 144.0;

  add (tally, 1, 1, 6);
  add (tally, 1, 2, 2);
  add (tally, 1, 0, 1);
  hone_tally_add (tally, one, HONE_OUTCOME_OUT_OF_SET, NULL, 1);
  add (tally, 2, 2, 2);

  assert_near (hone_measure_accuracy (tally), 8.0 / 12.0, 1e-12);
  assert_near (hone_measure_kappa (tally), (8.0 / 12.0 - chance) / (1.0 - chance), 1e-12);
  assert_near (hone_measure_macro_recall (tally), (0.6 + 1.0) / 2.0, 1e-12);
  assert_near (hone_measure_macro_precision (tally), (1.0 + 0.5) / 2.0, 1e-12);
  assert_near (hone_measure_mean_iou (tally), (0.6 + 0.5) / 2.0, 1e-12);        /* two classes, not three */
  assert_near (hone_measure_micro_precision (tally), 8.0 / 10.0, 1e-12);
  assert_near (hone_measure_micro_recall (tally), 8.0 / 12.0, 1e-12);
  assert_near (hone_measure_mean_mark (tally), (8.0 + 4 * 0.5) / 12.0, 1e-12);
}

/* The mark of one example by its definition, against the shorter formula that the tally uses. */
static void
test_marks (void)
{
  g_autoptr(HoneCategorySet) a = hone_category_set_new ((guint[]) { 1, 2, 3 }, 3);
  g_autoptr(HoneCategorySet) b = hone_category_set_new ((guint[]) { 3, 4 }, 2);
  g_autoptr(HoneCategorySet) c = hone_category_set_new_single (3);
  HoneCategorySet *same[] = { c, c };
  HoneCategorySet *two[] = { a, b };
  HoneCategorySet *three[] = { a, b, c };
  HoneCategorySet *silent[] = { c, NULL };
  HoneCategorySet *nobody[] = { NULL, NULL };
  g_autoptr(HoneTally) tally = hone_tally_new ();

  hone_tally_add (tally, a, HONE_OUTCOME_ANSWERED, b, 1);
  assert_near (hone_agreement_mark (same, 2), 1.0, 1e-12);
  assert_near (hone_agreement_mark (two, 2), (0.5 + 0.5 + 1.0 + 0.5) / 4.0, 1e-12);
  assert_near (hone_agreement_mark (two, 2), hone_measure_mean_mark (tally), 1e-12);
  assert_near (hone_agreement_mark (three, 3), (1.0 / 3 + 1.0 / 3 + 1.0 + 1.0 / 3) / 4.0, 1e-12);
  assert_near (hone_agreement_mark (silent, 2), 0.5, 1e-12);
  assert_near (hone_agreement_mark (nobody, 2), NAN, 0.0);
}

static void
test_one_confusion (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (2, HONE_CHOICE_ONE);
  g_autoptr(HoneCategorySet) two = hone_category_set_new_single (2);
  g_autoptr(HoneConfusion) confusion = NULL;
  const guint64 expected[] = { 5, 1, 2, 0,   0, 7, 0, 3 + 4 };

  add (tally, 1, 1, 5);
  add (tally, 1, 2, 1);
  add (tally, 1, 0, 2);
  add (tally, 2, 2, 7);
  add (tally, 2, 9, 4);         /* of a category that is gone */
  add (tally, 9, 1, 4);
  hone_tally_add (tally, two, HONE_OUTCOME_OUT_OF_SET, NULL, 3);
  confusion = hone_confusion_new (tally, ontology);
  g_assert_cmpuint (confusion->n_columns, ==, 4);
  g_assert_cmpstr (confusion->columns[2], ==, "UNABLE_TO_CLASSIFY");
  g_assert_cmpstr (confusion->columns[3], ==, "OUT_OF_SET");
  g_assert_null (confusion->columns[4]);
  g_assert_cmpmem (confusion->counts, 8 * sizeof (guint64), expected, sizeof expected);
}

/* Missed with nothing wrong beside it: the last column. Wrong with nothing missed is in no cell. */
static void
test_none_column (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (2, HONE_CHOICE_SEVERAL);
  g_autoptr(HoneCategorySet) both = hone_category_set_new ((guint[]) { 1, 2 }, 2);
  g_autoptr(HoneCategorySet) one = hone_category_set_new_single (1);
  g_autoptr(HoneConfusion) confusion = NULL;
  const guint64 expected[] = { 7, 0, 0, 0, 0,   0, 4, 0, 0, 3 };

  hone_tally_add (tally, both, HONE_OUTCOME_ANSWERED, one, 3);
  hone_tally_add (tally, one, HONE_OUTCOME_ANSWERED, both, 4);
  hone_tally_add (tally, both, HONE_OUTCOME_ANSWERED, both, 0);
  add (tally, 2, 2, 4);
  confusion = hone_confusion_new (tally, ontology);
  g_assert_cmpstr (confusion->columns[4], ==, "NONE");
  g_assert_cmpmem (confusion->counts, 10 * sizeof (guint64), expected, sizeof expected);
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

static double
element (JsonObject *object,
         const char *list,
         guint       i)
{
  return json_array_get_double_element (json_object_get_array_member (object, list), i);
}

/* The table of the classes and the matrix; where scikit-learn writes 0 for a ratio without denominator, we say NAN. */
static void
compare_classes (JsonObject *expected,
                 HoneTally  *tally,
                 guint       n_classes)
{
  JsonObject *per_class = json_object_get_object_member (expected, "per_class");
  JsonArray *rows = json_object_get_array_member (expected, "confusion");
  JsonArray *interval = json_object_get_array_member (expected, "accuracy_wilson95");
  g_autoptr(HoneOntology) ontology = numbered_ontology (n_classes, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = hone_scores_new (tally, ontology, NULL, 1, 0);
  g_autoptr(HoneConfusion) confusion = hone_confusion_new (tally, ontology);

  for (guint c = 0; c < n_classes; c++)
    {
      const HoneClassScore *score = &scores->classes[c];

      g_assert_cmpuint (score->support, ==, (guint64) element (per_class, "support", c));
      assert_near (isnan (score->precision) ? 0.0 : score->precision, element (per_class, "precision", c), 1e-12);
      assert_near (isnan (score->recall) ? 0.0 : score->recall, element (per_class, "recall", c), 1e-12);
      assert_near (isnan (score->f1) ? 0.0 : score->f1, element (per_class, "f1", c), 1e-12);
      assert_near (isnan (score->iou) ? 0.0 : score->iou, element (per_class, "jaccard", c), 1e-12);
      for (guint p = 0; p < n_classes; p++)
        g_assert_cmpuint (confusion->counts[c * confusion->n_columns + p], ==,
                          (guint64) json_array_get_int_element (json_array_get_array_element (rows, c), p));
    }

  assert_near (scores->measures[HONE_MEASURE_ACCURACY].low, json_array_get_double_element (interval, 0), 1e-12);
  assert_near (scores->measures[HONE_MEASURE_ACCURACY].high, json_array_get_double_element (interval, 1), 1e-12);
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
  assert_near (hone_measure_micro_precision (tally), number (micro, "precision"), 1e-12);
  assert_near (hone_measure_micro_recall (tally), number (micro, "recall"), 1e-12);
  compare_classes (expected, tally, n_classes);
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
}

static void
test_golden_closed_forms (void)
{
  g_autoptr(JsonParser) parser = NULL;
  JsonObject *golden = load_golden (&parser);
  JsonArray *list;

  if (!golden)
    return;

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
  g_test_add_func ("/core/measures/several", test_several);
  g_test_add_func ("/core/measures/abstentions", test_abstentions);
  g_test_add_func ("/core/measures/marks", test_marks);
  g_test_add_func ("/core/measures/one-confusion", test_one_confusion);
  g_test_add_func ("/core/measures/none-column", test_none_column);
  g_test_add_func ("/core/measures/golden", test_golden);
  g_test_add_func ("/core/measures/golden-closed-forms", test_golden_closed_forms);
  return g_test_run ();
}
