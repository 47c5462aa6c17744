/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding where a JSON value ends without parsing it. All places are offsets into the input's window, which may move. */
#pragma once

#include "hone-input.h"

G_BEGIN_DECLS

/* Byte at @offset, filling the window as needed; 0 at the end of the file, -1 on error. */
int      hone_json_scan_byte   (HoneInput   *input,
                                gsize        offset,
                                GError     **error);
/* Moves @offset to the next byte that is not blank and gives it; 0 and -1 as above. */
int      hone_json_scan_next   (HoneInput   *input,
                                gsize       *offset,
                                GError     **error);
/* The same at the window's start, stepping over the blanks, so that long stretches of them need no memory. */
int      hone_json_scan_skip   (HoneInput   *input,
                                GError     **error);
/* From an opening quote to behind the closing one. */
gboolean hone_json_scan_string (HoneInput   *input,
                                gsize       *offset,
                                GError     **error);
/* From the start of any value to behind its end. */
gboolean hone_json_scan_value  (HoneInput   *input,
                                gsize       *offset,
                                GError     **error);
/* Sets an error with file, line and @reason; FALSE. */
gboolean hone_json_scan_fail   (HoneInput   *input,
                                gsize        offset,
                                GError     **error,
                                const char  *reason);

G_END_DECLS
