/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of finished steps of a training, so that an interrupted one need not repeat them. */
#pragma once

#include "hone-corpus.h"
#include "hone-engine-events.h"

G_BEGIN_DECLS

#define HONE_CHECKPOINT_NAME "checkpoint.ngrams"

typedef struct _HoneCheckpoint HoneCheckpoint;

/* Every function takes NULL for @self and then keeps nothing. A file that is damaged or of another job is passed over. */
HoneCheckpoint *hone_checkpoint_new    (const char       *path,
                                        const guint8      job[32],   /* what the results depend on */
                                        HoneEngineEvents *events);
void            hone_checkpoint_free   (HoneCheckpoint   *self);

/* Borrowed; NULL where the step is not there in that size. */
gconstpointer   hone_checkpoint_get    (HoneCheckpoint   *self,
                                        const char       *step,
                                        gsize             size);
/* As above, of any size. */
gconstpointer   hone_checkpoint_get_any (HoneCheckpoint  *self,
                                         const char      *step,
                                         gsize           *size);
/* Copies; now and then saves all. */
void            hone_checkpoint_put    (HoneCheckpoint   *self,
                                        const char       *step,
                                        gconstpointer     bytes,
                                        gsize             size);
gboolean        hone_checkpoint_save   (HoneCheckpoint   *self,
                                        GError          **error);
void            hone_checkpoint_remove (HoneCheckpoint   *self);     /* the run is done: no file any more */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCheckpoint, hone_checkpoint_free)

G_END_DECLS
