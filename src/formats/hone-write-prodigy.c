/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prodigy: JSON lines of its choice interface, one for each decision. Hashes are left to Prodigy. */
#include "config.h"

#include "hone-writer-private.h"

static const char * const own_meta[] = { "id", "split", "hone_example", NULL };

static void
print_options (HoneWriter *self,
               GString    *out)
{
  _hone_print_member (out, "options");
  g_string_append_c (out, '[');
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      _hone_print_string (out, "id", category->key);
      _hone_print_string (out, "text", category->name);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  g_string_append (out, hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL
                            ? ",\"config\":{\"choice_style\":\"multiple\"}" : ",\"config\":{\"choice_style\":\"single\"}");
}

/* Equal texts without an id would become one example: a number keeps them apart. */
static void
print_meta (HoneWriter       *self,
            GString          *out,
            const HoneRecord *record)
{
  _hone_print_member (out, "meta");
  g_string_append_c (out, '{');
  if (record->external_id != NULL)
    {
      _hone_print_string (out, "id", record->external_id);
    }
  else
    {
      _hone_print_member (out, "hone_example");
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, self->n_records + 1);
    }
  _hone_print_string (out, "split", hone_split_to_string (_hone_record_split (record)));
  _hone_print_meta_members (out, record->meta, own_meta);
  g_string_append_c (out, '}');
}

static void
print_decision (GString               *out,
                const HoneRecordLabel *label)
{
  _hone_print_member (out, "accept");
  _hone_print_list (out, label->skip ? NULL : label->words);
  _hone_print_string (out, "answer", label->skip ? "ignore" : "accept");
  _hone_print_string (out, "_annotator_id", label->author);
  _hone_print_string (out, "_session_id", label->author);
  if (label->origin == HONE_ORIGIN_REVIEW)
    _hone_print_string (out, "hone_origin", "review");
  if (label->time <= 0)
    return;

  _hone_print_member (out, "_timestamp");
  g_string_append_printf (out, "%" G_GINT64_FORMAT, label->time / G_USEC_PER_SEC);
  if (label->time % G_USEC_PER_SEC != 0)
    g_string_append_printf (out, ".%06d", (int) (label->time % G_USEC_PER_SEC));
}

static gboolean
prodigy_write (HoneWriter        *self,
               const HoneRecord  *record,
               GError           **error)
{
  GString *out = self->line;
  guint n = self->with_labels ? record->labels->len : 0;

  /* A text that nobody labelled is a task without an answer. */
  for (guint i = 0; i < MAX (n, 1); i++)
    {
      g_autoptr(GString) line = g_string_new ("{");

      _hone_print_string (line, "text", record->text);
      print_options (self, line);
      if (n > 0)
        print_decision (line, g_ptr_array_index (record->labels, i));
      print_meta (self, line, record);
      g_string_append (line, "}\n");
      g_string_append_len (out, line->str, line->len);
    }

  return _hone_writer_put_line (self, error);
}

const HoneWriterClass _hone_write_prodigy_class = {
  .format = HONE_FORMAT_PRODIGY,
  .write = prodigy_write,
};
