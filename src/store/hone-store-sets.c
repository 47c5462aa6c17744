/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Category sets as rows of the project file: “3,17”. */
#include "config.h"

#include "hone-store-sets-private.h"

static char *
set_to_text (HoneCategorySet *set)
{
  GString *text = g_string_new (NULL);
  gsize n;
  const guint *ids = hone_category_set_get_ids (set, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i ? "," : "", ids[i]);
  return g_string_free (text, FALSE);
}

gint64
_hone_sets_find (HoneDb           *db,
                 HoneCategorySet  *set,
                 GError          **error)
{
  g_autofree char *text = set ? set_to_text (set) : NULL;

  return text ? _hone_db_number (db, 0, error, "SELECT id FROM category_set WHERE ids = ?", "s", text) : 0;
}

gint64
_hone_sets_intern (HoneDb           *db,
                   HoneCategorySet  *set,
                   GError          **error)
{
  g_autoptr(GError) local = NULL;
  g_autofree char *text = NULL;
  gint64 id;

  if (!set)
    return 0;
  id = _hone_sets_find (db, set, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return 0;
    }
  if (id)
    return id;
  text = set_to_text (set);
  return _hone_db_run (db, error, "INSERT INTO category_set (ids) VALUES (?)", "s", text) ? sqlite3_last_insert_rowid (db->handle) : 0;
}

HoneCategorySet *
_hone_sets_get (HoneDb     *db,
                gint64      id,
                GError    **error)
{
  g_auto(GStrv) parts = NULL;
  g_autofree guint *ids = NULL;
  sqlite3_stmt *row;
  guint n;

  if (id == 0)
    return NULL;
  row = _hone_db_query (db, error, "SELECT ids FROM category_set WHERE id = ?", "i", id);
  if (!_hone_db_next (db, row, error))
    return NULL;
  parts = g_strsplit ((const char *) sqlite3_column_text (row, 0), ",", -1);
  _hone_db_end (row);
  n = g_strv_length (parts);
  ids = g_new (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    ids[i] = (guint) g_ascii_strtoull (parts[i], NULL, 10);
  return hone_category_set_new (ids, n);
}
