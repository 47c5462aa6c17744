/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Core uses no JSON library, and a list of strings needs none. */
#include "config.h"

#include <string.h>

#include "hone-string-list-private.h"

static void
skip_blanks (const char **p)
{
  *p += strspn (*p, " \t\r\n");
}

/* Four hexadecimal digits; -1 where there are not. */
static int
read_hex4 (const char *p)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* Behind "\u". A lone surrogate becomes U+FFFD. */
static gboolean
read_unicode_escape (const char **p,
                     GString     *out)
{
  int unit = read_hex4 (*p);
  gunichar c;

  if (unit <= 0)
    return FALSE;
  *p += 4;

  c = unit;
  if (unit >= 0xd800 && unit < 0xe000)
    {
      int low = unit < 0xdc00 && (*p)[0] == '\\' && (*p)[1] == 'u' ? read_hex4 (*p + 2) : -1;

      c = 0xfffd;
      if (low >= 0xdc00 && low < 0xe000)
        {
          c = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
          *p += 6;
        }
    }

  g_string_append_unichar (out, c);
  return TRUE;
}

static gboolean
read_escape (const char **p,
             GString     *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *letter;
  char c = *(*p)++;

  if (c == 'u')
    return read_unicode_escape (p, out);

  letter = c != '\0' ? strchr (letters, c) : NULL;
  if (letter == NULL)
    return FALSE;

  g_string_append_c (out, values[letter - letters]);
  return TRUE;
}

static char *
read_string (const char **p)
{
  GString *out;

  if (**p != '"')
    return NULL;

  (*p)++;
  out = g_string_new (NULL);
  for (;;)
    {
      gsize plain = strcspn (*p, "\"\\");

      g_string_append_len (out, *p, plain);
      *p += plain;
      if (**p == '"')
        break;
      if (**p == '\0' || (++*p, !read_escape (p, out)))
        {
          g_string_free (out, TRUE);
          return NULL;
        }
    }

  (*p)++;
  return g_string_free (out, FALSE);
}

/**
 * _hone_string_list_parse:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the strings, where the text is one JSON list of
 *   strings with nothing but blanks around it
 */
GPtrArray *
_hone_string_list_parse (const char *text)
{
  g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);

  skip_blanks (&text);
  if (*text++ != '[')
    return NULL;

  skip_blanks (&text);
  while (*text != ']')
    {
      char *string;

      if (strings->len > 0)
        {
          if (*text++ != ',')
            return NULL;
          skip_blanks (&text);
        }
      string = read_string (&text);
      if (string == NULL)
        return NULL;
      g_ptr_array_add (strings, string);
      skip_blanks (&text);
    }

  text++;
  skip_blanks (&text);
  return *text == '\0' ? g_steal_pointer (&strings) : NULL;
}

static void
append_quoted (GString    *out,
               const char *string)
{
  g_string_append_c (out, '"');
  for (; *string != '\0'; string++)
    {
      if (*string == '"' || *string == '\\')
        g_string_append_c (out, '\\');
      if ((guchar) *string < 0x20)
        g_string_append_printf (out, "\\u%04x", *string);
      else
        g_string_append_c (out, *string);
    }
  g_string_append_c (out, '"');
}

/**
 * _hone_string_list_write:
 * @strings: (array length=n_strings): strings
 * @n_strings: how many
 *
 * Returns: (transfer full): them as a JSON list on one line
 */
char *
_hone_string_list_write (const char * const *strings,
                         gsize               n_strings)
{
  GString *out = g_string_new ("[");

  for (gsize i = 0; i < n_strings; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      append_quoted (out, strings[i]);
    }

  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}
