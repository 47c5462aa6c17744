/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the project file and the way from older ones. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-schema-private.h"

/* Migration n leads from user_version n to n + 1; the first makes everything. Never change one that was released: add another.
 *
 * Enumerations are stored as the numbers of core/hone-types.h. `hidden` is 0 for shown examples, the id of a deletion, or the negative id
 * of an import that was taken back. Rows with an id above project.visible belong to an unfinished import. */
static const char * const migrations[] = {
  "CREATE TABLE project ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1), uuid TEXT NOT NULL, seed INTEGER NOT NULL, created INTEGER NOT NULL,"
  "  visible INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE ontology ("
  "  version INTEGER PRIMARY KEY, created INTEGER NOT NULL, choice INTEGER NOT NULL CHECK (choice IN (0, 1)), instruction TEXT) STRICT;"
  "CREATE TABLE category ("
  "  ontology INTEGER NOT NULL REFERENCES ontology, id INTEGER NOT NULL CHECK (id > 0), position INTEGER NOT NULL,"
  "  key TEXT NOT NULL, name TEXT NOT NULL, definition TEXT, color TEXT, shortcut TEXT, aliases TEXT NOT NULL,"
  "  PRIMARY KEY (ontology, id)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE category_set (id INTEGER PRIMARY KEY, ids TEXT NOT NULL UNIQUE) STRICT;"
  "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
  "CREATE TABLE import ("
  "  id INTEGER PRIMARY KEY, source TEXT NOT NULL, format TEXT NOT NULL, time INTEGER NOT NULL,"
  "  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone')), examples INTEGER NOT NULL DEFAULT 0,"
  "  labels INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE deletion (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE example ("
  "  id INTEGER PRIMARY KEY, external_id TEXT, text TEXT NOT NULL,"
  "  split INTEGER NOT NULL CHECK (split BETWEEN 0 AND 2),"
  "  split_origin INTEGER NOT NULL CHECK (split_origin BETWEEN 0 AND 2),"   /* 0 by default, 1 given, 2 dealt */
  "  flag INTEGER NOT NULL CHECK (flag IN (0, 1)), hidden INTEGER NOT NULL DEFAULT 0,"
  "  import INTEGER NOT NULL REFERENCES import, fold INTEGER NOT NULL, random INTEGER NOT NULL, meta TEXT,"
  "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), reference INTEGER REFERENCES category_set,"
  "  conflicting INTEGER NOT NULL DEFAULT 0, copied INTEGER NOT NULL DEFAULT 0,"
  "  CHECK ((state = 1) = (reference IS NOT NULL))) STRICT;"
  "CREATE UNIQUE INDEX example_external ON example (external_id) WHERE external_id IS NOT NULL AND hidden = 0;"
  "CREATE INDEX example_fold ON example (fold);"
  "CREATE INDEX example_random ON example (random, id) WHERE hidden = 0;"
  "CREATE INDEX example_split ON example (split, id) WHERE hidden = 0;"
  "CREATE INDEX example_state ON example (state, id) WHERE hidden = 0;"
  "CREATE INDEX example_reference ON example (reference, id) WHERE hidden = 0 AND reference IS NOT NULL;"
  "CREATE INDEX example_flag ON example (id) WHERE hidden = 0 AND flag = 1;"
  "CREATE INDEX example_conflicting ON example (id) WHERE hidden = 0 AND conflicting = 1;"
  "CREATE INDEX example_copied ON example (id) WHERE hidden = 0 AND copied = 1;"
  "CREATE INDEX example_hidden ON example (hidden) WHERE hidden <> 0;"
  "CREATE VIRTUAL TABLE search USING fts5 (text, content = 'example', content_rowid = 'id', tokenize = 'unicode61');"
  /* How many shown examples there are of each split, state and reference (0: none). */
  "CREATE TABLE example_count ("
  "  split INTEGER NOT NULL, state INTEGER NOT NULL, reference INTEGER NOT NULL, n INTEGER NOT NULL,"
  "  PRIMARY KEY (split, state, reference)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE label ("
  "  id INTEGER PRIMARY KEY, example INTEGER NOT NULL REFERENCES example, author INTEGER NOT NULL REFERENCES author,"
  "  time INTEGER NOT NULL, origin INTEGER NOT NULL CHECK (origin BETWEEN 0 AND 3), categories INTEGER REFERENCES category_set,"
  "  note TEXT, withdrawn INTEGER NOT NULL DEFAULT 0, import INTEGER REFERENCES import) STRICT;"
  "CREATE INDEX label_example ON label (example);"
  "CREATE INDEX label_import ON label (import) WHERE import IS NOT NULL;"
  "CREATE TABLE known ("
  "  example INTEGER PRIMARY KEY REFERENCES example, categories INTEGER NOT NULL REFERENCES category_set,"
  "  import INTEGER NOT NULL REFERENCES import, revealed INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE INDEX known_hidden ON known (example) WHERE revealed = 0;"
  "CREATE TABLE experiment ("
  "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, provider TEXT NOT NULL, method TEXT, base TEXT, settings TEXT NOT NULL,"
  "  note TEXT, created INTEGER NOT NULL, archived INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,"
  "  import INTEGER REFERENCES import) STRICT;"
  "CREATE UNIQUE INDEX experiment_name ON experiment (name) WHERE deleted = 0;"
  "CREATE TABLE iteration ("
  "  id INTEGER PRIMARY KEY, experiment INTEGER NOT NULL REFERENCES experiment, number INTEGER NOT NULL, parent INTEGER REFERENCES iteration,"
  "  ontology INTEGER REFERENCES ontology, template_hash TEXT, settings TEXT NOT NULL, model TEXT, description TEXT,"
  "  created INTEGER NOT NULL, seconds REAL, published INTEGER NOT NULL DEFAULT 0, UNIQUE (experiment, number)) STRICT;"
  "CREATE TABLE training ("
  "  iteration INTEGER NOT NULL REFERENCES iteration, example INTEGER NOT NULL REFERENCES example,"
  "  categories INTEGER NOT NULL REFERENCES category_set, pseudo INTEGER NOT NULL, weight REAL NOT NULL,"
  "  PRIMARY KEY (iteration, example)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX training_example ON training (example);"
  "CREATE TABLE prediction ("
  "  iteration INTEGER NOT NULL REFERENCES iteration, example INTEGER NOT NULL REFERENCES example,"
  "  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3), categories INTEGER REFERENCES category_set, confidence REAL,"
  "  scores BLOB, raw TEXT, reason TEXT, time INTEGER NOT NULL, CHECK ((outcome = 0) = (categories IS NOT NULL)),"
  "  PRIMARY KEY (iteration, example)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX prediction_outcome ON prediction (iteration, outcome, example) WHERE outcome <> 0;"
  "CREATE INDEX prediction_answer ON prediction (iteration, categories, example) WHERE categories IS NOT NULL;"
  "CREATE INDEX prediction_confidence ON prediction (iteration, confidence, example) WHERE confidence IS NOT NULL;"
  "CREATE TABLE predicted_split ("
  "  iteration INTEGER NOT NULL REFERENCES iteration, split INTEGER NOT NULL, PRIMARY KEY (iteration, split)) STRICT, WITHOUT ROWID;"
  /* Labelled examples of published splits by reference, outcome (4: was trained on, so not scored) and answer (0: none). */
  "CREATE TABLE confusion ("
  "  iteration INTEGER NOT NULL REFERENCES iteration, split INTEGER NOT NULL, reference INTEGER NOT NULL, outcome INTEGER NOT NULL,"
  "  answer INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (iteration, split, reference, outcome, answer)) STRICT, WITHOUT ROWID;"
  /* Predicted examples that the model or an ancestor was trained on, themselves or as a near copy. */
  "CREATE TABLE trained ("
  "  iteration INTEGER NOT NULL REFERENCES iteration, example INTEGER NOT NULL REFERENCES example,"
  "  PRIMARY KEY (iteration, example)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE disagreement (example INTEGER PRIMARY KEY REFERENCES example, score REAL NOT NULL) STRICT;"
  "CREATE INDEX disagreement_score ON disagreement (score DESC, example);"
  "CREATE TABLE opening ("
  "  id INTEGER PRIMARY KEY, iteration INTEGER REFERENCES iteration, what TEXT NOT NULL, time INTEGER NOT NULL) STRICT;"
  "CREATE TABLE run ("
  "  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),"
  "  stage TEXT, parameters TEXT NOT NULL, directory TEXT, iteration INTEGER, progress REAL, error TEXT, created INTEGER NOT NULL,"
  "  started INTEGER NOT NULL, ended INTEGER NOT NULL) STRICT;"
  "CREATE TABLE run_event ("
  "  run INTEGER NOT NULL REFERENCES run, sequence INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (run, sequence)) STRICT, WITHOUT ROWID;",

  "DROP TABLE IF EXISTS sqlite_stat1;"
  "DROP TABLE IF EXISTS sqlite_stat4;"
  /* Answers of a split count up to the example `counted`, and show once `published`. */
  "ALTER TABLE predicted_split ADD COLUMN published INTEGER NOT NULL DEFAULT 1;"
  "ALTER TABLE predicted_split ADD COLUMN counted INTEGER NOT NULL DEFAULT 9223372036854775807;"
  /* What was decided for many examples and is carried out in slices: hone-store-work.c. */
  "CREATE TABLE work ("
  "  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, subject INTEGER NOT NULL, detail INTEGER NOT NULL,"
  "  decided INTEGER NOT NULL DEFAULT 0, cursor INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE work_item ("
  "  work INTEGER NOT NULL REFERENCES work, example INTEGER NOT NULL REFERENCES example, value INTEGER NOT NULL,"
  "  PRIMARY KEY (work, example)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX work_item_example ON work_item (example);"
  "CREATE INDEX label_categories ON label (categories) WHERE categories IS NOT NULL;"
  "CREATE INDEX known_categories ON known (categories);"
  "CREATE INDEX prediction_unable ON prediction (iteration, example) WHERE outcome BETWEEN 1 AND 2;"
  "CREATE INDEX example_import ON example (import, id) WHERE hidden = 0;",

  /* What somebody did by hand today, among a million imported labels. */
  "CREATE INDEX label_by_hand ON label (author, time) WHERE origin IN (0, 3);",
};

int
_hone_schema_get_format (void)
{
  return G_N_ELEMENTS (migrations);
}

static gboolean
apply (HoneDb  *db,
       int      from,
       GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", _hone_schema_get_format ());

  for (int i = from; i < _hone_schema_get_format (); i++)
    if (!_hone_db_script (db, migrations[i], error))
      return FALSE;
  return _hone_db_script (db, version, error);
}

gboolean
_hone_schema_create (HoneDb  *db,
                     GError **error)
{
  g_autofree char *application = g_strdup_printf ("PRAGMA application_id = %d", HONE_APPLICATION_ID);

  return _hone_db_script (db, application, error) && apply (db, 0, error);
}

gboolean
_hone_schema_check (HoneDb    *db,
                    gboolean  *needs_migration,
                    GError   **error)
{
  g_autoptr(GError) local = NULL;
  gint64 application = _hone_db_number (db, 0, &local, "PRAGMA application_id", "");
  gint64 format = local ? 0 : _hone_db_number (db, 0, &local, "PRAGMA user_version", "");

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (application != HONE_APPLICATION_ID || format < 1)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_FOREIGN, _("“%s” is not a Hone project"), db->path);
      return FALSE;
    }
  if (format > _hone_schema_get_format ())
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_TOO_NEW,
                   _("“%s” was written by a newer Hone (format %d, this one reads up to %d)"),
                   db->path, (int) format, _hone_schema_get_format ());
      return FALSE;
    }
  *needs_migration = format < _hone_schema_get_format ();
  return TRUE;
}

gboolean
_hone_schema_migrate (HoneDb  *db,
                      GError **error)
{
  gint64 format = _hone_db_number (db, 0, error, "PRAGMA user_version", "");
  g_autofree char *copy = g_strdup_printf ("%s.format-%d", db->path, (int) format);

  if (format < 1)
    return FALSE;
  if (!g_file_test (copy, G_FILE_TEST_EXISTS) && !_hone_db_run (db, error, "VACUUM INTO ?", "s", copy))
    return FALSE;
  if (!_hone_db_script (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (apply (db, format, error) && _hone_db_script (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}
