/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-labeling-read.h"
#include "store/hone-store-labels.h"

/**
 * hone_labeling_details_free:
 * @self: (transfer full): what was read of a text
 */
void
hone_labeling_details_free (HoneLabelingDetails *self)
{
  g_return_if_fail (self);

  g_clear_pointer (&self->row, hone_example_row_free);
  g_clear_pointer (&self->own, hone_category_set_unref);
  g_clear_pointer (&self->ranked, g_array_unref);
  g_free (self->note);
  g_free (self);
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  double left = ((const HoneRanked *) a)->score, right = ((const HoneRanked *) b)->score;

  return (left < right) - (left > right);
}

/* Scores stand in the order of the ontology that the iteration was made with, which may be older than today's. */
static gboolean
rank (HoneLabelingDetails  *self,
      HoneStore            *store,
      gint64                iteration_id,
      GError              **error)
{
  const HoneItemAnswer *answer = self->row ? self->row->answer : NULL;
  g_autoptr(HoneIteration) iteration = NULL;
  g_autoptr(HoneOntology) ontology = NULL;

  if (!answer || !answer->scores)
    return TRUE;
  iteration = hone_store_get_iteration (store, iteration_id, error);
  ontology = iteration ? hone_store_dup_ontology_at (store, iteration->ontology_version, error) : NULL;
  if (!ontology)
    return FALSE;
  self->ranked = g_array_new (FALSE, FALSE, sizeof (HoneRanked));
  for (gsize i = 0; i < MIN (answer->n_scores, hone_ontology_get_size (ontology)); i++)
    {
      HoneRanked ranked = { hone_ontology_get_nth (ontology, i)->id, answer->scores[i] };

      g_array_append_val (self->ranked, ranked);
    }
  g_array_sort (self->ranked, compare_scores);
  return TRUE;
}

static void
find_own (HoneLabelingDetails *self,
          GPtrArray           *labels,
          const char          *author)
{
  for (guint i = labels->len; i > 0; i--)
    {
      const HoneLabel *label = g_ptr_array_index (labels, i - 1);

      if (label->withdrawn || g_strcmp0 (label->author, author) != 0)
        continue;
      self->decided = TRUE;
      self->own = label->categories ? hone_category_set_ref (label->categories) : NULL;
      self->note = g_strdup (label->note);
      return;
    }
}

/**
 * hone_labeling_details_read:
 * @store: a project
 * @example_id: a text
 * @iteration_id: whose answer to read, 0: none
 * @author: who labels
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: (transfer full): the text and what its labeler said of it
 */
HoneLabelingDetails *
hone_labeling_details_read (HoneStore   *store,
                            gint64       example_id,
                            gint64       iteration_id,
                            const char  *author,
                            GError     **error)
{
  g_autoptr(HoneLabelingDetails) self = g_new0 (HoneLabelingDetails, 1);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) labels = NULL;

  g_return_val_if_fail (HONE_IS_STORE (store) && author, NULL);

  rows = hone_example_rows_read (store, &example_id, 1, iteration_id, error);
  if (!rows)
    return NULL;
  labels = hone_store_list_labels (store, example_id, error);
  if (!labels)
    return NULL;
  if (rows->len)
    self->row = g_ptr_array_steal_index (rows, 0);
  find_own (self, labels, author);
  if (!rank (self, store, iteration_id, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Whether any text can stand in this order. */
static gboolean
has_order (HoneStore       *store,
           HoneQueueOrder   order,
           gint64           iteration_id,
           gboolean        *has,
           GError         **error)
{
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) ids = NULL;

  filter.iteration_id = iteration_id;
  ids = hone_store_list_ids (store, &filter, order, 0, 1, NULL, error);
  *has = ids && ids->len > 0;
  return ids != NULL;
}

/**
 * hone_labeling_survey_read:
 * @store: a project
 * @iteration_id: the iteration that is looked at, 0: none
 * @author: who labels
 * @since: midnight, in microseconds since 1970 UTC
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: (transfer full): what there is to label, and in which orders; free with g_free ()
 */
HoneLabelingSurvey *
hone_labeling_survey_read (HoneStore   *store,
                           gint64       iteration_id,
                           const char  *author,
                           gint64       since,
                           GError     **error)
{
  g_autofree HoneLabelingSurvey *self = g_new0 (HoneLabelingSurvey, 1);
  const HoneFilter all = HONE_FILTER_ALL;
  HoneFilter known = HONE_FILTER_ALL;

  g_return_val_if_fail (HONE_IS_STORE (store) && author, NULL);

  known.known = 1;
  known.split = HONE_SPLIT_TRAIN;
  known.reference_state = HONE_REFERENCE_NONE;
  self->n_examples = hone_store_count (store, &all, NULL, error);
  if (self->n_examples == G_MAXUINT64)
    return NULL;
  self->n_known = hone_store_count (store, &known, NULL, error);
  if (self->n_known == G_MAXUINT64)
    return NULL;
  self->today = hone_store_count_labelled_by (store, author, since, error);
  if (self->today == G_MAXUINT64)
    return NULL;
  if (iteration_id && !has_order (store, HONE_QUEUE_UNCERTAIN, iteration_id, &self->uncertain, error))
    return NULL;
  if (!has_order (store, HONE_QUEUE_DISAGREE, 0, &self->disagree, error))
    return NULL;
  return g_steal_pointer (&self);
}
