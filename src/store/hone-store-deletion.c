/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hiding what people delete or take back, and showing it again. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-decisions-private.h"
#include "hone-store-import.h"
#include "hone-store-private.h"
#include "hone-store-work-private.h"

/* ---- deletion ---- */

typedef struct {
  const gint64 *ids;
  gsize         n_ids, i;
  gint64        work;
} Preparation;

/* Nothing but the list: whatever is wrong with it is found before anything changes. */
static gboolean
prepare_step (HoneStore  *self,
              HoneDb     *db,
              gpointer    data,
              gboolean   *done,
              GError    **error)
{
  Preparation *preparation = data;
  gint64 example;

  if (preparation->work == 0)
    {
      preparation->work = _hone_work_begin (db, HONE_WORK_HIDE, 0, 0, error);
      return preparation->work != 0;
    }
  example = preparation->ids[preparation->i++];
  *done = preparation->i == preparation->n_ids;
  return _hone_example_check (db, example, error) && _hone_work_add (db, preparation->work, example, 0, error);
}

static gint64
add_deletion (HoneDb  *db,
              GError **error)
{
  return _hone_db_run (db, error, "INSERT INTO deletion (time) VALUES (?)", "i", _hone_store_now ()) ? sqlite3_last_insert_rowid (db->handle) : 0;
}

static gint64
delete_few (HoneStore     *self,
            const gint64  *ids,
            gsize          n_ids,
            GError       **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 deletion;
  gboolean good;

  if (!db)
    return 0;
  deletion = add_deletion (db, error);
  good = deletion != 0;
  for (gsize i = 0; i < n_ids && good; i++)
    good = _hone_example_check (db, ids[i], error) && _hone_example_hide (self, db, ids[i], deletion, error);
  return _hone_store_end (self, db, good, error) ? deletion : 0;
}

static gint64
delete_many (HoneStore     *self,
             const gint64  *ids,
             gsize          n_ids,
             GError       **error)
{
  Preparation preparation = { ids, n_ids };
  gboolean good = _hone_store_write_slices (self, HONE_WRITE_SLICE, prepare_step, &preparation, error);
  gint64 deletion = 0;
  HoneDb *db = good ? _hone_store_begin (self, HONE_WRITE_LABEL, error) : NULL;

  if (db)
    {
      deletion = add_deletion (db, error);
      good = _hone_store_end (self, db, deletion != 0 && _hone_work_approve (db, preparation.work, deletion, error), error);
    }
  if (db && good)
    return _hone_work_carry_out (self, preparation.work, error) ? deletion : 0;
  if (preparation.work)
    _hone_work_drop (self, preparation.work);
  return 0;
}

/**
 * hone_store_delete_examples:
 * @self: a project
 * @ids: (array length=n_ids): examples
 * @n_ids: how many
 * @error: return location
 *
 * Hides examples with all that belongs to them; their external ids are free again. Many are hidden in slices, between which labels get
 * their turn. Blocks.
 *
 * Returns: the id of the deletion, 0 with @error
 */
gint64
hone_store_delete_examples (HoneStore     *self,
                            const gint64  *ids,
                            gsize          n_ids,
                            GError       **error)
{
  return n_ids <= HONE_WORK_SHORT ? delete_few (self, ids, n_ids, error) : delete_many (self, ids, n_ids, error);
}

/* ---- bringing back ---- */

/* Asked of a reader, as it looks at all of them: what is taken after that stays hidden. */
static gboolean
check_ids_free (HoneStore  *self,
                gint64      hidden,
                GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  gint64 taken;

  if (!db)
    return FALSE;
  taken = _hone_db_number (db, 0, &local,
                           "SELECT count (*) FROM example h JOIN example e ON e.external_id = h.external_id AND e.hidden = 0"
                           " WHERE h.hidden = ? AND h.hidden <> 0 AND e.external_id IS NOT NULL", "i", hidden);
  _hone_store_give_back (self, db);
  if (!local && taken > 0)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                 _("%d of the texts cannot come back: others have their ids by now"), (int) taken);
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
 * Brings deleted examples back, in slices; %HONE_STORE_ERROR_CONFLICT where their external ids are taken by now. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_undo_deletion (HoneStore  *self,
                          gint64      deletion_id,
                          GError    **error)
{
  HoneDb *db;
  gint64 work = 0;

  if (!check_ids_free (self, deletion_id, error))
    return FALSE;
  db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  if (!db)
    return FALSE;
  if (_hone_db_run (db, error, "UPDATE deletion SET undone = 1 WHERE id = ?", "i", deletion_id))
    work = _hone_work_decide (db, HONE_WORK_SHOW, deletion_id, 0, error);
  return _hone_store_end (self, db, work != 0, error) && _hone_work_carry_out (self, work, error);
}

/* ---- imports ---- */

static gboolean
check_names_free (HoneDb   *db,
                  gint64    import,
                  GError  **error)
{
  g_autoptr(GError) local = NULL;
  gint64 taken = _hone_db_number (db, 0, &local,
                                  "SELECT count (*) FROM experiment x JOIN experiment y ON y.name = x.name AND y.deleted = 0 AND y.id <> x.id"
                                  " WHERE x.import IS NOT NULL AND x.import = ?", "i", import);

  if (!local && taken > 0)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                 _("%d experiments of the import cannot come back: others have their names by now"), (int) taken);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
decide (HoneDb    *db,
        gint64     import,
        gboolean   undone,
        gint64     works[2],
        GError   **error)
{
  if (!undone && !check_names_free (db, import, error))
    return FALSE;
  if (!_hone_db_run (db, error, "UPDATE import SET state = ? WHERE id = ? AND state <> 'open'", "si", undone ? "undone" : "done", import))
    return FALSE;
  if (sqlite3_changes (db->handle) == 0)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no import number %" G_GINT64_FORMAT), import);
      return FALSE;
    }
  works[0] = _hone_work_decide (db, undone ? HONE_WORK_HIDE_IMPORT : HONE_WORK_SHOW, undone ? import : -import, 0, error);
  works[1] = works[0] ? _hone_work_decide (db, HONE_WORK_LABELS, import, 0, error) : 0;
  return works[1] != 0 &&
         _hone_db_run (db, error, "UPDATE experiment SET deleted = ? WHERE import IS NOT NULL AND import = ?", "ii", (gint64) !!undone, import);
}

/**
 * hone_store_undo_import:
 * @self: a project
 * @import_id: an import
 * @undone: TRUE takes it back as a whole, FALSE brings it back
 * @error: return location; %HONE_STORE_ERROR_CONFLICT where ids of its texts or names of its experiments are taken by now
 *
 * Its texts go or come in slices, between which labels get their turn. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_undo_import (HoneStore  *self,
                        gint64      import_id,
                        gboolean    undone,
                        GError    **error)
{
  HoneDb *db;
  gint64 works[2] = { 0, 0 };

  if (!undone && !check_ids_free (self, -import_id, error))
    return FALSE;
  db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  if (!db)
    return FALSE;
  return _hone_store_end (self, db, decide (db, import_id, undone, works, error), error) && _hone_work_carry_out (self, works[0], error) &&
         _hone_work_carry_out (self, works[1], error);
}
