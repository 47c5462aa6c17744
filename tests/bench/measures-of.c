/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints our measures of cases read from standard input, for measures-peers.sh to compare.
 *
 * A case is "case RULE CATEGORIES SEED" (RULE "one" or "several"), lines "REFERENCE|OUTCOME|ANSWER|LOG-LIKELIHOOD|CONFIDENCE" with
 * categories as numbers from 1 between commas and both last ones empty where there are no probabilities, and "end".
 * "mcnemar B C", "wilson SUCCESSES N" and "alpha OBSERVERS UNITS VALUE…" ask for one closed form. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hone-measures.h"

#define N_RESAMPLES 1000

static HoneCategorySet *
read_set (const char *words)
{
  g_auto(GStrv) parts = g_strsplit (words, ",", -1);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint id = (guint) atoi (parts[i]);

      g_array_append_val (ids, id);
    }
  return hone_category_set_new ((const guint *) ids->data, ids->len);
}

typedef struct {
  HoneTally         *tally;
  HoneOntology      *ontology;
  GArray            *log_likelihood, *confidence, *correct;
  guint64            seed;
} Case;

static void
read_example (Case *self,
              char *line)
{
  g_auto(GStrv) parts = g_strsplit (g_strchomp (line), "|", -1);
  g_autoptr(HoneCategorySet) reference = read_set (parts[0]);
  g_autoptr(HoneCategorySet) answer = NULL;
  HoneOutcome outcome = HONE_OUTCOME_ANSWERED;

  hone_outcome_from_string (parts[1], &outcome);
  if (outcome == HONE_OUTCOME_ANSWERED)
    answer = read_set (parts[2]);
  hone_tally_add (self->tally, reference, outcome, answer, 1);
  if (*parts[3] != '\0')
    {
      double log_likelihood = g_ascii_strtod (parts[3], NULL), confidence = g_ascii_strtod (parts[4], NULL);
      gboolean correct = answer != NULL && hone_category_set_equal (reference, answer);

      g_array_append_val (self->log_likelihood, log_likelihood);
      g_array_append_val (self->confidence, confidence);
      g_array_append_val (self->correct, correct);
    }
}

static void
print_number (const char *name,
              double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("%s %s\n", name, g_ascii_dtostr (buffer, sizeof buffer, value));
}

static void
print_case (Case *self)
{
  HoneProbabilities probabilities = {
    self->correct->len, (double *) (gpointer) self->log_likelihood->data, (double *) (gpointer) self->confidence->data,
    (gboolean *) (gpointer) self->correct->data,
  };
  g_autoptr(HoneScores) scores = hone_scores_new (self->tally, self->ontology, &probabilities, self->seed, N_RESAMPLES);
  g_autoptr(HoneConfusion) confusion = hone_confusion_new (self->tally, self->ontology);

  for (guint m = 0; m < HONE_N_MEASURES; m++)
    {
      const char *key = hone_measure_get_key ((HoneMeasure) m);
      g_autofree char *low = g_strconcat (key, ".low", NULL), *high = g_strconcat (key, ".high", NULL);

      print_number (key, scores->measures[m].value);
      print_number (low, scores->measures[m].low);
      print_number (high, scores->measures[m].high);
    }
  for (gsize i = 0; i < scores->n_classes; i++)
    {
      const HoneClassScore *score = &scores->classes[i];

      printf ("class.%u", score->category);
      for (gsize j = 0; j < confusion->n_columns; j++)
        printf (" %" G_GUINT64_FORMAT, confusion->counts[i * confusion->n_columns + j]);
      printf ("\n");
      printf ("class.%u.counts %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", score->category,
              score->true_positive, score->false_positive, score->false_negative);
    }
  print_number ("chance", scores->chance.value);
  print_number ("majority", scores->majority.value);
  printf ("end\n");
}

static void
run_case (const char *head)
{
  g_auto(GStrv) words = g_strsplit (head, " ", -1);
  HoneChoice choice = HONE_CHOICE_ONE;
  Case self = {
    hone_tally_new (), NULL, g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)),
    g_array_new (FALSE, FALSE, sizeof (gboolean)), g_ascii_strtoull (words[3], NULL, 10),
  };
  char line[4096];

  hone_choice_from_string (words[1], &choice);
  self.ontology = hone_ontology_new (choice, NULL);
  for (int i = 1; i <= atoi (words[2]); i++)
    {
      g_autofree char *key = g_strdup_printf ("C%d", i);
      HoneCategory category = { .id = (guint) i, .key = key };

      hone_ontology_add (self.ontology, &category, NULL);
    }
  while (fgets (line, sizeof line, stdin) != NULL && strcmp (line, "end\n") != 0)
    read_example (&self, line);
  print_case (&self);

  hone_tally_free (self.tally);
  hone_ontology_unref (self.ontology);
  g_array_unref (self.log_likelihood);
  g_array_unref (self.confidence);
  g_array_unref (self.correct);
}

static void
run_closed_form (const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  guint64 first = g_ascii_strtoull (words[1], NULL, 10), second = g_ascii_strtoull (words[2], NULL, 10);

  if (strcmp (words[0], "mcnemar") == 0)
    print_number ("p", hone_mcnemar_exact (first, second));
  else if (strcmp (words[0], "wilson") == 0)
    {
      double low, high;

      hone_wilson95 (first, second, &low, &high);
      print_number ("low", low);
      print_number ("high", high);
    }
  else
    {
      g_autofree int *table = g_new (int, first * second + 1);

      for (guint64 i = 0; i < first * second; i++)
        table[i] = atoi (words[3 + i]);
      print_number ("alpha", hone_krippendorff_nominal (table, first, second));
    }
  printf ("end\n");
}

int
main (void)
{
  static char line[1 << 20];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_strchomp (line);
      if (g_str_has_prefix (line, "case "))
        run_case (line);
      else if (*line != '\0')
        run_closed_form (line);
      fflush (stdout);
    }
  return 0;
}
