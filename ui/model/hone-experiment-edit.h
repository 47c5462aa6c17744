/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do to experiments. Deleting only marks one in the file: it is on disk at once, and bringing it back is one more mark,
 * so that a kill between the two loses neither. */
#pragma once

#include "hone-project.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

typedef enum {
  HONE_EXPERIMENT_RENAME,      /* with text: name, and note */
  HONE_EXPERIMENT_ARCHIVE,
  HONE_EXPERIMENT_UNARCHIVE,
  HONE_EXPERIMENT_DUPLICATE,   /* same settings, no iterations */
  HONE_EXPERIMENT_DELETE,      /* CONFLICT while something of it runs */
} HoneExperimentChange;

/* @name, @note (nullable): for RENAME alone. */
void            hone_experiment_change_async  (HoneProject           *project,
                                               gint64                 experiment_id,
                                               HoneExperimentChange   change,
                                               const char            *name,
                                               const char            *note,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* Brings a deleted one back; where its name is taken by now, under the next that is free. */
void            hone_experiment_restore_async (HoneProject           *project,
                                               const HoneExperiment  *deleted,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* (transfer full): the experiment as it is now; of DUPLICATE the new one. NULL with @error. */
HoneExperiment *hone_experiment_change_finish (HoneProject           *project,
                                               GAsyncResult          *result,
                                               GError               **error);

G_END_DECLS
