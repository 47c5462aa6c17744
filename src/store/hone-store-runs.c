/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs and their events. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-private.h"
#include "hone-store-runs.h"

/**
 * hone_run_state_to_string:
 * @state: a state
 *
 * Returns: its name in files and JSON
 */
const char *
hone_run_state_to_string (HoneRunState state)
{
  static const char * const names[] = { "queued", "running", "paused", "succeeded", "failed", "cancelled", "interrupted" };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (names), NULL);
  return names[state];
}

/**
 * hone_run_record_free:
 * @self: (transfer full): a run
 */
void
hone_run_record_free (HoneRunRecord *self)
{
  g_free (self->uuid);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->stage);
  g_free (self->parameters);
  g_free (self->directory);
  g_free (self->error);
  g_free (self);
}

/**
 * hone_store_add_run:
 * @self: a project
 * @run: all but the id
 * @error: return location
 *
 * Returns: the id, 0 with @error
 */
gint64
hone_store_add_run (HoneStore            *self,
                    const HoneRunRecord  *run,
                    GError              **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 id = 0;

  if (!db)
    return 0;
  if (_hone_db_run (db, error,
                    "INSERT INTO run (uuid, kind, title, state, stage, parameters, directory, iteration, progress, error, created, started, ended)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssisssidsiii", run->uuid, run->kind, run->title, (gint64) run->state,
                    run->stage, run->parameters ? run->parameters : "{}", run->directory, run->iteration_id, run->progress, run->error,
                    run->created ? run->created : _hone_store_now (), run->started, run->ended))
    id = sqlite3_last_insert_rowid (db->handle);
  return _hone_store_end (self, db, id != 0, error) ? id : 0;
}

/**
 * hone_store_update_run:
 * @self: a project
 * @run: with the id of a run and its new members
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_update_run (HoneStore            *self,
                       const HoneRunRecord  *run,
                       GError              **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db,
                          _hone_db_run (db, error,
                                        "UPDATE run SET title = ?, state = ?, stage = ?, parameters = ?, directory = ?, iteration = ?,"
                                        " progress = ?, error = ?, started = ?, ended = ? WHERE id = ?", "sisssidsiii", run->title,
                                        (gint64) run->state, run->stage, run->parameters ? run->parameters : "{}", run->directory,
                                        run->iteration_id, run->progress, run->error, run->started, run->ended, run->id), error);
}

#define RUN_COLUMNS \
  "SELECT id, uuid, kind, title, state, stage, parameters, directory, iteration, progress, error, created, started, ended FROM run"

static HoneRunRecord *
read_run (sqlite3_stmt *row)
{
  HoneRunRecord *run = g_new0 (HoneRunRecord, 1);

  run->id = sqlite3_column_int64 (row, 0);
  run->uuid = _hone_db_dup_column (row, 1);
  run->kind = _hone_db_dup_column (row, 2);
  run->title = _hone_db_dup_column (row, 3);
  run->state = sqlite3_column_int (row, 4);
  run->stage = _hone_db_dup_column (row, 5);
  run->parameters = _hone_db_dup_column (row, 6);
  run->directory = _hone_db_dup_column (row, 7);
  run->iteration_id = sqlite3_column_int64 (row, 8);
  run->progress = _hone_db_double (row, 9);
  run->error = _hone_db_dup_column (row, 10);
  run->created = sqlite3_column_int64 (row, 11);
  run->started = sqlite3_column_int64 (row, 12);
  run->ended = sqlite3_column_int64 (row, 13);
  return run;
}

/**
 * hone_store_get_run:
 * @self: a project
 * @run_id: a run
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the run
 */
HoneRunRecord *
hone_store_get_run (HoneStore  *self,
                    gint64      run_id,
                    GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  HoneRunRecord *run = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, RUN_COLUMNS " WHERE id = ?", "i", run_id);
  if (_hone_db_next (db, row, &local))
    {
      run = read_run (row);
      _hone_db_end (row);
    }
  _hone_store_give_back (self, db);
  if (!run && !local)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no run number %" G_GINT64_FORMAT), run_id);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return run;
}

/**
 * hone_store_list_runs:
 * @self: a project
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneRunRecord): all runs, newest first
 */
GPtrArray *
hone_store_list_runs (HoneStore  *self,
                      GError    **error)
{
  g_autoptr(GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_run_record_free);
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, RUN_COLUMNS " ORDER BY id DESC", "");
  while (_hone_db_next (db, row, &local))
    g_ptr_array_add (runs, read_run (row));
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&runs);
}

/**
 * hone_store_add_run_event:
 * @self: a project
 * @run_id: a run
 * @json: one JSON object
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean
hone_store_add_run_event (HoneStore   *self,
                          gint64       run_id,
                          const char  *json,
                          GError     **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_SLICE, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db,
                          _hone_db_run (db, error,
                                        "INSERT INTO run_event (run, sequence, json)"
                                        " SELECT ?1, coalesce (max (sequence), 0) + 1, ?2 FROM run_event WHERE run = ?1", "is", run_id, json),
                          error);
}

/**
 * hone_store_list_run_events:
 * @self: a project
 * @run_id: a run
 * @after_sequence: from 0
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): events in their order
 */
GPtrArray *
hone_store_list_run_events (HoneStore  *self,
                            gint64      run_id,
                            gint64      after_sequence,
                            gsize       limit,
                            GError    **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, "SELECT json FROM run_event WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?", "iii", run_id,
                        after_sequence, (gint64) MIN (limit, G_MAXINT));
  while (_hone_db_next (db, row, &local))
    g_ptr_array_add (events, _hone_db_dup_column (row, 0));
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&events);
}
