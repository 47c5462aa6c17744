/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of the measures over a million scored examples in eight classes, beside a fixed loop that says how fast
 * this machine is today. Run by hand. */
#include "config.h"

#include <math.h>

#include "hone-measures.h"
#include "hone-near-copy.h"
#include "hone-random.h"

#define N 1000000
#define N_CLASSES 8

typedef struct {
  HoneCategorySet   *sets[N_CLASSES];
  guint8            *references, *answers;      /* N; answer N_CLASSES: abstained */
  HoneOntology      *ontology;
  HoneProbabilities  probabilities;
} Examples;

static void
examples_init (Examples *self)
{
  HoneRandom random;

  hone_random_init (&random, 1);
  self->ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  for (guint c = 0; c < N_CLASSES; c++)
    {
      g_autofree char *name = g_strdup_printf ("Category %u", c);
      HoneCategory category = { .name = name };

      self->sets[c] = hone_category_set_new_single (hone_ontology_add (self->ontology, &category, NULL));
    }

  self->references = g_new (guint8, N);
  self->answers = g_new (guint8, N);
  self->probabilities = (HoneProbabilities) { N, g_new (double, N), g_new (double, N), g_new (gboolean, N) };
  for (guint i = 0; i < N; i++)
    {
      double confidence = 0.2 + 0.8 * hone_random_unit (&random);

      self->references[i] = hone_random_below (&random, N_CLASSES);
      self->answers[i] = hone_random_unit (&random) < confidence ? self->references[i] : hone_random_below (&random, N_CLASSES + 1);
      self->probabilities.confidence[i] = confidence;
      self->probabilities.correct[i] = self->answers[i] == self->references[i];
      self->probabilities.log_likelihood[i] = log (self->probabilities.correct[i] ? confidence : (1.0 - confidence) / 7.0 + 1e-9);
    }
}

static void
examples_clear (Examples *self)
{
  for (guint c = 0; c < N_CLASSES; c++)
    hone_category_set_unref (self->sets[c]);
  hone_ontology_unref (self->ontology);
  g_free (self->references);
  g_free (self->answers);
  g_free (self->probabilities.log_likelihood);
  g_free (self->probabilities.confidence);
  g_free (self->probabilities.correct);
}

static HoneTally *
make_tally (const Examples *examples)
{
  HoneTally *tally = hone_tally_new ();

  for (guint i = 0; i < N; i++)
    {
      guint answer = examples->answers[i];

      hone_tally_add (tally, examples->sets[examples->references[i]],
                      answer < N_CLASSES ? HONE_OUTCOME_ANSWERED : HONE_OUTCOME_ABSTAINED,
                      answer < N_CLASSES ? examples->sets[answer] : NULL, 1);
    }

  return tally;
}

static void
report (const char *what,
        gint64      start)
{
  g_print ("%-60s %10.3f ms\n", what, (double) (g_get_monotonic_time () - start) / 1000.0);
}

/* Integer work that no compiler can drop and no library change. */
static void
calibrate (void)
{
  gint64 start = g_get_monotonic_time ();
  guint64 sum = 0;

  for (guint64 i = 0; i < 50000000; i++)
    sum = (sum ^ i) * 0x9e3779b97f4a7c15u;
  report (sum != 0 ? "calibration loop: 50,000,000 multiplications" : "-", start);
}

static void
time_point_estimates (HoneTally      *tally,
                      const Examples *examples)
{
  double (* const measures[]) (HoneTally *) = {
    hone_measure_iou_score, hone_measure_mean_mark, hone_measure_mean_jaccard, hone_measure_accuracy,
    hone_measure_mean_iou, hone_measure_macro_precision, hone_measure_macro_recall, hone_measure_macro_f1,
    hone_measure_micro_precision, hone_measure_micro_recall, hone_measure_micro_f1, hone_measure_kappa,
  };
  gint64 start = g_get_monotonic_time ();
  double sum = 0.0;

  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    sum += measures[i] (tally);
  report (sum > 0.0 ? "twelve measures of the tally, one by one" : "-", start);

  start = g_get_monotonic_time ();
  hone_scores_free (hone_scores_new (tally, examples->ontology, NULL, 1, 0));
  report ("all measures of the tally at once", start);

  start = g_get_monotonic_time ();
  hone_scores_free (hone_scores_new (tally, examples->ontology, &examples->probabilities, 1, 0));
  report ("the same with log-loss and calibration error", start);
}

int
main (void)
{
  g_autoptr(HoneTally) tally = NULL;
  Examples examples;
  gint64 start;

  calibrate ();
  examples_init (&examples);

  start = g_get_monotonic_time ();
  tally = make_tally (&examples);
  report ("tally of 1,000,000 examples", start);

  time_point_estimates (tally, &examples);

  start = g_get_monotonic_time ();
  hone_scores_free (hone_scores_new (tally, examples.ontology, NULL, 1, 1000));
  report ("all measures of the tally with intervals", start);

  start = g_get_monotonic_time ();
  hone_scores_free (hone_scores_new (tally, examples.ontology, &examples.probabilities, 1, 1000));
  report ("the same with log-loss and calibration error", start);

  start = g_get_monotonic_time ();
  for (guint i = 0; i < N; i++)
    hone_near_copy_hash ("Stocks Rise As Central Bank Hints At Slower Pace Of Rate Increases, Minutes Show");
  report ("near-copy hashes of 1,000,000 headlines", start);

  examples_clear (&examples);
  return 0;
}
