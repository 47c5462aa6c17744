/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buffered output to a file whose errors are told once, at the end. For src/formats alone. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HoneOutput HoneOutput;

/* Makes the file, which must not exist. */
HoneOutput *_hone_output_new      (const char    *path,
                                   GError       **error);
/* A spool: a file without a name in @folder, to be read back by copy (). */
HoneOutput *_hone_output_new_temp (const char    *folder,
                                   GError       **error);
void        _hone_output_free     (HoneOutput    *self);      /* closes; what is buffered is dropped */
void        _hone_output_write    (HoneOutput    *self,
                                   const char    *data,
                                   gssize         length);    /* -1: NUL-terminated */
/* Appends all of a spool. */
void        _hone_output_copy     (HoneOutput    *self,
                                   HoneOutput    *spool);
/* Reading a spool piece by piece, from its start. FALSE: the end, or a failure that check () tells. */
void        _hone_output_rewind   (HoneOutput    *self);
gboolean    _hone_output_read     (HoneOutput    *self,
                                   void          *buffer,
                                   gsize          length);
/* FALSE: a write failed; the message names the file. */
gboolean    _hone_output_check    (HoneOutput    *self,
                                   GError       **error);
/* Writes the rest, syncs where asked, closes and frees. */
gboolean    _hone_output_close    (HoneOutput    *self,       /* (transfer full) */
                                   gboolean       sync,
                                   GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneOutput, _hone_output_free)

G_END_DECLS
