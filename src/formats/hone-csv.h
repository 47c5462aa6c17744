/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited records (RFC 4180): quoted fields may hold delimiters, doubled quotes and newlines. */
#pragma once

#include "hone-input.h"

G_BEGIN_DECLS

#define HONE_CSV_MAX_FIELDS 10000

typedef struct _HoneCsv HoneCsv;

/* @delimiter 0: guessed from , ; tab | on the first 50 records. */
HoneCsv    *hone_csv_new           (HoneInput   *input,        /* (transfer full) */
                                    char         delimiter);
void        hone_csv_free          (HoneCsv     *self);
/* Next record that is not a blank line. FALSE at the end or with an error. */
gboolean    hone_csv_next          (HoneCsv     *self,
                                    GError     **error);
gsize       hone_csv_get_n_fields  (HoneCsv     *self);
const char *hone_csv_get_field     (HoneCsv     *self,         /* NUL-terminated, valid until next (); NULL outside */
                                    gsize        nth);
gboolean    hone_csv_was_quoted    (HoneCsv     *self,
                                    gsize        nth);
gsize       hone_csv_get_line      (HoneCsv     *self);        /* on which the record begins */
char        hone_csv_get_delimiter (HoneCsv     *self);        /* reads ahead to guess where none was given */
HoneInput  *hone_csv_get_input     (HoneCsv     *self);

/* The delimiter that fits the first 50 records of @text best; ',' where none does. */
char        hone_csv_guess         (const char  *text,
                                    gsize        length,
                                    gboolean     whole);       /* @text is not cut at the end */

/* One field, quoted where it must be, appended to @out (for writers). */
void        hone_csv_print_field   (GString     *out,
                                    const char  *field,
                                    char         delimiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCsv, hone_csv_free)

G_END_DECLS
