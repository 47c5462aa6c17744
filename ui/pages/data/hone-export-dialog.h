/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels, predictions or texts into a file: says what the format cannot hold before anything is written. */
#pragma once

#include <adwaita.h>

#include "model/hone-catalogue.h"

G_BEGIN_DECLS

/* Signal: "exported" (const char *words): done, and the dialog closes. */
#define HONE_TYPE_EXPORT_DIALOG (hone_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneExportDialog, hone_export_dialog, HONE, EXPORT_DIALOG, AdwWindow)

HoneExportDialog *hone_export_dialog_new (GtkWindow     *parent,         /* (nullable) */
                                          HoneProject   *project,
                                          HoneCatalogue *catalogue,
                                          gint64         iteration_id);  /* to begin with; 0: the newest */

G_END_DECLS
