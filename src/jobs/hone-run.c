/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side of a run that windows and the command line see: a snapshot that its thread renews. */
#include "config.h"

#include "hone-run-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
  PROP_0, PROP_ID, PROP_KIND, PROP_TITLE, PROP_STATE, PROP_STAGE, PROP_PROGRESS, PROP_SECONDS_LEFT, PROP_MESSAGE, PROP_ERROR,
  PROP_ITERATION_ID, PROP_CREATED, PROP_STARTED, PROP_ENDED, PROP_HISTORY, N_PROPS
};
enum {
  SIGNAL_LOG, SIGNAL_METRIC, SIGNAL_IDLE, N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoneRun, hone_run, G_TYPE_OBJECT)

#define MAX_WARNINGS 100

/* ---- what the thread tells ---- */

static void
set_progress (HoneRun *self,
              double   fraction,
              double   seconds_left)
{
  self->record->progress = fraction;
  self->seconds_left = seconds_left;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
}

static void
set_number (HoneRun *self,
            gint64  *number,
            gint64   value,
            guint    property)
{
  if (*number == value)
    return;
  *number = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take_changed (HoneRun        *self,
              HoneRunMessage *message)
{
  HoneRunRecord *record = self->record;
  gboolean new_state = record->state != message->state;

  g_object_freeze_notify (G_OBJECT (self));
  record->state = message->state;
  set_number (self, &record->iteration_id, message->iteration_id, PROP_ITERATION_ID);
  set_number (self, &record->started, message->started, PROP_STARTED);
  set_number (self, &record->ended, message->ended, PROP_ENDED);
  hone_set_str (&record->parameters, message->parameters);
  if (hone_set_str (&record->stage, message->stage))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
      set_progress (self, NAN, NAN);
    }
  if (hone_set_str (&self->message, message->text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&message->error);
  if (hone_set_str (&record->error, self->error != NULL ? self->error->message : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (new_state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
take_log (HoneRun        *self,
          HoneRunMessage *message)
{
  if (message->warning && self->warnings->len < MAX_WARNINGS)
    g_ptr_array_add (self->warnings, g_strdup (message->text));
  _hone_run_history_add_line (self->history, message->text, message->warning);
  g_signal_emit (self, signals[SIGNAL_LOG], 0, message->text);
}

static void
deliver (HoneRunMessage *message,
         gpointer        data)
{
  g_autoptr(HoneRun) self = g_object_ref (data);

  switch (message->kind)
    {
    case HONE_RUN_MESSAGE_CHANGED:
      take_changed (self, message);
      break;
    case HONE_RUN_MESSAGE_PROGRESS:
      set_progress (self, message->value, message->seconds_left);
      break;
    case HONE_RUN_MESSAGE_MEMORY:
      _hone_run_history_take_memory (self->history, g_steal_pointer (&message->memory));
      break;
    case HONE_RUN_MESSAGE_METRIC:
      _hone_run_history_add_point (self->history, message->text, message->step, message->value);
      g_signal_emit (self, signals[SIGNAL_METRIC], 0, message->step, message->text, message->value);
      break;
    case HONE_RUN_MESSAGE_LOG:
      take_log (self, message);
      break;
    case HONE_RUN_MESSAGE_ENDED:
    default:
      g_clear_pointer (&self->thread, g_thread_join);
      g_clear_pointer (&self->control, _hone_control_unref);
      g_signal_emit (self, signals[SIGNAL_IDLE], 0);
      break;
    }
}

/* ---- its thread ---- */

void
_hone_run_start (HoneRun  *self,
                 gboolean  recovered)
{
  g_assert (self->thread == NULL);
  self->control = _hone_control_new ();
  _hone_run_saver_skip (self->saver);
  self->thread = _hone_run_bridge_start (self->bridge, self->store, self->record, self->control, recovered,
                                         !_hone_run_history_is_complete (self->history));
}

gboolean
_hone_run_is_active (HoneRun *self)
{
  return self->thread != NULL;
}

void
_hone_run_ask (HoneRun     *self,
               HoneRequest  request)
{
  if (self->control != NULL)
    _hone_control_ask (self->control, request);
}

void
_hone_run_detach (HoneRun *self)
{
  if (self->thread == NULL)
    return;
  _hone_control_ask (self->control, HONE_REQUEST_DETACH);
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->control, _hone_control_unref);
}

/* ---- states without a thread ---- */

static void
state_saved (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HoneRun) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_saving--;
  if (!_hone_run_saver_finish (result, &error))
    {
      g_ptr_array_add (self->warnings, g_strdup (error->message));
      g_signal_emit (self, signals[SIGNAL_LOG], 0, error->message);
    }
}

void
_hone_run_set_state (HoneRun      *self,
                     HoneRunState  state)
{
  g_assert (hone_run_state_can_change (self->record->state, state));
  g_object_freeze_notify (G_OBJECT (self));
  self->record->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  set_number (self, &self->record->ended, state == HONE_RUN_QUEUED ? 0 : g_get_real_time (), PROP_ENDED);
  if (state == HONE_RUN_QUEUED)
    {
      g_clear_error (&self->error);
      if (hone_set_str (&self->record->error, NULL))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  self->n_saving++;
  _hone_run_saver_save (self->saver, self->store, self->record, state_saved, g_object_ref (self));
  g_object_thaw_notify (G_OBJECT (self));
}

/* ---- GObject ---- */

static void
hone_run_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  HoneRun *self = HONE_RUN (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->record->id);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->record->kind);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->record->title);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->record->state);
      break;
    case PROP_STAGE:
      g_value_set_string (value, self->record->stage);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->record->progress);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_double (value, self->seconds_left);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->record->error);
      break;
    case PROP_ITERATION_ID:
      g_value_set_int64 (value, self->record->iteration_id);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->record->created);
      break;
    case PROP_STARTED:
      g_value_set_int64 (value, self->record->started);
      break;
    case PROP_ENDED:
      g_value_set_int64 (value, self->record->ended);
      break;
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hone_run_dispose (GObject *object)
{
  HoneRun *self = HONE_RUN (object);

  if (self->bridge != NULL)
    _hone_run_bridge_close (self->bridge);
  _hone_run_detach (self);
  G_OBJECT_CLASS (hone_run_parent_class)->dispose (object);
}

static void
hone_run_finalize (GObject *object)
{
  HoneRun *self = HONE_RUN (object);

  g_clear_pointer (&self->bridge, _hone_run_bridge_unref);
  g_clear_pointer (&self->saver, _hone_run_saver_unref);
  g_clear_object (&self->history);
  g_clear_pointer (&self->record, hone_run_record_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (hone_run_parent_class)->finalize (object);
}

static void
hone_run_class_init (HoneRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hone_run_get_property;
  object_class->dispose = hone_run_dispose;
  object_class->finalize = hone_run_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, HONE_TYPE_RUN_STATE, HONE_RUN_QUEUED, flags);
  properties[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, NULL, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_SECONDS_LEFT] = g_param_spec_double ("seconds-left", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_ITERATION_ID] = g_param_spec_int64 ("iteration-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STARTED] = g_param_spec_int64 ("started", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ENDED] = g_param_spec_int64 ("ended", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, HONE_TYPE_RUN_HISTORY, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * HoneRun::log:
   * @self: a run
   * @line: a warning of trainer or front end, or the name of a stage
   */
  signals[SIGNAL_LOG] = g_signal_new ("log", HONE_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * HoneRun::metric:
   * @self: a run
   * @step: of the training
   * @name: as the trainer calls it
   * @value: finite
   */
  signals[SIGNAL_METRIC] = g_signal_new ("metric", HONE_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT64,
                                         G_TYPE_STRING, G_TYPE_DOUBLE);
  /* For the queue: the run's thread has ended and its last state was told. */
  signals[SIGNAL_IDLE] = g_signal_new ("idle", HONE_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hone_run_init (HoneRun *self)
{
  self->bridge = _hone_run_bridge_new (deliver, self);
  self->saver = _hone_run_saver_new ();
  self->seconds_left = NAN;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
}

HoneRun *
_hone_run_new (HoneStore     *store,
               HoneRunRecord *record,
               gboolean       planned)
{
  HoneRun *self = g_object_new (HONE_TYPE_RUN, NULL);

  self->store = g_object_ref (store);
  self->record = record;
  self->history = _hone_run_history_new (store, record->id, planned);
  if (record->error != NULL && (record->state == HONE_RUN_FAILED || record->state == HONE_RUN_INTERRUPTED))
    self->error = g_error_new_literal (HONE_JOBS_ERROR, record->state == HONE_RUN_FAILED ? HONE_JOBS_ERROR_TRAINER_FAILED
                                       : HONE_JOBS_ERROR_INTERRUPTED, record->error);
  return self;
}

/* ---- waiting ---- */

static gboolean
explain_end (HoneRun  *self,
             GError  **error)
{
  if (self->record->state == HONE_RUN_SUCCEEDED)
    return TRUE;
  if (self->record->state == HONE_RUN_CANCELLED)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Run %" G_GINT64_FORMAT " was cancelled"), self->record->id);
  else if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_STATE, _("Run %" G_GINT64_FORMAT " is %s"), self->record->id,
                 hone_run_state_to_string (self->record->state));
  return FALSE;
}

/**
 * hone_run_wait:
 * @self: a run
 * @error: return location
 *
 * Runs the main loop until the run has come to an end and everything about it is written down.
 *
 * Returns: whether it succeeded
 */
gboolean
hone_run_wait (HoneRun  *self,
               GError  **error)
{
  g_return_val_if_fail (HONE_IS_RUN (self), FALSE);

  while (!hone_run_state_is_final (self->record->state) || self->thread != NULL || self->n_saving > 0)
    g_main_context_iteration (_hone_run_bridge_get_context (self->bridge), TRUE);
  return explain_end (self, error);
}
