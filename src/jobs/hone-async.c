/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pending message at a time, so that a fast worker cannot flood the loop. */
#include "config.h"

#include "hone-async-private.h"

#include <math.h>

#define INTERVAL (G_TIME_SPAN_SECOND / 10)

struct _HoneAsync {
  gatomicrefcount   refs;
  GMainContext     *context;
  HoneJobsProgress  progress;    /* (nullable): main loop only, once the worker is under way */
  gpointer          data;
  gboolean          wanted;
  GMutex            mutex;
  gboolean          scheduled;
  gint64            last;
  double            fraction;
  char             *what;
};

HoneAsync *
_hone_async_new (HoneJobsProgress  progress,
                 gpointer          data)
{
  HoneAsync *self = g_new0 (HoneAsync, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->progress = progress;
  self->data = data;
  self->wanted = progress != NULL;
  g_mutex_init (&self->mutex);
  return self;
}

void
_hone_async_unref (HoneAsync *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->what);
  g_free (self);
}

void
_hone_async_stop (HoneAsync *self)
{
  self->progress = NULL;
}

static gboolean
deliver (gpointer data)
{
  HoneAsync *self = data;
  g_autofree char *what = NULL;
  double fraction;

  g_mutex_lock (&self->mutex);
  self->scheduled = FALSE;
  fraction = self->fraction;
  what = g_strdup (self->what);
  g_mutex_unlock (&self->mutex);
  if (self->progress != NULL)
    self->progress (fraction, what, self->data);
  return G_SOURCE_REMOVE;
}

void
_hone_async_progress (double      fraction,
                      const char *what,
                      gpointer    data)
{
  HoneAsync *self = data;
  g_autoptr(GSource) source = NULL;
  gint64 now = g_get_monotonic_time ();
  gboolean skip;

  if (!self->wanted)
    return;
  g_mutex_lock (&self->mutex);
  self->fraction = fraction;
  if (g_strcmp0 (self->what, what) != 0)
    {
      g_free (self->what);
      self->what = g_strdup (what);
    }
  skip = self->scheduled || now < self->last + INTERVAL;
  if (!skip)
    {
      self->scheduled = TRUE;
      self->last = now;
    }
  g_mutex_unlock (&self->mutex);
  if (skip)
    return;
  g_atomic_ref_count_inc (&self->refs);
  source = g_idle_source_new ();
  g_source_set_callback (source, deliver, self, (GDestroyNotify) _hone_async_unref);
  g_source_attach (source, self->context);
}
