/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One life of a trainer program in its directory: started in a session of its own, followed by its files, ended. For src/jobs alone. */
#pragma once

#include "hone-event-private.h"

G_BEGIN_DECLS

/* What somebody else asks of the thread that follows. */
typedef enum {
  HONE_REQUEST_NONE,
  HONE_REQUEST_DETACH,     /* stop following; the trainer goes on */
  HONE_REQUEST_PAUSE,      /* save and stop */
  HONE_REQUEST_CANCEL,
} HoneRequest;

typedef struct _HoneControl HoneControl;
HoneControl  *_hone_control_new             (void);
HoneControl  *_hone_control_ref             (HoneControl *self);
void          _hone_control_unref           (HoneControl *self);
void          _hone_control_ask             (HoneControl *self, HoneRequest request);   /* any thread; a greater request wins */
HoneRequest   _hone_control_get             (HoneControl *self);
GCancellable *_hone_control_get_cancellable (HoneControl *self);   /* cancelled by any request */
gboolean      _hone_control_wait            (HoneControl *self, gint64 microseconds);  /* TRUE as soon as there is a request */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneControl, _hone_control_unref)

typedef void (*HoneTrainerFunc) (const HoneEvent *event, const char *line, gpointer data);

typedef struct {
  const char         *directory;      /* absolute; holds job.json */
  const char         *name;           /* of the program, for messages */
  const char         *token;          /* marks its processes; unique for the run */
  const char * const *argv;           /* program and its own arguments; the path of job.json is appended */
  double              seconds;        /* time limit from now, 0: none */
  HoneControl        *control;
  guint64            *offset;         /* (nullable): events before it were told already; moved on as events are told */
  HoneTrainerFunc     func;           /* (nullable): called for each good event, in the calling thread */
  gpointer            data;
} HoneTrainerJob;

/* Starts the program unless one is at work there, follows it to its end and leaves its last "done" in @done.
 * Errors: TRAINER_MISSING, TRAINER_FAILED, PROTOCOL, TIME, IO; G_IO_ERROR_CANCELLED after a request. */
gboolean _hone_trainer_run      (const HoneTrainerJob  *job,
                                 HoneEvent             *done,      /* (out caller-allocates) */
                                 GError               **error);
/* The same for one that may be at work or has ended: never starts anything. */
gboolean _hone_trainer_follow   (const HoneTrainerJob  *job,
                                 HoneEvent             *done,
                                 GError               **error);

/* Between SIGTERM and SIGKILL, microseconds; for tests. */
extern gint64 _hone_trainer_grace;

G_END_DECLS
