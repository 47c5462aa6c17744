/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From all decisions on one example to its reference label. */
#include "config.h"

#include "hone-reference.h"

typedef struct {
  HoneCategorySet *categories;   /* borrowed */
  guint            votes;
} Candidate;

static gboolean
is_newer (const HoneDecision *a,
          const HoneDecision *b)
{
  return a->time > b->time || (a->time == b->time && a->sequence > b->sequence);
}

/* The newest decision of each author; skips drop out afterwards, since a skip takes back the label before it. */
static GPtrArray *
find_counting (const HoneDecision *decisions,
               gsize               n_decisions)
{
  g_autoptr(GPtrArray) newest = g_ptr_array_new ();
  GPtrArray *counting = g_ptr_array_new ();

  for (gsize i = 0; i < n_decisions; i++)
    {
      gboolean known = FALSE;

      for (guint k = 0; k < newest->len && !known; k++)
        {
          const HoneDecision *other = newest->pdata[k];

          known = other->author == decisions[i].author;
          if (known && is_newer (&decisions[i], other))
            newest->pdata[k] = (gpointer) &decisions[i];
        }
      if (!known)
        g_ptr_array_add (newest, (gpointer) &decisions[i]);
    }
  for (guint k = 0; k < newest->len; k++)
    if (((const HoneDecision *) newest->pdata[k])->categories)
      g_ptr_array_add (counting, newest->pdata[k]);
  return counting;
}

static const HoneDecision *
find_review (GPtrArray *counting)
{
  const HoneDecision *review = NULL;

  for (guint i = 0; i < counting->len; i++)
    {
      const HoneDecision *decision = counting->pdata[i];

      if (decision->origin == HONE_ORIGIN_REVIEW && (!review || is_newer (decision, review)))
        review = decision;
    }
  return review;
}

static void
vote_for_one (GPtrArray     *counting,
              HoneReference *reference)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  const Candidate *best = NULL;
  gboolean tie = FALSE;

  for (guint i = 0; i < counting->len; i++)
    {
      const HoneDecision *decision = counting->pdata[i];
      Candidate candidate = { decision->categories, 1 };
      gboolean found = FALSE;

      for (guint k = 0; k < candidates->len && !found; k++)
        {
          Candidate *other = &g_array_index (candidates, Candidate, k);

          found = hone_category_set_equal (other->categories, decision->categories);
          other->votes += found ? 1 : 0;
        }
      if (!found)
        g_array_append_val (candidates, candidate);
    }
  for (guint k = 0; k < candidates->len; k++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, k);

      tie = best && candidate->votes == best->votes ? TRUE : (best && candidate->votes < best->votes ? tie : FALSE);
      if (!best || candidate->votes > best->votes)
        best = candidate;
    }
  reference->state = tie ? HONE_REFERENCE_DISPUTED : HONE_REFERENCE_LABELLED;
  reference->categories = tie ? NULL : hone_category_set_ref (best->categories);
}

/* Category by category: chosen by more than half of the voters; exactly half is a tie. */
static void
vote_for_several (GPtrArray     *counting,
                  HoneReference *reference)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(HoneCategorySet) every = NULL;
  const guint *ids;
  gsize n_ids;

  for (guint i = 0; i < counting->len; i++)
    {
      const HoneDecision *decision = counting->pdata[i];
      gsize n;
      const guint *given = hone_category_set_get_ids (decision->categories, &n);

      g_array_append_vals (all, given, n);
    }
  every = hone_category_set_new ((const guint *) (gpointer) all->data, all->len);
  ids = hone_category_set_get_ids (every, &n_ids);
  for (gsize k = 0; k < n_ids; k++)
    {
      guint votes = 0;

      for (guint i = 0; i < counting->len; i++)
        votes += hone_category_set_contains (((const HoneDecision *) counting->pdata[i])->categories, ids[k]);
      if (2 * votes == counting->len)
        {
          reference->state = HONE_REFERENCE_DISPUTED;
          return;
        }
      if (2 * votes > counting->len)
        g_array_append_val (chosen, ids[k]);
    }
  /* Three people with nothing in common agree on nothing: a text without any category is no label. */
  reference->state = chosen->len > 0 ? HONE_REFERENCE_LABELLED : HONE_REFERENCE_DISPUTED;
  if (chosen->len > 0)
    reference->categories = hone_category_set_new ((const guint *) (gpointer) chosen->data, chosen->len);
}

/**
 * hone_reference_find:
 * @decisions: (array length=n_decisions): all decisions on one example that were not withdrawn, in any order
 * @n_decisions: how many
 * @choice: the choice rule
 * @reference: (out caller-allocates): the result, to be cleared with hone_reference_clear()
 *
 * Finds the reference label: the newest review, else the majority of the authors' newest labels (for “several” category by
 * category); a tie is disputed. A skip that is its author's newest decision takes back the label before it.
 */
void
hone_reference_find (const HoneDecision *decisions,
                     gsize               n_decisions,
                     HoneChoice          choice,
                     HoneReference      *reference)
{
  g_autoptr(GPtrArray) counting = find_counting (decisions, n_decisions);
  const HoneDecision *review = find_review (counting);

  *reference = (HoneReference) { HONE_REFERENCE_NONE, NULL, counting->len, FALSE };
  for (guint i = 1; i < counting->len; i++)
    if (!hone_category_set_equal (((const HoneDecision *) counting->pdata[0])->categories,
                                  ((const HoneDecision *) counting->pdata[i])->categories))
      reference->conflicting = TRUE;

  if (counting->len == 0)
    return;
  if (review)
    {
      reference->state = HONE_REFERENCE_LABELLED;
      reference->categories = hone_category_set_ref (review->categories);
    }
  else if (choice == HONE_CHOICE_ONE)
    {
      vote_for_one (counting, reference);
    }
  else
    {
      vote_for_several (counting, reference);
    }
}

/**
 * hone_reference_clear:
 * @self: a result of hone_reference_find()
 */
void
hone_reference_clear (HoneReference *self)
{
  g_clear_pointer (&self->categories, hone_category_set_unref);
}
