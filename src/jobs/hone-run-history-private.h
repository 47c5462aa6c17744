/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs and their threads do to a history. For src/jobs alone. */
#pragma once

#include "hone-run-history.h"

G_BEGIN_DECLS

/* What the project remembers; made in any thread. */
typedef struct {
  GArray    *points;    /* of HoneRunPoint */
  GPtrArray *lines;     /* of HoneRunLine */
} HoneRunMemory;
HoneRunMemory  *_hone_run_memory_read       (HoneStore       *store,
                                             gint64           run_id,
                                             GError         **error);
void            _hone_run_memory_free       (HoneRunMemory   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneRunMemory, _hone_run_memory_free)

/* @complete: nothing was said yet. */
HoneRunHistory *_hone_run_history_new       (HoneStore       *store,
                                             gint64           run_id,
                                             gboolean         complete);
/* The thread of the run reads the memory before it says anything new. */
gboolean        _hone_run_history_is_complete (HoneRunHistory *self);
void            _hone_run_history_take_memory (HoneRunHistory *self,
                                             HoneRunMemory   *memory);   /* taken; dropped where all is known */
void            _hone_run_history_add_line  (HoneRunHistory  *self,
                                             const char      *text,
                                             gboolean         warning);
void            _hone_run_history_add_point (HoneRunHistory  *self,
                                             const char      *name,
                                             guint64          step,
                                             double           value);

/* The largest number of points kept; for tests. */
#define HONE_RUN_MAX_POINTS 20000
#define HONE_RUN_MAX_LINES  10000

G_END_DECLS
