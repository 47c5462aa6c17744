/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trains the next iteration of an experiment, asks it about validation and publishes both. */
#pragma once

#include "hone-run-queue.h"

G_BEGIN_DECLS

typedef struct {
  const char *experiment;   /* name; made, with iteration 0, when new */
  const char *method;       /* (nullable): that of the experiment, else "ngrams" for the engine, none for a trainer */
  const char *base;         /* (nullable): base model */
  int         from;         /* number of the iteration to go on from; -1: from the base model */
  const char *trainer;      /* (nullable): program that speaks the trainer protocol, allowed to run from now on; NULL: that of the
                               experiment, else the engine */
  gboolean    has_seed;
  guint64     seed;         /* below 2^53; else the project's */
  double      minutes;      /* time limit, 0: none */
  GHashTable *settings;     /* (nullable): char* key -> char* value, as in --set; "true", "false" and numbers are typed */
} HoneTuneOptions;
#define HONE_TUNE_OPTIONS_INIT { .from = -1 }

/* Checks and queues; the run starts by itself. Errors before anything is written: USAGE, NO_LABELS, NO_ONTOLOGY, MODEL_MISSING,
 * TRAINER_MISSING, UNTRUSTED, HONE_STORE_ERROR_*. (transfer full). The plain form blocks on the store. */
HoneRun *hone_tune             (HoneRunQueue           *queue,
                                const HoneTuneOptions  *options,
                                GError                **error);
void     hone_tune_async       (HoneRunQueue           *queue,
                                const HoneTuneOptions  *options,
                                GCancellable           *cancellable,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data);
HoneRun *hone_tune_finish      (HoneRunQueue           *queue,
                                GAsyncResult           *result,
                                GError                **error);

G_END_DECLS
