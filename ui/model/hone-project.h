/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open project as windows see it: store, runs, and one signal that tells all views what has to be read anew.
 * Lives on the main loop; nothing here blocks. */
#pragma once

#include "jobs/hone-run-queue.h"
#include "store/hone-store.h"

G_BEGIN_DECLS

/* Parts of a project that a view may have to read anew. */
typedef enum {
  HONE_PROJECT_EXAMPLES    = 1 << 0,   /* texts came, went or changed their split */
  HONE_PROJECT_LABELS      = 1 << 1,   /* labels, flags and notes */
  HONE_PROJECT_EXPERIMENTS = 1 << 2,   /* experiments, iterations and predictions */
  HONE_PROJECT_ONTOLOGY    = 1 << 3,
} HoneProjectParts;

/* Signals: "changed" (HoneProjectParts parts as guint). Properties: "path", "name", "writable", "ontology" (notified). */
#define HONE_TYPE_PROJECT (hone_project_get_type ())
G_DECLARE_FINAL_TYPE (HoneProject, hone_project, HONE, PROJECT, GObject)

void           hone_project_open_async    (const char           *path,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           hone_project_create_async  (const char           *path,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
HoneProject   *hone_project_open_finish   (GAsyncResult         *result,
                                           GError              **error);
void           hone_project_close_async   (HoneProject          *self,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean       hone_project_close_finish  (HoneProject          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

const char    *hone_project_get_path      (HoneProject          *self);
const char    *hone_project_get_name      (HoneProject          *self);
gboolean       hone_project_get_writable  (HoneProject          *self);
HoneStore     *hone_project_get_store     (HoneProject          *self);
HoneRunQueue  *hone_project_get_queue     (HoneProject          *self);
HoneOntology  *hone_project_get_ontology  (HoneProject          *self);
const char    *hone_project_get_author    (HoneProject          *self);
gboolean       hone_project_is_busy       (HoneProject          *self);
void           hone_project_changed       (HoneProject          *self,
                                           HoneProjectParts      parts);

G_END_DECLS
