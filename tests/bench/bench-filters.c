/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-filters PROJECT [ROUNDS]: from a changed filter to its first rows on the screen, on the page Data under a display.
 *
 * PROJECT is one of “bench-store import FILE PROJECT rich” with predictions. Each filter is set after all texts were shown, ROUNDS (5)
 * times; printed are the median and the longest of: the first row stands in the list with its text, and a frame with it was painted
 * (which waits for the next beat of the display, up to 16.7 ms, by itself). Wanted: rows within 100 ms at 1,000,000 texts. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/hone-example-item.h"
#include "pages/data/hone-data-page.h"

typedef struct {
  const char *name;
  void      (*set) (HoneFilter *filter, gint64 iteration);
} Case;

typedef struct {
  GMainLoop     *loop;
  HoneProject   *project;
  HoneSelection *selection;
  GtkWidget     *page;
  gint64         iteration;
  const Case    *shown;
} Bench;

static void all        (HoneFilter *filter, gint64 iteration) {}
static void split      (HoneFilter *filter, gint64 iteration) { filter->split = HONE_SPLIT_VALIDATION; }
static void labelled   (HoneFilter *filter, gint64 iteration) { filter->reference_state = HONE_REFERENCE_LABELLED; }
static void category   (HoneFilter *filter, gint64 iteration) { filter->category = 3; }
static void flagged    (HoneFilter *filter, gint64 iteration) { filter->flag = 1; }
static void searched   (HoneFilter *filter, gint64 iteration) { filter->search = g_strdup ("word17"); }
static void unable     (HoneFilter *filter, gint64 iteration) { filter->iteration_id = iteration; filter->outcome = HONE_FILTER_UNABLE; }
static void wrong      (HoneFilter *filter, gint64 iteration) { filter->iteration_id = iteration; filter->agrees = 0; }
static void unsure     (HoneFilter *filter, gint64 iteration) { filter->iteration_id = iteration; filter->confidence_high = 0.3; }

static const Case cases[] = {
  { "all texts", all }, { "split", split }, { "labelled", labelled }, { "category", category }, { "flag", flagged },
  { "search", searched }, { "no answer", unable }, { "wrong", wrong }, { "unsure", unsure },
};

static GtkWidget *
find (GtkWidget *inside,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (inside, type))
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gboolean   *arrived)
{
  *arrived = TRUE;
}

static void
on_painted (GdkFrameClock *clock,
            guint         *n_frames)
{
  (*n_frames)++;
}

static gboolean
has_text (GListModel *rows)
{
  g_autoptr(HoneExampleItem) first = g_list_model_get_item (rows, 0);

  return !first || hone_example_item_get_example (first);
}

/* Milliseconds until the first row has its text, and until a frame was painted after that. */
static void
change (Bench      *self,
        const Case *wanted,
        double     *text,
        double     *painted)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (find (self->page, GTK_TYPE_COLUMN_VIEW))));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->page);
  HoneFilter filter = HONE_FILTER_ALL;
  gboolean arrived = FALSE;
  guint n_frames = 0;
  gulong changed = g_signal_connect (rows, "items-changed", G_CALLBACK (on_items_changed), &arrived);
  gulong frames = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &n_frames);
  gint64 begin = g_get_monotonic_time ();

  wanted->set (&filter, self->iteration);
  hone_selection_set_filter (self->selection, &filter);
  self->shown = wanted;
  g_free ((char *) filter.search);
  while (!arrived || !has_text (rows))
    g_main_context_iteration (NULL, TRUE);
  *text = (g_get_monotonic_time () - begin) / 1e3;
  n_frames = 0;
  gtk_widget_queue_draw (self->page);
  while (n_frames == 0)
    g_main_context_iteration (NULL, TRUE);
  *painted = (g_get_monotonic_time () - begin) / 1e3;
  g_signal_handler_disconnect (rows, changed);
  g_signal_handler_disconnect (clock, frames);
}

static gboolean
ring (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
rest (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, ring, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
measure (Bench      *self,
         const Case *wanted,
         guint       n_rounds)
{
  g_autofree double *text = g_new (double, n_rounds), *painted = g_new (double, n_rounds);
  const Case *other = wanted == cases ? &cases[1] : cases;
  double ignored;

  for (guint i = 0; i < n_rounds; i++)
    {
      if (self->shown != other)
        change (self, other, &ignored, &ignored);
      rest (800);
      change (self, wanted, &text[i], &painted[i]);
      rest (400);
    }
  qsort (text, n_rounds, sizeof (double), compare_doubles);
  qsort (painted, n_rounds, sizeof (double), compare_doubles);
  printf ("%-10s first row: median %6.1f ms, longest %6.1f ms; painted: median %6.1f ms, longest %6.1f ms\n", wanted->name,
          text[n_rounds / 2], text[n_rounds - 1], painted[n_rounds / 2], painted[n_rounds - 1]);
  fflush (stdout);
}

static gint64
find_iteration (HoneStore *store)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, NULL);
  const HoneExperiment *first = experiments && experiments->len ? experiments->pdata[0] : NULL;
  g_autoptr(GPtrArray) iterations = first ? hone_store_list_iterations (store, first->id, NULL) : NULL;

  return iterations && iterations->len ? ((const HoneIteration *) iterations->pdata[iterations->len - 1])->id : 0;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Bench *self = data;
  g_autoptr(GError) error = NULL;

  self->project = hone_project_open_finish (result, &error);
  if (!self->project)
    {
      fprintf (stderr, "bench-filters: %s\n", error->message);
      exit (1);
    }
  g_main_loop_quit (self->loop);
}

int
main (int   argc,
      char *argv[])
{
  guint n_rounds = argc > 2 ? (guint) CLAMP (atoi (argv[2]), 1, 1000) : 5;
  Bench self = { 0 };
  GtkWidget *window;

  if (argc < 2 || !gtk_init_check ())
    {
      fprintf (stderr, "usage: bench-filters PROJECT [ROUNDS], under a display\n");
      return 2;
    }
  adw_init ();
  self.loop = g_main_loop_new (NULL, FALSE);
  hone_project_open_async (argv[1], NULL, opened_cb, &self);
  g_main_loop_run (self.loop);
  self.iteration = find_iteration (hone_project_get_store (self.project));
  self.selection = hone_selection_new ();
  self.shown = cases;
  self.page = hone_data_page_new (self.project, self.selection);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), self.page);
  gtk_window_present (GTK_WINDOW (window));
  rest (3000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (self.iteration || i < 6)
      measure (&self, &cases[i], n_rounds);
  return 0;
}
