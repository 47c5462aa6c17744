/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-data-private.h"

void
_hone_data_project_free (HoneDataProject *self)
{
  g_free (self->file);
  g_free (self->uuid);
  g_free (self->path);
  g_free (self);
}

/**
 * hone_data_dup_folder:
 *
 * Returns: (transfer full): where models and runs of this user live
 */
char *
hone_data_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "hone", NULL);
}

static char *
dup_list (void)
{
  return g_build_filename (g_get_user_data_dir (), "hone", "projects", NULL);
}

/**
 * hone_data_remember:
 * @store: a project that is opened for work
 *
 * Writes down that this project uses the data folder, so that cleaning up asks it. The same project in two places is there twice. Blocks.
 */
void
hone_data_remember (HoneStore *store)
{
  g_autofree char *list = dup_list ();
  g_autofree char *path = g_canonicalize_filename (hone_store_get_path (store), NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *entry = uri ? g_strconcat (hone_store_get_uuid (store), "\n", uri, "\n", NULL) : NULL;
  g_autofree char *name = entry ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, entry, -1) : NULL;
  g_autofree char *file = name ? g_build_filename (list, name, NULL) : NULL;

  if (file == NULL || g_file_test (file, G_FILE_TEST_EXISTS) || g_mkdir_with_parents (list, 0700) != 0)
    return;
  g_file_set_contents_full (file, entry, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* (nullable): not one of ours */
static HoneDataProject *
read_project (const char *file)
{
  g_autofree char *entry = NULL;
  g_auto(GStrv) lines = NULL;
  HoneDataProject *project;
  char *path;

  if (!g_file_get_contents (file, &entry, NULL, NULL))
    return NULL;
  lines = g_strsplit (entry, "\n", 3);
  path = g_strv_length (lines) == 3 ? g_filename_from_uri (lines[1], NULL, NULL) : NULL;
  if (path == NULL)
    return NULL;
  project = g_new (HoneDataProject, 1);
  *project = (HoneDataProject) { g_strdup (file), g_strdup (lines[0]), path };
  return project;
}

GPtrArray *
_hone_data_list_projects (void)
{
  GPtrArray *projects = g_ptr_array_new_with_free_func ((GDestroyNotify) _hone_data_project_free);
  g_autofree char *list = dup_list ();
  g_autoptr(GDir) folder = g_dir_open (list, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (list, name, NULL);
      HoneDataProject *project = read_project (file);

      if (project != NULL)
        g_ptr_array_add (projects, project);
    }
  return projects;
}
