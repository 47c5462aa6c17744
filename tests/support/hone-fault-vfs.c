/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer over the VFS of the system: everything but syncs is handed down, unless it was told to fail. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "hone-fault-vfs.h"

typedef struct {
  sqlite3_file  base;
  sqlite3_file *real;     /* lies behind this struct */
} FaultFile;

static sqlite3_vfs fault_vfs;
static sqlite3_vfs *real_vfs;
static GMutex mutex;
static guint64 count, fail_at;
static gboolean fired, without_memory;
static HoneFaultKind fault_kind;

/* Counts one operation that could fail; TRUE: it does. */
static gboolean
fails (void)
{
  gboolean now;

  g_mutex_lock (&mutex);
  count++;
  now = fail_at > 0 && count >= fail_at;
  fired |= now;
  g_mutex_unlock (&mutex);
  return now;
}

static int
failure (int code)
{
  return fault_kind == HONE_FAULT_FULL ? SQLITE_FULL : code;
}

static sqlite3_file *
real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
fault_close (sqlite3_file *file)
{
  return real (file)->pMethods->xClose (real (file));
}

static int
fault_read (sqlite3_file *file, void *buffer, int size, sqlite3_int64 offset)
{
  return real (file)->pMethods->xRead (real (file), buffer, size, offset);
}

static int
fault_write (sqlite3_file *file, const void *buffer, int size, sqlite3_int64 offset)
{
  return fails () ? failure (SQLITE_IOERR_WRITE) : real (file)->pMethods->xWrite (real (file), buffer, size, offset);
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return fails () ? failure (SQLITE_IOERR_TRUNCATE) : real (file)->pMethods->xTruncate (real (file), size);
}

/* Not handed down: a process that ends loses nothing that it wrote, and the disk is not what is tested. */
static int
fault_sync (sqlite3_file *file, int flags)
{
  return fails () ? failure (SQLITE_IOERR_FSYNC) : SQLITE_OK;
}

static int
fault_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real (file)->pMethods->xFileSize (real (file), size);
}

static int
fault_lock (sqlite3_file *file, int lock)
{
  return real (file)->pMethods->xLock (real (file), lock);
}

static int
fault_unlock (sqlite3_file *file, int lock)
{
  return real (file)->pMethods->xUnlock (real (file), lock);
}

static int
fault_check_lock (sqlite3_file *file, int *reserved)
{
  return real (file)->pMethods->xCheckReservedLock (real (file), reserved);
}

static int
fault_control (sqlite3_file *file, int operation, void *argument)
{
  return real (file)->pMethods->xFileControl (real (file), operation, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  return real (file)->pMethods->xSectorSize (real (file));
}

static int
fault_characteristics (sqlite3_file *file)
{
  return real (file)->pMethods->xDeviceCharacteristics (real (file));
}

static int
fault_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  return real (file)->pMethods->xShmMap (real (file), region, size, extend, memory);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real (file)->pMethods->xShmLock (real (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  real (file)->pMethods->xShmBarrier (real (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int remove)
{
  return real (file)->pMethods->xShmUnmap (real (file), remove);
}

/* Version 2 at most: without xFetch nothing is read or written around this layer. */
#define COMMON \
  .xClose = fault_close, .xRead = fault_read, .xWrite = fault_write, .xTruncate = fault_truncate, .xSync = fault_sync, \
  .xFileSize = fault_size, .xLock = fault_lock, .xUnlock = fault_unlock, .xCheckReservedLock = fault_check_lock, \
  .xFileControl = fault_control, .xSectorSize = fault_sector_size, .xDeviceCharacteristics = fault_characteristics
static const sqlite3_io_methods shared_methods = {
  .iVersion = 2, COMMON,
  .xShmMap = fault_shm_map, .xShmLock = fault_shm_lock, .xShmBarrier = fault_shm_barrier, .xShmUnmap = fault_shm_unmap,
};
static const sqlite3_io_methods plain_methods = { .iVersion = 1, COMMON };

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int status;

  self->base.pMethods = NULL;
  self->real = (sqlite3_file *) (gpointer) (self + 1);
  memset (self->real, 0, real_vfs->szOsFile);
  status = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = without_memory ? &plain_methods : &shared_methods;
  return status;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  return real_vfs->xDelete (real_vfs, name, sync);
}

static int
fault_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return real_vfs->xAccess (real_vfs, name, flags, result);
}

static int
fault_full_path (sqlite3_vfs *vfs, const char *name, int size, char *path)
{
  return real_vfs->xFullPathname (real_vfs, name, size, path);
}

static int
fault_random (sqlite3_vfs *vfs, int size, char *bytes)
{
  return real_vfs->xRandomness (real_vfs, size, bytes);
}

static int
fault_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return real_vfs->xSleep (real_vfs, microseconds);
}

static int
fault_time (sqlite3_vfs *vfs, sqlite3_int64 *now)
{
  return real_vfs->xCurrentTimeInt64 (real_vfs, now);
}

static int
fault_last_error (sqlite3_vfs *vfs, int size, char *text)
{
  return real_vfs->xGetLastError (real_vfs, size, text);
}

void
hone_fault_vfs_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = (sqlite3_vfs) {
    .iVersion = 2, .szOsFile = sizeof (FaultFile) + real_vfs->szOsFile, .mxPathname = real_vfs->mxPathname, .zName = "hone-fault",
    .xOpen = fault_open, .xDelete = fault_delete, .xAccess = fault_access, .xFullPathname = fault_full_path,
    .xRandomness = fault_random, .xSleep = fault_sleep, .xCurrentTimeInt64 = fault_time, .xGetLastError = fault_last_error,
  };
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

void
hone_fault_vfs_arm (guint64 nth)
{
  g_mutex_lock (&mutex);
  count = 0;
  fail_at = nth;
  fired = FALSE;
  g_mutex_unlock (&mutex);
}

void
hone_fault_vfs_set_kind (HoneFaultKind kind)
{
  fault_kind = kind;
}

gboolean
hone_fault_vfs_disarm (void)
{
  gboolean result;

  g_mutex_lock (&mutex);
  fail_at = 0;
  result = fired;
  g_mutex_unlock (&mutex);
  return result;
}

guint64
hone_fault_vfs_get_count (void)
{
  guint64 result;

  g_mutex_lock (&mutex);
  result = count;
  g_mutex_unlock (&mutex);
  return result;
}

void
hone_fault_vfs_set_shared (gboolean shared)
{
  without_memory = !shared;
}
