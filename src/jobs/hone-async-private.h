/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress of a worker thread told on the main loop of whoever asked, at most ten times a second. For src/jobs alone. */
#pragma once

#include "hone-jobs.h"

G_BEGIN_DECLS

typedef struct _HoneAsync HoneAsync;

HoneAsync *_hone_async_new      (HoneJobsProgress  progress,   /* (nullable) */
                                 gpointer          data);
void       _hone_async_unref    (HoneAsync        *self);
/* A HoneJobsProgress for worker threads; @data is a HoneAsync. */
void       _hone_async_progress (double            fraction,
                                 const char       *what,
                                 gpointer          data);
/* From now on nothing is told; on the main loop. */
void       _hone_async_stop     (HoneAsync        *self);

G_END_DECLS
