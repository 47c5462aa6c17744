/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the files of peers' formats and hands out their values, whatever shape the files have. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-peer.h"

/* Files of one rank and shape, read one after the other. */
typedef struct {
  int            rank;
  HonePeerShape  shape;
  GPtrArray     *sources;
} Phase;

static void
phase_free (gpointer data)
{
  Phase *phase = data;

  g_ptr_array_unref (phase->sources);
  g_free (phase);
}

/* ---- sources ---- */

const char *
_hone_source_base_name (const HoneSource *source)
{
  const char *slash = strrchr (source->name, '/');

  return slash != NULL ? slash + 1 : source->name;
}

static gboolean
has_json_suffix (const HoneSource *source)
{
  return hone_source_has_suffix (source, ".json") || hone_source_has_suffix (source, ".jsonl") || hone_source_has_suffix (source, ".ndjson");
}

/* A file that the user named may be called anything: then its first character decides. */
gboolean
_hone_source_is_table (const HoneSource *source)
{
  if (hone_source_has_suffix (source, ".csv") || hone_source_has_suffix (source, ".tsv"))
    return TRUE;

  return source->named && !source->is_json && !has_json_suffix (source) && !hone_source_has_suffix (source, ".txt");
}

gboolean
_hone_source_is_json (const HoneSource *source)
{
  return has_json_suffix (source) || (source->named && !_hone_source_is_table (source));
}

static void
add_source (HonePeer      *self,
            HoneSource    *source,
            HonePeerShape  shape,
            int            rank)
{
  Phase *phase;
  guint at = 0;

  for (; at < self->phases->len; at++)
    {
      phase = g_ptr_array_index (self->phases, at);
      if (phase->rank == rank && phase->shape == shape)
        {
          g_ptr_array_add (phase->sources, source);
          return;
        }
      if (phase->rank > rank)
        break;
    }

  phase = g_new0 (Phase, 1);
  phase->rank = rank;
  phase->shape = shape;
  phase->sources = g_ptr_array_new ();
  g_ptr_array_add (phase->sources, source);
  g_ptr_array_insert (self->phases, at, phase);
}

static void
begin_phase (HonePeer *self,
             guint     phase)
{
  HoneReader *reader = self->reader;

  self->phase = phase;
  self->next_whole = 0;
  if (phase >= self->phases->len)
    return;

  self->shape = ((Phase *) g_ptr_array_index (self->phases, phase))->shape;
  g_ptr_array_unref (reader->sources);
  reader->sources = g_ptr_array_ref (((Phase *) g_ptr_array_index (self->phases, phase))->sources);
  hone_reader_rewind (reader);
}

/* ---- rows, lines and files as values ---- */

static HoneJson *
value_from_text (const char *text)
{
  g_autoptr(GString) json = g_string_sized_new (strlen (text) + 16);

  hone_json_print_string (json, text);
  return hone_json_parse (json->str, json->len, NULL);
}

static HoneJson *
value_from_row (HonePeer *self)
{
  g_autoptr(GString) json = g_string_new ("{");

  for (gsize i = 0; self->header[i] != NULL; i++)
    {
      const char *cell = hone_csv_get_field (self->reader->csv, i);

      if (cell == NULL || *cell == '\0')
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      hone_json_print_string (json, self->header[i]);
      g_string_append_c (json, ':');
      hone_json_print_string (json, cell);
    }
  g_string_append_c (json, '}');

  return hone_json_parse (json->str, json->len, NULL);
}

static void
take_header (HonePeer *self)
{
  gsize n = hone_csv_get_n_fields (self->reader->csv);

  g_strfreev (self->header);
  self->header = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      self->header[i] = g_strstrip (g_strdup (hone_csv_get_field (self->reader->csv, i)));
      hone_reader_add_column (self->reader, self->header[i]);
    }
}

static HoneReadStatus
next_row (HonePeer  *self,
          HoneJson **value,
          GError   **error)
{
  HoneReadStatus status = hone_reader_next_csv (self->reader, error);

  if (status == HONE_READ_RECORD && self->reader->first_row)
    {
      take_header (self);
      status = hone_reader_next_csv (self->reader, error);
      /* The next file begins: this one had a header only. */
      if (status == HONE_READ_RECORD && self->reader->first_row)
        return HONE_READ_RECORD;
    }
  if (status == HONE_READ_RECORD)
    *value = value_from_row (self);

  return status;
}

static HoneReadStatus
next_cell (HonePeer  *self,
           HoneJson **value,
           GError   **error)
{
  HoneReadStatus status;
  g_autoptr(GString) line = NULL;

  self->reader->delimiter = ',';
  status = hone_reader_next_csv (self->reader, error);
  if (status != HONE_READ_RECORD)
    return status;

  /* A line that somebody wrote by hand, with bare commas. */
  line = g_string_new (hone_csv_get_field (self->reader->csv, 0));
  for (gsize i = 1; i < hone_csv_get_n_fields (self->reader->csv); i++)
    {
      g_string_append_c (line, ',');
      g_string_append (line, hone_csv_get_field (self->reader->csv, i));
    }
  *value = value_from_text (line->str);

  return status;
}

static HoneReadStatus
next_line (HonePeer  *self,
           HoneJson **value,
           GError   **error)
{
  HoneReadStatus status;
  char *line;
  gsize length;

  do
    status = hone_reader_next_line (self->reader, &line, &length, error);
  while (status == HONE_READ_RECORD && line[strspn (line, " \t")] == '\0');
  if (status == HONE_READ_RECORD)
    *value = value_from_text (line);

  return status;
}

static HoneReadStatus
next_whole (HonePeer  *self,
            HoneJson **value,
            GError   **error)
{
  HoneReader *reader = self->reader;
  g_autofree char *text = NULL;

  if (self->next_whole >= reader->sources->len)
    return HONE_READ_END;

  reader->source = g_ptr_array_index (reader->sources, self->next_whole++);
  reader->line = 1;
  text = hone_source_load (reader->source, reader->encoding, HONE_INPUT_MAX_LINE, error);
  if (text == NULL)
    return HONE_READ_ERROR;
  *value = value_from_text (text);

  return HONE_READ_RECORD;
}

static HoneReadStatus
next_of_phase (HonePeer    *self,
               HoneJson   **value,
               HoneRecord **refused,
               GError     **error)
{
  switch (self->shape)
    {
    case HONE_PEER_VALUES:
      return hone_reader_next_json (self->reader, value, refused, error);
    case HONE_PEER_ROWS:
      return next_row (self, value, error);
    case HONE_PEER_LINES:
      return next_line (self, value, error);
    case HONE_PEER_CELLS:
      return next_cell (self, value, error);
    case HONE_PEER_WHOLE:
      return next_whole (self, value, error);
    case HONE_PEER_SKIP:
    default:
      return HONE_READ_END;
    }
}

static HoneReadStatus
next_value (HonePeer    *self,
            HoneJson   **value,
            HoneRecord **refused,
            GError     **error)
{
  while (self->phase < self->phases->len)
    {
      HoneReadStatus status;

      *value = NULL;
      status = next_of_phase (self, value, refused, error);
      if (status == HONE_READ_RECORD && *value == NULL)
        continue;
      if (status != HONE_READ_END)
        return status;
      begin_phase (self, self->phase + 1);
    }

  return HONE_READ_END;
}

/* ---- for sniff () ---- */

double
_hone_sniff_share (const HoneSniff  *sniff,
                   gboolean        (*test) (const HoneJson *value))
{
  guint n = 0, n_true = 0;

  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      for (guint j = 0; j < head->values->len; j++)
        {
          n++;
          n_true += test (g_ptr_array_index (head->values, j)) ? 1 : 0;
        }
    }

  return n > 0 ? (double) n_true / n : 0;
}

gboolean
_hone_json_is (const HoneJson *object,
               const char     *name,
               HoneJsonType    type)
{
  const HoneJson *member = hone_json_get (object, name);

  return member != NULL && hone_json_get_type_of (member) == type;
}

/* ---- the class's functions ---- */

static gboolean
learn (HonePeer  *self,
       GError   **error)
{
  HoneReadStatus status;

  do
    {
      g_autoptr(HoneJson) value = NULL;
      g_autoptr(HoneRecord) refused = NULL;

      status = next_value (self, &value, &refused, error);
      if (status == HONE_READ_RECORD)
        self->ops->learn (self, value);
    }
  while (status == HONE_READ_RECORD || status == HONE_READ_REFUSED);

  begin_phase (self, 0);

  return status == HONE_READ_END;
}

gboolean
_hone_peer_open (HoneReader         *reader,
                 const HonePeerOps  *ops,
                 GError            **error)
{
  HonePeer *self = g_new0 (HonePeer, 1);

  self->ops = ops;
  self->reader = reader;
  self->phases = g_ptr_array_new_with_free_func (phase_free);
  self->state = g_malloc0 (MAX (ops->state_size, 1));
  reader->state = self;

  for (guint i = 0; i < reader->all_sources->len; i++)
    {
      HoneSource *source = g_ptr_array_index (reader->all_sources, i);
      int rank = 0;
      HonePeerShape shape = ops->shape (self, source, &rank);

      if (shape == HONE_PEER_SKIP)
        continue;
      add_source (self, source, shape, rank);
      self->n_files++;
    }

  if (self->n_files == 0)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY, _("No file with records of format “%s” was found"),
                   hone_format_to_string (reader->format));
      return FALSE;
    }

  begin_phase (self, 0);
  if (ops->learn != NULL && (ops->learns == NULL || ops->learns (self)) && !learn (self, error))
    return FALSE;

  return ops->settle == NULL || ops->settle (self, error);
}

static gboolean
is_nothing (const HoneRecord *record)
{
  return record->text == NULL && !record->must_exist;
}

HoneReadStatus
_hone_peer_next (HoneReader  *reader,
                 HoneRecord **record,
                 GError     **error)
{
  HonePeer *self = reader->state;

  while (TRUE)
    {
      g_autoptr(HoneJson) value = NULL;
      g_autoptr(HoneRecord) made = NULL;
      HoneReadStatus status = next_value (self, &value, record, error);
      gboolean mapped;

      if (status != HONE_READ_RECORD)
        return status;

      made = hone_reader_new_record (reader);
      mapped = self->ops->map (self, value, made);
      if (mapped && is_nothing (made))
        continue;
      if (mapped && made->text != NULL && *made->text == '\0')
        mapped = _hone_map_refuse (made, HONE_WARNING_MALFORMED, "text", _("The record has no text"));

      *record = g_steal_pointer (&made);
      return mapped ? HONE_READ_RECORD : HONE_READ_REFUSED;
    }
}

void
_hone_peer_close (HoneReader *reader)
{
  HonePeer *self = reader->state;

  if (self == NULL)
    return;

  if (self->ops->clear != NULL)
    self->ops->clear (self->state);
  g_free (self->state);
  g_strfreev (self->header);
  g_ptr_array_unref (self->phases);
  g_free (self);
  reader->state = NULL;
}
