/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a run in its thread: one stage after the other, each written down before the next begins, each able to begin again. */
#include "config.h"

#include "hone-work-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-jobs.h"
#include "hone-out-private.h"
#include "hone-process-private.h"
#include "hone-trust.h"

#define SAVE_INTERVAL       (2 * G_TIME_SPAN_SECOND)
#define MAX_STORED_EVENTS   5000
#define MAX_STORED_LENGTH   4096

/* In the order of their run. A tune run goes through all, a predict run through the last three. */
static const struct {
  const char    *name;
  HoneStageFunc  func;
  gboolean       trains;      /* a trainer is at work in it */
} stages[] = {
  { "prepare", _hone_stage_prepare, FALSE },
  { "train",   _hone_stage_train,   TRUE },
  { "keep",    _hone_stage_keep,    FALSE },
  { "ask",     _hone_stage_ask,     FALSE },
  { "predict", _hone_stage_predict, TRUE },
  { "score",   _hone_stage_score,   FALSE },
};
#define STAGE_ASK 3

static gsize
find_stage (const HoneRunRecord *record)
{
  for (gsize i = 0; record->stage != NULL && i < G_N_ELEMENTS (stages); i++)
    if (strcmp (record->stage, stages[i].name) == 0)
      return i;
  return g_strcmp0 (record->kind, HONE_RUN_KIND_PREDICT) == 0 ? STAGE_ASK : 0;
}

static HoneRunRecord *
copy_record (const HoneRunRecord *record)
{
  HoneRunRecord *copy = g_new (HoneRunRecord, 1);

  *copy = *record;
  copy->uuid = g_strdup (record->uuid);
  copy->kind = g_strdup (record->kind);
  copy->title = g_strdup (record->title);
  copy->stage = g_strdup (record->stage);
  copy->parameters = g_strdup (record->parameters);
  copy->directory = g_strdup (record->directory);
  copy->error = g_strdup (record->error);
  return copy;
}

HoneWork *
_hone_work_new (HoneStore           *store,
                const HoneRunRecord *record,
                HoneControl         *control,
                const HoneWorkFuncs *funcs,
                gpointer             data)
{
  HoneWork *self = g_new0 (HoneWork, 1);

  self->store = g_object_ref (store);
  self->record = copy_record (record);
  self->parameters = _hone_parameters_from_json (record->parameters);
  self->control = _hone_control_ref (control);
  self->funcs = funcs;
  self->data = data;
  return self;
}

void
_hone_work_free (HoneWork *self)
{
  g_object_unref (self->store);
  hone_run_record_free (self->record);
  _hone_parameters_free (self->parameters);
  _hone_control_unref (self->control);
  g_free (self->message);
  g_clear_error (&self->error);
  g_free (self);
}

GCancellable *
_hone_work_get_cancellable (HoneWork *self)
{
  return _hone_control_get_cancellable (self->control);
}

const char *
_hone_work_get_program (HoneWork *self)
{
  return self->parameters->trainer != NULL ? self->parameters->trainer : "hone-engine";
}

char *
_hone_work_dup_predict_directory (HoneWork *self)
{
  return g_build_filename (self->record->directory, "predict", NULL);
}

gboolean
_hone_work_save (HoneWork  *self,
                 GError   **error)
{
  self->saved = g_get_monotonic_time ();
  g_free (self->record->parameters);
  self->record->parameters = _hone_parameters_to_json (self->parameters);
  return hone_store_update_run (self->store, self->record, error);
}

/* ---- telling ---- */

void
_hone_work_set_message (HoneWork *self,
                        char     *message)
{
  g_free (self->message);
  self->message = message;
  self->funcs->changed (self, self->data);
}

void
_hone_work_progress (HoneWork *self,
                     guint64   done,
                     guint64   total)
{
  self->record->progress = total > 0 ? MIN ((double) done / total, 1) : NAN;
  self->funcs->progress (self->record->progress, NAN, self->data);
}

static void
store_event (HoneWork   *self,
             const char *json)
{
  g_autoptr(GError) error = NULL;

  if (self->n_events++ >= MAX_STORED_EVENTS || strlen (json) > MAX_STORED_LENGTH)
    return;
  if (!hone_store_add_run_event (self->store, self->record->id, json, &error))
    self->funcs->log (error->message, TRUE, self->data);
}

static void
store_message (HoneWork   *self,
               const char *event,
               const char *message)
{
  g_autoptr(GString) json = g_string_new ("{");

  _hone_out_string (json, "event", event);
  _hone_out_string (json, "message", message);
  g_string_append_c (json, '}');
  store_event (self, json->str);
}

void
_hone_work_warn (HoneWork   *self,
                 const char *message)
{
  self->funcs->log (message, TRUE, self->data);
  store_message (self, "warning", message);
}

static void
take_progress (HoneWork        *self,
               const HoneEvent *event)
{
  g_autoptr(GError) error = NULL;

  self->record->progress = event->steps > 0 && event->step >= 0 ? MIN (event->step / event->steps, 1) : NAN;
  self->funcs->progress (self->record->progress, event->seconds_left, self->data);
  if (g_get_monotonic_time () < self->saved + SAVE_INTERVAL)
    return;
  if (!_hone_work_save (self, &error))
    self->funcs->log (error->message, TRUE, self->data);
}

/* Progress is too much for the project file; everything else is part of what happened. */
static void
take_event (const HoneEvent *event,
            const char      *line,
            gpointer         data)
{
  HoneWork *self = data;

  switch (event->type)
    {
    case HONE_EVENT_PROGRESS:
      take_progress (self, event);
      return;
    case HONE_EVENT_UNKNOWN:
      return;
    case HONE_EVENT_METRIC:
      self->funcs->metric (isnan (event->step) ? 0 : (guint64) event->step, event->name, event->value, self->data);
      break;
    case HONE_EVENT_WARNING:
    case HONE_EVENT_ERROR:
      self->funcs->log (event->message, TRUE, self->data);
      break;
    case HONE_EVENT_STAGE:
    case HONE_EVENT_HELLO:
      if (event->name != NULL)
        self->funcs->log (event->name, FALSE, self->data);
      break;
    case HONE_EVENT_CHECKPOINT:
    case HONE_EVENT_DONE:
    default:
      break;
    }
  if (line != NULL)
    store_event (self, line);
  else if (event->message != NULL)
    store_message (self, "warning", event->message);
}

/* ---- trainers ---- */

static gboolean
run_program (HoneWork        *self,
             HoneTrainerJob  *job,
             HoneEvent       *done,
             GError         **error)
{
  g_autofree char *engine = self->parameters->trainer == NULL ? hone_jobs_dup_engine (error) : NULL;
  const char *argv[] = { self->parameters->trainer != NULL ? self->parameters->trainer : engine, NULL };

  if (argv[0] == NULL || !hone_trust_check (self->parameters->trainer, error))
    return FALSE;
  job->argv = argv;
  return _hone_trainer_run (job, done, error);
}

/* At work: followed. Done: taken. Cut short in an earlier life of ours: for somebody to decide. Else: started. */
gboolean
_hone_work_train (HoneWork    *self,
                  const char  *directory,
                  double       seconds,
                  HoneEvent   *done,
                  GError     **error)
{
  HoneTrainerJob job = {
    .directory = directory,
    .name = _hone_work_get_program (self),
    .token = self->record->uuid,
    .seconds = seconds,
    .control = self->control,
    .offset = &self->parameters->offset,
    .func = take_event,
    .data = self,
  };

  if (_hone_process_is_alive (directory))
    return _hone_trainer_follow (&job, done, error);
  if (_hone_trainer_follow (&job, done, NULL))
    return TRUE;
  if (_hone_control_get (self->control) != HONE_REQUEST_NONE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run was stopped"));
      return FALSE;
    }
  if (!self->recovered)
    return run_program (self, &job, done, error);
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_INTERRUPTED, _("“%s” had ended before it was done when Hone came back"), job.name);
  return FALSE;
}

gboolean
_hone_work_collect (HoneWork    *self,
                    const char  *directory,
                    HoneEvent   *done,
                    GError     **error)
{
  HoneTrainerJob job = {
    .directory = directory,
    .name = _hone_work_get_program (self),
    .token = self->record->uuid,
    .control = self->control,
  };

  return _hone_trainer_follow (&job, done, error);
}

/* ---- the state machine ---- */

static void
change_state (HoneWork     *self,
              HoneRunState  state)
{
  g_autoptr(GError) error = NULL;

  g_assert (hone_run_state_can_change (self->record->state, state));
  self->record->state = state;
  if (state == HONE_RUN_RUNNING)
    {
      self->record->started = g_get_real_time ();
      self->record->ended = 0;
      g_clear_pointer (&self->record->error, g_free);
    }
  else
    self->record->ended = g_get_real_time ();
  if (!_hone_work_save (self, &error))
    {
      self->funcs->log (error->message, TRUE, self->data);
      /* A run must not be called a success where the project could not take it down. */
      if (state == HONE_RUN_SUCCEEDED || state == HONE_RUN_RUNNING)
        {
          self->record->state = HONE_RUN_FAILED;
          g_clear_error (&self->error);
          self->error = g_steal_pointer (&error);
        }
    }
  self->funcs->changed (self, self->data);
}

/* What cannot be seen stays out of the way: an iteration that will not be finished is removed, one that can go on is kept. */
static void
drop_iteration (HoneWork *self)
{
  g_autoptr(GError) error = NULL;

  if (self->record->iteration_id == 0 || g_strcmp0 (self->record->kind, HONE_RUN_KIND_TUNE) != 0)
    return;
  if (!hone_store_drop_iteration (self->store, self->record->iteration_id, &error))
    self->funcs->log (error->message, TRUE, self->data);
  self->record->iteration_id = 0;
  g_clear_pointer (&self->parameters->model, g_free);
  g_clear_pointer (&self->record->stage, g_free);   /* from the start, if somebody resumes it */
}

static void
stop (HoneWork *self,
      GError   *error)   /* taken */
{
  HoneRequest request = _hone_control_get (self->control);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && request != HONE_REQUEST_NONE)
    {
      g_error_free (error);
      if (request != HONE_REQUEST_DETACH)
        change_state (self, request == HONE_REQUEST_PAUSE ? HONE_RUN_PAUSED : HONE_RUN_CANCELLED);
      return;
    }
  g_clear_error (&self->error);
  self->error = error;
  g_free (self->record->error);
  self->record->error = g_strdup (error->message);
  store_message (self, "error", error->message);
  if (g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_INTERRUPTED) || g_error_matches (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TIME))
    {
      change_state (self, HONE_RUN_INTERRUPTED);   /* what was saved is of use */
      return;
    }
  drop_iteration (self);
  change_state (self, HONE_RUN_FAILED);
}

void
_hone_run_step (HoneWork *self)
{
  gsize stage = find_stage (self->record);
  GError *error = NULL;

  /* The trainer of another life may be at work: then its stage has to end it. */
  if (_hone_control_get (self->control) != HONE_REQUEST_NONE && !(self->recovered && stages[stage].trains))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run was stopped"));
  else if (self->recovered && stage == 0)
    g_set_error (&error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_INTERRUPTED, _("The run had not begun to train when Hone was ended"));
  else if (stages[stage].func (self, &error))
    {
      self->recovered = FALSE;
      if (stage + 1 == G_N_ELEMENTS (stages))
        {
          change_state (self, HONE_RUN_SUCCEEDED);
          return;
        }
      g_free (self->record->stage);
      self->record->stage = g_strdup (stages[stage + 1].name);
      self->record->progress = NAN;
      self->parameters->offset = 0;
      if (_hone_work_save (self, &error))
        self->funcs->changed (self, self->data);
    }
  if (error != NULL)
    stop (self, error);
}

void
_hone_work_run (HoneWork *self)
{
  if (self->record->state == HONE_RUN_QUEUED)
    {
      if (self->record->stage == NULL)
        self->record->stage = g_strdup (stages[find_stage (self->record)].name);
      change_state (self, HONE_RUN_RUNNING);
    }
  while (self->record->state == HONE_RUN_RUNNING)
    {
      _hone_run_step (self);
      if (_hone_control_get (self->control) == HONE_REQUEST_DETACH)
        return;
    }
}
