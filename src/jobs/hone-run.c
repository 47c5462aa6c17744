/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side of a run that windows and the command line see: a snapshot that its thread renews. */
#include "config.h"

#include "hone-run-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-run-bridge-private.h"

/* Which of the states of a run, told by several threads, is the newest that stands in the store. */
typedef struct {
  gatomicrefcount  refs;
  GMutex           mutex;
  guint64          saved;          /* sequence */
} Ledger;

struct _HoneRun {
  GObject        parent_instance;

  HoneStore     *store;
  HoneRunRecord *record;
  char          *message;
  GError        *error;
  GPtrArray     *warnings;
  double         seconds_left;

  HoneRunBridge *bridge;
  Ledger        *ledger;
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

static Ledger *
ledger_ref (Ledger *ledger)
{
  g_atomic_ref_count_inc (&ledger->refs);
  return ledger;
}

static void
ledger_unref (Ledger *ledger)
{
  if (!g_atomic_ref_count_dec (&ledger->refs))
    return;
  g_mutex_clear (&ledger->mutex);
  g_free (ledger);
}

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
take_changed (HoneRun        *self,
              HoneRunMessage *message)
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
take_log (HoneRun        *self,
          HoneRunMessage *message)
{
  if (message->warning && self->warnings->len < MAX_WARNINGS)
    g_ptr_array_add (self->warnings, g_strdup (message->text));
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
    case HONE_RUN_MESSAGE_METRIC:
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
  /* Whatever was still to be written about it from here is older than what the thread writes. */
  g_mutex_lock (&self->ledger->mutex);
  self->ledger->saved = ++self->sequence;
  g_mutex_unlock (&self->ledger->mutex);
  self->thread = _hone_run_bridge_start (self->bridge, self->store, self->record, self->control, recovered);
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
  Ledger  *ledger;
  guint64  sequence;
  gint64   run_id;
  HoneRunState state;
  gint64   ended;
} SaveData;

static void
save_data_free (gpointer data)
{
  SaveData *save = data;

  ledger_unref (save->ledger);
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

  g_mutex_lock (&save->ledger->mutex);
  if (save->sequence > save->ledger->saved)
    {
      record = hone_store_get_run (store, save->run_id, &error);
      if (record != NULL)
        {
          record->state = save->state;
          record->ended = save->ended;
          good = hone_store_update_run (store, record, &error);
        }
      save->ledger->saved = save->sequence;
    }
  g_mutex_unlock (&save->ledger->mutex);
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
  save->ledger = ledger_ref (self->ledger);
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
    _hone_run_bridge_close (self->bridge);
  _hone_run_detach (self);
  G_OBJECT_CLASS (hone_run_parent_class)->dispose (object);
}

static void
hone_run_finalize (GObject *object)
{
  HoneRun *self = HONE_RUN (object);

  g_clear_pointer (&self->bridge, _hone_run_bridge_unref);
  g_clear_pointer (&self->ledger, ledger_unref);
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
  self->bridge = _hone_run_bridge_new (deliver, self);
  self->ledger = g_new0 (Ledger, 1);
  g_atomic_ref_count_init (&self->ledger->refs);
  g_mutex_init (&self->ledger->mutex);
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
    g_main_context_iteration (_hone_run_bridge_get_context (self->bridge), TRUE);
  return explain_end (self, error);
}
