/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments, iterations and their scores on validation, kept up to date: what sidebar, chart and matrix show.
 *
 * Points come first, from kept counts; intervals by resampling follow, the chosen iteration's before the others'. Log-loss and
 * calibration error follow where they are the measure that is looked at. The values are those of hone_evaluate (). Test is not shown here: whoever looks at it does so by a report or a comparison. */
#pragma once

#include "hone-experiment-item.h"
#include "hone-project.h"
#include "hone-selection.h"

G_BEGIN_DECLS

/* A GListModel of HoneExperimentItem, the archived ones last. Signals: "scores-changed" (some standing is another one),
 * "loaded" (experiments and iterations have been read), "failed" (const char *message). */
#define HONE_TYPE_SCOREBOARD (hone_scoreboard_get_type ())
G_DECLARE_FINAL_TYPE (HoneScoreboard, hone_scoreboard, HONE, SCOREBOARD, GObject)

HoneScoreboard     *hone_scoreboard_new            (HoneProject     *project,
                                                    HoneSelection   *selection);
gboolean            hone_scoreboard_get_loaded     (HoneScoreboard  *self);
/* (transfer none) (nullable) */
HoneIterationItem  *hone_scoreboard_find_iteration (HoneScoreboard  *self,
                                                    gint64           iteration_id);
HoneExperimentItem *hone_scoreboard_find_experiment (HoneScoreboard *self,
                                                    gint64           experiment_id);

G_END_DECLS
