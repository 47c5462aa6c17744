/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table by columns, turned into rows without holding it: a first pass finds where each column begins, then every column is
 * read by an input of its own, all at the same pace. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-columns.h"
#include "hone-format.h"
#include "hone-input.h"
#include "hone-json-columns.h"
#include "hone-json-scan.h"

/* Each column costs an open file and half a megabyte. */
#define MAX_COLUMNS 64

struct _HoneJsonColumns {
  GPtrArray *names;       /* NULL-terminated */
  GArray    *offsets;     /* of guint64: decoded bytes before a column's first row */
  GPtrArray *inputs;      /* of HoneInput */
  gboolean   first;
};

/* ---- is it one? ---- */

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

/* {"name":{"0":  — rows are numbered, so nothing else begins like this. */
static gboolean
begins_with_numbered_rows (const char *at)
{
  const char *digits;

  at = skip_blanks (at);
  if (*at++ != '{' || *(at = skip_blanks (at)) != '"')
    return FALSE;
  for (at++; *at != '"'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      if (*at == '\0')
        return FALSE;
    }
  at = skip_blanks (at + 1);
  if (*at++ != ':')
    return FALSE;
  at = skip_blanks (at);
  if (*at++ != '{' || *(at = skip_blanks (at)) != '"')
    return FALSE;
  digits = at + 1;
  at = digits + strspn (digits, "0123456789");
  if (at == digits || *at != '"')
    return FALSE;
  at = skip_blanks (at + 1);
  if (*at++ != ':')
    return FALSE;
  at = skip_blanks (at);

  return *at != '{' && *at != '\0';
}

static gboolean
is_object_of_scalars (const HoneJson *value)
{
  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return FALSE;
  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      HoneJsonType type = hone_json_get_type_of (hone_json_get_nth (value, i));

      if (type == HONE_JSON_OBJECT || type == HONE_JSON_ARRAY)
        return FALSE;
    }

  return TRUE;
}

/* Rows with names of their own: only where the whole file can be seen, and its columns have the same rows. */
static gboolean
has_equal_columns (const HoneJson *value,
                   const char     *text_column)
{
  gsize n_rows = hone_json_get_size (hone_json_get_nth (value, 0));
  gboolean text = FALSE;

  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT || hone_json_get_size (value) < 2 || n_rows == 0)
    return FALSE;
  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      const HoneJson *column = hone_json_get_nth (value, i);
      const char *names[] = { hone_json_get_name (value, i), NULL };

      if (!is_object_of_scalars (column) || hone_json_get_size (column) != n_rows)
        return FALSE;
      text = text || (text_column != NULL ? g_strcmp0 (names[0], text_column) == 0 : hone_column_find (names, HONE_COLUMN_TEXT) == 0);
    }

  return text;
}

gboolean
hone_json_columns_fit (const char *start,
                       const char *text_column)
{
  g_autoptr(HoneJson) value = NULL;

  if (*skip_blanks (start) != '{')
    return FALSE;
  if (begins_with_numbered_rows (start))
    return TRUE;
  value = hone_json_parse (start, -1, NULL);

  return value != NULL && has_equal_columns (value, text_column);
}

/* ---- first pass ---- */

static gboolean
expect (HoneInput   *input,
        char         wanted,
        const char  *reason,
        GError     **error)
{
  int c = hone_json_scan_skip (input, error);

  if (c < 0)
    return FALSE;
  if (c != wanted)
    return hone_json_scan_fail (input, 0, error, reason);
  hone_input_skip (input, 1);

  return TRUE;
}

/* A name and its colon. */
static char *
read_name (HoneInput  *input,
           GError    **error)
{
  g_autoptr(HoneJson) name = NULL;
  const char *reason = _("the name of a column or row was expected");
  gsize end = 0, length;
  int c = hone_json_scan_skip (input, error);

  if (c < 0)
    return NULL;
  if (c != '"')
    {
      hone_json_scan_fail (input, 0, error, reason);
      return NULL;
    }
  if (!hone_json_scan_string (input, &end, error))
    return NULL;
  name = hone_json_parse (hone_input_window (input, &length), end, NULL);
  if (name == NULL)
    {
      hone_json_scan_fail (input, 0, error, reason);
      return NULL;
    }
  hone_input_skip (input, end);
  if (!expect (input, ':', _("“:” was expected"), error))
    return NULL;

  return g_strdup (hone_json_get_string (name));
}

/* Behind a value: TRUE where another one follows, and then behind the comma. */
static gboolean
goes_on (HoneInput  *input,
         GError    **error)
{
  int c = hone_json_scan_skip (input, error);

  if (c < 0)
    return FALSE;
  if (c != ',' && c != '}')
    return hone_json_scan_fail (input, 0, error, c == 0 ? _("the file ends before its columns are closed")
                                                        : _("“,” or “}” was expected after a value"));
  hone_input_skip (input, 1);

  return c == ',';
}

static gboolean
skip_column (HoneInput  *input,
             GError    **error)
{
  g_autoptr(GError) local_error = NULL;

  if (hone_json_scan_skip (input, error) == '}')
    {
      hone_input_skip (input, 1);
      return TRUE;
    }

  do
    {
      g_autofree char *row = read_name (input, error);
      gsize end = 0;

      if (row == NULL || hone_json_scan_skip (input, error) < 0 || !hone_json_scan_value (input, &end, error))
        return FALSE;
      hone_input_skip (input, end);
    }
  while (goes_on (input, &local_error));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
find_columns (HoneJsonColumns  *self,
              HoneInput        *input,
              GError          **error)
{
  g_autoptr(GError) local_error = NULL;

  if (!expect (input, '{', _("a JSON object was expected"), error))
    return FALSE;

  do
    {
      g_autofree char *name = read_name (input, error);
      guint64 offset;

      if (name == NULL || !expect (input, '{', _("a column must be an object of rows"), error))
        return FALSE;
      if (self->offsets->len == MAX_COLUMNS)
        return hone_json_scan_fail (input, 0, error, _("a table by columns may have 64 columns at most; write it by rows"));
      offset = hone_input_get_offset (input);
      g_array_append_val (self->offsets, offset);
      g_ptr_array_insert (self->names, self->names->len - 1, g_steal_pointer (&name));
      if (!skip_column (input, error))
        return FALSE;
    }
  while (goes_on (input, &local_error));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
go_to (HoneInput  *input,
       guint64     offset,
       GError    **error)
{
  while (hone_input_get_offset (input) < offset)
    {
      gsize length;

      hone_input_window (input, &length);
      if (length > 0)
        hone_input_skip (input, MIN (length, offset - hone_input_get_offset (input)));
      else if (hone_input_fill (input, error) <= 0)
        return FALSE;
    }

  return TRUE;
}

/* ---- rows ---- */

HoneJsonColumns *
hone_json_columns_new (const HoneSource  *source,
                       const char        *encoding,
                       GError           **error)
{
  HoneJsonColumns *self = g_new0 (HoneJsonColumns, 1);
  g_autoptr(HoneInput) input = NULL;
  gboolean opened = FALSE;

  self->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->names, NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_input_free);
  self->first = TRUE;

  input = hone_input_open (source, encoding, error);
  if (input != NULL)
    opened = find_columns (self, input, error);
  for (guint i = 0; opened && i < self->offsets->len; i++)
    {
      HoneInput *column = hone_input_open (source, encoding, error);

      opened = column != NULL;
      if (opened)
        {
          g_ptr_array_add (self->inputs, column);
          opened = go_to (column, g_array_index (self->offsets, guint64, i), error);
        }
    }
  if (!opened)
    g_clear_pointer (&self, hone_json_columns_free);

  return self;
}

void
hone_json_columns_free (HoneJsonColumns *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->inputs);
  g_array_unref (self->offsets);
  g_free (self);
}

const char * const *
hone_json_columns_get_names (HoneJsonColumns *self)
{
  return (const char * const *) self->names->pdata;
}

/* One column's next row: its name, or NULL at the end of the column or with an error; the value is appended to @out. */
static char *
read_cell (HoneInput  *input,
           gboolean    first,
           GString    *out,
           GError    **error)
{
  g_autofree char *row = NULL;
  gsize end = 0, length;
  int c = hone_json_scan_skip (input, error);

  if (c < 0)
    return NULL;
  if (c == '}')
    return NULL;
  if (!first && !expect (input, ',', _("“,” or “}” was expected after a value"), error))
    return NULL;

  row = read_name (input, error);
  if (row == NULL || hone_json_scan_skip (input, error) < 0 || !hone_json_scan_value (input, &end, error))
    return NULL;
  g_string_append_len (out, hone_input_window (input, &length), end);
  hone_input_skip (input, end);

  return g_steal_pointer (&row);
}

HoneJson *
hone_json_columns_next (HoneJsonColumns  *self,
                        gsize            *line,
                        GError          **error)
{
  g_autoptr(GString) object = g_string_new ("{");
  g_autofree char *first_row = NULL;
  gsize n_ended = 0;
  HoneJson *value;

  *line = hone_input_get_line (g_ptr_array_index (self->inputs, 0));
  for (guint i = 0; i < self->inputs->len; i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autofree char *row = NULL;

      if (i > 0)
        g_string_append_c (object, ',');
      hone_json_print_string (object, self->names->pdata[i]);
      g_string_append_c (object, ':');
      row = read_cell (self->inputs->pdata[i], self->first, object, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }

      n_ended += row == NULL;
      if (i == 0)
        first_row = g_steal_pointer (&row);
      else if (g_strcmp0 (first_row, row) != 0)
        {
          g_autofree char *reason = g_strdup_printf (_("the columns “%s” and “%s” do not have the same rows"),
                                                     (char *) self->names->pdata[0], (char *) self->names->pdata[i]);

          hone_json_scan_fail (self->inputs->pdata[i], 0, error, reason);
          return NULL;
        }
    }
  self->first = FALSE;
  if (n_ended > 0)
    return NULL;

  g_string_append_c (object, '}');
  value = hone_json_parse (object->str, object->len, error);
  if (value == NULL)
    g_prefix_error (error, _("“%s”, line %" G_GSIZE_FORMAT ": "), hone_input_get_path (self->inputs->pdata[0]), *line);

  return value;
}
