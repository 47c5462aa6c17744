/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper brings the write-ahead log to the disk and into the project file, on a thread and a connection of its own, so that no
 * label ever waits for the megabytes that an import wrote before it. */
#pragma once

#include "hone-db-private.h"

G_BEGIN_DECLS

typedef struct _HoneKeeper HoneKeeper;
/* Takes over the checkpoints of @writer. NULL with @error. */
HoneKeeper      *_hone_keeper_new           (HoneDb *writer, GError **error);
/* Waits until it is at rest. Before @writer is freed. */
void             _hone_keeper_free          (HoneKeeper *self);
/* Before a slice begins: waits until so little is left to do that a label which comes now need not wait for it. */
void             _hone_keeper_wait          (HoneKeeper *self);

G_END_DECLS
