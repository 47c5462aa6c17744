/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import understood and would do: first texts, counts, categories, problems by line. */
#pragma once

#include <adwaita.h>

#include "jobs/hone-import.h"

G_BEGIN_DECLS

#define HONE_TYPE_IMPORT_PREVIEW (hone_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (HoneImportPreview, hone_import_preview, HONE, IMPORT_PREVIEW, GtkBox)

/* @report (nullable): nothing is known. */
void hone_import_preview_show (HoneImportPreview      *self,
                               const HoneImportReport *report);

G_END_DECLS
