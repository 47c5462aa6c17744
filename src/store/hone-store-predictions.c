/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictions: storing them, and reading what was published. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-store-counts-private.h"
#include "hone-store-experiments.h"
#include "hone-store-private.h"
#include "hone-store-scores-private.h"
#include "hone-store-sets-private.h"

#define PAGE 1000

/* ---- writing ---- */

static gboolean
insert (HoneDb                *db,
        gint64                 iteration,
        gsize                  n_categories,
        const HonePrediction  *item,
        GError               **error)
{
  gboolean answered = item->outcome == HONE_OUTCOME_ANSWERED;
  gint64 set = _hone_sets_intern (db, answered ? item->categories : NULL, error);
  g_autoptr(GBytes) scores = item->scores ? _hone_scores_pack (item->scores, n_categories) : NULL;

  if (answered && !set)
    {
      if (error && !*error)
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT, _("An answer to the text number %" G_GINT64_FORMAT " has no category"),
                     item->example_id);
      return FALSE;
    }
  return _hone_db_run (db, error,
                       "INSERT INTO prediction (iteration, example, outcome, categories, confidence, scores, raw, reason, time)"
                       " VALUES (?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?) ON CONFLICT (iteration, example) DO UPDATE SET"
                       " outcome = excluded.outcome, categories = excluded.categories, confidence = excluded.confidence,"
                       " scores = excluded.scores, raw = excluded.raw, reason = excluded.reason, time = excluded.time"
                       " WHERE excluded.outcome <> 3 OR prediction.outcome = 3",     /* a call that fails takes no answer away */
                       "iiiidbssi", iteration, item->example_id, (gint64) item->outcome, set,
                       item->confidence, scores ? g_bytes_get_data (scores, NULL) : NULL, scores ? g_bytes_get_size (scores) : (gsize) 0,
                       item->raw, item->reason, item->time ? item->time : _hone_store_now ());
}

static gboolean
check_asked (HoneDb   *db,
             gint64    example,
             GError  **error)
{
  g_autoptr(GError) local = NULL;
  gint64 found = _hone_db_number (db, 0, &local, "SELECT 1 FROM example WHERE id = ? AND id <= (SELECT visible FROM project)", "i", example);

  if (!local && !found)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no text number %" G_GINT64_FORMAT), example);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return found != 0;
}

/* Where the split is counted already the answer counts at once. A text that was deleted meanwhile keeps its answer. */
static gboolean
add_one (HoneDb                *db,
         gint64                 iteration,
         gboolean               counted,
         gsize                  n_categories,
         const HonePrediction  *item,
         GError               **error)
{
  if (!check_asked (db, item->example_id, error))
    return FALSE;
  if (!counted)
    return insert (db, iteration, n_categories, item, error);
  return _hone_trained_find (db, item->example_id, error) &&
         _hone_confusion_count (db, iteration, item->example_id, -1, error) &&
         insert (db, iteration, n_categories, item, error) &&
         _hone_confusion_count (db, iteration, item->example_id, 1, error);
}

static gsize
count_categories (HoneStore  *self,
                  gint64      iteration,
                  GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  gsize n;

  if (!db)
    return 0;
  n = _hone_db_number (db, 0, error, "SELECT count (*) FROM category WHERE ontology = (SELECT ontology FROM iteration WHERE id = ?)", "i",
                       iteration);
  _hone_store_give_back (self, db);
  return n;
}

typedef struct {
  gint64                iteration;
  const HonePrediction *items;
  gsize                 n_items, i, n_categories;
} Adding;

static gboolean
add_step (HoneStore  *self,
          HoneDb     *db,
          gpointer    data,
          gboolean   *done,
          GError    **error)
{
  Adding *adding = data;
  g_autoptr(GError) local = NULL;
  gboolean counted = _hone_db_number (db, 0, &local, "SELECT 1 FROM predicted_split WHERE iteration = ? LIMIT 1", "i", adding->iteration) != 0;

  if (!local)
    add_one (db, adding->iteration, counted, adding->n_categories, &adding->items[adding->i], &local);
  *done = ++adding->i == adding->n_items;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_add_predictions:
 * @self: a project
 * @iteration_id: an iteration
 * @items: (array length=n_items): its answers; an earlier one to the same example is replaced
 * @n_items: how many
 * @error: return location
 *
 * Stores predictions in slices of at most 20 ms, between which labels get their turn. No score counts them before
 * hone_store_publish_predictions(); those of a split that was published already count at once. A failed call takes no answer away.
 * Blocks.
 *
 * Returns: whether all are stored
 */
gboolean
hone_store_add_predictions (HoneStore             *self,
                            gint64                 iteration_id,
                            const HonePrediction  *items,
                            gsize                  n_items,
                            GError               **error)
{
  g_autoptr(GError) local = NULL;
  Adding adding = { iteration_id, items, n_items, 0, count_categories (self, iteration_id, &local) };

  if (!local)
    return n_items == 0 || _hone_store_write_slices (self, HONE_WRITE_SLICE, add_step, &adding, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- reading ---- */

#define UNPREDICTED \
  " FROM example e WHERE e.split = ?2 AND e.hidden = 0 AND e.id <= (SELECT visible FROM project)" \
  " AND NOT EXISTS (SELECT 1 FROM prediction p WHERE p.iteration = ?1 AND p.example = e.id AND p.outcome <> 3)"

/**
 * hone_store_has_predictions:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a split
 * @n_missing: (out) (optional): examples of the split without an answer
 * @error: return location
 *
 * Returns: whether the split was predicted and published
 */
gboolean
hone_store_has_predictions (HoneStore  *self,
                            gint64      iteration_id,
                            HoneSplit   split,
                            guint64    *n_missing,
                            GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  gboolean has;

  if (!db)
    return FALSE;
  has = _hone_db_number (db, 0, error, "SELECT 1 FROM predicted_split WHERE iteration = ? AND split = ? AND published = 1", "ii", iteration_id,
                         (gint64) split) != 0;
  if (n_missing)
    *n_missing = _hone_db_number (db, 0, error, "SELECT count (*)" UNPREDICTED, "ii", iteration_id, (gint64) split);
  _hone_store_give_back (self, db);
  return has;
}

/**
 * hone_store_each_unpredicted:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a split
 * @func: called for each, in ascending id; may use the store
 * @data: for @func
 * @error: return location
 *
 * Goes through the examples that the iteration has no answer for: never asked, or failed.
 *
 * Returns: whether all were seen
 */
gboolean
hone_store_each_unpredicted (HoneStore        *self,
                             gint64            iteration_id,
                             HoneSplit         split,
                             HoneExampleFunc   func,
                             gpointer          data,
                             GError          **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(GPtrArray) examples = NULL;
      g_autoptr(GError) local = NULL;
      HoneDb *db = _hone_store_borrow (self, error);
      sqlite3_stmt *row;

      if (!db)
        return FALSE;
      row = _hone_db_query (db, &local, "SELECT e.id" UNPREDICTED " AND e.id > ?3 ORDER BY e.id LIMIT ?4", "iiii", iteration_id, (gint64) split,
                            after, (gint64) PAGE);
      while (_hone_db_next (db, row, &local))
        {
          gint64 id = sqlite3_column_int64 (row, 0);

          g_array_append_val (ids, id);
        }
      _hone_store_give_back (self, db);
      if (local)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (ids->len == 0)
        return TRUE;
      examples = hone_store_get_examples (self, (const gint64 *) (gpointer) ids->data, ids->len, error);
      if (!examples)
        return FALSE;
      for (guint i = 0; i < examples->len; i++)
        if (!func (examples->pdata[i], data, error))
          return FALSE;
      after = g_array_index (ids, gint64, ids->len - 1);
    }
}

typedef struct {
  HonePrediction  item;
  gint64          iteration, set;
  double         *scores;
  char           *raw, *reason;
} PredictionRow;

static void
prediction_row_clear (gpointer data)
{
  PredictionRow *row = data;

  g_clear_pointer (&row->item.categories, hone_category_set_unref);
  g_free (row->scores);
  g_free (row->raw);
  g_free (row->reason);
}

/* Columns: iteration, example, outcome, categories, confidence, scores, raw, reason, time. */
static gboolean
read_rows (HoneStore     *self,
           HoneDb        *db,
           sqlite3_stmt  *found,
           GArray        *rows,
           GError       **error)
{
  g_autoptr(GError) local = NULL;

  while (_hone_db_next (db, found, &local))
    {
      PredictionRow row = { 0 };
      gsize n;

      row.iteration = sqlite3_column_int64 (found, 0);
      row.item.example_id = sqlite3_column_int64 (found, 1);
      row.item.outcome = sqlite3_column_int (found, 2);
      row.set = sqlite3_column_int64 (found, 3);
      row.item.confidence = _hone_db_double (found, 4);
      row.scores = _hone_scores_unpack (sqlite3_column_blob (found, 5), sqlite3_column_bytes (found, 5), &n);
      row.raw = _hone_db_dup_column (found, 6);
      row.reason = _hone_db_dup_column (found, 7);
      row.item.time = sqlite3_column_int64 (found, 8);
      row.item.scores = row.scores;
      row.item.raw = row.raw;
      row.item.reason = row.reason;
      g_array_append_val (rows, row);
    }
  for (guint i = 0; i < rows->len && !local; i++)
    {
      PredictionRow *row = &g_array_index (rows, PredictionRow, i);

      row->item.categories = _hone_sets_get (db, row->set, &local);
    }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

#define PREDICTION_COLUMNS \
  "SELECT p.iteration, p.example, p.outcome, p.categories, p.confidence, p.scores, p.raw, p.reason, p.time FROM prediction p"

/**
 * hone_store_each_prediction:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a #HoneSplit, or -1 for all that were published
 * @func: called for each, in ascending example id; may use the store
 * @data: for @func
 * @error: return location
 *
 * Returns: whether all were seen
 */
gboolean
hone_store_each_prediction (HoneStore           *self,
                            gint64               iteration_id,
                            int                  split,
                            HonePredictionFunc   func,
                            gpointer             data,
                            GError             **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (PredictionRow));
      HoneDb *db = _hone_store_borrow (self, error);
      gboolean good;

      if (!db)
        return FALSE;
      g_array_set_clear_func (rows, prediction_row_clear);
      good = read_rows (self, db,
                        _hone_db_query (db, error,
                                        PREDICTION_COLUMNS " JOIN example e ON e.id = p.example WHERE p.iteration = ?1 AND p.example > ?2"
                                        " AND e.hidden = 0 AND (?3 < 0 OR e.split = ?3) AND e.id <= (SELECT visible FROM project)"
                                        " AND EXISTS (SELECT 1 FROM predicted_split s WHERE s.iteration = p.iteration AND s.split = e.split AND s.published = 1)"
                                        " ORDER BY p.example LIMIT ?4", "iiii", iteration_id, after, (gint64) split, (gint64) PAGE),
                        rows, error);
      _hone_store_give_back (self, db);
      for (guint i = 0; good && i < rows->len; i++)
        {
          after = g_array_index (rows, PredictionRow, i).item.example_id;
          good = func (&g_array_index (rows, PredictionRow, i).item, data, error);
        }
      if (!good)
        return FALSE;
      if (rows->len == 0)
        return TRUE;
    }
}

/**
 * hone_store_each_prediction_of:
 * @self: a project
 * @example_id: an example
 * @func: called for each published iteration that was asked, in their order; may use the store
 * @data: for @func
 * @error: return location
 *
 * Returns: whether all were seen
 */
gboolean
hone_store_each_prediction_of (HoneStore                  *self,
                               gint64                      example_id,
                               HoneExamplePredictionFunc   func,
                               gpointer                    data,
                               GError                    **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (PredictionRow));
  HoneDb *db = _hone_store_borrow (self, error);
  gboolean good;

  if (!db)
    return FALSE;
  g_array_set_clear_func (rows, prediction_row_clear);
  good = read_rows (self, db,
                    _hone_db_query (db, error,
                                    PREDICTION_COLUMNS " JOIN iteration i ON i.id = p.iteration JOIN experiment x ON x.id = i.experiment"
                                    " JOIN example e ON e.id = p.example JOIN predicted_split s ON s.iteration = i.id AND s.split = e.split"
                                    " WHERE p.example = ? AND i.published = 1 AND x.deleted = 0 AND s.published = 1 ORDER BY i.experiment, i.number", "i",
                                    example_id),
                    rows, error);
  _hone_store_give_back (self, db);
  for (guint i = 0; good && i < rows->len; i++)
    {
      const PredictionRow *row = &g_array_index (rows, PredictionRow, i);

      good = func (row->iteration, &row->item, data, error);
    }
  return good;
}
