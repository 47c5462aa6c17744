/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine-support.h"
#include "hone-engine-error.h"
#include "hone-model-file.h"
#include "hone-ngrams-fit.h"

static HoneNgramsModel *
train (const HoneCorpus *corpus,
       HoneChoice        choice,
       guint             n_categories,
       guint             threads,
       HoneEngineEvents *events)
{
  g_auto(GStrv) keys = engine_support_keys (n_categories);
  HoneNgramsOptions options = { choice, (const char *const *) keys, 5, threads, TRUE };
  g_autoptr(GError) error = NULL;
  HoneNgramsModel *model = hone_ngrams_train (corpus, &options, NULL, events, NULL, &error);

  g_assert_no_error (error);
  return model;
}

/* Probabilities are probabilities, and something is chosen. */
static guint
ask (const HoneNgramsModel *model,
     const char            *text,
     double                *probabilities)
{
  g_autoptr(HoneNgramsReader) reader = hone_ngrams_reader_new (model);
  g_autofree guint *chosen = g_new (guint, model->n_categories);
  double sum = 0, confidence;

  hone_ngrams_reader_read (reader, text, strlen (text), probabilities);
  for (guint c = 0; c < model->n_categories; c++)
    {
      g_assert_true (isfinite (probabilities[c]) && probabilities[c] >= 0 && probabilities[c] <= 1);
      sum += probabilities[c];
    }
  if (model->choice == HONE_CHOICE_ONE)
    g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  g_assert_cmpuint (hone_ngrams_model_choose (model, probabilities, chosen, &confidence), >, 0);
  g_assert_true (confidence >= 0 && confidence <= 1);
  return chosen[0];
}

static double
accuracy (const HoneNgramsModel *model,
          guint                  n_texts,
          double                 purity)
{
  g_autofree double *probabilities = g_new (double, model->n_categories);
  guint right = 0;

  for (guint i = 0; i < n_texts; i++)
    {
      g_autofree char *text = engine_support_text (i % model->n_categories, 1000000 + i, purity);

      right += ask (model, text, probabilities) == i % model->n_categories;
    }
  return (double) right / n_texts;
}

static void
test_learns (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (4, 200, 0, 0.4);
  g_autoptr(HoneNgramsModel) model = train (corpus, HONE_CHOICE_ONE, 4, 1, NULL);

  g_assert_cmpfloat (accuracy (model, 400, 0.4), >, 0.9);
}

/* The mean probability of the truth and the share of right answers agree where the model is unsure. */
static void
test_calibrated (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (4, 300, 0, 0.15);
  g_autoptr(HoneNgramsModel) model = train (corpus, HONE_CHOICE_ONE, 4, 1, NULL);
  double confidence = 0, right = 0, p[4];

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = engine_support_text (i % 4, 2000000 + i, 0.15);
      guint best = ask (model, text, p);

      confidence += p[best];
      right += best == i % 4;
    }
  g_assert_true (right < 950 && right > 400);
  g_assert_cmpfloat_with_epsilon (confidence / 1000, right / 1000, 0.06);
}

static char *
train_to_file (const HoneCorpus *corpus,
               guint             threads)
{
  g_autofree char *directory = engine_support_directory ();
  g_autofree char *path = g_build_filename (directory, "model", NULL);
  g_autoptr(HoneNgramsModel) model = train (corpus, HONE_CHOICE_ONE, 3, threads, NULL);
  char *sha256 = hone_model_file_save (model, path, NULL);

  engine_support_remove (directory);
  return sha256;
}

static void
test_threads (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (3, 900, 0, 0.3);
  g_autofree char *one = train_to_file (corpus, 1);

  g_assert_nonnull (one);
  for (guint threads = 2; threads <= 8; threads *= 4)
    {
      g_autofree char *many = train_to_file (corpus, threads);

      g_assert_cmpstr (one, ==, many);
    }
}

/* Whatever few labels a project begins with. */
static void
test_few (void)
{
  static const struct { guint n_categories; const char *labels; } cases[] = {
    { 1, "A" }, { 1, "AA" }, { 1, "AAAAAA" }, { 2, "A" }, { 2, "AB" }, { 2, "AAB" }, { 2, "AAAA" }, { 8, "C" }, { 8, "AH" },
    { 8, "ABCDEFGH" }, { 8, "AAAAAAAAAAAAB" }, { 26, "ABCABCABCABC" }, { 3, "AABBCCAABBCC" },
  };

  for (guint choice = HONE_CHOICE_ONE; choice <= HONE_CHOICE_SEVERAL; choice++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      for (guint n_unlabelled = 0; n_unlabelled <= 20; n_unlabelled += 20)
        {
          g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
          g_autoptr(HoneNgramsModel) model = NULL;
          g_autofree double *p = g_new (double, cases[i].n_categories);

          for (guint k = 0; cases[i].labels[k] != '\0'; k++)
            {
              guint32 category = (guint32) (cases[i].labels[k] - 'A');
              g_autofree char *text = engine_support_text (category, k, 0.8);

              hone_corpus_add_labelled (corpus, "x", text, 1, &category, 1);
            }
          for (guint k = 0; k < n_unlabelled; k++)
            {
              g_autofree char *text = engine_support_text (k % cases[i].n_categories, 100 + k, 0.8);

              hone_corpus_add_unlabelled (corpus, "y", text);
            }
          model = train (corpus, choice, cases[i].n_categories, 1, NULL);
          for (guint k = 0; k < 10; k++)
            {
              g_autofree char *text = engine_support_text (k % cases[i].n_categories, 500 + k, 0.8);
              guint best = ask (model, text, p);

              /* Only what was there to learn is ever answered. */
              g_assert_nonnull (strchr (cases[i].labels, (int) ('A' + best)));
            }
          ask (model, "", p);
          ask (model, "?!", p);
        }
}

static void
test_same_and_empty_texts (void)
{
  g_autoptr(HoneCorpus) same = hone_corpus_new ();
  g_autoptr(HoneCorpus) empty = hone_corpus_new ();
  double p[2];

  for (guint32 i = 0; i < 10; i++)
    {
      guint32 category = i % 2;

      hone_corpus_add_labelled (same, "x", "always the same", 1, &category, 1);
      hone_corpus_add_labelled (empty, "x", "", 1, &category, 1);
    }
  for (guint choice = HONE_CHOICE_ONE; choice <= HONE_CHOICE_SEVERAL; choice++)
    {
      g_autoptr(HoneNgramsModel) a = train (same, choice, 2, 1, NULL);
      g_autoptr(HoneNgramsModel) b = train (empty, choice, 2, 1, NULL);

      ask (a, "always the same", p);
      g_assert_cmpfloat_with_epsilon (p[0], 0.5, 0.2);
      ask (b, "something", p);
      g_assert_cmpfloat_with_epsilon (p[0], 0.5, 0.2);
    }
}

/* A text of weight 3 is three texts, for all that is fitted on it, and one of weight 50 is fifty. */
static void
test_weights (gconstpointer data)
{
  g_autoptr(HoneCorpus) weighted = hone_corpus_new ();
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  g_autoptr(HoneTrainingSet) light = hone_training_set_new (2);
  g_autoptr(HoneTrainingSet) heavy = hone_training_set_new (2);
  g_autoptr(HoneNgramsFit) a = NULL;
  g_autoptr(HoneNgramsFit) b = NULL;
  g_autofree double *svm = NULL;
  g_autofree double *bayes = NULL;
  const HoneNgramsColumn *column;
  guint times = GPOINTER_TO_UINT (data), n;

  for (guint32 i = 0; i < 20; i++)
    {
      guint32 category = i % 2;
      g_autofree char *text = engine_support_text (category, i, 0.5);

      hone_corpus_add_labelled (weighted, "x", text, 1, &category, 1);
      hone_training_set_add (heavy, i, i < 2 ? times : 1, &category, 1);
      for (guint k = 0; k < (i < 2 ? times : 1); k++)
        hone_training_set_add (light, i, 1, &category, 1);
    }
  matrix = hone_feature_matrix_new (weighted, 1, NULL, NULL);
  n = matrix->space->n_features + 1;
  a = hone_ngrams_fit_new (matrix, light, HONE_CHOICE_ONE, 1);
  column = hone_ngrams_fit_category (a, 0);
  svm = g_memdup2 (column->svm, n * sizeof (double));
  bayes = g_memdup2 (column->bayes, n * sizeof (double));
  b = hone_ngrams_fit_new (matrix, heavy, HONE_CHOICE_ONE, 1);
  column = hone_ngrams_fit_category (b, 0);
  for (guint f = 0; f < n; f++)
    {
      g_assert_cmpfloat_with_epsilon (column->svm[f], svm[f], 1e-9);
      g_assert_cmpfloat_with_epsilon (column->bayes[f], bayes[f], 1e-9);
    }
}

/* Complement naive Bayes by hand: one word each, so mass inside and outside are known. */
static void
test_bayes_by_hand (void)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  g_autoptr(HoneTrainingSet) set = NULL;
  g_autoptr(HoneNgramsFit) fit = NULL;
  const HoneNgramsColumn *column;
  guint32 category = 0;
  double outside = 0;

  hone_corpus_add_labelled (corpus, "1", "red", 1, &category, 1);
  category = 1;
  hone_corpus_add_labelled (corpus, "2", "car", 1, &category, 1);
  matrix = hone_feature_matrix_new (corpus, 1, NULL, NULL);
  set = hone_training_set_new_labels (corpus, 2);
  fit = hone_ngrams_fit_new (matrix, set, HONE_CHOICE_ONE, 1);
  column = hone_ngrams_fit_category (fit, 0);
  /* "red" and "car": one word of value 1 and six stretches of 1/√6 each; 14 features. */
  g_assert_cmpuint (matrix->space->n_features, ==, 14);
  outside = 14 * 0.3 + 1 + 6 / sqrt (6);
  for (guint f = 0; f < 14; f++)
    {
      gboolean is_word = matrix->space->buckets[f] < HONE_NGRAM_BLOCK_SIZE;
      double mass = is_word ? 1 : 1 / sqrt (6);
      double of_red = -log (0.3 / outside), of_car = -log ((0.3 + mass) / outside);

      g_assert_true (fabs (column->bayes[f] - of_red) < 1e-6 || fabs (column->bayes[f] - of_car) < 1e-6);
    }
}

/* Texts of one or two categories: both are found, and a text without either gets the most probable. */
static void
test_several (void)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneNgramsModel) model = NULL;
  guint right = 0;

  for (guint i = 0; i < 300; i++)
    {
      guint32 categories[] = { i % 3, (i + 1) % 3 };
      gboolean both = i % 2 == 0;
      g_autofree char *first = engine_support_text (categories[0], i, 0.6);
      g_autofree char *second = engine_support_text (categories[both ? 1 : 0], 5000 + i, 0.6);
      g_autofree char *text = g_strconcat (first, " ", second, NULL);

      hone_corpus_add_labelled (corpus, "x", text, 1, categories, both ? 2 : 1);
    }
  model = train (corpus, HONE_CHOICE_SEVERAL, 3, 1, NULL);
  for (guint i = 0; i < 90; i++)
    {
      gboolean both = i % 2 == 0;
      g_autofree char *first = engine_support_text (i % 3, 90000 + i, 0.6);
      g_autofree char *second = engine_support_text (both ? (i + 1) % 3 : i % 3, 95000 + i, 0.6);
      g_autofree char *text = g_strconcat (first, " ", second, NULL);
      double p[3], confidence;
      guint chosen[3], n;

      ask (model, text, p);
      n = hone_ngrams_model_choose (model, p, chosen, &confidence);
      right += n == (both ? 2 : 1) && (chosen[0] == i % 3 || chosen[n - 1] == i % 3)
               && (!both || chosen[0] == (i + 1) % 3 || chosen[1] == (i + 1) % 3);
    }
  g_assert_cmpuint (right, >, 75);
}

static void
test_choose (void)
{
  HoneSigmoid sigmoids[] = { { 1, 0, 0.5 }, { 1, 0, 0.3 }, { 1, 0, 0.9 } };
  guint8 seen[] = { 1, 1, 1 };
  HoneNgramsModel model = { .choice = HONE_CHOICE_SEVERAL, .n_categories = 3, .sigmoids = sigmoids, .seen = seen };
  double some[] = { 0.6, 0.4, 0.8 }, none[] = { 0.1, 0.2, 0.85 }, confidence;
  guint chosen[3];

  g_assert_cmpuint (hone_ngrams_model_choose (&model, some, chosen, &confidence), ==, 2);
  g_assert_true (chosen[0] == 0 && chosen[1] == 1 && confidence == 0.4);
  g_assert_cmpuint (hone_ngrams_model_choose (&model, none, chosen, &confidence), ==, 1);
  g_assert_true (chosen[0] == 2 && confidence == 0.85);
  model.choice = HONE_CHOICE_ONE;
  g_assert_cmpuint (hone_ngrams_model_choose (&model, some, chosen, &confidence), ==, 1);
  g_assert_true (chosen[0] == 2 && confidence == 0.8);
}

/* What the events say about unseen texts is what unseen texts show. */
static void
test_metrics (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (4, 400, 0, 0.15);
  g_autoptr(HoneNgramsModel) model = NULL;
  int fd = memfd_create ("events", 0);
  g_autoptr(HoneEngineEvents) events = hone_engine_events_new (fd, NULL);
  char text[65536];
  double told;
  ssize_t n;
  char *at;

  model = train (corpus, HONE_CHOICE_ONE, 4, 1, events);
  n = pread (fd, text, sizeof text - 1, 0);
  text[MAX (n, 0)] = '\0';
  at = strstr (text, "\"cross_validated_accuracy\",\"value\":");
  g_assert_nonnull (at);
  told = g_ascii_strtod (at + strlen ("\"cross_validated_accuracy\",\"value\":"), NULL);
  g_assert_cmpfloat_with_epsilon (told, accuracy (model, 1000, 0.15), 0.07);
  g_assert_nonnull (strstr (text, "cross_validated_log_loss"));
  g_assert_nonnull (strstr (text, "\"stage\",\"name\":\"cross-validation\""));
  close (fd);
}

static void
test_too_large (void)
{
  g_auto(GStrv) keys = g_new0 (char *, HONE_NGRAMS_MAX_CATEGORIES + 1);
  g_autoptr(GError) error = NULL;
  HoneFeatureSpace *space = hone_feature_space_new (HONE_NGRAM_BUCKETS);
  g_autoptr(HoneNgramsModel) model = NULL;

  for (guint c = 0; c < HONE_NGRAMS_MAX_CATEGORIES; c++)
    keys[c] = g_strdup_printf ("%u", c);
  model = hone_ngrams_model_new (HONE_CHOICE_ONE, (const char *const *) keys, space, &error);
  g_assert_null (model);
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/ngrams/learns", test_learns);
  g_test_add_func ("/engine/ngrams/calibrated", test_calibrated);
  g_test_add_func ("/engine/ngrams/threads", test_threads);
  g_test_add_func ("/engine/ngrams/few", test_few);
  g_test_add_func ("/engine/ngrams/same-and-empty-texts", test_same_and_empty_texts);
  g_test_add_data_func ("/engine/ngrams/weights/3", GUINT_TO_POINTER (3), test_weights);
  g_test_add_data_func ("/engine/ngrams/weights/50", GUINT_TO_POINTER (50), test_weights);
  g_test_add_func ("/engine/ngrams/bayes-by-hand", test_bayes_by_hand);
  g_test_add_func ("/engine/ngrams/several", test_several);
  g_test_add_func ("/engine/ngrams/choose", test_choose);
  g_test_add_func ("/engine/ngrams/metrics", test_metrics);
  g_test_add_func ("/engine/ngrams/too-large", test_too_large);
  return g_test_run ();
}
