/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pieces that the readers of peers' formats share: answers, texts, splits in file names. For src/formats alone. */
#pragma once

#include "core/hone-types.h"
#include "hone-json.h"
#include "hone-record.h"

G_BEGIN_DECLS

char    *_hone_time_format         (gint64           time);      /* "2026-11-02T09:00:00Z", with microseconds only where there are any */

/* Category words: a string, a list of strings, or an object with such a list in "choices"; a string may hold one of these as
 * JSON. NULL: nothing chosen. */
char   **_hone_map_words           (const HoneJson  *value);
/* What a model or a training file answered: trimmed; a JSON object gives its one string (or list) member, a JSON list its strings. */
char   **_hone_map_answer          (const char      *answer);
/* value / scale where that is 0 to 1, else NAN. */
double   _hone_map_ratio           (const HoneJson  *value,
                                    double           scale);
/* Adds the words of a decision; without words the record gets the warning empty-answer and no label. */
HoneRecordLabel *_hone_map_label   (HoneRecord      *record,
                                    char           **words,      /* (transfer full) (nullable) */
                                    const char      *field);

/* Split as Hugging Face reads it out of file and folder names; -1: none. */
int      _hone_map_split_from_name (const char      *name);

/* The text of a record: the members of @columns (comma list, a.b for nested, joined by newlines), else the first of @names
 * (NULL-terminated) that is a string. FALSE: refused, with a warning. */
gboolean _hone_map_text            (HoneRecord         *record,
                                    const HoneJson     *object,
                                    const char         *columns,
                                    const char * const *names);
/* Refuses a record: notes why; returns FALSE for the caller to hand on. */
gboolean _hone_map_refuse          (HoneRecord      *record,
                                    HoneWarningCode  code,
                                    const char      *field,
                                    const char      *detail);
extern const char * const _hone_text_names[];
extern const char * const _hone_label_names[];
extern const char * const _hone_no_names[];

G_END_DECLS
