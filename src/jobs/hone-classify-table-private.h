/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table that classify writes: id, text, prediction, outcome, confidence, p_KEY for each category. For src/jobs alone. */
#pragma once

#include "hone-event-private.h"

G_BEGIN_DECLS

typedef struct {
  char *id;      /* (nullable) */
  char *text;
} HoneClassifyText;

typedef struct _HoneClassifyTable HoneClassifyTable;

/* The ending of @path decides: .csv, .tsv or .jsonl; anything else is USAGE. */
HoneClassifyTable *_hone_classify_table_new   (const char              *path,
                                               const HoneOntology      *ontology,
                                               GError                 **error);
void               _hone_classify_table_free  (HoneClassifyTable       *self);
/* @answer NULL: none came. */
gboolean           _hone_classify_table_write (HoneClassifyTable       *self,
                                               const HoneClassifyText  *text,
                                               const HoneAnswerLine    *answer,
                                               GError                 **error);
gboolean           _hone_classify_table_close (HoneClassifyTable       *self,
                                               GError                 **error);

/* Texts that are in memory at one time, if they are not very long; for tests. */
extern guint _hone_classify_chunk;

G_END_DECLS
