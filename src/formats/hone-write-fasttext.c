/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fastText: "__label__KEY text" lines, one file for each split. Keys only: fastText ends a label at the first blank. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-fasttext.h"
#include "hone-writer-private.h"

static gboolean
fasttext_write (HoneWriter        *self,
                const HoneRecord  *record,
                GError           **error)
{
  g_auto(GStrv) keys = _hone_writer_reference (self, record);
  g_autofree char *name = g_strconcat (hone_split_to_string (_hone_record_split (record)), ".txt", NULL);
  HoneOutput *out;

  if (g_str_has_prefix (record->text, HONE_FASTTEXT_PREFIX))
    return _hone_unwritable (error, _("A text that begins with “%s” cannot be told from a label"), HONE_FASTTEXT_PREFIX);
  if (record->text[strspn (record->text, " \t\r\n")] == '\0')
    return _hone_unwritable (error, _("fastText holds no empty text"));

  out = _hone_writer_file (self, name, error);
  if (out == NULL)
    return FALSE;

  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    g_string_append_printf (self->line, HONE_FASTTEXT_PREFIX "%s ", keys[i]);
  for (const char *at = record->text; *at != '\0'; at++)
    {
      /* One line: a line's end is one blank. */
      if (*at == '\r' && at[1] == '\n')
        continue;
      g_string_append_c (self->line, *at == '\n' || *at == '\r' ? ' ' : *at);
    }
  g_string_append_c (self->line, '\n');
  _hone_output_write (out, self->line->str, self->line->len);

  return _hone_output_check (out, error);
}

const HoneWriterClass _hone_write_fasttext_class = {
  .format = HONE_FORMAT_FASTTEXT,
  .write = fasttext_write,
};
