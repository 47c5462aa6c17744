/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The confusion matrix of the chosen iteration, with its table twin. Choosing a cell chooses its texts. */
#pragma once

#include <adwaita.h>

#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

#define HONE_TYPE_MATRIX_PANE (hone_matrix_pane_get_type ())
G_DECLARE_FINAL_TYPE (HoneMatrixPane, hone_matrix_pane, HONE, MATRIX_PANE, AdwBin)

GtkWidget *hone_matrix_pane_new (HoneProject    *project,
                                 HoneSelection  *selection,
                                 HoneScoreboard *scoreboard);

G_END_DECLS
