/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong with a project file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HONE_STORE_ERROR_IO = 1,      /* read, write, sync failed; disk full */
  HONE_STORE_ERROR_FOREIGN,     /* not a project file */
  HONE_STORE_ERROR_TOO_NEW,
  HONE_STORE_ERROR_CORRUPT,
  HONE_STORE_ERROR_READ_ONLY,
  HONE_STORE_ERROR_BUSY,        /* another process writes; the message names it */
  HONE_STORE_ERROR_GONE,        /* the file was removed or replaced while open */
  HONE_STORE_ERROR_EXISTS,      /* create over an existing file; name taken */
  HONE_STORE_ERROR_NOT_FOUND,   /* no such example, experiment, iteration, run */
  HONE_STORE_ERROR_CONFLICT,    /* cannot be done in this state (undo of a deletion whose ids are taken) */
} HoneStoreError;
#define HONE_STORE_ERROR (hone_store_error_quark ())
GQuark hone_store_error_quark (void);

G_END_DECLS
