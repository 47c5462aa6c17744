/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A confusion matrix: rows by people's labels, columns by the model's answers. Layout is apart from drawing. */
#pragma once

#include "hone-plot-chart.h"

G_BEGIN_DECLS

typedef enum {
  HONE_PLOT_MATRIX_COUNTS,
  HONE_PLOT_MATRIX_ROWS,      /* per cent of the row */
  HONE_PLOT_MATRIX_COLUMNS,   /* per cent of the column */
} HonePlotMatrixUnit;

typedef struct {
  gsize row, column;
} HonePlotCell;
#define HONE_PLOT_NO_CELL ((HonePlotCell) { G_MAXSIZE, G_MAXSIZE })

/* Owns nothing. The first n_rows columns are the classes of the rows, then come answers that are no class ("unable"), then what was
 * not scored at all ("missing"). */
typedef struct {
  const char * const *rows, * const *columns;   /* names for people */
  gsize               n_rows, n_columns;
  gsize               n_scored;                 /* columns before it count in shares */
  const guint64      *counts;                   /* row-major */
  HonePlotMatrixUnit  unit;
  HonePlotCell        chosen;
} HonePlotMatrix;

guint64 hone_plot_matrix_get_count        (const HonePlotMatrix *matrix,
                                           HonePlotCell          cell);
/* 0 to 1; NAN where nothing is in the row or column, and for columns that are not scored. */
double  hone_plot_matrix_get_row_share    (const HonePlotMatrix *matrix,
                                           HonePlotCell          cell);
double  hone_plot_matrix_get_column_share (const HonePlotMatrix *matrix,
                                           HonePlotCell          cell);
/* What stands in the cell, by the matrix's unit: "81", "45"; "" for no text at all. Per cent have no sign, the title says it. */
char   *hone_plot_matrix_format_cell      (const HonePlotMatrix *matrix,
                                           HonePlotCell          cell);

typedef struct {
  double      width, height;
  HonePlotBox cells;              /* of all rows and columns */
  double      cell_width, cell_height;
  double      gap;                /* before the columns that are no class, and again before those not scored */
  gboolean    upright;            /* column names are turned */
  guint       every;              /* each so many-th row and column is named */
  double      number_scale;       /* of the numbers, to the style's size; 0: numbers do not fit */
  double      name_scale;
} HonePlotMatrixLayout;

void         hone_plot_matrix_layout_init (HonePlotMatrixLayout       *self,
                                           const HonePlotMatrix       *matrix,
                                           const HonePlotMetrics      *metrics,
                                           double                      width,
                                           double                      height);
HonePlotBox  hone_plot_matrix_get_box     (const HonePlotMatrix       *matrix,
                                           const HonePlotMatrixLayout *layout,
                                           HonePlotCell                cell);
HonePlotCell hone_plot_matrix_find_cell   (const HonePlotMatrix       *matrix,
                                           const HonePlotMatrixLayout *layout,
                                           double                      x,
                                           double                      y);
/* Left, right, up, down by one; first and last of the row. */
HonePlotCell hone_plot_matrix_move        (const HonePlotMatrix       *matrix,
                                           HonePlotCell                from,
                                           HonePlotMove                move);
/* The cell's colour: strength by its share of the row. */
HonePlotColor hone_plot_matrix_get_color  (const HonePlotMatrix       *matrix,
                                           const HonePlotStyle        *style,
                                           HonePlotCell                cell);
/* The @most off-diagonal cells with most texts, most first; ties in reading order. Of HonePlotCell. */
GArray      *hone_plot_matrix_find_largest (const HonePlotMatrix      *matrix,
                                           guint                       most);
char        *hone_plot_matrix_describe    (const HonePlotMatrix       *matrix);
char        *hone_plot_matrix_describe_cell (const HonePlotMatrix     *matrix,
                                           HonePlotCell                cell);

void         hone_plot_matrix_draw        (cairo_t                    *cr,
                                           const HonePlotMatrix       *matrix,
                                           const HonePlotMatrixLayout *layout,
                                           const HonePlotStyle        *style,
                                           HonePlotText               *text);
void         hone_plot_matrix_draw_focus  (cairo_t                    *cr,
                                           const HonePlotMatrix       *matrix,
                                           const HonePlotMatrixLayout *layout,
                                           const HonePlotStyle        *style,
                                           HonePlotCell                focus);
void         hone_plot_matrix_paint       (cairo_t                    *cr,
                                           const HonePlotMatrix       *matrix,
                                           const HonePlotStyle        *style,
                                           double                      width,
                                           double                      height);

G_END_DECLS
