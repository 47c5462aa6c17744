/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file as an object: opening and closing, who writes, who reads. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "core/hone-random.h"
#include "hone-schema-private.h"
#include "hone-store-lock-private.h"
#include "hone-store-private.h"
#include "hone-store-sweep-private.h"

struct _HoneStore {
  GObject          parent_instance;

  char            *path;
  char            *uuid;
  guint64          seed;
  gboolean         writable;
  dev_t            device;
  ino_t            inode;
  HoneProjectLock *lock;

  /* Writing: guarded by mutex; a slice lets go for every label that waits. */
  GMutex           mutex;
  GCond            free;
  HoneDb          *writer;
  gboolean         writing;
  guint            labels_waiting;
  gboolean         importing;
  gboolean         keys_unchecked;
  gboolean         closed;

  GAsyncQueue     *readers;

  GMutex           ontology_mutex;
  HoneOntology    *ontology;
  gint64           ontology_version;
};

G_DEFINE_FINAL_TYPE (HoneStore, hone_store, G_TYPE_OBJECT)

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

/* ---- writing ---- */

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

HoneDb *
_hone_store_begin (HoneStore          *self,
                   HoneWritePriority   priority,
                   GError            **error)
{
  gboolean usable;

  if (!self->writable)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY, _("The project “%s” is open for reading only"), self->path);
      return NULL;
    }
  g_mutex_lock (&self->mutex);
  if (priority == HONE_WRITE_LABEL)
    self->labels_waiting++;
  while (!self->closed && (self->writing || (priority != HONE_WRITE_LABEL && self->labels_waiting > 0)))
    g_cond_wait (&self->free, &self->mutex);
  if (priority == HONE_WRITE_LABEL)
    self->labels_waiting--;
  usable = !self->closed;
  self->writing = self->writing || usable;
  g_mutex_unlock (&self->mutex);

  if (!usable)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT, _("The project “%s” is closed"), self->path);
      return NULL;
    }
  /* Rows of a slice are invisible and swept after a crash, so their commit need not wait for the disk. */
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

/* ---- reading ---- */

static HoneDb *
open_reader (HoneStore  *self,
             GError    **error)
{
  g_autoptr(HoneDb) db = NULL;
  g_autoptr(GError) local = NULL;
  g_autofree char *uri = NULL;

  /* Able to write where the file system allows it, though it never does: only so can SQLite take back what a kill left half-done. */
  db = _hone_db_open (self->path, SQLITE_OPEN_READWRITE, &local);
  if (db && _hone_db_script (db, "PRAGMA query_only = ON", &local) &&
      _hone_db_number (db, -1, &local, "SELECT count(*) FROM project", "") >= 0)
    return g_steal_pointer (&db);

  /* A closed project in a folder that cannot be written: without -wal and -journal beside it nothing can change, so it is
   * read as it stands. */
  g_clear_pointer (&db, _hone_db_free);
  if (local && local->code != HONE_STORE_ERROR_FOREIGN && local->code != HONE_STORE_ERROR_CORRUPT)
    {
      g_autofree char *escaped = g_uri_escape_string (self->path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
      g_autofree char *log = g_strconcat (self->path, "-wal", NULL), *journal = g_strconcat (self->path, "-journal", NULL);

      uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);
      if (!g_file_test (log, G_FILE_TEST_EXISTS) && !g_file_test (journal, G_FILE_TEST_EXISTS))
        db = _hone_db_open (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
      if (db && _hone_db_number (db, -1, NULL, "SELECT count(*) FROM project", "") >= 0)
        return g_steal_pointer (&db);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

HoneDb *
_hone_store_borrow (HoneStore  *self,
                    GError    **error)
{
  HoneDb *db;
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);
  if (closed)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT, _("The project “%s” is closed"), self->path);
      return NULL;
    }
  db = g_async_queue_try_pop (self->readers);
  return db ? db : open_reader (self, error);
}

void
_hone_store_give_back (HoneStore *self,
                       HoneDb    *db)
{
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  if (!closed)
    g_async_queue_push (self->readers, db);
  g_mutex_unlock (&self->mutex);
  if (closed)
    _hone_db_free (db);     /* nobody empties the pool any more */
}

gint64
_hone_store_visible (HoneDb  *db,
                     GError **error)
{
  return _hone_db_number (db, 0, error, "SELECT visible FROM project", "");
}

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

static gboolean
set_up_writer (HoneStore  *self,
               GError    **error)
{
  /* Where WAL is impossible (network folders, some mounts) SQLite stays with its rollback journal. */
  return _hone_db_script (self->writer, "PRAGMA journal_mode = WAL", error) &&
         _hone_db_script (self->writer,
                          "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;"
                          "PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 16777216", error);
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

/* What a kill left: imports that were not finished, iterations that nobody will finish. */
static gboolean
sweep (HoneStore  *self,
       GError    **error)
{
  for (;;)
    {
      g_autoptr(GError) local = NULL;
      HoneDb *db = _hone_store_begin (self, HONE_WRITE_SWEEP, error);
      gint64 import, iteration = 0;
      gboolean good, done;

      if (!db)
        return FALSE;
      import = _hone_db_number (db, 0, &local, "SELECT min(id) FROM import WHERE state = 'open'", "");
      if (!local && import == 0)
        iteration = _hone_db_number (db, 0, &local,
                                     "SELECT min(i.id) FROM iteration i WHERE i.published = 0 AND NOT EXISTS"
                                     " (SELECT 1 FROM run r WHERE r.iteration = i.id AND r.state NOT IN (3, 4))", "");
      good = !local && (import == 0 || _hone_import_sweep (db, import, &done, &local)) &&
             (iteration == 0 || _hone_iteration_remove (db, iteration, &local));
      if (!_hone_store_end (self, db, good, good ? error : NULL))
        {
          if (local)
            g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (import == 0 && iteration == 0)
        return TRUE;
    }
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
  if (!set_up_writer (self, error) || !read_identity (self, self->writer, error))
    return FALSE;
  self->writable = TRUE;
  return sweep (self, error);
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
 * Waits for the write under way, then leaves one file. Later calls fail. Blocks.
 *
 * Returns: whether all was well
 */
gboolean
hone_store_close (HoneStore  *self,
                  GError    **error)
{
  HoneDb *db;
  gboolean good = TRUE;

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
      /* Out of WAL, so that one file is left, and reading a closed project leaves none beside it. Where another process reads, this
       * fails and the log stays for it. */
      good = _hone_db_script (self->writer, "PRAGMA optimize", error);
      _hone_db_script (self->writer, "PRAGMA busy_timeout = 100; PRAGMA journal_mode = DELETE", NULL);
      g_clear_pointer (&self->writer, _hone_db_free);
    }
  g_clear_pointer (&self->lock, _hone_project_lock_free);
  return good;
}

static void
hone_store_finalize (GObject *object)
{
  HoneStore *self = HONE_STORE (object);

  hone_store_close (self, NULL);
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

/* ---- the ontology in memory ---- */

static HoneOntology *
read_ontology (HoneDb  *db,
               gint64   version,
               GError **error)
{
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, error, "SELECT choice, instruction FROM ontology WHERE version = ?", "i", version);

  if (!_hone_db_next (db, row, &local))
    {
      if (local)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("The project has no categories of version %d"), (int) version);
      return NULL;
    }
  ontology = hone_ontology_new (sqlite3_column_int (row, 0), (const char *) sqlite3_column_text (row, 1));
  _hone_db_end (row);

  row = _hone_db_query (db, error,
                        "SELECT id, key, name, definition, color, shortcut, aliases FROM category WHERE ontology = ? ORDER BY position",
                        "i", version);
  while (_hone_db_next (db, row, &local))
    {
      const char *aliases = (const char *) sqlite3_column_text (row, 6);
      g_auto(GStrv) list = g_strsplit (aliases, "\n", -1);
      HoneCategory category = {
        .id = sqlite3_column_int (row, 0), .key = (char *) sqlite3_column_text (row, 1), .name = (char *) sqlite3_column_text (row, 2),
        .definition = (char *) sqlite3_column_text (row, 3), .color = (char *) sqlite3_column_text (row, 4),
        .shortcut = (char *) sqlite3_column_text (row, 5), .aliases = *aliases ? list : NULL,
      };

      if (!hone_ontology_add (ontology, &category, &local))
        {
          _hone_db_end (row);
          break;
        }
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&ontology);
}

/**
 * hone_store_dup_ontology:
 * @self: a project
 *
 * Returns: (transfer full): the newest ontology, not to be edited; empty until the first is set
 */
HoneOntology *
hone_store_dup_ontology (HoneStore *self)
{
  HoneOntology *ontology = NULL;

  g_mutex_lock (&self->ontology_mutex);
  if (!self->ontology || !self->writable)     /* beside a reader another process may write a new one */
    {
      HoneDb *db = _hone_store_borrow (self, NULL);
      gint64 version = db ? _hone_db_number (db, 0, NULL, "SELECT max(version) FROM ontology", "") : 0;

      if (version > 0 && (!self->ontology || version != self->ontology_version))
        {
          g_clear_pointer (&self->ontology, hone_ontology_unref);
          self->ontology = read_ontology (db, version, NULL);
          self->ontology_version = version;
        }
      if (db)
        _hone_store_give_back (self, db);
    }
  ontology = self->ontology ? hone_ontology_ref (self->ontology) : hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_mutex_unlock (&self->ontology_mutex);
  return ontology;
}

void
_hone_store_forget_ontology (HoneStore *self)
{
  g_mutex_lock (&self->ontology_mutex);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_mutex_unlock (&self->ontology_mutex);
}

HoneChoice
_hone_store_get_choice (HoneStore *self)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (self);

  return hone_ontology_get_choice (ontology);
}

/**
 * hone_store_dup_ontology_at:
 * @self: a project
 * @version: of the ontology
 * @error: return location for a %HONE_STORE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the ontology as it was
 */
HoneOntology *
hone_store_dup_ontology_at (HoneStore  *self,
                            gint64      version,
                            GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  HoneOntology *ontology;

  if (!db)
    return NULL;
  ontology = read_ontology (db, version, error);
  _hone_store_give_back (self, db);
  return ontology;
}

/* ---- asynchronous ---- */

typedef struct {
  HoneStoreFunc  func;
  gpointer       data;
  GDestroyNotify data_free, result_free;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  if (call->data_free)
    call->data_free (call->data);
  g_free (call);
}

static void
call_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;
  gpointer result = call->func (source, call->data, cancellable, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, call->result_free);
}

/**
 * hone_store_call_async:
 * @self: a project
 * @func: what to do; runs in a worker thread and may use every blocking function of the store
 * @data: for @func
 * @data_free: (nullable): frees @data
 * @result_free: (nullable): frees the result if nobody takes it
 * @cancellable: (nullable): handed to @func; a write that was committed is never reported as cancelled
 * @callback: on the caller's main context
 * @user_data: for @callback
 *
 * Runs a blocking function for a window.
 */
void
hone_store_call_async (HoneStore           *self,
                       HoneStoreFunc        func,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GDestroyNotify       result_free,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  *call = (Call) { func, data, data_free, result_free };
  g_task_set_source_tag (task, hone_store_call_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, call_free);
  g_task_run_in_thread (task, call_in_thread);
}

/**
 * hone_store_call_finish:
 * @self: a project
 * @result: of the call
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the function returned
 */
gpointer
hone_store_call_finish (HoneStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
