/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments and iterations. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-store-experiments.h"
#include "hone-store-private.h"
#include "hone-store-sweep-private.h"
#include "hone-store-work-private.h"

/**
 * hone_experiment_free:
 * @self: (transfer full): an experiment
 */
void
hone_experiment_free (HoneExperiment *self)
{
  g_free (self->name);
  g_free (self->provider);
  g_free (self->method);
  g_free (self->base);
  g_free (self->settings);
  g_free (self->note);
  g_free (self);
}

/**
 * hone_iteration_free:
 * @self: (transfer full): an iteration
 */
void
hone_iteration_free (HoneIteration *self)
{
  g_free (self->experiment);
  g_free (self->template_hash);
  g_free (self->settings);
  g_free (self->model);
  g_free (self->description);
  g_free (self);
}

static gboolean
check_name (HoneDb      *db,
            const char  *name,
            gint64       id,
            GError     **error)
{
  g_autoptr(GError) local = NULL;
  gint64 taken = _hone_db_number (db, 0, &local, "SELECT count (*) FROM experiment WHERE name = ? AND deleted = 0 AND id <> ?", "si", name, id);

  if (!local && taken)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS, _("There is an experiment “%s” already"), name);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * hone_store_add_experiment:
 * @self: a project
 * @experiment: all but id and created
 * @error: return location; %HONE_STORE_ERROR_EXISTS where the name is taken
 *
 * Returns: the id, 0 with @error
 */
gint64
hone_store_add_experiment (HoneStore             *self,
                           const HoneExperiment  *experiment,
                           GError               **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 id = 0;

  if (!db)
    return 0;
  if (check_name (db, experiment->name, 0, error) &&
      _hone_db_run (db, error, "INSERT INTO experiment (name, provider, method, base, settings, note, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    "ssssssi", experiment->name, experiment->provider, experiment->method, experiment->base,
                    experiment->settings ? experiment->settings : "{}", experiment->note, _hone_store_now ()))
    id = sqlite3_last_insert_rowid (db->handle);
  return _hone_store_end (self, db, id != 0, error) ? id : 0;
}

/* Other models are the newest when an experiment goes or comes back. */
static gboolean
decide_disagreement (HoneDb   *db,
                     gint64    works[HONE_N_SPLITS],
                     GError  **error)
{
  for (int split = 0; split < HONE_N_SPLITS; split++)
    if (!(works[split] = _hone_work_decide (db, HONE_WORK_DISAGREE, split, 0, error)))
      return FALSE;
  return TRUE;
}

/**
 * hone_store_update_experiment:
 * @self: a project
 * @experiment: with the id of an experiment and its new name, note, archived and deleted
 * @error: return location; %HONE_STORE_ERROR_EXISTS where the name is taken
 *
 * Renames, annotates, archives or deletes it; deleted ones come back by the same way. How far models disagree is found anew in slices
 * where one goes or comes. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_update_experiment (HoneStore             *self,
                              const HoneExperiment  *experiment,
                              GError               **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 works[HONE_N_SPLITS] = { 0 };
  g_autoptr(GError) local = NULL;
  gint64 was_deleted;
  gboolean good;

  if (!db)
    return FALSE;
  was_deleted = _hone_db_number (db, 0, &local, "SELECT deleted FROM experiment WHERE id = ?", "i", experiment->id);
  good = !local && (experiment->deleted || check_name (db, experiment->name, experiment->id, &local)) &&
         _hone_db_run (db, &local, "UPDATE experiment SET name = ?, note = ?, archived = ?, deleted = ? WHERE id = ?", "ssiii", experiment->name,
                       experiment->note, (gint64) !!experiment->archived, (gint64) !!experiment->deleted, experiment->id) &&
         (was_deleted == !!experiment->deleted || decide_disagreement (db, works, &local));
  good = _hone_store_end (self, db, good, &local);
  for (int split = 0; split < HONE_N_SPLITS && good; split++)
    good = works[split] == 0 || _hone_work_carry_out (self, works[split], &local);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return good;
}

static char *
find_free_name (HoneDb      *db,
                const char  *name,
                GError     **error)
{
  for (int n = 2;; n++)
    {
      g_autoptr(GError) local = NULL;
      char *next = g_strdup_printf ("%s (%d)", name, n);

      if (check_name (db, next, 0, &local))
        return next;
      g_free (next);
      if (!g_error_matches (local, HONE_STORE_ERROR, HONE_STORE_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
}

/**
 * hone_store_duplicate_experiment:
 * @self: a project
 * @experiment_id: an experiment
 * @error: return location
 *
 * Adds an experiment with the same provider, model, method, settings and note, named “NAME (2)” or the next that is free, without
 * iterations: to be varied. Blocks.
 *
 * Returns: its id, 0 with @error
 */
gint64
hone_store_duplicate_experiment (HoneStore  *self,
                                 gint64      experiment_id,
                                 GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  g_autofree char *name = NULL, *free_name = NULL;
  sqlite3_stmt *row;
  gint64 id = 0;

  if (!db)
    return 0;
  row = _hone_db_query (db, error, "SELECT name FROM experiment WHERE id = ? AND deleted = 0", "i", experiment_id);
  if (_hone_db_next (db, row, error))
    {
      name = _hone_db_dup_column (row, 0);
      _hone_db_end (row);
      free_name = find_free_name (db, name, error);
    }
  else if (error && !*error)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no experiment number %" G_GINT64_FORMAT), experiment_id);
    }
  if (free_name && _hone_db_run (db, error,
                                 "INSERT INTO experiment (name, provider, method, base, settings, note, created)"
                                 " SELECT ?, provider, method, base, settings, note, ? FROM experiment WHERE id = ?", "sii", free_name,
                                 _hone_store_now (), experiment_id))
    id = sqlite3_last_insert_rowid (db->handle);
  return _hone_store_end (self, db, id != 0, error) ? id : 0;
}

#define EXPERIMENT_COLUMNS "SELECT id, name, provider, method, base, settings, note, created, archived, deleted FROM experiment"

static HoneExperiment *
read_experiment (sqlite3_stmt *row)
{
  HoneExperiment *experiment = g_new0 (HoneExperiment, 1);

  experiment->id = sqlite3_column_int64 (row, 0);
  experiment->name = _hone_db_dup_column (row, 1);
  experiment->provider = _hone_db_dup_column (row, 2);
  experiment->method = _hone_db_dup_column (row, 3);
  experiment->base = _hone_db_dup_column (row, 4);
  experiment->settings = _hone_db_dup_column (row, 5);
  experiment->note = _hone_db_dup_column (row, 6);
  experiment->created = sqlite3_column_int64 (row, 7);
  experiment->archived = sqlite3_column_int (row, 8);
  experiment->deleted = sqlite3_column_int (row, 9);
  return experiment;
}

/**
 * hone_store_list_experiments:
 * @self: a project
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneExperiment): all but deleted ones and those of unfinished imports, oldest first
 */
GPtrArray *
hone_store_list_experiments (HoneStore  *self,
                             GError    **error)
{
  g_autoptr(GPtrArray) experiments = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_experiment_free);
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, EXPERIMENT_COLUMNS " WHERE deleted = 0 AND (import IS NULL OR import IN (SELECT id FROM import"
                                                       " WHERE state = 'done')) ORDER BY id", "");
  while (_hone_db_next (db, row, &local))
    g_ptr_array_add (experiments, read_experiment (row));
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&experiments);
}

static char *
join_names (GPtrArray *experiments)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < experiments->len; i++)
    g_string_append_printf (names, "%s“%s”", i ? ", " : "", ((HoneExperiment *) experiments->pdata[i])->name);
  return g_string_free (names, FALSE);
}

/**
 * hone_store_find_experiment:
 * @self: a project
 * @name: of an experiment
 * @error: return location; %HONE_STORE_ERROR_NOT_FOUND names what there is
 *
 * Returns: (transfer full) (nullable): the experiment
 */
HoneExperiment *
hone_store_find_experiment (HoneStore   *self,
                            const char  *name,
                            GError     **error)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (self, error);
  g_autofree char *names = NULL;

  if (!experiments)
    return NULL;
  for (guint i = 0; i < experiments->len; i++)
    if (strcmp (((HoneExperiment *) experiments->pdata[i])->name, name) == 0)
      {
        HoneExperiment *found = experiments->pdata[i];

        experiments->pdata[i] = g_new0 (HoneExperiment, 1);   /* the list frees something empty in its place */
        return found;
      }
  names = join_names (experiments);
  g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND,
               experiments->len ? _("There is no experiment “%s”; there are %s") : _("There is no experiment “%s”, nor any other%s"), name, names);
  return NULL;
}

/* ---- iterations ---- */

#define ITERATION_COLUMNS \
  "SELECT i.id, i.experiment, x.name, i.number, coalesce (i.parent, 0), coalesce (i.ontology, 0), i.template_hash, i.settings, i.model," \
  " i.description, i.created, i.seconds, (SELECT count (*) FROM training t WHERE t.iteration = i.id AND t.pseudo = 0)," \
  " (SELECT count (*) FROM training t WHERE t.iteration = i.id AND t.pseudo = 1) FROM iteration i JOIN experiment x ON x.id = i.experiment"

static HoneIteration *
read_iteration (sqlite3_stmt *row)
{
  HoneIteration *iteration = g_new0 (HoneIteration, 1);
  double seconds = _hone_db_double (row, 11);

  iteration->id = sqlite3_column_int64 (row, 0);
  iteration->experiment_id = sqlite3_column_int64 (row, 1);
  iteration->experiment = _hone_db_dup_column (row, 2);
  iteration->number = sqlite3_column_int (row, 3);
  iteration->parent_id = sqlite3_column_int64 (row, 4);
  iteration->ontology_version = sqlite3_column_int64 (row, 5);
  iteration->template_hash = _hone_db_dup_column (row, 6);
  iteration->settings = _hone_db_dup_column (row, 7);
  iteration->model = _hone_db_dup_column (row, 8);
  iteration->description = _hone_db_dup_column (row, 9);
  iteration->created = sqlite3_column_int64 (row, 10);
  iteration->seconds = isnan (seconds) ? 0.0 : seconds;
  iteration->n_trained = sqlite3_column_int64 (row, 12);
  iteration->n_pseudo = sqlite3_column_int64 (row, 13);
  return iteration;
}

/**
 * hone_store_add_iteration:
 * @self: a project
 * @iteration: its experiment, parent, template hash and settings; ontology version 0 means the newest; the number is given here
 * @error: return location
 *
 * Begins an iteration, which no list shows until hone_store_publish_iteration().
 *
 * Returns: the id, 0 with @error
 */
gint64
hone_store_add_iteration (HoneStore            *self,
                          const HoneIteration  *iteration,
                          GError              **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gint64 id = 0;

  if (!db)
    return 0;
  if (_hone_db_run (db, error,
                    "INSERT INTO iteration (experiment, number, parent, ontology, template_hash, settings, description, created)"
                    " SELECT ?1, coalesce (max (number), -1) + 1, nullif (?2, 0), coalesce (nullif (?3, 0), (SELECT max (version) FROM ontology)),"
                    " ?4, ?5, ?6, ?7 FROM iteration WHERE experiment = ?1", "iiisssi", iteration->experiment_id, iteration->parent_id,
                    iteration->ontology_version, iteration->template_hash, iteration->settings ? iteration->settings : "{}",
                    iteration->description, _hone_store_now ()))
    id = sqlite3_last_insert_rowid (db->handle);
  return _hone_store_end (self, db, id != 0, error) ? id : 0;
}

/**
 * hone_store_publish_iteration:
 * @self: a project
 * @iteration: with the id of an iteration and its model, description, seconds and settings
 * @error: return location
 *
 * Returns: whether it is on disk and visible
 */
gboolean
hone_store_publish_iteration (HoneStore            *self,
                              const HoneIteration  *iteration,
                              GError              **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db,
                          _hone_db_run (db, error,
                                        "UPDATE iteration SET model = ?, description = ?, seconds = ?, settings = ?, published = 1 WHERE id = ?",
                                        "ssdsi", iteration->model, iteration->description, iteration->seconds,
                                        iteration->settings ? iteration->settings : "{}", iteration->id), error);
}

/**
 * hone_store_drop_iteration:
 * @self: a project
 * @iteration_id: an iteration that came to nothing
 * @error: return location
 *
 * Removes it with its training list and predictions, in slices; an experiment that was empty but for it goes, too. Blocks.
 *
 * Returns: whether it is gone
 */
gboolean
hone_store_drop_iteration (HoneStore  *self,
                           gint64      iteration_id,
                           GError    **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  /* Out of sight and out of the counts first, so that nobody sees it go, and a kill leaves it to be swept. */
  return _hone_store_end (self, db,
                          _hone_db_run (db, error, "UPDATE iteration SET published = 0 WHERE id = ?", "i", iteration_id) &&
                            _hone_db_run (db, error, "DELETE FROM predicted_split WHERE iteration = ?", "i", iteration_id), error) &&
         _hone_iteration_remove (self, iteration_id, error);
}

/**
 * hone_store_get_iteration:
 * @self: a project
 * @iteration_id: an iteration, published or not
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the iteration
 */
HoneIteration *
hone_store_get_iteration (HoneStore  *self,
                          gint64      iteration_id,
                          GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  HoneIteration *iteration = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, ITERATION_COLUMNS " WHERE i.id = ?", "i", iteration_id);
  if (_hone_db_next (db, row, &local))
    {
      iteration = read_iteration (row);
      _hone_db_end (row);
    }
  _hone_store_give_back (self, db);
  if (!iteration && !local)
    g_set_error (&local, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("There is no iteration number %" G_GINT64_FORMAT), iteration_id);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return iteration;
}

/**
 * hone_store_list_iterations:
 * @self: a project
 * @experiment_id: an experiment
 * @error: return location
 *
 * Returns: (transfer full) (element-type HoneIteration): its published iterations, in their order
 */
GPtrArray *
hone_store_list_iterations (HoneStore  *self,
                            gint64      experiment_id,
                            GError    **error)
{
  g_autoptr(GPtrArray) iterations = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_iteration_free);
  HoneDb *db = _hone_store_borrow (self, error);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row;

  if (!db)
    return NULL;
  row = _hone_db_query (db, &local, ITERATION_COLUMNS " WHERE i.experiment = ? AND i.published = 1 ORDER BY i.number", "i", experiment_id);
  while (_hone_db_next (db, row, &local))
    g_ptr_array_add (iterations, read_iteration (row));
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&iterations);
}

static HoneIteration *
take_iteration (GPtrArray  *iterations,
                gint64      number,      /* -1: the last */
                const char *name,
                GError    **error)
{
  HoneIteration *found = NULL;

  for (guint i = 0; i < iterations->len && !found; i++)
    {
      HoneIteration *one = iterations->pdata[i];

      if (number < 0 ? i + 1 == iterations->len : one->number == number)
        {
          found = one;
          iterations->pdata[i] = g_new0 (HoneIteration, 1);
        }
    }
  if (!found && iterations->len == 0)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("The experiment “%s” has no iteration yet"), name);
  else if (!found)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("The experiment “%s” has no iteration %d; it has %d to %d"), name,
                 (int) number, ((HoneIteration *) iterations->pdata[0])->number,
                 ((HoneIteration *) iterations->pdata[iterations->len - 1])->number);
  return found;
}

/**
 * hone_store_find_iteration:
 * @self: a project
 * @name: “NAME” for the last iteration of an experiment, “NAME@N” for a certain one
 * @error: return location; %HONE_STORE_ERROR_NOT_FOUND names what there is
 *
 * Returns: (transfer full) (nullable): the iteration
 */
HoneIteration *
hone_store_find_iteration (HoneStore   *self,
                           const char  *name,
                           GError     **error)
{
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (self, name, NULL);
  const char *at = strrchr (name, '@');
  gint64 number = -1;
  g_autoptr(GPtrArray) iterations = NULL;

  if (!experiment && at && g_ascii_isdigit (at[1]))
    {
      g_autofree char *plain = g_strndup (name, at - name);
      char *end;

      number = g_ascii_strtoll (at + 1, &end, 10);
      if (*end == '\0')
        experiment = hone_store_find_experiment (self, plain, error);
      else
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("“%s” names no iteration: wanted NAME or NAME@NUMBER"), name);
    }
  else if (!experiment)
    {
      experiment = hone_store_find_experiment (self, name, error);
    }
  if (!experiment)
    return NULL;
  iterations = hone_store_list_iterations (self, experiment->id, error);
  return iterations ? take_iteration (iterations, number, experiment->name, error) : NULL;
}

/* ---- openings of the test split ---- */

/**
 * hone_store_add_opening:
 * @self: a project
 * @iteration_id: whose answers were shown with the labels of `test`; 0: none
 * @what: what was done, in words
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
hone_store_add_opening (HoneStore   *self,
                        gint64       iteration_id,
                        const char  *what,
                        GError     **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);

  if (!db)
    return FALSE;
  return _hone_store_end (self, db,
                          _hone_db_run (db, error, "INSERT INTO opening (iteration, what, time) VALUES (nullif (?, 0), ?, ?)", "isi",
                                        iteration_id, what, _hone_store_now ()), error);
}

/**
 * hone_store_count_openings:
 * @self: a project
 * @error: return location
 *
 * Returns: how often the test split was opened
 */
guint64
hone_store_count_openings (HoneStore  *self,
                           GError    **error)
{
  HoneDb *db = _hone_store_borrow (self, error);
  guint64 n;

  if (!db)
    return 0;
  n = _hone_db_number (db, 0, error, "SELECT count (*) FROM opening", "");
  _hone_store_give_back (self, db);
  return n;
}
