/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions on examples. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-counts-private.h"
#include "hone-store-decisions-private.h"
#include "hone-store-labels.h"
#include "hone-store-private.h"
#include "hone-store-sets-private.h"

/**
 * hone_label_free:
 * @self: (transfer full): a label
 */
void
hone_label_free (HoneLabel *self)
{
  g_free (self->author);
  g_free (self->note);
  g_clear_pointer (&self->categories, hone_category_set_unref);
  g_free (self);
}

static gboolean
check_categories (HoneStore        *self,
                  HoneCategorySet  *categories,
                  GError          **error)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (self);
  gsize n;
  const guint *ids;

  if (!categories)
    return TRUE;
  ids = hone_category_set_get_ids (categories, &n);
  for (gsize i = 0; i < n; i++)
    if (!hone_ontology_get_by_id (ontology, ids[i]))
      {
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("The project has no category with the number %u"), ids[i]);
        return FALSE;
      }
  if (n == 0 || (n > 1 && hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE))
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                   _("A label has %d categories, wanted one: the choice rule of the project is “one”"), (int) n);
      return FALSE;
    }
  return TRUE;
}

static gint64
write_label (HoneStore        *self,
             HoneDb           *db,
             const HoneLabel  *label,
             GError          **error)
{
  gint64 author, set, id;

  if (!_hone_example_check (db, label->example_id, error) || !check_categories (self, label->categories, error))
    return 0;
  author = _hone_author_intern (db, label->author ? label->author : "import", error);
  if (!author)
    return 0;
  set = _hone_sets_intern (db, label->categories, error);
  if (label->categories && !set)
    return 0;
  if (!_hone_db_run (db, error, "INSERT INTO label (example, author, time, origin, categories, note) VALUES (?, ?, ?, ?, nullif (?, 0), ?)",
                     "iiiiis", label->example_id, author, label->time ? label->time : _hone_store_now (), (gint64) label->origin, set,
                     label->note))
    return 0;
  id = sqlite3_last_insert_rowid (db->handle);
  return _hone_reference_update (self, db, label->example_id, error) ? id : 0;
}

/**
 * hone_store_add_label:
 * @self: a project
 * @label: the decision; id is ignored, time 0 means now
 * @error: return location
 *
 * Stores a decision and moves every count that depends on it. It is on disk when the function returns. Blocks.
 *
 * Returns: the label's id, 0 with @error
 */
gint64
hone_store_add_label (HoneStore        *self,
                      const HoneLabel  *label,
                      GError          **error)
{
  HoneDb *db;
  gint64 id;

  g_return_val_if_fail (HONE_IS_STORE (self) && label, 0);

  db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  if (!db)
    return 0;
  id = write_label (self, db, label, error);
  return _hone_store_end (self, db, id != 0, error) ? id : 0;
}

/**
 * hone_store_withdraw_label:
 * @self: a project
 * @label_id: a label
 * @withdrawn: TRUE undoes the label, FALSE brings it back
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_withdraw_label (HoneStore  *self,
                           gint64      label_id,
                           gboolean    withdrawn,
                           GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  g_autoptr(GError) local = NULL;
  gint64 example;
  gboolean good;

  if (!db)
    return FALSE;
  example = _hone_db_number (db, 0, &local, "SELECT example FROM label WHERE id = ?", "i", label_id);
  if (!local && example == 0)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no label number %" G_GINT64_FORMAT), label_id);
  good = !local &&
         _hone_db_run (db, &local, "UPDATE label SET withdrawn = ? WHERE id = ?", "ii", (gint64) !!withdrawn, label_id) &&
         _hone_reference_update (self, db, example, &local);
  good = _hone_store_end (self, db, good, &local);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return good;
}

/**
 * hone_store_count_labelled_by:
 * @self: a project
 * @author: who gave them
 * @time: from when on, in microseconds since 1970 UTC
 * @error: return location
 *
 * Counts what somebody did by hand: neither imported nor simulated labels, no skips, nothing that was undone.
 *
 * Returns: how many texts, `G_MAXUINT64` with @error
 */
guint64
hone_store_count_labelled_by (HoneStore   *self,
                              const char  *author,
                              gint64       time,
                              GError     **error)
{
  g_autoptr(GError) local = NULL;
  HoneDb *db;
  gint64 n;

  g_return_val_if_fail (HONE_IS_STORE (self) && author, G_MAXUINT64);

  db = _hone_store_borrow (self, error);
  if (!db)
    return G_MAXUINT64;
  n = _hone_db_number (db, 0, &local,
                       "SELECT count (DISTINCT example) FROM label WHERE author = (SELECT id FROM author WHERE name = ?) AND time >= ?"
                       " AND origin IN (0, 3) AND categories IS NOT NULL AND withdrawn = 0", "si", author, time);
  _hone_store_give_back (self, db);
  if (!local)
    return (guint64) n;
  g_propagate_error (error, g_steal_pointer (&local));
  return G_MAXUINT64;
}

/**
 * hone_store_list_labels:
 * @self: a project
 * @example_id: an example
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneLabel): its labels and skips, oldest first, withdrawn ones too
 */
GPtrArray *
hone_store_list_labels (HoneStore  *self,
                        gint64      example_id,
                        GError    **error)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_label_free);
  g_autoptr(GArray) sets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local,
                        "SELECT l.id, a.name, l.time, l.origin, coalesce (l.categories, 0), l.note, l.withdrawn FROM label l"
                        " JOIN author a ON a.id = l.author LEFT JOIN import i ON i.id = l.import"
                        " WHERE l.example = ? AND (l.import IS NULL OR i.state = 'done') ORDER BY l.time, l.id", "i", example_id);
  while (_hone_db_next (db, row, &local))
    {
      HoneLabel *label = g_new0 (HoneLabel, 1);
      gint64 set = sqlite3_column_int64 (row, 4);

      label->id = sqlite3_column_int64 (row, 0);
      label->example_id = example_id;
      label->author = _hone_db_dup_column (row, 1);
      label->time = sqlite3_column_int64 (row, 2);
      label->origin = sqlite3_column_int (row, 3);
      label->note = _hone_db_dup_column (row, 5);
      label->withdrawn = sqlite3_column_int (row, 6);
      g_ptr_array_add (labels, label);
      g_array_append_val (sets, set);
    }
  for (guint i = 0; i < labels->len && !local; i++)
    ((HoneLabel *) labels->pdata[i])->categories = _hone_sets_get (db, g_array_index (sets, gint64, i), &local);
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&labels);
}
