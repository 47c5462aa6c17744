/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which iterations are compared, and which of them is the base. */
#include "config.h"

#include "model/hone-comparing.h"
#include "store/hone-store-experiments.h"
#include "ui-iterations.h"
#include "ui-support.h"

typedef struct {
  char             *path;
  HoneProject      *project;
  HoneSelection    *selection;
  HoneScoreboard   *scoreboard;
  HoneIterationSet *set;
  gint64            first[3], second[2];
} Fixture;

static gboolean
is_loaded (gpointer scoreboard)
{
  return hone_scoreboard_get_loaded (scoreboard);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  HoneStore *store;

  fixture->path = ui_iterations_new_project ();
  fixture->project = ui_support_open (fixture->path);
  store = hone_project_get_store (fixture->project);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->first); i++)
    fixture->first[i] = ui_iterations_add (store, "first", 5 * i, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->second); i++)
    fixture->second[i] = ui_iterations_add (store, "second", 20 - i, FALSE);
  fixture->selection = hone_selection_new ();
  fixture->scoreboard = hone_scoreboard_new (fixture->project, fixture->selection);
  fixture->set = hone_iteration_set_new (fixture->scoreboard, fixture->selection, 2, TRUE);
  ui_support_wait (is_loaded, fixture->scoreboard);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->set);
  g_object_unref (fixture->scoreboard);
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static void
assert_names (Fixture    *fixture,
              const char *wanted)
{
  g_auto(GStrv) names = hone_iteration_set_dup_names (fixture->set);
  g_autofree char *all = g_strjoinv (" ", names);

  g_assert_cmpstr (all, ==, wanted);
}

static void
count (guint *n)
{
  ++*n;
}

static gboolean
has_one (gpointer set)
{
  return hone_iteration_set_get_ids (set)->len == 1;
}

/* The newest two of the experiment at hand, until somebody chooses; from then on what was chosen, as long as it is there. */
static void
test_set (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(HoneExperiment) second = NULL;
  guint n = 0;

  assert_names (fixture, "first@1 first@2");
  g_signal_connect_swapped (fixture->set, "changed", G_CALLBACK (count), &n);
  hone_selection_set_iteration (fixture->selection, fixture->first[0]);
  g_assert_cmpuint (n, ==, 0);
  hone_selection_set_iteration (fixture->selection, fixture->second[0]);
  assert_names (fixture, "second@0 second@1");
  g_assert_cmpuint (n, ==, 1);

  hone_iteration_set_choose (fixture->set, fixture->first[0], TRUE);
  assert_names (fixture, "first@0 second@0 second@1");
  hone_iteration_set_choose (fixture->set, fixture->first[0], TRUE);
  g_assert_cmpuint (n, ==, 2);
  hone_selection_set_iteration (fixture->selection, fixture->first[2]);
  assert_names (fixture, "first@0 second@0 second@1");

  second = hone_store_find_experiment (hone_project_get_store (fixture->project), "second", NULL);
  second->deleted = TRUE;
  g_assert_true (hone_store_update_experiment (hone_project_get_store (fixture->project), second, NULL));
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_support_wait (has_one, fixture->set);
  assert_names (fixture, "first@0");
}

static gboolean
has_three (gpointer comparing)
{
  const HoneComparison *comparison = hone_comparing_get (comparing);

  return comparison && comparison->n_iterations == 3;
}

static gboolean
is_idle (gpointer comparing)
{
  return !hone_comparing_get_loading (comparing);
}

/* Base and pair stay with their iterations when others come, and are never the same. */
static void
test_base (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(HoneComparing) comparing = hone_comparing_new (fixture->project, fixture->scoreboard, fixture->set);

  g_assert_false (hone_comparing_get_loading (comparing));   /* nobody looks */
  hone_comparing_set_live (comparing, TRUE);
  g_assert_true (hone_comparing_get_loading (comparing));
  ui_support_wait (is_idle, comparing);
  g_assert_cmpuint (hone_comparing_get_base (comparing), ==, 0);
  g_assert_cmpuint (hone_comparing_get_other (comparing), ==, 1);
  g_assert_cmpuint (hone_comparing_count_flips (comparing, HONE_FLIP_FIXED), ==, 5);
  hone_comparing_set_base (comparing, 1);
  g_assert_cmpuint (hone_comparing_get_other (comparing), ==, 0);
  g_assert_cmpuint (hone_comparing_count_flips (comparing, HONE_FLIP_BROKEN), ==, 5);

  hone_iteration_set_choose (fixture->set, fixture->first[0], TRUE);
  ui_support_wait (has_three, comparing);
  g_assert_cmpuint (hone_comparing_get_base (comparing), ==, 2);
  g_assert_cmpuint (hone_comparing_get_other (comparing), ==, 0);
  hone_comparing_set_other (comparing, 1);
  g_assert_cmpuint (hone_comparing_get_other (comparing), ==, 1);

  hone_comparing_set_live (comparing, FALSE);
  hone_iteration_set_choose (fixture->set, fixture->first[0], FALSE);
  g_assert_false (hone_comparing_get_loading (comparing));
}

#define ADD(name, func) g_test_add ("/ui/comparing/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("set", test_set);
  ADD ("base", test_base);
  return g_test_run ();
}
