/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "formats/hone-reader.h"
#include "hone-sample.h"
#include "jobs/hone-import.h"

/**
 * hone_sample_dup_path:
 *
 * Returns: (transfer full): file name of this user's sample project
 */
char *
hone_sample_dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "hone", "sample.hone", NULL);
}

typedef struct {
  char *folder;
  char *path;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->folder);
  g_free (making->path);
  g_free (making);
}

static gboolean
fill (HoneStore     *store,
      const char    *folder,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *categories = g_build_filename (folder, "ontology.json", NULL);
  g_autofree char *texts = g_build_filename (folder, "headlines.csv", NULL);
  g_autoptr(HoneOntology) ontology = hone_ontology_read_file (categories, error);
  const char * const paths[] = { texts, NULL };
  HoneImportOptions options = HONE_IMPORT_OPTIONS_INIT;

  options.paths = paths;
  options.labels = HONE_IMPORT_LABELS_KNOWN;
  return ontology && hone_store_set_ontology (store, ontology, error) &&
         hone_import_run (store, &options, NULL, NULL, NULL, cancellable, error);
}

/* Made beside and renamed: half a sample is none. */
static gboolean
make (const Making  *making,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *directory = g_path_get_dirname (making->path);
  g_autofree char *temporary = g_strconcat (making->path, ".new", NULL);
  g_autoptr(HoneStore) store = NULL;
  gboolean good;

  if (g_file_test (making->path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", directory, g_strerror (errno));
      return FALSE;
    }
  g_unlink (temporary);
  store = hone_store_create (temporary, 1, error);
  if (!store)
    return FALSE;
  good = fill (store, making->folder, cancellable, error);
  good = hone_store_close (store, good ? error : NULL) && good;
  if (good && g_rename (temporary, making->path) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", making->path, g_strerror (errno));
      good = FALSE;
    }
  if (!good)
    g_unlink (temporary);
  return good;
}

static void
make_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (make (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_sample_make_async:
 * @folder: holds ontology.json and headlines.csv
 * @path: of the project to make
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): on the main loop of the caller
 * @user_data: for @callback
 *
 * Makes the sample project, unless it is there already: all texts with hidden answers, and no iteration so far.
 */
void
hone_sample_make_async (const char          *folder,
                        const char          *path,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Making *making;

  g_return_if_fail (folder && path);

  task = g_task_new (NULL, cancellable, callback, user_data);
  making = g_new (Making, 1);
  *making = (Making) { g_strdup (folder), g_strdup (path) };
  g_task_set_source_tag (task, hone_sample_make_async);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, make_in_thread);
}

/**
 * hone_sample_make_finish:
 * @result: of making
 * @error: return location for %HONE_STORE_ERROR_*, %HONE_JOBS_ERROR_*, %G_IO_ERROR
 *
 * Returns: whether the project is there
 */
gboolean
hone_sample_make_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
