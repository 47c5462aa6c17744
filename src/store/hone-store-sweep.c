/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what was never finished. */
#include "config.h"

#include "hone-store-sweep-private.h"

#define SLICE "2000"

/* Each is run until it finds nothing more; children come before what they name. */
static const char * const in_slices[] = {
  "DELETE FROM prediction WHERE (iteration, example) IN (SELECT p.iteration, p.example FROM prediction p WHERE p.iteration IN"
  " (SELECT i.id FROM iteration i JOIN experiment x ON x.id = i.experiment WHERE x.import = ?) LIMIT " SLICE ")",
  "DELETE FROM label WHERE id IN (SELECT id FROM label WHERE import IS NOT NULL AND import = ? LIMIT " SLICE ")",
};
static const char * const at_the_end[] = {
  "DELETE FROM iteration WHERE experiment IN (SELECT id FROM experiment WHERE import = ?)",
  "DELETE FROM experiment WHERE import = ?",
  "DELETE FROM known WHERE import = ?",
  "DELETE FROM import WHERE id = ?",
};

/* Nothing but the unfinished import has ids above the visible ones. */
static gboolean
sweep_examples (HoneDb    *db,
                gboolean  *any,
                GError   **error)
{
  g_autoptr(GError) local = NULL;
  gint64 first = _hone_db_number (db, 0, &local,
                                  "SELECT min (id) FROM (SELECT id FROM example WHERE id > (SELECT visible FROM project)"
                                  " ORDER BY id DESC LIMIT " SLICE ")", "");

  *any = first != 0;
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return !*any ||
         (_hone_db_run (db, error, "INSERT INTO search (search, rowid, text) SELECT 'delete', id, text FROM example WHERE id >= ?", "i", first) &&
          _hone_db_run (db, error, "DELETE FROM known WHERE example >= ?", "i", first) &&
          _hone_db_run (db, error, "DELETE FROM example WHERE id >= ?", "i", first));
}

gboolean
_hone_import_sweep (HoneDb    *db,
                    gint64     import,
                    gboolean  *done,
                    GError   **error)
{
  gboolean any;

  *done = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (in_slices); i++)
    {
      if (!_hone_db_run (db, error, in_slices[i], "i", import))
        return FALSE;
      if (sqlite3_changes (db->handle) > 0)
        return TRUE;
    }
  if (!sweep_examples (db, &any, error))
    return FALSE;
  if (any)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (at_the_end); i++)
    if (!_hone_db_run (db, error, at_the_end[i], "i", import))
      return FALSE;
  *done = TRUE;
  return TRUE;
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
