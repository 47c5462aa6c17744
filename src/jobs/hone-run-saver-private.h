/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes down the states that a run gets while it has no thread. For src/jobs alone. */
#pragma once

#include "hone-jobs.h"
#include "store/hone-store-runs.h"

G_BEGIN_DECLS

typedef struct _HoneRunSaver HoneRunSaver;

HoneRunSaver *_hone_run_saver_new    (void);
void          _hone_run_saver_unref  (HoneRunSaver         *self);
/* Whatever is still to be written is older than what others write from now on, and is let go. */
void          _hone_run_saver_skip   (HoneRunSaver         *self);
/* In the background; states that were overtaken by a newer one are not written. On the main loop. */
void          _hone_run_saver_save   (HoneRunSaver         *self,
                                      HoneStore            *store,
                                      const HoneRunRecord  *record,     /* id, state and end are taken from it */
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean      _hone_run_saver_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
