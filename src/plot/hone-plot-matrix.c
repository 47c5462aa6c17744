/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of a confusion matrix, what stands in its cells, what is under a pointer and where keys lead. */
#include "config.h"

#include <math.h>

#include "hone-plot-matrix.h"

#define GAP 6.0
#define COLUMN_GAP 5.0
#define MAX_CELL_WIDTH 120.0
#define MAX_CELL_HEIGHT 64.0
/* Names take at most this share of the width and of the height. */
#define MAX_ROW_NAMES 0.3
#define MAX_COLUMN_NAMES 0.45
/* Turned names are cut to this share before rows get lower than their numbers: the rows have the same names. */
#define MIN_COLUMN_NAMES 0.3
#define MIN_SCALE 0.5

/* ---- numbers ---- */

/**
 * hone_plot_matrix_get_count:
 * @matrix: a matrix
 * @cell: inside of it
 *
 * Returns: how many texts
 */
guint64
hone_plot_matrix_get_count (const HonePlotMatrix *matrix,
                            HonePlotCell          cell)
{
  return matrix->counts[cell.row * matrix->n_columns + cell.column];
}

/**
 * hone_plot_matrix_get_row_share:
 * @matrix: a matrix
 * @cell: inside of it
 *
 * Returns: the cell's share of what is scored in its row, 0 to 1; NAN where that is nothing, and for columns that are not scored
 */
double
hone_plot_matrix_get_row_share (const HonePlotMatrix *matrix,
                                HonePlotCell          cell)
{
  guint64 sum = 0;

  if (cell.column >= matrix->n_scored)
    return NAN;
  for (gsize column = 0; column < matrix->n_scored; column++)
    sum += hone_plot_matrix_get_count (matrix, (HonePlotCell) { cell.row, column });
  return sum > 0 ? (double) hone_plot_matrix_get_count (matrix, cell) / sum : NAN;
}

/**
 * hone_plot_matrix_get_column_share:
 * @matrix: a matrix
 * @cell: inside of it
 *
 * Returns: the cell's share of its column, 0 to 1; NAN where that is empty, and for columns that are not scored
 */
double
hone_plot_matrix_get_column_share (const HonePlotMatrix *matrix,
                                   HonePlotCell          cell)
{
  guint64 sum = 0;

  if (cell.column >= matrix->n_scored)
    return NAN;
  for (gsize row = 0; row < matrix->n_rows; row++)
    sum += hone_plot_matrix_get_count (matrix, (HonePlotCell) { row, cell.column });
  return sum > 0 ? (double) hone_plot_matrix_get_count (matrix, cell) / sum : NAN;
}

/**
 * hone_plot_matrix_format_cell:
 * @matrix: a matrix
 * @cell: inside of it
 *
 * Returns: (transfer full): the count, or the share in whole per cent without a sign, "<1" below a half; empty for no text
 */
char *
hone_plot_matrix_format_cell (const HonePlotMatrix *matrix,
                              HonePlotCell          cell)
{
  guint64 count = hone_plot_matrix_get_count (matrix, cell);
  double share = NAN;

  if (count == 0)
    return g_strdup ("");
  if (matrix->unit == HONE_PLOT_MATRIX_ROWS)
    share = hone_plot_matrix_get_row_share (matrix, cell);
  else if (matrix->unit == HONE_PLOT_MATRIX_COLUMNS)
    share = hone_plot_matrix_get_column_share (matrix, cell);
  /* What has no share, like missing answers, is counted whatever the unit. */
  if (isnan (share))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  return share < 0.005 ? g_strdup ("<1") : g_strdup_printf ("%.0f", share * 100.0);
}

/**
 * hone_plot_matrix_get_color:
 * @matrix: a matrix
 * @style: colours
 * @cell: inside of it
 *
 * Returns: the colour of the cell, the stronger the more of its row is there: one hue where label and answer agree, one elsewhere, and
 *   none where nothing was scored
 */
HonePlotColor
hone_plot_matrix_get_color (const HonePlotMatrix *matrix,
                            const HonePlotStyle  *style,
                            HonePlotCell          cell)
{
  const HonePlotColor *hue = cell.row == cell.column ? &style->right : &style->wrong;
  double share = hone_plot_matrix_get_row_share (matrix, cell);

  /* A single text among thousands is still seen. */
  return share > 0.0 ? hone_plot_color_mix (&style->background, hue, 0.12 + 0.78 * share) : style->background;
}

typedef struct {
  HonePlotCell cell;
  guint64      count;
} Counted;

static int
compare_counted (gconstpointer a,
                 gconstpointer b)
{
  const Counted *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  if (x->cell.row != y->cell.row)
    return x->cell.row < y->cell.row ? -1 : 1;
  return x->cell.column < y->cell.column ? -1 : x->cell.column > y->cell.column;
}

/**
 * hone_plot_matrix_find_largest:
 * @matrix: a matrix
 * @most: how many at most
 *
 * Returns: (transfer full) (element-type HonePlotCell): the scored cells off the diagonal with most texts, most first
 */
GArray *
hone_plot_matrix_find_largest (const HonePlotMatrix *matrix,
                               guint                 most)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (HonePlotCell));
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (Counted));

  for (gsize row = 0; row < matrix->n_rows; row++)
    for (gsize column = 0; column < matrix->n_scored; column++)
      {
        Counted counted = { .cell = { row, column } };

        counted.count = hone_plot_matrix_get_count (matrix, counted.cell);
        if (row != column && counted.count > 0)
          g_array_append_val (all, counted);
      }
  g_array_sort (all, compare_counted);
  for (guint i = 0; i < MIN (all->len, most); i++)
    g_array_append_val (cells, g_array_index (all, Counted, i).cell);
  return cells;
}

/* ---- layout ---- */

static double
measure_names (const char * const    *names,
               gsize                  n,
               const HonePlotMetrics *metrics)
{
  double widest = 0.0;

  for (gsize i = 0; i < n; i++)
    widest = MAX (widest, metrics->measure (names[i], metrics->data));
  return widest;
}

/* Digits are about as wide as each other, so the longest number is the widest. */
static double
measure_numbers (const HonePlotMatrix  *matrix,
                 const HonePlotMetrics *metrics)
{
  guint64 most = matrix->unit == HONE_PLOT_MATRIX_COUNTS ? 0 : 100;
  g_autofree char *text = NULL;

  for (gsize i = 0; matrix->unit == HONE_PLOT_MATRIX_COUNTS && i < matrix->n_rows * matrix->n_columns; i++)
    most = MAX (most, matrix->counts[i]);
  text = g_strdup_printf ("%" G_GUINT64_FORMAT, most);
  return metrics->measure (text, metrics->data);
}

static void
set_number_scale (HonePlotMatrixLayout *self,
                  double                widest,
                  double                line)
{
  static const double scales[] = { 1.0, 0.9, 0.8, 0.7, 0.6, MIN_SCALE };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    if (line * scales[i] * 0.8 <= self->cell_height)
      {
        self->number_scale = scales[i];
        if (widest * scales[i] + 3.0 <= self->cell_width)
          break;
      }
}

static void
set_names (HonePlotMatrixLayout *self,
           double                line)
{
  double across = self->upright ? MIN (self->cell_width, self->cell_height) : self->cell_height;

  self->name_scale = CLAMP (across / line, 0.6, 1.0);
  self->every = (guint) MAX (1.0, ceil (line * self->name_scale * 0.9 / MAX (across, 0.1)));
}

static double
get_upright_room (const HonePlotMatrix *matrix,
                  double                names,
                  double                line,
                  double                height)
{
  double left = height - line - 2.0 * GAP - 1.0 - matrix->n_rows * line * 0.9;

  return MIN (names, CLAMP (left, height * MIN_COLUMN_NAMES, height * MAX_COLUMN_NAMES));
}

/**
 * hone_plot_matrix_layout_init:
 * @self: (out): where everything stands
 * @matrix: what to show
 * @metrics: how much room its text takes
 * @width: pixels
 * @height: pixels
 *
 * A pure function of its arguments. Too small a room gives a layout that is too small, never a broken one.
 */
void
hone_plot_matrix_layout_init (HonePlotMatrixLayout  *self,
                              const HonePlotMatrix  *matrix,
                              const HonePlotMetrics *metrics,
                              double                 width,
                              double                 height)
{
  double line = metrics->line, left, top;
  double row_names = MIN (measure_names (matrix->rows, matrix->n_rows, metrics), width * MAX_ROW_NAMES);
  double column_names = measure_names (matrix->columns, matrix->n_columns, metrics);
  double room;

  *self = (HonePlotMatrixLayout) { .width = width, .height = height, .gap = COLUMN_GAP };
  left = line + GAP + row_names + GAP;
  room = MAX (width - left - 2.0 * COLUMN_GAP - 1.0, 1.0);
  self->cell_width = MIN (room / MAX (matrix->n_columns, 1), MAX_CELL_WIDTH);
  self->upright = column_names + 4.0 > self->cell_width;
  top = line + GAP + (self->upright ? get_upright_room (matrix, column_names, line, height) : line) + GAP;
  self->cell_height = MIN (MAX (height - top - 1.0, 1.0) / MAX (matrix->n_rows, 1), MIN (MAX_CELL_HEIGHT, MAX (self->cell_width, line * 1.5)));
  self->cells = (HonePlotBox) { left, top, self->cell_width * matrix->n_columns + 2.0 * COLUMN_GAP, self->cell_height * matrix->n_rows };
  set_names (self, line);
  set_number_scale (self, measure_numbers (matrix, metrics), line);
}

/**
 * hone_plot_matrix_get_box:
 * @matrix: a matrix
 * @layout: its layout
 * @cell: inside of it
 *
 * Returns: the cell's place in pixels
 */
HonePlotBox
hone_plot_matrix_get_box (const HonePlotMatrix       *matrix,
                          const HonePlotMatrixLayout *layout,
                          HonePlotCell                cell)
{
  double gaps = (cell.column >= matrix->n_rows ? layout->gap : 0.0) + (cell.column >= matrix->n_scored ? layout->gap : 0.0);

  return (HonePlotBox) { layout->cells.x + cell.column * layout->cell_width + gaps, layout->cells.y + cell.row * layout->cell_height,
                         layout->cell_width, layout->cell_height };
}

/* ---- pointer and keys ---- */

/**
 * hone_plot_matrix_find_cell:
 * @matrix: a matrix
 * @layout: its layout
 * @x: pixels from the left
 * @y: pixels from the top
 *
 * Returns: the cell there, or %HONE_PLOT_NO_CELL
 */
HonePlotCell
hone_plot_matrix_find_cell (const HonePlotMatrix       *matrix,
                            const HonePlotMatrixLayout *layout,
                            double                      x,
                            double                      y)
{
  HonePlotCell cell;

  if (x < layout->cells.x || y < layout->cells.y || y >= layout->cells.y + layout->cells.height)
    return HONE_PLOT_NO_CELL;
  cell.row = (gsize) ((y - layout->cells.y) / layout->cell_height);
  cell.row = MIN (cell.row, matrix->n_rows - 1);
  for (cell.column = 0; cell.column < matrix->n_columns; cell.column++)
    {
      HonePlotBox box = hone_plot_matrix_get_box (matrix, layout, cell);

      if (x >= box.x && x < box.x + box.width)
        return cell;
    }
  return HONE_PLOT_NO_CELL;
}

/**
 * hone_plot_matrix_move:
 * @matrix: a matrix
 * @from: a cell, or %HONE_PLOT_NO_CELL to begin
 * @move: which way
 *
 * Returns: where that leads; @from at an edge, %HONE_PLOT_NO_CELL where there is no cell at all
 */
HonePlotCell
hone_plot_matrix_move (const HonePlotMatrix *matrix,
                       HonePlotCell          from,
                       HonePlotMove          move)
{
  HonePlotCell to = from;

  if (matrix->n_rows == 0 || matrix->n_columns == 0)
    return HONE_PLOT_NO_CELL;
  if (from.row >= matrix->n_rows || from.column >= matrix->n_columns)
    return (HonePlotCell) { 0, 0 };
  switch (move)
    {
    case HONE_PLOT_MOVE_LEFT:
      to.column -= to.column > 0;
      break;
    case HONE_PLOT_MOVE_RIGHT:
      to.column += to.column + 1 < matrix->n_columns;
      break;
    case HONE_PLOT_MOVE_UP:
      to.row -= to.row > 0;
      break;
    case HONE_PLOT_MOVE_DOWN:
      to.row += to.row + 1 < matrix->n_rows;
      break;
    case HONE_PLOT_MOVE_FIRST:
      to.column = 0;
      break;
    case HONE_PLOT_MOVE_LAST:
    default:
      to.column = matrix->n_columns - 1;
      break;
    }
  return to;
}
