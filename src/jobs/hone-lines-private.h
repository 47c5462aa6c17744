/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts what an untrusted program writes into bounded lines. For src/jobs alone. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  HONE_LINES_MORE,       /* no whole line yet */
  HONE_LINES_LINE,
  HONE_LINES_TOO_LONG,   /* said once for such a line; the rest of it is dropped */
} HoneLinesStatus;

typedef struct _HoneLines HoneLines;

HoneLines       *_hone_lines_new  (gsize        max_line);
void             _hone_lines_free (HoneLines   *self);
void             _hone_lines_push (HoneLines   *self,
                                   const char  *bytes,
                                   gsize        n_bytes);
/* @line is NUL-terminated, without its line end, valid until the next call. @at_end: nothing follows, so an unfinished line is one too. */
HoneLinesStatus  _hone_lines_next (HoneLines   *self,
                                   gboolean     at_end,
                                   const char **line,
                                   gsize       *length);
/* How many of the bytes pushed so far stand in lines that were given out or dropped. */
guint64          _hone_lines_get_position (HoneLines *self);

/* Calls @func for each line of a file; its lines are numbered from 1. FALSE ends with @func's error. A line that is too long is a
 * HONE_JOBS_ERROR_PROTOCOL that names @path. */
typedef gboolean (*HoneLineFunc) (const char *line, gsize length, guint64 number, gpointer data, GError **error);
gboolean         _hone_lines_each (const char   *path,
                                   gsize         max_line,
                                   HoneLineFunc  func,
                                   gpointer      data,
                                   GCancellable *cancellable,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneLines, _hone_lines_free)

G_END_DECLS
