/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One import: rows stay invisible until finish (), which is one short transaction; a kill before it leaves nothing, after it everything.
 * One import at a time in a project. Not thread-safe: use from the importing worker thread. */
#pragma once

#include "hone-store-labels.h"

G_BEGIN_DECLS

typedef struct {
  const char      *model;       /* becomes an experiment of provider "imported" with this name */
  int              iteration;   /* from 0 */
  HoneOutcome      outcome;     /* not FAILED */
  HoneCategorySet *categories;  /* (nullable) */
  double           confidence;  /* NAN: absent */
  const double    *scores;      /* (nullable): one per category of the ontology, in its order; NAN where not said */
  const char      *raw, *reason;/* (nullable) */
  gint64           time;
} HoneImportPrediction;

typedef struct {
  const char                 *external_id;  /* (nullable) */
  const char                 *join_key;     /* (nullable) */
  gboolean                    join_by_text;
  gboolean                    must_exist;
  const char                 *text;         /* (nullable): with must_exist */
  int                         split;        /* HoneSplit, or -1: train by default, dealt if the import has shares */
  gboolean                    flag;
  const char                 *meta;         /* (nullable) */
  const HoneLabel            *labels;       /* author, time (0: time of import), origin, categories (NULL: skip), note */
  gsize                       n_labels;
  HoneCategorySet            *known;        /* (nullable) */
  const HoneImportPrediction *predictions;
  gsize                       n_predictions;
} HoneImportRow;

typedef struct {
  gboolean id_conflict;         /* refused: nothing of the row was stored */
  gboolean unknown_id;          /* must_exist and no such example: nothing was stored */
  gboolean joined;              /* belongs to an example that was there already (in the project or earlier in this import) */
  gboolean duplicate_text;      /* new example; the same split holds an equal text */
  gboolean conflicting_labels;  /* … with a different label */
  gboolean leak;                /* a near copy stands on the other side of train | validation, test */
  HoneSplit split;              /* the role it got */
} HoneImportResult;

typedef struct _HoneStoreImport HoneStoreImport;

typedef struct {
  guint64 examples;             /* new ones */
  guint64 labels, current;      /* decisions stored but skips; those that count */
  guint64 skipped;
  guint64 known;
  guint64 predictions[HONE_N_OUTCOMES];
  guint64 splits[HONE_N_SPLITS];
} HoneImportCounts;

/* @shares (nullable): deals roles to rows with split -1, stratified by label or known answer. */
HoneStoreImport *hone_store_import_begin  (HoneStore             *store,
                                           const char            *source,    /* shown in the history */
                                           const char            *format,
                                           const HoneShares      *shares,
                                           GError               **error);
/* For an import that brings the first ontology: tells choice rule and categories before the first row. */
void             hone_store_import_set_ontology (HoneStoreImport   *self,
                                                 const HoneOntology *ontology);
/* Writes in slices of at most 20 ms. @results: one per row. A duplicate label (same author, time, categories, example) is not stored twice. */
gboolean         hone_store_import_add    (HoneStoreImport       *self,
                                           const HoneImportRow   *rows,
                                           gsize                  n_rows,
                                           HoneImportResult      *results,
                                           GError               **error);
/* @ontology (nullable): becomes the project's in the same transaction. Returns the id of the import, 0 with @error. */
gint64           hone_store_import_finish (HoneStoreImport       *self,
                                           const HoneOntology    *ontology,
                                           GError               **error);
void             hone_store_import_get_counts (HoneStoreImport   *self,      /* so far */
                                           HoneImportCounts      *counts);
/* Without finish (): takes back what was written. */
void             hone_store_import_free   (HoneStoreImport       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneStoreImport, hone_store_import_free)

typedef struct {
  gint64   id;
  char    *source, *format;
  gint64   time;
  guint64  examples, labels;
  gboolean undone;
} HoneImportInfo;
void             hone_import_info_free    (HoneImportInfo *self);
GPtrArray       *hone_store_list_imports  (HoneStore *self, GError **error);
/* Takes an import back as a whole, and brings it back again. */
gboolean         hone_store_undo_import   (HoneStore *self, gint64 import_id, gboolean undone, GError **error);

G_END_DECLS
