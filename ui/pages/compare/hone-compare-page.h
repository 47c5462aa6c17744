/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iterations side by side: scores, settings that differ, categories, and what changed from one to another. */
#pragma once

#include <adwaita.h>

#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

#define HONE_TYPE_COMPARE_PAGE (hone_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (HoneComparePage, hone_compare_page, HONE, COMPARE_PAGE, AdwBin)

GtkWidget *hone_compare_page_new (HoneProject    *project,
                                  HoneSelection  *selection,
                                  HoneScoreboard *scoreboard);

G_END_DECLS
