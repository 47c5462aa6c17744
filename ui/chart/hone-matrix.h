/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A confusion matrix: rows by people, columns by the model; cells are read and chosen by pointer and keys. */
#pragma once

#include <gtk/gtk.h>

#include "plot/hone-plot-matrix.h"

G_BEGIN_DECLS

/* Up to so many classes each cell is a widget of its own; above, keys move one focus over the drawing. */
#define HONE_MATRIX_MAX_CELL_WIDGETS 20

/* Property: "reading" (string, notified). Signal: "activated" (guint row, guint column). Role GRID. */
#define HONE_TYPE_MATRIX (hone_matrix_get_type ())
G_DECLARE_FINAL_TYPE (HoneMatrix, hone_matrix, HONE, MATRIX, GtkWidget)

GtkWidget  *hone_matrix_new         (void);
/* Everything is copied; unit and chosen cell stay. NULL: nothing to show. */
void        hone_matrix_set_counts  (HoneMatrix           *self,
                                     const HonePlotMatrix *matrix);
void        hone_matrix_set_unit    (HoneMatrix           *self,
                                     HonePlotMatrixUnit    unit);
void        hone_matrix_set_chosen  (HoneMatrix           *self,
                                     HonePlotCell          cell);
const char *hone_matrix_get_reading (HoneMatrix           *self);

G_END_DECLS
