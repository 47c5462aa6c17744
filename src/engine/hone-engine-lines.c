/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain block reader: memory is one block and the longest line. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hone-engine-error.h"
#include "hone-engine-lines.h"

#define BLOCK 262144

struct _HoneEngineLines {
  char    *path;
  int      fd;
  guint64  size;
  guint64  position;   /* bytes read from the file */
  char    *block;
  gsize    start;      /* unread bytes of block */
  gsize    end;
  GString *line;
  guint64  nth;
};

/**
 * hone_engine_lines_open:
 * @path: of a regular file
 * @error: return location
 *
 * Returns: (transfer full): a reader before the first line, or %NULL
 */
HoneEngineLines *
hone_engine_lines_open (const char *path,
                        GError    **error)
{
  HoneEngineLines *self;
  struct stat status;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);   /* a pipe in its place must not block for ever */

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("“%s” cannot be read: %s"), path,
                   fd < 0 ? g_strerror (errno) : _("it is not a file"));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  self = g_new0 (HoneEngineLines, 1);
  self->path = g_strdup (path);
  self->fd = fd;
  self->size = (guint64) status.st_size;
  self->block = g_malloc (BLOCK);
  self->line = g_string_new (NULL);
  return self;
}

/**
 * hone_engine_lines_free:
 * @self: (transfer full): a reader
 *
 * Closes the file.
 */
void
hone_engine_lines_free (HoneEngineLines *self)
{
  g_return_if_fail (self != NULL);

  close (self->fd);
  g_free (self->path);
  g_free (self->block);
  g_string_free (self->line, TRUE);
  g_free (self);
}

static gssize
fill (HoneEngineLines *self,
      GError         **error)
{
  gssize n;

  do
    n = read (self->fd, self->block, BLOCK);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_IO, _("“%s” cannot be read: %s"), self->path, g_strerror (errno));
  self->start = 0;
  self->end = n > 0 ? (gsize) n : 0;
  self->position += self->end;
  return n;
}

/* -1 error, 0 end, 1 a line */
static int
read_line (HoneEngineLines *self,
           GError         **error)
{
  g_string_truncate (self->line, 0);
  for (;;)
    {
      const char *newline;
      gsize n;

      if (self->start == self->end)
        {
          gssize filled = fill (self, error);

          if (filled < 0)
            return -1;
          if (filled == 0)
            return self->line->len > 0 ? 1 : 0;
        }
      newline = memchr (self->block + self->start, '\n', self->end - self->start);
      n = (newline != NULL ? (gsize) (newline - self->block) : self->end) - self->start;
      if (self->line->len + n > HONE_ENGINE_MAX_LINE)
        {
          g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("Line %lu of “%s” is longer than %lu MiB"),
                       (gulong) self->nth + 1, self->path, (gulong) (HONE_ENGINE_MAX_LINE >> 20));
          return -1;
        }
      g_string_append_len (self->line, self->block + self->start, (gssize) n);
      self->start += n + (newline != NULL);
      if (newline != NULL)
        return 1;
    }
}

static gboolean
is_blank (const GString *line)
{
  return strspn (line->str, " \t\r") == line->len;
}

/**
 * hone_engine_lines_next:
 * @self: a reader
 * @length: (out): bytes of the line
 * @error: return location
 *
 * Reads the next line that holds something.
 *
 * Returns: (transfer none) (nullable): the line without its end, valid until the next call
 */
char *
hone_engine_lines_next (HoneEngineLines *self,
                        gsize           *length,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  while (read_line (self, error) > 0)
    {
      self->nth++;
      if (is_blank (self->line))
        continue;
      *length = self->line->len;
      return self->line->str;
    }
  return NULL;
}

/**
 * hone_engine_lines_nth:
 * @self: a reader
 *
 * Returns: the number of the line last given, from 1
 */
guint64
hone_engine_lines_nth (const HoneEngineLines *self)
{
  return self->nth;
}

/**
 * hone_engine_lines_part:
 * @self: a reader
 *
 * Returns: how much of the file has been given out, ratio 0 to 1
 */
double
hone_engine_lines_part (const HoneEngineLines *self)
{
  return self->size == 0 ? 1 : MIN (1, (double) (self->position - (self->end - self->start)) / (double) self->size);
}
