/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of the ontology. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-ontology-private.h"
#include "hone-store-private.h"
#include "hone-store-work-private.h"

/* ---- the newest one, kept in memory ---- */


static HoneOntology *
read_ontology (HoneDb  *db,
               gint64   version,
               GError **error)
{
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, error, "SELECT choice, instruction FROM ontology WHERE version = ?", "i", version);

  if (!_hone_db_next (db, row, &local))
    {
      if (local)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("The project has no categories of version %d"), (int) version);
      return NULL;
    }
  ontology = hone_ontology_new (sqlite3_column_int (row, 0), (const char *) sqlite3_column_text (row, 1));
  _hone_db_end (row);

  row = _hone_db_query (db, error,
                        "SELECT id, key, name, definition, color, shortcut, aliases FROM category WHERE ontology = ? ORDER BY position",
                        "i", version);
  while (_hone_db_next (db, row, &local))
    {
      const char *aliases = (const char *) sqlite3_column_text (row, 6);
      g_auto(GStrv) list = g_strsplit (aliases, "\n", -1);
      HoneCategory category = {
        .id = sqlite3_column_int (row, 0), .key = (char *) sqlite3_column_text (row, 1), .name = (char *) sqlite3_column_text (row, 2),
        .definition = (char *) sqlite3_column_text (row, 3), .color = (char *) sqlite3_column_text (row, 4),
        .shortcut = (char *) sqlite3_column_text (row, 5), .aliases = *aliases ? list : NULL,
      };

      if (!hone_ontology_add (ontology, &category, &local))
        {
          _hone_db_end (row);
          break;
        }
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&ontology);
}

/**
 * hone_store_dup_ontology:
 * @self: a project
 *
 * Returns: (transfer full): the newest ontology, not to be edited; empty until the first is set
 */
HoneOntology *
hone_store_dup_ontology (HoneStore *self)
{
  HoneOntology *ontology = NULL;

  g_mutex_lock (&self->ontology_mutex);
  if (!self->ontology || !self->writable)     /* beside a reader another process may write a new one */
    {
      HoneDb *db = _hone_store_borrow (self, NULL);
      gint64 version = db ? _hone_db_number (db, 0, NULL, "SELECT max(version) FROM ontology", "") : 0;

      if (version > 0 && (!self->ontology || version != self->ontology_version))
        {
          g_clear_pointer (&self->ontology, hone_ontology_unref);
          self->ontology = read_ontology (db, version, NULL);
          self->ontology_version = version;
        }
      if (db)
        _hone_store_give_back (self, db);
    }
  ontology = self->ontology ? hone_ontology_ref (self->ontology) : hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_mutex_unlock (&self->ontology_mutex);
  return ontology;
}

void
_hone_store_forget_ontology (HoneStore *self)
{
  g_mutex_lock (&self->ontology_mutex);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_mutex_unlock (&self->ontology_mutex);
}

HoneChoice
_hone_store_get_choice (HoneStore *self)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (self);

  return hone_ontology_get_choice (ontology);
}

/**
 * hone_store_dup_ontology_at:
 * @self: a project
 * @version: of the ontology
 * @error: return location for a %HONE_STORE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the ontology as it was
 */
HoneOntology *
hone_store_dup_ontology_at (HoneStore  *self,
                            gint64      version,
                            GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  HoneOntology *ontology;

  if (!db)
    return NULL;
  ontology = read_ontology (db, version, error);
  _hone_store_give_back (self, db);
  return ontology;
}

/* ---- writing ---- */

static gboolean
check_used (HoneDb              *db,
            const HoneOntology  *ontology,
            GError             **error)
{
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, error,
                                      "SELECT s.ids FROM category_set s WHERE EXISTS (SELECT 1 FROM label l WHERE l.categories IS NOT NULL AND l.categories = s.id)"
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
                             "SELECT count (*) FROM category_set s CROSS JOIN label l ON l.categories = s.id"
                             " WHERE l.categories IS NOT NULL AND instr (s.ids, ',') > 0", "");
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
_hone_ontology_write (HoneDb              *db,
                      const HoneOntology  *ontology,
                      gint64              *work,
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
  *work = 0;
  if (choice < 0 || choice == (gint64) hone_ontology_get_choice (ontology))
    return TRUE;
  *work = _hone_work_decide (db, HONE_WORK_CONFLICTING, 0, 0, error);   /* equal labels mean the same under both rules */
  return *work != 0;
}

/**
 * hone_store_set_ontology:
 * @self: a project
 * @ontology: the new one; categories that stay keep their ids
 * @error: return location
 *
 * Adds a version. A category that a label uses cannot go, nor can “several” become “one” while labels have several
 * (%HONE_STORE_ERROR_CONFLICT). Where the choice rule changes, examples whose labels differ refer anew in slices. Blocks.
 *
 * Returns: whether it was stored
 */
gboolean
hone_store_set_ontology (HoneStore           *self,
                         const HoneOntology  *ontology,
                         GError             **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 work = 0;
  gboolean good;

  if (!db)
    return FALSE;
  good = _hone_store_end (self, db, _hone_ontology_write (db, ontology, &work, error), error);
  _hone_store_forget_ontology (self);
  return good && (work == 0 || _hone_work_carry_out (self, work, error));
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
