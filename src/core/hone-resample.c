/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bootstrap. Drawing n examples with replacement makes the counts of the cells a multinomial draw, so a
 * resample of a tally costs as much as it has cells. Measures of probabilities need the examples: they are drawn
 * one by one up to DIRECT_LIMIT; above, neighbours in value are taken together in about N_GROUPS groups, each
 * counting as its mean, and the groups are drawn as cells. What that ignores is the spread inside a group, less
 * than a two-thousandth of the examples wide. */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "hone-random.h"
#include "hone-resample-private.h"

#define DIRECT_LIMIT 20000
#define N_GROUPS 2000

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* Between the two nearest of the sorted values, as NumPy does. */
static double
percentile (const double *sorted,
            gsize         n,
            double        share)
{
  double place = share * (double) (n - 1);
  gsize below = (gsize) place;

  if (below + 1 >= n)
    return sorted[n - 1];
  return sorted[below] + (place - (double) below) * (sorted[below + 1] - sorted[below]);
}

/* Resamples in which the measure is undefined say nothing about it. */
static void
set_interval (HoneEstimate *estimate,
              double       *values,
              gsize         n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!isnan (values[i]))
        values[kept++] = values[i];
    }

  estimate->low = estimate->high = NAN;
  if (kept == 0 || isnan (estimate->value))
    return;

  qsort (values, kept, sizeof *values, compare_doubles);
  estimate->low = percentile (values, kept, 0.025);
  estimate->high = percentile (values, kept, 0.975);
}

/* A multinomial draw as a chain of binomial ones: each cell takes its share of what the earlier ones left. */
static void
draw_counts (HoneRandom    *random,
             const guint64 *counts,
             gsize          n_counts,
             guint64        n,
             guint64       *drawn)
{
  guint64 left = n, mass = n;

  for (gsize i = 0; i < n_counts; i++)
    {
      drawn[i] = counts[i] < mass ? hone_random_binomial (random, left, (double) counts[i] / (double) mass) : left;
      left -= drawn[i];
      mass -= counts[i];
    }
}

/**
 * _hone_resample_frame:
 * @frame: cells and counts
 * @seed: of the intervals
 * @n_resamples: above 0
 * @measures: (array fixed-size=14): estimates, their values set
 */
void
_hone_resample_frame (const HoneFrame *frame,
                      guint64          seed,
                      guint            n_resamples,
                      HoneEstimate    *measures)
{
  g_autoptr(HoneSums) sums = _hone_sums_new (frame);
  g_autofree guint64 *drawn = g_new (guint64, frame->n_cells + 1);
  g_autofree double *values = g_new (double, (gsize) n_resamples * HONE_MEASURE_LOG_LOSS);
  HoneRandom random;

  hone_random_init_for (&random, seed, "scores");
  for (guint r = 0; r < n_resamples; r++)
    {
      draw_counts (&random, frame->counts, frame->n_cells, frame->n, drawn);
      _hone_sums_count (sums, frame, drawn);
      for (guint m = 0; m < HONE_MEASURE_LOG_LOSS; m++)
        values[(gsize) m * n_resamples + r] = _hone_sums_measure (sums, (HoneMeasure) m);
    }

  for (guint m = 0; m < HONE_MEASURE_LOG_LOSS; m++)
    set_interval (&measures[m], values + (gsize) m * n_resamples, n_resamples);
}

/* ---- probabilities ---- */

/* An example, or several that are alike. The same sums serve both measures: log-loss has one bin. */
typedef struct {
  double  value;        /* mean of the group */
  guint   bin;
  guint   kind;         /* groups do not mix kinds: correct and not */
} Point;

typedef double (*PointsFunc) (const double *sums,
                              guint64       n);

static double
log_loss_of_bins (const double *sums,
                  guint64       n)
{
  return sums[0] / (double) n;
}

static double
calibration_error_of_bins (const double *sums,
                           guint64       n)
{
  double error = 0.0;

  for (guint b = 0; b < HONE_CALIBRATION_BINS; b++)
    error += fabs (sums[b]);
  return error / (double) n;
}

static int
compare_points (gconstpointer a,
                gconstpointer b)
{
  const Point *left = a;
  const Point *right = b;

  if (left->bin != right->bin)
    return left->bin < right->bin ? -1 : 1;
  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  return compare_doubles (&left->value, &right->value);
}

/* Replaces the points by groups of neighbours. Returns how many; their sizes go to @counts. */
static gsize
group_points (Point   *points,
              gsize    n,
              guint64 *counts)
{
  gsize size = (n + N_GROUPS - 1) / N_GROUPS;
  gsize n_groups = 0;

  qsort (points, n, sizeof *points, compare_points);
  for (gsize i = 0; i < n;)
    {
      Point group = points[i];
      gsize end = i + 1;

      for (; end < n && end - i < size && points[end].bin == group.bin && points[end].kind == group.kind; end++)
        group.value += points[end].value;
      group.value /= (double) (end - i);
      counts[n_groups] = end - i;
      points[n_groups++] = group;
      i = end;
    }

  return n_groups;
}

static void
draw_groups (HoneRandom    *random,
             const Point   *groups,
             const guint64 *counts,
             gsize          n_groups,
             guint64        n,
             guint64       *drawn,
             double        *sums)
{
  draw_counts (random, counts, n_groups, n, drawn);
  for (gsize i = 0; i < n_groups; i++)
    sums[groups[i].bin] += (double) drawn[i] * groups[i].value;
}

static void
draw_points (HoneRandom  *random,
             const Point *points,
             gsize        n,
             double      *sums)
{
  for (gsize i = 0; i < n; i++)
    {
      const Point *point = &points[hone_random_below (random, n)];

      sums[point->bin] += point->value;
    }
}

static void
resample_points (Point        *points,
                 gsize         n,
                 HoneRandom   *random,
                 guint         n_resamples,
                 PointsFunc    func,
                 HoneEstimate *estimate)
{
  gboolean direct = n <= DIRECT_LIMIT;
  g_autofree guint64 *counts = direct ? NULL : g_new (guint64, n);
  gsize n_groups = direct ? 0 : group_points (points, n, counts);
  g_autofree guint64 *drawn = g_new (guint64, n_groups + 1);
  g_autofree double *values = g_new (double, n_resamples);

  for (guint r = 0; r < n_resamples; r++)
    {
      double sums[HONE_CALIBRATION_BINS] = { 0.0 };

      if (direct)
        draw_points (random, points, n, sums);
      else
        draw_groups (random, points, counts, n_groups, n, drawn, sums);
      values[r] = func (sums, n);
    }

  set_interval (estimate, values, n_resamples);
}

/**
 * _hone_resample_probabilities:
 * @probabilities: of the scored examples
 * @seed: of the intervals
 * @n_resamples: above 0
 * @log_loss: (inout): estimate, its value set
 * @calibration_error: (inout): estimate, its value set
 */
void
_hone_resample_probabilities (const HoneProbabilities *probabilities,
                              guint64                  seed,
                              guint                    n_resamples,
                              HoneEstimate            *log_loss,
                              HoneEstimate            *calibration_error)
{
  gsize n = probabilities->n;
  g_autofree Point *points = g_new (Point, n + 1);
  HoneRandom random;

  for (gsize i = 0; i < n; i++)
    points[i] = (Point) { -_hone_bounded_log_likelihood (probabilities->log_likelihood[i]), 0, 0 };
  hone_random_init_for (&random, seed, "log-loss");
  resample_points (points, n, &random, n_resamples, log_loss_of_bins, log_loss);

  for (gsize i = 0; i < n; i++)
    {
      gboolean correct = probabilities->correct[i] != FALSE;
      double confidence = probabilities->confidence[i];

      points[i] = (Point) { (correct ? 1.0 : 0.0) - confidence, _hone_calibration_bin (confidence), correct };
    }
  hone_random_init_for (&random, seed, "calibration");
  resample_points (points, n, &random, n_resamples, calibration_error_of_bins, calibration_error);
}
