/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project of a command: opening, runs of its queue, and closing. */
#pragma once

#include "hone-cli.h"
#include "jobs/hone-run-queue.h"
#include "reports/hone-compare.h"
#include "reports/hone-report.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

typedef struct {
  HoneCli      *cli;
  char         *path;
  HoneStore    *store;
  HoneRunQueue *queue;    /* (nullable): only where the project is open for writing */
} HoneCliProject;

/* Says what is wrong and answers NULL with the exit status. For writing: what a crash or kill left is taken up first. */
HoneCliProject *hone_cli_project_open    (HoneCli         *cli,
                                          const char      *path,
                                          HoneStoreMode    mode,
                                          HoneCliStatus   *status);
/* For writing from now on. */
gboolean        hone_cli_project_make_writable (HoneCliProject  *self,
                                          GError         **error);
/* For a command that shows labels and predictions of a split: those of test are listed in the project, which must be writable
 * for that; a file that cannot be written at all is read, and said so. */
HoneCliProject *hone_cli_project_open_to_show (HoneCli    *cli,
                                          const char      *path,
                                          HoneSplit        split,
                                          HoneCliStatus   *status);
/* Frees @self. Answers @status, or that closing failed. */
HoneCliStatus   hone_cli_project_close   (HoneCliProject  *self,
                                          HoneCliStatus    status);

/* "hone-cli COMMAND PROJECT REST", ready for a shell. */
char           *hone_cli_project_mend    (HoneCliProject  *self,
                                          const char      *command,
                                          const char      *rest);
/* Says @error with the command that mends it, where there is one; answers the exit status. */
HoneCliStatus   hone_cli_project_fail    (HoneCliProject  *self,
                                          const GError    *error);
/* The same where the error comes from scores of @split. */
HoneCliStatus   hone_cli_project_fail_split (HoneCliProject *self,
                                          HoneSplit        split,
                                          const GError    *error);

/* Shows progress and warnings until the run is final; SIGINT cancels it. @quiet: no warnings. */
gboolean        hone_cli_project_follow  (HoneCliProject  *self,
                                          HoneRun         *run,
                                          GError         **error);
/* Asks the iteration about the split, for whatever it has not answered yet. Needs a writable project. */
gboolean        hone_cli_project_predict (HoneCliProject  *self,
                                          gint64           iteration_id,
                                          HoneSplit        split,
                                          GError         **error);
/* Before scores: asks only where nothing of the split was predicted yet; makes the project writable if it must. */
gboolean        hone_cli_project_need_predictions (HoneCliProject *self,
                                          gint64           iteration_id,
                                          HoneSplit        split,
                                          GError         **error);
/* Scores and comparisons while a signal can still cancel them. */
HoneEvaluation *hone_cli_project_evaluate (HoneCliProject *self,
                                          gint64           iteration_id,
                                          HoneSplit        split,
                                          GError         **error);
HoneComparison *hone_cli_project_compare (HoneCliProject  *self,
                                          const gint64    *iteration_ids,
                                          gsize            n_iterations,
                                          HoneSplit        split,
                                          GError         **error);
/* What a report of the test split shows is listed before anybody sees it. Makes the project writable; one that cannot be written at
 * all is said so on standard error. */
gboolean        hone_cli_project_record_openings (HoneCliProject *self,
                                          HoneReport      *report,
                                          const char      *what,
                                          GError         **error);

/* Runs the main loop until the callback has put a result into @slot. (transfer full) */
void            hone_cli_wait_cb         (GObject         *source,
                                          GAsyncResult    *result,
                                          gpointer         slot);
GAsyncResult   *hone_cli_wait            (GAsyncResult   **slot);

G_END_DECLS
