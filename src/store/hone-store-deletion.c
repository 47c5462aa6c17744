/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hiding what people delete or take back, and showing it again. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-counts-private.h"
#include "hone-store-decisions-private.h"
#include "hone-store-import.h"
#include "hone-store-private.h"

static gboolean
hide (HoneDb   *db,
      gint64    id,
      gint64    hidden,
      GError  **error)
{
  HonePlace from, to;

  if (!_hone_place_get (db, id, &from, error))
    {
      if (error && !*error)
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no text number %" G_GINT64_FORMAT), id);
      return FALSE;
    }
  if (from.shown == (hidden == 0))
    return TRUE;
  to = from;
  to.shown = hidden == 0;
  return _hone_db_run (db, error, "UPDATE example SET hidden = ? WHERE id = ?", "ii", hidden, id) &&
         _hone_place_move (db, id, &from, &to, error);
}

/**
 * hone_store_delete_examples:
 * @self: a project
 * @ids: (array length=n_ids): examples
 * @n_ids: how many
 * @error: return location
 *
 * Hides examples with all that belongs to them; their external ids are free again. Blocks.
 *
 * Returns: the id of the deletion, 0 with @error
 */
gint64
hone_store_delete_examples (HoneStore     *self,
                            const gint64  *ids,
                            gsize          n_ids,
                            GError       **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gboolean good;
  gint64 deletion;

  if (!db)
    return 0;
  good = _hone_db_run (db, error, "INSERT INTO deletion (time) VALUES (?)", "i", _hone_store_now ());
  deletion = sqlite3_last_insert_rowid (db->handle);
  for (gsize i = 0; i < n_ids && good; i++)
    good = _hone_example_check (db, ids[i], error) && hide (db, ids[i], deletion, error);
  return _hone_store_end (self, db, good, error) ? deletion : 0;
}

static gboolean
show_all (HoneDb   *db,
          gint64    hidden,
          GError  **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;
  gint64 taken = _hone_db_number (db, 0, &local,
                                  "SELECT count (*) FROM example h JOIN example e ON e.external_id = h.external_id AND e.hidden = 0"
                                  " WHERE h.hidden = ? AND h.hidden <> 0 AND e.external_id IS NOT NULL", "i", hidden);

  if (!local && taken > 0)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                 _("%d of the texts cannot come back: others have their ids by now"), (int) taken);
  row = local ? NULL : _hone_db_query (db, &local, "SELECT id FROM example WHERE hidden = ? AND hidden <> 0", "i", hidden);
  while (row && _hone_db_next (db, row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len && !local; i++)
    {
      /* A deleted text of an import that was taken back since then waits for that import. */
      gint64 import = _hone_db_number (db, 0, &local, "SELECT i.id FROM example e JOIN import i ON i.id = e.import WHERE e.id = ? AND i.state = 'undone'",
                                       "i", g_array_index (ids, gint64, i));

      if (!local && import != 0)
        _hone_db_run (db, &local, "UPDATE example SET hidden = ? WHERE id = ?", "ii", -import, g_array_index (ids, gint64, i));
      else if (!local)
        hide (db, g_array_index (ids, gint64, i), 0, &local);
    }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_undo_deletion:
 * @self: a project
 * @deletion_id: a deletion
 * @error: return location
 *
 * Brings deleted examples back; %HONE_STORE_ERROR_CONFLICT where their external ids are taken by now. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_undo_deletion (HoneStore  *self,
                          gint64      deletion_id,
                          GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gboolean good;

  if (!db)
    return FALSE;
  good = show_all (db, deletion_id, error) && _hone_db_run (db, error, "UPDATE deletion SET undone = 1 WHERE id = ?", "i", deletion_id);
  return _hone_store_end (self, db, good, error);
}

static GArray *
list_of_import (HoneDb       *db,
                const char   *sql,
                gint64        import,
                GError      **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, sql, "i", import);

  while (_hone_db_next (db, row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&ids);
}

static gboolean
undo_import (HoneStore  *self,
             HoneDb     *db,
             gint64      import,
             gboolean    undone,
             GError    **error)
{
  g_autoptr(GArray) examples = NULL, touched = NULL;
  gboolean good = _hone_db_run (db, error, "UPDATE import SET state = ? WHERE id = ? AND state <> 'open'", "si", undone ? "undone" : "done",
                                import);

  if (good && sqlite3_changes (db->handle) == 0)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no import number %" G_GINT64_FORMAT), import);
      return FALSE;
    }
  if (good && undone)
    {
      examples = list_of_import (db, "SELECT id FROM example WHERE import = ? AND hidden = 0", import, error);
      good = examples != NULL;
      for (guint i = 0; good && i < examples->len; i++)
        good = hide (db, g_array_index (examples, gint64, i), -import, error);
    }
  else if (good)
    {
      good = show_all (db, -import, error);
    }
  if (good)
    {
      touched = list_of_import (db, "SELECT DISTINCT l.example FROM label l JOIN example e ON e.id = l.example"
                                    " WHERE l.import IS NOT NULL AND l.import = ?1 AND e.import <> ?1", import, error);
      good = touched != NULL;
      for (guint i = 0; good && i < touched->len; i++)
        good = _hone_reference_update (self, db, g_array_index (touched, gint64, i), error);
    }
  return good && _hone_db_run (db, error, "UPDATE experiment SET deleted = ? WHERE import IS NOT NULL AND import = ?", "ii",
                               (gint64) !!undone, import);
}

/**
 * hone_store_undo_import:
 * @self: a project
 * @import_id: an import
 * @undone: TRUE takes it back as a whole, FALSE brings it back
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_undo_import (HoneStore  *self,
                        gint64      import_id,
                        gboolean    undone,
                        GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db, undo_import (self, db, import_id, undone, error), error);
}
