/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hugging Face data sets: a folder of CSV or JSON lines with a card that names splits and classes. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-columns.h"
#include "hone-peer.h"
#include "hone-yaml.h"

#define MAX_CARD (4 * 1024 * 1024)

typedef struct {
  HoneJson *card;         /* (nullable) */
  char     *folder;       /* (nullable): of the card inside an archive, with "/" at the end */
  char     *label;        /* (nullable): column with class names */
  GStrv     names;        /* (nullable): of the classes, by number */
} HuggingFaceState;

static void
huggingface_clear (gpointer data)
{
  HuggingFaceState *state = data;

  hone_json_free (state->card);
  g_free (state->folder);
  g_free (state->label);
  g_strfreev (state->names);
}

static HonePeerShape
huggingface_shape (HonePeer         *self,
                   const HoneSource *source,
                   int              *rank)
{
  const char *base = _hone_source_base_name (source);

  if (strcmp (base, "dataset_infos.json") == 0 || strcmp (base, "dataset_info.json") == 0 || strcmp (base, "state.json") == 0)
    return HONE_PEER_SKIP;
  if (_hone_source_is_table (source))
    return HONE_PEER_ROWS;

  return hone_source_has_suffix (source, ".json") || hone_source_has_suffix (source, ".jsonl") ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* ---- the card ---- */

/* "dtype: {class_label: …}", "sequence: {class_label: …}", or the class label itself. */
static const HoneJson *
find_class_label (const HoneJson *feature,
                  gboolean       *several)
{
  static const char * const paths[] = {
    "dtype.class_label", "class_label", "sequence.class_label", "sequence.dtype.class_label", "list.class_label",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const HoneJson *found = hone_json_get_path (feature, paths[i]);

      if (found == NULL)
        continue;
      *several = i >= 2;
      return found;
    }

  return NULL;
}

/* Names by number: a list, or quoted numbers from 0. */
static GStrv
read_names (const HoneJson *names)
{
  gsize n = hone_json_get_size (names);
  g_auto(GStrv) list = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      char number[32];
      const HoneJson *name;

      g_snprintf (number, sizeof number, "%" G_GSIZE_FORMAT, i);
      name = hone_json_get_type_of (names) == HONE_JSON_OBJECT ? hone_json_get (names, number) : hone_json_get_nth (names, i);
      list[i] = hone_json_dup_text (name);
      if (list[i] == NULL)
        return NULL;
    }

  return n > 0 ? g_steal_pointer (&list) : NULL;
}

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

static void
read_features (HonePeer       *self,
               const HoneJson *features)
{
  HuggingFaceState *state = self->state;

  for (gsize i = 0; i < hone_json_get_size (features) && state->names == NULL; i++)
    {
      const HoneJson *feature = hone_json_get_nth (features, i);
      const char *name = hone_json_get_string (hone_json_get (feature, "name"));
      gboolean several = FALSE;
      const HoneJson *class_label = find_class_label (feature, &several);

      if (name == NULL || class_label == NULL || (self->reader->label_column != NULL && strcmp (name, self->reader->label_column) != 0))
        continue;
      state->names = read_names (hone_json_get (class_label, "names"));
      if (state->names == NULL)
        continue;
      state->label = g_strdup (name);
      self->reader->ontology = make_ontology (state->names, several);
      hone_reader_describe (self->reader, _("%u classes from its card"), g_strv_length (state->names));
    }
}

static gboolean
huggingface_settle (HonePeer  *self,
                    GError   **error)
{
  HuggingFaceState *state = self->state;
  const HoneSource *source = hone_sources_by_name (self->reader->all_sources, "/README.md");
  g_autofree char *text = NULL;
  const HoneJson *info;

  if (source == NULL)
    return TRUE;

  text = hone_source_load (source, NULL, MAX_CARD, error);
  if (text == NULL)
    return FALSE;
  state->folder = g_strndup (source->name, strlen (source->name) - strlen ("README.md"));
  /* A card that cannot be read costs names and splits, not the texts. */
  state->card = _hone_card_parse (text, NULL);
  if (state->card == NULL)
    hone_reader_describe (self->reader, _("its card cannot be read"));

  info = hone_json_get (state->card, "dataset_info");
  if (hone_json_get_type_of (info) == HONE_JSON_ARRAY)
    info = hone_json_get_nth (info, 0);
  read_features (self, hone_json_get (info, "features"));

  return TRUE;
}

/* ---- splits ---- */

static gboolean
path_matches (const HoneJson *path,
              const char     *name)
{
  const char *pattern = hone_json_get_string (path);

  for (gsize i = 0; i < hone_json_get_size (path) && hone_json_get_type_of (path) == HONE_JSON_ARRAY; i++)
    {
      if (path_matches (hone_json_get_nth (path, i), name))
        return TRUE;
    }
  if (pattern == NULL)
    return FALSE;
  if (g_str_has_prefix (pattern, "./"))
    pattern += 2;

  return g_pattern_match_simple (pattern, name);
}

static int
split_from_card (HonePeer   *self,
                 const char *name)
{
  HuggingFaceState *state = self->state;
  const HoneJson *configs = hone_json_get (state->card, "configs");

  /* Paths in the card begin where the card lies. */
  if (state->folder != NULL && g_str_has_prefix (name, state->folder))
    name += strlen (state->folder);

  for (gsize i = 0; i < hone_json_get_size (configs); i++)
    {
      const HoneJson *files = hone_json_get (hone_json_get_nth (configs, i), "data_files");

      for (gsize j = 0; j < hone_json_get_size (files); j++)
        {
          const HoneJson *file = hone_json_get_nth (files, j);

          if (path_matches (hone_json_get (file, "path"), name))
            return hone_read_split (hone_json_get_string (hone_json_get (file, "split")));
        }
    }

  return -1;
}

/* A column "split" makes no splits; files do. */
static int
find_split (HonePeer       *self,
            const HoneJson *value)
{
  const char *name = self->reader->source->name;
  int split;

  if (self->reader->split_column != NULL)
    return hone_read_split (hone_json_get_string (hone_json_get (value, self->reader->split_column)));

  split = split_from_card (self, name);

  return split >= 0 ? split : _hone_map_split_from_name (name);
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
  const char *label = label_name (self, value);
  const char *id = self->reader->id_column != NULL ? self->reader->id_column : "id";
  char **words;

  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a record"));
  if (!_hone_map_text (record, value, self->reader->text_column, _hone_text_names))
    return FALSE;

  record->external_id = hone_json_dup_text (hone_json_get (value, id));
  record->split = find_split (self, value);
  words = map_words (self, value, label);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
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

static guint
huggingface_sniff (const HoneSniff *sniff)
{
  gboolean data = FALSE;

  for (guint i = 0; i < sniff->sources->len; i++)
    data = data || is_data (g_ptr_array_index (sniff->sources, i));
  if (!data)
    return 0;
  if (has_card (sniff))
    return 92;

  return has_splits (sniff) ? 50 : 0;
}

HONE_PEER_CLASS (huggingface, HONE_FORMAT_HUGGINGFACE);
