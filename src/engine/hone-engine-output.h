/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that appears whole or not at all: written beside, synced, renamed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HoneEngineOutput HoneEngineOutput;

HoneEngineOutput *hone_engine_output_new     (const char        *path,
                                              GError           **error);
void              hone_engine_output_free    (HoneEngineOutput  *self);   /* removes what was not finished */

/* After the first failure nothing more is written and finish tells of it. */
void              hone_engine_output_write   (HoneEngineOutput  *self,
                                              gconstpointer      bytes,
                                              gsize              length);
void              hone_engine_output_write_u32 (HoneEngineOutput *self,
                                                guint32           value);   /* these three little-endian */
void              hone_engine_output_write_u64 (HoneEngineOutput *self,
                                                guint64           value);
void              hone_engine_output_write_double (HoneEngineOutput *self,
                                                   double            value);
void              hone_engine_output_write_u32s (HoneEngineOutput *self,
                                                 gconstpointer     values,    /* guint32 or float */
                                                 gsize             n_values);
void              hone_engine_output_digest  (HoneEngineOutput  *self,
                                              guint8             digest[32]);   /* SHA-256 of all so far */

/* Returns (transfer full) the SHA-256 of the file in hexadecimal, or NULL: then no file of this name was touched. */
char             *hone_engine_output_finish  (HoneEngineOutput  *self,
                                              GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEngineOutput, hone_engine_output_free)

G_END_DECLS
