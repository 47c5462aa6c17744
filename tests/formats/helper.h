/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the readers share: files to read and the counts of what came. */
#pragma once

#include "formats/hone-reader.h"

/* Writes a file into the test's own folder; -1: @data is NUL-terminated. Name may hold folders. */
char       *helper_write        (const char  *name,
                                 const char  *data,
                                 gssize       length);
char       *helper_folder       (void);
/* A zip archive: pairs of name and content, NULL-terminated. */
char       *helper_write_zip    (const char  *name,
                                 ...) G_GNUC_NULL_TERMINATED;
/* Path of a file of other programs, or NULL after g_test_skip (). */
char       *helper_fixture      (const char  *name);

HoneReader *helper_open         (const char  *path,
                                 HoneFormat   format,
                                 GError     **error);
/* All records and refused ones, to the end or the error. */
GPtrArray  *helper_read_all     (HoneReader  *reader,
                                 GPtrArray  **refused,    /* (out) (optional) */
                                 GError     **error);
/* Opens @path and reads it to the end without any error or refused record. */
GPtrArray  *helper_read         (const char  *path,
                                 HoneFormat   format);
/* Opening or reading must fail so; the message must hold @part. */
void        helper_assert_fails (const char  *path,
                                 HoneFormat   format,
                                 int          code,
                                 const char  *part);
guint       helper_count        (GPtrArray       *records,
                                 HoneWarningCode  code);
const char *helper_word         (HoneRecord  *record,     /* of its first label; NULL: no label */
                                 guint        nth);
