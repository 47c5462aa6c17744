/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GTK and libadwaita call differently on Debian 12 and newer: the only place with conditions on library versions. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A question with two answers; nothing happens unless the user confirms. @destructive: marked as such. */
void     hone_compat_confirm_async     (GtkWidget            *parent,
                                        const char           *heading,
                                        const char           *body,
                                        const char           *confirm,      /* label of the button, with mnemonic */
                                        gboolean              destructive,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* TRUE: confirmed. */
gboolean hone_compat_confirm_finish    (GtkWidget            *parent,
                                        GAsyncResult         *result);

typedef enum {
  HONE_FILE_OPEN,
  HONE_FILE_OPEN_SEVERAL,
  HONE_FILE_SAVE,
  HONE_FILE_FOLDER,
} HoneFileAction;

/* @filter (nullable): which files to offer. @name (nullable): proposed for saving. */
void     hone_compat_choose_file_async (GtkWindow            *parent,
                                        HoneFileAction        action,
                                        const char           *title,
                                        GtkFileFilter        *filter,
                                        const char           *name,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full) (nullable): a list of GFile; NULL: the user chose none. */
GListModel *hone_compat_choose_file_finish (GtkWindow        *parent,
                                        GAsyncResult         *result);

void     hone_compat_show_about        (GtkWindow            *parent);
/* The CSS colour of a widget. */
void     hone_compat_widget_get_color  (GtkWidget            *widget,
                                        GdkRGBA              *color);

G_END_DECLS
