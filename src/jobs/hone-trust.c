/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line for each program, its path as a URI, so that any name fits. */
#include "config.h"

#include "hone-trust.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
dup_list_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "hone", "trainers", NULL);
}

static char *
dup_line (const char *program)
{
  return g_path_is_absolute (program) ? g_filename_to_uri (program, NULL, NULL) : NULL;
}

static gboolean
is_listed (const char *list,
           const char *line)
{
  g_auto(GStrv) lines = g_strsplit (list, "\n", -1);

  return g_strv_contains ((const char * const *) lines, line);
}

/**
 * hone_trust_has:
 * @program: absolute path of a program
 *
 * Returns: whether the user has allowed it on this computer
 */
gboolean
hone_trust_has (const char *program)
{
  g_autofree char *path = dup_list_path ();
  g_autofree char *line = NULL;
  g_autofree char *list = NULL;

  g_return_val_if_fail (program != NULL, FALSE);

  line = dup_line (program);
  return line != NULL && g_file_get_contents (path, &list, NULL, NULL) && is_listed (list, line);
}

/**
 * hone_trust_add:
 * @program: absolute path of a program that the user has named
 * @error: return location
 *
 * Allows it from now on, in every project.
 *
 * Returns: whether that is written down
 */
gboolean
hone_trust_add (const char  *program,
                GError     **error)
{
  g_autofree char *path = dup_list_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *line = NULL;
  g_autofree char *list = NULL;
  g_autofree char *longer = NULL;

  g_return_val_if_fail (program != NULL && g_path_is_absolute (program), FALSE);

  if (hone_trust_has (program))
    return TRUE;
  line = dup_line (program);
  g_file_get_contents (path, &list, NULL, NULL);
  longer = g_strconcat (list != NULL ? list : "", line, "\n", NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0 && g_file_set_contents_full (path, longer, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Cannot write “%s”, the list of trainers that may run"), path);
  return FALSE;
}

/**
 * hone_trust_check:
 * @program: (nullable): absolute path of a trainer that a project names, %NULL for the engine
 * @error: return location
 *
 * Returns: whether it may be started
 */
gboolean
hone_trust_check (const char  *program,
                  GError     **error)
{
  if (program == NULL || hone_trust_has (program))
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED,
               _("The project names the trainer “%s”, which nobody has allowed to run on this computer yet"), program);
  return FALSE;
}
