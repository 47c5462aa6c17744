/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain JSON (a list) and JSON lines: id, text, label, split, and the metadata as members of their own. */
#include "config.h"

#include <math.h>

#include "hone-writer-private.h"

static const char * const own_members[] = { "id", "text", "label", "split", "prediction", "outcome", "confidence", "scores", NULL };

static void
print_answer (GString                    *out,
              const HoneRecordPrediction *prediction,
              gboolean                    several)
{
  if (prediction->outcome != HONE_OUTCOME_ANSWERED)
    {
      _hone_print_string (out, "prediction", prediction->raw);
    }
  else if (prediction->words != NULL)
    {
      _hone_print_member (out, "prediction");
      if (several)
        _hone_print_list (out, prediction->words);
      else
        hone_json_print_string (out, prediction->words[0] != NULL ? prediction->words[0] : "");
    }
}

static void
print_prediction (GString                    *out,
                  const HoneRecordPrediction *prediction,
                  gboolean                    several)
{
  print_answer (out, prediction, several);
  _hone_print_string (out, "outcome", hone_outcome_to_string (prediction->outcome));
  if (isfinite (prediction->confidence))
    {
      _hone_print_member (out, "confidence");
      hone_json_print_number (out, prediction->confidence);
    }
  if (prediction->n_scores == 0)
    return;

  _hone_print_member (out, "scores");
  g_string_append_c (out, '{');
  for (gsize i = 0; i < prediction->n_scores; i++)
    {
      _hone_print_member (out, prediction->scores[i].word);
      hone_json_print_number (out, prediction->scores[i].value);
    }
  g_string_append_c (out, '}');
}

/* A member of the metadata whose name is taken gets another one. */
static void
print_meta (GString    *out,
            const char *meta)
{
  g_autoptr(HoneJson) object = meta != NULL ? hone_json_parse (meta, -1, NULL) : NULL;

  _hone_print_meta_members (out, meta, own_members);
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);
      g_autofree char *other = NULL;

      if (name == NULL || !g_strv_contains (own_members, name))
        continue;
      other = g_strconcat ("meta_", name, NULL);
      _hone_print_member (out, other);
      hone_json_print (hone_json_get_nth (object, i), out);
    }
}

static void
print_record (HoneWriter       *self,
              GString          *out,
              const HoneRecord *record)
{
  gboolean several = hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL;
  const HoneRecordPrediction *prediction = _hone_writer_prediction (self, record);
  g_auto(GStrv) keys = _hone_writer_reference (self, record);

  g_string_append_c (out, '{');
  _hone_print_string (out, "id", record->external_id);
  _hone_print_string (out, "text", record->text);
  if (keys != NULL)
    {
      _hone_print_member (out, "label");
      if (several)
        _hone_print_list (out, keys);
      else
        hone_json_print_string (out, keys[0]);
    }
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  if (prediction != NULL)
    print_prediction (out, prediction, several);
  print_meta (out, record->meta);
  g_string_append_c (out, '}');
}

static gboolean
json_write (HoneWriter        *self,
            const HoneRecord  *record,
            GError           **error)
{
  g_autoptr(GString) object = g_string_new (NULL);

  print_record (self, object, record);
  g_string_append (self->line, self->n_records == 0 ? "[\n" : ",\n");
  g_string_append_len (self->line, object->str, object->len);

  return _hone_writer_put_line (self, error);
}

static gboolean
json_end (HoneWriter  *self,
          GError     **error)
{
  _hone_output_write (self->out, self->n_records == 0 ? "[]\n" : "\n]\n", -1);

  return _hone_output_check (self->out, error);
}

static gboolean
jsonl_write (HoneWriter        *self,
             const HoneRecord  *record,
             GError           **error)
{
  print_record (self, self->line, record);
  g_string_append_c (self->line, '\n');

  return _hone_writer_put_line (self, error);
}

const HoneWriterClass _hone_write_json_class = {
  .format = HONE_FORMAT_JSON,
  .write = json_write,
  .end = json_end,
};

const HoneWriterClass _hone_write_jsonl_class = {
  .format = HONE_FORMAT_JSONL,
  .write = jsonl_write,
};
