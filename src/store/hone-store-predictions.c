/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictions, and what is scored. */
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

/* Where the split is published already the answer counts at once. A text that was deleted meanwhile keeps its answer. */
static gboolean
add_one (HoneDb                *db,
         gint64                 iteration,
         gboolean               published,
         gsize                  n_categories,
         const HonePrediction  *item,
         GError               **error)
{
  if (!check_asked (db, item->example_id, error))
    return FALSE;
  if (!published)
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
  gsize n_categories = count_categories (self, iteration_id, &local), i = 0;

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  while (i < n_items)
    {
      HoneDb *db = _hone_store_begin (self, HONE_WRITE_SLICE, error);
      gint64 until = g_get_monotonic_time () + (gint64) (HONE_SLICE_SECONDS * G_USEC_PER_SEC * 0.75);
      gboolean good = TRUE, published;

      if (!db)
        return FALSE;
      published = _hone_db_number (db, 0, &local, "SELECT 1 FROM predicted_split WHERE iteration = ? LIMIT 1", "i", iteration_id) != 0;
      if (local)
        {
          _hone_store_end (self, db, FALSE, NULL);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      do
        good = add_one (db, iteration_id, published, n_categories, &items[i], error);
      while (good && ++i < n_items && g_get_monotonic_time () < until);
      if (!_hone_store_end (self, db, good, error))
        return FALSE;
    }
  return TRUE;
}

/* Disagreement of an example: 1 - the greatest share of equal answers among the newest iterations of all experiments. */
#define NEWEST \
  "SELECT max (i.id) FROM iteration i JOIN experiment x ON x.id = i.experiment JOIN predicted_split s ON s.iteration = i.id" \
  " WHERE i.published = 1 AND x.deleted = 0 GROUP BY x.id"

static gboolean
update_disagreement (HoneStore  *self,
                     HoneSplit   split,
                     GError    **error)
{
  HoneFilter filter = HONE_FILTER_ALL;
  gint64 after = 0;

  filter.split = split;
  for (;;)
    {
      g_autoptr(GArray) ids = hone_store_list_ids (self, &filter, HONE_QUEUE_IMPORTED, after, PAGE, NULL, error);
      gint64 last;
      HoneDb *db;
      gboolean good;

      if (!ids)
        return FALSE;
      if (ids->len == 0)
        return TRUE;
      last = g_array_index (ids, gint64, ids->len - 1);
      db = _hone_store_begin (self, HONE_WRITE_SLICE, error);
      if (!db)
        return FALSE;
      good = _hone_db_run (db, error, "DELETE FROM disagreement WHERE example > ? AND example <= ?", "ii", after, last) &&
             _hone_db_run (db, error,
                           "INSERT OR REPLACE INTO disagreement (example, score) SELECT example, 1.0 - 1.0 * max (n) / sum (n) AS score FROM"
                           " (SELECT p.example AS example, count (*) AS n FROM prediction p WHERE p.iteration IN (" NEWEST ")"
                           "  AND p.example > ? AND p.example <= ? AND p.outcome <> 3 GROUP BY p.example, p.outcome, p.categories)"
                           " GROUP BY example HAVING count (*) > 1", "ii", after, last);
      if (!_hone_store_end (self, db, good, error))
        return FALSE;
      after = last;
    }
}

/**
 * hone_store_publish_predictions:
 * @self: a project
 * @iteration_id: an iteration
 * @split: the split that was predicted
 * @error: return location
 *
 * Makes the predictions of a split count, all at once; again after more of them were added. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_publish_predictions (HoneStore  *self,
                                gint64      iteration_id,
                                HoneSplit   split,
                                GError    **error)
{
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 n_models;
  gboolean good;

  if (!db)
    return FALSE;
  good = _hone_db_run (db, error, "INSERT OR IGNORE INTO predicted_split (iteration, split) VALUES (?, ?)", "ii", iteration_id, (gint64) split) &&
         _hone_confusion_recount (db, iteration_id, split, error);
  if (!_hone_store_end (self, db, good, error))
    return FALSE;

  db = _hone_store_borrow (self, error);
  if (!db)
    return FALSE;
  n_models = _hone_db_number (db, 0, &local, "SELECT count (*) FROM (" NEWEST ")", "");
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return n_models < 2 || update_disagreement (self, split, error);
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
  has = _hone_db_number (db, 0, error, "SELECT 1 FROM predicted_split WHERE iteration = ? AND split = ?", "ii", iteration_id,
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
                                        " AND EXISTS (SELECT 1 FROM predicted_split s WHERE s.iteration = p.iteration AND s.split = e.split)"
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
                                    " WHERE p.example = ? AND i.published = 1 AND x.deleted = 0 ORDER BY i.experiment, i.number", "i",
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

/* ---- scores ---- */

static gboolean
read_left_out (HoneDb       *db,
               gint64        iteration,
               HoneSplit     split,
               HoneLeftOut  *left_out,
               GError      **error)
{
  g_autoptr(GError) local = NULL;
  gint64 labelled = 0, asked = 0;
  sqlite3_stmt *row = _hone_db_query (db, &local, "SELECT state, sum (n) FROM example_count WHERE split = ? GROUP BY state", "i", (gint64) split);

  while (_hone_db_next (db, row, &local))
    {
      gint64 n = sqlite3_column_int64 (row, 1);

      switch (sqlite3_column_int (row, 0))
        {
        case HONE_REFERENCE_LABELLED: labelled = n; break;
        case HONE_REFERENCE_DISPUTED: left_out->disputed = n; break;
        default: left_out->unlabelled = n;
        }
    }
  if (!local)
    asked = _hone_db_number (db, 0, &local, "SELECT sum (n) FROM confusion WHERE iteration = ? AND split = ?", "ii", iteration, (gint64) split);
  left_out->missing = MAX (0, labelled - asked);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

typedef struct {
  gint64  reference, answer, n;
  int     outcome;
} ConfusionRow;

/**
 * hone_store_get_tally:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a split
 * @error: return location
 *
 * Reads the counts that every label change keeps up to date: the cost depends on the number of category sets, not of examples.
 *
 * Returns: (transfer full) (nullable): what is scored, and what is left out and why
 */
HoneTally *
hone_store_get_tally (HoneStore  *self,
                      gint64      iteration_id,
                      HoneSplit   split,
                      GError    **error)
{
  g_autoptr(HoneTally) tally = hone_tally_new ();
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (ConfusionRow));
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);
  HoneLeftOut *left_out = hone_tally_left_out (tally);
  sqlite3_stmt *found;

  if (!db)
    return NULL;
  _hone_db_script (db, "BEGIN", &local);   /* counts and left out of one moment */
  found = local ? NULL : _hone_db_query (db, &local, "SELECT reference, outcome, answer, n FROM confusion WHERE iteration = ? AND split = ? AND n > 0", "ii",
                                         iteration_id, (gint64) split);
  while (found && _hone_db_next (db, found, &local))
    {
      ConfusionRow row = { sqlite3_column_int64 (found, 0), sqlite3_column_int64 (found, 2), sqlite3_column_int64 (found, 3),
                           sqlite3_column_int (found, 1) };

      g_array_append_val (rows, row);
    }
  for (guint i = 0; i < rows->len && !local; i++)
    {
      const ConfusionRow *row = &g_array_index (rows, ConfusionRow, i);
      g_autoptr(HoneCategorySet) reference = NULL, answer = NULL;

      if (row->outcome > HONE_OUTCOME_OUT_OF_SET)
        {
          *(row->outcome == HONE_OUTCOME_FAILED ? &left_out->failed : &left_out->trained) += row->n;
          continue;
        }
      reference = _hone_sets_get (db, row->reference, &local);
      answer = local ? NULL : _hone_sets_get (db, row->answer, &local);
      if (!local && reference)
        hone_tally_add (tally, reference, row->outcome, answer, row->n);
    }
  if (!local)
    read_left_out (db, iteration_id, split, left_out, &local);
  sqlite3_exec (db->handle, "COMMIT", NULL, NULL, NULL);
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&tally);
}

static void
scored_clear (gpointer data)
{
  HoneScoredExample *scored = data;

  g_clear_pointer (&scored->reference, hone_category_set_unref);
  g_clear_pointer (&scored->answer, hone_category_set_unref);
}

static gsize
position_of (HoneDb           *db,
             gint64            ontology,
             HoneCategorySet  *set,
             GError          **error)
{
  gsize n;
  const guint *ids = hone_category_set_get_ids (set, &n);

  if (n != 1)
    return G_MAXSIZE;
  return (gsize) _hone_db_number (db, -1, error, "SELECT position FROM category WHERE ontology = ? AND id = ?", "ii", ontology, (gint64) ids[0]);
}

/**
 * hone_store_list_scored:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a split
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneScoredExample): the examples behind hone_store_get_tally(), one by one in ascending id
 */
GArray *
hone_store_list_scored (HoneStore  *self,
                        gint64      iteration_id,
                        HoneSplit   split,
                        GError    **error)
{
  g_autoptr(GArray) list = g_array_new (FALSE, TRUE, sizeof (HoneScoredExample));
  g_autoptr(GHashTable) sets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) hone_category_set_unref);
  g_autoptr(GHashTable) positions = g_hash_table_new (NULL, NULL);
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);
  sqlite3_stmt *row;
  gint64 ontology;

  if (!db)
    return NULL;
  g_array_set_clear_func (list, scored_clear);
  ontology = _hone_db_number (db, 0, &local, "SELECT ontology FROM iteration WHERE id = ?", "i", iteration_id);
  row = local ? NULL : _hone_db_query (db, &local,
                        "SELECT p.example, e.reference, p.outcome, coalesce (p.categories, 0), p.confidence, p.scores FROM prediction p"
                        " CROSS JOIN example e ON e.id = p.example WHERE p.iteration = ?1 AND e.split = ?2 AND e.state = 1 AND e.hidden = 0"
                        " AND p.outcome <> 3 AND e.id <= (SELECT visible FROM project)"
                        " AND NOT EXISTS (SELECT 1 FROM trained t WHERE t.iteration = p.iteration AND t.example = p.example)"
                        " AND EXISTS (SELECT 1 FROM predicted_split s WHERE s.iteration = p.iteration AND s.split = e.split)"
                        " ORDER BY p.example", "ii", iteration_id, (gint64) split);
  while (row && _hone_db_next (db, row, &local))
    {
      HoneScoredExample scored = { .example_id = sqlite3_column_int64 (row, 0), .outcome = sqlite3_column_int (row, 2),
                                   .confidence = _hone_db_double (row, 4), .reference_probability = NAN };
      gint64 ids[2] = { sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 3) };
      HoneCategorySet *found[2] = { NULL, NULL };

      for (int i = 0; i < 2 && !local; i++)
        {
          if (ids[i] == 0)
            continue;
          found[i] = g_hash_table_lookup (sets, &ids[i]);
          if (!found[i])
            {
              found[i] = _hone_sets_get (db, ids[i], &local);
              if (found[i])
                {
                  g_hash_table_insert (sets, g_memdup2 (&ids[i], sizeof ids[i]), found[i]);
                  g_hash_table_insert (positions, found[i], GSIZE_TO_POINTER (position_of (db, ontology, found[i], &local) + 1));
                }
            }
        }
      if (local || !found[0])
        {
          _hone_db_end (row);
          break;
        }
      scored.reference = hone_category_set_ref (found[0]);
      scored.answer = found[1] ? hone_category_set_ref (found[1]) : NULL;
      if (sqlite3_column_type (row, 5) != SQLITE_NULL)
        {
          gsize n, position = GPOINTER_TO_SIZE (g_hash_table_lookup (positions, found[0])) - 1;
          g_autofree double *scores = _hone_scores_unpack (sqlite3_column_blob (row, 5), sqlite3_column_bytes (row, 5), &n);

          if (scores && position < n)
            scored.reference_probability = scores[position];
        }
      g_array_append_val (list, scored);
    }
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&list);
}
