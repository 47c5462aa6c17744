/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "engine-support.h"
#include "hone-checkpoint.h"
#include "hone-engine-error.h"
#include "hone-model-file.h"
#include "hone-self-training.h"

enum { K = 4, LABELS = 8, UNLABELLED = 400 };
#define PURITY 0.25

static double
accuracy (gboolean          self_training,
          HoneTrainingSet **pseudo)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (K, LABELS, UNLABELLED, PURITY);
  g_auto(GStrv) keys = engine_support_keys (K);
  HoneNgramsOptions options = { HONE_CHOICE_ONE, (const char *const *) keys, 5, 1, self_training };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneNgramsModel) model = hone_ngrams_train (corpus, &options, NULL, NULL, pseudo, &error);
  g_autoptr(HoneNgramsReader) reader = NULL;
  guint right = 0;

  g_assert_no_error (error);
  reader = hone_ngrams_reader_new (model);
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *text = engine_support_text (i % K, 3000000 + i, PURITY);
      double p[K], confidence;
      guint chosen[K];

      hone_ngrams_reader_read (reader, text, strlen (text), p);
      hone_ngrams_model_choose (model, p, chosen, &confidence);
      right += chosen[0] == i % K;
    }
  return right / 400.0;
}

/* Eight labels and 400 texts without: the texts are worth much. */
static void
test_gains (void)
{
  g_autoptr(HoneTrainingSet) pseudo = NULL;
  double supervised = accuracy (FALSE, NULL), self_trained = accuracy (TRUE, &pseudo);
  guint counts[K] = { 0 }, right = 0;

  g_test_message ("supervised %.3f, self-trained %.3f", supervised, self_trained);
  g_assert_cmpfloat (self_trained, >, supervised + 0.1);

  /* 4/5 of the texts at most, each category within its share; labels first. */
  g_assert_cmpuint (pseudo->rows->len, >, LABELS + UNLABELLED / 2);
  g_assert_cmpuint (pseudo->rows->len, <=, LABELS + UNLABELLED * 4 / 5);
  for (guint i = 0; i < pseudo->rows->len; i++)
    {
      guint32 row = g_array_index (pseudo->rows, guint32, i);
      gsize n;
      const guint32 *categories = hone_training_set_get (pseudo, i, &n);

      g_assert_cmpuint (n, ==, 1);
      g_assert_true (i < LABELS ? row == i : row >= LABELS && row < LABELS + UNLABELLED);
      counts[categories[0]] += i >= LABELS;
      right += i >= LABELS && categories[0] == row % K;
    }
  for (guint c = 0; c < K; c++)
    g_assert_cmpuint (counts[c], <=, UNLABELLED / 5 + 1);
  g_assert_cmpfloat ((double) right / (pseudo->rows->len - LABELS), >, 0.6);
}

/* Without texts to learn from it is the same as without self-training. */
static void
test_no_texts (void)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (K, 40, 0, 0.5);
  g_auto(GStrv) keys = engine_support_keys (K);
  HoneNgramsOptions options = { HONE_CHOICE_ONE, (const char *const *) keys, 5, 1, TRUE };
  g_autoptr(HoneTrainingSet) pseudo = NULL;
  g_autoptr(HoneNgramsModel) model = hone_ngrams_train (corpus, &options, NULL, NULL, &pseudo, NULL);

  g_assert_nonnull (model);
  g_assert_null (pseudo);
}

static volatile int stop_now;

typedef struct {
  char *directory;
  char *checkpoint;
  char *model;
} Paths;

static char *
train_here (const Paths        *paths,
            HoneChoice          choice,
            const volatile int *stop,
            GError            **error)
{
  static const guint8 job[32] = "this job";
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (K, 40, 60, 0.4);
  g_auto(GStrv) keys = engine_support_keys (K);
  HoneNgramsOptions options = { choice, (const char *const *) keys, 5, 1, TRUE };
  g_autoptr(HoneEngineEvents) events = hone_engine_events_new (-1, stop);
  g_autoptr(HoneCheckpoint) checkpoint = hone_checkpoint_new (paths->checkpoint, job, events);
  g_autoptr(HoneNgramsModel) model = hone_ngrams_train (corpus, &options, checkpoint, events, NULL, error);

  return model != NULL ? hone_model_file_save (model, paths->model, error) : NULL;
}

static gpointer
stop_soon (gpointer data)
{
  g_usleep (GPOINTER_TO_UINT (data));
  g_atomic_int_set (&stop_now, 1);
  return NULL;
}

/* Interrupted over and over at odd moments, and gone on each time: the same bytes as without. */
static void
test_resume (gconstpointer data)
{
  HoneChoice choice = GPOINTER_TO_INT (data);
  g_autofree char *directory = engine_support_directory ();
  g_autofree char *checkpoint = g_build_filename (directory, "checkpoint", NULL);
  g_autofree char *path = g_build_filename (directory, "model", NULL);
  Paths paths = { directory, checkpoint, path };
  static const volatile int never = 0;
  g_autofree char *whole = train_here (&paths, choice, &never, NULL);
  g_autofree char *resumed = NULL;
  guint n_interrupted = 0;

  g_assert_nonnull (whole);
  for (guint wait = 2000; resumed == NULL; wait += 7000)
    {
      g_autoptr(GError) error = NULL;
      GThread *thread;

      g_atomic_int_set (&stop_now, 0);
      thread = g_thread_new ("stop", stop_soon, GUINT_TO_POINTER (wait));
      resumed = train_here (&paths, choice, &stop_now, &error);
      g_thread_join (thread);
      if (resumed == NULL)
        g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED);
      n_interrupted += resumed == NULL;
    }
  g_test_message ("interrupted %u times", n_interrupted);
  g_assert_cmpuint (n_interrupted, >, 0);
  g_assert_cmpstr (whole, ==, resumed);
  engine_support_remove (directory);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/self-training/gains", test_gains);
  g_test_add_func ("/engine/self-training/no-texts", test_no_texts);
  g_test_add_data_func ("/engine/self-training/resume/one", GINT_TO_POINTER (HONE_CHOICE_ONE), test_resume);
  g_test_add_data_func ("/engine/self-training/resume/several", GINT_TO_POINTER (HONE_CHOICE_SEVERAL), test_resume);
  return g_test_run ();
}
