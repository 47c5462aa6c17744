/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One object of JSON of any members as a record: each member becomes the text, the label, id, split, an answer, or metadata. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-columns.h"
#include "hone-read-json-private.h"

/* ---- finding members ---- */

HoneJson *
_hone_json_find_folded (const HoneJson *object,
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
    return _hone_json_find_folded (object, asked);

  for (gsize i = 0; found == NULL && names[i] != NULL; i++)
    found = _hone_json_find_folded (object, names[i]);

  return found;
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

const char *
_hone_read_json_kind (const HoneJson *value)
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
  g_autofree char *detail = g_strdup_printf (_("“%s” is %s, where %s was expected"), field, _hone_read_json_kind (value), wanted);

  g_clear_pointer (record, hone_record_free);

  return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, field, detail);
}

HoneReadStatus
_hone_read_json_refuse_textless (HoneReader  *self,
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
  HoneReadJsonState *state = self->state;
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
    return _hone_read_json_refuse_textless (self, record);
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
  else if (hone_json_get_type_of (member) == HONE_JSON_ARRAY)
    hone_record_warn (*record, HONE_WARNING_EMPTY_ANSWER, "label", _("Nothing was chosen"));

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

/* One object as a record. */
HoneReadStatus
_hone_read_json_object (HoneReader      *self,
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
