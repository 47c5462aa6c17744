/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of src/store share. */
#pragma once

#include "hone-db-private.h"
#include "hone-store-experiments.h"
#include "hone-store-import.h"

G_BEGIN_DECLS

typedef enum {
  HONE_WRITE_LABEL,   /* a person waits */
  HONE_WRITE_SLICE,   /* part of a long work: at most HONE_SLICE_SECONDS */
} HoneWritePriority;

#define HONE_SLICE_SECONDS 0.020

/* Writing: one thread at a time holds the writing connection, labels first, inside one transaction. */
HoneDb          *_hone_store_begin          (HoneStore *self, HoneWritePriority priority, GError **error);
/* Commits if @good, else takes back; FALSE with @error if it was not @good or the commit failed. */
gboolean         _hone_store_end            (HoneStore *self, HoneDb *db, gboolean good, GError **error);
/* Reading: a connection of one's own until it is given back. */
HoneDb          *_hone_store_borrow         (HoneStore *self, GError **error);
void             _hone_store_give_back      (HoneStore *self, HoneDb *db);

gint64           _hone_store_now            (void);     /* microseconds since 1970 UTC, never the same twice in a process */
HoneChoice       _hone_store_get_choice     (HoneStore *self);
/* Greatest example id that is not of an unfinished import. */
gint64           _hone_store_visible        (HoneDb *db, GError **error);

/* ---- category sets ---- */
/* 0 with @error. NULL gives 0 without error. */
gint64           _hone_sets_intern          (HoneDb *db, HoneCategorySet *set, GError **error);
gint64           _hone_sets_find            (HoneDb *db, HoneCategorySet *set, GError **error);      /* 0: never seen */
HoneCategorySet *_hone_sets_get             (HoneStore *self, HoneDb *db, gint64 id, GError **error); /* (transfer full); NULL for 0 */

/* ---- kept counts ---- */
typedef struct {
  HoneSplit          split;
  HoneReferenceState state;
  gint64             reference;   /* set id or 0 */
  gboolean           shown;
} HonePlace;
gboolean         _hone_place_get            (HoneDb *db, gint64 example, HonePlace *place, GError **error);
/* Example and confusion counts after an example went from one place to another. */
gboolean         _hone_place_move           (HoneDb *db, gint64 example, const HonePlace *from, const HonePlace *to, GError **error);
gboolean         _hone_count_add            (HoneDb *db, HoneSplit split, HoneReferenceState state, gint64 reference, gint64 n, GError **error);
/* Finds the reference label of an example anew from its labels and moves it. */
gboolean         _hone_reference_update     (HoneStore *self, HoneDb *db, gint64 example, GError **error);
/* Recounts the confusion of a published split. */
gboolean         _hone_confusion_recount    (HoneDb *db, gint64 iteration, HoneSplit split, GError **error);

/* ---- labels and imports ---- */
gint64           _hone_author_intern        (HoneDb *db, const char *name, GError **error);
/* Removes every trace of an import that was not finished. */
gboolean         _hone_import_sweep         (HoneDb *db, gint64 import, GError **error);
gboolean         _hone_iteration_remove     (HoneDb *db, gint64 iteration, GError **error);
void             _hone_store_set_importing  (HoneStore *self, gboolean importing);
gboolean         _hone_store_take_importing (HoneStore *self, GError **error);

gboolean         _hone_ontology_write       (HoneStore *self, HoneDb *db, const HoneOntology *ontology, GError **error);
void             _hone_store_forget_ontology(HoneStore *self);     /* read it anew at the next use */

/* ---- writer lock beside the project ---- */
typedef struct _HoneProjectLock HoneProjectLock;
HoneProjectLock *_hone_project_lock_take    (const char *path, GError **error);
void             _hone_project_lock_free    (HoneProjectLock *self);

/* Appends float32 little-endian. */
GBytes          *_hone_scores_pack          (const double *scores, gsize n);
double          *_hone_scores_unpack        (const void *blob, gsize size, gsize *n);

G_END_DECLS
