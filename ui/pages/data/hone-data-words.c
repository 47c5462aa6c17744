/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-data-words.h"

static const char * const format_names[HONE_N_FORMATS] = {
  [HONE_FORMAT_AUTO] = N_("Found out from the file"),
  [HONE_FORMAT_CSV] = N_("CSV"),
  [HONE_FORMAT_TSV] = N_("Table with tabs (TSV)"),
  [HONE_FORMAT_TEXT_LABEL] = N_("Lines of text|CATEGORY"),
  [HONE_FORMAT_LINES] = N_("Plain lines"),
  [HONE_FORMAT_JSON] = N_("JSON"),
  [HONE_FORMAT_JSONL] = N_("JSON Lines"),
  [HONE_FORMAT_HONE_CSV] = N_("Hone CSV"),
  [HONE_FORMAT_HONE_JSONL] = N_("Hone JSON Lines (keeps everything)"),
  [HONE_FORMAT_KILI] = N_("Kili"),
  [HONE_FORMAT_LABEL_STUDIO] = N_("Label Studio"),
  [HONE_FORMAT_LABEL_STUDIO_MIN] = N_("Label Studio, short form"),
  [HONE_FORMAT_ARGILLA] = N_("Argilla"),
  [HONE_FORMAT_ARGILLA_V1] = N_("Argilla, version 1"),
  [HONE_FORMAT_PRODIGY] = N_("Prodigy"),
  [HONE_FORMAT_DOCCANO] = N_("doccano"),
  [HONE_FORMAT_FASTTEXT] = N_("fastText"),
  [HONE_FORMAT_OPENAI_CHAT] = N_("OpenAI chat fine-tuning"),
  [HONE_FORMAT_OPENAI_COMPLETION] = N_("OpenAI prompt and completion"),
  [HONE_FORMAT_OPENAI_BATCH] = N_("OpenAI batch output"),
  [HONE_FORMAT_HUGGINGFACE] = N_("Hugging Face data set (CSV)"),
  [HONE_FORMAT_KILN] = N_("Kiln"),
  [HONE_FORMAT_LLAMA_FACTORY] = N_("LLaMA-Factory"),
};

static const char * const warning_names[HONE_N_WARNINGS] = {
  [HONE_WARNING_ENCODING_GUESSED] = N_("The encoding was guessed"),
  [HONE_WARNING_ID_CONFLICT] = N_("The id belongs to another text"),
  [HONE_WARNING_DUPLICATE_TEXT] = N_("The same text is there already"),
  [HONE_WARNING_CONFLICTING_LABELS] = N_("The same text has another label"),
  [HONE_WARNING_UNKNOWN_CATEGORY] = N_("Unknown category: the label was left out"),
  [HONE_WARNING_TOO_MANY_CATEGORIES] = N_("More categories than the choice rule allows: the label was left out"),
  [HONE_WARNING_EMPTY_ANSWER] = N_("An empty answer"),
  [HONE_WARNING_DRAFT_IGNORED] = N_("A draft was left out"),
  [HONE_WARNING_SENT_BACK] = N_("Sent back by a reviewer"),
  [HONE_WARNING_OUTCOME_GUESS] = N_("What became of the answer was guessed"),
  [HONE_WARNING_BARE_PREDICTION] = N_("A prediction without a model"),
  [HONE_WARNING_REJECT_IGNORED] = N_("A rejected record was left out"),
  [HONE_WARNING_JOINED_FIELDS] = N_("Several fields were joined into one text"),
  [HONE_WARNING_NO_SEPARATOR] = N_("A line without a separator is a text without a label"),
  [HONE_WARNING_NO_ANSWER] = N_("No answer"),
  [HONE_WARNING_NOT_CLASSIFICATION] = N_("Not a classification"),
  [HONE_WARNING_UNKNOWN_ID] = N_("An answer to a text that is not here"),
  [HONE_WARNING_RATING_KEPT] = N_("A rating was kept as metadata"),
  [HONE_WARNING_LEAK] = N_("A near copy stands on the other side of train and validation or test"),
  [HONE_WARNING_LONE_SURROGATE] = N_("Half a character was replaced"),
  [HONE_WARNING_ONE_CONFIDENCE] = N_("All confidences of a model are equal: none was taken"),
  [HONE_WARNING_MALFORMED] = N_("Cannot be read"),
};

/**
 * hone_data_words_format:
 * @format: a format
 *
 * Returns: its name
 */
const char *
hone_data_words_format (HoneFormat format)
{
  g_return_val_if_fail ((guint) format < HONE_N_FORMATS, "");

  return _(format_names[format]);
}

/**
 * hone_data_words_warning:
 * @code: of a problem of an import
 *
 * Returns: what it means
 */
const char *
hone_data_words_warning (const char *code)
{
  g_return_val_if_fail (code, "");

  for (int i = 0; i < HONE_N_WARNINGS; i++)
    if (g_str_equal (hone_warning_code_to_string (i), code))
      return _(warning_names[i]);
  return code;
}

static void
append (GString    *place,
        const char *part)
{
  if (place->len)
    g_string_append (place, ", ");
  g_string_append (place, part);
}

/**
 * hone_data_words_place:
 * @path: (nullable): of a file
 * @line: from 1, 0: not known
 * @field: (nullable): of a record
 *
 * Returns: (transfer full) (nullable): where something stands, %NULL where nothing of it is known
 */
char *
hone_data_words_place (const char *path,
                       gsize       line,
                       const char *field)
{
  g_autofree char *base = path ? g_path_get_basename (path) : NULL;
  g_autofree char *name = base ? g_filename_display_name (base) : NULL;
  g_autoptr(GString) place = g_string_new (NULL);

  if (name)
    append (place, name);
  if (line)
    {
      g_autofree char *words = g_strdup_printf (_("line %" G_GSIZE_FORMAT), line);

      append (place, words);
    }
  if (field)
    {
      g_autofree char *words = g_strdup_printf (_("field %s"), field);

      append (place, words);
    }
  return place->len ? g_string_free (g_steal_pointer (&place), FALSE) : NULL;
}
