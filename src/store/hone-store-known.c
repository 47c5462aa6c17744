/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known answers: hidden until simulated labeling reveals them. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/hone-sampling.h"
#include "hone-store-counts-private.h"
#include "hone-store-decisions-private.h"
#include "hone-store-labels.h"
#include "hone-store-private.h"
#include "hone-store-sets-private.h"
#include "hone-store-work-private.h"

gboolean
_hone_known_reveal (HoneStore  *self,
                    HoneDb     *db,
                    gint64      example,
                    gint64      author,
                    gint64      now,
                    GError    **error)
{
  g_autoptr(GError) local = NULL;
  gint64 set = _hone_db_number (db, 0, &local, "SELECT categories FROM known WHERE example = ? AND revealed = 0", "i", example);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (set == 0)
    return TRUE;      /* revealed since it was decided */
  return _hone_db_run (db, error, "INSERT INTO label (example, author, time, origin, categories) VALUES (?, ?, ?, ?, ?)", "iiiii",
                       example, author, now, (gint64) HONE_ORIGIN_SIMULATED, set) &&
         _hone_db_run (db, error, "UPDATE known SET revealed = 1 WHERE example = ?", "i", example) &&
         _hone_reference_update (self, db, example, error);
}

static gboolean
has_hidden (HoneDb   *db,
            gint64    example,
            GError  **error)
{
  g_autoptr(GError) local = NULL;
  gint64 found = _hone_db_number (db, 0, &local, "SELECT 1 FROM known WHERE example = ? AND revealed = 0", "i", example);

  if (!local && !found)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND,
                 _("The text number %" G_GINT64_FORMAT " has no known answer that is hidden"), example);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return found != 0;
}

static gboolean
reveal_few (HoneStore     *self,
            const gint64  *ids,
            gsize          n_ids,
            const char    *author,
            GError       **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 author_id, now = _hone_store_now ();
  gboolean good;

  if (!db)
    return FALSE;
  author_id = _hone_author_intern (db, author, error);
  good = author_id != 0;
  for (gsize i = 0; i < n_ids && good; i++)
    good = has_hidden (db, ids[i], error) && _hone_known_reveal (self, db, ids[i], author_id, now, error);
  return _hone_store_end (self, db, good, error);
}

typedef struct {
  const gint64 *ids;
  gsize         n_ids, i;
  const char   *author;
  gint64        author_id, work;
} Preparation;

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
      preparation->author_id = _hone_author_intern (db, preparation->author, error);
      preparation->work = preparation->author_id
                            ? _hone_work_begin (db, HONE_WORK_REVEAL, preparation->author_id, _hone_store_now (), error) : 0;
      return preparation->work != 0;
    }
  example = preparation->ids[preparation->i++];
  *done = preparation->i == preparation->n_ids;
  return has_hidden (db, example, error) && _hone_work_add (db, preparation->work, example, 0, error);
}

static gboolean
reveal_many (HoneStore     *self,
             const gint64  *ids,
             gsize          n_ids,
             const char    *author,
             GError       **error)
{
  Preparation preparation = { ids, n_ids, 0, author };
  HoneDb *db = _hone_store_write_slices (self, HONE_WRITE_SLICE, prepare_step, &preparation, error)
                 ? _hone_store_begin (self, HONE_WRITE_LABEL, error) : NULL;

  if (db && _hone_store_end (self, db, _hone_work_approve (db, preparation.work, preparation.author_id, error), error))
    return _hone_work_carry_out (self, preparation.work, error);
  if (preparation.work)
    _hone_work_drop (self, preparation.work);
  return FALSE;
}

/**
 * hone_store_reveal_known:
 * @self: a project
 * @ids: (array length=n_ids): examples with a hidden known answer
 * @n_ids: how many
 * @author: who gives the labels
 * @error: return location
 *
 * Turns known answers into labels of origin “simulated”, all or none; many in slices, between which labels of people get their turn.
 * Blocks.
 *
 * Returns: whether they are on disk
 */
gboolean
hone_store_reveal_known (HoneStore     *self,
                         const gint64  *ids,
                         gsize          n_ids,
                         const char    *author,
                         GError       **error)
{
  return n_ids <= HONE_WORK_SHORT ? reveal_few (self, ids, n_ids, author, error) : reveal_many (self, ids, n_ids, author, error);
}

/**
 * hone_store_dup_known:
 * @self: a project
 * @example_id: an example
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its known answer, revealed or not
 */
HoneCategorySet *
hone_store_dup_known (HoneStore  *self,
                      gint64      example_id,
                      GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  HoneCategorySet *set;
  gint64 id;

  if (!db)
    return NULL;
  id = _hone_db_number (db, 0, error, "SELECT categories FROM known WHERE example = ?", "i", example_id);
  set = _hone_sets_get (db, id, error);
  _hone_store_give_back (self, db);
  return set;
}

/**
 * hone_store_list_candidates:
 * @self: a project
 * @iteration_id: whose confidences are wanted; 0: none
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneCandidate): unlabelled train examples with a hidden known answer, ascending id
 */
GArray *
hone_store_list_candidates (HoneStore  *self,
                            gint64      iteration_id,
                            GError    **error)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (HoneCandidate));
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local,
                        "SELECT k.example, k.categories, p.confidence FROM known k JOIN example e ON e.id = k.example"
                        " LEFT JOIN prediction p ON p.iteration = ? AND p.example = k.example"
                        " WHERE k.revealed = 0 AND e.hidden = 0 AND e.split = 0 AND e.state = 0 AND e.id <= (SELECT visible FROM project)"
                        " ORDER BY k.example", "i", iteration_id);
  while (_hone_db_next (db, row, &local))
    {
      HoneCandidate candidate = { sqlite3_column_int64 (row, 0), (guint64) sqlite3_column_int64 (row, 1), _hone_db_double (row, 2) };

      g_array_append_val (candidates, candidate);
    }
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&candidates);
}
