/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects for the tests of the window's side. */
#pragma once

#include "model/hone-project.h"

G_BEGIN_DECLS

/* A project in a folder of its own with @n texts “text 0”, “text 1”, … in train; every second one is labelled ODD or EVEN. */
char        *ui_support_new_project (gsize        n);
/* Opens it, running the main loop meanwhile. */
HoneProject *ui_support_open        (const char  *path);
/* Closes it and takes the folder away. */
void         ui_support_close       (HoneProject *project);
/* Runs the main loop until @done answers TRUE; fails the test after ten seconds. */
void         ui_support_wait        (gboolean   (*done) (gpointer data),
                                     gpointer     data);

G_END_DECLS
