/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lock, job, kind, ending: what every run has in common. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "hone-engine-error.h"
#include "hone-engine-protocol.h"
#include "hone-engine-run.h"

#define LOCK_ATTEMPTS 20
#define LOCK_PAUSE    (G_USEC_PER_SEC / 40)

typedef struct {
  const char *kind;
  gboolean  (*run) (const char *, const HoneEngineJob *, HoneEngineEvents *, GError **);
} HoneEngineKind;

static const HoneEngineKind kinds[] = {
  { HONE_PROTOCOL_KIND_TRAIN, hone_engine_run_train },
  { HONE_PROTOCOL_KIND_PREDICT, hone_engine_run_predict },
};

/* Who wants to know whether a run is alive may try the lock itself for a moment: that is not another process at work. */
static gboolean
try_lock (int fd)
{
  for (guint i = 0; i < LOCK_ATTEMPTS; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
      if (errno != EWOULDBLOCK && errno != EINTR)
        return FALSE;
      g_usleep (LOCK_PAUSE);
    }
  errno = EWOULDBLOCK;
  return FALSE;
}

/* Never given back while the process lives: the lock says that it does, and the kernel drops it in every case. */
static int
take_lock (const char *directory,
           GError    **error)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_LOCK_FILE, NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

  if (fd < 0)
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_IO, _("“%s” cannot be opened: %s"), path, g_strerror (errno));
      return -1;
    }
  if (try_lock (fd))
    return fd;
  if (errno == EWOULDBLOCK)
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BUSY, _("Another process works in “%s”"), directory);
  else
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_IO, _("“%s” cannot be locked: %s"), path, g_strerror (errno));
  close (fd);
  return -1;
}

static gboolean
run_kind (const char          *directory,
          const HoneEngineJob *job,
          HoneEngineEvents    *events,
          GError             **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, job->kind))
      return kinds[i].run (directory, job, events, error);
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_UNSUPPORTED, _("hone-engine does not know runs of kind “%.100s”"),
               job->kind);
  return FALSE;
}

static void
warn_unknown (const HoneEngineJob *job,
              HoneEngineEvents    *events)
{
  for (guint i = 0; job->unknown[i] != NULL; i++)
    {
      g_autofree char *message = g_strdup_printf (_("Method ngrams has no setting “%s”; it is ignored"), job->unknown[i]);

      hone_engine_events_warning (events, "unknown-setting", message);
    }
}

static gboolean
run_job (const char       *job_path,
         const char       *directory,
         HoneEngineEvents *events,
         GError          **error)
{
  g_autoptr(HoneEngineJob) job = hone_engine_job_load (job_path, error);

  if (job == NULL)
    return FALSE;
  if (g_str_equal (job->kind, HONE_PROTOCOL_KIND_TRAIN))
    warn_unknown (job, events);
  return run_kind (directory, job, events, error);
}

/**
 * hone_engine_run:
 * @job_path: of job.json; the folder it lies in is the run directory
 * @events: where to tell what happens
 *
 * Does one run from beginning to end. Called again in a directory whose run was interrupted or killed it goes on, and
 * where nothing can be gone on from it starts over.
 *
 * Returns: the exit status
 */
HoneEngineExit
hone_engine_run (const char       *job_path,
                 HoneEngineEvents *events)
{
  g_autofree char *directory = g_path_get_dirname (job_path);
  g_autoptr(GError) error = NULL;
  int lock = take_lock (directory, &error);

  /* The events file belongs to the process that holds the lock. */
  if (lock >= 0)
    {
      hone_engine_events_hello (events);
      if (run_job (job_path, directory, events, &error))
        return HONE_ENGINE_EXIT_DONE;
    }
  hone_engine_events_error (events, error);
  g_printerr ("hone-engine: %s\n", error->message);
  return g_error_matches (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED) ? HONE_ENGINE_EXIT_INTERRUPTED
                                                                                  : HONE_ENGINE_EXIT_FAILED;
}
