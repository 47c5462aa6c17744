/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prodigy: JSONL of the choice interface and of binary answers.
 *
 * In binary files the accepted categories of one text and author form one set, and their lines may stand anywhere. So a first
 * run counts the accepted lines of each text and author, and the last of them carries the whole set. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-peer.h"

typedef struct {
  GHashTable *counts;       /* hash of text and author -> accepted lines still to come, 0 where all have come */
  GHashTable *open;         /* the same -> GStrvBuilder of the categories so far */
} ProdigyState;

static void
prodigy_clear (gpointer data)
{
  ProdigyState *state = data;

  g_clear_pointer (&state->counts, g_hash_table_unref);
  g_clear_pointer (&state->open, g_hash_table_unref);
}

static HonePeerShape
prodigy_shape (HonePeer         *self,
               const HoneSource *source,
               int              *rank)
{
  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* ---- options ---- */

/* The categories the first line offers make the ontology of a new project. */
static HoneOntology *
read_options (const HoneJson *value)
{
  const HoneJson *options = hone_json_get (value, "options");
  const char *style = hone_json_get_string (hone_json_get_path (value, "config.choice_style"));
  g_autoptr(HoneOntology) ontology = NULL;

  if (hone_json_get_type_of (options) != HONE_JSON_ARRAY)
    return NULL;

  ontology = hone_ontology_new (g_strcmp0 (style, "multiple") == 0 ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, NULL);
  for (gsize i = 0; i < hone_json_get_size (options); i++)
    {
      const HoneJson *option = hone_json_get_nth (options, i);
      g_autofree char *id = hone_json_dup_text (hone_json_get (option, "id"));
      g_autofree char *text = hone_json_dup_text (hone_json_get (option, "text"));
      g_autofree char *key = id != NULL ? hone_category_key_from_name (id) : NULL;
      HoneCategory category = { .key = key, .name = text != NULL ? text : id };
      guint added;

      if (category.name == NULL || hone_category_word_is_unable (category.name))
        continue;
      added = hone_ontology_add (ontology, &category, NULL);
      if (added == 0 || (id != NULL && !hone_ontology_add_alias (ontology, added, id, NULL)))
        return NULL;
    }

  return hone_ontology_get_size (ontology) > 0 ? g_steal_pointer (&ontology) : NULL;
}

/* ---- lines ---- */

static void
set_identity (HoneRecord     *record,
              const HoneJson *value)
{
  const HoneJson *id = hone_json_get_path (value, "meta.id");
  g_autofree char *hash = hone_json_dup_text (hone_json_get (value, "_input_hash"));
  g_autofree char *own = hone_json_dup_text (hone_json_get_path (value, "meta.hone_example"));

  record->external_id = hone_json_dup_text (id);
  if (hash != NULL)
    record->join_key = g_strconcat ("hash:", hash, NULL);
  else if (own != NULL)
    record->join_key = g_strconcat ("hone:", own, NULL);
  else
    record->join_by_text = record->external_id == NULL;
}

static char *
dup_author (const HoneJson *value)
{
  char *author = hone_json_dup_text (hone_json_get (value, "_annotator_id"));

  return author != NULL ? author : hone_json_dup_text (hone_json_get (value, "_session_id"));
}

/* ---- binary answers ---- */

/* Names of options whose ids say nothing to the project: {"id":1,"text":"Money"}. */
static char **
option_words (HonePeer       *self,
              const HoneJson *value)
{
  char **words = _hone_map_words (hone_json_get (value, "accept"));
  const HoneJson *options = hone_json_get (value, "options");
  const HoneOntology *project = self->reader->project;

  for (gsize i = 0; project != NULL && words != NULL && words[i] != NULL; i++)
    {
      if (hone_ontology_match (project, words[i]) != NULL || hone_category_word_is_unable (words[i]))
        continue;
      for (gsize j = 0; j < hone_json_get_size (options); j++)
        {
          const HoneJson *option = hone_json_get_nth (options, j);
          g_autofree char *id = hone_json_dup_text (hone_json_get (option, "id"));
          const char *text = hone_json_get_string (hone_json_get (option, "text"));

          if (g_strcmp0 (id, words[i]) != 0 || text == NULL || hone_ontology_match (project, text) == NULL)
            continue;
          g_free (words[i]);
          words[i] = g_strdup (text);
          break;
        }
    }

  return words;
}

static gboolean
is_binary (const HoneJson *value)
{
  return hone_json_get (value, "accept") == NULL && hone_json_get (value, "options") == NULL;
}

static gboolean
is_accepted (const HoneJson *value)
{
  return g_strcmp0 (hone_json_get_string (hone_json_get (value, "answer")), "accept") == 0;
}

/* 64 bits of text and author; an accidental match of two is out of reach. */
static gpointer
dup_group (const HoneJson *value)
{
  g_autofree char *author = dup_author (value);
  g_autofree char *hash = hone_json_dup_text (hone_json_get (value, "_input_hash"));
  const char *text = hone_json_get_string (hone_json_get (value, "text"));
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize length = sizeof digest;
  gint64 *key = g_new (gint64, 1);

  g_checksum_update (checksum, (const guchar *) (author != NULL ? author : ""), -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  if (hash != NULL || text != NULL)
    g_checksum_update (checksum, (const guchar *) (hash != NULL ? hash : text), -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (key, digest, sizeof *key);

  return key;
}

static void
prodigy_learn (HonePeer       *self,
               const HoneJson *value)
{
  ProdigyState *state = self->state;
  gpointer group;
  guint count;

  if (state->counts == NULL)
    {
      state->counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      state->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_strv_builder_unref);
    }
  if (!is_binary (value) || !is_accepted (value))
    return;

  group = dup_group (value);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (state->counts, group));
  g_hash_table_replace (state->counts, group, GUINT_TO_POINTER (count + 1));
}

/* The whole set with the last of its lines, NULL before. */
static char **
take_accepted (HonePeer       *self,
               const HoneJson *value)
{
  ProdigyState *state = self->state;
  g_autofree gint64 *group = dup_group (value);
  guint count = state->counts != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (state->counts, group)) : 1;
  GStrvBuilder *builder = state->open != NULL ? g_hash_table_lookup (state->open, group) : NULL;
  g_autofree char *word = hone_json_dup_text (hone_json_get (value, "label"));
  char **words;

  if (count <= 1 && builder == NULL)
    return _hone_map_words (hone_json_get (value, "label"));

  if (builder == NULL)
    {
      builder = g_strv_builder_new ();
      g_hash_table_insert (state->open, g_memdup2 (group, sizeof *group), builder);
    }
  if (word != NULL)
    g_strv_builder_add (builder, word);
  if (count > 1)
    {
      g_hash_table_insert (state->counts, g_steal_pointer (&group), GUINT_TO_POINTER (count - 1));
      return NULL;
    }

  words = g_strv_builder_end (builder);
  g_hash_table_remove (state->open, group);
  /* Lines without a category. */
  if (words[0] == NULL)
    g_clear_pointer (&words, g_strfreev);

  return words;
}

/* Whether this person accepted some category of the text: who passes over the question about another one has labelled it all the same. */
static gboolean
has_accepted (HonePeer       *self,
              const HoneJson *value)
{
  ProdigyState *state = self->state;
  g_autofree gint64 *group = dup_group (value);

  return state->counts != NULL && g_hash_table_contains (state->counts, group);
}

static HoneRecordLabel *
map_accept (HonePeer       *self,
            HoneRecord     *record,
            const HoneJson *value)
{
  char **words;
  HoneRecordLabel *label;

  if (!is_binary (value))
    return _hone_map_label (record, option_words (self, value), "accept");

  words = take_accepted (self, value);
  if (words == NULL)
    return NULL;

  label = hone_record_add_label (record);
  label->words = words;

  return label;
}

/* ---- answers ---- */

static void
map_answer (HonePeer       *self,
            HoneRecord     *record,
            const HoneJson *value,
            GString       **meta)
{
  const char *answer = hone_json_get_string (hone_json_get (value, "answer"));
  HoneRecordLabel *label = NULL;

  if (g_strcmp0 (answer, "accept") == 0)
    {
      label = map_accept (self, record, value);
    }
  else if (g_strcmp0 (answer, "reject") == 0)
    {
      hone_record_warn (record, HONE_WARNING_REJECT_IGNORED, "answer", _("“Is not this category” is no label"));
      hone_meta_add (meta, "rejected", hone_json_get (value, is_binary (value) ? "label" : "accept"));
    }
  else if (g_strcmp0 (answer, "ignore") == 0 && !(is_binary (value) && has_accepted (self, value)))
    {
      label = hone_record_add_label (record);
      label->skip = TRUE;
    }

  if (label == NULL)
    return;
  label->author = dup_author (value);
  label->time = hone_read_time (hone_json_get (value, "_timestamp"));
  if (g_strcmp0 (hone_json_get_string (hone_json_get (value, "hone_origin")), "review") == 0)
    label->origin = HONE_ORIGIN_REVIEW;
}

static const char * const line_members[] = {
  "text", "label", "options", "accept", "answer", "meta", "config", "score", "priority", "_input_hash", "_task_hash", "_view_id",
  "_annotator_id", "_session_id", "_timestamp", "hone_origin", "spans", "tokens", NULL,
};

static gboolean
has_media_alone (const HoneJson *value)
{
  return hone_json_get (value, "text") == NULL && (hone_json_get (value, "image") != NULL || hone_json_get (value, "audio") != NULL
                                                   || hone_json_get (value, "video") != NULL);
}

static gboolean
prodigy_map (HonePeer       *self,
             const HoneJson *value,
             HoneRecord     *record)
{
  static const char * const meta_members[] = { "id", "split", "hone_example", NULL };
  static const char * const scored_members[] = { "id", "split", "hone_example", "score", NULL };
  const HoneJson *file_meta = hone_json_get (value, "meta");
  GString *meta = NULL;

  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a record"));
  if (has_media_alone (value))
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "text", _("The task is about something else than text"));
  if (!_hone_map_text (record, value, self->reader->text_column, _hone_text_names))
    return FALSE;

  set_identity (record, value);
  record->split = hone_read_split (hone_json_get_string (hone_json_get (file_meta, "split")));
  hone_meta_add_others (&meta, file_meta, hone_json_get (value, "score") != NULL ? scored_members : meta_members);
  hone_meta_add_others (&meta, value, line_members);
  map_answer (self, record, value, &meta);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

/* ---- class ---- */

static gboolean
prodigy_settle (HonePeer  *self,
                GError   **error)
{
  const HoneJson *first = hone_sniff_first_value (self->reader->sniff);

  self->reader->ontology = read_options (first);

  return TRUE;
}

/* Lines of the choice interface hold their set themselves. */
static gboolean
prodigy_learns (HonePeer *self)
{
  const HoneJson *first = hone_sniff_first_value (self->reader->sniff);

  return first == NULL || is_binary (first);
}

static const HonePeerOps prodigy_ops = {
  .state_size = sizeof (ProdigyState),
  .shape = prodigy_shape,
  .learn = prodigy_learn,
  .learns = prodigy_learns,
  .settle = prodigy_settle,
  .map = prodigy_map,
  .clear = prodigy_clear,
};

/* Also without hashes: who read "reject" as any other column would make it the category. */
static gboolean
has_answer (const HoneJson *value)
{
  static const char * const answers[] = { "accept", "reject", "ignore", NULL };
  const char *answer = hone_json_get_string (hone_json_get (value, "answer"));

  return answer != NULL && g_strv_contains (answers, answer)
         && (hone_json_get (value, "label") != NULL || hone_json_get (value, "accept") != NULL || hone_json_get (value, "options") != NULL);
}

static gboolean
is_prodigy (const HoneJson *value)
{
  if (has_answer (value))
    return TRUE;
  if (hone_json_get (value, "text") == NULL)
    return FALSE;
  if (hone_json_get (value, "_input_hash") != NULL || hone_json_get (value, "_task_hash") != NULL || hone_json_get (value, "_view_id") != NULL)
    return TRUE;

  return _hone_json_is (value, "options", HONE_JSON_ARRAY)
         && (_hone_json_is (value, "accept", HONE_JSON_ARRAY) || hone_json_get (value, "answer") == NULL);
}

static guint
prodigy_sniff (const HoneSniff *sniff)
{
  return _hone_sniff_share (sniff, is_prodigy) > 0.5 ? 90 : 0;
}

HONE_PEER_CLASS (prodigy, HONE_FORMAT_PRODIGY);
