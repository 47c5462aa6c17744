/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one source as UTF-8. Raw blocks are read into `raw`, decoded behind the window in `buffer`. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-format.h"
#include "hone-input-private.h"

/* Bytes of a cut character that may wait for the next block. */
#define RAW_ROOM 16

static gboolean
fail_at (HoneInput   *self,
         guint64      line,
         GError     **error,
         const char  *reason)
{
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED, _("“%s”, line %" G_GUINT64_FORMAT ": %s"),
               self->path, line, reason);

  return FALSE;
}

/* Lines that end in these bytes: LF, CRLF or CR. */
static guint64
count_lines (const char *data,
             gsize       length,
             gboolean   *after_cr)
{
  guint64 n = 0;
  gboolean cr = *after_cr;

  if (length == 0)
    return 0;
  if (!cr && memchr (data, '\r', length) == NULL)
    {
      const char *end = data + length;

      while ((data = memchr (data, '\n', end - data)) != NULL)
        {
          n++;
          data++;
        }
      return n;
    }

  for (gsize i = 0; i < length; i++)
    {
      if (data[i] == '\r' || (data[i] == '\n' && !cr))
        n++;
      cr = data[i] == '\r';
    }
  *after_cr = cr;

  return n;
}

static guint64
line_at (HoneInput *self,
         gsize      end)
{
  gboolean after_cr = self->after_cr;

  return self->line + count_lines (self->buffer + self->start, end - self->start, &after_cr);
}

static gssize
read_raw (HoneInput  *self,
          char       *buffer,
          gsize       size,
          GError    **error)
{
  if (self->kept != NULL && self->kept_at < self->kept->len)
    {
      gsize n = MIN (size, self->kept->len - self->kept_at);

      memcpy (buffer, self->kept->data + self->kept_at, n);
      self->kept_at += n;
      return n;
    }

  return self->stream != NULL ? hone_source_stream_read (self->stream, buffer, size, error) : 0;
}

/**
 * hone_input_free:
 * @self: (nullable) (transfer full): an input
 *
 * Closes it.
 */
void
hone_input_free (HoneInput *self)
{
  if (self == NULL)
    return;

  hone_source_stream_free (self->stream);
  g_byte_array_unref (self->kept);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_free (self->encoding_name);
  g_free (self->raw);
  g_free (self->buffer);
  g_free (self->path);
  g_clear_error (&self->failure);
  g_free (self);
}

/* ---- window ---- */

static void
make_room (HoneInput *self,
           gsize      wanted)
{
  gsize used = self->end - self->start;

  if (self->size - self->end >= wanted)
    return;
  if (self->start > 0)
    {
      memmove (self->buffer, self->buffer + self->start, used);
      self->start = 0;
      self->end = used;
    }
  if (self->size - self->end < wanted)
    {
      self->size = MAX (2 * self->size, self->end + wanted);
      self->buffer = g_realloc (self->buffer, self->size + 1);
    }
}

static gboolean
decode_utf8 (HoneInput  *self,
             gsize      *used,
             GError    **error)
{
  gboolean cut;

  *used = hone_utf8_valid_length (self->raw, self->n_raw, &cut);
  memcpy (self->buffer + self->end, self->raw, *used);
  self->end += *used;
  if (*used == self->n_raw || (cut && !self->ended))
    return TRUE;

  return fail_at (self, line_at (self, self->end), error,
                  cut ? _("the file ends in the middle of a character") : _("the text is not valid UTF-8"));
}

static gboolean
decode_other (HoneInput  *self,
              gsize      *used,
              GError    **error)
{
  char *in = self->raw, *out = self->buffer + self->end;
  gsize n_in = self->n_raw, n_out = self->size - self->end, result;
  int code;

  result = g_iconv (self->converter, &in, &n_in, &out, &n_out);
  code = errno;
  *used = in - self->raw;
  self->end = out - self->buffer;
  if (result != (gsize) -1 || (code == EINVAL && !self->ended))
    return TRUE;

  return fail_at (self, line_at (self, self->end), error,
                  code == EINVAL ? _("the file ends in the middle of a character")
                                 : _("the text is not valid in the file's encoding"));
}

static gboolean
decode_block (HoneInput  *self,
              GError    **error)
{
  gsize used = self->n_raw;

  /* The widest growth of all encodings met: one byte becomes three. */
  make_room (self, 3 * self->n_raw + 16);

  switch (self->encoding)
    {
    case HONE_ENCODING_UTF8:
      if (!decode_utf8 (self, &used, error))
        return FALSE;
      break;
    case HONE_ENCODING_WINDOWS_1252:
      self->end += hone_windows_1252_decode (self->raw, self->n_raw, self->buffer + self->end);
      break;
    case HONE_ENCODING_UTF16LE:
    case HONE_ENCODING_UTF16BE:
    case HONE_ENCODING_OTHER:
    default:
      if (!decode_other (self, &used, error))
        return FALSE;
      break;
    }

  self->n_raw -= used;
  memmove (self->raw, self->raw + used, self->n_raw);

  return TRUE;
}

/**
 * hone_input_window:
 * @self: an input
 * @length: (out): bytes in the window
 *
 * Returns: (transfer none): the decoded bytes not yet stepped over, not NUL-terminated
 */
const char *
hone_input_window (HoneInput *self,
                   gsize     *length)
{
  *length = self->end - self->start;

  return self->buffer != NULL ? self->buffer + self->start : "";
}

/* Bytes behind the window, or the end. FALSE on error; what stands before the error stays in the window. */
static gboolean
read_block (HoneInput  *self,
            GError    **error)
{
  gsize before = self->end - self->start;

  if (before > HONE_INPUT_MAX_LINE && !self->ended)
    return fail_at (self, self->line, error, _("the line or record is longer than 16 MiB"));

  while (self->end - self->start == before && !self->ended)
    {
      const char *nul;
      gssize n;

      if (self->raw == NULL)
        self->raw = g_malloc (HONE_INPUT_BLOCK + RAW_ROOM);
      n = read_raw (self, self->raw + self->n_raw, HONE_INPUT_BLOCK, error);
      if (n < 0)
        return FALSE;
      self->ended = n == 0;
      self->position += n;
      self->n_raw += n;
      if (!decode_block (self, error))
        return FALSE;

      nul = self->buffer != NULL ? memchr (self->buffer + self->start + before, '\0', self->end - self->start - before) : NULL;
      if (nul != NULL)
        {
          self->end = nul - self->buffer;
          return fail_at (self, line_at (self, self->end), error, _("there is a NUL byte; this is no text file"));
        }
    }

  return TRUE;
}

/**
 * hone_input_fill:
 * @self: an input
 * @error: return location for an error
 *
 * Reads on, about 128 KiB at a time. A NUL byte, a character that is not valid and a window above 16 MiB are errors that
 * name file and line; what stands before them can still be read, then the same error is met again.
 *
 * Returns: bytes added to the window, 0 at the end of the file, -1 on error
 */
gssize
hone_input_fill (HoneInput  *self,
                 GError    **error)
{
  gsize before = self->end - self->start;

  if (self->failure == NULL)
    read_block (self, &self->failure);
  if (self->end - self->start > before)
    return self->end - self->start - before;
  if (self->failure == NULL)
    return 0;

  if (error != NULL)
    *error = g_error_copy (self->failure);

  return -1;
}

/**
 * hone_input_skip:
 * @self: an input
 * @n_bytes: at most the length of the window
 *
 * Steps over bytes.
 */
void
hone_input_skip (HoneInput *self,
                 gsize      n_bytes)
{
  const char *data = self->buffer + self->start;

  g_assert (n_bytes <= self->end - self->start);

  if (n_bytes == 0)
    return;
  self->line += count_lines (data, n_bytes, &self->after_cr);
  self->after_cr = data[n_bytes - 1] == '\r';
  self->start += n_bytes;
  self->offset += n_bytes;
}

/**
 * hone_input_read_line:
 * @self: an input
 * @length: (out) (optional): its bytes
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the next line without its end, writable; %NULL at the end of the file or with an error
 */
char *
hone_input_read_line (HoneInput  *self,
                      gsize      *length,
                      GError    **error)
{
  gsize searched = 0, end = 0, skip = 0;
  char *line;

  for (;;)
    {
      gsize n = self->end - self->start;
      const char *data = n > 0 ? self->buffer + self->start : "";
      const char *newline = memchr (data + searched, '\n', n - searched);
      const char *cr = memchr (data + searched, '\r', (newline != NULL ? (gsize) (newline - data) : n) - searched);
      gssize added;

      /* A CR at the very end may be half of a CRLF. */
      if (cr != NULL && (cr + 1 < data + n || self->ended))
        {
          end = cr - data;
          skip = end + (cr + 1 < data + n && cr[1] == '\n' ? 2 : 1);
          break;
        }
      if (cr == NULL && newline != NULL)
        {
          end = newline - data;
          skip = end + 1;
          break;
        }

      searched = cr != NULL ? (gsize) (cr - data) : n;
      added = hone_input_fill (self, error);
      if (added < 0 || (added == 0 && n == 0))
        return NULL;
      if (added == 0 && cr == NULL)
        {
          end = skip = n;
          break;
        }
    }

  if (end > HONE_INPUT_MAX_LINE)
    {
      fail_at (self, self->line, error, _("the line or record is longer than 16 MiB"));
      return NULL;
    }
  line = self->buffer + self->start;
  hone_input_skip (self, skip);
  line[end] = '\0';
  if (length != NULL)
    *length = end;

  return line;
}

/**
 * hone_input_line_at:
 * @self: an input
 * @offset: a place in the window
 *
 * Returns: the line, from 1, in which that byte stands
 */
guint64
hone_input_line_at (HoneInput *self,
                    gsize      offset)
{
  return offset > 0 ? line_at (self, self->start + offset) : self->line;
}

/**
 * hone_input_get_line:
 * @self: an input
 *
 * Returns: the line, from 1, in which the next byte stands
 */
guint64
hone_input_get_line (HoneInput *self)
{
  return self->line;
}

/**
 * hone_input_get_offset:
 * @self: an input
 *
 * Returns: decoded bytes stepped over so far
 */
guint64
hone_input_get_offset (HoneInput *self)
{
  return self->offset;
}

/**
 * hone_input_get_position:
 * @self: an input
 *
 * Returns: bytes read of the source, for progress
 */
guint64
hone_input_get_position (HoneInput *self)
{
  return self->position;
}

/**
 * hone_input_get_path:
 * @self: an input
 *
 * Returns: (transfer none): its name for messages
 */
const char *
hone_input_get_path (HoneInput *self)
{
  return self->path;
}

/**
 * hone_input_get_encoding:
 * @self: an input
 *
 * Returns: (transfer none): the name of its encoding
 */
const char *
hone_input_get_encoding (HoneInput *self)
{
  return self->encoding_name != NULL ? self->encoding_name : hone_encoding_get_name (self->encoding);
}

/**
 * hone_input_get_guessed:
 * @self: an input
 *
 * Returns: whether windows-1252 was assumed because the bytes are not valid UTF-8
 */
gboolean
hone_input_get_guessed (HoneInput *self)
{
  return self->guessed;
}
