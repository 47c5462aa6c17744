/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deals roles like a dealer who remembers: each stratum owes each role its share of the examples so far. The
 * draw depends on seed, stratum and counts alone, so the same examples get the same roles in any mixture of
 * strata and after any pause. */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hone-random.h"
#include "hone-splitter.h"

typedef struct {
  guint64 stratum;
  guint64 count[HONE_N_SPLITS];
} Stratum;

struct _HoneSplitter {
  HoneShares  shares;
  guint64     seed;
  GHashTable *strata;       /* set of Stratum, by its first member */
};

/* Digits with at most one point, as percent. Not strtod: that also reads "inf", "0x10" and exponents. */
static gboolean
parse_percent (const char *part,
               double     *percent)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (part));
  gsize digits = strspn (trimmed, "0123456789");
  gsize rest = trimmed[digits] == '.' ? 1 + strspn (trimmed + digits + 1, "0123456789") : 0;

  if (digits == 0 || rest == 1 || trimmed[digits + rest] != '\0')
    return FALSE;

  *percent = g_ascii_strtod (trimmed, NULL);
  return *percent <= 100.0;
}

/**
 * hone_shares_parse:
 * @string: "80/10/10" (train, validation, test) or "80/20" (train, validation)
 * @shares: (out caller-allocates): the shares, which sum to 1; untouched on an error
 * @error: return location: %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Reads shares in percent: whole numbers or decimals with a point that sum to 100.
 *
 * Returns: whether the string was understood
 */
gboolean
hone_shares_parse (const char  *string,
                   HoneShares  *shares,
                   GError     **error)
{
  g_auto(GStrv) parts = NULL;
  double percent[HONE_N_SPLITS] = { 0.0 };
  double sum = 0.0;
  gboolean good;
  guint n;

  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (shares != NULL, FALSE);

  parts = g_strsplit (string, "/", HONE_N_SPLITS + 1);
  n = g_strv_length (parts);
  good = n >= 2 && n <= HONE_N_SPLITS;
  for (guint i = 0; good && i < n; i++)
    {
      good = parse_percent (parts[i], &percent[i]);
      sum += percent[i];
    }

  if (!good || fabs (sum - 100.0) > 1e-6)
    {
      g_autofree char *valid = g_utf8_make_valid (string, -1);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is no division into splits, two or three percentages like “80/10/10” that sum to 100 were wanted"),
                   valid);
      return FALSE;
    }

  for (guint i = 0; i < HONE_N_SPLITS; i++)
    shares->share[i] = percent[i] / sum;
  return TRUE;
}

/**
 * hone_splitter_new:
 * @shares: how many of each stratum each role should get, summing to 1
 * @seed: of the project
 *
 * Returns: (transfer full): a splitter that has dealt nothing yet
 */
HoneSplitter *
hone_splitter_new (const HoneShares *shares,
                   guint64           seed)
{
  HoneSplitter *self;

  g_return_val_if_fail (shares != NULL, NULL);

  self = g_new0 (HoneSplitter, 1);
  self->shares = *shares;
  self->seed = hone_random_mix (seed, 0x73706c6974u);       /* "split": not the draws of other purposes */
  self->strata = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

/**
 * hone_splitter_free:
 * @self: (transfer full): a splitter
 */
void
hone_splitter_free (HoneSplitter *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->strata);
  g_free (self);
}

static Stratum *
find_stratum (HoneSplitter *self,
              guint64       stratum)
{
  Stratum *found = g_hash_table_lookup (self->strata, &stratum);

  if (found == NULL)
    {
      found = g_new0 (Stratum, 1);
      found->stratum = stratum;
      g_hash_table_add (self->strata, found);
    }

  return found;
}

/**
 * hone_splitter_count:
 * @self: a splitter
 * @stratum: of the examples
 * @split: their role
 * @n: how many
 *
 * Tells of roles that exist already; new examples make up for what these lack.
 */
void
hone_splitter_count (HoneSplitter *self,
                     guint64       stratum,
                     HoneSplit     split,
                     guint64       n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint) split < HONE_N_SPLITS);

  find_stratum (self, stratum)->count[split] += n;
}

/* What each role would be owed after one more example, and a whole one at least once any is owed that much:
 * such a role cannot wait. Of three roles at most one can come to that, so no count ever falls behind by one. */
static void
weigh_roles (const HoneShares *shares,
             const Stratum    *stratum,
             guint64           n,
             double           *weights)
{
  gboolean urgent = FALSE;

  for (guint r = 0; r < HONE_N_SPLITS; r++)
    {
      weights[r] = shares->share[r] * (double) (n + 1) - (double) stratum->count[r];
      if (weights[r] >= 1.0 - 1e-9)
        urgent = TRUE;
    }

  for (guint r = 0; r < HONE_N_SPLITS; r++)
    {
      if (weights[r] < (urgent ? 1.0 - 1e-9 : 1e-9))
        weights[r] = 0.0;
    }
}

static HoneSplit
draw_role (const double *weights,
           double        unit)
{
  double sum = 0.0, below = 0.0;
  guint last = 0;

  for (guint r = 0; r < HONE_N_SPLITS; r++)
    sum += weights[r];

  for (guint r = 0; r < HONE_N_SPLITS; r++)
    {
      if (weights[r] <= 0.0)
        continue;
      last = r;
      below += weights[r];
      if (unit * sum < below)
        break;
    }

  return (HoneSplit) last;
}

/**
 * hone_splitter_next:
 * @self: a splitter
 * @stratum: of the example
 *
 * Deals the next role: at random among those that have less than their share, more likely the more they lack.
 * From an empty stratum on, every count stays less than one away from its share of the examples dealt.
 *
 * Returns: the role
 */
HoneSplit
hone_splitter_next (HoneSplitter *self,
                    guint64       stratum)
{
  Stratum *found;
  double weights[HONE_N_SPLITS];
  guint64 n = 0, bits;
  HoneSplit role;

  g_return_val_if_fail (self != NULL, HONE_SPLIT_TRAIN);

  found = find_stratum (self, stratum);
  for (guint r = 0; r < HONE_N_SPLITS; r++)
    n += found->count[r];

  weigh_roles (&self->shares, found, n, weights);
  bits = hone_random_mix (hone_random_mix (self->seed, stratum), n);
  role = draw_role (weights, (double) (bits >> 11) * 0x1p-53);
  found->count[role]++;

  return role;
}
