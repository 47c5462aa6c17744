/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a project: a button in the header bar with its popover. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

#define HONE_TYPE_RUNS_BUTTON (hone_runs_button_get_type ())
G_DECLARE_FINAL_TYPE (HoneRunsButton, hone_runs_button, HONE, RUNS_BUTTON, AdwBin)

GtkWidget *hone_runs_button_new (HoneProject *project);

G_END_DECLS
