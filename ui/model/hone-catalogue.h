/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What menus and dialogs let one choose from: the iterations and the imports of a project, with their names. */
#pragma once

#include "hone-project.h"
#include "store/hone-store-experiments.h"
#include "store/hone-store-import.h"

G_BEGIN_DECLS

/* Signals: "changed" (both have been read anew), "failed" (const char *message). */
#define HONE_TYPE_CATALOGUE (hone_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (HoneCatalogue, hone_catalogue, HONE, CATALOGUE, GObject)

HoneCatalogue        *hone_catalogue_new                (HoneProject   *project);
/* (element-type HoneIteration), those of one experiment together, the oldest first; valid until “changed”. */
GPtrArray            *hone_catalogue_get_iterations     (HoneCatalogue *self);
/* (element-type HoneImportInfo), the newest first, those taken back too; valid until “changed”. */
GPtrArray            *hone_catalogue_get_imports        (HoneCatalogue *self);
/* (nullable): not there, or not read yet. */
const HoneIteration  *hone_catalogue_find_iteration     (HoneCatalogue *self,
                                                         gint64         id);
char                 *hone_catalogue_dup_iteration_name (HoneCatalogue *self,
                                                         gint64         id);
char                 *hone_catalogue_dup_import_name    (HoneCatalogue *self,
                                                         gint64         id);
/* “n-grams · 3” */
char                 *hone_iteration_dup_name           (const HoneIteration *iteration);

/* Takes an import back as a whole, or brings it back, and tells the project. */
void                  hone_import_take_back_async       (HoneProject         *project,
                                                         gint64               import_id,
                                                         gboolean             back,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
gboolean              hone_import_take_back_finish      (HoneProject         *project,
                                                         GAsyncResult        *result,
                                                         GError             **error);

G_END_DECLS
