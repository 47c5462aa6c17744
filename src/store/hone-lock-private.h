/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer lock of a project: a small file beside it, held with a lock of the operating system. */
#pragma once

#include "hone-store.h"

G_BEGIN_DECLS

typedef struct _HoneLock HoneLock;

/* BUSY names the holder; READ_ONLY where no file can be made there. */
HoneLock *_hone_lock_take (const char  *project_path,
                           GError     **error);
/* Removes the file. */
void      _hone_lock_free (HoneLock    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneLock, _hone_lock_free)

G_END_DECLS
