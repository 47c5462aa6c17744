/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last decisions, each of which can be looked at and changed. */
#pragma once

#include <adwaita.h>

#include "model/hone-labeling.h"

G_BEGIN_DECLS

#define HONE_TYPE_LABELING_HISTORY (hone_labeling_history_get_type ())
G_DECLARE_FINAL_TYPE (HoneLabelingHistory, hone_labeling_history, HONE, LABELING_HISTORY, GtkBox)

/* Once. */
void hone_labeling_history_watch (HoneLabelingHistory *self,
                                  HoneLabeling        *labeling);

G_END_DECLS
