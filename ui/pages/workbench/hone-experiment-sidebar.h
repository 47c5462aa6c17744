/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments and their iterations beside chart and matrix. Choosing a row chooses its iteration; an experiment stands for its last. */
#pragma once

#include <adwaita.h>

#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

#define HONE_TYPE_EXPERIMENT_SIDEBAR (hone_experiment_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (HoneExperimentSidebar, hone_experiment_sidebar, HONE, EXPERIMENT_SIDEBAR, AdwBin)

GtkWidget *hone_experiment_sidebar_new (HoneProject    *project,
                                        HoneSelection  *selection,
                                        HoneScoreboard *scoreboard);

G_END_DECLS
