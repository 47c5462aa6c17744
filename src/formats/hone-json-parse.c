/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing one JSON value. Numbers stay text until somebody asks, so that nothing is lost on the way through; strings, names and
 * nodes lie in a few blocks that the root owns. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-format.h"
#include "hone-json-private.h"

#define BLOCK_NODES 64

typedef struct {
  const char *start, *at, *end;
  char       *out;             /* next free byte for strings: they never grow when decoded */
  HoneJsonDocument   *document;
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
take_nodes (HoneJsonDocument *document,
            gsize     n)
{
  HoneJsonBlock *block = document->blocks;
  HoneJson *nodes;

  if (block == NULL || block->size - block->used < n)
    {
      gsize size = MAX (n, BLOCK_NODES);

      block = g_malloc (sizeof (HoneJsonBlock) + size * sizeof (HoneJson));
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

  if (depth >= HONE_JSON_MAX_DEPTH)
    {
      g_set_error (parser->error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("the JSON value is nested more than %d levels deep"), HONE_JSON_MAX_DEPTH);
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
  HoneJsonDocument *document;
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

  document = g_new0 (HoneJsonDocument, 1);
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
