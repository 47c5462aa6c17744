/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of the ontology, template, settings, and category sets. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-counts-private.h"
#include "hone-store-ontology-private.h"
#include "hone-store-private.h"

/* ---- ontology ---- */

static gboolean
check_used (HoneDb              *db,
            const HoneOntology  *ontology,
            GError             **error)
{
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, error,
                                      "SELECT s.ids FROM category_set s WHERE EXISTS (SELECT 1 FROM label l WHERE l.categories = s.id)"
                                      " OR EXISTS (SELECT 1 FROM known k WHERE k.categories = s.id)", "");
  guint missing = 0;

  while (_hone_db_next (db, row, &local))
    {
      g_auto(GStrv) parts = g_strsplit ((const char *) sqlite3_column_text (row, 0), ",", -1);

      for (int i = 0; parts[i] && !missing; i++)
        {
          guint id = (guint) g_ascii_strtoull (parts[i], NULL, 10);

          if (!hone_ontology_get_by_id (ontology, id))
            missing = id;
        }
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (missing)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                   _("Labels use a category (number %u) that the new ontology does not have"), missing);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_choice (HoneDb              *db,
              const HoneOntology  *ontology,
              GError             **error)
{
  g_autoptr(GError) local = NULL;
  gint64 several;

  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL)
    return TRUE;
  several = _hone_db_number (db, 0, &local,
                             "SELECT count(*) FROM label l JOIN category_set s ON s.id = l.categories WHERE instr(s.ids, ',') > 0", "");
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (several > 0)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CONFLICT,
                 _("%d labels have several categories: the choice rule cannot become “one”"), (int) several);
  return several == 0;
}

gboolean
_hone_ontology_write (HoneStore           *self,
                      HoneDb              *db,
                      const HoneOntology  *ontology,
                      GError             **error)
{
  g_autoptr(GError) local = NULL;
  gint64 version, choice = _hone_db_number (db, -1, &local, "SELECT choice FROM ontology ORDER BY version DESC LIMIT 1", "");

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!check_used (db, ontology, error) || !check_choice (db, ontology, error))
    return FALSE;
  if (!_hone_db_run (db, error, "INSERT INTO ontology (created, choice, instruction) VALUES (?, ?, ?)", "iis", _hone_store_now (),
                     (gint64) hone_ontology_get_choice (ontology), hone_ontology_get_instruction (ontology)))
    return FALSE;
  version = sqlite3_last_insert_rowid (db->handle);
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);
      g_autofree char *aliases = category->aliases ? g_strjoinv ("\n", category->aliases) : g_strdup ("");

      if (!_hone_db_run (db, error,
                         "INSERT INTO category (ontology, id, position, key, name, definition, color, shortcut, aliases)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "iiissssss", version, (gint64) category->id, (gint64) i, category->key,
                         category->name, category->definition, category->color, category->shortcut, aliases))
        return FALSE;
    }
  return choice < 0 || choice == (gint64) hone_ontology_get_choice (ontology) || _hone_reference_update_all (self, db, error);
}

/**
 * hone_store_set_ontology:
 * @self: a project
 * @ontology: the new one; categories that stay keep their ids
 * @error: return location
 *
 * Adds a version. A category that a label uses cannot go, nor can “several” become “one” while labels have several
 * (%HONE_STORE_ERROR_CONFLICT). Blocks.
 *
 * Returns: whether it was stored
 */
gboolean
hone_store_set_ontology (HoneStore           *self,
                         const HoneOntology  *ontology,
                         GError             **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gboolean good;

  if (!db)
    return FALSE;
  good = _hone_store_end (self, db, _hone_ontology_write (self, db, ontology, error), error);
  _hone_store_forget_ontology (self);
  return good;
}

/**
 * hone_store_get_ontology_version:
 * @self: a project
 *
 * Returns: the version of the newest ontology, 0 where there is none
 */
gint64
hone_store_get_ontology_version (HoneStore *self)
{
  HoneDb *db = _hone_store_borrow (self, NULL);
  gint64 version = 0;

  if (db)
    {
      version = _hone_db_number (db, 0, NULL, "SELECT max(version) FROM ontology", "");
      _hone_store_give_back (self, db);
    }
  return version;
}

/* ---- settings and template ---- */

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
