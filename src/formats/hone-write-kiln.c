/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kiln: the CSV that it imports. Tags hold the split; they must not hold blanks. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-csv.h"
#include "hone-writer-private.h"

static gboolean
kiln_begin (HoneWriter  *self,
            GError     **error)
{
  _hone_output_write (self->out, "input,output,tags\n", -1);

  return _hone_output_check (self->out, error);
}

static char *
make_tags (const HoneRecord *record)
{
  g_autoptr(HoneJson) meta = record->meta != NULL ? hone_json_parse (record->meta, -1, NULL) : NULL;
  const HoneJson *tags = hone_json_get (meta, "tags");
  GString *out = g_string_new ("hone_");

  g_string_append (out, hone_split_to_string (_hone_record_split (record)));
  for (gsize i = 0; i < hone_json_get_size (tags); i++)
    {
      g_autofree char *tag = hone_json_dup_text (hone_json_get_nth (tags, i));

      if (tag == NULL || *tag == '\0')
        continue;
      g_string_append_c (out, ',');
      g_string_append (out, g_strdelimit (tag, " ,\t\r\n", '_'));
    }

  return g_string_free (out, FALSE);
}

static gboolean
kiln_write (HoneWriter        *self,
            const HoneRecord  *record,
            GError           **error)
{
  gboolean several = hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL;
  g_auto(GStrv) keys = _hone_writer_reference (self, record);
  g_autofree char *tags = make_tags (record);
  g_autoptr(GString) output = g_string_new (NULL);

  /* One bad row makes Kiln refuse the whole file. */
  if (record->text[strspn (record->text, " \t\r\n")] == '\0')
    return _hone_unwritable (error, _("Kiln takes no empty text"));

  if (keys != NULL && several)
    _hone_print_list (output, keys);
  else if (keys != NULL)
    g_string_append (output, keys[0]);
  hone_csv_print_field (self->line, record->text, ',');
  g_string_append_c (self->line, ',');
  hone_csv_print_field (self->line, output->str, ',');
  g_string_append_c (self->line, ',');
  hone_csv_print_field (self->line, tags, ',');
  g_string_append_c (self->line, '\n');

  return _hone_writer_put_line (self, error);
}

const HoneWriterClass _hone_write_kiln_class = {
  .format = HONE_FORMAT_KILN,
  .begin = kiln_begin,
  .write = kiln_write,
};
