/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measure over iterations, with its table twin and the chosen iteration in words. */
#pragma once

#include <adwaita.h>

#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

#define HONE_TYPE_CHART_PANE (hone_chart_pane_get_type ())
G_DECLARE_FINAL_TYPE (HoneChartPane, hone_chart_pane, HONE, CHART_PANE, AdwBin)

GtkWidget *hone_chart_pane_new (HoneProject    *project,
                                HoneSelection  *selection,
                                HoneScoreboard *scoreboard);

G_END_DECLS
