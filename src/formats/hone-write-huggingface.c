/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hugging Face: one CSV file for each split and a card that names splits and classes. CSV cannot hold several classes: then JSON
 * lines. Names outside the card's list would make the load fail; only keys of the ontology are ever written. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-csv.h"
#include "hone-writer-private.h"
#include "hone-yaml.h"

typedef struct {
  gboolean several;
} HuggingFaceState;

static gboolean
huggingface_begin (HoneWriter  *self,
                   GError     **error)
{
  HuggingFaceState *state = self->state;

  state->several = hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL;

  return TRUE;
}

static char *
file_name (HoneWriter *self,
           HoneSplit   split)
{
  HuggingFaceState *state = self->state;

  return g_strconcat (hone_split_to_string (split), state->several ? ".jsonl" : ".csv", NULL);
}

/* ---- CSV ---- */

static void
add_cell (GString    *line,
          const char *cell)
{
  if (cell != NULL)
    hone_csv_print_field (line, cell, ',');
}

static void
add_row (HoneWriter       *self,
         GString          *line,
         const HoneRecord *record)
{
  const HoneRecordPrediction *prediction = _hone_writer_prediction (self, record);
  g_auto(GStrv) keys = _hone_writer_reference (self, record);

  add_cell (line, record->external_id);
  g_string_append_c (line, ',');
  add_cell (line, record->text);
  g_string_append_c (line, ',');
  add_cell (line, keys != NULL ? keys[0] : NULL);
  if (self->with_predictions)
    {
      g_string_append_c (line, ',');
      if (prediction != NULL)
        add_cell (line, prediction->outcome == HONE_OUTCOME_ANSWERED && prediction->words != NULL ? prediction->words[0] : prediction->raw);
      g_string_append_c (line, ',');
      add_cell (line, prediction != NULL ? hone_outcome_to_string (prediction->outcome) : NULL);
      g_string_append_c (line, ',');
      if (prediction != NULL && isfinite (prediction->confidence))
        hone_json_print_number (line, prediction->confidence);
    }
  g_string_append_c (line, ',');
  add_cell (line, record->meta);
  g_string_append_c (line, '\n');
}

/* ---- JSON lines ---- */

static void
add_null (GString    *line,
          const char *name)
{
  _hone_print_member (line, name);
  g_string_append (line, "null");
}

/* All members in all lines: the reader there takes its columns from the first ones. */
static void
add_string (GString    *line,
            const char *name,
            const char *value)
{
  if (value == NULL)
    add_null (line, name);
  else
    _hone_print_string (line, name, value);
}

static void
add_list (GString      *line,
          const char   *name,
          char * const *values)
{
  if (values == NULL)
    {
      add_null (line, name);
      return;
    }
  _hone_print_member (line, name);
  _hone_print_list (line, values);
}

static void
add_object (HoneWriter       *self,
            GString          *line,
            const HoneRecord *record)
{
  const HoneRecordPrediction *prediction = _hone_writer_prediction (self, record);
  g_auto(GStrv) keys = _hone_writer_reference (self, record);

  g_string_append_c (line, '{');
  add_string (line, "id", record->external_id);
  add_string (line, "text", record->text);
  add_list (line, "label", keys);
  if (self->with_predictions)
    {
      add_list (line, "prediction", prediction != NULL && prediction->outcome == HONE_OUTCOME_ANSWERED ? prediction->words : NULL);
      add_string (line, "outcome", prediction != NULL ? hone_outcome_to_string (prediction->outcome) : NULL);
      if (prediction != NULL && isfinite (prediction->confidence))
        {
          _hone_print_member (line, "confidence");
          hone_json_print_number (line, prediction->confidence);
        }
      else
        {
          add_null (line, "confidence");
        }
    }
  add_string (line, "meta", record->meta);
  g_string_append (line, "}\n");
}

static gboolean
huggingface_write (HoneWriter        *self,
                   const HoneRecord  *record,
                   GError           **error)
{
  HuggingFaceState *state = self->state;
  g_autofree char *name = file_name (self, _hone_record_split (record));
  gboolean is_new = !_hone_writer_has_file (self, name);
  HoneOutput *out = _hone_writer_file (self, name, error);

  if (out == NULL)
    return FALSE;

  if (is_new && !state->several)
    _hone_output_write (out, self->with_predictions ? "id,text,label,prediction,outcome,confidence,meta\n" : "id,text,label,meta\n", -1);
  if (state->several)
    add_object (self, self->line, record);
  else
    add_row (self, self->line, record);
  _hone_output_write (out, self->line->str, self->line->len);

  return _hone_output_check (out, error);
}

/* ---- the card ---- */

static void
add_names (HoneWriter *self,
           GString    *card)
{
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      g_string_append_printf (card, "          '%" G_GSIZE_FORMAT "': ", i);
      _hone_yaml_print (card, hone_ontology_get_nth (self->ontology, i)->key);
      g_string_append_c (card, '\n');
    }
}

static void
add_features (HoneWriter *self,
              GString    *card)
{
  HuggingFaceState *state = self->state;

  g_string_append (card, "dataset_info:\n  features:\n  - name: id\n    dtype: string\n  - name: text\n    dtype: string\n  - name: label\n");
  if (hone_ontology_get_size (self->ontology) > 0)
    {
      g_string_append (card, state->several ? "    sequence:\n      class_label:\n        names:\n"
                                            : "    dtype:\n      class_label:\n        names:\n");
      add_names (self, card);
    }
  else
    {
      g_string_append (card, state->several ? "    sequence: string\n" : "    dtype: string\n");
    }
  if (self->with_predictions)
    {
      g_string_append (card, state->several ? "  - name: prediction\n    sequence: string\n" : "  - name: prediction\n    dtype: string\n");
      g_string_append (card, "  - name: outcome\n    dtype: string\n  - name: confidence\n    dtype: float64\n");
    }
  g_string_append (card, "  - name: meta\n    dtype: string\n");
}

static void
add_files (HoneWriter *self,
           GString    *card)
{
  g_string_append (card, "configs:\n- config_name: default\n  data_files:\n");
  for (HoneSplit split = 0; split < HONE_N_SPLITS; split++)
    {
      g_autofree char *name = file_name (self, split);

      if (_hone_writer_has_file (self, name))
        g_string_append_printf (card, "  - split: %s\n    path: %s\n", hone_split_to_string (split), name);
    }
}

static gboolean
huggingface_end (HoneWriter  *self,
                 GError     **error)
{
  const char *name = self->project_name != NULL ? self->project_name : "Hone";
  g_autoptr(GString) card = g_string_new ("---\npretty_name: ");

  _hone_yaml_print (card, name);
  g_string_append (card, "\ntask_categories:\n- text-classification\n");
  add_files (self, card);
  add_features (self, card);
  g_string_append (card, "---\n\n# ");
  g_string_append (card, name);
  g_string_append (card, "\n\n");
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      g_string_append_printf (card, "- `%s`: %s%s%s\n", category->key, category->name, category->definition != NULL ? ", " : "",
                              category->definition != NULL ? category->definition : "");
    }

  return _hone_writer_put_file (self, "README.md", card->str, card->len, error);
}

const HoneWriterClass _hone_write_huggingface_class = {
  .format = HONE_FORMAT_HUGGINGFACE,
  .state_size = sizeof (HuggingFaceState),
  .begin = huggingface_begin,
  .write = huggingface_write,
  .end = huggingface_end,
};
