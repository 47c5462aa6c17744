/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Argilla 1 and Rubrix: records of text classification as their client wrote them. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-peer.h"

static HonePeerShape
v1_shape (HonePeer         *self,
          const HoneSource *source,
          int              *rank)
{
  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* inputs is an object of texts, or one text. */
static gboolean
map_inputs (HoneRecord     *record,
            const HoneJson *inputs)
{
  g_autoptr(GString) joined = g_string_new (NULL);
  guint n_parts = 0;

  for (gsize i = 0; i < hone_json_get_size (inputs); i++)
    {
      const char *part = hone_json_get_string (hone_json_get_nth (inputs, i));

      if (part == NULL)
        continue;
      if (n_parts++ > 0)
        g_string_append_c (joined, '\n');
      g_string_append (joined, part);
    }
  if (hone_json_get_string (inputs) != NULL)
    {
      n_parts = 1;
      g_string_assign (joined, hone_json_get_string (inputs));
    }

  if (n_parts == 0)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "inputs", _("The record has no text"));
  if (n_parts > 1)
    hone_record_warn (record, HONE_WARNING_JOINED_FIELDS, "inputs", _("Several text fields became one"));
  record->text = g_string_free (g_steal_pointer (&joined), FALSE);

  return TRUE;
}

/* {label, score} or [label, score]. */
static const HoneJson *
part_of (const HoneJson *entry,
         const char     *name,
         gsize           nth)
{
  return hone_json_get_type_of (entry) == HONE_JSON_ARRAY ? hone_json_get_nth (entry, nth) : hone_json_get (entry, name);
}

/* The first entry is the answer; all together are its scores. */
static void
map_prediction (HoneRecord     *record,
                const HoneJson *value)
{
  const HoneJson *list = hone_json_get (value, "prediction");
  const HoneJson *first = hone_json_get_nth (list, 0);
  char **words = _hone_map_words (part_of (first, "label", 0));
  HoneRecordPrediction *prediction;

  if (words == NULL)
    return;

  prediction = hone_record_add_prediction (record);
  prediction->words = words;
  prediction->model = hone_json_dup_text (hone_json_get (value, "prediction_agent"));
  prediction->confidence = _hone_map_ratio (part_of (first, "score", 1), 1);
  prediction->scores = g_new0 (HoneRecordScore, hone_json_get_size (list));
  for (gsize i = 0; i < hone_json_get_size (list); i++)
    {
      const HoneJson *entry = hone_json_get_nth (list, i);
      double score = _hone_map_ratio (part_of (entry, "score", 1), 1);
      char *word = hone_json_dup_text (part_of (entry, "label", 0));

      if (word == NULL || !(score >= 0))
        {
          g_free (word);
          continue;
        }
      prediction->scores[prediction->n_scores].word = word;
      prediction->scores[prediction->n_scores++].value = score;
    }
}

static void
map_annotation (HoneRecord     *record,
                const HoneJson *value)
{
  const char *status = hone_json_get_string (hone_json_get (value, "status"));
  HoneRecordLabel *label = NULL;
  g_auto(GStrv) words = _hone_map_words (hone_json_get (value, "annotation"));

  if (g_strcmp0 (status, "Discarded") == 0)
    {
      label = hone_record_add_label (record);
      label->skip = TRUE;
    }
  else if (words != NULL && g_strcmp0 (status, "Edited") == 0)
    {
      hone_record_warn (record, HONE_WARNING_DRAFT_IGNORED, "status", _("A label that was never submitted"));
    }
  else if (words != NULL)
    {
      label = hone_record_add_label (record);
      label->words = g_steal_pointer (&words);
    }
  else if (g_strcmp0 (status, "Validated") == 0)
    {
      hone_record_warn (record, HONE_WARNING_EMPTY_ANSWER, "annotation", _("Nothing was chosen"));
    }

  if (label == NULL)
    return;
  label->author = hone_json_dup_text (hone_json_get (value, "annotation_agent"));
  label->time = hone_read_time (hone_json_get (value, "event_timestamp"));
}

static gboolean
v1_map (HonePeer       *self,
        const HoneJson *value,
        HoneRecord     *record)
{
  const char *text = hone_json_get_string (hone_json_get (value, "text"));
  GString *meta = NULL;

  if (self->reader->text_column != NULL)
    {
      if (!_hone_map_text (record, value, self->reader->text_column, _hone_text_names))
        return FALSE;
    }
  else if (text != NULL)
    {
      record->text = g_strdup (text);
    }
  else if (!map_inputs (record, hone_json_get (value, "inputs")))
    {
      return FALSE;
    }

  record->external_id = hone_json_dup_text (hone_json_get (value, "id"));
  map_prediction (record, value);
  map_annotation (record, value);
  hone_meta_add_others (&meta, hone_json_get (value, "metadata"), _hone_no_names);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static const HonePeerOps argilla_v1_ops = {
  .shape = v1_shape,
  .map = v1_map,
};

static guint
argilla_v1_sniff (const HoneSniff *sniff)
{
  static const char * const names[] = { "prediction", "annotation", "status", NULL };
  static const char * const agents[] = { "annotation", "annotation_agent", "prediction_agent", NULL };

  return hone_sniff_share_with (sniff, names) > 0.5 || hone_sniff_share_with (sniff, agents) > 0.5 ? 90 : 0;
}

HONE_PEER_CLASS (argilla_v1, HONE_FORMAT_ARGILLA_V1);
