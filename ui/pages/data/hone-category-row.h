/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One category in the editor: closed its name and key, open all that can be said about it. */
#pragma once

#include <adwaita.h>

#include "model/hone-category-draft.h"

G_BEGIN_DECLS

/* Signals: "changed"; "removed" (only new categories have the button). */
#define HONE_TYPE_CATEGORY_ROW (hone_category_row_get_type ())
G_DECLARE_FINAL_TYPE (HoneCategoryRow, hone_category_row, HONE, CATEGORY_ROW, AdwExpanderRow)

GtkWidget         *hone_category_row_new       (HoneCategoryDraft *draft);   /* (transfer full) */
HoneCategoryDraft *hone_category_row_get_draft (HoneCategoryRow   *self);
/* @message (nullable): what is wrong with it. */
void               hone_category_row_set_error (HoneCategoryRow   *self,
                                                const char        *message);

G_END_DECLS
