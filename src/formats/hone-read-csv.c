/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited files with any header, and Hone's own CSV: the same rows, but there every column has its place. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-table.h"

typedef struct {
  HoneTable table;        /* of the source that is being read */
  gboolean  ready;        /* it was laid out by open () and its first row has not come yet */
} CsvState;

/* ---- which files ---- */

static const char * const own_cells[] = { "text", "label", "skipped", "prediction", "outcome", "confidence", "meta", NULL };

static gboolean
is_table_file (const HoneSource *source)
{
  return source->named || hone_source_has_suffix (source, ".csv") || hone_source_has_suffix (source, ".tsv") ||
         hone_source_has_suffix (source, ".tab") || hone_source_has_suffix (source, ".txt");
}

static const HoneHead *
first_table_head (const HoneSniff *sniff)
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (is_table_file (head->source))
        return head;
    }

  return NULL;
}

/* Files of other endings need a header that makes it sure. */
static gboolean
has_table_header (const HoneHead *head)
{
  return head->cells != NULL && g_strv_length (head->cells) > 1 && hone_column_is_header ((const char * const *) head->cells);
}

static guint
csv_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = first_table_head (sniff);

  if (head == NULL || hone_source_has_suffix (head->source, ".tsv") || hone_source_has_suffix (head->source, ".tab"))
    return 0;
  if (hone_source_has_suffix (head->source, ".csv"))
    return 15;

  return has_table_header (head) && head->delimiter != '\t' && !hone_source_has_suffix (head->source, ".json") &&
         !hone_source_has_suffix (head->source, ".jsonl") ? 22 : 0;
}

static guint
tsv_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = first_table_head (sniff);

  if (head == NULL || hone_source_has_suffix (head->source, ".csv"))
    return 0;
  if (hone_source_has_suffix (head->source, ".tsv") || hone_source_has_suffix (head->source, ".tab"))
    return 15;

  return has_table_header (head) && head->delimiter == '\t' && !hone_source_has_suffix (head->source, ".json") &&
         !hone_source_has_suffix (head->source, ".jsonl") ? 22 : 0;
}

static guint
hone_csv_sniff (const HoneSniff *sniff)
{
  return hone_sniff_has_cells (sniff, own_cells) ? 95 : 0;
}

/* ---- opening ---- */

static char
delimiter_of (HoneReader *self,
              const char *text,
              gsize       length)
{
  return self->delimiter != '\0' ? self->delimiter : hone_csv_guess (text, length, FALSE);
}

static void
describe (HoneReader      *self,
          const HoneTable *table,
          char             delimiter)
{
  static const struct {
    HoneColumnRole  role;
    const char     *text;
  } roles[] = {
    { HONE_COLUMN_LABEL, N_("labels in column “%s”") },
    { HONE_COLUMN_ID, N_("ids in column “%s”") },
    { HONE_COLUMN_SPLIT, N_("splits in column “%s”") },
  };
  const char *name = table->n_columns > 0 ? table->names[table->texts[0]] : "";

  switch (delimiter)
    {
    case ';':
      hone_reader_describe (self, _("separated by semicolons"));
      break;
    case '\t':
      hone_reader_describe (self, _("separated by tabs"));
      break;
    case '|':
      hone_reader_describe (self, _("separated by bars"));
      break;
    default:
      hone_reader_describe (self, _("separated by commas"));
      break;
    }
  if (!table->header)
    hone_reader_describe (self, _("without a header"));
  if (table->n_texts > 1)
    hone_reader_describe (self, _("texts from %d columns, joined"), (int) table->n_texts);
  else if (table->guessed_text)
    hone_reader_describe (self, _("texts in column “%s” (the longest)"), name);
  else
    hone_reader_describe (self, _("texts in column “%s”"), name);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (table->roles[roles[i].role] >= 0)
        hone_reader_describe (self, g_dgettext (GETTEXT_PACKAGE, roles[i].text), table->names[table->roles[roles[i].role]]);
    }
}

static gboolean
open_table (HoneReader  *self,
            GError     **error)
{
  g_autoptr(HoneInput) input = NULL;
  const HoneSource *source;
  CsvState *state;
  const char *text;
  gboolean whole;
  gsize length;
  char delimiter;

  if (self->sources->len > 1)
    hone_reader_keep_sources (self, is_table_file);
  state = self->state = g_new0 (CsvState, 1);
  if (self->sources->len == 0)
    return TRUE;

  source = g_ptr_array_index (self->sources, 0);
  input = hone_input_open_head (source, self->encoding, 64 * 1024, &whole, error);
  if (input == NULL)
    return FALSE;
  hone_input_fill (input, NULL);
  text = hone_input_window (input, &length);
  delimiter = delimiter_of (self, text, length);
  if (!hone_table_find (&state->table, self, source->path, text, length, delimiter, error))
    return FALSE;

  state->ready = TRUE;
  for (gsize i = 0; i < state->table.n_columns; i++)
    hone_reader_add_column (self, state->table.names[i]);
  if (self->format != HONE_FORMAT_HONE_CSV)
    describe (self, &state->table, delimiter);

  return TRUE;
}

static gboolean
csv_open (HoneReader  *self,
          GError     **error)
{
  return open_table (self, error);
}

static gboolean
tsv_open (HoneReader  *self,
          GError     **error)
{
  self->delimiter = '\t';

  return open_table (self, error);
}

static gboolean
hone_csv_open (HoneReader  *self,
               GError     **error)
{
  self->delimiter = ',';

  return open_table (self, error);
}

static void
csv_close (HoneReader *self)
{
  CsvState *state = self->state;

  if (state == NULL)
    return;
  hone_table_clear (&state->table);
  g_free (state);
}

/* At the first row of a file: lays out its table, from that row and what is known of the rest. */
static gboolean
enter_table (HoneReader  *self,
             GError     **error)
{
  g_autoptr(GString) head = NULL;
  CsvState *state = self->state;
  char delimiter = hone_csv_get_delimiter (self->csv);
  const char *rest;
  gsize length;

  if (state->ready)
    {
      state->ready = FALSE;
      return TRUE;
    }

  head = g_string_new (NULL);
  for (gsize i = 0; i < hone_csv_get_n_fields (self->csv); i++)
    {
      if (i > 0)
        g_string_append_c (head, delimiter);
      hone_csv_print_field (head, hone_csv_get_field (self->csv, i), delimiter);
    }
  g_string_append_c (head, '\n');
  rest = hone_input_window (hone_csv_get_input (self->csv), &length);
  g_string_append_len (head, rest, MIN (length, 64 * 1024));

  hone_table_clear (&state->table);

  return hone_table_find (&state->table, self, self->source->path, head->str, head->len, delimiter, error);
}

/* ---- rows ---- */

static const char *
cell_of (HoneReader      *self,
         const HoneTable *table,
         HoneColumnRole   role)
{
  const char *cell = table->roles[role] >= 0 ? hone_csv_get_field (self->csv, table->roles[role]) : NULL;

  return cell != NULL && *cell != '\0' ? cell : NULL;
}

/* Rows of delimiters and blanks only, which spreadsheets leave at the end. */
static gboolean
is_blank_row (HoneReader *self)
{
  for (gsize i = 0; i < hone_csv_get_n_fields (self->csv); i++)
    {
      const char *cell = hone_csv_get_field (self->csv, i);

      if (cell[strspn (cell, " \t")] != '\0')
        return FALSE;
    }

  return TRUE;
}

/* What is wrong with the row as a whole; NULL: nothing. */
static char *
find_fault (HoneReader      *self,
            const HoneTable *table,
            const char     **field)
{
  gsize n = hone_csv_get_n_fields (self->csv);

  for (gsize i = table->n_columns; i < n; i++)
    {
      if (*hone_csv_get_field (self->csv, i) != '\0')
        return g_strdup_printf (_("the row has %" G_GSIZE_FORMAT " cells, where %" G_GSIZE_FORMAT " were expected"),
                                n, table->n_columns);
    }
  for (gsize i = 0; i < table->n_texts; i++)
    {
      if ((gsize) table->texts[i] >= n)
        {
          *field = table->names[table->texts[i]];
          return g_strdup_printf (_("the row has %" G_GSIZE_FORMAT " cells, the text is missing"), n);
        }
    }

  return NULL;
}

static char *
dup_text (HoneReader      *self,
          const HoneTable *table,
          HoneRecord      *record)
{
  GString *text;

  if (table->n_texts == 1)
    return g_strdup (hone_csv_get_field (self->csv, table->texts[0]));

  text = g_string_new (NULL);
  for (gsize i = 0; i < table->n_texts; i++)
    {
      const char *part = hone_csv_get_field (self->csv, table->texts[i]);

      if (*part == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, part);
    }
  hone_record_warn (record, HONE_WARNING_JOINED_FIELDS, self->text_column, NULL);

  return g_string_free (text, FALSE);
}

static gboolean
is_role (const HoneTable *table,
         gsize            place)
{
  for (gsize i = 0; i < table->n_texts; i++)
    {
      if (table->texts[i] == (int) place)
        return TRUE;
    }
  for (guint role = 0; role < HONE_N_COLUMN_ROLES; role++)
    {
      if (table->roles[role] == (int) place)
        return TRUE;
    }

  return table->scores != NULL && table->scores[place];
}

static char *
dup_meta (HoneReader      *self,
          const HoneTable *table,
          const char      *split)      /* (nullable): a word that is no split */
{
  GString *meta = NULL;
  gsize n = MIN (hone_csv_get_n_fields (self->csv), table->n_columns);

  for (gsize i = 0; i < n; i++)
    {
      const char *cell = hone_csv_get_field (self->csv, i);

      if (*cell == '\0' || is_role (table, i))
        continue;
      hone_meta_add_text (&meta, table->names[i], cell);
    }
  if (split != NULL)
    hone_meta_add_text (&meta, table->names[table->roles[HONE_COLUMN_SPLIT]], split);

  return hone_meta_finish (&meta);
}

static double
number_of (const char *cell)
{
  return cell != NULL && hone_column_is_number (cell) ? g_ascii_strtod (cell, NULL) : NAN;
}

static gboolean
is_ratio (double number)
{
  return number >= 0 && number <= 1;
}

static void
take_scores (HoneReader           *self,
             const HoneTable      *table,
             HoneRecordPrediction *prediction)
{
  if (table->scores == NULL)
    return;

  prediction->scores = g_new0 (HoneRecordScore, table->n_columns);
  for (gsize i = 0; i < table->n_columns; i++)
    {
      double value = table->scores[i] ? number_of (hone_csv_get_field (self->csv, i)) : NAN;

      if (!is_ratio (value))
        continue;
      prediction->scores[prediction->n_scores].word = g_strdup (table->names[i] + 2);
      prediction->scores[prediction->n_scores++].value = value;
    }
}

/* Hone's own tables join the keys of several categories by a bar, which no key holds. */
static char **
split_keys (const char *cell)
{
  return cell != NULL ? g_strsplit (cell, "|", -1) : NULL;
}

/* FALSE: the cell of that role says something that Hone never writes; *fault is the role. */
static gboolean
take_prediction (HoneReader      *self,
                 const HoneTable *table,
                 HoneRecord      *record,
                 HoneColumnRole  *fault)
{
  const char *words = cell_of (self, table, HONE_COLUMN_PREDICTION), *outcome = cell_of (self, table, HONE_COLUMN_OUTCOME);
  const char *confidence = cell_of (self, table, HONE_COLUMN_CONFIDENCE);
  HoneRecordPrediction *prediction;
  HoneOutcome known = HONE_OUTCOME_ANSWERED;

  if (words == NULL && outcome == NULL)
    return TRUE;
  *fault = HONE_COLUMN_OUTCOME;
  if (outcome != NULL && !hone_outcome_from_string (outcome, &known))
    return FALSE;
  *fault = HONE_COLUMN_CONFIDENCE;
  if (confidence != NULL && !is_ratio (number_of (confidence)))
    return FALSE;

  prediction = hone_record_add_prediction (record);
  prediction->judged = outcome != NULL;
  prediction->outcome = known;
  prediction->model = g_strdup (cell_of (self, table, HONE_COLUMN_MODEL));
  prediction->confidence = number_of (confidence);
  take_scores (self, table, prediction);
  if (known == HONE_OUTCOME_ANSWERED)
    prediction->words = split_keys (words);
  else
    prediction->raw = g_strdup (words);

  return TRUE;
}

static void
take_label (HoneReader      *self,
            const HoneTable *table,
            HoneRecord      *record)
{
  g_auto(GStrv) words = hone_column_words (cell_of (self, table, HONE_COLUMN_LABEL), self->project);
  HoneRecordLabel *label;

  if (words == NULL)
    return;

  label = hone_record_add_label (record);
  label->words = g_steal_pointer (&words);
}

/* Label, author, time and skip of Hone CSV. */
static gboolean
take_own_label (HoneReader      *self,
                const HoneTable *table,
                HoneRecord      *record,
                HoneColumnRole  *fault)
{
  const char *words = cell_of (self, table, HONE_COLUMN_LABEL), *skipped = cell_of (self, table, HONE_COLUMN_SKIPPED);
  const char *time = cell_of (self, table, HONE_COLUMN_TIME);
  gboolean skip = skipped != NULL && (g_ascii_strcasecmp (skipped, "true") == 0 || g_ascii_strcasecmp (skipped, "yes") == 0 || strcmp (skipped, "1") == 0);
  HoneRecordLabel *label;

  if (words == NULL && !skip)
    return TRUE;

  label = hone_record_add_label (record);
  label->author = g_strdup (cell_of (self, table, HONE_COLUMN_AUTHOR));
  label->skip = skip;
  if (!skip)
    label->words = split_keys (words);
  label->time = hone_read_time_text (time);
  *fault = HONE_COLUMN_TIME;

  return time == NULL || label->time != 0;
}

static gboolean
take_own_meta (HoneReader      *self,
               const HoneTable *table,
               HoneRecord      *record)
{
  const char *cell = cell_of (self, table, HONE_COLUMN_META);
  g_autoptr(HoneJson) meta = NULL;

  if (cell == NULL)
    return TRUE;

  meta = hone_json_parse (cell, -1, NULL);
  g_free (record->meta);
  record->meta = g_strdup (cell);

  return hone_json_get_type_of (meta) == HONE_JSON_OBJECT;
}

static HoneReadStatus
refuse_cell (HoneReader      *self,
             const HoneTable *table,
             HoneColumnRole   role,
             HoneRecord     **record)
{
  const char *cell = cell_of (self, table, role);
  g_autofree char *shown = g_utf8_substring (cell, 0, MIN (40, g_utf8_strlen (cell, -1)));
  g_autofree char *detail = g_strdup_printf (_("“%s” is not what this column holds"), shown);

  g_clear_pointer (record, hone_record_free);

  return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, table->names[table->roles[role]], detail);
}

static HoneReadStatus
read_row (HoneReader       *self,
          const HoneTable  *table,
          HoneRecord      **record)
{
  const char *split = cell_of (self, table, HONE_COLUMN_SPLIT), *field = NULL;
  g_autofree char *fault = find_fault (self, table, &field);
  HoneColumnRole bad = HONE_COLUMN_META;

  if (fault != NULL)
    return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, field, fault);

  *record = hone_reader_new_record (self);
  (*record)->text = dup_text (self, table, *record);
  if (*(*record)->text == '\0')
    {
      g_clear_pointer (record, hone_record_free);
      return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, table->names[table->texts[0]], _("the text is empty"));
    }
  (*record)->external_id = g_strdup (cell_of (self, table, HONE_COLUMN_ID));
  (*record)->split = hone_read_split (split);
  (*record)->meta = dup_meta (self, table, (*record)->split < 0 ? split : NULL);

  if (self->format != HONE_FORMAT_HONE_CSV)
    take_label (self, table, *record);
  else if (!take_own_label (self, table, *record, &bad))
    return refuse_cell (self, table, bad, record);
  if (table->roles[HONE_COLUMN_PREDICTION] >= 0 && !take_prediction (self, table, *record, &bad))
    return refuse_cell (self, table, bad, record);
  if (!take_own_meta (self, table, *record))
    return refuse_cell (self, table, HONE_COLUMN_META, record);

  return HONE_READ_RECORD;
}

static HoneReadStatus
csv_next (HoneReader  *self,
          HoneRecord **record,
          GError     **error)
{
  CsvState *state = self->state;

  for (;;)
    {
      HoneReadStatus status = hone_reader_next_csv (self, error);

      if (status != HONE_READ_RECORD)
        return status;
      if (self->first_row)
        {
          if (!enter_table (self, error))
            return HONE_READ_ERROR;
          if (state->table.header)
            continue;
        }
      if (is_blank_row (self))
        continue;

      return read_row (self, &state->table, record);
    }
}

const HoneReaderClass hone_read_csv_class = {
  .format = HONE_FORMAT_CSV,
  .sniff = csv_sniff,
  .open = csv_open,
  .next = csv_next,
  .close = csv_close,
};

const HoneReaderClass hone_read_tsv_class = {
  .format = HONE_FORMAT_TSV,
  .sniff = tsv_sniff,
  .open = tsv_open,
  .next = csv_next,
  .close = csv_close,
};

const HoneReaderClass hone_read_hone_csv_class = {
  .format = HONE_FORMAT_HONE_CSV,
  .sniff = hone_csv_sniff,
  .open = hone_csv_open,
  .next = csv_next,
  .close = csv_close,
};
