/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chat lines as the template renders them, one file for each split: for OpenAI, and for LLaMA-Factory with its list of data sets.
 * Services refuse a line without an answer, so texts without a label go to files of their own, named "unlabelled-…". */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-writer-private.h"

static char *
render_answer (HoneWriter  *self,
               char       **keys)
{
  g_autoptr(HoneCategorySet) set = NULL;
  g_autofree guint *ids = g_new0 (guint, g_strv_length (keys));
  gsize n = 0;

  for (; keys[n] != NULL; n++)
    ids[n] = hone_ontology_get_by_key (self->ontology, keys[n])->id;
  set = hone_category_set_new (ids, n);

  return hone_template_render_answer (self->template, self->ontology, set);
}

static void
print_message (GString    *out,
               gboolean    first,
               const char *role,
               const char *content)
{
  g_string_append_printf (out, "%s{\"role\":\"%s\",\"content\":", first ? "" : ",", role);
  hone_json_print_string (out, content);
  g_string_append_c (out, '}');
}

static void
print_messages (HoneWriter *self,
                GString    *out,
                const char *text,
                const char *answer)
{
  const char *instruction = hone_template_get_instruction (self->template);
  g_autofree char *question = hone_template_render (self->template, text);
  gboolean system = instruction != NULL && *instruction != '\0';

  g_string_append (out, "{\"messages\":[");
  if (system)
    print_message (out, TRUE, "system", instruction);
  print_message (out, !system, "user", question);
  if (answer != NULL)
    print_message (out, FALSE, "assistant", answer);
  g_string_append (out, "]}\n");
}

static gboolean
chat_write (HoneWriter        *self,
            const HoneRecord  *record,
            GError           **error)
{
  const char *split = hone_split_to_string (_hone_record_split (record));
  g_auto(GStrv) keys = _hone_writer_reference (self, record);
  g_autofree char *answer = keys != NULL ? render_answer (self, keys) : NULL;
  g_autofree char *name = g_strconcat (answer != NULL ? "" : "unlabelled-", split, ".jsonl", NULL);
  HoneOutput *out;

  /* What a model is tested on must never reach the one who trains it. */
  if (self->format == HONE_FORMAT_OPENAI_CHAT && _hone_record_split (record) == HONE_SPLIT_TEST)
    return _hone_unwritable (error, _("Texts of the test split are never written for training elsewhere"));

  out = _hone_writer_file (self, name, error);
  if (out == NULL)
    return FALSE;

  print_messages (self, self->line, record->text, answer);
  _hone_output_write (out, self->line->str, self->line->len);

  return _hone_output_check (out, error);
}

const HoneWriterClass _hone_write_openai_chat_class = {
  .format = HONE_FORMAT_OPENAI_CHAT,
  .write = chat_write,
};

/* ---- LLaMA-Factory ---- */

static gboolean
llama_end (HoneWriter  *self,
           GError     **error)
{
  g_autoptr(GString) info = g_string_new ("{");

  for (HoneSplit split = 0; split < HONE_N_SPLITS; split++)
    {
      g_autofree char *file = g_strconcat (hone_split_to_string (split), ".jsonl", NULL);
      g_autofree char *name = g_strconcat ("hone_", hone_split_to_string (split), NULL);

      if (!_hone_writer_has_file (self, file))
        continue;
      _hone_print_member (info, name);
      g_string_append_c (info, '{');
      _hone_print_string (info, "file_name", file);
      g_string_append (info, ",\"formatting\":\"sharegpt\",\"columns\":{\"messages\":\"messages\"},"
                             "\"tags\":{\"role_tag\":\"role\",\"content_tag\":\"content\",\"user_tag\":\"user\","
                             "\"assistant_tag\":\"assistant\",\"system_tag\":\"system\"}}");
    }
  g_string_append (info, "}\n");

  return _hone_writer_put_file (self, "dataset_info.json", info->str, info->len, error);
}

const HoneWriterClass _hone_write_llama_factory_class = {
  .format = HONE_FORMAT_LLAMA_FACTORY,
  .write = chat_write,
  .end = llama_end,
};
