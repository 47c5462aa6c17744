/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper of the write-ahead log.
 *
 * Slices of a long work are committed without waiting for the disk, and left to itself SQLite moves the log into the project file inside
 * whichever commit finds it full. Both would make the next label pay: its own sync would have to bring all of that to the disk first.
 * So the keeper syncs and checkpoints beside the writer, and a long work pauses while it is behind. */
#include "config.h"

#include "hone-store-keeper-private.h"

#define CHECKPOINT_FRAMES 2000     /* pages of 4 KiB in the log that make a checkpoint worth its while */
#define UNSYNCED_FRAMES   512      /* pages that a label may find unsynced, beside those of the slice before it */
#define OVERGROWN_FRAMES  16000    /* labels without a pause keep a log from ever being empty: then they wait once */
#define MOST_TRIES        5
#define READERS_WAIT_MS   10

struct _HoneKeeper {
  HoneDb   *writer, *db;
  GThread  *thread;
  GMutex    mutex;
  GCond     changed;
  int       frames;         /* in the log */
  int       synced;         /* of these, on disk */
  int       moved;          /* of these, in the project file; or still needed by a reader or refused by the disk: no use to try at once */
  gboolean  stop;
};

/* After each commit, on the thread that wrote. */
static int
count_frames (void       *data,
              sqlite3    *handle,
              const char *name,
              int         frames)
{
  HoneKeeper *self = data;

  g_mutex_lock (&self->mutex);
  if (frames < self->frames)     /* the log began anew */
    self->synced = self->moved = 0;
  self->frames = frames;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return SQLITE_OK;
}

static gboolean
wants_checkpoint (HoneKeeper *self)
{
  return self->frames - self->moved >= CHECKPOINT_FRAMES;
}

static gboolean
wants_sync (HoneKeeper *self)
{
  return self->frames - self->synced >= UNSYNCED_FRAMES;
}

/* Labels that come meanwhile add to the log, and only one that was moved as a whole can begin anew: so what they added is moved at
 * once, which takes no time. */
static void
checkpoint (HoneKeeper *self)
{
  int frames = self->frames, in_log = 0, moved = 0;

  g_mutex_unlock (&self->mutex);
  for (int i = 0; i < MOST_TRIES && (i == 0 || moved < in_log); i++)
    if (sqlite3_wal_checkpoint_v2 (self->db->handle, "main", SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved) != SQLITE_OK)
      break;
  if (frames > OVERGROWN_FRAMES && moved < in_log)
    sqlite3_wal_checkpoint_v2 (self->db->handle, "main", SQLITE_CHECKPOINT_RESTART, NULL, NULL);
  g_mutex_lock (&self->mutex);
  if (frames <= self->frames)
    self->moved = self->synced = MAX (frames, MIN (moved, self->frames));
}

static void
sync_log (HoneKeeper *self)
{
  int frames = self->frames;
  sqlite3_file *log = NULL;

  g_mutex_unlock (&self->mutex);
  if (sqlite3_file_control (self->db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log && log->pMethods)
    log->pMethods->xSync (log, SQLITE_SYNC_NORMAL);   /* where this fails the commit of the next label will say so */
  g_mutex_lock (&self->mutex);
  if (frames <= self->frames)
    self->synced = frames;
}

static gpointer
keep (gpointer data)
{
  HoneKeeper *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stop)
    {
      if (wants_checkpoint (self))
        checkpoint (self);
      else if (wants_sync (self))
        sync_log (self);
      else
        {
          g_cond_wait (&self->changed, &self->mutex);
          continue;
        }
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

HoneKeeper *
_hone_keeper_new (HoneDb  *writer,
                  GError **error)
{
  g_autoptr(HoneDb) db = _hone_db_open (writer->path, SQLITE_OPEN_READWRITE, error);
  HoneKeeper *self;

  /* Only a connection that has read knows the log. */
  if (!db || !_hone_db_script (db, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; SELECT count (*) FROM project", error))
    return NULL;
  sqlite3_busy_timeout (db->handle, READERS_WAIT_MS);
  self = g_new0 (HoneKeeper, 1);
  self->writer = writer;
  self->db = g_steal_pointer (&db);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  sqlite3_wal_hook (writer->handle, count_frames, self);
  self->thread = g_thread_new ("hone-keeper", keep, self);
  return self;
}

void
_hone_keeper_free (HoneKeeper *self)
{
  sqlite3_wal_hook (self->writer->handle, NULL, NULL);
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  _hone_db_free (self->db);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
_hone_keeper_wait (HoneKeeper *self)
{
  g_mutex_lock (&self->mutex);
  while (wants_checkpoint (self) || wants_sync (self))
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
