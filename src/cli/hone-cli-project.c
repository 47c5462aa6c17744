/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project of a command: opening, runs of its queue, and closing. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "hone-cli-interrupt.h"
#include "hone-cli-progress.h"
#include "hone-cli-project.h"
#include "jobs/hone-predict.h"
#include "reports/hone-report-build.h"

static void
project_free (HoneCliProject *self)
{
  g_clear_object (&self->queue);
  g_clear_object (&self->store);
  g_free (self->path);
  g_free (self);
}

static gboolean
take_up_runs (HoneCliProject  *self,
              GError         **error)
{
  self->queue = hone_run_queue_new (self->store);
  return hone_run_queue_recover (self->queue, error);
}

static HoneCliProject *
open_project (HoneCli        *cli,
              const char     *path,
              HoneStoreMode   mode,
              GError        **error)
{
  HoneCliProject *self = g_new0 (HoneCliProject, 1);

  self->cli = cli;
  self->path = g_strdup (path);
  self->store = hone_store_open (path, mode, error);
  if (self->store && (mode == HONE_STORE_READ || take_up_runs (self, error)))
    return self;
  project_free (self);
  return NULL;
}

static gboolean
is_there (HoneCli       *cli,
          const char    *path,
          HoneCliStatus *status)
{
  g_autofree char *shown = g_filename_display_name (path), *quoted = hone_cli_quote (path), *mend = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  mend = g_strdup_printf ("hone-cli new %s", quoted);
  *status = hone_cli_bad_input (cli, mend, _("There is no project “%s”"), shown);
  return FALSE;
}

/**
 * hone_cli_project_open:
 * @cli: this invocation
 * @path: name of the project file
 * @mode: for reading or writing
 * @status: (out): the exit status where %NULL is returned
 *
 * Returns: (transfer full) (nullable): the project, after saying what is wrong where there is none
 */
HoneCliProject *
hone_cli_project_open (HoneCli       *cli,
                       const char    *path,
                       HoneStoreMode  mode,
                       HoneCliStatus *status)
{
  g_autoptr(GError) error = NULL;
  HoneCliProject *self;

  if (!is_there (cli, path, status))
    return NULL;
  self = open_project (cli, path, mode, &error);
  if (self == NULL)
    *status = hone_cli_fail (cli, error);
  return self;
}

/**
 * hone_cli_project_make_writable:
 * @self: a project
 * @error: where to put an error
 *
 * Returns: whether the project is open for writing, as it may have been before
 */
gboolean
hone_cli_project_make_writable (HoneCliProject  *self,
                                GError         **error)
{
  if (self->queue)
    return TRUE;
  if (!hone_store_close (self->store, error))
    return FALSE;
  g_clear_object (&self->store);
  self->store = hone_store_open (self->path, HONE_STORE_WRITE, error);
  return self->store && take_up_runs (self, error);
}

/**
 * hone_cli_project_open_to_show:
 * @cli: this invocation
 * @path: name of the project file
 * @split: what is shown
 * @status: (out): the exit status where %NULL is returned
 *
 * Opens for reading where that is enough. Openings of test are listed in the project, so it is opened for writing then.
 *
 * Returns: (transfer full) (nullable): the project, after saying what is wrong where there is none
 */
HoneCliProject *
hone_cli_project_open_to_show (HoneCli       *cli,
                               const char    *path,
                               HoneSplit      split,
                               HoneCliStatus *status)
{
  g_autoptr(GError) error = NULL;
  HoneCliProject *self;

  if (split != HONE_SPLIT_TEST)
    return hone_cli_project_open (cli, path, HONE_STORE_READ, status);
  if (!is_there (cli, path, status))
    return NULL;
  self = open_project (cli, path, HONE_STORE_WRITE, &error);
  if (g_error_matches (error, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY))
    {
      g_clear_error (&error);
      hone_cli_warn (cli, _("The project cannot be written: this opening of the test split is not listed in it"));
      self = open_project (cli, path, HONE_STORE_READ, &error);
    }
  if (self == NULL)
    *status = hone_cli_fail (cli, error);
  return self;
}

/**
 * hone_cli_project_close:
 * @self: (transfer full): a project
 * @status: what the command would exit with
 *
 * Returns: @status, or that closing failed where all went well before
 */
HoneCliStatus
hone_cli_project_close (HoneCliProject *self,
                        HoneCliStatus   status)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->queue);
  if (self->store && !hone_store_close (self->store, &error))
    {
      HoneCliStatus closing = hone_cli_fail (self->cli, error);

      status = status == HONE_CLI_DONE ? closing : status;
    }
  project_free (self);
  return status;
}

/* ---- errors and what mends them ---- */

/**
 * hone_cli_project_mend:
 * @self: a project
 * @command: name of a command
 * @rest: what follows the project
 *
 * Returns: (transfer full): the whole command line
 */
char *
hone_cli_project_mend (HoneCliProject *self,
                       const char     *command,
                       const char     *rest)
{
  g_autofree char *quoted = hone_cli_quote (self->path);

  return g_strdup_printf ("hone-cli %s %s %s", command, quoted, rest);
}

/* Labels come from known answers where some are hidden, else from a file. */
static char *
mend_labels (HoneCliProject *self,
             HoneSplit       split)
{
  HoneSplitCounts counts[HONE_N_SPLITS];
  g_autofree char *rest = NULL;

  if (split == HONE_SPLIT_TRAIN && hone_store_get_split_counts (self->store, counts, NULL))
    {
      if (counts[split].known > 0)
        return hone_cli_project_mend (self, "label", "--simulate 80 --order balanced");
      if (counts[split].examples > 0)
        return hone_cli_project_mend (self, "label", "--id ID --category KEY");
    }
  if (split == HONE_SPLIT_TRAIN)
    return hone_cli_project_mend (self, "import", "FILE");
  rest = g_strdup_printf ("FILE --split %s", hone_split_to_string (split));
  return hone_cli_project_mend (self, "import", rest);
}

static gboolean
has_no_experiments (HoneCliProject *self)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (self->store, NULL);

  return experiments && experiments->len == 0;
}

/**
 * hone_cli_project_fail_split:
 * @self: a project
 * @split: the split that wants labels
 * @error: what went wrong
 *
 * Returns: the exit status, after saying the error and the command that mends it
 */
HoneCliStatus
hone_cli_project_fail_split (HoneCliProject *self,
                             HoneSplit       split,
                             const GError   *error)
{
  g_autofree char *mend = NULL;

  if (self->store == NULL)
    return hone_cli_fail (self->cli, error);
  if (g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS) ||
      g_error_matches (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_NO_LABELS))
    mend = mend_labels (self, split);
  else if (g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_ONTOLOGY))
    mend = hone_cli_project_mend (self, "ontology", "--set FILE");
  else if (g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_UNTRUSTED))
    mend = hone_cli_project_mend (self, "predict", _("--experiment NAME --trainer PROGRAM    # if you trust it"));
  else if (g_error_matches (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND) && has_no_experiments (self))
    mend = hone_cli_project_mend (self, "tune", "--experiment NAME");
  return hone_cli_fail_mend (self->cli, error, mend);
}

/**
 * hone_cli_project_fail:
 * @self: a project
 * @error: what went wrong
 *
 * Returns: the exit status, after saying the error and the command that mends it
 */
HoneCliStatus
hone_cli_project_fail (HoneCliProject *self,
                       const GError   *error)
{
  return hone_cli_project_fail_split (self, HONE_SPLIT_TRAIN, error);
}

/* ---- runs ---- */

static void
notify_cb (HoneRun    *run,
           GParamSpec *pspec,
           gpointer    progress)
{
  hone_cli_progress_update (progress, hone_run_get_progress (run), hone_run_stage_to_string (hone_run_get_stage (run)),
                            hone_run_get_seconds_left (run));
}

typedef struct {
  HoneRunQueue *queue;
  HoneRun      *run;
} Cancelling;

static gboolean
cancel_cb (GCancellable *cancellable,
           gpointer      data)
{
  Cancelling *cancelling = data;

  /* A run that is over by now cannot be cancelled, which is as good. */
  hone_run_queue_cancel (cancelling->queue, cancelling->run, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * hone_cli_project_follow:
 * @self: a project open for writing
 * @run: one of its runs
 * @error: where to put the run's error
 *
 * Runs the main loop, with progress on standard error, until the run is final. SIGINT or SIGTERM cancels it.
 *
 * Returns: whether the run succeeded
 */
gboolean
hone_cli_project_follow (HoneCliProject  *self,
                         HoneRun         *run,
                         GError         **error)
{
  g_autoptr(HoneCliProgress) progress = hone_cli_progress_new (self->cli);
  g_autoptr(GSource) source = g_cancellable_source_new (hone_cli_interrupt_cancellable ());
  g_auto(GStrv) warnings = NULL;
  Cancelling cancelling = { self->queue, run };
  gulong handler = g_signal_connect (run, "notify", G_CALLBACK (notify_cb), progress);
  gboolean good;

  g_source_set_callback (source, G_SOURCE_FUNC (cancel_cb), &cancelling, NULL);
  g_source_attach (source, NULL);
  good = hone_run_wait (run, error);
  g_source_destroy (source);
  g_signal_handler_disconnect (run, handler);
  hone_cli_progress_clear (progress);
  warnings = hone_run_dup_warnings (run);
  for (gsize i = 0; warnings && warnings[i]; i++)
    hone_cli_warn (self->cli, _("Warning: %s"), warnings[i]);
  return good;
}

/**
 * hone_cli_project_predict:
 * @self: a project open for writing
 * @iteration_id: an iteration
 * @split: a split
 * @error: where to put an error
 *
 * Returns: whether the iteration has been asked about all that it had no answer for
 */
gboolean
hone_cli_project_predict (HoneCliProject  *self,
                          gint64           iteration_id,
                          HoneSplit        split,
                          GError         **error)
{
  g_autoptr(HoneRun) run = hone_predict (self->queue, iteration_id, split, error);

  return run && hone_cli_project_follow (self, run, error);
}

/**
 * hone_cli_project_need_predictions:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a split
 * @error: where to put an error, %HONE_JOBS_ERROR_NO_LABELS among them
 *
 * Asks the iteration about the split if that was never done and there are labels to score against.
 *
 * Returns: whether there are predictions to score now
 */
gboolean
hone_cli_project_need_predictions (HoneCliProject  *self,
                                   gint64           iteration_id,
                                   HoneSplit        split,
                                   GError         **error)
{
  gboolean needed = FALSE;

  if (!hone_predict_is_needed (self->store, iteration_id, split, &needed, error))
    return FALSE;
  return !needed || (hone_cli_project_make_writable (self, error) && hone_cli_project_predict (self, iteration_id, split, error));
}

/* ---- scores ---- */

/**
 * hone_cli_project_evaluate:
 * @self: a project
 * @iteration_id: an iteration
 * @split: a split
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable): the scores
 */
HoneEvaluation *
hone_cli_project_evaluate (HoneCliProject  *self,
                           gint64           iteration_id,
                           HoneSplit        split,
                           GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  hone_evaluate_async (self->store, iteration_id, split, hone_cli_interrupt_cancellable (), hone_cli_wait_cb, &slot);
  result = hone_cli_wait (&slot);
  return hone_evaluate_finish (self->store, result, error);
}

/**
 * hone_cli_project_compare:
 * @self: a project
 * @iteration_ids: (array length=n_iterations): iterations
 * @n_iterations: how many, at least 2
 * @split: a split
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HoneComparison *
hone_cli_project_compare (HoneCliProject  *self,
                          const gint64    *iteration_ids,
                          gsize            n_iterations,
                          HoneSplit        split,
                          GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  hone_compare_async (self->store, iteration_ids, n_iterations, split, hone_cli_interrupt_cancellable (), hone_cli_wait_cb, &slot);
  result = hone_cli_wait (&slot);
  return hone_compare_finish (self->store, result, error);
}

/**
 * hone_cli_project_record_openings:
 * @self: a project
 * @report: a report on it that nobody has seen yet
 * @what: word for the list of openings
 * @error: where to put an error
 *
 * Returns: whether the report may be shown
 */
gboolean
hone_cli_project_record_openings (HoneCliProject  *self,
                                  HoneReport      *report,
                                  const char      *what,
                                  GError         **error)
{
  g_autoptr(GError) local = NULL;

  if (report->split != HONE_SPLIT_TEST)
    return TRUE;
  if (hone_cli_project_make_writable (self, &local))
    return hone_report_record_openings (report, self->store, what, error);
  if (!g_error_matches (local, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  hone_cli_warn (self->cli, _("The project cannot be written: this opening of the test split is not listed in it"));
  return TRUE;
}

/* ---- waiting ---- */

/**
 * hone_cli_wait_cb:
 * @source: (nullable): who did the work
 * @result: what came of it
 * @slot: a `GAsyncResult **`
 *
 * The callback to give to an asynchronous function before hone_cli_wait().
 */
void
hone_cli_wait_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/**
 * hone_cli_wait:
 * @slot: what hone_cli_wait_cb() fills
 *
 * Runs the main loop until the asynchronous function is done.
 *
 * Returns: (transfer full): its result
 */
GAsyncResult *
hone_cli_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}
