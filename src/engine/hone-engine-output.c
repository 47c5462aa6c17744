/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buffered, hashed on the way, and in place only once the disk has it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hone-engine-error.h"
#include "hone-engine-output.h"

#define BUFFER 65536

struct _HoneEngineOutput {
  char      *path;
  char      *part;       /* the file beside; NULL once it is in place */
  int        fd;
  int        failure;    /* errno of the first failed write */
  GChecksum *checksum;
  gsize      n_buffered;
  guint8     buffer[BUFFER];
};

static void
set_error (const char *path,
           int         number,
           GError    **error)
{
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_IO, _("“%s” cannot be written: %s"), path, g_strerror (number));
}

/**
 * hone_engine_output_new:
 * @path: where the file shall appear
 * @error: return location
 *
 * Begins a file.
 *
 * Returns: (transfer full): the file, or %NULL
 */
HoneEngineOutput *
hone_engine_output_new (const char *path,
                        GError    **error)
{
  HoneEngineOutput *self;
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);

  if (fd < 0)
    {
      set_error (path, errno, error);
      return NULL;
    }
  self = g_new (HoneEngineOutput, 1);
  self->path = g_strdup (path);
  self->part = g_steal_pointer (&part);
  self->fd = fd;
  self->failure = 0;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->n_buffered = 0;
  return self;
}

/**
 * hone_engine_output_free:
 * @self: (transfer full): a file
 *
 * Closes the file. What was not finished is removed.
 */
void
hone_engine_output_free (HoneEngineOutput *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  if (self->part != NULL)
    g_unlink (self->part);
  g_checksum_free (self->checksum);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

static void
flush (HoneEngineOutput *self)
{
  gsize done = 0;

  g_checksum_update (self->checksum, self->buffer, (gssize) self->n_buffered);
  while (done < self->n_buffered && self->failure == 0)
    {
      gssize n = write (self->fd, self->buffer + done, self->n_buffered - done);

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        self->failure = errno;
    }
  self->n_buffered = 0;
}

/**
 * hone_engine_output_write:
 * @self: a file
 * @bytes: what to append
 * @length: how many bytes
 *
 * Appends bytes.
 */
void
hone_engine_output_write (HoneEngineOutput *self,
                          gconstpointer     bytes,
                          gsize             length)
{
  const guint8 *from = bytes;

  while (length > 0)
    {
      gsize n = MIN (length, BUFFER - self->n_buffered);

      memcpy (self->buffer + self->n_buffered, from, n);
      self->n_buffered += n;
      from += n;
      length -= n;
      if (self->n_buffered == BUFFER)
        flush (self);
    }
}

/**
 * hone_engine_output_write_u32:
 * @self: a file
 * @value: a number
 *
 * Appends a number, little-endian.
 */
void
hone_engine_output_write_u32 (HoneEngineOutput *self,
                              guint32           value)
{
  value = GUINT32_TO_LE (value);
  hone_engine_output_write (self, &value, sizeof value);
}

/**
 * hone_engine_output_write_u64:
 * @self: a file
 * @value: a number
 *
 * Appends a number, little-endian.
 */
void
hone_engine_output_write_u64 (HoneEngineOutput *self,
                              guint64           value)
{
  value = GUINT64_TO_LE (value);
  hone_engine_output_write (self, &value, sizeof value);
}

/**
 * hone_engine_output_write_double:
 * @self: a file
 * @value: a number
 *
 * Appends the bits of a number, little-endian.
 */
void
hone_engine_output_write_double (HoneEngineOutput *self,
                                 double            value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  hone_engine_output_write_u64 (self, bits);
}

/**
 * hone_engine_output_write_u32s:
 * @self: a file
 * @values: numbers of 32 bits, whole or F32
 * @n_values: how many
 *
 * Appends numbers, little-endian.
 */
void
hone_engine_output_write_u32s (HoneEngineOutput *self,
                               gconstpointer     values,
                               gsize             n_values)
{
  const guint32 *from = values;

  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    hone_engine_output_write (self, values, n_values * sizeof *from);
  else
    for (gsize i = 0; i < n_values; i++)
      hone_engine_output_write_u32 (self, from[i]);
}

/**
 * hone_engine_output_digest:
 * @self: a file
 * @digest: (out caller-allocates): 32 bytes
 *
 * Tells the SHA-256 of all that was written so far.
 */
void
hone_engine_output_digest (HoneEngineOutput *self,
                           guint8            digest[32])
{
  g_autoptr(GChecksum) copy = NULL;
  gsize length = 32;

  flush (self);
  copy = g_checksum_copy (self->checksum);
  g_checksum_get_digest (copy, digest, &length);
}

/* The new name is only safe once its folder is on the disk too; file systems that cannot sync folders are let be. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  (void) !fsync (fd);
  close (fd);
}

/**
 * hone_engine_output_finish:
 * @self: a file
 * @error: return location
 *
 * Puts the file in place.
 *
 * Returns: (transfer full): its SHA-256 in hexadecimal, or %NULL
 */
char *
hone_engine_output_finish (HoneEngineOutput *self,
                           GError          **error)
{
  flush (self);
  if (self->failure == 0 && fsync (self->fd) != 0)
    self->failure = errno;
  if (close (self->fd) != 0 && self->failure == 0)
    self->failure = errno;
  self->fd = -1;
  if (self->failure == 0 && g_rename (self->part, self->path) != 0)
    self->failure = errno;
  if (self->failure != 0)
    {
      set_error (self->path, self->failure, error);
      return NULL;
    }
  g_clear_pointer (&self->part, g_free);
  sync_folder (self->path);
  return g_strdup (g_checksum_get_string (self->checksum));
}
