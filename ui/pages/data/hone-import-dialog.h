/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files on their way into a project: says what was understood before anything is written, and lets the user set it right. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

/* Signal: "imported" (gint64 import_id, const char *words): done, and the dialog closes. */
#define HONE_TYPE_IMPORT_DIALOG (hone_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneImportDialog, hone_import_dialog, HONE, IMPORT_DIALOG, AdwWindow)

HoneImportDialog *hone_import_dialog_new (GtkWindow          *parent,   /* (nullable) */
                                          HoneProject        *project,
                                          const char * const *paths);   /* NULL-terminated */

G_END_DECLS
