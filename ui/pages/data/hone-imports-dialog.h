/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The imports of a project; each can be taken back as a whole, and brought back. */
#pragma once

#include <adwaita.h>

#include "model/hone-catalogue.h"

G_BEGIN_DECLS

#define HONE_TYPE_IMPORTS_DIALOG (hone_imports_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneImportsDialog, hone_imports_dialog, HONE, IMPORTS_DIALOG, AdwWindow)

GtkWindow *hone_imports_dialog_new (GtkWindow     *parent,      /* (nullable) */
                                    HoneProject   *project,
                                    HoneCatalogue *catalogue);

G_END_DECLS
