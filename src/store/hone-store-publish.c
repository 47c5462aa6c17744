/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishing predictions: a million answers are counted in slices beside the labels that people give meanwhile, then show at once.
 *
 * A row of `predicted_split` says how far the count has come. Whoever moves an example (a label, another split, a deletion) moves its
 * answers in the confusion counts if they lie below that mark, and leaves the others to the count: so at each moment the counts are
 * those of the answers below the mark. */
#include "config.h"

#include "hone-store-counts-private.h"
#include "hone-store-experiments.h"
#include "hone-store-private.h"
#include "hone-store-publish-private.h"
#include "hone-store-work-private.h"

#define STEP 200      /* answers, about a millisecond */

typedef struct {
  gint64     iteration, imported;
  HoneSplit  split;
  gint64     ancestor, trained;   /* how far the search for what it learnt has come */
  gboolean   is_begun, has_searched;
} Count;

static gboolean
begin_count (HoneDb   *db,
             Count    *count,
             GError  **error)
{
  count->is_begun = TRUE;
  return _hone_db_run (db, error, "DELETE FROM confusion WHERE iteration = ? AND split = ?", "ii", count->iteration, (gint64) count->split) &&
         _hone_db_run (db, error, "INSERT INTO predicted_split (iteration, split, published, counted) VALUES (?, ?, 0, 0)", "ii",
                       count->iteration, (gint64) count->split);    /* confusion: what a removal that was cut short left */
}

/* Everything that the iteration or an ancestor learnt from, and near copies of it, whatever role it has now. Ancestors come one after
 * the other, the greatest id first, each list in ascending example. */
static gboolean
search_trained (HoneDb   *db,
                Count    *count,
                GError  **error)
{
  g_autoptr(GError) local = NULL;
  gint64 last = _hone_db_number (db, 0, &local,
                                 "SELECT max (example) FROM (SELECT example FROM training WHERE iteration = ? AND example > ? ORDER BY example"
                                 " LIMIT " G_STRINGIFY (STEP) ")", "ii", count->ancestor, count->trained);

  if (!local && last != 0)
    _hone_db_run (db, &local,
                  "INSERT OR IGNORE INTO trained (iteration, example) SELECT ?1, x.id FROM training t JOIN example e ON e.id = t.example"
                  " JOIN example x ON x.fold = e.fold WHERE t.iteration = ?2 AND t.example > ?3 AND t.example <= ?4 AND x.split = ?5", "iiiii",
                  count->iteration, count->ancestor, count->trained, last, (gint64) count->split);
  else if (!local)
    count->ancestor = _hone_db_number (db, 0, &local, "SELECT parent FROM iteration WHERE id = ?", "i", count->ancestor);
  count->trained = last;
  count->has_searched = count->ancestor == 0;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
count_answers (HoneDb    *db,
               Count     *count,
               gboolean  *done,
               GError   **error)
{
  g_autoptr(GError) local = NULL;
  gint64 from = _hone_db_number (db, 0, &local, "SELECT counted FROM predicted_split WHERE iteration = ? AND split = ?", "ii",
                                 count->iteration, (gint64) count->split);
  gint64 last = local ? 0 : _hone_db_number (db, 0, &local,
                                             "SELECT max (example) FROM (SELECT example FROM prediction WHERE iteration = ? AND example > ?"
                                             " ORDER BY example LIMIT " G_STRINGIFY (STEP) ")", "ii", count->iteration, from);

  *done = last == 0;
  if (!local)
    _hone_confusion_add_range (db, count->iteration, count->split, from, *done ? G_MAXINT64 : last, count->imported, &local);
  if (!local)
    _hone_db_run (db, &local, "UPDATE predicted_split SET counted = ? WHERE iteration = ? AND split = ?", "iii", *done ? G_MAXINT64 : last,
                  count->iteration, (gint64) count->split);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
count_step (HoneStore  *self,
            HoneDb     *db,
            gpointer    data,
            gboolean   *done,
            GError    **error)
{
  Count *count = data;

  if (!count->is_begun)
    return begin_count (db, count, error);
  if (!count->has_searched)
    return search_trained (db, count, error);
  return count_answers (db, count, done, error);
}

gboolean
_hone_publish_count (HoneStore  *self,
                     gint64      iteration,
                     HoneSplit   split,
                     gint64      imported,
                     GError    **error)
{
  Count count = { iteration, imported, split, iteration };
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);
  gint64 counted;

  if (!db)
    return FALSE;
  counted = _hone_db_number (db, -1, &local, "SELECT counted FROM predicted_split WHERE iteration = ? AND split = ?", "ii", iteration,
                             (gint64) split);
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  count.is_begun = counted >= 0;      /* after an error: the search is repeated, the count goes on */
  return counted == G_MAXINT64 || _hone_store_write_slices (self, HONE_WRITE_SLICE, count_step, &count, error);
}

gboolean
_hone_publish_show (HoneDb     *db,
                    gint64      iteration,
                    HoneSplit   split,
                    GError    **error)
{
  return _hone_db_run (db, error, "UPDATE predicted_split SET published = 1 WHERE iteration = ? AND split = ?", "ii", iteration,
                       (gint64) split);
}

gboolean
_hone_publish_sweep (HoneDb    *db,
                     gboolean  *done,
                     GError   **error)
{
  if (!_hone_db_run (db, error,
                     "DELETE FROM confusion WHERE (iteration, split, reference, outcome, answer) IN (SELECT c.iteration, c.split, c.reference,"
                     " c.outcome, c.answer FROM predicted_split s JOIN confusion c ON c.iteration = s.iteration AND c.split = s.split"
                     " WHERE s.published = 0 LIMIT " G_STRINGIFY (STEP) ")", ""))
    return FALSE;
  *done = sqlite3_changes (db->handle) == 0;
  return !*done || _hone_db_run (db, error, "DELETE FROM predicted_split WHERE published = 0", "");
}

/* ---- disagreement ---- */

/* 1 - the greatest share of equal answers among the newest iterations of all experiments that were published for the split. */
#define NEWEST \
  "SELECT max (i.id) FROM iteration i JOIN experiment x ON x.id = i.experiment JOIN predicted_split s ON s.iteration = i.id" \
  " WHERE i.published = 1 AND x.deleted = 0 AND s.published = 1 AND s.split = ?1 GROUP BY x.id"

gboolean
_hone_disagreement_step (HoneDb     *db,
                         HoneSplit   split,
                         gint64     *cursor,
                         gboolean   *done,
                         GError    **error)
{
  g_autoptr(GError) local = NULL;
  gint64 last = _hone_db_number (db, 0, &local,
                                 "SELECT max (id) FROM (SELECT id FROM example WHERE split = ? AND id > ? AND hidden = 0 ORDER BY id LIMIT "
                                 G_STRINGIFY (STEP) ")", "ii", (gint64) split, *cursor);

  *done = last == 0;
  if (!local && !*done &&
      _hone_db_run (db, &local,
                    "DELETE FROM disagreement WHERE example > ?2 AND example <= ?3 AND (SELECT e.split FROM example e WHERE e.id = example) = ?1",
                    "iii", (gint64) split, *cursor, last))
    _hone_db_run (db, &local,
                  "INSERT OR REPLACE INTO disagreement (example, score) SELECT example, 1.0 - 1.0 * max (n) / sum (n) AS score FROM"
                  " (SELECT p.example AS example, count (*) AS n FROM prediction p CROSS JOIN example e ON e.id = p.example"
                  "  WHERE p.iteration IN (" NEWEST ") AND p.example > ?2 AND p.example <= ?3 AND p.outcome <> 3 AND e.split = ?1"
                  "  GROUP BY p.example, p.outcome, p.categories) GROUP BY example HAVING count (*) > 1", "iii", (gint64) split, *cursor, last);
  *cursor = last;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_publish_predictions:
 * @self: a project
 * @iteration_id: an iteration
 * @split: the split that was predicted
 * @error: return location
 *
 * Makes the predictions of a split count and show, all at once; again after more of them were added. They are counted in slices of at
 * most 20 ms, between which labels get their turn. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_publish_predictions (HoneStore  *self,
                                gint64      iteration_id,
                                HoneSplit   split,
                                GError    **error)
{
  HoneDb *db;
  gint64 work = 0;

  g_return_val_if_fail (HONE_IS_STORE (self), FALSE);

  if (!_hone_publish_count (self, iteration_id, split, 0, error))
    return FALSE;
  db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  if (!db)
    return FALSE;
  if (_hone_publish_show (db, iteration_id, split, error))
    work = _hone_work_decide (db, HONE_WORK_DISAGREE, split, 0, error);
  return _hone_store_end (self, db, work != 0, error) && _hone_work_carry_out (self, work, error);
}
