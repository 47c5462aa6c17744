/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One import: rows stay out of sight until the last, short transaction. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/hone-near-copy.h"
#include "core/hone-random.h"
#include "hone-store-counts-private.h"
#include "hone-store-decisions-private.h"
#include "hone-store-import.h"
#include "hone-store-ontology-private.h"
#include "hone-store-private.h"
#include "hone-store-scores-private.h"
#include "hone-store-sets-private.h"
#include "hone-store-sweep-private.h"

struct _HoneStoreImport {
  HoneStore        *store;
  gint64            id;
  gint64            first;        /* examples below this id were there before */
  gint64            time;
  HoneChoice        choice;
  HoneOntology     *ontology;     /* (nullable): that comes with this import */
  HoneSplitter     *splitter;     /* (nullable) */
  HoneImportCounts  counts;
  GHashTable       *places;       /* "split state reference" of new examples → count */
  GHashTable       *models;       /* "iteration model" → id of the iteration */
  gboolean          finished;
};

/* ---- beginning ---- */

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

/* Labels of this import that count: the newest of each author on each example. */
static guint64
count_current (HoneStoreImport *self,
               HoneDb          *db)
{
  return _hone_db_number (db, self->counts.labels, NULL,
                          "SELECT count (*) FROM label l WHERE l.import IS NOT NULL AND l.import = ? AND l.categories IS NOT NULL"
                          " AND NOT EXISTS (SELECT 1 FROM label n WHERE n.example = l.example AND n.author = l.author AND +n.import = l.import"
                          " AND (n.time, n.id) > (l.time, l.id))", "i", self->id);
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
          self->counts.current = count_current (self, db);
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
    {
      gboolean done = FALSE, good = TRUE;

      while (good && !done)
        {
          HoneDb *db = _hone_store_begin (self->store, HONE_WRITE_SWEEP, NULL);

          good = db && _hone_store_end (self->store, db, _hone_import_sweep (db, self->id, &done, NULL), NULL);
        }
    }
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

/* ---- one row ---- */

static void
count_place (HoneStoreImport  *self,
             const HonePlace  *place,
             gint64            n)
{
  g_autofree char *key = g_strdup_printf ("%d %d %" G_GINT64_FORMAT, place->split, place->state, place->reference);
  gint64 *count = g_hash_table_lookup (self->places, key);

  if (!count)
    {
      count = g_new0 (gint64, 1);
      g_hash_table_insert (self->places, g_steal_pointer (&key), count);
    }
  *count += n;
}

/* The example that the row belongs to; 0: none yet. */
static gint64
find_joined (HoneStoreImport      *self,
             HoneDb               *db,
             const HoneImportRow  *row,
             guint64               fold,
             HoneImportResult     *result,
             GError              **error)
{
  gint64 id = 0;

  if (row->join_key)
    id = _hone_db_number (db, 0, error, "SELECT example FROM temp.join_key WHERE key = ?", "s", row->join_key);
  if (!id && row->external_id)
    {
      sqlite3_stmt *found = _hone_db_query (db, error,
                                            "SELECT id, text = ?2 FROM example WHERE external_id IS NOT NULL AND external_id = ?1 AND hidden = 0",
                                            "ss", row->external_id, row->text);

      if (_hone_db_next (db, found, error))
        {
          id = sqlite3_column_int64 (found, 0);
          result->id_conflict = row->text && !sqlite3_column_int (found, 1);
          _hone_db_end (found);
        }
    }
  else if (!id && row->join_by_text && row->text)
    {
      id = _hone_db_number (db, 0, error, "SELECT id FROM example WHERE fold = ? AND text = ? AND import = ? AND hidden = 0 AND id >= ?",
                            "isii", (gint64) fold, row->text, self->id, self->first);
    }
  return id;
}

static gint64
stratum_of (HoneDb               *db,
            const HoneImportRow  *row,
            GError              **error)
{
  HoneCategorySet *set = row->known;

  for (gsize i = 0; i < row->n_labels && !set; i++)
    set = row->labels[i].categories;
  return _hone_sets_intern (db, set, error);
}

typedef struct {
  gint64   copy_role;      /* split of the first near copy, -1: none */
  gboolean train, others;  /* near copies on either side */
  gboolean any;
} Copies;

static gboolean
find_copies (HoneDb   *db,
             guint64   fold,
             Copies   *copies,
             GError  **error)
{
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, "SELECT split FROM example WHERE fold = ? AND hidden = 0 ORDER BY id", "i", (gint64) fold);

  *copies = (Copies) { -1, FALSE, FALSE, FALSE };
  while (_hone_db_next (db, row, &local))
    {
      HoneSplit split = sqlite3_column_int (row, 0);

      if (copies->copy_role < 0)
        copies->copy_role = split;
      copies->any = TRUE;
      if (split == HONE_SPLIT_TRAIN)
        copies->train = TRUE;
      else
        copies->others = TRUE;
      if (copies->train && copies->others)
        {
          _hone_db_end (row);
          break;
        }
    }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What a row with one label and nothing else to weigh refers to: nearly every labelled row, known before the example is written. */
static gboolean
place_by_label (HoneDb               *db,
                const HoneImportRow  *row,
                HonePlace            *place,
                GError              **error)
{
  *place = (HonePlace) { .state = HONE_REFERENCE_NONE, .shown = TRUE };
  if (row->n_labels != 1 || !row->labels[0].categories)
    return TRUE;
  place->state = HONE_REFERENCE_LABELLED;
  place->reference = _hone_sets_intern (db, row->labels[0].categories, error);
  return place->reference != 0;
}

static gint64
insert_example (HoneStoreImport      *self,
                HoneDb               *db,
                const HoneImportRow  *row,
                guint64               fold,
                HoneImportResult     *result,
                HonePlace            *place,
                GError              **error)
{
  gint64 id = _hone_db_number (db, 0, error, "SELECT coalesce (max (id), 0) + 1 FROM example", "");
  int origin = row->split >= 0 ? 1 : 0;
  Copies copies;

  if (id == 0 || !find_copies (db, fold, &copies, error))
    return 0;
  result->split = row->split >= 0 ? (HoneSplit) row->split : HONE_SPLIT_TRAIN;
  if (row->split < 0 && self->splitter)
    {
      g_autoptr(GError) local = NULL;
      gint64 stratum = stratum_of (db, row, &local);

      if (local)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return 0;
        }
      result->split = copies.any ? (HoneSplit) copies.copy_role : hone_splitter_next (self->splitter, stratum);
      if (copies.any)
        hone_splitter_count (self->splitter, stratum, result->split, 1);
      origin = 2;
    }
  result->leak = result->split == HONE_SPLIT_TRAIN ? copies.others : copies.train;
  if (copies.any && !row->external_id)
    result->duplicate_text = _hone_db_number (db, 0, error, "SELECT 1 FROM example WHERE fold = ? AND text = ? AND split = ? AND hidden = 0",
                                              "isi", (gint64) fold, row->text, (gint64) result->split) != 0;
  if (copies.any && !_hone_db_run (db, error, "UPDATE example SET copied = 1 WHERE fold = ? AND copied = 0", "i", (gint64) fold))
    return 0;
  if (!place_by_label (db, row, place, error))
    return 0;
  place->split = result->split;
  if (!_hone_db_run (db, error,
                     "INSERT INTO example (id, external_id, text, split, split_origin, flag, import, fold, random, meta, state, reference, copied)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?)", "issiiiiiisiii", id, row->external_id, row->text,
                     (gint64) result->split, (gint64) origin, (gint64) !!row->flag, self->id, (gint64) fold,
                     (gint64) (hone_random_mix (hone_store_get_seed (self->store), (guint64) id) >> 1), row->meta, (gint64) place->state,
                     place->reference, (gint64) copies.any) ||
      !_hone_db_run (db, error, "INSERT INTO search (rowid, text) VALUES (?, ?)", "is", id, row->text))
    return 0;
  count_place (self, place, 1);
  self->counts.examples++;
  self->counts.splits[result->split]++;
  return id;
}

/* The same decision again (same author, time and categories) is no second label. */
static gboolean
insert_label (HoneStoreImport  *self,
              HoneDb           *db,
              gint64            example,
              const HoneLabel  *label,
              gboolean          first,      /* the example has none yet */
              GError          **error)
{
  g_autoptr(GError) local = NULL;
  gint64 author = _hone_author_intern (db, label->author ? label->author : "import", error), set, before;
  gint64 time = label->time ? label->time : self->time;

  if (!author)
    return FALSE;
  set = _hone_sets_intern (db, label->categories, error);
  if (label->categories && !set)
    return FALSE;
  before = first ? 0
                 : _hone_db_number (db, 0, &local,
                            "SELECT count (*) FROM label WHERE example = ? AND author = ? AND time = ? AND coalesce (categories, 0) = ?",
                            "iiii", example, author, time, set);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (before)
    return TRUE;
  if (set)
    self->counts.labels++;
  else
    self->counts.skipped++;
  return _hone_db_run (db, error,
                       "INSERT INTO label (example, author, time, origin, categories, note, import) VALUES (?, ?, ?, ?, nullif (?, 0), ?, ?)",
                       "iiiiisi", example, author, time, (gint64) label->origin, set, label->note, self->id);
}

/* Reference of an example of this import, from the labels of this import alone. */
static gboolean
update_new (HoneStoreImport  *self,
            HoneDb           *db,
            gint64            example,
            HonePlace        *place,
            GError          **error)
{
  g_autoptr(GArray) decisions = g_array_new (FALSE, FALSE, sizeof (HoneDecision));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_category_set_unref);
  g_auto(HoneReference) reference = { 0 };
  g_autoptr(GError) local = NULL;
  HonePlace to = *place;
  sqlite3_stmt *found = _hone_db_query (db, &local,
                                        "SELECT author, time, id, origin, coalesce (categories, 0) FROM label WHERE example = ?", "i", example);

  while (_hone_db_next (db, found, &local))
    {
      HoneDecision decision = { sqlite3_column_int64 (found, 0), sqlite3_column_int64 (found, 1), sqlite3_column_int64 (found, 2),
                                sqlite3_column_int (found, 3), NULL };
      gint64 set = sqlite3_column_int64 (found, 4);

      g_array_append_val (decisions, decision);
      g_array_append_val (ids, set);
    }
  for (guint i = 0; i < ids->len && !local; i++)
    {
      HoneCategorySet *set = _hone_sets_get (db, g_array_index (ids, gint64, i), &local);

      g_array_index (decisions, HoneDecision, i).categories = set;
      if (set)
        g_ptr_array_add (sets, set);
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  hone_reference_find ((const HoneDecision *) (gpointer) decisions->data, decisions->len, self->choice, &reference);
  to.state = reference.state;
  to.reference = _hone_sets_intern (db, reference.categories, error);
  if (reference.categories && !to.reference)
    return FALSE;
  count_place (self, place, -1);
  count_place (self, &to, 1);
  *place = to;
  return _hone_db_run (db, error, "UPDATE example SET state = ?, reference = nullif (?, 0), conflicting = ? WHERE id = ?", "iiii",
                       (gint64) to.state, to.reference, (gint64) reference.conflicting, example);
}

static gint64
iteration_of (HoneStoreImport             *self,
              HoneDb                      *db,
              const HoneImportPrediction  *prediction,
              GError                     **error)
{
  const char *model = prediction->model ? prediction->model : _("imported model");
  g_autofree char *key = g_strdup_printf ("%d %s", prediction->iteration, model), *experiment_key = g_strdup_printf ("x %s", model);
  gint64 *known = g_hash_table_lookup (self->models, key), *experiment = g_hash_table_lookup (self->models, experiment_key);
  gint64 id;

  if (known)
    return *known;
  if (!experiment)
    {
      g_autofree char *name = g_strdup (model);

      for (int n = 2; _hone_db_number (db, 0, error, "SELECT count (*) FROM experiment WHERE name = ? AND deleted = 0", "s", name) > 0; n++)
        {
          g_free (name);
          name = g_strdup_printf ("%s (%d)", model, n);
        }
      if (!_hone_db_run (db, error, "INSERT INTO experiment (name, provider, settings, created, import) VALUES (?, 'imported', '{}', ?, ?)",
                         "sii", name, self->time, self->id))
        return 0;
      experiment = g_new (gint64, 1);
      *experiment = sqlite3_last_insert_rowid (db->handle);
      g_hash_table_insert (self->models, g_steal_pointer (&experiment_key), experiment);
    }
  if (!_hone_db_run (db, error,
                     "INSERT INTO iteration (experiment, number, ontology, settings, created)"
                     " VALUES (?, ?, (SELECT max (version) FROM ontology), '{}', ?)", "iii", *experiment,
                     (gint64) prediction->iteration, self->time))
    return 0;
  id = sqlite3_last_insert_rowid (db->handle);
  g_hash_table_insert (self->models, g_steal_pointer (&key), g_memdup2 (&id, sizeof id));
  return id;
}

static gboolean
insert_prediction (HoneStoreImport             *self,
                   HoneDb                      *db,
                   gint64                       example,
                   gsize                        n_scores,
                   const HoneImportPrediction  *prediction,
                   GError                     **error)
{
  gint64 iteration = iteration_of (self, db, prediction, error), set;
  g_autoptr(GBytes) scores = prediction->scores ? _hone_scores_pack (prediction->scores, n_scores) : NULL;

  if (!iteration)
    return FALSE;
  set = _hone_sets_intern (db, prediction->outcome == HONE_OUTCOME_ANSWERED ? prediction->categories : NULL, error);
  if (prediction->outcome == HONE_OUTCOME_ANSWERED && !set)
    return FALSE;
  self->counts.predictions[prediction->outcome]++;
  return _hone_db_run (db, error,
                       "INSERT OR REPLACE INTO prediction (iteration, example, outcome, categories, confidence, scores, raw, reason, time)"
                       " VALUES (?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?)", "iiiidbssi", iteration, example, (gint64) prediction->outcome, set,
                       prediction->confidence, scores ? g_bytes_get_data (scores, NULL) : NULL, scores ? g_bytes_get_size (scores) : 0,
                       prediction->raw, prediction->reason, prediction->time ? prediction->time : self->time);
}

static gboolean
add_row (HoneStoreImport      *self,
         HoneDb               *db,
         gsize                 n_categories,
         const HoneImportRow  *row,
         HoneImportResult     *result,
         GError              **error)
{
  g_autoptr(GError) local = NULL;
  guint64 fold = row->text ? hone_near_copy_hash (row->text) : 0;
  HonePlace place = { 0 };
  gint64 example, before = 0, after = 0;
  gboolean new, fresh, at_once;

  memset (result, 0, sizeof *result);
  example = find_joined (self, db, row, fold, result, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (result->id_conflict)
    return TRUE;
  result->unknown_id = !example && (row->must_exist || !row->text);
  if (result->unknown_id)
    return TRUE;

  result->joined = example != 0;
  new = !example;
  if (new)
    example = insert_example (self, db, row, fold, result, &place, error);
  else if (!_hone_place_get (db, example, &place, error))
    example = 0;
  if (!example)
    return FALSE;
  result->split = place.split;
  if (row->join_key &&
      !_hone_db_run (db, error, "INSERT OR IGNORE INTO temp.join_key (key, example) VALUES (?, ?)", "si", row->join_key, example))
    return FALSE;

  fresh = example >= self->first;
  before = new ? 0 : place.reference;
  for (gsize i = 0; i < row->n_labels; i++)
    if (!insert_label (self, db, example, &row->labels[i], new && i == 0, error))
      return FALSE;
  /* Known answers are hidden in train alone. */
  at_once = row->known && place.split != HONE_SPLIT_TRAIN;
  if (at_once)
    {
      HoneLabel label = { .origin = HONE_ORIGIN_IMPORTED, .categories = row->known };

      if (!insert_label (self, db, example, &label, FALSE, error))
        return FALSE;
    }
  if (fresh && (new ? row->n_labels > 1 || at_once : row->n_labels > 0 || at_once) && !update_new (self, db, example, &place, error))
    return FALSE;
  after = place.reference;
  if (result->duplicate_text && after != before)
    result->conflicting_labels = _hone_db_number (db, 0, error,
                                                  "SELECT 1 FROM example WHERE fold = ? AND text = ? AND split = ? AND hidden = 0 AND id <> ?"
                                                  " AND reference IS NOT NULL AND reference <> ?", "isiii", (gint64) fold, row->text,
                                                  (gint64) place.split, example, after) != 0;
  if (row->known && !at_once)
    {
      gint64 set = _hone_sets_intern (db, row->known, error);

      if (!set || !_hone_db_run (db, error, "INSERT OR IGNORE INTO known (example, categories, import) VALUES (?, ?, ?)", "iii", example, set,
                                 self->id))
        return FALSE;
      self->counts.known += sqlite3_changes (db->handle);
    }
  for (gsize i = 0; i < row->n_predictions; i++)
    if (!insert_prediction (self, db, example, n_categories, &row->predictions[i], error))
      return FALSE;
  return *error == NULL;
}

typedef struct {
  HoneStoreImport      *import;
  const HoneImportRow  *rows;
  HoneImportResult     *results;
  gsize                 n_rows, i, n_categories;
} Adding;

static gboolean
add_step (HoneStore  *store,
          HoneDb     *db,
          gpointer    data,
          gboolean   *done,
          GError    **error)
{
  Adding *adding = data;
  g_autoptr(GError) local = NULL;

  if (!add_row (adding->import, db, adding->n_categories, &adding->rows[adding->i], &adding->results[adding->i], &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *done = ++adding->i == adding->n_rows;
  return TRUE;
}

/**
 * hone_store_import_add:
 * @self: an import
 * @rows: (array length=n_rows): what to store
 * @n_rows: how many
 * @results: (out caller-allocates) (array length=n_rows): what became of each
 * @error: return location
 *
 * Stores rows in slices of at most 20 ms, between which labels get their turn. Blocks.
 *
 * Returns: FALSE with @error where the file could not be written; the import can then only be freed
 */
gboolean
hone_store_import_add (HoneStoreImport      *self,
                       const HoneImportRow  *rows,
                       gsize                 n_rows,
                       HoneImportResult     *results,
                       GError              **error)
{
  g_autoptr(HoneOntology) ontology = self->ontology ? hone_ontology_ref (self->ontology) : hone_store_dup_ontology (self->store);
  Adding adding = { self, rows, results, n_rows, 0, hone_ontology_get_size (ontology) };

  self->choice = hone_ontology_get_choice (ontology);
  return n_rows == 0 || _hone_store_write_slices (self->store, HONE_WRITE_SLICE, add_step, &adding, error);
}

/* ---- finishing ---- */

static gboolean
publish_models (HoneStoreImport  *self,
                HoneDb           *db,
                GError          **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      gint64 iteration = *(gint64 *) value;

      if (((const char *) key)[0] == 'x')
        continue;
      if (!_hone_db_run (db, error, "UPDATE iteration SET published = 1, ontology = (SELECT max (version) FROM ontology) WHERE id = ?", "i",
                         iteration) ||
          !_hone_db_run (db, error,
                         "INSERT OR IGNORE INTO predicted_split (iteration, split) SELECT DISTINCT p.iteration, e.split FROM prediction p"
                         " JOIN example e ON e.id = p.example WHERE p.iteration = ?", "i", iteration))
        return FALSE;
      for (int split = 0; split < HONE_N_SPLITS; split++)
        if (!_hone_confusion_recount (db, iteration, split, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
add_counts (HoneStoreImport  *self,
            HoneDb           *db,
            GError          **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto(GStrv) parts = g_strsplit (key, " ", 3);

      if (*(gint64 *) value != 0 &&
          !_hone_count_add (db, atoi (parts[0]), atoi (parts[1]), g_ascii_strtoll (parts[2], NULL, 10), *(gint64 *) value, error))
        return FALSE;
    }
  return TRUE;
}

/* Labels that fell on examples which were there before. */
static gboolean
update_old (HoneStoreImport  *self,
            HoneDb           *db,
            GError          **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, "SELECT DISTINCT example FROM label WHERE import IS NOT NULL AND import = ? AND example < ?",
                                      "ii", self->id, self->first);

  while (_hone_db_next (db, row, &local))
    {
      gint64 id = sqlite3_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len && !local; i++)
    _hone_reference_update (self->store, db, g_array_index (ids, gint64, i), &local);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_import_finish:
 * @self: an import
 * @ontology: (nullable): becomes the project's in the same transaction
 * @error: return location
 *
 * Makes everything visible at once. Blocks. @self must still be freed.
 *
 * Returns: the id of the import, 0 with @error
 */
gint64
hone_store_import_finish (HoneStoreImport     *self,
                          const HoneOntology  *ontology,
                          GError             **error)
{
  HoneDb *db;
  gboolean good;

  g_return_val_if_fail (!self->finished, 0);

  db = _hone_store_begin (self->store, HONE_WRITE_LABEL, error);
  if (!db)
    return 0;
  good = (!ontology || _hone_ontology_write (self->store, db, ontology, error)) &&
         _hone_db_run (db, error, "UPDATE import SET state = 'done', examples = ?, labels = ? WHERE id = ?", "iii",
                       (gint64) self->counts.examples, (gint64) self->counts.labels, self->id) &&
         _hone_db_run (db, error, "UPDATE project SET visible = (SELECT coalesce (max (id), 0) FROM example)", "") &&
         add_counts (self, db, error);
  if (ontology)
    _hone_store_forget_ontology (self->store);
  good = good && update_old (self, db, error) &&
         (!ontology || hone_ontology_get_choice (ontology) == self->choice || _hone_reference_update_all (self->store, db, error)) &&
         publish_models (self, db, error);
  self->finished = _hone_store_end (self->store, db, good, error);
  if (ontology)
    _hone_store_forget_ontology (self->store);
  if (self->finished)
    {
      HoneDb *reader = _hone_store_borrow (self->store, NULL);

      self->counts.current = self->counts.labels;
      if (reader)
        {
          self->counts.current = count_current (self, reader);
          _hone_store_give_back (self->store, reader);
        }
    }
  return self->finished ? self->id : 0;
}

/* ---- history ---- */

/**
 * hone_import_info_free:
 * @self: (transfer full): an import
 */
void
hone_import_info_free (HoneImportInfo *self)
{
  g_free (self->source);
  g_free (self->format);
  g_free (self);
}

/**
 * hone_store_list_imports:
 * @self: a project
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneImportInfo): all that were finished, newest first
 */
GPtrArray *
hone_store_list_imports (HoneStore  *self,
                         GError    **error)
{
  g_autoptr(GPtrArray) imports = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_import_info_free);
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, "SELECT id, source, format, time, examples, labels, state = 'undone' FROM import WHERE state <> 'open'"
                                    " ORDER BY id DESC", "");
  while (_hone_db_next (db, row, &local))
    {
      HoneImportInfo *info = g_new0 (HoneImportInfo, 1);

      info->id = sqlite3_column_int64 (row, 0);
      info->source = _hone_db_dup_column (row, 1);
      info->format = _hone_db_dup_column (row, 2);
      info->time = sqlite3_column_int64 (row, 3);
      info->examples = sqlite3_column_int64 (row, 4);
      info->labels = sqlite3_column_int64 (row, 5);
      info->undone = sqlite3_column_int (row, 6);
      g_ptr_array_add (imports, info);
    }
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&imports);
}
