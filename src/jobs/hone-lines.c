/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory stays below the longest allowed line plus one block, whatever is written. */
#include "config.h"

#include "hone-lines-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-jobs.h"

struct _HoneLines {
  GString  *pending;
  gsize     start;        /* of what was not given out yet */
  gsize     searched;     /* no line end stands before this offset */
  gsize     max_line;
  guint64   pushed;       /* bytes in all */
  gboolean  dropping;     /* inside a line that was too long */
};

HoneLines *
_hone_lines_new (gsize max_line)
{
  HoneLines *self = g_new0 (HoneLines, 1);

  self->pending = g_string_new (NULL);
  self->max_line = max_line;
  return self;
}

void
_hone_lines_free (HoneLines *self)
{
  g_string_free (self->pending, TRUE);
  g_free (self);
}

/* Forgets what was given out. */
static void
compact (HoneLines *self)
{
  if (self->start == 0)
    return;
  g_string_erase (self->pending, 0, self->start);
  self->searched -= self->start;
  self->start = 0;
}

void
_hone_lines_push (HoneLines  *self,
                  const char *bytes,
                  gsize       n_bytes)
{
  compact (self);
  self->pushed += n_bytes;
  if (self->dropping)
    {
      const char *end = memchr (bytes, '\n', n_bytes);

      if (end == NULL)
        return;
      n_bytes -= end + 1 - bytes;
      bytes = end + 1;
      self->dropping = FALSE;
    }
  g_string_append_len (self->pending, bytes, n_bytes);
}

guint64
_hone_lines_get_position (HoneLines *self)
{
  return self->pushed - (self->pending->len - self->start);
}

static HoneLinesStatus
drop_long_line (HoneLines *self,
                gboolean   at_end)
{
  g_string_truncate (self->pending, 0);
  self->start = self->searched = 0;
  self->dropping = !at_end;
  return HONE_LINES_TOO_LONG;
}

HoneLinesStatus
_hone_lines_next (HoneLines   *self,
                  gboolean     at_end,
                  const char **line,
                  gsize       *length)
{
  char *text = self->pending->str;
  gsize available = self->pending->len;
  char *newline = memchr (text + self->searched, '\n', available - self->searched);
  gsize end;

  if (newline == NULL)
    {
      self->searched = available;
      if (available - self->start > self->max_line)
        return drop_long_line (self, at_end);
      if (!at_end || available == self->start)
        return HONE_LINES_MORE;
      end = available;
    }
  else
    {
      end = newline - text;
      self->searched = end + 1;
    }

  *line = text + self->start;
  *length = end - self->start;
  self->start = newline != NULL ? end + 1 : end;
  if (*length > self->max_line)
    return HONE_LINES_TOO_LONG;
  if (*length > 0 && text[end - 1] == '\r')
    (*length)--;
  text[*line - text + *length] = '\0';
  return HONE_LINES_LINE;
}

static gboolean
each_pending (HoneLines     *lines,
              gboolean       at_end,
              const char    *path,
              HoneLineFunc   func,
              gpointer       data,
              guint64       *number,
              GError       **error)
{
  const char *line;
  gsize length;

  for (;;)
    {
      HoneLinesStatus status = _hone_lines_next (lines, at_end, &line, &length);

      if (status == HONE_LINES_MORE)
        return TRUE;
      (*number)++;
      if (status == HONE_LINES_TOO_LONG)
        {
          g_autofree char *name = g_path_get_basename (path);

          g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                       _("Line %" G_GUINT64_FORMAT " of “%s” is longer than %" G_GSIZE_FORMAT " bytes"), *number, name, lines->max_line);
          return FALSE;
        }
      if (length > 0 && !func (line, length, *number, data, error))
        return FALSE;
    }
}

gboolean
_hone_lines_each (const char    *path,
                  gsize          max_line,
                  HoneLineFunc   func,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(HoneLines) lines = NULL;
  g_autofree char *block = NULL;
  const gsize block_size = 256 * 1024;
  guint64 number = 0;
  gssize n_read;

  if (stream == NULL)
    return FALSE;
  lines = _hone_lines_new (max_line);
  block = g_malloc (block_size);
  while ((n_read = g_input_stream_read (G_INPUT_STREAM (stream), block, block_size, cancellable, error)) > 0)
    {
      _hone_lines_push (lines, block, n_read);
      if (!each_pending (lines, FALSE, path, func, data, &number, error))
        return FALSE;
    }
  return n_read == 0 && each_pending (lines, TRUE, path, func, data, &number, error);
}
