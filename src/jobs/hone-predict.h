/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the model of an iteration about the texts of a split that have no answer yet. */
#pragma once

#include "hone-run-queue.h"

G_BEGIN_DECLS

/* Queues a run; failed answers are asked again. With nothing to ask it succeeds at once and says so. Errors: MODEL_MISSING (also for
 * imported predictions), NO_ONTOLOGY, TRAINER_MISSING, UNTRUSTED, HONE_STORE_ERROR_*. (transfer full). The plain form blocks on the store. */
HoneRun *hone_predict          (HoneRunQueue           *queue,
                                gint64                  iteration_id,
                                HoneSplit               split,
                                GError                **error);
void     hone_predict_async    (HoneRunQueue           *queue,
                                gint64                  iteration_id,
                                HoneSplit               split,
                                GCancellable           *cancellable,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data);
HoneRun *hone_predict_finish   (HoneRunQueue           *queue,
                                GAsyncResult           *result,
                                GError                **error);

/* Before scores: has this split labels, but was never predicted by the iteration? Errors: NO_LABELS. Blocks on the store. */
gboolean hone_predict_is_needed (HoneStore             *store,
                                gint64                  iteration_id,
                                HoneSplit               split,
                                gboolean               *needed,
                                GError                **error);

G_END_DECLS
