/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an example of the store becomes a record of an export. For src/jobs alone. */
#pragma once

#include "formats/hone-record.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

/* What goes into the records of one export. */
typedef struct {
  HoneStore    *store;            /* borrowed */
  HoneOntology *ontology;         /* of the labels */
  GHashTable   *iterations;       /* id → HoneIteration: whose predictions are exported */
  GHashTable   *ontologies;       /* version → HoneOntology, of the iterations met */
  gboolean      with_labels;
  gboolean      with_known;       /* known answers, too */
} HoneExportRecords;

void        _hone_export_records_init           (HoneExportRecords *self,
                                                 HoneStore         *store,
                                                 gboolean           with_labels,
                                                 gboolean           with_known);
void        _hone_export_records_clear          (HoneExportRecords *self);
void        _hone_export_records_take_iteration (HoneExportRecords *self,
                                                 HoneIteration     *iteration);   /* (transfer full) */
HoneRecord *_hone_export_records_make           (HoneExportRecords *self,
                                                 const HoneExample *example,
                                                 GError           **error);

G_END_DECLS
