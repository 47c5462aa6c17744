/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.json, checked. */
#pragma once

#include "core/hone-types.h"

G_BEGIN_DECLS

typedef struct {
  char       *kind;
  char       *method;         /* (nullable): absent for predict */
  char       *base_model;     /* (nullable) */
  char       *parent_model;   /* (nullable): absolute path */
  guint64     seed;
  guint       threads;        /* 1 … HONE_ENGINE_MAX_THREADS */
  HoneChoice  choice;
  char      **keys;           /* NULL-terminated, all different */
  guint       n_categories;
  gboolean    self_training;
  char      **unknown;        /* NULL-terminated: hyperparameters that method ngrams does not have */
} HoneEngineJob;

#define HONE_ENGINE_MAX_THREADS  64
#define HONE_ENGINE_MAX_JOB_FILE (16 * 1024 * 1024)

HoneEngineJob *hone_engine_job_parse (const char          *text,
                                      gsize                length,
                                      GError             **error);
HoneEngineJob *hone_engine_job_load  (const char          *path,
                                      GError             **error);
void           hone_engine_job_free  (HoneEngineJob       *self);

/* Index of a category, or -1. */
typedef struct _HoneEngineKeys HoneEngineKeys;
HoneEngineKeys *hone_engine_keys_new  (const char *const    *keys);
void            hone_engine_keys_free (HoneEngineKeys       *self);
int             hone_engine_keys_find (const HoneEngineKeys *self,
                                       const char           *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEngineJob, hone_engine_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEngineKeys, hone_engine_keys_free)

G_END_DECLS
