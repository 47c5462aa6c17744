/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file as an object: opening and closing. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "hone-schema-private.h"
#include "hone-store-private.h"
#include "hone-store-sweep-private.h"

G_DEFINE_FINAL_TYPE (HoneStore, hone_store, G_TYPE_OBJECT)

/* ---- opening ---- */

static gboolean
remember_file (HoneStore  *self,
               GError    **error)
{
  struct stat info;

  if (stat (self->path, &info) != 0)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_IO, _("The project “%s” cannot be opened: %s"), self->path, g_strerror (errno));
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_FOREIGN, _("“%s” is not a Hone project but a folder or device"), self->path);
      return FALSE;
    }
  self->device = info.st_dev;
  self->inode = info.st_ino;
  return TRUE;
}

/* Where WAL is impossible (network folders, some mounts) SQLite stays with its rollback journal, and there is no log to keep. */
static gboolean
set_up_writer (HoneStore  *self,
               GError    **error)
{
  sqlite3_stmt *row = _hone_db_query (self->writer, error, "PRAGMA journal_mode = WAL", "");
  gboolean has_log;

  if (!_hone_db_next (self->writer, row, error))
    return FALSE;
  has_log = g_strcmp0 ((const char *) sqlite3_column_text (row, 0), "wal") == 0;
  _hone_db_end (row);
  if (!_hone_db_script (self->writer,
                        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;"
                        "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 134217728", error))
    return FALSE;
  self->keeper = has_log ? _hone_keeper_new (self->writer, error) : NULL;
  return !has_log || self->keeper;
}

static gboolean
read_identity (HoneStore  *self,
               HoneDb     *db,
               GError    **error)
{
  sqlite3_stmt *row = _hone_db_query (db, error, "SELECT uuid, seed FROM project", "");

  if (!_hone_db_next (db, row, error))
    {
      if (error && !*error)
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT, _("The project “%s” is damaged: its identity is missing"), self->path);
      return FALSE;
    }
  self->uuid = _hone_db_dup_column (row, 0);
  self->seed = (guint64) sqlite3_column_int64 (row, 1);
  _hone_db_end (row);
  return TRUE;
}

/* Statistics that another program left would lead SQLite away from the indices that the statements are written for. A connection that
 * has read them keeps them. */
static gboolean
drop_statistics (HoneStore  *self,
                 GError    **error)
{
  sqlite3_stmt *row = _hone_db_query (self->writer, error, "SELECT 1 FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4')", "");

  if (!_hone_db_next (self->writer, row, error))
    return !error || !*error;
  _hone_db_end (row);
  if (!_hone_db_script (self->writer, "DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4", error))
    return FALSE;
  g_clear_pointer (&self->writer, _hone_db_free);
  self->writer = _hone_db_open (self->path, SQLITE_OPEN_READWRITE, error);
  return self->writer != NULL;
}

static gboolean
open_writer (HoneStore  *self,
             GError    **error)
{
  gboolean needs_migration = FALSE;

  self->lock = _hone_project_lock_take (self->path, error);
  if (!self->lock)
    return FALSE;
  self->writer = _hone_db_open (self->path, SQLITE_OPEN_READWRITE, error);
  if (!self->writer || !_hone_schema_check (self->writer, &needs_migration, error))
    return FALSE;
  if (needs_migration && !_hone_schema_migrate (self->writer, error))
    return FALSE;
  if (!drop_statistics (self, error) || !set_up_writer (self, error) || !read_identity (self, self->writer, error))
    return FALSE;
  self->writable = TRUE;
  return _hone_store_sweep (self, error);
}

static HoneStore *
store_new (const char *path)
{
  HoneStore *self = g_object_new (HONE_TYPE_STORE, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  self->path = g_file_get_path (file);
  return self;
}

/**
 * hone_store_create:
 * @path: of the new file; must not exist
 * @seed: for everything random in the project
 * @error: return location
 *
 * Makes an empty project and opens it for writing. Blocks.
 *
 * Returns: (transfer full) (nullable): the project
 */
HoneStore *
hone_store_create (const char  *path,
                   guint64      seed,
                   GError     **error)
{
  g_autoptr(HoneDb) db = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  gboolean good;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS, _("“%s” exists already"), path);
      return NULL;
    }
  db = _hone_db_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (!db)
    return NULL;
  good = _hone_db_script (db, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE", error) &&
         _hone_schema_create (db, error) &&
         _hone_db_run (db, error, "INSERT INTO project (id, uuid, seed, created) VALUES (1, ?, ?, ?)", "sii",
                       uuid, (gint64) seed, _hone_store_now ()) &&
         _hone_db_script (db, "COMMIT", error);
  g_clear_pointer (&db, _hone_db_free);
  if (!good)
    {
      g_unlink (path);
      return NULL;
    }
  return hone_store_open (path, HONE_STORE_WRITE, error);
}

/**
 * hone_store_open:
 * @path: a project file
 * @mode: reading works beside a process that writes
 * @error: return location
 *
 * Opens a project. For writing: takes the writer lock, migrates an older file after copying it, and sweeps what a kill left behind.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the project
 */
HoneStore *
hone_store_open (const char     *path,
                 HoneStoreMode   mode,
                 GError        **error)
{
  g_autoptr(HoneStore) self = NULL;
  gboolean older = FALSE;
  HoneDb *db;

  g_return_val_if_fail (path != NULL, NULL);

  self = store_new (path);
  if (!remember_file (self, error))
    return NULL;
  if (mode == HONE_STORE_WRITE)
    return open_writer (self, error) ? g_steal_pointer (&self) : NULL;

  db = _hone_db_open (self->path, SQLITE_OPEN_READONLY, error);
  if (!db)
    return NULL;
  _hone_db_free (db);
  db = _hone_store_borrow (self, error);
  if (!db)
    {
      /* A database of somebody else has no table “project”. */
      if (error && *error && (*error)->code == HONE_STORE_ERROR_IO)
        {
          g_clear_error (error);
          g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_FOREIGN, _("“%s” is not a Hone project"), self->path);
        }
      return NULL;
    }
  _hone_store_give_back (self, db);
  if (!_hone_schema_check (db, &older, error) || !read_identity (self, db, error))
    return NULL;
  if (older)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                   _("“%s” was written by an older Hone and must be opened for writing once"), self->path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * hone_store_close:
 * @self: a project
 * @error: return location
 *
 * Waits for the write under way, then leaves one file. Later calls fail. Where the log cannot be moved into it (a full disk, another
 * process that reads) it stays beside it for the next open, and nothing is lost. Blocks.
 *
 * Returns: %TRUE
 */
gboolean
hone_store_close (HoneStore  *self,
                  GError    **error)
{
  HoneDb *db;

  g_return_val_if_fail (HONE_IS_STORE (self), FALSE);

  g_mutex_lock (&self->mutex);
  while (self->writing)
    g_cond_wait (&self->free, &self->mutex);
  self->closed = TRUE;
  g_cond_broadcast (&self->free);
  g_mutex_unlock (&self->mutex);

  while ((db = g_async_queue_try_pop (self->readers)))
    _hone_db_free (db);
  if (self->writer)
    {
      /* No ANALYZE: the statements are written for the indices, and statistics of one moment lead SQLite away from them (test-plans.c).
       * Out of WAL, so that one file is left, and reading a closed project leaves none beside it. Where another process reads, this
       * fails and the log stays for it. */
      g_clear_pointer (&self->keeper, _hone_keeper_free);
      _hone_db_script (self->writer, "PRAGMA busy_timeout = 100; PRAGMA journal_mode = DELETE", NULL);
      g_clear_pointer (&self->writer, _hone_db_free);
    }
  g_clear_pointer (&self->lock, _hone_project_lock_free);
  return TRUE;
}

static void
hone_store_finalize (GObject *object)
{
  HoneStore *self = HONE_STORE (object);

  hone_store_close (self, NULL);
  _hone_store_close_lanes (self);
  g_async_queue_unref (self->readers);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->ontology_mutex);
  g_cond_clear (&self->free);
  g_free (self->path);
  g_free (self->uuid);
  G_OBJECT_CLASS (hone_store_parent_class)->finalize (object);
}

static void
hone_store_class_init (HoneStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hone_store_finalize;
}

static void
hone_store_init (HoneStore *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->ontology_mutex);
  g_cond_init (&self->free);
  self->readers = g_async_queue_new ();
  self->share = 0.5;
  _hone_store_open_lanes (self);
}

/**
 * hone_store_get_path:
 * @self: a project
 *
 * Returns: its absolute path
 */
const char *
hone_store_get_path (HoneStore *self)
{
  return self->path;
}

/**
 * hone_store_get_writable:
 * @self: a project
 *
 * Returns: whether it is open for writing
 */
gboolean
hone_store_get_writable (HoneStore *self)
{
  return self->writable;
}

/**
 * hone_store_get_uuid:
 * @self: a project
 *
 * Returns: its random id; copies have another
 */
const char *
hone_store_get_uuid (HoneStore *self)
{
  return self->uuid;
}

/**
 * hone_store_get_seed:
 * @self: a project
 *
 * Returns: the seed of everything random in it
 */
guint64
hone_store_get_seed (HoneStore *self)
{
  return self->seed;
}
