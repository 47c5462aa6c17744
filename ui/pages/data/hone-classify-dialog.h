/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New texts through the model of an iteration into a table; the project stays as it is. */
#pragma once

#include <adwaita.h>

#include "model/hone-catalogue.h"

G_BEGIN_DECLS

/* Signal: "classified" (const char *words): done, and the dialog closes. */
#define HONE_TYPE_CLASSIFY_DIALOG (hone_classify_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneClassifyDialog, hone_classify_dialog, HONE, CLASSIFY_DIALOG, AdwWindow)

HoneClassifyDialog *hone_classify_dialog_new       (GtkWindow          *parent,         /* (nullable) */
                                                    HoneProject        *project,
                                                    HoneCatalogue      *catalogue,
                                                    gint64              iteration_id);  /* to begin with; 0: the newest */
void                hone_classify_dialog_set_paths (HoneClassifyDialog *self,
                                                    const char * const *paths);         /* what the user would choose */
void                hone_classify_dialog_run       (HoneClassifyDialog *self,
                                                    const char         *output);        /* .csv, .tsv or .jsonl */

G_END_DECLS
