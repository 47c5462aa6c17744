/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders in which to label. Chance comes from a key of each example, not from a generator's state: with one
 * seed two examples keep their order whatever else is there. */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "hone-random.h"
#include "hone-sampling.h"

typedef struct {
  gint64  id;
  guint64 stratum;
  double  rank;         /* first key; ascending */
  guint64 key;          /* second key: chance */
} Item;

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *left = a;
  const Item *right = b;

  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;
  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return (left->id > right->id) - (left->id < right->id);
}

static int
compare_strata (gconstpointer a,
                gconstpointer b)
{
  const Item *left = a;
  const Item *right = b;

  if (left->stratum != right->stratum)
    return left->stratum < right->stratum ? -1 : 1;
  return compare_items (a, b);
}

/* The k-th of each stratum goes into round k; inside a round the strata come in an order of chance. */
static void
rank_by_rounds (Item    *items,
                gsize    n_items,
                guint64  seed)
{
  guint64 round = 0;

  qsort (items, n_items, sizeof *items, compare_strata);
  for (gsize i = 0; i < n_items; i++)
    {
      round = i > 0 && items[i - 1].stratum == items[i].stratum ? round + 1 : 0;
      items[i].rank = (double) round;
    }

  for (gsize i = 0; i < n_items; i++)
    items[i].key = hone_random_mix (hone_random_mix (seed, (guint64) items[i].rank), items[i].stratum);
}

/**
 * hone_sample:
 * @candidates: (array length=n_candidates): what may be chosen
 * @n_candidates: how many
 * @n: how many are wanted
 * @order: how to choose
 * @seed: of the project
 *
 * Chooses what to label next. The same candidates and seed always give the same list.
 *
 * Returns: (transfer full) (element-type gint64): ids in the order in which they should be labelled, as many as
 *   wanted or as there are
 */
GArray *
hone_sample (const HoneCandidate *candidates,
             gsize                n_candidates,
             gsize                n,
             HoneSampleOrder      order,
             guint64              seed)
{
  g_autofree Item *items = NULL;
  guint64 own_seed = hone_random_mix (seed, 0x73616d706c65u);     /* "sample" */
  GArray *ids;

  g_return_val_if_fail (candidates != NULL || n_candidates == 0, NULL);
  g_return_val_if_fail ((guint) order <= HONE_ORDER_UNCERTAIN, NULL);

  items = g_new (Item, n_candidates);
  for (gsize i = 0; i < n_candidates; i++)
    {
      items[i] = (Item) { candidates[i].id, candidates[i].stratum, 0.0, 0 };
      items[i].key = hone_random_mix (own_seed, (guint64) candidates[i].id);
      if (order == HONE_ORDER_UNCERTAIN)
        items[i].rank = isnan (candidates[i].confidence) ? INFINITY : candidates[i].confidence;
    }

  if (order == HONE_ORDER_BALANCED)
    rank_by_rounds (items, n_candidates, own_seed);
  if (n_candidates > 1)
    qsort (items, n_candidates, sizeof *items, compare_items);

  n = MIN (n, n_candidates);
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), MIN (n, G_MAXUINT));
  for (gsize i = 0; i < n; i++)
    g_array_append_val (ids, items[i].id);

  return ids;
}
