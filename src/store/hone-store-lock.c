/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer lock: a small file beside the project that is locked for as long as a process writes it, and says which one.
 * The project file itself is never opened but through SQLite: closing another descriptor of it would drop SQLite's locks. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hone-store-lock-private.h"
#include "hone-store-lock-private.h"

struct _HoneProjectLock {
  char *path;
  int   fd;
};

static char *
read_holder (int fd)
{
  char text[256];
  gssize n = pread (fd, text, sizeof text - 1, 0);

  if (n <= 0)
    return g_strdup (_("another program"));
  text[n] = '\0';
  g_strdelimit (text, "\n", '\0');
  return g_utf8_make_valid (text, -1);
}

static void
write_holder (int fd)
{
  const char *program = g_get_prgname ();
  g_autofree char *text = g_strdup_printf (_("%s (process %d on %s)"), program ? program : "hone", (int) getpid (), g_get_host_name ());

  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, strlen (text), 0) < 0)
    g_debug ("the holder's name could not be written: %s", g_strerror (errno));
}

/* The file may have been removed by its last holder between our open and our lock: then it is not the lock any more. */
static gboolean
is_still_there (const char *path,
                int         fd)
{
  struct stat by_path, by_fd;

  return stat (path, &by_path) == 0 && fstat (fd, &by_fd) == 0 && by_path.st_ino == by_fd.st_ino && by_path.st_dev == by_fd.st_dev;
}

HoneProjectLock *
_hone_project_lock_take (const char  *path,
                         GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autofree char *file = g_strdup_printf (".%s.lock", name);
  g_autofree char *lock_path = g_build_filename (folder, file, NULL);
  HoneProjectLock *self;

  for (;;)
    {
      int fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

      if (fd < 0)
        {
          gboolean denied = errno == EACCES || errno == EROFS || errno == EPERM;

          g_set_error (error, HONE_STORE_ERROR, denied ? HONE_STORE_ERROR_READ_ONLY : HONE_STORE_ERROR_IO,
                       _("The project “%s” cannot be written: “%s” could not be made: %s"), path, lock_path, g_strerror (errno));
          return NULL;
        }
      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        {
          g_autofree char *holder = read_holder (fd);

          close (fd);
          g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_BUSY, _("The project “%s” is being written by %s"), path, holder);
          return NULL;
        }
      if (!is_still_there (lock_path, fd))
        {
          close (fd);
          continue;
        }
      write_holder (fd);
      self = g_new0 (HoneProjectLock, 1);
      self->path = g_steal_pointer (&lock_path);
      self->fd = fd;
      return self;
    }
}

void
_hone_project_lock_free (HoneProjectLock *self)
{
  g_unlink (self->path);   /* before the lock goes, so that nobody locks a file that is about to vanish unseen */
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
