/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a store that the files of this room share: readers, sets of categories, the writer's queue. */
#pragma once

#include <sys/types.h>

#include "hone-db-private.h"
#include "hone-lock-private.h"
#include "hone-store.h"

G_BEGIN_DECLS

typedef struct _HoneWriter HoneWriter;

/* Sets are kept as numbers in the file; both ways are remembered here for all threads. */
typedef struct {
  GMutex      mutex;
  GHashTable *by_id;         /* gint64 → HoneCategorySet */
  GHashTable *by_set;        /* HoneCategorySet → gint64 */
  GArray     *uncommitted;   /* gint64: made in the transaction that is open */
} HoneSets;

struct _HoneStore {
  GObject        parent_instance;

  char          *path;
  char          *uuid;
  guint64        seed;
  HoneStoreMode  mode;
  dev_t          device;     /* what the path named when it was opened */
  ino_t          inode;
  HoneLock      *lock;       /* (nullable) */
  HoneWriter    *writer;     /* (nullable) */

  GMutex         readers_mutex;
  GCond          readers_cond;
  GQueue         idle;       /* of HoneDb */
  guint          n_readers;
  gboolean       closed;

  HoneSets       sets;
  GMutex         ontology_mutex;
  HoneOntology  *ontology;   /* (nullable): the newest, where this process is the one that writes */
  gint64         ontology_version;
};

/* ---- reading ---- */

typedef struct {
  HoneStore *store;
  HoneDb    *db;
} HoneRead;

/* Takes a connection from the pool and begins a snapshot. Use as g_auto(HoneRead) read = { 0 }. */
gboolean _hone_read_begin (HoneRead      *read,
                           HoneStore     *store,
                           GCancellable  *cancellable,
                           GError       **error);
void     _hone_read_end   (HoneRead      *read);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneRead, _hone_read_end)
/* Waits until all are given back, then closes them and refuses further ones. */
void     _hone_readers_close (HoneStore  *store);

/* ---- sets ---- */

void             _hone_sets_init     (HoneSets *sets);
void             _hone_sets_clear    (HoneSets *sets);
void             _hone_sets_commit   (HoneSets *sets);
void             _hone_sets_rollback (HoneSets *sets);
/* (transfer none): lives as long as the store. @id 0 gives NULL without error. */
gboolean         _hone_sets_get      (HoneStore        *store,
                                      HoneDb           *db,
                                      gint64            id,
                                      HoneCategorySet **set,
                                      GError          **error);
/* 0 where the file has no such set (or @set is NULL). */
gboolean         _hone_sets_find     (HoneStore        *store,
                                      HoneDb           *db,
                                      HoneCategorySet  *set,
                                      gint64           *id,
                                      GError          **error);
/* Makes it where the file has none; on the writer's connection. */
gboolean         _hone_sets_intern   (HoneStore        *store,
                                      HoneDb           *db,
                                      HoneCategorySet  *set,
                                      gint64           *id,
                                      GError          **error);

/* ---- ontology ---- */

/* Of a version in the file; version 0 is the empty one. */
HoneOntology *_hone_ontology_load (HoneDb              *db,
                                   gint64               version,
                                   GError             **error);
gboolean      _hone_ontology_check_use (HoneWriter     *writer,
                                   const HoneOntology  *ontology,
                                   GError             **error);
/* Inside a transaction of the writer; the cache follows when it is committed. */
gboolean      _hone_ontology_save (HoneWriter          *writer,
                                   const HoneOntology  *ontology,
                                   GError             **error);
/* Are these categories in the ontology, and no more than its rule allows? */
gboolean      _hone_ontology_check_set (const HoneOntology    *ontology,
                                        const HoneCategorySet *set,
                                        GError               **error);

/* ---- refusals ---- */

gboolean _hone_store_check_writable (HoneStore  *store,
                                     GError    **error);
gboolean _hone_not_found_example    (gint64      id,
                                     GError    **error);
gboolean _hone_not_found_iteration  (gint64      id,
                                     GError    **error);

G_END_DECLS
