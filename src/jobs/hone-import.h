/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files into a project: reader, categories, one import of the store. */
#pragma once

#include "core/hone-splitter.h"
#include "formats/hone-reader.h"
#include "hone-jobs.h"
#include "store/hone-store.h"

G_BEGIN_DECLS

typedef enum {
  HONE_IMPORT_LABELS_HUMAN,    /* decisions */
  HONE_IMPORT_LABELS_KNOWN,    /* hidden known answers for train; those of validation and test count at once */
  HONE_IMPORT_LABELS_IGNORE,
} HoneImportLabels;
gboolean hone_import_labels_from_string (const char *string, HoneImportLabels *labels);   /* "human", "known", "ignore" */

/* Zero-initialise with HONE_IMPORT_OPTIONS_INIT. Everything is copied by the _async form. */
typedef struct {
  const char * const *paths;         /* NULL-terminated files, folders, zip archives */
  HoneReaderOptions   reader;        /* format, columns, encoding; ontology and template are filled in by the import */
  int                 split;         /* HoneSplit for all records whatever the files say, or -1 */
  const HoneShares   *shares;        /* (nullable): deal roles to all records whatever the files say */
  HoneImportLabels    labels;
  gboolean            skip_refused;  /* --on-error skip: refused records are counted, not fatal */
  gboolean            dry_run;       /* everything but the last step */
} HoneImportOptions;
#define HONE_IMPORT_OPTIONS_INIT { .split = -1 }

typedef struct {
  char  *path;      /* (nullable) */
  gsize  line;      /* 0: none */
  char  *field;     /* (nullable) */
  char  *code;      /* "malformed", "unknown-category", … */
  char  *message;   /* (nullable): translated */
  gboolean refused; /* the record was refused */
} HoneImportProblem;
#define HONE_IMPORT_MAX_PROBLEMS 100

/* One of the first records, as it was understood. */
typedef struct {
  char  *text;
  char **words;     /* (nullable): of its first label, as in the file */
} HoneImportSample;
#define HONE_IMPORT_MAX_SAMPLES 5

typedef struct {
  HoneFormat    format;
  char         *description;                     /* what was understood, translated */
  char        **columns;                         /* (nullable): columns or members that text and label can be taken from */
  char         *source;                          /* names of the paths, as in the history */
  guint64       examples, labels, current, known, skipped, failed, refused;
  guint64       predictions[HONE_N_OUTCOMES];    /* without FAILED */
  guint64       warnings[HONE_N_WARNINGS];       /* records with this warning */
  guint64       splits[HONE_N_SPLITS];           /* of the new examples */
  guint64       n_problems;                      /* in all */
  GPtrArray    *samples;                         /* of HoneImportSample: the first HONE_IMPORT_MAX_SAMPLES */
  GPtrArray    *problems;                        /* of HoneImportProblem: the first HONE_IMPORT_MAX_PROBLEMS */
  HoneOntology *new_ontology;                    /* (nullable): categories that this import made or would make */
  gint64        import_id;                       /* 0 after a dry run */
  gboolean      dry_run;
} HoneImportReport;
void              hone_import_report_free (HoneImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneImportReport, hone_import_report_free)

/* Blocking, for worker threads and programs without a window.
 * Errors: HONE_JOBS_ERROR_BAD_INPUT (a refused record, with path, line, field and reason), HONE_FORMATS_ERROR_*, HONE_STORE_ERROR_*,
 * G_IO_ERROR_CANCELLED. Whatever goes wrong, the project is as it was. @report (out) (optional) is filled on BAD_INPUT too. */
gboolean          hone_import_run         (HoneStore                *store,
                                           const HoneImportOptions  *options,
                                           HoneJobsProgress          progress,        /* (nullable) */
                                           gpointer                  progress_data,
                                           HoneImportReport        **report,
                                           GCancellable             *cancellable,
                                           GError                  **error);
void              hone_import_run_async   (HoneStore                *store,
                                           const HoneImportOptions  *options,
                                           HoneJobsProgress          progress,        /* (nullable) */
                                           gpointer                  progress_data,
                                           GCancellable             *cancellable,
                                           GAsyncReadyCallback       callback,
                                           gpointer                  user_data);
gboolean          hone_import_run_finish  (HoneStore                *store,
                                           GAsyncResult             *result,
                                           HoneImportReport        **report,          /* (out) (optional): also on BAD_INPUT */
                                           GError                  **error);

G_END_DECLS
