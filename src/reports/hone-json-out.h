/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one indented JSON document, member after member. Numbers are in the C locale. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HoneJsonOut HoneJsonOut;

HoneJsonOut *hone_json_out_new     (void);
void         hone_json_out_free    (HoneJsonOut *self);
/* The whole document with a newline at its end; all that was begun must have been ended. Frees @self. */
char        *hone_json_out_finish  (HoneJsonOut *self);

/* @name: inside an object the member's name, else NULL. @inlined: this value and all in it stand on one line. */
void         hone_json_out_object  (HoneJsonOut *self, const char *name, gboolean inlined);
void         hone_json_out_list    (HoneJsonOut *self, const char *name, gboolean inlined);
void         hone_json_out_end     (HoneJsonOut *self);
void         hone_json_out_string  (HoneJsonOut *self, const char *name, const char *value);   /* NULL: null */
void         hone_json_out_count   (HoneJsonOut *self, const char *name, guint64 value);
void         hone_json_out_integer (HoneJsonOut *self, const char *name, gint64 value);
void         hone_json_out_number  (HoneJsonOut *self, const char *name, double value);        /* not finite: null */
void         hone_json_out_boolean (HoneJsonOut *self, const char *name, gboolean value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneJsonOut, hone_json_out_free)

G_END_DECLS
