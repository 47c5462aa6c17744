/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts: list, search, filters, import and export, categories. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"
#include "model/hone-selection.h"

G_BEGIN_DECLS

#define HONE_TYPE_DATA_PAGE (hone_data_page_get_type ())
G_DECLARE_FINAL_TYPE (HoneDataPage, hone_data_page, HONE, DATA_PAGE, AdwBin)

GtkWidget *hone_data_page_new (HoneProject   *project,
                          HoneSelection *selection);

G_END_DECLS
