/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs and their events as the project remembers them; the room jobs gives them life. */
#pragma once

#include "hone-store.h"

G_BEGIN_DECLS

typedef enum {
  HONE_RUN_QUEUED, HONE_RUN_RUNNING, HONE_RUN_PAUSED, HONE_RUN_SUCCEEDED, HONE_RUN_FAILED, HONE_RUN_CANCELLED, HONE_RUN_INTERRUPTED,
} HoneRunState;
const char *hone_run_state_to_string   (HoneRunState state);   /* "queued", … */

typedef struct {
  gint64        id;
  char         *uuid;          /* names the run directory */
  char         *kind;          /* "import", "tune", "predict", "evaluate", "export" */
  char         *title;
  HoneRunState  state;
  char         *stage;         /* (nullable): "train", "predict", "score", … */
  char         *parameters;    /* JSON object: all that is needed to go on */
  char         *directory;     /* (nullable): of its files */
  gint64        iteration_id;  /* 0: none */
  double        progress;      /* 0 to 1, NAN: not known */
  char         *error;         /* (nullable): what went wrong */
  gint64        created, started, ended;
} HoneRunRecord;
void           hone_run_record_free    (HoneRunRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneRunRecord, hone_run_record_free)

gint64         hone_store_add_run      (HoneStore *self, const HoneRunRecord *run, GError **error);
gboolean       hone_store_update_run   (HoneStore *self, const HoneRunRecord *run, GError **error);
HoneRunRecord *hone_store_get_run      (HoneStore *self, gint64 run_id, GError **error);
GPtrArray     *hone_store_list_runs    (HoneStore *self, GError **error);                 /* newest first */
gboolean       hone_store_add_run_event(HoneStore *self, gint64 run_id, const char *json, GError **error);
GPtrArray     *hone_store_list_run_events (HoneStore *self, gint64 run_id, gint64 after_sequence, gsize limit, GError **error);  /* of strings */

G_END_DECLS
