/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts by (reference, outcome, answer). A label that changes moves one example from a cell to another; no
 * score needs the examples again. Of one thread at a time. */
#include "config.h"

#include <stdlib.h>

#include "hone-tally.h"

struct _HoneTally {
  GHashTable  *cells;       /* set of HoneTallyCell */
  GArray      *sorted;      /* HoneTallyCell, borrowing the sets; rebuilt when dirty */
  gboolean     dirty;
  guint64      n;
  HoneLeftOut  left_out;
};

static guint
cell_hash (gconstpointer key)
{
  const HoneTallyCell *cell = key;
  guint hash = hone_category_set_hash (cell->reference) * 31u + (guint) cell->outcome;

  return cell->answer != NULL ? hash * 0x9e3779b1u + hone_category_set_hash (cell->answer) : hash;
}

static gboolean
cell_equal (gconstpointer a,
            gconstpointer b)
{
  const HoneTallyCell *left = a;
  const HoneTallyCell *right = b;

  if (left->outcome != right->outcome || !hone_category_set_equal (left->reference, right->reference))
    return FALSE;
  if (left->answer == NULL || right->answer == NULL)
    return left->answer == right->answer;
  return hone_category_set_equal (left->answer, right->answer);
}

static void
cell_free (gpointer data)
{
  HoneTallyCell *cell = data;

  hone_category_set_unref (cell->reference);
  g_clear_pointer (&cell->answer, hone_category_set_unref);
  g_free (cell);
}

static int
compare_sets (const HoneCategorySet *a,
              const HoneCategorySet *b)
{
  gsize n_left, n_right;
  const guint *left = hone_category_set_get_ids (a, &n_left);
  const guint *right = hone_category_set_get_ids (b, &n_right);

  for (gsize i = 0; i < n_left && i < n_right; i++)
    {
      if (left[i] != right[i])
        return left[i] < right[i] ? -1 : 1;
    }

  return (n_left > n_right) - (n_left < n_right);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const HoneTallyCell *left = a;
  const HoneTallyCell *right = b;
  int order = compare_sets (left->reference, right->reference);

  if (order == 0)
    order = (left->outcome > right->outcome) - (left->outcome < right->outcome);
  if (order == 0 && left->answer != NULL && right->answer != NULL)
    order = compare_sets (left->answer, right->answer);
  return order;
}

/**
 * hone_tally_new:
 *
 * Returns: (transfer full): a tally of nothing
 */
HoneTally *
hone_tally_new (void)
{
  HoneTally *self = g_new0 (HoneTally, 1);

  self->cells = g_hash_table_new_full (cell_hash, cell_equal, cell_free, NULL);
  self->sorted = g_array_new (FALSE, FALSE, sizeof (HoneTallyCell));

  return self;
}

/**
 * hone_tally_free:
 * @self: (transfer full): a tally
 */
void
hone_tally_free (HoneTally *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->cells);
  g_array_unref (self->sorted);
  g_free (self);
}

static void
add_cell (HoneTally           *self,
          const HoneTallyCell *key,
          guint64              count)
{
  HoneTallyCell *cell = g_new (HoneTallyCell, 1);

  cell->reference = hone_category_set_ref (key->reference);
  cell->outcome = key->outcome;
  cell->answer = key->answer != NULL ? hone_category_set_ref (key->answer) : NULL;
  cell->count = count;
  g_hash_table_add (self->cells, cell);
}

/**
 * hone_tally_add:
 * @self: a tally
 * @reference: the reference label
 * @outcome: answered, abstained or out of set; failed calls are not scored and go to the left out
 * @answer: (nullable): the categories answered; ignored unless the outcome is answered
 * @count: how many examples; below 0 takes back what was added
 */
void
hone_tally_add (HoneTally       *self,
                HoneCategorySet *reference,
                HoneOutcome      outcome,
                HoneCategorySet *answer,
                gint64           count)
{
  HoneTallyCell key = { reference, outcome, outcome == HONE_OUTCOME_ANSWERED ? answer : NULL, 0 };
  HoneTallyCell *cell;

  g_return_if_fail (self != NULL);
  g_return_if_fail (reference != NULL);
  g_return_if_fail ((guint) outcome < HONE_OUTCOME_FAILED);
  g_return_if_fail (outcome != HONE_OUTCOME_ANSWERED || answer != NULL);

  if (count == 0)
    return;

  cell = g_hash_table_lookup (self->cells, &key);
  g_return_if_fail (count > 0 || (cell != NULL && cell->count >= 0 - (guint64) count));

  self->dirty = TRUE;
  self->n += (guint64) count;
  if (cell == NULL)
    add_cell (self, &key, (guint64) count);
  else if ((cell->count += (guint64) count) == 0)
    g_hash_table_remove (self->cells, &key);
}

/**
 * hone_tally_get_cells:
 * @self: a tally
 * @n_cells: (out): how many
 *
 * Returns: (transfer none) (array length=n_cells): the cells by reference, outcome and answer, ascending; valid
 *   until the tally changes
 */
const HoneTallyCell *
hone_tally_get_cells (HoneTally *self,
                      gsize     *n_cells)
{
  GHashTableIter iter;
  gpointer cell;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_cells != NULL, NULL);

  if (self->dirty)
    {
      g_array_set_size (self->sorted, 0);
      g_hash_table_iter_init (&iter, self->cells);
      while (g_hash_table_iter_next (&iter, &cell, NULL))
        g_array_append_vals (self->sorted, cell, 1);
      g_array_sort (self->sorted, compare_cells);
      self->dirty = FALSE;
    }

  *n_cells = self->sorted->len;
  return (const HoneTallyCell *) self->sorted->data;
}

/**
 * hone_tally_get_n:
 * @self: a tally
 *
 * Returns: how many examples are scored
 */
guint64
hone_tally_get_n (const HoneTally *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

/**
 * hone_tally_left_out:
 * @self: a tally
 *
 * Returns: (transfer none): the examples that are not in the score, by reason; to be read and written
 */
HoneLeftOut *
hone_tally_left_out (HoneTally *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->left_out;
}
