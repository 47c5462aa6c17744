/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deals split roles. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-random.h"
#include "hone-splitter.h"

struct _HoneSplitter {
  HoneShares  shares;
  guint64     seed;
  GHashTable *strata;   /* guint64 → guint64[HONE_N_SPLITS] */
};

/**
 * hone_shares_parse:
 * @string: train, validation and, if there is a third part, test, in per cent: “80/10/10”, “80/20”
 * @shares: (out caller-allocates): ratios that sum to 1
 * @error: return location for a `G_IO_ERROR_INVALID_ARGUMENT`
 *
 * Returns: whether @string could be read
 */
gboolean
hone_shares_parse (const char  *string,
                   HoneShares  *shares,
                   GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (string, "/", HONE_N_SPLITS + 1);
  guint n = g_strv_length (parts);
  double sum = 0.0;

  *shares = (HoneShares) { { 0.0 } };
  for (guint i = 0; i < n && i < HONE_N_SPLITS; i++)
    {
      char *end = NULL;
      double part = g_ascii_strtod (parts[i], &end);

      if (end == parts[i] || *end || !isfinite (part) || part < 0.0)
        sum = NAN;
      shares->share[i] = part / 100.0;
      sum += part;
    }
  if (n < 2 || n > HONE_N_SPLITS || !(fabs (sum - 100.0) < 1e-6))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” are no shares: wanted two or three percentages that sum to 100, such as 80/10/10"), string);
      return FALSE;
    }
  return TRUE;
}

/**
 * hone_splitter_new:
 * @shares: wanted shares of the roles
 * @seed: the project's
 *
 * Returns: (transfer full): a dealer that has dealt nothing
 */
HoneSplitter *
hone_splitter_new (const HoneShares *shares,
                   guint64           seed)
{
  HoneSplitter *self = g_new0 (HoneSplitter, 1);

  self->shares = *shares;
  self->seed = seed;
  self->strata = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

/**
 * hone_splitter_free:
 * @self: (transfer full): a dealer
 */
void
hone_splitter_free (HoneSplitter *self)
{
  g_hash_table_unref (self->strata);
  g_free (self);
}

static guint64 *
get_counts (HoneSplitter *self,
            guint64       stratum)
{
  guint64 *counts = g_hash_table_lookup (self->strata, &stratum);

  if (!counts)
    {
      counts = g_new0 (guint64, HONE_N_SPLITS);
      g_hash_table_insert (self->strata, g_memdup2 (&stratum, sizeof stratum), counts);
    }
  return counts;
}

/**
 * hone_splitter_count:
 * @self: a dealer
 * @stratum: what kind of example, 0 for those without label
 * @split: the role they have
 * @n: how many
 *
 * Tells of examples that have a role already.
 */
void
hone_splitter_count (HoneSplitter *self,
                     guint64       stratum,
                     HoneSplit     split,
                     guint64       n)
{
  g_return_if_fail ((guint) split < HONE_N_SPLITS);

  get_counts (self, stratum)[split] += n;
}

/**
 * hone_splitter_next:
 * @self: a dealer
 * @stratum: what kind of example, 0 for those without label
 *
 * Deals the role of one more example. Only roles that lack examples are drawn, each as probable as it lacks them; so the count of
 * a role stays within one of its share, and yet no pattern of the file meets a pattern of the roles. What is dealt depends on the
 * seed, the stratum and its counts alone, not on other strata in between.
 *
 * Returns: the role
 */
HoneSplit
hone_splitter_next (HoneSplitter *self,
                    guint64       stratum)
{
  guint64 *counts = get_counts (self, stratum);
  double lacking[HONE_N_SPLITS], sum = 0.0, at;
  HoneSplit split = HONE_SPLIT_TRAIN;
  HoneRandom random;
  guint64 n = 0;

  for (int i = 0; i < HONE_N_SPLITS; i++)
    n += counts[i];
  for (int i = 0; i < HONE_N_SPLITS; i++)
    {
      lacking[i] = MAX (0.0, self->shares.share[i] * (n + 1) - counts[i]);
      sum += lacking[i];
    }
  hone_random_init (&random, hone_random_mix (hone_random_mix (self->seed, stratum), n));
  at = hone_random_unit (&random) * sum;
  for (int i = 0; i < HONE_N_SPLITS; i++)
    {
      if (lacking[i] <= 0.0)
        continue;
      split = i;
      if (at < lacking[i])
        break;
      at -= lacking[i];
    }
  counts[split]++;
  return split;
}
