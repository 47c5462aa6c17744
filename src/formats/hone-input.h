/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one source as UTF-8: a window of decoded bytes that moves over the file, with line numbers.
 * Found out at the start: byte order mark, UTF-8, UTF-16, else windows-1252. */
#pragma once

#include "hone-source.h"

G_BEGIN_DECLS

/* No line, record or value may be longer. */
#define HONE_INPUT_MAX_LINE (16 * 1024 * 1024)

typedef struct _HoneInput HoneInput;

HoneInput  *hone_input_open         (const HoneSource  *source,
                                     const char        *encoding,   /* (nullable): name for iconv; NULL: found out */
                                     GError           **error);
/* The first bytes of a source only, to see what it is; a character cut at their end is dropped. */
HoneInput  *hone_input_open_head    (const HoneSource  *source,
                                     const char        *encoding,
                                     gsize              limit,      /* bytes */
                                     gboolean          *whole,      /* (out): the source is not longer */
                                     GError           **error);
/* Text in memory, for tests and for the first bytes of a file. @path for messages. */
HoneInput  *hone_input_new_memory   (const char        *path,
                                     const char        *data,
                                     gsize              length,
                                     const char        *encoding,
                                     GError           **error);
void        hone_input_free         (HoneInput         *self);

/* The decoded bytes not yet stepped over: valid UTF-8 without NUL, cut at a character. Stays valid until fill () or skip (). */
const char *hone_input_window       (HoneInput         *self,
                                     gsize             *length);
/* Makes the window longer. Returns the bytes added, 0 at the end of the file, -1 on error (unreadable, NUL, above 16 MiB). */
gssize      hone_input_fill         (HoneInput         *self,
                                     GError           **error);
/* Steps over bytes of the window, counting lines. */
void        hone_input_skip         (HoneInput         *self,
                                     gsize              n_bytes);
/* Next line without its end (LF, CRLF or CR), NUL-terminated, valid until the next call; NULL at the end or with an error. */
char       *hone_input_read_line    (HoneInput         *self,
                                     gsize             *length,     /* (out) (optional) */
                                     GError           **error);

guint64     hone_input_get_line     (HoneInput         *self);      /* of the window's first byte, from 1 */
guint64     hone_input_line_at      (HoneInput         *self,       /* of a byte of the window */
                                     gsize              offset);
guint64     hone_input_get_offset   (HoneInput         *self);      /* decoded bytes stepped over */
guint64     hone_input_get_position (HoneInput         *self);      /* raw bytes read of this source */
const char *hone_input_get_path     (HoneInput         *self);
const char *hone_input_get_encoding (HoneInput         *self);      /* "UTF-8", "UTF-16LE", "windows-1252", … */
gboolean    hone_input_get_guessed  (HoneInput         *self);      /* not valid UTF-8, so windows-1252 was assumed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneInput, hone_input_free)

G_END_DECLS
