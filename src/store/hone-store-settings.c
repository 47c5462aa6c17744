/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small named values of the project, the template among them. */
#include "config.h"

#include "hone-store-private.h"

/**
 * hone_store_dup_setting:
 * @self: a project
 * @name: of a setting
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
hone_store_dup_setting (HoneStore  *self,
                        const char *name)
{
  HoneDb *db = _hone_store_borrow (self, NULL);
  sqlite3_stmt *row;
  char *value = NULL;

  if (!db)
    return NULL;
  row = _hone_db_query (db, NULL, "SELECT value FROM setting WHERE name = ?", "s", name);
  if (_hone_db_next (db, row, NULL))
    {
      value = _hone_db_dup_column (row, 0);
      _hone_db_end (row);
    }
  _hone_store_give_back (self, db);
  return value;
}

/**
 * hone_store_set_setting:
 * @self: a project
 * @name: of a setting
 * @value: (nullable): NULL removes it
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_set_setting (HoneStore   *self,
                        const char  *name,
                        const char  *value,
                        GError     **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db,
                          value ? _hone_db_run (db, error, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", "ss", name, value)
                                : _hone_db_run (db, error, "DELETE FROM setting WHERE name = ?", "s", name), error);
}

/**
 * hone_store_dup_template:
 * @self: a project
 *
 * Returns: (transfer full): the template that new models get; the default one until another is set
 */
HoneTemplate *
hone_store_dup_template (HoneStore *self)
{
  g_autofree char *text = hone_store_dup_setting (self, "template");
  HoneTemplate *template = text ? hone_template_from_string (text, NULL) : NULL;

  return template ? template : hone_template_new_default ();
}

/**
 * hone_store_set_template:
 * @self: a project
 * @template: for new models
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_set_template (HoneStore     *self,
                         HoneTemplate  *template,
                         GError       **error)
{
  g_autofree char *text = hone_template_to_string (template);

  return hone_store_set_setting (self, "template", text, error);
}
