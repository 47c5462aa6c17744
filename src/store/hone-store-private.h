/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes and who reads: for the files of src/store. */
#pragma once

#include "hone-db-private.h"
#include "hone-store.h"

G_BEGIN_DECLS

typedef enum {
  HONE_WRITE_LABEL,   /* a person waits */
  HONE_WRITE_SLICE,   /* part of a long work: at most HONE_SLICE_SECONDS */
  HONE_WRITE_SWEEP,   /* a slice that removes examples, children first: SQLite would look for children of each in whole tables */
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

/* One import at a time. */
void             _hone_store_set_importing  (HoneStore *self, gboolean importing);
gboolean         _hone_store_take_importing (HoneStore *self, GError **error);
void             _hone_store_forget_ontology(HoneStore *self);     /* read it anew at the next use */

G_END_DECLS
