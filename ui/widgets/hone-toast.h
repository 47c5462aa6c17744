/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short messages at the foot of the window that a widget is in. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void hone_toast       (GtkWidget            *inside,
                       const char           *text);
void hone_toast_error (GtkWidget            *inside,
                       const GError         *error);
/* With a button that calls @pressed once; @data is freed with the toast. */
void hone_toast_button (GtkWidget           *inside,
                       const char           *text,
                       const char           *label,        /* with mnemonic */
                       void                (*pressed) (gpointer data),
                       gpointer              data,
                       GDestroyNotify        data_free);
/* With a button “Undo” that calls @undo once; @data is freed with the toast. */
void hone_toast_undo  (GtkWidget            *inside,
                       const char           *text,
                       void                (*undo) (gpointer data),
                       gpointer              data,
                       GDestroyNotify        data_free);

G_END_DECLS
