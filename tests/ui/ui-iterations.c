/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "store/hone-store-examples.h"
#include "store/hone-store-experiments.h"
#include "ui-iterations.h"
#include "ui-support.h"

#define N 40

/* As ui_support_new_project () labels them. */
static guint
category_of (gint64 id)
{
  return 1 + (guint) ((id - 1) / 2 % 2);
}

static gboolean
is_labelled (gint64 id)
{
  return (id - 1) % 2 == 1;
}

static void
move (HoneStore *store,
      gint64     first,
      HoneSplit  split)
{
  g_autoptr(GError) error = NULL;
  gint64 ids[N];

  for (guint i = 0; i < N; i++)
    ids[i] = first + i;
  g_assert_true (hone_store_set_split (store, ids, N, split, &error));
  g_assert_no_error (error);
}

char *
ui_iterations_new_project (void)
{
  char *path = ui_support_new_project (2 * N);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStore) store = hone_store_open (path, HONE_STORE_WRITE, &error);

  g_assert_no_error (error);
  move (store, 1, HONE_SPLIT_VALIDATION);
  move (store, N + 1, HONE_SPLIT_TEST);
  g_assert_true (hone_store_close (store, &error));
  return path;
}

static void
answer (HoneStore *store,
        gint64     iteration,
        gint64     first,
        guint      n_right,
        HoneSplit  split)
{
  g_autoptr(GError) error = NULL;

  for (gint64 id = first; id < first + N; id++)
    {
      gboolean right = is_labelled (id) && n_right > 0;
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (right ? category_of (id) : 3 - category_of (id));
      HonePrediction prediction = { .example_id = id, .outcome = HONE_OUTCOME_ANSWERED, .categories = set, .confidence = 0.75 };

      n_right -= right;
      g_assert_true (hone_store_add_predictions (store, iteration, &prediction, 1, &error));
      g_assert_no_error (error);
    }
  g_assert_true (hone_store_publish_predictions (store, iteration, split, &error));
  g_assert_no_error (error);
}

gint64
ui_iterations_add (HoneStore  *store,
                   const char *experiment,
                   guint       n_right,
                   gboolean    test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) found = hone_store_find_experiment (store, experiment, NULL);
  HoneExperiment made = { .name = (char *) experiment, .provider = (char *) "engine" };
  HoneIteration iteration = { .template_hash = (char *) "sha256:x" };

  iteration.experiment_id = found ? found->id : hone_store_add_experiment (store, &made, &error);
  iteration.id = hone_store_add_iteration (store, &iteration, &error);
  g_assert_no_error (error);
  answer (store, iteration.id, 1, n_right, HONE_SPLIT_VALIDATION);
  if (test)
    answer (store, iteration.id, N + 1, n_right, HONE_SPLIT_TEST);
  g_assert_true (hone_store_publish_iteration (store, &iteration, &error));
  g_assert_no_error (error);
  return iteration.id;
}

void
ui_iterations_relabel (HoneProject *project,
                       gint64       id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (3 - category_of (id));
  HoneLabel label = { .example_id = id, .author = (char *) "ana", .origin = HONE_ORIGIN_REVIEW, .categories = set };

  g_assert_cmpint (hone_store_add_label (hone_project_get_store (project), &label, &error), >, 0);
  g_assert_no_error (error);
  hone_project_changed (project, HONE_PROJECT_LABELS);
}

static GtkWidget *
find (GtkWidget *inside,
      GType      type,
      guint     *nth)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (inside, type) && (*nth)-- == 0)
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, nth);

      if (found)
        return found;
    }
  return NULL;
}

GtkWidget *
ui_iterations_find (GtkWidget *inside,
                    GType      type,
                    guint      nth)
{
  return find (inside, type, &nth);
}
