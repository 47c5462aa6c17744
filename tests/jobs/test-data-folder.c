/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in the data folder: what a project needs stays, also that of a project which cannot be found just now. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "jobs-support.h"
#include "jobs/hone-data-folder.h"

static HoneDataSurvey *
look (gint64 young)
{
  g_autoptr(GError) error = NULL;
  HoneDataSurvey *survey = hone_data_survey (young, NULL, &error);

  g_assert_no_error (error);
  return survey;
}

static char *
add_model (const char *name)
{
  g_autofree char *folder = hone_data_dup_folder ();
  char *path = g_build_filename (folder, "models", name, NULL);

  g_assert_true (g_file_set_contents (path, "a model", 7, NULL));
  return path;
}

static guint64
clean (const HoneDataSurvey *shown,
       gboolean              missing_gone)
{
  g_autoptr(GError) error = NULL;
  guint64 freed;

  g_assert_true (hone_data_clean (shown, missing_gone, 0, &freed, NULL, &error));
  g_assert_no_error (error);
  return freed;
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The path of the model of the only iteration that has one. */
static char *
model_of (HoneStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, "e", &error);

  g_assert_no_error (error);
  g_assert_nonnull (iteration->model);
  return hone_jobs_dup_model_path (iteration->model);
}

static char *
tune (HoneStore *store)
{
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  HoneRun *run;
  char *directory;

  options.experiment = "e";
  options.method = "ngrams";
  run = hone_tune (queue, &options, &error);
  g_assert_no_error (error);
  g_assert_true (hone_run_wait (run, &error));
  g_assert_no_error (error);
  directory = g_strdup (hone_run_get_directory (run));
  g_object_unref (run);
  return directory;
}

/* The number that somebody set reaches the engine. */
static void
test_threads (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("threads.hone");
  g_autofree char *directory = NULL, *file = NULL, *job = NULL;

  g_assert_cmpuint (hone_jobs_get_threads (), ==, g_get_num_processors ());
  hone_jobs_set_threads (3);
  g_assert_cmpuint (hone_jobs_get_threads (), ==, 3);
  directory = tune (store);
  file = g_build_filename (directory, "job.json", NULL);
  g_assert_true (g_file_get_contents (file, &job, NULL, NULL));
  g_assert_nonnull (strstr (job, "\"threads\":3,"));
  hone_jobs_set_threads (0);
}

static void
test_needed (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("needed.hone");
  g_autofree char *directory = tune (store), *model = model_of (store), *stray = add_model ("stray");
  g_autoptr(HoneDataSurvey) survey = look (0), young = look (HONE_DATA_YOUNG);

  g_assert_cmpuint (survey->counts[HONE_DATA_MODELS], ==, 2);
  g_assert_cmpuint (survey->counts[HONE_DATA_RUNS], ==, 1);
  g_assert_cmpuint (survey->sizes[HONE_DATA_MODELS], >, 7);
  g_assert_cmpuint (survey->missing->len, ==, 0);
  g_assert_cmpuint (survey->spare->len, ==, 1);
  g_assert_cmpuint (hone_data_sum (survey->spare), ==, 7);
  g_assert_cmpuint (young->spare->len, ==, 0);   /* it may be in the making */
  g_assert_cmpuint (clean (survey, FALSE), ==, 7);
  g_assert_false (exists (stray));
  g_assert_true (exists (model));
  g_assert_true (exists (directory));
}

/* A project that is away for a while keeps its things, and every model is kept for it. */
static void
test_missing (void)
{
  HoneStore *store = support_new_labelled ("missing.hone");
  g_autofree char *path = g_strdup (hone_store_get_path (store)), *away = g_strconcat (path, ".away", NULL);
  g_autofree char *directory = tune (store), *model = model_of (store), *stray = add_model ("stray");
  g_autoptr(HoneDataSurvey) survey = NULL, back = NULL, gone = NULL, after = NULL;

  g_assert_true (hone_store_close (store, NULL));
  g_object_unref (store);
  g_assert_cmpint (g_rename (path, away), ==, 0);
  survey = look (0);
  g_assert_cmpuint (survey->missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (survey->missing, 0), ==, path);
  g_assert_cmpuint (survey->spare->len, ==, 0);
  g_assert_cmpuint (survey->if_gone->len, ==, 3);
  g_assert_cmpuint (clean (survey, FALSE), ==, 0);
  g_assert_true (exists (model) && exists (stray) && exists (directory));

  /* It came back before anybody pressed the button: what was agreed on is looked at again. */
  g_assert_cmpint (g_rename (away, path), ==, 0);
  g_assert_cmpuint (clean (survey, TRUE), ==, 7);
  g_assert_true (exists (model) && exists (directory));

  g_assert_cmpint (g_unlink (path), ==, 0);
  gone = look (0);
  g_assert_cmpuint (gone->missing->len, ==, 1);
  g_assert_cmpuint (clean (gone, TRUE), ==, hone_data_sum (gone->if_gone));
  g_assert_false (exists (model) || exists (directory));
  after = look (0);
  g_assert_cmpuint (after->missing->len, ==, 0);
  g_assert_cmpuint (after->counts[HONE_DATA_RUNS], ==, 0);
}

/* Runs of a project that nobody wrote down: it was made before there was a list. */
static void
test_unknown (void)
{
  g_autofree char *folder = hone_data_dup_folder (), *uuid = g_uuid_string_random ();
  g_autofree char *runs = g_build_filename (folder, "runs", uuid, "run", NULL), *models = g_build_filename (folder, "models", NULL);
  g_autofree char *stray = NULL;
  g_autoptr(HoneDataSurvey) survey = NULL;

  g_assert_cmpint (g_mkdir_with_parents (runs, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (models, 0700), ==, 0);
  stray = add_model ("stray");
  survey = look (0);
  g_assert_cmpuint (survey->missing->len, ==, 1);
  g_assert_cmpuint (survey->spare->len, ==, 0);
  g_assert_cmpuint (clean (survey, FALSE), ==, 0);
  g_assert_true (exists (stray));
}

/* A deleted experiment needs its models no more. */
static void
test_deleted (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("deleted.hone");
  g_autofree char *directory = tune (store), *model = model_of (store);
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (store, "e", NULL);
  g_autoptr(HoneDataSurvey) survey = NULL;

  experiment->deleted = TRUE;
  g_assert_true (hone_store_update_experiment (store, experiment, NULL));
  survey = look (0);
  g_assert_cmpuint (survey->spare->len, ==, 1);
  g_assert_cmpuint (clean (survey, FALSE), >, 0);
  g_assert_false (exists (model));
  g_assert_true (exists (directory));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/data-folder/threads", test_threads);
  g_test_add_func ("/jobs/data-folder/needed", test_needed);
  g_test_add_func ("/jobs/data-folder/missing", test_missing);
  g_test_add_func ("/jobs/data-folder/unknown", test_unknown);
  g_test_add_func ("/jobs/data-folder/deleted", test_deleted);
  return g_test_run ();
}
