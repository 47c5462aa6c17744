/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "engine-support.h"
#include "hone-engine-error.h"
#include "hone-engine-texts.h"

static HoneCorpus *
load_with (const char       *choice,
           const char       *train,
           const char       *unlabelled,
           HoneEngineEvents *events,
           GError          **error)
{
  g_autofree char *directory = engine_support_directory ();
  g_autofree char *path = g_build_filename (directory, "job.json", NULL);
  g_autoptr(HoneEngineJob) job = NULL;
  HoneCorpus *corpus;

  engine_support_write_job (directory, "train", choice, 3, NULL);
  job = hone_engine_job_load (path, NULL);
  g_assert_nonnull (job);
  if (train != NULL)
    engine_support_write (directory, "train.jsonl", train);
  if (unlabelled != NULL)
    engine_support_write (directory, "unlabelled.jsonl", unlabelled);
  corpus = hone_engine_texts_load (directory, job, TRUE, events, error);
  engine_support_remove (directory);
  return corpus;
}

static HoneCorpus *
load (const char *choice,
      const char *train,
      const char *unlabelled,
      GError    **error)
{
  return load_with (choice, train, unlabelled, NULL, error);
}

static void
test_good (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCorpus) corpus = load ("several",
    "{\"id\":\"1\",\"text\":\"eins\",\"categories\":[\"A\",\"C\",\"A\"],\"weight\":0.5,\"more\":[]}\n"
    "\n"
    "{\"id\":\"2\",\"text\":\"z\\u00fc\",\"categories\":[]}\r\n"
    "{\"id\":\"3\",\"text\":\"drei\",\"categories\":[\"B\"],\"weight\":0}\n",
    "{\"id\":\"4\",\"text\":\"\"}", &error);
  const guint32 *categories;
  gsize n;

  g_assert_no_error (error);
  g_assert_cmpuint (corpus->n_labelled, ==, 2);     /* weight 0 is passed over */
  g_assert_cmpuint (corpus->n_texts, ==, 3);
  categories = hone_corpus_get_categories (corpus, 0, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (categories[1], ==, 2);
  g_assert_cmpfloat (hone_corpus_get_weight (corpus, 0), ==, 0.5);
  g_assert_cmpfloat (hone_corpus_get_weight (corpus, 1), ==, 1);
  hone_corpus_get_categories (corpus, 1, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpstr (hone_corpus_get_text (corpus, 1, &n), ==, "zü");
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (hone_corpus_get_id (corpus, 2), ==, "4");
}

static void
assert_bad (const char *train,
            const char *unlabelled,
            const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCorpus) corpus = load ("one", train, unlabelled, &error);

  g_assert_null (corpus);
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA);
  if (strstr (error->message, wanted) == NULL)
    g_error ("“%s” does not say “%s”", error->message, wanted);
}

#define GOOD "{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"A\"]}\n"

static void
test_bad (void)
{
  assert_bad (NULL, NULL, "train.jsonl");
  assert_bad ("", NULL, "train.jsonl");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"A\"],\"weight\":0}\n", NULL, "train.jsonl");
  assert_bad (GOOD "rubbish\n", NULL, "Line 2");
  assert_bad (GOOD "\n{\"id\":\"2\"", NULL, "Line 3");
  assert_bad ("{\"id\":1,\"text\":\"x\",\"categories\":[\"A\"]}\n", NULL, "“id”");
  assert_bad ("{\"text\":\"x\",\"categories\":[\"A\"]}\n", NULL, "“id”");
  assert_bad ("{\"id\":\"1\",\"categories\":[\"A\"]}\n", NULL, "“text”");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\"}\n", NULL, "“categories”");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"D\"]}\n", NULL, "“D”");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[1]}\n", NULL, "not a category");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[]}\n", NULL, "0 categories");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"A\",\"B\"]}\n", NULL, "2 categories");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"A\"],\"weight\":-1}\n", NULL, "weight");
  assert_bad ("{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"A\"],\"weight\":\"2\"}\n", NULL, "weight");
  assert_bad ("{\"id\":\"1\",\"text\":\"\xff\",\"categories\":[\"A\"]}\n", NULL, "UTF-8");
  assert_bad (GOOD, "{\"id\":\"2\"}\n", "unlabelled.jsonl");
}

/* Longer than a block, over and over, and one that no text should be. */
static void
test_long_lines (void)
{
  g_autofree char *directory = engine_support_directory ();
  g_autofree char *path = g_build_filename (directory, "lines", NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(HoneEngineLines) lines = NULL;
  g_autoptr(HoneEngineLines) huge = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  for (guint i = 1; i <= 3; i++)
    {
      for (guint k = 0; k < 400000 * i; k++)
        g_string_append_c (text, (char) ('a' + i));
      g_string_append_c (text, '\n');
    }
  engine_support_write (directory, "lines", text->str);
  lines = hone_engine_lines_open (path, &error);
  for (guint i = 1; i <= 3; i++)
    {
      const char *line = hone_engine_lines_next (lines, &length, &error);

      g_assert_cmpuint (length, ==, 400000 * i);
      g_assert_true (line[0] == (char) ('a' + i) && line[length - 1] == line[0]);
      g_assert_cmpuint (hone_engine_lines_nth (lines), ==, i);
    }
  g_assert_null (hone_engine_lines_next (lines, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (hone_engine_lines_part (lines), ==, 1);

  g_string_set_size (text, HONE_ENGINE_MAX_LINE + 2);
  memset (text->str, 'x', text->len);
  engine_support_write (directory, "lines", text->str);
  huge = hone_engine_lines_open (path, NULL);
  g_assert_null (hone_engine_lines_next (huge, &length, &error));
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA);
  engine_support_remove (directory);
}

static void
test_stopping (void)
{
  volatile int stop = 1;
  g_autoptr(HoneEngineEvents) events = hone_engine_events_new (-1, &stop);
  g_autoptr(GError) error = NULL;

  g_assert_null (load_with ("one", "{\"id\":\"1\",\"text\":\"x\",\"categories\":[\"A\"]}\n", NULL, events, &error));
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/texts/good", test_good);
  g_test_add_func ("/engine/texts/bad", test_bad);
  g_test_add_func ("/engine/texts/long-lines", test_long_lines);
  g_test_add_func ("/engine/texts/stopping", test_stopping);
  return g_test_run ();
}
