/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project as its files see it: who writes, who reads. For src/store alone. */
#pragma once

#include <sys/types.h>

#include "hone-db-private.h"
#include "hone-store-keeper-private.h"
#include "hone-store-lock-private.h"
#include "hone-store.h"

G_BEGIN_DECLS

struct _HoneStore {
  GObject          parent_instance;

  char            *path;
  char            *uuid;
  guint64          seed;
  gboolean         writable;
  dev_t            device;
  ino_t            inode;
  HoneProjectLock *lock;

  /* Whose turn it is to write: guarded by mutex. */
  GMutex           mutex;
  GCond            free;
  gboolean         writing;
  int              labels_waiting;    /* read without the mutex, too */
  gboolean         importing;
  gboolean         closed;

  /* Of whoever has the turn. */
  HoneDb          *writer;
  gboolean         keys_unchecked;
  double           share;             /* of a slice that its steps took, the rest was the commit */
  GFunc            between;           /* (nullable): for tests */
  gpointer         between_data;
  HoneKeeper      *keeper;            /* (nullable) */

  GAsyncQueue     *readers;

  GMutex           ontology_mutex;
  HoneOntology    *ontology;
  gint64           ontology_version;

  GThreadPool     *lanes[HONE_N_LANES];
};

typedef enum {
  HONE_WRITE_LABEL,   /* a person waits: on disk when it ends */
  HONE_WRITE_SLICE,   /* part of a long work: at most HONE_SLICE_SECONDS */
  HONE_WRITE_SWEEP,   /* a slice that removes examples, children first: SQLite would look for children of each in whole tables */
} HoneWritePriority;

#define HONE_SLICE_SECONDS 0.020

/* Writing: one thread at a time has the writing connection, labels first, inside one transaction. */
HoneDb          *_hone_store_begin          (HoneStore *self, HoneWritePriority priority, GError **error);
/* Commits if @good, else takes back; FALSE with @error if it was not @good or the commit failed. */
gboolean         _hone_store_end            (HoneStore *self, HoneDb *db, gboolean good, GError **error);

/* One step of a long work, far shorter than a slice; sets @done after the last. */
typedef gboolean (*HoneStepFunc) (HoneStore *self, HoneDb *db, gpointer data, gboolean *done, GError **error);
/* Steps until @done, as many in a transaction as fit in a slice; a label that waits ends the slice. What was committed before an
 * error stays, so it must be invisible or be finished later. */
gboolean         _hone_store_write_slices   (HoneStore *self, HoneWritePriority priority, HoneStepFunc step, gpointer data, GError **error);
/* For tests: @between is called with the project after each slice, and every slice is one step. */
void             _hone_store_watch_slices   (HoneStore *self, GFunc between, gpointer data);

/* Reading: a connection of one's own until it is given back. */
HoneDb          *_hone_store_borrow         (HoneStore *self, GError **error);
void             _hone_store_give_back      (HoneStore *self, HoneDb *db);

gint64           _hone_store_now            (void);     /* microseconds since 1970 UTC, never the same twice in a process */
HoneChoice       _hone_store_get_choice     (HoneStore *self);

void             _hone_store_open_lanes     (HoneStore *self);
void             _hone_store_close_lanes    (HoneStore *self);

/* One import at a time. */
void             _hone_store_set_importing  (HoneStore *self, gboolean importing);
gboolean         _hone_store_take_importing (HoneStore *self, GError **error);
void             _hone_store_forget_ontology(HoneStore *self);     /* read it anew at the next use */

G_END_DECLS
