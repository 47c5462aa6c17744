/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a JSON file one by one. The scanner finds where a value ends, only then the value is parsed as a whole. So a bad
 * value can be stepped over, and memory holds one value. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-format.h"
#include "hone-input.h"
#include "hone-json-scan.h"
#include "hone-json.h"

typedef enum {
  STATE_START,
  STATE_LINES,
  STATE_VALUES,       /* one after the other */
  STATE_LIST_FIRST,   /* behind [ */
  STATE_LIST,         /* behind an element */
  STATE_MEMBERS,      /* behind the list in an object */
  STATE_END,
  STATE_FAILED,
} State;

struct _HoneJsonStream {
  HoneInput          *input;
  HoneJsonStreamMode  mode;
  State               state;
  gboolean            list;
  gboolean            in_object;   /* the list is a member */
  gsize               line;
};

static const char * const list_names[] = { "data", "records", "examples", "rows", NULL };

/**
 * hone_json_stream_new:
 * @input: (transfer full): text of a JSON file
 * @mode: what to expect
 *
 * Returns: (transfer full): its values
 */
HoneJsonStream *
hone_json_stream_new (HoneInput          *input,
                      HoneJsonStreamMode  mode)
{
  HoneJsonStream *self;

  g_return_val_if_fail (input != NULL, NULL);

  self = g_new0 (HoneJsonStream, 1);
  self->input = input;
  self->mode = mode;
  self->state = mode == HONE_JSON_STREAM_LINES ? STATE_LINES : STATE_START;

  return self;
}

/**
 * hone_json_stream_free:
 * @self: (nullable) (transfer full): a stream
 *
 * Closes it with its input.
 */
void
hone_json_stream_free (HoneJsonStream *self)
{
  if (self == NULL)
    return;

  hone_input_free (self->input);
  g_free (self);
}

/* Nothing more comes. */
static HoneJsonStreamStatus
failed (HoneJsonStream *self)
{
  self->state = STATE_FAILED;

  return HONE_JSON_STREAM_ERROR;
}

static HoneJsonStreamStatus
fail (HoneJsonStream  *self,
      GError         **error,
      const char      *reason)
{
  hone_json_scan_fail (self->input, 0, error, reason);

  return failed (self);
}

/* ---- an object that holds the list ---- */

static gboolean
is_list_name (const char *name,
              gsize       length)
{
  for (gsize i = 0; list_names[i] != NULL; i++)
    {
      if (strlen (list_names[i]) == length && memcmp (list_names[i], name, length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Behind a member's value or the opening brace: goes on to a list of objects with a known name. VALUE: @offset stands behind its [;
 * END: behind the closing brace; BAD: this is no object as it should be, and nothing is set. */
static HoneJsonStreamStatus
find_list (HoneJsonStream  *self,
           gsize           *offset,
           gboolean         first,
           GError         **error)
{
  for (;; first = FALSE)
    {
      gboolean known;
      gsize name, length;
      int c = hone_json_scan_next (self->input, offset, error);

      if (c == '}')
        {
          ++*offset;
          return HONE_JSON_STREAM_END;
        }
      if (!first && c == ',')
        {
          ++*offset;
          c = hone_json_scan_next (self->input, offset, error);
        }
      else if (!first && c >= 0)
        {
          return HONE_JSON_STREAM_BAD;
        }
      if (c != '"')
        return c < 0 ? HONE_JSON_STREAM_ERROR : HONE_JSON_STREAM_BAD;

      name = *offset + 1;
      if (!hone_json_scan_string (self->input, offset, error))
        return HONE_JSON_STREAM_ERROR;
      known = is_list_name (hone_input_window (self->input, &length) + name, *offset - 1 - name);

      c = hone_json_scan_next (self->input, offset, error);
      if (c != ':')
        return c < 0 ? HONE_JSON_STREAM_ERROR : HONE_JSON_STREAM_BAD;
      ++*offset;

      c = hone_json_scan_next (self->input, offset, error);
      if (known && c == '[')
        {
          gsize inside = *offset + 1;

          c = hone_json_scan_next (self->input, &inside, error);
          if (c == '{')
            {
              *offset = inside;
              return HONE_JSON_STREAM_VALUE;
            }
        }
      if (c < 0)
        return HONE_JSON_STREAM_ERROR;
      if (!hone_json_scan_value (self->input, offset, error))
        return HONE_JSON_STREAM_ERROR;
    }
}

/* Looks into the first object without stepping over it. An error there is met again when the object itself is read. */
static gboolean
enter_object (HoneJsonStream *self)
{
  gsize offset = 1;

  if (find_list (self, &offset, TRUE, NULL) == HONE_JSON_STREAM_VALUE)
    {
      hone_input_skip (self->input, offset);
      self->in_object = TRUE;
      self->list = TRUE;
      self->state = STATE_LIST_FIRST;
      return TRUE;
    }

  return FALSE;
}

/* ---- what kind of file this is ---- */

/* The first line tells: a value that ends with it, or one that goes on because it is laid out over lines. */
static gboolean
stands_on_lines (HoneJsonStream  *self,
                 gboolean        *lines,
                 GError         **error)
{
  gsize length, searched = 0, end;
  const char *window, *newline;

  for (;;)
    {
      gssize added;

      window = hone_input_window (self->input, &length);
      newline = memchr (window + searched, '\n', length - searched);
      if (newline != NULL)
        break;
      searched = length;
      added = hone_input_fill (self->input, error);
      if (added < 0)
        return FALSE;
      if (added == 0)
        break;
    }

  end = newline != NULL ? (gsize) (newline - window) : length;
  while (end > 0 && g_ascii_isspace (window[end - 1]))
    end--;
  *lines = end == 0 || strchr ("{[,:", window[end - 1]) == NULL;

  return TRUE;
}

static HoneJsonStreamStatus
start (HoneJsonStream  *self,
       GError         **error)
{
  gboolean lines;
  int c = hone_json_scan_skip (self->input, error);

  if (c < 0)
    return failed (self);
  if (c == 0)
    {
      self->state = STATE_END;
      return HONE_JSON_STREAM_END;
    }

  if (c == '[')
    {
      hone_input_skip (self->input, 1);
      self->list = TRUE;
      self->state = STATE_LIST_FIRST;
      return HONE_JSON_STREAM_VALUE;
    }
  if (c != '{')
    return fail (self, error, _("a JSON list or object was expected"));

  if (self->mode == HONE_JSON_STREAM_GUESS && enter_object (self))
    return HONE_JSON_STREAM_VALUE;

  /* The look into the object may have failed; what it met is told when it is read in earnest. */
  if (!stands_on_lines (self, &lines, error))
    return failed (self);
  self->state = lines ? STATE_LINES : STATE_VALUES;

  return HONE_JSON_STREAM_VALUE;
}

/* ---- values ---- */

static HoneJsonStreamStatus
next_line (HoneJsonStream  *self,
           HoneJson       **value,
           GError         **error)
{
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      guint64 line = hone_input_get_line (self->input);
      gsize length;
      const char *text = hone_input_read_line (self->input, &length, &local_error);

      self->line = line;
      if (text == NULL && local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return failed (self);
        }
      if (text == NULL)
        {
          self->state = STATE_END;
          return HONE_JSON_STREAM_END;
        }
      if (strspn (text, " \t") == length)
        continue;

      *value = hone_json_parse (text, length, error);

      return *value != NULL ? HONE_JSON_STREAM_VALUE : HONE_JSON_STREAM_BAD;
    }
}

static HoneJsonStreamStatus
take_value (HoneJsonStream  *self,
            HoneJson       **value,
            GError         **error)
{
  gsize length = 0, window_length;

  self->line = hone_input_get_line (self->input);
  if (!hone_json_scan_value (self->input, &length, error))
    return failed (self);

  *value = hone_json_parse (hone_input_window (self->input, &window_length), length, error);
  hone_input_skip (self->input, length);

  return *value != NULL ? HONE_JSON_STREAM_VALUE : HONE_JSON_STREAM_BAD;
}

static HoneJsonStreamStatus
end_of_list (HoneJsonStream  *self,
             GError         **error)
{
  int c;

  hone_input_skip (self->input, 1);
  if (self->in_object)
    {
      self->state = STATE_MEMBERS;
      return HONE_JSON_STREAM_VALUE;
    }

  c = hone_json_scan_skip (self->input, error);
  if (c < 0)
    return failed (self);
  if (c > 0)
    return fail (self, error, _("there is more after the end of the list"));
  self->state = STATE_END;

  return HONE_JSON_STREAM_END;
}

static HoneJsonStreamStatus
next_element (HoneJsonStream  *self,
              HoneJson       **value,
              GError         **error)
{
  int c = hone_json_scan_skip (self->input, error);

  if (c == ']')
    return end_of_list (self, error);
  if (self->state == STATE_LIST && c == ',')
    {
      hone_input_skip (self->input, 1);
      c = hone_json_scan_skip (self->input, error);
    }
  else if (self->state == STATE_LIST && c > 0)
    {
      return fail (self, error, _("“,” or “]” was expected after an element of the list"));
    }
  if (c < 0)
    return failed (self);
  if (c == 0)
    return fail (self, error, _("the file ends before its list is closed"));

  self->state = STATE_LIST;

  return take_value (self, value, error);
}

/* Members behind the list: only another list matters. */
static HoneJsonStreamStatus
next_member (HoneJsonStream  *self,
             GError         **error)
{
  HoneJsonStreamStatus status;
  gsize offset = 0;

  status = find_list (self, &offset, FALSE, error);
  switch (status)
    {
    case HONE_JSON_STREAM_VALUE:
      hone_input_skip (self->input, offset);
      self->state = STATE_LIST_FIRST;
      break;
    case HONE_JSON_STREAM_END:
      hone_input_skip (self->input, offset);
      self->in_object = FALSE;
      self->state = STATE_VALUES;
      status = HONE_JSON_STREAM_VALUE;
      break;
    case HONE_JSON_STREAM_BAD:
      return fail (self, error, _("“,” or “}” was expected after a member"));
    case HONE_JSON_STREAM_ERROR:
    default:
      return failed (self);
    }

  return status;
}

static HoneJsonStreamStatus
next_of_values (HoneJsonStream  *self,
                HoneJson       **value,
                GError         **error)
{
  int c = hone_json_scan_skip (self->input, error);

  if (c < 0)
    return failed (self);
  if (c == 0)
    {
      self->state = STATE_END;
      return HONE_JSON_STREAM_END;
    }
  if (self->list && c == '{' && enter_object (self))
    return HONE_JSON_STREAM_VALUE;

  return take_value (self, value, error);
}

/**
 * hone_json_stream_next:
 * @self: a stream
 * @value: (out) (transfer full) (nullable): the value
 * @error: return location for an error
 *
 * Gives the next value. After %HONE_JSON_STREAM_BAD the next call goes on behind the bad value; after
 * %HONE_JSON_STREAM_ERROR and %HONE_JSON_STREAM_END nothing more comes.
 *
 * Returns: what came
 */
HoneJsonStreamStatus
hone_json_stream_next (HoneJsonStream  *self,
                       HoneJson       **value,
                       GError         **error)
{
  HoneJsonStreamStatus status = HONE_JSON_STREAM_VALUE;

  g_return_val_if_fail (self != NULL && value != NULL, HONE_JSON_STREAM_END);

  *value = NULL;
  while (*value == NULL && status == HONE_JSON_STREAM_VALUE)
    {
      switch (self->state)
        {
        case STATE_START:
          status = start (self, error);
          break;
        case STATE_LINES:
          status = next_line (self, value, error);
          break;
        case STATE_VALUES:
          status = next_of_values (self, value, error);
          break;
        case STATE_LIST_FIRST:
        case STATE_LIST:
          status = next_element (self, value, error);
          break;
        case STATE_MEMBERS:
          status = next_member (self, error);
          break;
        case STATE_END:
        case STATE_FAILED:
        default:
          return HONE_JSON_STREAM_END;
        }
    }

  return status;
}

/**
 * hone_json_stream_get_line:
 * @self: a stream
 *
 * Returns: the line, from 1, on which the value given last begins
 */
gsize
hone_json_stream_get_line (HoneJsonStream *self)
{
  return self->line;
}

/**
 * hone_json_stream_get_input:
 * @self: a stream
 *
 * Returns: (transfer none): its text
 */
HoneInput *
hone_json_stream_get_input (HoneJsonStream *self)
{
  return self->input;
}

/**
 * hone_json_stream_is_list:
 * @self: a stream
 *
 * Returns: whether the values stand in a list; known after the first hone_json_stream_next()
 */
gboolean
hone_json_stream_is_list (HoneJsonStream *self)
{
  return self->list;
}
