/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the form "__label__A __label__B text", of fastText itself and as doccano writes them. For src/formats alone. */
#pragma once

#include "hone-reader-private.h"

G_BEGIN_DECLS

#define HONE_FASTTEXT_PREFIX "__label__"
#define HONE_FASTTEXT_COMMENT "__comment__"

/* The text of a line. *words: its labels, or NULL. Names of @ontology with blanks are tried first, the longest first.
 * @doccano: one blank more after the labels and before the comments, which go to *comment. */
char     *_hone_fasttext_split      (const char          *line,
                                     const HoneOntology  *ontology,   /* (nullable) */
                                     gboolean             doccano,
                                     char              ***words,
                                     char               **comment);   /* (optional) */
/* For sniff (): lines of this form, and with the marks of doccano. */
gboolean  _hone_fasttext_is_one     (const HoneSniff     *sniff);
gboolean  _hone_fasttext_is_doccano (const HoneSniff     *sniff);

G_END_DECLS
