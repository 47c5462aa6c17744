/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label Studio's small exports, JSON_MIN and CSV: one object or row per annotation, the task's data beside the label. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-choose.h"
#include "hone-peer.h"

typedef struct {
  HoneChooser *members;    /* that could hold the choice, met in the first run */
  char        *control;    /* (nullable): the member that does */
} MinState;

static void
min_clear (gpointer data)
{
  MinState *state = data;

  g_clear_pointer (&state->members, _hone_chooser_free);
  g_free (state->control);
}

static HonePeerShape
min_shape (HonePeer         *self,
           const HoneSource *source,
           int              *rank)
{
  if (_hone_source_is_table (source))
    return HONE_PEER_ROWS;

  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

static const char * const annotation_members[] = {
  "id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement", NULL,
};

static const char * const text_names[] = {
  "_data_text", "text", "content", "sentence", "document", "input", "prompt", "headline", "title", "body", NULL,
};
static const char * const id_names[] = { "ext_id", "external_id", "id", NULL };

static gboolean
is_choice (const HoneJson *value)
{
  return hone_json_get_type_of (value) == HONE_JSON_STRING || hone_json_get (value, "choices") != NULL;
}

/* The converter writes data, id, controls, annotator in this order (rows of a CSV file are sorted instead). */
static const char *
find_between (const HoneJson *object)
{
  gboolean after_id = FALSE;

  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);

      if (strcmp (name, "annotator") == 0)
        return NULL;
      if (after_id && is_choice (hone_json_get_nth (object, i)))
        return name;
      after_id = after_id || strcmp (name, "id") == 0;
    }

  return NULL;
}

/* By its look: an object with choices, a common name, its place among the members. */
static const char *
guess_control (HonePeer       *self,
               const HoneJson *object)
{
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      if (hone_json_get (hone_json_get_nth (object, i), "choices") != NULL)
        return hone_json_get_name (object, i);
    }
  for (gsize i = 0; _hone_label_names[i] != NULL; i++)
    {
      if (hone_json_get (object, _hone_label_names[i]) != NULL)
        return _hone_label_names[i];
    }

  return self->shape == HONE_PEER_VALUES ? find_between (object) : NULL;
}

/* The members that are no part of the annotation and no text: data of the task, or controls. */
static void
min_learn (HonePeer       *self,
           const HoneJson *object)
{
  MinState *state = self->state;

  if (state->control == NULL && self->reader->label_column == NULL)
    state->control = g_strdup (guess_control (self, object));
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);
      const HoneJson *value = hone_json_get_nth (object, i);
      g_auto(GStrv) words = NULL;

      if (!is_choice (value) || g_strv_contains (annotation_members, name) || g_strv_contains (text_names, name)
          || g_strv_contains (id_names, name) || g_str_has_prefix (name, "_data_"))
        continue;
      words = _hone_map_words (value);
      _hone_chooser_add (state->members, name, words);
    }
}

/* Called before the first run. */
static gboolean
min_learns (HonePeer *self)
{
  MinState *state = self->state;

  state->members = _hone_chooser_new (self->reader->project);

  return self->reader->label_column == NULL;
}

/* What looks like the control, unless the project knows nothing that stands there but knows what another member says. */
static gboolean
min_settle (HonePeer  *self,
            GError   **error)
{
  MinState *state = self->state;
  const char *known = _hone_chooser_get (state->members);

  if (self->reader->label_column != NULL)
    known = self->reader->label_column;
  else if (state->control != NULL && (_hone_chooser_knows (state->members, state->control)
                                      || !_hone_chooser_knows (state->members, known)))
    return TRUE;

  g_free (state->control);
  state->control = g_strdup (known);
  if (known != NULL)
    hone_reader_describe (self->reader, _("labels in “%s”"), known);

  return TRUE;
}

/* A control named like a data field: the converter renames the column "_data_<name>". */
static const char *
data_name (const char *name)
{
  return g_str_has_prefix (name, "_data_") && name[6] != '\0' ? name + 6 : name;
}

static char *
dup_id (HonePeer       *self,
        const HoneJson *object)
{
  if (self->reader->id_column != NULL)
    return hone_json_dup_text (hone_json_get_path (object, self->reader->id_column));

  for (gsize i = 0; id_names[i] != NULL; i++)
    {
      g_autofree char *id = hone_json_dup_text (hone_json_get (object, id_names[i]));

      if (id != NULL)
        return g_steal_pointer (&id);
    }

  return NULL;
}

static gboolean
min_map (HonePeer       *self,
         const HoneJson *object,
         HoneRecord     *record)
{
  const char *control = ((MinState *) self->state)->control;
  g_autofree char *annotation = hone_json_dup_text (hone_json_get (object, "annotation_id"));
  HoneRecordLabel *label = NULL;
  GString *meta = NULL;

  if (hone_json_get_type_of (object) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not an annotation"));
  if (!_hone_map_text (record, object, self->reader->text_column, text_names))
    return FALSE;

  /* The task's number joins: several annotations of it stand in objects of their own. */
  record->join_key = hone_json_dup_text (hone_json_get (object, "id"));
  record->external_id = dup_id (self, object);
  if (annotation != NULL)
    label = _hone_map_label (record, _hone_map_words (control != NULL ? hone_json_get (object, control) : NULL),
                             control != NULL ? control : "label");
  if (label != NULL)
    {
      label->author = hone_json_dup_text (hone_json_get (object, "annotator"));
      label->time = hone_read_time (hone_json_get (object, "updated_at"));
    }

  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);

      if (g_strv_contains (annotation_members, name) || g_strcmp0 (name, control) == 0 || strcmp (data_name (name), "text") == 0
          || strcmp (name, "ext_id") == 0 || strcmp (name, "external_id") == 0)
        continue;
      hone_meta_add (&meta, data_name (name), hone_json_get_nth (object, i));
    }
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static const HonePeerOps label_studio_min_ops = {
  .state_size = sizeof (MinState),
  .shape = min_shape,
  .learn = min_learn,
  .learns = min_learns,
  .settle = min_settle,
  .map = min_map,
  .clear = min_clear,
};

static guint
label_studio_min_sniff (const HoneSniff *sniff)
{
  static const char * const names[] = { "annotation_id", "annotator", "lead_time", NULL };

  return hone_sniff_share_with (sniff, names) > 0.5 || hone_sniff_has_cells (sniff, names) ? 90 : 0;
}

HONE_PEER_CLASS (label_studio_min, HONE_FORMAT_LABEL_STUDIO_MIN);
