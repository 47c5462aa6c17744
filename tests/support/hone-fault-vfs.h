/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file system for SQLite in which the nth write or sync fails, and all after it: a disk that is full or broken from some moment on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HONE_FAULT_IO,      /* SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC */
  HONE_FAULT_FULL,    /* SQLITE_FULL */
} HoneFaultKind;

/* Becomes the default of the process, over the one of the system; disarmed. */
void     hone_fault_vfs_install    (void);
/* @nth from 1. Counting begins now. */
void     hone_fault_vfs_arm        (guint64       nth);
void     hone_fault_vfs_set_kind   (HoneFaultKind kind);
/* Did it fail since it was armed? */
gboolean hone_fault_vfs_disarm     (void);
/* Writes, syncs and truncations since it was armed or installed. */
guint64  hone_fault_vfs_get_count  (void);
/* FALSE: files have no shared memory, as in a network folder, so WAL is impossible. For files opened from now on. */
void     hone_fault_vfs_set_shared (gboolean      shared);

G_END_DECLS
