/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all jobs share: the error domain and the progress callback. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  HONE_JOBS_ERROR_USAGE = 1,        /* wrong options: unknown method, going on from an iteration with a method that cannot */
  HONE_JOBS_ERROR_NO_LABELS,        /* nothing to learn from, to reveal or to score against */
  HONE_JOBS_ERROR_NO_ONTOLOGY,      /* the project has no categories yet */
  HONE_JOBS_ERROR_BAD_INPUT,        /* a refused record or a file that cannot be understood */
  HONE_JOBS_ERROR_MODEL_MISSING,    /* the model of the iteration is not on this computer, or the iteration has none */
  HONE_JOBS_ERROR_TRAINER_MISSING,  /* the program cannot be started */
  HONE_JOBS_ERROR_UNTRUSTED,        /* the program is named by the project, and the user has not allowed it yet: hone_trust_add () */
  HONE_JOBS_ERROR_TRAINER_FAILED,   /* it said so, crashed or ended without "done" */
  HONE_JOBS_ERROR_PROTOCOL,         /* it broke the protocol: huge line, path outside, wrong checksum, answer nobody asked for */
  HONE_JOBS_ERROR_TIME,             /* the time the user gave was up */
  HONE_JOBS_ERROR_STATE,            /* not possible in the run's state */
  HONE_JOBS_ERROR_INTERRUPTED,      /* the trainer was ended from outside, or with the front end; the run can be resumed */
  HONE_JOBS_ERROR_IO,               /* a file of the run or of the models cannot be read or written */
} HoneJobsError;
#define HONE_JOBS_ERROR (hone_jobs_error_quark ())
GQuark hone_jobs_error_quark (void);

/* @fraction: 0 to 1, NAN where not known. @what (nullable): translated. _async forms call it on the main loop of the caller,
 * blocking forms in their own thread. */
typedef void (*HoneJobsProgress) (double fraction, const char *what, gpointer data);

/* Threads that trainers and the engine are told to use, of this program; 0, as at first: as many as there are processors. Any thread. */
void  hone_jobs_set_threads    (guint        threads);
guint hone_jobs_get_threads    (void);                 /* never 0 */

/* $HONE_ENGINE, else beside the running program, else where it was installed; NULL with TRAINER_MISSING. */
char *hone_jobs_dup_engine     (GError     **error);
/* hone/models/<sha256> below the user's data directory: a file or a folder. */
char *hone_jobs_dup_model_path (const char  *sha256);

G_END_DECLS
