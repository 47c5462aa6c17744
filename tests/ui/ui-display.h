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

/* (nullable): the first widget of a type, seen or not. */
GtkWidget *ui_display_find        (GtkWidget   *inside,
                                   GType        type);
/* (nullable): the button on the screen on which just this is written. */
GtkWidget *ui_display_find_button (GtkWidget   *inside,
                                   const char  *text);
/* Whether some label on the screen says this; until one does. */
gboolean   ui_display_says        (GtkWidget   *inside,
                                   const char  *text);
void       ui_display_wait_for    (GtkWidget   *inside,
                                   const char  *text);
/* (nullable): the window on the screen in which this is said. */
GtkWidget *ui_display_find_saying (const char  *text);
/* Answers a question, which is a window or lies in one, once it is asked: clicks the button on which just this is written. */
void       ui_display_answer      (const char  *button);

G_END_DECLS
