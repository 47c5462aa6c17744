/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is scored: kept counts, and the examples behind them. */
#include "config.h"

#include <math.h>

#include "hone-store-experiments.h"
#include "hone-store-private.h"
#include "hone-store-scores-private.h"
#include "hone-store-sets-private.h"

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
    asked = _hone_db_number (db, 0, &local, "SELECT sum (c.n) FROM confusion c JOIN predicted_split s ON s.iteration = c.iteration AND s.split = c.split"
                             " WHERE c.iteration = ? AND c.split = ? AND s.published = 1", "ii", iteration, (gint64) split);
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
  found = local ? NULL : _hone_db_query (db, &local, "SELECT c.reference, c.outcome, c.answer, c.n FROM confusion c JOIN predicted_split s ON s.iteration = c.iteration"
                                             " AND s.split = c.split WHERE c.iteration = ? AND c.split = ? AND c.n > 0 AND s.published = 1", "ii",
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
                        " AND EXISTS (SELECT 1 FROM predicted_split s WHERE s.iteration = p.iteration AND s.split = e.split AND s.published = 1)"
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
