/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and printing the value tree of one JSON record. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-json-private.h"

/**
 * hone_json_free:
 * @self: (nullable) (transfer full): a root
 *
 * Frees the whole tree. Only roots can be freed.
 */
void
hone_json_free (HoneJson *self)
{
  HoneJsonDocument *document = (HoneJsonDocument *) self;

  if (self == NULL)
    return;

  while (document->blocks != NULL)
    {
      HoneJsonBlock *next = document->blocks->next;

      g_free (document->blocks);
      document->blocks = next;
    }
  g_free (document->strings);
  g_free (document);
}

/**
 * hone_json_get_type_of:
 * @self: (nullable): a value
 *
 * Returns: its type; null for %NULL
 */
HoneJsonType
hone_json_get_type_of (const HoneJson *self)
{
  return self != NULL ? self->type : HONE_JSON_NULL;
}

/**
 * hone_json_get_size:
 * @self: (nullable): a value
 *
 * Returns: the number of elements or members; 0 for anything but arrays and objects
 */
gsize
hone_json_get_size (const HoneJson *self)
{
  return self != NULL ? self->size : 0;
}

/**
 * hone_json_get_nth:
 * @self: (nullable): an array or object
 * @nth: from 0
 *
 * Returns: (transfer none) (nullable): that element or that member's value; %NULL outside
 */
HoneJson *
hone_json_get_nth (const HoneJson *self,
                   gsize           nth)
{
  if (self == NULL || nth >= self->size)
    return NULL;

  return &self->children[nth];
}

/**
 * hone_json_get_name:
 * @self: (nullable): an object
 * @nth: from 0
 *
 * Returns: (transfer none) (nullable): the name of that member
 */
const char *
hone_json_get_name (const HoneJson *self,
                    gsize           nth)
{
  if (self == NULL || nth >= self->size)
    return NULL;

  return self->children[nth].name;
}

/**
 * hone_json_get:
 * @self: (nullable): an object
 * @name: name of a member
 *
 * Returns: (transfer none) (nullable): the member's value; %NULL if absent or @self is no object
 */
HoneJson *
hone_json_get (const HoneJson *self,
               const char     *name)
{
  if (self == NULL || self->type != HONE_JSON_OBJECT)
    return NULL;

  for (gsize i = 0; i < self->size; i++)
    {
      if (strcmp (self->children[i].name, name) == 0)
        return &self->children[i];
    }

  return NULL;
}

/**
 * hone_json_get_path:
 * @self: (nullable): a value
 * @path: names and numbers joined by full stops: "data.items.0.text"
 *
 * Follows members and elements. A member whose own name holds full stops is found as well, as long as the rest of the path is
 * its name.
 *
 * Returns: (transfer none) (nullable): the value there
 */
HoneJson *
hone_json_get_path (const HoneJson *self,
                    const char     *path)
{
  const HoneJson *at = self;

  while (at != NULL)
    {
      const char *dot = strchr (path, '.');
      HoneJson *whole = at->type == HONE_JSON_OBJECT ? hone_json_get (at, path) : NULL;
      g_autofree char *step = NULL;

      if (whole != NULL || (dot == NULL && at->type != HONE_JSON_ARRAY))
        return whole;

      step = dot != NULL ? g_strndup (path, dot - path) : g_strdup (path);
      if (at->type == HONE_JSON_OBJECT)
        at = hone_json_get (at, step);
      else if (at->type == HONE_JSON_ARRAY && g_ascii_isdigit (*step))
        at = hone_json_get_nth (at, g_ascii_strtoull (step, NULL, 10));
      else
        return NULL;
      if (dot == NULL)
        return (HoneJson *) at;
      path = dot + 1;
    }

  return NULL;
}

/**
 * hone_json_get_string:
 * @self: (nullable): a value
 *
 * Returns: (transfer none) (nullable): the string; %NULL for all other types
 */
const char *
hone_json_get_string (const HoneJson *self)
{
  return self != NULL && self->type == HONE_JSON_STRING ? self->text : NULL;
}

/**
 * hone_json_get_number:
 * @self: (nullable): a value
 *
 * Returns: the number; NAN for all other types
 */
double
hone_json_get_number (const HoneJson *self)
{
  if (self == NULL || self->type != HONE_JSON_NUMBER)
    return NAN;

  return g_ascii_strtod (self->text, NULL);
}

/**
 * hone_json_get_boolean:
 * @self: (nullable): a value
 *
 * Returns: whether the value is `true`
 */
gboolean
hone_json_get_boolean (const HoneJson *self)
{
  return self != NULL && self->type == HONE_JSON_BOOLEAN && self->truth;
}

/**
 * hone_json_dup_text:
 * @self: (nullable): a value
 *
 * Text of a scalar, for ids and metadata: strings as they are, numbers with all digits but without ".0" at the end, which
 * pandas adds to whole numbers beside gaps.
 *
 * Returns: (transfer full) (nullable): the text; %NULL for null, arrays and objects
 */
char *
hone_json_dup_text (const HoneJson *self)
{
  switch (hone_json_get_type_of (self))
    {
    case HONE_JSON_STRING:
      return g_strdup (self->text);
    case HONE_JSON_BOOLEAN:
      return g_strdup (self->truth ? "true" : "false");
    case HONE_JSON_NUMBER:
      {
        const char *dot = strchr (self->text, '.');

        if (dot != NULL && strspn (dot + 1, "0") == strlen (dot + 1))
          return g_strndup (self->text, dot - self->text);
        return g_strdup (self->text);
      }
    case HONE_JSON_NULL:
    case HONE_JSON_ARRAY:
    case HONE_JSON_OBJECT:
    default:
      return NULL;
    }
}

/**
 * hone_json_had_lone_surrogate:
 * @root: (nullable): what hone_json_parse() gave
 *
 * Returns: whether half a surrogate pair became U+FFFD somewhere in it
 */
gboolean
hone_json_had_lone_surrogate (const HoneJson *root)
{
  return root != NULL && ((const HoneJsonDocument *) root)->lone_surrogate;
}

/**
 * hone_json_print:
 * @self: (nullable): a value
 * @out: where to append
 *
 * Appends compact JSON that hone_json_parse() reads back as the same tree.
 */
void
hone_json_print (const HoneJson *self,
                 GString        *out)
{
  g_return_if_fail (out != NULL);

  switch (hone_json_get_type_of (self))
    {
    case HONE_JSON_BOOLEAN:
      g_string_append (out, self->truth ? "true" : "false");
      break;
    case HONE_JSON_NUMBER:
      g_string_append (out, self->text);
      break;
    case HONE_JSON_STRING:
      hone_json_print_string (out, self->text);
      break;
    case HONE_JSON_ARRAY:
    case HONE_JSON_OBJECT:
      g_string_append_c (out, self->type == HONE_JSON_ARRAY ? '[' : '{');
      for (gsize i = 0; i < self->size; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          if (self->type == HONE_JSON_OBJECT)
            {
              hone_json_print_string (out, self->children[i].name);
              g_string_append_c (out, ':');
            }
          hone_json_print (&self->children[i], out);
        }
      g_string_append_c (out, self->type == HONE_JSON_ARRAY ? ']' : '}');
      break;
    case HONE_JSON_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

/**
 * hone_json_print_string:
 * @out: where to append
 * @string: (nullable): UTF-8; %NULL appends null
 *
 * Appends a JSON string with its quotes. Only what must be is escaped.
 */
void
hone_json_print_string (GString    *out,
                        const char *string)
{
  const char *run, *at;

  g_return_if_fail (out != NULL);

  if (string == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  g_string_append_c (out, '"');
  for (run = at = string; *at != '\0'; at++)
    {
      static const char special[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
      const char *found;

      if ((guchar) *at >= 0x20 && *at != '"' && *at != '\\' && *at != 0x7f)
        continue;

      g_string_append_len (out, run, at - run);
      found = strchr (special, *at);
      if (found != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, letters[found - special]);
        }
      else
        {
          g_string_append_printf (out, "\\u%04x", (guchar) *at);
        }
      run = at + 1;
    }
  g_string_append_len (out, run, at - run);
  g_string_append_c (out, '"');
}

/**
 * hone_json_print_number:
 * @out: where to append
 * @number: a number
 *
 * Appends the shortest form that reads back as the same double, in the C locale; null for anything not finite.
 */
void
hone_json_print_number (GString *out,
                        double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (out != NULL);

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }

  /* 15 digits say what people wrote ("0.1"); only where that is another double are 17 needed. */
  for (guint digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%ug", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  g_string_append (out, buffer);
}
