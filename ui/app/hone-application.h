/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: one process, a window per project, and the actions that need no project. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HONE_APPLICATION_ID "io.github.hone_app.Hone"

#define HONE_TYPE_APPLICATION (hone_application_get_type ())
G_DECLARE_FINAL_TYPE (HoneApplication, hone_application, HONE, APPLICATION, AdwApplication)

HoneApplication *hone_application_new       (void);

G_END_DECLS
