/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LD_PRELOAD for a whole program: from the nth write or sync below a folder on, all of them fail, as on a disk that is full.
 * HONE_FAULT_AT is n, from 1; HONE_FAULT_UNDER the folder; HONE_FAULT_FIRED a file that is made when something failed. */
#undef _FILE_OFFSET_BITS     /* both sizes of off_t have functions of their own here */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_ulong count;

static int
is_below (int         fd,
          const char *folder)
{
  char link[64], path[4096];
  size_t length = strlen (folder);
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n < 0)
    return 0;
  path[n] = '\0';
  return strncmp (path, folder, length) == 0 && path[length] == '/';
}

/* Counts one operation that could fail. Not 0: it does. */
static int
fails (int fd,
       int code)
{
  const char *at = getenv ("HONE_FAULT_AT"), *folder = getenv ("HONE_FAULT_UNDER"), *fired = getenv ("HONE_FAULT_FIRED");
  int saved = errno, mark;

  if (at == NULL || folder == NULL || !is_below (fd, folder) || atomic_fetch_add (&count, 1) + 1 < strtoul (at, NULL, 10))
    {
      errno = saved;
      return 0;
    }
  mark = fired != NULL ? (int) syscall (SYS_openat, AT_FDCWD, fired, O_CREAT | O_WRONLY, 0666) : -1;
  if (mark >= 0)
    syscall (SYS_close, mark);
  errno = code;
  return 1;
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

ssize_t
write (int         fd,
       const void *data,
       size_t      n)
{
  return fails (fd, ENOSPC) ? -1 : REAL (write) (fd, data, n);
}

ssize_t
writev (int                 fd,
        const struct iovec *vectors,
        int                 n)
{
  return fails (fd, ENOSPC) ? -1 : REAL (writev) (fd, vectors, n);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      n,
        off_t       offset)
{
  return fails (fd, ENOSPC) ? -1 : REAL (pwrite) (fd, data, n, offset);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      n,
          off64_t     offset)
{
  return fails (fd, ENOSPC) ? -1 : REAL (pwrite64) (fd, data, n, offset);
}

/* Streams write from inside the C library, where nothing can be put in between. */
size_t
fwrite (const void *data,
        size_t      size,
        size_t      n,
        FILE       *stream)
{
  return fails (fileno (stream), ENOSPC) ? 0 : REAL (fwrite) (data, size, n, stream);
}

int
fflush (FILE *stream)
{
  return stream != NULL && fails (fileno (stream), ENOSPC) ? EOF : REAL (fflush) (stream);
}

int
fsync (int fd)
{
  return fails (fd, EIO) ? -1 : REAL (fsync) (fd);
}

int
fdatasync (int fd)
{
  return fails (fd, EIO) ? -1 : REAL (fdatasync) (fd);
}

int
ftruncate (int   fd,
           off_t size)
{
  return fails (fd, ENOSPC) ? -1 : REAL (ftruncate) (fd, size);
}

int
ftruncate64 (int     fd,
             off64_t size)
{
  return fails (fd, ENOSPC) ? -1 : REAL (ftruncate64) (fd, size);
}
