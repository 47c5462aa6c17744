/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything the thread has to say becomes a message in the order in which it was said; of progress only the newest matters. */
#include "config.h"

#include "hone-run-bridge-private.h"

struct _HoneRunBridge {
  gatomicrefcount  refs;
  GMainContext    *context;
  HoneRunDeliver   deliver;        /* (nullable): main loop only */
  gpointer         data;
  GMutex           mutex;
  gboolean         scheduled;      /* a progress message is on its way */
  double           fraction, seconds_left;
};

typedef struct {
  HoneRunBridge  *bridge;
  HoneRunMessage  message;
} Envelope;

static HoneRunBridge *
bridge_ref (HoneRunBridge *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

HoneRunBridge *
_hone_run_bridge_new (HoneRunDeliver deliver,
                      gpointer       data)
{
  HoneRunBridge *self = g_new0 (HoneRunBridge, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->deliver = deliver;
  self->data = data;
  g_mutex_init (&self->mutex);
  return self;
}

void
_hone_run_bridge_unref (HoneRunBridge *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
_hone_run_bridge_close (HoneRunBridge *self)
{
  self->deliver = NULL;
}

GMainContext *
_hone_run_bridge_get_context (HoneRunBridge *self)
{
  return self->context;
}

static void
envelope_free (gpointer data)
{
  Envelope *self = data;

  g_clear_pointer (&self->message.memory, _hone_run_memory_free);
  g_free (self->message.stage);
  g_free (self->message.parameters);
  g_clear_error (&self->message.error);
  g_free (self->message.text);
  _hone_run_bridge_unref (self->bridge);
  g_free (self);
}

static Envelope *
envelope_new (HoneRunBridge      *bridge,
              HoneRunMessageKind  kind)
{
  Envelope *self = g_new0 (Envelope, 1);

  self->bridge = bridge_ref (bridge);
  self->message.kind = kind;
  return self;
}

static void
fill_in_progress (HoneRunBridge  *self,
                  HoneRunMessage *message)
{
  g_mutex_lock (&self->mutex);
  message->value = self->fraction;
  message->seconds_left = self->seconds_left;
  self->scheduled = FALSE;
  g_mutex_unlock (&self->mutex);
}

static gboolean
deliver (gpointer data)
{
  Envelope *self = data;

  if (self->message.kind == HONE_RUN_MESSAGE_PROGRESS)
    fill_in_progress (self->bridge, &self->message);
  if (self->bridge->deliver != NULL)
    self->bridge->deliver (&self->message, self->bridge->data);
  return G_SOURCE_REMOVE;
}

/* An idle source rather than g_main_context_invoke(), which might run in the thread itself. Default priority keeps the order. */
static void
post (Envelope *envelope)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, envelope, envelope_free);
  g_source_attach (source, envelope->bridge->context);
}

/* ---- the thread ---- */

static void
work_changed (HoneWork *work,
              gpointer  data)
{
  Envelope *envelope = envelope_new (data, HONE_RUN_MESSAGE_CHANGED);
  HoneRunMessage *message = &envelope->message;

  message->state = work->record->state;
  message->stage = g_strdup (work->record->stage);
  message->parameters = g_strdup (work->record->parameters);
  message->iteration_id = work->record->iteration_id;
  message->started = work->record->started;
  message->ended = work->record->ended;
  message->text = g_strdup (work->message);
  message->error = work->error != NULL ? g_error_copy (work->error) : NULL;
  post (envelope);
}

static void
work_progress (double   fraction,
               double   seconds_left,
               gpointer data)
{
  HoneRunBridge *self = data;
  gboolean scheduled;

  g_mutex_lock (&self->mutex);
  self->fraction = fraction;
  self->seconds_left = seconds_left;
  scheduled = self->scheduled;
  self->scheduled = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!scheduled)
    post (envelope_new (self, HONE_RUN_MESSAGE_PROGRESS));
}

static void
work_metric (guint64     step,
             const char *name,
             double      value,
             gpointer    data)
{
  Envelope *envelope = envelope_new (data, HONE_RUN_MESSAGE_METRIC);

  envelope->message.step = step;
  envelope->message.text = g_strdup (name);
  envelope->message.value = value;
  post (envelope);
}

static void
work_log (const char *line,
          gboolean    warning,
          gpointer    data)
{
  Envelope *envelope = envelope_new (data, HONE_RUN_MESSAGE_LOG);

  envelope->message.text = g_strdup (line);
  envelope->message.warning = warning;
  post (envelope);
}

static const HoneWorkFuncs work_funcs = { work_changed, work_progress, work_metric, work_log };

/* Before anything new is said, so that the order is right. */
static void
tell_memory (HoneWork *work)
{
  HoneRunMemory *memory = _hone_run_memory_read (work->store, work->record->id, NULL);
  Envelope *envelope;

  if (memory == NULL)
    return;
  envelope = envelope_new (work->data, HONE_RUN_MESSAGE_MEMORY);
  envelope->message.memory = memory;
  post (envelope);
}

static gpointer
run_in_thread (gpointer data)
{
  HoneWork *work = data;
  HoneRunBridge *self = work->data;

  if (work->remember)
    tell_memory (work);
  _hone_work_run (work);
  _hone_work_free (work);
  post (envelope_new (self, HONE_RUN_MESSAGE_ENDED));
  _hone_run_bridge_unref (self);
  return NULL;
}

GThread *
_hone_run_bridge_start (HoneRunBridge        *self,
                        HoneStore            *store,
                        const HoneRunRecord  *record,
                        HoneControl          *control,
                        gboolean              recovered,
                        gboolean              remember)
{
  HoneWork *work = _hone_work_new (store, record, control, &work_funcs, bridge_ref (self));

  work->recovered = recovered;
  work->remember = remember;
  return g_thread_new ("hone-run", run_in_thread, work);
}
