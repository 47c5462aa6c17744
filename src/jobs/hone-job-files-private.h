/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a run directory: what the front end writes into it, and what it takes out of it after checking. For src/jobs alone. */
#pragma once

#include "hone-event-private.h"

G_BEGIN_DECLS

typedef struct {
  const char         *kind;            /* HONE_PROTOCOL_KIND_TRAIN or _PREDICT */
  const char         *base;            /* (nullable) */
  const char         *parent_model;    /* (nullable): content hash */
  const char         *method;          /* (nullable) */
  guint64             seed;
  const char         *settings;        /* JSON object */
  const HoneOntology *ontology;
} HoneJobSpec;

gboolean _hone_job_write        (const char              *directory,
                                 const HoneJobSpec       *spec,
                                 GError                 **error);
/* USAGE where training data would say a category in words that are not read back as it. */
gboolean _hone_job_check_answers (const HoneOntology     *ontology,
                                const HoneTemplate      *template,
                                GError                 **error);
/* One line of train.jsonl, unlabelled.jsonl or input.jsonl, replacing @out. @categories (nullable). */
void     _hone_job_print_text   (GString                 *out,
                                 gint64                   id,
                                 const char              *text,
                                 const HoneOntology      *ontology,
                                 const HoneCategorySet   *categories,
                                 double                   weight);
/* Ids of the lines of a file written so, ascending. */
GArray  *_hone_job_read_ids     (const char              *path,
                                 GCancellable            *cancellable,
                                 GError                 **error);
/* A path that a trainer gave: relative, inside @directory after all links, existing. @program is named in errors. */
char    *_hone_job_resolve      (const char              *directory,
                                 const char              *path,
                                 const char              *program,
                                 GError                 **error);
gboolean _hone_job_check_sha256 (const char              *path,
                                 const char              *sha256,
                                 const char              *program,
                                 GCancellable            *cancellable,
                                 GError                 **error);
/* Copies the model of @done to where models live, checking every byte on the way. Returns its content hash. */
char    *_hone_job_keep_model   (const char              *directory,
                                 const HoneEvent         *done,
                                 const char              *program,
                                 GCancellable            *cancellable,
                                 GError                 **error);

G_END_DECLS
