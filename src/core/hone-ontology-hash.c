/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what a model knows that it is asked with the ontology it was trained with. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hone-ontology.h"

/* Length first: no two different lists of strings give the same bytes. */
static void
hash_string (GChecksum  *checksum,
             const char *string)
{
  g_autofree char *length = NULL;

  if (string == NULL)
    {
      g_checksum_update (checksum, (const guchar *) "-", 1);
      return;
    }

  length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (string));
  g_checksum_update (checksum, (const guchar *) length, -1);
  g_checksum_update (checksum, (const guchar *) string, -1);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
hash_aliases (GChecksum          *checksum,
              const HoneCategory *category)
{
  gsize n = category->aliases != NULL ? g_strv_length (category->aliases) : 0;
  g_autofree const char **sorted = g_new (const char *, n + 1);
  g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT ";", n);

  for (gsize i = 0; i < n; i++)
    sorted[i] = category->aliases[i];
  if (n > 1)
    qsort (sorted, n, sizeof *sorted, compare_strings);

  g_checksum_update (checksum, (const guchar *) count, -1);
  for (gsize i = 0; i < n; i++)
    hash_string (checksum, sorted[i]);
}

/**
 * hone_ontology_dup_hash:
 * @self: an ontology
 *
 * Covers what a model or a reader of answers can notice: choice rule, instruction, and of the categories in
 * their order the keys, names, definitions and aliases (these in any order). Colours, shortcut keys and ids
 * are not in it.
 *
 * Returns: (transfer full): SHA-256, hexadecimal
 */
char *
hone_ontology_dup_hash (const HoneOntology *self)
{
  g_autoptr(GChecksum) checksum = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  hash_string (checksum, hone_choice_to_string (hone_ontology_get_choice (self)));
  hash_string (checksum, hone_ontology_get_instruction (self));
  for (gsize i = 0; i < hone_ontology_get_size (self); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self, i);

      hash_string (checksum, category->key);
      hash_string (checksum, category->name);
      hash_string (checksum, category->definition);
      hash_aliases (checksum, category);
    }

  return g_strdup (g_checksum_get_string (checksum));
}
