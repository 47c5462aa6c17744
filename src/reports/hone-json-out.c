/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one indented JSON document, member after member. */
#include "config.h"

#include "formats/hone-json.h"
#include "hone-json-out.h"

typedef struct {
  char     close;
  gboolean inlined;
  gboolean filled;
} Level;

struct _HoneJsonOut {
  GString *text;
  GArray  *levels;   /* of Level */
};

/**
 * hone_json_out_new:
 *
 * Returns: (transfer full): an empty document
 */
HoneJsonOut *
hone_json_out_new (void)
{
  HoneJsonOut *self = g_new0 (HoneJsonOut, 1);

  self->text = g_string_new (NULL);
  self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  return self;
}

/**
 * hone_json_out_free:
 * @self: (transfer full): a document, which is thrown away
 */
void
hone_json_out_free (HoneJsonOut *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->levels);
  g_free (self);
}

static Level *
top (HoneJsonOut *self)
{
  return self->levels->len > 0 ? &g_array_index (self->levels, Level, self->levels->len - 1) : NULL;
}

static void
new_line (HoneJsonOut *self)
{
  g_string_append_c (self->text, '\n');
  for (guint i = 0; i < self->levels->len; i++)
    g_string_append (self->text, "  ");
}

/* Comma, line and name: all that stands before a value. */
static void
begin_value (HoneJsonOut *self,
             const char  *name)
{
  Level *level = top (self);

  if (level)
    {
      if (level->filled)
        g_string_append_c (self->text, ',');
      if (!level->inlined)
        new_line (self);
      else if (level->filled)
        g_string_append_c (self->text, ' ');
      level->filled = TRUE;
    }
  g_assert ((name != NULL) == (level && level->close == '}'));
  if (name)
    {
      hone_json_print_string (self->text, name);
      g_string_append (self->text, ": ");
    }
}

static void
begin_level (HoneJsonOut *self,
             const char  *name,
             char         open,
             char         close,
             gboolean     inlined)
{
  Level level = { .close = close };

  level.inlined = inlined || (top (self) && top (self)->inlined);
  begin_value (self, name);
  g_string_append_c (self->text, open);
  g_array_append_val (self->levels, level);
}

/**
 * hone_json_out_object:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @inlined: whether all of it stands on one line
 *
 * Begins an object; hone_json_out_end() ends it.
 */
void
hone_json_out_object (HoneJsonOut *self,
                      const char  *name,
                      gboolean     inlined)
{
  begin_level (self, name, '{', '}', inlined);
}

/**
 * hone_json_out_list:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @inlined: whether all of it stands on one line
 *
 * Begins a list; hone_json_out_end() ends it.
 */
void
hone_json_out_list (HoneJsonOut *self,
                    const char  *name,
                    gboolean     inlined)
{
  begin_level (self, name, '[', ']', inlined);
}

/**
 * hone_json_out_end:
 * @self: a document
 *
 * Ends what was begun last.
 */
void
hone_json_out_end (HoneJsonOut *self)
{
  Level level;

  g_return_if_fail (self->levels->len > 0);

  level = *top (self);
  g_array_set_size (self->levels, self->levels->len - 1);
  if (level.filled && !level.inlined)
    new_line (self);
  g_string_append_c (self->text, level.close);
}

/**
 * hone_json_out_string:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @value: (nullable): UTF-8
 */
void
hone_json_out_string (HoneJsonOut *self,
                      const char  *name,
                      const char  *value)
{
  begin_value (self, name);
  hone_json_print_string (self->text, value);
}

/**
 * hone_json_out_count:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @value: a count
 */
void
hone_json_out_count (HoneJsonOut *self,
                     const char  *name,
                     guint64      value)
{
  begin_value (self, name);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT, value);
}

/**
 * hone_json_out_integer:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @value: an integer
 */
void
hone_json_out_integer (HoneJsonOut *self,
                       const char  *name,
                       gint64       value)
{
  begin_value (self, name);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * hone_json_out_number:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @value: a number; what is not finite becomes null
 */
void
hone_json_out_number (HoneJsonOut *self,
                      const char  *name,
                      double       value)
{
  begin_value (self, name);
  hone_json_print_number (self->text, value);
}

/**
 * hone_json_out_boolean:
 * @self: a document
 * @name: (nullable): member name inside an object, else %NULL
 * @value: true or false
 */
void
hone_json_out_boolean (HoneJsonOut *self,
                       const char  *name,
                       gboolean     value)
{
  begin_value (self, name);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * hone_json_out_finish:
 * @self: (transfer full): a document with nothing left open
 *
 * Returns: (transfer full): its text, with a newline at the end
 */
char *
hone_json_out_finish (HoneJsonOut *self)
{
  char *text;

  g_assert (self->levels->len == 0);
  g_string_append_c (self->text, '\n');
  text = g_strdup (self->text->str);
  hone_json_out_free (self);
  return text;
}
