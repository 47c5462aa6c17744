/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of all formats: their names, whether Hone writes them and what survives. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-format.h"

G_DEFINE_QUARK (hone-formats-error-quark, hone_formats_error)

typedef struct {
  const char *name;
  gboolean    folder;
  gboolean    writes;
  /* One letter per HonePart: y kept, p partly, - lost: text, own id, meta, key, name, definition, several, author, time,
   * history, skip, prediction, confidence, models, outcome, split. */
  const char *keeps;
} FormatInfo;

/* The plain formats hold what their columns or members hold: id, text, label, split, metadata and the answers of one model. */
static const FormatInfo formats[HONE_N_FORMATS] = {
  [HONE_FORMAT_AUTO]              = { "auto",              FALSE, FALSE, "----------------" },
  [HONE_FORMAT_CSV]               = { "csv",               FALSE, TRUE,  "yyyy--y----yypyy" },
  [HONE_FORMAT_TSV]               = { "tsv",               FALSE, TRUE,  "yyyy--y----yypyy" },
  [HONE_FORMAT_TEXT_LABEL]        = { "text-label",        FALSE, FALSE, "p--y------------" },
  [HONE_FORMAT_LINES]             = { "lines",             FALSE, FALSE, "p---------------" },
  [HONE_FORMAT_JSON]              = { "json",              FALSE, TRUE,  "yyyy--y----yypyy" },
  [HONE_FORMAT_JSONL]             = { "jsonl",             FALSE, TRUE,  "yyyy--y----yypyy" },
  [HONE_FORMAT_HONE_CSV]          = { "hone-csv",          FALSE, TRUE,  "yyyy--ypp-yyypyy" },
  [HONE_FORMAT_HONE_JSONL]        = { "hone-jsonl",        FALSE, TRUE,  "yyyyyyyyyyyyyyyy" },
  [HONE_FORMAT_KILI]              = { "kili",              TRUE,  TRUE,  "pypyy-yp---yyypp" },
  [HONE_FORMAT_LABEL_STUDIO]      = { "label-studio",      FALSE, TRUE,  "ypyyy-yp-yypyy-p" },
  [HONE_FORMAT_LABEL_STUDIO_MIN]  = { "label-studio-min",  FALSE, FALSE, "ypyy--yp-y-----p" },
  [HONE_FORMAT_ARGILLA]           = { "argilla",           TRUE,  TRUE,  "yypyyyyp---ppp-p" },
  [HONE_FORMAT_ARGILLA_V1]        = { "argilla-v1",        FALSE, FALSE, "yypy--yp--ypp--p" },
  [HONE_FORMAT_PRODIGY]           = { "prodigy",           FALSE, TRUE,  "ypyyy-ypyyy----p" },
  [HONE_FORMAT_DOCCANO]           = { "doccano",           FALSE, TRUE,  "ypypy-ypp--ppppp" },
  [HONE_FORMAT_FASTTEXT]          = { "fasttext",          TRUE,  TRUE,  "p--y--y--------p" },
  [HONE_FORMAT_OPENAI_CHAT]       = { "openai-chat",       TRUE,  TRUE,  "y--y-pp--------p" },
  [HONE_FORMAT_OPENAI_COMPLETION] = { "openai-completion", FALSE, FALSE, "y--y-pp--------p" },
  [HONE_FORMAT_OPENAI_BATCH]      = { "openai-batch",      FALSE, FALSE, "yy-y-------yp-y-" },
  [HONE_FORMAT_HUGGINGFACE]       = { "huggingface",       TRUE,  TRUE,  "yypy--p----ppppy" },
  [HONE_FORMAT_KILN]              = { "kiln",              FALSE, TRUE,  "y-py--p--------p" },
  [HONE_FORMAT_LLAMA_FACTORY]     = { "llama-factory",     TRUE,  TRUE,  "y--y-pp--------p" },
};

/**
 * hone_format_to_string:
 * @format: a format
 *
 * Returns: (transfer none): its name for `--format`
 */
const char *
hone_format_to_string (HoneFormat format)
{
  g_return_val_if_fail ((guint) format < HONE_N_FORMATS, NULL);

  return formats[format].name;
}

/**
 * hone_format_from_string:
 * @string: (nullable): a name; "raw" is Kili's own name of its export
 * @format: (out): the format; untouched where the name is unknown
 *
 * Returns: whether the name is known
 */
gboolean
hone_format_from_string (const char *string,
                         HoneFormat *format)
{
  g_return_val_if_fail (format != NULL, FALSE);

  if (string == NULL)
    return FALSE;

  if (strcmp (string, "raw") == 0)
    {
      *format = HONE_FORMAT_KILI;
      return TRUE;
    }

  for (guint i = 0; i < HONE_N_FORMATS; i++)
    {
      if (strcmp (formats[i].name, string) == 0)
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * hone_format_is_folder:
 * @format: a format
 *
 * Returns: whether writing it makes a folder of files
 */
gboolean
hone_format_is_folder (HoneFormat format)
{
  g_return_val_if_fail ((guint) format < HONE_N_FORMATS, FALSE);

  return formats[format].folder;
}

/**
 * hone_format_can_write:
 * @format: a format
 *
 * Returns: whether Hone writes it; it reads all of them
 */
gboolean
hone_format_can_write (HoneFormat format)
{
  g_return_val_if_fail ((guint) format < HONE_N_FORMATS, FALSE);

  return formats[format].writes;
}

/**
 * hone_format_keeps:
 * @format: a format
 * @part: a part of an example
 *
 * Returns: whether a file of this format holds that part
 */
HoneKeeps
hone_format_keeps (HoneFormat format,
                   HonePart   part)
{
  g_return_val_if_fail ((guint) format < HONE_N_FORMATS, HONE_KEEPS_NO);
  g_return_val_if_fail ((guint) part < HONE_N_PARTS, HONE_KEEPS_NO);

  switch (formats[format].keeps[part])
    {
    case 'y':
      return HONE_KEEPS_YES;
    case 'p':
      return HONE_KEEPS_PARTLY;
    default:
      return HONE_KEEPS_NO;
    }
}

/**
 * hone_part_get_name:
 * @part: a part of an example
 *
 * Returns: (transfer none): its translated name, such as "own id"
 */
const char *
hone_part_get_name (HonePart part)
{
  static const char * const names[HONE_N_PARTS] = {
    N_("text"), N_("own id"), N_("metadata"), N_("category key"), N_("display name"), N_("definition"), N_("several categories"),
    N_("author"), N_("time"), N_("label history"), N_("skips"), N_("predictions"), N_("confidence"), N_("models"),
    N_("outcomes"), N_("split"),
  };

  g_return_val_if_fail ((guint) part < HONE_N_PARTS, NULL);

  return g_dgettext (GETTEXT_PACKAGE, names[part]);
}
