/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows for the tests of widgets. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Readies GTK and the test framework; FALSE, having said so, where there is no display: return 0 from main then. */
gboolean   ui_display_init    (int         *argc,
                               char      ***argv);
/* A window on the screen with this child (transfer floating). */
GtkWindow *ui_display_show    (GtkWidget   *child);
/* Runs the main loop until nothing is left to do. */
void       ui_display_settle  (void);
/* Lets go of the window; fails the test where @widget, its child, outlives it. */
void       ui_display_close   (GtkWindow   *window,
                               GtkWidget   *widget);
/* Runs the action that a key is bound to in the class of the widget; FALSE where there is none. */
gboolean   ui_display_key     (GtkWidget   *widget,
                               guint        key);
/* The first of this type inside (or itself); NULL. */
GtkWidget *ui_display_find    (GtkWidget   *inside,
                               GType        type);
/* The button with this text; NULL. */
GtkWidget *ui_display_find_button (GtkWidget *inside,
                               const char  *text);
/* Runs the main loop until some label on the screen holds this text; fails the test after ten seconds. */
void       ui_display_wait_text (GtkWidget *inside,
                               const char  *text);

G_END_DECLS
