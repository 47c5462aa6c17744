/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project's labels, predictions or texts into files of any format that can be written. */
#pragma once

#include "formats/hone-writer.h"
#include "hone-jobs.h"
#include "store/hone-store.h"

G_BEGIN_DECLS

typedef enum {
  HONE_EXPORT_LABELS,
  HONE_EXPORT_PREDICTIONS,    /* of one iteration; Hone JSONL without an iteration: of all */
  HONE_EXPORT_TEXTS,
} HoneExportWhat;
gboolean hone_export_what_from_string (const char *string, HoneExportWhat *what);   /* "labels", "predictions", "texts" */

typedef struct {
  HoneExportWhat what;
  gint64         iteration_id;   /* 0: none */
  int            split;          /* HoneSplit, or -1: all */
  HoneFormat     format;
  const char    *path;           /* (nullable) for the preview */
} HoneExportOptions;

typedef struct {
  guint64   examples;                   /* records written, or that would be */
  guint64   unwritable;                 /* left out: the format cannot hold them */
  GPtrArray *problems;                  /* of char*: the first 100 reasons */
  char    **losses;                     /* sentences with counts; empty: nothing is lost */
  guint64   loss_counts[HONE_N_PARTS];
  gboolean  opening;                    /* it shows labels and predictions of test together: recorded as an opening when written */
} HoneExportReport;
void     hone_export_report_free (HoneExportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneExportReport, hone_export_report_free)

/* What would be lost, without writing. Blocking. Errors: USAGE (the format cannot be written, predictions without an iteration). */
gboolean hone_export_preview     (HoneStore                *store,
                                  const HoneExportOptions  *options,
                                  HoneExportReport        **report,
                                  GCancellable             *cancellable,
                                  GError                  **error);
/* Preview and write; @path is whole or as it was. Blocking. */
gboolean hone_export_run         (HoneStore                *store,
                                  const HoneExportOptions  *options,
                                  HoneJobsProgress          progress,        /* (nullable) */
                                  gpointer                  progress_data,
                                  HoneExportReport        **report,          /* (out) (optional) */
                                  GCancellable             *cancellable,
                                  GError                  **error);
void     hone_export_run_async   (HoneStore                *store,
                                  const HoneExportOptions  *options,
                                  HoneJobsProgress          progress,        /* (nullable) */
                                  gpointer                  progress_data,
                                  GCancellable             *cancellable,
                                  GAsyncReadyCallback       callback,
                                  gpointer                  user_data);
gboolean hone_export_run_finish  (HoneStore                *store,
                                  GAsyncResult             *result,
                                  HoneExportReport        **report,
                                  GError                  **error);

G_END_DECLS
