/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hone-cli runs: lists, watches, cancels and resumes the runs of a project. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-cli-commands.h"
#include "hone-cli-interrupt.h"
#include "hone-cli-progress.h"
#include "hone-cli-project.h"
#include "hone-cli-result.h"
#include "hone-cli-table.h"
#include "reports/hone-json-out.h"
#include "reports/hone-report-text.h"

#define POLL_MILLISECONDS 500

/* ---- listing ---- */

static void
print_json (GPtrArray *runs)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_list (out, "runs", FALSE);
  for (guint i = 0; i < runs->len; i++)
    {
      const HoneRunRecord *run = g_ptr_array_index (runs, i);
      g_autofree char *created = hone_report_format_time (run->created), *ended = hone_report_format_time (run->ended);

      hone_json_out_object (out, NULL, TRUE);
      hone_json_out_integer (out, "id", run->id);
      hone_json_out_string (out, "kind", run->kind);
      hone_json_out_string (out, "title", run->title);
      hone_json_out_string (out, "state", hone_run_state_to_string (run->state));
      hone_json_out_string (out, "stage", run->stage);
      hone_json_out_number (out, "progress", run->progress);
      hone_json_out_string (out, "created", created);
      hone_json_out_string (out, "ended", ended);
      hone_json_out_string (out, "error", run->error);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  hone_cli_print_text (text);
}

static void
print_table (GPtrArray *runs)
{
  HoneCliTable *table = hone_cli_table_new (6, 6);

  hone_cli_table_add (table, _("ID"));
  hone_cli_table_add (table, _("KIND"));
  hone_cli_table_add (table, _("STATE"));
  hone_cli_table_add (table, _("MADE"));
  hone_cli_table_add (table, _("WHAT"));
  hone_cli_table_add (table, _("ERROR"));
  for (guint i = 0; i < runs->len; i++)
    {
      const HoneRunRecord *run = g_ptr_array_index (runs, i);
      char *created = hone_report_format_time (run->created);

      hone_cli_table_take (table, g_strdup_printf ("%" G_GINT64_FORMAT, run->id));
      hone_cli_table_add (table, run->kind ? run->kind : "");
      hone_cli_table_add (table, hone_run_state_to_string (run->state));
      hone_cli_table_take (table, created ? created : g_strdup (""));
      hone_cli_table_add (table, run->title ? run->title : "");
      hone_cli_table_add (table, run->error ? run->error : "");
    }
  hone_cli_table_print (table);
}

static HoneCliStatus
list (HoneCliProject *project)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) runs = hone_store_list_runs (project->store, &error);

  if (runs == NULL)
    return hone_cli_project_fail (project, error);
  if (project->cli->json)
    print_json (runs);
  else if (runs->len == 0)
    hone_cli_say (project->cli, _("There are no runs yet\n"));
  else
    print_table (runs);
  return HONE_CLI_DONE;
}

/* ---- watching ---- */

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The run that goes on, or waits first; NULL when nothing does. (transfer full) */
static HoneRun *
find_going (HoneRunQueue *queue)
{
  HoneRun *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr(HoneRun) run = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (hone_run_state_is_final (hone_run_get_state (run)))
        continue;
      if (found == NULL || hone_run_get_state (run) == HONE_RUN_RUNNING)
        g_set_object (&found, run);
    }
  return found;
}

/* This process follows the runs itself. Stopping to watch stops no run. */
static HoneCliStatus
watch_own (HoneCliProject  *project,
           HoneCliProgress *progress)
{
  g_autoptr(GError) error = NULL;
  guint timer = g_timeout_add (POLL_MILLISECONDS / 5, wake_cb, NULL);
  HoneRun *going;

  while ((going = find_going (project->queue)))
    {
      g_autofree char *what = g_strdup_printf ("%s: %s", hone_run_get_title (going) ? hone_run_get_title (going) : "",
                                               hone_run_stage_to_string (hone_run_get_stage (going)));

      hone_cli_progress_update (progress, hone_run_get_progress (going), what, hone_run_get_seconds_left (going));
      g_object_unref (going);
      g_main_context_iteration (NULL, TRUE);
      if (hone_cli_interrupted (&error))
        break;
    }
  g_source_remove (timer);
  hone_cli_progress_clear (progress);
  return error ? hone_cli_fail (project->cli, error) : list (project);
}

static const HoneRunRecord *
find_going_record (GPtrArray *runs)
{
  const HoneRunRecord *found = NULL;

  for (guint i = 0; i < runs->len; i++)
    {
      const HoneRunRecord *run = g_ptr_array_index (runs, i);

      if (!hone_run_state_is_final (run->state) && (found == NULL || run->state == HONE_RUN_RUNNING))
        found = run;
    }
  return found;
}

/* Another process follows them: its notes are read. FALSE: nothing goes on any more, or the user has seen enough. */
static gboolean
look_at_other (HoneCliProject   *project,
               HoneCliProgress  *progress,
               GError          **error)
{
  g_autoptr(GPtrArray) runs = NULL;
  const HoneRunRecord *going;
  g_autofree char *what = NULL;

  if (hone_cli_interrupted (error))
    return FALSE;
  runs = hone_store_list_runs (project->store, error);
  going = runs ? find_going_record (runs) : NULL;
  if (going == NULL)
    return FALSE;
  what = g_strdup_printf ("%s: %s", going->title ? going->title : "", hone_run_stage_to_string (going->stage));
  hone_cli_progress_update (progress, going->progress, what, NAN);
  return TRUE;
}

/* The process that follows the runs may end before they do: each look begins with the attempt to follow them ourselves. */
static HoneCliStatus
watch (HoneCliProject *project)
{
  g_autoptr(HoneCliProgress) progress = hone_cli_progress_new (project->cli);
  g_autoptr(GError) error = NULL;

  while (!hone_cli_project_make_writable (project, &error))
    {
      if (!g_error_matches (error, HONE_STORE_ERROR, HONE_STORE_ERROR_BUSY) &&
          !g_error_matches (error, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY))
        return hone_cli_project_fail (project, error);
      g_clear_error (&error);
      g_clear_object (&project->store);
      project->store = hone_store_open (project->path, HONE_STORE_READ, &error);
      if (project->store == NULL)
        return hone_cli_fail (project->cli, error);
      if (!look_at_other (project, progress, &error))
        {
          hone_cli_progress_clear (progress);
          return error ? hone_cli_fail (project->cli, error) : list (project);
        }
      g_usleep (POLL_MILLISECONDS * 1000);
    }
  return watch_own (project, progress);
}

/* ---- cancelling and resuming ---- */

static HoneRun *
find_run (HoneCliProject *project,
          guint64         id,
          HoneCliStatus  *status)
{
  g_autofree char *mend = g_strchomp (hone_cli_project_mend (project, "runs", ""));
  HoneRun *run = hone_run_queue_find (project->queue, (gint64) id);

  if (run == NULL)
    *status = hone_cli_bad_input (project->cli, mend, _("There is no run number %" G_GUINT64_FORMAT), id);
  return run;
}

static HoneCliStatus
cancel (HoneCliProject *project,
        guint64         id)
{
  g_autoptr(GError) error = NULL;
  HoneCliStatus status = HONE_CLI_DONE;
  HoneRun *run = find_run (project, id, &status);

  if (run == NULL)
    return status;
  if (!hone_run_queue_cancel (project->queue, run, &error))
    return hone_cli_project_fail (project, error);
  /* The state is what counts here, not the error that goes with it. */
  hone_run_wait (run, NULL);
  hone_cli_say (project->cli, _("Run %" G_GUINT64_FORMAT " is %s\n"), id, hone_run_state_to_string (hone_run_get_state (run)));
  return HONE_CLI_DONE;
}

static HoneCliStatus
resume (HoneCliProject *project,
        guint64         id)
{
  g_autoptr(GError) error = NULL;
  HoneCliStatus status = HONE_CLI_DONE;
  HoneRun *run = find_run (project, id, &status);

  if (run == NULL)
    return status;
  if (!hone_run_queue_resume (project->queue, run, &error))
    return hone_cli_project_fail (project, error);
  return hone_cli_result_follow (project, run);
}

static HoneCliStatus
run (HoneCli *cli)
{
  g_autofree char *cancel_text = NULL, *resume_text = NULL;
  gboolean watch_runs = FALSE;
  guint64 id = 0;
  HoneCliProject *project;
  HoneCliStatus status;
  const GOptionEntry entries[] = {
    { "watch", 0, 0, G_OPTION_ARG_NONE, &watch_runs, N_("Follow until nothing runs"), NULL },
    { "cancel", 0, 0, HONE_CLI_TEXT, &cancel_text, N_("Cancel a run"), "ID" },
    { "resume", 0, 0, HONE_CLI_TEXT, &resume_text, N_("Go on with a run that was cancelled, interrupted or failed"), "ID" },
    { NULL }
  };

  if (!hone_cli_parse (cli, entries, 1, 1, &status))
    return status;
  if (watch_runs + (cancel_text != NULL) + (resume_text != NULL) > 1)
    return hone_cli_usage (cli, _("--watch, --cancel and --resume do not go together"));
  if ((cancel_text || resume_text) && !hone_cli_parse_count (cancel_text ? cancel_text : resume_text, 1, G_MAXINT64, &id))
    return hone_cli_usage (cli, _("“%s” is not the number of a run"), cancel_text ? cancel_text : resume_text);
  project = hone_cli_project_open (cli, cli->arguments[0], cancel_text || resume_text ? HONE_STORE_WRITE : HONE_STORE_READ, &status);
  if (project == NULL)
    return status;
  if (cancel_text)
    status = cancel (project, id);
  else if (resume_text)
    status = resume (project, id);
  else
    status = watch_runs ? watch (project) : list (project);
  return hone_cli_project_close (project, status);
}

const HoneCliCommand hone_cli_runs = {
  .name = "runs",
  .synopsis = "PROJECT.hone",
  .summary = N_("List, watch, cancel or resume runs"),
  .has_json = TRUE,
  .run = run,
};
