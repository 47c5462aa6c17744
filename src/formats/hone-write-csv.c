/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: plain CSV and TSV for spreadsheets and trackers, and Hone CSV, which has a fixed header. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-csv.h"
#include "hone-writer-private.h"

/* Metadata makes columns of its own; which ones is known only at the end, so rows wait in a spool. */
#define MAX_META_COLUMNS 200

typedef struct {
  HoneOutput *spool;         /* for each row: length, cells so far, length, metadata */
  GPtrArray  *columns;       /* names of metadata, in the order met */
  GHashTable *seen;          /* the same */
  gboolean    rest;          /* there are more than that: they go to one column */
} CsvState;

static void
csv_clear (gpointer data)
{
  CsvState *state = data;

  g_clear_pointer (&state->spool, _hone_output_free);
  g_clear_pointer (&state->columns, g_ptr_array_unref);
  g_clear_pointer (&state->seen, g_hash_table_unref);
}

static char
delimiter_of (HoneWriter *self)
{
  return self->format == HONE_FORMAT_TSV ? '\t' : ',';
}

static void
add_cell (HoneWriter *self,
          GString    *line,
          const char *cell)
{
  if (line->len > 0)
    g_string_append_c (line, delimiter_of (self));
  if (cell != NULL)
    hone_csv_print_field (line, cell, delimiter_of (self));
}

/* The first cell of a line may be empty, and then the next one must not take its place. */
static void
add_first_cell (HoneWriter *self,
                GString    *line,
                const char *cell)
{
  if (cell != NULL && *cell != '\0')
    hone_csv_print_field (line, cell, delimiter_of (self));
  g_string_append_c (line, delimiter_of (self));
}

static void
add_number_cell (HoneWriter *self,
                 GString    *line,
                 double      number)
{
  g_autoptr(GString) cell = g_string_new (NULL);

  if (isfinite (number))
    hone_json_print_number (cell, number);
  add_cell (self, line, cell->str);
}

static void
add_words_cell (HoneWriter   *self,
                GString      *line,
                char * const *words)
{
  g_autofree char *joined = words != NULL ? g_strjoinv ("|", (char **) words) : NULL;

  add_cell (self, line, joined);
}

/* What the model said where that is no category. */
static void
add_answer_cell (HoneWriter                 *self,
                 GString                    *line,
                 const HoneRecordPrediction *prediction)
{
  if (prediction == NULL)
    add_cell (self, line, NULL);
  else if (prediction->outcome == HONE_OUTCOME_ANSWERED)
    add_words_cell (self, line, prediction->words);
  else
    add_cell (self, line, prediction->raw);
}

static void
add_common_cells (HoneWriter       *self,
                  GString          *line,
                  const HoneRecord *record)
{
  g_auto(GStrv) keys = _hone_writer_reference (self, record);

  add_first_cell (self, line, record->external_id);
  hone_csv_print_field (line, record->text, delimiter_of (self));
  add_words_cell (self, line, keys);
  add_cell (self, line, hone_split_to_string (_hone_record_split (record)));
}

/* ---- Hone CSV ---- */

static gboolean
hone_csv_begin (HoneWriter  *self,
                GError     **error)
{
  _hone_output_write (self->out, "id,text,label,split,author,time,skipped,prediction,outcome,confidence,model,meta\n", -1);

  return _hone_output_check (self->out, error);
}

static gboolean
hone_csv_write (HoneWriter        *self,
                const HoneRecord  *record,
                GError           **error)
{
  const HoneRecordLabel *label = _hone_writer_counting_label (self, record);
  const HoneRecordLabel *skip = label == NULL ? _hone_writer_skip (self, record) : NULL;
  const HoneRecordLabel *shown = label != NULL ? label : skip;
  const HoneRecordPrediction *prediction = _hone_writer_prediction (self, record);
  g_autofree char *time = shown != NULL ? _hone_time_format (shown->time) : NULL;

  add_common_cells (self, self->line, record);
  add_cell (self, self->line, shown != NULL ? shown->author : NULL);
  add_cell (self, self->line, time);
  add_cell (self, self->line, skip != NULL ? "true" : NULL);
  add_answer_cell (self, self->line, prediction);
  add_cell (self, self->line, prediction != NULL ? hone_outcome_to_string (prediction->outcome) : NULL);
  add_number_cell (self, self->line, prediction != NULL ? prediction->confidence : NAN);
  add_cell (self, self->line, prediction != NULL ? prediction->model : NULL);
  add_cell (self, self->line, record->meta);
  g_string_append_c (self->line, '\n');

  return _hone_writer_put_line (self, error);
}

const HoneWriterClass _hone_write_hone_csv_class = {
  .format = HONE_FORMAT_HONE_CSV,
  .begin = hone_csv_begin,
  .write = hone_csv_write,
};

/* ---- plain tables ---- */

static gboolean
csv_begin (HoneWriter  *self,
           GError     **error)
{
  CsvState *state = self->state;

  state->columns = g_ptr_array_new_with_free_func (g_free);
  state->seen = g_hash_table_new (g_str_hash, g_str_equal);
  state->spool = _hone_output_new_temp (self->parent, error);

  return state->spool != NULL;
}

static void
add_prediction_cells (HoneWriter                 *self,
                      GString                    *line,
                      const HoneRecordPrediction *prediction)
{
  add_answer_cell (self, line, prediction);
  add_cell (self, line, prediction != NULL ? hone_outcome_to_string (prediction->outcome) : NULL);
  add_number_cell (self, line, prediction != NULL ? prediction->confidence : NAN);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);
      double value = NAN;

      for (gsize j = 0; prediction != NULL && j < prediction->n_scores; j++)
        {
          if (strcmp (prediction->scores[j].word, category->key) == 0)
            value = prediction->scores[j].value;
        }
      add_number_cell (self, line, value);
    }
}

static void
learn_columns (CsvState   *state,
               const char *meta)
{
  g_autoptr(HoneJson) object = meta != NULL ? hone_json_parse (meta, -1, NULL) : NULL;

  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);

      if (name == NULL || g_hash_table_contains (state->seen, name))
        continue;
      if (state->columns->len >= MAX_META_COLUMNS)
        {
          state->rest = TRUE;
          continue;
        }
      g_ptr_array_add (state->columns, g_strdup (name));
      g_hash_table_add (state->seen, g_ptr_array_index (state->columns, state->columns->len - 1));
    }
}

static void
spool_piece (HoneOutput *spool,
             const char *data,
             gsize       length)
{
  guint64 size = length;

  _hone_output_write (spool, (const char *) &size, sizeof size);
  _hone_output_write (spool, data, length);
}

static gboolean
csv_write (HoneWriter        *self,
           const HoneRecord  *record,
           GError           **error)
{
  CsvState *state = self->state;

  add_common_cells (self, self->line, record);
  if (self->with_predictions)
    add_prediction_cells (self, self->line, _hone_writer_prediction (self, record));
  learn_columns (state, record->meta);
  spool_piece (state->spool, self->line->str, self->line->len);
  spool_piece (state->spool, record->meta != NULL ? record->meta : "", record->meta != NULL ? strlen (record->meta) : 0);

  return _hone_output_check (state->spool, error);
}

static void
write_header (HoneWriter *self)
{
  CsvState *state = self->state;
  GString *line = self->line;

  g_string_assign (line, "id");
  add_cell (self, line, "text");
  add_cell (self, line, "label");
  add_cell (self, line, "split");
  if (self->with_predictions)
    {
      add_cell (self, line, "prediction");
      add_cell (self, line, "outcome");
      add_cell (self, line, "confidence");
      for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
        {
          g_autofree char *name = g_strconcat ("p_", hone_ontology_get_nth (self->ontology, i)->key, NULL);

          add_cell (self, line, name);
        }
    }
  for (guint i = 0; i < state->columns->len; i++)
    {
      static const char * const taken[] = { "id", "text", "label", "split", "prediction", "outcome", "confidence", NULL };
      const char *name = g_ptr_array_index (state->columns, i);
      g_autofree char *other = g_strv_contains (taken, name) ? g_strconcat ("meta_", name, NULL) : NULL;

      add_cell (self, line, other != NULL ? other : name);
    }
  if (state->rest)
    add_cell (self, line, "meta");
  g_string_append_c (line, '\n');
}

static void
add_meta_cells (HoneWriter *self,
                GString    *line,
                const char *meta)
{
  CsvState *state = self->state;
  g_autoptr(HoneJson) object = *meta != '\0' ? hone_json_parse (meta, -1, NULL) : NULL;
  g_autoptr(GString) rest = g_string_new ("{");

  for (guint i = 0; i < state->columns->len; i++)
    {
      const HoneJson *member = hone_json_get (object, g_ptr_array_index (state->columns, i));
      g_autofree char *cell = hone_json_dup_text (member);
      g_autoptr(GString) json = NULL;

      if (cell == NULL && hone_json_get_type_of (member) != HONE_JSON_NULL)
        {
          json = g_string_new (NULL);
          hone_json_print (member, json);
        }
      add_cell (self, line, json != NULL ? json->str : cell);
    }

  if (!state->rest)
    return;
  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);

      if (g_hash_table_contains (state->seen, name))
        continue;
      _hone_print_member (rest, name);
      hone_json_print (hone_json_get_nth (object, i), rest);
    }
  g_string_append_c (rest, '}');
  add_cell (self, line, rest->len > 2 ? rest->str : NULL);
}

/* FALSE: the end. */
static gboolean
read_piece (HoneOutput *spool,
            GString    *piece)
{
  guint64 size;

  if (!_hone_output_read (spool, &size, sizeof size))
    return FALSE;

  g_string_set_size (piece, size);
  return _hone_output_read (spool, piece->str, size);
}

static gboolean
csv_end (HoneWriter  *self,
         GError     **error)
{
  CsvState *state = self->state;
  g_autoptr(GString) meta = g_string_new (NULL);

  write_header (self);
  if (!_hone_writer_put_line (self, error))
    return FALSE;

  _hone_output_rewind (state->spool);
  while (read_piece (state->spool, self->line) && read_piece (state->spool, meta))
    {
      add_meta_cells (self, self->line, meta->str);
      g_string_append_c (self->line, '\n');
      if (!_hone_writer_put_line (self, error))
        return FALSE;
    }

  return _hone_output_check (state->spool, error);
}

const HoneWriterClass _hone_write_csv_class = {
  .format = HONE_FORMAT_CSV,
  .state_size = sizeof (CsvState),
  .begin = csv_begin,
  .write = csv_write,
  .end = csv_end,
  .clear = csv_clear,
};

const HoneWriterClass _hone_write_tsv_class = {
  .format = HONE_FORMAT_TSV,
  .state_size = sizeof (CsvState),
  .begin = csv_begin,
  .write = csv_write,
  .end = csv_end,
  .clear = csv_clear,
};
