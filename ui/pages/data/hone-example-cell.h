/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the list of texts. */
#pragma once

#include <adwaita.h>

#include "model/hone-example-item.h"

G_BEGIN_DECLS

typedef enum {
  HONE_CELL_TEXT,
  HONE_CELL_LABEL,
  HONE_CELL_SPLIT,
  HONE_CELL_ANSWER,
  HONE_CELL_FLAG,
} HoneCellKind;
#define HONE_N_CELLS (HONE_CELL_FLAG + 1)

#define HONE_TYPE_EXAMPLE_CELL (hone_example_cell_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleCell, hone_example_cell, HONE, EXAMPLE_CELL, AdwBin)

/* @place: whose child the cell is, for as long as it lives. */
GtkWidget   *hone_example_cell_new          (HoneCellKind      kind,
                                             GtkListItem      *place);
void         hone_example_cell_show         (HoneExampleCell  *self,
                                             HoneExampleItem  *item,       /* (nullable) */
                                             HoneOntology     *ontology);  /* (nullable) */
guint        hone_example_cell_get_position (HoneExampleCell  *self);

G_END_DECLS
