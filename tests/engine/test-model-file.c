/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine-support.h"
#include "hone-engine-error.h"
#include "hone-engine-input.h"
#include "hone-model-file.h"

#define BUCKETS (44 + 3 * (4 + 1 + 4 + 4 * 8))   /* where they begin in a file */

typedef struct {
  char            *directory;
  char            *path;
  HoneNgramsModel *model;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(HoneCorpus) corpus = engine_support_corpus (3, 30, 0, 0.6);
  g_auto(GStrv) keys = engine_support_keys (3);
  HoneNgramsOptions options = { GPOINTER_TO_INT (data), (const char *const *) keys, 1, 1, FALSE };
  g_autoptr(GError) error = NULL;

  fixture->directory = engine_support_directory ();
  fixture->path = g_build_filename (fixture->directory, HONE_MODEL_FILE_NAME, NULL);
  fixture->model = hone_ngrams_train (corpus, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  engine_support_remove (fixture->directory);
  hone_ngrams_model_free (fixture->model);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
save (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = hone_model_file_save (fixture->model, fixture->path, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = engine_support_sha256 (fixture->path);
  g_assert_cmpstr (sha256, ==, found);
}

static void
ask (const HoneNgramsModel *model,
     double                *probabilities)
{
  g_autoptr(HoneNgramsReader) reader = hone_ngrams_reader_new (model);
  g_autofree char *text = engine_support_text (1, 77, 0.6);

  hone_ngrams_reader_read (reader, text, strlen (text), probabilities);
}

static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(HoneNgramsModel) loaded = NULL;
  g_autoptr(HoneNgramsModel) from_folder = NULL;
  g_autoptr(GError) error = NULL;
  double before[3], after[3];

  save (fixture);
  loaded = hone_model_file_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (loaded->choice, ==, fixture->model->choice);
  g_assert_cmpuint (loaded->n_texts, ==, 30);
  g_assert_cmpstr (loaded->keys[2], ==, "C");
  ask (fixture->model, before);
  ask (loaded, after);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
  from_folder = hone_model_file_load (fixture->directory, &error);
  g_assert_no_error (error);
  g_assert_nonnull (from_folder);
}

static void
assert_refused (const char *path,
                const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneNgramsModel) model = hone_model_file_load (path, &error);

  g_assert_null (model);
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL);
  if (strstr (error->message, wanted) == NULL)
    g_error ("“%s” does not say “%s”", error->message, wanted);
}

static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  assert_refused (fixture->path, "cannot be opened");
  engine_support_write (fixture->directory, HONE_MODEL_FILE_NAME, "");
  assert_refused (fixture->path, "not a model");
  engine_support_write (fixture->directory, HONE_MODEL_FILE_NAME, "{\"model\": \"of somebody else\"}");
  assert_refused (fixture->path, "not a model");
  assert_refused ("/dev/null", "not a model");
  engine_support_write (fixture->directory, HONE_MODEL_FILE_NAME, HONE_MODEL_FILE_MAGIC);
  assert_refused (fixture->path, "damaged or cut");
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  engine_support_write (fixture->directory, HONE_MODEL_FILE_NAME, HONE_MODEL_FILE_MAGIC "\2\1\1\1 and what a newer one has");
  assert_refused (fixture->path, "newer Hone");
}

/* Cut, lengthened, and with a bit changed, at some hundred places. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  save (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (gsize i = HONE_ENGINE_MAGIC_SIZE; i < length; i += i < 400 ? 3 : length / 50)
    {
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) i, NULL));
      assert_refused (fixture->path, "damaged or cut");
      if (i < HONE_ENGINE_MAGIC_SIZE + 4)
        continue;
      bytes[i] ^= 4;
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
      assert_refused (fixture->path, "damaged or cut");
      bytes[i] ^= 4;
    }
  bytes = g_realloc (bytes, length + 1);
  bytes[length] = 0;
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length + 1, NULL));
  assert_refused (fixture->path, "damaged or cut");
}

/* With a right checksum behind a wrong value: only the bounds can tell. */
static void
assert_senseless (Fixture    *fixture,
                  const char *bytes,
                  gsize       length,
                  gsize       at,
                  const char *change,
                  gsize       change_length)
{
  g_autofree char *changed = g_memdup2 (bytes, length);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  memcpy (changed + at, change, change_length);
  g_checksum_update (checksum, (const guchar *) changed, (gssize) length - 32);
  g_checksum_get_digest (checksum, (guint8 *) changed + length - 32, &size);
  g_assert_true (g_file_set_contents (fixture->path, changed, (gssize) length, NULL));
  assert_refused (fixture->path, "values that no model has");
}

static void
test_senseless (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct { gsize at; const char *bytes; gsize length; } changes[] = {
    { 12, "\7\0\0\0", 4 },                               /* choice */
    { 16, "\0\0\0\0\0\0\0\0", 8 },                       /* texts */
    { 24, "\0\0\0\0", 4 }, { 24, "\377\377\377\177", 4 }, { 24, "\4\0\0\0", 4 },  /* categories */
    { 28, "\377\377\377\377", 4 }, { 28, "\1\0\0\0", 4 }, { 28, "\0\0\0\0", 4 },  /* features */
    { 32, "\0\0\300\177", 4 },                           /* idf of unseen n-grams: not a number */
    { 36, "\0\0\0\0\0\0\360\377", 8 },                   /* sharpness: minus infinity */
    { 44, "\0\0\0\0", 4 }, { 44, "\377\377\0\0", 4 },    /* length of the first key */
    { 48, "\377", 1 }, { 48, "B", 1 },                   /* the key: no UTF-8; the same as the second */
  };
  g_autofree char *bytes = NULL;
  gsize length;

  save (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    assert_senseless (fixture, bytes, length, changes[i].at, changes[i].bytes, changes[i].length);

  /* Buckets stand behind three categories of 41 bytes: one that does not exist, one that is there twice. */
  assert_senseless (fixture, bytes, length, BUCKETS, "\377\377\377\377", 4);
  assert_senseless (fixture, bytes, length, BUCKETS, bytes + BUCKETS + 4, 4);
}

/* A folder that is not there, and an older model that stays when the new one cannot be written. */
static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "model", NULL);
  g_autofree char *part = g_strconcat (fixture->path, ".part", NULL);
  g_autoptr(HoneNgramsModel) old = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (hone_model_file_save (fixture->model, path, &error));
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_IO);
  g_clear_error (&error);
  save (fixture);
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  g_assert_null (hone_model_file_save (fixture->model, fixture->path, &error));
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_IO);
  g_rmdir (part);
  old = hone_model_file_load (fixture->path, NULL);
  g_assert_nonnull (old);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/engine/model-file/one", Fixture, GINT_TO_POINTER (HONE_CHOICE_ONE), set_up, test_there_and_back, tear_down);
  g_test_add ("/engine/model-file/several", Fixture, GINT_TO_POINTER (HONE_CHOICE_SEVERAL), set_up, test_there_and_back, tear_down);
  g_test_add ("/engine/model-file/foreign", Fixture, NULL, set_up, test_foreign, tear_down);
  g_test_add ("/engine/model-file/newer", Fixture, NULL, set_up, test_newer, tear_down);
  g_test_add ("/engine/model-file/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/engine/model-file/senseless", Fixture, NULL, set_up, test_senseless, tear_down);
  g_test_add ("/engine/model-file/unwritable", Fixture, NULL, set_up, test_unwritable, tear_down);
  return g_test_run ();
}
