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
  _hone_reader_close_source (self);
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

  input = _hone_reader_get_input (self);

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
