/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-main-loop PROJECT CSV: how long the main loop of Hone's window is away from its poll while work goes on.
 *
 * Opens the project in the real window, imports the texts of CSV (id,text,label), trains on their labels and predicts, as the window
 * does, while the pages are changed twice a second. The poll function of the main context tells how long each turn took; a histogram
 * per phase. Wanted: no turn over 50 ms. The processor time of the main thread stands beside the clock: where only the clock is long, other
 * programs had the machine, or the turn waited for something. Needs a display. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "app/hone-application.h"
#include "app/hone-window.h"
#include "jobs/hone-import.h"
#include "jobs/hone-tune.h"

static const double bounds[] = { 1, 4, 8, 16, 33, 50, INFINITY };       /* milliseconds */

typedef struct {
  const char      *phase;
  guint64          turns[G_N_ELEMENTS (bounds)];
  double           longest, longest_busy;
  gint64           begin;
} Watch;

typedef struct {
  HoneApplication *application;
  HoneWindow      *window;
  const char      *csv;
  HoneRun         *run;
  guint            pages;       /* source */
  guint            n_pages;
  int              status;
} Bench;

static Watch watch;
static gint64 awake, busy;      /* since when, microseconds by the clock and of the processor; 0: not yet */

static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Everything between two polls is one turn: all sources that were ready, layout and drawing with them. */
static gint
watching_poll (GPollFD *fds,
               guint    n_fds,
               gint     timeout)
{
  gint result;

  if (awake != 0)
    {
      double turn = (g_get_monotonic_time () - awake) / 1e3;
      guint i = 0;

      while (turn > bounds[i])
        i++;
      watch.turns[i]++;
      watch.longest = MAX (watch.longest, turn);
      watch.longest_busy = MAX (watch.longest_busy, (get_thread_time () - busy) / 1e3);
    }
  result = g_poll (fds, n_fds, timeout);
  awake = g_get_monotonic_time ();
  busy = get_thread_time ();
  return result;
}

static void
begin (const char *phase)
{
  if (watch.phase)
    {
      printf ("%-8s %6.1f s, longest turn %5.1f ms, %5.1f ms of the processor; turns up to", watch.phase,
              (g_get_monotonic_time () - watch.begin) / 1e6, watch.longest, watch.longest_busy);
      for (guint i = 0; i < G_N_ELEMENTS (bounds) - 1; i++)
        printf (" %g ms: %" G_GUINT64_FORMAT ",", bounds[i], watch.turns[i]);
      printf (" over: %" G_GUINT64_FORMAT "\n", watch.turns[G_N_ELEMENTS (bounds) - 1]);
      fflush (stdout);
    }
  watch = (Watch) { .phase = phase, .begin = g_get_monotonic_time () };
}

static void
end (Bench      *bench,
     const char *trouble)
{
  begin (NULL);
  if (trouble)
    {
      fprintf (stderr, "%s\n", trouble);
      bench->status = 1;
    }
  g_clear_handle_id (&bench->pages, g_source_remove);
  g_clear_object (&bench->run);
  g_application_quit (G_APPLICATION (bench->application));
}

static gboolean
change_page (gpointer data)
{
  static const char * const pages[] = { "data", "workbench" };
  Bench *bench = data;

  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-page", "s", pages[bench->n_pages++ % G_N_ELEMENTS (pages)]);
  return G_SOURCE_CONTINUE;
}

/* ---- the phases ---- */

static void
state_cb (HoneRun    *run,
          GParamSpec *pspec,
          Bench      *bench)
{
  HoneRunState state = hone_run_get_state (run);

  if (hone_run_state_is_final (state))
    end (bench, state == HONE_RUN_SUCCEEDED ? NULL : "The training failed");
}

static void
stage_cb (HoneRun    *run,
          GParamSpec *pspec,
          Bench      *bench)
{
  if (g_strcmp0 (hone_run_get_stage (run), "predict") == 0)
    begin ("predict");
}

static void
tuned_cb (GObject      *queue,
          GAsyncResult *result,
          gpointer      user_data)
{
  Bench *bench = user_data;
  g_autoptr(GError) error = NULL;

  bench->run = hone_tune_finish (HONE_RUN_QUEUE (queue), result, &error);
  if (bench->run == NULL)
    {
      end (bench, error->message);
      return;
    }
  g_signal_connect (bench->run, "notify::stage", G_CALLBACK (stage_cb), bench);
  g_signal_connect (bench->run, "notify::state", G_CALLBACK (state_cb), bench);
}

static void
imported_cb (GObject      *store,
             GAsyncResult *result,
             gpointer      user_data)
{
  Bench *bench = user_data;
  HoneProject *project = hone_window_get_project (bench->window);
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;

  if (!hone_import_run_finish (HONE_STORE (store), result, NULL, &error))
    {
      end (bench, error->message);
      return;
    }
  hone_project_changed (project, HONE_PROJECT_EXAMPLES | HONE_PROJECT_LABELS | HONE_PROJECT_ONTOLOGY);
  begin ("train");
  options.experiment = "bench";
  hone_tune_async (hone_project_get_queue (project), &options, NULL, tuned_cb, bench);
}

static gboolean
start_import (gpointer data)
{
  static const HoneShares shares = { { 0.8, 0.2, 0 } };
  Bench *bench = data;
  const char * const paths[] = { bench->csv, NULL };
  HoneImportOptions options = HONE_IMPORT_OPTIONS_INIT;

  begin ("import");
  bench->pages = g_timeout_add (500, change_page, bench);
  options.paths = paths;
  options.shares = &shares;
  hone_import_run_async (hone_project_get_store (hone_window_get_project (bench->window)), &options, NULL, NULL, NULL, imported_cb, bench);
  return G_SOURCE_REMOVE;
}

static gboolean
wait_for_project (gpointer data)
{
  Bench *bench = data;

  if (hone_window_get_project (bench->window) == NULL)
    return G_SOURCE_CONTINUE;
  begin ("rest");
  g_timeout_add_seconds (3, start_import, bench);
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Bench          *bench)
{
  if (bench->window || !HONE_IS_WINDOW (window))
    return;
  bench->window = HONE_WINDOW (window);
  g_timeout_add (50, wait_for_project, bench);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(HoneApplication) application = NULL;
  Bench bench = { 0 };

  if (argc != 3)
    {
      fprintf (stderr, "usage: bench-main-loop PROJECT CSV\n");
      return 2;
    }
  bench.application = application = hone_application_new ();
  bench.csv = argv[2];
  g_application_set_flags (G_APPLICATION (application), g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &bench);
  g_main_context_set_poll_func (NULL, watching_poll);
  g_application_run (G_APPLICATION (application), 2, argv);      /* it opens the project */
  return bench.status;
}
