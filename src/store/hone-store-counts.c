/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts that are kept up to date: examples by split, state and reference, and the confusion of every published prediction. */
#include "config.h"

#include "hone-store-counts-private.h"
#include "hone-store-private.h"
#include "hone-store-sets-private.h"


gboolean
_hone_place_get (HoneDb     *db,
                 gint64      example,
                 HonePlace  *place,
                 GError    **error)
{
  sqlite3_stmt *row = _hone_db_query (db, error, "SELECT split, state, reference, hidden FROM example WHERE id = ?", "i", example);

  if (!_hone_db_next (db, row, error))
    return FALSE;
  *place = (HonePlace) {
    .split = sqlite3_column_int (row, 0),
    .state = sqlite3_column_int (row, 1),
    .reference = sqlite3_column_int64 (row, 2),
    .shown = sqlite3_column_int64 (row, 3) == 0,
  };
  _hone_db_end (row);
  return TRUE;
}

gboolean
_hone_count_add (HoneDb              *db,
                 HoneSplit            split,
                 HoneReferenceState   state,
                 gint64               reference,
                 gint64               n,
                 GError             **error)
{
  return _hone_db_run (db, error,
                       "INSERT INTO example_count (split, state, reference, n) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT (split, state, reference) DO UPDATE SET n = n + excluded.n",
                       "iiii", (gint64) split, (gint64) state, reference, n);
}

/* All predictions of one example that are counted by now enter (@n 1) or leave (@n -1) the confusion counts. */
static gboolean
count_predictions (HoneDb           *db,
                   gint64            example,
                   const HonePlace  *place,
                   gint64            n,
                   GError          **error)
{
  if (!place->shown || place->state != HONE_REFERENCE_LABELLED)
    return TRUE;
  return _hone_db_run (db, error,
                       "INSERT INTO confusion (iteration, split, reference, outcome, answer, n)"
                       " SELECT s.iteration, s.split, ?3,"
                       "  CASE WHEN EXISTS (SELECT 1 FROM trained t WHERE t.iteration = p.iteration AND t.example = p.example) THEN 4 ELSE p.outcome END,"
                       "  coalesce (p.categories, 0), ?4"
                       " FROM predicted_split s CROSS JOIN prediction p ON p.iteration = s.iteration AND p.example = ?1"
                       " WHERE s.split = ?2 AND s.counted >= ?1"
                       " ON CONFLICT (iteration, split, reference, outcome, answer) DO UPDATE SET n = n + excluded.n",
                       "iiii", example, (gint64) place->split, place->reference, n);
}

gboolean
_hone_place_move (HoneDb           *db,
                  gint64            example,
                  const HonePlace  *from,
                  const HonePlace  *to,
                  GError          **error)
{
  if (from->split == to->split && from->state == to->state && from->reference == to->reference && from->shown == to->shown)
    return TRUE;
  return (!from->shown || _hone_count_add (db, from->split, from->state, from->reference, -1, error)) &&
         (!to->shown || _hone_count_add (db, to->split, to->state, to->reference, 1, error)) &&
         count_predictions (db, example, from, -1, error) &&
         count_predictions (db, example, to, 1, error);
}

/* From the example's own copies in any list down to all that was trained on top of it. */
gboolean
_hone_trained_find (HoneDb   *db,
                    gint64    example,
                    GError  **error)
{
  return _hone_db_run (db, error,
                       "WITH RECURSIVE learnt (id) AS (SELECT t.iteration FROM example x JOIN example e ON e.fold = x.fold"
                       "  JOIN training t ON t.example = e.id WHERE x.id = ?1"
                       "  UNION SELECT i.id FROM learnt from_it JOIN iteration i ON i.parent = from_it.id)"
                       " INSERT OR IGNORE INTO trained (iteration, example) SELECT id, ?1 FROM learnt", "i", example);
}

gboolean
_hone_confusion_count (HoneDb   *db,
                       gint64    iteration,
                       gint64    example,
                       gint64    n,
                       GError  **error)
{
  return _hone_db_run (db, error,
                       "INSERT INTO confusion (iteration, split, reference, outcome, answer, n)"
                       " SELECT p.iteration, e.split, e.reference,"
                       "  CASE WHEN EXISTS (SELECT 1 FROM trained t WHERE t.iteration = p.iteration AND t.example = p.example) THEN 4 ELSE p.outcome END,"
                       "  coalesce (p.categories, 0), ?3"
                       " FROM prediction p JOIN example e ON e.id = p.example"
                       " JOIN predicted_split s ON s.iteration = p.iteration AND s.split = e.split AND s.counted >= p.example"
                       " WHERE p.iteration = ?1 AND p.example = ?2 AND e.state = 1 AND e.hidden = 0 AND e.id <= (SELECT visible FROM project)"
                       " ON CONFLICT (iteration, split, reference, outcome, answer) DO UPDATE SET n = n + excluded.n",
                       "iii", iteration, example, n);
}

gboolean
_hone_confusion_add_range (HoneDb     *db,
                           gint64      iteration,
                           HoneSplit   split,
                           gint64      from,
                           gint64      to,
                           gint64      imported,
                           GError    **error)
{
  return _hone_db_run (db, error,
                       "INSERT INTO confusion (iteration, split, reference, outcome, answer, n)"
                       " SELECT p.iteration, e.split, e.reference,"
                       "  CASE WHEN EXISTS (SELECT 1 FROM trained t WHERE t.iteration = p.iteration AND t.example = p.example) THEN 4 ELSE p.outcome END"
                       "  AS what, coalesce (p.categories, 0) AS answer, count (*)"
                       " FROM prediction p CROSS JOIN example e ON e.id = p.example"
                       " WHERE p.iteration = ?1 AND p.example > ?3 AND p.example <= ?4 AND e.split = ?2 AND e.state = 1 AND e.hidden = 0"
                       " AND (e.id <= (SELECT visible FROM project) OR (?5 <> 0 AND e.id >= ?5))"
                       " GROUP BY e.reference, what, answer"
                       " ON CONFLICT (iteration, split, reference, outcome, answer) DO UPDATE SET n = n + excluded.n",
                       "iiiii", iteration, (gint64) split, from, to, imported);
}

/* ---- reference labels ---- */

static GArray *
read_decisions (HoneStore  *self,
                HoneDb     *db,
                gint64      example,
                GError    **error)
{
  g_autoptr(GArray) decisions = g_array_new (FALSE, FALSE, sizeof (HoneDecision));
  g_autoptr(GArray) sets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local,
                                      "SELECT l.author, l.time, l.id, l.origin, coalesce (l.categories, 0) FROM label l"
                                      " LEFT JOIN import i ON i.id = l.import"
                                      " WHERE l.example = ? AND l.withdrawn = 0 AND (l.import IS NULL OR i.state = 'done')", "i", example);

  while (_hone_db_next (db, row, &local))
    {
      HoneDecision decision = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2),
                                sqlite3_column_int (row, 3), NULL };
      gint64 set = sqlite3_column_int64 (row, 4);

      g_array_append_val (decisions, decision);
      g_array_append_val (sets, set);
    }
  for (guint i = 0; i < decisions->len && !local; i++)
    g_array_index (decisions, HoneDecision, i).categories = _hone_sets_get (db, g_array_index (sets, gint64, i), &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&decisions);
}

gboolean
_hone_reference_update (HoneStore  *self,
                        HoneDb     *db,
                        gint64      example,
                        GError    **error)
{
  g_auto(HoneReference) reference = { 0 };
  g_autoptr(GArray) decisions = NULL;
  g_autoptr(GError) local = NULL;
  HonePlace from, to;
  /* Asked of this connection: an ontology of the same transaction counts already. */
  gint64 choice = _hone_db_number (db, HONE_CHOICE_ONE, &local, "SELECT choice FROM ontology ORDER BY version DESC LIMIT 1", "");
  gboolean good = !local && (decisions = read_decisions (self, db, example, error)) != NULL && _hone_place_get (db, example, &from, error);

  if (good)
    {
      hone_reference_find ((const HoneDecision *) (gpointer) decisions->data, decisions->len, choice, &reference);
      to = from;
      to.state = reference.state;
      to.reference = _hone_sets_intern (db, reference.categories, error);
      good = (to.reference != 0) == (reference.categories != NULL) &&
             _hone_db_run (db, error, "UPDATE example SET state = ?, reference = nullif (?, 0), conflicting = ? WHERE id = ?", "iiii",
                           (gint64) to.state, to.reference, (gint64) reference.conflicting, example) &&
             _hone_place_move (db, example, &from, &to, error);
    }
  for (guint i = 0; decisions && i < decisions->len; i++)
    g_clear_pointer (&g_array_index (decisions, HoneDecision, i).categories, hone_category_set_unref);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return good;
}
