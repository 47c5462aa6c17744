/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of matrices, pointer and keys, with a font in which every letter is seven pixels wide. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "plot/hone-plot-matrix.h"

static double
measure (const char *text,
         gpointer    data)
{
  return 7.0 * g_utf8_strlen (text, -1);
}

static const HonePlotMetrics metrics = { 14.0, measure, NULL };

static const char * const names[] = { "MEDIA", "WORLD", "CULTURE", "unable", "missing" };
static const guint64 counts[] = {
  81, 2, 9, 8, 1,
  0, 88, 0, 12, 0,
  300, 1, 699, 0, 5,
};

static HonePlotMatrix
make_matrix (HonePlotMatrixUnit unit)
{
  return (HonePlotMatrix) { names, names, 3, 5, 4, counts, unit, HONE_PLOT_NO_CELL };
}

static void
assert_cell (HonePlotMatrixUnit  unit,
             gsize               row,
             gsize               column,
             const char         *wanted)
{
  HonePlotMatrix matrix = make_matrix (unit);
  g_autofree char *text = hone_plot_matrix_format_cell (&matrix, (HonePlotCell) { row, column });

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_cells (void)
{
  assert_cell (HONE_PLOT_MATRIX_COUNTS, 0, 0, "81");
  assert_cell (HONE_PLOT_MATRIX_COUNTS, 1, 0, "");
  assert_cell (HONE_PLOT_MATRIX_ROWS, 0, 0, "81");
  assert_cell (HONE_PLOT_MATRIX_ROWS, 2, 0, "30");
  assert_cell (HONE_PLOT_MATRIX_ROWS, 2, 1, "<1");
  assert_cell (HONE_PLOT_MATRIX_COLUMNS, 0, 0, "21");
  assert_cell (HONE_PLOT_MATRIX_COLUMNS, 2, 2, "99");
  /* Missing answers are no part of any share. */
  assert_cell (HONE_PLOT_MATRIX_ROWS, 2, 4, "5");
}

static void
test_shares (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS);
  double sum = 0.0;

  for (gsize column = 0; column < 4; column++)
    sum += hone_plot_matrix_get_row_share (&matrix, (HonePlotCell) { 2, column });
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-12);
  g_assert_cmpfloat (hone_plot_matrix_get_row_share (&matrix, (HonePlotCell) { 0, 0 }), ==, 0.81);
  g_assert_true (isnan (hone_plot_matrix_get_row_share (&matrix, (HonePlotCell) { 0, 4 })));
  g_assert_true (isnan (hone_plot_matrix_get_column_share (&matrix, (HonePlotCell) { 0, 4 })));
}

static void
test_colors (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS);
  HonePlotStyle style;
  HonePlotColor weak, strong, diagonal, empty;

  hone_plot_style_init (&style, FALSE, FALSE);
  weak = hone_plot_matrix_get_color (&matrix, &style, (HonePlotCell) { 2, 1 });
  strong = hone_plot_matrix_get_color (&matrix, &style, (HonePlotCell) { 2, 0 });
  diagonal = hone_plot_matrix_get_color (&matrix, &style, (HonePlotCell) { 0, 0 });
  empty = hone_plot_matrix_get_color (&matrix, &style, (HonePlotCell) { 1, 0 });
  g_assert_cmpfloat (hone_plot_color_get_luminance (&weak), >, hone_plot_color_get_luminance (&strong));
  g_assert_cmpfloat (hone_plot_color_get_luminance (&weak), <, hone_plot_color_get_luminance (&style.background));
  g_assert_cmpfloat (hone_plot_color_get_luminance (&empty), ==, hone_plot_color_get_luminance (&style.background));
  g_assert_true (diagonal.blue > diagonal.red && strong.red > strong.blue);
}

static void
test_largest (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS);
  g_autoptr(GArray) cells = hone_plot_matrix_find_largest (&matrix, 4);
  static const HonePlotCell wanted[] = { { 2, 0 }, { 1, 3 }, { 0, 2 }, { 0, 3 } };

  g_assert_cmpuint (cells->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (g_array_index (cells, HonePlotCell, i).row, ==, wanted[i].row);
      g_assert_cmpuint (g_array_index (cells, HonePlotCell, i).column, ==, wanted[i].column);
    }
}

/* Each pixel of a cell finds the cell; the gaps and names find none. */
static void
test_find_cell (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS);
  HonePlotMatrixLayout layout;

  hone_plot_matrix_layout_init (&layout, &matrix, &metrics, 500, 300);
  for (gsize row = 0; row < 3; row++)
    for (gsize column = 0; column < 5; column++)
      {
        HonePlotBox box = hone_plot_matrix_get_box (&matrix, &layout, (HonePlotCell) { row, column });
        HonePlotCell first = hone_plot_matrix_find_cell (&matrix, &layout, box.x + 0.01, box.y + 0.01);
        HonePlotCell last = hone_plot_matrix_find_cell (&matrix, &layout, box.x + box.width - 0.01, box.y + box.height - 0.01);

        g_assert_true (first.row == row && first.column == column);
        g_assert_true (last.row == row && last.column == column);
        g_assert_cmpfloat (box.x + box.width, <=, 500);
        g_assert_cmpfloat (box.y + box.height, <=, 300);
      }
  g_assert_cmpuint (hone_plot_matrix_find_cell (&matrix, &layout, 1, 1).row, ==, G_MAXSIZE);
  g_assert_cmpuint (hone_plot_matrix_find_cell (&matrix, &layout, layout.cells.x + 3 * layout.cell_width + layout.gap / 2,
                                                layout.cells.y + 1).row, ==, G_MAXSIZE);
  g_assert_cmpuint (hone_plot_matrix_find_cell (&matrix, &layout, 499, 299).column, ==, G_MAXSIZE);
}

static void
test_names (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS);
  HonePlotMatrixLayout wide, narrow;

  hone_plot_matrix_layout_init (&wide, &matrix, &metrics, 700, 300);
  hone_plot_matrix_layout_init (&narrow, &matrix, &metrics, 260, 300);
  g_assert_false (wide.upright);
  g_assert_cmpuint (wide.every, ==, 1);
  g_assert_cmpfloat (wide.number_scale, ==, 1.0);
  g_assert_true (narrow.upright);
}

/* Where a pane is low, turned names are cut before rows get too low for their numbers; where it is not, they are whole. */
static void
test_low (void)
{
  const char *long_names[10];
  guint64 many[8 * 10] = { 0 };
  HonePlotMatrix matrix = { long_names, long_names, 8, 10, 9, many, HONE_PLOT_MATRIX_COUNTS, HONE_PLOT_NO_CELL };
  HonePlotMatrixLayout low, high;

  for (gsize i = 0; i < G_N_ELEMENTS (long_names); i++)
    long_names[i] = "Media & Entertainment";
  hone_plot_matrix_layout_init (&low, &matrix, &metrics, 380, 180);
  hone_plot_matrix_layout_init (&high, &matrix, &metrics, 380, 400);
  g_assert_true (low.upright && high.upright);
  g_assert_cmpfloat (low.cell_height, >=, 14.0 * 0.8);
  g_assert_cmpfloat (low.number_scale, ==, 1.0);
  g_assert_cmpfloat (high.cells.y, >=, measure (long_names[0], NULL));
  g_assert_cmpfloat (high.cell_height, >=, 14.0);
}

static void
test_hundred (void)
{
  g_autofree const char **hundred = g_new0 (const char *, 102);
  g_autofree guint64 *many = g_new0 (guint64, 100 * 102);
  HonePlotMatrix matrix = { hundred, hundred, 100, 102, 101, many, HONE_PLOT_MATRIX_COUNTS, HONE_PLOT_NO_CELL };
  HonePlotMatrixLayout large, small;
  HonePlotBox last;

  for (int i = 0; i < 102; i++)
    hundred[i] = "A_RATHER_LONG_NAME_OF_A_CATEGORY";
  many[0] = 99;
  hone_plot_matrix_layout_init (&large, &matrix, &metrics, 2000, 1600);
  hone_plot_matrix_layout_init (&small, &matrix, &metrics, 500, 400);
  g_assert_cmpfloat (large.number_scale, >, 0.0);
  g_assert_cmpfloat (large.cells.x, <=, 2000 * 0.3 + 30);
  /* Numbers that would not be read are not written, and names not on top of each other. */
  g_assert_cmpfloat (small.number_scale, ==, 0.0);
  g_assert_cmpfloat (small.every * small.cell_height, >=, 14.0 * small.name_scale * 0.85);
  last = hone_plot_matrix_get_box (&matrix, &small, (HonePlotCell) { 99, 101 });
  g_assert_cmpfloat (last.x + last.width, <=, 500);
  g_assert_cmpfloat (last.y + last.height, <=, 400);
}

static void
test_move (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS), none = { 0 };
  HonePlotCell cell = hone_plot_matrix_move (&matrix, HONE_PLOT_NO_CELL, HONE_PLOT_MOVE_DOWN);
  static const struct { HonePlotMove move; gsize row, column; } steps[] = {
    { HONE_PLOT_MOVE_UP, 0, 0 }, { HONE_PLOT_MOVE_LEFT, 0, 0 }, { HONE_PLOT_MOVE_RIGHT, 0, 1 }, { HONE_PLOT_MOVE_DOWN, 1, 1 },
    { HONE_PLOT_MOVE_LAST, 1, 4 }, { HONE_PLOT_MOVE_RIGHT, 1, 4 }, { HONE_PLOT_MOVE_DOWN, 2, 4 }, { HONE_PLOT_MOVE_DOWN, 2, 4 },
    { HONE_PLOT_MOVE_FIRST, 2, 0 },
  };

  g_assert_true (cell.row == 0 && cell.column == 0);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      cell = hone_plot_matrix_move (&matrix, cell, steps[i].move);
      g_assert_cmpuint (cell.row, ==, steps[i].row);
      g_assert_cmpuint (cell.column, ==, steps[i].column);
    }
  g_assert_cmpuint (hone_plot_matrix_move (&none, HONE_PLOT_NO_CELL, HONE_PLOT_MOVE_DOWN).row, ==, G_MAXSIZE);
}

static void
test_describe (void)
{
  HonePlotMatrix matrix = make_matrix (HONE_PLOT_MATRIX_COUNTS);
  g_autofree char *all = hone_plot_matrix_describe (&matrix);
  g_autofree char *missing = hone_plot_matrix_describe_cell (&matrix, (HonePlotCell) { 0, 4 });

  g_assert_true (g_str_has_prefix (all, "Confusion matrix of 3 categories: 868 of 1200 on the diagonal. "
                                        "CULTURE read as MEDIA: 300 texts, 30.0 % of CULTURE. "));
  g_assert_cmpstr (missing, ==, "MEDIA read as missing: 1 text");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plot/matrix/cells", test_cells);
  g_test_add_func ("/plot/matrix/shares", test_shares);
  g_test_add_func ("/plot/matrix/colors", test_colors);
  g_test_add_func ("/plot/matrix/largest", test_largest);
  g_test_add_func ("/plot/matrix/find-cell", test_find_cell);
  g_test_add_func ("/plot/matrix/names", test_names);
  g_test_add_func ("/plot/matrix/low", test_low);
  g_test_add_func ("/plot/matrix/hundred", test_hundred);
  g_test_add_func ("/plot/matrix/move", test_move);
  g_test_add_func ("/plot/matrix/describe", test_describe);
  return g_test_run ();
}
