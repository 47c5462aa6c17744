/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that compares iterations: table, base, ledger, and that it follows labels and names. */
#include "config.h"

#include <string.h>

#include "pages/compare/hone-compare-page.h"
#include "pages/compare/hone-compare-table.h"
#include "store/hone-store-experiments.h"
#include "ui-display.h"
#include "ui-iterations.h"
#include "ui-support.h"
#include "widgets/hone-check-list.h"

typedef struct {
  char           *path;
  HoneProject    *project;
  HoneSelection  *selection;
  HoneScoreboard *scoreboard;
  gint64          ids[3];
  GtkWidget      *page;
  GtkWindow      *window;
  const char     *shown;     /* page that the window was told to show */
} Fixture;

static void
show_page (GSimpleAction *action,
           GVariant      *parameter,
           Fixture       *fixture)
{
  fixture->shown = g_intern_string (g_variant_get_string (parameter, NULL));
}

static void
give_window_actions (Fixture *fixture)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) action = g_simple_action_new ("show-page", G_VARIANT_TYPE_STRING);

  g_signal_connect (action, "activate", G_CALLBACK (show_page), fixture);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", G_ACTION_GROUP (group));
}

/* Iterations that are right in the first 5 and 20 of 20 labelled texts, and one of another experiment, right in 8. */
static void
set_up (Fixture       *fixture,
        gconstpointer  with_iterations)
{
  HoneStore *store;

  fixture->path = ui_iterations_new_project ();
  fixture->project = ui_support_open (fixture->path);
  store = hone_project_get_store (fixture->project);
  if (with_iterations)
    {
      fixture->ids[0] = ui_iterations_add (store, "first", 5, FALSE);
      fixture->ids[1] = ui_iterations_add (store, "first", 20, FALSE);
      fixture->ids[2] = ui_iterations_add (store, "second", 8, FALSE);
    }
  fixture->selection = hone_selection_new ();
  fixture->scoreboard = hone_scoreboard_new (fixture->project, fixture->selection);
  fixture->page = hone_compare_page_new (fixture->project, fixture->selection, fixture->scoreboard);
  fixture->window = ui_display_show (fixture->page);
  give_window_actions (fixture);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  with_iterations)
{
  gpointer page = fixture->page;

  g_object_add_weak_pointer (page, &page);
  gtk_window_destroy (fixture->window);
  ui_support_wait (is_gone, &page);
  g_object_unref (fixture->scoreboard);
  ui_display_settle ();
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

/* The line of the table as text that begins with a word. */
static char *
dup_line (Fixture    *fixture,
          const char *begin)
{
  HoneCompareTable *table = HONE_COMPARE_TABLE (ui_iterations_find (fixture->page, HONE_TYPE_COMPARE_TABLE, 0));
  g_autofree char *text = hone_compare_table_dup_text (table);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], begin))
      return g_strdup (lines[i]);
  return g_strdup ("");
}

static void
assert_line (Fixture    *fixture,
             const char *begin,
             const char *wanted)
{
  g_autofree char *line = dup_line (fixture, begin);

  if (!strstr (line, wanted))
    g_error ("“%s” lacks “%s”", line, wanted);
}

static GtkListBox *
ledger (Fixture *fixture)
{
  return GTK_LIST_BOX (ui_iterations_find (fixture->page, GTK_TYPE_LIST_BOX, 0));
}

static void
assert_flips (Fixture    *fixture,
              int         nth,
              const char *name)
{
  gtk_test_accessible_assert_property (gtk_list_box_get_row_at_index (ledger (fixture), nth), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
tick (Fixture *fixture,
      guint    nth)
{
  GtkCheckButton *check = GTK_CHECK_BUTTON (ui_iterations_find (fixture->page, GTK_TYPE_CHECK_BUTTON, nth));

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

static guint64
count_shown (Fixture *fixture)
{
  return hone_store_count (hone_project_get_store (fixture->project), hone_selection_get_filter (fixture->selection), NULL, NULL);
}

/* The last two of the first experiment stand there; 15 changed for the better, none for the worse: p = 2 / 2^15. */
static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  ui_display_wait_for (fixture->page, "On the 20 validation texts");
  ui_display_wait_for (fixture->page, "first · 1 against first · 0: better, p < 0.001");
  assert_line (fixture, "Accuracy", "\t0.250 (");
  assert_line (fixture, "Accuracy", "\t1.000 (");
  assert_line (fixture, "Accuracy", ", best");
  assert_line (fixture, "Against first · 0", "–\tbetter, p < 0.001");
  assert_line (fixture, "Odd (10)", "1.00 (+");
  assert_flips (fixture, 0, "Fixed: 15 texts");
  assert_flips (fixture, 1, "Broken: 0 texts");
  assert_flips (fixture, 2, "Still wrong: 0 texts");
  assert_flips (fixture, 3, "Still right: 5 texts");
  g_assert_false (gtk_list_box_row_get_activatable (gtk_list_box_get_row_at_index (ledger (fixture), 1)));
}

/* A number opens its texts: as many as it says, with the answers of the iteration after the change. */
static void
test_flips (Fixture       *fixture,
            gconstpointer  data)
{
  ui_display_wait_for (fixture->page, "On the 20 validation texts");
  g_signal_emit_by_name (ledger (fixture), "row-activated", gtk_list_box_get_row_at_index (ledger (fixture), 0));
  g_assert_cmpstr (fixture->shown, ==, "data");
  g_assert_cmpint (hone_selection_get_iteration (fixture->selection), ==, fixture->ids[1]);
  g_assert_cmpuint (count_shown (fixture), ==, 15);
  g_signal_emit_by_name (ledger (fixture), "row-activated", gtk_list_box_get_row_at_index (ledger (fixture), 3));
  g_assert_cmpuint (count_shown (fixture), ==, 5);
}

/* From the other side the better one is the worse one. */
static void
test_base (Fixture       *fixture,
           gconstpointer  data)
{
  GtkDropDown *base;

  ui_display_wait_for (fixture->page, "On the 20 validation texts");
  base = GTK_DROP_DOWN (ui_iterations_find (fixture->page, GTK_TYPE_DROP_DOWN, 1));
  g_assert_cmpuint (gtk_drop_down_get_selected (base), ==, 0);
  gtk_drop_down_set_selected (base, 1);
  ui_display_wait_for (fixture->page, "first · 0 against first · 1: worse, p < 0.001");
  assert_flips (fixture, 1, "Broken: 15 texts");
  assert_line (fixture, "Against first · 1", "worse");
  g_signal_emit_by_name (ledger (fixture), "row-activated", gtk_list_box_get_row_at_index (ledger (fixture), 1));
  g_assert_cmpint (hone_selection_get_iteration (fixture->selection), ==, fixture->ids[0]);
  g_assert_cmpuint (count_shown (fixture), ==, 15);
}

/* Others can be ticked, across experiments; with one alone there is nothing to compare. */
static void
test_choose (Fixture       *fixture,
             gconstpointer  data)
{
  ui_display_wait_for (fixture->page, "On the 20 validation texts");
  tick (fixture, 2);
  ui_display_wait_for (fixture->page, "second · 0 against first · 0");
  assert_line (fixture, "\tfirst · 0", "\tfirst · 1\tsecond · 0");
  tick (fixture, 0);
  ui_display_wait_for (fixture->page, "second · 0 against first · 1: worse");
  tick (fixture, 1);
  ui_display_wait_for (fixture->page, "Choose Two Iterations");
  tick (fixture, 0);
  ui_display_wait_for (fixture->page, "second · 0 against first · 0");
  assert_flips (fixture, 0, "Fixed: 3 texts");
}

/* Labels and new names show by themselves. */
static void
test_follows (Fixture       *fixture,
              gconstpointer  data)
{
  HoneStore *store = hone_project_get_store (fixture->project);
  g_autoptr(HoneExperiment) experiment = NULL;

  ui_display_wait_for (fixture->page, "first · 1 against first · 0");
  ui_iterations_relabel (fixture->project, 2);      /* both were right */
  ui_display_wait_for (fixture->page, "0.950");
  assert_flips (fixture, 2, "Still wrong: 1 text");
  experiment = hone_store_find_experiment (store, "first", NULL);
  g_free (experiment->name);
  experiment->name = g_strdup ("renamed");
  g_assert_true (hone_store_update_experiment (store, experiment, NULL));
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_display_wait_for (fixture->page, "renamed · 1 against renamed · 0");
  ui_iterations_add (store, "renamed", 20, FALSE);
  hone_project_changed (fixture->project, HONE_PROJECT_EXPERIMENTS);
  ui_display_wait_for (fixture->page, "renamed · 2 against renamed · 1: not distinguishable");
}

/* What is copied is what stands there. */
static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto(GValue) value = G_VALUE_INIT;
  GdkContentProvider *content;
  g_autoptr(GError) error = NULL;

  ui_display_wait_for (fixture->page, "On the 20 validation texts");
  g_assert_true (gtk_widget_activate_action (fixture->page, "compare.copy", NULL));
  content = gdk_clipboard_get_content (gtk_widget_get_clipboard (fixture->page));
  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, &error));
  g_assert_true (g_str_has_prefix (g_value_get_string (&value), "\tfirst · 0\tfirst · 1\n"));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  ui_display_wait_for (fixture->page, "Nothing to Compare Yet");
}

#define ADD(name, with, func) g_test_add ("/ui/compare-page/" name, Fixture, GSIZE_TO_POINTER (with), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  ADD ("table", TRUE, test_table);
  ADD ("flips", TRUE, test_flips);
  ADD ("base", TRUE, test_base);
  ADD ("choose", TRUE, test_choose);
  ADD ("follows", TRUE, test_follows);
  ADD ("copy", TRUE, test_copy);
  ADD ("empty", FALSE, test_empty);
  return g_test_run ();
}
