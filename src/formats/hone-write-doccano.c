/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doccano: JSON lines with display names as labels; what it has no place for goes to members of ours, which it keeps as metadata. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-writer-private.h"

static const char * const own_members[] = {
  "text", "label", "id", "split", "hone_author", "hone_time", "hone_prediction", "hone_outcome", "hone_confidence", "hone_model",
  "hone_raw", NULL,
};

static void
print_names (HoneWriter   *self,
             GString      *out,
             char * const *keys)
{
  g_string_append_c (out, '[');
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      hone_json_print_string (out, _hone_writer_name (self, keys[i]));
    }
  g_string_append_c (out, ']');
}

static void
print_prediction (HoneWriter                 *self,
                  GString                    *out,
                  const HoneRecordPrediction *prediction)
{
  if (prediction->outcome == HONE_OUTCOME_ANSWERED)
    {
      _hone_print_member (out, "hone_prediction");
      print_names (self, out, prediction->words);
    }
  _hone_print_string (out, "hone_outcome", hone_outcome_to_string (prediction->outcome));
  if (isfinite (prediction->confidence))
    {
      _hone_print_member (out, "hone_confidence");
      hone_json_print_number (out, prediction->confidence);
    }
  _hone_print_string (out, "hone_model", prediction->model);
  _hone_print_string (out, "hone_raw", prediction->raw);
}

static gboolean
doccano_write (HoneWriter        *self,
               const HoneRecord  *record,
               GError           **error)
{
  GString *out = self->line;
  g_auto(GStrv) keys = _hone_writer_reference (self, record);
  const HoneRecordLabel *label = _hone_writer_counting_label (self, record);
  const HoneRecordPrediction *prediction = _hone_writer_prediction (self, record);
  g_autofree char *time = label != NULL ? _hone_time_format (label->time) : NULL;

  if (record->text[strspn (record->text, " \t\r\n")] == '\0')
    return _hone_unwritable (error, _("doccano takes no empty text"));

  g_string_append_c (out, '{');
  _hone_print_string (out, "text", record->text);
  _hone_print_member (out, "label");
  print_names (self, out, keys);
  _hone_print_string (out, "id", record->external_id);
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  if (label != NULL)
    _hone_print_string (out, "hone_author", label->author != NULL ? label->author : "import");
  _hone_print_string (out, "hone_time", time);
  if (prediction != NULL)
    print_prediction (self, out, prediction);
  _hone_print_meta_members (out, record->meta, own_members);
  g_string_append (out, "}\n");

  return _hone_writer_put_line (self, error);
}

const HoneWriterClass _hone_write_doccano_class = {
  .format = HONE_FORMAT_DOCCANO,
  .write = doccano_write,
};
