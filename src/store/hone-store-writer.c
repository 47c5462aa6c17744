/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes: one thread at a time, those that a person waits for first; long works in slices. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "hone-store-private.h"

gint64
_hone_store_now (void)
{
  static gint64 last;
  static GMutex mutex;
  gint64 now;

  g_mutex_lock (&mutex);
  now = last = MAX (g_get_real_time (), last + 1);
  g_mutex_unlock (&mutex);
  return now;
}

/* SQLite notices a moved file by itself only in rollback mode: look before each transaction. */
static gboolean
check_place (HoneStore  *self,
             GError    **error)
{
  struct stat info;

  if (stat (self->path, &info) == 0 && info.st_ino == self->inode && info.st_dev == self->device)
    return TRUE;
  g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_GONE, _("The project “%s” was moved or removed while it was open"), self->path);
  return FALSE;
}

/* Only where it differs: the pragma makes SQLite prepare every statement again. */
static gboolean
check_keys (HoneStore  *self,
            gboolean    wanted,
            GError    **error)
{
  if (self->keys_unchecked == !wanted)
    return TRUE;
  if (!_hone_db_script (self->writer, wanted ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  self->keys_unchecked = !wanted;
  return TRUE;
}

static void
leave (HoneStore *self)
{
  g_mutex_lock (&self->mutex);
  self->writing = FALSE;
  g_cond_broadcast (&self->free);
  g_mutex_unlock (&self->mutex);
}

static gboolean
take_turn (HoneStore         *self,
           HoneWritePriority  priority)
{
  gboolean usable;

  g_mutex_lock (&self->mutex);
  if (priority == HONE_WRITE_LABEL)
    g_atomic_int_inc (&self->labels_waiting);
  while (!self->closed && (self->writing || (priority != HONE_WRITE_LABEL && self->labels_waiting > 0)))
    g_cond_wait (&self->free, &self->mutex);
  if (priority == HONE_WRITE_LABEL)
    g_atomic_int_add (&self->labels_waiting, -1);
  usable = !self->closed;
  self->writing = self->writing || usable;
  g_mutex_unlock (&self->mutex);
  return usable;
}

HoneDb *
_hone_store_begin (HoneStore          *self,
                   HoneWritePriority   priority,
                   GError            **error)
{
  if (!self->writable)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY, _("The project “%s” is open for reading only"), self->path);
      return NULL;
    }
  if (!take_turn (self, priority))
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT, _("The project “%s” is closed"), self->path);
      return NULL;
    }
  /* What a slice wrote is invisible and swept after a crash, or done again: its commit need not wait for the disk. */
  if (check_place (self, error) && check_keys (self, priority != HONE_WRITE_SWEEP, error) &&
      _hone_db_script (self->writer, priority == HONE_WRITE_LABEL ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error) &&
      _hone_db_script (self->writer, "BEGIN IMMEDIATE", error))
    return self->writer;
  leave (self);
  return NULL;
}

gboolean
_hone_store_end (HoneStore  *self,
                 HoneDb     *db,
                 gboolean    good,
                 GError    **error)
{
  if (good)
    good = _hone_db_script (db, "COMMIT", error);
  if (!good && !sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  leave (self);
  return good;
}

/* ---- long works ---- */

/* Steps for as long as the slice lasts and nobody waits. */
static gboolean
take_steps (HoneStore     *self,
            HoneDb        *db,
            HoneStepFunc   step,
            gpointer       data,
            gboolean      *done,
            GError       **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) (HONE_SLICE_SECONDS * G_USEC_PER_SEC * self->share);

  do
    if (!step (self, db, data, done, error))
      return FALSE;
  while (!*done && !self->between && g_atomic_int_get (&self->labels_waiting) == 0 && g_get_monotonic_time () < until);
  return TRUE;
}

/* The commit belongs to the slice. How long it takes depends on the disk and on what was written: from the slices before. */
static void
learn_share (HoneStore *self,
             gint64     start,
             gint64     stepped,
             gint64     end)
{
  double share = (double) (stepped - start) / MAX (end - start, 1);

  self->share = CLAMP (0.8 * self->share + 0.2 * share, 0.1, 0.9);
}

gboolean
_hone_store_write_slices (HoneStore          *self,
                          HoneWritePriority   priority,
                          HoneStepFunc        step,
                          gpointer            data,
                          GError            **error)
{
  gboolean done = FALSE;

  while (!done)
    {
      gint64 start, stepped;
      gboolean good;
      HoneDb *db;

      if (self->keeper)
        _hone_keeper_wait (self->keeper);
      db = _hone_store_begin (self, priority, error);
      if (!db)
        return FALSE;
      start = g_get_monotonic_time ();
      good = take_steps (self, db, step, data, &done, error);
      stepped = g_get_monotonic_time ();
      if (good && !_hone_db_script (db, "COMMIT", error))
        good = FALSE;
      if (good)
        learn_share (self, start, stepped, g_get_monotonic_time ());
      if (!good && !sqlite3_get_autocommit (db->handle))
        sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
      leave (self);
      if (!good)
        return FALSE;
      if (self->between)
        self->between (self, self->between_data);
    }
  return TRUE;
}

void
_hone_store_watch_slices (HoneStore *self,
                          GFunc      between,
                          gpointer   data)
{
  self->between = between;
  self->between_data = data;
}

/* ---- one import at a time ---- */

gboolean
_hone_store_take_importing (HoneStore  *self,
                            GError    **error)
{
  gboolean taken;

  g_mutex_lock (&self->mutex);
  taken = !self->importing;
  self->importing = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!taken)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT, _("Another import into “%s” is under way"), self->path);
  return taken;
}

void
_hone_store_set_importing (HoneStore *self,
                           gboolean   importing)
{
  g_mutex_lock (&self->mutex);
  self->importing = importing;
  g_mutex_unlock (&self->mutex);
}
