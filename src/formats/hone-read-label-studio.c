/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label Studio: full JSON (tasks with annotations and predictions). */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-choose.h"
#include "hone-peer.h"

#define MAX_CONFIG (4 * 1024 * 1024)

typedef struct {
  GHashTable  *emails;     /* number of a person -> email; both occur in one file */
  HoneChooser *controls;   /* met in the first run */
  char        *control;    /* (nullable): the one that is read */
  char        *text;       /* (nullable): member of the data that the configuration shows */
} LabelStudioState;

static void
label_studio_clear (gpointer data)
{
  LabelStudioState *state = data;

  g_clear_pointer (&state->emails, g_hash_table_unref);
  g_clear_pointer (&state->controls, _hone_chooser_free);
  g_free (state->control);
  g_free (state->text);
}

static HonePeerShape
label_studio_shape (HonePeer         *self,
                    const HoneSource *source,
                    int              *rank)
{
  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* ---- people ---- */

static const HoneJson *
get_annotations (const HoneJson *task)
{
  const HoneJson *annotations = hone_json_get (task, "annotations");

  return annotations != NULL ? annotations : hone_json_get (task, "completions");
}

static void
learn_person (LabelStudioState *state,
              const HoneJson   *person)
{
  g_autofree char *id = hone_json_dup_text (hone_json_get (person, "id"));
  const char *email = hone_json_get_string (hone_json_get (person, "email"));

  if (id != NULL && email != NULL && *email != '\0')
    g_hash_table_insert (state->emails, g_steal_pointer (&id), g_strdup (email));
}

static void
learn_result (LabelStudioState *state,
              const HoneJson   *result)
{
  for (gsize i = 0; i < hone_json_get_size (result); i++)
    {
      const HoneJson *part = hone_json_get_nth (result, i);
      const HoneJson *choices = hone_json_get_path (part, "value.choices");
      g_auto(GStrv) words = _hone_map_words (choices);

      if (choices != NULL)
        _hone_chooser_add (state->controls, hone_json_get_string (hone_json_get (part, "from_name")), words);
    }
}

static void
label_studio_learn (HonePeer       *self,
                    const HoneJson *task)
{
  LabelStudioState *state = self->state;
  const HoneJson *annotations = get_annotations (task);
  const HoneJson *predictions = hone_json_get (task, "predictions");

  for (gsize i = 0; i < hone_json_get_size (annotations); i++)
    {
      const HoneJson *annotation = hone_json_get_nth (annotations, i);

      learn_person (state, hone_json_get (annotation, "completed_by"));
      learn_result (state, hone_json_get (annotation, "result"));
    }
  for (gsize i = 0; i < hone_json_get_size (predictions); i++)
    learn_result (state, hone_json_get (hone_json_get_nth (predictions, i), "result"));
}

static char *
dup_author (HonePeer       *self,
            const HoneJson *person)
{
  LabelStudioState *state = self->state;
  g_autofree char *name = NULL;
  const char *email;

  if (hone_json_get_type_of (person) == HONE_JSON_OBJECT)
    {
      email = hone_json_get_string (hone_json_get (person, "email"));
      if (email != NULL && *email != '\0')
        return g_strdup (email);
      name = hone_json_dup_text (hone_json_get (person, "id"));
    }
  else
    {
      name = hone_json_dup_text (person);
    }

  email = name != NULL && state->emails != NULL ? g_hash_table_lookup (state->emails, name) : NULL;
  return email != NULL ? g_strdup (email) : g_steal_pointer (&name);
}

/* ---- results ---- */

/* The choices of the control that is read. */
static char **
result_words (HonePeer       *self,
              const HoneJson *result,
              GString       **meta)
{
  LabelStudioState *state = self->state;
  char **words = NULL;

  for (gsize i = 0; i < hone_json_get_size (result); i++)
    {
      const HoneJson *part = hone_json_get_nth (result, i);
      const char *name = hone_json_get_string (hone_json_get (part, "from_name"));
      const HoneJson *choices = hone_json_get_path (part, "value.choices");

      if (choices == NULL)
        continue;
      if (words == NULL && g_strcmp0 (name, state->control) == 0)
        words = _hone_map_words (choices);
      else if (meta != NULL && name != NULL)
        hone_meta_add (meta, name, choices);
    }

  return words;
}

/* What Hone wrote beside its annotations, since the server refuses people it does not know. */
static void
apply_hone_label (HoneRecordLabel *label,
                  const HoneJson  *hone)
{
  const char *origin = hone_json_get_string (hone_json_get (hone, "origin"));

  if (hone_json_get_type_of (hone) != HONE_JSON_OBJECT)
    return;

  if (label->author == NULL)
    label->author = hone_json_dup_text (hone_json_get (hone, "author"));
  label->time = hone_read_time (hone_json_get (hone, "time"));
  if (g_strcmp0 (origin, "review") == 0)
    label->origin = HONE_ORIGIN_REVIEW;
}

static void
map_annotation (HonePeer       *self,
                HoneRecord     *record,
                const HoneJson *annotation,
                const HoneJson *hone,
                GString       **meta)
{
  gboolean cancelled = hone_json_get_boolean (hone_json_get (annotation, "was_cancelled"))
                       || hone_json_get_boolean (hone_json_get (annotation, "skipped"));
  HoneRecordLabel *label;

  if (hone_json_get_type_of (annotation) != HONE_JSON_OBJECT)
    return;

  /* A cancelled annotation may still carry a result: cancelled counts. */
  if (cancelled)
    {
      label = hone_record_add_label (record);
      label->skip = TRUE;
    }
  else
    {
      label = _hone_map_label (record, result_words (self, hone_json_get (annotation, "result"), meta), "result");
      if (label == NULL)
        return;
    }

  label->author = dup_author (self, hone_json_get (annotation, "completed_by"));
  label->time = hone_read_time (hone_json_get (annotation, "updated_at"));
  if (label->time == 0)
    label->time = hone_read_time (hone_json_get (annotation, "created_at"));
  apply_hone_label (label, hone);
}

static void
map_prediction (HonePeer       *self,
                HoneRecord     *record,
                const HoneJson *prediction)
{
  char **words;
  HoneRecordPrediction *answer;

  if (hone_json_get_type_of (prediction) != HONE_JSON_OBJECT)
    {
      hone_record_warn (record, HONE_WARNING_BARE_PREDICTION, "predictions",
                        _("The export holds only the number of a prediction, not what it says"));
      return;
    }

  words = result_words (self, hone_json_get (prediction, "result"), NULL);
  if (words == NULL)
    {
      hone_record_warn (record, HONE_WARNING_EMPTY_ANSWER, "predictions", _("The model chose nothing"));
      return;
    }

  answer = hone_record_add_prediction (record);
  answer->words = words;
  answer->model = hone_json_dup_text (hone_json_get (prediction, "model_version"));
  answer->confidence = _hone_map_ratio (hone_json_get (prediction, "score"), 1);
  answer->time = hone_read_time (hone_json_get (prediction, "created_at"));
}

static void
map_drafts (HoneRecord     *record,
            const HoneJson *drafts)
{
  if (hone_json_get_type_of (drafts) == HONE_JSON_ARRAY && hone_json_get_size (drafts) > 0)
    hone_record_warn (record, HONE_WARNING_DRAFT_IGNORED, "drafts", _("A label that was never submitted"));
}

/* ---- tasks ---- */

static const char * const id_names[] = { "ext_id", "external_id", NULL };
static const char * const own_members[] = { "text", "split", "hone_labels", "ext_id", "external_id", NULL };

static char *
dup_id (HonePeer       *self,
        const HoneJson *task,
        const HoneJson *data)
{
  if (self->reader->id_column != NULL)
    {
      const HoneJson *id = hone_json_get_path (data, self->reader->id_column);

      return hone_json_dup_text (id != NULL ? id : hone_json_get_path (task, self->reader->id_column));
    }

  for (gsize i = 0; id_names[i] != NULL; i++)
    {
      const HoneJson *id = hone_json_get (data, id_names[i]);

      if (id != NULL)
        return hone_json_dup_text (id);
    }

  return data == task ? NULL : hone_json_dup_text (hone_json_get (task, "id"));
}

/* What the user named, else what the configuration shows; NULL: neither. */
static const char *
text_column (HonePeer *self)
{
  const LabelStudioState *state = self->state;

  return self->reader->text_column != NULL ? self->reader->text_column : state->text;
}

static gboolean
is_text_member (HonePeer   *self,
                const char *name,
                gboolean    default_text)
{
  g_auto(GStrv) columns = NULL;

  if (text_column (self) == NULL)
    return default_text && strcmp (name, "text") == 0;

  columns = g_strsplit (text_column (self), ",", -1);
  for (gsize i = 0; columns[i] != NULL; i++)
    {
      if (strcmp (g_strstrip (columns[i]), name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
map_data (HonePeer       *self,
          HoneRecord     *record,
          const HoneJson *data,
          GString       **meta)
{
  gboolean has_text = hone_json_get (data, "text") != NULL;
  g_autofree char *split = hone_json_dup_text (hone_json_get (data, self->reader->split_column != NULL ? self->reader->split_column
                                                                                                        : "split"));

  record->split = hone_read_split (split);
  for (gsize i = 0; i < hone_json_get_size (data); i++)
    {
      const char *name = hone_json_get_name (data, i);

      if (is_text_member (self, name, has_text) || (strcmp (name, "text") != 0 && strcmp (name, "split") != 0
                                                    && g_strv_contains (own_members, name)))
        continue;
      if (strcmp (name, "split") == 0 && record->split >= 0)
        continue;
      hone_meta_add (meta, name, hone_json_get_nth (data, i));
    }
}

static gboolean
label_studio_map (HonePeer       *self,
                  const HoneJson *task,
                  HoneRecord     *record)
{
  const HoneJson *data = hone_json_get (task, "data");
  const HoneJson *annotations = get_annotations (task);
  const HoneJson *predictions = hone_json_get (task, "predictions");
  const HoneJson *task_meta = hone_json_get (task, "meta");
  const HoneJson *hone;
  GString *meta = NULL;

  if (hone_json_get_type_of (task) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a task"));
  /* An object without data is itself the data. */
  if (hone_json_get_type_of (data) != HONE_JSON_OBJECT)
    data = task;
  if (!_hone_map_text (record, data, text_column (self), _hone_text_names))
    return FALSE;

  record->external_id = dup_id (self, task, data);
  hone = hone_json_get (data, "hone_labels");
  map_data (self, record, data, &meta);
  for (gsize i = 0; i < hone_json_get_size (annotations); i++)
    map_annotation (self, record, hone_json_get_nth (annotations, i), hone_json_get_nth (hone, i), &meta);
  for (gsize i = 0; i < hone_json_get_size (predictions); i++)
    map_prediction (self, record, hone_json_get_nth (predictions, i));
  map_drafts (record, hone_json_get (task, "drafts"));
  if (data != task && hone_json_get_type_of (task_meta) == HONE_JSON_OBJECT && hone_json_get_size (task_meta) > 0)
    hone_meta_add (&meta, "label_studio_meta", task_meta);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

/* ---- configuration ---- */

static void
config_element (GMarkupParseContext  *context,
                const char           *element,
                const char          **names,
                const char          **values,
                gpointer              data,
                GError              **error)
{
  LabelStudioState *state = data;

  for (gsize i = 0; names[i] != NULL && state->text == NULL; i++)
    {
      if (strcmp (element, "Text") == 0 && strcmp (names[i], "value") == 0 && values[i][0] == '$')
        state->text = g_strdup (values[i] + 1);
    }
}

/* A labeling configuration beside the tasks says which member is the text. One that cannot be read costs nothing else. */
static void
read_config (HonePeer *self)
{
  static const GMarkupParser parser = { .start_element = config_element };
  const HoneSource *source = hone_sources_by_name (self->reader->all_sources, ".xml");
  g_autofree char *text = source != NULL ? hone_source_load (source, NULL, MAX_CONFIG, NULL) : NULL;
  g_autoptr(GMarkupParseContext) context = NULL;

  if (text == NULL)
    return;

  context = g_markup_parse_context_new (&parser, 0, self->state, NULL);
  g_markup_parse_context_parse (context, text, -1, NULL);
}

/* ---- class ---- */

/* Called before the first run. */
static gboolean
label_studio_learns (HonePeer *self)
{
  LabelStudioState *state = self->state;

  state->emails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  state->controls = _hone_chooser_new (self->reader->project);

  return TRUE;
}

static gboolean
label_studio_settle (HonePeer  *self,
                     GError   **error)
{
  LabelStudioState *state = self->state;
  const char *chosen = self->reader->label_column;

  read_config (self);
  if (chosen == NULL)
    chosen = _hone_chooser_get (state->controls);
  state->control = g_strdup (chosen);
  _hone_chooser_describe (state->controls, self->reader, chosen);

  return TRUE;
}

static const HonePeerOps label_studio_ops = {
  .state_size = sizeof (LabelStudioState),
  .shape = label_studio_shape,
  .learn = label_studio_learn,
  .learns = label_studio_learns,
  .settle = label_studio_settle,
  .map = label_studio_map,
  .clear = label_studio_clear,
};

static gboolean
has_data (const HoneJson *value)
{
  return _hone_json_is (value, "data", HONE_JSON_OBJECT);
}

static gboolean
is_answered (const HoneJson *value)
{
  return has_data (value) && (_hone_json_is (value, "annotations", HONE_JSON_ARRAY) || _hone_json_is (value, "completions", HONE_JSON_ARRAY)
                              || _hone_json_is (value, "predictions", HONE_JSON_ARRAY));
}

static guint
label_studio_sniff (const HoneSniff *sniff)
{
  if (_hone_sniff_share (sniff, is_answered) > 0)
    return 90;

  return _hone_sniff_share (sniff, has_data) >= 0.5 ? 60 : 0;
}

HONE_PEER_CLASS (label_studio, HONE_FORMAT_LABEL_STUDIO);
