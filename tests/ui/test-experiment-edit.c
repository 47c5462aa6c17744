/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Renaming, archiving, duplicating, deleting experiments, and bringing them back. */
#include "config.h"

#include "model/hone-experiment-edit.h"
#include "store/hone-store-runs.h"
#include "ui-support.h"

typedef struct {
  HoneProject *project;
  gint64       iteration;
  gint64       experiment;
} Fixture;

static HoneStore *
store_of (Fixture *fixture)
{
  return hone_project_get_store (fixture->project);
}

static gint64
experiment_of (HoneStore *store,
               gint64     iteration_id)
{
  g_autoptr(HoneIteration) iteration = hone_store_get_iteration (store, iteration_id, NULL);

  return iteration->experiment_id;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = ui_support_new_project (20);

  fixture->project = ui_support_open (path);
  ui_support_move_to_validation (store_of (fixture));
  fixture->iteration = ui_support_add_iteration (store_of (fixture), "first", 5);
  fixture->experiment = experiment_of (store_of (fixture), fixture->iteration);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
}

/* ---- waiting for one change ---- */

typedef struct {
  gboolean        done;
  HoneExperiment *experiment;
  GError         *error;
} Answer;

static void
keep (GObject      *project,
      GAsyncResult *result,
      gpointer      data)
{
  Answer *answer = data;

  answer->experiment = hone_experiment_change_finish (HONE_PROJECT (project), result, &answer->error);
  answer->done = TRUE;
}

static gboolean
is_done (gpointer answer)
{
  return ((Answer *) answer)->done;
}

static HoneExperiment *
change (Fixture               *fixture,
        HoneExperimentChange   what,
        const char            *name,
        const char            *note,
        GError               **error)
{
  Answer answer = { 0 };

  hone_experiment_change_async (fixture->project, fixture->experiment, what, name, note, keep, &answer);
  ui_support_wait (is_done, &answer);
  g_assert_true ((answer.experiment == NULL) != (answer.error == NULL));
  if (answer.error)
    g_propagate_error (error, answer.error);
  return answer.experiment;
}

static HoneExperiment *
restore (Fixture        *fixture,
         HoneExperiment *deleted)
{
  Answer answer = { 0 };

  hone_experiment_restore_async (fixture->project, deleted, keep, &answer);
  ui_support_wait (is_done, &answer);
  g_assert_no_error (answer.error);
  return answer.experiment;
}

/* ---- tests ---- */

static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) renamed = change (fixture, HONE_EXPERIMENT_RENAME, "second", "tried it", &error);
  g_autoptr(HoneExperiment) found = NULL, refused = NULL, without = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (renamed->name, ==, "second");
  found = hone_store_find_experiment (store_of (fixture), "second", &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->id, ==, fixture->experiment);
  g_assert_cmpstr (found->note, ==, "tried it");
  g_assert_cmpstr (found->method, ==, "ngrams");
  without = change (fixture, HONE_EXPERIMENT_RENAME, "second", "", &error);
  g_assert_no_error (error);
  g_assert_null (without->note);

  ui_support_add_iteration (store_of (fixture), "third", 5);
  refused = change (fixture, HONE_EXPERIMENT_RENAME, "third", NULL, &error);
  g_assert_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS);
}

static void
test_archive (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) noted = change (fixture, HONE_EXPERIMENT_RENAME, "first", "kept", &error);
  g_autoptr(HoneExperiment) archived = change (fixture, HONE_EXPERIMENT_ARCHIVE, NULL, NULL, &error);
  g_autoptr(HoneExperiment) found = hone_store_find_experiment (store_of (fixture), "first", &error), back = NULL;

  g_assert_no_error (error);
  g_assert_true (archived->archived);
  g_assert_true (found->archived);
  g_assert_cmpstr (found->note, ==, "kept");
  back = change (fixture, HONE_EXPERIMENT_UNARCHIVE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (back->archived);
}

static void
test_duplicate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) copy = change (fixture, HONE_EXPERIMENT_DUPLICATE, NULL, NULL, &error);
  g_autoptr(GPtrArray) iterations = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (copy->id, !=, fixture->experiment);
  g_assert_cmpstr (copy->name, ==, "first (2)");
  g_assert_cmpstr (copy->method, ==, "ngrams");
  iterations = hone_store_list_iterations (store_of (fixture), copy->id, &error);
  g_assert_cmpuint (iterations->len, ==, 0);
}

/* What was deleted comes back with all it had, and under a free name where its own is taken. */
static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) deleted = change (fixture, HONE_EXPERIMENT_DELETE, NULL, NULL, &error);
  g_autoptr(HoneExperiment) back = NULL, again = NULL, second = NULL;
  g_autoptr(GPtrArray) iterations = NULL;
  guint64 n_missing;

  g_assert_no_error (error);
  g_assert_null (hone_store_find_experiment (store_of (fixture), "first", NULL));
  back = restore (fixture, deleted);
  g_assert_cmpstr (back->name, ==, "first");
  iterations = hone_store_list_iterations (store_of (fixture), fixture->experiment, &error);
  g_assert_cmpuint (iterations->len, ==, 1);
  g_assert_true (hone_store_has_predictions (store_of (fixture), fixture->iteration, HONE_SPLIT_VALIDATION, &n_missing, &error));
  g_assert_cmpuint (n_missing, ==, 0);

  again = change (fixture, HONE_EXPERIMENT_DELETE, NULL, NULL, &error);
  ui_support_add_iteration (store_of (fixture), "first", 3);
  second = restore (fixture, again);
  g_assert_cmpstr (second->name, ==, "first (2)");
  g_assert_true (hone_store_check (store_of (fixture), &error));
  g_assert_no_error (error);
}

/* A kill right after a deletion loses nothing: the mark is in the file. */
static void
test_delete_lasts (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) deleted = change (fixture, HONE_EXPERIMENT_DELETE, NULL, NULL, &error);
  g_autoptr(HoneStore) other = hone_store_open (hone_project_get_path (fixture->project), HONE_STORE_READ, &error);
  g_autoptr(GPtrArray) seen = NULL;

  g_assert_no_error (error);
  seen = hone_store_list_experiments (other, &error);
  g_assert_cmpuint (seen->len, ==, 0);
  hone_store_close (other, NULL);
}

/* A paused run stands for one that runs: it goes on some day. The queue knows it only once the project is opened again. */
static void
add_run (Fixture    *fixture,
         gint64      iteration,
         const char *parameters)
{
  g_autoptr(GError) error = NULL;
  HoneRunRecord run = { .uuid = (char *) "a-run", .kind = (char *) "tune", .title = (char *) "Tune first", .state = HONE_RUN_PAUSED,
                        .parameters = (char *) parameters, .iteration_id = iteration, .created = 1 };

  g_assert_cmpint (hone_store_add_run (store_of (fixture), &run, &error), >, 0);
  g_assert_true (hone_run_queue_recover (hone_project_get_queue (fixture->project), &error));
  g_assert_no_error (error);
}

static void
test_running (Fixture       *fixture,
              gconstpointer  with_iteration)
{
  g_autoptr(GError) error = NULL, renaming = NULL;
  g_autoptr(HoneExperiment) noted = NULL;

  add_run (fixture, with_iteration ? fixture->iteration : 0, with_iteration ? "{}" : "{\"experiment\":\"first\"}");
  g_assert_null (change (fixture, HONE_EXPERIMENT_DELETE, NULL, NULL, &error));
  g_assert_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "cancel the run first"));
  g_assert_null (change (fixture, HONE_EXPERIMENT_RENAME, "other", NULL, &renaming));
  g_assert_error (renaming, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  noted = change (fixture, HONE_EXPERIMENT_RENAME, "first", "its name stays", &error);
  g_assert_no_error (error);
}

#define ADD(name, func, data) g_test_add ("/ui/experiment-edit/" name, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rename", test_rename, NULL);
  ADD ("archive", test_archive, NULL);
  ADD ("duplicate", test_duplicate, NULL);
  ADD ("delete", test_delete, NULL);
  ADD ("delete-lasts", test_delete_lasts, NULL);
  ADD ("running", test_running, "with an iteration");
  ADD ("waiting", test_running, NULL);
  return g_test_run ();
}
