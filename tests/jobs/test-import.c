/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing: where categories come from, what labels become, and that nothing is left of an import that fails. */
#include "config.h"

#include <string.h>

#include "formats/hone-json.h"
#include "jobs-support.h"
#include "store/hone-store-experiments.h"
#include "store/hone-store-import.h"
#include "store/hone-store-labels.h"

static gboolean
run (HoneStore          *store,
     const char         *name,
     const char         *text,
     HoneImportOptions   options,
     HoneImportReport  **report,
     GError            **error)
{
  g_autofree char *path = support_write (name, text);
  const char *paths[] = { path, NULL };

  options.paths = paths;
  return hone_import_run (store, &options, NULL, NULL, report, NULL, error);
}

static HoneImportReport *
run_good (HoneStore         *store,
          const char        *name,
          const char        *text,
          HoneImportOptions  options)
{
  g_autoptr(GError) error = NULL;
  HoneImportReport *report = NULL;

  run (store, name, text, options, &report, &error);
  g_assert_no_error (error);
  hone_store_check (store, &error);
  g_assert_no_error (error);
  return report;
}

static const HoneImportOptions plain = HONE_IMPORT_OPTIONS_INIT;

static guint64
count_examples (HoneStore *store)
{
  HoneFilter filter = HONE_FILTER_ALL;

  return hone_store_count (store, &filter, NULL, NULL);
}

static void
assert_empty (HoneStore *store)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (store);
  g_autoptr(GPtrArray) imports = hone_store_list_imports (store, NULL);
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (count_examples (store), ==, 0);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 0);
  g_assert_cmpuint (imports->len, ==, 0);
  g_assert_cmpuint (experiments->len, ==, 0);
  hone_store_check (store, &error);
  g_assert_no_error (error);
}

/* ---- categories ---- */

static void
test_aliases (void)
{
  g_autoptr(HoneStore) store = support_new_project ("aliases.hone");
  g_autoptr(HoneImportReport) report = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  const HoneCategory *category;

  report = run_good (store, "a.txt",
                     "one|MEDIA & ENTERTAINMENT\ntwo|MEDIA AND ENTERTAINMENT\nthree|MEDIA_AND_ENTERTAINMENT\nfour|Sports\n"
                     "five|UNABLE_TO_CLASSIFY\n", plain);
  g_assert_cmpuint (report->examples, ==, 5);
  g_assert_cmpuint (report->labels, ==, 4);
  g_assert_cmpuint (report->skipped, ==, 1);
  ontology = hone_store_dup_ontology (store);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 2);
  g_assert_cmpint (hone_ontology_get_choice (ontology), ==, HONE_CHOICE_ONE);
  category = hone_ontology_get_by_key (ontology, "MEDIA_AND_ENTERTAINMENT");
  g_assert_nonnull (category);
  g_assert_cmpuint (hone_ontology_match (ontology, "Media & Entertainment")->id, ==, category->id);
  g_assert_nonnull (hone_ontology_get_by_key (ontology, "SPORTS"));
  g_assert_cmpuint (hone_ontology_get_size (report->new_ontology), ==, 2);
}

/* What a window shows before it imports: the columns to choose from, and the first records as they are understood. */
static void
test_samples (void)
{
  g_autoptr(HoneStore) store = support_new_project ("samples.hone");
  g_autoptr(HoneImportReport) report = NULL;
  const HoneImportSample *first, *second;

  report = run_good (store, "s.csv", "title,text,label\nT,one,Money\nT,two,\nT,3,Money\nT,4,Money\nT,5,Money\nT,6,Money\n", plain);
  g_assert_cmpuint (g_strv_length (report->columns), ==, 3);
  g_assert_cmpstr (report->columns[0], ==, "title");
  g_assert_cmpuint (report->samples->len, ==, HONE_IMPORT_MAX_SAMPLES);
  first = report->samples->pdata[0];
  second = report->samples->pdata[1];
  g_assert_cmpstr (first->text, ==, "one");
  g_assert_cmpstr (first->words[0], ==, "Money");
  g_assert_cmpstr (second->text, ==, "two");
  g_assert_null (second->words);
}

static void
test_several (void)
{
  g_autoptr(HoneStore) lists = support_new_project ("lists.hone"), cells = support_new_project ("cells.hone");
  g_autoptr(HoneImportReport) from_lists = NULL, from_cells = NULL;
  g_autoptr(HoneOntology) ontology = NULL, joined = NULL;

  from_lists = run_good (lists, "l.jsonl", "{\"text\":\"a\",\"label\":[\"Money\",\"Sports\"]}\n{\"text\":\"b\",\"label\":[\"Money\"]}\n", plain);
  ontology = hone_store_dup_ontology (lists);
  g_assert_cmpint (hone_ontology_get_choice (ontology), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 2);
  g_assert_cmpuint (from_lists->labels, ==, 2);

  from_cells = run_good (cells, "c.csv", "text,label\na,Money#Sports\nb,Money\nc,Sports\n", plain);
  joined = hone_store_dup_ontology (cells);
  g_assert_cmpint (hone_ontology_get_choice (joined), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpuint (hone_ontology_get_size (joined), ==, 2);
  g_assert_cmpuint (from_cells->labels, ==, 3);
}

/* A project that has categories gets no new ones without being asked. */
static void
test_unknown (void)
{
  g_autoptr(HoneStore) store = support_new_project ("unknown.hone");
  g_autoptr(HoneImportReport) first = NULL, second = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GPtrArray) examples = NULL;
  g_autoptr(GArray) ids = NULL;
  HoneFilter filter = HONE_FILTER_ALL;

  first = run_good (store, "first.txt", "one|Money\ntwo|Sports\n", plain);
  second = run_good (store, "second.txt", "three|Weather\nfour|money\n", plain);
  g_assert_cmpuint (second->examples, ==, 2);
  g_assert_cmpuint (second->labels, ==, 1);
  g_assert_cmpuint (second->warnings[HONE_WARNING_UNKNOWN_CATEGORY], ==, 1);
  g_assert_null (second->new_ontology);
  ontology = hone_store_dup_ontology (store);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 2);

  filter.import_id = second->import_id;
  ids = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 10, NULL, NULL);
  examples = hone_store_get_examples (store, (const gint64 *) (gpointer) ids->data, ids->len, NULL);
  g_assert_cmpuint (examples->len, ==, 2);
  g_assert_nonnull (strstr (((HoneExample *) examples->pdata[0])->meta, "Weather"));
}

static void
test_too_many_words (void)
{
  g_autoptr(HoneStore) store = support_new_project ("words.hone");
  g_autoptr(GString) text = g_string_new ("text,label\n");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 10050; i++)
    g_string_append_printf (text, "a,label %u\n", i);
  g_assert_false (run (store, "w.csv", text->str, plain, NULL, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT);
  assert_empty (store);
}

/* ---- bad records ---- */

static const char conflict[] = "id,text,label\n1,one,Money\n2,two,Sports\n1,other,Sports\n3,three,Sports\n";

static void
test_stop (void)
{
  g_autoptr(HoneStore) store = support_new_project ("stop.hone");
  g_autoptr(HoneImportReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (run (store, "c.csv", conflict, plain, &report, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "c.csv"));
  g_assert_nonnull (strstr (error->message, "4"));   /* the line */
  g_assert_nonnull (strstr (error->message, "id-conflict"));
  g_assert_cmpuint (report->refused, ==, 1);
  assert_empty (store);
}

static void
test_skip (void)
{
  g_autoptr(HoneStore) store = support_new_project ("skip.hone");
  g_autoptr(HoneImportReport) report = NULL;
  HoneImportOptions options = plain;
  const HoneImportProblem *problem;

  options.skip_refused = TRUE;
  report = run_good (store, "c.csv", conflict, options);
  g_assert_cmpuint (report->examples, ==, 3);
  g_assert_cmpuint (report->refused, ==, 1);
  g_assert_cmpuint (report->warnings[HONE_WARNING_ID_CONFLICT], ==, 1);
  g_assert_cmpuint (report->problems->len, ==, 1);
  problem = report->problems->pdata[0];
  g_assert_cmpstr (problem->code, ==, "id-conflict");
  g_assert_cmpuint (problem->line, ==, 4);
  g_assert_true (problem->refused);
  g_assert_cmpuint (count_examples (store), ==, 3);
}

static void
test_unreadable (void)
{
  g_autoptr(HoneStore) store = support_new_project ("unreadable.hone");
  g_autoptr(GError) error = NULL;
  HoneImportOptions options = plain;
  const char *paths[] = { "/nowhere/at/all.csv", NULL };

  options.paths = paths;
  g_assert_false (hone_import_run (store, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_false (run (store, "open.csv", "text,label\none,Money\n\"two,Sports\n", plain, NULL, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
  assert_empty (store);
}

static void
test_dry_run (void)
{
  g_autoptr(HoneStore) store = support_new_project ("dry.hone");
  g_autoptr(HoneImportReport) report = NULL;
  HoneImportOptions options = plain;

  options.dry_run = TRUE;
  report = run_good (store, "d.txt", "one|Money\ntwo|Sports\n", options);
  g_assert_cmpuint (report->examples, ==, 2);
  g_assert_cmpuint (report->labels, ==, 2);
  g_assert_cmpuint (report->current, ==, 2);
  g_assert_cmpint (report->import_id, ==, 0);
  g_assert_cmpuint (hone_ontology_get_size (report->new_ontology), ==, 2);
  assert_empty (store);
}

/* ---- labels ---- */

static char *
make_rows (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "text %u|%s\n", i, i % 2 == 0 ? "Money" : "Sports");
  return g_string_free (text, FALSE);
}

static void
test_known (void)
{
  g_autoptr(HoneStore) store = support_new_project ("known.hone");
  g_autofree char *rows = make_rows (10);
  g_autoptr(HoneImportReport) train = NULL, validation = NULL;
  HoneImportOptions options = plain;
  HoneSplitCounts counts[HONE_N_SPLITS];

  options.labels = HONE_IMPORT_LABELS_KNOWN;
  train = run_good (store, "train.txt", rows, options);
  g_assert_cmpuint (train->labels, ==, 0);
  g_assert_cmpuint (train->known, ==, 10);
  options.split = HONE_SPLIT_VALIDATION;
  validation = run_good (store, "validation.txt", "other one|Money\nother two|Sports\n", options);
  g_assert_cmpuint (validation->labels, ==, 2);
  g_assert_cmpuint (validation->known, ==, 0);
  hone_store_get_split_counts (store, counts, NULL);
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].known, ==, 10);
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].labelled, ==, 0);
  g_assert_cmpuint (counts[HONE_SPLIT_VALIDATION].labelled, ==, 2);
}

/* Roles are only dealt on the way in: known answers of train stay hidden, the others count. */
static void
test_known_dealt (void)
{
  g_autoptr(HoneStore) store = support_new_project ("dealt.hone");
  g_autofree char *rows = make_rows (100);
  g_autoptr(HoneImportReport) report = NULL;
  g_autoptr(GError) error = NULL;
  HoneImportOptions options = plain;
  HoneShares shares;
  HoneSplitCounts counts[HONE_N_SPLITS];

  g_assert_true (hone_shares_parse ("80/10/10", &shares, &error));
  options.shares = &shares;
  options.labels = HONE_IMPORT_LABELS_KNOWN;
  report = run_good (store, "all.txt", rows, options);
  g_assert_cmpuint (report->splits[HONE_SPLIT_TRAIN], ==, 80);
  g_assert_cmpuint (report->splits[HONE_SPLIT_TEST], ==, 10);
  g_assert_cmpuint (report->labels, ==, 20);
  hone_store_get_split_counts (store, counts, NULL);
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].known, ==, 80);
  g_assert_cmpuint (counts[HONE_SPLIT_TRAIN].labelled, ==, 0);
  g_assert_cmpuint (counts[HONE_SPLIT_VALIDATION].labelled, ==, 10);
  g_assert_cmpuint (counts[HONE_SPLIT_VALIDATION].known, ==, 0);
  g_assert_cmpuint (report->known, ==, 80);
}

static void
test_ignore (void)
{
  g_autoptr(HoneStore) store = support_new_project ("ignore.hone");
  g_autoptr(HoneImportReport) report = NULL;
  HoneImportOptions options = plain;

  options.labels = HONE_IMPORT_LABELS_IGNORE;
  report = run_good (store, "i.txt", "one|Money\ntwo|Sports\n", options);
  g_assert_cmpuint (report->examples, ==, 2);
  g_assert_cmpuint (report->labels + report->known + report->skipped, ==, 0);
}

/* ---- predictions ---- */

static char *
make_tasks (guint    n,
            gboolean equal)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{\"id\":%u,\"data\":{\"text\":\"text %u\"},\"annotations\":[],\"predictions\":[{\"model_version\":\"m\","
                            "\"score\":0.%u,\"result\":[{\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"choices\","
                            "\"value\":{\"choices\":[\"Money\"]}}]}]}", i > 0 ? "," : "", i, i, equal ? 9 : i % 9 + 1);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static guint
count_confidences (HoneStore *store)
{
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, "m", NULL);
  HoneFilter filter = HONE_FILTER_ALL;

  g_assert_nonnull (iteration);
  filter.iteration_id = iteration->id;
  filter.confidence_low = 0;
  return hone_store_count (store, &filter, NULL, NULL);
}

static void
test_one_confidence (void)
{
  static const struct {
    guint    n;
    gboolean equal;
    guint    confidences;
  } cases[] = { { 5, TRUE, 0 }, { 4, TRUE, 4 }, { 6, FALSE, 6 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("confidence-%" G_GSIZE_FORMAT ".hone", i);
      g_autoptr(HoneStore) store = support_new_project (name);
      g_autofree char *tasks = make_tasks (cases[i].n, cases[i].equal);
      g_autoptr(HoneImportReport) report = run_good (store, "tasks.json", tasks, plain);

      g_assert_cmpuint (report->predictions[HONE_OUTCOME_ANSWERED], ==, cases[i].n);
      g_assert_cmpuint (report->warnings[HONE_WARNING_ONE_CONFIDENCE], ==, cases[i].confidences == 0 ? 1 : 0);
      g_assert_cmpuint (count_confidences (store), ==, cases[i].confidences);
    }
}

/* ---- in a thread ---- */

typedef struct {
  GMainLoop        *loop;
  GCancellable     *cancellable;
  HoneImportReport *report;
  GError           *error;
  guint             n_told;
  GThread          *thread;
} Async;

static void
told (double      fraction,
      const char *what,
      gpointer    data)
{
  Async *async = data;

  g_assert_true (g_thread_self () == async->thread);
  async->n_told++;
  if (async->cancellable != NULL)
    g_cancellable_cancel (async->cancellable);
}

static void
imported (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Async *async = data;

  hone_import_run_finish (HONE_STORE (source), result, &async->report, &async->error);
  g_main_loop_quit (async->loop);
}

static void
run_async (HoneStore  *store,
           const char *path,
           Async      *async)
{
  HoneImportOptions options = plain;
  const char *paths[] = { path, NULL };

  options.paths = paths;
  async->loop = g_main_loop_new (NULL, FALSE);
  async->thread = g_thread_self ();
  hone_import_run_async (store, &options, told, async, async->cancellable, imported, async);
  g_main_loop_run (async->loop);
  g_main_loop_unref (async->loop);
}

static void
test_async (void)
{
  g_autoptr(HoneStore) store = support_new_project ("async.hone");
  g_autofree char *rows = make_rows (20000);
  g_autofree char *path = support_write ("many.txt", rows);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Async stopped = { .cancellable = cancellable }, whole = { NULL };

  run_async (store, path, &stopped);
  g_assert_error (stopped.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&stopped.error);
  g_clear_pointer (&stopped.report, hone_import_report_free);
  assert_empty (store);

  run_async (store, path, &whole);
  g_assert_no_error (whole.error);
  g_assert_cmpuint (whole.n_told, >, 0);
  g_assert_cmpuint (whole.report->examples, ==, 20000);
  g_clear_pointer (&whole.report, hone_import_report_free);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/import/aliases", test_aliases);
  g_test_add_func ("/jobs/import/samples", test_samples);
  g_test_add_func ("/jobs/import/several", test_several);
  g_test_add_func ("/jobs/import/unknown", test_unknown);
  g_test_add_func ("/jobs/import/too-many-words", test_too_many_words);
  g_test_add_func ("/jobs/import/stop", test_stop);
  g_test_add_func ("/jobs/import/skip", test_skip);
  g_test_add_func ("/jobs/import/unreadable", test_unreadable);
  g_test_add_func ("/jobs/import/dry-run", test_dry_run);
  g_test_add_func ("/jobs/import/known", test_known);
  g_test_add_func ("/jobs/import/known-dealt", test_known_dealt);
  g_test_add_func ("/jobs/import/ignore", test_ignore);
  g_test_add_func ("/jobs/import/one-confidence", test_one_confidence);
  g_test_add_func ("/jobs/import/async", test_async);
  return g_test_run ();
}
