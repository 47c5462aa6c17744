/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a label to the next text, as the person at the keyboard waits for it: model, store and view under a display.
 *   bench-labeling PROJECT [N]     labels N texts (default 500) in a copy that may be changed
 * PROJECT is one of "bench-store import FILE PROJECT rich". “text”: the next text stands in the view; “painted”: a frame with it was
 * drawn, which waits for the next beat of the display, up to 16.7 ms, by itself. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "pages/labeling/hone-labeling-view.h"

#define PACE 120   /* milliseconds between a text and the key for it */

typedef struct {
  GMainLoop       *loop;
  HoneProject     *project;
  GtkWidget       *view;
  HoneLabeling    *labeling;
  HoneExampleItem *before;        /* that was labelled */
  guint            n, wanted;
  gint64           opened, pressed;
  gboolean         waiting, drawn;
  GArray          *text, *painted;
} Bench;

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
quantile (GArray *sorted,
          double  q)
{
  return sorted->len == 0 ? NAN : g_array_index (sorted, double, (guint) (q * (sorted->len - 1)));
}

static void
print_distribution (const char *what,
                    GArray     *milliseconds)
{
  static const double bounds[] = { 2, 4, 8, 16, 33, 50, 100, INFINITY };
  guint next = 0;

  g_array_sort (milliseconds, compare_doubles);
  printf ("%-8s %5u median_ms %6.2f p95_ms %6.2f p99_ms %6.2f max_ms %6.2f\n", what, milliseconds->len, quantile (milliseconds, 0.5),
          quantile (milliseconds, 0.95), quantile (milliseconds, 0.99), quantile (milliseconds, 1.0));
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      guint n = 0;

      for (; next < milliseconds->len && g_array_index (milliseconds, double, next) <= bounds[i]; next++)
        n++;
      printf ("  up to %5.0f ms: %u\n", bounds[i], n);
    }
}

static void
press (Bench *self,
       guint  keyval)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (self->view);
  gboolean handled;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
}

static gboolean
press_cb (gpointer data)
{
  Bench *self = data;

  self->before = hone_labeling_get_current (self->labeling);
  self->waiting = TRUE;
  self->drawn = FALSE;
  self->pressed = g_get_monotonic_time ();
  press (self, GDK_KEY_1 + self->n % 8);
  return G_SOURCE_REMOVE;
}

static void
add (GArray *milliseconds,
     gint64  since)
{
  double took = (g_get_monotonic_time () - since) / 1000.0;

  g_array_append_val (milliseconds, took);
}

static void
on_shown (Bench *self)
{
  HoneExampleItem *current = hone_labeling_get_current (self->labeling);

  if (!self->waiting || current == self->before || !current || !hone_example_item_get_example (current))
    return;
  self->waiting = FALSE;
  add (self->text, self->pressed);
}

static void
on_painted (Bench *self)
{
  if (self->drawn || self->waiting || !self->pressed)
    return;
  self->drawn = TRUE;
  add (self->painted, self->pressed);
  if (++self->n < self->wanted)
    g_timeout_add (PACE, press_cb, self);
  else
    g_main_loop_quit (self->loop);
}

static gboolean
begin_cb (gpointer data)
{
  Bench *self = data;
  HoneLabelingProgress progress;
  HoneExampleItem *current = hone_labeling_get_current (self->labeling);

  hone_labeling_get_progress (self->labeling, &progress);
  if (!progress.complete || !current || !hone_example_item_get_example (current))
    return G_SOURCE_CONTINUE;
  printf ("queue_texts %u\nqueue_seconds %.2f\n", progress.total, (g_get_monotonic_time () - self->opened) / 1e6);
  press_cb (self);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Bench *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneSelection) selection = hone_selection_new ();
  GtkWidget *window = gtk_window_new ();

  self->project = hone_project_open_finish (result, &error);
  if (!self->project)
    {
      fprintf (stderr, "bench-labeling: %s\n", error->message);
      exit (1);
    }
  self->opened = g_get_monotonic_time ();
  self->view = hone_labeling_view_new (self->project, selection);
  self->labeling = hone_labeling_view_get_labeling (HONE_LABELING_VIEW (self->view));
  gtk_window_set_default_size (GTK_WINDOW (window), 1040, 400);
  gtk_window_set_child (GTK_WINDOW (window), self->view);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (self->labeling, "shown", G_CALLBACK (on_shown), self);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), self);
  g_timeout_add (50, begin_cb, self);
}

int
main (int   argc,
      char *argv[])
{
  Bench self = { .wanted = argc > 2 ? (guint) atoi (argv[2]) : 500 };

  if (argc < 2 || !gtk_init_check ())
    {
      fprintf (stderr, "usage: bench-labeling PROJECT [N], under a display\n");
      return 2;
    }
  adw_init ();
  self.loop = g_main_loop_new (NULL, FALSE);
  self.text = g_array_new (FALSE, FALSE, sizeof (double));
  self.painted = g_array_new (FALSE, FALSE, sizeof (double));
  hone_project_open_async (argv[1], NULL, opened_cb, &self);
  g_main_loop_run (self.loop);
  print_distribution ("text", self.text);
  print_distribution ("painted", self.painted);
  return 0;
}
