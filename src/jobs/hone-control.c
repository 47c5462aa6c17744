/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a main loop asks a working thread to stop. */
#include "config.h"

#include "hone-trainer-private.h"

struct _HoneControl {
  gatomicrefcount  refs;
  GMutex           mutex;
  GCond            asked;
  HoneRequest      request;
  GCancellable    *cancellable;
};

HoneControl *
_hone_control_new (void)
{
  HoneControl *self = g_new0 (HoneControl, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->asked);
  self->cancellable = g_cancellable_new ();
  return self;
}

HoneControl *
_hone_control_ref (HoneControl *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
_hone_control_unref (HoneControl *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->asked);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
_hone_control_ask (HoneControl *self,
                   HoneRequest  request)
{
  g_mutex_lock (&self->mutex);
  self->request = MAX (self->request, request);
  g_cond_broadcast (&self->asked);
  g_mutex_unlock (&self->mutex);
  if (request != HONE_REQUEST_NONE)
    g_cancellable_cancel (self->cancellable);
}

HoneRequest
_hone_control_get (HoneControl *self)
{
  HoneRequest request;

  g_mutex_lock (&self->mutex);
  request = self->request;
  g_mutex_unlock (&self->mutex);
  return request;
}

GCancellable *
_hone_control_get_cancellable (HoneControl *self)
{
  return self->cancellable;
}

gboolean
_hone_control_wait (HoneControl *self,
                    gint64       microseconds)
{
  gint64 until = g_get_monotonic_time () + microseconds;
  gboolean asked;

  g_mutex_lock (&self->mutex);
  while (self->request == HONE_REQUEST_NONE && g_cond_wait_until (&self->asked, &self->mutex, until))
    ;
  asked = self->request != HONE_REQUEST_NONE;
  g_mutex_unlock (&self->mutex);
  return asked;
}
