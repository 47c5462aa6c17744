/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values to pixels and back, and where an axis has its ticks. */
#include "config.h"

#include <math.h>

#include "hone-plot-scale.h"

/* Beyond this a tick is written with an exponent. */
#define MAX_DECIMALS 6
/* Ticks are looked for a hair outside the range: 0.3 / 0.1 is not quite 3. */
#define SLACK 1e-9

/**
 * hone_plot_scale_to_pixel:
 * @self: a scale
 * @value: any value; those outside the range land outside the pixels
 *
 * Returns: where it is, in pixels
 */
double
hone_plot_scale_to_pixel (const HonePlotScale *self,
                          double               value)
{
  return self->from + (value - self->low) / (self->high - self->low) * (self->to - self->from);
}

/**
 * hone_plot_scale_to_value:
 * @self: a scale with from and to apart
 * @pixel: a place
 *
 * Returns: the value there; the other way round of hone_plot_scale_to_pixel()
 */
double
hone_plot_scale_to_value (const HonePlotScale *self,
                          double               pixel)
{
  return self->low + (pixel - self->from) / (self->to - self->from) * (self->high - self->low);
}

/* The smallest of 1, 2, 5, 10, 20, … times a power of ten that is not below @rough. */
static double
round_step (double rough)
{
  double power = pow (10.0, floor (log10 (rough)));
  double digit = rough / power;

  if (digit <= 1.0 + SLACK)
    return power;
  if (digit <= 2.0 + SLACK)
    return 2.0 * power;
  return digit <= 5.0 + SLACK ? 5.0 * power : 10.0 * power;
}

static int
count_decimals (double step)
{
  int decimals = (int) -floor (log10 (step) + SLACK);

  return CLAMP (decimals, 0, MAX_DECIMALS);
}

static HonePlotTicks
ticks_of_step (double low,
               double high,
               double step)
{
  HonePlotTicks ticks = { .step = step, .decimals = count_decimals (step) };
  double begin = ceil (low / step - SLACK), end = floor (high / step + SLACK);

  ticks.first = begin * step;
  ticks.n = end >= begin ? (guint) (end - begin) + 1 : 0;
  return ticks;
}

/**
 * hone_plot_ticks_new:
 * @low: least value of the axis
 * @high: greatest value
 * @most: how many ticks have room
 * @whole: whether only whole numbers mean something, as for iterations
 *
 * Returns: ticks in steps of 1, 2 or 5 times a power of ten; n is 0 where the range is empty or there is no room
 */
HonePlotTicks
hone_plot_ticks_new (double   low,
                     double   high,
                     guint    most,
                     gboolean whole)
{
  HonePlotTicks ticks = { .first = low, .step = 1.0 };
  double step;

  if (!isfinite (low) || !isfinite (high) || !isfinite (high - low) || high < low || most == 0)
    return ticks;
  step = high > low ? round_step ((high - low) / most) : 1.0;
  if (whole)
    step = MAX (step, 1.0);
  /* One step can begin and end on a tick, so that there is one more than steps. */
  for (int tries = 0; tries < 4; tries++)
    {
      ticks = ticks_of_step (low, high, step);
      if (ticks.n <= most)
        break;
      step = round_step (step * 1.5);
    }
  ticks.n = MIN (ticks.n, most);
  return ticks;
}

/**
 * hone_plot_ticks_get_nth:
 * @self: ticks
 * @nth: below n
 *
 * Returns: its value
 */
double
hone_plot_ticks_get_nth (const HonePlotTicks *self,
                         guint                nth)
{
  double value = self->first + nth * self->step;

  return fabs (value) < self->step * SLACK ? 0.0 : value;   /* never “-0.0” */
}

/**
 * hone_plot_ticks_format:
 * @self: ticks
 * @nth: below n
 *
 * Returns: (transfer full): what stands at the tick, with as many decimals as its neighbours
 */
char *
hone_plot_ticks_format (const HonePlotTicks *self,
                        guint                nth)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  double value = hone_plot_ticks_get_nth (self, nth);
  double end = MAX (fabs (self->first), fabs (hone_plot_ticks_get_nth (self, MAX (self->n, 1) - 1)));

  if (end >= 1e7 || (end > 0.0 && end < 1e-4))
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.3g", value));
  g_snprintf (format, sizeof format, "%%.%df", self->decimals);
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

/**
 * hone_plot_round_range:
 * @low: (inout): least value
 * @high: (inout): greatest value
 * @most: how many ticks have room
 *
 * Moves both ends outwards to ticks. Ends that are equal or no numbers become a range that can be drawn.
 */
void
hone_plot_round_range (double *low,
                       double *high,
                       guint   most)
{
  double step;

  if (!isfinite (*low) || !isfinite (*high) || !isfinite (*high - *low) || *high < *low)
    {
      *low = 0.0;
      *high = 1.0;
      return;
    }
  if (*high - *low <= fabs (*high) * SLACK)
    {
      double half = *low == 0.0 ? 0.5 : fabs (*low) / 2.0;

      *low -= half;
      *high += half;
    }
  step = round_step ((*high - *low) / MAX (most, 1));
  *low = floor (*low / step + SLACK) * step;
  *high = ceil (*high / step - SLACK) * step;
}
