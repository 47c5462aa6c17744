/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "chart/hone-chart.h"
#include "ui-display.h"

static GtkWidget *
new_chart (void)
{
  GtkWidget *chart = hone_chart_new ();
  GPtrArray *series = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_chart_series_free);
  HoneChartSeries *one = hone_chart_series_new ("minilm", 0);

  hone_chart_series_add (one, (HonePlotPoint) { 0, 0.25, 0.2, 0.3, 0 }, 11);
  hone_chart_series_add (one, (HonePlotPoint) { 1, NAN, NAN, NAN, 0 }, 12);
  hone_chart_series_add (one, (HonePlotPoint) { 2, 0.75, 0.7, 0.8, 0 }, 13);
  g_ptr_array_add (series, one);
  hone_chart_set_titles (HONE_CHART (chart), "IoU score over iterations", "iteration", NULL);
  hone_chart_set_range (HONE_CHART (chart), 0, 1);
  hone_chart_set_series (HONE_CHART (chart), series);
  return chart;
}

static void
keep_key (HoneChart *chart,
          gint64     key,
          gint64    *kept)
{
  *kept = key;
}

static void
test_keys (void)
{
  GtkWidget *chart = new_chart ();
  GtkWindow *window = ui_display_show (chart);
  gint64 key = 0;

  g_signal_connect (chart, "activated", G_CALLBACK (keep_key), &key);
  g_assert_true (gtk_widget_grab_focus (chart));
  g_assert_cmpstr (hone_chart_get_reading (HONE_CHART (chart)), ==, "");

  /* Home is the first point; Right jumps over the gap. */
  g_assert_true (ui_display_key (chart, GDK_KEY_Home));
  g_assert_nonnull (strstr (hone_chart_get_reading (HONE_CHART (chart)), "0.250"));
  g_assert_true (ui_display_key (chart, GDK_KEY_Right));
  g_assert_nonnull (strstr (hone_chart_get_reading (HONE_CHART (chart)), "0.750"));
  g_assert_true (ui_display_key (chart, GDK_KEY_Return));
  g_assert_cmpint (key, ==, 13);
  g_assert_true (ui_display_key (chart, GDK_KEY_Escape));
  g_assert_cmpstr (hone_chart_get_reading (HONE_CHART (chart)), ==, "");

  /* Without a focus the chosen point is read. */
  hone_chart_set_chosen (HONE_CHART (chart), 11);
  g_assert_nonnull (strstr (hone_chart_get_reading (HONE_CHART (chart)), "0.250"));
  ui_display_close (window, chart);
}

static void
test_accessible (void)
{
  GtkWidget *chart = new_chart ();
  GtkWindow *window = ui_display_show (chart);

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (chart)), ==, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "IoU score over iterations");
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  ui_display_close (window, chart);
}

/* Something is drawn. */
static void
test_drawn (void)
{
  GtkWidget *chart = new_chart ();
  GtkWindow *window = ui_display_show (chart);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (chart);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (chart), gtk_widget_get_height (chart));
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  ui_display_close (window, chart);
}

static void
test_empty (void)
{
  GtkWidget *chart = hone_chart_new ();
  GtkWindow *window = ui_display_show (chart);

  g_assert_true (ui_display_key (chart, GDK_KEY_Right));
  g_assert_true (ui_display_key (chart, GDK_KEY_Return));
  g_assert_false (ui_display_key (chart, GDK_KEY_Escape));
  ui_display_close (window, chart);
}

int
main (int    argc,
      char **argv)
{
  if (!ui_display_init (&argc, &argv))
    return 0;
  g_test_add_func ("/ui/chart/keys", test_keys);
  g_test_add_func ("/ui/chart/accessible", test_accessible);
  g_test_add_func ("/ui/chart/drawn", test_drawn);
  g_test_add_func ("/ui/chart/empty", test_empty);
  return g_test_run ();
}
