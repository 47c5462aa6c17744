/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where programs and models of jobs are found. */
#include "config.h"

#include "hone-jobs.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (hone-jobs-error-quark, hone_jobs_error)

#define ENGINE "hone-engine"

static gint wanted_threads;   /* atomic */

/**
 * hone_jobs_set_threads:
 * @threads: how many trainers are told to use, 0: as many as there are processors
 *
 * For runs that are written from now on. Models and answers are the same for any number.
 */
void
hone_jobs_set_threads (guint threads)
{
  g_atomic_int_set (&wanted_threads, (gint) threads);
}

/**
 * hone_jobs_get_threads:
 *
 * Returns: how many threads trainers are told to use
 */
guint
hone_jobs_get_threads (void)
{
  guint wanted = (guint) g_atomic_int_get (&wanted_threads);

  return wanted > 0 ? wanted : g_get_num_processors ();
}

static char *
find_beside_program (void)
{
  static const char * const places[] = { "../engine", "../../src/engine", ".", NULL };   /* build tree of src and of ui, then one folder for all */
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;

  if (program == NULL)
    return NULL;
  folder = g_path_get_dirname (program);
  for (gsize i = 0; places[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], ENGINE, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_canonicalize_filename (path, NULL);
    }
  return NULL;
}

/**
 * hone_jobs_dup_engine:
 * @error: return location
 *
 * Finds Hone's own engine: the program that `$HONE_ENGINE` names, else one in the build tree or the folder of the running program,
 * else the installed one.
 *
 * Returns: (transfer full) (nullable): an absolute path, or %NULL with %HONE_JOBS_ERROR_TRAINER_MISSING
 */
char *
hone_jobs_dup_engine (GError **error)
{
  const char *given = g_getenv ("HONE_ENGINE");
  g_autofree char *path = NULL;

  if (given != NULL && *given != '\0')
    path = g_canonicalize_filename (given, NULL);
  else
    {
      path = find_beside_program ();
      if (path == NULL)
        path = g_build_filename (HONE_LIBEXECDIR, ENGINE, NULL);
    }
  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) || g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TRAINER_MISSING,
                   _("The engine “%s” is not there or cannot be run; HONE_ENGINE can name another place"), path);
      return NULL;
    }
  return g_steal_pointer (&path);
}

/**
 * hone_jobs_dup_model_path:
 * @sha256: the content hash that the project remembers, 64 hexadecimal digits
 *
 * Says where a model with this content stands, or would stand. The path need not exist.
 *
 * Returns: (transfer full): an absolute path
 */
char *
hone_jobs_dup_model_path (const char *sha256)
{
  g_return_val_if_fail (sha256 != NULL, NULL);

  return g_build_filename (g_get_user_data_dir (), "hone", "models", sha256, NULL);
}
