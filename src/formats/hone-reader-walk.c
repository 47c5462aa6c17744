/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the classes of all formats share: walking over the sources by values, rows or lines; records, warnings, descriptions. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-reader-private.h"

/* Ends the reading of the source that is open. */
void
_hone_reader_close_source (HoneReader *self)
{
  g_clear_pointer (&self->json, hone_json_stream_free);
  g_clear_pointer (&self->csv, hone_csv_free);
  g_clear_pointer (&self->lines, hone_input_free);
}

/* Text of the source that is open; NULL: none is. */
HoneInput *
_hone_reader_get_input (HoneReader *self)
{
  if (self->json != NULL)
    return hone_json_stream_get_input (self->json);
  if (self->csv != NULL)
    return hone_csv_get_input (self->csv);

  return self->lines;
}

void
hone_reader_describe (HoneReader *self,
                      const char *format,
                      ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->description, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
hone_reader_add_column (HoneReader *self,
                        const char *name)
{
  if (g_strv_contains ((const char * const *) self->columns->pdata, name))
    return;

  g_ptr_array_insert (self->columns, self->columns->len - 1, g_strdup (name));
}

void
hone_reader_warn (HoneReader      *self,
                  HoneWarningCode  code,
                  const char      *field,
                  const char      *detail)
{
  HoneRecord record = { .warnings = self->warnings };

  hone_record_warn (&record, code, field, detail);
}

void
hone_reader_keep_sources (HoneReader  *self,
                          gboolean   (*wanted) (const HoneSource *source))
{
  GPtrArray *kept = g_ptr_array_new ();   /* borrowed: all_sources owns them */

  for (guint i = 0; i < self->sources->len; i++)
    {
      HoneSource *source = g_ptr_array_index (self->sources, i);

      if (wanted (source))
        g_ptr_array_add (kept, source);
    }
  g_ptr_array_unref (self->sources);
  self->sources = kept;
  hone_reader_rewind (self);
}

void
hone_reader_rewind (HoneReader *self)
{
  _hone_reader_close_source (self);
  self->next_source = 0;
  self->source = NULL;
  self->n_values = 0;
  self->done_bytes = 0;
  self->line = 0;
  self->first_row = FALSE;
}

/* Once for each source, even where a format is read twice. */
static void
warn_about_encoding (HoneReader *self,
                     HoneSource *source,
                     HoneInput  *input)
{
  const char *path = hone_input_get_path (input);
  g_autofree char *detail = NULL;

  if (!hone_input_get_guessed (input) || source->told)
    return;

  source->told = TRUE;
  detail = g_strdup_printf (_("“%s” is not valid UTF-8; it was read as windows-1252"), path);
  hone_reader_warn (self, HONE_WARNING_ENCODING_GUESSED, path, detail);
  if (self->warnings->len == 1)
    hone_reader_describe (self, _("windows-1252 guessed"));
}

/* Ends the source that is open, if any. */
static gboolean
leave_source (HoneReader  *self,
              GError     **error)
{
  HoneInput *input = _hone_reader_get_input (self);

  if (input == NULL)
    return TRUE;

  self->done_bytes += hone_input_get_position (input);
  _hone_reader_close_source (self);
  if (self->n_values == 0 && self->source->named && !self->allow_empty && self->sources->len > 1)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY, _("“%s” holds no record of format %s"),
                   self->source->path, hone_format_to_string (self->format));
      return FALSE;
    }

  return TRUE;
}

/* The text of the next source: RECORD, END or ERROR. */
static HoneReadStatus
enter_source (HoneReader  *self,
              HoneInput  **input,
              GError     **error)
{
  HoneSource *source;

  if (!leave_source (self, error))
    return HONE_READ_ERROR;
  if (self->next_source >= self->sources->len)
    return HONE_READ_END;

  source = g_ptr_array_index (self->sources, self->next_source++);
  self->source = source;
  self->n_values = 0;
  *input = hone_input_open (self->source, self->encoding, error);
  if (*input == NULL)
    return HONE_READ_ERROR;
  warn_about_encoding (self, source, *input);

  return HONE_READ_RECORD;
}

static HoneJsonStreamMode
mode_for (HoneReader *self,
          HoneInput  *input)
{
  const char *window;
  gsize length, at = 0;

  if (self->json_mode != HONE_JSON_STREAM_GUESS ||
      (!hone_source_has_suffix (self->source, ".jsonl") && !hone_source_has_suffix (self->source, ".ndjson")))
    return self->json_mode;

  /* A list in a file of the wrong name is still a list. */
  window = hone_input_window (input, &length);
  if (length == 0 && hone_input_fill (input, NULL) > 0)
    window = hone_input_window (input, &length);
  while (at < length && g_ascii_isspace (window[at]))
    at++;

  return at < length && window[at] == '[' ? HONE_JSON_STREAM_GUESS : HONE_JSON_STREAM_LINES;
}

HoneReadStatus
hone_reader_next_json (HoneReader  *self,
                       HoneJson   **value,
                       HoneRecord **refused,
                       GError     **error)
{
  *value = NULL;
  *refused = NULL;
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      HoneJsonStreamStatus status = HONE_JSON_STREAM_END;

      if (self->json != NULL)
        {
          status = hone_json_stream_next (self->json, value, &local_error);
          self->line = hone_json_stream_get_line (self->json);
        }

      switch (status)
        {
        case HONE_JSON_STREAM_VALUE:
          self->n_values++;
          self->lone_surrogate = hone_json_had_lone_surrogate (*value);
          return HONE_READ_RECORD;
        case HONE_JSON_STREAM_BAD:
          self->n_values++;
          self->lone_surrogate = FALSE;
          return hone_reader_refuse (self, refused, HONE_WARNING_MALFORMED, NULL, local_error->message);
        case HONE_JSON_STREAM_ERROR:
          g_propagate_error (error, g_steal_pointer (&local_error));
          return HONE_READ_ERROR;
        case HONE_JSON_STREAM_END:
        default:
          {
            HoneInput *input;
            HoneReadStatus entered = enter_source (self, &input, error);

            if (entered != HONE_READ_RECORD)
              return entered;
            self->json = hone_json_stream_new (input, mode_for (self, input));
            break;
          }
        }
    }
}

HoneReadStatus
hone_reader_next_csv (HoneReader  *self,
                      GError     **error)
{
  self->lone_surrogate = FALSE;
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      HoneReadStatus status;
      HoneInput *input;

      if (self->csv != NULL && hone_csv_next (self->csv, &local_error))
        {
          self->line = hone_csv_get_line (self->csv);
          self->first_row = self->n_values++ == 0;
          return HONE_READ_RECORD;
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return HONE_READ_ERROR;
        }

      status = enter_source (self, &input, error);
      if (status != HONE_READ_RECORD)
        return status;
      self->csv = hone_csv_new (input, self->delimiter);
    }
}

HoneReadStatus
hone_reader_next_line (HoneReader  *self,
                       char       **line,
                       gsize       *length,
                       GError     **error)
{
  self->lone_surrogate = FALSE;
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      HoneReadStatus status;

      if (self->lines != NULL)
        {
          guint64 number = hone_input_get_line (self->lines);

          *line = hone_input_read_line (self->lines, length, &local_error);
          if (*line != NULL)
            {
              self->line = number;
              self->n_values++;
              return HONE_READ_RECORD;
            }
          if (local_error != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local_error));
              return HONE_READ_ERROR;
            }
        }

      status = enter_source (self, &self->lines, error);
      if (status != HONE_READ_RECORD)
        return status;
    }
}

HoneRecord *
hone_reader_new_record (HoneReader *self)
{
  HoneRecord *record = hone_record_new ();

  record->path = g_strdup (self->source != NULL ? self->source->path : "");
  record->line = self->line;
  if (self->lone_surrogate)
    hone_record_warn (record, HONE_WARNING_LONE_SURROGATE, NULL, _("half a character was replaced by U+FFFD"));

  return record;
}

HoneReadStatus
hone_reader_refuse (HoneReader       *self,
                    HoneRecord      **record,
                    HoneWarningCode   code,
                    const char       *field,
                    const char       *detail)
{
  *record = hone_reader_new_record (self);
  hone_record_warn (*record, code, field, detail);

  return HONE_READ_REFUSED;
}

/* ---- whole small files ---- */

char *
hone_source_load (const HoneSource  *source,
                  const char        *encoding,
                  gsize              max,
                  GError           **error)
{
  g_autoptr(HoneInput) input = hone_input_open (source, encoding, error);
  const char *window;
  gsize length;
  gssize added;

  if (input == NULL)
    return NULL;

  do
    {
      added = hone_input_fill (input, error);
      if (added < 0)
        return NULL;
      window = hone_input_window (input, &length);
      if (length > max)
        {
          g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                       _("“%s” is longer than the %" G_GSIZE_FORMAT " bytes that make sense here"), source->path, max);
          return NULL;
        }
    }
  while (added > 0);

  return g_strndup (window, length);
}

HoneJson *
hone_source_load_json (const HoneSource  *source,
                       gsize              max,
                       GError           **error)
{
  g_autofree char *text = hone_source_load (source, NULL, max, error);
  HoneJson *value;

  if (text == NULL)
    return NULL;

  value = hone_json_parse (text, -1, error);
  if (value == NULL)
    g_prefix_error (error, _("“%s”: "), source->path);

  return value;
}
