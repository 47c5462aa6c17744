/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer lock beside the project. */
#pragma once

#include "hone-store-error.h"

G_BEGIN_DECLS

typedef struct _HoneProjectLock HoneProjectLock;
HoneProjectLock *_hone_project_lock_take    (const char *path, GError **error);
void             _hone_project_lock_free    (HoneProjectLock *self);

G_END_DECLS
