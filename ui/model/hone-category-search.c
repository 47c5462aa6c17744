/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-category-search.h"

/* All spellings of a category in one text, each on a line, its name first. */
static char *
fold_spellings (const HoneCategory *category)
{
  g_autoptr(GString) all = g_string_new (category->name);

  g_string_append_printf (all, "\n%s", category->key);
  for (gsize i = 0; category->aliases && category->aliases[i]; i++)
    g_string_append_printf (all, "\n%s", category->aliases[i]);
  return g_utf8_casefold (all->str, -1);
}

static gboolean
has_words (const char *spellings,
           GStrv       words)
{
  for (gsize i = 0; words[i]; i++)
    if (!strstr (spellings, words[i]))
      return FALSE;
  return TRUE;
}

/**
 * hone_category_search:
 * @ontology: the categories
 * @typed: what somebody typed
 *
 * Case does not matter.
 *
 * Returns: (transfer full) (element-type guint): positions of the categories that fit, those whose name begins so first
 */
GArray *
hone_category_search (const HoneOntology *ontology,
                      const char         *typed)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *trimmed = NULL;
  g_autofree char *folded = NULL;
  g_auto(GStrv) words = NULL;
  guint n_first = 0;

  g_return_val_if_fail (ontology && typed, found);

  trimmed = g_strstrip (g_utf8_make_valid (typed, -1));
  folded = g_utf8_casefold (trimmed, -1);
  words = g_strsplit_set (folded, " \t", -1);
  for (guint i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      g_autofree char *spellings = fold_spellings (hone_ontology_get_nth (ontology, i));

      if (g_str_has_prefix (spellings, folded))
        g_array_insert_val (found, n_first++, i);
      else if (has_words (spellings, words))
        g_array_append_val (found, i);
    }
  return found;
}
