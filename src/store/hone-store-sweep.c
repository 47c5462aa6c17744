/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what was never finished, in slices: nobody sees these rows, so nobody minds how many are left. */
#include "config.h"

#include "hone-store-publish-private.h"
#include "hone-store-sweep-private.h"
#include "hone-store-work-private.h"

#define STEP "100"     /* rows, about a millisecond */

/* Runs each until it finds nothing more; children come before what they name. */
static gboolean
delete_some (HoneDb             *db,
             const char * const *statements,
             gsize               n_statements,
             gint64              subject,
             gboolean           *any,
             GError            **error)
{
  *any = FALSE;
  for (gsize i = 0; i < n_statements && !*any; i++)
    {
      if (!_hone_db_run (db, error, statements[i], "i", subject))
        return FALSE;
      *any = sqlite3_changes (db->handle) > 0;
    }
  return TRUE;
}

static gboolean
delete_all (HoneDb             *db,
            const char * const *statements,
            gsize               n_statements,
            gint64              subject,
            GError            **error)
{
  for (gsize i = 0; i < n_statements; i++)
    if (!_hone_db_run (db, error, statements[i], "i", subject))
      return FALSE;
  return TRUE;
}

#define ROWS_OF(table, columns, of) \
  "DELETE FROM " table " WHERE (" columns ") IN (SELECT " columns " FROM " table " WHERE iteration " of " LIMIT " STEP ")"
#define CONFUSION_COLUMNS "iteration, split, reference, outcome, answer"

/* ---- imports ---- */

#define OF_IMPORT "IN (SELECT i.id FROM iteration i JOIN experiment x ON x.id = i.experiment WHERE x.import = ?)"
static const char * const of_import[] = {
  ROWS_OF ("prediction", "iteration, example", OF_IMPORT),
  ROWS_OF ("confusion", CONFUSION_COLUMNS, OF_IMPORT),
  ROWS_OF ("trained", "iteration, example", OF_IMPORT),
  "DELETE FROM label WHERE id IN (SELECT id FROM label WHERE import IS NOT NULL AND import = ? LIMIT " STEP ")",
};
static const char * const import_itself[] = {
  ("DELETE FROM predicted_split WHERE iteration " OF_IMPORT),
  "DELETE FROM iteration WHERE experiment IN (SELECT id FROM experiment WHERE import = ?)",
  "DELETE FROM experiment WHERE import = ?",
  "DELETE FROM import WHERE id = ?",
};

/* Known answers that fell on examples which were there before: few kinds of files have them, and no index is worth it. A step looks
 * through some examples below the visible one and goes down. */
typedef struct {
  gint64 import, known;      /* known answers above this are looked at */
} ImportRemoval;

static gboolean
remove_known (HoneDb         *db,
              ImportRemoval  *removal,
              gboolean       *any,
              GError        **error)
{
  g_autoptr(GError) local = NULL;
  gint64 last = _hone_db_number (db, 0, &local,
                                 "SELECT max (example) FROM (SELECT example FROM known WHERE example > ? ORDER BY example LIMIT 2000)", "i",
                                 removal->known);

  *any = last != 0;
  if (!local && *any)
    _hone_db_run (db, &local, "DELETE FROM known WHERE example > ? AND example <= ? AND import = ?", "iii", removal->known, last,
                  removal->import);
  if (*any)
    removal->known = last;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Nothing but the unfinished import has ids above the visible ones. */
static gboolean
remove_examples (HoneDb    *db,
                 gboolean  *any,
                 GError   **error)
{
  g_autoptr(GError) local = NULL;
  gint64 first = _hone_db_number (db, 0, &local,
                                  "SELECT min (id) FROM (SELECT id FROM example WHERE id > (SELECT visible FROM project)"
                                  " ORDER BY id DESC LIMIT " STEP ")", "");

  *any = first != 0;
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return !*any ||
         (_hone_db_run (db, error, "INSERT INTO search (search, rowid, text) SELECT 'delete', id, text FROM example WHERE id >= ?", "i", first) &&
          _hone_db_run (db, error, "DELETE FROM example WHERE id >= ?", "i", first));
}

static gboolean
remove_import_step (HoneStore  *self,
                    HoneDb     *db,
                    gpointer    data,
                    gboolean   *done,
                    GError    **error)
{
  ImportRemoval *removal = data;
  gboolean any;

  if (!delete_some (db, of_import, G_N_ELEMENTS (of_import), removal->import, &any, error) || (!any && !remove_known (db, removal, &any, error)) ||
      (!any && !remove_examples (db, &any, error)))
    return FALSE;
  *done = !any;
  return any || delete_all (db, import_itself, G_N_ELEMENTS (import_itself), removal->import, error);
}

gboolean
_hone_import_remove (HoneStore  *self,
                     gint64      import,
                     GError    **error)
{
  ImportRemoval removal = { import, 0 };

  return _hone_store_write_slices (self, HONE_WRITE_SWEEP, remove_import_step, &removal, error);
}

/* ---- iterations ---- */

static const char * const of_iteration[] = {
  ROWS_OF ("prediction", "iteration, example", "= ?"),
  ROWS_OF ("confusion", CONFUSION_COLUMNS, "= ?"),
  ROWS_OF ("trained", "iteration, example", "= ?"),
  ROWS_OF ("training", "iteration, example", "= ?"),
};
static const char * const iteration_itself[] = {
  "DELETE FROM predicted_split WHERE iteration = ?",
  "DELETE FROM opening WHERE iteration = ?",
};

static gboolean
remove_iteration_itself (HoneDb   *db,
                         gint64    iteration,
                         GError  **error)
{
  g_autoptr(GError) local = NULL;
  gint64 experiment = _hone_db_number (db, 0, &local, "SELECT experiment FROM iteration WHERE id = ?", "i", iteration);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return delete_all (db, iteration_itself, G_N_ELEMENTS (iteration_itself), iteration, error) &&
         _hone_db_run (db, error, "DELETE FROM iteration WHERE id = ?", "i", iteration) &&
         /* An experiment that was made for it and has nothing else to show. */
         _hone_db_run (db, error, "DELETE FROM experiment WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM iteration WHERE experiment = ?1)", "i",
                       experiment);
}

static gboolean
remove_iteration_step (HoneStore  *self,
                       HoneDb     *db,
                       gpointer    data,
                       gboolean   *done,
                       GError    **error)
{
  gint64 iteration = *(gint64 *) data;
  gboolean any;

  if (!delete_some (db, of_iteration, G_N_ELEMENTS (of_iteration), iteration, &any, error))
    return FALSE;
  *done = !any;
  return any || remove_iteration_itself (db, iteration, error);
}

gboolean
_hone_iteration_remove (HoneStore  *self,
                        gint64      iteration,
                        GError    **error)
{
  return _hone_store_write_slices (self, HONE_WRITE_SLICE, remove_iteration_step, &iteration, error);
}

/* ---- at open ---- */

static gboolean
sweep_counts_step (HoneStore  *self,
                   HoneDb     *db,
                   gpointer    data,
                   gboolean   *done,
                   GError    **error)
{
  return _hone_publish_sweep (db, done, error);
}

/* An import that was not finished; an iteration that nobody will finish. */
static gint64
find_unfinished (HoneStore   *self,
                 const char  *sql,
                 GError     **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  gint64 id;

  if (!db)
    return 0;
  id = _hone_db_number (db, 0, error, sql, "");
  _hone_store_give_back (self, db);
  return id;
}

static gboolean
sweep_each (HoneStore   *self,
            const char  *sql,
            gboolean   (*remove) (HoneStore *, gint64, GError **),
            GError     **error)
{
  g_autoptr(GError) local = NULL;
  gint64 id;

  while ((id = find_unfinished (self, sql, &local)) != 0)
    if (!remove (self, id, error))
      return FALSE;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
_hone_store_sweep (HoneStore  *self,
                   GError    **error)
{
  return _hone_store_write_slices (self, HONE_WRITE_SLICE, sweep_counts_step, NULL, error) &&
         sweep_each (self, "SELECT min (id) FROM import WHERE state = 'open'", _hone_import_remove, error) &&
         sweep_each (self, "SELECT min (i.id) FROM iteration i WHERE i.published = 0 AND NOT EXISTS"
                           " (SELECT 1 FROM run r WHERE r.iteration = i.id AND r.state NOT IN (3, 4))", _hone_iteration_remove, error) &&
         _hone_work_resume (self, error);
}
