/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "engine-support.h"
#include "hone-engine-error.h"
#include "hone-feature-matrix.h"

static HoneFeatureMatrix *
make (const HoneCorpus *corpus,
      guint             n_threads)
{
  g_autoptr(GError) error = NULL;
  HoneFeatureMatrix *matrix = hone_feature_matrix_new (corpus, n_threads, NULL, &error);

  g_assert_no_error (error);
  return matrix;
}

static float
value_of (const HoneFeatureMatrix *matrix,
          gsize                    row,
          guint32                  bucket)
{
  for (const HoneNode *node = matrix->nodes + matrix->starts[row]; node->index <= (gint32) matrix->space->n_features; node++)
    if (matrix->space->buckets[node->index - 1] == bucket)
      return node->x;
  return 0;
}

static guint32
first_bucket (const char *word)
{
  g_autoptr(HoneNgramCounter) counter = hone_ngram_counter_new ();
  gsize n;

  return hone_ngram_counter_count (counter, word, strlen (word), &n)[0].bucket;
}

/* Two texts by hand: idf of n-grams of both is ln (3/3) + 1, of one ln (3/2) + 1. */
static void
test_values (void)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  guint32 category = 0;
  double rare = log (3.0 / 2) + 1, often = 1, length;

  hone_corpus_add_labelled (corpus, "1", "red red car", 1, &category, 1);
  hone_corpus_add_labelled (corpus, "2", "car", 1, &category, 1);
  matrix = make (corpus, 1);

  /* red twice: (1 + ln 2) · rare; car; "red red" and "red car" once each */
  length = sqrt (pow ((1 + log (2)) * rare, 2) + often * often + 2 * rare * rare);
  g_assert_cmpfloat_with_epsilon (value_of (matrix, 0, first_bucket ("red")), (1 + log (2)) * rare / length, 1e-6);
  g_assert_cmpfloat_with_epsilon (value_of (matrix, 0, first_bucket ("car")), often / length, 1e-6);
  g_assert_cmpfloat_with_epsilon (value_of (matrix, 1, first_bucket ("car")), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (matrix->space->idf_unseen, log (3) + 1, 1e-6);
}

static void
test_lengths (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (3, 50, 0, 0.5);
  g_autoptr(HoneFeatureMatrix) matrix = make (corpus, 1);

  for (gsize row = 0; row < matrix->n_rows; row++)
    {
      double squares[2] = { 0, 0 };
      const HoneNode *node = matrix->nodes + matrix->starts[row];

      for (; node->index <= (gint32) matrix->space->n_features; node++)
        squares[matrix->space->buckets[node->index - 1] / HONE_NGRAM_BLOCK_SIZE] += (double) node->x * node->x;
      g_assert_cmpfloat_with_epsilon (squares[0], 1, 1e-5);
      g_assert_cmpfloat_with_epsilon (squares[1], 1, 1e-5);
      g_assert_cmpfloat (node->x, ==, 1);        /* the bias */
      g_assert_cmpint (node[1].index, ==, -1);
    }
}

/* Features of many texts come first, then those of one text side by side. */
static void
test_order (void)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  guint32 category = 0;

  hone_corpus_add_labelled (corpus, "1", "aa xx", 1, &category, 1);
  hone_corpus_add_labelled (corpus, "2", "bb xx", 1, &category, 1);
  matrix = make (corpus, 1);

  /* "xx" with its three strings of characters; then as many again of each text, and the pair of words */
  g_assert_cmpuint (matrix->space->n_features, ==, 4 + 5 + 5);
  for (gsize row = 0; row < 2; row++)
    for (const HoneNode *node = matrix->nodes + matrix->starts[row]; node->index <= (gint32) matrix->space->n_features; node++)
      g_assert_true (node->index <= 4 || (node->index > 4 + 5 * (gint32) row && node->index <= 9 + 5 * (gint32) row));
}

/* N-grams that no training text had make a text longer and are then gone. */
static void
test_unseen (void)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  g_autoptr(HoneNgramCounter) counter = hone_ngram_counter_new ();
  HoneNode nodes[64];
  guint32 category = 0;
  gsize n_counts, n;
  const HoneNgramCount *counts;

  hone_corpus_add_labelled (corpus, "1", "red", 1, &category, 1);
  matrix = make (corpus, 1);
  counts = hone_ngram_counter_count (counter, "red xyzzy", 9, &n_counts);
  n = hone_feature_space_weigh (matrix->space, counts, n_counts, nodes);
  g_assert_cmpuint (n, ==, 1 + 6);
  for (gsize i = 0; i < n; i++)
    g_assert_true (nodes[i].x > 0 && nodes[i].x < 1);
}

static void
test_empty (void)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneFeatureMatrix) matrix = NULL;
  guint32 category = 0;

  hone_corpus_add_labelled (corpus, "1", "", 1, &category, 1);
  matrix = make (corpus, 4);
  g_assert_cmpuint (matrix->space->n_features, ==, 0);
  g_assert_cmpint (matrix->nodes[0].index, ==, 1);
  g_assert_cmpint (matrix->nodes[1].index, ==, -1);
}

static void
test_threads (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (5, 3000, 500, 0.5);
  g_autoptr(HoneFeatureMatrix) one = make (corpus, 1);

  for (guint threads = 2; threads <= 8; threads *= 2)
    {
      g_autoptr(HoneFeatureMatrix) many = make (corpus, threads);
      gsize n_nodes = one->starts[one->n_rows];

      g_assert_cmpmem (one->space->buckets, one->space->n_features * sizeof (guint32),
                       many->space->buckets, many->space->n_features * sizeof (guint32));
      g_assert_cmpmem (one->space->idf, one->space->n_features * sizeof (float), many->space->idf, many->space->n_features * sizeof (float));
      g_assert_cmpuint (n_nodes, ==, many->starts[many->n_rows]);
      for (gsize i = 0; i < n_nodes; i++)
        g_assert_true (one->nodes[i].index == many->nodes[i].index && one->nodes[i].x == many->nodes[i].x);
    }
}

static void
test_stopping (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (3, 1000, 0, 0.5);
  volatile int stop = 1;
  g_autoptr(HoneEngineEvents) events = hone_engine_events_new (-1, &stop);
  g_autoptr(GError) error = NULL;

  g_assert_null (hone_feature_matrix_new (corpus, 2, events, &error));
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/feature-matrix/values", test_values);
  g_test_add_func ("/engine/feature-matrix/lengths", test_lengths);
  g_test_add_func ("/engine/feature-matrix/order", test_order);
  g_test_add_func ("/engine/feature-matrix/unseen", test_unseen);
  g_test_add_func ("/engine/feature-matrix/empty", test_empty);
  g_test_add_func ("/engine/feature-matrix/threads", test_threads);
  g_test_add_func ("/engine/feature-matrix/stopping", test_stopping);
  return g_test_run ();
}
