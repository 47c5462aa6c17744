/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in the user's data folder, which projects need it, and taking away what none does.
 *
 * Each project that is opened for work leaves its id and path there. A model or the files of a run count as needed when a project that can
 * be read names them, when some project cannot be found (it may need them), and when they are younger than a day (they may be in the
 * making). Blocking forms are for worker threads. */
#pragma once

#include "hone-jobs.h"
#include "store/hone-store.h"

G_BEGIN_DECLS

typedef enum {
  HONE_DATA_MODELS,
  HONE_DATA_RUNS,       /* logs and working files of runs */
  HONE_DATA_PROJECTS,   /* the sample, and whatever else lies directly in the folder */
} HoneDataKind;
#define HONE_N_DATA_KINDS (HONE_DATA_PROJECTS + 1)

#define HONE_DATA_YOUNG (24 * 60 * 60)   /* seconds */

typedef struct {
  HoneDataKind  kind;
  char         *path;
  guint64       size;     /* bytes */
} HoneDataItem;

typedef struct {
  char      *folder;
  guint64    sizes[HONE_N_DATA_KINDS];    /* bytes */
  guint      counts[HONE_N_DATA_KINDS];   /* models; runs; files */
  GPtrArray *missing;     /* of char *: projects that could not be found or read, as people know them */
  GPtrArray *spare;       /* of HoneDataItem: what no project needs */
  GPtrArray *if_gone;     /* of HoneDataItem: what none needs once the missing ones are gone for good; without the spare ones */
} HoneDataSurvey;
void            hone_data_survey_free   (HoneDataSurvey      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneDataSurvey, hone_data_survey_free)

char           *hone_data_dup_folder    (void);
guint64         hone_data_sum           (GPtrArray           *items);   /* of HoneDataItem, bytes */
/* Writes down that this project uses the folder. Silent where it cannot. */
void            hone_data_remember      (HoneStore           *store);

/* @young: seconds that something must be old to be spare, as HONE_DATA_YOUNG. */
HoneDataSurvey *hone_data_survey        (gint64               young,
                                         GCancellable        *cancellable,
                                         GError             **error);
/* Takes away what @shown lists, as far as a second look still finds it spare; bytes freed. */
gboolean        hone_data_clean         (const HoneDataSurvey *shown,
                                         gboolean             missing_gone,
                                         gint64               young,
                                         guint64             *freed,
                                         GCancellable        *cancellable,
                                         GError             **error);

void            hone_data_survey_async  (GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
HoneDataSurvey *hone_data_survey_finish (GAsyncResult        *result,
                                         GError             **error);
/* @shown: (transfer full) */
void            hone_data_clean_async   (HoneDataSurvey      *shown,
                                         gboolean             missing_gone,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean        hone_data_clean_finish  (GAsyncResult        *result,
                                         guint64             *freed,
                                         GError             **error);

G_END_DECLS
