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
/* Moves all texts to validation. */
void         ui_support_validate    (HoneStore   *store);
/* An experiment whose one iteration answers Odd to the first @n_odd validation texts and Even to the others; the iteration's id. */
gint64       ui_support_add_iteration (HoneStore *store,
                                     const char  *experiment,
                                     guint        n_odd);
/* Runs the main loop until @done answers TRUE; fails the test after ten seconds. */
void         ui_support_wait        (gboolean   (*done) (gpointer data),
                                     gpointer     data);

G_END_DECLS
