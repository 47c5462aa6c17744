/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A confusion matrix on a Cairo context. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-plot-matrix.h"
#include "hone-plot-shape-private.h"

#define GAP 6.0
/* Smaller cells touch, so that a hundred classes do not become a net of lines. */
#define FRAMED_CELL 12.0

typedef struct {
  cairo_t                    *cr;
  const HonePlotMatrix       *matrix;
  const HonePlotMatrixLayout *layout;
  const HonePlotStyle        *style;
  HonePlotText               *text;
  double                      line;
} Drawing;

static gboolean
is_framed (const Drawing *self)
{
  return MIN (self->layout->cell_width, self->layout->cell_height) >= FRAMED_CELL;
}

static void
draw_number (const Drawing       *self,
             HonePlotCell         cell,
             const HonePlotBox   *box,
             const HonePlotColor *color)
{
  HonePlotColor ink = hone_plot_color_get_ink (color);
  g_autofree char *number = NULL;
  double scale = self->layout->number_scale;

  if (scale <= 0.0)
    return;
  number = hone_plot_matrix_format_cell (self->matrix, cell);
  if (*number && hone_plot_text_get_width (self->text, number, scale) + 1.0 <= box->width)
    hone_plot_text_show (self->text, self->cr, number, box->x + box->width / 2.0, box->y + box->height / 2.0, 0.5, scale, 0.0,
                         cell.row == cell.column && is_framed (self) ? HONE_PLOT_BOLD : 0, &ink);
}

static void
draw_cell (const Drawing *self,
           HonePlotCell   cell)
{
  HonePlotBox box = hone_plot_matrix_get_box (self->matrix, self->layout, cell);
  HonePlotColor color = hone_plot_matrix_get_color (self->matrix, self->style, cell);

  if (hone_plot_matrix_get_row_share (self->matrix, cell) > 0.0)
    {
      hone_plot_set_color (self->cr, &color);
      cairo_rectangle (self->cr, box.x, box.y, box.width, box.height);
      cairo_fill (self->cr);
    }
  draw_number (self, cell, &box, &color);
}

static void
draw_block_frame (const Drawing *self,
                  gsize          first,
                  gsize          end)
{
  HonePlotBox begin, last;

  if (first >= end || self->matrix->n_rows == 0)
    return;
  begin = hone_plot_matrix_get_box (self->matrix, self->layout, (HonePlotCell) { 0, first });
  last = hone_plot_matrix_get_box (self->matrix, self->layout, (HonePlotCell) { self->matrix->n_rows - 1, end - 1 });
  cairo_rectangle (self->cr, begin.x, begin.y, last.x + last.width - begin.x, last.y + last.height - begin.y);
  for (gsize row = 1; is_framed (self) && row < self->matrix->n_rows; row++)
    {
      cairo_move_to (self->cr, begin.x, begin.y + row * self->layout->cell_height);
      cairo_line_to (self->cr, last.x + last.width, begin.y + row * self->layout->cell_height);
    }
  for (gsize column = first + 1; is_framed (self) && column < end; column++)
    {
      double x = begin.x + (column - first) * self->layout->cell_width;

      cairo_move_to (self->cr, x, begin.y);
      cairo_line_to (self->cr, x, last.y + last.height);
    }
  cairo_stroke (self->cr);
}

static void
draw_frames (const Drawing *self)
{
  hone_plot_set_color (self->cr, &self->style->grid);
  cairo_set_line_width (self->cr, 1.0);
  draw_block_frame (self, 0, MIN (self->matrix->n_rows, self->matrix->n_columns));
  draw_block_frame (self, self->matrix->n_rows, self->matrix->n_scored);
  draw_block_frame (self, self->matrix->n_scored, self->matrix->n_columns);
}

static void
draw_outline (const Drawing       *self,
              HonePlotCell         cell,
              double               width,
              const HonePlotColor *color)
{
  HonePlotBox box;

  if (cell.row >= self->matrix->n_rows || cell.column >= self->matrix->n_columns)
    return;
  box = hone_plot_matrix_get_box (self->matrix, self->layout, cell);
  hone_plot_set_color (self->cr, color);
  cairo_set_line_width (self->cr, width);
  cairo_rectangle (self->cr, box.x, box.y, box.width, box.height);
  cairo_stroke (self->cr);
}

static void
draw_names (const Drawing *self)
{
  const HonePlotBox *cells = &self->layout->cells;
  double room = cells->x - self->line - 2.0 * GAP, above = cells->y - self->line - 2.0 * GAP;

  for (gsize row = 0; row < self->matrix->n_rows; row += self->layout->every)
    hone_plot_text_show (self->text, self->cr, self->matrix->rows[row], cells->x - GAP, cells->y + (row + 0.5) * self->layout->cell_height,
                         1.0, self->layout->name_scale, room, 0, &self->style->text);
  for (gsize column = 0; column < self->matrix->n_columns; column++)
    {
      HonePlotBox box = hone_plot_matrix_get_box (self->matrix, self->layout, (HonePlotCell) { 0, column });
      gboolean special = column >= self->matrix->n_rows;
      double middle = box.x + box.width / 2.0;

      if (!special && column % self->layout->every != 0)
        continue;
      if (special && box.width < self->line * self->layout->name_scale * 0.8 && column != self->matrix->n_rows &&
          column + 1 != self->matrix->n_columns)
        continue;
      if (self->layout->upright)
        hone_plot_text_show (self->text, self->cr, self->matrix->columns[column], middle, cells->y - GAP, 0.0, self->layout->name_scale,
                             above, HONE_PLOT_UPRIGHT, special ? &self->style->dim : &self->style->text);
      else
        hone_plot_text_show (self->text, self->cr, self->matrix->columns[column], middle, cells->y - GAP - self->line / 2.0, 0.5,
                             self->layout->name_scale, 0.0, 0, special ? &self->style->dim : &self->style->text);
    }
}

static const char *
get_title (const HonePlotMatrix *matrix)
{
  switch (matrix->unit)
    {
    case HONE_PLOT_MATRIX_ROWS:
      return _("Model, per cent of each row");
    case HONE_PLOT_MATRIX_COLUMNS:
      return _("Model, per cent of each column");
    case HONE_PLOT_MATRIX_COUNTS:
    default:
      return _("Model");
    }
}

static void
draw_titles (const Drawing *self)
{
  const HonePlotBox *cells = &self->layout->cells;

  hone_plot_text_show (self->text, self->cr, get_title (self->matrix), cells->x, self->line / 2.0, 0.0, 1.0,
                       self->layout->width - cells->x, HONE_PLOT_BOLD, &self->style->dim);
  hone_plot_text_show (self->text, self->cr, _("Label"), self->line / 2.0, cells->y + cells->height / 2.0, 0.5, 1.0, cells->height,
                       HONE_PLOT_BOLD | HONE_PLOT_UPRIGHT, &self->style->dim);
}

/**
 * hone_plot_matrix_draw:
 * @cr: where to
 * @matrix: what to show
 * @layout: its layout
 * @style: colours
 * @text: a pen of @style
 *
 * Draws all but the focus, from the context's origin. Any thread that owns @cr and @text.
 */
void
hone_plot_matrix_draw (cairo_t                    *cr,
                       const HonePlotMatrix       *matrix,
                       const HonePlotMatrixLayout *layout,
                       const HonePlotStyle        *style,
                       HonePlotText               *text)
{
  Drawing self = { cr, matrix, layout, style, text, 0.0 };
  HonePlotMetrics metrics;

  hone_plot_text_get_metrics (text, &metrics);
  self.line = metrics.line;
  cairo_save (cr);
  hone_plot_clear (cr, style, layout->width, layout->height);
  /* Cells that touch show no seams only without smoothing of their edges. */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (gsize row = 0; row < matrix->n_rows; row++)
    for (gsize column = 0; column < matrix->n_columns; column++)
      if (hone_plot_matrix_get_count (matrix, (HonePlotCell) { row, column }) > 0)
        draw_cell (&self, (HonePlotCell) { row, column });
  draw_frames (&self);
  if (style->high_contrast)
    for (gsize i = 0; i < matrix->n_rows; i++)
      draw_outline (&self, (HonePlotCell) { i, i }, 1.0, &style->text);
  draw_outline (&self, matrix->chosen, 3.0, &style->text);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  draw_names (&self);
  draw_titles (&self);
  cairo_restore (cr);
}

/**
 * hone_plot_matrix_draw_focus:
 * @cr: where to
 * @matrix: what is shown
 * @layout: its layout
 * @style: colours
 * @focus: what pointer or keys are at; drawn only where it is a cell
 */
void
hone_plot_matrix_draw_focus (cairo_t                    *cr,
                             const HonePlotMatrix       *matrix,
                             const HonePlotMatrixLayout *layout,
                             const HonePlotStyle        *style,
                             HonePlotCell                focus)
{
  const Drawing self = { cr, matrix, layout, style, NULL, 0.0 };

  cairo_save (cr);
  draw_outline (&self, focus, 2.0, &style->text);
  cairo_restore (cr);
}

/**
 * hone_plot_matrix_paint:
 * @cr: where to
 * @matrix: what to show
 * @style: colours
 * @width: pixels
 * @height: pixels
 *
 * Layout and drawing at once.
 */
void
hone_plot_matrix_paint (cairo_t              *cr,
                        const HonePlotMatrix *matrix,
                        const HonePlotStyle  *style,
                        double                width,
                        double                height)
{
  g_autoptr(HonePlotText) text = hone_plot_text_new (style, NULL);
  HonePlotMatrixLayout layout;
  HonePlotMetrics metrics;

  hone_plot_text_get_metrics (text, &metrics);
  hone_plot_matrix_layout_init (&layout, matrix, &metrics, width, height);
  hone_plot_matrix_draw (cr, matrix, &layout, style, text);
}
