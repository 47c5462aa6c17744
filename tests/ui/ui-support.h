/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects for the tests of the window's side. */
#pragma once

#include "model/hone-project.h"

G_BEGIN_DECLS

/* A project in a folder of its own with @n texts “text 0”, “text 1”, … in train; every second one is labelled ODD or EVEN. */
char        *ui_support_new_project (gsize        n);
/* Eight texts “text 0”, … without labels, and categories “Topic 1”, …, of which the first has a definition. */
char        *ui_support_new_project_of (HoneChoice choice,
                                        guint      n_categories);
/* @n texts whose known answer, EVEN, is hidden. */
char        *ui_support_new_project_with_known (gsize n);
/* All its texts become validation texts. */
void         ui_support_move_to_validation (HoneStore *store);
/* An experiment with one iteration that answers ODD to the first @n_odd validation texts and EVEN to the others; its id. */
gint64       ui_support_add_iteration (HoneStore  *store,
                                       const char *name,
                                       guint       n_odd);
/* Opens it, running the main loop meanwhile. */
HoneProject *ui_support_open        (const char  *path);
/* Closes it and takes the folder away. */
void         ui_support_close       (HoneProject *project);
/* Closes it and leaves the file. */
void         ui_support_close_kept  (HoneProject *project);
/* Runs the main loop until @done answers TRUE; fails the test after ten seconds. */
void         ui_support_wait        (gboolean   (*done) (gpointer data),
                                     gpointer     data);

G_END_DECLS
