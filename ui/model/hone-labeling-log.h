/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that was done while labeling, in order, with a mark between what stands and what was undone; the last decisions; the pace. */
#pragma once

#include "hone-labeling-step.h"

G_BEGIN_DECLS

#define HONE_LABELING_REMEMBERED 10

#define HONE_TYPE_LABELING_LOG (hone_labeling_log_get_type ())
G_DECLARE_FINAL_TYPE (HoneLabelingLog, hone_labeling_log, HONE, LABELING_LOG, GObject)

HoneLabelingLog  *hone_labeling_log_new          (void);
/* Forgets what was undone. @time: monotonic, in microseconds. */
void              hone_labeling_log_push         (HoneLabelingLog   *self,
                                                  HoneLabelingStep  *step,
                                                  gint64             time);
/* (transfer none) (nullable): what undo or redo would be about, and that it was done. */
HoneLabelingStep *hone_labeling_log_peek_undo    (HoneLabelingLog   *self);
HoneLabelingStep *hone_labeling_log_peek_redo    (HoneLabelingLog   *self);
void              hone_labeling_log_undone       (HoneLabelingLog   *self);
void              hone_labeling_log_redone       (HoneLabelingLog   *self);

/* (transfer none) (nullable): the decision on this text that stands. */
HoneLabelingStep *hone_labeling_log_find         (HoneLabelingLog   *self,
                                                  gint64             example_id);
/* (transfer none): a GListModel of HoneLabelingStep: the standing decisions on the last ten texts, the newest first. */
GListModel       *hone_labeling_log_get_history  (HoneLabelingLog   *self);
guint             hone_labeling_log_count_skips  (HoneLabelingLog   *self);
/* Decisions per minute over the last twenty, pauses of more than a minute left out. NAN: fewer than two. */
double            hone_labeling_log_get_pace     (HoneLabelingLog   *self);

G_END_DECLS
