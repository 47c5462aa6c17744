/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import under way. */
#pragma once

#include "core/hone-splitter.h"
#include "hone-store-counts-private.h"
#include "hone-store-import.h"
#include "hone-store-private.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;        /* of the iteration, or of the experiment */
  guint  splits;    /* bits: of these it answered texts */
} HoneImportModel;

struct _HoneStoreImport {
  HoneStore        *store;
  gint64            id;
  gint64            first;        /* examples below this id were there before */
  gint64            time;
  HoneChoice        choice;
  HoneOntology     *ontology;     /* (nullable): that comes with this import */
  HoneSplitter     *splitter;     /* (nullable) */
  HoneImportCounts  counts;
  GHashTable       *places;       /* "split state reference" of new examples → count */
  GHashTable       *models;       /* "iteration model", and "x model" for the experiment → HoneImportModel */
  gboolean          labelled_old;   /* a label fell on an example that was there before */
  gboolean          finished;
};

guint64          _hone_import_count_current (HoneStoreImport *self, HoneDb *db);   /* its labels that count */

G_END_DECLS
