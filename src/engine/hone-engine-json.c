/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-glib reads nested values by recursion, so a line of 200,000 brackets would end the program: the depth is
 * counted before it sees the text. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-engine-error.h"
#include "hone-engine-json.h"

#define MAX_DEPTH 32

typedef enum {
  HONE_SHAPE_OBJECT,
  HONE_SHAPE_OTHER,      /* something else, cut off, or more behind it */
  HONE_SHAPE_TOO_DEEP,
} HoneShape;

/* json-glib would also take half of two objects in a row, comments and single quotes: brackets must match here. */
static HoneShape
find_shape (const char *text,
            gsize       length)
{
  gboolean in_string = FALSE, ended = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          i += c == '\\';
          in_string = c != '"';
        }
      else if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        continue;
      else if (ended || (depth == 0 && c != '{'))
        return HONE_SHAPE_OTHER;
      else if (c == '"')
        in_string = TRUE;
      else if ((c == '[' || c == '{') && ++depth > MAX_DEPTH)
        return HONE_SHAPE_TOO_DEEP;
      else if (c == ']' || c == '}')
        ended = --depth == 0;
    }
  return ended ? HONE_SHAPE_OBJECT : HONE_SHAPE_OTHER;
}

/**
 * hone_engine_json_parse:
 * @parser: reused from line to line
 * @text: bytes from outside
 * @length: how many
 * @error: return location
 *
 * Reads one object.
 *
 * Returns: (transfer none): the object until the parser is used again, or %NULL
 */
JsonObject *
hone_engine_json_parse (JsonParser *parser,
                        const char *text,
                        gsize       length,
                        GError    **error)
{
  JsonNode *root;
  HoneShape shape;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("it is not UTF-8 text"));
      return NULL;
    }
  shape = find_shape (text, length);
  if (shape == HONE_SHAPE_OTHER)
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("it is not one whole JSON object"));
      return NULL;
    }
  if (shape == HONE_SHAPE_TOO_DEEP)
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("it is nested more than %d levels deep"), MAX_DEPTH);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, (gssize) length, error))
    return NULL;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_get_object (root);
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("it is not a JSON object"));
  return NULL;
}

static gboolean
wrong_type (const char *member,
            const char *wanted,
            GError    **error)
{
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("“%s” is not %s"), member, wanted);
  return FALSE;
}

static JsonNode *
find (JsonObject *object,
      const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/**
 * hone_engine_json_get_string:
 * @object: an object
 * @member: name
 * @value: (inout): left alone where the member is absent or null
 * @error: return location
 *
 * Returns: %FALSE where the member is something else
 */
gboolean
hone_engine_json_get_string (JsonObject  *object,
                             const char  *member,
                             const char **value,
                             GError     **error)
{
  JsonNode *node = find (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wrong_type (member, _("a string"), error);
  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * hone_engine_json_get_integer:
 * @object: an object
 * @member: name
 * @value: (inout): left alone where the member is absent or null
 * @error: return location
 *
 * Returns: %FALSE where the member is something else
 */
gboolean
hone_engine_json_get_integer (JsonObject *object,
                              const char *member,
                              gint64     *value,
                              GError    **error)
{
  JsonNode *node = find (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return wrong_type (member, _("a whole number"), error);
  *value = json_node_get_int (node);
  return TRUE;
}

/**
 * hone_engine_json_get_number:
 * @object: an object
 * @member: name
 * @value: (inout): left alone where the member is absent or null
 * @error: return location
 *
 * Returns: %FALSE where the member is something else or not finite
 */
gboolean
hone_engine_json_get_number (JsonObject *object,
                             const char *member,
                             double     *value,
                             GError    **error)
{
  JsonNode *node = find (object, member);
  GType type;

  if (node == NULL)
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if ((type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) || !isfinite (json_node_get_double (node)))
    return wrong_type (member, _("a number"), error);
  *value = json_node_get_double (node);
  return TRUE;
}

/**
 * hone_engine_json_get_array:
 * @object: an object
 * @member: name
 * @value: (inout): left alone where the member is absent or null
 * @error: return location
 *
 * Returns: %FALSE where the member is something else
 */
gboolean
hone_engine_json_get_array (JsonObject *object,
                            const char *member,
                            JsonArray **value,
                            GError    **error)
{
  JsonNode *node = find (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return wrong_type (member, _("a list"), error);
  *value = json_node_get_array (node);
  return TRUE;
}

/**
 * hone_engine_json_get_object:
 * @object: an object
 * @member: name
 * @value: (inout): left alone where the member is absent or null
 * @error: return location
 *
 * Returns: %FALSE where the member is something else
 */
gboolean
hone_engine_json_get_object (JsonObject  *object,
                             const char  *member,
                             JsonObject **value,
                             GError     **error)
{
  JsonNode *node = find (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wrong_type (member, _("an object"), error);
  *value = json_node_get_object (node);
  return TRUE;
}

/**
 * hone_engine_json_put_string:
 * @out: where to append
 * @string: valid UTF-8
 *
 * Appends a string with quotes and escapes.
 */
void
hone_engine_json_put_string (GString    *out,
                             const char *string)
{
  g_string_append_c (out, '"');
  for (const char *p = string; *p != '\0'; p++)
    {
      guint8 c = (guint8) *p;

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}

/**
 * hone_engine_json_put_number:
 * @out: where to append
 * @number: any number
 *
 * Appends a number with seven significant digits, or null.
 */
void
hone_engine_json_put_number (GString *out,
                             double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (number))
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.7g", number));
  else
    g_string_append (out, "null");
}
