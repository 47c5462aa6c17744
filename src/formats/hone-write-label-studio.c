/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label Studio: tasks with annotations and predictions, and beside them the labeling configuration whose aliases are our keys.
 * People are not named (the server refuses the whole file for one it does not know); who and when goes to data.hone_labels. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "hone-writer-private.h"

/* Names of data members that are ours. */
static const char * const own_members[] = { "text", "ext_id", "split", "hone_labels", "label_studio_meta", NULL };

/* ---- configuration ---- */

static void
add_attribute (GString    *out,
               const char *name,
               const char *value)
{
  g_autofree char *escaped = value != NULL ? g_markup_escape_text (value, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (out, " %s=\"%s\"", name, escaped);
}

static char *
make_config (HoneWriter *self)
{
  GString *out = g_string_new ("<View>\n  <Text name=\"text\" value=\"$text\"/>\n  <Choices name=\"label\" toName=\"text\"");
  gboolean several = hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL;

  add_attribute (out, "choice", several ? "multiple" : "single");
  g_string_append (out, ">\n");
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      g_string_append (out, "    <Choice");
      add_attribute (out, "value", category->name);
      add_attribute (out, "alias", category->key);
      add_attribute (out, "hotkey", category->shortcut);
      add_attribute (out, "background", category->color);
      add_attribute (out, "hint", category->definition);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "  </Choices>\n</View>\n");

  return g_string_free (out, FALSE);
}

/* "tasks.json" -> "tasks.config.xml". */
static char *
config_path (HoneWriter *self)
{
  g_autofree char *stem = g_str_has_suffix (self->path, ".json") ? g_strndup (self->path, strlen (self->path) - strlen (".json"))
                                                                 : g_strdup (self->path);

  return g_strconcat (stem, ".config.xml", NULL);
}

static gboolean
put_config (HoneWriter  *self,
            GError     **error)
{
  g_autofree char *path = config_path (self);
  g_autofree char *temp = g_strconcat (self->temp, ".xml", NULL);
  g_autofree char *config = make_config (self);
  HoneOutput *out = _hone_output_new (temp, error);
  int code;

  if (out == NULL)
    return FALSE;

  _hone_output_write (out, config, -1);
  if (!_hone_output_close (out, TRUE, error))
    {
      g_unlink (temp);
      return FALSE;
    }
  if (g_rename (temp, path) == 0)
    return TRUE;

  code = errno;
  g_unlink (temp);
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE, _("“%s” cannot be written: %s"), path, g_strerror (code));

  return FALSE;
}

/* ---- tasks ---- */

static void
print_result (GString      *out,
              char * const *words)
{
  g_string_append (out, "\"result\":[");
  if (words != NULL && words[0] != NULL)
    {
      g_string_append (out, "{\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"choices\",\"value\":{\"choices\":");
      _hone_print_list (out, words);
      g_string_append (out, "}}");
    }
  g_string_append_c (out, ']');
}

static void
print_annotations (HoneWriter       *self,
                   GString          *out,
                   const HoneRecord *record)
{
  g_string_append (out, ",\"annotations\":[");
  for (guint i = 0; self->with_labels && i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      print_result (out, label->skip ? NULL : label->words);
      g_string_append (out, label->skip ? ",\"was_cancelled\":true" : ",\"was_cancelled\":false");
      g_string_append (out, ",\"ground_truth\":false}");
    }
  g_string_append_c (out, ']');
}

static void
print_hone_labels (HoneWriter       *self,
                   GString          *out,
                   const HoneRecord *record)
{
  if (!self->with_labels || record->labels->len == 0)
    return;

  _hone_print_member (out, "hone_labels");
  g_string_append_c (out, '[');
  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);
      g_autofree char *time = _hone_time_format (label->time);

      g_string_append (out, i > 0 ? ",{" : "{");
      _hone_print_string (out, "author", label->author);
      _hone_print_string (out, "time", time);
      _hone_print_string (out, "origin", hone_origin_to_string (label->origin));
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
print_predictions (HoneWriter       *self,
                   GString          *out,
                   const HoneRecord *record)
{
  gboolean first = TRUE;

  g_string_append (out, ",\"predictions\":[");
  for (guint i = 0; self->with_predictions && i < record->predictions->len; i++)
    {
      const HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, i);
      g_autofree char *time = _hone_time_format (prediction->time);

      /* One outside the configuration is refused by the server. */
      if (prediction->outcome != HONE_OUTCOME_ANSWERED || prediction->words == NULL)
        continue;
      g_string_append (out, first ? "{" : ",{");
      first = FALSE;
      print_result (out, prediction->words);
      _hone_print_string (out, "model_version", prediction->model);
      if (isfinite (prediction->confidence))
        {
          _hone_print_member (out, "score");
          hone_json_print_number (out, prediction->confidence);
        }
      _hone_print_string (out, "created_at", time);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
print_task_meta (GString    *out,
                 const char *meta)
{
  g_autoptr(HoneJson) object = meta != NULL ? hone_json_parse (meta, -1, NULL) : NULL;
  const HoneJson *task_meta = hone_json_get (object, "label_studio_meta");

  if (task_meta == NULL)
    return;
  g_string_append (out, ",\"meta\":");
  hone_json_print (task_meta, out);
}

static gboolean
label_studio_write (HoneWriter        *self,
                    const HoneRecord  *record,
                    GError           **error)
{
  GString *out = self->line;

  g_string_append (out, self->n_records == 0 ? "[\n{\"data\":{" : ",\n{\"data\":{");
  _hone_print_string (out, "text", record->text);
  _hone_print_string (out, "ext_id", record->external_id);
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  print_hone_labels (self, out, record);
  _hone_print_meta_members (out, record->meta, own_members);
  g_string_append_c (out, '}');
  print_annotations (self, out, record);
  print_predictions (self, out, record);
  print_task_meta (out, record->meta);
  g_string_append_c (out, '}');

  return _hone_writer_put_line (self, error);
}

static gboolean
label_studio_end (HoneWriter  *self,
                  GError     **error)
{
  _hone_output_write (self->out, self->n_records == 0 ? "[]\n" : "\n]\n", -1);

  return _hone_output_check (self->out, error) && put_config (self, error);
}

const HoneWriterClass _hone_write_label_studio_class = {
  .format = HONE_FORMAT_LABEL_STUDIO,
  .write = label_studio_write,
  .end = label_studio_end,
};
