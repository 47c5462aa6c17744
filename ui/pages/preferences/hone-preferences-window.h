/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's taste, the keys of a project's categories, and the data folder. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

#define HONE_TYPE_PREFERENCES_WINDOW (hone_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (HonePreferencesWindow, hone_preferences_window, HONE, PREFERENCES_WINDOW, AdwWindow)

/* @project (nullable): whose keys are shown. */
GtkWindow *hone_preferences_window_new (GtkWindow   *parent,
                                        HoneProject *project);

G_END_DECLS
