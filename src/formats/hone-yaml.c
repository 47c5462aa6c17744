/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of YAML that cards of data sets and models use, turned into a value tree. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-format.h"
#include "hone-yaml.h"

#define MAX_DEPTH 64
#define MAX_LINES 200000
/* A list in braces over several lines is tried anew with each line more. */
#define MAX_INLINE (16 * 1024)

typedef struct {
  guint       number;
  gsize       indent;
  char       *content;       /* without indent and blanks at the end */
} Line;

typedef struct {
  GPtrArray  *lines;         /* of Line: neither blank nor comment */
  guint       at;
  guint       depth;
  GString    *out;           /* JSON */
} Parser;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->content);
  g_free (line);
}

static gboolean
fail (Parser  *self,
      GError **error)
{
  const Line *line = self->at < self->lines->len ? g_ptr_array_index (self->lines, self->at) : NULL;

  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED, _("The head of the card cannot be read at line %u"),
               line != NULL ? line->number : 0);

  return FALSE;
}

static Line *
current (Parser *self)
{
  return self->at < self->lines->len ? g_ptr_array_index (self->lines, self->at) : NULL;
}

/* ---- scalars and braces ---- */

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t\n");
}

/* 'it''s' */
static const char *
parse_single_quoted (const char *at,
                     GString    *text)
{
  for (at++; *at != '\0'; at++)
    {
      if (*at != '\'')
        g_string_append_c (text, *at);
      else if (at[1] == '\'')
        g_string_append_c (text, *at++);
      else
        return at + 1;
    }

  return NULL;
}

/* "a\tb": the escapes of JSON. */
static const char *
parse_double_quoted (const char *at,
                     GString    *text)
{
  const char *end = at + 1;
  g_autoptr(HoneJson) value = NULL;

  while (*end != '\0' && *end != '"')
    end += *end == '\\' && end[1] != '\0' ? 2 : 1;
  if (*end == '\0')
    return NULL;

  value = hone_json_parse (at, end + 1 - at, NULL);
  if (hone_json_get_string (value) == NULL)
    return NULL;
  g_string_append (text, hone_json_get_string (value));

  return end + 1;
}

static const char *
parse_plain (const char *at,
             const char *stops,
             GString    *text)
{
  const char *end = at;

  while (*end != '\0' && strchr (stops, *end) == NULL && !(*end == '#' && end > at && g_ascii_isspace (end[-1]))
         && !(*stops != '\0' && *end == ':' && (end[1] == ' ' || end[1] == '\0')))
    end++;
  g_string_append_len (text, at, end - at);
  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);

  return *end == '#' ? end + strlen (end) : end;
}

/* Behind the scalar, or NULL. *null: plain null. */
static const char *
parse_scalar (const char *at,
              const char *stops,
              GString    *text,
              gboolean   *null)
{
  *null = FALSE;
  if (*at == '\'')
    return parse_single_quoted (at, text);
  if (*at == '"')
    return parse_double_quoted (at, text);

  at = parse_plain (at, stops, text);
  *null = text->len == 0 || strcmp (text->str, "~") == 0 || strcmp (text->str, "null") == 0;

  return at;
}

static const char *parse_flow (Parser *self, const char *at, const char *stops);

static const char *
parse_flow_list (Parser     *self,
                 const char *at)
{
  gboolean first = TRUE;

  g_string_append_c (self->out, '[');
  for (at = skip_blanks (at + 1); *at != ']'; at = skip_blanks (at))
    {
      if (!first)
        g_string_append_c (self->out, ',');
      first = FALSE;
      at = parse_flow (self, at, ",]");
      if (at == NULL)
        return NULL;
      at = skip_blanks (at);
      if (*at == ',')
        at++;
      else if (*at != ']')
        return NULL;
    }
  g_string_append_c (self->out, ']');

  return at + 1;
}

static const char *
parse_flow_map (Parser     *self,
                const char *at)
{
  gboolean first = TRUE;

  g_string_append_c (self->out, '{');
  for (at = skip_blanks (at + 1); *at != '}'; at = skip_blanks (at))
    {
      g_autoptr(GString) key = g_string_new (NULL);
      gboolean null;

      if (!first)
        g_string_append_c (self->out, ',');
      first = FALSE;
      at = parse_scalar (at, ",:}", key, &null);
      if (at == NULL || *(at = skip_blanks (at)) != ':')
        return NULL;
      hone_json_print_string (self->out, key->str);
      g_string_append_c (self->out, ':');
      at = parse_flow (self, skip_blanks (at + 1), ",}");
      if (at == NULL)
        return NULL;
      at = skip_blanks (at);
      if (*at == ',')
        at++;
      else if (*at != '}')
        return NULL;
    }
  g_string_append_c (self->out, '}');

  return at + 1;
}

static const char *
parse_flow (Parser     *self,
            const char *at,
            const char *stops)
{
  g_autoptr(GString) text = NULL;
  gboolean null;

  if (*at == '[' || *at == '{')
    {
      if (++self->depth > MAX_DEPTH)
        return NULL;
      at = *at == '[' ? parse_flow_list (self, at) : parse_flow_map (self, at);
      self->depth--;
      return at;
    }

  text = g_string_new (NULL);
  at = parse_scalar (at, stops, text, &null);
  if (null)
    g_string_append (self->out, "null");
  else
    hone_json_print_string (self->out, text->str);

  return at;
}

/* ---- lines ---- */

/* Where the value of "key: value" begins; NULL where the line is no such thing. */
static const char *
split_key (const char *content,
           GString    *key)
{
  const char *at = content;
  gboolean null;

  if (*at == '\'' || *at == '"')
    {
      at = parse_scalar (at, "", key, &null);
      if (at == NULL)
        return NULL;
      at = skip_blanks (at);
      return *at == ':' && (at[1] == ' ' || at[1] == '\0') ? skip_blanks (at + 1) : NULL;
    }
  if (*at == '{' || *at == '[')
    return NULL;

  for (; *at != '\0'; at++)
    {
      if (*at == ':' && (at[1] == ' ' || at[1] == '\0'))
        {
          g_string_append_len (key, content, at - content);
          return skip_blanks (at + 1);
        }
    }

  return NULL;
}

static gboolean
is_item (const Line *line)
{
  return line->content[0] == '-' && (line->content[1] == ' ' || line->content[1] == '\0');
}

static gboolean parse_block (Parser *self, gsize indent, GError **error);

/* | and >: the deeper lines as they are; how they are folded matters to nobody here. */
static void
parse_block_scalar (Parser *self,
                    gsize   indent)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (self->at++; current (self) != NULL && current (self)->indent > indent; self->at++)
    {
      g_string_append (text, current (self)->content);
      g_string_append_c (text, '\n');
    }
  hone_json_print_string (self->out, text->str);
}

/* A value in braces may go on over the next lines. */
static gboolean
parse_inline (Parser      *self,
              const char  *value,
              GError     **error)
{
  g_autoptr(GString) text = g_string_new (value);
  gsize before = self->out->len;
  guint start = self->at, depth = self->depth;

  for (;;)
    {
      const char *end;

      end = parse_flow (self, text->str, "");
      if (end != NULL && (*skip_blanks (end) == '\0' || *skip_blanks (end) == '#'))
        {
          self->at++;
          return TRUE;
        }
      g_string_truncate (self->out, before);
      self->depth = depth;
      if ((*value != '[' && *value != '{') || self->at + 1 >= self->lines->len || text->len > MAX_INLINE)
        {
          self->at = start;
          return fail (self, error);
        }
      self->at++;
      g_string_append_c (text, ' ');
      g_string_append (text, current (self)->content);
    }
}

/* What follows "key:" or "-" on its line or below. @indent: of the line. */
static gboolean
parse_value (Parser      *self,
             const char  *value,
             gsize        indent,
             gboolean     in_map,
             GError     **error)
{
  if (*value == '|' || *value == '>')
    {
      parse_block_scalar (self, indent);
      return TRUE;
    }
  if (*value != '\0' && *value != '#')
    return parse_inline (self, value, error);

  self->at++;
  if (current (self) != NULL && (current (self)->indent > indent || (in_map && current (self)->indent == indent && is_item (current (self)))))
    return parse_block (self, current (self)->indent, error);

  g_string_append (self->out, "null");
  return TRUE;
}

static gboolean
parse_list (Parser  *self,
            gsize    indent,
            GError **error)
{
  gboolean first = TRUE;

  g_string_append_c (self->out, '[');
  while (current (self) != NULL && current (self)->indent == indent && is_item (current (self)))
    {
      Line *line = current (self);
      g_autofree char *rest = g_strdup (skip_blanks (line->content + 1));
      g_autoptr(GString) key = g_string_new (NULL);
      gsize offset = skip_blanks (line->content + 1) - line->content;

      if (!first)
        g_string_append_c (self->out, ',');
      first = FALSE;

      if (*rest != '\0' && (*rest == '-' || split_key (rest, key) != NULL) && *rest != '{' && *rest != '[')
        {
          /* "- name: x": a mapping that begins on this line. */
          line->indent += offset;
          memmove (line->content, line->content + offset, strlen (line->content + offset) + 1);
          if (!parse_block (self, line->indent, error))
            return FALSE;
        }
      else if (!parse_value (self, rest, indent, FALSE, error))
        {
          return FALSE;
        }
    }
  g_string_append_c (self->out, ']');

  return TRUE;
}

static gboolean
parse_map (Parser  *self,
           gsize    indent,
           GError **error)
{
  gboolean first = TRUE;

  g_string_append_c (self->out, '{');
  while (current (self) != NULL && current (self)->indent == indent && !is_item (current (self)))
    {
      g_autoptr(GString) key = g_string_new (NULL);
      g_autofree char *content = g_strdup (current (self)->content);
      const char *value = split_key (content, key);

      if (value == NULL)
        return fail (self, error);
      if (!first)
        g_string_append_c (self->out, ',');
      first = FALSE;
      hone_json_print_string (self->out, key->str);
      g_string_append_c (self->out, ':');
      if (!parse_value (self, value, indent, TRUE, error))
        return FALSE;
    }
  g_string_append_c (self->out, '}');

  return TRUE;
}

static gboolean
parse_block (Parser  *self,
             gsize    indent,
             GError **error)
{
  gboolean parsed;

  if (self->depth >= MAX_DEPTH)
    return fail (self, error);

  self->depth++;
  parsed = is_item (current (self)) ? parse_list (self, indent, error) : parse_map (self, indent, error);
  self->depth--;
  /* A line between two depths belongs nowhere. */
  if (parsed && current (self) != NULL && current (self)->indent > indent)
    return fail (self, error);

  return parsed;
}

static GPtrArray *
split_lines (const char *text)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  guint number = 0;

  while (*text != '\0' && number < MAX_LINES)
    {
      gsize length = strcspn (text, "\n");
      gsize indent = 0;
      gsize end = length;

      number++;
      while (indent < length && text[indent] == ' ')
        indent++;
      while (end > indent && g_ascii_isspace (text[end - 1]))
        end--;
      if (end > indent && text[indent] != '#')
        {
          Line *line = g_new0 (Line, 1);

          line->number = number;
          line->indent = indent;
          line->content = g_strndup (text + indent, end - indent);
          g_ptr_array_add (lines, line);
        }
      text += length + (text[length] == '\n');
    }

  return g_steal_pointer (&lines);
}

HoneJson *
_hone_yaml_parse (const char  *text,
                  GError     **error)
{
  g_autoptr(GPtrArray) lines = split_lines (text);
  g_autoptr(GString) out = g_string_new (NULL);
  Parser parser = { .lines = lines, .out = out };

  if (lines->len == 0)
    return hone_json_parse ("{}", -1, error);
  if (!parse_block (&parser, current (&parser)->indent, error))
    return NULL;
  if (current (&parser) != NULL)
    {
      fail (&parser, error);
      return NULL;
    }

  return hone_json_parse (out->str, out->len, error);
}

HoneJson *
_hone_card_parse (const char  *text,
                  GError     **error)
{
  g_autofree char *head = NULL;
  const char *start, *end;

  if (!g_str_has_prefix (text, "---\n") && !g_str_has_prefix (text, "---\r\n"))
    return NULL;

  start = strchr (text, '\n') + 1;
  end = g_str_has_prefix (start, "---") ? start : strstr (start, "\n---");
  if (end == NULL)
    return NULL;

  head = g_strndup (start, end == start ? 0 : end + 1 - start);
  return _hone_yaml_parse (head, error);
}

/* Letters, digits and a few marks need no quotes unless the whole could be another type. */
static gboolean
is_plain (const char *scalar)
{
  static const char * const others[] = { "null", "true", "false", "yes", "no", "on", "off", "y", "n", NULL };
  gboolean letter = FALSE;

  for (const char *at = scalar; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && *at != '_' && *at != '-' && *at != '.' && *at != '/')
        return FALSE;
      letter = letter || g_ascii_isalpha (*at);
    }
  for (gsize i = 0; others[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (others[i], scalar) == 0)
        return FALSE;
    }

  /* 1e5 and 0x1f are numbers. */
  return letter && g_ascii_isalpha (*scalar);
}

void
_hone_yaml_print (GString    *out,
                  const char *scalar)
{
  if (is_plain (scalar))
    g_string_append (out, scalar);
  else
    hone_json_print_string (out, scalar);   /* YAML reads JSON strings */
}
