/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One import: its beginning and, where it is not finished, its end. */
#include "config.h"

#include "hone-store-import-private.h"
#include "hone-store-sweep-private.h"

static gboolean
tell_splitter (HoneStoreImport  *self,
               HoneDb           *db,
               GError          **error)
{
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, "SELECT split, reference, n FROM example_count WHERE n > 0", "");

  while (_hone_db_next (db, row, &local))
    hone_splitter_count (self->splitter, sqlite3_column_int64 (row, 1), sqlite3_column_int (row, 0), sqlite3_column_int64 (row, 2));
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_import_begin:
 * @store: a project
 * @source: where the texts come from, for the history
 * @format: name of the format
 * @shares: (nullable): roles are dealt to rows without one
 * @error: return location
 *
 * Begins an import. Only one at a time. Blocks.
 *
 * Returns: (transfer full) (nullable): the import
 */
HoneStoreImport *
hone_store_import_begin (HoneStore         *store,
                         const char        *source,
                         const char        *format,
                         const HoneShares  *shares,
                         GError           **error)
{
  HoneStoreImport *self;
  HoneDb *db;
  gboolean good;

  g_return_val_if_fail (HONE_IS_STORE (store) && source && format, NULL);

  if (!_hone_store_take_importing (store, error))
    return NULL;
  db = _hone_store_begin (store, HONE_WRITE_LABEL, error);
  if (!db)
    {
      _hone_store_set_importing (store, FALSE);
      return NULL;
    }
  self = g_new0 (HoneStoreImport, 1);
  self->store = g_object_ref (store);
  self->time = _hone_store_now ();
  self->choice = _hone_store_get_choice (store);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (shares)
    self->splitter = hone_splitter_new (shares, hone_store_get_seed (store));
  good = _hone_db_script (db, "CREATE TEMP TABLE IF NOT EXISTS join_key (key TEXT PRIMARY KEY, example INTEGER) WITHOUT ROWID;"
                              "DELETE FROM temp.join_key", error) &&
         (!self->splitter || tell_splitter (self, db, error)) &&
         _hone_db_run (db, error, "INSERT INTO import (source, format, time, state) VALUES (?, ?, ?, 'open')", "ssi", source, format,
                       self->time);
  self->id = sqlite3_last_insert_rowid (db->handle);
  self->first = good ? _hone_db_number (db, 0, error, "SELECT coalesce (max (id), 0) FROM example", "") + 1 : 0;
  if (_hone_store_end (store, db, good, error))
    return self;
  self->id = 0;
  hone_store_import_free (self);
  return NULL;
}

/**
 * hone_store_import_get_counts:
 * @self: an import
 * @counts: (out caller-allocates): what it stored so far
 *
 * Looks through the labels of the import for those that count: for the end of an import or a dry run, not for every batch.
 */
void
hone_store_import_get_counts (HoneStoreImport  *self,
                              HoneImportCounts *counts)
{
  if (!self->finished)
    {
      HoneDb *db = _hone_store_begin (self->store, HONE_WRITE_SLICE, NULL);

      if (db)
        {
          self->counts.current = _hone_import_count_current (self, db);
          _hone_store_end (self->store, db, TRUE, NULL);
        }
    }
  *counts = self->counts;
}

/**
 * hone_store_import_free:
 * @self: (transfer full): an import
 *
 * Ends it. What was not finished is taken back, in slices; where even that fails it is swept at the next open. Blocks.
 */
void
hone_store_import_free (HoneStoreImport *self)
{
  if (!self->finished && self->id)
    _hone_import_remove (self->store, self->id, NULL);
  _hone_store_set_importing (self->store, FALSE);
  g_clear_pointer (&self->splitter, hone_splitter_free);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->models);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * hone_store_import_set_ontology:
 * @self: an import
 * @ontology: the one that hone_store_import_finish() will be given
 *
 * For the first import into a project without categories: tells of the choice rule and the number of scores beforehand.
 */
void
hone_store_import_set_ontology (HoneStoreImport     *self,
                                const HoneOntology  *ontology)
{
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  self->ontology = hone_ontology_copy (ontology);
}
