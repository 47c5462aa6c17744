/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kili: raw exports (one list, or one file per asset), and the layout Hone writes for "kili project import" and
 * "kili project label": texts, labels and predictions as files named by external id. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-choose.h"
#include "hone-peer.h"

/* Examples without an id of their own are written under this name and lose it again. */
#define NO_ID_PREFIX "_hone_"
#define MAX_INTERFACE (4 * 1024 * 1024)

typedef struct {
  HoneChooser *jobs;     /* (nullable): met in the first run */
  char        *job;      /* (nullable): of several jobs the one that is read */
  GHashTable  *texts;    /* (nullable): "assets/…" -> HoneSource */
} KiliState;

static void
kili_clear (gpointer data)
{
  KiliState *state = data;

  g_clear_pointer (&state->jobs, _hone_chooser_free);
  g_free (state->job);
  g_clear_pointer (&state->texts, g_hash_table_unref);
}

/* ---- files ---- */

static gboolean
has_folder (const HoneSource *source,
            const char       *folder)
{
  g_autofree char *inner = g_strconcat ("/", folder, "/", NULL);

  return g_str_has_prefix (source->name, inner + 1) || strstr (source->name, inner) != NULL;
}

static HonePeerShape
kili_shape (HonePeer         *self,
            const HoneSource *source,
            int              *rank)
{
  if (hone_source_has_suffix (source, ".json"))
    {
      gboolean predictions = has_folder (source, "predictions");

      *rank = predictions ? 2 : 1;
      return HONE_PEER_VALUES;
    }
  if (hone_source_has_suffix (source, ".txt") && has_folder (source, "texts"))
    return HONE_PEER_WHOLE;

  return HONE_PEER_SKIP;
}

/* ---- jsonResponse ---- */

static const HoneJson *
find_categories (HonePeer       *self,
                 const HoneJson *response)
{
  KiliState *state = self->state;

  return state->job != NULL ? hone_json_get (hone_json_get (response, state->job), "categories") : NULL;
}

static char **
category_words (const HoneJson *categories)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  for (gsize i = 0; i < hone_json_get_size (categories); i++)
    {
      const char *name = hone_json_get_string (hone_json_get (hone_json_get_nth (categories, i), "name"));

      if (name == NULL)
        continue;
      g_strv_builder_add (builder, name);
      any = TRUE;
    }

  return any ? g_strv_builder_end (builder) : NULL;
}

static gboolean
has_children (const HoneJson *categories)
{
  for (gsize i = 0; i < hone_json_get_size (categories); i++)
    {
      if (hone_json_get_size (hone_json_get (hone_json_get_nth (categories, i), "children")) > 0)
        return TRUE;
    }

  return FALSE;
}

/* Answers of other jobs, and of nested ones, are kept as they are. */
static void
keep_other_jobs (HonePeer       *self,
                 const HoneJson *response,
                 GString       **meta)
{
  KiliState *state = self->state;

  for (gsize i = 0; i < hone_json_get_size (response); i++)
    {
      const char *job = hone_json_get_name (response, i);
      const HoneJson *answer = hone_json_get_nth (response, i);

      if (g_strcmp0 (job, state->job) != 0 || has_children (hone_json_get (answer, "categories")))
        hone_meta_add (meta, job, answer);
    }
}

/* ---- labels ---- */

static gboolean
words_say_unable (char **words)
{
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (hone_category_word_is_unable (words[i]))
        return TRUE;
    }

  return FALSE;
}

static void
map_prediction (HoneRecord     *record,
                const HoneJson *categories,
                const char     *model,
                gint64          time)
{
  g_auto(GStrv) words = category_words (categories);
  HoneRecordPrediction *prediction;
  double least = INFINITY;

  if (words == NULL)
    {
      hone_record_warn (record, HONE_WARNING_EMPTY_ANSWER, "categories", _("The model chose nothing"));
      return;
    }
  /* Common scripts write errors and refusals alike as this category. */
  if (words_say_unable (words))
    hone_record_warn (record, HONE_WARNING_OUTCOME_GUESS, "categories",
                      _("The file does not tell whether the model could not answer or an error happened"));

  prediction = hone_record_add_prediction (record);
  prediction->model = g_strdup (model);
  prediction->time = time;
  prediction->scores = g_new0 (HoneRecordScore, hone_json_get_size (categories));
  for (gsize i = 0; i < hone_json_get_size (categories); i++)
    {
      const HoneJson *category = hone_json_get_nth (categories, i);
      const char *name = hone_json_get_string (hone_json_get (category, "name"));
      double confidence = _hone_map_ratio (hone_json_get (category, "confidence"), 100);

      if (name == NULL)
        continue;
      least = isnan (confidence) || isnan (least) ? NAN : MIN (least, confidence);
      if (isnan (confidence))
        continue;
      prediction->scores[prediction->n_scores].word = g_strdup (name);
      prediction->scores[prediction->n_scores++].value = confidence;
    }
  /* A set is right only if each of its categories is: the least confident one speaks for all. */
  prediction->confidence = isfinite (least) ? least : NAN;
  prediction->words = g_steal_pointer (&words);
}

static char *
dup_author (const HoneJson *author)
{
  static const char * const names[] = { "email", "name", "id" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = hone_json_dup_text (hone_json_get (author, names[i]));

      if (name != NULL && *name != '\0')
        return g_steal_pointer (&name);
    }

  return NULL;
}

static void
map_decision (HoneRecord     *record,
              const HoneJson *label,
              const HoneJson *categories,
              gboolean        review)
{
  HoneRecordLabel *decision = _hone_map_label (record, category_words (categories), "jsonResponse");

  if (decision == NULL)
    return;
  decision->author = dup_author (hone_json_get (label, "author"));
  decision->time = hone_read_time (hone_json_get (label, "createdAt"));
  decision->origin = review ? HONE_ORIGIN_REVIEW : HONE_ORIGIN_IMPORTED;
}

static void
map_label (HonePeer       *self,
           HoneRecord     *record,
           const HoneJson *label,
           GString       **meta)
{
  const char *type = hone_json_get_string (hone_json_get (label, "labelType"));
  const HoneJson *response = hone_json_get (label, "jsonResponse");
  const HoneJson *categories;

  if (hone_json_get_type_of (label) != HONE_JSON_OBJECT)
    return;

  categories = find_categories (self, response);
  if (g_strcmp0 (type, "AUTOSAVE") == 0)
    {
      hone_record_warn (record, HONE_WARNING_DRAFT_IGNORED, "labelType", _("A label that was never submitted"));
    }
  else if (g_strcmp0 (type, "PREDICTION") == 0 || g_strcmp0 (type, "INFERENCE") == 0)
    {
      map_prediction (record, categories, hone_json_get_string (hone_json_get (label, "modelName")),
                      hone_read_time (hone_json_get (label, "createdAt")));
    }
  else if (hone_json_get_boolean (hone_json_get (label, "isSentBackToQueue")))
    {
      hone_record_warn (record, HONE_WARNING_SENT_BACK, "isSentBackToQueue", _("A label that its reviewer returned"));
    }
  else
    {
      map_decision (record, label, categories, g_strcmp0 (type, "REVIEW") == 0);
      keep_other_jobs (self, response, meta);
    }
}

/* One of these is there, by export type; the fuller one counts. A list, or one label. */
static const HoneJson *
get_labels (const HoneJson *asset)
{
  static const char * const names[] = { "labels", "latestLabels", "latestLabel" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const HoneJson *labels = hone_json_get (asset, names[i]);
      HoneJsonType type = hone_json_get_type_of (labels);

      if (type == HONE_JSON_OBJECT || type == HONE_JSON_ARRAY)
        return labels;
    }

  return NULL;
}

static void
map_labels (HonePeer       *self,
            HoneRecord     *record,
            const HoneJson *asset,
            GString       **meta)
{
  const HoneJson *labels = get_labels (asset);

  if (hone_json_get_type_of (labels) == HONE_JSON_OBJECT)
    {
      map_label (self, record, labels, meta);
      return;
    }

  for (gsize i = 0; i < hone_json_get_size (labels); i++)
    map_label (self, record, hone_json_get_nth (labels, i), meta);
}

/* ---- which job ---- */

static void
learn_response (HonePeer       *self,
                const HoneJson *response)
{
  KiliState *state = self->state;

  for (gsize i = 0; i < hone_json_get_size (response); i++)
    {
      const HoneJson *categories = hone_json_get (hone_json_get_nth (response, i), "categories");
      g_auto(GStrv) words = category_words (categories);

      if (categories != NULL)
        _hone_chooser_add (state->jobs, hone_json_get_name (response, i), words);
    }
}

static void
kili_learn (HonePeer       *self,
            const HoneJson *value)
{
  const HoneJson *labels = get_labels (value);

  if (labels == NULL)
    learn_response (self, value);   /* a file that Hone wrote */
  else if (hone_json_get_type_of (labels) == HONE_JSON_OBJECT)
    learn_response (self, hone_json_get (labels, "jsonResponse"));
  else
    for (gsize i = 0; i < hone_json_get_size (labels); i++)
      learn_response (self, hone_json_get (hone_json_get_nth (labels, i), "jsonResponse"));
}

/* ---- the text ---- */

#define ASSETS "assets/"

/* "export/assets/a.txt" is known as "assets/a.txt". */
static GHashTable *
list_assets (GPtrArray *sources)
{
  GHashTable *texts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sources->len; i++)
    {
      HoneSource *source = g_ptr_array_index (sources, i);
      const char *inner = strstr (source->name, "/" ASSETS);

      if (g_str_has_prefix (source->name, ASSETS))
        g_hash_table_insert (texts, source->name, source);
      else if (inner != NULL)
        g_hash_table_insert (texts, (char *) inner + 1, source);
    }

  return texts;
}

static const HoneSource *
find_asset (HonePeer   *self,
            const char *path)
{
  KiliState *state = self->state;

  if (state->texts == NULL)
    state->texts = list_assets (self->reader->all_sources);

  return g_hash_table_lookup (state->texts, path);
}

/* "https://…", "s3://…"; a text that begins with an address has blanks behind it. */
static gboolean
is_address (const char *content)
{
  gsize length = strspn (content, "abcdefghijklmnopqrstuvwxyz0123456789+.-");

  return length > 0 && g_str_has_prefix (content + length, "://") && strpbrk (content, " \t\r\n") == NULL;
}

/* The content may be an address or a path into the export: only what came along is read. */
static gboolean
map_content (HonePeer       *self,
             HoneRecord     *record,
             const HoneJson *asset)
{
  const char *content = hone_json_get_string (hone_json_get (asset, "content"));
  const HoneSource *source;
  g_autoptr(GError) error = NULL;

  if (content == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "content", _("The asset has no text"));
  if (is_address (content))
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "content", _("The text stands at an address outside the export"));

  if (!g_str_has_prefix (content, ASSETS))
    {
      record->text = g_strdup (content);
      return TRUE;
    }

  source = find_asset (self, content);
  if (source == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "content", _("The file of the text is not in the export"));
  record->text = hone_source_load (source, self->reader->encoding, HONE_INPUT_MAX_LINE, &error);
  if (record->text == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "content", error->message);

  return TRUE;
}

static gboolean
map_asset (HonePeer       *self,
           const HoneJson *asset,
           HoneRecord     *record)
{
  GString *meta = NULL;

  record->external_id = hone_json_dup_text (hone_json_get (asset, "externalId"));
  if (record->external_id == NULL)
    record->external_id = hone_json_dup_text (hone_json_get (asset, "id"));
  if (!map_content (self, record, asset))
    return FALSE;

  hone_meta_add_others (&meta, hone_json_get (asset, "jsonMetadata"), _hone_no_names);
  map_labels (self, record, asset, &meta);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

/* ---- the layout that Hone writes ---- */

/* "labels/text 1.json" is about "text 1". */
static void
set_id_from_name (HonePeer   *self,
                  HoneRecord *record)
{
  const char *base = _hone_source_base_name (self->reader->source);
  const char *dot = strrchr (base, '.');
  g_autofree char *id = dot != NULL ? g_strndup (base, dot - base) : g_strdup (base);

  record->join_key = g_strdup (id);
  if (!g_str_has_prefix (id, NO_ID_PREFIX))
    record->external_id = g_steal_pointer (&id);
}

static gboolean
map_text_file (HonePeer       *self,
               const HoneJson *text,
               HoneRecord     *record)
{
  g_autofree char *folder = g_path_get_dirname (self->reader->source->name);

  set_id_from_name (self, record);
  record->text = g_strdup (hone_json_get_string (text));
  record->split = hone_read_split (strrchr (folder, '/') != NULL ? strrchr (folder, '/') + 1 : folder);

  return TRUE;
}

static gboolean
map_response_file (HonePeer       *self,
                   const HoneJson *response,
                   HoneRecord     *record)
{
  const HoneJson *categories = find_categories (self, response);

  set_id_from_name (self, record);
  record->must_exist = TRUE;
  if (has_folder (self->reader->source, "predictions"))
    {
      g_autofree char *folder = g_path_get_dirname (self->reader->source->name);
      g_autofree char *escaped = g_path_get_basename (folder);
      g_autofree char *model = g_uri_unescape_string (escaped, NULL);

      map_prediction (record, categories, model != NULL ? model : escaped, 0);
    }
  else
    {
      _hone_map_label (record, category_words (categories), "categories");
    }

  return TRUE;
}

static gboolean
kili_map (HonePeer       *self,
          const HoneJson *value,
          HoneRecord     *record)
{
  if (self->shape == HONE_PEER_WHOLE)
    return map_text_file (self, value, record);
  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not an asset"));
  /* The interface may lie beside the assets; it was read at the start. */
  if (hone_json_get (value, "jobs") != NULL)
    return TRUE;
  if (hone_json_get (value, "content") == NULL && hone_json_get (value, "externalId") == NULL)
    return map_response_file (self, value, record);

  return map_asset (self, value, record);
}

/* ---- class ---- */

/* The interface may lie beside the assets. Where it cannot be read the labels still can. */
static void
read_interface (HonePeer *self)
{
  const HoneSource *source = hone_sources_by_name (self->reader->all_sources, "/interface.json");
  g_autoptr(HoneJson) interface = source != NULL ? hone_source_load_json (source, MAX_INTERFACE, NULL) : NULL;

  if (hone_json_get (interface, "jobs") != NULL)
    self->reader->ontology = hone_ontology_read_json (interface, NULL);
}

/* Called before the first run. */
static gboolean
kili_learns (HonePeer *self)
{
  KiliState *state = self->state;
  const HoneOntology *project = self->reader->project;

  read_interface (self);
  state->job = g_strdup (self->reader->label_column);
  state->jobs = _hone_chooser_new (project != NULL ? project : self->reader->ontology);

  return state->job == NULL;
}

static gboolean
kili_settle (HonePeer  *self,
             GError   **error)
{
  KiliState *state = self->state;

  hone_reader_describe (self->reader, _("an export of Kili; texts that nobody labelled may be missing in it"));
  if (state->job == NULL)
    state->job = g_strdup (_hone_chooser_get (state->jobs));
  _hone_chooser_describe (state->jobs, self->reader, state->job);

  return TRUE;
}

static const HonePeerOps kili_ops = {
  .state_size = sizeof (KiliState),
  .shape = kili_shape,
  .learn = kili_learn,
  .learns = kili_learns,
  .settle = kili_settle,
  .map = kili_map,
  .clear = kili_clear,
};

/* Assets of a raw export; or the two kinds of files that Hone writes. */
static guint
kili_sniff (const HoneSniff *sniff)
{
  static const char * const asset[] = { "externalId", "content", NULL };
  static const char * const interface[] = { "jobs", NULL };

  if (hone_sniff_share_with (sniff, asset) > 0.5 || hone_sources_by_name (sniff->sources, "/README.kili.txt") != NULL)
    return 90;
  if (hone_sources_by_name (sniff->sources, "/interface.json") != NULL && hone_sniff_share_with (sniff, interface) > 0)
    return 90;

  return 0;
}

HONE_PEER_CLASS (kili, HONE_FORMAT_KILI);
