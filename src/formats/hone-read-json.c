/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON and JSON Lines of any members: text, label, id and split by their names, everything else is metadata. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-columns.h"
#include "hone-json-columns.h"
#include "hone-reader-private.h"

#define MAX_COLUMNS 200

typedef struct {
  char           **texts;       /* (nullable): paths of members the user named */
  HoneJsonColumns *columns;     /* (nullable): {column: {row: value}} */
} JsonState;

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

/* ---- finding members ---- */

static HoneJson *
find_folded (const HoneJson *object,
             const char     *name)
{
  HoneJson *exact = hone_json_get_path (object, name);
  g_autofree char *wanted = NULL;

  if (exact != NULL)
    return exact;
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *member = hone_json_get_name (object, i);

      if (member != NULL && g_ascii_strcasecmp (member, name) == 0)
        return hone_json_get_nth (object, i);
    }
  if (g_str_is_ascii (name))
    return NULL;

  wanted = g_utf8_casefold (name, -1);
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *member = hone_json_get_name (object, i);
      g_autofree char *folded = member != NULL ? g_utf8_casefold (member, -1) : NULL;

      if (g_strcmp0 (wanted, folded) == 0)
        return hone_json_get_nth (object, i);
    }

  return NULL;
}

/* The member that the user named, else that with the best known name. */
static HoneJson *
find_member (const HoneJson *object,
             const char     *asked,
             HoneColumnRole  role)
{
  const char * const *names = hone_column_names (role);
  HoneJson *found = NULL;

  if (asked != NULL)
    return find_folded (object, asked);

  for (gsize i = 0; found == NULL && names[i] != NULL; i++)
    found = find_folded (object, names[i]);

  return found;
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
      if (find_folded (g_ptr_array_index (head->values, i), asked) != NULL)
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
      if (find_folded (g_ptr_array_index (head->values, i), asked) != NULL)
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
  JsonState *state = self->state;
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
  JsonState *state = self->state = g_new0 (JsonState, 1);

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
  JsonState *state = self->state;

  if (state == NULL)
    return;
  g_strfreev (state->texts);
  g_clear_pointer (&state->columns, hone_json_columns_free);
  g_free (state);
}

/* ---- records ---- */

static gboolean
is_used (const HoneJson         *value,
         const HoneJson * const *used,
         gsize                   n_used)
{
  for (gsize i = 0; i < n_used; i++)
    {
      if (used[i] == value)
        return TRUE;
    }

  return FALSE;
}

static gboolean
holds_used (const HoneJson         *value,
            const HoneJson * const *used,
            gsize                   n_used)
{
  if (is_used (value, used, n_used))
    return TRUE;
  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return FALSE;
  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      if (holds_used (hone_json_get_nth (value, i), used, n_used))
        return TRUE;
    }

  return FALSE;
}

/* Members that are nothing else; those of an object from which a member was taken stand under their path. */
static void
add_meta (GString               **meta,
          const HoneJson         *object,
          const char             *prefix,
          const HoneJson * const *used,
          gsize                   n_used)
{
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const HoneJson *member = hone_json_get_nth (object, i);
      g_autofree char *name = *prefix != '\0' ? g_strconcat (prefix, ".", hone_json_get_name (object, i), NULL)
                                              : g_strdup (hone_json_get_name (object, i));

      if (is_used (member, used, n_used))
        continue;
      if (holds_used (member, used, n_used))
        add_meta (meta, member, name, used, n_used);
      else
        hone_meta_add (meta, name, member);
    }
}

static const char *
kind_of (const HoneJson *value)
{
  switch (hone_json_get_type_of (value))
    {
    case HONE_JSON_ARRAY:
      return _("a list");
    case HONE_JSON_OBJECT:
      return _("an object");
    case HONE_JSON_NULL:
      return _("null");
    case HONE_JSON_BOOLEAN:
    case HONE_JSON_NUMBER:
    case HONE_JSON_STRING:
    default:
      return _("a single value");
    }
}

static HoneReadStatus
refuse_member (HoneReader      *self,
               HoneRecord     **record,
               const char      *field,
               const HoneJson  *value,
               const char      *wanted)
{
  g_autofree char *detail = g_strdup_printf (_("“%s” is %s, where %s was expected"), field, kind_of (value), wanted);

  g_clear_pointer (record, hone_record_free);

  return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, field, detail);
}

static HoneReadStatus
refuse_textless (HoneReader  *self,
                 HoneRecord **record)
{
  g_clear_pointer (record, hone_record_free);

  return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, self->text_column != NULL ? self->text_column : "text",
                             _("the record has no text"));
}

/* The text, from one member or several. RECORD: taken. */
static HoneReadStatus
take_text (HoneReader       *self,
           const HoneJson   *value,
           HoneRecord      **record,
           const HoneJson  **used,
           gsize            *n_used)
{
  JsonState *state = self->state;
  char **paths = state->texts;
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_parts = 0;

  for (gsize i = 0; i == 0 || (paths != NULL && paths[i] != NULL); i++)
    {
      const HoneJson *member = find_member (value, paths != NULL ? paths[i] : NULL, HONE_COLUMN_TEXT);
      g_autofree char *part = hone_json_dup_text (member);

      if (member != NULL && part == NULL && hone_json_get_type_of (member) != HONE_JSON_NULL)
        return refuse_member (self, record, paths != NULL ? paths[i] : "text", member, _("a string"));
      if (member != NULL && *n_used < 8)
        used[(*n_used)++] = member;
      if (part == NULL || *part == '\0')
        continue;
      if (n_parts++ > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, part);
    }

  if (n_parts == 0)
    return refuse_textless (self, record);
  (*record)->text = g_string_free (g_steal_pointer (&text), FALSE);
  if (paths != NULL && paths[0] != NULL && paths[1] != NULL)
    hone_record_warn (*record, HONE_WARNING_JOINED_FIELDS, self->text_column, NULL);

  return HONE_READ_RECORD;
}

static HoneReadStatus
take_label (HoneReader      *self,
            const HoneJson  *member,
            HoneRecord     **record)
{
  g_auto(GStrv) words = NULL;

  if (hone_json_get_type_of (member) == HONE_JSON_OBJECT)
    return refuse_member (self, record, "label", member, _("a string or a list of strings"));

  words = hone_json_get_string (member) != NULL ? hone_column_words (hone_json_get_string (member), self->project)
                                                : hone_read_words (member);
  for (gsize i = 0; i < hone_json_get_size (member); i++)
    {
      const HoneJson *word = hone_json_get_nth (member, i);

      if (hone_json_get_type_of (word) == HONE_JSON_OBJECT || hone_json_get_type_of (word) == HONE_JSON_ARRAY)
        return refuse_member (self, record, "label", word, _("a string in the list"));
    }
  if (words != NULL)
    hone_record_add_label (*record)->words = g_steal_pointer (&words);

  return HONE_READ_RECORD;
}

/* What Hone's own JSON says about the answer of a model; other people's "outcome" stays metadata. */
static void
take_prediction (const HoneJson   *value,
                 HoneRecord       *record,
                 const HoneJson  **used,
                 gsize            *n_used)
{
  const HoneJson *words = hone_json_get (value, "prediction"), *outcome = hone_json_get (value, "outcome");
  const HoneJson *confidence = hone_json_get (value, "confidence"), *scores = hone_json_get (value, "scores");
  HoneRecordPrediction *prediction;
  HoneOutcome known;

  if (!hone_outcome_from_string (hone_json_get_string (outcome), &known) ||
      (known == HONE_OUTCOME_ANSWERED && hone_json_get_type_of (words) == HONE_JSON_NULL))
    return;

  prediction = hone_record_add_prediction (record);
  prediction->judged = TRUE;
  prediction->outcome = known;
  if (known == HONE_OUTCOME_ANSWERED)
    prediction->words = hone_read_words (words);
  else
    prediction->raw = hone_json_dup_text (words);
  used[(*n_used)++] = words;
  used[(*n_used)++] = outcome;
  if (hone_json_get_number (confidence) >= 0 && hone_json_get_number (confidence) <= 1)
    {
      prediction->confidence = hone_json_get_number (confidence);
      used[(*n_used)++] = confidence;
    }
  if (hone_json_get_type_of (scores) != HONE_JSON_OBJECT)
    return;

  used[(*n_used)++] = scores;
  prediction->scores = g_new0 (HoneRecordScore, hone_json_get_size (scores));
  for (gsize i = 0; i < hone_json_get_size (scores); i++)
    {
      double number = hone_json_get_number (hone_json_get_nth (scores, i));

      if (!(number >= 0 && number <= 1))
        continue;
      prediction->scores[prediction->n_scores].word = g_strdup (hone_json_get_name (scores, i));
      prediction->scores[prediction->n_scores++].value = number;
    }
}

static HoneReadStatus
read_object (HoneReader      *self,
             const HoneJson  *value,
             HoneRecord     **record)
{
  const HoneJson *used[16];   /* 8 texts, label, id, split, prediction, outcome, confidence, scores */
  g_autofree char *split = NULL;
  HoneReadStatus status;
  GString *meta = NULL;
  HoneJson *member;
  gsize n_used = 0;

  *record = hone_reader_new_record (self);
  status = take_text (self, value, record, used, &n_used);
  if (status != HONE_READ_RECORD)
    return status;

  member = find_member (value, self->label_column, HONE_COLUMN_LABEL);
  if (member != NULL && !is_used (member, used, n_used))
    {
      used[n_used++] = member;
      status = take_label (self, member, record);
      if (status != HONE_READ_RECORD)
        return status;
    }

  member = find_member (value, self->id_column, HONE_COLUMN_ID);
  if (member != NULL && !is_used (member, used, n_used))
    {
      (*record)->external_id = hone_json_dup_text (member);
      if ((*record)->external_id == NULL && hone_json_get_type_of (member) != HONE_JSON_NULL)
        return refuse_member (self, record, "id", member, _("a string or a number"));
      if ((*record)->external_id != NULL && *(*record)->external_id == '\0')
        g_clear_pointer (&(*record)->external_id, g_free);
      used[n_used++] = member;
    }

  member = find_member (value, self->split_column, HONE_COLUMN_SPLIT);
  split = member != NULL && !is_used (member, used, n_used) ? hone_json_dup_text (member) : NULL;
  (*record)->split = hone_read_split (split);
  if ((*record)->split >= 0)
    used[n_used++] = member;

  take_prediction (value, *record, used, &n_used);
  add_meta (&meta, value, "", used, n_used);
  (*record)->meta = hone_meta_finish (&meta);

  return HONE_READ_RECORD;
}

static HoneReadStatus
next_value (HoneReader   *self,
            HoneJson    **value,
            HoneRecord  **record,
            GError      **error)
{
  JsonState *state = self->state;
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
      return read_object (self, value, record);
    case HONE_JSON_STRING:
      if (*hone_json_get_string (value) == '\0')
        return refuse_textless (self, record);
      *record = hone_reader_new_record (self);
      (*record)->text = hone_json_dup_text (value);
      return HONE_READ_RECORD;
    case HONE_JSON_NULL:
    case HONE_JSON_BOOLEAN:
    case HONE_JSON_NUMBER:
    case HONE_JSON_ARRAY:
    default:
      text = g_strdup_printf (_("the record is %s, where an object was expected"), kind_of (value));
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
