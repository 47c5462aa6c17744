/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side of a run that windows and the command line see: a snapshot that its thread renews. */
#include "config.h"

#include "hone-run-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-work-private.h"

/* Between the thread and the main loop. The thread may outlast the object. */
typedef struct {
  gatomicrefcount  refs;
  GMainContext    *context;
  HoneRun         *run;            /* (nullable): main loop only */
  GMutex           mutex;
  gboolean         scheduled;      /* a progress message is on its way */
  double           fraction, seconds_left;
  GMutex           save_mutex;
  guint64          saved;          /* sequence of the newest record in the store */
} Bridge;

struct _HoneRun {
  GObject        parent_instance;

  HoneStore     *store;
  HoneRunRecord *record;
  char          *message;
  GError        *error;
  GPtrArray     *warnings;
  double         seconds_left;

  Bridge        *bridge;
  HoneControl   *control;          /* with a thread */
  GThread       *thread;
  guint64        sequence;         /* of records to save */
  guint          n_saving;
};

enum {
  PROP_0, PROP_ID, PROP_KIND, PROP_TITLE, PROP_STATE, PROP_STAGE, PROP_PROGRESS, PROP_SECONDS_LEFT, PROP_MESSAGE, N_PROPS
};
enum {
  SIGNAL_LOG, SIGNAL_METRIC, SIGNAL_IDLE, N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoneRun, hone_run, G_TYPE_OBJECT)

#define MAX_WARNINGS 100

/* ---- bridge ---- */

static Bridge *
bridge_ref (Bridge *bridge)
{
  g_atomic_ref_count_inc (&bridge->refs);
  return bridge;
}

static void
bridge_unref (Bridge *bridge)
{
  if (!g_atomic_ref_count_dec (&bridge->refs))
    return;
  g_main_context_unref (bridge->context);
  g_mutex_clear (&bridge->mutex);
  g_mutex_clear (&bridge->save_mutex);
  g_free (bridge);
}

typedef enum {
  MESSAGE_CHANGED, MESSAGE_PROGRESS, MESSAGE_METRIC, MESSAGE_LOG, MESSAGE_ENDED,
} MessageKind;

typedef struct {
  Bridge      *bridge;
  MessageKind  kind;
  /* changed */
  HoneRunState state;
  char        *stage, *parameters, *directory;
  gint64       iteration_id, started, ended;
  GError      *error;
  /* changed: message; metric: name; log: line */
  char        *text;
  guint64      step;
  double       value;
  gboolean     warning;
} Message;

static void
message_free (gpointer data)
{
  Message *message = data;

  g_free (message->stage);
  g_free (message->parameters);
  g_free (message->directory);
  g_clear_error (&message->error);
  g_free (message->text);
  bridge_unref (message->bridge);
  g_free (message);
}

static Message *
message_new (Bridge      *bridge,
             MessageKind  kind)
{
  Message *message = g_new0 (Message, 1);

  message->bridge = bridge_ref (bridge);
  message->kind = kind;
  return message;
}

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
take_changed (HoneRun *self,
              Message *message)
{
  HoneRunRecord *record = self->record;
  gboolean new_state = record->state != message->state;

  g_object_freeze_notify (G_OBJECT (self));
  record->state = message->state;
  record->iteration_id = message->iteration_id;
  record->started = message->started;
  record->ended = message->ended;
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
  hone_set_str (&record->error, self->error != NULL ? self->error->message : NULL);
  if (new_state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
take_log (HoneRun *self,
          Message *message)
{
  if (message->warning && self->warnings->len < MAX_WARNINGS)
    g_ptr_array_add (self->warnings, g_strdup (message->text));
  g_signal_emit (self, signals[SIGNAL_LOG], 0, message->text);
}

static void
take_progress (HoneRun *self,
               Bridge  *bridge)
{
  double fraction, seconds_left;

  g_mutex_lock (&bridge->mutex);
  fraction = bridge->fraction;
  seconds_left = bridge->seconds_left;
  bridge->scheduled = FALSE;
  g_mutex_unlock (&bridge->mutex);
  set_progress (self, fraction, seconds_left);
}

static gboolean
deliver (gpointer data)
{
  Message *message = data;
  g_autoptr(HoneRun) self = NULL;

  if (message->bridge->run == NULL)
    return G_SOURCE_REMOVE;
  self = g_object_ref (message->bridge->run);
  switch (message->kind)
    {
    case MESSAGE_CHANGED:
      take_changed (self, message);
      break;
    case MESSAGE_PROGRESS:
      take_progress (self, message->bridge);
      break;
    case MESSAGE_METRIC:
      g_signal_emit (self, signals[SIGNAL_METRIC], 0, message->step, message->text, message->value);
      break;
    case MESSAGE_LOG:
      take_log (self, message);
      break;
    case MESSAGE_ENDED:
    default:
      g_clear_pointer (&self->thread, g_thread_join);
      g_clear_pointer (&self->control, _hone_control_unref);
      g_signal_emit (self, signals[SIGNAL_IDLE], 0);
      break;
    }
  return G_SOURCE_REMOVE;
}

/* An idle source rather than g_main_context_invoke(), which might run in the thread itself. Default priority keeps the order. */
static void
post (Message *message)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, message, message_free);
  g_source_attach (source, message->bridge->context);
}

/* ---- the thread ---- */

static void
work_changed (HoneWork *work,
              gpointer  data)
{
  Message *message = message_new (data, MESSAGE_CHANGED);

  message->state = work->record->state;
  message->stage = g_strdup (work->record->stage);
  message->parameters = g_strdup (work->record->parameters);
  message->iteration_id = work->record->iteration_id;
  message->started = work->record->started;
  message->ended = work->record->ended;
  message->text = g_strdup (work->message);
  message->error = work->error != NULL ? g_error_copy (work->error) : NULL;
  post (message);
}

static void
work_progress (double   fraction,
               double   seconds_left,
               gpointer data)
{
  Bridge *bridge = data;
  gboolean scheduled;

  g_mutex_lock (&bridge->mutex);
  bridge->fraction = fraction;
  bridge->seconds_left = seconds_left;
  scheduled = bridge->scheduled;
  bridge->scheduled = TRUE;
  g_mutex_unlock (&bridge->mutex);
  if (!scheduled)
    post (message_new (bridge, MESSAGE_PROGRESS));
}

static void
work_metric (guint64     step,
             const char *name,
             double      value,
             gpointer    data)
{
  Message *message = message_new (data, MESSAGE_METRIC);

  message->step = step;
  message->text = g_strdup (name);
  message->value = value;
  post (message);
}

static void
work_log (const char *line,
          gboolean    warning,
          gpointer    data)
{
  Message *message = message_new (data, MESSAGE_LOG);

  message->text = g_strdup (line);
  message->warning = warning;
  post (message);
}

static const HoneWorkFuncs work_funcs = { work_changed, work_progress, work_metric, work_log };

static gpointer
run_in_thread (gpointer data)
{
  HoneWork *work = data;
  Bridge *bridge = work->data;

  _hone_work_run (work);
  _hone_work_free (work);
  post (message_new (bridge, MESSAGE_ENDED));
  bridge_unref (bridge);
  return NULL;
}

void
_hone_run_start (HoneRun  *self,
                 gboolean  recovered)
{
  HoneWork *work;

  g_assert (self->thread == NULL);
  self->control = _hone_control_new ();
  work = _hone_work_new (self->store, self->record, self->control, &work_funcs, bridge_ref (self->bridge));
  work->recovered = recovered;
  /* Whatever was still to be written about it from here is older than what the thread writes. */
  g_mutex_lock (&self->bridge->save_mutex);
  self->bridge->saved = ++self->sequence;
  g_mutex_unlock (&self->bridge->save_mutex);
  self->thread = g_thread_new ("hone-run", run_in_thread, work);
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

typedef struct {
  Bridge  *bridge;
  guint64  sequence;
  gint64   run_id;
  HoneRunState state;
  gint64   ended;
} SaveData;

static void
save_data_free (gpointer data)
{
  SaveData *save = data;

  bridge_unref (save->bridge);
  g_free (save);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  SaveData *save = data;
  HoneStore *store = source;
  g_autoptr(HoneRunRecord) record = NULL;
  GError *error = NULL;
  gboolean good = TRUE;

  g_mutex_lock (&save->bridge->save_mutex);
  if (save->sequence > save->bridge->saved)
    {
      record = hone_store_get_run (store, save->run_id, &error);
      if (record != NULL)
        {
          record->state = save->state;
          record->ended = save->ended;
          good = hone_store_update_run (store, record, &error);
        }
      save->bridge->saved = save->sequence;
    }
  g_mutex_unlock (&save->bridge->save_mutex);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, good);
}

static void
state_saved (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HoneRun) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_saving--;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_ptr_array_add (self->warnings, g_strdup (error->message));
      g_signal_emit (self, signals[SIGNAL_LOG], 0, error->message);
    }
}

void
_hone_run_set_state (HoneRun      *self,
                     HoneRunState  state)
{
  g_autoptr(GTask) task = NULL;
  SaveData *save;

  g_assert (hone_run_state_can_change (self->record->state, state));
  self->record->state = state;
  self->record->ended = state == HONE_RUN_QUEUED ? 0 : g_get_real_time ();
  if (state == HONE_RUN_QUEUED)
    {
      g_clear_error (&self->error);
      hone_set_str (&self->record->error, NULL);
    }

  save = g_new0 (SaveData, 1);
  save->bridge = bridge_ref (self->bridge);
  save->sequence = ++self->sequence;
  save->run_id = self->record->id;
  save->state = state;
  save->ended = self->record->ended;
  task = g_task_new (self->store, NULL, state_saved, g_object_ref (self));
  g_task_set_task_data (task, save, save_data_free);
  self->n_saving++;
  g_task_run_in_thread (task, save_in_thread);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hone_run_dispose (GObject *object)
{
  HoneRun *self = HONE_RUN (object);

  if (self->bridge != NULL)
    self->bridge->run = NULL;
  _hone_run_detach (self);
  G_OBJECT_CLASS (hone_run_parent_class)->dispose (object);
}

static void
hone_run_finalize (GObject *object)
{
  HoneRun *self = HONE_RUN (object);

  g_clear_pointer (&self->bridge, bridge_unref);
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
  self->bridge = g_new0 (Bridge, 1);
  g_atomic_ref_count_init (&self->bridge->refs);
  self->bridge->context = g_main_context_ref_thread_default ();
  self->bridge->run = self;
  g_mutex_init (&self->bridge->mutex);
  g_mutex_init (&self->bridge->save_mutex);
  self->seconds_left = NAN;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
}

HoneRun *
_hone_run_new (HoneStore     *store,
               HoneRunRecord *record)
{
  HoneRun *self = g_object_new (HONE_TYPE_RUN, NULL);

  self->store = g_object_ref (store);
  self->record = record;
  if (record->error != NULL && (record->state == HONE_RUN_FAILED || record->state == HONE_RUN_INTERRUPTED))
    self->error = g_error_new_literal (HONE_JOBS_ERROR, record->state == HONE_RUN_FAILED ? HONE_JOBS_ERROR_TRAINER_FAILED
                                       : HONE_JOBS_ERROR_INTERRUPTED, record->error);
  return self;
}

/* ---- getters ---- */

/**
 * hone_run_get_id:
 * @self: a run
 *
 * Returns: its number in the project
 */
gint64
hone_run_get_id (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), 0);
  return self->record->id;
}

/**
 * hone_run_get_kind:
 * @self: a run
 *
 * Returns: "tune" or "predict"
 */
const char *
hone_run_get_kind (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->kind;
}

/**
 * hone_run_get_title:
 * @self: a run
 *
 * Returns: what lists show
 */
const char *
hone_run_get_title (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->title;
}

/**
 * hone_run_get_state:
 * @self: a run
 *
 * Returns: the newest state that the main loop has heard of
 */
HoneRunState
hone_run_get_state (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), HONE_RUN_FAILED);
  return self->record->state;
}

/**
 * hone_run_get_stage:
 * @self: a run
 *
 * Returns: (nullable): "prepare", "train", "keep", "ask", "predict" or "score"
 */
const char *
hone_run_get_stage (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->stage;
}

/**
 * hone_run_get_progress:
 * @self: a run
 *
 * Returns: the share of the stage that is done, 0 to 1, or NAN where it is not known
 */
double
hone_run_get_progress (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NAN);
  return self->record->progress;
}

/**
 * hone_run_get_seconds_left:
 * @self: a run
 *
 * Returns: seconds to the end of the stage as the trainer estimates them, or NAN
 */
double
hone_run_get_seconds_left (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NAN);
  return self->seconds_left;
}

/**
 * hone_run_get_message:
 * @self: a run
 *
 * Returns: (nullable): what is going on, and at the end what came out, translated
 */
const char *
hone_run_get_message (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->message;
}

/**
 * hone_run_get_error:
 * @self: a run
 *
 * Returns: (nullable): what went wrong, with state failed or interrupted. Of a run that ended under another front end only the message
 * is known, not the kind
 */
const GError *
hone_run_get_error (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->error;
}

/**
 * hone_run_get_iteration_id:
 * @self: a run
 *
 * Returns: the iteration that it makes or asks, 0 while there is none
 */
gint64
hone_run_get_iteration_id (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), 0);
  return self->record->iteration_id;
}

/**
 * hone_run_get_directory:
 * @self: a run
 *
 * Returns: (nullable): where its files are
 */
const char *
hone_run_get_directory (HoneRun *self)
{
  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  return self->record->directory;
}

/**
 * hone_run_dup_warnings:
 * @self: a run
 *
 * Returns: (transfer full): the first hundred warnings since this program follows the run
 */
GStrv
hone_run_dup_warnings (HoneRun *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (HONE_IS_RUN (self), NULL);
  for (guint i = 0; i < self->warnings->len; i++)
    g_strv_builder_add (builder, self->warnings->pdata[i]);
  return g_strv_builder_end (builder);
}

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
    g_main_context_iteration (self->bridge->context, TRUE);
  return explain_end (self, error);
}
