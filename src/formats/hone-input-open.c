/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the text of a source: its encoding is found out by looking at the whole file before the first record is given. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-format.h"
#include "hone-input-private.h"

/* Up to this size a file that was looked at stays in memory. */
#define KEEP (1024 * 1024)

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
  g_autofree char *block = g_malloc (HONE_INPUT_BLOCK);
  gboolean keeping = TRUE;

  for (;;)
    {
      gssize n = hone_source_stream_read (self->stream, block, HONE_INPUT_BLOCK, error);

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
      return decide (self, check, error);
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

      g_byte_array_set_size (self->kept, before + HONE_INPUT_BLOCK);
      n = hone_source_stream_read (stream, self->kept->data + before, HONE_INPUT_BLOCK, error);
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
