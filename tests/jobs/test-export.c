/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Out and in again: what Hone JSONL promises holds through the project file. */
#include "config.h"

#include <string.h>

#include "jobs-support.h"
#include "jobs/hone-exporter.h"
#include "jobs/hone-predict.h"
#include "reports/hone-compare.h"
#include "store/hone-store-import.h"
#include "store/hone-store-labels.h"

static char *
out_path (const char *name)
{
  g_autofree char *folder = support_dup_folder ();

  return g_build_filename (folder, name, NULL);
}

/* Labels with history, a skip, a note, a flag, a known answer, a test split and predictions of two iterations. */
static HoneStore *
make_rich (const char *name)
{
  HoneStore *store = support_new_labelled (name);
  g_autofree char *more = support_write ("rich.csv", "id,text,label,split\nx 1,\"a, \"\"quoted\"\"\ntext\",SPORTS,test\nx 2,another one,MONEY,test\n");
  g_autofree char *hidden = support_write ("hidden.txt", "a hidden one|POLITICS\n");
  g_autoptr(HoneRunQueue) queue = hone_run_queue_new (store);
  g_autoptr(HoneRun) run = NULL, test = NULL;
  g_autoptr(GError) error = NULL;
  guint money, sports;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(HoneCategorySet) first = NULL, second = NULL;
  HoneLabel label = { .author = (char *) "ana", .origin = HONE_ORIGIN_HUMAN };

  support_import (store, more, -1, HONE_IMPORT_LABELS_HUMAN);
  support_import (store, hidden, -1, HONE_IMPORT_LABELS_KNOWN);
  ontology = hone_store_dup_ontology (store);
  money = hone_ontology_get_by_key (ontology, "MONEY")->id;
  sports = hone_ontology_get_by_key (ontology, "SPORTS")->id;
  first = hone_category_set_new_single (money);
  second = hone_category_set_new_single (sports);
  label.example_id = 1;
  label.time = 1000000;
  label.categories = first;
  g_assert_cmpint (hone_store_add_label (store, &label, &error), >, 0);
  label.time = 2000000;
  label.categories = second;
  label.note = (char *) "changed my mind";
  g_assert_cmpint (hone_store_add_label (store, &label, &error), >, 0);
  label.example_id = 2;
  label.categories = NULL;
  g_assert_cmpint (hone_store_add_label (store, &label, &error), >, 0);
  g_assert_true (hone_store_set_flag (store, 3, TRUE, &error));

  g_unsetenv ("HONE_TEST_FAULT");
  run = support_tune (queue, "trainer.py", TRUE, NULL);
  test = hone_predict (queue, hone_run_get_iteration_id (run), HONE_SPLIT_TEST, &error);
  g_assert_no_error (error);
  g_assert_true (hone_run_wait (test, &error));
  return store;
}

static HoneExportReport *
export (HoneStore      *store,
        HoneExportWhat  what,
        gint64          iteration_id,
        HoneFormat      format,
        const char     *path)
{
  HoneExportOptions options = { .what = what, .iteration_id = iteration_id, .split = -1, .format = format, .path = path };
  HoneExportReport *report = NULL;
  g_autoptr(GError) error = NULL;

  hone_export_run (store, &options, NULL, NULL, &report, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static char *
read_text (const char *path)
{
  char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The header names the project, which is another one. */
static const char *
skip_header (const char *text)
{
  return strchr (text, '\n');
}

static void
test_lossless (void)
{
  g_autoptr(HoneStore) store = make_rich ("rich.hone"), copy = support_new_project ("copy.hone");
  g_autofree char *path = out_path ("all.jsonl"), *again = out_path ("again.jsonl");
  g_autoptr(HoneExportReport) report = NULL, second = NULL;
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;

  report = export (store, HONE_EXPORT_PREDICTIONS, 0, HONE_FORMAT_HONE_JSONL, path);
  g_assert_cmpuint (report->examples, ==, 32);
  g_assert_cmpuint (report->unwritable, ==, 0);
  g_assert_null (report->losses[0]);
  support_import (copy, path, -1, HONE_IMPORT_LABELS_HUMAN);
  hone_store_check (copy, &error);
  g_assert_no_error (error);
  second = export (copy, HONE_EXPORT_PREDICTIONS, 0, HONE_FORMAT_HONE_JSONL, again);
  before = read_text (path);
  after = read_text (again);
  g_assert_nonnull (strstr (before, "changed my mind"));
  g_assert_nonnull (strstr (before, "\"skip\""));
  g_assert_nonnull (strstr (before, "\"known\""));
  g_assert_nonnull (strstr (before, "\"flag\":true"));
  g_assert_cmpstr (skip_header (before), ==, skip_header (after));
}

static void
test_losses (void)
{
  g_autoptr(HoneStore) store = make_rich ("losses.hone");
  HoneExportOptions options = { .what = HONE_EXPORT_LABELS, .split = -1, .format = HONE_FORMAT_FASTTEXT };
  g_autoptr(HoneExportReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (hone_export_preview (store, &options, &report, NULL, &error));
  g_assert_cmpuint (report->loss_counts[HONE_PART_SKIP], ==, 1);
  g_assert_nonnull (report->losses[0]);
  g_assert_false (report->opening);
  g_assert_cmpuint (hone_store_count_openings (store, NULL), ==, 0);
}

/* Labels and predictions of test side by side are an opening, texts or labels alone are none. */
static void
test_opening (void)
{
  g_autoptr(HoneStore) store = make_rich ("opening.hone");
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, "e@1", NULL);
  g_autofree char *labels = out_path ("labels.csv"), *predictions = out_path ("predictions.csv");
  g_autoptr(HoneExportReport) closed = NULL, open = NULL;
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(GError) error = NULL;

  closed = export (store, HONE_EXPORT_LABELS, 0, HONE_FORMAT_HONE_CSV, labels);
  g_assert_false (closed->opening);
  g_assert_cmpuint (hone_store_count_openings (store, NULL), ==, 0);
  open = export (store, HONE_EXPORT_PREDICTIONS, iteration->id, HONE_FORMAT_HONE_CSV, predictions);
  g_assert_true (open->opening);
  g_assert_cmpuint (hone_store_count_openings (store, NULL), ==, 1);
  evaluation = hone_evaluate (store, iteration->id, HONE_SPLIT_TEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (evaluation->opened && evaluation->opening_recorded);
  g_assert_cmpuint (evaluation->openings, ==, 2);
  g_assert_cmpuint (evaluation->scores->n, ==, 2);
}

static void
test_refused (void)
{
  g_autoptr(HoneStore) store = support_new_labelled ("refused.hone");
  g_autofree char *path = out_path ("refused.out");
  HoneExportOptions options = { .what = HONE_EXPORT_LABELS, .split = -1, .format = HONE_FORMAT_TEXT_LABEL, .path = path };
  g_autoptr(HoneExportReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (hone_export_run (store, &options, NULL, NULL, &report, NULL, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
  g_clear_error (&error);
  options.what = HONE_EXPORT_PREDICTIONS;
  options.format = HONE_FORMAT_CSV;
  g_assert_false (hone_export_run (store, &options, NULL, NULL, &report, NULL, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/export/lossless", test_lossless);
  g_test_add_func ("/jobs/export/losses", test_losses);
  g_test_add_func ("/jobs/export/opening", test_opening);
  g_test_add_func ("/jobs/export/refused", test_refused);
  return g_test_run ();
}
