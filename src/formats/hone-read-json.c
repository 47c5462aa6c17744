/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON and JSON Lines of any members: text, label, id and split by their names, everything else is metadata. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-columns.h"
#include "hone-read-json-private.h"

#define MAX_COLUMNS 200

static gboolean
is_json_file (const HoneSource *source)
{
  return source->named || hone_source_has_suffix (source, ".json") || hone_source_has_suffix (source, ".jsonl") ||
         hone_source_has_suffix (source, ".ndjson");
}

static gboolean
has_lines_ending (const HoneSource *source)
{
  return hone_source_has_suffix (source, ".jsonl") || hone_source_has_suffix (source, ".ndjson");
}

static const HoneHead *
first_head (const HoneSniff *sniff)
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (is_json_file (head->source) && (head->is_json || hone_source_has_suffix (head->source, ".json") ||
                                          has_lines_ending (head->source)))
        return head;
    }

  return NULL;
}

static guint
json_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = first_head (sniff);

  return head != NULL && !has_lines_ending (head->source) ? 12 : 0;
}

static guint
jsonl_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = first_head (sniff);

  if (head == NULL)
    return 0;
  if (has_lines_ending (head->source))
    return 12;

  return hone_source_has_suffix (head->source, ".json") || head->is_list || head->values->len < 2 ? 0 : 13;
}

/* ---- opening ---- */

static void
add_columns (HoneReader     *self,
             const HoneJson *object,
             const char     *prefix)
{
  if (hone_json_get_type_of (object) != HONE_JSON_OBJECT)
    return;
  for (gsize i = 0; i < hone_json_get_size (object) && self->columns->len < MAX_COLUMNS; i++)
    {
      const HoneJson *member = hone_json_get_nth (object, i);
      g_autofree char *name = *prefix != '\0' ? g_strconcat (prefix, ".", hone_json_get_name (object, i), NULL)
                                              : g_strdup (hone_json_get_name (object, i));

      if (hone_json_get_type_of (member) == HONE_JSON_OBJECT && *prefix == '\0')
        add_columns (self, member, name);
      else
        hone_reader_add_column (self, name);
    }
}

/* Named members must be there in at least one of the first values. */
static gboolean
check_asked (HoneReader     *self,
             const HoneHead *head,
             const char     *asked,
             GError        **error)
{
  g_autofree char *names = NULL;

  if (asked == NULL || head == NULL || head->values->len == 0)
    return TRUE;
  for (guint i = 0; i < head->values->len; i++)
    {
      if (_hone_json_find_folded (g_ptr_array_index (head->values, i), asked) != NULL)
        return TRUE;
    }

  names = g_strjoinv (", ", (char **) self->columns->pdata);
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_COLUMN,
               _("“%s” has no member “%s”; its first records have: %.500s"), head->source->path, asked, names);

  return FALSE;
}

static gboolean
any_has (const HoneHead *head,
         const char     *asked)
{
  for (guint i = 0; head != NULL && i < head->values->len; i++)
    {
      if (_hone_json_find_folded (g_ptr_array_index (head->values, i), asked) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
describe (HoneReader     *self,
          const HoneHead *head)
{
  static const struct {
    HoneColumnRole  role;
    const char     *text;
  } roles[] = {
    { HONE_COLUMN_TEXT, N_("texts in member “%s”") },
    { HONE_COLUMN_LABEL, N_("labels in member “%s”") },
    { HONE_COLUMN_ID, N_("ids in member “%s”") },
    { HONE_COLUMN_SPLIT, N_("splits in member “%s”") },
  };
  const char *asked[] = { self->text_column, self->label_column, self->id_column, self->split_column };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const char * const *names = hone_column_names (roles[i].role);
      const char *name = asked[i];

      for (gsize j = 0; name == NULL && names[j] != NULL; j++)
        {
          if (any_has (head, names[j]))
            name = names[j];
        }
      if (name != NULL)
        hone_reader_describe (self, g_dgettext (GETTEXT_PACKAGE, roles[i].text), name);
    }
}

static gboolean
open_columns (HoneReader  *self,
              GError     **error)
{
  HoneReadJsonState *state = self->state;
  const char * const *names;

  state->columns = hone_json_columns_new (g_ptr_array_index (self->sources, 0), self->encoding, error);
  if (state->columns == NULL)
    return FALSE;

  names = hone_json_columns_get_names (state->columns);
  for (gsize i = 0; names[i] != NULL; i++)
    hone_reader_add_column (self, names[i]);
  hone_reader_describe (self, _("a table by columns"));

  return TRUE;
}

static gboolean
json_open (HoneReader  *self,
           GError     **error)
{
  const char *others[] = { self->label_column, self->id_column, self->split_column };
  const HoneHead *head = first_head (self->sniff);
  HoneReadJsonState *state = self->state = g_new0 (HoneReadJsonState, 1);

  if (self->sources->len > 1)
    hone_reader_keep_sources (self, is_json_file);
  if (self->format == HONE_FORMAT_JSONL)
    self->json_mode = HONE_JSON_STREAM_LINES;
  if (self->sources->len == 1 && head != NULL && self->format == HONE_FORMAT_JSON &&
      hone_json_columns_fit (head->text, self->text_column))
    return open_columns (self, error);

  for (guint i = 0; head != NULL && i < head->values->len; i++)
    add_columns (self, g_ptr_array_index (head->values, i), "");
  if (self->text_column != NULL && !any_has (head, self->text_column))
    state->texts = g_strsplit (self->text_column, ",", -1);
  else if (self->text_column != NULL)
    state->texts = hone_read_word (self->text_column);
  for (gsize i = 0; state->texts != NULL && state->texts[i] != NULL; i++)
    {
      if (!check_asked (self, head, g_strstrip (state->texts[i]), error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (!check_asked (self, head, others[i], error))
        return FALSE;
    }
  describe (self, head);

  return TRUE;
}

static void
json_close (HoneReader *self)
{
  HoneReadJsonState *state = self->state;

  if (state == NULL)
    return;
  g_strfreev (state->texts);
  g_clear_pointer (&state->columns, hone_json_columns_free);
  g_free (state);
}

/* ---- records ---- */

static HoneReadStatus
next_value (HoneReader   *self,
            HoneJson    **value,
            HoneRecord  **record,
            GError      **error)
{
  HoneReadJsonState *state = self->state;
  g_autoptr(GError) local_error = NULL;

  if (state->columns == NULL)
    return hone_reader_next_json (self, value, record, error);

  self->source = g_ptr_array_index (self->sources, 0);
  *value = hone_json_columns_next (state->columns, &self->line, &local_error);
  if (*value != NULL)
    return HONE_READ_RECORD;
  if (local_error == NULL)
    return HONE_READ_END;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return HONE_READ_ERROR;
}

static HoneReadStatus
json_next (HoneReader  *self,
           HoneRecord **record,
           GError     **error)
{
  g_autoptr(HoneJson) value = NULL;
  HoneReadStatus status = next_value (self, &value, record, error);
  g_autofree char *text = NULL;

  if (status != HONE_READ_RECORD)
    return status;

  switch (hone_json_get_type_of (value))
    {
    case HONE_JSON_OBJECT:
      return _hone_read_json_object (self, value, record);
    case HONE_JSON_STRING:
      if (*hone_json_get_string (value) == '\0')
        return _hone_read_json_refuse_textless (self, record);
      *record = hone_reader_new_record (self);
      (*record)->text = hone_json_dup_text (value);
      return HONE_READ_RECORD;
    case HONE_JSON_NULL:
    case HONE_JSON_BOOLEAN:
    case HONE_JSON_NUMBER:
    case HONE_JSON_ARRAY:
    default:
      text = g_strdup_printf (_("the record is %s, where an object was expected"), _hone_read_json_kind (value));
      return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, NULL, text);
    }
}

const HoneReaderClass hone_read_json_class = {
  .format = HONE_FORMAT_JSON,
  .sniff = json_sniff,
  .open = json_open,
  .next = json_next,
  .close = json_close,
};

const HoneReaderClass hone_read_jsonl_class = {
  .format = HONE_FORMAT_JSONL,
  .sniff = jsonl_sniff,
  .open = json_open,
  .next = json_next,
  .close = json_close,
};
