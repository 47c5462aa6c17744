/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of texts and its dialogs. */
#include "config.h"

#include <glib/gstdio.h>

#include "pages/data/hone-categories-dialog.h"
#include "pages/data/hone-category-row.h"
#include "pages/data/hone-classify-dialog.h"
#include "pages/data/hone-data-page.h"
#include "pages/data/hone-export-dialog.h"
#include "pages/data/hone-import-dialog.h"
#include "pages/data/hone-imports-dialog.h"
#include "store/hone-store-examples.h"
#include "ui-display.h"
#include "ui-support.h"
#include "widgets/hone-chip-bar.h"

/* ---- the page ---- */

typedef struct {
  char          *path;
  HoneProject   *project;
  HoneSelection *selection;
  GtkWidget     *page;
  GtkWindow     *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  n)
{
  fixture->path = ui_support_new_project (GPOINTER_TO_SIZE (n));
  fixture->project = ui_support_open (fixture->path);
  fixture->selection = hone_selection_new ();
  fixture->page = hone_data_page_new (fixture->project, fixture->selection);
  fixture->window = ui_display_show (fixture->page);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  n)
{
  gpointer page = fixture->page;

  g_object_add_weak_pointer (page, &page);
  gtk_window_destroy (fixture->window);
  ui_support_wait (is_gone, &page);   /* what it still reads holds it */
  ui_display_settle ();
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static guint64
count (Fixture *fixture,
       int      split)
{
  HoneFilter filter = HONE_FILTER_ALL;

  filter.split = split;
  return hone_store_count (hone_project_get_store (fixture->project), &filter, NULL, NULL);
}

static void
choose (Fixture *fixture,
        guint    position)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (ui_display_find (fixture->page, GTK_TYPE_COLUMN_VIEW));

  gtk_selection_model_select_item (gtk_column_view_get_model (view), position, TRUE);
}

static gboolean
can (GtkWidget  *widget,
     const char *action)
{
  return gtk_widget_activate_action (widget, action, NULL);
}

/* Texts, the words of the filter, the count, and the search go both ways. */
static void
test_filter (Fixture       *fixture,
             gconstpointer  n)
{
  GtkWidget *search = ui_display_find (fixture->page, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *chips = ui_display_find (fixture->page, HONE_TYPE_CHIP_BAR);
  HoneFilter filter = HONE_FILTER_ALL;

  ui_display_wait_for (fixture->page, "100 texts");
  ui_display_wait_for (fixture->page, "text 7");
  filter.category = 2;
  hone_selection_set_filter (fixture->selection, &filter);
  ui_display_wait_for (fixture->page, "25 of 100 texts");
  ui_display_wait_for (chips, "Label: Odd");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (chips), GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove filter “Label: Odd”");

  gtk_editable_set_text (GTK_EDITABLE (search), "17");
  ui_display_wait_for (fixture->page, "No text matches");
  g_assert_cmpstr (hone_selection_get_filter (fixture->selection)->search, ==, "17");
  g_signal_emit_by_name (gtk_widget_get_first_child (chips), "clicked");
  g_assert_cmpuint (hone_selection_get_filter (fixture->selection)->category, ==, 0);
  ui_display_wait_for (fixture->page, "1 of 100 texts");
  ui_display_wait_for (fixture->page, "text 17");
  filter.category = 0;
  hone_selection_set_filter (fixture->selection, &filter);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  ui_display_wait_for (fixture->page, "100 texts");
}

static gboolean
has_one_test (gpointer fixture)
{
  return count (fixture, HONE_SPLIT_TEST) == 1;
}

static gboolean
has_99 (gpointer fixture)
{
  return count (fixture, -1) == 99;
}

/* Actions work on the chosen rows alone. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  n)
{
  ui_display_wait_for (fixture->page, "100 texts");
  ui_display_wait_for (fixture->page, "text 7");
  can (fixture->page, "data.delete");
  ui_display_settle ();
  g_assert_cmpuint (count (fixture, -1), ==, 100);

  choose (fixture, 3);
  ui_display_wait_for (fixture->page, "About this text");
  ui_display_wait_for (fixture->page, "import, imported");
  g_assert_true (gtk_widget_activate_action (fixture->page, "data.set-split", "s", "test"));
  ui_support_wait (has_one_test, fixture);
  g_assert_true (can (fixture->page, "data.delete"));
  ui_support_wait (has_99, fixture);
  ui_display_wait_for (fixture->page, "99 texts");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  n)
{
  ui_display_wait_for (fixture->page, "No texts yet");
}

/* ---- dialogs ---- */

static void
keep_words (const char **said,
            const char  *words)
{
  *said = g_intern_string (words);
}

static void
keep_import (const char **said,
             gint64       import_id,
             const char  *words)
{
  g_assert_cmpint (import_id, >, 0);
  *said = g_intern_string (words);
}

static gboolean
is_set (gpointer said)
{
  return *(const char **) said != NULL;
}

/* Shows a dialog; @left becomes NULL when it is gone. */
static void
show_dialog (gpointer  dialog,
             gpointer *left)
{
  *left = dialog;
  g_object_add_weak_pointer (dialog, left);
  gtk_window_present (dialog);
}

static void
close_dialog (gpointer *left)
{
  gtk_window_close (*left);
  ui_support_wait (is_gone, left);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *contents)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  return path;
}

/* A bad record is shown, blocks, and can be left out. */
static void
test_import (Fixture       *fixture,
             gconstpointer  n)
{
  g_autofree char *path = write_file (fixture, "new.csv", "text,label\nrain,Odd\n,Odd\nsun,Even\n");
  const char *paths[] = { path, NULL }, *said = NULL;
  HoneImportDialog *dialog = hone_import_dialog_new (NULL, fixture->project, paths);
  GtkWidget *leave_out = ui_display_find (GTK_WIDGET (dialog), GTK_TYPE_SWITCH);
  gpointer left;

  g_signal_connect_swapped (dialog, "imported", G_CALLBACK (keep_import), &said);
  show_dialog (dialog, &left);
  ui_display_wait_for (GTK_WIDGET (dialog), "rain");
  ui_display_wait_for (GTK_WIDGET (dialog), "Leave out 1 record");
  can (GTK_WIDGET (dialog), "import.run");
  ui_display_settle ();
  g_assert_cmpuint (count (fixture, -1), ==, 100);

  gtk_switch_set_active (GTK_SWITCH (leave_out), TRUE);
  g_assert_true (can (GTK_WIDGET (dialog), "import.run"));
  ui_support_wait (is_set, &said);
  g_assert_cmpstr (said, ==, "2 texts imported");
  g_assert_cmpuint (count (fixture, -1), ==, 102);
  ui_support_wait (is_gone, &left);
  ui_display_wait_for (fixture->page, "102 texts");
  g_unlink (path);
}

/* A file that cannot be understood is told in place; nothing can be imported. */
static void
test_import_bad (Fixture       *fixture,
                 gconstpointer  n)
{
  g_autofree char *path = write_file (fixture, "empty.csv", "");
  const char *paths[] = { path, NULL };
  HoneImportDialog *dialog = hone_import_dialog_new (NULL, fixture->project, paths);
  gpointer left;

  show_dialog (dialog, &left);
  ui_display_wait_for (GTK_WIDGET (dialog), "empty.csv");
  can (GTK_WIDGET (dialog), "import.run");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  close_dialog (&left);
  g_unlink (path);
}

static gboolean
has_none (gpointer fixture)
{
  return count (fixture, -1) == 0;
}

static gboolean
has_all (gpointer fixture)
{
  return count (fixture, -1) == 100;
}

static void
test_imports (Fixture       *fixture,
              gconstpointer  n)
{
  g_autoptr(HoneCatalogue) catalogue = hone_catalogue_new (fixture->project);
  GtkWidget *dialog = GTK_WIDGET (hone_imports_dialog_new (NULL, fixture->project, catalogue));
  gpointer left;

  show_dialog (dialog, &left);
  ui_display_wait_for (dialog, "100 texts");
  g_assert_true (gtk_widget_activate_action (dialog, "imports.take-back", "(xb)", G_GINT64_CONSTANT (1), TRUE));
  ui_support_wait (has_none, fixture);
  ui_display_wait_for (dialog, "taken back");
  g_assert_true (gtk_widget_activate_action (dialog, "imports.take-back", "(xb)", G_GINT64_CONSTANT (1), FALSE));
  ui_support_wait (has_all, fixture);
  close_dialog (&left);
}

/* What would be lost is said before anything is written. */
static void
test_export (Fixture       *fixture,
             gconstpointer  n)
{
  g_autoptr(HoneCatalogue) catalogue = hone_catalogue_new (fixture->project);
  HoneExportDialog *dialog = hone_export_dialog_new (NULL, fixture->project, catalogue, 0);
  gpointer left;

  show_dialog (dialog, &left);
  ui_display_wait_for (GTK_WIDGET (dialog), "The authors of 50 labels will not be in the file");
  close_dialog (&left);
}

static void
test_classify (Fixture       *fixture,
               gconstpointer  n)
{
  g_autoptr(HoneCatalogue) catalogue = hone_catalogue_new (fixture->project);
  HoneClassifyDialog *dialog = hone_classify_dialog_new (NULL, fixture->project, catalogue, 0);
  const char *paths[] = { "/somewhere/new.csv", "/somewhere/else.csv", NULL };
  gpointer left;

  show_dialog (dialog, &left);
  ui_display_wait_for (GTK_WIDGET (dialog), "There is no iteration yet");
  hone_classify_dialog_set_paths (dialog, paths);
  ui_display_wait_for (GTK_WIDGET (dialog), "new.csv, else.csv");
  close_dialog (&left);
}

static gboolean
has_three_categories (gpointer fixture)
{
  return hone_ontology_get_size (hone_project_get_ontology (((Fixture *) fixture)->project)) == 3;
}

static void
test_categories (Fixture       *fixture,
                 gconstpointer  n)
{
  HoneCategoriesDialog *dialog = hone_categories_dialog_new (NULL, fixture->project);
  GtkWidget *row, *entry;
  const char *said = NULL;
  gpointer left;

  g_signal_connect_swapped (dialog, "saved", G_CALLBACK (keep_words), &said);
  show_dialog (dialog, &left);
  ui_display_wait_for (GTK_WIDGET (dialog), "Stays as it is while there are labels");
  g_assert_true (can (GTK_WIDGET (dialog), "categories.add"));
  ui_display_settle ();
  ui_display_wait_for (GTK_WIDGET (dialog), "The category needs a name");

  row = ui_display_find (GTK_WIDGET (dialog), HONE_TYPE_CATEGORY_ROW);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (gtk_widget_get_parent (row)), 2));
  entry = ui_display_find (row, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "odd");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  can (GTK_WIDGET (dialog), "categories.save");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Prime");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_true (can (GTK_WIDGET (dialog), "categories.save"));
  ui_support_wait (has_three_categories, fixture);
  g_assert_nonnull (hone_ontology_get_by_key (hone_project_get_ontology (fixture->project), "PRIME"));
  ui_support_wait (is_gone, &left);
}

#define ADD(name, n, func) g_test_add ("/ui/data-page/" name, Fixture, GSIZE_TO_POINTER (n), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  ADD ("filter", 100, test_filter);
  ADD ("rows", 100, test_rows);
  ADD ("empty", 0, test_empty);
  ADD ("import", 100, test_import);
  ADD ("import-bad", 100, test_import_bad);
  ADD ("imports", 100, test_imports);
  ADD ("export", 100, test_export);
  ADD ("classify", 100, test_classify);
  ADD ("categories", 100, test_categories);
  return g_test_run ();
}
