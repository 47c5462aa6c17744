/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments and iterations as objects of lists: the same object for the same row as long as the project is open. */
#pragma once

#include "core/hone-measures.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

/* ---- an iteration and its scores ---- */

/* What the texts of a split say of an iteration. */
typedef struct {
  HoneScores    *scores;
  HoneConfusion *confusion;
  gboolean       complete;    /* with intervals by resampling; FALSE: those are still to come */
  gboolean       probable;    /* with log-loss and calibration error, which are read from all answers and only where one is looked at */
} HoneStanding;
void          hone_standing_free (HoneStanding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneStanding, hone_standing_free)

/* Property "standing": only for notification. */
#define HONE_TYPE_ITERATION_ITEM (hone_iteration_item_get_type ())
G_DECLARE_FINAL_TYPE (HoneIterationItem, hone_iteration_item, HONE, ITERATION_ITEM, GObject)

HoneIterationItem   *hone_iteration_item_new          (HoneIteration        *iteration);
gint64               hone_iteration_item_get_id       (HoneIterationItem    *self);
const HoneIteration *hone_iteration_item_get          (HoneIterationItem    *self);
const HoneStanding  *hone_iteration_item_get_standing (HoneIterationItem    *self);   /* (nullable): not asked, or nothing to score against */
double               hone_iteration_item_get_change   (HoneIterationItem    *self,
                                                       HoneMeasure           measure);
void                 hone_iteration_item_set          (HoneIterationItem    *self,
                                                       HoneIteration        *iteration);
void                 hone_iteration_item_set_standing (HoneIterationItem    *self,
                                                       HoneStanding         *standing);

/* ---- an experiment and its iterations ---- */

/* Property "experiment": only for notification. A GListModel of its iterations, ascending. */
#define HONE_TYPE_EXPERIMENT_ITEM (hone_experiment_item_get_type ())
G_DECLARE_FINAL_TYPE (HoneExperimentItem, hone_experiment_item, HONE, EXPERIMENT_ITEM, GObject)

HoneExperimentItem   *hone_experiment_item_new            (HoneExperiment     *experiment);
const HoneExperiment *hone_experiment_item_get            (HoneExperimentItem *self);
GListModel           *hone_experiment_item_get_iterations (HoneExperimentItem *self);
void                  hone_experiment_item_set            (HoneExperimentItem *self,
                                                           HoneExperiment     *experiment,
                                                           GPtrArray          *iterations);

G_END_DECLS
