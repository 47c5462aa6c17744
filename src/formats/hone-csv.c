/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited records. Runs of ordinary bytes are found by table and copied at once; the fields of one record lie one after
 * the other in a buffer that is used again for the next. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-csv.h"
#include "hone-format.h"

#define GUESS_RECORDS 50

typedef struct {
  gsize    start;      /* in `text` */
  gboolean quoted;
} Field;

struct _HoneCsv {
  HoneInput *input;
  char       delimiter;    /* 0: not guessed yet */
  guint8     ends[256];    /* bytes that end a field without quotes */
  GArray    *fields;
  char      *text;
  gsize      length, size;
  gsize      line;
};

static const char candidates[] = ",;\t|";

static void
set_delimiter (HoneCsv *self,
               char     delimiter)
{
  self->delimiter = delimiter;
  memset (self->ends, 0, sizeof self->ends);
  self->ends[(guchar) delimiter] = self->ends['\n'] = self->ends['\r'] = 1;
}

/**
 * hone_csv_new:
 * @input: (transfer full): text of the file
 * @delimiter: ASCII character between the fields, or 0 to find it out
 *
 * Returns: (transfer full): its records
 */
HoneCsv *
hone_csv_new (HoneInput *input,
              char       delimiter)
{
  HoneCsv *self;

  g_return_val_if_fail (input != NULL, NULL);

  self = g_new0 (HoneCsv, 1);
  self->input = input;
  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  if (delimiter != '\0')
    set_delimiter (self, delimiter);

  return self;
}

/**
 * hone_csv_free:
 * @self: (nullable) (transfer full): a reader of records
 *
 * Closes it with its input.
 */
void
hone_csv_free (HoneCsv *self)
{
  if (self == NULL)
    return;

  hone_input_free (self->input);
  g_array_unref (self->fields);
  g_free (self->text);
  g_free (self);
}

static void
append (HoneCsv    *self,
        const char *data,
        gsize       length)
{
  if (self->size - self->length < length + 1)
    {
      self->size = MAX (2 * self->size, self->length + length + 1024);
      self->text = g_realloc (self->text, self->size);
    }
  memcpy (self->text + self->length, data, length);
  self->length += length;
}

static gboolean
begin_field (HoneCsv   *self,
             gboolean   quoted,
             GError   **error)
{
  Field field = { self->length, quoted };

  if (self->fields->len == HONE_CSV_MAX_FIELDS)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("“%s”, line %" G_GSIZE_FORMAT ": the record has more than %d columns"),
                   hone_input_get_path (self->input), self->line, HONE_CSV_MAX_FIELDS);
      return FALSE;
    }
  g_array_append_val (self->fields, field);

  return TRUE;
}

/* Makes sure that the byte at @at is in the window; FALSE at the end of the file or with an error. */
static gboolean
have_byte (HoneCsv     *self,
           gsize        at,
           const char **window,
           gsize       *length,
           GError     **error)
{
  *window = hone_input_window (self->input, length);
  while (at >= *length)
    {
      if (hone_input_fill (self->input, error) <= 0)
        return FALSE;
      *window = hone_input_window (self->input, length);
    }

  return TRUE;
}

/* Behind the opening quote, to behind the closing one. */
static gboolean
read_quoted (HoneCsv  *self,
             gsize    *at,
             GError  **error)
{
  gsize opened = hone_input_line_at (self->input, *at - 1);

  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      const char *window, *quote;
      gsize length, n;

      if (!have_byte (self, *at, &window, &length, &local_error))
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          else
            g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                         _("“%s”: the quote opened on line %" G_GSIZE_FORMAT " is not closed before the file ends"),
                         hone_input_get_path (self->input), opened);
          return FALSE;
        }

      quote = memchr (window + *at, '"', length - *at);
      n = quote != NULL ? (gsize) (quote - window) - *at : length - *at;
      append (self, window + *at, n);
      *at += n;
      if (self->length > HONE_INPUT_MAX_LINE)
        {
          g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                       _("“%s”: the quote opened on line %" G_GSIZE_FORMAT " is not closed within 16 MiB"),
                       hone_input_get_path (self->input), opened);
          return FALSE;
        }
      if (quote == NULL)
        continue;

      ++*at;
      if (!have_byte (self, *at, &window, &length, &local_error) && local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (*at >= length || window[*at] != '"')
        return TRUE;
      append (self, "\"", 1);
      ++*at;
    }
}

/* To the delimiter or the end of the record, not over it. Behind a closing quote as well: what stands there belongs to the field. */
static gboolean
read_plain (HoneCsv  *self,
            gsize    *at,
            GError  **error)
{
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      const char *window;
      gsize length, start = *at;

      if (!have_byte (self, *at, &window, &length, &local_error))
        {
          if (local_error == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      while (*at < length && !self->ends[(guchar) window[*at]])
        ++*at;
      append (self, window + start, *at - start);
      if (*at < length)
        return TRUE;
    }
}

/* One record; FALSE at the end or with an error. */
static gboolean
read_record (HoneCsv  *self,
             GError  **error)
{
  const char *window;
  gsize at = 0, length;

  g_array_set_size (self->fields, 0);
  self->length = 0;
  self->line = hone_input_get_line (self->input);
  if (!have_byte (self, 0, &window, &length, error))
    return FALSE;

  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      gboolean quoted = have_byte (self, at, &window, &length, &local_error) && window[at] == '"';

      if (local_error == NULL && begin_field (self, quoted, &local_error))
        {
          if (quoted)
            {
              at++;
              read_quoted (self, &at, &local_error);
            }
          if (local_error == NULL)
            read_plain (self, &at, &local_error);
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      append (self, "", 1);
      window = hone_input_window (self->input, &length);
      if (at >= length || window[at] != self->delimiter)
        break;
      at++;
    }

  /* The end of the record: LF, CRLF, CR or the end of the file. */
  if (at < length && window[at] == '\r')
    {
      at++;
      if (have_byte (self, at, &window, &length, NULL) && window[at] == '\n')
        at++;
    }
  else if (at < length)
    {
      at++;
    }
  hone_input_skip (self->input, at);

  return TRUE;
}

static gboolean
is_blank_line (HoneCsv *self)
{
  const Field *first = &g_array_index (self->fields, Field, 0);

  return self->fields->len == 1 && !first->quoted && self->text[first->start] == '\0';
}

/**
 * hone_csv_next:
 * @self: a reader of records
 * @error: return location for an error
 *
 * Goes to the next record; blank lines are passed over. A quote that is never closed, a record above 16 MiB and more than
 * 10,000 columns are errors.
 *
 * Returns: whether there is a record
 */
gboolean
hone_csv_next (HoneCsv  *self,
               GError  **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  hone_csv_get_delimiter (self);
  do
    {
      if (!read_record (self, error))
        {
          g_array_set_size (self->fields, 0);
          return FALSE;
        }
    }
  while (is_blank_line (self));

  return TRUE;
}

/**
 * hone_csv_get_n_fields:
 * @self: a reader of records
 *
 * Returns: the number of fields of the record
 */
gsize
hone_csv_get_n_fields (HoneCsv *self)
{
  return self->fields->len;
}

/**
 * hone_csv_get_field:
 * @self: a reader of records
 * @nth: from 0
 *
 * Returns: (transfer none) (nullable): that field's text without its quotes; %NULL where the record is shorter
 */
const char *
hone_csv_get_field (HoneCsv *self,
                    gsize    nth)
{
  if (nth >= self->fields->len)
    return NULL;

  return self->text + g_array_index (self->fields, Field, nth).start;
}

/**
 * hone_csv_was_quoted:
 * @self: a reader of records
 * @nth: from 0
 *
 * Returns: whether the field stands in quotes
 */
gboolean
hone_csv_was_quoted (HoneCsv *self,
                     gsize    nth)
{
  return nth < self->fields->len && g_array_index (self->fields, Field, nth).quoted;
}

/**
 * hone_csv_get_line:
 * @self: a reader of records
 *
 * Returns: the line, from 1, on which the record begins
 */
gsize
hone_csv_get_line (HoneCsv *self)
{
  return self->line;
}

/**
 * hone_csv_get_delimiter:
 * @self: a reader of records
 *
 * Returns: the character between the fields; found out from the first block where none was given
 */
char
hone_csv_get_delimiter (HoneCsv *self)
{
  if (self->delimiter == '\0')
    {
      const char *window;
      gsize length;

      /* An error is met again when the records are read. */
      window = hone_input_window (self->input, &length);
      if (length == 0 && hone_input_fill (self->input, NULL) > 0)
        window = hone_input_window (self->input, &length);
      set_delimiter (self, hone_csv_guess (window, length, FALSE));
    }

  return self->delimiter;
}

/**
 * hone_csv_get_input:
 * @self: a reader of records
 *
 * Returns: (transfer none): its text
 */
HoneInput *
hone_csv_get_input (HoneCsv *self)
{
  return self->input;
}

/* ---- guessing ---- */

/* Counts the fields of the first records. Returns how many records there were. */
static guint
count_fields (const char *text,
              gsize       length,
              gboolean    whole,
              char        delimiter,
              guint      *counts)
{
  gboolean quoted = FALSE, field_start = TRUE, blank = TRUE;
  guint n_records = 0, n_fields = 1;

  for (gsize i = 0; i <= length && n_records < GUESS_RECORDS; i++)
    {
      char c = i < length ? text[i] : '\n';

      /* What the cut leaves of the last record would count too few fields, unless it is all there is. */
      if (i == length && (quoted || (!whole && n_records > 0)))
        break;
      if (quoted)
        {
          if (c == '"')
            quoted = FALSE;   /* a doubled quote opens again at once */
          continue;
        }
      if (c == '"' && (field_start || (i > 0 && text[i - 1] == '"')))
        {
          quoted = TRUE;
          field_start = blank = FALSE;
        }
      else if (c == delimiter)
        {
          n_fields++;
          field_start = TRUE;
          blank = FALSE;
        }
      else if (c == '\n' || c == '\r')
        {
          if (!blank)
            counts[n_records++] = n_fields;
          n_fields = 1;
          field_start = blank = TRUE;
        }
      else
        {
          field_start = blank = FALSE;
        }
    }

  return n_records;
}

/**
 * hone_csv_guess:
 * @text: first bytes of a file
 * @length: how many
 * @whole: whether the file ends there
 *
 * Chooses among comma, semicolon, tab and bar the one that most of the first 50 records agree about; of two that all agree
 * about, the one that makes more columns of the first record, which is a header mostly.
 *
 * Returns: the delimiter; a comma where none makes at least two columns
 */
char
hone_csv_guess (const char *text,
                gsize       length,
                gboolean    whole)
{
  char best = ',';
  double best_share = 0.5;
  guint best_first = 1;

  for (const char *candidate = candidates; *candidate != '\0'; candidate++)
    {
      guint counts[GUESS_RECORDS], n, same = 0;
      double share;

      n = count_fields (text, length, whole, *candidate, counts);
      if (n == 0 || counts[0] < 2)
        continue;
      for (guint i = 0; i < n; i++)
        same += counts[i] == counts[0];
      share = (double) same / n;
      if (share > best_share || (share == best_share && counts[0] > best_first))
        {
          best = *candidate;
          best_share = share;
          best_first = counts[0];
        }
    }

  return best;
}

/**
 * hone_csv_print_field:
 * @out: where to append
 * @field: (nullable): text; %NULL is an empty field
 * @delimiter: of the file
 *
 * Appends a field so that hone_csv_next() reads the same text back.
 */
void
hone_csv_print_field (GString    *out,
                      const char *field,
                      char        delimiter)
{
  char special[] = { delimiter, '"', '\n', '\r', '\0' };

  g_return_if_fail (out != NULL);

  if (field == NULL)
    return;
  if (strpbrk (field, special) == NULL)
    {
      g_string_append (out, field);
      return;
    }

  g_string_append_c (out, '"');
  for (;;)
    {
      const char *quote = strchr (field, '"');

      if (quote == NULL)
        break;
      g_string_append_len (out, field, quote + 1 - field);
      g_string_append_c (out, '"');
      field = quote + 1;
    }
  g_string_append (out, field);
  g_string_append_c (out, '"');
}
