/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hone JSON lines, lossless: header, categories, all examples, then known answers, labels, skips and predictions.
 * Records come one by one, so what stands behind the examples waits in spools. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-writer-private.h"

enum {
  SPOOL_KNOWN,
  SPOOL_LABELS,
  SPOOL_SKIPS,
  SPOOL_PREDICTIONS,
  N_SPOOLS,
};

typedef struct {
  HoneOutput *spools[N_SPOOLS];
} JsonlState;

static void
jsonl_clear (gpointer data)
{
  JsonlState *state = data;

  for (guint i = 0; i < N_SPOOLS; i++)
    g_clear_pointer (&state->spools[i], _hone_output_free);
}

static void
end_line (GString *out)
{
  g_string_append (out, "}\n");
}

/* ---- header and categories ---- */

static void
print_header (HoneWriter *self,
              GString    *out)
{
  g_autofree char *template = hone_template_to_string (self->template);

  g_string_append (out, "{\"hone\":1");
  _hone_print_string (out, "project", self->project_name);
  _hone_print_string (out, "choice", hone_choice_to_string (hone_ontology_get_choice (self->ontology)));
  _hone_print_string (out, "instruction", hone_ontology_get_instruction (self->ontology));
  _hone_print_string (out, "template", hone_template_get_hash (self->template));
  _hone_print_string (out, "template_text", template);
  end_line (out);
}

static void
print_category (GString            *out,
                const HoneCategory *category)
{
  g_string_append_c (out, '{');
  _hone_print_string (out, "category", category->key);
  _hone_print_string (out, "name", category->name);
  _hone_print_string (out, "definition", category->definition);
  _hone_print_string (out, "color", category->color);
  _hone_print_string (out, "key", category->shortcut);
  if (category->aliases != NULL && category->aliases[0] != NULL)
    {
      _hone_print_member (out, "aliases");
      _hone_print_list (out, category->aliases);
    }
  end_line (out);
}

static gboolean
jsonl_begin (HoneWriter  *self,
             GError     **error)
{
  JsonlState *state = self->state;

  for (guint i = 0; i < N_SPOOLS; i++)
    {
      state->spools[i] = _hone_output_new_temp (self->parent, error);
      if (state->spools[i] == NULL)
        return FALSE;
    }

  print_header (self, self->line);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    print_category (self->line, hone_ontology_get_nth (self->ontology, i));

  return _hone_writer_put_line (self, error);
}

/* ---- records ---- */

static void
print_example (GString          *out,
               const HoneRecord *record,
               const char       *reference)
{
  g_string_append_c (out, '{');
  _hone_print_string (out, "example", reference);
  if (record->external_id == NULL)
    g_string_append (out, ",\"own_id\":false");
  _hone_print_string (out, "text", record->text);
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  g_string_append (out, record->flag ? ",\"flag\":true" : ",\"flag\":false");
  /* Printed anew: it must be one line. */
  g_string_append (out, ",\"meta\":{");
  _hone_print_meta_members (out, record->meta, NULL);
  g_string_append_c (out, '}');
  end_line (out);
}

static void
print_time (GString    *out,
            const char *name,
            gint64      time)
{
  g_autofree char *text = _hone_time_format (time);

  _hone_print_string (out, name, text);
}

static void
print_known (GString          *out,
             const HoneRecord *record,
             const char       *reference)
{
  g_string_append_c (out, '{');
  _hone_print_string (out, "known", reference);
  _hone_print_member (out, "categories");
  _hone_print_list (out, record->known);
  end_line (out);
}

static void
print_label (GString               *out,
             const HoneRecordLabel *label,
             const char            *reference)
{
  g_string_append_c (out, '{');
  _hone_print_string (out, label->skip ? "skip" : "label", reference);
  if (!label->skip)
    {
      _hone_print_member (out, "categories");
      _hone_print_list (out, label->words);
    }
  _hone_print_string (out, "author", label->author);
  print_time (out, "time", label->time);
  _hone_print_string (out, "origin", hone_origin_to_string (label->origin));
  _hone_print_string (out, "note", label->note);
  end_line (out);
}

static void
print_scores (GString                    *out,
              const HoneRecordPrediction *prediction)
{
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

static void
print_prediction (GString                    *out,
                  const HoneRecordPrediction *prediction,
                  const char                 *reference)
{
  g_string_append_c (out, '{');
  _hone_print_string (out, "prediction", reference);
  _hone_print_string (out, "model", prediction->model);
  if (prediction->iteration >= 0)
    g_string_append_printf (out, ",\"iteration\":%d", prediction->iteration);
  _hone_print_string (out, "outcome", hone_outcome_to_string (prediction->outcome));
  if (prediction->words != NULL && prediction->words[0] != NULL)
    {
      _hone_print_member (out, "categories");
      _hone_print_list (out, prediction->words);
    }
  if (isfinite (prediction->confidence))
    {
      _hone_print_member (out, "confidence");
      hone_json_print_number (out, prediction->confidence);
    }
  print_scores (out, prediction);
  _hone_print_string (out, "raw", prediction->raw);
  _hone_print_string (out, "reason", prediction->reason);
  print_time (out, "time", prediction->time);
  end_line (out);
}

static void
spool (HoneWriter *self,
       guint       which)
{
  JsonlState *state = self->state;

  _hone_output_write (state->spools[which], self->line->str, self->line->len);
  g_string_truncate (self->line, 0);
}

/* Of two decisions of one author at one time the later one counts: such a skip must stay before the label behind it. */
static gboolean
must_stay (const HoneRecord *record,
           guint             nth)
{
  const HoneRecordLabel *skip = g_ptr_array_index (record->labels, nth);

  for (guint i = nth + 1; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      if (!label->skip && label->time == skip->time && g_strcmp0 (label->author, skip->author) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
jsonl_write (HoneWriter        *self,
             const HoneRecord  *record,
             GError           **error)
{
  /* An own id that looks like a made-up one would take the labels of another example. */
  g_autofree char *made_up = g_strdup_printf ("#hone-%" G_GUINT64_FORMAT, self->n_records + 1);
  const char *reference = record->external_id != NULL ? record->external_id : made_up;

  print_example (self->line, record, reference);
  if (!_hone_writer_put_line (self, error))
    return FALSE;
  g_string_truncate (self->line, 0);

  if (self->with_labels && record->known != NULL && record->known[0] != NULL)
    {
      print_known (self->line, record, reference);
      spool (self, SPOOL_KNOWN);
    }
  for (guint i = 0; self->with_labels && i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      print_label (self->line, label, reference);
      spool (self, label->skip && !must_stay (record, i) ? SPOOL_SKIPS : SPOOL_LABELS);
    }
  for (guint i = 0; self->with_predictions && i < record->predictions->len; i++)
    {
      print_prediction (self->line, g_ptr_array_index (record->predictions, i), reference);
      spool (self, SPOOL_PREDICTIONS);
    }

  return TRUE;
}

static gboolean
jsonl_end (HoneWriter  *self,
           GError     **error)
{
  JsonlState *state = self->state;

  for (guint i = 0; i < N_SPOOLS; i++)
    _hone_output_copy (self->out, state->spools[i]);

  return _hone_output_check (self->out, error);
}

const HoneWriterClass _hone_write_hone_jsonl_class = {
  .format = HONE_FORMAT_HONE_JSONL,
  .state_size = sizeof (JsonlState),
  .begin = jsonl_begin,
  .write = jsonl_write,
  .end = jsonl_end,
  .clear = jsonl_clear,
};
