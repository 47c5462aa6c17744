/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scored examples counted by (reference label, outcome, answer). */
#include "config.h"

#include "hone-tally.h"

struct _HoneTally {
  GHashTable  *cells;    /* HoneTallyCell, as key and value */
  GArray      *sorted;   /* of HoneTallyCell, borrowing; NULL when stale */
  guint64      n;
  HoneLeftOut  left_out;
};

static guint
cell_hash (gconstpointer key)
{
  const HoneTallyCell *cell = key;
  guint hash = hone_category_set_hash (cell->reference) * 31u + (guint) cell->outcome;

  return hash * 31u + (cell->answer ? hone_category_set_hash (cell->answer) : 0);
}

static gboolean
sets_equal (const HoneCategorySet *a,
            const HoneCategorySet *b)
{
  return a == b || (a && b && hone_category_set_equal (a, b));
}

static gboolean
cell_equal (gconstpointer a,
            gconstpointer b)
{
  const HoneTallyCell *x = a, *y = b;

  return x->outcome == y->outcome && sets_equal (x->reference, y->reference) && sets_equal (x->answer, y->answer);
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
  const guint *x, *y;
  gsize n_x, n_y;

  if (a == b)
    return 0;
  if (!a || !b)
    return a ? 1 : -1;
  x = hone_category_set_get_ids (a, &n_x);
  y = hone_category_set_get_ids (b, &n_y);
  for (gsize i = 0; i < MIN (n_x, n_y); i++)
    if (x[i] != y[i])
      return x[i] < y[i] ? -1 : 1;
  return n_x == n_y ? 0 : (n_x < n_y ? -1 : 1);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const HoneTallyCell *x = a, *y = b;
  int order = compare_sets (x->reference, y->reference);

  if (order == 0)
    order = (int) x->outcome - (int) y->outcome;
  return order ? order : compare_sets (x->answer, y->answer);
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
  return self;
}

/**
 * hone_tally_free:
 * @self: (transfer full): a tally
 */
void
hone_tally_free (HoneTally *self)
{
  g_hash_table_unref (self->cells);
  g_clear_pointer (&self->sorted, g_array_unref);
  g_free (self);
}

/**
 * hone_tally_add:
 * @self: a tally
 * @reference: the reference label
 * @outcome: what became of the question; never %HONE_OUTCOME_FAILED, which is not scored
 * @answer: (nullable): the categories answered, with %HONE_OUTCOME_ANSWERED only
 * @count: how many examples more, or fewer where negative
 *
 * Adds to a cell. A cell that reaches 0 vanishes; counts never go below 0.
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

  g_return_if_fail (self && reference && outcome != HONE_OUTCOME_FAILED);
  g_return_if_fail (outcome != HONE_OUTCOME_ANSWERED || answer);

  if (count == 0)
    return;
  cell = g_hash_table_lookup (self->cells, &key);
  g_return_if_fail (count > 0 || (cell && cell->count >= (guint64) -count));
  if (!cell)
    {
      cell = g_memdup2 (&key, sizeof key);
      hone_category_set_ref (cell->reference);
      if (cell->answer)
        hone_category_set_ref (cell->answer);
      g_hash_table_add (self->cells, cell);
    }
  cell->count += count;
  self->n += count;
  if (cell->count == 0)
    g_hash_table_remove (self->cells, &key);
  g_clear_pointer (&self->sorted, g_array_unref);
}

/**
 * hone_tally_get_cells:
 * @self: a tally
 * @n_cells: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_cells): the cells, ordered by their contents alone; valid until the tally changes
 */
const HoneTallyCell *
hone_tally_get_cells (HoneTally *self,
                      gsize     *n_cells)
{
  if (!self->sorted)
    {
      GHashTableIter iter;
      gpointer cell;

      self->sorted = g_array_sized_new (FALSE, FALSE, sizeof (HoneTallyCell), g_hash_table_size (self->cells));
      g_hash_table_iter_init (&iter, self->cells);
      while (g_hash_table_iter_next (&iter, &cell, NULL))
        g_array_append_vals (self->sorted, cell, 1);
      g_array_sort (self->sorted, compare_cells);
    }
  *n_cells = self->sorted->len;
  return (const HoneTallyCell *) (gpointer) self->sorted->data;
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
  return self->n;
}

/**
 * hone_tally_left_out:
 * @self: a tally
 *
 * Returns: (transfer none): the counts of examples that are not scored, to read and to write
 */
HoneLeftOut *
hone_tally_left_out (HoneTally *self)
{
  return &self->left_out;
}
