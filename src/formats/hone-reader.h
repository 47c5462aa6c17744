/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streaming readers: paths in, records out. Not thread-safe; use from one worker thread. */
#pragma once

#include "core/hone-ontology.h"
#include "core/hone-template.h"
#include "hone-format.h"
#include "hone-record.h"

G_BEGIN_DECLS

typedef struct {
  HoneFormat          format;        /* AUTO: guessed from content */
  const char         *text_column;   /* (nullable): column or JSON field (a.b for nested) the user named; may be a comma list: joined by newline */
  const char         *label_column;  /* (nullable) */
  const char         *id_column;     /* (nullable) */
  const char         *split_column;  /* (nullable) */
  const char         *encoding;      /* (nullable): name for iconv; NULL: found out */
  const HoneOntology *ontology;      /* (nullable): of the project; some formats read better with it (display names with blanks, joined cells) */
  const HoneTemplate *template;      /* (nullable): unused by most */
} HoneReaderOptions;

typedef enum {
  HONE_READ_RECORD,    /* a record */
  HONE_READ_REFUSED,   /* a record that was understood to be bad: warnings hold the reason, text may be NULL; reading can go on */
  HONE_READ_END,
  HONE_READ_ERROR,     /* reading cannot go on; the error is set */
} HoneReadStatus;

typedef struct _HoneReader HoneReader;

/* Opens files, folders and zip archives as one import. Everything that can be known at the start (format, encoding, columns,
 * card and settings files) is known when it returns. */
HoneReader         *hone_reader_open            (const char * const       *paths,
                                                 const HoneReaderOptions  *options,
                                                 GError                  **error);
void                hone_reader_free            (HoneReader               *self);
HoneReadStatus      hone_reader_next            (HoneReader               *self,
                                                 HoneRecord              **record,   /* (out) (transfer full) (nullable) */
                                                 GError                  **error);
HoneFormat          hone_reader_get_format      (HoneReader               *self);
/* Ontology that the files themselves declare (Kili interface, Argilla settings, card, Hone header, options of Prodigy); NULL if none. */
const HoneOntology *hone_reader_get_ontology    (HoneReader               *self);
/* Template learnt from the files (chat and completion), or read from a Hone header; NULL if none. */
HoneTemplate       *hone_reader_get_template    (HoneReader               *self);
/* Text or words for the preview: "semicolon-separated, columns Texte (text), Catégorie (label), windows-1252 guessed". Translated. */
char               *hone_reader_dup_description (HoneReader               *self);
/* Columns or fields met at the start, for the mapping page; NULL-terminated, (transfer none). */
const char * const *hone_reader_get_columns     (HoneReader               *self);
/* Warnings about a file as a whole (encoding-guessed counts once per file, not per record). (transfer none) of HoneRecordWarning. */
GPtrArray          *hone_reader_get_warnings    (HoneReader               *self);
guint64             hone_reader_get_position    (HoneReader               *self);   /* bytes read, for progress */
guint64             hone_reader_get_size        (HoneReader               *self);   /* bytes in all; 0: not known */

/* Reads an ontology file: Kili interface JSON, Argilla settings, Label Studio config is not among them, a JSON list of names or a list with one name per line. */
HoneOntology       *hone_ontology_read_file     (const char               *path,
                                                 GError                  **error);
/* Kili interface JSON that read_file () reads back without loss of keys, names, colours, choice rule and instruction. */
char               *hone_ontology_to_kili_json  (const HoneOntology       *ontology);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneReader, hone_reader_free)

G_END_DECLS
