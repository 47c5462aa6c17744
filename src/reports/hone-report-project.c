/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a report that the project itself knows. */
#include "config.h"

#include "hone-report.h"

static gboolean
count_categories (HoneReport  *self,
                  HoneStore   *store,
                  HoneSplit    split,
                  GError     **error)
{
  g_autoptr(GArray) sets = hone_store_count_references (store, split, error);
  gsize size = hone_ontology_get_size (self->ontology);

  if (sets == NULL)
    return FALSE;
  g_free (self->splits[split].per_category);
  self->splits[split].per_category = g_new0 (guint64, MAX (size, 1));
  for (guint i = 0; i < sets->len; i++)
    {
      const HoneSetCount *set = &g_array_index (sets, HoneSetCount, i);
      gsize n_ids;
      const guint *ids = hone_category_set_get_ids (set->categories, &n_ids);

      for (gsize k = 0; k < n_ids; k++)
        {
          gsize position = hone_ontology_get_position (self->ontology, ids[k]);

          if (position < size)
            self->splits[split].per_category[position] += set->count;
        }
    }
  return TRUE;
}

/**
 * hone_report_fill_project:
 * @self: a report
 * @store: a project
 * @error: where to put an error
 *
 * Fills in name, ontology, counts of each split and category, and the openings of the test split so far. Blocks on the store.
 *
 * Returns: %TRUE if it did
 */
gboolean
hone_report_fill_project (HoneReport  *self,
                          HoneStore   *store,
                          GError     **error)
{
  HoneSplitCounts counts[HONE_N_SPLITS];
  g_autoptr(HoneTemplate) template = NULL;
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (self && HONE_IS_STORE (store), FALSE);

  g_free (self->project);
  self->project = g_path_get_basename (hone_store_get_path (store));
  hone_set_str (&self->project_id, hone_store_get_uuid (store));
  self->seed = hone_store_get_seed (store);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  self->ontology = hone_store_dup_ontology (store);
  self->ontology_version = hone_store_get_ontology_version (store);
  template = hone_store_dup_template (store);
  hone_set_str (&self->template_hash, template ? hone_template_get_hash (template) : NULL);

  if (!hone_store_get_split_counts (store, counts, error))
    return FALSE;
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      self->splits[split].counts = counts[split];
      if (!count_categories (self, store, split, error))
        return FALSE;
    }
  self->openings = hone_store_count_openings (store, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}
