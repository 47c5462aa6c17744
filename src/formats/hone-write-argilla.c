/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Argilla: the folder its client reads (from_disk), or flat rows.
 * Responses need the server's numbers of people: in the folder a label goes there only if its author is such a number (as Argilla's
 * own exports have it), else it goes as a suggestion of the agent "human". */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-writer-private.h"

#define QUESTION "label"
#define HUMAN_AGENT "human"

static gboolean
is_several (HoneWriter *self)
{
  return hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL;
}

/* ---- settings ---- */

static void
print_options (HoneWriter *self,
               GString    *out)
{
  gsize n = hone_ontology_get_size (self->ontology);

  g_string_append_c (out, '[');
  for (gsize i = 0; i < n; i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      _hone_print_string (out, "value", category->key);
      _hone_print_string (out, "text", category->name);
      _hone_print_string (out, "description", category->definition);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  /* Argilla wants at least three of them shown, or says null. */
  if (n >= 3)
    g_string_append_printf (out, ",\"visible_options\":%" G_GSIZE_FORMAT, n);
  else
    g_string_append (out, ",\"visible_options\":null");
  if (is_several (self))
    g_string_append (out, ",\"options_order\":\"natural\"");
}

static char *
make_settings (HoneWriter *self)
{
  GString *out = g_string_new ("{\"guidelines\":");
  const char *instruction = hone_ontology_get_instruction (self->ontology);

  if (instruction != NULL)
    hone_json_print_string (out, instruction);
  else
    g_string_append (out, "null");
  g_string_append (out, ",\"questions\":[{\"name\":\"" QUESTION "\",\"title\":\"Label\",\"description\":null,\"required\":true,"
                        "\"settings\":{\"type\":");
  g_string_append (out, is_several (self) ? "\"multi_label_selection\"" : "\"label_selection\"");
  g_string_append (out, ",\"options\":");
  print_options (self, out);
  g_string_append (out, "}}],\"fields\":[{\"name\":\"text\",\"title\":\"Text\",\"required\":true,"
                        "\"settings\":{\"type\":\"text\",\"use_markdown\":false}}],\"metadata\":[],\"vectors\":[],"
                        "\"allow_extra_metadata\":true,\"distribution\":{\"strategy\":\"overlap\",\"min_submitted\":1},\"mapping\":null}\n");

  return g_string_free (out, FALSE);
}

static char *
make_dataset (HoneWriter *self)
{
  GString *out = g_string_new ("{");

  _hone_print_string (out, "name", self->project_name != NULL ? self->project_name : "hone");
  g_string_append (out, ",\"status\":\"ready\",\"allow_extra_metadata\":true,"
                        "\"distribution\":{\"strategy\":\"overlap\",\"min_submitted\":1}}\n");

  return g_string_free (out, FALSE);
}

static gboolean
argilla_begin (HoneWriter  *self,
               GError     **error)
{
  g_autofree char *settings = NULL;
  g_autofree char *dataset = NULL;

  if (self->flat)
    return TRUE;

  settings = make_settings (self);
  dataset = make_dataset (self);

  return _hone_writer_put_file (self, ".argilla/settings.json", settings, -1, error)
         && _hone_writer_put_file (self, ".argilla/dataset.json", dataset, -1, error);
}

/* ---- values ---- */

static void
print_value (HoneWriter   *self,
             GString      *out,
             char * const *words)
{
  if (words == NULL || words[0] == NULL)
    g_string_append (out, "null");
  else if (is_several (self))
    _hone_print_list (out, words);
  else
    hone_json_print_string (out, words[0]);
}

/* A list of one score for each category where there are several; the confidence where there is one. */
static void
print_score (HoneWriter                 *self,
             GString                    *out,
             const HoneRecordPrediction *prediction)
{
  if (prediction == NULL || !isfinite (prediction->confidence))
    {
      g_string_append (out, "null");
      return;
    }
  if (!is_several (self))
    {
      hone_json_print_number (out, prediction->confidence);
      return;
    }

  g_string_append_c (out, '[');
  for (gsize i = 0; prediction->words[i] != NULL; i++)
    {
      double value = prediction->confidence;

      for (gsize j = 0; j < prediction->n_scores; j++)
        {
          if (strcmp (prediction->scores[j].word, prediction->words[i]) == 0 && prediction->scores[j].value >= prediction->confidence)
            value = prediction->scores[j].value;
        }
      if (i > 0)
        g_string_append_c (out, ',');
      hone_json_print_number (out, value);
    }
  g_string_append_c (out, ']');
}

static const HoneRecordPrediction *
answered_prediction (HoneWriter       *self,
                     const HoneRecord *record)
{
  const HoneRecordPrediction *prediction = _hone_writer_prediction (self, record);

  return prediction != NULL && prediction->outcome == HONE_OUTCOME_ANSWERED && prediction->words != NULL && prediction->words[0] != NULL
             ? prediction : NULL;
}

static const char *
agent_of (const HoneRecordPrediction *prediction)
{
  return prediction->model != NULL ? prediction->model : "model";
}

/* ---- the folder ---- */

static gboolean
is_response (const HoneRecordLabel *label)
{
  return !label->skip && label->author != NULL && g_uuid_string_is_valid (label->author);
}

gboolean
_hone_argilla_has_response (const HoneRecord *record)
{
  for (guint i = 0; i < record->labels->len; i++)
    {
      if (is_response (g_ptr_array_index (record->labels, i)))
        return TRUE;
    }

  return FALSE;
}

/* A person has one response to a question: the newest. */
static gboolean
is_newest (const HoneRecord *record,
           guint             nth)
{
  const HoneRecordLabel *label = g_ptr_array_index (record->labels, nth);

  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *other = g_ptr_array_index (record->labels, i);

      if (i != nth && g_strcmp0 (other->author, label->author) == 0
          && (other->time > label->time || (other->time == label->time && i > nth)))
        return FALSE;
    }

  return TRUE;
}

static guint
print_responses (HoneWriter       *self,
                 GString          *out,
                 const HoneRecord *record)
{
  guint n = 0;

  for (guint i = 0; self->with_labels && i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      if (!is_response (label) || !is_newest (record, i))
        continue;
      g_string_append (out, n++ > 0 ? ",{\"value\":" : "\"" QUESTION "\":[{\"value\":");
      print_value (self, out, label->words);
      _hone_print_string (out, "user_id", label->author);
      g_string_append_c (out, '}');
    }
  if (n > 0)
    g_string_append_c (out, ']');

  return n;
}

/* There is room for one: the label of people the server does not know goes before the model's answer. */
static void
print_suggestion (HoneWriter       *self,
                  GString          *out,
                  const HoneRecord *record,
                  gboolean          responded)
{
  g_auto(GStrv) keys = responded ? NULL : _hone_writer_reference (self, record);
  const HoneRecordPrediction *prediction = keys == NULL ? answered_prediction (self, record) : NULL;

  if (keys == NULL && prediction == NULL)
    return;

  g_string_append (out, "\"" QUESTION "\":{\"value\":");
  print_value (self, out, keys != NULL ? keys : prediction->words);
  g_string_append (out, ",\"score\":");
  print_score (self, out, prediction);
  _hone_print_string (out, "agent", keys != NULL ? HUMAN_AGENT : agent_of (prediction));
  g_string_append_c (out, '}');
}

static void
print_nested (HoneWriter       *self,
              GString          *out,
              const HoneRecord *record)
{
  static const char * const own[] = { "split", NULL };
  guint n_responses;

  g_string_append (out, "{\"id\":");
  if (record->external_id != NULL)
    hone_json_print_string (out, record->external_id);
  else
    g_string_append (out, "null");
  g_string_append (out, ",\"fields\":{");
  _hone_print_string (out, "text", record->text);
  g_string_append (out, "},\"metadata\":{");
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  _hone_print_meta_members (out, record->meta, own);
  g_string_append (out, "},\"responses\":{");
  n_responses = print_responses (self, out, record);
  g_string_append (out, "},\"suggestions\":{");
  print_suggestion (self, out, record, n_responses > 0);
  g_string_append (out, "},\"vectors\":{},\"status\":");
  g_string_append (out, n_responses > 0 ? "\"completed\"}" : "\"pending\"}");
}

/* ---- flat rows ---- */

static void
print_flat_lists (HoneWriter       *self,
                  GString          *out,
                  const HoneRecord *record)
{
  g_autoptr(GString) values = g_string_new (NULL);
  g_autoptr(GString) users = g_string_new (NULL);
  g_autoptr(GString) status = g_string_new (NULL);

  for (guint i = 0; self->with_labels && i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      if (!is_newest (record, i))
        continue;
      if (status->len > 0)
        {
          g_string_append_c (values, ',');
          g_string_append_c (users, ',');
          g_string_append_c (status, ',');
        }
      print_value (self, values, label->skip ? NULL : label->words);
      hone_json_print_string (users, label->author != NULL ? label->author : "import");
      g_string_append (status, label->skip ? "\"discarded\"" : "\"submitted\"");
    }

  g_string_append_printf (out, ",\"" QUESTION ".responses\":[%s]", values->str);
  g_string_append_printf (out, ",\"" QUESTION ".responses.users\":[%s]", users->str);
  g_string_append_printf (out, ",\"" QUESTION ".responses.status\":[%s]", status->str);
}

static void
print_flat (HoneWriter       *self,
            GString          *out,
            const HoneRecord *record)
{
  static const char * const own[] = { "id", "status", "_server_id", "text", "split", NULL };
  const HoneRecordPrediction *prediction = answered_prediction (self, record);

  g_string_append (out, "{\"id\":");
  if (record->external_id != NULL)
    hone_json_print_string (out, record->external_id);
  else
    g_string_append (out, "null");
  _hone_print_string (out, "status", self->with_labels && record->labels->len > 0 ? "completed" : "pending");
  _hone_print_string (out, "text", record->text);
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  print_flat_lists (self, out, record);
  g_string_append (out, ",\"" QUESTION ".suggestion\":");
  print_value (self, out, prediction != NULL ? prediction->words : NULL);
  g_string_append (out, ",\"" QUESTION ".suggestion.score\":");
  print_score (self, out, prediction);
  g_string_append (out, ",\"" QUESTION ".suggestion.agent\":");
  if (prediction != NULL)
    hone_json_print_string (out, agent_of (prediction));
  else
    g_string_append (out, "null");
  _hone_print_meta_members (out, record->meta, own);
  g_string_append_c (out, '}');
}

/* ---- class ---- */

static HoneOutput *
records_file (HoneWriter  *self,
              GError     **error)
{
  return self->flat ? self->out : _hone_writer_file (self, "records.json", error);
}

static gboolean
argilla_write (HoneWriter        *self,
               const HoneRecord  *record,
               GError           **error)
{
  HoneOutput *out = records_file (self, error);
  g_autoptr(GString) object = NULL;

  if (out == NULL)
    return FALSE;

  object = g_string_new (NULL);
  if (self->flat)
    print_flat (self, object, record);
  else
    print_nested (self, object, record);
  _hone_output_write (out, self->n_records == 0 ? "[\n" : ",\n", -1);
  _hone_output_write (out, object->str, object->len);

  return _hone_output_check (out, error);
}

static gboolean
argilla_end (HoneWriter  *self,
             GError     **error)
{
  HoneOutput *out = records_file (self, error);

  if (out == NULL)
    return FALSE;
  _hone_output_write (out, self->n_records == 0 ? "[]\n" : "\n]\n", -1);

  return _hone_output_check (out, error);
}

const HoneWriterClass _hone_write_argilla_class = {
  .format = HONE_FORMAT_ARGILLA,
  .begin = argilla_begin,
  .write = argilla_write,
  .end = argilla_end,
};
