/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A series as the corners of a line, no more of them than pixels can show. */
#include "config.h"

#include <math.h>

#include "hone-plot-trace.h"

/* Points of one column of pixels. */
typedef struct {
  double column;
  gsize  n;
  HonePlotCorner first, second;       /* the first two, while there are no more */
  HonePlotCorner least, greatest;     /* by y */
  gboolean least_is_first;            /* in the order of the series */
} Column;

static void
flush (GArray *corners,
       Column *column)
{
  if (column->n == 0)
    return;
  if (column->n <= 2)
    {
      g_array_append_val (corners, column->first);
      if (column->n == 2)
        g_array_append_val (corners, column->second);
    }
  else if (column->least_is_first)
    {
      g_array_append_val (corners, column->least);
      g_array_append_val (corners, column->greatest);
    }
  else
    {
      g_array_append_val (corners, column->greatest);
      g_array_append_val (corners, column->least);
    }
  column->n = 0;
}

static void
add (Column         *column,
     HonePlotCorner  corner)
{
  if (column->n == 0)
    column->first = column->least = column->greatest = corner;
  else if (column->n == 1)
    column->second = corner;
  if (corner.y < column->least.y)
    {
      column->least = corner;
      column->least_is_first = FALSE;
    }
  else if (corner.y > column->greatest.y)
    {
      column->greatest = corner;
      column->least_is_first = TRUE;
    }
  column->n++;
}

static void
add_break (GArray *corners)
{
  HonePlotCorner corner = { NAN, NAN };

  if (corners->len > 0 && isfinite (g_array_index (corners, HonePlotCorner, corners->len - 1).y))
    g_array_append_val (corners, corner);
}

/**
 * hone_plot_trace_new:
 * @points: (array length=n_points): ascending in x
 * @n_points: how many
 * @x: from values to pixels
 * @y: the same, upwards
 * @iterations: whether a whole number without a point is a gap
 *
 * Returns: (transfer full) (element-type HonePlotCorner): the line, with a NAN corner at every break
 */
GArray *
hone_plot_trace_new (const HonePlotPoint *points,
                     gsize                n_points,
                     const HonePlotScale *x,
                     const HonePlotScale *y,
                     gboolean             iterations)
{
  GArray *corners = g_array_new (FALSE, FALSE, sizeof (HonePlotCorner));
  Column column = { 0 };
  double before = NAN;

  for (gsize i = 0; i < n_points; i++)
    {
      HonePlotCorner corner = { hone_plot_scale_to_pixel (x, points[i].x), hone_plot_scale_to_pixel (y, points[i].y) };
      gboolean missing = !isfinite (corner.x) || !isfinite (corner.y);

      if (missing || (iterations && points[i].x - before > 1.5))
        {
          flush (corners, &column);
          add_break (corners);
        }
      if (missing)
        continue;
      if (column.n > 0 && floor (corner.x) != column.column)
        flush (corners, &column);
      column.column = floor (corner.x);
      add (&column, corner);
      before = points[i].x;
    }
  flush (corners, &column);
  return corners;
}
