/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table by columns, as pandas writes it: {"text": {"0": "a", "1": "b"}, "label": {"0": "X", "1": null}}, turned into rows. */
#pragma once

#include "hone-json.h"
#include "hone-source.h"

G_BEGIN_DECLS

typedef struct _HoneJsonColumns HoneJsonColumns;

/* Whether a file that begins like this is such a table. @text_column: (nullable): that the user named. */
gboolean            hone_json_columns_fit       (const char          *start,
                                                 const char          *text_column);
HoneJsonColumns    *hone_json_columns_new       (const HoneSource    *source,
                                                 const char          *encoding,    /* (nullable) */
                                                 GError             **error);
void                hone_json_columns_free      (HoneJsonColumns     *self);
const char * const *hone_json_columns_get_names (HoneJsonColumns     *self);
/* The next row as an object; NULL at the end or with an error. */
HoneJson           *hone_json_columns_next      (HoneJsonColumns     *self,
                                                 gsize               *line,        /* (out) */
                                                 GError             **error);

G_END_DECLS
