/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chart/hone-matrix.h"
#include "ui-display.h"

#define MANY 100

/* @n classes that are all told right but one: class 0 was read as class 1, three times. */
static void
fill (HoneMatrix *matrix,
      gsize       n)
{
  static const char *names[MANY + 3];
  g_autofree guint64 *counts = g_new0 (guint64, n * (n + 2));
  HonePlotMatrix plot = { .rows = names, .columns = names, .n_rows = n, .n_columns = n + 2, .n_scored = n + 2, .counts = counts };

  for (gsize i = 0; i < n + 2; i++)
    names[i] = g_intern_string (g_strdup_printf ("Class %" G_GSIZE_FORMAT, i));
  for (gsize i = 0; i < n; i++)
    counts[i * (n + 2) + i] = 10 + i;
  counts[1] = 3;
  hone_matrix_set_counts (matrix, &plot);
}

typedef struct {
  guint row, column, times;
} Activated;

static void
keep_cell (HoneMatrix *matrix,
           guint       row,
           guint       column,
           Activated  *kept)
{
  *kept = (Activated) { row, column, kept->times + 1 };
}

static void
test_keys (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  GtkWidget *matrix = hone_matrix_new ();
  GtkWindow *window = ui_display_show (matrix);
  Activated activated = { 0 };

  fill (HONE_MATRIX (matrix), n);
  ui_display_settle ();
  g_signal_connect (matrix, "activated", G_CALLBACK (keep_cell), &activated);
  g_assert_true (gtk_widget_child_focus (matrix, GTK_DIR_TAB_FORWARD));
  g_assert_true (ui_display_key (matrix, GDK_KEY_Right));
  g_assert_nonnull (strstr (hone_matrix_get_reading (HONE_MATRIX (matrix)), "Class 1"));
  g_assert_nonnull (strstr (hone_matrix_get_reading (HONE_MATRIX (matrix)), "3"));
  g_assert_true (ui_display_key (matrix, GDK_KEY_Return));
  g_assert_cmpuint (activated.row, ==, 0);
  g_assert_cmpuint (activated.column, ==, 1);
  g_assert_true (ui_display_key (matrix, GDK_KEY_Down));
  g_assert_true (ui_display_key (matrix, GDK_KEY_space));
  g_assert_cmpuint (activated.row, ==, 1);
  g_assert_cmpuint (activated.column, ==, 1);
  g_assert_cmpuint (activated.times, ==, 2);

  /* Tab leaves from any cell. */
  g_assert_false (gtk_widget_child_focus (matrix, GTK_DIR_TAB_FORWARD));

  /* Other numbers: the focus stays. */
  fill (HONE_MATRIX (matrix), n);
  ui_display_settle ();
  g_assert_true (ui_display_key (matrix, GDK_KEY_Return));
  g_assert_cmpuint (activated.row, ==, 1);
  ui_display_close (window, matrix);
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

/* Few classes: a cell is a widget that screen readers know. Many: one widget whose name tells the cell. */
static void
test_accessible (void)
{
  GtkWidget *matrix = hone_matrix_new ();
  GtkWindow *window = ui_display_show (matrix);
  GtkWidget *second;
  HonePlotMatrix none = { 0 };

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (matrix)), ==, GTK_ACCESSIBLE_ROLE_GRID);
  fill (HONE_MATRIX (matrix), 8);
  g_assert_cmpuint (count_children (matrix), ==, 80);
  second = gtk_widget_get_next_sibling (gtk_widget_get_first_child (matrix));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (second)), ==, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_PROPERTY_LABEL));
  fill (HONE_MATRIX (matrix), MANY);
  g_assert_cmpuint (count_children (matrix), ==, 0);
  hone_matrix_set_chosen (HONE_MATRIX (matrix), (HonePlotCell) { 0, 1 });
  g_assert_nonnull (strstr (hone_matrix_get_reading (HONE_MATRIX (matrix)), "3"));
  hone_matrix_set_counts (HONE_MATRIX (matrix), NULL);
  g_assert_cmpstr (hone_matrix_get_reading (HONE_MATRIX (matrix)), ==, "");
  hone_matrix_set_counts (HONE_MATRIX (matrix), &none);
  g_assert_true (ui_display_key (matrix, GDK_KEY_Return));
  ui_display_settle ();
  ui_display_close (window, matrix);
}

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  g_test_add_data_func ("/ui/matrix/keys/few", GSIZE_TO_POINTER (8), test_keys);
  g_test_add_data_func ("/ui/matrix/keys/many", GSIZE_TO_POINTER (MANY), test_keys);
  g_test_add_func ("/ui/matrix/accessible", test_accessible);
  return g_test_run ();
}
