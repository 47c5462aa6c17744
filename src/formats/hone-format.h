/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of all formats and what each can hold. */
#pragma once

#include "core/hone-types.h"

G_BEGIN_DECLS

typedef enum {
  HONE_FORMATS_ERROR_OPEN = 1,       /* missing, unreadable, a folder where a file is wanted, a project file */
  HONE_FORMATS_ERROR_EMPTY,          /* no record at all */
  HONE_FORMATS_ERROR_MALFORMED,      /* the whole file cannot be read on from here (open quote, cut archive, NUL byte, 16 MiB line, nesting) */
  HONE_FORMATS_ERROR_UNKNOWN_FORMAT,
  HONE_FORMATS_ERROR_COLUMN,         /* a column the user named is not there */
  HONE_FORMATS_ERROR_UNSAFE,         /* archive bombs and ../ names */
  HONE_FORMATS_ERROR_WRITE,
  HONE_FORMATS_ERROR_UNWRITABLE,     /* this record cannot be held by the format (id with /, text beginning with __label__) */
} HoneFormatsError;
#define HONE_FORMATS_ERROR (hone_formats_error_quark ())
GQuark hone_formats_error_quark (void);

typedef enum {
  HONE_FORMAT_AUTO,
  HONE_FORMAT_CSV, HONE_FORMAT_TSV, HONE_FORMAT_TEXT_LABEL, HONE_FORMAT_LINES, HONE_FORMAT_JSON, HONE_FORMAT_JSONL,
  HONE_FORMAT_HONE_CSV, HONE_FORMAT_HONE_JSONL, HONE_FORMAT_KILI, HONE_FORMAT_LABEL_STUDIO, HONE_FORMAT_LABEL_STUDIO_MIN,
  HONE_FORMAT_ARGILLA, HONE_FORMAT_ARGILLA_V1, HONE_FORMAT_PRODIGY, HONE_FORMAT_DOCCANO, HONE_FORMAT_FASTTEXT,
  HONE_FORMAT_OPENAI_CHAT, HONE_FORMAT_OPENAI_COMPLETION, HONE_FORMAT_OPENAI_BATCH, HONE_FORMAT_HUGGINGFACE, HONE_FORMAT_KILN,
  HONE_FORMAT_LLAMA_FACTORY,
} HoneFormat;
#define HONE_N_FORMATS (HONE_FORMAT_LLAMA_FACTORY + 1)

const char *hone_format_to_string   (HoneFormat   format);   /* "csv", "text-label", … */
gboolean    hone_format_from_string (const char  *string,    /* also the alias "raw" for kili */
                                     HoneFormat  *format);
gboolean    hone_format_is_folder   (HoneFormat   format);   /* writing makes a folder of files */
gboolean    hone_format_can_write   (HoneFormat   format);

/* What survives an export (file-formats.md section 2). */
typedef enum {
  HONE_KEEPS_NO, HONE_KEEPS_PARTLY, HONE_KEEPS_YES,
} HoneKeeps;
typedef enum {
  HONE_PART_TEXT, HONE_PART_OWN_ID, HONE_PART_META, HONE_PART_KEY, HONE_PART_NAME, HONE_PART_DEFINITION, HONE_PART_SEVERAL, HONE_PART_AUTHOR,
  HONE_PART_TIME, HONE_PART_HISTORY, HONE_PART_SKIP, HONE_PART_PREDICTION, HONE_PART_CONFIDENCE, HONE_PART_MODELS, HONE_PART_OUTCOME, HONE_PART_SPLIT,
} HonePart;
#define HONE_N_PARTS (HONE_PART_SPLIT + 1)
HoneKeeps   hone_format_keeps       (HoneFormat   format,
                                     HonePart     part);
const char *hone_part_get_name      (HonePart     part);     /* translated: "own id", "skips", … */

G_END_DECLS
