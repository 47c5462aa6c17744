/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-help.h"

static const struct {
  const char *place;
  const char *page;
} pages[] = {
  { "data", "start.html" },
  { "workbench", "reading.html" },
  { "labeling", "labeling.html" },
  { "compare", "comparing.html" },
  { "report", "reports.html" },
};

/**
 * hone_help_get_page:
 * @place: (nullable): name of a page of the window, or `labeling`
 *
 * Returns: (transfer none): file name of the page of the help that explains it; the first page where none is just about that
 */
const char *
hone_help_get_page (const char *place)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].place, place) == 0)
      return pages[i].page;
  return "index.html";
}

/**
 * hone_help_dup_path:
 * @folder: folder of the help, with one folder per language
 * @place: (nullable): name of a page of the window, or `labeling`
 *
 * Returns: (transfer full): absolute where @folder is; in the user's language where the page is there, else in English
 */
char *
hone_help_dup_path (const char *folder,
                    const char *place)
{
  const char * const *languages = g_get_language_names ();

  g_return_val_if_fail (folder, NULL);

  for (gsize i = 0; languages[i]; i++)
    {
      g_autofree char *path = g_build_filename (folder, languages[i], hone_help_get_page (place), NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return g_build_filename (folder, "C", hone_help_get_page (place), NULL);
}
