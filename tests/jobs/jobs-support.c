/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs-support.h"

char *
support_dup_folder (void)
{
  char *folder = g_build_filename (g_get_user_data_dir (), "test", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return folder;
}

HoneStore *
support_new_project (const char *name)
{
  g_autofree char *folder = support_dup_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_create (path, 42, &error);

  g_assert_no_error (error);
  return store;
}

char *
support_write (const char *name,
               const char *text)
{
  g_autofree char *folder = support_dup_folder ();
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

void
support_import (HoneStore        *store,
                const char       *path,
                int               split,
                HoneImportLabels  labels)
{
  const char *paths[] = { path, NULL };
  HoneImportOptions options = HONE_IMPORT_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;

  options.paths = paths;
  options.split = split;
  options.labels = labels;
  hone_import_run (store, &options, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
make_lines (guint       n,
            const char *salt)
{
  static const char * const names[] = { "SPORTS", "MONEY", "POLITICS" };
  static const char * const words[] = { "goal match team", "market shares bank", "vote senate law" };
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (lines, "%s %s number %u|%s\n", words[i % 3], salt, i, names[i % 3]);
  return g_string_free (lines, FALSE);
}

HoneStore *
support_new_labelled (const char *name)
{
  HoneStore *store = support_new_project (name);
  g_autofree char *train = make_lines (19, "train");
  g_autofree char *validation = make_lines (10, "other");
  g_autofree char *train_path = support_write ("train.txt", train);
  g_autofree char *validation_path = support_write ("validation.txt", validation);

  support_import (store, train_path, HONE_SPLIT_TRAIN, HONE_IMPORT_LABELS_HUMAN);
  support_import (store, validation_path, HONE_SPLIT_VALIDATION, HONE_IMPORT_LABELS_HUMAN);
  return store;
}

char *
support_dup_trainer (const char *name)
{
  return g_build_filename (g_getenv ("HONE_TEST_TRAINERS"), name, NULL);
}

HoneRun *
support_tune (HoneRunQueue  *queue,
              const char    *trainer,
              gboolean       good,
              GError       **error)
{
  g_autofree char *path = support_dup_trainer (trainer);
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) reason = NULL;
  HoneRun *run;

  options.experiment = "e";
  options.trainer = path;
  run = hone_tune (queue, &options, &reason);
  g_assert_no_error (reason);
  if (hone_run_wait (run, &reason) != good)
    g_error ("%s: %s", trainer, reason != NULL ? reason->message : "succeeded");
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return run;
}

/* ---- counts of an import ---- */

static guint64
get_count (const HoneJson *object,
           const char     *name)
{
  HoneJson *member = hone_json_get (object, name);

  return hone_json_get_type_of (member) == HONE_JSON_NUMBER ? (guint64) hone_json_get_number (member) : 0;
}

static void
check_count (const char *what,
             guint64     found,
             guint64     wanted)
{
  if (found == wanted)
    return;
  g_test_message ("%s: found %" G_GUINT64_FORMAT ", wanted %" G_GUINT64_FORMAT, what, found, wanted);
  g_test_fail ();
}

void
support_check_report (const HoneImportReport *report,
                      const HoneJson         *expected)
{
  HoneJson *warnings = hone_json_get (expected, "warnings");
  HoneJson *predictions = hone_json_get (expected, "predictions");
  HoneJson *splits = hone_json_get (expected, "splits");

  check_count ("examples", report->examples, get_count (expected, "examples"));
  check_count ("labels", report->labels, get_count (expected, "labels"));
  check_count ("current", report->current, get_count (expected, "current"));
  check_count ("skipped", report->skipped, get_count (expected, "skipped"));
  check_count ("refused", report->refused, get_count (expected, "refused"));
  check_count ("failed", report->failed, get_count (expected, "failed"));
  for (int i = 0; i < HONE_OUTCOME_FAILED; i++)
    check_count (hone_outcome_to_string (i), report->predictions[i], get_count (predictions, hone_outcome_to_string (i)));
  for (int i = 0; i < HONE_N_WARNINGS; i++)
    check_count (hone_warning_code_to_string (i), report->warnings[i], get_count (warnings, hone_warning_code_to_string (i)));
  for (int i = 0; i < HONE_N_SPLITS && splits != NULL; i++)
    check_count (hone_split_to_string (i), report->splits[i], get_count (splits, hone_split_to_string (i)));
  if (!g_test_failed ())
    return;
  for (guint i = 0; i < report->problems->len; i++)
    {
      const HoneImportProblem *problem = report->problems->pdata[i];

      g_test_message ("%s:%" G_GSIZE_FORMAT " %s: %s", problem->path, problem->line, problem->code, problem->message);
    }
}
