/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small JSON members and whole files written beside, synced, renamed. For src/jobs alone. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Members of an object that is open in @out; the comma comes by itself. @value NULL: null. */
void _hone_out_name    (GString *out, const char *name);
void _hone_out_string  (GString *out, const char *name, const char *value);
void _hone_out_number  (GString *out, const char *name, double value);
void _hone_out_integer (GString *out, const char *name, gint64 value);
void _hone_out_boolean (GString *out, const char *name, gboolean value);
void _hone_out_json    (GString *out, const char *name, const char *json);

typedef struct _HoneOutFile HoneOutFile;

HoneOutFile *_hone_out_file_open  (const char   *path,
                                   GError      **error);
gboolean     _hone_out_file_write (HoneOutFile  *self,
                                   const char   *bytes,
                                   gsize         n_bytes,
                                   GError      **error);
gboolean     _hone_out_file_close (HoneOutFile  *self,     /* afterwards the file stands at its path */
                                   GError      **error);
void         _hone_out_file_free  (HoneOutFile  *self);    /* without close: nothing is left */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneOutFile, _hone_out_file_free)

gboolean     _hone_make_folder    (const char   *path,     /* for the user alone, with those above it */
                                   GError      **error);
/* Removes a file or a folder with all in it; follows no links. Silent: what stays is only rubbish. */
void         _hone_remove_tree    (const char   *path);

G_END_DECLS
