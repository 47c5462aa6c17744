/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples: reading, counts, flags. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-store-decisions-private.h"
#include "hone-store-examples.h"
#include "hone-store-private.h"
#include "hone-store-sets-private.h"

#define PAGE 1000

/**
 * hone_example_free:
 * @self: (transfer full): an example
 */
void
hone_example_free (HoneExample *self)
{
  g_free (self->external_id);
  g_free (self->text);
  g_free (self->meta);
  g_clear_pointer (&self->reference, hone_category_set_unref);
  g_free (self);
}

static HoneExample *
read_example (HoneStore  *self,
              HoneDb     *db,
              gint64      id,
              GError    **error)
{
  sqlite3_stmt *row = _hone_db_query (db, error,
                                      "SELECT external_id, text, split, flag, meta, fold, state, coalesce (reference, 0) FROM example"
                                      " WHERE id = ? AND hidden = 0 AND id <= (SELECT visible FROM project)", "i", id);
  HoneExample *example;
  gint64 set;

  if (!_hone_db_next (db, row, error))
    return NULL;
  example = g_new0 (HoneExample, 1);
  example->id = id;
  example->external_id = _hone_db_dup_column (row, 0);
  example->text = _hone_db_dup_column (row, 1);
  example->split = sqlite3_column_int (row, 2);
  example->flag = sqlite3_column_int (row, 3);
  example->meta = _hone_db_dup_column (row, 4);
  example->fold_hash = (guint64) sqlite3_column_int64 (row, 5);
  example->reference_state = sqlite3_column_int (row, 6);
  set = sqlite3_column_int64 (row, 7);
  _hone_db_end (row);
  example->reference = _hone_sets_get (db, set, error);
  return example;
}

/**
 * hone_store_get_examples:
 * @self: a project
 * @ids: (array length=n_ids): which
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneExample): in the order of @ids, without those that are gone
 */
GPtrArray *
hone_store_get_examples (HoneStore     *self,
                         const gint64  *ids,
                         gsize          n_ids,
                         GError       **error)
{
  g_autoptr(GPtrArray) examples = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_example_free);
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);

  if (!db)
    return NULL;
  for (gsize i = 0; i < n_ids && !local; i++)
    {
      HoneExample *example = read_example (self, db, ids[i], &local);

      if (example)
        g_ptr_array_add (examples, example);
    }
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&examples);
}

/**
 * hone_store_find_example:
 * @self: a project
 * @external_id: an external id, or “#12” for the number of a text that has none
 * @error: return location
 *
 * Returns: the example's id, 0 with %HONE_STORE_ERROR_NOT_FOUND
 */
gint64
hone_store_find_example (HoneStore   *self,
                         const char  *external_id,
                         GError     **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  gint64 id;

  if (!db)
    return 0;
  id = _hone_db_number (db, 0, &local,
                        "SELECT id FROM example WHERE external_id IS NOT NULL AND external_id = ? AND hidden = 0"
                        " AND id <= (SELECT visible FROM project)", "s", external_id);
  if (!local && id == 0 && external_id[0] == '#')
    id = _hone_db_number (db, 0, &local, "SELECT id FROM example WHERE id = ? AND hidden = 0 AND id <= (SELECT visible FROM project)", "i",
                          g_ascii_strtoll (external_id + 1, NULL, 10));
  _hone_store_give_back (self, db);
  if (!local && id == 0)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no text with the id “%s”"), external_id);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return id;
}

/**
 * hone_store_each_example:
 * @self: a project
 * @filter: which examples
 * @func: called for each, in ascending id; may use the store; FALSE with an error ends it
 * @data: for @func
 * @cancellable: (nullable): looked at between pages
 * @error: return location
 *
 * Goes through examples a page at a time: memory is bounded and no read transaction stays open between pages.
 *
 * Returns: whether all were seen
 */
gboolean
hone_store_each_example (HoneStore         *self,
                         const HoneFilter  *filter,
                         HoneExampleFunc    func,
                         gpointer           data,
                         GCancellable      *cancellable,
                         GError           **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr(GArray) ids = hone_store_list_ids (self, filter, HONE_QUEUE_IMPORTED, after, PAGE, cancellable, error);
      g_autoptr(GPtrArray) examples = NULL;

      if (!ids || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
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

/**
 * hone_store_get_split_counts:
 * @self: a project
 * @counts: (out caller-allocates) (array fixed-size=3): per split
 * @error: return location
 *
 * Returns: whether they could be read
 */
gboolean
hone_store_get_split_counts (HoneStore        *self,
                             HoneSplitCounts   counts[HONE_N_SPLITS],
                             GError          **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  memset (counts, 0, HONE_N_SPLITS * sizeof *counts);
  if (!db)
    return FALSE;
  row = _hone_db_query (db, &local, "SELECT split, state, sum (n) FROM example_count GROUP BY split, state", "");
  while (_hone_db_next (db, row, &local))
    {
      HoneSplitCounts *to = &counts[sqlite3_column_int (row, 0)];
      guint64 n = sqlite3_column_int64 (row, 2);

      to->examples += n;
      switch (sqlite3_column_int (row, 1))
        {
        case HONE_REFERENCE_LABELLED: to->labelled += n; break;
        case HONE_REFERENCE_DISPUTED: to->disputed += n; break;
        default: to->unlabelled += n;
        }
    }
  if (!local)
    row = _hone_db_query (db, &local,
                          "SELECT e.split, count (*) FROM known k JOIN example e ON e.id = k.example WHERE k.revealed = 0 AND e.hidden = 0"
                          " AND e.id <= (SELECT visible FROM project) GROUP BY e.split", "");
  while (!local && _hone_db_next (db, row, &local))
    counts[sqlite3_column_int (row, 0)].known = sqlite3_column_int64 (row, 1);
  _hone_store_give_back (self, db);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
set_count_clear (gpointer data)
{
  g_clear_pointer (&((HoneSetCount *) data)->categories, hone_category_set_unref);
}

/**
 * hone_store_count_references:
 * @self: a project
 * @split: a split
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneSetCount): its reference labels, the commonest first
 */
GArray *
hone_store_count_references (HoneStore  *self,
                             HoneSplit   split,
                             GError    **error)
{
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (HoneSetCount));
  g_autoptr(GArray) sets = g_array_new (FALSE, FALSE, sizeof (gint64));
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  g_array_set_clear_func (counts, set_count_clear);
  row = _hone_db_query (db, &local,
                        "SELECT reference, n FROM example_count WHERE split = ? AND state = 1 AND n > 0 ORDER BY n DESC, reference", "i",
                        (gint64) split);
  while (_hone_db_next (db, row, &local))
    {
      HoneSetCount count = { NULL, sqlite3_column_int64 (row, 1) };
      gint64 set = sqlite3_column_int64 (row, 0);

      g_array_append_val (counts, count);
      g_array_append_val (sets, set);
    }
  for (guint i = 0; i < counts->len && !local; i++)
    g_array_index (counts, HoneSetCount, i).categories = _hone_sets_get (db, g_array_index (sets, gint64, i), &local);
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&counts);
}

/**
 * hone_store_set_flag:
 * @self: a project
 * @example_id: an example
 * @flag: whether it is flagged
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_set_flag (HoneStore  *self,
                     gint64      example_id,
                     gboolean    flag,
                     GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db,
                          _hone_example_check (db, example_id, error) &&
                            _hone_db_run (db, error, "UPDATE example SET flag = ? WHERE id = ?", "ii", (gint64) !!flag, example_id), error);
}
