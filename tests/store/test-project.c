/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file as a file: made, opened, locked, refused, copied, gone. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hone-fault-vfs.h"
#include "test-support.h"

static const Row rows[] = { { "a", "Rates rise", HONE_SPLIT_TRAIN, 1 }, { "b", "A goal", HONE_SPLIT_VALIDATION, 3 } };

static char *
new_project (void)
{
  char *path = new_path ();
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);

  import_rows (store, rows, 2, NULL, NULL);
  close_store (store);
  return path;
}

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_refused (const char     *path,
                HoneStoreMode   mode,
                HoneStoreError  code)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_open (path, mode, &error);

  g_assert_null (store);
  g_assert_error (error, HONE_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_life (void)
{
  g_autofree char *path = new_project ();
  g_autofree char *folder = g_path_get_dirname (path), *uuid = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(HoneTemplate) template = hone_template_new ("Which?", "Text: ", " =>", "\n", TRUE), stored = NULL;
  g_autofree char *setting = NULL, *none = NULL;
  HoneStore *store = reopen (path, HONE_STORE_WRITE);

  g_assert_true (hone_store_get_writable (store));
  g_assert_cmpuint (hone_store_get_seed (store), ==, 42);
  uuid = g_strdup (hone_store_get_uuid (store));
  g_assert_true (g_uuid_string_is_valid (uuid));
  g_assert_true (hone_store_set_template (store, template, &error));
  g_assert_true (hone_store_set_setting (store, "colour", "blue", &error));
  g_assert_true (hone_store_set_setting (store, "gone", "x", &error));
  g_assert_true (hone_store_set_setting (store, "gone", NULL, &error));
  close_store (store);

  /* one file, which remembers */
  dir = g_dir_open (folder, 0, &error);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "test.hone");
  g_assert_null (g_dir_read_name (dir));
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_cmpstr (hone_store_get_uuid (store), ==, uuid);
  stored = hone_store_dup_template (store);
  g_assert_cmpstr (hone_template_get_hash (stored), ==, hone_template_get_hash (template));
  setting = hone_store_dup_setting (store, "colour");
  g_assert_cmpstr (setting, ==, "blue");
  none = hone_store_dup_setting (store, "gone");
  g_assert_null (none);
  close_store (store);
  g_assert_null (hone_store_create (path, 1, &error));
  assert_store_error (error, EXISTS);
  remove_project (path);
}

static void
test_foreign (void)
{
  g_autofree char *path = new_path (), *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, &error));
  assert_refused (path, HONE_STORE_WRITE, HONE_STORE_ERROR_FOREIGN);
  assert_refused (path, HONE_STORE_READ, HONE_STORE_ERROR_FOREIGN);
  g_assert_true (g_file_set_contents (path, "id,text,label\n1,hello,MONEY\n", -1, &error));
  assert_refused (path, HONE_STORE_WRITE, HONE_STORE_ERROR_FOREIGN);
  assert_refused (path, HONE_STORE_READ, HONE_STORE_ERROR_FOREIGN);
  assert_refused (folder, HONE_STORE_WRITE, HONE_STORE_ERROR_FOREIGN);

  g_remove (path);
  run_sql (path, "CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')");
  assert_refused (path, HONE_STORE_WRITE, HONE_STORE_ERROR_FOREIGN);
  assert_refused (path, HONE_STORE_READ, HONE_STORE_ERROR_FOREIGN);
  remove_project (path);
}

static void
test_newer (void)
{
  g_autofree char *path = new_project ();

  run_sql (path, "PRAGMA user_version = 1000");
  assert_refused (path, HONE_STORE_WRITE, HONE_STORE_ERROR_TOO_NEW);
  assert_refused (path, HONE_STORE_READ, HONE_STORE_ERROR_TOO_NEW);
  remove_project (path);
}

/* Cut or overwritten anywhere, a file is refused or works: it never crashes and never loses silently. */
static void
test_damaged (void)
{
  g_autofree char *path = new_project ();
  g_autofree char *whole = NULL;
  gsize size;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &whole, &size, &error));
  for (guint i = 1; i < 24; i++)
    {
      gboolean cut = i % 2 == 0;
      g_autofree char *bytes = g_memdup2 (whole, size);
      g_autoptr(GError) refusal = NULL;
      HoneStore *store;

      if (!cut)
        memset (bytes + size / 24 * i, 0xa5, 300);
      g_assert_true (g_file_set_contents (path, bytes, cut ? size / 24 * i : size, &error));
      store = hone_store_open (path, HONE_STORE_WRITE, &refusal);
      if (store == NULL)
        {
          g_assert_cmpint (refusal->domain, ==, HONE_STORE_ERROR);
          continue;
        }
      g_assert_false (cut);
      if (!hone_store_check (store, &refusal))
        g_assert_cmpint (refusal->domain, ==, HONE_STORE_ERROR);
      hone_store_close (store, NULL);
      g_object_unref (store);
    }
  remove_project (path);
}

static void
read_closed (const char *path)
{
  HoneStore *store = reopen (path, HONE_STORE_READ);

  g_assert_cmpint (find (store, "b"), ==, 2);
  g_object_unref (store);
  assert_refused (path, HONE_STORE_WRITE, HONE_STORE_ERROR_READ_ONLY);
}

/* The superuser may write everywhere: a process that gave these rights up looks. */
static void
read_without_rights (const char *path)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
      struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

      if (syscall (SYS_capset, &header, none) != 0)
        _exit (2);
      read_closed (path);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static void
test_read_only (void)
{
  g_autofree char *path = new_project (), *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;
  HoneLabel label = { .example_id = 1, .author = (char *) "ana" };
  HoneStore *store = reopen (path, HONE_STORE_READ);

  g_assert_false (hone_store_get_writable (store));
  g_assert_cmpint (find (store, "a"), ==, 1);
  g_assert_cmpint (hone_store_add_label (store, &label, &error), ==, 0);
  assert_store_error (error, READ_ONLY);
  g_clear_error (&error);
  g_assert_null (hone_store_import_begin (store, "f", "csv", NULL, &error));
  assert_store_error (error, READ_ONLY);
  hone_store_close (store, NULL);
  g_object_unref (store);

  g_chmod (path, 0444);
  g_chmod (folder, 0555);
  if (access (folder, W_OK) == 0)
    read_without_rights (path);
  else
    read_closed (path);
  g_chmod (folder, 0755);
  remove_project (path);
}

/* A second process that writes is refused with the name of the first; one that reads is not. */
static void
test_locked (void)
{
  g_autofree char *path = new_project ();
  int ready[2], done[2];
  char byte = 'x';
  pid_t child;
  int status;

  g_assert_cmpint (pipe (ready) | pipe (done), ==, 0);
  child = fork ();
  if (child == 0)
    {
      HoneStore *store = hone_store_open (path, HONE_STORE_WRITE, NULL);

      byte = store != NULL ? 'w' : '-';
      if (write (ready[1], &byte, 1) != 1 || read (done[0], &byte, 1) != 1)
        _exit (1);
      hone_store_close (store, NULL);
      _exit (0);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'w');
  {
    g_autoptr(GError) error = NULL;
    g_autofree char *pid = g_strdup_printf ("%d", (int) child);
    HoneStore *reader = reopen (path, HONE_STORE_READ);

    g_assert_null (hone_store_open (path, HONE_STORE_WRITE, &error));
    assert_store_error (error, BUSY);
    g_assert_nonnull (strstr (error->message, pid));
    g_assert_nonnull (strstr (error->message, g_get_host_name ()));
    g_assert_cmpint (find (reader, "a"), ==, 1);
    hone_store_close (reader, NULL);
    g_object_unref (reader);
  }
  g_assert_cmpint (write (done[1], &byte, 1), ==, 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);

  close_store (reopen (path, HONE_STORE_WRITE));

  /* also within one process */
  {
    HoneStore *first = reopen (path, HONE_STORE_WRITE);

    assert_refused (path, HONE_STORE_WRITE, HONE_STORE_ERROR_BUSY);
    close_store (first);
  }
  remove_project (path);
}

static void
test_gone (void)
{
  for (int replaced = 0; replaced < 2; replaced++)
    {
      g_autofree char *path = new_project ();
      HoneStore *store = reopen (path, HONE_STORE_WRITE);
      g_autoptr(GError) error = NULL;
      g_autofree char *content = NULL;

      g_remove (path);
      if (replaced)
        g_assert_true (g_file_set_contents (path, "something else", -1, NULL));
      g_assert_false (hone_store_set_flag (store, 1, TRUE, &error));
      assert_store_error (error, GONE);
      hone_store_close (store, NULL);
      g_object_unref (store);
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, replaced);
      if (replaced)
        {
          g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
          g_assert_cmpstr (content, ==, "something else");
        }
      remove_project (path);
    }
}

/* As in a network folder. */
static void
test_without_wal (void)
{
  g_autofree char *path = NULL;
  HoneStore *store;

  hone_fault_vfs_set_shared (FALSE);
  path = new_project ();
  store = reopen (path, HONE_STORE_WRITE);
  add_label (store, 1, "ana", 2, HONE_ORIGIN_HUMAN);
  import_rows (store, (const Row[]) { { "c", "More", -1, 1 } }, 1, NULL, NULL);
  g_assert_cmpuint (reference_of (store, find (store, "c")), ==, 1);
  close_store (store);
  hone_fault_vfs_set_shared (TRUE);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_cmpint (find (store, "c"), ==, 3);
  close_store (store);
  remove_project (path);
}

static void
keep_fraction (double   fraction,
               gpointer data)
{
  *(double *) data = fraction;
}

/* Cancelled it stays as large as it is; done it has nothing unused. */
static void
test_compact (HoneStore    *store,
              GCancellable *cancelled)
{
  g_autoptr(GError) error = NULL;
  guint64 before, unused, after;
  g_autofree char *long_value = g_strnfill (1 << 20, 'x');

  g_assert_true (hone_store_set_setting (store, "much", long_value, &error));
  g_assert_true (hone_store_set_setting (store, "much", NULL, &error));
  g_assert_true (hone_store_get_size (store, &before, &unused, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (unused, >=, 1 << 20);
  g_assert_cmpuint (before, >, unused);
  g_assert_false (hone_store_compact (store, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (hone_store_get_size (store, &after, &unused, &error));
  g_assert_cmpuint (after, ==, before);

  g_assert_true (hone_store_compact (store, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (hone_store_get_size (store, &after, &unused, &error));
  g_assert_cmpuint (unused, ==, 0);
  g_assert_cmpuint (after + (1 << 20), <=, before);
  g_assert_true (hone_store_check (store, &error));
  g_assert_no_error (error);
}

static void
test_copy (void)
{
  g_autofree char *path = new_project (), *copy = g_strconcat (path, "-copy.hone", NULL), *other = g_strconcat (path, "-2.hone", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uuid = NULL;
  HoneStore *store = reopen (path, HONE_STORE_WRITE);
  double fraction = 0;

  uuid = g_strdup (hone_store_get_uuid (store));
  g_assert_true (hone_store_save_copy (store, copy, keep_fraction, &fraction, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (fraction, <=, 1);
  g_assert_false (hone_store_save_copy (store, copy, NULL, NULL, NULL, &error));
  assert_store_error (error, EXISTS);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (hone_store_save_copy (store, other, NULL, NULL, cancellable, &error));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  test_compact (store, cancellable);
  close_store (store);

  store = reopen (copy, HONE_STORE_WRITE);
  g_assert_cmpstr (hone_store_get_uuid (store), !=, uuid);
  g_assert_cmpuint (reference_of (store, find (store, "b")), ==, 3);
  close_store (store);
  remove_project (path);
}

static int copied;

static gpointer
label_without_end (gpointer data)
{
  HoneStore *store = data;

  while (!g_atomic_int_get (&copied))
    add_label (store, 1, "ana", g_random_int_range (1, 4), HONE_ORIGIN_HUMAN);
  return NULL;
}

/* Somebody labels all the while: the copy ends, and is the project of one moment. */
static void
test_copy_meanwhile (void)
{
  g_autofree char *path = new_project (), *copy = g_strconcat (path, "-copy.hone", NULL);
  g_autoptr(GError) error = NULL;
  HoneStore *store = reopen (path, HONE_STORE_WRITE);
  GThread *thread = g_thread_new ("labels", label_without_end, store);

  for (int i = 0; i < 20; i++)
    {
      g_remove (copy);
      g_assert_true (hone_store_save_copy (store, copy, NULL, NULL, NULL, &error));
      g_assert_no_error (error);
      close_store (reopen (copy, HONE_STORE_WRITE));
    }
  g_atomic_int_set (&copied, 1);
  g_thread_join (thread);
  close_store (store);
  remove_project (path);
}

/* Any program with plain SQLite can open and check the file. */
static void
test_plain_sqlite (void)
{
  g_autofree char *path = new_project ();

  run_sql (path, "PRAGMA integrity_check; PRAGMA foreign_key_check; SELECT count(*) FROM example");
  close_store (reopen (path, HONE_STORE_WRITE));
  remove_project (path);
}

/* A file of format 1: it is copied, migrated, and its answers are published as they were. */
static void
test_older (void)
{
  g_autofree char *path = new_project (), *copy = g_strdup_printf ("%s.format-1", path);
  g_autoptr(GError) error = NULL;
  HoneStore *store;

  run_sql (path, "CREATE TABLE old_split (iteration INTEGER NOT NULL REFERENCES iteration, split INTEGER NOT NULL, PRIMARY KEY (iteration, split))"
                 " STRICT, WITHOUT ROWID; INSERT INTO old_split SELECT iteration, split FROM predicted_split; DROP TABLE predicted_split;"
                 "ALTER TABLE old_split RENAME TO predicted_split; DROP TABLE work_item; DROP TABLE work; DROP INDEX label_categories;"
                 "DROP INDEX known_categories; DROP INDEX label_by_hand; DROP INDEX example_import; DROP INDEX prediction_unable; ANALYZE; PRAGMA user_version = 1");
  g_assert_null (hone_store_open (path, HONE_STORE_READ, &error));
  assert_store_error (error, CONFLICT);
  g_clear_error (&error);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  close_store (store);
  run_sql (path, "SELECT published, counted FROM predicted_split; SELECT kind FROM work");
  remove_project (path);
}

static void
test_ontology (void)
{
  g_autofree char *path = new_project ();
  HoneStore *store = reopen (path, HONE_STORE_WRITE);
  g_autoptr(HoneOntology) smaller = hone_ontology_new (HONE_CHOICE_ONE, "Pick"), old = NULL, bigger = make_ontology (HONE_CHOICE_ONE);
  g_autoptr(GError) error = NULL;
  gint64 version = hone_store_get_ontology_version (store);
  const char *aliases[] = { "cash", "with\ttab", NULL };
  HoneCategory money = { .id = 1, .name = (char *) "Money" };
  HoneCategory health = { .name = (char *) "Health", .definition = (char *) "illness", .color = (char *) "#112233", .aliases = (char **) aliases };

  g_assert_cmpint (version, >, 0);
  g_assert_cmpuint (hone_ontology_add (smaller, &money, &error), ==, 1);
  g_assert_false (hone_store_set_ontology (store, smaller, &error));     /* a label has category 3 */
  assert_store_error (error, CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (hone_store_get_ontology_version (store), ==, version);

  g_assert_cmpuint (hone_ontology_add (bigger, &health, &error), ==, 4);
  g_assert_true (hone_store_set_ontology (store, bigger, &error));
  g_assert_cmpint (hone_store_get_ontology_version (store), >, version);
  old = hone_store_dup_ontology_at (store, version, &error);
  g_assert_cmpuint (hone_ontology_get_size (old), ==, 3);
  close_store (store);
  store = reopen (path, HONE_STORE_READ);
  {
    g_autoptr(HoneOntology) read = hone_store_dup_ontology (store);
    g_autofree char *a = hone_ontology_dup_hash (read), *b = hone_ontology_dup_hash (bigger);

    g_assert_cmpstr (a, ==, b);
    g_assert_cmpstr (hone_ontology_get_by_id (read, 4)->color, ==, "#112233");
  }
  g_assert_null (hone_store_dup_ontology_at (store, 99, &error));
  assert_store_error (error, NOT_FOUND);
  g_object_unref (store);
  remove_project (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  hone_fault_vfs_install ();
  g_test_add_func ("/store/project/life", test_life);
  g_test_add_func ("/store/project/foreign", test_foreign);
  g_test_add_func ("/store/project/newer", test_newer);
  g_test_add_func ("/store/project/damaged", test_damaged);
  g_test_add_func ("/store/project/read-only", test_read_only);
  g_test_add_func ("/store/project/locked", test_locked);
  g_test_add_func ("/store/project/gone", test_gone);
  g_test_add_func ("/store/project/without-wal", test_without_wal);
  g_test_add_func ("/store/project/copy", test_copy);
  g_test_add_func ("/store/project/copy-meanwhile", test_copy_meanwhile);
  g_test_add_func ("/store/project/plain-sqlite", test_plain_sqlite);
  g_test_add_func ("/store/project/older", test_older);
  g_test_add_func ("/store/project/ontology", test_ontology);
  return g_test_run ();
}
