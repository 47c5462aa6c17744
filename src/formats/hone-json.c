/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value tree of one JSON record. Numbers stay text until somebody asks, so that nothing is lost on the way through;
 * strings, names and nodes lie in a few blocks that the root owns. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-format.h"
#include "hone-json.h"

/* Nobody nests records this deep; a limit keeps parser and printer on a small stack. */
#define MAX_DEPTH 512
#define BLOCK_NODES 64

struct _HoneJson {
  HoneJsonType type;
  gboolean     truth;
  gsize        size;           /* of arrays and objects */
  const char  *text;           /* strings, numbers as they were written; NULL for NaN and the infinities */
  const char  *name;           /* where it is a member */
  HoneJson    *children;
};

typedef struct _NodeBlock NodeBlock;
struct _NodeBlock {
  NodeBlock *next;
  gsize      used, size;
  HoneJson   nodes[];
};

typedef struct {
  HoneJson   root;             /* first: roots are freed through it */
  NodeBlock *blocks;
  char      *strings;
  gboolean   lone_surrogate;
} Document;

typedef struct {
  const char *start, *at, *end;
  char       *out;             /* next free byte for strings: they never grow when decoded */
  Document   *document;
  HoneJson   *stack;           /* values of the arrays and objects that are open */
  gsize       n_stack, stack_size;
  GError    **error;
} Parser;

static gboolean parse_value (Parser   *parser,
                             HoneJson *node,
                             guint     depth);

static gboolean
fail (Parser     *parser,
      const char *wanted)
{
  gsize place = parser->at - parser->start + 1;

  if (parser->at >= parser->end)
    g_set_error (parser->error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                 _("the JSON value ends at byte %" G_GSIZE_FORMAT ", where %s was expected"), place, wanted);
  else if (g_ascii_isprint (*parser->at))
    g_set_error (parser->error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                 _("the JSON value has “%c” at byte %" G_GSIZE_FORMAT ", where %s was expected"), *parser->at, place, wanted);
  else
    g_set_error (parser->error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                 _("the JSON value has byte 0x%02X at byte %" G_GSIZE_FORMAT ", where %s was expected"),
                 (guchar) *parser->at, place, wanted);

  return FALSE;
}

static void
skip_blanks (Parser *parser)
{
  while (parser->at < parser->end &&
         (*parser->at == ' ' || *parser->at == '\n' || *parser->at == '\r' || *parser->at == '\t'))
    parser->at++;
}

static HoneJson *
take_nodes (Document *document,
            gsize     n)
{
  NodeBlock *block = document->blocks;
  HoneJson *nodes;

  if (block == NULL || block->size - block->used < n)
    {
      gsize size = MAX (n, BLOCK_NODES);

      block = g_malloc (sizeof (NodeBlock) + size * sizeof (HoneJson));
      block->used = 0;
      block->size = size;
      block->next = document->blocks;
      document->blocks = block;
    }

  nodes = block->nodes + block->used;
  block->used += n;

  return nodes;
}

static void
push (Parser         *parser,
      const HoneJson *node)
{
  if (parser->n_stack == parser->stack_size)
    {
      parser->stack_size = MAX (32, parser->stack_size * 2);
      parser->stack = g_renew (HoneJson, parser->stack, parser->stack_size);
    }

  parser->stack[parser->n_stack++] = *node;
}

static gboolean
parse_hex4 (const char *at,
            const char *end,
            guint      *code)
{
  if (end - at < 4)
    return FALSE;

  *code = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return FALSE;
      *code = *code * 16 + digit;
    }

  return TRUE;
}

/* At the u of \u. A surrogate without its other half becomes U+FFFD. */
static gboolean
parse_unicode_escape (Parser *parser)
{
  guint code, low;

  if (!parse_hex4 (parser->at + 1, parser->end, &code))
    return fail (parser, _("four hexadecimal digits after “\\u”"));

  if (code == 0)
    {
      g_set_error (parser->error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("the JSON value holds the NUL character “\\u0000” at byte %" G_GSIZE_FORMAT),
                   (gsize) (parser->at - parser->start));
      return FALSE;
    }

  parser->at += 5;
  if (code >= 0xd800 && code < 0xdc00 && parser->end - parser->at >= 6 && parser->at[0] == '\\' && parser->at[1] == 'u' &&
      parse_hex4 (parser->at + 2, parser->end, &low) && low >= 0xdc00 && low < 0xe000)
    {
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      parser->at += 6;
    }
  else if (code >= 0xd800 && code < 0xe000)
    {
      code = 0xfffd;
      parser->document->lone_surrogate = TRUE;
    }
  parser->out += g_unichar_to_utf8 (code, parser->out);

  return TRUE;
}

/* Behind a backslash. */
static gboolean
parse_escape (Parser *parser)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (parser->at < parser->end && *parser->at == 'u')
    return parse_unicode_escape (parser);

  found = parser->at < parser->end && *parser->at != '\0' ? strchr (from, *parser->at) : NULL;
  if (found == NULL)
    return fail (parser, _("a letter that may follow a backslash"));

  *parser->out++ = to[found - from];
  parser->at++;

  return TRUE;
}

/* At the opening quote. Control characters are taken as they are, but for line breaks: they mean a quote that is not closed. */
static const char *
parse_string (Parser *parser)
{
  char *result = parser->out;

  parser->at++;
  for (;;)
    {
      const char *run = parser->at;

      while (parser->at < parser->end && *parser->at != '"' && *parser->at != '\\' && *parser->at != '\n' && *parser->at != '\0')
        parser->at++;
      memcpy (parser->out, run, parser->at - run);
      parser->out += parser->at - run;

      if (parser->at >= parser->end || *parser->at == '\n' || *parser->at == '\0')
        {
          fail (parser, _("the quote that closes a string"));
          return NULL;
        }
      if (*parser->at++ == '"')
        break;
      if (!parse_escape (parser))
        return NULL;
    }
  *parser->out++ = '\0';

  return result;
}

static gboolean
take_word (Parser     *parser,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (parser->end - parser->at) < length || memcmp (parser->at, word, length) != 0)
    return FALSE;

  parser->at += length;
  return TRUE;
}

static gboolean
skip_digits (Parser *parser)
{
  const char *start = parser->at;

  while (parser->at < parser->end && g_ascii_isdigit (*parser->at))
    parser->at++;

  return parser->at > start;
}

static gboolean
parse_number (Parser   *parser,
              HoneJson *node)
{
  const char *start = parser->at;
  gsize length;

  if (*parser->at == '-')
    parser->at++;
  if (take_word (parser, "Infinity"))
    return TRUE;
  if (!skip_digits (parser))
    return fail (parser, _("a digit"));
  if (parser->at < parser->end && *parser->at == '.')
    {
      parser->at++;
      if (!skip_digits (parser))
        return fail (parser, _("a digit"));
    }
  if (parser->at < parser->end && (*parser->at == 'e' || *parser->at == 'E'))
    {
      parser->at++;
      if (parser->at < parser->end && (*parser->at == '+' || *parser->at == '-'))
        parser->at++;
      if (!skip_digits (parser))
        return fail (parser, _("a digit"));
    }

  length = parser->at - start;
  memcpy (parser->out, start, length);
  parser->out[length] = '\0';
  node->type = HONE_JSON_NUMBER;
  node->text = parser->out;
  parser->out += length + 1;

  return TRUE;
}

/* Of members with one name the last counts: it takes the place of the first. */
static gsize
drop_repeated_names (HoneJson *members,
                     gsize     n_members)
{
  g_autoptr(GHashTable) seen = NULL;
  gsize n = 0;

  if (n_members > 16)
    seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n_members; i++)
    {
      gsize at = n;

      if (seen != NULL)
        {
          gpointer value;

          if (g_hash_table_lookup_extended (seen, members[i].name, NULL, &value))
            at = GPOINTER_TO_SIZE (value);
          else
            g_hash_table_insert (seen, (gpointer) members[i].name, GSIZE_TO_POINTER (n));
        }
      else
        {
          for (at = 0; at < n && strcmp (members[at].name, members[i].name) != 0; at++);
        }

      members[at] = members[i];
      if (at == n)
        n++;
    }

  return n;
}

static void
close_container (Parser   *parser,
                 HoneJson *node,
                 gsize     bottom)
{
  gsize n = parser->n_stack - bottom;

  if (node->type == HONE_JSON_OBJECT)
    n = drop_repeated_names (parser->stack + bottom, n);
  if (n > 0)
    {
      node->children = take_nodes (parser->document, n);
      memcpy (node->children, parser->stack + bottom, n * sizeof (HoneJson));
    }
  node->size = n;
  parser->n_stack = bottom;
}

static gboolean
parse_container (Parser   *parser,
                 HoneJson *node,
                 guint     depth)
{
  gboolean object = *parser->at == '{';
  char closing = object ? '}' : ']';
  gsize bottom = parser->n_stack;

  if (depth >= MAX_DEPTH)
    {
      g_set_error (parser->error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("the JSON value is nested more than %d levels deep"), MAX_DEPTH);
      return FALSE;
    }

  node->type = object ? HONE_JSON_OBJECT : HONE_JSON_ARRAY;
  parser->at++;
  skip_blanks (parser);
  if (parser->at < parser->end && *parser->at == closing)
    {
      parser->at++;
      return TRUE;
    }

  for (;;)
    {
      HoneJson child = { 0, };

      skip_blanks (parser);
      if (object)
        {
          if (parser->at >= parser->end || *parser->at != '"')
            return fail (parser, _("the name of a member"));
          child.name = parse_string (parser);
          if (child.name == NULL)
            return FALSE;
          skip_blanks (parser);
          if (!take_word (parser, ":"))
            return fail (parser, _("“:”"));
        }
      if (!parse_value (parser, &child, depth + 1))
        return FALSE;
      push (parser, &child);

      skip_blanks (parser);
      if (take_word (parser, ","))
        continue;
      if (parser->at >= parser->end || *parser->at != closing)
        return fail (parser, object ? _("“,” or “}”") : _("“,” or “]”"));
      parser->at++;
      break;
    }

  close_container (parser, node, bottom);

  return TRUE;
}

static gboolean
parse_value (Parser   *parser,
             HoneJson *node,
             guint     depth)
{
  skip_blanks (parser);
  if (parser->at >= parser->end)
    return fail (parser, _("a value"));

  switch (*parser->at)
    {
    case '{':
    case '[':
      return parse_container (parser, node, depth);
    case '"':
      node->type = HONE_JSON_STRING;
      node->text = parse_string (parser);
      return node->text != NULL;
    case 't':
      node->type = HONE_JSON_BOOLEAN;
      node->truth = TRUE;
      return take_word (parser, "true") || fail (parser, _("a value"));
    case 'f':
      node->type = HONE_JSON_BOOLEAN;
      return take_word (parser, "false") || fail (parser, _("a value"));
    case 'n':
      return take_word (parser, "null") || fail (parser, _("a value"));
    case 'N':
      return take_word (parser, "NaN") || fail (parser, _("a value"));
    case 'I':
      return take_word (parser, "Infinity") || fail (parser, _("a value"));
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
      return parse_number (parser, node);
    default:
      return fail (parser, _("a value"));
    }
}

/**
 * hone_json_parse:
 * @text: one whole JSON value in UTF-8, blanks round it allowed
 * @length: bytes, or -1 for a NUL-terminated string
 * @error: return location for an error
 *
 * Reads one value. Takes what Python writes: NaN and the infinities become null, a lone surrogate U+FFFD. Numbers keep
 * all their digits. Of members with one name the last counts. Nesting is limited to 512 levels.
 *
 * Returns: (transfer full): the root, or %NULL with %HONE_FORMATS_ERROR_MALFORMED
 */
HoneJson *
hone_json_parse (const char  *text,
                 gssize       length,
                 GError     **error)
{
  Document *document;
  Parser parser = { 0, };
  const char *end;
  gsize size;
  gboolean parsed;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (!g_utf8_validate_len (text, size, &end))
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   *end == '\0' ? _("the JSON value holds a NUL character at byte %" G_GSIZE_FORMAT)
                                : _("the JSON value is not valid UTF-8 at byte %" G_GSIZE_FORMAT), (gsize) (end - text) + 1);
      return NULL;
    }

  document = g_new0 (Document, 1);
  document->strings = g_malloc (size + 1);
  parser.start = parser.at = text;
  parser.end = text + size;
  parser.out = document->strings;
  parser.document = document;
  parser.error = error;

  parsed = parse_value (&parser, &document->root, 0);
  if (parsed)
    {
      skip_blanks (&parser);
      parsed = parser.at == parser.end || fail (&parser, _("the end of the value"));
    }
  g_free (parser.stack);
  if (!parsed)
    {
      hone_json_free (&document->root);
      return NULL;
    }

  return &document->root;
}

/**
 * hone_json_free:
 * @self: (nullable) (transfer full): a root
 *
 * Frees the whole tree. Only roots can be freed.
 */
void
hone_json_free (HoneJson *self)
{
  Document *document = (Document *) self;

  if (self == NULL)
    return;

  while (document->blocks != NULL)
    {
      NodeBlock *next = document->blocks->next;

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
  return root != NULL && ((const Document *) root)->lone_surrogate;
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
