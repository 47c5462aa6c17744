/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding out the encoding of a file, and turning it into UTF-8. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  HONE_ENCODING_UTF8, HONE_ENCODING_UTF16LE, HONE_ENCODING_UTF16BE, HONE_ENCODING_WINDOWS_1252, HONE_ENCODING_OTHER,
} HoneEncoding;

/* Looks at a file block by block. */
typedef struct {
  guint8   tail[4];        /* begun character at the end of the last block */
  guint    n_tail;
  gboolean valid;          /* UTF-8 so far */
  gboolean multibyte;      /* with characters beyond ASCII */
  gboolean controls;       /* characters no text has */
} HoneUtf8Check;

void         hone_utf8_check_init     (HoneUtf8Check *self);
void         hone_utf8_check_add      (HoneUtf8Check *self,
                                       const char    *data,
                                       gsize          length);
/* Bytes of the byte order mark at the start; sets the encoding it names. */
guint        hone_encoding_find_bom   (const char    *data,
                                       gsize          length,
                                       HoneEncoding  *encoding);
const char  *hone_encoding_get_name   (HoneEncoding   encoding);
gboolean     hone_encoding_from_name  (const char    *name,
                                       HoneEncoding  *encoding);
/* Length of the longest valid start; a character cut at the end counts as not there yet: *cut. */
gsize        hone_utf8_valid_length   (const char    *data,
                                       gsize          length,
                                       gboolean      *cut);
/* Three bytes of room for each. Returns the bytes written. */
gsize        hone_windows_1252_decode (const char    *data,
                                       gsize          length,
                                       char          *out);

G_END_DECLS
