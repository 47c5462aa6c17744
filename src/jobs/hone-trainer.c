/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows a trainer by its files, so that it makes no difference whether we started it or found it at work. Runs in a worker thread. */
#include "config.h"

#include "hone-trainer-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/hone-engine-protocol.h"
#include "hone-jobs.h"
#include "hone-lines-private.h"
#include "hone-process-private.h"

#define POLL_INTERVAL    (100 * G_TIME_SPAN_MILLISECOND)
#define STOP_INTERVAL    (20 * G_TIME_SPAN_MILLISECOND)
#define LINGER           (10 * G_TIME_SPAN_SECOND)       /* for programs that do not end after "done" */
#define SILENCE          (5 * G_TIME_SPAN_MINUTE)        /* without an event: worth a warning */
#define MAX_EVENT_BYTES  (256 * 1024 * 1024)

gint64 _hone_trainer_grace = 10 * G_TIME_SPAN_SECOND;

typedef enum {
  STOP_NOT, STOP_ASKED, STOP_TIME, STOP_BROKEN, STOP_LINGERS,
} StopReason;

typedef struct {
  const HoneTrainerJob *job;
  GSubprocess          *child;       /* (nullable): ours, until it has ended */
  int                   events_fd;
  guint64               start;       /* in the events file, of the first byte that matters */
  guint64               position;    /* of the next byte to read */
  guint64               told;        /* events before this position were told in an earlier life */
  HoneLines            *lines;
  HoneEvent             last;        /* "done" or "error", if one is the last event */
  char                 *rubbish;     /* the first line that was no event: what was wrong with it */
  GError               *broken;
  int                   wait_status; /* of the child: -1 while not known */
  StopReason            stop;
  gint64                kill_time, deadline, last_sign;
} Follower;

static gboolean
is_last (const Follower *self,
         HoneEventType   type)
{
  return self->last.type == type;
}

/* ---- events ---- */

static void
tell (Follower        *self,
      const HoneEvent *event,
      const char      *line)
{
  if (self->start + _hone_lines_get_position (self->lines) > self->told && self->job->func != NULL)
    self->job->func (event, line, self->job->data);
}

static void
take_line (Follower   *self,
           const char *line,
           gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_auto(HoneEvent) event = { 0 };

  if (length == 0)
    return;
  if (!_hone_event_parse (line, length, &event, &error))
    {
      if (self->rubbish == NULL)
        self->rubbish = g_strdup (error->message);
      return;
    }
  self->last_sign = g_get_monotonic_time ();
  tell (self, &event, line);
  if (event.type == HONE_EVENT_UNKNOWN)
    return;
  _hone_event_clear (&self->last);
  self->last = event;
  event = (HoneEvent) { 0 };
}

static void
set_broken (Follower   *self,
            const char *format,
            ...)
{
  va_list arguments;

  if (self->broken != NULL)
    return;
  va_start (arguments, format);
  self->broken = g_error_new_valist (HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, format, arguments);
  va_end (arguments);
}

static void
take_lines (Follower *self,
            gboolean  at_end)
{
  const char *line;
  gsize length;

  while (self->broken == NULL)
    switch (_hone_lines_next (self->lines, at_end, &line, &length))
      {
      case HONE_LINES_LINE:
        take_line (self, line, length);
        break;
      case HONE_LINES_TOO_LONG:
        set_broken (self, _("“%s” wrote a line of more than %d bytes to “%s/%s”"), self->job->name, HONE_PROTOCOL_MAX_LINE,
                    self->job->directory, HONE_PROTOCOL_EVENTS_FILE);
        return;
      case HONE_LINES_MORE:
      default:
        return;
      }
}

static gboolean
open_events (Follower *self)
{
  g_autofree char *path = NULL;

  if (self->events_fd >= 0)
    return TRUE;
  path = g_build_filename (self->job->directory, HONE_PROTOCOL_EVENTS_FILE, NULL);
  self->events_fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  return self->events_fd >= 0;
}

static void
read_events (Follower *self,
             gboolean  at_end)
{
  const gsize block_size = 64 * 1024;
  g_autofree char *block = NULL;
  gssize n_read = 0;

  if (!open_events (self))
    return;
  block = g_malloc (block_size);
  while (self->broken == NULL && (n_read = pread (self->events_fd, block, block_size, self->position)) > 0)
    {
      self->position += n_read;
      _hone_lines_push (self->lines, block, n_read);
      take_lines (self, FALSE);
      if (self->position > MAX_EVENT_BYTES)
        set_broken (self, _("“%s” wrote more than %d bytes to “%s/%s”"), self->job->name, MAX_EVENT_BYTES, self->job->directory,
                    HONE_PROTOCOL_EVENTS_FILE);
    }
  if (n_read < 0 && errno != EINTR && errno != EAGAIN)
    set_broken (self, _("Cannot read “%s/%s”: %s"), self->job->directory, HONE_PROTOCOL_EVENTS_FILE, g_strerror (errno));
  if (at_end)
    take_lines (self, TRUE);
  if (self->job->offset != NULL)
    *self->job->offset = MAX (*self->job->offset, self->start + _hone_lines_get_position (self->lines));
}

/* ---- life and death ---- */

static gboolean
has_ended (Follower *self)
{
  if (self->child != NULL)
    {
      if (g_subprocess_get_identifier (self->child) != NULL)
        return FALSE;
      self->wait_status = g_subprocess_get_status (self->child);
      g_clear_object (&self->child);
    }
  if (!_hone_process_is_alive (self->job->directory))
    return TRUE;
  /* It left something behind that holds its lock: a helper of one that failed, or the work itself of one that only set it going. */
  if (self->wait_status <= 0)
    return FALSE;
  _hone_process_signal (NULL, self->job->token, SIGTERM);
  return TRUE;
}

static void
begin_stop (Follower   *self,
            StopReason  reason)
{
  if (self->stop != STOP_NOT)
    return;
  self->stop = reason;
  self->kill_time = g_get_monotonic_time () + _hone_trainer_grace;
  _hone_process_signal (self->child, self->job->token, SIGTERM);
}

static void
check_reasons_to_stop (Follower *self,
                       gint64    now)
{
  if (self->broken != NULL)
    begin_stop (self, STOP_BROKEN);
  else if (_hone_control_get (self->job->control) >= HONE_REQUEST_PAUSE)
    begin_stop (self, STOP_ASKED);
  else if (self->deadline != 0 && now > self->deadline)
    begin_stop (self, STOP_TIME);
  else if (is_last (self, HONE_EVENT_DONE) && now > self->last_sign + LINGER)
    begin_stop (self, STOP_LINGERS);

  if (self->stop != STOP_NOT && now > self->kill_time)
    {
      _hone_process_signal (self->child, self->job->token, SIGKILL);
      self->kill_time = now + G_TIME_SPAN_SECOND;
    }
}

static void
warn_of_silence (Follower *self,
                 gint64    now)
{
  g_autofree char *message = NULL;
  HoneEvent event = { .type = HONE_EVENT_WARNING };

  if (now < self->last_sign + SILENCE || self->job->func == NULL)
    return;
  self->last_sign = now;
  message = g_strdup_printf (_("“%s” has said nothing for %d minutes"), self->job->name, (int) (SILENCE / G_TIME_SPAN_MINUTE));
  event.message = message;
  self->job->func (&event, NULL, self->job->data);
}

/* FALSE: detached. */
static gboolean
follow_to_the_end (Follower *self)
{
  for (;;)
    {
      gboolean ended = has_ended (self);   /* before reading: what was written until then is read */
      gint64 now;

      read_events (self, ended);
      if (ended)
        return TRUE;
      if (_hone_control_get (self->job->control) == HONE_REQUEST_DETACH)
        return FALSE;
      now = g_get_monotonic_time ();
      check_reasons_to_stop (self, now);
      if (self->stop != STOP_NOT)
        g_usleep (STOP_INTERVAL);
      else
        {
          warn_of_silence (self, now);
          _hone_control_wait (self->job->control, POLL_INTERVAL);
        }
    }
}

/* ---- what came of it ---- */

/* By a shutdown, a logout or somebody's hand, not by an error of its own. */
static gboolean
was_ended_from_outside (const Follower *self)
{
  int number = self->wait_status >= 0 && WIFSIGNALED (self->wait_status) ? WTERMSIG (self->wait_status) : 0;

  return number == SIGTERM || number == SIGHUP || number == SIGINT ||
         (is_last (self, HONE_EVENT_ERROR) && g_strcmp0 (self->last.code, "interrupted") == 0);
}

static gboolean
explain_failure (Follower  *self,
                 GError   **error)
{
  const HoneTrainerJob *job = self->job;
  g_autoptr(GString) message = g_string_new (NULL);

  if (is_last (self, HONE_EVENT_ERROR))
    {
      g_string_printf (message, _("“%s” failed: %s"), job->name, self->last.message);
      if (self->last.hint != NULL)
        g_string_append_printf (message, " (%s)", self->last.hint);
    }
  else if (self->wait_status >= 0 && WIFSIGNALED (self->wait_status))
    g_string_printf (message, _("“%s” was ended by signal %d"), job->name, WTERMSIG (self->wait_status));
  else if (self->wait_status > 0 && WIFEXITED (self->wait_status))
    g_string_printf (message, _("“%s” ended with exit status %d"), job->name, WEXITSTATUS (self->wait_status));
  else
    g_string_printf (message, _("“%s” ended without saying “done”"), job->name);
  if (self->rubbish != NULL)
    g_string_append_printf (message, _("; the first line that was no event: %s"), self->rubbish);
  g_string_append_printf (message, _("; its log is “%s/%s”"), job->directory, HONE_PROTOCOL_LOG_FILE);
  g_set_error_literal (error, HONE_JOBS_ERROR, was_ended_from_outside (self) ? HONE_JOBS_ERROR_INTERRUPTED : HONE_JOBS_ERROR_TRAINER_FAILED,
                       message->str);
  return FALSE;
}

static gboolean
conclude (Follower   *self,
          HoneEvent  *done,
          GError    **error)
{
  if (self->stop == STOP_ASKED)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run was stopped"));
      return FALSE;
    }
  if (self->broken != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->broken));
      return FALSE;
    }
  if (is_last (self, HONE_EVENT_DONE))
    {
      *done = self->last;
      self->last = (HoneEvent) { 0 };
      return TRUE;
    }
  if (self->stop == STOP_TIME)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TIME, _("“%s” was not done in the time it was given; its log is “%s/%s”"),
                   self->job->name, self->job->directory, HONE_PROTOCOL_LOG_FILE);
      return FALSE;
    }
  return explain_failure (self, error);
}

static void
follower_init (Follower             *self,
               const HoneTrainerJob *job)
{
  gint64 now = g_get_monotonic_time ();

  *self = (Follower) { .job = job, .events_fd = -1, .wait_status = -1, .last_sign = now };
  self->lines = _hone_lines_new (HONE_PROTOCOL_MAX_LINE);
  self->told = job->offset != NULL ? *job->offset : 0;
  if (job->seconds > 0)
    self->deadline = now + (gint64) (MIN (job->seconds, 1e9) * G_TIME_SPAN_SECOND);
}

static void
follower_clear (Follower *self)
{
  g_clear_object (&self->child);
  g_clear_pointer (&self->lines, _hone_lines_free);
  g_clear_pointer (&self->rubbish, g_free);
  g_clear_error (&self->broken);
  _hone_event_clear (&self->last);
  if (self->events_fd >= 0)
    close (self->events_fd);
}

static gboolean
follow (Follower   *self,
        HoneEvent  *done,
        GError    **error)
{
  gboolean good;

  *done = (HoneEvent) { 0 };
  if (follow_to_the_end (self))
    good = conclude (self, done, error);
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run is not followed any more"));
      good = FALSE;
    }
  follower_clear (self);
  return good;
}

/* A life that was cut short may have left half a line, which the first line of the next one must not join. */
static guint64
close_last_line (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_EVENTS_FILE, NULL);
  int fd = open (path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
  struct stat status;
  char last = '\n';
  guint64 size = 0;

  if (fd < 0)
    return 0;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size > 0)
    {
      size = status.st_size;
      if (pread (fd, &last, 1, size - 1) == 1 && last != '\n' && write (fd, "\n", 1) == 1)
        size++;
    }
  close (fd);
  return size;
}

static GStrv
build_command (const HoneTrainerJob *job)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *job_file = g_build_filename (job->directory, HONE_PROTOCOL_JOB_FILE, NULL);

  g_strv_builder_addv (builder, (const char **) job->argv);
  g_strv_builder_add (builder, job_file);
  return g_strv_builder_end (builder);
}

gboolean
_hone_trainer_run (const HoneTrainerJob  *job,
                   HoneEvent             *done,
                   GError               **error)
{
  g_auto(GStrv) command = NULL;
  Follower self;

  if (_hone_process_is_alive (job->directory))
    return _hone_trainer_follow (job, done, error);
  follower_init (&self, job);
  self.start = self.position = self.told = close_last_line (job->directory);
  command = build_command (job);
  self.child = _hone_process_start (job->directory, job->token, (const char * const *) command, error);
  if (self.child == NULL)
    {
      follower_clear (&self);
      return FALSE;
    }
  return follow (&self, done, error);
}

gboolean
_hone_trainer_follow (const HoneTrainerJob  *job,
                      HoneEvent             *done,
                      GError               **error)
{
  Follower self;

  follower_init (&self, job);
  return follow (&self, done, error);
}
