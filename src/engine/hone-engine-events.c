/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One write call per event: a reader never sees half a line unless the program is killed within it. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "hone-engine-error.h"
#include "hone-engine-events.h"
#include "hone-engine-json.h"
#include "hone-engine-protocol.h"

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

struct _HoneEngineEvents {
  int                 fd;
  const volatile int *stop;
  gint64              stage_start;     /* microseconds, monotonic */
  guint64             stage_step;      /* first step of the stage */
  gint64              last_progress;
};

/**
 * hone_engine_events_new:
 * @fd: where to write, or -1
 * @stop: (nullable): becomes other than 0 when the run shall stop, set atomically by a signal handler or another thread
 *
 * Returns: (transfer full): a writer
 */
HoneEngineEvents *
hone_engine_events_new (int                 fd,
                        const volatile int *stop)
{
  HoneEngineEvents *self = g_new0 (HoneEngineEvents, 1);

  self->fd = fd;
  self->stop = stop;
  return self;
}

/**
 * hone_engine_events_free:
 * @self: (transfer full): a writer
 *
 * Frees the writer; the descriptor stays open.
 */
void
hone_engine_events_free (HoneEngineEvents *self)
{
  g_free (self);
}

/**
 * hone_engine_events_is_stopping:
 * @self: (nullable): a writer
 * @error: return location for %HONE_ENGINE_ERROR_INTERRUPTED
 *
 * For any thread; with %NULL for @error where several ask at once.
 *
 * Returns: whether the run shall save and stop
 */
gboolean
hone_engine_events_is_stopping (HoneEngineEvents *self,
                                GError          **error)
{
  if (self == NULL || self->stop == NULL || g_atomic_int_get (self->stop) == 0)
    return FALSE;
  if (error != NULL)   /* worker threads pass NULL: GLib makes the error domain without a lock */
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED, _("The run was interrupted; what was done is kept"));
  return TRUE;
}

static void
write_all (HoneEngineEvents *self,
           const char       *bytes,
           gsize             length)
{
  while (length > 0)
    {
      gssize n = write (self->fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)   /* nobody reads any more, or the disk is full: the work itself says whether it succeeded */
        return;
      bytes += n;
      length -= (gsize) n;
    }
}

static void
open_event (GString    *line,
            const char *name)
{
  g_string_append (line, "{\"event\":");
  hone_engine_json_put_string (line, name);
}

static void
put_text (GString    *line,
          const char *member,
          const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);   /* messages quote names cut to some bytes */

  g_string_append_printf (line, ",\"%s\":", member);
  hone_engine_json_put_string (line, valid);
}

static void
close_event (HoneEngineEvents *self,
             GString          *line)
{
  g_string_append (line, "}\n");
  if (self->fd >= 0)
    write_all (self, line->str, line->len);
}

/**
 * hone_engine_events_hello:
 * @self: (nullable): a writer
 *
 * Says who speaks: the first event of a run.
 */
void
hone_engine_events_hello (HoneEngineEvents *self)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  open_event (line, HONE_PROTOCOL_EVENT_HELLO);
  put_text (line, "name", "hone-engine");
  put_text (line, "version", PACKAGE_VERSION);
  g_string_append_printf (line, ",\"protocol\":%d,\"methods\":[\"ngrams\"],\"models\":[]", HONE_PROTOCOL_VERSION);
  close_event (self, line);
}

/**
 * hone_engine_events_stage:
 * @self: (nullable): a writer
 * @name: what begins, a fixed word
 *
 * Says what the program does now.
 */
void
hone_engine_events_stage (HoneEngineEvents *self,
                          const char       *name)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  self->stage_start = 0;
  open_event (line, HONE_PROTOCOL_EVENT_STAGE);
  put_text (line, "name", name);
  close_event (self, line);
}

/**
 * hone_engine_events_progress:
 * @self: (nullable): a writer
 * @step: steps done
 * @steps: of all steps
 *
 * Says how far the run is. Calls within a tenth of a second of the last event are dropped, but the last step never is.
 */
void
hone_engine_events_progress (HoneEngineEvents *self,
                             guint64           step,
                             guint64           steps)
{
  g_autoptr(GString) line = NULL;
  gint64 now = g_get_monotonic_time ();

  if (self == NULL)
    return;
  if (self->stage_start == 0)
    {
      self->stage_start = now;
      self->stage_step = step;
    }
  else if (step < steps && now - self->last_progress < PROGRESS_INTERVAL)
    return;
  self->last_progress = now;
  line = g_string_new (NULL);
  open_event (line, HONE_PROTOCOL_EVENT_PROGRESS);
  g_string_append_printf (line, ",\"step\":%" G_GUINT64_FORMAT ",\"steps\":%" G_GUINT64_FORMAT ",\"seconds_left\":", step, steps);
  if (step > self->stage_step)
    hone_engine_json_put_number (line, (double) (now - self->stage_start) / G_USEC_PER_SEC
                                         / (double) (step - self->stage_step) * (double) (steps - step));
  else
    g_string_append (line, "null");
  close_event (self, line);
}

/**
 * hone_engine_events_skipped:
 * @self: (nullable): a writer
 *
 * Says that the steps so far had been done by an earlier process: they do not tell how long the others take.
 */
void
hone_engine_events_skipped (HoneEngineEvents *self)
{
  if (self != NULL)
    self->stage_start = 0;
}

/**
 * hone_engine_events_metric:
 * @self: (nullable): a writer
 * @step: what the value belongs to, from 0
 * @name: a fixed word
 * @value: finite
 *
 * Tells a measured value.
 */
void
hone_engine_events_metric (HoneEngineEvents *self,
                           guint64           step,
                           const char       *name,
                           double            value)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  open_event (line, HONE_PROTOCOL_EVENT_METRIC);
  g_string_append_printf (line, ",\"step\":%" G_GUINT64_FORMAT, step);
  put_text (line, "name", name);
  g_string_append (line, ",\"value\":");
  hone_engine_json_put_number (line, value);
  close_event (self, line);
}

/**
 * hone_engine_events_checkpoint:
 * @self: (nullable): a writer
 * @path: relative to the run directory
 *
 * Says that work was saved from which the run can go on.
 */
void
hone_engine_events_checkpoint (HoneEngineEvents *self,
                               const char       *path)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  open_event (line, HONE_PROTOCOL_EVENT_CHECKPOINT);
  put_text (line, "path", path);
  close_event (self, line);
}

/**
 * hone_engine_events_warning:
 * @self: (nullable): a writer
 * @code: a fixed word
 * @message: a sentence for people
 *
 * Tells something the user should know and that stops nothing.
 */
void
hone_engine_events_warning (HoneEngineEvents *self,
                            const char       *code,
                            const char       *message)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  open_event (line, HONE_PROTOCOL_EVENT_WARNING);
  put_text (line, "code", code);
  put_text (line, "message", message);
  close_event (self, line);
}

/**
 * hone_engine_events_error:
 * @self: (nullable): a writer
 * @error: why the run ends
 *
 * Says why the run failed: the last event of such a run.
 */
void
hone_engine_events_error (HoneEngineEvents *self,
                          const GError     *error)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  open_event (line, HONE_PROTOCOL_EVENT_ERROR);
  put_text (line, "code", hone_engine_error_code (error));
  put_text (line, "message", error->message);
  put_text (line, "hint", hone_engine_error_hint (error));
  close_event (self, line);
}

/**
 * hone_engine_events_done:
 * @self: (nullable): a writer
 * @what: "model" or "predictions"
 * @path: relative to the run directory
 * @sha256: of the file at @path, hexadecimal
 * @pseudo: (nullable): path of the pseudo-labels
 *
 * Says that the run succeeded: its last event.
 */
void
hone_engine_events_done (HoneEngineEvents *self,
                         const char       *what,
                         const char       *path,
                         const char       *sha256,
                         const char       *pseudo)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  open_event (line, HONE_PROTOCOL_EVENT_DONE);
  put_text (line, what, path);
  put_text (line, "sha256", sha256);
  if (pseudo != NULL)
    put_text (line, "pseudo", pseudo);
  close_event (self, line);
}
