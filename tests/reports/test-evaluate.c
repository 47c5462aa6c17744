/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores, comparisons and reports from a project: numbers, refusals, openings, cancelling, and the forms for windows. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "reports/hone-compare.h"
#include "reports/hone-report-build.h"
#include "store/hone-store-import.h"

#define N 8   /* texts per split; half of them RED */
#define FAILS_ONCE "{\"fails\":1}"

static HoneStore *
make_project (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hone-evaluate-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "p.hone", NULL);
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  HoneCategory red = { .key = (char *) "RED", .name = (char *) "Red" }, blue = { .key = (char *) "BLUE", .name = (char *) "Blue" };
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_create (path, 7, &error);
  HoneStoreImport *import;

  g_assert_no_error (error);
  hone_ontology_add (ontology, &red, NULL);
  hone_ontology_add (ontology, &blue, NULL);
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  import = hone_store_import_begin (store, "fixture", "csv", NULL, &error);
  for (guint i = 0; i < 3 * N; i++)
    {
      g_autofree char *text = g_strdup_printf ("text number %u", i);
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + i % 2);
      HoneLabel label = { .author = (char *) "import", .origin = HONE_ORIGIN_IMPORTED, .categories = set };
      HoneImportRow row = { .text = text, .split = i / N, .labels = &label, .n_labels = i / N != HONE_SPLIT_TRAIN };
      HoneImportResult result;

      g_assert_true (hone_store_import_add (import, &row, 1, &result, &error));
    }
  g_assert_cmpint (hone_store_import_finish (import, NULL, &error), >, 0);
  g_assert_no_error (error);
  hone_store_import_free (import);
  return store;
}

typedef struct {
  guint    n, n_right;
  gboolean fails;          /* with the first text */
  gint64   iteration_id;
  HoneStore *store;
} Answers;

static gboolean
answer (const HoneExample  *example,
        gpointer            data,
        GError            **error)
{
  Answers *self = data;
  guint right = 2 - example->id % 2;   /* ids begin with 1, categories too */
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (self->n++ < self->n_right ? right : 3 - right);
  const double scores[] = { 0.5, 0.5 };
  HonePrediction prediction = { .example_id = example->id, .outcome = HONE_OUTCOME_ANSWERED, .categories = set, .confidence = 0.5,
                                .scores = scores };

  if (self->fails && self->n == 1)
    prediction = (HonePrediction) { .example_id = example->id, .outcome = HONE_OUTCOME_FAILED, .confidence = NAN };
  return hone_store_add_predictions (self->store, self->iteration_id, &prediction, 1, error);
}

/* An iteration that answers the first @n_right texts of @split rightly. */
static gint64
add_iteration (HoneStore  *store,
               const char *settings,
               HoneSplit   split,
               guint       n_right)
{
  g_autoptr(HoneExperiment) found = hone_store_find_experiment (store, "e", NULL);
  HoneExperiment experiment = { .name = (char *) "e", .provider = (char *) "engine", .settings = (char *) "{}" };
  gint64 experiment_id = found ? found->id : hone_store_add_experiment (store, &experiment, NULL);
  HoneIteration added = { .experiment_id = experiment_id, .ontology_version = 1, .template_hash = (char *) "sha256:0",
                          .settings = (char *) settings };
  Answers answers = { .n_right = n_right, .store = store, .fails = g_str_equal (settings, FAILS_ONCE) };
  g_autoptr(HoneIteration) iteration = NULL;
  g_autoptr(GError) error = NULL;

  answers.iteration_id = hone_store_add_iteration (store, &added, &error);
  g_assert_no_error (error);
  g_assert_true (hone_store_each_unpredicted (store, answers.iteration_id, split, answer, &answers, &error));
  g_assert_cmpuint (answers.n, ==, N);
  g_assert_true (hone_store_publish_predictions (store, answers.iteration_id, split, &error));
  iteration = hone_store_get_iteration (store, answers.iteration_id, &error);
  g_assert_true (hone_store_publish_iteration (store, iteration, &error));
  g_assert_no_error (error);
  return answers.iteration_id;
}

static void
test_scores (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 id = add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 6);
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  evaluation = hone_evaluate (store, id, HONE_SPLIT_VALIDATION, cancellable, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (evaluation->scores->n, ==, N);
  g_assert_cmpfloat (evaluation->scores->measures[HONE_MEASURE_ACCURACY].value, ==, 0.75);
  g_assert_cmpfloat_with_epsilon (evaluation->scores->measures[HONE_MEASURE_LOG_LOSS].value, log (2), 1e-6);
  g_assert_cmpint (hone_evaluate_get_default_measure (evaluation->ontology), ==, HONE_MEASURE_IOU_SCORE);
  g_assert_false (evaluation->opened);

  g_assert_null (hone_evaluate (store, id, HONE_SPLIT_TEST, NULL, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_PREDICTIONS);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (hone_evaluate (store, id, HONE_SPLIT_VALIDATION, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Why nothing can be scored is said with counts. */
static void
test_unlabelled (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 ids[] = { add_iteration (store, "{}", HONE_SPLIT_TRAIN, 4), add_iteration (store, "{}", HONE_SPLIT_TRAIN, 4) };
  g_autoptr(GError) error = NULL;

  g_assert_null (hone_evaluate (store, ids[0], HONE_SPLIT_TRAIN, NULL, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS);
  g_assert_nonnull (strstr (error->message, "8 without a label"));
  g_clear_error (&error);
  g_assert_null (hone_compare (store, ids, 2, HONE_SPLIT_TRAIN, NULL, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS);
  g_assert_nonnull (strstr (error->message, "8 without a label"));
}

static void
test_ledger (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 ids[] = { add_iteration (store, "{\"method\":\"m\",\"seed\":1}", HONE_SPLIT_VALIDATION, 2),
                   add_iteration (store, "{\"method\":\"m\",\"seed\":2,\"settings\":{\"epochs\":3,\"api_key\":\"sk-1\"}}",
                                  HONE_SPLIT_VALIDATION, 7) };
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GPtrArray) settings = NULL;
  g_autoptr(GError) error = NULL;
  HoneIteration *both[2];
  const HoneSettingDifference *difference;

  comparison = hone_compare (store, ids, 2, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->n_common, ==, N);
  g_assert_cmpuint (comparison->pairs[0].fixed->len, ==, 5);
  g_assert_cmpint (g_array_index (comparison->pairs[0].fixed, gint64, 0), ==, N + 3);   /* the third text of validation */
  g_assert_cmpuint (comparison->pairs[0].broken->len, ==, 0);
  g_assert_cmpuint (comparison->pairs[0].still_wrong->len, ==, 1);
  g_assert_cmpuint (comparison->pairs[0].still_right->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (comparison->pairs[0].p, 2.0 / 32, 1e-12);   /* 5 of 5 */

  both[0] = comparison->evaluations[0]->iteration;
  both[1] = comparison->evaluations[1]->iteration;
  settings = hone_compare_settings (both, 2);
  g_assert_cmpuint (settings->len, ==, 3);
  difference = settings->pdata[0];
  g_assert_cmpstr (difference->name, ==, "seed");
  g_assert_cmpstr (difference->values[0], ==, "1");
  g_assert_cmpstr (difference->values[1], ==, "2");
  difference = settings->pdata[1];
  g_assert_cmpstr (difference->name, ==, "epochs");
  g_assert_cmpstr (difference->values[0], ==, "–");
  difference = settings->pdata[2];
  g_assert_cmpstr (difference->name, ==, "api_key");
  g_assert_cmpstr (difference->values[1], ==, "…");
}

/* ---- reading a comparison ---- */

static void
assert_listed (HoneStore            *store,
               const HoneComparison *comparison,
               const gsize           pair[2],
               gboolean              right_from,
               gboolean              right_to,
               const GArray         *wanted)
{
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GArray) listed = NULL;
  g_autoptr(GArray) conditions = hone_comparison_list_conditions (comparison, pair[0], right_from, pair[1], right_to);
  g_autoptr(GError) error = NULL;

  filter.split = HONE_SPLIT_VALIDATION;
  filter.scored_by = conditions;
  g_assert_cmpuint (hone_store_count (store, &filter, NULL, &error), ==, wanted->len);
  listed = hone_store_list_ids (store, &filter, HONE_QUEUE_IMPORTED, 0, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (listed->data, listed->len * sizeof (gint64), wanted->data, wanted->len * sizeof (gint64));

  /* In another order, driven by another table, and beside a question about one iteration, they are the same. */
  filter.iteration_id = comparison->evaluations[pair[1]]->iteration->id;
  filter.agrees = right_to;
  for (int order = HONE_QUEUE_RANDOM; order <= HONE_QUEUE_UNCERTAIN; order++)
    {
      g_autoptr(GArray) other = hone_store_list_ids (store, &filter, order, 0, 100, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (other->len, ==, wanted->len);
    }
}

/* Each list of the ledger is what a filter takes, in both directions, beside a third iteration. */
static void
test_flip_filters (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 ids[] = { add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 2), add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 7),
                   add_iteration (store, FAILS_ONCE, HONE_SPLIT_VALIDATION, 0) };
  static const gsize ways[][2] = { { 0, 1 }, { 1, 0 }, { 2, 1 } };
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;

  comparison = hone_compare (store, ids, 3, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->n_common, ==, N - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      HoneChange change = hone_comparison_get_change (comparison, ways[i][0], ways[i][1]);

      assert_listed (store, comparison, ways[i], FALSE, TRUE, change.fixed);
      assert_listed (store, comparison, ways[i], TRUE, FALSE, change.broken);
      assert_listed (store, comparison, ways[i], FALSE, FALSE, change.still_wrong);
      assert_listed (store, comparison, ways[i], TRUE, TRUE, change.still_right);
    }
  g_assert_cmpuint (hone_comparison_get_change (comparison, 0, 1).fixed->len, ==, 5);
  g_assert_cmpuint (hone_comparison_get_change (comparison, 1, 0).broken->len, ==, 5);
}

/* 5 of 5 that changed are no proof; 8 of 8 are. */
static void
test_best (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 ids[] = { add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 0), add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 8),
                   add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 3) };
  g_autoptr(HoneComparison) two = NULL, three = NULL;
  g_autoptr(GError) error = NULL;

  two = hone_compare (store, ids, 2, HONE_SPLIT_VALIDATION, NULL, &error);
  three = hone_compare (store, ids, 3, HONE_SPLIT_VALIDATION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hone_comparison_find_best (two, HONE_MEASURE_ACCURACY), ==, 1);
  g_assert_cmpuint (hone_comparison_find_best (two, HONE_MEASURE_IOU_SCORE), ==, 1);
  g_assert_cmpuint (hone_comparison_find_best (two, HONE_MEASURE_MACRO_F1), ==, 1);
  g_assert_cmpuint (hone_comparison_find_best (three, HONE_MEASURE_ACCURACY), ==, G_MAXSIZE);
  g_assert_cmpuint (hone_comparison_find_best (two, HONE_MEASURE_CALIBRATION_ERROR), ==, G_MAXSIZE);   /* both are off by as much */
  g_assert_true (hone_measure_is_better_low (HONE_MEASURE_LOG_LOSS));
  g_assert_false (hone_measure_is_better_low (HONE_MEASURE_KAPPA));
}

/* ---- for windows ---- */

typedef struct {
  gboolean      over;
  gpointer      result;
  GError       *error;
} Answer;

static void
evaluated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Answer *self = data;

  self->result = hone_evaluate_finish (HONE_STORE (source), result, &self->error);
  self->over = TRUE;
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Answer *self = data;

  self->result = hone_compare_finish (HONE_STORE (source), result, &self->error);
  self->over = TRUE;
}

static void
built_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Answer *self = data;

  self->result = hone_report_build_finish (HONE_STORE (source), result, &self->error);
  self->over = TRUE;
}

static gpointer
wait_for (Answer *self)
{
  while (!self->over)
    g_main_context_iteration (NULL, TRUE);
  return self->result;
}

static void
test_async (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 ids[] = { add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 2), add_iteration (store, "{}", HONE_SPLIT_VALIDATION, 7) };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer evaluated = { FALSE }, compared = { FALSE }, built = { FALSE }, late = { FALSE };
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(HoneReport) report = NULL;

  hone_evaluate_async (store, ids[0], HONE_SPLIT_VALIDATION, NULL, evaluated_cb, &evaluated);
  hone_compare_async (store, ids, 2, HONE_SPLIT_VALIDATION, NULL, compared_cb, &compared);
  hone_report_build_async (store, NULL, HONE_SPLIT_VALIDATION, NULL, built_cb, &built);
  g_cancellable_cancel (cancellable);
  hone_compare_async (store, ids, 2, HONE_SPLIT_VALIDATION, cancellable, compared_cb, &late);
  evaluation = wait_for (&evaluated);
  comparison = wait_for (&compared);
  report = wait_for (&built);
  g_assert_no_error (evaluated.error);
  g_assert_no_error (compared.error);
  g_assert_no_error (built.error);
  g_assert_cmpfloat (evaluation->scores->measures[HONE_MEASURE_ACCURACY].value, ==, 0.25);
  g_assert_cmpuint (comparison->n_pairs, ==, 1);
  g_assert_cmpuint (report->iterations->len, ==, 2);
  g_assert_cmpuint (report->pairs->len, ==, 1);
  g_assert_null (wait_for (&late));
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&late.error);
}

/* A report of test is one opening for each iteration in it, however many comparisons it makes. */
static void
test_openings (void)
{
  g_autoptr(HoneStore) store = make_project ();
  gint64 ids[] = { add_iteration (store, "{}", HONE_SPLIT_TEST, 2), add_iteration (store, "{}", HONE_SPLIT_TEST, 7) };
  const char * const names[] = { "e@0", "e@1", "e@0", NULL };
  Answer built = { FALSE };
  g_autoptr(HoneReport) report = NULL;
  g_autoptr(HoneEvaluation) evaluation = NULL;
  g_autoptr(HoneComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;

  hone_report_build_async (store, names, HONE_SPLIT_TEST, NULL, built_cb, &built);
  report = wait_for (&built);
  g_assert_no_error (built.error);
  g_assert_cmpuint (report->iterations->len, ==, 2);
  g_assert_cmpuint (report->openings, ==, 2);
  g_assert_cmpuint (hone_store_count_openings (store, &error), ==, 2);
  evaluation = hone_evaluate (store, ids[0], HONE_SPLIT_TEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (evaluation->opened && evaluation->opening_recorded);
  g_assert_cmpuint (evaluation->openings, ==, 3);
  comparison = hone_compare (store, ids, 2, HONE_SPLIT_TEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hone_store_count_openings (store, &error), ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/evaluate/scores", test_scores);
  g_test_add_func ("/reports/evaluate/unlabelled", test_unlabelled);
  g_test_add_func ("/reports/evaluate/ledger", test_ledger);
  g_test_add_func ("/reports/evaluate/flip-filters", test_flip_filters);
  g_test_add_func ("/reports/evaluate/best", test_best);
  g_test_add_func ("/reports/evaluate/async", test_async);
  g_test_add_func ("/reports/evaluate/openings", test_openings);
  return g_test_run ();
}
