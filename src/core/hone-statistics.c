/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms: intervals, tests and agreement coefficients. */
#include "config.h"

#include <math.h>

#include "hone-measures.h"

#define Z95 1.959963984540054   /* 97.5 % quantile of the normal distribution */

/**
 * hone_wilson95:
 * @successes: 0 to @n
 * @n: trials
 * @low: (out): lower end of the 95 % interval, a ratio; NAN where @n is 0
 * @high: (out): its upper end
 *
 * Score interval of a proportion without continuity correction: Wilson, E. B. (1927), “Probable inference, the law of
 * succession, and statistical inference”, JASA 22, 209–212.
 */
void
hone_wilson95 (guint64  successes,
               guint64  n,
               double  *low,
               double  *high)
{
  double p, z2 = Z95 * Z95, middle, half;

  g_return_if_fail (successes <= n);

  *low = *high = NAN;
  if (n == 0)
    return;
  p = (double) successes / n;
  middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
  half = Z95 / (1.0 + z2 / n) * sqrt (p * (1.0 - p) / n + z2 / (4.0 * n * n));
  *low = successes == 0 ? 0.0 : middle - half;
  *high = successes == n ? 1.0 : middle + half;
}

/**
 * hone_mcnemar_exact:
 * @b: examples that only the first model has right
 * @c: examples that only the second model has right
 *
 * Two-sided exact binomial test on the discordant pairs (McNemar 1947; Edwards 1948): twice the smaller tail of
 * Binomial(b + c, 1/2), at most 1.
 *
 * Returns: the p value; 1 where there are no discordant pairs
 */
double
hone_mcnemar_exact (guint64 b,
                    guint64 c)
{
  guint64 n = b + c, k = MIN (b, c);
  double log_term, tail = 1.0, term = 1.0;

  if (b == c)
    return 1.0;
  /* Sum from the largest term downwards, each relative to it: P(i - 1) / P(i) = i / (n - i + 1). */
  log_term = lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0) - n * G_LN2;
  for (guint64 i = k; i > 0 && term > 1e-18; i--)
    {
      term *= (double) i / (double) (n - i + 1);
      tail += term;
    }
  return MIN (1.0, 2.0 * exp (log_term + log (tail)));
}

/**
 * hone_krippendorff_nominal:
 * @table: category of each value, row by row of observers; -1 is missing
 * @n_observers: rows
 * @n_units: columns
 *
 * Krippendorff's alpha for nominal data (Krippendorff 2011, “Computing Krippendorff's alpha-reliability”): 1 - D_o / D_e over
 * pairable values; units with fewer than two values are left out.
 *
 * Returns: alpha, NAN where no value pairs or only one category occurs
 */
double
hone_krippendorff_nominal (const int *table,
                           gsize      n_observers,
                           gsize      n_units)
{
  g_autoptr(GHashTable) totals = g_hash_table_new (NULL, NULL);
  g_autofree int *values = g_new (int, MAX (n_observers, 1));
  double observed = 0.0, expected = 0.0, n = 0.0;
  GHashTableIter iter;
  gpointer count;

  for (gsize unit = 0; unit < n_units; unit++)
    {
      gsize m = 0;
      guint64 unequal = 0;

      for (gsize observer = 0; observer < n_observers; observer++)
        if (table[observer * n_units + unit] >= 0)
          values[m++] = table[observer * n_units + unit];
      if (m < 2)
        continue;
      for (gsize i = 0; i < m; i++)
        {
          gpointer key = GINT_TO_POINTER (values[i] + 1);

          g_hash_table_insert (totals, key, GSIZE_TO_POINTER (GPOINTER_TO_SIZE (g_hash_table_lookup (totals, key)) + 1));
          for (gsize j = 0; j < m; j++)
            unequal += values[i] != values[j];
        }
      observed += (double) unequal / (m - 1);
      n += m;
    }

  if (n < 2)
    return NAN;
  expected = n * n;
  g_hash_table_iter_init (&iter, totals);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    expected -= (double) GPOINTER_TO_SIZE (count) * GPOINTER_TO_SIZE (count);
  expected /= n - 1;
  return expected > 0.0 ? 1.0 - observed / expected : NAN;
}

/**
 * hone_measure_log_loss:
 * @log_likelihood: (array length=n): natural logarithm of the probability given to each reference label
 * @n: how many
 *
 * Returns: the mean of -ln p; NAN where @n is 0
 */
double
hone_measure_log_loss (const double *log_likelihood,
                       gsize         n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum -= log_likelihood[i];
  return n ? sum / n : NAN;
}

/**
 * hone_measure_calibration_error:
 * @confidence: (array length=n): greatest probability of each prediction, 0 to 1
 * @correct: (array length=n): whether it was right
 * @n: how many
 *
 * Expected calibration error with 10 bins (b/10, (b+1)/10]; a confidence of exactly b/10 belongs to the lower bin:
 * the sum of n_b / n · |accuracy_b - mean confidence_b| (Naeini, Cooper and Hauskrecht 2015).
 *
 * Returns: a ratio; NAN where @n is 0
 */
double
hone_measure_calibration_error (const double   *confidence,
                                const gboolean *correct,
                                gsize           n)
{
  double sum[10] = { 0 }, error = 0.0;
  guint64 right[10] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      int bin = 0;

      while (bin < 9 && confidence[i] > (bin + 1) / 10.0)
        bin++;
      sum[bin] += confidence[i];
      right[bin] += correct[i] ? 1 : 0;
    }
  for (int bin = 0; bin < 10; bin++)
    error += fabs (right[bin] - sum[bin]);
  return n ? error / n : NAN;
}

/**
 * hone_agreement_mark:
 * @voters: (array length=n_voters): what each chose; (nullable) elements chose nothing
 * @n_voters: how many
 *
 * Kili's agreement mark: each category chosen by anybody gets (votes for it) / voters; the mark is the mean of these.
 *
 * Returns: a ratio; NAN where nobody chose anything
 */
double
hone_agreement_mark (HoneCategorySet * const *voters,
                     gsize                    n_voters)
{
  g_autoptr(GHashTable) chosen = g_hash_table_new (NULL, NULL);
  double votes = 0.0;

  for (gsize i = 0; i < n_voters; i++)
    {
      gsize n = 0;
      const guint *ids = voters[i] ? hone_category_set_get_ids (voters[i], &n) : NULL;

      for (gsize k = 0; k < n; k++)
        g_hash_table_add (chosen, GUINT_TO_POINTER (ids[k]));
      votes += n;
    }
  if (g_hash_table_size (chosen) == 0)
    return NAN;
  return votes / (double) n_voters / g_hash_table_size (chosen);
}
