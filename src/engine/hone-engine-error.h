/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong in hone-engine, each a case that the reader of the error event can act on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HONE_ENGINE_ERROR_BAD_JOB = 1,   /* job.json is missing, malformed or out of bounds */
  HONE_ENGINE_ERROR_BAD_DATA,      /* a line of train, unlabelled or input is */
  HONE_ENGINE_ERROR_BAD_MODEL,     /* the model file is foreign, newer, cut, changed or of other categories */
  HONE_ENGINE_ERROR_UNSUPPORTED,   /* a kind, method or wish this program does not know */
  HONE_ENGINE_ERROR_TOO_LARGE,     /* would need more memory than any machine should give */
  HONE_ENGINE_ERROR_IO,            /* the disk or a file refused */
  HONE_ENGINE_ERROR_BUSY,          /* another process works in this run directory */
  HONE_ENGINE_ERROR_INTERRUPTED,   /* SIGTERM: what was done is saved */
} HoneEngineError;
#define HONE_ENGINE_ERROR (hone_engine_error_quark ())
GQuark hone_engine_error_quark (void);

const char *hone_engine_error_code (const GError *error);   /* the "code" of an error event */
const char *hone_engine_error_hint (const GError *error);   /* its "hint": what to do */

G_END_DECLS
