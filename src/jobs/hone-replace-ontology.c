/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the new categories are the old ones under another name. */
#include "config.h"

#include "hone-replace-ontology.h"

static guint
find_greatest_id (HoneStore *store)
{
  guint greatest = 0;

  for (gint64 version = hone_store_get_ontology_version (store); version > 0; version--)
    {
      g_autoptr(HoneOntology) ontology = hone_store_dup_ontology_at (store, version, NULL);

      for (gsize i = 0; ontology && i < hone_ontology_get_size (ontology); i++)
        greatest = MAX (greatest, hone_ontology_get_nth (ontology, i)->id);
    }
  return greatest;
}

/* What a plain list of names does not say stays as it was. */
static gboolean
add_category (HoneOntology        *merged,
              const HoneCategory  *category,
              const HoneCategory  *before,
              guint                id,
              GError             **error)
{
  HoneCategory copy = *category;

  copy.id = id;
  if (before)
    {
      copy.definition = category->definition ? category->definition : before->definition;
      copy.color = category->color ? category->color : before->color;
      copy.shortcut = category->shortcut ? category->shortcut : before->shortcut;
    }
  return hone_ontology_add (merged, &copy, error) != 0;
}

/* The categories of @from as the next version of the project's: who has the same key, or a name that meant the same category,
 * stays that category; others get numbers that none ever had. */
static HoneOntology *
merge (HoneStore           *store,
       const HoneOntology  *from,
       GError             **error)
{
  g_autoptr(HoneOntology) current = hone_store_dup_ontology (store);
  g_autoptr(HoneOntology) merged = hone_ontology_new (hone_ontology_get_choice (from), hone_ontology_get_instruction (from));
  guint next = find_greatest_id (store) + 1;

  for (gsize i = 0; i < hone_ontology_get_size (from); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (from, i), *before = hone_ontology_get_by_key (current, category->key);
      guint id;

      if (before == NULL)
        {
          before = hone_ontology_match (current, category->name);
          if (before && hone_ontology_get_by_key (from, before->key))
            before = NULL;
        }
      if (before && hone_ontology_get_by_id (merged, before->id))
        before = NULL;
      id = before ? before->id : next++;
      if (!add_category (merged, category, before, id, error))
        return NULL;
    }
  /* Spellings that files used; one that now belongs to another category is let go. */
  for (gsize i = 0; i < hone_ontology_get_size (current); i++)
    {
      const HoneCategory *before = hone_ontology_get_nth (current, i);

      for (gsize k = 0; before->aliases && before->aliases[k] && hone_ontology_get_by_id (merged, before->id); k++)
        hone_ontology_add_alias (merged, before->id, before->aliases[k], NULL);
    }
  return g_steal_pointer (&merged);
}

/**
 * hone_replace_ontology:
 * @store: a project
 * @from: categories, for example of hone_ontology_read_file(); their numbers do not matter
 * @error: return location
 *
 * Makes @from the next version of the project's categories. One that has the same key as before, or a name that meant it, stays that
 * category, keeps its labels and the spellings that files used, and keeps what @from does not say of it (definition, colour, shortcut).
 * Blocks on the store.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_replace_ontology (HoneStore           *store,
                       const HoneOntology  *from,
                       GError             **error)
{
  g_autoptr(HoneOntology) merged = NULL;

  g_return_val_if_fail (HONE_IS_STORE (store), FALSE);
  g_return_val_if_fail (from != NULL, FALSE);

  merged = merge (store, from, error);
  return merged != NULL && hone_store_set_ontology (store, merged, error);
}
