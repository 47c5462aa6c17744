/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of an import: what it brought becomes visible. */
#include "config.h"

#include <stdlib.h>

#include "hone-store-import-private.h"
#include "hone-store-ontology-private.h"
#include "hone-store-publish-private.h"
#include "hone-store-work-private.h"

/* Labels of this import that count: the newest of each author on each example. */
guint64
_hone_import_count_current (HoneStoreImport *self,
                            HoneDb          *db)
{
  return _hone_db_number (db, self->counts.labels, NULL,
                          "SELECT count (*) FROM label l WHERE l.import IS NOT NULL AND l.import = ? AND l.categories IS NOT NULL"
                          " AND NOT EXISTS (SELECT 1 FROM label n WHERE n.example = l.example AND n.author = l.author AND +n.import = l.import"
                          " AND (n.time, n.id) > (l.time, l.id))", "i", self->id);
}

/* ---- models that came with it ---- */

typedef gboolean (*ModelFunc) (HoneStoreImport *self, HoneDb *db, gint64 iteration, HoneSplit split, GError **error);

static gboolean
each_model (HoneStoreImport  *self,
            ModelFunc         func,
            HoneDb           *db,
            GError          **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const HoneImportModel *model = value;

      for (int split = 0; split < HONE_N_SPLITS; split++)
        if (model->splits & 1u << split && !func (self, db, model->id, split, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
count_model (HoneStoreImport  *self,
             HoneDb           *db,
             gint64            iteration,
             HoneSplit         split,
             GError          **error)
{
  return _hone_publish_count (self->store, iteration, split, self->first, error);
}

static gboolean
show_model (HoneStoreImport  *self,
            HoneDb           *db,
            gint64            iteration,
            HoneSplit         split,
            GError          **error)
{
  return _hone_db_run (db, error, "UPDATE iteration SET published = 1, ontology = (SELECT max (version) FROM ontology) WHERE id = ?", "i",
                       iteration) &&
         _hone_publish_show (db, iteration, split, error);
}

/* ---- finishing ---- */

static gboolean
add_counts (HoneStoreImport  *self,
            HoneDb           *db,
            GError          **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto(GStrv) parts = g_strsplit (key, " ", 3);

      if (*(gint64 *) value != 0 &&
          !_hone_count_add (db, atoi (parts[0]), atoi (parts[1]), g_ascii_strtoll (parts[2], NULL, 10), *(gint64 *) value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
decide (HoneDb        *db,
        GArray        *works,
        HoneWorkKind   kind,
        gint64         subject,
        GError       **error)
{
  gint64 work = _hone_work_decide (db, kind, subject, 0, error);

  if (work == 0)
    return FALSE;
  g_array_append_val (works, work);
  return TRUE;
}

/* What is to be done after it in slices. */
static gboolean
decide_works (HoneStoreImport     *self,
              HoneDb              *db,
              const HoneOntology  *ontology,
              GArray              *works,
              GError             **error)
{
  gboolean good = TRUE;

  if (ontology && works->len == 0 && hone_ontology_get_choice (ontology) != self->choice)
    good = decide (db, works, HONE_WORK_CONFLICTING, 0, error);
  if (good && self->labelled_old)
    good = decide (db, works, HONE_WORK_LABELS, self->id, error);
  for (int split = 0; split < HONE_N_SPLITS && good && g_hash_table_size (self->models) > 0; split++)
    good = decide (db, works, HONE_WORK_DISAGREE, split, error);
  return good;
}

/* Everything else was made ready in slices: this is short. */
static gboolean
show_import (HoneStoreImport     *self,
             HoneDb              *db,
             const HoneOntology  *ontology,
             GArray              *works,
             GError             **error)
{
  gint64 work = 0;

  if (ontology && !_hone_ontology_write (db, ontology, &work, error))
    return FALSE;
  if (work)
    g_array_append_val (works, work);
  return _hone_db_run (db, error, "UPDATE import SET state = 'done', examples = ?, labels = ? WHERE id = ?", "iii",
                       (gint64) self->counts.examples, (gint64) self->counts.labels, self->id) &&
         _hone_db_run (db, error, "UPDATE project SET visible = (SELECT coalesce (max (id), 0) FROM example)", "") &&
         add_counts (self, db, error) && each_model (self, show_model, db, error) && decide_works (self, db, ontology, works, error);
}

/* Labels that somebody gave to the same example meanwhile may count instead. */
static void
count_labels (HoneStoreImport *self)
{
  HoneDb *db = _hone_store_borrow (self->store, NULL);

  self->counts.current = self->counts.labels;
  if (!db)
    return;
  self->counts.current = _hone_import_count_current (self, db);
  _hone_store_give_back (self->store, db);
}

/**
 * hone_store_import_finish:
 * @self: an import
 * @ontology: (nullable): becomes the project's in the same transaction
 * @error: return location
 *
 * Makes everything visible at once. Where its labels fell on texts that were there before, these refer anew in slices after that.
 * Blocks. @self must still be freed.
 *
 * Returns: the id of the import, 0 with @error
 */
gint64
hone_store_import_finish (HoneStoreImport     *self,
                          const HoneOntology  *ontology,
                          GError             **error)
{
  g_autoptr(GArray) works = g_array_new (FALSE, FALSE, sizeof (gint64));
  HoneDb *db;

  g_return_val_if_fail (!self->finished, 0);

  if (!each_model (self, count_model, NULL, error))
    return 0;
  db = _hone_store_begin (self->store, HONE_WRITE_LABEL, error);
  if (!db)
    return 0;
  self->finished = _hone_store_end (self->store, db, show_import (self, db, ontology, works, error), error);
  if (ontology)
    _hone_store_forget_ontology (self->store);
  if (!self->finished)
    return 0;
  for (guint i = 0; i < works->len; i++)
    if (!_hone_work_carry_out (self->store, g_array_index (works, gint64, i), error))
      return 0;
  count_labels (self);
  return self->id;
}
