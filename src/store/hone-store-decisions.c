/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What labels and imports share: authors, and answers that are hidden no more. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-counts-private.h"
#include "hone-store-decisions-private.h"

gboolean
_hone_example_check (HoneDb  *db,
                     gint64   example,
                     GError **error)
{
  g_autoptr(GError) local = NULL;
  gint64 found = _hone_db_number (db, 0, &local,
                                  "SELECT id FROM example WHERE id = ? AND hidden = 0 AND id <= (SELECT visible FROM project)", "i", example);

  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (found == 0)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no text number %" G_GINT64_FORMAT), example);
  return found != 0;
}

gint64
_hone_author_intern (HoneDb      *db,
                     const char  *name,
                     GError     **error)
{
  g_autoptr(GError) local = NULL;
  gint64 id = _hone_db_number (db, 0, &local, "SELECT id FROM author WHERE name = ?", "s", name);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return 0;
    }
  if (id)
    return id;
  return _hone_db_run (db, error, "INSERT INTO author (name) VALUES (?)", "s", name) ? sqlite3_last_insert_rowid (db->handle) : 0;
}

gboolean
_hone_known_count_at_once (HoneStore  *self,
                           HoneDb     *db,
                           gint64      example,
                           GError    **error)
{
  g_autoptr(GError) local = NULL;
  gint64 set = _hone_db_number (db, 0, &local,
                                "SELECT k.categories FROM known k JOIN example e ON e.id = k.example WHERE e.id = ? AND e.split <> 0"
                                " AND k.revealed = 0", "i", example);
  gint64 author = local || set == 0 ? 0 : _hone_author_intern (db, "import", &local);

  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (set == 0)
    return TRUE;
  return author != 0 &&
         _hone_db_run (db, error, "INSERT INTO label (example, author, time, origin, categories) VALUES (?, ?, ?, ?, ?)", "iiiii", example,
                       author, _hone_store_now (), (gint64) HONE_ORIGIN_IMPORTED, set) &&
         _hone_db_run (db, error, "UPDATE known SET revealed = 1 WHERE example = ?", "i", example) &&
         _hone_reference_update (self, db, example, error);
}
