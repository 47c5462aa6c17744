/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding where a JSON value ends: brackets are counted with their kinds, strings stepped over. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-format.h"
#include "hone-json-private.h"
#include "hone-json-scan.h"

static const guint8 structural[256] = { ['"'] = 1, ['['] = 1, [']'] = 1, ['{'] = 1, ['}'] = 1 };

static gboolean
is_blank (int c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

gboolean
hone_json_scan_fail (HoneInput   *input,
                     gsize        offset,
                     GError     **error,
                     const char  *reason)
{
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED, _("“%s”, line %" G_GUINT64_FORMAT ": %s"),
               hone_input_get_path (input), hone_input_line_at (input, offset), reason);

  return FALSE;
}

int
hone_json_scan_byte (HoneInput  *input,
                     gsize       offset,
                     GError    **error)
{
  const char *window;
  gsize length;
  gssize added;

  for (;;)
    {
      window = hone_input_window (input, &length);
      if (offset < length)
        return (guchar) window[offset];

      added = hone_input_fill (input, error);
      if (added <= 0)
        return (int) added;
    }
}

int
hone_json_scan_next (HoneInput  *input,
                     gsize      *offset,
                     GError    **error)
{
  int c;

  while (is_blank (c = hone_json_scan_byte (input, *offset, error)))
    (*offset)++;

  return c;
}

int
hone_json_scan_skip (HoneInput  *input,
                     GError    **error)
{
  for (;;)
    {
      gsize length, n = 0;
      const char *window;
      int c = hone_json_scan_byte (input, 0, error);

      if (!is_blank (c))
        return c;

      window = hone_input_window (input, &length);
      while (n < length && is_blank (window[n]))
        n++;
      hone_input_skip (input, n);
    }
}

gboolean
hone_json_scan_string (HoneInput  *input,
                       gsize      *offset,
                       GError    **error)
{
  gsize start = *offset, at = *offset + 1;

  for (;;)
    {
      gsize length;
      const char *window;
      int c = hone_json_scan_byte (input, at, error);

      if (c < 0)
        return FALSE;
      if (c == 0)
        return hone_json_scan_fail (input, start, error, _("the file ends inside a string that opens here"));

      window = hone_input_window (input, &length);
      while (at < length && window[at] != '"' && window[at] != '\\' && window[at] != '\n')
        at++;
      if (at == length)
        continue;

      if (window[at] == '"')
        break;
      if (window[at] == '\n')
        return hone_json_scan_fail (input, start, error, _("a string is not closed on its line"));
      at += 2;
    }
  *offset = at + 1;

  return TRUE;
}

/* From an opening bracket to behind its partner. */
static gboolean
scan_container (HoneInput  *input,
                gsize      *offset,
                GError    **error)
{
  char closing[HONE_JSON_MAX_DEPTH];
  gsize start = *offset, at = *offset;
  guint depth = 0;

  do
    {
      gsize length;
      const char *window;
      int c = hone_json_scan_byte (input, at, error);

      if (c < 0)
        return FALSE;
      if (c == 0)
        return hone_json_scan_fail (input, start, error, _("the file ends before the value that begins here is closed"));

      window = hone_input_window (input, &length);
      while (at < length && !structural[(guchar) window[at]])
        at++;
      if (at == length)
        continue;

      switch (window[at])
        {
        case '"':
          if (!hone_json_scan_string (input, &at, error))
            return FALSE;
          break;
        case '[':
        case '{':
          if (depth == HONE_JSON_MAX_DEPTH)
            return hone_json_scan_fail (input, start, error, _("the value that begins here is nested more than 512 levels deep"));
          closing[depth++] = window[at++] == '[' ? ']' : '}';
          break;
        default:
          if (window[at] != closing[--depth])
            return hone_json_scan_fail (input, at, error, window[at] == ']' ? _("there is “]” where “}” was expected")
                                                                            : _("there is “}” where “]” was expected"));
          at++;
          break;
        }
    }
  while (depth > 0);
  *offset = at;

  return TRUE;
}

gboolean
hone_json_scan_value (HoneInput  *input,
                      gsize      *offset,
                      GError    **error)
{
  gsize start = *offset;
  int c = hone_json_scan_byte (input, *offset, error);

  if (c == '{' || c == '[')
    return scan_container (input, offset, error);
  if (c == '"')
    return hone_json_scan_string (input, offset, error);

  while (c > 0 && !is_blank (c) && strchr (",:[]{}\"", c) == NULL)
    c = hone_json_scan_byte (input, ++*offset, error);
  if (c < 0)
    return FALSE;
  if (*offset == start)
    return hone_json_scan_fail (input, start, error,
                                c == 0 ? _("the file ends where a value was expected") : _("a JSON value was expected"));

  return TRUE;
}
