/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trainer is alive while run.lock is locked (the protocol) or while the lock that we gave it on its way is: programs that know
 * nothing of locks hold that one by merely having inherited it. */
#include "config.h"

#include "hone-process-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/hone-engine-protocol.h"
#include "hone-jobs.h"

#define ALIVE_FILE   ".alive"
#define TOKEN_NAME   "HONE_RUN"
#define INHERITED_FD 3
#define LOW_PRIORITY 10

/* Between fork and exec: nothing but system calls. */
static void
leave_session (gpointer data)
{
  (void) setsid ();
  (void) setpriority (PRIO_PROCESS, 0, LOW_PRIORITY);
}

static int
open_in (const char  *directory,
         const char  *name,
         int          flags,
         GError     **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  int fd = open (path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Cannot open “%s”: %s"), path, g_strerror (errno));
  return fd;
}

static GSubprocess *
spawn (GSubprocessLauncher  *launcher,
       const char * const   *argv,
       GError              **error)
{
  g_autoptr(GError) reason = NULL;
  GSubprocess *child = g_subprocess_launcher_spawnv (launcher, argv, &reason);

  if (child == NULL)
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_TRAINER_MISSING, _("Cannot start “%s”: %s"), argv[0], reason->message);
  return child;
}

GSubprocess *
_hone_process_start (const char          *directory,
                     const char          *token,
                     const char * const  *argv,
                     GError             **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  int alive_fd, events_fd, log_fd;

  alive_fd = open_in (directory, ALIVE_FILE, O_RDWR | O_CREAT, error);
  if (alive_fd < 0)
    return NULL;
  g_subprocess_launcher_take_fd (launcher, alive_fd, INHERITED_FD);
  if (flock (alive_fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_STATE, _("A program is at work in “%s” already"), directory);
      return NULL;
    }
  events_fd = open_in (directory, HONE_PROTOCOL_EVENTS_FILE, O_WRONLY | O_APPEND | O_CREAT, error);
  if (events_fd < 0)
    return NULL;
  g_subprocess_launcher_take_stdout_fd (launcher, events_fd);
  log_fd = open_in (directory, HONE_PROTOCOL_LOG_FILE, O_WRONLY | O_APPEND | O_CREAT, error);
  if (log_fd < 0)
    return NULL;
  g_subprocess_launcher_take_stderr_fd (launcher, log_fd);
  g_subprocess_launcher_set_cwd (launcher, directory);
  g_subprocess_launcher_setenv (launcher, TOKEN_NAME, token, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, leave_session, NULL, NULL);
  /* The launcher closes our copies when it goes: from then on the child alone holds the lock. */
  return spawn (launcher, argv, error);
}

static gboolean
is_flocked (int fd)
{
  /* Shared, so that two who look do not see each other. */
  if (flock (fd, LOCK_SH | LOCK_NB) != 0)
    return errno == EWOULDBLOCK;
  flock (fd, LOCK_UN);
  return FALSE;
}

static gboolean
has_record_lock (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

static gboolean
file_is_locked (const char *directory,
                const char *name)
{
  int fd = open_in (directory, name, O_RDWR, NULL);
  gboolean locked;

  if (fd < 0)
    return FALSE;
  locked = has_record_lock (fd) || is_flocked (fd);
  close (fd);
  return locked;
}

gboolean
_hone_process_is_alive (const char *directory)
{
  return file_is_locked (directory, ALIVE_FILE) || file_is_locked (directory, HONE_PROTOCOL_LOCK_FILE);
}

/* Its environment, as it was at the start, says whose it is: a process number may have been given to somebody else. */
static gboolean
carries_token (const char *process,
               const char *entry)
{
  g_autofree char *path = g_build_filename ("/proc", process, "environ", NULL);
  g_autofree char *environment = NULL;
  gsize length = 0, wanted = strlen (entry) + 1;

  if (!g_file_get_contents (path, &environment, &length, NULL))
    return FALSE;
  for (const char *at = environment; at < environment + length; at += strlen (at) + 1)
    if ((gsize) (environment + length - at) >= wanted && memcmp (at, entry, wanted) == 0)
      return TRUE;
  return FALSE;
}

static void
signal_marked (const char *token,
               int         signal_number)
{
  g_autofree char *entry = g_strconcat (TOKEN_NAME "=", token, NULL);
  g_autoptr(GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while (processes != NULL && (name = g_dir_read_name (processes)) != NULL)
    if (g_ascii_isdigit (*name) && carries_token (name, entry))
      kill ((pid_t) g_ascii_strtoll (name, NULL, 10), signal_number);
}

void
_hone_process_signal (GSubprocess *child,
                      const char  *token,
                      int          signal_number)
{
  const char *identifier = child != NULL ? g_subprocess_get_identifier (child) : NULL;

  if (identifier != NULL)
    kill (-(pid_t) g_ascii_strtoll (identifier, NULL, 10), signal_number);
  else
    signal_marked (token, signal_number);
}
