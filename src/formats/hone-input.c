/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one source as UTF-8. Raw blocks are read into `raw`, decoded behind the window in `buffer`. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-encoding.h"
#include "hone-format.h"
#include "hone-input.h"

#define BLOCK (128 * 1024)
/* The whole file is looked at before the first record is given, for its encoding; up to this size it then stays in memory. */
#define KEEP (1024 * 1024)
#define RAW_ROOM 16

struct _HoneInput {
  char             *path;
  HoneSourceStream *stream;      /* NULL: all bytes are in `kept` */
  GByteArray       *kept;        /* (nullable): first bytes, read ahead */
  gsize             kept_at;
  HoneEncoding      encoding;
  char             *encoding_name;
  gboolean          guessed;
  GIConv            converter;   /* (GIConv) -1: none */

  char             *raw;         /* bytes not decoded yet: a cut character, then a block */
  gsize             n_raw;
  gboolean          ended;       /* no more raw bytes */

  char             *buffer;
  gsize             start, end, size;   /* the window; one more byte is there for a NUL */
  guint64           line;
  guint64           offset;      /* of the window's first byte in the decoded text */
  gboolean          after_cr;    /* the byte stepped over last was CR: a LF that follows ends the same line */
  guint64           position;
  GError           *failure;     /* (nullable): met once, given for ever */
};

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

/* ---- encoding ---- */

static gboolean
set_converter (HoneInput   *self,
               const char  *name,
               GError     **error)
{
  self->converter = g_iconv_open ("UTF-8", name);
  if (self->converter == (GIConv) -1)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN, _("The encoding “%s” is not known"), name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
use_named_encoding (HoneInput   *self,
                    const char  *name,
                    GError     **error)
{
  HoneEncoding marked;
  guint bom = hone_encoding_find_bom ((const char *) self->kept->data, self->kept->len, &marked);
  gboolean utf16;

  self->encoding_name = g_strdup (name);
  if (hone_encoding_from_name (name, &self->encoding))
    {
      if (bom > 0 && self->encoding == HONE_ENCODING_UTF8 && marked == HONE_ENCODING_UTF8)
        self->kept_at = bom;
      return TRUE;
    }

  /* iconv keeps the mark as a character where the name already tells the byte order. */
  utf16 = g_ascii_strncasecmp (name, "utf-16", 6) == 0 || g_ascii_strncasecmp (name, "utf16", 5) == 0;
  if (utf16 && bom == 2)
    {
      self->kept_at = bom;
      name = hone_encoding_get_name (marked);
    }

  return set_converter (self, name, error);
}

static gboolean
decide (HoneInput            *self,
        const HoneUtf8Check  *check,
        GError              **error)
{
  if (check->valid && check->n_tail == 0)
    {
      self->encoding = HONE_ENCODING_UTF8;
    }
  else if (check->valid && check->multibyte)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("“%s” ends in the middle of a character: it was cut, or its encoding is not UTF-8"), self->path);
      return FALSE;
    }
  else if (check->controls)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("“%s” holds control characters and is no text file"), self->path);
      return FALSE;
    }
  else
    {
      self->encoding = HONE_ENCODING_WINDOWS_1252;
      self->guessed = TRUE;
    }

  return TRUE;
}

/* A NUL says more than the encoding: it is left for the reading to find with its line. */
static gboolean
read_ahead (HoneInput         *self,
            const HoneSource  *source,
            gboolean           whole,
            HoneUtf8Check     *check,
            GError           **error)
{
  g_autofree char *block = g_malloc (BLOCK);
  gboolean keeping = TRUE;

  for (;;)
    {
      gssize n = hone_source_stream_read (self->stream, block, BLOCK, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      if (keeping)
        g_byte_array_append (self->kept, (const guint8 *) block, n);
      if (!whole)
        return TRUE;

      hone_utf8_check_add (check, block, n);
      keeping = keeping && self->kept->len < KEEP;
      if (self->kept->len >= 2 && ((self->kept->data[0] == 0xff && self->kept->data[1] == 0xfe) ||
                                   (self->kept->data[0] == 0xfe && self->kept->data[1] == 0xff)))
        return TRUE;
    }

  if (keeping)
    {
      g_clear_pointer (&self->stream, hone_source_stream_free);
      return TRUE;
    }

  /* Too long to keep: start again. */
  g_clear_pointer (&self->stream, hone_source_stream_free);
  g_byte_array_set_size (self->kept, 0);
  self->stream = hone_source_open (source, error);
  if (self->stream == NULL)
    return FALSE;

  return read_ahead (self, source, FALSE, check, error);
}

static gboolean
find_encoding (HoneInput      *self,
               const char     *encoding,
               HoneUtf8Check  *check,
               GError        **error)
{
  guint bom;

  if (encoding != NULL)
    return use_named_encoding (self, encoding, error);

  bom = hone_encoding_find_bom ((const char *) self->kept->data, self->kept->len, &self->encoding);
  if (bom == 0 || self->encoding == HONE_ENCODING_UTF8)
    {
      self->kept_at = bom;
      if (!decide (self, check, error))
        return FALSE;
      if (self->guessed)
        self->kept_at = 0;
      return TRUE;
    }

  self->kept_at = bom;

  return set_converter (self, hone_encoding_get_name (self->encoding), error);
}

static HoneInput *
new_input (const char *path)
{
  HoneInput *self = g_new0 (HoneInput, 1);

  self->path = g_strdup (path);
  self->kept = g_byte_array_new ();
  self->converter = (GIConv) -1;
  self->line = 1;

  return self;
}

/**
 * hone_input_open:
 * @source: a file or member
 * @encoding: (nullable): its encoding, or %NULL to find it out, for which the file is read once from end to end
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its text from the start
 */
HoneInput *
hone_input_open (const HoneSource  *source,
                 const char        *encoding,
                 GError           **error)
{
  g_autoptr(HoneInput) self = NULL;
  HoneUtf8Check check;

  g_return_val_if_fail (source != NULL, NULL);

  self = new_input (source->path);
  self->stream = hone_source_open (source, error);
  if (self->stream == NULL)
    return NULL;

  hone_utf8_check_init (&check);
  if (!read_ahead (self, source, encoding == NULL, &check, error) ||
      !find_encoding (self, encoding, &check, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * hone_input_open_head:
 * @source: a file or member
 * @encoding: (nullable): as for hone_input_open()
 * @limit: bytes to read
 * @whole: (out): whether the source ends there
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the start of its text
 */
HoneInput *
hone_input_open_head (const HoneSource  *source,
                      const char        *encoding,
                      gsize              limit,
                      gboolean          *whole,
                      GError           **error)
{
  g_autoptr(HoneSourceStream) stream = NULL;
  g_autoptr(HoneInput) self = NULL;
  HoneUtf8Check check;

  stream = hone_source_open (source, error);
  if (stream == NULL)
    return NULL;

  self = new_input (source->path);
  *whole = FALSE;
  while (self->kept->len <= limit)
    {
      guint before = self->kept->len;
      gssize n;

      g_byte_array_set_size (self->kept, before + BLOCK);
      n = hone_source_stream_read (stream, self->kept->data + before, BLOCK, error);
      if (n < 0)
        return NULL;
      g_byte_array_set_size (self->kept, before + n);
      if (n == 0)
        {
          *whole = TRUE;
          break;
        }
    }

  hone_utf8_check_init (&check);
  hone_utf8_check_add (&check, (const char *) self->kept->data, self->kept->len);
  if (check.valid && check.n_tail > 0)
    {
      g_byte_array_set_size (self->kept, self->kept->len - check.n_tail);
      check.n_tail = 0;
    }
  if (!find_encoding (self, encoding, &check, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * hone_input_new_memory:
 * @path: name for messages
 * @data: bytes, copied
 * @length: how many
 * @encoding: (nullable): as for hone_input_open()
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the text of these bytes
 */
HoneInput *
hone_input_new_memory (const char  *path,
                       const char  *data,
                       gsize        length,
                       const char  *encoding,
                       GError     **error)
{
  g_autoptr(HoneInput) self = new_input (path);
  HoneUtf8Check check;

  g_byte_array_append (self->kept, (const guint8 *) data, length);
  hone_utf8_check_init (&check);
  hone_utf8_check_add (&check, data, length);
  if (!find_encoding (self, encoding, &check, error))
    return NULL;

  return g_steal_pointer (&self);
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
        self->raw = g_malloc (BLOCK + RAW_ROOM);
      n = read_raw (self, self->raw + self->n_raw, BLOCK, error);
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
