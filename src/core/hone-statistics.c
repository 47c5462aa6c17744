/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms: intervals, tests and agreement that need no tally. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-measures-private.h"

#define Z_95 1.959963984540054

/**
 * hone_wilson95:
 * @successes: at most @n
 * @n: trials
 * @low: (out): lower end
 * @high: (out): upper end
 *
 * The 95 % interval of a proportion by Wilson (1927), without correction for continuity; with p = successes / n:
 * (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n). NAN without trials.
 */
void
hone_wilson95 (guint64  successes,
               guint64  n,
               double  *low,
               double  *high)
{
  double total = (double) n;
  double p = (double) successes / total;
  double square = Z_95 * Z_95;
  double centre, half;

  g_return_if_fail (low != NULL && high != NULL);
  g_return_if_fail (successes <= n);

  if (n == 0)
    {
      *low = *high = NAN;
      return;
    }

  centre = (p + square / (2.0 * total)) / (1.0 + square / total);
  half = Z_95 * sqrt (p * (1.0 - p) / total + square / (4.0 * total * total)) / (1.0 + square / total);

  /* At the ends the formula gives exactly 0 and 1; rounding must not say otherwise. */
  *low = successes == 0 ? 0.0 : MAX (0.0, centre - half);
  *high = successes == n ? 1.0 : MIN (1.0, centre + half);
}

/* ln n! - ((n + 1/2) ln n - n + ln (2 pi) / 2), the error of Stirling's formula. */
static double
stirling_error (double n)
{
  double square = n * n;

  if (n < 16.0)
    return lgamma (n + 1.0) - (n + 0.5) * log (n) + n - 0.91893853320467274178;

  return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square) / n;
}

/* x ln (x / m) + m - x, without cancellation where x is near m. */
static double
deviance (double x,
          double m)
{
  double v, term, sum;

  if (fabs (x - m) >= 0.1 * (x + m))
    return x * log (x / m) + m - x;

  v = (x - m) / (x + m);
  sum = (x - m) * v;
  term = 2.0 * x * v;
  for (guint j = 1; j < 1000; j++)
    {
      double next;

      term *= v * v;
      next = sum + term / (2.0 * j + 1.0);
      if (next == sum)
        break;
      sum = next;
    }

  return sum;
}

/* Chance of k heads in n throws. Loader's saddle-point form (2000): the difference of three logarithms of
 * factorials would lose nine digits at a million throws. */
static double
heads_chance (double k,
              double n)
{
  if (k == 0.0)
    return exp (-n * G_LN2);

  return exp (stirling_error (n) - stirling_error (k) - stirling_error (n - k)
              - deviance (k, n / 2.0) - deviance (n - k, n / 2.0))
         * sqrt (n / (2.0 * G_PI * k * (n - k)));
}

/**
 * hone_mcnemar_exact:
 * @b: examples that the first got right and the second wrong
 * @c: examples that the second got right and the first wrong
 *
 * McNemar's exact test: the two-sided binomial test of @b among @b + @c at one half, twice the smaller tail.
 *
 * Returns: p, 0 to 1; 1 where there are no discordant pairs
 */
double
hone_mcnemar_exact (guint64 b,
                    guint64 c)
{
  guint64 few = MIN (b, c);
  double n = (double) b + (double) c;
  double term, sum;

  if (b == c)
    return 1.0;

  term = heads_chance ((double) few, n);
  sum = term;
  for (guint64 k = few; k > 0 && term > sum * 1e-18; k--)
    {
      term *= (double) k / (n - (double) k + 1.0);
      sum += term;
    }

  return MIN (1.0, 2.0 * sum);
}

/* ---- Krippendorff's alpha ---- */

/* How often each value occurs among the @n_values values of one unit, as (category number, count). */
static gsize
count_unit (const int  *table,
            gsize       n_observers,
            gsize       n_units,
            gsize       unit,
            GHashTable *numbers,
            guint64    *counts,
            GArray     *touched)
{
  gsize n_values = 0;

  g_array_set_size (touched, 0);
  for (gsize o = 0; o < n_observers; o++)
    {
      int value = table[o * n_units + unit];
      guint number;

      if (value < 0)
        continue;
      number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GINT_TO_POINTER (value)));
      if (counts[number]++ == 0)
        g_array_append_val (touched, number);
      n_values++;
    }

  return n_values;
}

static GHashTable *
number_values (const int *table,
               gsize      n)
{
  GHashTable *numbers = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < n; i++)
    {
      if (table[i] >= 0 && !g_hash_table_contains (numbers, GINT_TO_POINTER (table[i])))
        g_hash_table_insert (numbers, GINT_TO_POINTER (table[i]), GUINT_TO_POINTER (g_hash_table_size (numbers)));
    }

  return numbers;
}

/**
 * hone_krippendorff_nominal:
 * @table: (array): values of the observers, row by row; below 0: missing
 * @n_observers: rows
 * @n_units: columns
 *
 * Krippendorff's alpha for nominal data (2011): 1 - D_o / D_e, from coincidences. Of a unit with m values, m at
 * least 2, each ordered pair of different values counts 1 / (m - 1) into D_o; D_e is the same for all pairable
 * values drawn by chance.
 *
 * Returns: at most 1, or NAN where fewer than two categories occur among pairable values
 */
double
hone_krippendorff_nominal (const int *table,
                           gsize      n_observers,
                           gsize      n_units)
{
  g_autoptr(GHashTable) numbers = NULL;
  g_autoptr(GArray) touched = NULL;
  g_autofree guint64 *counts = NULL;
  g_autofree double *totals = NULL;
  double observed = 0.0, n = 0.0, same = 0.0;

  g_return_val_if_fail (table != NULL || n_observers == 0 || n_units == 0, NAN);

  numbers = number_values (table, n_observers * n_units);
  touched = g_array_new (FALSE, FALSE, sizeof (guint));
  counts = g_new0 (guint64, g_hash_table_size (numbers) + 1);
  totals = g_new0 (double, g_hash_table_size (numbers) + 1);

  for (gsize u = 0; u < n_units; u++)
    {
      double m = (double) count_unit (table, n_observers, n_units, u, numbers, counts, touched);
      double squares = 0.0;

      for (guint i = 0; i < touched->len; i++)
        {
          guint number = g_array_index (touched, guint, i);
          double count = (double) counts[number];

          counts[number] = 0;
          squares += count * count;
          if (m >= 2.0)
            totals[number] += count;
        }
      if (m >= 2.0)
        {
          n += m;
          observed += (m * m - squares) / (m - 1.0);
        }
    }

  for (guint i = 0; i < g_hash_table_size (numbers); i++)
    same += totals[i] * totals[i];
  if (n * n - same <= 0.0)
    return NAN;

  return 1.0 - (n - 1.0) * observed / (n * n - same);
}

/* ---- probabilities ---- */

/**
 * _hone_bounded_log_likelihood:
 * @log_likelihood: ln of a probability
 *
 * Returns: the same, but at least ln of the precision of a double
 */
double
_hone_bounded_log_likelihood (double log_likelihood)
{
  return log_likelihood >= -36.043653389117154 ? MIN (log_likelihood, 0.0) : -36.043653389117154;
}

/**
 * hone_measure_log_loss:
 * @log_likelihood: (array length=n): ln of the probability given to each reference
 * @n: how many
 *
 * The mean of -ln p. A probability below 2⁻⁵² counts as that much, as in scikit-learn, so that one certain
 * error does not make the measure infinite.
 *
 * Returns: nats, from 0, or NAN without examples
 */
double
hone_measure_log_loss (const double *log_likelihood,
                       gsize         n)
{
  double sum = 0.0;

  g_return_val_if_fail (log_likelihood != NULL || n == 0, NAN);

  for (gsize i = 0; i < n; i++)
    sum -= _hone_bounded_log_likelihood (log_likelihood[i]);

  return n > 0 ? sum / (double) n : NAN;
}

/**
 * _hone_calibration_bin:
 * @confidence: ratio 0 to 1
 *
 * Returns: b of the bin (b/10, (b + 1)/10] that holds it; 0 is in the first
 */
guint
_hone_calibration_bin (double confidence)
{
  guint bin = confidence > 0.0 ? (guint) MIN (confidence * HONE_CALIBRATION_BINS, HONE_CALIBRATION_BINS - 1) : 0;

  /* The product is near the bin; only the comparison with the border itself knows on which side it is. */
  if (bin > 0 && confidence <= (double) bin / HONE_CALIBRATION_BINS)
    bin--;
  else if (bin + 1 < HONE_CALIBRATION_BINS && confidence > (double) (bin + 1) / HONE_CALIBRATION_BINS)
    bin++;

  return bin;
}

/**
 * hone_measure_calibration_error:
 * @confidence: (array length=n): the greatest probability of each example
 * @correct: (array length=n): whether its category was right
 * @n: how many
 *
 * The expected calibration error (Naeini, Cooper and Hauskrecht 2015): over ten bins of equal width, the sum of
 * n_b/n · |share correct in b - mean confidence in b|. A confidence on a border belongs to the lower bin.
 *
 * Returns: ratio 0 to 1, or NAN without examples
 */
double
hone_measure_calibration_error (const double   *confidence,
                                const gboolean *correct,
                                gsize           n)
{
  double gap[HONE_CALIBRATION_BINS] = { 0.0 };      /* number correct less sum of confidence */
  double error = 0.0;

  g_return_val_if_fail ((confidence != NULL && correct != NULL) || n == 0, NAN);

  for (gsize i = 0; i < n; i++)
    gap[_hone_calibration_bin (confidence[i])] += (correct[i] ? 1.0 : 0.0) - confidence[i];
  for (guint b = 0; b < HONE_CALIBRATION_BINS; b++)
    error += fabs (gap[b]);

  return n > 0 ? error / (double) n : NAN;
}

/**
 * hone_agreement_mark:
 * @voters: (array length=n_voters) (element-type HoneCategorySet): the choices; %NULL chose nothing
 * @n_voters: how many
 *
 * The agreement mark of one example (Kili Technology): each category that anyone chose gets its votes divided by
 * the number of voters, and the mark is the mean of that. It is the number of choices divided by the number of
 * voters times that of chosen categories.
 *
 * Returns: ratio above 0 to 1, or NAN where nobody chose anything
 */
double
hone_agreement_mark (HoneCategorySet * const *voters,
                     gsize                    n_voters)
{
  g_autoptr(GHashTable) chosen = g_hash_table_new (NULL, NULL);
  gsize n_choices = 0;

  g_return_val_if_fail (voters != NULL || n_voters == 0, NAN);

  for (gsize i = 0; i < n_voters; i++)
    {
      gsize n_ids = 0;
      const guint *ids = voters[i] != NULL ? hone_category_set_get_ids (voters[i], &n_ids) : NULL;

      for (gsize j = 0; j < n_ids; j++)
        g_hash_table_add (chosen, GUINT_TO_POINTER (ids[j]));
      n_choices += n_ids;
    }

  return n_choices > 0 ? (double) n_choices / ((double) n_voters * (double) g_hash_table_size (chosen)) : NAN;
}
