/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing a person did to one text while labeling, with the way back. Immutable but for the label's number. */
#pragma once

#include "hone-example-item.h"

G_BEGIN_DECLS

typedef enum {
  HONE_STEP_LABEL,
  HONE_STEP_SKIP,
  HONE_STEP_NOTE,
  HONE_STEP_FLAG,
} HoneStepKind;

#define HONE_TYPE_LABELING_STEP (hone_labeling_step_get_type ())
G_DECLARE_FINAL_TYPE (HoneLabelingStep, hone_labeling_step, HONE, LABELING_STEP, GObject)

HoneLabelingStep *hone_labeling_step_new_label      (HoneExampleItem   *item,
                                                     HoneCategorySet   *categories);
HoneLabelingStep *hone_labeling_step_new_skip       (HoneExampleItem   *item);
HoneLabelingStep *hone_labeling_step_new_note       (HoneExampleItem   *item,
                                                     const char        *note);     /* (nullable): takes the note away */
HoneLabelingStep *hone_labeling_step_new_flag       (HoneExampleItem   *item,
                                                     gboolean           flag);

HoneStepKind      hone_labeling_step_get_kind       (HoneLabelingStep  *self);
/* A label or a skip: something that is done with the text. */
gboolean          hone_labeling_step_is_decision    (HoneLabelingStep  *self);
gint64            hone_labeling_step_get_example_id (HoneLabelingStep  *self);
HoneExampleItem  *hone_labeling_step_get_item       (HoneLabelingStep  *self);
HoneCategorySet  *hone_labeling_step_get_categories (HoneLabelingStep  *self);     /* (nullable) */
gboolean          hone_labeling_step_get_flag       (HoneLabelingStep  *self);     /* what a FLAG sets */

/* These block: for worker threads. What they did is on disk when they return TRUE. @review: a label on a text that others have
 * labelled settles it; else it is one more vote. */
gboolean          hone_labeling_step_do             (HoneLabelingStep  *self,
                                                     HoneStore         *store,
                                                     const char        *author,
                                                     gboolean           review,
                                                     GError           **error);
gboolean          hone_labeling_step_undo           (HoneLabelingStep  *self,
                                                     HoneStore         *store,
                                                     GError           **error);
gboolean          hone_labeling_step_redo           (HoneLabelingStep  *self,
                                                     HoneStore         *store,
                                                     GError           **error);

G_END_DECLS
