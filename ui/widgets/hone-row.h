/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of boxed lists that show what people wrote: taken literally, never as markup. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer floating) @subtitle (nullable) */
GtkWidget *hone_row_new       (const char *title,
                               const char *subtitle);
/* A row with a name and what it is. */
GtkWidget *hone_row_new_value (const char *name,
                               const char *value);
void       hone_row_set_spoken (GtkWidget  *row,
                                const char *words);
/* Takes all rows out of a list. */
void       hone_row_clear_all (GtkListBox *list);

G_END_DECLS
