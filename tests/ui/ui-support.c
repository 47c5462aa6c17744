/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "store/hone-store-examples.h"
#include "store/hone-store-experiments.h"
#include "store/hone-store-import.h"
#include "ui-support.h"

static void
set_categories (HoneStore *store)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  const char * const names[] = { "Even", "Odd" };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HoneCategory category = { .name = (char *) names[i] };

      g_assert_cmpuint (hone_ontology_add (ontology, &category, NULL), ==, i + 1);
    }
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  g_assert_no_error (error);
}

static void
add_texts (HoneStore *store,
           gsize      n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "fixture", "csv", NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%" G_GSIZE_FORMAT, i);
      g_autofree char *text = g_strdup_printf ("text %" G_GSIZE_FORMAT, i);
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + i / 2 % 2);
      HoneLabel label = { .author = (char *) "import", .origin = HONE_ORIGIN_IMPORTED, .categories = set };
      HoneImportRow row = { .external_id = id, .text = text, .split = HONE_SPLIT_TRAIN, .labels = &label, .n_labels = i % 2 };
      HoneImportResult result;

      g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  g_assert_no_error (error);
}

char *
ui_support_new_project (gsize n)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("hone-ui-XXXXXX", &error);
  char *path = g_build_filename (folder, "test.hone", NULL);
  g_autoptr(HoneStore) store = hone_store_create (path, 7, &error);

  g_assert_no_error (error);
  set_categories (store);
  if (n > 0)
    add_texts (store, n);
  g_assert_true (hone_store_close (store, &error));
  g_assert_no_error (error);
  return path;
}

static HoneStore *
reopen (const char *path)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_open (path, HONE_STORE_WRITE, &error);

  g_assert_no_error (error);
  return store;
}

static void
close_store (HoneStore *store)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (hone_store_close (store, &error));
  g_assert_no_error (error);
  g_object_unref (store);
}

char *
ui_support_new_project_of (HoneChoice choice,
                           guint      n_categories)
{
  char *path = ui_support_new_project (0);
  HoneStore *store = reopen (path);
  g_autoptr(HoneOntology) ontology = hone_ontology_new (choice, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = NULL;

  for (guint i = 0; i < n_categories; i++)
    {
      g_autofree char *name = g_strdup_printf ("Topic %u", i + 1);
      HoneCategory category = { .name = name, .definition = i == 0 ? (char *) "What comes first" : NULL };

      g_assert_cmpuint (hone_ontology_add (ontology, &category, NULL), ==, i + 1);
    }
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  import = hone_store_import_begin (store, "fixture", "csv", NULL, &error);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);
      HoneImportRow row = { .external_id = text, .text = text };
      HoneImportResult result;

      g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
    }
  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  close_store (store);
  return path;
}

char *
ui_support_new_project_with_known (gsize n)
{
  char *path = ui_support_new_project (0);
  HoneStore *store = reopen (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) even = hone_category_set_new_single (1);
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "fixture", "csv", NULL, &error);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %" G_GSIZE_FORMAT, i);
      HoneImportRow row = { .external_id = text, .text = text, .known = even };
      HoneImportResult result;

      g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
    }
  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  close_store (store);
  return path;
}

gint64
ui_support_add_iteration (HoneStore  *store,
                          const char *name,
                          guint       n_odd)
{
  g_autoptr(GError) error = NULL;
  HoneExperiment experiment = { .name = (char *) name, .provider = (char *) "engine", .method = (char *) "ngrams" };
  g_autoptr(HoneExperiment) old = hone_store_find_experiment (store, name, NULL);
  g_autoptr(GPtrArray) before = old ? hone_store_list_iterations (store, old->id, NULL) : NULL;
  HoneIteration iteration = { .template_hash = (char *) "sha256:x", .number = before ? before->len : 0 };
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) ids = NULL;

  iteration.experiment_id = old ? old->id : hone_store_add_experiment (store, &experiment, &error);
  iteration.id = hone_store_add_iteration (store, &iteration, &error);
  g_assert_no_error (error);
  filter.split = HONE_SPLIT_VALIDATION;
  ids = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 1000, NULL, &error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (i < n_odd ? 2 : 1);
      HonePrediction prediction = { .example_id = g_array_index (ids, gint64, i), .outcome = HONE_OUTCOME_ANSWERED,
                                    .categories = set, .confidence = 0.75 };

      g_assert_true (hone_store_add_predictions (store, iteration.id, &prediction, 1, &error));
      g_assert_no_error (error);
    }
  g_assert_true (hone_store_publish_iteration (store, &iteration, &error));
  g_assert_true (hone_store_publish_predictions (store, iteration.id, HONE_SPLIT_VALIDATION, &error));
  g_assert_no_error (error);
  return iteration.id;
}

void
ui_support_move_to_validation (HoneStore *store)
{
  g_autoptr(GError) error = NULL;
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) ids = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 1000, NULL, &error);

  g_assert_true (hone_store_set_split (store, (gint64 *) (gpointer) ids->data, ids->len, HONE_SPLIT_VALIDATION, &error));
  g_assert_no_error (error);
}

static gboolean
on_time (gpointer data)
{
  g_error ("what the test waits for has not come in ten seconds");
  return G_SOURCE_REMOVE;
}

void
ui_support_wait (gboolean (*done) (gpointer data),
                 gpointer   data)
{
  guint timeout = g_timeout_add_seconds (10, on_time, NULL);

  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

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

HoneProject *
ui_support_open (const char *path)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  HoneProject *project;

  hone_project_open_async (path, NULL, keep_result, &result);
  ui_support_wait (has_result, &result);
  project = hone_project_open_finish (result, &error);
  g_assert_no_error (error);
  return project;
}

/* A page that is still being read when the project is closed keeps the log of the file until it is done. */
static gboolean
is_alone (gpointer path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);

  return !g_file_test (log, G_FILE_TEST_EXISTS) && !g_file_test (shared, G_FILE_TEST_EXISTS);
}

void
ui_support_close_kept (HoneProject *project)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup (hone_project_get_path (project));

  hone_project_close_async (project, keep_result, &result);
  ui_support_wait (has_result, &result);
  g_assert_true (hone_project_close_finish (project, result, &error));
  g_assert_no_error (error);
  ui_support_wait (is_alone, path);
}

void
ui_support_close (HoneProject *project)
{
  g_autofree char *path = g_strdup (hone_project_get_path (project));
  g_autofree char *folder = g_path_get_dirname (path);

  ui_support_close_kept (project);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}
