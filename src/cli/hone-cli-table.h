/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of text on a terminal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HoneCliTable HoneCliTable;

/* The first @n_left of @n_columns are words, the others numbers, which stand at the right of their column. */
HoneCliTable *hone_cli_table_new   (gsize         n_columns,
                                    gsize         n_left);
void          hone_cli_table_add   (HoneCliTable *self,
                                    const char   *cell);
void          hone_cli_table_take  (HoneCliTable *self,
                                    char         *cell);
void          hone_cli_table_count (HoneCliTable *self,
                                    guint64       count);
/* Frees @self. */
void          hone_cli_table_print (HoneCliTable *self);
/* Columns that a terminal gives the text. */
gsize         hone_cli_text_width  (const char   *text);

G_END_DECLS
