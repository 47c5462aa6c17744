/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening an import: its files, its format, its class; and what the classes share. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-reader-private.h"
#include "hone-sniff.h"

/* All formats. Of two that are equally sure the first is taken. */
static const HoneReaderClass * const classes[] = {
  &hone_read_hone_jsonl_class, &hone_read_hone_csv_class, &hone_read_kili_class, &hone_read_label_studio_class,
  &hone_read_label_studio_min_class, &hone_read_argilla_class, &hone_read_argilla_v1_class, &hone_read_prodigy_class,
  &hone_read_openai_batch_class, &hone_read_openai_chat_class, &hone_read_openai_completion_class, &hone_read_huggingface_class,
  &hone_read_kiln_class, &hone_read_llama_factory_class, &hone_read_doccano_class, &hone_read_fasttext_class,
  &hone_read_csv_class, &hone_read_tsv_class, &hone_read_text_label_class, &hone_read_json_class, &hone_read_jsonl_class,
  &hone_read_lines_class,
};

static const HoneReaderClass *
find_class (HoneFormat format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (classes[i]->format == format)
        return classes[i];
    }

  return NULL;
}

static const HoneReaderClass *
guess_class (const HoneSniff  *sniff,
             GError          **error)
{
  const HoneReaderClass *best = NULL;
  const HoneSource *first = g_ptr_array_index (sniff->sources, 0);
  guint best_score = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      guint score = classes[i]->sniff (sniff);

      if (score > best_score)
        {
          best = classes[i];
          best_score = score;
        }
    }

  if (best == NULL)
    g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNKNOWN_FORMAT,
                 _("“%s” is in no format that Hone knows by sight; name its format"), first->path);

  return best;
}

static HoneReader *
new_reader (GPtrArray               *sources,
            const HoneReaderOptions *options)
{
  HoneReader *self = g_new0 (HoneReader, 1);
  g_autoptr(HoneRecord) file_warnings = NULL;

  self->sources = g_ptr_array_ref (sources);
  self->all_sources = g_ptr_array_ref (sources);
  self->description = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->columns, NULL);
  file_warnings = hone_record_new ();   /* its list knows how to free warnings */
  self->warnings = g_ptr_array_ref (file_warnings->warnings);
  self->guessed = TRUE;
  if (options == NULL)
    return self;

  self->guessed = options->format == HONE_FORMAT_AUTO;
  self->text_column = g_strdup (options->text_column);
  self->label_column = g_strdup (options->label_column);
  self->id_column = g_strdup (options->id_column);
  self->split_column = g_strdup (options->split_column);
  self->encoding = g_strdup (options->encoding);
  if (options->ontology != NULL)
    self->project = hone_ontology_ref ((HoneOntology *) options->ontology);
  if (options->template != NULL)
    self->asked = hone_template_ref ((HoneTemplate *) options->template);

  return self;
}

static gboolean
choose_class (HoneReader  *self,
              HoneFormat   format,
              GError     **error)
{
  self->klass = format != HONE_FORMAT_AUTO ? find_class (format) : guess_class (self->sniff, error);
  if (self->klass == NULL && format != HONE_FORMAT_AUTO)
    g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNKNOWN_FORMAT, _("The format “%s” cannot be read"),
                 hone_format_to_string (format));
  if (self->klass == NULL)
    return FALSE;

  self->format = self->klass->format;

  return self->klass->open (self, error);
}

/**
 * hone_reader_open:
 * @paths: (array zero-terminated=1): files, folders and zip archives
 * @options: (nullable): what the user said; copied
 * @error: return location for an error
 *
 * Opens all paths as one import of one format. Files are only read; archives are never unpacked to disk.
 *
 * Returns: (transfer full) (nullable): the reader
 */
HoneReader *
hone_reader_open (const char * const       *paths,
                  const HoneReaderOptions  *options,
                  GError                  **error)
{
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(HoneSniff) sniff = NULL;
  g_autoptr(HoneReader) self = NULL;
  gboolean opened;

  g_return_val_if_fail (paths != NULL, NULL);

  sources = hone_sources_find (paths, error);
  if (sources == NULL)
    return NULL;
  sniff = hone_sniff_new (sources, options != NULL ? options->encoding : NULL, options != NULL ? options->ontology : NULL, error);
  if (sniff == NULL)
    return NULL;

  self = new_reader (sources, options);
  self->sniff = sniff;
  opened = choose_class (self, options != NULL ? options->format : HONE_FORMAT_AUTO, error);
  self->sniff = NULL;

  return opened ? g_steal_pointer (&self) : NULL;
}

static void
close_source (HoneReader *self)
{
  g_clear_pointer (&self->json, hone_json_stream_free);
  g_clear_pointer (&self->csv, hone_csv_free);
  g_clear_pointer (&self->lines, hone_input_free);
}

/**
 * hone_reader_free:
 * @self: (nullable) (transfer full): a reader
 *
 * Closes all files.
 */
void
hone_reader_free (HoneReader *self)
{
  if (self == NULL)
    return;

  if (self->klass != NULL && self->klass->close != NULL)
    self->klass->close (self);
  close_source (self);
  g_free (self->text_column);
  g_free (self->label_column);
  g_free (self->id_column);
  g_free (self->split_column);
  g_free (self->encoding);
  g_clear_pointer (&self->project, hone_ontology_unref);
  g_clear_pointer (&self->asked, hone_template_unref);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_clear_pointer (&self->template, hone_template_unref);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->all_sources);
  g_ptr_array_unref (self->description);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

static HoneReadStatus
no_record (HoneReader  *self,
           GError     **error)
{
  const HoneSource *first = g_ptr_array_index (self->all_sources, 0);

  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY,
               self->all_sources->len == 1 ? _("“%s” holds no record of format %s")
                                           : _("“%s” and the other files hold no record of format %s"),
               first->path, hone_format_to_string (self->format));

  return HONE_READ_ERROR;
}

/**
 * hone_reader_next:
 * @self: a reader
 * @record: (out) (transfer full) (nullable): the record
 * @error: return location for an error
 *
 * Gives the next record. A refused record says why in its warnings, and the next call goes on behind it. An import without
 * any record ends with %HONE_FORMATS_ERROR_EMPTY. After the end or an error nothing more comes.
 *
 * Returns: what came
 */
HoneReadStatus
hone_reader_next (HoneReader  *self,
                  HoneRecord **record,
                  GError     **error)
{
  HoneReadStatus status;

  g_return_val_if_fail (self != NULL && record != NULL, HONE_READ_END);

  *record = NULL;
  if (self->ended)
    return HONE_READ_END;

  status = self->klass->next (self, record, error);
  switch (status)
    {
    case HONE_READ_RECORD:
    case HONE_READ_REFUSED:
      self->any = TRUE;
      break;
    case HONE_READ_END:
      self->ended = TRUE;
      if (!self->any)
        status = no_record (self, error);
      break;
    case HONE_READ_ERROR:
    default:
      self->ended = TRUE;
      break;
    }

  return status;
}

/**
 * hone_reader_get_format:
 * @self: a reader
 *
 * Returns: the format that was named or found
 */
HoneFormat
hone_reader_get_format (HoneReader *self)
{
  g_return_val_if_fail (self != NULL, HONE_FORMAT_AUTO);

  return self->format;
}

/**
 * hone_reader_get_ontology:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the categories that the files themselves declare
 */
const HoneOntology *
hone_reader_get_ontology (HoneReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ontology;
}

/**
 * hone_reader_get_template:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the template learnt from the files
 */
HoneTemplate *
hone_reader_get_template (HoneReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->template;
}

/**
 * hone_reader_dup_description:
 * @self: a reader
 *
 * Returns: (transfer full): what was understood, for the preview; translated
 */
char *
hone_reader_dup_description (HoneReader *self)
{
  g_autofree char *parts = NULL;
  g_autofree char *start = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->guessed)
    start = g_strdup_printf (_("format %s, found by looking at the content"), hone_format_to_string (self->format));
  else
    start = g_strdup_printf (_("format %s"), hone_format_to_string (self->format));

  g_ptr_array_add (self->description, NULL);
  parts = g_strjoinv (", ", (char **) self->description->pdata);
  g_ptr_array_set_size (self->description, self->description->len - 1);

  return *parts != '\0' ? g_strconcat (start, ", ", parts, NULL) : g_steal_pointer (&start);
}

/**
 * hone_reader_get_columns:
 * @self: a reader
 *
 * Returns: (transfer none) (array zero-terminated=1): columns or members met at the start
 */
const char * const *
hone_reader_get_columns (HoneReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char * const *) self->columns->pdata;
}

/**
 * hone_reader_get_warnings:
 * @self: a reader
 *
 * Returns: (transfer none) (element-type HoneRecordWarning): warnings about whole files, complete at the end of the reading
 */
GPtrArray *
hone_reader_get_warnings (HoneReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->warnings;
}

static HoneInput *
current_input (HoneReader *self)
{
  if (self->json != NULL)
    return hone_json_stream_get_input (self->json);
  if (self->csv != NULL)
    return hone_csv_get_input (self->csv);

  return self->lines;
}

/**
 * hone_reader_get_position:
 * @self: a reader
 *
 * Returns: bytes read so far, of those hone_reader_get_size() tells
 */
guint64
hone_reader_get_position (HoneReader *self)
{
  HoneInput *input;

  g_return_val_if_fail (self != NULL, 0);

  input = current_input (self);

  return self->done_bytes + (input != NULL ? hone_input_get_position (input) : 0);
}

/**
 * hone_reader_get_size:
 * @self: a reader
 *
 * Returns: bytes of all files that hold records, archives decompressed; 0 where that is not known
 */
guint64
hone_reader_get_size (HoneReader *self)
{
  guint64 total = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (self->sources, i);

      if (source->size == 0 && source->archive != NULL)
        return 0;
      total += source->size;
    }

  return total;
}

/* ---- for the classes ---- */

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
  close_source (self);
  self->next_source = 0;
  self->source = NULL;
  self->n_values = 0;
  self->done_bytes = 0;
  self->line = 0;
  self->first_row = FALSE;
}

static void
warn_about_encoding (HoneReader *self,
                     HoneInput  *input)
{
  const char *path = hone_input_get_path (input);
  g_autofree char *detail = NULL;

  if (!hone_input_get_guessed (input))
    return;
  for (guint i = 0; i < self->warnings->len; i++)
    {
      const HoneRecordWarning *warning = g_ptr_array_index (self->warnings, i);

      if (warning->code == HONE_WARNING_ENCODING_GUESSED && g_strcmp0 (warning->field, path) == 0)
        return;
    }

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
  HoneInput *input = current_input (self);

  if (input == NULL)
    return TRUE;

  self->done_bytes += hone_input_get_position (input);
  close_source (self);
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
  if (!leave_source (self, error))
    return HONE_READ_ERROR;
  if (self->next_source >= self->sources->len)
    return HONE_READ_END;

  self->source = g_ptr_array_index (self->sources, self->next_source++);
  self->n_values = 0;
  *input = hone_input_open (self->source, self->encoding, error);
  if (*input == NULL)
    return HONE_READ_ERROR;
  warn_about_encoding (self, *input);

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
