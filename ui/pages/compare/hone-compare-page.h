/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iterations side by side. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"
#include "model/hone-selection.h"

G_BEGIN_DECLS

#define HONE_TYPE_COMPARE_PAGE (hone_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (HoneComparePage, hone_compare_page, HONE, COMPARE_PAGE, AdwBin)

GtkWidget *hone_compare_page_new (HoneProject   *project,
                             HoneSelection *selection);

G_END_DECLS
