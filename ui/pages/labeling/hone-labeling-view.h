/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One text large, the categories as buttons with keys: labels by hand. Small in a pane, with more around it where there is room. */
#pragma once

#include <adwaita.h>

#include "model/hone-labeling.h"

G_BEGIN_DECLS

#define HONE_TYPE_LABELING_VIEW (hone_labeling_view_get_type ())
G_DECLARE_FINAL_TYPE (HoneLabelingView, hone_labeling_view, HONE, LABELING_VIEW, AdwBin)

/* gtk_widget_grab_focus () puts the keys to labeling. */
GtkWidget    *hone_labeling_view_new          (HoneProject      *project,
                                               HoneSelection    *selection);
HoneLabeling *hone_labeling_view_get_labeling (HoneLabelingView *self);

G_END_DECLS
