/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streaming writers: records in, files out. Not thread-safe; use from one worker thread. */
#pragma once

#include "core/hone-ontology.h"
#include "core/hone-template.h"
#include "hone-format.h"
#include "hone-record.h"

G_BEGIN_DECLS

typedef struct {
  HoneFormat          format;
  const HoneOntology *ontology;
  const HoneTemplate *template;       /* (nullable): default template */
  const char         *project_name;
  const char         *model;          /* (nullable): whose predictions the one-model formats hold */
  gboolean            with_labels;    /* --what labels or predictions */
  gboolean            with_predictions;
  gboolean            flat;           /* Argilla: flat rows in one JSON file instead of a folder; a path that ends in .json means it too */
} HoneWriterOptions;

typedef struct _HoneWriter HoneWriter;

/* @path: file, or folder for folder formats (made; must not exist or be empty). Written beside, synced and renamed on close:
 * nothing half-written ever stands at @path. */
HoneWriter *hone_writer_open       (const char               *path,
                                    const HoneWriterOptions  *options,
                                    GError                  **error);
/* Records in ascending example order. HONE_FORMATS_ERROR_UNWRITABLE means this record only: the caller counts it and may go on. */
gboolean    hone_writer_write      (HoneWriter               *self,
                                    const HoneRecord         *record,
                                    GError                  **error);
gboolean    hone_writer_close      (HoneWriter               *self,
                                    GError                  **error);
void        hone_writer_free       (HoneWriter               *self);   /* without close: removes what was written */

/* The loss report: feed every record that would be written, then read the sentences ("14 skips will not be in the file"). */
typedef struct _HoneLossReport HoneLossReport;
HoneLossReport     *hone_loss_report_new       (const HoneWriterOptions *options);
void                hone_loss_report_add       (HoneLossReport          *self,
                                                const HoneRecord        *record);
const char * const *hone_loss_report_sentences (HoneLossReport          *self);   /* translated, with counts; empty: nothing is lost */
guint64             hone_loss_report_get_count (HoneLossReport          *self,    /* of things of this part that will not be in the file */
                                                HonePart                 part);
void                hone_loss_report_free      (HoneLossReport          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneWriter, hone_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneLossReport, hone_loss_report_free)

G_END_DECLS
