/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Argilla 2: the folder of its client (records.json beside .argilla/settings.json) and the flat rows of the Hub. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-card.h"
#include "hone-choose.h"
#include "hone-peer.h"
#include "hone-read-argilla-settings-private.h"

#define MAX_SETTINGS (4 * 1024 * 1024)
/* The agent of suggestions that are labels of people: Hone writes them so where it does not know the server's people. */
#define HUMAN_AGENT "human"

typedef struct {
  HoneJson    *settings;    /* (nullable) */
  HoneChooser *questions;   /* met in the first run */
  char        *question;    /* (nullable) */
  char        *fields;      /* (nullable): of settings, a comma list */
  GStrv        names;       /* (nullable): of suggestions that are numbers, from the card */
} ArgillaState;

static void
argilla_clear (gpointer data)
{
  ArgillaState *state = data;

  hone_json_free (state->settings);
  g_clear_pointer (&state->questions, _hone_chooser_free);
  g_free (state->question);
  g_free (state->fields);
  g_strfreev (state->names);
}

/* ---- files ---- */

static gboolean
is_settings (const HoneSource *source)
{
  return strcmp (_hone_source_base_name (source), "settings.json") == 0;
}

static HonePeerShape
argilla_shape (HonePeer         *self,
               const HoneSource *source,
               int              *rank)
{
  if (is_settings (source) || strcmp (_hone_source_base_name (source), "dataset.json") == 0)
    return HONE_PEER_SKIP;

  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* ---- which question ---- */

/* Ratings and texts are answers too, but to no question about categories. */
static void
learn_answer (HonePeer       *self,
              const char     *question,
              const HoneJson *value)
{
  ArgillaState *state = self->state;
  const HoneJson *known = state->settings != NULL ? _hone_argilla_find_question (state->settings, question) : NULL;
  HoneJsonType type = hone_json_get_type_of (value);
  g_auto(GStrv) words = NULL;

  if ((type != HONE_JSON_STRING && type != HONE_JSON_ARRAY) || (known != NULL && !_hone_argilla_question_is_labels (known)))
    return;

  words = _hone_map_words (value);
  _hone_chooser_add (state->questions, question, words);
}

static void
learn_nested (HonePeer       *self,
              const HoneJson *record)
{
  const HoneJson *responses = hone_json_get (record, "responses");
  const HoneJson *suggestions = hone_json_get (record, "suggestions");

  for (gsize i = 0; i < hone_json_get_size (responses); i++)
    {
      const HoneJson *answers = hone_json_get_nth (responses, i);

      for (gsize j = 0; j < hone_json_get_size (answers); j++)
        learn_answer (self, hone_json_get_name (responses, i), hone_json_get (hone_json_get_nth (answers, j), "value"));
    }
  for (gsize i = 0; i < hone_json_get_size (suggestions); i++)
    learn_answer (self, hone_json_get_name (suggestions, i), hone_json_get (hone_json_get_nth (suggestions, i), "value"));
}

/* "label.responses" says that there is a question "label". */
static void
learn_flat (HonePeer       *self,
            const HoneJson *row)
{
  static const char * const endings[] = { ".responses", ".suggestion" };

  for (gsize i = 0; i < hone_json_get_size (row); i++)
    {
      const char *name = hone_json_get_name (row, i);
      const HoneJson *value = hone_json_get_nth (row, i);

      for (gsize j = 0; name != NULL && j < G_N_ELEMENTS (endings); j++)
        {
          g_autofree char *question = NULL;

          if (!g_str_has_suffix (name, endings[j]))
            continue;
          question = g_strndup (name, strlen (name) - strlen (endings[j]));
          if (j == 0)
            for (gsize k = 0; k < hone_json_get_size (value); k++)
              learn_answer (self, question, hone_json_get_nth (value, k));
          else
            learn_answer (self, question, value);
        }
    }
}

static void
argilla_learn (HonePeer       *self,
               const HoneJson *value)
{
  if (_hone_json_is (value, "fields", HONE_JSON_OBJECT))
    learn_nested (self, value);
  else
    learn_flat (self, value);
}

/* Called before the first run. Settings that cannot be read are told at its end. */
static gboolean
argilla_learns (HonePeer *self)
{
  ArgillaState *state = self->state;
  const HoneSource *source = hone_sources_by_name (self->reader->all_sources, "/settings.json");

  state->settings = source != NULL ? hone_source_load_json (source, MAX_SETTINGS, NULL) : NULL;
  state->questions = _hone_chooser_new (self->reader->project);

  return self->reader->label_column == NULL;
}

/* What the user named; what the project knows the answers of; the first of the settings; the first one met. */
static char *
choose_question (HonePeer *self)
{
  ArgillaState *state = self->state;
  const char *met = _hone_chooser_get (state->questions);
  const HoneJson *first = _hone_argilla_find_question (state->settings, NULL);

  if (self->reader->label_column != NULL)
    return g_strdup (self->reader->label_column);
  if (first == NULL || _hone_chooser_knows (state->questions, met))
    return g_strdup (met);

  return hone_json_dup_text (hone_json_get (first, "name"));
}

/* Suggestions that are numbers stand in data sets of the Hub; their names stand in the card. */
static void
read_card (HonePeer *self)
{
  ArgillaState *state = self->state;
  g_autoptr(HoneCard) card = _hone_card_load (self->reader->all_sources);
  g_autofree char *column = state->question != NULL ? g_strconcat (state->question, ".suggestion", NULL) : NULL;

  if (card != NULL && column != NULL)
    state->names = _hone_card_dup_classes (card, column, NULL, NULL);
}

static gboolean
argilla_settle (HonePeer  *self,
                GError   **error)
{
  ArgillaState *state = self->state;
  const HoneSource *source = hone_sources_by_name (self->reader->all_sources, "/settings.json");
  const HoneJson *question;
  g_autoptr(GError) local_error = NULL;

  if (source != NULL && state->settings == NULL)
    {
      g_autoptr(HoneJson) again = hone_source_load_json (source, MAX_SETTINGS, error);

      return again != NULL;
    }

  state->question = choose_question (self);
  state->fields = _hone_argilla_join_fields (state->settings);
  read_card (self);
  _hone_chooser_describe (state->questions, self->reader, state->question);

  question = state->question != NULL ? _hone_argilla_find_question (state->settings, state->question) : NULL;
  if (question != NULL)
    self->reader->ontology = _hone_argilla_read_question (state->settings, question, &local_error);
  if (local_error != NULL)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), _("“%s”: "), source->path);
      return FALSE;
    }
  if (self->reader->ontology != NULL)
    hone_reader_describe (self->reader, _("%" G_GSIZE_FORMAT " categories from its settings"),
                          hone_ontology_get_size (self->reader->ontology));

  return TRUE;
}

/* ---- the text ---- */

/* One field named text; else all text fields together. */
static gboolean
map_fields (HonePeer       *self,
            HoneRecord     *record,
            const HoneJson *fields)
{
  ArgillaState *state = self->state;
  g_autoptr(GString) joined = NULL;
  guint n_parts = 0;

  if (self->reader->text_column != NULL || hone_json_get (fields, "text") != NULL)
    return _hone_map_text (record, fields, self->reader->text_column, _hone_text_names);
  if (state->fields != NULL)
    return _hone_map_text (record, fields, state->fields, _hone_text_names);

  joined = g_string_new (NULL);
  for (gsize i = 0; i < hone_json_get_size (fields); i++)
    {
      const char *part = hone_json_get_string (hone_json_get_nth (fields, i));

      if (part == NULL)
        continue;
      if (n_parts++ > 0)
        g_string_append_c (joined, '\n');
      g_string_append (joined, part);
    }

  if (n_parts == 0)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "fields", _("The record has no text"));
  if (n_parts > 1)
    hone_record_warn (record, HONE_WARNING_JOINED_FIELDS, "fields", _("Several text fields became one"));
  record->text = g_string_free (g_steal_pointer (&joined), FALSE);

  return TRUE;
}

/* ---- answers ---- */

static void
add_suggestion (HoneRecord     *record,
                const HoneJson *value,
                const HoneJson *score,
                const char     *agent)
{
  char **words = _hone_map_words (value);
  HoneRecordPrediction *prediction;

  if (words == NULL)
    return;

  if (g_strcmp0 (agent, HUMAN_AGENT) == 0)
    {
      hone_record_add_label (record)->words = words;
      return;
    }

  prediction = hone_record_add_prediction (record);
  prediction->words = words;
  prediction->model = g_strdup (agent);
  if (hone_json_get_type_of (score) != HONE_JSON_ARRAY)
    {
      prediction->confidence = _hone_map_ratio (score, 1);
      return;
    }

  /* One score for each category: the least confident one speaks for all. */
  if (hone_json_get_size (score) != g_strv_length (words) || hone_json_get_size (score) == 0)
    return;
  prediction->confidence = 1;
  prediction->scores = g_new0 (HoneRecordScore, hone_json_get_size (score));
  for (gsize i = 0; i < hone_json_get_size (score); i++)
    {
      double ratio = _hone_map_ratio (hone_json_get_nth (score, i), 1);

      prediction->confidence = isnan (ratio) || isnan (prediction->confidence) ? NAN : MIN (prediction->confidence, ratio);
      if (isnan (ratio))
        continue;
      prediction->scores[prediction->n_scores].word = g_strdup (words[i]);
      prediction->scores[prediction->n_scores++].value = ratio;
    }
}

static void
add_response (HoneRecord     *record,
              const HoneJson *value,
              const HoneJson *user,
              const char     *status)
{
  HoneRecordLabel *label;

  if (g_strcmp0 (status, "draft") == 0)
    {
      hone_record_warn (record, HONE_WARNING_DRAFT_IGNORED, "responses", _("A label that was never submitted"));
      return;
    }

  if (g_strcmp0 (status, "discarded") == 0)
    {
      label = hone_record_add_label (record);
      label->skip = TRUE;
    }
  else
    {
      label = _hone_map_label (record, _hone_map_words (value), "responses");
    }
  if (label != NULL)
    label->author = hone_json_dup_text (user);
}

/* ---- the folder ---- */

static gboolean
map_nested (HonePeer       *self,
            const HoneJson *value,
            HoneRecord     *record)
{
  const char *question = ((ArgillaState *) self->state)->question;
  const HoneJson *responses = question != NULL ? hone_json_get (hone_json_get (value, "responses"), question) : NULL;
  const HoneJson *suggestion = question != NULL ? hone_json_get (hone_json_get (value, "suggestions"), question) : NULL;
  static const char * const split_name[] = { "split", NULL };
  const HoneJson *metadata = hone_json_get (value, "metadata");
  GString *meta = NULL;

  if (!map_fields (self, record, hone_json_get (value, "fields")))
    return FALSE;

  record->external_id = hone_json_dup_text (hone_json_get (value, "id"));
  if (record->external_id == NULL)
    record->external_id = hone_json_dup_text (hone_json_get (value, "_server_id"));
  for (gsize i = 0; i < hone_json_get_size (responses); i++)
    {
      const HoneJson *response = hone_json_get_nth (responses, i);

      add_response (record, hone_json_get (response, "value"), hone_json_get (response, "user_id"),
                    hone_json_get_string (hone_json_get (response, "status")));
    }
  add_suggestion (record, hone_json_get (suggestion, "value"), hone_json_get (suggestion, "score"),
                  hone_json_get_string (hone_json_get (suggestion, "agent")));
  record->split = hone_read_split (hone_json_get_string (hone_json_get (metadata, "split")));
  hone_meta_add_others (&meta, metadata, record->split >= 0 ? split_name : _hone_no_names);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

/* ---- flat rows ---- */

static const HoneJson *
get_column (const HoneJson *row,
            const char     *question,
            const char     *ending)
{
  g_autofree char *name = g_strconcat (question, ending, NULL);

  return hone_json_get (row, name);
}

/* The three lists run in parallel; at single choice Argilla writes bare values in them. */
static void
map_flat_responses (HoneRecord     *record,
                    const HoneJson *row,
                    const char     *question)
{
  const HoneJson *values = get_column (row, question, ".responses");
  const HoneJson *users = get_column (row, question, ".responses.users");
  const HoneJson *status = get_column (row, question, ".responses.status");

  for (gsize i = 0; i < hone_json_get_size (values); i++)
    add_response (record, hone_json_get_nth (values, i), hone_json_get_nth (users, i),
                  hone_json_get_string (hone_json_get_nth (status, i)));
}

static gboolean
is_question_column (const char *name,
                    const char *question)
{
  gsize length = strlen (question);

  return strncmp (name, question, length) == 0 && (g_str_has_prefix (name + length, ".responses")
                                                   || g_str_has_prefix (name + length, ".suggestion"));
}

static void
add_numbered (HonePeer       *self,
              HoneRecord     *record,
              double          number,
              const HoneJson *score,
              const char     *agent)
{
  const ArgillaState *state = self->state;
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(HoneJson) name = NULL;

  if (state->names == NULL || !(number >= 0) || number >= g_strv_length (state->names))
    {
      hone_record_warn (record, HONE_WARNING_BARE_PREDICTION, "suggestion",
                        _("The file holds only the number of a category, not its name"));
      return;
    }

  hone_json_print_string (json, state->names[(gsize) number]);
  name = hone_json_parse (json->str, json->len, NULL);
  add_suggestion (record, name, score, agent);
}

/* On the Hub a suggestion may be a number: the place of a name in the card. */
static void
map_flat_suggestion (HonePeer       *self,
                     HoneRecord     *record,
                     const HoneJson *row,
                     const char     *question)
{
  const HoneJson *value = get_column (row, question, ".suggestion");
  const HoneJson *score = get_column (row, question, ".suggestion.score");
  const char *agent = hone_json_get_string (get_column (row, question, ".suggestion.agent"));

  if (hone_json_get_type_of (score) == HONE_JSON_ARRAY && hone_json_get_size (score) == 1)
    score = hone_json_get_nth (score, 0);
  if (hone_json_get_type_of (value) == HONE_JSON_NUMBER)
    add_numbered (self, record, hone_json_get_number (value), score, agent);
  else
    add_suggestion (record, value, score, agent);
}

static gboolean
map_flat (HonePeer       *self,
          const HoneJson *row,
          HoneRecord     *record)
{
  static const char * const known[] = { "id", "status", "_server_id", NULL };
  const ArgillaState *state = self->state;
  const char *question = state->question != NULL ? state->question : "label";
  const char *columns = self->reader->text_column;
  GString *meta = NULL;

  if (columns == NULL && hone_json_get (row, "text") == NULL)
    columns = state->fields;
  if (!_hone_map_text (record, row, columns, _hone_text_names))
    return FALSE;

  record->external_id = hone_json_dup_text (hone_json_get (row, "id"));
  if (record->external_id == NULL)
    record->external_id = hone_json_dup_text (hone_json_get (row, "_server_id"));
  map_flat_responses (record, row, question);
  map_flat_suggestion (self, record, row, question);
  record->split = hone_read_split (hone_json_get_string (hone_json_get (row, "split")));

  for (gsize i = 0; i < hone_json_get_size (row); i++)
    {
      const char *name = hone_json_get_name (row, i);

      if (g_strv_contains (known, name) || is_question_column (name, question)
          || g_strcmp0 (hone_json_get_string (hone_json_get_nth (row, i)), record->text) == 0
          || (record->split >= 0 && strcmp (name, "split") == 0))
        continue;
      hone_meta_add (&meta, name, hone_json_get_nth (row, i));
    }
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static gboolean
argilla_map (HonePeer       *self,
             const HoneJson *value,
             HoneRecord     *record)
{
  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a record"));

  return _hone_json_is (value, "fields", HONE_JSON_OBJECT) ? map_nested (self, value, record) : map_flat (self, value, record);
}

/* ---- class ---- */

static const HonePeerOps argilla_ops = {
  .state_size = sizeof (ArgillaState),
  .shape = argilla_shape,
  .learn = argilla_learn,
  .learns = argilla_learns,
  .settle = argilla_settle,
  .map = argilla_map,
  .clear = argilla_clear,
};

static gboolean
is_nested_record (const HoneJson *value)
{
  return _hone_json_is (value, "fields", HONE_JSON_OBJECT)
         && (hone_json_get (value, "responses") != NULL || hone_json_get (value, "suggestions") != NULL);
}

static gboolean
is_flat_row (const HoneJson *value)
{
  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      const char *name = hone_json_get_name (value, i);

      if (name != NULL && g_str_has_suffix (name, ".responses.users"))
        return TRUE;
    }

  return FALSE;
}

static guint
argilla_sniff (const HoneSniff *sniff)
{
  /* Flat rows of the Hub lie beside a card: they win over plain data sets. */
  return _hone_sniff_share (sniff, is_nested_record) > 0 || _hone_sniff_share (sniff, is_flat_row) > 0 ? 94 : 0;
}

HONE_PEER_CLASS (argilla, HONE_FORMAT_ARGILLA);
