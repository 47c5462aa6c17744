/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions on examples. History is kept: nothing is overwritten. A label is on disk when the function returns. */
#pragma once

#include "hone-store-examples.h"

G_BEGIN_DECLS

typedef struct {
  gint64           id;
  gint64           example_id;
  char            *author;
  gint64           time;         /* microseconds since 1970 UTC */
  HoneOrigin       origin;
  HoneCategorySet *categories;   /* (nullable): NULL is a skip */
  char            *note;         /* (nullable) */
  gboolean         withdrawn;    /* by undo; does not count */
} HoneLabel;
void       hone_label_free          (HoneLabel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneLabel, hone_label_free)

/* id, example and time 0 in @label are filled in (time: now). Checks categories against the ontology and choice rule. Returns the id, 0 with @error. */
gint64     hone_store_add_label     (HoneStore *self, const HoneLabel *label, GError **error);
/* Undo and redo of one label. */
gboolean   hone_store_withdraw_label (HoneStore *self, gint64 label_id, gboolean withdrawn, GError **error);
/* Texts that @author labelled by hand (reviews among them, skips not) since @time (microseconds since 1970 UTC), undone labels not counted.
 * G_MAXUINT64 with @error. */
guint64    hone_store_count_labelled_by (HoneStore *self, const char *author, gint64 time, GError **error);
GPtrArray *hone_store_list_labels   (HoneStore *self, gint64 example_id, GError **error);   /* of HoneLabel, oldest first, withdrawn ones too */
/* Known answers become labels with origin "simulated" by @author, in one transaction. Ids without a known answer are refused (NOT_FOUND). */
gboolean   hone_store_reveal_known  (HoneStore *self, const gint64 *ids, gsize n_ids, const char *author, GError **error);
HoneCategorySet *hone_store_dup_known (HoneStore *self, gint64 example_id, GError **error);  /* NULL without error: none */
/* Candidates for simulated labeling: train, known answer, not labelled. @iteration_id (0: none) gives the confidences. Of HoneCandidate, ascending id. */
GArray    *hone_store_list_candidates (HoneStore *self, gint64 iteration_id, GError **error);

G_END_DECLS
