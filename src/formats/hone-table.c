/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of one delimited file. A header says it; without one the cells do. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-table.h"

#define SAMPLE_ROWS 50

/* What the first rows tell about a column. */
typedef struct {
  gsize  bytes;
  guint  n;            /* cells with something in them */
  guint  n_known;      /* that are known categories */
  guint  n_numbers;
  guint  n_distinct;
} ColumnSample;

typedef struct {
  GPtrArray *rows;     /* of char ** */
  gsize      n_columns;
} Sample;

static void
read_sample (Sample      *sample,
             const char  *path,
             const char  *text,
             gsize        length,
             char         delimiter)
{
  g_autoptr(HoneCsv) csv = NULL;
  HoneInput *input;

  sample->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  sample->n_columns = 0;
  input = hone_input_new_memory (path, text, length, "UTF-8", NULL);
  if (input == NULL)
    return;

  csv = hone_csv_new (input, delimiter);
  while (sample->rows->len < SAMPLE_ROWS && hone_csv_next (csv, NULL))
    {
      gsize n = hone_csv_get_n_fields (csv);
      char **row = g_new0 (char *, n + 1);

      for (gsize i = 0; i < n; i++)
        row[i] = g_strdup (hone_csv_get_field (csv, i));
      g_ptr_array_add (sample->rows, row);
      sample->n_columns = MAX (sample->n_columns, n);
    }
}

static void
sample_column (const Sample        *sample,
               guint                first_row,
               gsize                column,
               const HoneOntology  *ontology,
               ColumnSample        *result)
{
  g_autoptr(GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);

  memset (result, 0, sizeof *result);
  for (guint i = first_row; i < sample->rows->len; i++)
    {
      char **row = g_ptr_array_index (sample->rows, i);

      if (column >= g_strv_length (row) || *row[column] == '\0')
        continue;
      result->n++;
      result->bytes += strlen (row[column]);
      result->n_numbers += hone_column_is_number (row[column]);
      result->n_known += ontology != NULL && hone_ontology_match (ontology, row[column]) != NULL;
      g_hash_table_add (distinct, row[column]);
    }
  result->n_distinct = g_hash_table_size (distinct);
}

/* A column whose heading the user named makes the first record a header whatever else stands there. */
static gboolean
names_asked_column (HoneReader         *reader,
                    const char * const *cells)
{
  const char *asked[] = { reader->text_column, reader->label_column, reader->id_column, reader->split_column };
  g_auto(GStrv) texts = reader->text_column != NULL ? g_strsplit (reader->text_column, ",", -1) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      if (asked[i] != NULL && !hone_column_is_number (asked[i]) && hone_column_find_asked (cells, asked[i]) >= 0)
        return TRUE;
    }
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (!hone_column_is_number (g_strstrip (texts[i])) && hone_column_find_asked (cells, texts[i]) >= 0)
        return TRUE;
    }

  return FALSE;
}

static void
take_names (HoneTable    *self,
            const Sample *sample,
            HoneReader   *reader)
{
  char **first = sample->rows->len > 0 ? g_ptr_array_index (sample->rows, 0) : NULL;

  self->header = first != NULL && (hone_column_is_header ((const char * const *) first) ||
                                   names_asked_column (reader, (const char * const *) first));
  self->n_columns = self->header ? g_strv_length (first) : sample->n_columns;
  self->names = g_new0 (char *, self->n_columns + 1);
  for (gsize i = 0; i < self->n_columns; i++)
    {
      if (self->header && *first[i] != '\0')
        self->names[i] = g_strdup (first[i]);
      else
        self->names[i] = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
    }
}

static gboolean
find_asked (HoneTable    *self,
            const char   *path,
            const char   *asked,
            int          *place,
            GError      **error)
{
  g_autofree char *names = NULL;

  *place = hone_column_find_asked ((const char * const *) self->names, asked);
  if (*place >= 0)
    return TRUE;

  names = g_strjoinv (", ", self->names);
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_COLUMN,
               _("“%s” has no column “%s”; its columns are: %.500s"), path, asked, names);

  return FALSE;
}

/* The text column, or a list of them joined by commas. */
static gboolean
find_asked_texts (HoneTable    *self,
                  const char   *path,
                  const char   *asked,
                  GError      **error)
{
  g_auto(GStrv) parts = NULL;

  if (hone_column_find_asked ((const char * const *) self->names, asked) >= 0)
    parts = g_strdupv ((char *[]) { (char *) asked, NULL });
  else
    parts = g_strsplit (asked, ",", -1);

  self->n_texts = g_strv_length (parts);
  self->texts = g_new0 (int, MAX (1, self->n_texts));
  for (gsize i = 0; i < self->n_texts; i++)
    {
      if (!find_asked (self, path, self->n_texts > 1 ? g_strstrip (parts[i]) : parts[i], &self->texts[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_taken (const HoneTable *self,
          int              place)
{
  for (gsize i = 0; i < self->n_texts; i++)
    {
      if (self->texts[i] == place)
        return TRUE;
    }
  for (guint role = 0; role < HONE_N_COLUMN_ROLES; role++)
    {
      if (self->roles[role] == place)
        return TRUE;
    }

  return FALSE;
}

/* The column with the longest cells that is nothing else. */
static int
longest_column (const HoneTable *self,
                const Sample    *sample)
{
  double best_mean = 0;
  int best = -1;

  for (gsize i = 0; i < self->n_columns; i++)
    {
      ColumnSample column;
      double mean;

      if (is_taken (self, i))
        continue;
      sample_column (sample, self->header ? 1 : 0, i, NULL, &column);
      if (column.n == 0 || (column.n_numbers == column.n && self->n_columns > 1))
        continue;
      mean = (double) column.bytes / column.n;
      if (mean > best_mean)
        {
          best = i;
          best_mean = mean;
        }
    }

  return best;
}

/* Without a header: the column of known categories, else the one with few different short words. */
static int
category_column (const HoneTable    *self,
                 const Sample       *sample,
                 const HoneOntology *ontology)
{
  double best_share = 0.5;
  int best = -1;

  for (gsize i = 0; i < self->n_columns; i++)
    {
      ColumnSample column;
      double share;

      if (is_taken (self, i))
        continue;
      sample_column (sample, 0, i, ontology, &column);
      if (column.n == 0 || column.bytes / column.n > 40)
        continue;
      if (ontology != NULL)
        share = (double) column.n_known / column.n;
      else if (self->n_columns == 2)
        share = 1;
      else
        share = 1 - (double) column.n_distinct / column.n;
      if (share >= best_share)
        {
          best = i;
          best_share = share;
        }
    }

  return best;
}

static gboolean
find_texts (HoneTable     *self,
            HoneReader    *reader,
            const char    *path,
            const Sample  *sample,
            GError       **error)
{
  g_autofree char *names = NULL;
  int place;

  if (reader->text_column != NULL)
    return find_asked_texts (self, path, reader->text_column, error);

  place = self->header ? hone_column_find ((const char * const *) self->names, HONE_COLUMN_TEXT) : -1;
  if (place < 0 || is_taken (self, place))
    {
      place = longest_column (self, sample);
      self->guessed_text = TRUE;
    }
  if (place < 0)
    {
      names = g_strjoinv (", ", self->names);
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_COLUMN,
                   _("“%s” has no column that looks like a text; its columns are: %.500s"), path, names);
      return FALSE;
    }

  self->texts = g_new0 (int, 1);
  self->texts[0] = place;
  self->n_texts = 1;

  return TRUE;
}

static void
find_scores (HoneTable *self)
{
  for (gsize i = 0; i < self->n_columns; i++)
    {
      if (!g_str_has_prefix (self->names[i], "p_") || self->names[i][2] == '\0')
        continue;
      if (self->scores == NULL)
        self->scores = g_new0 (int, self->n_columns);
      self->scores[i] = 1;
    }
}

/* Whether the column holds outcomes as Hone spells them: other people's tables have columns of that name too. */
static gboolean
holds_outcomes (const Sample *sample,
                int           place)
{
  guint n = 0;

  for (guint i = 1; place >= 0 && i < sample->rows->len; i++)
    {
      char **row = g_ptr_array_index (sample->rows, i);
      HoneOutcome outcome;

      if ((gsize) place >= g_strv_length (row) || *row[place] == '\0')
        continue;
      if (!hone_outcome_from_string (row[place], &outcome))
        return FALSE;
      n++;
    }

  return n > 0;
}

/* Prediction and outcome together are in tables that Hone wrote; the other columns of its own only in Hone CSV. */
static void
find_own_roles (HoneTable    *self,
                HoneFormat    format,
                const Sample *sample)
{
  const char * const *names = (const char * const *) self->names;

  if (!self->header)
    return;
  if (hone_column_find (names, HONE_COLUMN_PREDICTION) >= 0 &&
      (format == HONE_FORMAT_HONE_CSV || holds_outcomes (sample, hone_column_find (names, HONE_COLUMN_OUTCOME))))
    {
      for (HoneColumnRole role = HONE_COLUMN_PREDICTION; role <= HONE_COLUMN_MODEL; role++)
        self->roles[role] = hone_column_find (names, role);
      find_scores (self);
    }
  if (format != HONE_FORMAT_HONE_CSV)
    return;
  for (HoneColumnRole role = HONE_COLUMN_AUTHOR; role < HONE_N_COLUMN_ROLES; role++)
    self->roles[role] = hone_column_find (names, role);
}

static gboolean
find_roles (HoneTable     *self,
            HoneReader    *reader,
            const char    *path,
            const Sample  *sample,
            GError       **error)
{
  const char *asked[] = {
    [HONE_COLUMN_LABEL] = reader->label_column, [HONE_COLUMN_ID] = reader->id_column, [HONE_COLUMN_SPLIT] = reader->split_column,
  };

  for (HoneColumnRole role = HONE_COLUMN_LABEL; role <= HONE_COLUMN_SPLIT; role++)
    {
      if (asked[role] != NULL && !find_asked (self, path, asked[role], &self->roles[role], error))
        return FALSE;
    }
  /* The user's word for the text counts before a guess at what else that column could be. */
  if (reader->text_column != NULL && !find_texts (self, reader, path, sample, error))
    return FALSE;
  for (HoneColumnRole role = HONE_COLUMN_LABEL; role <= HONE_COLUMN_SPLIT && self->header; role++)
    {
      int place = asked[role] == NULL ? hone_column_find ((const char * const *) self->names, role) : -1;

      if (place >= 0 && !is_taken (self, place))
        self->roles[role] = place;
    }
  find_own_roles (self, reader->format, sample);
  if (reader->text_column == NULL && !find_texts (self, reader, path, sample, error))
    return FALSE;
  if (!self->header && self->roles[HONE_COLUMN_LABEL] < 0)
    self->roles[HONE_COLUMN_LABEL] = category_column (self, sample, reader->project);
  self->roles[HONE_COLUMN_TEXT] = self->texts[0];

  return TRUE;
}

/**
 * hone_table_find:
 * @self: (out caller-allocates): the layout
 * @reader: whose columns the user may have named
 * @path: for messages
 * @text: first bytes of the file
 * @length: how many
 * @delimiter: between its cells
 * @error: return location for an error
 *
 * Returns: whether all columns that the user named are there, and one that can be the text
 */
gboolean
hone_table_find (HoneTable   *self,
                 HoneReader  *reader,
                 const char  *path,
                 const char  *text,
                 gsize        length,
                 char         delimiter,
                 GError     **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  Sample sample;
  gboolean found;

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < HONE_N_COLUMN_ROLES; i++)
    self->roles[i] = -1;

  read_sample (&sample, path, text, length, delimiter);
  rows = sample.rows;
  take_names (self, &sample, reader);
  /* What is wrong with the first record is told when it is read. */
  if (rows->len == 0)
    {
      self->texts = g_new0 (int, 1);
      return TRUE;
    }

  found = find_roles (self, reader, path, &sample, error);
  if (!found)
    hone_table_clear (self);

  return found;
}

/**
 * hone_table_clear:
 * @self: a layout
 *
 * Frees what it holds.
 */
void
hone_table_clear (HoneTable *self)
{
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->texts, g_free);
  g_clear_pointer (&self->scores, g_free);
  self->n_texts = self->n_columns = 0;
}
