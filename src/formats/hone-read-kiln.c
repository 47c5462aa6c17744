/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kiln: its CSV, its export with a chat template, and the task_run.kiln files of a project. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-chat.h"
#include "hone-peer.h"

static void
kiln_clear (gpointer data)
{
  _hone_learner_clear (data);
}

static HonePeerShape
kiln_shape (HonePeer         *self,
            const HoneSource *source,
            int              *rank)
{
  if (_hone_source_is_table (source) && !hone_source_has_suffix (source, ".kiln"))
    return HONE_PEER_ROWS;
  if (hone_source_has_suffix (source, ".kiln"))
    return strcmp (_hone_source_base_name (source), "task_run.kiln") == 0 || source->named ? HONE_PEER_VALUES : HONE_PEER_SKIP;

  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* ---- tags ---- */

/* "hone_train" is a split; the others stay. */
static void
map_tag (HoneRecord *record,
         GPtrArray  *others,
         const char *tag)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (tag));
  int split = g_str_has_prefix (trimmed, "hone_") ? hone_read_split (trimmed + strlen ("hone_")) : -1;

  if (split >= 0)
    record->split = split;
  else if (*trimmed != '\0')
    g_ptr_array_add (others, g_steal_pointer (&trimmed));
}

static void
keep_tags (GPtrArray  *tags,
           GString   **meta)
{
  g_autoptr(GString) json = g_string_new ("[");
  g_autoptr(HoneJson) value = NULL;

  if (tags->len == 0)
    return;

  for (guint i = 0; i < tags->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      hone_json_print_string (json, g_ptr_array_index (tags, i));
    }
  g_string_append_c (json, ']');
  value = hone_json_parse (json->str, json->len, NULL);
  hone_meta_add (meta, "tags", value);
}

/* ---- CSV ---- */

static gboolean
map_row (HonePeer       *self,
         const HoneJson *row,
         HoneRecord     *record)
{
  static const char * const known[] = { "input", "output", "tags", "hone_meta", NULL };
  static const char * const text_names[] = { "input", NULL };
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *tags = hone_json_dup_text (hone_json_get (row, "tags"));
  g_auto(GStrv) list = g_strsplit (tags != NULL ? tags : "", ",", -1);
  const char *output = self->reader->label_column != NULL ? self->reader->label_column : "output";
  char **words;
  GString *meta = NULL;

  if (!_hone_map_text (record, row, self->reader->text_column, text_names))
    return FALSE;

  words = _hone_map_answer (hone_json_get_string (hone_json_get (row, output)));
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  for (gsize i = 0; list[i] != NULL; i++)
    map_tag (record, others, list[i]);
  keep_tags (others, &meta);
  hone_meta_add_others (&meta, row, known);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

/* ---- chat template export ---- */

static gboolean
map_conversation (HonePeer       *self,
                  const HoneJson *value,
                  HoneRecord     *record)
{
  g_auto(HoneChat) chat = { NULL };
  const char *why;
  char **words;

  if (!_hone_chat_read (&chat, hone_json_get (value, "conversations"), &_hone_chat_openai, &why))
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "conversations", why);

  record->text = _hone_learner_strip (self->state, chat.user);
  words = _hone_map_answer (chat.assistant);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  else
    hone_record_warn (record, HONE_WARNING_NO_ANSWER, "conversations", _("The conversation has no answer"));

  return TRUE;
}

static void
kiln_learn (HonePeer       *self,
            const HoneJson *value)
{
  g_auto(HoneChat) chat = { NULL };
  const char *why;

  if (_hone_chat_read (&chat, hone_json_get (value, "conversations"), &_hone_chat_openai, &why))
    _hone_learner_add (self->state, chat.user, chat.system);
}

static gboolean
kiln_settle (HonePeer  *self,
             GError   **error)
{
  _hone_learner_settle (self->state, 10);
  self->reader->template = _hone_learner_template (self->state, self->reader, NULL);

  return TRUE;
}

/* ---- runs ---- */

static char *
dup_author (const HoneJson *output)
{
  char *author = hone_json_dup_text (hone_json_get_path (output, "source.properties.created_by"));

  return author != NULL ? author : hone_json_dup_text (hone_json_get (output, "created_by"));
}

/* What a model wrote is a prediction; what a person wrote or a file brought is a label. */
static void
map_output (HoneRecord     *record,
            const HoneJson *output)
{
  const char *type = hone_json_get_string (hone_json_get_path (output, "source.type"));
  const char *answer = hone_json_get_string (hone_json_get (output, "output"));
  gint64 time = hone_read_time (hone_json_get (output, "created_at"));
  HoneRecordPrediction *prediction;
  HoneRecordLabel *label;
  char **words;

  if (answer == NULL)
    return;

  words = _hone_map_answer (answer);
  if (g_strcmp0 (type, "synthetic") == 0 || g_strcmp0 (type, "tool_call") == 0)
    {
      prediction = hone_record_add_prediction (record);
      prediction->parse = TRUE;
      prediction->raw = g_strdup (answer);
      if (words != NULL && words[0] != NULL && words[1] == NULL && *answer == '{')
        {
          g_free (prediction->raw);
          prediction->raw = g_strdup (words[0]);
        }
      prediction->model = hone_json_dup_text (hone_json_get_path (output, "source.properties.model_name"));
      prediction->time = time;
      g_strfreev (words);
      return;
    }

  label = _hone_map_label (record, words, "output");
  if (label == NULL)
    return;
  label->author = dup_author (output);
  label->time = time;
}

static gboolean
map_run (HonePeer       *self,
         const HoneJson *run,
         HoneRecord     *record)
{
  static const char * const text_names[] = { "input", NULL };
  const HoneJson *rating = hone_json_get_path (run, "output.rating");
  const HoneJson *tags = hone_json_get (run, "tags");
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  GString *meta = NULL;

  if (!_hone_map_text (record, run, self->reader->text_column, text_names))
    return FALSE;

  record->external_id = hone_json_dup_text (hone_json_get (run, "id"));
  map_output (record, hone_json_get (run, "output"));
  map_output (record, hone_json_get (run, "repaired_output"));
  for (gsize i = 0; i < hone_json_get_size (tags); i++)
    {
      const char *tag = hone_json_get_string (hone_json_get_nth (tags, i));

      if (tag != NULL)
        map_tag (record, others, tag);
    }
  keep_tags (others, &meta);
  if (hone_json_get_type_of (rating) == HONE_JSON_OBJECT && hone_json_get_type_of (hone_json_get (rating, "value")) == HONE_JSON_NUMBER)
    {
      hone_record_warn (record, HONE_WARNING_RATING_KEPT, "rating", _("The rating of an answer is kept as metadata"));
      hone_meta_add (&meta, "rating", hone_json_get (rating, "value"));
      hone_meta_add (&meta, "rating_type", hone_json_get (rating, "type"));
    }
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static gboolean
kiln_map (HonePeer       *self,
          const HoneJson *value,
          HoneRecord     *record)
{
  const char *model = hone_json_get_string (hone_json_get (value, "model_type"));

  if (self->shape == HONE_PEER_ROWS)
    return map_row (self, value, record);
  if (hone_json_get (value, "conversations") != NULL)
    return map_conversation (self, value, record);
  /* Tasks and projects lie beside their runs. */
  if (model != NULL && strcmp (model, "task_run") != 0)
    return TRUE;
  if (hone_json_get (value, "output") == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "output", _("Not a run"));

  return map_run (self, value, record);
}

/* ---- class ---- */

static gboolean
kiln_learns (HonePeer *self)
{
  const HoneJson *first = hone_sniff_first_value (self->reader->sniff);

  return hone_json_get (first, "conversations") != NULL;
}

static const HonePeerOps kiln_ops = {
  .state_size = sizeof (HoneChatLearner),
  .shape = kiln_shape,
  .learn = kiln_learn,
  .learns = kiln_learns,
  .settle = kiln_settle,
  .map = kiln_map,
  .clear = kiln_clear,
};

static gboolean
is_run (const HoneJson *value)
{
  return g_strcmp0 (hone_json_get_string (hone_json_get (value, "model_type")), "task_run") == 0;
}

static gboolean
is_conversation (const HoneJson *value)
{
  const HoneJson *first = hone_json_get_nth (hone_json_get (value, "conversations"), 0);

  return hone_json_get (first, "role") != NULL && hone_json_get (first, "content") != NULL;
}

static guint
kiln_sniff (const HoneSniff *sniff)
{
  static const char * const tags[] = { "input", "output", "tags", NULL };
  static const char * const reasoning[] = { "input", "output", "reasoning", NULL };
  static const char * const thought[] = { "input", "output", "chain_of_thought", NULL };

  if (_hone_sniff_share (sniff, is_run) > 0)
    return 95;
  if (_hone_sniff_share (sniff, is_conversation) > 0.5)
    return 80;

  return hone_sniff_has_cells (sniff, tags) || hone_sniff_has_cells (sniff, reasoning) || hone_sniff_has_cells (sniff, thought) ? 80 : 0;
}

HONE_PEER_CLASS (kiln, HONE_FORMAT_KILN);
