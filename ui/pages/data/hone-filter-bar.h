/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search, filters and the iteration whose answers are shown, above the list of texts: reads and changes the selection. */
#pragma once

#include <adwaita.h>

#include "model/hone-filter-actions.h"

G_BEGIN_DECLS

#define HONE_TYPE_FILTER_BAR (hone_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (HoneFilterBar, hone_filter_bar, HONE, FILTER_BAR, GtkBox)

void        hone_filter_bar_watch        (HoneFilterBar  *self,
                                          HoneProject    *project,
                                          HoneSelection  *selection,
                                          HoneCatalogue  *catalogue);
void        hone_filter_bar_set_count    (HoneFilterBar  *self,
                                          const char     *words);
/* Whether the texts are still being looked for; shown only where that takes its time. */
void        hone_filter_bar_set_busy     (HoneFilterBar  *self,
                                          gboolean        busy);
void        hone_filter_bar_focus_search (HoneFilterBar  *self);
/* Keys that are typed on @widget go into the search. */
void        hone_filter_bar_capture_keys (HoneFilterBar  *self,
                                          GtkWidget      *widget);

G_END_DECLS
