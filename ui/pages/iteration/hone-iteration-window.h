/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new iteration: what to train and how, and what will happen before it does. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"
#include "model/hone-selection.h"

G_BEGIN_DECLS

#define HONE_TYPE_ITERATION_WINDOW (hone_iteration_window_get_type ())
G_DECLARE_FINAL_TYPE (HoneIterationWindow, hone_iteration_window, HONE, ITERATION_WINDOW, AdwWindow)

/* @experiment (nullable): the next iteration of this one; NULL: of a new experiment. */
GtkWindow *hone_iteration_window_new (GtkWindow     *parent,
                                      HoneProject   *project,
                                      HoneSelection *selection,
                                      const char    *experiment);

G_END_DECLS
