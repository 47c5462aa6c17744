/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a file of any size, one at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HONE_ENGINE_MAX_LINE ((gsize) 64 * 1024 * 1024)

typedef struct _HoneEngineLines HoneEngineLines;

HoneEngineLines *hone_engine_lines_open (const char       *path,
                                         GError          **error);
void             hone_engine_lines_free (HoneEngineLines  *self);

/* Lines of blanks alone are passed over. (transfer none) until the next call, closed by NUL;
 * NULL at the end, or with @error where the file cannot be read or a line is longer than HONE_ENGINE_MAX_LINE. */
char            *hone_engine_lines_next (HoneEngineLines  *self,
                                         gsize            *length,
                                         GError          **error);
guint64          hone_engine_lines_nth  (const HoneEngineLines *self);   /* of the line last given, from 1 */
double           hone_engine_lines_part (const HoneEngineLines *self);   /* ratio 0 to 1 of the bytes read */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEngineLines, hone_engine_lines_free)

G_END_DECLS
