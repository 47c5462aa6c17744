/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that charts and matrices draw. */
#include "config.h"

#include <math.h>

#include "hone-plot-shape-private.h"

void
hone_plot_set_color (cairo_t             *cr,
                     const HonePlotColor *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

void
hone_plot_set_faint (cairo_t             *cr,
                     const HonePlotColor *color,
                     double               alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

/* A transparent background leaves what lies below, as a widget wants it. */
void
hone_plot_clear (cairo_t             *cr,
                 const HonePlotStyle *style,
                 double               width,
                 double               height)
{
  if (style->background.alpha <= 0.0)
    return;
  hone_plot_set_color (cr, &style->background);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_fill (cr);
}

void
hone_plot_line (cairo_t *cr,
                double   x1,
                double   y1,
                double   x2,
                double   y2)
{
  if (x1 == x2)
    x1 = x2 = floor (x1) + 0.5;
  if (y1 == y2)
    y1 = y2 = floor (y1) + 0.5;
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
trace_polygon (cairo_t *cr,
               guint    corners,
               double   x,
               double   y,
               double   radius,
               double   turn)
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < corners; i++)
    {
      double angle = turn + 2.0 * G_PI * i / corners;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

static void
trace_cross (cairo_t *cr,
             double   x,
             double   y,
             double   radius,
             double   turn)
{
  for (int i = 0; i < 2; i++)
    {
      double angle = turn + i * G_PI_2;

      cairo_move_to (cr, x - radius * cos (angle), y - radius * sin (angle));
      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
}

/* Areas look as large as a circle of the same radius. */
static void
trace_marker (cairo_t        *cr,
              HonePlotMarker  marker,
              double          x,
              double          y,
              double          radius)
{
  switch (marker)
    {
    case HONE_PLOT_SQUARE:
      trace_polygon (cr, 4, x, y, radius * 1.25, G_PI_4);
      break;
    case HONE_PLOT_DIAMOND:
      trace_polygon (cr, 4, x, y, radius * 1.35, 0.0);
      break;
    case HONE_PLOT_TRIANGLE:
      trace_polygon (cr, 3, x, y + radius * 0.2, radius * 1.45, -G_PI_2);
      break;
    case HONE_PLOT_DOWN_TRIANGLE:
      trace_polygon (cr, 3, x, y - radius * 0.2, radius * 1.45, G_PI_2);
      break;
    case HONE_PLOT_PLUS:
      trace_cross (cr, x, y, radius * 1.2, 0.0);
      break;
    case HONE_PLOT_CROSS:
      trace_cross (cr, x, y, radius * 1.2, G_PI_4);
      break;
    case HONE_PLOT_CIRCLE:
    case HONE_PLOT_RING:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0.0, 2.0 * G_PI);
      break;
    }
}

void
hone_plot_draw_marker (cairo_t             *cr,
                       const HonePlotStyle *style,
                       guint                look,
                       double               x,
                       double               y,
                       double               radius)
{
  HonePlotMarker marker = hone_plot_style_get_marker (look);
  HonePlotColor color = hone_plot_style_get_color (style, look), paper = style->background;

  paper.alpha = 1.0;
  trace_marker (cr, marker, x, y, radius);
  if (marker == HONE_PLOT_PLUS || marker == HONE_PLOT_CROSS)
    {
      hone_plot_set_color (cr, &color);
      cairo_set_line_width (cr, radius * 0.75);
      cairo_stroke (cr);
      return;
    }
  hone_plot_set_color (cr, marker == HONE_PLOT_RING ? &paper : &color);
  cairo_fill_preserve (cr);
  /* A rim of the background tells a marker from the line of another series below it. */
  hone_plot_set_color (cr, marker == HONE_PLOT_RING ? &color : &paper);
  cairo_set_line_width (cr, marker == HONE_PLOT_RING ? radius * 0.5 : 1.0);
  cairo_stroke (cr);
}

void
hone_plot_set_dashes (cairo_t             *cr,
                      const HonePlotStyle *style,
                      guint                look,
                      double               line)
{
  double lengths[6];
  int n;
  const double *pattern = hone_plot_style_get_dashes (look, &n);

  for (int i = 0; i < n; i++)
    lengths[i] = pattern[i] * line;
  cairo_set_dash (cr, lengths, n, 0.0);
}
