/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the events of the trainer protocol, each at once, and knows whether the run shall stop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HoneEngineEvents HoneEngineEvents;

/* Every function takes NULL for @self and then does nothing: tests of the mathematics need no events.
 * @fd stays the caller's; -1 for nowhere. @stop (nullable) is looked at only. */
HoneEngineEvents *hone_engine_events_new         (int                 fd,
                                                  const volatile int *stop);
void              hone_engine_events_free        (HoneEngineEvents   *self);
gboolean          hone_engine_events_is_stopping (HoneEngineEvents   *self,
                                                  GError            **error);   /* sets INTERRUPTED */

void              hone_engine_events_hello       (HoneEngineEvents   *self);
void              hone_engine_events_stage       (HoneEngineEvents   *self,
                                                  const char         *name);
void              hone_engine_events_progress    (HoneEngineEvents   *self,     /* at most ten a second */
                                                  guint64             step,
                                                  guint64             steps);
void              hone_engine_events_skipped     (HoneEngineEvents   *self);    /* the clock of the progress starts again */
void              hone_engine_events_metric      (HoneEngineEvents   *self,
                                                  guint64             step,
                                                  const char         *name,
                                                  double              value);
void              hone_engine_events_checkpoint  (HoneEngineEvents   *self,
                                                  const char         *path);
void              hone_engine_events_warning     (HoneEngineEvents   *self,
                                                  const char         *code,
                                                  const char         *message);
void              hone_engine_events_error       (HoneEngineEvents   *self,
                                                  const GError       *error);
void              hone_engine_events_done        (HoneEngineEvents   *self,
                                                  const char         *what,     /* "model" or "predictions" */
                                                  const char         *path,
                                                  const char         *sha256,
                                                  const char         *pseudo);  /* (nullable): path */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEngineEvents, hone_engine_events_free)

G_END_DECLS
