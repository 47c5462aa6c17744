/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which examples to label next. */
#include "config.h"

#include <math.h>

#include "hone-random.h"
#include "hone-sampling.h"

typedef struct {
  gint64  id;
  guint64 stratum;
  double  confidence;   /* INFINITY without a prediction */
  guint64 key;          /* seeded: order at random */
  gsize   rank;         /* inside the stratum */
} Drawn;

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const Drawn *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

static int
compare_uncertain (gconstpointer a,
                   gconstpointer b)
{
  const Drawn *x = a, *y = b;

  if (x->confidence != y->confidence)
    return x->confidence < y->confidence ? -1 : 1;
  return compare_keys (a, b);
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const Drawn *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return compare_keys (a, b);
}

/* The first of each stratum, then the second of each, and so on: any beginning holds the same number of each, within one,
 * as long as each has some left. */
static void
rank_in_strata (GArray *drawn)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (gsize i = 0; i < drawn->len; i++)
    {
      Drawn *one = &g_array_index (drawn, Drawn, i);
      gsize *count = g_hash_table_lookup (counts, &one->stratum);

      if (!count)
        {
          count = g_new0 (gsize, 1);
          g_hash_table_insert (counts, &one->stratum, count);
        }
      one->rank = (*count)++;
    }
}

/**
 * hone_sample:
 * @candidates: (array length=n_candidates): what may be labelled, ascending id
 * @n_candidates: how many
 * @n: how many are wanted
 * @order: which come first
 * @seed: of the random part
 *
 * Returns: (transfer full) (element-type gint64): up to @n ids in the order in which they should be labelled
 */
GArray *
hone_sample (const HoneCandidate *candidates,
             gsize                n_candidates,
             gsize                n,
             HoneSampleOrder      order,
             guint64              seed)
{
  g_autoptr(GArray) drawn = g_array_sized_new (FALSE, FALSE, sizeof (Drawn), n_candidates);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; i < n_candidates; i++)
    {
      const HoneCandidate *from = &candidates[i];
      Drawn one = { from->id, from->stratum, isnan (from->confidence) ? INFINITY : from->confidence,
                    hone_random_mix (seed, (guint64) from->id), 0 };

      g_array_append_val (drawn, one);
    }
  g_array_sort (drawn, order == HONE_ORDER_UNCERTAIN ? compare_uncertain : compare_keys);
  if (order == HONE_ORDER_BALANCED)
    {
      rank_in_strata (drawn);
      g_array_sort (drawn, compare_ranks);
    }
  for (gsize i = 0; i < MIN (n, drawn->len); i++)
    g_array_append_val (ids, g_array_index (drawn, Drawn, i).id);
  return ids;
}
