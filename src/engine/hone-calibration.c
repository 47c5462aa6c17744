/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sharpness (the inverse of a temperature, Guo et al. 2017) by held-out log-loss for choice rule one; a sigmoid
 * per category (Platt 1999, fitted as Lin, Lin and Weng 2007 do) and thresholds by held-out F1 for several. A handful
 * of texts must not make a model certain of itself, so each fit carries a weak prior. */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "hone-calibration.h"

#define MIN_LOG_SHARPNESS  (-3.0)
#define MAX_LOG_SHARPNESS  5.0
#define PRIOR_SPREAD       1.0     /* of the logarithm of the sharpness around 0 */
#define GOLDEN             0.6180339887498949
#define RIDGE              0.05    /* on slope - 1 */
#define MAX_NEWTON_STEPS   100
#define MIN_OWN_THRESHOLD  10      /* texts of a category below which it takes the common threshold */

/**
 * hone_calibration_softmax:
 * @scores: (array length=n_categories): of one text
 * @n_categories: how many
 * @sharpness: what scores are multiplied with
 * @unseen: probability of each category that the model knew no text of
 * @probabilities: (out caller-allocates): sums to 1; may be @scores
 *
 * Turns scores into probabilities.
 */
void
hone_calibration_softmax (const double *scores,
                          guint         n_categories,
                          double        sharpness,
                          double        unseen,
                          double       *probabilities)
{
  double largest = -INFINITY, sum = 0, left = 1;

  for (guint c = 0; c < n_categories; c++)
    largest = MAX (largest, scores[c]);
  if (isinf (largest))
    {
      for (guint c = 0; c < n_categories; c++)
        probabilities[c] = 1.0 / n_categories;
      return;
    }
  for (guint c = 0; c < n_categories; c++)
    {
      if (isinf (scores[c]))
        {
          probabilities[c] = -1;
          left -= unseen;
          continue;
        }
      probabilities[c] = exp (sharpness * (scores[c] - largest));
      sum += probabilities[c];
    }
  for (guint c = 0; c < n_categories; c++)
    probabilities[c] = probabilities[c] < 0 ? unseen : left * probabilities[c] / sum;
}

/* Log-loss of one text; 0 where it cannot tell anything about the sharpness. */
static double
text_loss (const double *scores,
           const guint8 *members,
           guint         n_categories,
           double        sharpness)
{
  double largest = -INFINITY, sum = 0, truth = -INFINITY;

  for (guint c = 0; c < n_categories; c++)
    {
      largest = MAX (largest, scores[c]);
      if (members[c])
        truth = scores[c];
    }
  if (isinf (truth))
    return 0;
  for (guint c = 0; c < n_categories; c++)
    if (!isinf (scores[c]))
      sum += exp (sharpness * (scores[c] - largest));
  return log (sum) - sharpness * (truth - largest);
}

static double
sharpness_loss (const HoneHeldOutScores *held_out,
                double                   log_sharpness)
{
  double loss = log_sharpness * log_sharpness / (2 * PRIOR_SPREAD * PRIOR_SPREAD);

  for (gsize i = 0; i < held_out->n_texts; i++)
    loss += held_out->weights[i] * text_loss (held_out->scores + i * held_out->n_categories,
                                              held_out->members + i * held_out->n_categories,
                                              held_out->n_categories, exp (log_sharpness));
  return loss;
}

/**
 * hone_calibration_sharpness:
 * @held_out: scores of unseen texts, each of exactly one category; none is fine
 *
 * Returns: the sharpness that makes log-loss smallest, between e^-3 and e^5
 */
double
hone_calibration_sharpness (const HoneHeldOutScores *held_out)
{
  double low = MIN_LOG_SHARPNESS, high = MAX_LOG_SHARPNESS;
  double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
  double loss_a = sharpness_loss (held_out, a), loss_b = sharpness_loss (held_out, b);

  while (high - low > 1e-4)
    if (loss_a < loss_b)
      {
        high = b;
        b = a;
        loss_b = loss_a;
        a = high - GOLDEN * (high - low);
        loss_a = sharpness_loss (held_out, a);
      }
    else
      {
        low = a;
        a = b;
        loss_a = loss_b;
        b = low + GOLDEN * (high - low);
        loss_b = sharpness_loss (held_out, b);
      }
  return exp ((low + high) / 2);
}

/**
 * hone_calibration_sigmoid:
 * @sigmoid: of the category
 * @score: of the text
 *
 * Returns: the probability that the text is of the category
 */
double
hone_calibration_sigmoid (const HoneSigmoid *sigmoid,
                          double             score)
{
  double z = isinf (score) ? sigmoid->intercept : sigmoid->slope * score + sigmoid->intercept;

  return z >= 0 ? 1 / (1 + exp (-z)) : exp (z) / (1 + exp (z));
}

typedef struct {
  gsize   n;
  double *scores;
  double *targets;
  double *weights;
} HonePlatt;

static double
softplus (double z)
{
  return z > 0 ? z + log1p (exp (-z)) : log1p (exp (z));
}

static double
platt_loss (const HonePlatt *platt,
            double           slope,
            double           intercept)
{
  double loss = RIDGE * (slope - 1) * (slope - 1);

  for (gsize i = 0; i < platt->n; i++)
    {
      double z = slope * platt->scores[i] + intercept;

      loss += platt->weights[i] * (softplus (z) - platt->targets[i] * z);
    }
  return loss;
}

/* One damped Newton step; FALSE when there is nothing left to gain. */
static gboolean
platt_step (const HonePlatt *platt,
            HoneSigmoid     *sigmoid)
{
  double a = sigmoid->slope, b = sigmoid->intercept;
  double ga = 2 * RIDGE * (a - 1), gb = 0, haa = 2 * RIDGE, hab = 0, hbb = 1e-12;
  double before = platt_loss (platt, a, b);
  double determinant, da, db;

  for (gsize i = 0; i < platt->n; i++)
    {
      HoneSigmoid here = { a, b, 0 };
      double p = hone_calibration_sigmoid (&here, platt->scores[i]);
      double d = platt->weights[i] * (p - platt->targets[i]), h = platt->weights[i] * p * (1 - p);

      ga += d * platt->scores[i];
      gb += d;
      haa += h * platt->scores[i] * platt->scores[i];
      hab += h * platt->scores[i];
      hbb += h;
    }
  determinant = haa * hbb - hab * hab;
  if (!(determinant > 0) || fabs (ga) + fabs (gb) < 1e-9)
    return FALSE;
  da = -(hbb * ga - hab * gb) / determinant;
  db = -(haa * gb - hab * ga) / determinant;
  for (double step = 1; step > 1e-8; step /= 2)
    if (platt_loss (platt, a + step * da, b + step * db) < before)
      {
        sigmoid->slope = a + step * da;
        sigmoid->intercept = b + step * db;
        return TRUE;
      }
  return FALSE;
}

static void
fit_platt (const HoneHeldOutScores *held_out,
           guint                    category,
           HonePlatt               *platt,
           HoneSigmoid             *sigmoid)
{
  double inside = 0, outside = 0;

  platt->n = 0;
  for (gsize i = 0; i < held_out->n_texts; i++)
    {
      gsize at = i * held_out->n_categories + category;

      if (held_out->members[at])
        inside += held_out->weights[i];
      else
        outside += held_out->weights[i];
      if (isinf (held_out->scores[at]))
        continue;
      platt->scores[platt->n] = held_out->scores[at];
      platt->weights[platt->n] = held_out->weights[i];
      platt->targets[platt->n++] = held_out->members[at];
    }
  /* Platt's targets, a little short of 0 and 1. */
  for (gsize i = 0; i < platt->n; i++)
    platt->targets[i] = platt->targets[i] > 0 ? (inside + 1) / (inside + 2) : 1 / (outside + 2);
  *sigmoid = (HoneSigmoid) { 1, log ((inside + 1) / (outside + 1)), 0.5 };
  if (inside <= 0 || outside <= 0)
    return;
  for (guint step = 0; step < MAX_NEWTON_STEPS && platt_step (platt, sigmoid); step++)
    ;
  if (!(sigmoid->slope > 0))   /* noise: a higher score must never mean a lower probability */
    *sigmoid = (HoneSigmoid) { 0, log ((inside + 1) / (outside + 1)), 0.5 };
}

typedef struct {
  double probability;
  double inside;    /* weight of the text if it is of the category, else 0 */
  double outside;
} HoneRanked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  double pa = ((const HoneRanked *) a)->probability, pb = ((const HoneRanked *) b)->probability;

  return (pa < pb) - (pa > pb);
}

/* The threshold with the best F1, halfway between two probabilities that occurred. */
static double
best_threshold (HoneRanked *ranked,
                gsize       n)
{
  double total = 0, inside = 0, answered = 0, best = -1, threshold = 0.5;

  qsort (ranked, n, sizeof *ranked, compare_ranked);
  for (gsize i = 0; i < n; i++)
    total += ranked[i].inside;
  for (gsize i = 0; i < n; i++)
    {
      double f1;

      inside += ranked[i].inside;
      answered += ranked[i].inside + ranked[i].outside;
      if (i + 1 < n && ranked[i + 1].probability >= ranked[i].probability)
        continue;
      f1 = 2 * inside / (total + answered);
      if (f1 > best)
        {
          best = f1;
          threshold = i + 1 < n ? (ranked[i].probability + ranked[i + 1].probability) / 2 : ranked[i].probability / 2;
        }
    }
  return CLAMP (threshold, 0.01, 0.99);
}

static gsize
rank (const HoneHeldOutScores *held_out,
      guint                    category,
      const HoneSigmoid       *sigmoid,
      HoneRanked              *ranked)
{
  gsize n_inside = 0;

  for (gsize i = 0; i < held_out->n_texts; i++)
    {
      gsize at = i * held_out->n_categories + category;

      ranked[i].probability = hone_calibration_sigmoid (sigmoid, held_out->scores[at]);
      ranked[i].inside = held_out->members[at] ? held_out->weights[i] : 0;
      ranked[i].outside = held_out->members[at] ? 0 : held_out->weights[i];
      n_inside += held_out->members[at];
    }
  return n_inside;
}

/**
 * hone_calibration_sigmoids:
 * @held_out: scores of unseen texts; none is fine
 * @sigmoids: (out caller-allocates): one for each category
 *
 * Fits the sigmoids and their thresholds. Categories with few texts share the threshold that is best for all
 * categories together.
 */
void
hone_calibration_sigmoids (const HoneHeldOutScores *held_out,
                           HoneSigmoid             *sigmoids)
{
  gsize n = held_out->n_texts;
  guint n_categories = held_out->n_categories;
  g_autofree double *scores = g_new (double, n + 1);
  g_autofree double *targets = g_new (double, n + 1);
  g_autofree double *weights = g_new (double, n + 1);
  g_autofree HoneRanked *ranked = g_new (HoneRanked, n * n_categories + 1);
  HonePlatt platt = { 0, scores, targets, weights };
  double common = 0.5;

  for (guint c = 0; c < n_categories; c++)
    {
      fit_platt (held_out, c, &platt, &sigmoids[c]);
      rank (held_out, c, &sigmoids[c], ranked + c * n);
    }
  if (n > 0)
    common = best_threshold (ranked, n * n_categories);
  for (guint c = 0; c < n_categories; c++)
    sigmoids[c].threshold = n > 0 && rank (held_out, c, &sigmoids[c], ranked) >= MIN_OWN_THRESHOLD
                              ? best_threshold (ranked, n) : common;
}

