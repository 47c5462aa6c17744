/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table with its intervals. What a resampled interval should be is known where the measure is a mean. */
#include "config.h"

#include <math.h>
#include <string.h>

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
      HoneCategory category = { .key = key };
      g_autoptr(GError) error = NULL;

      hone_ontology_add (ontology, &category, &error);
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
  g_autoptr(HoneCategorySet) b = answer != 0 ? hone_category_set_new_single (answer) : NULL;

  hone_tally_add (tally, a, b != NULL ? HONE_OUTCOME_ANSWERED : HONE_OUTCOME_ABSTAINED, b, count);
}

static void
assert_about (double value,
              double expected,
              double relative)
{
  g_assert_cmpfloat (fabs (value - expected), <=, relative * fabs (expected));
}

static HoneTally *
make_tally (guint64 times)
{
  HoneTally *tally = hone_tally_new ();

  add (tally, 1, 1, 60 * times);
  add (tally, 1, 2, 20 * times);
  add (tally, 2, 2, 70 * times);
  add (tally, 3, 0, 10 * times);
  add (tally, 3, 3, 40 * times);
  return tally;
}

static void
test_names (void)
{
  g_autoptr(GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint m = 0; m < HONE_N_MEASURES; m++)
    {
      g_assert_true (g_hash_table_add (keys, (gpointer) hone_measure_get_key ((HoneMeasure) m)));
      g_assert_cmpstr (hone_measure_get_name ((HoneMeasure) m), !=, "");
    }
  g_assert_cmpstr (hone_measure_get_key (HONE_MEASURE_IOU_SCORE), ==, "iou_score");
  g_assert_cmpstr (hone_measure_get_key (HONE_MEASURE_MACRO_F1), ==, "macro_f1");
}

static void
test_nothing (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (2, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = hone_scores_new (tally, ontology, NULL, 1, 1000);

  g_assert_cmpuint (scores->n, ==, 0);
  g_assert_cmpuint (scores->n_classes, ==, 2);
  g_assert_true (isnan (scores->majority.value) && isnan (scores->chance.value));
  g_assert_true (isnan (scores->classes[1].precision) && isnan (scores->classes[1].iou));
  for (guint m = 0; m < HONE_N_MEASURES; m++)
    g_assert_true (isnan (scores->measures[m].value) && isnan (scores->measures[m].low) && isnan (scores->measures[m].high));
}

static void
test_table (void)
{
  g_autoptr(HoneTally) tally = make_tally (1);
  g_autoptr(HoneOntology) ontology = numbered_ontology (4, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = NULL;
  double low, high;

  hone_tally_left_out (tally)->failed = 3;
  scores = hone_scores_new (tally, ontology, NULL, 5, 1000);
  g_assert_cmpuint (scores->n, ==, 200);
  g_assert_cmpuint (scores->left_out.failed, ==, 3);
  g_assert_cmpfloat (scores->majority.value, ==, 0.4);
  hone_wilson95 (80, 200, &low, &high);
  g_assert_cmpfloat (scores->majority.low, ==, low);
  g_assert_cmpfloat (scores->chance.value, ==, 0.25);

  hone_wilson95 (170, 200, &low, &high);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_ACCURACY].low, ==, low);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_IOU_SCORE].high, ==, high);
  g_assert_true (isnan (scores->measures[HONE_MEASURE_LOG_LOSS].value));

  g_assert_cmpuint (scores->classes[1].category, ==, 2);
  g_assert_cmpuint (scores->classes[1].true_positive, ==, 70);
  g_assert_cmpuint (scores->classes[1].false_positive, ==, 20);
  g_assert_cmpuint (scores->classes[1].support, ==, 70);
  g_assert_cmpuint (scores->classes[2].false_negative, ==, 10);
  assert_about (scores->classes[0].iou, 0.75, 1e-12);
  g_assert_true (isnan (scores->classes[3].f1));
}

static void
test_repeatable (void)
{
  g_autoptr(HoneTally) tally = make_tally (1);
  g_autoptr(HoneOntology) ontology = numbered_ontology (3, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = hone_scores_new (tally, ontology, NULL, 5, 1000);
  g_autoptr(HoneScores) again = hone_scores_new (tally, ontology, NULL, 5, 1000);
  g_autoptr(HoneScores) other = hone_scores_new (tally, ontology, NULL, 6, 1000);

  g_assert_cmpmem (scores->measures, sizeof scores->measures, again->measures, sizeof again->measures);
  for (guint m = 0; m <= HONE_MEASURE_KAPPA; m++)
    {
      HoneEstimate e = scores->measures[m];

      g_assert_cmpfloat (e.low, <, e.value);
      g_assert_cmpfloat (e.high, >, e.value);
      assert_about (other->measures[m].high - other->measures[m].low, e.high - e.low, 0.15);
    }
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_KAPPA].low, !=, other->measures[HONE_MEASURE_KAPPA].low);
}

/* The mean mark of sets of one is 1/2 + accuracy/2: its interval is half as wide as that of a share, 2·1.96·sqrt (p q/n),
 * for few examples and for a million alike. */
static void
test_known_width (void)
{
  const guint64 times[] = { 1, 10, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr(HoneTally) tally = make_tally (times[i]);
      g_autoptr(HoneOntology) ontology = numbered_ontology (3, HONE_CHOICE_ONE);
      g_autoptr(HoneScores) scores = hone_scores_new (tally, ontology, NULL, 11, 1000);
      HoneEstimate mark = scores->measures[HONE_MEASURE_MEAN_MARK];
      HoneEstimate jaccard = scores->measures[HONE_MEASURE_MEAN_JACCARD];
      double width = 2.0 * 1.96 * sqrt (0.85 * 0.15 / (200.0 * times[i]));

      assert_about (mark.high - mark.low, width / 2.0, 0.12);
      assert_about (jaccard.high - jaccard.low, width, 0.12);
    }
}

typedef struct {
  HoneProbabilities probabilities;
  double            loss_deviation;     /* of the log-loss of one example */
} Known;

/* Examples whose confidence is true: the calibration error is near 0, and all of it is noise. */
static void
known_init (Known   *known,
            guint64  n)
{
  double sum = 0.0, squares = 0.0;
  HoneRandom random;

  known->probabilities = (HoneProbabilities) { n, g_new (double, n), g_new (double, n), g_new (gboolean, n) };
  hone_random_init (&random, 3);
  for (guint64 i = 0; i < n; i++)
    {
      double confidence = 0.5 + 0.5 * hone_random_unit (&random);
      gboolean correct = hone_random_unit (&random) < confidence;
      double loss = -log (correct ? confidence : 1.0 - confidence);

      known->probabilities.confidence[i] = confidence;
      known->probabilities.correct[i] = correct;
      known->probabilities.log_likelihood[i] = -loss;
      sum += loss;
      squares += loss * loss;
    }
  known->loss_deviation = sqrt (squares / n - sum / n * sum / n);
}

static void
known_clear (Known *known)
{
  g_free (known->probabilities.confidence);
  g_free (known->probabilities.correct);
  g_free (known->probabilities.log_likelihood);
}

/* Below the limit examples are drawn one by one, above as groups: the interval is that of the formula both times,
 * and where both ways are possible they agree. */
static void
test_probabilities (void)
{
  const guint64 sizes[] = { 500, 20000, 20001, 300000 };
  double widths[G_N_ELEMENTS (sizes)];

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(HoneTally) tally = make_tally (1);
      g_autoptr(HoneOntology) ontology = numbered_ontology (3, HONE_CHOICE_ONE);
      g_autoptr(HoneScores) scores = NULL;
      HoneEstimate loss, error;
      Known known;

      known_init (&known, sizes[i]);
      scores = hone_scores_new (tally, ontology, &known.probabilities, 1, 1000);
      loss = scores->measures[HONE_MEASURE_LOG_LOSS];
      error = scores->measures[HONE_MEASURE_CALIBRATION_ERROR];
      g_assert_cmpfloat (loss.value, ==, hone_measure_log_loss (known.probabilities.log_likelihood, sizes[i]));
      assert_about (loss.high - loss.low, 2.0 * 1.96 * known.loss_deviation / sqrt (sizes[i]), 0.12);
      g_assert_cmpfloat (error.low, >, 0.0);
      g_assert_cmpfloat (error.high, <, 5.0 / sqrt (sizes[i]));
      widths[i] = (error.high - error.low) * sqrt (sizes[i]);
      known_clear (&known);
    }
  assert_about (widths[2], widths[1], 0.1);      /* all but one of the examples are the same */
}

/* Kappa is undefined in a resample without a single example of the second class; those that remain count. */
static void
test_undefined_resamples (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneTally) same = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (2, HONE_CHOICE_ONE);
  g_autoptr(HoneScores) scores = NULL;
  g_autoptr(HoneScores) none = NULL;

  add (tally, 1, 1, 9);
  add (tally, 2, 2, 1);
  add (same, 1, 1, 10);
  scores = hone_scores_new (tally, ontology, NULL, 1, 1000);
  none = hone_scores_new (same, ontology, NULL, 1, 1000);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_KAPPA].low, ==, 1.0);
  g_assert_true (isnan (none->measures[HONE_MEASURE_KAPPA].value));
  g_assert_true (isnan (none->measures[HONE_MEASURE_KAPPA].low));
}

static void
test_several (void)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(HoneOntology) ontology = numbered_ontology (3, HONE_CHOICE_SEVERAL);
  g_autoptr(HoneCategorySet) both = hone_category_set_new ((guint[]) { 1, 2 }, 2);
  g_autoptr(HoneCategorySet) one = hone_category_set_new_single (1);
  g_autoptr(HoneScores) scores = NULL;

  hone_tally_add (tally, both, HONE_OUTCOME_ANSWERED, both, 30);
  hone_tally_add (tally, both, HONE_OUTCOME_ANSWERED, one, 50);
  hone_tally_add (tally, one, HONE_OUTCOME_ANSWERED, both, 20);
  scores = hone_scores_new (tally, ontology, NULL, 1, 1000);
  g_assert_cmpfloat (scores->majority.value, ==, 0.8);
  assert_about (scores->chance.value, 0.2 / 3.0, 1e-12);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_IOU_SCORE].value, ==, 1.0);
  g_assert_cmpfloat (scores->measures[HONE_MEASURE_ACCURACY].value, ==, 0.3);
  assert_about (scores->measures[HONE_MEASURE_MEAN_JACCARD].value, 0.3 + 0.7 / 2.0, 1e-12);
  g_assert_cmpuint (scores->classes[1].false_negative, ==, 50);
  g_assert_cmpuint (scores->classes[1].false_positive, ==, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/scores/names", test_names);
  g_test_add_func ("/core/scores/nothing", test_nothing);
  g_test_add_func ("/core/scores/table", test_table);
  g_test_add_func ("/core/scores/repeatable", test_repeatable);
  g_test_add_func ("/core/scores/known-width", test_known_width);
  g_test_add_func ("/core/scores/probabilities", test_probabilities);
  g_test_add_func ("/core/scores/undefined-resamples", test_undefined_resamples);
  g_test_add_func ("/core/scores/several", test_several);
  return g_test_run ();
}
