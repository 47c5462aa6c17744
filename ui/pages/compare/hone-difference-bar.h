/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small bar to the right or left of its middle: how much better or worse. The number stands beside it, by its owner. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HONE_TYPE_DIFFERENCE_BAR (hone_difference_bar_get_type ())
G_DECLARE_FINAL_TYPE (HoneDifferenceBar, hone_difference_bar, HONE, DIFFERENCE_BAR, GtkWidget)

/* @share: -1 (all of the left half) to 1 */
GtkWidget *hone_difference_bar_new (double share);

G_END_DECLS
