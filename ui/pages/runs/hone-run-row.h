/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run: what, stage, progress with time left, its curve as it grows, log on demand, and what can be done with it. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

#define HONE_TYPE_RUN_ROW (hone_run_row_get_type ())
G_DECLARE_FINAL_TYPE (HoneRunRow, hone_run_row, HONE, RUN_ROW, AdwBin)

GtkWidget  *hone_run_row_new           (HoneProject  *project,
                                        HoneRun      *run);
/* A state in words. */
const char *hone_run_row_name_state    (HoneRunState  state);

G_END_DECLS
