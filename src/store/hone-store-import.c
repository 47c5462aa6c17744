/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of an import: out of sight until it is finished. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/hone-near-copy.h"
#include "core/hone-random.h"
#include "hone-store-decisions-private.h"
#include "hone-store-import-private.h"
#include "hone-store-scores-private.h"
#include "hone-store-sets-private.h"

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

static HoneImportModel *
remember_model (HoneStoreImport *self,
                char            *key,
                gint64           id)
{
  HoneImportModel *model = g_new0 (HoneImportModel, 1);

  model->id = id;
  g_hash_table_insert (self->models, key, model);
  return model;
}

static HoneImportModel *
experiment_of (HoneStoreImport  *self,
               HoneDb           *db,
               const char       *model,
               GError          **error)
{
  g_autofree char *key = g_strdup_printf ("x %s", model), *name = g_strdup (model);
  HoneImportModel *known = g_hash_table_lookup (self->models, key);

  if (known)
    return known;
  for (int n = 2; _hone_db_number (db, 0, error, "SELECT count (*) FROM experiment WHERE name = ? AND deleted = 0", "s", name) > 0; n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%d)", model, n);
    }
  if (!_hone_db_run (db, error, "INSERT INTO experiment (name, provider, settings, created, import) VALUES (?, 'imported', '{}', ?, ?)",
                     "sii", name, self->time, self->id))
    return NULL;
  return remember_model (self, g_steal_pointer (&key), sqlite3_last_insert_rowid (db->handle));
}

static HoneImportModel *
iteration_of (HoneStoreImport             *self,
              HoneDb                      *db,
              const HoneImportPrediction  *prediction,
              GError                     **error)
{
  const char *model = prediction->model ? prediction->model : _("imported model");
  g_autofree char *key = g_strdup_printf ("%d %s", prediction->iteration, model);
  HoneImportModel *known = g_hash_table_lookup (self->models, key), *experiment;

  if (known)
    return known;
  experiment = experiment_of (self, db, model, error);
  if (!experiment || !_hone_db_run (db, error,
                                    "INSERT INTO iteration (experiment, number, ontology, settings, created)"
                                    " VALUES (?, ?, (SELECT max (version) FROM ontology), '{}', ?)", "iii", experiment->id,
                                    (gint64) prediction->iteration, self->time))
    return NULL;
  return remember_model (self, g_steal_pointer (&key), sqlite3_last_insert_rowid (db->handle));
}

static gboolean
insert_prediction (HoneStoreImport             *self,
                   HoneDb                      *db,
                   gint64                       example,
                   HoneSplit                    split,
                   gsize                        n_scores,
                   const HoneImportPrediction  *prediction,
                   GError                     **error)
{
  HoneImportModel *iteration = iteration_of (self, db, prediction, error);
  gint64 set;
  g_autoptr(GBytes) scores = prediction->scores ? _hone_scores_pack (prediction->scores, n_scores) : NULL;

  if (!iteration)
    return FALSE;
  set = _hone_sets_intern (db, prediction->outcome == HONE_OUTCOME_ANSWERED ? prediction->categories : NULL, error);
  if (prediction->outcome == HONE_OUTCOME_ANSWERED && !set)
    return FALSE;
  self->counts.predictions[prediction->outcome]++;
  iteration->splits |= 1u << split;
  return _hone_db_run (db, error,
                       "INSERT OR REPLACE INTO prediction (iteration, example, outcome, categories, confidence, scores, raw, reason, time)"
                       " VALUES (?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?)", "iiiidbssi", iteration->id, example, (gint64) prediction->outcome, set,
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
  self->labelled_old |= !fresh && (row->n_labels > 0 || at_once);
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
    if (!insert_prediction (self, db, example, place.split, n_categories, &row->predictions[i], error))
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
