/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who reads: a pool of connections. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-private.h"

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
