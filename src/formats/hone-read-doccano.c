/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doccano: JSONL, JSON, CSV or lines in fastText's form; one file for all, or one for each person under the person's name. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-fasttext.h"
#include "hone-peer.h"

typedef struct {
  gboolean by_user;         /* the file's name is the author */
} DoccanoState;

/* ---- files ---- */

/* doccano passes each line through a CSV writer, so a line with comma, quote or newline is quoted. */
static HonePeerShape
doccano_shape (HonePeer         *self,
               const HoneSource *source,
               int              *rank)
{
  if (_hone_source_is_table (source))
    return HONE_PEER_ROWS;
  if (hone_source_has_suffix (source, ".txt"))
    return HONE_PEER_CELLS;

  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

static gboolean
doccano_settle (HonePeer  *self,
                GError   **error)
{
  DoccanoState *state = self->state;
  gboolean shared = FALSE;

  for (guint i = 0; i < self->reader->all_sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (self->reader->all_sources, i);

      shared = shared || g_str_has_prefix (_hone_source_base_name (source), "all.");
    }
  state->by_user = self->n_files > 1 && !shared;
  if (state->by_user)
    hone_reader_describe (self->reader, _("one file for each person"));

  return TRUE;
}

static char *
dup_author (HonePeer *self)
{
  DoccanoState *state = self->state;
  const char *base = _hone_source_base_name (self->reader->source);
  const char *dot = strrchr (base, '.');

  if (!state->by_user)
    return NULL;

  return dot != NULL ? g_strndup (base, dot - base) : g_strdup (base);
}

/* ---- what Hone adds to its own files ---- */

static void
map_hone_prediction (HoneRecord     *record,
                     const HoneJson *value)
{
  const char *outcome_word = hone_json_get_string (hone_json_get (value, "hone_outcome"));
  HoneRecordPrediction *prediction;
  HoneOutcome outcome = HONE_OUTCOME_ANSWERED;
  char **words = _hone_map_words (hone_json_get (value, "hone_prediction"));

  if (words == NULL && outcome_word == NULL)
    return;

  prediction = hone_record_add_prediction (record);
  prediction->words = words;
  prediction->model = hone_json_dup_text (hone_json_get (value, "hone_model"));
  prediction->confidence = _hone_map_ratio (hone_json_get (value, "hone_confidence"), 1);
  prediction->judged = outcome_word != NULL && hone_outcome_from_string (outcome_word, &outcome) && outcome != HONE_OUTCOME_ANSWERED;
  prediction->outcome = outcome;
  prediction->raw = hone_json_dup_text (hone_json_get (value, "hone_raw"));
}

/* ---- records ---- */

static const char *
label_member (HonePeer       *self,
              const HoneJson *value)
{
  static const char * const names[] = { "label", "labels", "cats", NULL };

  if (self->reader->label_column != NULL)
    return self->reader->label_column;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (hone_json_get (value, names[i]) != NULL)
        return names[i];
    }

  return "label";
}

/* "Money#Sports": names joined in a cell. A name of the project may itself hold "#". */
static char **
cell_words (HonePeer       *self,
            const HoneJson *value)
{
  g_auto(GStrv) words = _hone_map_words (value);
  const HoneOntology *project = self->reader->project;

  if (self->shape != HONE_PEER_ROWS || words == NULL || g_strv_length (words) != 1)
    return g_steal_pointer (&words);
  if (project != NULL && hone_ontology_match (project, words[0]) != NULL)
    return g_steal_pointer (&words);

  return g_strsplit (words[0], "#", -1);
}

static void
set_identity (HonePeer       *self,
              HoneRecord     *record,
              const HoneJson *value)
{
  DoccanoState *state = self->state;
  const char *name = self->reader->id_column != NULL ? self->reader->id_column : "id";

  record->external_id = hone_json_dup_text (hone_json_get (value, name));
  record->join_by_text = state->by_user && record->external_id == NULL;
}

static void
map_words (HonePeer       *self,
           HoneRecord     *record,
           const HoneJson *value,
           char          **words)
{
  HoneRecordLabel *label;

  /* An empty list is both "not labelled" and "nothing chosen": no warning. */
  if (words == NULL)
    return;

  label = hone_record_add_label (record);
  label->words = words;
  label->author = hone_json_dup_text (hone_json_get (value, "hone_author"));
  if (label->author == NULL)
    label->author = dup_author (self);
  label->time = hone_read_time (hone_json_get (value, "hone_time"));
}

static gboolean
map_object (HonePeer       *self,
            const HoneJson *value,
            HoneRecord     *record)
{
  static const char * const hone_members[] = {
    "hone_author", "hone_time", "hone_prediction", "hone_outcome", "hone_confidence", "hone_model", "hone_raw", "hone_meta", NULL,
  };
  const char *label = label_member (self, value);
  const char *split = self->reader->split_column != NULL ? self->reader->split_column : "split";
  GString *meta = NULL;

  if (!_hone_map_text (record, value, self->reader->text_column, _hone_text_names))
    return FALSE;

  set_identity (self, record, value);
  record->split = hone_read_split (hone_json_get_string (hone_json_get (value, split)));
  map_words (self, record, value, cell_words (self, hone_json_get (value, label)));
  map_hone_prediction (record, value);

  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      const char *name = hone_json_get_name (value, i);
      const HoneJson *member = hone_json_get_nth (value, i);

      if (strcmp (name, "id") == 0 || strcmp (name, label) == 0 || g_strv_contains (hone_members, name)
          || (strcmp (name, split) == 0 && record->split >= 0) || g_strcmp0 (hone_json_get_string (member), record->text) == 0
          || (strcmp (name, "Comments") == 0 && hone_json_get_type_of (member) == HONE_JSON_ARRAY && hone_json_get_size (member) == 0))
        continue;
      hone_meta_add (&meta, name, member);
    }
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static gboolean
map_line (HonePeer       *self,
          const HoneJson *value,
          HoneRecord     *record)
{
  DoccanoState *state = self->state;
  g_autofree char *comment = NULL;
  GString *meta = NULL;
  char **words = NULL;

  record->text = _hone_fasttext_split (hone_json_get_string (value), self->reader->project, TRUE, &words, &comment);
  record->join_by_text = state->by_user;
  map_words (self, record, NULL, words);
  hone_meta_add_text (&meta, "Comments", comment);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static gboolean
doccano_map (HonePeer       *self,
             const HoneJson *value,
             HoneRecord     *record)
{
  if (hone_json_get_type_of (value) == HONE_JSON_STRING)
    return map_line (self, value, record);
  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a record"));

  return map_object (self, value, record);
}

/* ---- class ---- */

static const HonePeerOps doccano_ops = {
  .state_size = sizeof (DoccanoState),
  .shape = doccano_shape,
  .settle = doccano_settle,
  .map = doccano_map,
};

static gboolean
is_doccano (const HoneJson *value)
{
  return hone_json_get (value, "text") != NULL
         && (_hone_json_is (value, "Comments", HONE_JSON_ARRAY) || hone_json_get (value, "hone_author") != NULL
             || hone_json_get (value, "hone_outcome") != NULL);
}

/* An archive of fastText files that are named after people, not after splits. */
static gboolean
is_by_person (const HoneSniff *sniff)
{
  guint n = 0;

  for (guint i = 0; i < sniff->sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (sniff->sources, i);

      if (source->archive == NULL || !hone_source_has_suffix (source, ".txt") || _hone_map_split_from_name (source->name) >= 0)
        return FALSE;
      n++;
    }

  return n > 1 && _hone_fasttext_is_one (sniff);
}

static guint
doccano_sniff (const HoneSniff *sniff)
{
  static const char * const cells[] = { "text", "label", "Comments", NULL };
  const HoneSource *first = g_ptr_array_index (sniff->sources, 0);

  /* Lines that no label was given to lack Hone's members: one that has them is enough. */
  if (_hone_sniff_share (sniff, is_doccano) > 0 || hone_sniff_has_cells (sniff, cells))
    return 90;
  if (hone_source_has_suffix (first, ".txt") && (_hone_fasttext_is_doccano (sniff) || is_by_person (sniff)))
    return 90;

  return 0;
}

HONE_PEER_CLASS (doccano, HONE_FORMAT_DOCCANO);
