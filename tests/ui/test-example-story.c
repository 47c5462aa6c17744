/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/hone-example-count.h"
#include "model/hone-example-story.h"
#include "ui-support.h"

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static HoneExampleStory *
read_story (HoneProject *project,
            gint64       id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  HoneExampleStory *story;

  hone_example_story_read_async (project, id, NULL, keep_result, &result);
  ui_support_wait (has_result, &result);
  story = hone_example_story_read_finish (project, result, &error);
  g_assert_no_error (error);
  return story;
}

/* An iteration that answered ODD for every text of train. */
static gint64
add_answers (HoneStore *store,
             guint      n)
{
  HoneExperiment experiment = { .name = (char *) "x", .provider = (char *) "engine", .settings = (char *) "{}" };
  g_autoptr(HoneCategorySet) odd = hone_category_set_new_single (2);
  g_autoptr(GError) error = NULL;
  HoneIteration iteration = { .ontology_version = hone_store_get_ontology_version (store), .template_hash = (char *) "0",
                              .settings = (char *) "{}" };

  iteration.experiment_id = hone_store_add_experiment (store, &experiment, &error);
  g_assert_no_error (error);
  iteration.id = hone_store_add_iteration (store, &iteration, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= n; i++)
    {
      HonePrediction prediction = { .example_id = i, .outcome = HONE_OUTCOME_ANSWERED, .categories = odd, .confidence = .75 };

      g_assert_true (hone_store_add_predictions (store, iteration.id, &prediction, 1, &error));
    }
  g_assert_true (hone_store_publish_iteration (store, &iteration, &error));
  g_assert_true (hone_store_publish_predictions (store, iteration.id, HONE_SPLIT_TRAIN, &error));
  g_assert_no_error (error);
  return iteration.id;
}

static void
test_story (void)
{
  g_autofree char *path = ui_support_new_project (4);
  g_autoptr(HoneProject) project = ui_support_open (path);
  HoneStore *store = hone_project_get_store (project);
  gint64 iteration = add_answers (store, 4);
  g_autoptr(HoneExampleStory) labelled = read_story (project, 2);
  g_autoptr(HoneExampleStory) plain = read_story (project, 1);
  const HoneStoryAnswer *answer;

  g_assert_cmpstr (labelled->example->text, ==, "text 1");
  g_assert_cmpuint (labelled->labels->len, ==, 1);
  g_assert_cmpstr (((HoneLabel *) g_ptr_array_index (labelled->labels, 0))->author, ==, "import");
  g_assert_null (labelled->known);
  g_assert_cmpuint (labelled->answers->len, ==, 1);
  answer = g_ptr_array_index (labelled->answers, 0);
  g_assert_cmpint (answer->iteration->id, ==, iteration);
  g_assert_cmpfloat (answer->answer->confidence, ==, .75);
  g_assert_cmpuint (plain->labels->len, ==, 0);
  g_assert_null (read_story (project, 77));
  ui_support_close (project);
}

/* Looking at label and answers of a test text is on record, once for each iteration that is shown. */
static void
test_opening (void)
{
  g_autofree char *path = ui_support_new_project (4);
  g_autoptr(HoneProject) project = ui_support_open (path);
  HoneStore *store = hone_project_get_store (project);
  g_autoptr(HoneExampleStory) story = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  add_answers (store, 4);
  story = read_story (project, 2);
  g_assert_cmpuint (hone_store_count_openings (store, NULL), ==, 0);
  hone_example_story_open_async (project, story, keep_result, &result);
  ui_support_wait (has_result, &result);
  g_assert_true (hone_example_story_open_finish (project, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hone_store_count_openings (store, NULL), ==, 1);
  ui_support_close (project);
}

static gboolean
is_known (gpointer count)
{
  return hone_example_count_get_known (count);
}

static gboolean
shows_250 (gpointer count)
{
  return hone_example_count_get_shown (count) == 250;
}

static gboolean
has_999 (gpointer count)
{
  return hone_example_count_get_all (count) == 999;
}

/* The count follows the filter and the project. */
static void
test_count (void)
{
  g_autofree char *path = ui_support_new_project (1000);
  g_autoptr(HoneProject) project = ui_support_open (path);
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  HoneExampleCount *count = hone_example_count_new (project, selection);
  g_autofree char *before = hone_example_count_dup_words (count), *all = NULL, *some = NULL;
  HoneFilter filter = HONE_FILTER_ALL;
  const gint64 gone = 1;

  g_assert_cmpstr (before, ==, "");
  ui_support_wait (is_known, count);
  all = hone_example_count_dup_words (count);
  g_assert_cmpstr (all, ==, "1000 texts");   /* the C locale groups nothing */
  filter.category = 2;
  hone_selection_set_filter (selection, &filter);
  ui_support_wait (shows_250, count);
  some = hone_example_count_dup_words (count);
  g_assert_cmpstr (some, ==, "250 of 1000 texts");

  g_assert_cmpint (hone_store_delete_examples (hone_project_get_store (project), &gone, 1, NULL), >, 0);
  hone_project_changed (project, HONE_PROJECT_EXAMPLES);
  ui_support_wait (has_999, count);
  g_assert_cmpuint (hone_example_count_get_shown (count), ==, 250);
  g_assert_finalize_object (count);
  ui_support_close (project);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/example-story/story", test_story);
  g_test_add_func ("/ui/example-story/opening", test_opening);
  g_test_add_func ("/ui/example-story/count", test_count);
  return g_test_run ();
}
