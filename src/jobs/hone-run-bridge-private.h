/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the thread of a run and its main loop; the thread may outlast the object. For src/jobs alone. */
#pragma once

#include "hone-run-history-private.h"
#include "hone-work-private.h"

G_BEGIN_DECLS

typedef enum {
  HONE_RUN_MESSAGE_MEMORY,     /* the first one, where it was asked for */
  HONE_RUN_MESSAGE_CHANGED, HONE_RUN_MESSAGE_PROGRESS, HONE_RUN_MESSAGE_METRIC, HONE_RUN_MESSAGE_LOG,
  HONE_RUN_MESSAGE_ENDED,      /* the last one: the thread can be joined */
} HoneRunMessageKind;

typedef struct {
  HoneRunMessageKind kind;
  HoneRunMemory     *memory;                 /* memory: may be taken */
  HoneRunState       state;                  /* changed, as are: */
  char              *stage, *parameters;
  gint64             iteration_id, started, ended;
  GError            *error;                  /* (nullable) */
  char              *text;                   /* changed: message; metric: name; log: line */
  guint64            step;                   /* metric */
  double             value, seconds_left;    /* metric; progress: fraction */
  gboolean           warning;                /* log */
} HoneRunMessage;

typedef void (*HoneRunDeliver) (HoneRunMessage *message, gpointer data);

typedef struct _HoneRunBridge HoneRunBridge;

/* @deliver is called on the main loop of this thread. */
HoneRunBridge *_hone_run_bridge_new         (HoneRunDeliver        deliver,
                                             gpointer              data);
void           _hone_run_bridge_unref       (HoneRunBridge        *self);
/* From now on nothing is delivered; on the main loop. */
void           _hone_run_bridge_close       (HoneRunBridge        *self);
GMainContext  *_hone_run_bridge_get_context (HoneRunBridge        *self);
GThread       *_hone_run_bridge_start       (HoneRunBridge        *self,
                                             HoneStore            *store,
                                             const HoneRunRecord  *record,
                                             HoneControl          *control,
                                             gboolean              recovered,
                                             gboolean              remember);    /* what it said in earlier lives */

G_END_DECLS
