/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Name and note of an experiment. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

#define HONE_TYPE_EXPERIMENT_DIALOG (hone_experiment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneExperimentDialog, hone_experiment_dialog, HONE, EXPERIMENT_DIALOG, AdwWindow)

/* @note: begin with the note instead of the name. */
GtkWindow *hone_experiment_dialog_new (GtkWindow            *parent,
                                       HoneProject          *project,
                                       const HoneExperiment *experiment,
                                       gboolean              note);

G_END_DECLS
