/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hone's own lossless JSON Lines: a header, categories, then examples and all that refers to them by id.
 * An example without an id of its own is written with a made-up one and "own_id": false: it joins, but is not stored. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-reader-private.h"

typedef struct {
  HoneJson   *pending;     /* (nullable): first value behind the categories, met by open () */
  HoneRecord *refused;     /* (nullable): the same, where it could not be read */
} JsonlState;

static guint
hone_jsonl_sniff (const HoneSniff *sniff)
{
  const HoneJson *first = hone_sniff_first_value (sniff);

  return hone_json_get_type_of (hone_json_get (first, "hone")) == HONE_JSON_NUMBER ? 96 : 0;
}

/* ---- header and categories ---- */

static gboolean
fail_here (HoneReader  *self,
           GError     **error,
           const char  *reason)
{
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED, _("“%s”, line %" G_GSIZE_FORMAT ": %s"),
               self->source->path, self->line, reason);

  return FALSE;
}

static gboolean
take_header (HoneReader      *self,
             const HoneJson  *value,
             GError         **error)
{
  const char *choice = hone_json_get_string (hone_json_get (value, "choice"));
  const char *template = hone_json_get_string (hone_json_get (value, "template_text"));
  HoneChoice known = HONE_CHOICE_ONE;

  if (hone_json_get_number (hone_json_get (value, "hone")) > 1)
    return fail_here (self, error, _("the file was written by a newer Hone"));
  if (choice != NULL && !hone_choice_from_string (choice, &known))
    return fail_here (self, error, _("“choice” must be “one” or “several”"));
  if (self->ontology != NULL)
    return TRUE;

  self->ontology = hone_ontology_new (known, hone_json_get_string (hone_json_get (value, "instruction")));
  if (template == NULL)
    template = hone_json_get_string (hone_json_get (value, "template"));
  /* A mere hash says which template was used, but not what it looks like. */
  if (template != NULL && !g_str_has_prefix (template, "sha256:"))
    self->template = hone_template_from_string (template, NULL);

  return TRUE;
}

static gboolean
take_category (HoneReader      *self,
               const HoneJson  *value,
               GError         **error)
{
  g_auto(GStrv) aliases = hone_read_words (hone_json_get (value, "aliases"));
  g_autoptr(GError) local_error = NULL;
  HoneCategory category = {
    .key = (char *) hone_json_get_string (hone_json_get (value, "category")),
    .name = (char *) hone_json_get_string (hone_json_get (value, "name")),
    .definition = (char *) hone_json_get_string (hone_json_get (value, "definition")),
    .color = (char *) hone_json_get_string (hone_json_get (value, "color")),
    .shortcut = (char *) hone_json_get_string (hone_json_get (value, "key")),
    .aliases = aliases,
  };

  if (category.key == NULL)
    return fail_here (self, error, _("“category” must be a string"));
  if (self->ontology == NULL)
    self->ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  /* Parts of one project name the same categories. */
  if (hone_ontology_get_by_key (self->ontology, category.key) != NULL && self->next_source > 1)
    return TRUE;
  if (category.name == NULL)
    category.name = category.key;
  if (hone_ontology_add (self->ontology, &category, &local_error) == 0)
    return fail_here (self, error, local_error->message);

  return TRUE;
}

/* Header or category: taken, TRUE in *taken. */
static gboolean
take_head (HoneReader      *self,
           const HoneJson  *value,
           gboolean        *taken,
           GError         **error)
{
  *taken = TRUE;
  if (hone_json_get (value, "hone") != NULL)
    return take_header (self, value, error);
  if (hone_json_get (value, "category") != NULL)
    return take_category (self, value, error);
  *taken = FALSE;

  return TRUE;
}

static gboolean
hone_jsonl_open (HoneReader  *self,
                 GError     **error)
{
  JsonlState *state = self->state = g_new0 (JsonlState, 1);
  HoneReadStatus status;

  self->json_mode = HONE_JSON_STREAM_LINES;
  for (;;)
    {
      g_autoptr(HoneJson) value = NULL;
      gboolean taken;

      status = hone_reader_next_json (self, &value, &state->refused, error);
      if (status != HONE_READ_RECORD)
        break;
      if (!take_head (self, value, &taken, error))
        return FALSE;
      if (!taken)
        {
          state->pending = g_steal_pointer (&value);
          break;
        }
    }

  if (self->ontology != NULL)
    hone_reader_describe (self, g_dngettext (GETTEXT_PACKAGE, "%d category", "%d categories",
                                             hone_ontology_get_size (self->ontology)),
                          (int) hone_ontology_get_size (self->ontology));

  return status != HONE_READ_ERROR;
}

static void
hone_jsonl_close (HoneReader *self)
{
  JsonlState *state = self->state;

  if (state == NULL)
    return;
  hone_json_free (state->pending);
  hone_record_free (state->refused);
  g_free (state);
}

/* ---- records: each function gives NULL, or the name of the member that is wrong ---- */

static const char *
read_example (HoneRecord      *record,
              const HoneJson  *value)
{
  const HoneJson *meta = hone_json_get (value, "meta"), *own = hone_json_get (value, "own_id");
  const char *split = hone_json_get_string (hone_json_get (value, "split"));
  g_autofree char *id = hone_json_dup_text (hone_json_get (value, "example"));
  HoneSplit known;

  record->text = g_strdup (hone_json_get_string (hone_json_get (value, "text")));
  if (record->text == NULL)
    return "text";
  if (id == NULL || *id == '\0')
    return "example";
  if (own != NULL && !hone_json_get_boolean (own))
    record->join_key = g_steal_pointer (&id);
  else
    record->external_id = g_steal_pointer (&id);
  if (split != NULL)
    {
      if (!hone_split_from_string (split, &known))
        return "split";
      record->split = known;
    }
  record->flag = hone_json_get_boolean (hone_json_get (value, "flag"));
  if (hone_json_get_type_of (meta) != HONE_JSON_OBJECT && hone_json_get_type_of (meta) != HONE_JSON_NULL)
    return "meta";
  if (hone_json_get_size (meta) > 0)
    {
      GString *out = g_string_new (NULL);

      hone_json_print (meta, out);
      record->meta = g_string_free (out, FALSE);
    }

  return NULL;
}

/* What refers to an example: by its own id or by the made-up one. */
static const char *
read_reference (HoneRecord      *record,
                const HoneJson  *value,
                const char      *name)
{
  record->external_id = hone_json_dup_text (hone_json_get (value, name));
  record->join_key = g_strdup (record->external_id);
  record->must_exist = TRUE;

  return record->external_id == NULL || *record->external_id == '\0' ? name : NULL;
}

static const char *
read_label (HoneRecord      *record,
            const HoneJson  *value,
            gboolean         skip)
{
  const char *origin = hone_json_get_string (hone_json_get (value, "origin"));
  const HoneJson *time = hone_json_get (value, "time");
  HoneRecordLabel *label = hone_record_add_label (record);

  label->author = hone_json_dup_text (hone_json_get (value, "author"));
  label->note = hone_json_dup_text (hone_json_get (value, "note"));
  label->skip = skip;
  label->time = hone_read_time (time);
  if (label->time == 0 && hone_json_get_type_of (time) != HONE_JSON_NULL)
    return "time";
  if (origin != NULL && !hone_origin_from_string (origin, &label->origin))
    return "origin";
  if (skip)
    return NULL;
  label->words = hone_read_words (hone_json_get (value, "categories"));

  return label->words == NULL ? "categories" : NULL;
}

static const char *
read_known (HoneRecord      *record,
            const HoneJson  *value)
{
  record->known = hone_read_words (hone_json_get (value, "categories"));

  return record->known == NULL ? "categories" : NULL;
}

static gboolean
is_ratio (double number)
{
  return number >= 0 && number <= 1;
}

static const char *
read_scores (HoneRecordPrediction *prediction,
             const HoneJson       *scores)
{
  gsize n = hone_json_get_size (scores);

  if (hone_json_get_type_of (scores) == HONE_JSON_NULL)
    return NULL;
  if (hone_json_get_type_of (scores) != HONE_JSON_OBJECT)
    return "scores";

  prediction->scores = g_new0 (HoneRecordScore, n);
  for (gsize i = 0; i < n; i++)
    {
      double number = hone_json_get_number (hone_json_get_nth (scores, i));

      if (isnan (number))
        continue;
      if (!is_ratio (number))
        return "scores";
      prediction->scores[prediction->n_scores].word = g_strdup (hone_json_get_name (scores, i));
      prediction->scores[prediction->n_scores++].value = number;
    }

  return NULL;
}

static const char *
read_prediction (HoneRecord      *record,
                 const HoneJson  *value)
{
  const char *outcome = hone_json_get_string (hone_json_get (value, "outcome"));
  double iteration = hone_json_get_number (hone_json_get (value, "iteration"));
  const HoneJson *confidence = hone_json_get (value, "confidence");
  HoneRecordPrediction *prediction = hone_record_add_prediction (record);

  prediction->judged = TRUE;
  if (!hone_outcome_from_string (outcome, &prediction->outcome))
    return "outcome";
  prediction->model = hone_json_dup_text (hone_json_get (value, "model"));
  if (!isnan (iteration))
    {
      if (iteration < 0 || iteration > G_MAXINT32 || iteration != floor (iteration))
        return "iteration";
      prediction->iteration = (int) iteration;
    }
  prediction->words = hone_read_words (hone_json_get (value, "categories"));
  if (prediction->words == NULL && prediction->outcome == HONE_OUTCOME_ANSWERED)
    return "categories";
  prediction->confidence = hone_json_get_number (confidence);
  if (hone_json_get_type_of (confidence) != HONE_JSON_NULL && !is_ratio (prediction->confidence))
    return "confidence";
  prediction->raw = hone_json_dup_text (hone_json_get (value, "raw"));
  prediction->reason = hone_json_dup_text (hone_json_get (value, "reason"));
  prediction->time = hone_read_time (hone_json_get (value, "time"));

  return read_scores (prediction, hone_json_get (value, "scores"));
}

static const char *
read_record (HoneRecord      *record,
             const HoneJson  *value)
{
  static const char * const kinds[] = { "label", "skip", "known", "prediction" };
  const char *wrong;
  gsize kind = 0;

  if (hone_json_get (value, "example") != NULL)
    return read_example (record, value);
  while (kind < G_N_ELEMENTS (kinds) && hone_json_get (value, kinds[kind]) == NULL)
    kind++;
  if (kind == G_N_ELEMENTS (kinds))
    return "";

  wrong = read_reference (record, value, kinds[kind]);
  if (wrong != NULL)
    return wrong;
  switch (kind)
    {
    case 0:
    case 1:
      return read_label (record, value, kind == 1);
    case 2:
      return read_known (record, value);
    default:
      return read_prediction (record, value);
    }
}

static HoneReadStatus
take_value (HoneReader      *self,
            const HoneJson  *value,
            HoneRecord     **record)
{
  g_autofree char *detail = NULL;
  const char *wrong;

  *record = hone_reader_new_record (self);
  wrong = read_record (*record, value);
  if (wrong == NULL)
    return HONE_READ_RECORD;

  g_clear_pointer (record, hone_record_free);
  if (*wrong == '\0')
    detail = g_strdup (_("this is no record that Hone writes"));
  else
    detail = g_strdup_printf (_("the member “%s” is missing or not what Hone writes"), wrong);

  return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, *wrong != '\0' ? wrong : NULL, detail);
}

static HoneReadStatus
hone_jsonl_next (HoneReader  *self,
                 HoneRecord **record,
                 GError     **error)
{
  JsonlState *state = self->state;

  if (state->refused != NULL)
    {
      *record = g_steal_pointer (&state->refused);
      return HONE_READ_REFUSED;
    }

  for (;;)
    {
      g_autoptr(HoneJson) value = g_steal_pointer (&state->pending);
      HoneReadStatus status = HONE_READ_RECORD;
      gboolean taken;

      if (value == NULL)
        status = hone_reader_next_json (self, &value, record, error);
      if (status != HONE_READ_RECORD)
        return status;
      if (!take_head (self, value, &taken, error))
        return HONE_READ_ERROR;
      if (!taken)
        return take_value (self, value, record);
    }
}

const HoneReaderClass hone_read_hone_jsonl_class = {
  .format = HONE_FORMAT_HONE_JSONL,
  .sniff = hone_jsonl_sniff,
  .open = hone_jsonl_open,
  .next = hone_jsonl_next,
  .close = hone_jsonl_close,
};
