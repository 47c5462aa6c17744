/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories come from files. Each line is a step: the first byte says which, the rest is its word, cut at tabs. */
#include "config.h"

#include <string.h>

#include "hone-ontology.h"

static guint
some_id (const HoneOntology *ontology,
         const char         *word)
{
  gsize size = hone_ontology_get_size (ontology);

  return size > 0 ? hone_ontology_get_nth (ontology, strlen (word) % size)->id : 0;
}

static void
take_step (HoneOntology *ontology,
           const char   *line)
{
  g_auto(GStrv) words = g_strsplit (*line != '\0' ? line + 1 : line, "\t", 3);
  guint n = g_strv_length (words);
  HoneCategory category = { .name = n > 0 ? words[0] : NULL, .key = n > 1 ? words[1] : NULL, .aliases = n > 2 ? words + 2 : NULL };
  g_autoptr(GError) error = NULL;
  guint id = some_id (ontology, line);

  switch (*line & 3)
    {
    case 0:
    case 1:
      g_assert_true ((hone_ontology_add (ontology, &category, &error) == 0) == (error != NULL));
      break;

    case 2:
      if (id != 0 && n > 0)
        g_assert_true (hone_ontology_add_alias (ontology, id, words[0], &error) == (error == NULL));
      break;

    default:
      category.id = id;
      if (id != 0)
        g_assert_true (hone_ontology_replace (ontology, &category, &error) == (error == NULL));
      break;
    }

  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* Every word of a category finds it again, whatever was done before. */
static void
check_words (const HoneOntology *ontology)
{
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);

      g_assert_true (hone_ontology_get_by_id (ontology, category->id) == category);
      g_assert_true (hone_ontology_get_by_key (ontology, category->key) == category);
      g_assert_cmpuint (hone_ontology_get_position (ontology, category->id), ==, i);
      g_assert_true (hone_ontology_match (ontology, category->key) == category);
      g_assert_true (hone_ontology_match (ontology, category->name) == category);
      g_assert_false (hone_category_word_is_unable (category->name));
      for (gsize a = 0; category->aliases != NULL && category->aliases[a] != NULL; a++)
        g_assert_true (hone_ontology_match (ontology, category->aliases[a]) == category);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", 64);
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_autoptr(HoneOntology) copy = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *copied_hash = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    take_step (ontology, lines[i]);
  check_words (ontology);

  copy = hone_ontology_copy (ontology);
  check_words (copy);
  hash = hone_ontology_dup_hash (ontology);
  copied_hash = hone_ontology_dup_hash (copy);
  g_assert_cmpstr (hash, ==, copied_hash);

  return 0;
}
