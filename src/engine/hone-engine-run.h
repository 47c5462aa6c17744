/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run in its directory. */
#pragma once

#include "hone-engine-events.h"
#include "hone-engine-job.h"

G_BEGIN_DECLS

/* The exit status of the program. */
typedef enum {
  HONE_ENGINE_EXIT_DONE = 0,
  HONE_ENGINE_EXIT_FAILED = 1,
  HONE_ENGINE_EXIT_USAGE = 2,
  HONE_ENGINE_EXIT_INTERRUPTED = 4,
} HoneEngineExit;

/* Takes the lock, says hello, does the work, ends with "done" or "error". */
HoneEngineExit hone_engine_run        (const char          *job_path,
                                       HoneEngineEvents    *events);

gboolean       hone_engine_run_train   (const char          *directory,
                                        const HoneEngineJob *job,
                                        HoneEngineEvents    *events,
                                        GError             **error);
gboolean       hone_engine_run_predict (const char          *directory,
                                        const HoneEngineJob *job,
                                        HoneEngineEvents    *events,
                                        GError             **error);

G_END_DECLS
