/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buffered output to a file whose errors are told once, at the end. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hone-format.h"
#include "hone-output.h"

#define BUFFER_SIZE (64 * 1024)

struct _HoneOutput {
  char  *path;
  int    fd;
  int    failed;       /* errno of the first failure, 0: none */
  gsize  used;
  gsize  at;           /* of what was read back */
  char   buffer[BUFFER_SIZE];
};

static HoneOutput *
new_output (const char  *path,
            int          fd,
            GError     **error)
{
  HoneOutput *self;
  int code = errno;

  if (fd < 0)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE, _("“%s” cannot be written: %s"), path, g_strerror (code));
      return NULL;
    }

  self = g_new (HoneOutput, 1);
  self->path = g_strdup (path);
  self->fd = fd;
  self->failed = 0;
  self->used = 0;
  self->at = 0;

  return self;
}

HoneOutput *
_hone_output_new (const char  *path,
                  GError     **error)
{
  return new_output (path, g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), error);
}

HoneOutput *
_hone_output_new_temp (const char  *folder,
                       GError     **error)
{
  g_autofree char *path = g_build_filename (folder, ".hone-spool-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  /* Nobody else can open it, and it vanishes with the process. */
  if (fd >= 0)
    g_unlink (path);

  return new_output (path, fd, error);
}

void
_hone_output_free (HoneOutput *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_free (self->path);
  g_free (self);
}

static void
write_all (HoneOutput *self,
           const char *data,
           gsize       length)
{
  while (length > 0 && self->failed == 0)
    {
      gssize written = write (self->fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          self->failed = errno;
          return;
        }
      data += written;
      length -= written;
    }
}

static void
flush (HoneOutput *self)
{
  write_all (self, self->buffer, self->used);
  self->used = 0;
}

void
_hone_output_write (HoneOutput *self,
                    const char *data,
                    gssize      length)
{
  gsize n = length < 0 ? strlen (data) : (gsize) length;

  if (n > BUFFER_SIZE - self->used)
    flush (self);
  if (n > BUFFER_SIZE)
    {
      write_all (self, data, n);
      return;
    }
  memcpy (self->buffer + self->used, data, n);
  self->used += n;
}

void
_hone_output_copy (HoneOutput *self,
                   HoneOutput *spool)
{
  flush (spool);
  flush (self);
  if (spool->failed == 0 && lseek (spool->fd, 0, SEEK_SET) < 0)
    spool->failed = errno;

  while (spool->failed == 0 && self->failed == 0)
    {
      gssize n = read (spool->fd, self->buffer, BUFFER_SIZE);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        spool->failed = errno;
      if (n <= 0)
        break;
      write_all (self, self->buffer, n);
    }
  if (self->failed == 0)
    self->failed = spool->failed;
}

void
_hone_output_rewind (HoneOutput *self)
{
  flush (self);
  if (self->failed == 0 && lseek (self->fd, 0, SEEK_SET) < 0)
    self->failed = errno;
  self->at = 0;
}

/* The buffer holds what was read: self->used bytes, of which self->at are given out. */
static gboolean
refill (HoneOutput *self)
{
  gssize n;

  if (self->failed != 0)
    return FALSE;

  do
    n = read (self->fd, self->buffer, BUFFER_SIZE);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    self->failed = errno;
  self->used = MAX (n, 0);
  self->at = 0;

  return n > 0;
}

gboolean
_hone_output_read (HoneOutput *self,
                   void       *buffer,
                   gsize       length)
{
  char *to = buffer;

  while (length > 0)
    {
      gsize n;

      if (self->at == self->used && !refill (self))
        return FALSE;
      n = MIN (length, self->used - self->at);
      memcpy (to, self->buffer + self->at, n);
      self->at += n;
      to += n;
      length -= n;
    }

  return TRUE;
}

gboolean
_hone_output_check (HoneOutput *self,
                    GError    **error)
{
  if (self->failed == 0)
    return TRUE;

  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE, _("“%s” cannot be written: %s"), self->path, g_strerror (self->failed));

  return FALSE;
}

gboolean
_hone_output_close (HoneOutput *self,
                    gboolean    sync,
                    GError    **error)
{
  gboolean whole;

  flush (self);
  if (sync && self->failed == 0 && fsync (self->fd) != 0)
    self->failed = errno;
  if (close (self->fd) != 0 && errno != EINTR && self->failed == 0)
    self->failed = errno;
  self->fd = -1;
  whole = _hone_output_check (self, error);
  _hone_output_free (self);

  return whole;
}
