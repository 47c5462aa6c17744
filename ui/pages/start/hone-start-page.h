/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window without a project shows: recent projects, a new one, the sample. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HONE_TYPE_START_PAGE (hone_start_page_get_type ())
G_DECLARE_FINAL_TYPE (HoneStartPage, hone_start_page, HONE, START_PAGE, AdwBin)

void hone_start_page_remember (const char *path);

G_END_DECLS
