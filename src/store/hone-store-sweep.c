/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what was never finished. */
#include "config.h"

#include "hone-store-sweep-private.h"

static gboolean
sweep_examples (HoneDb  *db,
                gint64   import,
                GError **error)
{
  return _hone_db_run (db, error,
                       "INSERT INTO search (search, rowid, text) SELECT 'delete', id, text FROM example WHERE import = ?1"
                       " AND id > (SELECT visible FROM project)", "i", import) &&
         _hone_db_run (db, error,
                       "DELETE FROM prediction WHERE iteration IN (SELECT i.id FROM iteration i JOIN experiment x ON x.id = i.experiment"
                       " WHERE x.import = ?)", "i", import) &&
         _hone_db_run (db, error, "DELETE FROM iteration WHERE experiment IN (SELECT id FROM experiment WHERE import = ?)", "i", import) &&
         _hone_db_run (db, error, "DELETE FROM experiment WHERE import = ?", "i", import) &&
         _hone_db_run (db, error, "DELETE FROM label WHERE import IS NOT NULL AND import = ?", "i", import) &&
         _hone_db_run (db, error, "DELETE FROM known WHERE import = ?", "i", import) &&
         _hone_db_run (db, error, "DELETE FROM example WHERE import = ? AND id > (SELECT visible FROM project)", "i", import);
}

gboolean
_hone_import_sweep (HoneDb  *db,
                    gint64   import,
                    GError **error)
{
  return sweep_examples (db, import, error) && _hone_db_run (db, error, "DELETE FROM import WHERE id = ?", "i", import);
}

gboolean
_hone_iteration_remove (HoneDb  *db,
                        gint64   iteration,
                        GError **error)
{
  static const char * const statements[] = {
    "DELETE FROM prediction WHERE iteration = ?", "DELETE FROM confusion WHERE iteration = ?", "DELETE FROM trained WHERE iteration = ?",
    "DELETE FROM predicted_split WHERE iteration = ?", "DELETE FROM training WHERE iteration = ?", "DELETE FROM opening WHERE iteration = ?",
    "DELETE FROM iteration WHERE id = ?",
  };
  gint64 experiment = _hone_db_number (db, 0, error, "SELECT experiment FROM iteration WHERE id = ?", "i", iteration);

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!_hone_db_run (db, error, statements[i], "i", iteration))
      return FALSE;
  /* An experiment that was made for it and has nothing else to show. */
  return _hone_db_run (db, error, "DELETE FROM experiment WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM iteration WHERE experiment = ?1)", "i",
                       experiment);
}
