/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/hone-filter-actions.h"
#include "model/hone-filter-parts.h"
#include "ui-support.h"

typedef struct {
  char          *path;
  HoneProject   *project;
  HoneSelection *selection;
  HoneCatalogue *catalogue;
  GActionGroup  *actions;
} Fixture;

static void
count (guint *n)
{
  ++*n;
}

static gboolean
is_counted (gpointer n)
{
  return *(guint *) n > 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  guint n = 0;

  fixture->path = ui_support_new_project (10);
  fixture->project = ui_support_open (fixture->path);
  fixture->selection = hone_selection_new ();
  fixture->catalogue = hone_catalogue_new (fixture->project);
  g_signal_connect_swapped (fixture->catalogue, "changed", G_CALLBACK (count), &n);
  ui_support_wait (is_counted, &n);
  g_signal_handlers_disconnect_by_func (fixture->catalogue, count, &n);
  fixture->actions = G_ACTION_GROUP (hone_filter_actions_new (fixture->selection));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->actions);
  g_assert_finalize_object (fixture->catalogue);
  g_assert_finalize_object (fixture->selection);
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_free (fixture->path);
}

static const HoneFilter *
filter_of (Fixture *fixture)
{
  return hone_selection_get_filter (fixture->selection);
}

static void
assert_words (Fixture        *fixture,
              HoneFilterPart  part,
              const char     *wanted)
{
  g_autofree char *words = NULL;

  g_assert_true (hone_filter_has (filter_of (fixture), part));
  words = hone_filter_dup_words (filter_of (fixture), part, hone_project_get_ontology (fixture->project), fixture->catalogue);
  g_assert_cmpstr (words, ==, wanted);
}

/* An action sets its part, the same value again drops it, and the state says which. */
static void
test_set_and_drop (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct {
    const char     *action, *value, *words;
    HoneFilterPart  part;
  } cases[] = {
    { "split", "'test'", "Test", HONE_FILTER_SPLIT },
    { "state", "'disputed'", "Disputed", HONE_FILTER_STATE },
    { "category", "2", "Label: Odd", HONE_FILTER_CATEGORY },
    { "outcome", "'out-of-set'", "Out of set", HONE_FILTER_OUTCOME },
    { "agrees", "'wrong'", "Answered wrong", HONE_FILTER_AGREES },
    { "confidence", "(-1.0, 0.5)", "Confidence up to 0.50", HONE_FILTER_CONFIDENCE },
    { "confidence", "(0.25, 0.5)", "Confidence 0.25–0.50", HONE_FILTER_CONFIDENCE },
    { "import", "int64 1", "From fixture", HONE_FILTER_IMPORT },
    { "flagged", NULL, "Flagged", HONE_FILTER_FLAG },
    { "near-copies", NULL, "Near copies", HONE_FILTER_NEAR_COPIES },
    { "conflicting", NULL, "Conflicting labels", HONE_FILTER_CONFLICTING },
    { "known", NULL, "Known answer hidden", HONE_FILTER_KNOWN },
  };

  hone_selection_set_iteration (fixture->selection, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GVariant) value = cases[i].value ? g_variant_ref_sink (g_variant_new_parsed (cases[i].value)) : NULL;
      g_autoptr(GVariant) state = NULL;

      g_action_group_activate_action (fixture->actions, cases[i].action, value);
      assert_words (fixture, cases[i].part, cases[i].words);
      state = g_action_group_get_action_state (fixture->actions, cases[i].action);
      g_assert_true (value ? g_variant_equal (value, state) : g_variant_get_boolean (state));
      g_assert_true (g_action_group_get_action_enabled (fixture->actions, "clear"));
      g_action_group_activate_action (fixture->actions, cases[i].action, value);
      g_assert_false (hone_filter_has (filter_of (fixture), cases[i].part));
      g_action_group_activate_action (fixture->actions, "clear", NULL);
      g_assert_false (g_action_group_get_action_enabled (fixture->actions, "clear"));
    }
}

/* Parts stay when others are set, and whoever sets the filter is followed. */
static void
test_combine (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(HoneFilter) other = NULL;
  g_autoptr(GVariant) state = NULL;

  g_action_group_activate_action (fixture->actions, "split", g_variant_new_string ("train"));
  g_action_group_activate_action (fixture->actions, "flagged", NULL);
  g_assert_cmpint (filter_of (fixture)->split, ==, HONE_SPLIT_TRAIN);
  g_assert_cmpint (filter_of (fixture)->flag, ==, 1);
  g_action_group_activate_action (fixture->actions, "drop", g_variant_new_int32 (HONE_FILTER_SPLIT));
  g_assert_cmpint (filter_of (fixture)->split, ==, -1);
  g_assert_cmpint (filter_of (fixture)->flag, ==, 1);

  other = hone_filter_copy (filter_of (fixture));
  other->split = HONE_SPLIT_VALIDATION;
  hone_selection_set_filter (fixture->selection, other);
  state = g_action_group_get_action_state (fixture->actions, "split");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "validation");
}

/* Answers are asked for where an iteration is chosen; right and wrong never of the sealed test texts. */
static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_false (g_action_group_get_action_enabled (fixture->actions, "agrees"));
  g_action_group_activate_action (fixture->actions, "iteration", g_variant_new_int64 (5));
  g_assert_cmpint (hone_selection_get_iteration (fixture->selection), ==, 5);
  g_assert_true (g_action_group_get_action_enabled (fixture->actions, "agrees"));

  g_action_group_activate_action (fixture->actions, "agrees", g_variant_new_string ("wrong"));
  g_assert_cmpint (filter_of (fixture)->iteration_id, ==, 5);
  g_assert_cmpint (filter_of (fixture)->split, ==, HONE_SPLIT_VALIDATION);
  g_action_group_activate_action (fixture->actions, "split", g_variant_new_string ("train"));
  g_assert_cmpint (filter_of (fixture)->agrees, ==, 0);
  g_action_group_activate_action (fixture->actions, "split", g_variant_new_string ("test"));
  g_assert_cmpint (filter_of (fixture)->agrees, ==, -1);
  g_action_group_activate_action (fixture->actions, "agrees", g_variant_new_string ("right"));
  g_assert_cmpint (filter_of (fixture)->split, ==, HONE_SPLIT_VALIDATION);
  g_action_group_activate_action (fixture->actions, "drop", g_variant_new_int32 (HONE_FILTER_SPLIT));
  g_assert_cmpint (filter_of (fixture)->agrees, ==, -1);
}

/* A cell of a flip ledger is told in words, and goes with the split that it speaks of. */
static void
test_scored_by (Fixture       *fixture,
                gconstpointer  data)
{
  HoneFilterScored cells[] = { { 1, 0 }, { 2, 1 }, { 3, -1 } };
  g_autoptr(GArray) scored_by = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *cells), cells, 3);
  HoneFilter filter = HONE_FILTER_ALL;

  filter.split = HONE_SPLIT_VALIDATION;
  filter.scored_by = scored_by;
  hone_selection_set_filter (fixture->selection, &filter);
  assert_words (fixture, HONE_FILTER_SCORED_BY, "wrong by iteration 1, right by iteration 2");   /* the project has none */
  g_action_group_activate_action (fixture->actions, "drop", g_variant_new_int32 (HONE_FILTER_SCORED_BY));
  g_assert_null (filter_of (fixture)->scored_by);
  for (guint i = 0; i < 2; i++)
    {
      hone_selection_set_filter (fixture->selection, &filter);
      if (i == 0)
        g_action_group_activate_action (fixture->actions, "drop", g_variant_new_int32 (HONE_FILTER_SPLIT));
      else
        g_action_group_activate_action (fixture->actions, "split", g_variant_new_string ("test"));
      g_assert_null (filter_of (fixture)->scored_by);
    }
}

/* Every item of the menus names an action of the group, with a target of its type. */
static void
check_menu (GMenuModel   *menu,
            GActionGroup *actions)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *name = NULL;
      g_autoptr(GVariant) target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      if (submenu || section)
        {
          check_menu (submenu ? submenu : section, actions);
          continue;
        }
      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &name));
      g_assert_true (g_str_has_prefix (name, "filter."));
      if (g_str_equal (name, "filter.more"))
        continue;
      g_assert_true (g_action_group_has_action (actions, name + strlen ("filter.")));
      if (target)
        g_assert_true (g_variant_is_of_type (target, g_action_group_get_action_parameter_type (actions, name + strlen ("filter."))));
      else
        g_assert_null (g_action_group_get_action_parameter_type (actions, name + strlen ("filter.")));
    }
}

static void
test_menus (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GMenuModel) without = hone_filter_menu_new (hone_project_get_ontology (fixture->project), fixture->catalogue, FALSE);
  g_autoptr(GMenuModel) with = hone_filter_menu_new (hone_project_get_ontology (fixture->project), fixture->catalogue, TRUE);
  g_autoptr(GMenuModel) iterations = hone_iteration_menu_new (fixture->catalogue);
  g_autoptr(GMenuModel) parts = g_menu_model_get_item_link (without, 0, G_MENU_LINK_SECTION);
  g_autoptr(GMenuModel) more_parts = g_menu_model_get_item_link (with, 0, G_MENU_LINK_SECTION);

  check_menu (with, fixture->actions);
  check_menu (iterations, fixture->actions);
  g_assert_cmpint (g_menu_model_get_n_items (more_parts), ==, g_menu_model_get_n_items (parts) + 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/ui/filter-actions/set-and-drop", Fixture, NULL, set_up, test_set_and_drop, tear_down);
  g_test_add ("/ui/filter-actions/combine", Fixture, NULL, set_up, test_combine, tear_down);
  g_test_add ("/ui/filter-actions/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/ui/filter-actions/scored-by", Fixture, NULL, set_up, test_scored_by, tear_down);
  g_test_add ("/ui/filter-actions/menus", Fixture, NULL, set_up, test_menus, tear_down);
  return g_test_run ();
}
