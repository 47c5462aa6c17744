/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "engine-support.h"
#include "hone-checkpoint.h"

typedef struct {
  char *directory;
  char *path;
} Fixture;

static const guint8 job[32] = "one job", other_job[32] = "another job";

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = engine_support_directory ();
  fixture->path = g_build_filename (fixture->directory, HONE_CHECKPOINT_NAME, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  engine_support_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
save (Fixture *fixture)
{
  g_autoptr(HoneCheckpoint) checkpoint = hone_checkpoint_new (fixture->path, job, NULL);
  g_autoptr(GError) error = NULL;

  hone_checkpoint_put (checkpoint, "step", "12345", 5);
  hone_checkpoint_put (checkpoint, "empty", "", 0);
  g_assert_true (hone_checkpoint_save (checkpoint, &error));
  g_assert_no_error (error);
}

static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(HoneCheckpoint) checkpoint = NULL;
  gsize size;

  save (fixture);
  checkpoint = hone_checkpoint_new (fixture->path, job, NULL);
  g_assert_cmpmem (hone_checkpoint_get (checkpoint, "step", 5), 5, "12345", 5);
  g_assert_null (hone_checkpoint_get (checkpoint, "step", 4));
  g_assert_nonnull (hone_checkpoint_get_any (checkpoint, "step", &size));
  g_assert_cmpuint (size, ==, 5);
  g_assert_null (hone_checkpoint_get_any (checkpoint, "none", &size));
  hone_checkpoint_remove (checkpoint);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_other_job (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(HoneCheckpoint) checkpoint = NULL;

  save (fixture);
  checkpoint = hone_checkpoint_new (fixture->path, other_job, NULL);
  g_assert_null (hone_checkpoint_get (checkpoint, "step", 5));
}

/* Cut anywhere, or one byte changed anywhere: nothing is taken from it. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  save (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr(HoneCheckpoint) cut = NULL;
      g_autoptr(HoneCheckpoint) changed = NULL;

      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) i, NULL));
      cut = hone_checkpoint_new (fixture->path, job, NULL);
      g_assert_null (hone_checkpoint_get (cut, "step", 5));
      bytes[i] ^= 1;
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
      changed = hone_checkpoint_new (fixture->path, job, NULL);
      g_assert_null (hone_checkpoint_get (changed, "step", 5));
      bytes[i] ^= 1;
    }
}

static void
test_none (void)
{
  gsize size;

  hone_checkpoint_put (NULL, "step", "x", 1);
  g_assert_null (hone_checkpoint_get_any (NULL, "step", &size));
  g_assert_true (hone_checkpoint_save (NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/engine/checkpoint/there-and-back", Fixture, NULL, set_up, test_there_and_back, tear_down);
  g_test_add ("/engine/checkpoint/other-job", Fixture, NULL, set_up, test_other_job, tear_down);
  g_test_add ("/engine/checkpoint/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add_func ("/engine/checkpoint/none", test_none);
  return g_test_run ();
}
