/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments, chart, matrix and labeling as one linked instrument. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"
#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

#define HONE_TYPE_WORKBENCH_PAGE (hone_workbench_page_get_type ())
G_DECLARE_FINAL_TYPE (HoneWorkbenchPage, hone_workbench_page, HONE, WORKBENCH_PAGE, AdwBin)

/* Actions: "workbench.fill" (s: "chart", "matrix", "labeling") lets a pane fill the page, or come back; "workbench.restore";
 * "workbench.label" puts the keys to labeling. */
GtkWidget *hone_workbench_page_new          (HoneProject       *project,
                                             HoneSelection     *selection);
/* (transfer floating) */
void       hone_workbench_page_set_labeling (HoneWorkbenchPage *self,
                                             GtkWidget         *labeling);

/* (transfer none): the iterations and scores that it shows, for the pages beside it. */
HoneScoreboard *hone_workbench_page_get_scoreboard (HoneWorkbenchPage *self);

G_END_DECLS
