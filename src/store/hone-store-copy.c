/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies, compacting, and the check of everything that is kept twice. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "hone-store-counts-private.h"
#include "hone-store-private.h"

static gboolean
back_up (HoneDb             *from,
         HoneDb             *to,
         HoneStoreProgress   progress,
         gpointer            progress_data,
         GCancellable       *cancellable,
         GError            **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");
  int status = SQLITE_OK;

  if (!backup)
    return _hone_db_fail (to, error);
  while ((status = sqlite3_backup_step (backup, 1024)) == SQLITE_OK || status == SQLITE_BUSY || status == SQLITE_LOCKED)
    {
      int pages = sqlite3_backup_pagecount (backup);

      if (g_cancellable_is_cancelled (cancellable))
        break;
      if (progress && pages > 0)
        progress ((double) (pages - sqlite3_backup_remaining (backup)) / pages, progress_data);
      if (status != SQLITE_OK)
        g_usleep (10000);
    }
  if (sqlite3_backup_finish (backup) != SQLITE_OK)
    return _hone_db_fail (to, error);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/**
 * hone_store_save_copy:
 * @self: a project
 * @path: of the copy; must not exist
 * @progress: (nullable): told how much is copied
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it without a copy
 * @error: return location
 *
 * Copies the project through SQLite's backup, beside @path first: the copy is whole or absent. It gets an id of its own. Blocks.
 *
 * Returns: whether the copy stands
 */
gboolean
hone_store_save_copy (HoneStore          *self,
                      const char         *path,
                      HoneStoreProgress   progress,
                      gpointer            progress_data,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autofree char *partial = g_strconcat (path, ".part", NULL), *uuid = g_uuid_string_random ();
  g_autoptr(HoneDb) to = NULL;
  HoneDb *from;
  gboolean good;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS, _("“%s” exists already"), path);
      return FALSE;
    }
  from = _hone_store_borrow (self, error);
  if (!from)
    return FALSE;
  g_unlink (partial);
  to = _hone_db_open (partial, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  /* All of it from one moment: without a transaction of its own the backup would begin anew with every label that is given. */
  good = to && _hone_db_script (from, "BEGIN; SELECT count (*) FROM project", error) &&
         back_up (from, to, progress, progress_data, cancellable, error) && _hone_db_script (to, "PRAGMA journal_mode = DELETE", error) &&
         _hone_db_run (to, error, "UPDATE project SET uuid = ?", "s", uuid);
  sqlite3_exec (from->handle, "COMMIT", NULL, NULL, NULL);
  _hone_store_give_back (self, from);
  g_clear_pointer (&to, _hone_db_free);
  if (good && g_rename (partial, path) != 0)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_IO, _("The copy “%s” could not be made: %s"), path, g_strerror (errno));
      good = FALSE;
    }
  if (!good)
    g_unlink (partial);
  return good;
}

/**
 * hone_store_get_size:
 * @self: a project
 * @size: (out): bytes that the project takes
 * @unused: (out): how many of them hold nothing, and compacting gives back at least
 * @error: return location
 *
 * Returns: whether both are known
 */
gboolean
hone_store_get_size (HoneStore  *self,
                     guint64    *size,
                     guint64    *unused,
                     GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  gint64 page, n_pages, n_free;

  if (!db)
    return FALSE;
  page = _hone_db_number (db, 0, &local, "PRAGMA page_size", "");
  n_pages = local ? 0 : _hone_db_number (db, 0, &local, "PRAGMA page_count", "");
  n_free = local ? 0 : _hone_db_number (db, 0, &local, "PRAGMA freelist_count", "");
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *size = (guint64) (page * n_pages);
  *unused = (guint64) (page * n_free);
  return TRUE;
}

static int
stop_when_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* Cancelled in the middle it is as if it had not begun. */
static gboolean
vacuum (HoneDb        *db,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(GError) local = NULL;
  gboolean good;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  sqlite3_progress_handler (db->handle, 1000, cancellable ? stop_when_cancelled : NULL, cancellable);
  good = _hone_db_script (db, "VACUUM", &local);
  sqlite3_progress_handler (db->handle, 0, NULL, NULL);
  if (good || g_cancellable_set_error_if_cancelled (cancellable, error))
    return good;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_compact:
 * @self: a project
 * @cancellable: (nullable): leaves it as it was
 * @error: return location
 *
 * Gives unused space back to the disk. Needs as much free space as the project has, and writes wait meanwhile. Blocks.
 *
 * Returns: whether it was done
 */
gboolean
hone_store_compact (HoneStore     *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_SLICE, error);
  gboolean good;

  if (!db)
    return FALSE;
  good = _hone_db_script (db, "INSERT INTO search (search) VALUES ('optimize')", error) && _hone_db_script (db, "COMMIT", error) &&
         vacuum (db, cancellable, error) && _hone_db_script (db, "BEGIN", error);
  return _hone_store_end (self, db, good, error);
}

/* Each gives a row for every difference between what is kept and what a recount says. */
static const struct {
  const char *what, *sql;
} checks[] = {
  { "counts of examples",
    "SELECT split, state, reference, sum (n) AS n FROM ("
    " SELECT split, state, reference, n FROM example_count UNION ALL"
    " SELECT split, state, coalesce (reference, 0), -count (*) FROM example WHERE hidden = 0 AND id <= (SELECT visible FROM project)"
    " GROUP BY 1, 2, 3) GROUP BY 1, 2, 3 HAVING sum (n) <> 0" },
  { "confusion counts",
    "SELECT 1 FROM (SELECT c.iteration, c.split, c.reference, c.outcome, c.answer, c.n FROM predicted_split s"
    " JOIN confusion c ON c.iteration = s.iteration AND c.split = s.split UNION ALL"
    " SELECT p.iteration, e.split, e.reference, CASE WHEN EXISTS (SELECT 1 FROM trained t WHERE t.iteration = p.iteration"
    "  AND t.example = p.example) THEN 4 ELSE p.outcome END, coalesce (p.categories, 0), -1 FROM predicted_split s"
    " JOIN prediction p ON p.iteration = s.iteration JOIN example e ON e.id = p.example AND e.split = s.split"
    " WHERE e.state = 1 AND e.hidden = 0 AND p.example <= s.counted AND (e.id <= (SELECT visible FROM project)"
    "  OR s.iteration IN (SELECT i.id FROM iteration i JOIN experiment x ON x.id = i.experiment JOIN import m ON m.id = x.import"
    "   WHERE m.state = 'open')))"
    " GROUP BY iteration, split, reference, outcome, answer HAVING sum (n) <> 0" },
  { "reveals of known answers",
    "SELECT 1 FROM known k WHERE k.revealed = 1 AND NOT EXISTS (SELECT 1 FROM label l WHERE l.example = k.example AND l.origin IN (1, 2))" },
  { "near copies",
    "SELECT 1 FROM example e WHERE e.copied = 0 AND e.hidden = 0 AND EXISTS (SELECT 1 FROM example c WHERE c.fold = e.fold AND c.id <> e.id"
    " AND c.hidden = 0)" },
};

static gboolean
check_references (HoneStore  *self,
                  HoneDb     *db,
                  GError    **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local,
                                      "SELECT DISTINCT l.example FROM label l JOIN example e ON e.id = l.example WHERE e.hidden = 0"
                                      " AND e.id <= (SELECT visible FROM project)"
                                      /* while references are brought up to date in slices they lag behind the labels */
                                      " AND NOT EXISTS (SELECT 1 FROM work w WHERE w.decided = 1 AND w.kind IN (6, 7))", "");

  while (_hone_db_next (db, row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len && !local; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      HonePlace before, after;

      if (_hone_place_get (db, id, &before, &local) && _hone_reference_update (self, db, id, &local) && _hone_place_get (db, id, &after, &local) &&
          (before.state != after.state || before.reference != after.reference))
        g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT,
                     _("The project “%s” is damaged: the reference label of text %" G_GINT64_FORMAT " is not what its labels say"),
                     hone_store_get_path (self), id);
    }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_all (HoneStore  *self,
           HoneDb     *db,
           GError    **error)
{
  g_autoptr(GError) local = NULL;
  g_autofree char *verdict = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, "PRAGMA integrity_check", "");

  if (_hone_db_next (db, row, &local))
    {
      verdict = _hone_db_dup_column (row, 0);
      _hone_db_end (row);
    }
  if (!local && g_strcmp0 (verdict, "ok") != 0)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT, _("The project “%s” is damaged: %s"), hone_store_get_path (self), verdict);
  if (!local && (row = _hone_db_query (db, &local, "PRAGMA foreign_key_check", "")) && _hone_db_next (db, row, &local))
    {
      g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT, _("The project “%s” is damaged: a row of “%s” names nothing"),
                   hone_store_get_path (self), (const char *) sqlite3_column_text (row, 0));
      _hone_db_end (row);
    }
  if (!local)
    _hone_db_run (db, &local, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", "");
  for (gsize i = 0; i < G_N_ELEMENTS (checks) && !local; i++)
    {
      row = _hone_db_query (db, &local, checks[i].sql, "");
      if (_hone_db_next (db, row, &local))
        {
          _hone_db_end (row);
          g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT, _("The project “%s” is damaged: %s differ from a recount"),
                       hone_store_get_path (self), checks[i].what);
        }
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return check_references (self, db, error);
}

/**
 * hone_store_check:
 * @self: a project open for writing
 * @error: return location; %HONE_STORE_ERROR_CORRUPT says what is wrong
 *
 * Compares everything that is kept twice with a recount, and SQLite's own integrity. Changes nothing. Blocks.
 *
 * Returns: whether all is well
 */
gboolean
hone_store_check (HoneStore  *self,
                  GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_SLICE, error);
  gboolean good;

  if (!db)
    return FALSE;
  good = check_all (self, db, error);
  _hone_store_end (self, db, FALSE, NULL);   /* nothing of it stays */
  return good;
}
