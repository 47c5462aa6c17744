/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports that were finished. */
#include "config.h"

#include "hone-store-import.h"
#include "hone-store-private.h"

/**
 * hone_import_info_free:
 * @self: (transfer full): an import
 */
void
hone_import_info_free (HoneImportInfo *self)
{
  g_free (self->source);
  g_free (self->format);
  g_free (self);
}

/**
 * hone_store_list_imports:
 * @self: a project
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneImportInfo): all that were finished, newest first
 */
GPtrArray *
hone_store_list_imports (HoneStore  *self,
                         GError    **error)
{
  g_autoptr(GPtrArray) imports = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_import_info_free);
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, "SELECT id, source, format, time, examples, labels, state = 'undone' FROM import WHERE state <> 'open'"
                                    " ORDER BY id DESC", "");
  while (_hone_db_next (db, row, &local))
    {
      HoneImportInfo *info = g_new0 (HoneImportInfo, 1);

      info->id = sqlite3_column_int64 (row, 0);
      info->source = _hone_db_dup_column (row, 1);
      info->format = _hone_db_dup_column (row, 2);
      info->time = sqlite3_column_int64 (row, 3);
      info->examples = sqlite3_column_int64 (row, 4);
      info->labels = sqlite3_column_int64 (row, 5);
      info->undone = sqlite3_column_int (row, 6);
      g_ptr_array_add (imports, info);
    }
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&imports);
}
