/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "engine-support.h"
#include "hone-engine-error.h"
#include "hone-engine-job.h"
#include "hone-ngrams-model.h"

#define CATEGORIES "\"categories\":[{\"key\":\"A\",\"name\":\"a\",\"definition\":null},{\"key\":\"B\"}]"
#define HEAD       "\"protocol\":1,\"kind\":\"train\",\"choice\":\"one\""

static void
test_good (void)
{
  const char *text = "{" HEAD "," CATEGORIES ",\"method\":\"ngrams\",\"base_model\":null,\"parent_model\":\"/m\",\"seed\":-1,\"threads\":100000,"
                     "\"news\":{\"a\":[1]},\"hyperparameters\":{\"self_training\":\"true\",\"epochs\":3}}\n";
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneEngineJob) job = hone_engine_job_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (job->kind, ==, "train");
  g_assert_cmpstr (job->method, ==, "ngrams");
  g_assert_null (job->base_model);
  g_assert_cmpstr (job->parent_model, ==, "/m");
  g_assert_cmpuint (job->seed, ==, G_MAXUINT64);
  g_assert_cmpuint (job->threads, ==, HONE_ENGINE_MAX_THREADS);
  g_assert_cmpuint (job->n_categories, ==, 2);
  g_assert_cmpstr (job->keys[1], ==, "B");
  g_assert_true (job->self_training);
  g_assert_cmpstr (job->unknown[0], ==, "epochs");
  g_assert_null (job->unknown[1]);
}

static void
test_defaults (void)
{
  const char *text = "{" HEAD "," CATEGORIES "}";
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneEngineJob) job = hone_engine_job_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (job->threads, ==, 1);
  g_assert_false (job->self_training);
  g_assert_null (job->unknown[0]);
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneEngineJob) job = hone_engine_job_parse (text, length, &error);

  g_assert_null (job);
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_JOB);
  g_assert_nonnull (strstr (error->message, "job.json"));
}

static void
test_bad (void)
{
  static const char *const texts[] = {
    "", "{", "[]", "null", "1", "rubbish", "{}", "{\"protocol\":1}", "{" HEAD "}x", "{" HEAD "," CATEGORIES "} {}",
    "{\"protocol\":2,\"kind\":\"train\",\"choice\":\"one\"," CATEGORIES "}",
    "{\"protocol\":\"1\",\"kind\":\"train\",\"choice\":\"one\"," CATEGORIES "}",
    "{\"protocol\":1,\"kind\":7,\"choice\":\"one\"," CATEGORIES "}",
    "{\"protocol\":1,\"kind\":\"train\",\"choice\":\"both\"," CATEGORIES "}",
    "{" HEAD "}", "{" HEAD ",\"categories\":{}}", "{" HEAD ",\"categories\":[]}", "{" HEAD ",\"categories\":[1]}",
    "{" HEAD ",\"categories\":[{}]}", "{" HEAD ",\"categories\":[{\"key\":\"\"}]}", "{" HEAD ",\"categories\":[{\"key\":[]}]}",
    "{" HEAD ",\"categories\":[{\"key\":\"A\"},{\"key\":\"A\"}]}",
    "{" HEAD "," CATEGORIES ",\"threads\":0}", "{" HEAD "," CATEGORIES ",\"threads\":1.5}", "{" HEAD "," CATEGORIES ",\"seed\":\"x\"}",
    "{" HEAD "," CATEGORIES ",\"hyperparameters\":[]}", "{" HEAD "," CATEGORIES ",\"hyperparameters\":{\"self_training\":\"maybe\"}}",
    "{" HEAD "," CATEGORIES ",\"parent_model\":{}}", "{" HEAD "," CATEGORIES ",\"x\":\"\xff\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
  assert_refused ("{" HEAD ",\0}", sizeof "{" HEAD ",\0}" - 1);
}

/* json-glib alone would run out of stack. */
static void
test_deep (void)
{
  g_autoptr(GString) text = g_string_new ("{\"a\":");

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  assert_refused (text->str, text->len);
}

static void
test_many_categories (void)
{
  for (guint extra = 0; extra <= 1; extra++)
    {
      g_autoptr(GString) text = g_string_new ("{" HEAD ",\"categories\":[{\"key\":\"first\"}");
      g_autoptr(HoneEngineJob) job = NULL;
      g_autoptr(GError) error = NULL;

      for (guint i = 1; i < HONE_NGRAMS_MAX_CATEGORIES + extra; i++)
        g_string_append_printf (text, ",{\"key\":\"%u\"}", i);
      g_string_append (text, "]}");
      job = hone_engine_job_parse (text->str, text->len, &error);
      g_assert_true ((job != NULL) == (extra == 0));
    }
}

static void
test_files (void)
{
  g_autofree char *directory = engine_support_directory ();
  g_autofree char *path = g_build_filename (directory, "job.json", NULL);
  g_autoptr(HoneEngineJob) job = NULL;
  g_autoptr(HoneEngineJob) none = NULL;
  g_autoptr(HoneEngineJob) folder = NULL;
  g_autoptr(GError) error = NULL;

  none = hone_engine_job_load (path, &error);
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_JOB);
  g_clear_error (&error);
  folder = hone_engine_job_load (directory, &error);
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_JOB);
  g_clear_error (&error);
  engine_support_write (directory, "job.json", "{" HEAD ",\n\n" CATEGORIES "\n}\n");
  job = hone_engine_job_load (path, &error);
  g_assert_no_error (error);
  engine_support_remove (directory);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/job/good", test_good);
  g_test_add_func ("/engine/job/defaults", test_defaults);
  g_test_add_func ("/engine/job/bad", test_bad);
  g_test_add_func ("/engine/job/deep", test_deep);
  g_test_add_func ("/engine/job/many-categories", test_many_categories);
  g_test_add_func ("/engine/job/files", test_files);
  return g_test_run ();
}
