/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window: the start page, or one project with its pages. Layout and navigation only. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

#define HONE_TYPE_WINDOW (hone_window_get_type ())
G_DECLARE_FINAL_TYPE (HoneWindow, hone_window, HONE, WINDOW, AdwApplicationWindow)

HoneWindow  *hone_window_new       (GtkApplication *application);
/* The file of the project that is shown or being opened; NULL: the start page. */
const char  *hone_window_get_path  (HoneWindow     *self);
HoneProject *hone_window_get_project (HoneWindow   *self);   /* (nullable): none is open yet */
void         hone_window_open      (HoneWindow     *self,
                                    const char     *path);

G_END_DECLS
