/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encodings of text files. */
#include "config.h"

#include <string.h>

#include "hone-encoding.h"

static const char * const encoding_names[] = {
  [HONE_ENCODING_UTF8] = "UTF-8",
  [HONE_ENCODING_UTF16LE] = "UTF-16LE",
  [HONE_ENCODING_UTF16BE] = "UTF-16BE",
  [HONE_ENCODING_WINDOWS_1252] = "windows-1252",
};

/* Plain texts are mostly ASCII: step over eight bytes at a time. */
static gsize
skip_ascii (const char *data,
            gsize       length)
{
  gsize at = 0;

  while (at + 8 <= length)
    {
      guint64 word;

      memcpy (&word, data + at, 8);
      if (word & G_GUINT64_CONSTANT (0x8080808080808080))
        break;
      at += 8;
    }
  while (at < length && (guchar) data[at] < 0x80)
    at++;

  return at;
}

/* Bytes of the character that starts here: 0 where none can start, -1 where it is cut by the end. */
static int
character_length (const guchar *data,
                  gsize         length)
{
  guint wanted, low = 0x80, high = 0xbf;

  if (data[0] < 0x80)
    return 1;
  if (data[0] >= 0xc2 && data[0] <= 0xdf)
    wanted = 2;
  else if (data[0] >= 0xe0 && data[0] <= 0xef)
    wanted = 3;
  else if (data[0] >= 0xf0 && data[0] <= 0xf4)
    wanted = 4;
  else
    return 0;

  if (data[0] == 0xe0)
    low = 0xa0;
  else if (data[0] == 0xed)
    high = 0x9f;
  else if (data[0] == 0xf0)
    low = 0x90;
  else if (data[0] == 0xf4)
    high = 0x8f;

  for (guint i = 1; i < wanted; i++)
    {
      if (i >= length)
        return -1;
      if (data[i] < low || data[i] > high)
        return 0;
      low = 0x80;
      high = 0xbf;
    }

  return wanted;
}

/**
 * hone_utf8_valid_length:
 * @data: bytes
 * @length: how many
 * @cut: (out): whether what follows is the valid start of one more character
 *
 * Returns: bytes of the longest start that is valid UTF-8
 */
gsize
hone_utf8_valid_length (const char *data,
                        gsize       length,
                        gboolean   *cut)
{
  gsize at = 0;

  *cut = FALSE;
  for (;;)
    {
      int n;

      at += skip_ascii (data + at, length - at);
      if (at >= length)
        return at;

      n = character_length ((const guchar *) data + at, length - at);
      if (n <= 0)
        {
          *cut = n < 0;
          return at;
        }
      at += n;
    }
}

void
hone_utf8_check_init (HoneUtf8Check *self)
{
  memset (self, 0, sizeof *self);
  self->valid = TRUE;
}

static gboolean
has_controls (const char *data,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = data[i];

      /* A NUL is told with its line when it is read. */
      if (c != 0 && c < 0x20 && (c < 0x09 || (c > 0x0d && c != 0x1a && c != 0x1b)))
        return TRUE;
    }

  return FALSE;
}

/**
 * hone_utf8_check_add:
 * @self: a check
 * @data: the next block
 * @length: its bytes
 *
 * Goes on with the check. At the end of the file `n_tail` says whether it is cut in the middle of a character.
 */
void
hone_utf8_check_add (HoneUtf8Check *self,
                     const char    *data,
                     gsize          length)
{
  gboolean cut;
  gsize valid;

  if (!self->controls)
    self->controls = has_controls (data, length);
  if (!self->valid)
    return;

  while (self->n_tail > 0 && length > 0)
    {
      int n;

      self->tail[self->n_tail++] = (guint8) *data;
      data++;
      length--;
      n = character_length (self->tail, self->n_tail);
      if (n > 0)
        {
          self->n_tail = 0;
          self->multibyte = TRUE;
        }
      else if (n == 0)
        {
          self->valid = FALSE;
          return;
        }
    }

  valid = hone_utf8_valid_length (data, length, &cut);
  if (!self->multibyte)
    self->multibyte = skip_ascii (data, valid) < valid;
  if (valid == length)
    return;
  if (!cut)
    {
      self->valid = FALSE;
      return;
    }
  self->n_tail = length - valid;
  memcpy (self->tail, data + valid, self->n_tail);
}

/**
 * hone_encoding_find_bom:
 * @data: the start of a file
 * @length: bytes
 * @encoding: (out): encoding that the mark names; untouched without a mark
 *
 * Returns: bytes of the byte order mark, 0 where there is none
 */
guint
hone_encoding_find_bom (const char   *data,
                        gsize         length,
                        HoneEncoding *encoding)
{
  if (length >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    {
      *encoding = HONE_ENCODING_UTF8;
      return 3;
    }
  if (length >= 2 && memcmp (data, "\377\376", 2) == 0)
    {
      *encoding = HONE_ENCODING_UTF16LE;
      return 2;
    }
  if (length >= 2 && memcmp (data, "\376\377", 2) == 0)
    {
      *encoding = HONE_ENCODING_UTF16BE;
      return 2;
    }

  return 0;
}

const char *
hone_encoding_get_name (HoneEncoding encoding)
{
  return encoding < G_N_ELEMENTS (encoding_names) ? encoding_names[encoding] : NULL;
}

/**
 * hone_encoding_from_name:
 * @name: a name the user gave, case does not matter
 * @encoding: (out): the encoding; %HONE_ENCODING_OTHER where iconv has to help
 *
 * Returns: whether it is one that needs no iconv
 */
gboolean
hone_encoding_from_name (const char   *name,
                         HoneEncoding *encoding)
{
  static const struct {
    const char   *name;
    HoneEncoding  encoding;
  } names[] = {
    { "utf-8", HONE_ENCODING_UTF8 }, { "utf8", HONE_ENCODING_UTF8 },
    { "windows-1252", HONE_ENCODING_WINDOWS_1252 }, { "cp1252", HONE_ENCODING_WINDOWS_1252 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (names[i].name, name) == 0)
        {
          *encoding = names[i].encoding;
          return TRUE;
        }
    }
  *encoding = HONE_ENCODING_OTHER;

  return FALSE;
}

/**
 * hone_windows_1252_decode:
 * @data: bytes
 * @length: how many
 * @out: room for three times as many
 *
 * Every byte means something: the five that windows-1252 leaves open are control characters, as browsers read them.
 *
 * Returns: bytes of UTF-8 written
 */
gsize
hone_windows_1252_decode (const char *data,
                          gsize       length,
                          char       *out)
{
  static const guint16 upper[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
  };
  char *start = out;

  for (gsize i = 0; i < length; i++)
    {
      guint c = (guchar) data[i];

      if (c < 0x80)
        {
          *out++ = (char) c;
          continue;
        }
      if (c < 0xa0)
        c = upper[c - 0x80];
      out += g_unichar_to_utf8 (c, out);
    }

  return out - start;
}
