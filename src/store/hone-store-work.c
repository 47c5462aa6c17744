/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of many examples: decided in one short transaction, carried out in slices.
 *
 * Hiding a million texts takes seconds, in which nobody's label may wait. So the decision is written first, and from then on it stands:
 * the examples follow in slices, each with all its counts, and what a kill or a full disk interrupts goes on at the next open. All or
 * none of it happens, though for some seconds the lists show how far it has come. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-counts-private.h"
#include "hone-store-decisions-private.h"
#include "hone-store-publish-private.h"
#include "hone-store-work-private.h"

#define STEP "10"     /* examples, about a millisecond */

/* ---- deciding ---- */

gint64
_hone_work_begin (HoneDb        *db,
                  HoneWorkKind   kind,
                  gint64         subject,
                  gint64         detail,
                  GError       **error)
{
  return _hone_db_run (db, error, "INSERT INTO work (kind, subject, detail) VALUES (?, ?, ?)", "iii", (gint64) kind, subject, detail)
           ? sqlite3_last_insert_rowid (db->handle) : 0;
}

gboolean
_hone_work_add (HoneDb   *db,
                gint64    work,
                gint64    example,
                gint64    value,
                GError  **error)
{
  return _hone_db_run (db, error, "INSERT OR REPLACE INTO work_item (work, example, value) VALUES (?, ?, ?)", "iii", work, example, value);
}

gboolean
_hone_work_approve (HoneDb   *db,
                    gint64    work,
                    gint64    subject,
                    GError  **error)
{
  return _hone_db_run (db, error, "UPDATE work SET decided = 1, subject = ? WHERE id = ?", "ii", subject, work);
}

gint64
_hone_work_decide (HoneDb        *db,
                   HoneWorkKind   kind,
                   gint64         subject,
                   gint64         detail,
                   GError       **error)
{
  gint64 work = _hone_work_begin (db, kind, subject, detail, error);

  return work != 0 && _hone_work_approve (db, work, subject, error) ? work : 0;
}

/* ---- one example ---- */

gboolean
_hone_example_hide (HoneStore  *self,
                    HoneDb     *db,
                    gint64      example,
                    gint64      hidden,
                    GError    **error)
{
  HonePlace from, to;

  if (!_hone_place_get (db, example, &from, error))
    return FALSE;
  if (from.shown == (hidden == 0))
    return TRUE;
  to = from;
  to.shown = hidden == 0;
  return _hone_db_run (db, error, "UPDATE example SET hidden = ? WHERE id = ?", "ii", hidden, example) &&
         _hone_place_move (db, example, &from, &to, error) &&
         (hidden != 0 || _hone_reference_update (self, db, example, error));   /* the choice rule may have changed since */
}

/* A deleted text of an import that was taken back since then waits for that import; one whose id another text has by now stays. */
static gboolean
show (HoneStore  *self,
      HoneDb     *db,
      gint64      example,
      GError    **error)
{
  g_autoptr(GError) local = NULL;
  gint64 import = _hone_db_number (db, 0, &local,
                                   "SELECT i.id FROM example e JOIN import i ON i.id = e.import WHERE e.id = ? AND i.state = 'undone'", "i",
                                   example);
  gint64 taken = local ? 0 : _hone_db_number (db, 0, &local,
                                              "SELECT 1 FROM example h JOIN example e ON e.external_id = h.external_id AND e.hidden = 0"
                                              " WHERE h.id = ? AND e.external_id IS NOT NULL", "i", example);

  if (!local && import != 0)
    _hone_db_run (db, &local, "UPDATE example SET hidden = ? WHERE id = ?", "ii", -import, example);
  else if (!local && !taken)
    _hone_example_hide (self, db, example, 0, &local);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
_hone_example_set_split (HoneStore  *self,
                         HoneDb     *db,
                         gint64      example,
                         HoneSplit   split,
                         int         origin,
                         GError    **error)
{
  HonePlace from, to;

  if (!_hone_place_get (db, example, &from, error))
    return FALSE;
  to = from;
  to.split = split;
  return _hone_db_run (db, error, "UPDATE example SET split = ?, split_origin = ? WHERE id = ?", "iii", (gint64) split, (gint64) origin,
                       example) &&
         _hone_trained_find (db, example, error) &&     /* the models of the other side may have learnt from it */
         _hone_place_move (db, example, &from, &to, error) &&
         _hone_known_count_at_once (self, db, example, error);
}

/* ---- carrying out ---- */

typedef struct {
  gint64       id, subject, detail, cursor;
  HoneWorkKind kind;
} Work;

/* The next examples of each kind, as (where the cursor then stands, example, value), after the cursor. ?1 work, ?2 subject, ?3 cursor. */
static const char * const next_examples[] = {
#define ITEMS "SELECT example, example, value FROM work_item WHERE work = ?1 AND ?2 IS NOT NULL AND example > ?3 ORDER BY example LIMIT " STEP
  [HONE_WORK_HIDE] = ITEMS,
  [HONE_WORK_SPLIT] = ITEMS,
  [HONE_WORK_REVEAL] = ITEMS,
  [HONE_WORK_HIDE_IMPORT] = "SELECT id, id, 0 FROM example WHERE import = ?2 AND hidden = 0 AND id > ?3 AND ?1 ORDER BY id LIMIT " STEP,
  [HONE_WORK_SHOW] = "SELECT id, id, 0 FROM example WHERE hidden = ?2 AND hidden <> 0 AND id > ?3 AND ?1 ORDER BY id LIMIT " STEP,
  [HONE_WORK_LABELS] = "SELECT l.id, l.example, 0 FROM label l JOIN example e ON e.id = l.example WHERE l.import IS NOT NULL AND l.import = ?2"
                       " AND e.import <> ?2 AND l.id > ?3 AND ?1 ORDER BY l.id LIMIT " STEP,
  [HONE_WORK_CONFLICTING] = "SELECT id, id, 0 FROM example WHERE conflicting = 1 AND hidden = 0 AND id > ?3 AND ?1 AND ?2 IS NOT NULL"
                            " ORDER BY id LIMIT " STEP,
};

typedef struct {
  gint64 cursor, example, value;
} Item;

static gboolean
is_shown (HoneDb   *db,
          gint64    example,
          GError  **error)
{
  return _hone_db_number (db, 0, error, "SELECT 1 FROM example WHERE id = ? AND hidden = 0", "i", example) != 0;
}

/* Whoever gave a role by word since the deal keeps it. */
static gboolean
change_split (HoneStore   *self,
              HoneDb      *db,
              const Work  *work,
              const Item  *item,
              GError     **error)
{
  g_autoptr(GError) local = NULL;
  gint64 origin = _hone_db_number (db, 0, &local, "SELECT split_origin FROM example WHERE id = ?", "i", item->example);

  if (!local && (work->subject == HONE_SPLIT_GIVEN || origin == HONE_SPLIT_BY_DEFAULT))
    _hone_example_set_split (self, db, item->example, item->value, work->subject, &local);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Since the decision an example may have been deleted: then there is nothing to do any more. */
static gboolean
change (HoneStore   *self,
        HoneDb      *db,
        const Work  *work,
        const Item  *item,
        GError     **error)
{
  g_autoptr(GError) local = NULL;

  if (work->kind == HONE_WORK_SHOW)
    return show (self, db, item->example, error);
  if (is_shown (db, item->example, &local))
    switch (work->kind)
      {
      case HONE_WORK_HIDE:
        _hone_example_hide (self, db, item->example, work->subject, &local);
        break;
      case HONE_WORK_HIDE_IMPORT:
        _hone_example_hide (self, db, item->example, -work->subject, &local);
        break;
      case HONE_WORK_SPLIT:
        change_split (self, db, work, item, &local);
        break;
      case HONE_WORK_REVEAL:
        _hone_known_reveal (self, db, item->example, work->subject, work->detail, &local);
        break;
      default:
        _hone_reference_update (self, db, item->example, &local);
      }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
change_some (HoneStore  *self,
             HoneDb     *db,
             Work       *work,
             gboolean   *done,
             GError    **error)
{
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, next_examples[work->kind], "iii", work->id, work->subject, work->cursor);

  while (_hone_db_next (db, row, &local))
    {
      Item item = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2) };

      g_array_append_val (items, item);
    }
  for (guint i = 0; i < items->len && !local; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      change (self, db, work, item, &local);
      work->cursor = item->cursor;
    }
  *done = items->len == 0;
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Forgets a work, its items first, which may be many. */
static gboolean
forget (HoneDb    *db,
        gint64     work,
        gboolean  *done,
        GError   **error)
{
  if (!_hone_db_run (db, error, "DELETE FROM work_item WHERE (work, example) IN (SELECT work, example FROM work_item WHERE work = ? LIMIT 100)",
                     "i", work))
    return FALSE;
  *done = sqlite3_changes (db->handle) == 0;
  return !*done || _hone_db_run (db, error, "DELETE FROM work WHERE id = ?", "i", work);
}

static gboolean
work_step (HoneStore  *self,
           HoneDb     *db,
           gpointer    data,
           gboolean   *done,
           GError    **error)
{
  Work *work = data;
  gboolean changed = FALSE;

  if (work->cursor == G_MAXINT64)
    return forget (db, work->id, done, error);
  if (work->kind == HONE_WORK_DISAGREE ? !_hone_disagreement_step (db, work->subject, &work->cursor, &changed, error)
                                       : !change_some (self, db, work, &changed, error))
    return FALSE;
  if (changed)
    work->cursor = G_MAXINT64;
  return _hone_db_run (db, error, "UPDATE work SET cursor = ? WHERE id = ?", "ii", work->cursor, work->id);
}

static gboolean
read_work (HoneStore  *self,
           gint64      id,
           Work       *work,
           GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;
  gboolean found;

  if (!db)
    return FALSE;
  row = _hone_db_query (db, &local, "SELECT subject, detail, cursor, kind FROM work WHERE id = ?", "i", id);
  found = _hone_db_next (db, row, &local);
  if (found)
    {
      *work = (Work) { id, sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2),
                       sqlite3_column_int (row, 3) };
      _hone_db_end (row);
    }
  _hone_store_give_back (self, db);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!found || work->kind < HONE_WORK_HIDE || work->kind > HONE_WORK_DISAGREE)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT, _("The project “%s” is damaged: there is no work number %d"), self->path,
                 (int) id);
  else
    return TRUE;
  return FALSE;
}

gboolean
_hone_work_carry_out (HoneStore  *self,
                      gint64      id,
                      GError    **error)
{
  Work work;

  return read_work (self, id, &work, error) && _hone_store_write_slices (self, HONE_WRITE_SLICE, work_step, &work, error);
}

static gboolean
drop_step (HoneStore  *self,
           HoneDb     *db,
           gpointer    data,
           gboolean   *done,
           GError    **error)
{
  return forget (db, *(gint64 *) data, done, error);
}

void
_hone_work_drop (HoneStore *self,
                 gint64     work)
{
  _hone_store_write_slices (self, HONE_WRITE_SLICE, drop_step, &work, NULL);   /* else at the next open */
}

gboolean
_hone_work_resume (HoneStore  *self,
                   GError    **error)
{
  for (;;)
    {
      g_autoptr(GError) local = NULL;
      HoneDb *db = _hone_store_borrow (self, error);
      gint64 id, decided;

      if (!db)
        return FALSE;
      id = _hone_db_number (db, 0, &local, "SELECT min (id) FROM work", "");
      decided = local ? 0 : _hone_db_number (db, 0, &local, "SELECT decided FROM work WHERE id = ?", "i", id);
      _hone_store_give_back (self, db);
      if (local)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (id == 0)
        return TRUE;
      if (decided ? !_hone_work_carry_out (self, id, error) : !_hone_store_write_slices (self, HONE_WRITE_SLICE, drop_step, &id, error))
        return FALSE;
    }
}
