/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to many texts at once, and taken back: split, flag, deletion. */
#pragma once

#include "hone-project.h"
#include "store/hone-store-examples.h"

G_BEGIN_DECLS

typedef enum {
  HONE_EDIT_SPLIT,     /* value: HoneSplit */
  HONE_EDIT_FLAG,      /* value: whether */
  HONE_EDIT_DELETE,
} HoneEditKind;

/* An edit that was made. Thread-safe once made. */
typedef struct _HoneExampleEdit HoneExampleEdit;
HoneExampleEdit *hone_example_edit_ref         (HoneExampleEdit      *self);
void             hone_example_edit_unref       (HoneExampleEdit      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneExampleEdit, hone_example_edit_unref)

void             hone_example_edit_async       (HoneProject          *project,
                                                HoneEditKind          kind,
                                                int                   value,
                                                GArray               *ids,        /* of gint64 */
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
HoneExampleEdit *hone_example_edit_finish      (HoneProject          *project,
                                                GAsyncResult         *result,
                                                GError              **error);
HoneEditKind     hone_example_edit_get_kind    (HoneExampleEdit      *self);
int              hone_example_edit_get_value   (HoneExampleEdit      *self);
gsize            hone_example_edit_get_size    (HoneExampleEdit      *self);   /* texts that are other ones by it */
void             hone_example_edit_undo_async  (HoneProject          *project,
                                                HoneExampleEdit      *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         hone_example_edit_undo_finish (HoneProject          *project,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
