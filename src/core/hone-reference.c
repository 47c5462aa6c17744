/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many decisions, one reference label. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hone-reference.h"

static gboolean
is_newer (const HoneDecision *a,
          const HoneDecision *b)
{
  return a->time != b->time ? a->time > b->time : a->sequence > b->sequence;
}

static int
compare_decisions (gconstpointer a,
                   gconstpointer b)
{
  const HoneDecision *left = *(const HoneDecision * const *) a;
  const HoneDecision *right = *(const HoneDecision * const *) b;

  if (left->author != right->author)
    return left->author < right->author ? -1 : 1;
  return is_newer (left, right) - is_newer (right, left);
}

/**
 * hone_reference_clear:
 * @self: a result of hone_reference_find()
 *
 * Frees what it holds.
 */
void
hone_reference_clear (HoneReference *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->categories, hone_category_set_unref);
}

/* The newest label of each author, unless a skip is newer, moved to the front. @sorted is by author and age. */
static gsize
keep_counting (const HoneDecision **sorted,
               gsize                n_decisions)
{
  gsize n = 0;

  for (gsize i = 0; i < n_decisions; i++)
    {
      gboolean newest = i + 1 == n_decisions || sorted[i + 1]->author != sorted[i]->author;

      if (newest && sorted[i]->categories != NULL)
        sorted[n++] = sorted[i];
    }

  return n;
}

static const HoneDecision *
find_review (const HoneDecision **labels,
             gsize                n_labels)
{
  const HoneDecision *review = NULL;

  for (gsize i = 0; i < n_labels; i++)
    {
      if (labels[i]->origin == HONE_ORIGIN_REVIEW && (review == NULL || is_newer (labels[i], review)))
        review = labels[i];
    }

  return review;
}

static void
decide (HoneReference   *reference,
        HoneCategorySet *categories)
{
  reference->state = HONE_REFERENCE_LABELLED;
  reference->categories = hone_category_set_ref (categories);
}

/* Choice "one": strictly most votes. */
static void
vote_for_sets (const HoneDecision **labels,
               gsize                n_labels,
               HoneReference       *reference)
{
  g_autoptr(GHashTable) votes = g_hash_table_new (hone_category_set_hash, hone_category_set_equal);
  HoneCategorySet *best = NULL;
  guint most = 0;
  gboolean tied = FALSE;

  for (gsize i = 0; i < n_labels; i++)
    {
      HoneCategorySet *set = labels[i]->categories;

      g_hash_table_insert (votes, set, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (votes, set)) + 1));
    }
  for (gsize i = 0; i < n_labels; i++)
    {
      HoneCategorySet *set = labels[i]->categories;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (votes, set));

      if (n > most)
        {
          best = set;
          most = n;
          tied = FALSE;
        }
      else if (n == most && !hone_category_set_equal (set, best))
        tied = TRUE;
    }

  if (!tied)
    decide (reference, best);
}

/* Choice "several": each category of more than half of the voters. Half and half leaves the label open, and so
 * does a vote that leaves no category at all: nobody said "none". */
static void
vote_for_categories (const HoneDecision **labels,
                     gsize                n_labels,
                     HoneReference       *reference)
{
  g_autoptr(GHashTable) votes = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(HoneCategorySet) set = NULL;
  GHashTableIter iter;
  gpointer id, n;

  for (gsize i = 0; i < n_labels; i++)
    {
      gsize n_ids;
      const guint *ids = hone_category_set_get_ids (labels[i]->categories, &n_ids);

      for (gsize j = 0; j < n_ids; j++)
        {
          gpointer key = GUINT_TO_POINTER (ids[j]);

          g_hash_table_insert (votes, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (votes, key)) + 1));
        }
    }

  g_hash_table_iter_init (&iter, votes);
  while (g_hash_table_iter_next (&iter, &id, &n))
    {
      gsize twice = 2 * (gsize) GPOINTER_TO_UINT (n);
      guint category = GPOINTER_TO_UINT (id);

      if (twice == n_labels)
        return;
      if (twice > n_labels)
        g_array_append_val (chosen, category);
    }

  set = hone_category_set_new ((const guint *) chosen->data, chosen->len);
  if (chosen->len > 0)
    decide (reference, set);
}

static gboolean
differ (const HoneDecision **labels,
        gsize                n_labels)
{
  for (gsize i = 1; i < n_labels; i++)
    {
      if (!hone_category_set_equal (labels[0]->categories, labels[i]->categories))
        return TRUE;
    }
  return FALSE;
}

/**
 * hone_reference_find:
 * @decisions: (array length=n_decisions): all decisions on one example, in any order
 * @n_decisions: how many
 * @choice: the choice rule of the project
 * @reference: (out caller-allocates): what they say together; free its insides with hone_reference_clear()
 *
 * Finds the reference label. Of each author the newest decision counts; a skip there takes back the labels
 * before it. The newest review among them decides, else the majority, category by category for "several". A tie
 * is disputed, and so is a vote for "several" in which no category has more than half.
 */
void
hone_reference_find (const HoneDecision *decisions,
                     gsize               n_decisions,
                     HoneChoice          choice,
                     HoneReference      *reference)
{
  g_autofree const HoneDecision **sorted = NULL;
  const HoneDecision *review;
  gsize n;

  g_return_if_fail (decisions != NULL || n_decisions == 0);
  g_return_if_fail (reference != NULL);

  *reference = (HoneReference) { HONE_REFERENCE_NONE, NULL, 0, FALSE };
  sorted = g_new (const HoneDecision *, n_decisions);
  for (gsize i = 0; i < n_decisions; i++)
    sorted[i] = &decisions[i];
  if (n_decisions > 1)
    qsort (sorted, n_decisions, sizeof *sorted, compare_decisions);

  n = keep_counting (sorted, n_decisions);
  if (n == 0)
    return;

  review = find_review (sorted, n);
  reference->state = HONE_REFERENCE_DISPUTED;
  reference->n_counting = n;
  reference->conflicting = differ (sorted, n);
  if (review != NULL)
    decide (reference, review->categories);
  else if (!reference->conflicting)
    decide (reference, sorted[0]->categories);
  else if (choice == HONE_CHOICE_SEVERAL)
    vote_for_categories (sorted, n, reference);
  else
    vote_for_sets (sorted, n, reference);
}
