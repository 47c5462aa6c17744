/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "reports/hone-evaluate.h"
#include "model/hone-scoreboard.h"
#include "ui-support.h"

typedef struct {
  HoneScoreboard *board;
  gint64          iteration;
  double          iou;       /* waited for */
} Wait;

static gboolean
is_complete (gpointer data)
{
  Wait *wait = data;
  HoneIterationItem *item = hone_scoreboard_find_iteration (wait->board, wait->iteration);
  const HoneStanding *standing = item ? hone_iteration_item_get_standing (item) : NULL;

  return standing && standing->complete && standing->probable && fabs (standing->scores->measures[HONE_MEASURE_IOU_SCORE].value - wait->iou) < 1e-12;
}

/* Before somebody looks at a measure of probabilities. */
static gboolean
has_intervals (gpointer data)
{
  Wait *wait = data;
  HoneIterationItem *item = hone_scoreboard_find_iteration (wait->board, wait->iteration);
  const HoneStanding *standing = item ? hone_iteration_item_get_standing (item) : NULL;

  return standing && standing->complete && !standing->probable;
}

static void
assert_as_evaluated (Wait      *wait,
                    HoneStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneEvaluation) evaluation = hone_evaluate (store, wait->iteration, HONE_SPLIT_VALIDATION, NULL, &error);
  const HoneStanding *standing
    = hone_iteration_item_get_standing (hone_scoreboard_find_iteration (wait->board, wait->iteration));

  g_assert_no_error (error);
  for (guint m = 0; m < HONE_N_MEASURES; m++)
    {
      const HoneEstimate *shown = &standing->scores->measures[m], *wanted = &evaluation->scores->measures[m];

      if (!standing->probable && (m == HONE_MEASURE_LOG_LOSS || m == HONE_MEASURE_CALIBRATION_ERROR))
        continue;
      g_assert_true (shown->value == wanted->value || (isnan (shown->value) && isnan (wanted->value)));
      g_assert_true (shown->low == wanted->low || (isnan (shown->low) && isnan (wanted->low)));
      g_assert_true (shown->high == wanted->high || (isnan (shown->high) && isnan (wanted->high)));
    }
}

/* 20 labelled texts in validation, EVEN and ODD in turn; a label of a person moves the scores, and the objects stay. */
static void
test_scores_follow_labels (void)
{
  g_autofree char *path = ui_support_new_project (40);
  g_autoptr(HoneProject) project = ui_support_open (path);
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  g_autoptr(HoneScoreboard) board = NULL;
  g_autoptr(HoneCategorySet) odd = hone_category_set_new_single (2);
  HoneLabel label = { .example_id = 2, .author = (char *) "ana", .origin = HONE_ORIGIN_REVIEW, .categories = odd };
  HoneStore *store = hone_project_get_store (project);
  g_autoptr(GError) error = NULL;
  HoneIterationItem *item;
  Wait first = { 0 }, second = { 0 };

  ui_support_move_to_validation (store);
  first.iteration = ui_support_add_iteration (store, "first", 0);
  second.iteration = ui_support_add_iteration (store, "second", 40);
  first.iou = second.iou = 0.5;
  board = first.board = second.board = hone_scoreboard_new (project, selection);
  ui_support_wait (has_intervals, &first);
  ui_support_wait (has_intervals, &second);
  assert_as_evaluated (&first, store);
  hone_selection_set_measure (selection, HONE_MEASURE_LOG_LOSS);
  ui_support_wait (is_complete, &first);
  ui_support_wait (is_complete, &second);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (board)), ==, 2);
  assert_as_evaluated (&first, store);
  assert_as_evaluated (&second, store);

  item = hone_scoreboard_find_iteration (board, first.iteration);
  g_assert_cmpfloat (hone_iteration_item_get_change (item, HONE_MEASURE_IOU_SCORE), ==, 0);
  g_assert_cmpint (hone_store_add_label (store, &label, &error), >, 0);
  g_assert_no_error (error);
  hone_project_changed (project, HONE_PROJECT_LABELS);
  first.iou = 0.45;
  second.iou = 0.55;
  ui_support_wait (is_complete, &first);
  ui_support_wait (is_complete, &second);
  g_assert_true (item == hone_scoreboard_find_iteration (board, first.iteration));
  g_assert_cmpfloat_with_epsilon (hone_iteration_item_get_change (item, HONE_MEASURE_IOU_SCORE), -0.05, 1e-12);
  assert_as_evaluated (&first, store);
  ui_support_close (project);
}

static gboolean
has_one_experiment (gpointer board)
{
  return g_list_model_get_n_items (board) == 1;
}

static void
test_experiments_come_and_go (void)
{
  g_autofree char *path = ui_support_new_project (4);
  g_autoptr(HoneProject) project = ui_support_open (path);
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  g_autoptr(HoneScoreboard) board = hone_scoreboard_new (project, selection);
  HoneStore *store = hone_project_get_store (project);
  g_autoptr(HoneExperiment) experiment = NULL;
  g_autoptr(GError) error = NULL;
  HoneExperimentItem *second;

  ui_support_add_iteration (store, "first", 0);
  hone_project_changed (project, HONE_PROJECT_EXPERIMENTS);
  ui_support_wait (has_one_experiment, board);
  experiment = hone_store_find_experiment (store, "first", &error);
  experiment->deleted = TRUE;
  g_assert_true (hone_store_update_experiment (store, experiment, &error));
  ui_support_add_iteration (store, "second", 0);
  hone_project_changed (project, HONE_PROJECT_EXPERIMENTS);
  while (!(second = hone_scoreboard_find_experiment (board, experiment->id + 1)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (hone_experiment_item_get (second)->name, ==, "second");
  g_assert_null (hone_scoreboard_find_experiment (board, experiment->id));
  /* All of its texts are in train: there is nothing to score, and that is no error. */
  g_assert_null (hone_iteration_item_get_standing (hone_scoreboard_find_iteration (board, 2)));
  ui_support_close (project);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/scoreboard/scores-follow-labels", test_scores_follow_labels);
  g_test_add_func ("/ui/scoreboard/experiments-come-and-go", test_experiments_come_and_go);
  return g_test_run ();
}
