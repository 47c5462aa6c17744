/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of answers to texts that belong to no project. */
#include "config.h"

#include "hone-classify-table-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-jobs.h"
#include "hone-out-private.h"

struct _HoneClassifyTable {
  HoneOutFile        *file;
  const HoneOntology *ontology;
  char                separator;   /* 0: JSON lines */
  GString            *line;
};

static void
begin_field (HoneClassifyTable *self)
{
  if (self->line->len > 0)
    g_string_append_c (self->line, self->separator);
}

static void
add_field (HoneClassifyTable *self,
           const char        *value)
{
  const char specials[] = { self->separator, '"', '\n', '\r', '\0' };

  if (value == NULL)
    return;
  if (strpbrk (value, specials) == NULL)
    {
      g_string_append (self->line, value);
      return;
    }
  g_string_append_c (self->line, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (self->line, '"');
      g_string_append_c (self->line, *at);
    }
  g_string_append_c (self->line, '"');
}

static void
add_number (HoneClassifyTable *self,
            double             value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (value))
    g_string_append (self->line, g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
}

static gboolean
write_line (HoneClassifyTable  *self,
            GError            **error)
{
  gboolean good;

  g_string_append_c (self->line, '\n');
  good = _hone_out_file_write (self->file, self->line->str, self->line->len, error);
  g_string_truncate (self->line, 0);
  return good;
}

static gboolean
write_head (HoneClassifyTable  *self,
            GError            **error)
{
  g_string_append_printf (self->line, "id%ctext%cprediction%coutcome%cconfidence", self->separator, self->separator, self->separator,
                          self->separator);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      g_autofree char *name = g_strconcat ("p_", hone_ontology_get_nth (self->ontology, i)->key, NULL);

      begin_field (self);
      add_field (self, name);
    }
  return write_line (self, error);
}

HoneClassifyTable *
_hone_classify_table_new (const char          *path,
                          const HoneOntology  *ontology,
                          GError             **error)
{
  HoneClassifyTable *self;
  char separator;

  if (g_str_has_suffix (path, ".csv"))
    separator = ',';
  else if (g_str_has_suffix (path, ".tsv"))
    separator = '\t';
  else if (g_str_has_suffix (path, ".jsonl"))
    separator = 0;
  else
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE, _("The output “%s” does not end in .csv, .tsv or .jsonl"), path);
      return NULL;
    }
  self = g_new0 (HoneClassifyTable, 1);
  self->ontology = ontology;
  self->separator = separator;
  self->line = g_string_new (NULL);
  self->file = _hone_out_file_open (path, error);
  if (self->file != NULL && (separator == 0 || write_head (self, error)))
    return self;
  _hone_classify_table_free (self);
  return NULL;
}

void
_hone_classify_table_free (HoneClassifyTable *self)
{
  g_clear_pointer (&self->file, _hone_out_file_free);
  g_string_free (self->line, TRUE);
  g_free (self);
}

/* UNABLE_TO_CLASSIFY stands for both kinds of answers that name no category; the outcome tells them apart. */
static char *
join_keys (HoneClassifyTable    *self,
           const HoneAnswerLine *answer,
           const char           *separator)
{
  GString *keys;
  gsize n_ids;
  const guint *ids;

  if (answer == NULL || answer->outcome == HONE_OUTCOME_FAILED)
    return NULL;
  if (answer->categories == NULL)
    return g_strdup (HONE_UNABLE_TO_CLASSIFY);
  keys = g_string_new (NULL);
  ids = hone_category_set_get_ids (answer->categories, &n_ids);
  for (gsize i = 0; i < n_ids; i++)
    g_string_append_printf (keys, i > 0 ? "%s%s" : "%.0s%s", separator, hone_ontology_get_by_id (self->ontology, ids[i])->key);
  return g_string_free (keys, FALSE);
}

static void
print_row (HoneClassifyTable      *self,
           const HoneClassifyText *text,
           const HoneAnswerLine   *answer)
{
  g_autofree char *prediction = join_keys (self, answer, "|");

  add_field (self, text->id);
  g_string_append_c (self->line, self->separator);
  add_field (self, text->text);
  begin_field (self);
  add_field (self, prediction);
  begin_field (self);
  add_field (self, hone_outcome_to_string (answer != NULL ? answer->outcome : HONE_OUTCOME_FAILED));
  begin_field (self);
  add_number (self, answer != NULL ? answer->confidence : NAN);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      begin_field (self);
      add_number (self, answer != NULL && answer->scores != NULL ? answer->scores[i] : NAN);
    }
}

static void
print_object (HoneClassifyTable      *self,
              const HoneClassifyText *text,
              const HoneAnswerLine   *answer)
{
  GString *line = self->line;
  gsize n_ids = 0;
  const guint *ids = NULL;

  g_string_append_c (line, '{');
  _hone_out_string (line, "id", text->id);
  _hone_out_string (line, "text", text->text);
  _hone_out_string (line, "outcome", hone_outcome_to_string (answer != NULL ? answer->outcome : HONE_OUTCOME_FAILED));
  if (answer != NULL && answer->categories != NULL)
    ids = hone_category_set_get_ids (answer->categories, &n_ids);
  g_string_append (line, ",\"categories\":[");
  for (gsize i = 0; i < n_ids; i++)
    {
      if (i > 0)
        g_string_append_c (line, ',');
      hone_json_print_string (line, hone_ontology_get_by_id (self->ontology, ids[i])->key);
    }
  g_string_append_c (line, ']');
  _hone_out_number (line, "confidence", answer != NULL ? answer->confidence : NAN);
  if (answer != NULL && answer->scores != NULL)
    {
      g_string_append (line, ",\"scores\":{");
      for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
        _hone_out_number (line, hone_ontology_get_nth (self->ontology, i)->key, answer->scores[i]);
      g_string_append_c (line, '}');
    }
  if (answer != NULL && answer->raw != NULL)
    _hone_out_string (line, "raw", answer->raw);
  if (answer != NULL && answer->reason != NULL)
    _hone_out_string (line, "reason", answer->reason);
  g_string_append_c (line, '}');
}

gboolean
_hone_classify_table_write (HoneClassifyTable       *self,
                            const HoneClassifyText  *text,
                            const HoneAnswerLine    *answer,
                            GError                 **error)
{
  if (self->separator == 0)
    print_object (self, text, answer);
  else
    print_row (self, text, answer);
  return write_line (self, error);
}

gboolean
_hone_classify_table_close (HoneClassifyTable  *self,
                            GError            **error)
{
  return _hone_out_file_close (self->file, error);
}
