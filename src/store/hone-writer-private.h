/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one thread that writes. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

#define HONE_SLICE_MICROSECONDS 20000

/* In order of urgency. */
typedef enum {
  HONE_WRITE_LABEL,     /* a decision of a person: overtakes everything, on disk before it returns */
  HONE_WRITE_NORMAL,    /* short, on disk before it returns */
  HONE_WRITE_SLICES,    /* long: the function is called until it is done, each time in a transaction of its own */
  HONE_WRITE_LAZY,      /* rows that nobody sees yet: committed with what follows, after a slice at the latest */
} HoneWriteKind;

typedef enum {
  HONE_WRITE_DONE,
  HONE_WRITE_MORE,
  HONE_WRITE_FAILED,
} HoneWriteStatus;

typedef HoneWriteStatus (*HoneWriteFunc) (HoneWriter *writer, gpointer data, GError **error);

struct _HoneWriter {
  HoneStore  *store;          /* borrowed */
  HoneDb     *db;

  GThread    *thread;
  GThread    *checkpointer;   /* (nullable): with WAL only */
  GMutex      mutex;
  GCond       cond;
  GQueue      queues[3];      /* of HoneJob, by urgency */
  int         n_urgent;       /* atomic: waiting labels */
  gboolean    stop;
  gboolean    checkpointing;
  int         wal_pages;      /* in the log after the last commit */
  int         wal_asked;      /* … when the last checkpoint began */

  /* Of the thread alone. */
  gboolean    wal;
  int         synchronous;
  gint64      slice_start;    /* monotonic */
  gboolean    open;           /* a transaction with lazy work in it */
  GError     *lazy_error;     /* (nullable): acknowledged lazy work was lost */

  gint64      visible;        /* greatest example id that anybody may see */
  gint64      new_visible;    /* … once the open transaction is committed; -1: unchanged */
  GArray     *iterations;     /* (nullable): gint64, those that may have predictions */
  GHashTable *authors;        /* name → gint64 */
  GHashTable *count_deltas;   /* HoneCountDelta, by its key */
  GHashTable *tally_deltas;   /* HoneTallyDelta, by its key */
  HoneOntology *new_ontology; /* (nullable): becomes the cached one at commit */
  gint64      new_version;
};

HoneWriter *_hone_writer_new   (HoneStore  *store,
                                HoneDb     *db,
                                gboolean    wal,
                                GError    **error);
/* Works off the queue, commits, ends the threads. The connection stays open for the last steps of closing. */
void        _hone_writer_stop  (HoneWriter *self);
void        _hone_writer_free  (HoneWriter *self);

/* Queues @func and blocks until it is done and committed (LAZY: done). */
gboolean    _hone_store_write  (HoneStore      *store,
                                HoneWriteKind   kind,
                                HoneWriteFunc   func,
                                gpointer        data,
                                GError        **error);
/* Has this slice lasted long enough, or is somebody urgent waiting? */
gboolean    _hone_writer_slice_is_over (HoneWriter *self);

static inline HoneWriteStatus
_hone_write_done_if (gboolean done)
{
  return done ? HONE_WRITE_DONE : HONE_WRITE_FAILED;
}

G_END_DECLS
