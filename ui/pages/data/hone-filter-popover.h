/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does not fit into the menu of filters: any category by its name, any range of confidence. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"
#include "model/hone-selection.h"

G_BEGIN_DECLS

#define HONE_TYPE_FILTER_POPOVER (hone_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (HoneFilterPopover, hone_filter_popover, HONE, FILTER_POPOVER, GtkPopover)

/* Leaves its parent by itself when it is closed. */
GtkWidget *hone_filter_popover_new (HoneProject   *project,
                                    HoneSelection *selection);

G_END_DECLS
