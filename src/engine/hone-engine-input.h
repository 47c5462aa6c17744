/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A binary file of ours read back without trust: kind, version and checksum first, then numbers within bounds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HONE_ENGINE_MAGIC_SIZE 8

typedef struct _HoneEngineInput HoneEngineInput;

/* Reads magic and version, and makes sure that the last 32 bytes are the SHA-256 of all before them. */
HoneEngineInput *hone_engine_input_open        (const char       *path,
                                                const char        magic[HONE_ENGINE_MAGIC_SIZE],
                                                guint32           version,    /* the newest this program reads */
                                                GError          **error);
void             hone_engine_input_free        (HoneEngineInput  *self);

/* Zeros once something did not fit; hone_engine_input_finish () tells. */
guint32          hone_engine_input_read_u32    (HoneEngineInput  *self);
guint64          hone_engine_input_read_u64    (HoneEngineInput  *self);
double           hone_engine_input_read_double (HoneEngineInput  *self);
void             hone_engine_input_read_u32s   (HoneEngineInput  *self,
                                                gpointer          values,
                                                gsize             n_values);
void             hone_engine_input_read        (HoneEngineInput  *self,
                                                gpointer          bytes,
                                                gsize             length);
guint64          hone_engine_input_left        (const HoneEngineInput *self);   /* bytes before the checksum */
void             hone_engine_input_refuse      (HoneEngineInput  *self);        /* what was read makes no sense */
gboolean         hone_engine_input_finish      (HoneEngineInput  *self,         /* all was read and nothing was refused */
                                                GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneEngineInput, hone_engine_input_free)

G_END_DECLS
