/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hugging Face data sets: a folder of CSV or JSON lines with a card that names splits and classes. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-card.h"
#include "hone-columns.h"
#include "hone-peer.h"

typedef struct {
  HoneCard *card;         /* (nullable) */
  gboolean  searched;     /* for the card */
  gboolean  by_card;      /* the card says which files are read */
  char     *label;        /* (nullable): column with class names */
  char     *text;         /* (nullable): column of the texts, by the card */
  GStrv     names;        /* (nullable): of the classes, by number */
} HuggingFaceState;

static void
huggingface_clear (gpointer data)
{
  HuggingFaceState *state = data;

  g_clear_pointer (&state->card, _hone_card_free);
  g_free (state->label);
  g_free (state->text);
  g_strfreev (state->names);
}

/* ---- files ---- */

static HonePeerShape
shape_of (const HoneSource *source)
{
  const char *base = _hone_source_base_name (source);

  if (strcmp (base, "dataset_infos.json") == 0 || strcmp (base, "dataset_info.json") == 0 || strcmp (base, "state.json") == 0)
    return HONE_PEER_SKIP;
  if (_hone_source_is_table (source))
    return HONE_PEER_ROWS;

  return hone_source_has_suffix (source, ".json") || hone_source_has_suffix (source, ".jsonl") ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* A card may speak of files that were left behind, or lie in another form: then all files are read. */
static void
find_card (HonePeer *self)
{
  HuggingFaceState *state = self->state;
  GPtrArray *sources = self->reader->all_sources;
  int split;

  state->searched = TRUE;
  state->card = _hone_card_load (sources);
  for (guint i = 0; state->card != NULL && i < sources->len && !state->by_card; i++)
    {
      const HoneSource *source = g_ptr_array_index (sources, i);

      state->by_card = shape_of (source) != HONE_PEER_SKIP && _hone_card_has_file (state->card, source->name, &split);
    }
}

static HonePeerShape
huggingface_shape (HonePeer         *self,
                   const HoneSource *source,
                   int              *rank)
{
  HuggingFaceState *state = self->state;
  int split;

  if (!state->searched)
    find_card (self);
  if (state->by_card && !_hone_card_has_file (state->card, source->name, &split))
    return HONE_PEER_SKIP;

  return shape_of (source);
}

/* ---- the card ---- */

static HoneOntology *
make_ontology (char     **names,
               gboolean   several)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (several ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      HoneCategory category = { .name = names[i] };

      if (!hone_category_word_is_unable (names[i]) && hone_ontology_match (ontology, names[i]) == NULL
          && hone_ontology_add (ontology, &category, NULL) == 0)
        return NULL;
    }

  return g_steal_pointer (&ontology);
}

static gboolean
huggingface_settle (HonePeer  *self,
                    GError   **error)
{
  HuggingFaceState *state = self->state;
  g_autofree char *config = state->card != NULL ? _hone_card_dup_config (state->card) : NULL;
  gboolean several = FALSE;

  if (state->card == NULL)
    return TRUE;

  /* A card that cannot be read costs names and splits, not the texts. */
  if (!_hone_card_is_readable (state->card))
    hone_reader_describe (self->reader, _("its card cannot be read"));
  if (_hone_card_n_configs (state->card) > 1 && config != NULL)
    hone_reader_describe (self->reader, _("configuration “%s”, the others are not read"), config);

  state->text = _hone_card_dup_text (state->card);
  state->names = _hone_card_dup_classes (state->card, self->reader->label_column, &state->label, &several);
  if (state->names != NULL)
    {
      self->reader->ontology = make_ontology (state->names, several);
      hone_reader_describe (self->reader, _("%u classes from its card"), g_strv_length (state->names));
    }

  return TRUE;
}

/* ---- splits ---- */

/* A column "split" makes no splits; files do. */
static int
find_split (HonePeer       *self,
            const HoneJson *value)
{
  HuggingFaceState *state = self->state;
  const HoneSource *source = self->reader->source;
  int split = -1;

  if (self->reader->split_column != NULL)
    return hone_read_split (hone_json_get_string (hone_json_get (value, self->reader->split_column)));

  if (state->by_card && _hone_card_has_file (state->card, source->name, &split) && split >= 0)
    return split;
  /* A single file is what the user says it is. */
  if (self->n_files == 1 && source->named)
    return -1;

  return _hone_map_split_from_name (source->name);
}

/* ---- records ---- */

static const char *
label_name (HonePeer       *self,
            const HoneJson *value)
{
  HuggingFaceState *state = self->state;
  const char * const *names = hone_column_names (HONE_COLUMN_LABEL);

  if (self->reader->label_column != NULL)
    return self->reader->label_column;
  if (state->label != NULL)
    return state->label;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (hone_json_get (value, names[i]) != NULL)
        return names[i];
    }

  return "label";
}

/* A number is the place of a class; -1 is no label. FALSE: not a number. */
static gboolean
read_number (HuggingFaceState  *state,
             char             **word)
{
  char *end;
  gint64 number = g_ascii_strtoll (*word, &end, 10);

  if (**word == '\0' || *end != '\0' || (state->names != NULL && g_strv_contains ((const char * const *) state->names, *word)))
    return FALSE;

  if (number < 0)
    {
      g_clear_pointer (word, g_free);
    }
  else if (state->names != NULL && (guint64) number < g_strv_length (state->names))
    {
      g_free (*word);
      *word = g_strdup (state->names[number]);
    }

  return TRUE;
}

static char **
map_words (HonePeer       *self,
           const HoneJson *value,
           const char     *label)
{
  HuggingFaceState *state = self->state;
  g_auto(GStrv) raw = _hone_map_words (hone_json_get (value, label));
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  const char *beside = hone_json_get_string (hone_json_get (value, "label_text"));
  guint n = 0;

  for (gsize i = 0; raw != NULL && raw[i] != NULL; i++)
    {
      g_autofree char *word = g_strdup (raw[i]);
      gboolean number = read_number (state, &word);

      if (word == NULL)
        continue;
      n++;
      g_strv_builder_add (words, number && state->names == NULL && beside != NULL && raw[1] == NULL ? beside : word);
    }

  return n > 0 ? g_strv_builder_end (words) : NULL;
}

/* Columns that Hone adds to its own data sets. */
static gboolean
map_hone_prediction (HoneRecord     *record,
                     const HoneJson *value)
{
  const char *word = hone_json_get_string (hone_json_get (value, "outcome"));
  HoneRecordPrediction *prediction;
  g_autofree char *confidence = hone_json_dup_text (hone_json_get (value, "confidence"));
  HoneOutcome outcome;

  if (word == NULL || !hone_outcome_from_string (word, &outcome))
    return FALSE;

  prediction = hone_record_add_prediction (record);
  prediction->words = _hone_map_words (hone_json_get (value, "prediction"));
  prediction->judged = outcome != HONE_OUTCOME_ANSWERED;
  prediction->outcome = outcome;
  if (confidence != NULL)
    {
      double ratio = g_ascii_strtod (confidence, NULL);

      if (ratio >= 0 && ratio <= 1)
        prediction->confidence = ratio;
    }

  return TRUE;
}

/* Hone keeps all metadata in one column, as JSON. */
static gboolean
spread (GString       **meta,
        const HoneJson *member)
{
  const char *text = hone_json_get_string (member);
  g_autoptr(HoneJson) inner = text != NULL && *text == '{' ? hone_json_parse (text, -1, NULL) : NULL;
  const HoneJson *object = inner != NULL ? inner : member;

  if (hone_json_get_type_of (object) != HONE_JSON_OBJECT)
    return FALSE;

  hone_meta_add_others (meta, object, _hone_no_names);
  return TRUE;
}

static void
map_meta (HonePeer       *self,
          HoneRecord     *record,
          const HoneJson *value,
          const char     *label,
          gboolean        predicted)
{
  static const char * const prediction_names[] = { "prediction", "outcome", "confidence", NULL };
  const char *id = self->reader->id_column != NULL ? self->reader->id_column : "id";
  GString *meta = NULL;

  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      const char *name = hone_json_get_name (value, i);
      const HoneJson *member = hone_json_get_nth (value, i);

      if (strcmp (name, id) == 0 || strcmp (name, label) == 0 || strcmp (name, "label_text") == 0
          || (predicted && g_strv_contains (prediction_names, name))
          || g_strcmp0 (hone_json_get_string (member), record->text) == 0)
        continue;
      if (strcmp (name, "meta") != 0 || !spread (&meta, member))
        hone_meta_add (&meta, name, member);
    }
  record->meta = hone_meta_finish (&meta);
}

static gboolean
huggingface_map (HonePeer       *self,
                 const HoneJson *value,
                 HoneRecord     *record)
{
  const HuggingFaceState *state = self->state;
  const char *label = label_name (self, value);
  const char *id = self->reader->id_column != NULL ? self->reader->id_column : "id";
  char **words;

  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a record"));
  if (!_hone_map_text (record, value, self->reader->text_column != NULL ? self->reader->text_column : state->text, _hone_text_names))
    return FALSE;

  record->external_id = hone_json_dup_text (hone_json_get (value, id));
  record->split = find_split (self, value);
  words = map_words (self, value, label);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  else if (hone_json_get_type_of (hone_json_get (value, label)) == HONE_JSON_ARRAY)
    hone_record_warn (record, HONE_WARNING_EMPTY_ANSWER, label, _("Nothing was chosen"));
  map_meta (self, record, value, label, map_hone_prediction (record, value));

  return TRUE;
}

/* ---- class ---- */

static const HonePeerOps huggingface_ops = {
  .state_size = sizeof (HuggingFaceState),
  .shape = huggingface_shape,
  .settle = huggingface_settle,
  .map = huggingface_map,
  .clear = huggingface_clear,
};

static gboolean
is_data (const HoneSource *source)
{
  return _hone_source_is_table (source) || hone_source_has_suffix (source, ".jsonl") || hone_source_has_suffix (source, ".json")
         || hone_source_has_suffix (source, ".parquet");
}

static gboolean
has_card (const HoneSniff *sniff)
{
  static const char * const marks[] = { "dataset_info:", "configs:", "task_categories:", "data_files:" };

  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (strcmp (_hone_source_base_name (head->source), "README.md") != 0 || !g_str_has_prefix (head->text, "---"))
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (marks); j++)
        {
          if (strstr (head->text, marks[j]) != NULL)
            return TRUE;
        }
    }

  return FALSE;
}

/* A folder whose files are named after splits. */
static gboolean
has_splits (const HoneSniff *sniff)
{
  guint seen = 0;

  for (guint i = 0; i < sniff->sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (sniff->sources, i);
      int split = !source->named && is_data (source) ? _hone_map_split_from_name (source->name) : -1;

      if (split >= 0)
        seen |= 1u << split;
    }

  return (seen & (seen - 1)) != 0;
}

/* Numbers with their names beside them. */
static gboolean
has_label_text (const HoneSniff *sniff)
{
  static const char * const names[] = { "label", "label_text", NULL };

  return hone_sniff_share_with (sniff, names) > 0.5 || hone_sniff_has_cells (sniff, names);
}

static guint
huggingface_sniff (const HoneSniff *sniff)
{
  gboolean data = FALSE;

  /* Where only the card could be opened, the card is still no text. */
  if (has_card (sniff))
    return 92;
  for (guint i = 0; i < sniff->sources->len; i++)
    data = data || is_data (g_ptr_array_index (sniff->sources, i));
  if (!data)
    return 0;

  return has_splits (sniff) || has_label_text (sniff) ? 50 : 0;
}

HONE_PEER_CLASS (huggingface, HONE_FORMAT_HUGGINGFACE);
