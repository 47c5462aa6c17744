/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the sidebar: an experiment, or one of its iterations with its score.
 * Signal: "menu" (double x, double y): somebody wants the menu of its experiment, there. */
#pragma once

#include <gtk/gtk.h>

#include "core/hone-measures.h"

G_BEGIN_DECLS

#define HONE_TYPE_SIDEBAR_ROW (hone_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (HoneSidebarRow, hone_sidebar_row, HONE, SIDEBAR_ROW, GtkWidget)

GtkWidget *hone_sidebar_row_new         (void);
/* @row: of a tree over a HoneScoreboard; NULL: let go of it. */
void       hone_sidebar_row_set_row     (HoneSidebarRow   *self,
                                         GtkTreeListRow   *row);
void       hone_sidebar_row_set_measure (HoneSidebarRow   *self,
                                         HoneMeasure       measure);
gboolean   hone_sidebar_row_is_experiment (HoneSidebarRow *self);
gint64     hone_sidebar_row_get_experiment_id (HoneSidebarRow *self);

G_END_DECLS
