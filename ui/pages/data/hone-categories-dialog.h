/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of categories: instruction, choice rule, and each category with all that can be said about it. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

/* Signal: "saved": done, and the dialog closes. */
#define HONE_TYPE_CATEGORIES_DIALOG (hone_categories_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneCategoriesDialog, hone_categories_dialog, HONE, CATEGORIES_DIALOG, AdwWindow)

HoneCategoriesDialog *hone_categories_dialog_new (GtkWindow   *parent,   /* (nullable) */
                                                  HoneProject *project);

G_END_DECLS
