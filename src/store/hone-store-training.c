/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frozen training lists. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-experiments.h"
#include "hone-store-private.h"
#include "hone-store-sets-private.h"

#define PAGE 1000

/* A train text that has a near copy in validation or test stays out of every training list (design guarantee 3). */
#define SEALED \
  " EXISTS (SELECT 1 FROM example c WHERE c.fold = e.fold AND c.split <> 0 AND c.hidden = 0 AND c.id <= (SELECT visible FROM project))"
#define IN_TRAIN " e.split = 0 AND e.hidden = 0 AND e.id <= (SELECT visible FROM project)"

static gboolean
summarize (HoneDb               *db,
           HoneTrainingSummary  *summary,
           GError              **error)
{
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local,
                                      "SELECT coalesce (sum (e.state = 1), 0), coalesce (sum (e.state = 1 AND" SEALED "), 0),"
                                      " coalesce (sum (e.state = 2), 0) FROM example e WHERE" IN_TRAIN " AND e.state <> 0", "");

  memset (summary, 0, sizeof *summary);
  if (_hone_db_next (db, row, &local))
    {
      summary->n_kept_out = sqlite3_column_int64 (row, 1);
      summary->n_labels = sqlite3_column_int64 (row, 0) - summary->n_kept_out;
      summary->n_disputed = sqlite3_column_int64 (row, 2);
      _hone_db_end (row);
    }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_preview_training_list:
 * @self: a project
 * @summary: (out caller-allocates): what a list frozen now would hold
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
hone_store_preview_training_list (HoneStore            *self,
                                  HoneTrainingSummary  *summary,
                                  GError              **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  gboolean good;

  if (!db)
    return FALSE;
  good = summarize (db, summary, error);
  _hone_store_give_back (self, db);
  return good;
}

/* ---- freezing ---- */

typedef struct {
  gint64               iteration, cursor;
  gboolean             is_empty;
  HoneTrainingSummary *summary;
} Freezing;

/* What an earlier attempt left. */
static gboolean
empty_list (HoneDb    *db,
            Freezing  *freezing,
            GError   **error)
{
  static const char * const statements[] = {
    "DELETE FROM training WHERE (iteration, example) IN (SELECT iteration, example FROM training WHERE iteration = ? LIMIT 100)",
    "DELETE FROM trained WHERE (iteration, example) IN (SELECT iteration, example FROM trained WHERE iteration = ? LIMIT 100)",
  };

  freezing->is_empty = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (statements) && freezing->is_empty; i++)
    {
      if (!_hone_db_run (db, error, statements[i], "i", freezing->iteration))
        return FALSE;
      freezing->is_empty = sqlite3_changes (db->handle) == 0;
    }
  return TRUE;
}

static gboolean
freeze_step (HoneStore  *self,
             HoneDb     *db,
             gpointer    data,
             gboolean   *done,
             GError    **error)
{
  Freezing *freezing = data;
  g_autoptr(GError) local = NULL;
  gint64 last, n_labels;

  if (!freezing->is_empty)
    return empty_list (db, freezing, error);
  last = _hone_db_number (db, 0, &local,
                          "SELECT max (id) FROM (SELECT id FROM example WHERE state = 1 AND hidden = 0 AND id > ? ORDER BY id LIMIT 100)", "i",
                          freezing->cursor);
  n_labels = local ? 0 : _hone_db_number (db, 0, &local, "SELECT count (*) FROM example e WHERE" IN_TRAIN
                                                         " AND e.state = 1 AND e.id > ? AND e.id <= ?", "ii", freezing->cursor, last);
  if (!local &&
      _hone_db_run (db, &local,
                    "INSERT INTO training (iteration, example, categories, pseudo, weight) SELECT ?, e.id, e.reference, 0, 1.0 FROM example e"
                    " WHERE" IN_TRAIN " AND e.state = 1 AND e.id > ? AND e.id <= ? AND NOT" SEALED, "iii", freezing->iteration,
                    freezing->cursor, last))
    {
      freezing->summary->n_labels += sqlite3_changes (db->handle);
      freezing->summary->n_kept_out += n_labels - sqlite3_changes (db->handle);
    }
  freezing->cursor = last;
  *done = last == 0;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_freeze_training_list:
 * @self: a project
 * @iteration_id: an iteration that is not published
 * @summary: (out caller-allocates): what the list holds
 * @error: return location
 *
 * Writes the reference labels of `train`, without near copies of `validation` and `test`, into the iteration's list, replacing
 * what it held; in slices, between which labels get their turn: one given meanwhile is in the list or not. Blocks.
 *
 * Returns: whether it is written; on disk with the next publication
 */
gboolean
hone_store_freeze_training_list (HoneStore            *self,
                                 gint64                iteration_id,
                                 HoneTrainingSummary  *summary,
                                 GError              **error)
{
  Freezing freezing = { .iteration = iteration_id, .summary = summary };

  if (!hone_store_preview_training_list (self, summary, error))
    return FALSE;
  summary->n_labels = summary->n_kept_out = 0;
  return _hone_store_write_slices (self, HONE_WRITE_SLICE, freeze_step, &freezing, error);
}

typedef struct {
  gint64                  iteration;
  const HoneTrainingItem *items;
  gsize                   n_items, i;
} Pseudo;

static gboolean
pseudo_step (HoneStore  *self,
             HoneDb     *db,
             gpointer    data,
             gboolean   *done,
             GError    **error)
{
  Pseudo *pseudo = data;
  const HoneTrainingItem *item = &pseudo->items[pseudo->i++];
  gint64 set = _hone_sets_intern (db, item->categories, error);

  *done = pseudo->i == pseudo->n_items;
  return set != 0 &&
         _hone_db_run (db, error, "INSERT OR IGNORE INTO training (iteration, example, categories, pseudo, weight) VALUES (?, ?, ?, 1, ?)",
                       "iiid", pseudo->iteration, item->example_id, set, item->weight);
}

/**
 * hone_store_add_pseudo:
 * @self: a project
 * @iteration_id: an iteration that is not published
 * @items: (array length=n_items): texts that the trainer labelled itself
 * @n_items: how many
 * @error: return location
 *
 * Writes them in slices. Blocks.
 *
 * Returns: whether they are in the list
 */
gboolean
hone_store_add_pseudo (HoneStore               *self,
                       gint64                   iteration_id,
                       const HoneTrainingItem  *items,
                       gsize                    n_items,
                       GError                 **error)
{
  Pseudo pseudo = { iteration_id, items, n_items, 0 };

  return n_items == 0 || _hone_store_write_slices (self, HONE_WRITE_SLICE, pseudo_step, &pseudo, error);
}

typedef struct {
  HoneTrainingItem  item;
  gint64            set;
  char             *text;
} TrainingRow;

static void
training_row_clear (gpointer data)
{
  TrainingRow *row = data;

  g_clear_pointer (&row->item.categories, hone_category_set_unref);
  g_free (row->text);
}

/**
 * hone_store_each_training_item:
 * @self: a project
 * @iteration_id: an iteration
 * @func: called for each, in ascending example id; may use the store
 * @data: for @func
 * @error: return location
 *
 * Returns: whether all were seen
 */
gboolean
hone_store_each_training_item (HoneStore         *self,
                               gint64             iteration_id,
                               HoneTrainingFunc   func,
                               gpointer           data,
                               GError           **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr(GArray) page = g_array_new (FALSE, TRUE, sizeof (TrainingRow));
      g_autoptr(GError) local = NULL;
      HoneDb *db = _hone_store_borrow (self, error);
      sqlite3_stmt *found;

      if (!db)
        return FALSE;
      g_array_set_clear_func (page, training_row_clear);
      found = _hone_db_query (db, &local,
                              "SELECT t.example, t.categories, t.pseudo, t.weight, e.text FROM training t JOIN example e ON e.id = t.example"
                              " WHERE t.iteration = ? AND t.example > ? ORDER BY t.example LIMIT ?", "iii", iteration_id, after, (gint64) PAGE);
      while (_hone_db_next (db, found, &local))
        {
          TrainingRow row = { { sqlite3_column_int64 (found, 0), NULL, sqlite3_column_int (found, 2), sqlite3_column_double (found, 3) },
                              sqlite3_column_int64 (found, 1), _hone_db_dup_column (found, 4) };

          g_array_append_val (page, row);
        }
      for (guint i = 0; i < page->len && !local; i++)
        {
          TrainingRow *row = &g_array_index (page, TrainingRow, i);

          row->item.categories = _hone_sets_get (db, row->set, &local);
        }
      _hone_store_give_back (self, db);
      for (guint i = 0; i < page->len && !local; i++)
        {
          const TrainingRow *row = &g_array_index (page, TrainingRow, i);

          if (!func (&row->item, row->text, data, error))
            return FALSE;
          after = row->item.example_id;
        }
      if (local)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (page->len == 0)
        return TRUE;
    }
}

static gboolean
is_sealed (HoneStore  *self,
           gint64      example,
           GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  gboolean sealed;

  if (!db)
    return TRUE;
  sealed = _hone_db_number (db, 0, error, "SELECT 1 FROM example e WHERE e.id = ? AND" SEALED, "i", example) != 0;
  _hone_store_give_back (self, db);
  return sealed;
}

typedef struct {
  HoneStore       *store;
  HoneExampleFunc  func;
  gpointer         data;
} Unlabelled;

static gboolean
visit_unlabelled (const HoneExample  *example,
                  gpointer            data,
                  GError            **error)
{
  Unlabelled *visit = data;
  g_autoptr(GError) local = NULL;
  gboolean sealed = is_sealed (visit->store, example->id, &local);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return sealed || visit->func (example, visit->data, error);
}

/**
 * hone_store_each_unlabelled:
 * @self: a project
 * @func: called for each, in ascending id; may use the store
 * @data: for @func
 * @error: return location
 *
 * Goes through the train texts without any label that are no near copies of `validation` or `test`: what self-training may use.
 *
 * Returns: whether all were seen
 */
gboolean
hone_store_each_unlabelled (HoneStore        *self,
                            HoneExampleFunc   func,
                            gpointer          data,
                            GError          **error)
{
  HoneFilter filter = HONE_FILTER_ALL;
  Unlabelled visit = { self, func, data };

  filter.split = HONE_SPLIT_TRAIN;
  filter.reference_state = HONE_REFERENCE_NONE;
  return hone_store_each_example (self, &filter, visit_unlabelled, &visit, NULL, error);
}
