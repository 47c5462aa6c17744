/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64 (Steele, Lea and Flood 2014). Ours because a
 * seed stored in a project must give the same draws with every later GLib and C library. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-random.h"

#define GOLDEN_GAMMA 0x9e3779b97f4a7c15u

static inline guint64
rotate_left (guint64 value,
             guint   bits)
{
  return (value << bits) | (value >> (64 - bits));
}

/* The output function of splitmix64: a bijection in which each input bit reaches each output bit. */
static inline guint64
scramble (guint64 value)
{
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

/**
 * hone_random_init:
 * @self: (out caller-allocates): a generator
 * @seed: any number
 *
 * Starts the sequence of this seed.
 */
void
hone_random_init (HoneRandom *self,
                  guint64     seed)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    {
      seed += GOLDEN_GAMMA;
      self->state[i] = scramble (seed);
    }
}

/**
 * hone_random_init_for:
 * @self: (out caller-allocates): a generator
 * @seed: the seed of a project
 * @purpose: what the numbers are for; a fixed word in the code
 *
 * Starts a sequence that is independent of those for other purposes, so that drawing more numbers for one
 * thing never changes another.
 */
void
hone_random_init_for (HoneRandom *self,
                      guint64     seed,
                      const char *purpose)
{
  guint64 hash = 0xcbf29ce484222325u;      /* FNV-1a */

  g_return_if_fail (self != NULL);
  g_return_if_fail (purpose != NULL);

  for (const char *p = purpose; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * 0x100000001b3u;

  hone_random_init (self, hone_random_mix (seed, hash));
}

/**
 * hone_random_next:
 * @self: a generator
 *
 * Returns: 64 random bits
 */
guint64
hone_random_next (HoneRandom *self)
{
  guint64 *s = self->state;
  guint64 result = rotate_left (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);

  return result;
}

/* The 128-bit product, high half returned: in halves where the compiler has no such type. */
static inline guint64
multiply_high (guint64  a,
               guint64  b,
               guint64 *low)
{
#ifdef __SIZEOF_INT128__
  unsigned __int128 product = (unsigned __int128) a * b;

  *low = (guint64) product;
  return (guint64) (product >> 64);
#else
  guint64 a_low = (guint32) a, a_high = a >> 32, b_low = (guint32) b, b_high = b >> 32;
  guint64 middle = a_high * b_low + ((a_low * b_low) >> 32);
  guint64 cross = a_low * b_high + (guint32) middle;

  *low = a * b;
  return a_high * b_high + (middle >> 32) + (cross >> 32);
#endif
}

/**
 * hone_random_below:
 * @self: a generator
 * @bound: a number above 0
 *
 * Draws without bias: by multiplication, with rejection of the few products that would favour small numbers
 * (Lemire 2019).
 *
 * Returns: 0 to @bound - 1
 */
guint64
hone_random_below (HoneRandom *self,
                   guint64     bound)
{
  guint64 low, high;

  g_return_val_if_fail (bound > 0, 0);

  high = multiply_high (hone_random_next (self), bound, &low);
  if (low < bound)
    {
      guint64 threshold = (0 - bound) % bound;

      while (low < threshold)
        high = multiply_high (hone_random_next (self), bound, &low);
    }

  return high;
}

/**
 * hone_random_unit:
 * @self: a generator
 *
 * Returns: a multiple of 2^-53 from 0 inclusive to 1 exclusive
 */
double
hone_random_unit (HoneRandom *self)
{
  return (double) (hone_random_next (self) >> 11) * 0x1p-53;
}

/* Inversion: walk up from 0 along the recurrence of the probabilities. About n p steps. */
static guint64
binomial_by_inversion (HoneRandom *self,
                       guint64     n,
                       double      p)
{
  double odds = p / (1.0 - p);
  double start = exp ((double) n * log1p (-p));

  for (;;)
    {
      double mass = start;
      double u = hone_random_unit (self);

      for (guint64 k = 0; k <= n; k++)
        {
          if (u < mass)
            return k;
          u -= mass;
          mass *= odds * (double) (n - k) / (double) (k + 1);
          if (mass < 1e-300)            /* rounding ate the last grain of the tail: draw again */
            break;
        }
    }
}

/* ln k! - (k + 1/2) ln (k + 1) + (k + 1) - ln (2 pi) / 2, by Stirling's series. */
static double
stirling_tail (double k)
{
  double square = (k + 1.0) * (k + 1.0);

  if (k < 10.0)
    return lgamma (k + 1.0) - (k + 0.5) * log (k + 1.0) + (k + 1.0) - 0.91893853320467274178;

  return (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / (k + 1.0);
}

/* Transformed rejection with squeeze, algorithm BTRS of Hörmann, "The generation of binomial random variates"
 * (1993). Wants n p of at least 10 and p of at most 1/2; its cost does not grow with n. */
static guint64
binomial_by_rejection (HoneRandom *self,
                       double      n,
                       double      p)
{
  double deviation = sqrt (n * p * (1.0 - p));
  double b = 1.15 + 2.53 * deviation;
  double a = -0.0873 + 0.0248 * b + 0.01 * p;
  double centre = n * p + 0.5;
  double squeeze = 0.92 - 4.2 / b;
  double alpha = (2.83 + 5.1 / b) * deviation;
  double odds = p / (1.0 - p);
  double mode = floor ((n + 1.0) * p);

  for (;;)
    {
      double u = hone_random_unit (self) - 0.5;
      double v = hone_random_unit (self);
      double us = 0.5 - fabs (u);
      double k = floor ((2.0 * a / us + b) * u + centre);
      double bound;

      if (us >= 0.07 && v <= squeeze)
        return (guint64) k;
      if (!(k >= 0.0 && k <= n))
        continue;

      v = log (v * alpha / (a / (us * us) + b));
      bound = (mode + 0.5) * log ((mode + 1.0) / (odds * (n - mode + 1.0)))
              + (n + 1.0) * log ((n - mode + 1.0) / (n - k + 1.0))
              + (k + 0.5) * log (odds * (n - k + 1.0) / (k + 1.0))
              + stirling_tail (mode) + stirling_tail (n - mode) - stirling_tail (k) - stirling_tail (n - k);
      if (v <= bound)
        return (guint64) k;
    }
}

/**
 * hone_random_binomial:
 * @self: a generator
 * @n: trials, at most 2^53
 * @p: chance of success of each, 0 to 1
 *
 * Draws from the binomial distribution itself, not from an approximation of it.
 *
 * Returns: successes, 0 to @n
 */
guint64
hone_random_binomial (HoneRandom *self,
                      guint64     n,
                      double      p)
{
  g_return_val_if_fail (!isnan (p), 0);

  if (n == 0 || p <= 0.0)
    return 0;
  if (p >= 1.0)
    return n;
  if (p > 0.5)
    return n - hone_random_binomial (self, n, 1.0 - p);
  if ((double) n * p < 10.0)
    return binomial_by_inversion (self, n, p);

  return binomial_by_rejection (self, (double) n, p);
}

/**
 * hone_random_shuffle:
 * @self: a generator
 * @base: an array
 * @n_items: its length
 * @item_size: bytes of an item
 *
 * Puts the items into random order, each order equally likely (Fisher and Yates).
 */
void
hone_random_shuffle (HoneRandom *self,
                     gpointer    base,
                     gsize       n_items,
                     gsize       item_size)
{
  g_autofree char *spare = NULL;
  char *items = base;

  g_return_if_fail (base != NULL || n_items == 0);
  g_return_if_fail (item_size > 0);

  spare = g_malloc (item_size);
  for (gsize i = n_items; i > 1; i--)
    {
      gsize j = hone_random_below (self, i);

      if (j == i - 1)
        continue;
      memcpy (spare, items + j * item_size, item_size);
      memcpy (items + j * item_size, items + (i - 1) * item_size, item_size);
      memcpy (items + (i - 1) * item_size, spare, item_size);
    }
}

/**
 * hone_random_mix:
 * @seed: any number
 * @value: any number
 *
 * A fixed, well-mixed function of both; for one seed no two values give the same result. So it orders rows at
 * random without a generator's state, and the order of those that exist does not change when others come.
 *
 * Returns: 64 bits
 */
guint64
hone_random_mix (guint64 seed,
                 guint64 value)
{
  return scramble (scramble (seed + GOLDEN_GAMMA) ^ (value * GOLDEN_GAMMA));
}
