/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formats and warnings as people read them, translated. */
#pragma once

#include "formats/hone-format.h"
#include "formats/hone-record.h"

G_BEGIN_DECLS

const char *hone_data_words_format  (HoneFormat       format);
const char *hone_data_words_warning (const char      *code);     /* of a problem; @code itself where it is none of the warnings */
/* “texts.csv, line 12, field label”: whatever of it is known; NULL: nothing. */
char       *hone_data_words_place   (const char      *path,      /* (nullable) */
                                     gsize            line,      /* 0: none */
                                     const char      *field);    /* (nullable) */

G_END_DECLS
