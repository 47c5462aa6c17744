/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects with scored iterations, and what pages say of them. */
#pragma once

#include <adwaita.h>

#include "model/hone-scoreboard.h"

G_BEGIN_DECLS

/* 40 texts in validation and 40 in test; every second one has a label. */
#define UI_ITERATIONS_N_SCORED 20
char      *ui_iterations_new_project (void);
/* Another iteration, of an experiment that is made where it is not there, that answers the first @n_right labelled texts of validation
 * rightly and all others wrongly; with @test those of test too. */
gint64     ui_iterations_add         (HoneStore   *store,
                                      const char  *experiment,
                                      guint        n_right,
                                      gboolean     test);
/* A person finds that text @id is the other category. */
void       ui_iterations_relabel     (HoneProject *project,
                                      gint64       id);
/* The @nth widget of a type inside another; NULL. */
GtkWidget *ui_iterations_find        (GtkWidget   *inside,
                                      GType        type,
                                      guint        nth);

G_END_DECLS
