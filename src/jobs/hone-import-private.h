/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two halves of an import: what a first look finds out, and how a record becomes a row. For src/jobs alone. */
#pragma once

#include "core/hone-template.h"
#include "hone-import.h"
#include "store/hone-store-import.h"

G_BEGIN_DECLS

/* ---- first look ---- */
typedef struct {
  HoneOntology *derived;            /* (nullable): from the words of the labels */
  GHashTable   *flat_models;        /* set of model names all of whose (five or more) predictions have one confidence */
} HoneImportSurvey;
void     _hone_import_survey_clear (HoneImportSurvey *survey);
gboolean _hone_import_survey_needed (HoneFormat format, gboolean needs_ontology);
/* Reads everything once. @needs_ontology: derive one. */
gboolean _hone_import_survey       (HoneReader        *reader,
                                    gboolean           needs_ontology,
                                    HoneImportSurvey  *survey,
                                    HoneJobsProgress   progress,
                                    gpointer           progress_data,
                                    GCancellable      *cancellable,
                                    GError           **error);

/* ---- report ---- */
HoneImportReport *_hone_import_report_new         (void);
void              _hone_import_report_add_problem (HoneImportReport *report,
                                                   const HoneRecord *record,      /* (nullable) */
                                                   const char       *code,
                                                   const char       *field,       /* (nullable) */
                                                   const char       *message,     /* (nullable) */
                                                   gboolean          refused);
/* Only the first records are kept. */
void              _hone_import_report_add_sample  (HoneImportReport *report,
                                                   const HoneRecord *record);

/* ---- records into rows ---- */
typedef struct {
  const HoneOntology *ontology;
  const HoneTemplate *template;
  HoneImportLabels    labels;
  int                 split;        /* for all, or -1 */
  gboolean            deal;         /* roles are dealt whatever the files say */
  GHashTable         *flat_models;  /* (nullable) */
} HoneImportRules;

/* A row and everything it points to. */
typedef struct {
  HoneRecord    *record;
  HoneImportRow  row;
  GArray        *labels;            /* of HoneLabel, the row's */
  GArray        *hidden;            /* of HoneLabel: become decisions if the example turns out not to be in train */
  GArray        *predictions;       /* of HoneImportPrediction */
  GPtrArray     *scores;            /* of double* */
  char          *meta, *join_key;
  guint          n_failed;          /* predictions with outcome failed */
  gboolean       unlabelled;        /* labels of the record were dropped as unusable */
} HoneImportEntry;

/* Takes @record; adds warnings to it. @number makes keys that are unique in this import. */
HoneImportEntry *_hone_import_entry_new  (HoneRecord            *record,
                                          const HoneImportRules *rules,
                                          guint64                number);
void             _hone_import_entry_free (HoneImportEntry       *self);

G_END_DECLS
