/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New texts through the model of an iteration into a table; the project is not changed and may be open for reading only.
 * Works in chunks: memory does not grow with the number of texts. */
#pragma once

#include "formats/hone-reader.h"
#include "hone-jobs.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

typedef struct {
  gint64              iteration_id;
  const char * const *paths;          /* NULL-terminated; "-" (standard input) or a pipe alone */
  HoneReaderOptions   reader;
  gboolean            skip_refused;
  const char         *output;         /* .csv, .tsv or .jsonl; whole or as it was */
} HoneClassifyOptions;

typedef struct {
  guint64 texts;                      /* asked */
  guint64 outcomes[HONE_N_OUTCOMES];
  guint64 missing;                    /* asked, not answered: written with outcome "failed" */
  guint64 refused;
  double  seconds;
} HoneClassifyReport;

void     hone_classify_async   (HoneStore                  *store,
                                const HoneClassifyOptions  *options,
                                HoneJobsProgress            progress,        /* (nullable) */
                                gpointer                    progress_data,
                                GCancellable               *cancellable,
                                GAsyncReadyCallback         callback,
                                gpointer                    user_data);
gboolean hone_classify_finish  (HoneStore                  *store,
                                GAsyncResult               *result,
                                HoneClassifyReport         *report,          /* (out caller-allocates) (optional) */
                                GError                    **error);

G_END_DECLS
