/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock lives on a file of its own: closing any descriptor of the project file itself would drop the locks
 * that SQLite holds on it. The lock, not the file, says that somebody writes: a file left by a kill is harmless. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "hone-lock-private.h"

struct _HoneLock {
  char *path;
  int   fd;
};

/* Locks of the open file description, so that a second store in this process is refused as well. Some file
 * systems know only the other kind. */
static gboolean
lock_descriptor (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (fcntl (fd, F_OFD_SETLK, &lock) == 0)
    return TRUE;
  if (errno == EINVAL || errno == ENOLCK || errno == ENOTSUP)
    return flock (fd, LOCK_EX | LOCK_NB) == 0;
  return FALSE;
}

/* The holder may just have removed the name that we opened: then what we locked is nobody's lock. */
static gboolean
is_current (int         fd,
            const char *path)
{
  struct stat own, named;

  return fstat (fd, &own) == 0 && stat (path, &named) == 0 && own.st_dev == named.st_dev && own.st_ino == named.st_ino;
}

static char *
dup_holder (int fd)
{
  char content[512];
  ssize_t length = pread (fd, content, sizeof content - 1, 0);
  const char *end = NULL;

  if (length <= 0)
    return g_strdup (_("another program"));
  content[length] = '\0';
  if ((end = strchr (content, '\n')) != NULL)
    content[end - content] = '\0';
  return g_utf8_make_valid (content, -1);
}

static gboolean
write_holder (int fd)
{
  const char *program = g_get_prgname ();
  g_autofree char *holder = g_strdup_printf ("%s (process %d on %s)\n", program != NULL ? program : "hone", (int) getpid (), g_get_host_name ());

  return ftruncate (fd, 0) == 0 && pwrite (fd, holder, strlen (holder), 0) == (ssize_t) strlen (holder);
}

HoneLock *
_hone_lock_take (const char  *project_path,
                 GError     **error)
{
  g_autofree char *path = g_strconcat (project_path, "-lock", NULL);

  for (;;)
    {
      int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

      if (fd < 0)
        {
          int saved = errno;
          gboolean refused = saved == EACCES || saved == EROFS || saved == EPERM;

          g_set_error (error, HONE_STORE_ERROR, refused ? HONE_STORE_ERROR_READ_ONLY : HONE_STORE_ERROR_IO,
                       _("The project “%s” cannot be opened for writing (%s)"), project_path, g_strerror (saved));
          return NULL;
        }
      if (!lock_descriptor (fd))
        {
          g_autofree char *holder = dup_holder (fd);

          close (fd);
          g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_BUSY,
                       _("The project “%s” is open for writing in %s"), project_path, holder);
          return NULL;
        }
      if (is_current (fd, path))
        {
          HoneLock *self = g_new0 (HoneLock, 1);

          self->path = g_steal_pointer (&path);
          self->fd = fd;
          write_holder (fd);     /* a full disk leaves the lock without a name, which is no reason to refuse */
          return self;
        }
      close (fd);
    }
}

void
_hone_lock_free (HoneLock *self)
{
  if (self == NULL)
    return;
  if (is_current (self->fd, self->path))
    unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
